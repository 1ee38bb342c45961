//! Markdown: CommonMark with tables, footnotes, definition lists, wiki links
//! and the boxes of [`admonition`].

use super::admonition;
use super::html;
use super::inline::{Content, Inline};
use super::map::Mapped;
use super::outline::{Cell, Outline};
use super::wrap;

use memchr::memchr3;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, OffsetIter, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// How often what looks like an indented code block is read as Markdown again
/// before its lines are taken as they are.
const INDENTED_LIMIT: usize = 2;

/// Reads a Markdown text into the article.
pub(super) fn read(outline: &mut Outline<'_>, text: &Mapped<'_>) {
    let rewritten = admonition::rewrite(text);
    Reader::new(outline, rewritten.as_ref().unwrap_or(text), 0).read();
}

/// The text of a short piece of Markdown, whatever blocks it is made of.
pub(super) fn inline(text: &Mapped<'_>) -> Option<Content> {
    let mut inline = Inline::default();
    for (event, range) in events(&text.text) {
        match event {
            Event::Text(content) => words(&mut inline, text, &content, range),
            Event::Code(content) => code(&mut inline, text, &content, range),
            Event::Start(Tag::Strong) => inline.start_bold(),
            Event::End(TagEnd::Strong) => inline.end_bold(),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                inline.soft_break(text.map.span(range));
            }
            _ => {}
        }
    }
    inline.take()
}

fn events(text: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS;
    Parser::new_ext(text, options).into_offset_iter()
}

struct Reader<'r, 's> {
    outline: &'r mut Outline<'s>,
    text: &'r Mapped<'r>,
    inline: Inline,
    /// How many elements are open whose text is left out: images, and text
    /// that is struck out.
    skipped: usize,
    html: html::Reader,
    /// How many elements of HTML were open where each open quote and list item
    /// began: what is opened inside ends with it.
    html_depths: Vec<usize>,
    /// The block that is open whose lines are gathered as they are.
    lines: Option<Lines>,
    indented: usize,
}

struct Lines {
    kind: LinesKind,
    text: Mapped<'static>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum LinesKind {
    Html,
    /// Code in a language: no text of the article.
    Code,
    /// A fenced block without a language: text that keeps its lines.
    Plain,
    /// An indented block. In articles that is a list or paragraph indented by
    /// accident, not code.
    Indented,
}

impl<'r, 's> Reader<'r, 's> {
    fn new(outline: &'r mut Outline<'s>, text: &'r Mapped<'r>, indented: usize) -> Self {
        Self {
            outline,
            text,
            inline: Inline::default(),
            skipped: 0,
            html: html::Reader::default(),
            html_depths: Vec::new(),
            lines: None,
            indented,
        }
    }

