//! The running text of one block, as the formats hand it over bit by bit.

use super::TextMap;
use super::map::Mapped;
use crate::span::Span;
use std::ops::Range;

/// The text of a block before it has a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Content {
    pub(super) text: String,
    pub(super) map: TextMap,
    /// Ranges in bold, in order, not empty.
    pub(super) bold: Vec<Range<usize>>,
    /// Where in the text a line of the source began that is no line of its
    /// own here.
    pub(super) lines: Vec<usize>,
}

impl Content {
    /// A range of it, without the white space around it.
    pub(super) fn slice(&self, range: Range<usize>) -> Self {
        let whole = &self.text[range.clone()];
        let start = range.start + whole.len() - whole.trim_start().len();
        let end = start + whole.trim().len();
        let bold = self.bold.partition_point(|bold| bold.end <= start);
        let bold = self.bold[bold..].iter().take_while(|bold| bold.start < end);
        let lines = self.lines.partition_point(|line| *line <= start);
        let lines = self.lines[lines..].iter().take_while(|line| **line < end);
        Self {
            text: self.text[start..end].to_string(),
            map: self.map.slice(start..end),
            bold: bold.map(|bold| bold.start.max(start) - start..bold.end.min(end) - start).collect(),
            lines: lines.map(|line| line - start).collect(),
        }
    }

    /// What starts at a place, without the white space around it.
    pub(super) fn trimmed_from(self, start: usize) -> Self {
        if start == 0 && self.text.trim().len() == self.text.len() {
            return self;
        }
        self.slice(start..self.text.len())
    }

    /// Whether all of it, but for a colon at the end, is bold.
    pub(super) fn is_bold(&self) -> bool {
        let mut at = 0;
        let plain = |text: &str| text.chars().all(|character| character.is_whitespace() || character == ':');
        for bold in &self.bold {
            if !plain(&self.text[at..bold.start]) {
                return false;
            }
            at = bold.end;
        }
        at > 0 && plain(&self.text[at..])
    }
}

/// Puts the text of a block together: white space collapses to one space,
/// none stands at the start, at the end or around a line break.
#[derive(Debug, Default)]
pub(super) struct Inline {
    text: Mapped<'static>,
    /// White space that is written once more text follows.
    gap: Option<Gap>,
    /// A line of the source has ended since the last text.
    line_ended: bool,
    lines: Vec<usize>,
    bold: Vec<Range<usize>>,
    /// How many bold elements are open, and where the outermost starts.
    bold_depth: usize,
    bold_start: Option<usize>,
    superscript_depth: usize,
}

#[derive(Debug)]
struct Gap {
    file: Span,
    is_break: bool,
}

impl Inline {
    /// Whether no text has come yet.
    pub(super) fn is_empty(&self) -> bool {
        self.text.text.is_empty()
    }

    /// Appends a range of a text.
    pub(super) fn copy(&mut self, from: &Mapped<'_>, range: Range<usize>) {
        let bytes = &from.text.as_bytes()[range.clone()];
        let mut at = 0;
        while at < bytes.len() {
            let is_gap = is_space(bytes[at]);
            let length = if is_gap { gap_length(&bytes[at..]) } else { words_length(&bytes[at..]) };
            let part = range.start + at..range.start + at + length;
            let file = from.map.span(part.clone());
            if is_gap {
                self.space(file);
                self.line_ended |= bytes[at..at + length].contains(&b'\n');
            } else if file.is_empty() {
                // A mark that an earlier step has put in.
            } else if self.superscript_depth > 0 {
                self.raise(from, part);
            } else {
                self.begin_text();
                self.text.copy(from, part);
            }
            at += length;
        }
    }

    /// Appends a text that stands for all of a span: an entity, an escape.
    pub(super) fn replace(&mut self, file: Span, text: &str) {
        if text.chars().all(|character| character.is_ascii() && is_space(character as u8)) {
            self.space(file);
        } else {
            self.begin_text();
            self.text.replace(file, text);
        }
    }

    /// White space; several in a row are one.
    pub(super) fn space(&mut self, file: Span) {
        self.gap.get_or_insert(Gap { file, is_break: false });
    }

    /// The end of a line of the source that is none of the text.
    pub(super) fn soft_break(&mut self, file: Span) {
        self.space(file);
        self.line_ended = true;
    }

    /// A line break that the author asked for.
    pub(super) fn line_break(&mut self, file: Span) {
        self.gap = Some(Gap { file, is_break: true });
        self.line_ended = true;
    }

    /// Opens bold text.
    pub(super) fn start_bold(&mut self) {
        self.bold_depth += 1;
    }

