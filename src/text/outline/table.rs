//! Tables: which header a cell stands under and beside.

use super::super::inline::Content;
use super::super::{BlockId, BlockKind};
use super::Outline;

/// The widest table that is kept apart by columns; cells beyond share the
/// last column. Keeps a `colspan` of a billion from costing memory.
const COLUMN_LIMIT: usize = 256;

/// How a cell is marked and how far it reaches.
#[derive(Clone, Copy, Debug)]
pub(in crate::text) struct Cell {
    pub(in crate::text) is_header: bool,
    pub(in crate::text) columns: usize,
    pub(in crate::text) rows: usize,
}

/// The table that is open.
#[derive(Debug)]
pub(super) struct Table {
    id: usize,
    /// The paragraph right before it.
    lead: Option<BlockId>,
    /// The number of the current row; none before the first.
    row: Option<usize>,
    column: usize,
    /// The header of each column so far.
    headers: Vec<Option<BlockId>>,
    /// For each column, the last row that a cell of an earlier row reaches down
    /// to, and that cell.
    reaching: Vec<(usize, Option<BlockId>)>,
    row_header: Option<BlockId>,
    /// The header of the last row that has one: a row without goes on with it,
    /// as authors write merged cells.
    last_row_header: Option<BlockId>,
    /// Whether the first cell of the first row is marked as a header.
    starts_with_header: bool,
    /// Whether the first row holds the headers of the columns.
    has_header_row: bool,
}

impl Outline<'_> {
    /// A table begins.
    pub(in crate::text) fn start_table(&mut self) {
        let lead = self.previous.take();
        self.table = Some(Table {
            id: self.table_count,
            lead,
            row: None,
            column: 0,
            headers: Vec::new(),
            reaching: Vec::new(),
            row_header: None,
            last_row_header: None,
            starts_with_header: false,
            has_header_row: true,
        });
        self.table_count += 1;
    }

    /// The next row of the table begins.
    pub(in crate::text) fn start_row(&mut self) {
        if let Some(table) = &mut self.table {
            table.start_row();
        }
    }

    /// The next cell of the row; without content if it is empty.
    pub(in crate::text) fn cell(&mut self, cell: Cell, content: Option<Content>) {
        let mut place = self.place();
        let kind = self.front_matter.clone().unwrap_or(BlockKind::TableCell);
        let Some(table) = &mut self.table else { return };
        table.skip_reached();
        let row = table.row.unwrap_or(0);
        let column = table.column.min(COLUMN_LIMIT - 1);
        let is_column_header = table.note(cell, row);
        place.table = Some(table.id);
        place.row = Some(row);
        place.row_header = table.row_header;
        place.column_header = table.headers.get(column).copied().flatten();
        place.list = None;
        place.leads.extend(table.lead);
        let block = content.map(|content| self.push(kind, content, place));
        if let Some(table) = &mut self.table {
            table.fill(cell, is_column_header, block);
        }
    }

    /// The table ends.
    pub(in crate::text) fn end_table(&mut self) {
        self.table = None;
        self.previous = None;
    }
}

impl Table {
    fn start_row(&mut self) {
        self.row = Some(self.row.map_or(0, |row| row + 1));
        self.column = 0;
        self.row_header = None;
    }

    /// Passes the columns that a cell of an earlier row reaches into.
    fn skip_reached(&mut self) {
        let row = self.row.unwrap_or(0);
        while let Some((last, block)) = self.reaching.get(self.column)
            && *last >= row
            && row > 0
        {
            if self.column == 0 {
                self.row_header = *block;
            }
            self.column += 1;
        }
    }

    /// Whether a cell is a header of its column. In a first row that starts
    /// with a header and goes on without, each row has its header in front.
    fn note(&mut self, cell: Cell, row: usize) -> bool {
        if row > 0 {
            // A second row of headers, under the first; a header in front of
            // a row is its row's.
            return cell.is_header && self.column > 0 && self.has_header_row;
        }
        if self.column == 0 {
            self.starts_with_header = cell.is_header;
        } else if self.starts_with_header && !cell.is_header {
            self.has_header_row = false;
            self.row_header = self.headers.first().copied().flatten();
            self.headers.clear();
        }
        self.has_header_row
    }

    fn fill(&mut self, cell: Cell, is_column_header: bool, block: Option<BlockId>) {
        let end = (self.column + cell.columns.clamp(1, COLUMN_LIMIT)).min(COLUMN_LIMIT);
        if self.headers.len() < end {
            self.headers.resize(end, None);
            self.reaching.resize(end, (0, None));
        }
        if self.column == 0 && self.row.is_some_and(|row| row > 0) {
            self.last_row_header = block.or(self.last_row_header);
            self.row_header = self.last_row_header;
        }
        let last_row = self.row.unwrap_or(0).saturating_add(cell.rows.saturating_sub(1));
        for column in self.column.min(end)..end {
            if is_column_header {
                self.headers[column] = block.or(self.headers[column]);
            }
            self.reaching[column] = (last_row, block);
        }
        self.column = end;
    }
}