    fn read(mut self) {
        for (event, range) in events(&self.text.text) {
            self.event(event, range);
        }
        self.flush();
        self.html.close_to(self.outline, 0);
    }

    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(content) | Event::Html(content) if self.lines.is_some() => self.line(&content, range),
            _ if self.skipped > 0 => {}
            Event::Text(content) => words(&mut self.inline, self.text, &content, range),
            Event::Code(content) => code(&mut self.inline, self.text, &content, range),
            Event::InlineHtml(tag) => html::inline_tag(&mut self.inline, &tag, self.text.map.span(range)),
            Event::SoftBreak => self.inline.soft_break(self.text.map.span(range)),
            Event::HardBreak => self.inline.line_break(self.text.map.span(range)),
            Event::Rule => {
                self.flush();
                self.outline.gap();
            }
            Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Strong => self.inline.start_bold(),
            Tag::Image { .. } => self.skipped += 1,
            // One tilde is "about": "~10 mg … ~20 mg" strikes nothing out.
            Tag::Strikethrough if self.is_struck_out(&range) => self.skipped += 1,
            Tag::Strikethrough => self.inline.copy(self.text, range.start..range.start + 1),
            Tag::Paragraph | Tag::Emphasis | Tag::Link { .. } | Tag::Superscript | Tag::Subscript => {}
            Tag::TableCell | Tag::DefinitionListTitle | Tag::DefinitionListDefinition => {}
            Tag::MetadataBlock(_) => {}
            Tag::TableHead | Tag::TableRow => self.outline.start_row(),
            Tag::HtmlBlock => self.start_lines(LinesKind::Html),
            Tag::CodeBlock(kind) => self.start_lines(lines_kind(kind)),
            Tag::Heading { .. } => self.start_block(),
            Tag::BlockQuote(_) | Tag::FootnoteDefinition(_) => {
                self.start_block();
                self.html_depths.push(self.html.depth());
                self.outline.start_container();
            }
            Tag::List(_) => {
                self.start_block();
                self.outline.start_list();
            }
            Tag::Item => {
                self.flush();
                self.html_depths.push(self.html.depth());
                self.outline.start_item();
            }
            Tag::DefinitionList => {
                self.start_block();
                self.outline.start_definitions();
            }
            Tag::Table(_) => {
                self.start_block();
                self.outline.start_table();
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Strong => self.inline.end_bold(),
            TagEnd::Image => self.skipped = self.skipped.saturating_sub(1),
            TagEnd::Strikethrough if self.is_struck_out(&range) => self.skipped = self.skipped.saturating_sub(1),
            TagEnd::Strikethrough => self.inline.copy(self.text, range.end - 1..range.end),
            TagEnd::Paragraph | TagEnd::DefinitionListDefinition => self.flush(),
            TagEnd::Heading(level) => {
                if let Some(content) = self.inline.take() {
                    self.outline.heading(level_number(level), content);
                }
            }
            TagEnd::DefinitionListTitle => {
                if let Some(content) = self.inline.take() {
                    self.outline.term(content);
                }
            }
            TagEnd::TableCell => {
                let content = self.inline.take();
                self.outline.cell(Cell { is_header: false, columns: 1, rows: 1 }, content);
            }
            TagEnd::HtmlBlock | TagEnd::CodeBlock => self.end_lines(),
            TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition => {
                self.end_block();
                self.outline.end_container();
            }
            TagEnd::Item => self.end_block(),
            TagEnd::List(_) | TagEnd::DefinitionList => self.outline.end_list(),
            TagEnd::Table => self.outline.end_table(),
            TagEnd::Emphasis | TagEnd::Link | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::TableHead | TagEnd::TableRow | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn is_struck_out(&self, range: &Range<usize>) -> bool {
        self.text.text[range.clone()].starts_with("~~")
    }

    /// Ends what came before a block: text of a tight list item, which has no
    /// paragraph of its own, and lists and tables left open in HTML.
    fn start_block(&mut self) {
        self.flush();
        let depth = self.html_depths.last().copied().unwrap_or(0);
        self.html.close_lists(self.outline, depth);
    }

    /// Ends what a quote or list item holds.
    fn end_block(&mut self) {
        self.flush();
        let depth = self.html_depths.pop().unwrap_or(0);
        self.html.close_to(self.outline, depth);
    }

    fn flush(&mut self) {
        if let Some(content) = self.inline.take()
            && !is_attribute_list(&content.text)
        {
            self.pasted(content);
        }
    }

    /// A paragraph, or several if it is text that was pasted line by line.
    fn pasted(&mut self, content: Content) {
        let mut in_list = false;
        for part in pasted_parts(content) {
            let mark = bullet(&part.text);
            if mark > 0 && !in_list {
                self.outline.start_list();
            } else if mark == 0 && in_list {
                self.outline.end_list();
            }
            in_list = mark > 0;
            if in_list {
                self.outline.start_item();
            }
            self.outline.paragraph(part.trimmed_from(mark));
        }
        if in_list {
            self.outline.end_list();
        }
    }

    fn start_lines(&mut self, kind: LinesKind) {
        self.flush();
        self.lines = Some(Lines { kind, text: Mapped::default() });
    }

    fn line(&mut self, content: &str, range: Range<usize>) {
        if let Some(lines) = &mut self.lines {
            if self.text.text[range.clone()] == *content {
                lines.text.copy(self.text, range);
            } else {
                lines.text.replace(self.text.map.span(range), content);
            }
        }
    }

    fn end_lines(&mut self) {
        let Some(Lines { kind, text }) = self.lines.take() else { return };
        match kind {
            LinesKind::Html => self.html.feed(self.outline, &text),
            LinesKind::Code => {}
            LinesKind::Indented if self.indented < INDENTED_LIMIT => {
                Reader::new(self.outline, &text, self.indented + 1).read();
            }
            LinesKind::Plain | LinesKind::Indented => {
                let mut at = 0;
                for line in text.text.split_inclusive('\n') {
                    self.inline.copy(&text, at..at + line.len());
                    self.flush();
                    at += line.len();
                }
            }
        }
    }
}

fn lines_kind(kind: &CodeBlockKind<'_>) -> LinesKind {
    match kind {
        CodeBlockKind::Indented => LinesKind::Indented,
        CodeBlockKind::Fenced(language) if matches!(&**language, "" | "text" | "txt" | "plain") => LinesKind::Plain,
        CodeBlockKind::Fenced(_) => LinesKind::Code,
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// Whether a paragraph is an instruction to kramdown: `{:.no_toc}`.
fn is_attribute_list(text: &str) -> bool {
    text.starts_with("{:") && text.ends_with('}')
}

/// Cuts a paragraph where a line neither goes on with the one above it nor
/// follows a sentence or a lead.
fn pasted_parts(content: Content) -> Vec<Content> {
    if content.lines.is_empty() {
        return Vec::from_iter(Some(content.trimmed_from(0)).filter(|part| !part.text.is_empty()));
    }
    let text = content.text.as_str();
    let mut starts = vec![0];
    starts.extend(&content.lines);
    let ends: Vec<usize> = content.lines.iter().copied().chain([text.len()]).collect();
    let lines: Vec<&str> = starts.iter().zip(&ends).map(|(start, end)| text[*start..*end].trim()).collect();
    let width = wrap::width(lines.iter().copied());
    let mut cuts = vec![0];
    for (number, pair) in lines.windows(2).enumerate() {
        let (above, line) = (pair[0], pair[1]);
        let is_apart = !above.ends_with(['.', '!', '?', ':']) && !wrap::continues(above, line, width);
        if bullet(line) > 0 || is_apart {
            cuts.push(starts[number + 1]);
        }
    }
    cuts.push(text.len());
    cuts.windows(2).map(|cut| content.slice(cut[0]..cut[1])).filter(|part| !part.text.is_empty()).collect()
}

/// The bytes of the bullet that a pasted line starts with, one that is no
/// mark of Markdown.
fn bullet(line: &str) -> usize {
    let rest = line.trim_start_matches(|first: char| matches!(first, '•' | '●' | '▪' | '■' | '\u{f000}'..='\u{f0ff}'));
    if rest.trim().is_empty() { 0 } else { line.len() - rest.len() }
}

/// Appends text, without the marks of emphasis and highlighting that came to
/// nothing in it.
fn words(inline: &mut Inline, text: &Mapped<'_>, content: &str, range: Range<usize>) {
    if text.text[range.clone()] != *content {
        inline.replace(text.map.span(range), content);
        return;
    }
    let mut start = range.start;
    let bytes = &text.text.as_bytes()[..range.end];
    let mut at = range.start;
    while let Some(mark) = memchr3(b'*', b'=', b'_', &bytes[at..]).map(|mark| at + mark) {
        let length = bytes[mark..].iter().take_while(|byte| **byte == bytes[mark]).count();
        at = mark + length;
        if is_stray_mark(text.text.as_bytes(), mark) {
            inline.copy(text, start..mark);
            start = at;
        }
    }
    inline.copy(text, start..range.end);
}

/// Whether the mark at a place belongs to a pair such as the `**` that is left
/// of bold text without a start. The parser may hand over a pair in two parts,
/// so the run is looked up in the text.
fn is_stray_mark(bytes: &[u8], at: usize) -> bool {
    let mark = bytes[at];
    let before = bytes[..at].iter().rev().take(3).take_while(|byte| **byte == mark).count();
    let after = bytes[at..].iter().take(3).take_while(|byte| **byte == mark).count();
    match mark {
        b'*' => before + after >= 2,
        _ => before + after == 2,
    }
}

/// Appends inline code, without its backticks.
fn code(inline: &mut Inline, text: &Mapped<'_>, content: &str, range: Range<usize>) {
    let written = &text.text[range.clone()];
    let inner = written.trim_matches('`');
    if inner.split_ascii_whitespace().eq(content.split_ascii_whitespace()) {
        let start = range.start + written.len() - written.trim_start_matches('`').len();
        inline.copy(text, start..start + inner.len());
    } else {
        inline.replace(text.map.span(range), content);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(markdown: &str) -> String {
        inline(&Mapped::part(markdown, 0..markdown.len())).unwrap().text
    }

    #[test]
    fn marks_that_come_to_nothing_are_left_out() {
        assert_eq!(text("May I drive?**"), "May I drive?");
        assert_eq!(text("A:** no, ==not now==, \\*\\*"), "A: no, not now, **");
        assert_eq!(text("2 * 3 = 6, p >= 0.05, dose ____ mg"), "2 * 3 = 6, p >= 0.05, dose ____ mg");
    }
}
