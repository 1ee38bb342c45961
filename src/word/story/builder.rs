//! A text as it grows: the paragraph, the tables and the fields that are open.

use super::super::layout::Piece;
use super::super::xml::Tag;
use super::{Element, Flow, Look, Merge, OpenCell, OpenRow, OpenTable, Paragraph, Range, Role, Source, Styles, take};

/// The text of the document, of a note or of a text box, while it is read.
#[derive(Debug, Default)]
pub(super) struct Builder {
    flow: Flow,
    paragraph: Option<OpenParagraph>,
    pub(super) tables: Vec<OpenTable>,
    pub(super) rows: Vec<OpenRow>,
    pub(super) cells: Vec<OpenCell>,
    /// What belongs to the paragraph or table that is open, and the run that
    /// stands for each.
    pub(super) asides: Vec<(Flow, Option<usize>)>,
    /// For each field that is open, whether its code is being read.
    fields: Vec<bool>,
    /// The properties of the run that is open, and its style.
    pub(super) own: Look,
    pub(super) style: Option<String>,
}

#[derive(Debug, Default)]
struct OpenParagraph {
    start: usize,
    style: Option<String>,
    own: Look,
    bold: Vec<Range<usize>>,
    raised: Vec<Range<usize>>,
    /// Whether the mark that ends it is deleted: the next goes on with it.
    is_open_ended: bool,
    /// Whether it has ended so.
    has_ended: bool,
}

impl Builder {
    pub(super) fn start_paragraph(&mut self) {
        match &mut self.paragraph {
            // Paragraphs that become one are what the last of them is.
            Some(paragraph) if paragraph.has_ended => {
                *paragraph = OpenParagraph {
                    start: paragraph.start,
                    bold: take(&mut paragraph.bold),
                    raised: take(&mut paragraph.raised),
                    ..OpenParagraph::default()
                };
            }
            _ => {
                let start = self.flow.text.len();
                self.paragraph = Some(OpenParagraph { start, ..OpenParagraph::default() });
            }
        }
    }

    pub(super) fn paragraph_style(&mut self, style: Option<String>) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.style = style;
        }
    }

    /// The properties that the open paragraph has itself.
    pub(super) fn paragraph_look(&mut self) -> &mut Look {
        &mut self.paragraph.get_or_insert_default().own
    }

    /// The mark of the open paragraph is deleted.
    pub(super) fn delete_mark(&mut self) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.is_open_ended = true;
        }
    }

    pub(super) fn end_paragraph(&mut self, styles: &Styles) {
        match &mut self.paragraph {
            Some(paragraph) if paragraph.is_open_ended => paragraph.has_ended = true,
            _ => self.close_paragraph(styles),
        }
    }

    fn close_paragraph(&mut self, styles: &Styles) {
        let Some(OpenParagraph { start, style, own, bold, raised, .. }) = self.paragraph.take() else { return };
        let text = start..self.flow.text.len();
        self.flow.text.push('\n');
        if let Some(role) = Role::of(styles.meaning(style.as_deref(), own)) {
            let paragraph = Element::Paragraph(Paragraph { text, role, bold, raised });
            match self.cells.last_mut() {
                Some(cell) => cell.elements.push(paragraph),
                None => self.flow.elements.push(paragraph),
            }
        }
        self.add_asides();
    }

    /// Adds what belongs to what has just ended; the parts of a table stay
    /// together.
    fn add_asides(&mut self) {
        if self.tables.is_empty() {
            for (aside, run) in self.asides.drain(..) {
                self.flow.append_aside(aside, run);
            }
        }
    }

    pub(super) fn start_table(&mut self, styles: &Styles) {
        self.close_paragraph(styles);
        self.tables.push(OpenTable::default());
    }

    pub(super) fn row_property(&mut self, tag: &Tag<'_>) {
        let Some(row) = self.rows.last_mut() else { return };
        match tag.local() {
            "tblHeader" => row.is_header = tag.is_on(),
            "gridBefore" => row.columns_before = tag.number().unwrap_or(0) as usize,
            "del" => row.is_deleted = true,
            _ => {}
        }
    }

    pub(super) fn cell_property(&mut self, tag: &Tag<'_>) {
        let Some(cell) = self.cells.last_mut() else { return };
        match tag.local() {
            "gridSpan" => cell.columns = tag.number().unwrap_or(1) as usize,
            "vMerge" if tag.value("val").is_some_and(|value| value == "restart") => cell.merge = Merge::First,
            "vMerge" => cell.merge = Merge::Above,
            "cellDel" => cell.is_deleted = true,
            _ => {}
        }
    }

    pub(super) fn end_cell(&mut self, styles: &Styles) {
        self.close_paragraph(styles);
        if let (Some(mut cell), Some(row)) = (self.cells.pop(), self.rows.last_mut()) {
            if cell.is_deleted {
                cell.elements.clear();
            }
            row.cells.push(cell);
        }
    }

    pub(super) fn end_row(&mut self) {
        if let (Some(row), Some(table)) = (self.rows.pop(), self.tables.last_mut()) {
            table.push(row);
        }
    }

    pub(super) fn end_table(&mut self, styles: &Styles) {
        self.close_paragraph(styles);
        let Some(table) = self.tables.pop() else { return };
        let table = Element::Table(table.close());
        match self.cells.last_mut() {
            Some(cell) => cell.elements.push(table),
            None => self.flow.elements.push(table),
        }
        self.add_asides();
    }

    /// A mark of a field: where its code begins, where its result does, where
    /// it ends.
    pub(super) fn field(&mut self, mark: &str) {
        match (mark, self.fields.last_mut()) {
            ("begin", _) => self.fields.push(true),
            ("separate", Some(is_code)) => *is_code = false,
            ("end", Some(_)) => drop(self.fields.pop()),
            _ => {}
        }
    }

    /// Appends text of the open run, and notes where it is written.
    pub(super) fn push(&mut self, text: &str, place: Option<(usize, Source)>, styles: &Styles) {
        let Some(paragraph) = &mut self.paragraph else { return };
        if text.is_empty() || paragraph.has_ended || self.fields.contains(&true) {
            return;
        }
        let by_style = self.style.as_deref().map(|style| styles.look(Some(style))).unwrap_or_default();
        let look = self.own.or(by_style).or(styles.look(paragraph.style.as_deref()));
        if look.is_hidden == Some(true) || look.is_struck == Some(true) {
            return;
        }
        let range = self.flow.text.len()..self.flow.text.len() + text.len();
        self.flow.text.push_str(text);
        if look.is_bold == Some(true) {
            extend(&mut paragraph.bold, &range);
        }
        if look.is_raised == Some(true) {
            extend(&mut paragraph.raised, &range);
        }
        if let Some((run, source)) = place {
            self.flow.pieces.push(Piece { text: range, run, source });
        }
    }

    /// What was read, with everything still open closed.
    pub(super) fn finish(mut self, styles: &Styles) -> Flow {
        self.close_paragraph(styles);
        self.tables.clear();
        self.add_asides();
        self.flow
    }
}

/// Adds a range to those before it, joined with the last where they touch.
fn extend(ranges: &mut Vec<Range<usize>>, range: &Range<usize>) {
    match ranges.last_mut() {
        Some(last) if last.end == range.start => last.end = range.end,
        _ => ranges.push(range.clone()),
    }
}