    /// Closes the innermost bold text.
    pub(super) fn end_bold(&mut self) {
        self.bold_depth = self.bold_depth.saturating_sub(1);
        if self.bold_depth == 0
            && let Some(start) = self.bold_start.take()
        {
            self.bold.push(start..self.text.text.len());
        }
    }

    /// Opens raised text: its digits become raised digits, so that the 1 of a
    /// citation or of 10⁹ does not run into the word or number before it.
    pub(super) fn start_superscript(&mut self) {
        self.superscript_depth += 1;
    }

    /// Closes the innermost raised text.
    pub(super) fn end_superscript(&mut self) {
        self.superscript_depth = self.superscript_depth.saturating_sub(1);
    }

    /// The finished text, and an empty builder in its place. None if there is
    /// only white space.
    pub(super) fn take(&mut self) -> Option<Content> {
        let mut done = std::mem::take(self);
        if let Some(start) = done.bold_start {
            done.bold.push(start..done.text.text.len());
        }
        // Bold that is still open goes on in the next block.
        self.bold_depth = done.bold_depth;
        let Mapped { text, map } = done.text;
        (!text.is_empty()).then(|| Content { text: text.into_owned(), map, bold: done.bold, lines: done.lines })
    }

    fn begin_text(&mut self) {
        if let Some(gap) = self.gap.take()
            && !self.is_empty()
        {
            self.text.replace(gap.file, if gap.is_break { "\n" } else { " " });
        }
        if std::mem::take(&mut self.line_ended) && !self.is_empty() {
            self.lines.push(self.text.text.len());
        }
        if self.bold_depth > 0 && self.bold_start.is_none() {
            self.bold_start = Some(self.text.text.len());
        }
    }

    fn raise(&mut self, from: &Mapped<'_>, range: Range<usize>) {
        self.begin_text();
        for (at, character) in from.text[range.clone()].char_indices() {
            let part = range.start + at..range.start + at + character.len_utf8();
            match raised(character) {
                Some(raised) => self.text.replace(from.map.span(part), raised.encode_utf8(&mut [0; 4])),
                None => self.text.copy(from, part),
            }
        }
    }
}

/// White space that markup may add and drop at will; no-break and thin spaces
/// are characters of the text.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// The length of the white space that a text starts with.
fn gap_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !is_space(*byte)).unwrap_or(bytes.len())
}

/// The length of the words that a text starts with, as far as single spaces
/// are all that is between them.
fn words_length(bytes: &[u8]) -> usize {
    let mut is_spaced = false;
    for (at, byte) in bytes.iter().enumerate() {
        let is_space = is_space(*byte);
        if is_space && (is_spaced || *byte != b' ') {
            return at - usize::from(is_spaced);
        }
        is_spaced = is_space;
    }
    bytes.len() - usize::from(is_spaced)
}

fn raised(character: char) -> Option<char> {
    Some(match character {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32('⁴' as u32 + character as u32 - '4' as u32)?,
        '+' => '⁺',
        '-' | '−' => '⁻',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(build: impl FnOnce(&mut Inline, &Mapped<'_>), file: &str) -> Content {
        let mut inline = Inline::default();
        build(&mut inline, &Mapped::part(file, 0..file.len()));
        inline.take().unwrap()
    }

    #[test]
    fn white_space_collapses_and_lines_are_remembered() {
        let content = content(|inline, file| inline.copy(file, 0..file.text.len()), "  take\r\n  10\u{a0}mg  daily \n");
        assert_eq!(content.text, "take 10\u{a0}mg daily");
        assert_eq!(content.lines, [5]);
        assert_eq!(content.map.span(4..5), Span::new(6, 10));
        assert_eq!(content.map.span(5..7), Span::new(10, 12));
    }

    #[test]
    fn bold_leaves_out_the_space_around_it_and_survives_slicing() {
        let build = |inline: &mut Inline, file: &Mapped<'_>| {
            inline.start_bold();
            inline.copy(file, 0..6);
            inline.end_bold();
            inline.copy(file, 6..file.text.len());
        };
        let content = content(build, " Dose: 10 mg");
        assert_eq!(content.bold.first(), Some(&(0..5)));
        assert!(!content.is_bold());
        assert_eq!(content.slice(2..8).bold.first(), Some(&(0..3)));
        assert!(content.slice(0..6).is_bold());
    }

    #[test]
    fn raised_digits_do_not_run_into_the_number_before_them() {
        let build = |inline: &mut Inline, file: &Mapped<'_>| {
            inline.copy(file, 0..2);
            inline.start_superscript();
            inline.copy(file, 2..4);
            inline.end_superscript();
        };
        assert_eq!(content(build, "1069").text, "10⁶⁹");
    }
}
