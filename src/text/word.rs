//! Word documents: their paragraphs, lists, tables and asides as blocks.

use super::inline::{Content, Inline};
use super::map::Mapped;
use super::outline::{Cell, Outline};
use crate::dated::{Dated, Event};
use crate::word::{self, Document, Element, Paragraph, Role, Table};
use std::mem::take;

/// Reads a document into the article.
pub(super) fn read(outline: &mut Outline<'_>, text: &Mapped<'_>, document: &Document) {
    let mut reader = Reader { outline, text, lists: Vec::new() };
    if let Some(title) = &document.title {
        let mut inline = Inline::default();
        inline.copy(text, title.clone());
        if let Some(content) = inline.take() {
            reader.outline.title(content);
        }
    }
    reader.elements(&document.elements);
    // A date that the text states is the author's; this one is the program's.
    if !reader.outline.has_date()
        && let Some(modified) = document.modified.as_deref().and_then(|date| Dated::parse(Event::Updated, date))
    {
        reader.outline.dated(modified);
    }
}

struct Reader<'r, 's> {
    outline: &'r mut Outline<'s>,
    text: &'r Mapped<'r>,
    /// The depths of the lists that are open, outermost first.
    lists: Vec<u8>,
}

impl Reader<'_, '_> {
    /// Reads elements and ends the lists among them.
    fn elements(&mut self, elements: &[Element]) {
        for element in elements {
            match element {
                Element::Paragraph(paragraph) => self.paragraph(paragraph),
                Element::Table(table) => {
                    self.end_lists();
                    self.table(table);
                }
                Element::Aside(elements) => self.aside(elements),
            }
        }
        self.end_lists();
    }

    /// Reads what stands by itself; a list around it goes on behind it.
    fn aside(&mut self, elements: &[Element]) {
        let around = take(&mut self.lists);
        self.outline.start_aside();
        self.elements(elements);
        self.outline.end_container();
        self.lists = around;
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let mut inline = Inline::default();
        self.write(&mut inline, paragraph);
        let Some(content) = inline.take() else { return };
        match paragraph.role {
            Role::Title if !self.outline.has_title() => {
                self.end_lists();
                self.outline.title(content);
            }
            Role::Title => self.heading(1, content),
            Role::Heading(level) => self.heading(level, content),
            Role::Item { depth } => {
                self.start_item(depth);
                self.outline.paragraph(content);
            }
            Role::Continued if !self.lists.is_empty() => self.outline.paragraph(content),
            Role::Continued | Role::Text => {
                let mark = typed_bullet(&content.text);
                if mark > 0 {
                    self.start_item(0);
                    self.outline.paragraph(content.slice(mark..content.text.len()));
                } else {
                    self.end_lists();
                    self.outline.paragraph(content);
                }
            }
        }
    }

    fn heading(&mut self, level: u8, content: Content) {
        self.end_lists();
        self.outline.heading(level, content);
    }

    fn start_item(&mut self, depth: u8) {
        while self.lists.last().is_some_and(|open| *open > depth) {
            self.outline.end_list();
            self.lists.pop();
        }
        if self.lists.last() != Some(&depth) {
            self.outline.start_list();
            self.lists.push(depth);
        }
        self.outline.start_item();
    }

    fn end_lists(&mut self) {
        for _ in self.lists.drain(..) {
            self.outline.end_list();
        }
    }

    fn table(&mut self, table: &Table) {
        if table.rows.iter().all(|row| row.len() <= 1) {
            // A frame around text.
            self.outline.start_container();
            for cell in table.rows.iter().flatten() {
                self.elements(&cell.elements);
            }
            self.outline.end_container();
            return;
        }
        self.outline.start_table();
        for (number, row) in table.rows.iter().enumerate() {
            self.outline.start_row();
            let contents: Vec<Option<Content>> = row.iter().map(|cell| self.cell(cell)).collect();
            // A first row of which only the first cell is bold has no headers
            // of columns: each row has its own in front.
            let is_row_header = number == 0 && !row.iter().any(|cell| cell.is_header) && begins_bold(&contents);
            for (column, (cell, content)) in row.iter().zip(contents).enumerate() {
                let is_header = cell.is_header || is_row_header && column == 0;
                self.outline.cell(Cell { is_header, columns: cell.columns, rows: cell.rows }, content);
            }
        }
        self.outline.end_table();
    }

    /// All that stands in a cell, as one text.
    fn cell(&self, cell: &word::Cell) -> Option<Content> {
        let mut inline = Inline::default();
        self.lines(&mut inline, &cell.elements);
        inline.take()
    }

    fn lines(&self, inline: &mut Inline, elements: &[Element]) {
        for element in elements {
            match element {
                Element::Paragraph(paragraph) => {
                    self.write(inline, paragraph);
                    let end = paragraph.text.end;
                    inline.line_break(self.text.map.span(end..self.text.text.len().min(end + 1)));
                }
                Element::Table(table) => {
                    table.rows.iter().flatten().for_each(|cell| self.lines(inline, &cell.elements));
                }
                Element::Aside(elements) => self.lines(inline, elements),
            }
        }
    }

    /// Writes the text of a paragraph.
    fn write(&self, inline: &mut Inline, paragraph: &Paragraph) {
        let Paragraph { text, bold, raised, .. } = paragraph;
        let marked = bold.iter().chain(raised).flat_map(|range| [range.start, range.end]);
        let mut cuts: Vec<usize> = marked.chain([text.start, text.end]).collect();
        cuts.sort_unstable();
        cuts.dedup();
        for part in cuts.windows(2) {
            let is_in = |ranges: &[std::ops::Range<usize>]| {
                let next = ranges.partition_point(|range| range.end <= part[0]);
                ranges.get(next).is_some_and(|range| range.start <= part[0])
            };
            let (is_bold, is_raised) = (is_in(bold), is_in(raised));
            if is_bold {
                inline.start_bold();
            }
            if is_raised {
                inline.start_superscript();
            }
            let mut at = part[0];
            for (number, line) in self.text.text[part[0]..part[1]].split('\n').enumerate() {
                if number > 0 {
                    inline.line_break(self.text.map.span(at..at + 1));
                    at += 1;
                }
                inline.copy(self.text, at..at + line.len());
                at += line.len();
            }
            if is_raised {
                inline.end_superscript();
            }
            if is_bold {
                inline.end_bold();
            }
        }
    }
}

/// Whether of the cells of a row the first is bold and no other.
fn begins_bold(cells: &[Option<Content>]) -> bool {
    let mut bold = cells.iter().map(|cell| cell.as_ref().is_some_and(Content::is_bold));
    bold.next() == Some(true) && !bold.any(|is_bold| is_bold)
}

/// The bytes of the bullet that a paragraph begins with, typed where a list was
/// meant.
fn typed_bullet(text: &str) -> usize {
    let is_bullet = |first: char| {
        matches!(first, '•' | '●' | '▪' | '■' | '◦' | '○' | '‣' | '·' | '–' | '—' | '-' | '*' | '\u{f000}'..='\u{f0ff}')
    };
    let rest = text.trim_start_matches(is_bullet);
    let mark = text.len() - rest.len();
    if rest.starts_with([' ', '\u{a0}']) && text[..mark].chars().count() == 1 { mark } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bullets_are_signs_with_a_space_behind() {
        assert_eq!(typed_bullet("• 10 mg"), "•".len());
        assert_eq!(typed_bullet("- 10 mg"), 1);
        assert_eq!(typed_bullet("-10 mg"), 0);
        assert_eq!(typed_bullet("-- 10 mg"), 0);
        assert_eq!(typed_bullet("10 mg"), 0);
    }
}
