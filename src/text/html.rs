//! HTML: whole pages, fragments, and the pieces of it inside Markdown.
//!
//! There is no tree: what a block is follows from the tags as they come, so
//! that unclosed and misplaced ones, of which published pages are full, cost
//! at most their own block.

mod element;

use super::dates;
use super::inline::Inline;
use super::map::Mapped;
use super::outline::{Cell, Outline};
use crate::span::Span;
use element::{Kind, kind, stays_open};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Error, StartTag, Token, Tokenizer};
use std::ops::Range;

/// How many elements one end tag may close.
const CLOSE_LIMIT: usize = 64;

/// Reads a page or fragment into the article.
pub(super) fn read(outline: &mut Outline<'_>, text: &Mapped<'_>) {
    let mut reader = Reader { main: main_element(&text.text), ..Reader::default() };
    let has_main = reader.main.is_some();
    reader.feed(outline, text);
    reader.close_to(outline, 0);
    if has_main && !reader.has_text {
        // Filled by a script once it is in a browser: what there is to read
        // stands elsewhere.
        let mut reader = Reader::default();
        reader.feed(outline, text);
        reader.close_to(outline, 0);
    }
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
    /// The element that holds the article, if there is one: the rest of the
    /// page is left out.
    main: Option<&'static str>,
    main_depth: usize,
    preformatted: usize,
    has_text: bool,
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
                Token::StartTag(tag) => {
                    let file = text.map.span(clamp(tag.span, text));
                    self.start(outline, &tag, file);
                }
                Token::EndTag(tag) => {
                    let file = text.map.span(clamp(tag.span, text));
                    self.end(outline, &tag.name, file);
                }
                Token::String(string) if self.is_read() => self.text(text, clamp(string.span, text)),
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

    fn is_read(&self) -> bool {
        self.hidden.is_none() && (self.main.is_none() || self.main_depth > 0 || self.role == Role::Title)
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
        if self.main.is_some_and(|main| main.as_bytes() == name) {
            self.main_depth += 1;
        }
        self.date(outline, tag);
        let kind = kind(name);
        let is_outside = self.main.is_some() && self.main_depth == 0;
        if kind == Kind::Hidden || is_hidden(tag) || (kind == Kind::Frame && !is_outside && self.main_depth == 0) {
            if !element::is_void(name) {
                self.hidden = Some((name.to_vec(), 1));
            }
            return;
        }
        if is_outside && kind != Kind::Title {
            return;
        }
        if self.cell.is_some() && self.start_in_cell(outline, tag, kind, file) {
            return;
        }
        match kind {
            Kind::Inline | Kind::Bold | Kind::Superscript | Kind::Break => mark_up(&mut self.inline, kind, false, file),
            Kind::Block | Kind::Frame | Kind::Caption => self.flush(outline),
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
        if self.main.is_some_and(|main| main.as_bytes() == name) && self.main_depth > 0 {
            self.flush(outline);
            self.main_depth -= 1;
        }
        if !self.is_read() {
            return;
        }
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
            _ => {
                self.has_text = true;
                match role {
                    Role::Heading(level) => outline.heading(level, content),
                    Role::Summary => outline.bold_heading(content),
                    Role::Term if self.open.last() == Some(&Open::Definitions) => outline.term(content),
                    _ => outline.paragraph(content),
                }
            }
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
            self.has_text |= content.is_some();
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

/// The element that holds the article, if the page names one.
fn main_element(html: &str) -> Option<&'static str> {
    let has = |name: &str| {
        let lower = html.as_bytes();
        lower.windows(name.len() + 2).any(|window| {
            window[0] == b'<'
                && window[1..=name.len()].eq_ignore_ascii_case(name.as_bytes())
                && !window[name.len() + 1].is_ascii_alphanumeric()
        })
    };
    ["main", "article"].into_iter().find(|name| has(name))
}

fn is_hidden(tag: &StartTag<usize>) -> bool {
    let value = |name: &[u8]| tag.attributes.get(name).map(|value| value.value.to_ascii_lowercase());
    let is_true = |value: Vec<u8>| value == b"true";
    let is_none = |style: Vec<u8>| {
        let style: Vec<u8> = style.into_iter().filter(|byte| !byte.is_ascii_whitespace()).collect();
        style.windows(12).any(|window| window == b"display:none")
    };
    value(b"hidden").is_some() || value(b"aria-hidden").is_some_and(is_true) || value(b"style").is_some_and(is_none)
}

fn count(tag: &StartTag<usize>, attribute: &[u8]) -> usize {
    let value = tag.attributes.get(attribute).and_then(|value| std::str::from_utf8(value).ok());
    value.and_then(|value| value.trim().parse().ok()).unwrap_or(1)
}

/// The length of what may be an entity at the start of a text.
fn entity_length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('&')?;
    let name = rest.bytes().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    Some(1 + name + usize::from(rest[name..].starts_with(';')))
}

/// What an entity stands for; what is none stands for itself.
fn decode(written: &str) -> String {
    let mut decoded = String::new();
    for token in Tokenizer::new(written) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            decoded.push_str(&String::from_utf8_lossy(&text));
        }
    }
    decoded
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
