//! Text without markup: pages copied from a browser, guidelines extracted from
//! a PDF. Headings, lists and paragraphs are known by their looks alone.

mod group;
mod heading;
mod line;

use super::inline::Inline;
use super::map::Mapped;
use super::markdown;
use super::outline::{Cell, Outline};
use super::wrap;
use group::Role;
use line::{Line, LineKind, Marker, lines};
use std::ops::Range;

/// Reads a plain text into the article.
pub(super) fn read(outline: &mut Outline<'_>, text: &Mapped<'_>) {
    let lines = lines(&text.text);
    let mut reader = Reader { outline, text, levels: Vec::new(), after_heading: None, in_works: false };
    let mut at = 0;
    let width = wrap::width(lines.iter().filter(|line| line.kind != LineKind::Pipes).map(|line| line.text));
    while at < lines.len() {
        at = reader.unit(&lines, at, width);
    }
    reader.end_lists(0);
}

struct Reader<'r, 's> {
    outline: &'r mut Outline<'s>,
    text: &'r Mapped<'r>,
    /// The lists that are open, outermost first.
    levels: Vec<Level>,
    /// The rank of the heading right before.
    after_heading: Option<u8>,
    /// Inside a list of references or the like.
    in_works: bool,
}

/// A list that is open: one that stands in the text, or a group of its items.
struct Level {
    indent: usize,
    kind: LevelKind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LevelKind {
    List(Marker),
    /// The items after one that names what they are about.
    Group(Role),
}

impl Reader<'_, '_> {
    /// Reads what starts at a line, and returns the line after it.
    fn unit(&mut self, lines: &[Line<'_>], at: usize, width: Option<usize>) -> usize {
        let line = &lines[at];
        match line.kind {
            LineKind::Hashes { level, start } => {
                self.heading(level, line.range.start + start..line.range.end);
                return at + 1;
            }
            LineKind::Pipes => return self.pipes(lines, at),
            LineKind::Rule => {
                self.outline.gap();
                return at + 1;
            }
            LineKind::Text | LineKind::Item { .. } => {}
        }
        if let Some(end) = tabbed(lines, at) {
            self.tabbed(&lines[at..end]);
            return end;
        }
        let end = at + 1 + (at + 1..lines.len()).take_while(|next| continues(lines, *next, width)).count();
        if end == at + 1 {
            if !self.outline.has_title() && at < 4 && self.title(line) {
                return end;
            }
            if !self.goes_on_with_list(line)
                && let Some(rank) = heading::rank(line, lines.get(end), self.after_heading)
                && (!self.in_works || rank <= heading::WORKS_RANK || heading::ends_works(line.text))
            {
                self.heading(rank, line.range.clone());
                self.in_works = heading::is_list_of_works(line.text);
                return end;
            }
        }
        self.after_heading = None;
        match line.kind {
            LineKind::Item { marker, start } => {
                let role = if end == at + 1 { group::role(line, lines.get(end)) } else { Role::Other };
                self.start_item(line, marker, role);
                self.paragraph(&lines[at..end], start);
                if matches!(role, Role::Head | Role::Who) {
                    self.start_list(line.indent, LevelKind::Group(role));
                }
            }
            _ => {
                // An indented paragraph goes on with the item before it.
                let depth =
                    self.levels.iter().take_while(|level| line.blanks > 0 && level.indent < line.indent).count();
                self.end_lists(depth);
                self.paragraph(&lines[at..end], 0);
            }
        }
        end
    }

    /// Takes a line for the title; whether it is done with.
    fn title(&mut self, line: &Line<'_>) -> bool {
        if heading::is_page_furniture(line.text) {
            return true;
        }
        let is_label = |label: &str| label.trim().eq_ignore_ascii_case("title");
        let (skipped, title) = match line.text.split_once(':') {
            Some((label, title)) if is_label(label) => (line.text.len() - title.len(), title.trim()),
            _ => (0, line.text),
        };
        if title.is_empty() {
            return true;
        }
        if line.kind != LineKind::Text || !heading::is_title(title) {
            return false;
        }
        let mut inline = Inline::default();
        inline.copy(self.text, line.range.start + skipped..line.range.end);
        if let Some(content) = inline.take() {
            self.outline.title(content);
        }
        self.after_heading = Some(2);
        true
    }

    fn heading(&mut self, rank: u8, range: Range<usize>) {
        self.end_lists(0);
        let mut inline = Inline::default();
        inline.copy(self.text, range);
        if let Some(content) = inline.take() {
            self.outline.heading(rank, content);
            self.after_heading = Some(rank);
        }
    }

    /// A paragraph of several lines; its text starts so many bytes into the
    /// first.
    fn paragraph(&mut self, lines: &[Line<'_>], start: usize) {
        let mut inline = Inline::default();
        for (number, line) in lines.iter().enumerate() {
            let from = line.range.start + if number == 0 { start } else { 0 };
            if number > 0 && !wrap::is_cut_at_hyphen(lines[number - 1].text, line.text) {
                inline.soft_break(self.text.map.span(lines[number - 1].range.end..line.range.start));
            }
            inline.copy(self.text, from..line.range.end);
        }
        if let Some(content) = inline.take() {
            self.outline.paragraph(content);
        }
    }

    /// Whether a line is an item of a list that is open, and so no numbered
    /// heading.
    fn goes_on_with_list(&self, line: &Line<'_>) -> bool {
        match line.kind {
            LineKind::Item { marker, .. } => self.list_of(line.indent, marker).is_some(),
            _ => false,
        }
    }

    fn list_of(&self, indent: usize, marker: Marker) -> Option<usize> {
        let is_same = |level: &Level| level.kind == LevelKind::List(marker) && level.indent.abs_diff(indent) <= 1;
        self.levels.iter().rposition(is_same)
    }

    /// Begins an item: of the open list with its marker and indentation, or of
    /// a new one inside the last.
    fn start_item(&mut self, line: &Line<'_>, marker: Marker, role: Role) {
        match self.list_of(line.indent, marker) {
            Some(list) => {
                let groups = self.groups_kept(list + 1, line, role);
                self.end_lists(list + 1 + groups);
            }
            None => {
                let depth = self.levels.iter().take_while(|level| level.indent <= line.indent).count();
                self.end_lists(depth);
                self.start_list(line.indent, LevelKind::List(marker));
            }
        }
        self.outline.start_item();
    }

    /// How many of the groups from a level on an item belongs to.
    fn groups_kept(&self, from: usize, line: &Line<'_>, role: Role) -> usize {
        let groups = self.levels[from..].iter().take_while(|level| matches!(level.kind, LevelKind::Group(_))).count();
        let about = self.levels[from..from + groups].iter().filter(|level| level.kind == LevelKind::Group(Role::Head));
        let heads = about.count();
        match role {
            Role::Head => 0,
            _ if group::names_other_patients(line, role) => heads,
            Role::Other if groups == heads => 0,
            _ => groups,
        }
    }

    fn start_list(&mut self, indent: usize, kind: LevelKind) {
        self.outline.start_list();
        self.levels.push(Level { indent, kind });
    }

    fn end_lists(&mut self, depth: usize) {
        while self.levels.len() > depth {
            self.levels.pop();
            self.outline.end_list();
        }
    }

    /// A table as Markdown writes it.
    fn pipes(&mut self, lines: &[Line<'_>], at: usize) -> usize {
        let is_row = |line: &&Line<'_>| line.kind == LineKind::Pipes;
        let end = at + 1 + lines[at + 1..].iter().take_while(|line| line.blanks == 0).take_while(is_row).count();
        self.end_lists(0);
        markdown::read(self.outline, &self.text.slice(lines[at].range.start..lines[end - 1].range.end));
        self.after_heading = None;
        end
    }

    /// A table whose cells are set apart by tabs, as browsers copy it.
    fn tabbed(&mut self, lines: &[Line<'_>]) {
        self.end_lists(0);
        self.after_heading = None;
        self.outline.start_table();
        for line in lines {
            self.outline.start_row();
            let mut at = line.range.start;
            for cell in line.text.split('\t') {
                let mut inline = Inline::default();
                inline.copy(self.text, at..at + cell.len());
                self.outline.cell(Cell { is_header: false, columns: 1, rows: 1 }, inline.take());
                at += cell.len() + 1;
            }
        }
        self.outline.end_table();
    }
}

/// The end of the lines from `at` on that hold the same number of tabs, if
/// there are at least two.
fn tabbed(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let tabs = |line: &Line<'_>| line.text.bytes().filter(|byte| *byte == b'\t').count();
    let columns = tabs(&lines[at]);
    if columns == 0 || lines[at].kind != LineKind::Text {
        return None;
    }
    let same = lines[at + 1..].iter().take_while(|line| line.blanks == 0 && tabs(line) == columns).count();
    (same > 0).then_some(at + 1 + same)
}

/// Whether a line goes on with the unit of the line above it.
fn continues(lines: &[Line<'_>], at: usize, width: Option<usize>) -> bool {
    let (above, line) = (&lines[at - 1], &lines[at]);
    line.blanks == 0
        && line.kind == LineKind::Text
        && !matches!(above.kind, LineKind::Pipes | LineKind::Rule)
        && (wrap::is_unfinished(above.text) || !heading::is_over_list(line, lines.get(at + 1)))
        && wrap::continues(above.text, line.text, width)
}
