//! HTML: whole pages, fragments, and the pieces of it inside Markdown.
//!
//! There is no tree: what a block is follows from the tags as they come, so
//! that unclosed and misplaced ones, of which published pages are full, cost
//! at most their own block.

mod element;
mod entity;
mod page;

use super::dates;
use super::inline::Inline;
use super::map::Mapped;
use super::outline::{Cell, Outline};
use crate::span::Span;
use element::{Kind, count, is_hidden, kind, stays_open, word_level};
use entity::{decode, entity_length};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Error, StartTag, Token, Tokenizer};
use std::ops::Range;

/// How many elements one end tag may close.
const CLOSE_LIMIT: usize = 64;

/// Reads a page or fragment into the article.
pub(super) fn read(outline: &mut Outline<'_>, text: &Mapped<'_>) {
    let mut reader = Reader { hidden_parts: Some(page::hidden(text)), ..Reader::default() };
    reader.feed(outline, text);
    reader.close_to(outline, 0);
    if let Some(at) = reader.cut_off {
        outline.problem_at(at, "the file ends inside a tag", "it may have been cut off; what there is has been read");
    }
}

/// Applies a tag that stands inside a line of Markdown.
pub(super) fn inline_tag(inline: &mut Inline, tag: &str, file: Span) {
    let body = tag.trim_start_matches(['<', '/']);
    let name = &body[..body.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(body.len())];
    mark_up(inline, kind(name.to_ascii_lowercase().as_bytes()), tag.starts_with("</"), file);
}

/// Applies a tag to the text around it; a block's tag only ends words.
fn mark_up(inline: &mut Inline, kind: Kind, is_end: bool, file: Span) {
    match (kind, is_end) {
        (Kind::Bold, false) => inline.start_bold(),
        (Kind::Bold, true) => inline.end_bold(),
        (Kind::Superscript, false) => inline.start_superscript(),
        (Kind::Superscript, true) => inline.end_superscript(),
        (Kind::Inline, _) => {}
        _ => inline.line_break(file),
    }
}

/// Reads HTML piece by piece; what one piece opens, a later one may close.
#[derive(Debug, Default)]
pub(super) struct Reader {
    inline: Inline,
    /// What the text since the last block is.
    role: Role,
    open: Vec<Open>,
    /// The cell that is open: all in it is one text.
    cell: Option<Cell>,
    /// Tables inside a cell, which are read as its lines.
    inner_tables: usize,
    /// The element whose content is left out, and how many of its name are
    /// open inside it.
    hidden: Option<(Vec<u8>, usize)>,
    /// Of a page that has been looked at as a whole, the parts that are not of
    /// the article.
    hidden_parts: Option<Vec<Range<usize>>>,
    /// How many of these parts have been passed.
    passed: usize,
    /// How many lists are open that Word has written as paragraphs.
    word_lists: usize,
    preformatted: usize,
    /// Where the file ends inside a tag.
    cut_off: Option<Span>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Paragraph,
    Title,
    Heading(u8),
    Summary,
    Term,
}

/// An element that is open and shapes the place of the blocks in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    List,
    Definitions,
    /// A table, and whether its first row has begun.
    Table {
        has_rows: bool,
    },
    Container,
}

