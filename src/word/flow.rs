//! What a document, a note or a text box says, in order: its text, and the
//! paragraphs, tables and asides that make it up.

use super::layout::{Piece, Source};
use super::styles::Meaning;
use std::ops::Range;

/// What stands in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// A paragraph, heading or list item.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// A footnote, an endnote or a text box, behind the paragraph or table that
    /// it belongs to.
    Aside(Vec<Element>),
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its bytes of the document's text, without the end of the line.
    pub text: Range<usize>,
    /// What it is.
    pub role: Role,
    /// The ranges of the document's text in it that are bold.
    pub bold: Vec<Range<usize>>,
    /// The ranges of the document's text in it that are raised.
    pub raised: Vec<Range<usize>>,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The title of the document.
    Title,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// An item of a list; depth 0 is the outermost list.
    Item {
        /// How many lists stand around its list.
        depth: u8,
    },
    /// Goes on with the list item before it.
    Continued,
    /// Anything else.
    Text,
}

/// A table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The cells of each row; those that a cell of an earlier row reaches into
    /// are not among them.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub elements: Vec<Element>,
    /// Whether its row is marked as one of headers.
    pub is_header: bool,
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes.
    pub rows: usize,
}

/// A text with what it is made of, and with where each bit of it is written.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) text: String,
    pub(super) elements: Vec<Element>,
    pub(super) pieces: Vec<Piece>,
}

impl Flow {
    /// Appends another.
    pub(super) fn append(&mut self, mut other: Self) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        shift(&mut other.elements, by);
        self.elements.append(&mut other.elements);
        let pieces = other.pieces.into_iter();
        self.pieces.extend(pieces.map(|piece| Piece { text: piece.text.start + by..piece.text.end + by, ..piece }));
    }

    /// Appends what stands outside the main text, as an aside that belongs to
    /// a run of the main text.
    pub(super) fn append_aside(&mut self, mut other: Self, run: Option<usize>) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        shift(&mut other.elements, by);
        self.elements.push(Element::Aside(other.elements));
        if let Some(run) = run {
            self.pieces.push(Piece { text: by..self.text.len(), run, source: Source::Aside });
        }
    }
}

/// Moves all ranges of elements on. Tables do not nest without bound, so
/// neither does this.
fn shift(elements: &mut [Element], by: usize) {
    let moved = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
    for element in elements {
        match element {
            Element::Paragraph(paragraph) => {
                moved(&mut paragraph.text);
                paragraph.bold.iter_mut().for_each(moved);
                paragraph.raised.iter_mut().for_each(moved);
            }
            Element::Table(table) => {
                table.rows.iter_mut().flatten().for_each(|cell| shift(&mut cell.elements, by));
            }
            Element::Aside(elements) => shift(elements, by),
        }
    }
}

/// Whether elements show their title themselves: by its style, or by beginning
/// with a heading of the first level.
pub(super) fn shows_title(elements: &[Element]) -> bool {
    let mut paragraphs = elements.iter().filter_map(|element| match element {
        Element::Paragraph(paragraph) if !paragraph.text.is_empty() => Some(paragraph.role),
        _ => None,
    });
    paragraphs.clone().any(|role| role == Role::Title) || paragraphs.next() == Some(Role::Heading(1))
}

impl Role {
    /// The role of a paragraph of a meaning; none if it is not read.
    pub(super) fn of(meaning: Meaning) -> Option<Self> {
        Some(match meaning {
            Meaning::Title => Self::Title,
            Meaning::Heading(level) => Self::Heading(level.clamp(1, 6) as u8),
            Meaning::Item(depth) => Self::Item { depth: depth.min(8) as u8 },
            Meaning::Continued => Self::Continued,
            Meaning::Contents => return None,
            Meaning::Text => Self::Text,
        })
    }
}

/// A table as it is read: the columns that its cells take are known only when
/// all of it is.
#[derive(Debug, Default)]
pub(super) struct OpenTable {
    rows: Vec<OpenRow>,
}

#[derive(Debug, Default)]
pub(super) struct OpenRow {
    pub(super) cells: Vec<OpenCell>,
    pub(super) is_header: bool,
    pub(super) is_deleted: bool,
    /// Columns that are left free before the first cell.
    pub(super) columns_before: usize,
}

#[derive(Debug, Default)]
pub(super) struct OpenCell {
    pub(super) elements: Vec<Element>,
    pub(super) columns: usize,
    pub(super) merge: Merge,
    pub(super) is_deleted: bool,
}

/// How a cell is merged with those above and below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Merge {
    #[default]
    None,
    /// The first of those that are one.
    First,
    /// One with the cell above it.
    Above,
}

impl OpenTable {
    pub(super) fn push(&mut self, row: OpenRow) {
        if !row.is_deleted {
            self.rows.push(row);
        }
    }

    /// The table with the columns and rows of each cell counted.
    pub(super) fn close(self) -> Table {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        // For each column, the row and the place in it of the merged cell that
        // may reach down.
        let mut reaching: Vec<Option<(usize, usize)>> = Vec::new();
        for (number, row) in self.rows.into_iter().enumerate() {
            let mut cells: Vec<Cell> = Vec::new();
            let mut column = row.columns_before.min(COLUMN_LIMIT);
            if column > 0 {
                cells.push(Cell { elements: Vec::new(), is_header: false, columns: column, rows: 1 });
            }
            reaching.iter_mut().take(column).for_each(|open| *open = None);
            for cell in row.cells {
                let columns = cell.columns.clamp(1, COLUMN_LIMIT);
                let end = (column + columns).min(COLUMN_LIMIT);
                if reaching.len() < end {
                    reaching.resize(end, None);
                }
                let above = reaching.get(column).copied().flatten().filter(|_| cell.merge == Merge::Above);
                if let Some((first, at)) = above {
                    rows[first][at].rows = number - first + 1;
                } else {
                    let open = (cell.merge == Merge::First).then_some((number, cells.len()));
                    reaching[column.min(end)..end].iter_mut().for_each(|at| *at = open);
                    cells.push(Cell { elements: cell.elements, is_header: row.is_header, columns, rows: 1 });
                }
                column = end;
            }
            rows.push(cells);
        }
        Table { rows }
    }
}

/// The most columns of a table; Word has no more than 63.
const COLUMN_LIMIT: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[(usize, Merge)]) -> OpenRow {
        let cell = |&(columns, merge): &(usize, Merge)| OpenCell { columns, merge, ..OpenCell::default() };
        OpenRow { cells: cells.iter().map(cell).collect(), ..OpenRow::default() }
    }

    #[test]
    fn merged_cells_are_one_with_their_columns_and_rows() {
        let mut table = OpenTable::default();
        table.push(row(&[(1, Merge::First), (2, Merge::None)]));
        table.push(row(&[(1, Merge::Above), (1, Merge::None), (1, Merge::First)]));
        table.push(row(&[(1, Merge::None), (1, Merge::None), (1, Merge::Above)]));
        table.push(row(&[(1, Merge::Above), (2, Merge::None)]));
        let sizes: Vec<Vec<(usize, usize)>> =
            table.close().rows.iter().map(|row| row.iter().map(|cell| (cell.columns, cell.rows)).collect()).collect();
        // The last row's first cell goes on with a cell that is not merged.
        assert_eq!(sizes, [vec![(1, 2), (2, 1)], vec![(1, 1), (1, 2)], vec![(1, 1), (1, 1)], vec![(1, 1), (2, 1)]]);
    }
}
