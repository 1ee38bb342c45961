//! The lines of a plain text: what each looks like by itself.

use std::ops::Range;

/// A line that is not blank.
#[derive(Debug)]
pub(super) struct Line<'t> {
    /// Its text in the file's text, without the white space around it.
    pub(super) range: Range<usize>,
    pub(super) text: &'t str,
    /// The columns it is indented by.
    pub(super) indent: usize,
    /// How many blank lines stand before it.
    pub(super) blanks: usize,
    pub(super) kind: LineKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    Text,
    /// An item of a list, whose text starts so many bytes into the line.
    Item {
        marker: Marker,
        start: usize,
    },
    /// A heading as Markdown writes it.
    Hashes {
        level: u8,
        start: usize,
    },
    /// A row of a table as Markdown writes it.
    Pipes,
    /// A line drawn with dashes or the like.
    Rule,
}

/// What an item starts with. Items of one list share it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Sign(char),
    Number,
    Letter,
}

/// Cuts a text into its lines.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let (mut at, mut blanks) = (0, 0);
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let inner = line.trim();
        if inner.is_empty() {
            blanks += 1;
            continue;
        }
        let lead = &line[..line.len() - line.trim_start().len()];
        let start = start + lead.len();
        lines.push(Line {
            range: start..start + inner.len(),
            text: inner,
            indent: lead.chars().map(|character| if character == '\t' { 4 } else { 1 }).sum(),
            blanks: std::mem::take(&mut blanks),
            kind: kind(inner),
        });
    }
    lines
}

fn kind(line: &str) -> LineKind {
    let hashes = line.len() - line.trim_start_matches('#').len();
    if (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
        let start = line.len() - line[hashes..].trim_start().len();
        return LineKind::Hashes { level: hashes as u8, start };
    }
    if line.starts_with('|') && line.len() > 1 && line.ends_with('|') {
        return LineKind::Pipes;
    }
    if line.len() >= 3 && line.chars().all(|character| "-=_*~–—".contains(character)) {
        return LineKind::Rule;
    }
    match item(line) {
        Some((marker, start)) => LineKind::Item { marker, start },
        None => LineKind::Text,
    }
}

/// The marker an item of a list starts with, and where its text does.
fn item(line: &str) -> Option<(Marker, usize)> {
    let first = line.chars().next()?;
    let behind = |marker_end: usize| line.len() - line[marker_end..].trim_start().len();
    // Signs that are nothing but bullets; the private ones are what is left of
    // the symbol fonts of word processors.
    if matches!(
        first,
        '•' | '●' | '○' | '◦' | '▪' | '▫' | '■' | '□' | '‣' | '⁃' | '・' | '➢' | '✓' | '\u{f000}'..='\u{f0ff}'
    ) {
        let start = behind(first.len_utf8());
        return (start < line.len()).then_some((Marker::Sign(first), start));
    }
    if matches!(first, '-' | '*' | '+' | '–' | '—' | '·' | 'o') {
        let rest = &line[first.len_utf8()..];
        return rest.starts_with([' ', '\t']).then_some((Marker::Sign(first), behind(first.len_utf8())));
    }
    numbered(line).map(|(marker, end)| (marker, behind(end)))
}

/// "1.", "12)", "(3)", "a)", "(iv)", with white space behind.
fn numbered(line: &str) -> Option<(Marker, usize)> {
    let body = line.strip_prefix('(').unwrap_or(line);
    let length = body.find(|character: char| !character.is_ascii_alphanumeric())?;
    let end = line.len() - body.len() + length + 1;
    let is_closed = match body.as_bytes()[length] {
        b')' => true,
        b'.' => body.len() == line.len(),
        _ => false,
    };
    if !is_closed || !line[end..].starts_with([' ', '\t']) {
        return None;
    }
    let word = &body[..length];
    let is_roman = !word.is_empty() && word.bytes().all(|byte| b"ivxIVX".contains(&byte));
    if (1..=3).contains(&length) && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((Marker::Number, end));
    }
    // "E. coli" is no item: letters need a parenthesis, or to be small.
    let is_letter =
        length == 1 && (body.as_bytes()[length] == b')' || word.bytes().all(|byte| byte.is_ascii_lowercase()));
    (is_letter || is_roman && length <= 4 && body.as_bytes()[length] == b')').then_some((Marker::Letter, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_known_by_their_markers() {
        let marker = |line| item(line).map(|(marker, start)| (marker, &line[start..]));
        assert_eq!(marker("• 10 mg"), Some((Marker::Sign('•'), "10 mg")));
        assert_eq!(marker("・10 mg"), Some((Marker::Sign('・'), "10 mg")));
        assert_eq!(marker("- 10 mg"), Some((Marker::Sign('-'), "10 mg")));
        assert_eq!(marker("12) 10 mg"), Some((Marker::Number, "10 mg")));
        assert_eq!(marker("(iv) 10 mg"), Some((Marker::Letter, "10 mg")));
        assert_eq!(marker("E. coli"), None);
        assert_eq!(marker("-10 mmHg"), None);
        assert_eq!(marker("1.5 mg"), None);
        assert_eq!(marker("2024. A year"), None);
    }

    #[test]
    fn lines_know_their_indentation_and_the_blank_lines_before_them() {
        let lines = lines("a\r\n\r\n\r\n  • b\r\n");
        assert_eq!(lines.len(), 2);
        assert_eq!((lines[1].range.clone(), lines[1].indent, lines[1].blanks), (9..14, 2, 2));
    }
}