impl Reader {
    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Reads the next piece.
    pub(super) fn feed(&mut self, outline: &mut Outline<'_>, text: &Mapped<'_>) {
        let mut emitter = DefaultEmitter::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(&*text.text, emitter) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) if self.is_outside(tag.span.start) => self.pass(outline, &tag),
                Token::EndTag(tag) if self.is_outside(tag.span.start) => {}
                Token::String(string) if self.is_outside(string.span.start) => {}
                Token::StartTag(tag) => {
                    let file = text.map.span(clamp(tag.span, text));
                    self.start(outline, &tag, file);
                }
                Token::EndTag(tag) => {
                    let file = text.map.span(clamp(tag.span, text));
                    self.end(outline, &tag.name, file);
                }
                Token::String(string) if self.hidden.is_none() => self.text(text, clamp(string.span, text)),
                Token::Error(error) if error.value == Error::EofInTag => {
                    self.cut_off = Some(text.map.span(clamp(error.span, text)));
                }
                _ => {}
            }
        }
        if self.cell.is_none() {
            self.flush(outline);
        }
    }

    /// Closes what is open beyond a depth.
    pub(super) fn close_to(&mut self, outline: &mut Outline<'_>, depth: usize) {
        self.flush(outline);
        while self.open.len() > depth {
            self.close_last(outline);
        }
    }

    /// Closes the lists and tables that are open beyond a depth, up to the
    /// innermost quote or the like.
    pub(super) fn close_lists(&mut self, outline: &mut Outline<'_>, depth: usize) {
        self.flush(outline);
        while self.open.len() > depth && self.open.last() != Some(&Open::Container) {
            self.close_last(outline);
        }
    }

    /// Whether a place lies in a part of the page that is not of the article.
    fn is_outside(&mut self, at: usize) -> bool {
        let Some(parts) = &self.hidden_parts else { return false };
        while parts.get(self.passed).is_some_and(|part| part.end <= at) {
            self.passed += 1;
        }
        parts.get(self.passed).is_some_and(|part| part.start <= at)
    }

    /// Passes an element that is not of the article; text before and behind a
    /// block is not one.
    fn pass(&mut self, outline: &mut Outline<'_>, tag: &StartTag<usize>) {
        self.date(outline, tag);
        let kind = kind(&tag.name);
        // Struck out words, scripts and the like may stand inside a line.
        if !kind.is_inline() && kind != Kind::Hidden && self.cell.is_none() {
            self.flush(outline);
        }
    }

    fn start(&mut self, outline: &mut Outline<'_>, tag: &StartTag<usize>, file: Span) {
        let name: &[u8] = &tag.name;
        if let Some((hidden, depth)) = &mut self.hidden {
            if *hidden != name {
                return;
            }
            if stays_open(name) {
                *depth += 1;
                return;
            }
            self.hidden = None;
        }
        self.date(outline, tag);
        let kind = kind(name);
        if self.hidden_parts.is_none() && (matches!(kind, Kind::Hidden | Kind::Frame) || is_hidden(tag)) {
            if !element::is_void(name) {
                self.hidden = Some((name.to_vec(), 1));
            }
            return;
        }
        if self.cell.is_some() && self.start_in_cell(outline, tag, kind, file) {
            return;
        }
        if self.word_lists > 0 && !kind.is_inline() && word_level(tag).is_none() {
            self.flush(outline);
            self.close_word_lists(outline, 0);
        }
        match kind {
            Kind::Inline | Kind::Bold | Kind::Superscript | Kind::Break => mark_up(&mut self.inline, kind, false, file),
            Kind::Block => {
                self.flush(outline);
                self.start_word_item(outline, tag);
            }
            Kind::Frame | Kind::Caption => self.flush(outline),
            Kind::Preformatted => {
                self.flush(outline);
                self.preformatted += 1;
            }
            Kind::Rule => {
                self.flush(outline);
                outline.gap();
            }
            Kind::Title => self.start_role(outline, Role::Title),
            Kind::Heading(level) => self.start_role(outline, Role::Heading(level)),
            Kind::Summary => self.start_role(outline, Role::Summary),
            Kind::List => {
                self.flush(outline);
                outline.start_list();
                self.open.push(Open::List);
            }
            Kind::Item => {
                self.flush(outline);
                if self.open.last() == Some(&Open::List) {
                    outline.start_item();
                }
            }
            Kind::Definitions => {
                self.flush(outline);
                outline.start_definitions();
                self.open.push(Open::Definitions);
            }
            Kind::Term => self.start_role(outline, Role::Term),
            Kind::Container => {
                self.flush(outline);
                outline.start_container();
                self.open.push(Open::Container);
            }
            Kind::Table => {
                self.flush(outline);
                self.open.push(Open::Table { has_rows: false });
            }
            Kind::Row => self.start_row(outline),
            Kind::Cell { is_header } => self.start_cell(outline, tag, is_header),
            Kind::Hidden => {}
        }
    }

    /// A tag inside a cell, where all blocks are lines of one text. Whether
    /// that is all there is to it: a new row or cell ends the cell.
    fn start_in_cell(&mut self, outline: &mut Outline<'_>, tag: &StartTag<usize>, kind: Kind, file: Span) -> bool {
        match kind {
            Kind::Row | Kind::Cell { .. } if self.inner_tables == 0 => {
                self.end_cell(outline);
                return false;
            }
            Kind::Table if !tag.self_closing => self.inner_tables += 1,
            _ => {}
        }
        mark_up(&mut self.inline, kind, false, file);
        true
    }

    /// The date that `<meta>` and `<time itemprop="dateModified">` give.
    fn date(&self, outline: &mut Outline<'_>, tag: &StartTag<usize>) {
        let (names, value): (&[&[u8]], &[u8]) = match &**tag.name {
            b"meta" => (&[b"property", b"name", b"itemprop"], b"content"),
            b"time" => (&[b"itemprop"], b"datetime"),
            _ => return,
        };
        let text = |name: &[u8]| std::str::from_utf8(&tag.attributes.get(name)?.value).ok();
        let dated = names.iter().find_map(|name| dates::of_meta(text(name)?, text(value)?));
        dated.into_iter().for_each(|dated| outline.dated(dated));
    }

    fn end(&mut self, outline: &mut Outline<'_>, name: &[u8], file: Span) {
        if let Some((hidden, depth)) = &mut self.hidden {
            if *hidden == name {
                *depth -= 1;
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        let kind = kind(name);
        if self.cell.is_some() {
            match kind {
                Kind::Table if self.inner_tables > 0 => self.inner_tables -= 1,
                Kind::Table => self.close(outline, |open| matches!(open, Open::Table { .. })),
                Kind::Row | Kind::Cell { .. } if self.inner_tables == 0 => self.end_cell(outline),
                _ => mark_up(&mut self.inline, kind, true, file),
            }
            return;
        }
        match kind {
            Kind::Inline | Kind::Bold | Kind::Superscript | Kind::Break => mark_up(&mut self.inline, kind, true, file),
            Kind::List => self.close(outline, |open| *open == Open::List),
            Kind::Definitions => self.close(outline, |open| *open == Open::Definitions),
            Kind::Table => self.close(outline, |open| matches!(open, Open::Table { .. })),
            Kind::Container => self.close(outline, |open| *open == Open::Container),
            Kind::Preformatted => {
                self.flush(outline);
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            _ => self.flush(outline),
        }
    }

    /// A paragraph that Word has written for an item of a list.
    fn start_word_item(&mut self, outline: &mut Outline<'_>, tag: &StartTag<usize>) {
        if tag.attributes.get(b"class".as_slice()).is_some_and(|class| class.eq_ignore_ascii_case(b"MsoTitle")) {
            self.role = Role::Heading(1);
        }
        let Some(level) = word_level(tag) else { return };
        self.close_word_lists(outline, level);
        while self.word_lists < level {
            outline.start_list();
            self.open.push(Open::List);
            self.word_lists += 1;
        }
        outline.start_item();
    }

    /// Closes lists of Word down to a level.
    fn close_word_lists(&mut self, outline: &mut Outline<'_>, level: usize) {
        // Those inside something that has ended have ended with it.
        let open = self.open.iter().rev().take(self.word_lists).take_while(|open| **open == Open::List).count();
        self.word_lists = open;
        while self.word_lists > level {
            self.close_last(outline);
            self.word_lists -= 1;
        }
    }

    fn start_role(&mut self, outline: &mut Outline<'_>, role: Role) {
        self.flush(outline);
        self.role = role;
    }

    /// Ends the block that is open.
    fn flush(&mut self, outline: &mut Outline<'_>) {
        if self.cell.is_some() {
            self.end_cell(outline);
        }
        let role = std::mem::take(&mut self.role);
        let Some(content) = self.inline.take() else { return };
        match role {
            Role::Title if outline.has_title() => {}
            Role::Title => outline.title(content),
            Role::Heading(level) => outline.heading(level, content),
            Role::Summary => outline.bold_heading(content),
            Role::Term if self.open.last() == Some(&Open::Definitions) => outline.term(content),
            _ => outline.paragraph(content),
        }
    }

    /// Closes the innermost open element of a kind and all inside it; a tag
    /// that closes nothing is ignored.
    fn close(&mut self, outline: &mut Outline<'_>, is_meant: impl Fn(&Open) -> bool) {
        self.flush(outline);
        // Tags that close nothing must not cost a walk over all that is open.
        let reachable = self.open.len().saturating_sub(CLOSE_LIMIT);
        if let Some(depth) = self.open[reachable..].iter().rposition(is_meant) {
            self.close_to(outline, reachable + depth);
        }
    }

    fn close_last(&mut self, outline: &mut Outline<'_>) {
        match self.open.pop() {
            Some(Open::List | Open::Definitions) => outline.end_list(),
            Some(Open::Table { has_rows: true }) => outline.end_table(),
            Some(Open::Container) => outline.end_container(),
            Some(Open::Table { has_rows: false }) | None => {}
        }
    }

    fn start_row(&mut self, outline: &mut Outline<'_>) {
        self.flush(outline);
        // A row outside a table, or in a table of a table's list: text.
        let Some(Open::Table { has_rows }) = self.open.last_mut() else { return };
        if !std::mem::replace(has_rows, true) {
            outline.start_table();
        }
        outline.start_row();
    }

    fn start_cell(&mut self, outline: &mut Outline<'_>, tag: &StartTag<usize>, is_header: bool) {
        self.flush(outline);
        match self.open.last() {
            Some(Open::Table { has_rows: true }) => {}
            Some(Open::Table { has_rows: false }) => self.start_row(outline),
            _ => return,
        }
        self.cell = Some(Cell { is_header, columns: count(tag, b"colspan"), rows: count(tag, b"rowspan") });
        self.inner_tables = 0;
    }

    fn end_cell(&mut self, outline: &mut Outline<'_>) {
        if let Some(cell) = self.cell.take() {
            let content = self.inline.take();
            outline.cell(cell, content);
        }
    }

    /// Text, with its entities decoded.
    fn text(&mut self, text: &Mapped<'_>, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &text.text[at..range.end];
            let plain = rest.find('&').unwrap_or(rest.len());
            self.lines(text, at..at + plain);
            at += plain;
            let Some(length) = entity_length(&text.text[at..range.end]) else { continue };
            let written = &text.text[at..at + length];
            let decoded = decode(written);
            if decoded == written {
                self.inline.copy(text, at..at + length);
            } else {
                self.inline.replace(text.map.span(at..at + length), &decoded);
            }
            at += length;
        }
    }

    fn lines(&mut self, text: &Mapped<'_>, range: Range<usize>) {
        let mut at = range.start;
        if self.preformatted > 0 {
            while let Some(length) = text.text[at..range.end].find('\n') {
                self.inline.copy(text, at..at + length);
                self.inline.line_break(text.map.span(at + length..at + length + 1));
                at += length + 1;
            }
        }
        self.inline.copy(text, at..range.end);
    }
}

/// A span of the tokenizer as a range of the text, at characters.
fn clamp(span: html5gum::Span<usize>, text: &Mapped<'_>) -> Range<usize> {
    let floor = |at: usize| {
        let at = at.min(text.text.len());
        (0..=at).rev().find(|at| text.text.is_char_boundary(*at)).unwrap_or(0)
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}
