//! Between places of articles and those of the protocol: bytes ↔ lines and code
//! units, paths ↔ URIs. Everything else in the server counts bytes of the text.

use crate::span::Span;
use gen_lsp_types::{Position, Range, Uri};
use percent_encoding::percent_decode_str;
use std::path::{Path, PathBuf};

/// What the columns of an editor count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16, which every editor understands.
    #[default]
    Utf16,
}

impl Encoding {
    /// The length of a piece of text as the editor counts it.
    fn length(self, text: &str) -> usize {
        match self {
            Self::Utf8 => text.len(),
            Self::Utf16 => text.chars().map(char::len_utf16).sum(),
        }
    }
}

/// The starts of the lines of a text as editors count them: a line ends after
/// `\n`, `\r\n` or a `\r` alone.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of a text that an editor sent.
    pub fn of_document(text: &str) -> Self {
        let bytes = text.as_bytes();
        let is_end = |(at, byte): (usize, &u8)| {
            (*byte == b'\n' || (*byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'))).then_some(at + 1)
        };
        Self { starts: std::iter::once(0).chain(bytes.iter().enumerate().filter_map(is_end)).collect() }
    }

    /// The lines of a file: editors leave a byte order mark out of what they show.
    pub fn of_file(text: &str) -> Self {
        let mut lines = Self::of_document(text);
        if text.starts_with('\u{feff}') {
            lines.starts[0] = '\u{feff}'.len_utf8();
        }
        lines
    }

    /// The place of a byte of the text that the lines were counted in.
    pub fn position(&self, text: &str, offset: usize, encoding: Encoding) -> Position {
        let offset = text.floor_char_boundary(offset).max(self.starts[0]);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let character = encoding.length(&text[self.starts[line]..offset]);
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Position { line: number(line), character: number(character) }
    }

    /// The range of some bytes of the text that the lines were counted in.
    pub fn range(&self, text: &str, span: Span, encoding: Encoding) -> Range {
        Range { start: self.position(text, span.start, encoding), end: self.position(text, span.end, encoding) }
    }

    /// The byte at a place. A column behind the end of its line counts as the
    /// end, a line behind the last as the end of the text; a place inside a
    /// character counts as its start.
    pub fn offset(&self, text: &str, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let line = text[start..end].trim_end_matches(['\r', '\n']);
        let mut left = position.character as usize;
        for (at, character) in line.char_indices() {
            let width = encoding.length(character.encode_utf8(&mut [0; 4]));
            if left < width {
                return start + at;
            }
            left -= width;
        }
        start + line.len()
    }

    /// The bytes of a range; one that runs backwards is empty.
    pub fn span(&self, text: &str, range: Range, encoding: Encoding) -> Span {
        let start = self.offset(text, range.start, encoding);
        Span::new(start, self.offset(text, range.end, encoding).max(start))
    }
}

/// The URI of a file, from its path from the root of the file system.
pub(crate) fn uri_of(path: &Path) -> Uri {
    Uri(format!("file://{}", crate::paths::in_uri(path)))
}

/// The path of a file from the root of the file system; none where a URI names
/// something else, such as a text that was never saved.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    let rest = uri.0.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let path = percent_decode_str(path.split(['?', '#']).next()?).decode_utf8().ok()?;
    let path = if cfg!(windows) { path.strip_prefix('/')?.to_owned() } else { path.into_owned() };
    Some(crate::paths::absolute(Path::new(&path))).filter(|absolute| absolute.is_absolute() && !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_what_the_editor_counts() {
        let text = "a\r\n10–25 mg 💊 x\rend";
        let lines = Lines::of_document(text);
        let at = text.find('x').unwrap();
        assert_eq!(lines.position(text, at, Encoding::Utf16), Position { line: 1, character: 12 });
        assert_eq!(lines.position(text, at, Encoding::Utf8), Position { line: 1, character: 16 });
        assert_eq!(lines.position(text, text.len(), Encoding::Utf16), Position { line: 2, character: 3 });
        for encoding in [Encoding::Utf8, Encoding::Utf16] {
            for (offset, _) in text.char_indices().filter(|(_, character)| !matches!(character, '\r' | '\n')) {
                assert_eq!(lines.offset(text, lines.position(text, offset, encoding), encoding), offset);
            }
        }
    }

    #[test]
    fn places_outside_the_text_are_moved_into_it() {
        let lines = Lines::of_document("ab\r\nc💊");
        let offset = |line, character| lines.offset("ab\r\nc💊", Position { line, character }, Encoding::Utf16);
        assert_eq!((offset(0, 99), offset(9, 0), offset(1, 2)), (2, 9, 5));
        let backwards = Range { start: Position { line: 1, character: 0 }, end: Position { line: 0, character: 0 } };
        assert!(lines.span("ab\r\nc💊", backwards, Encoding::Utf16).is_empty());
    }

    #[test]
    fn a_byte_order_mark_is_not_seen() {
        let text = "\u{feff}dose";
        assert_eq!(Lines::of_file(text).position(text, 3, Encoding::Utf8).character, 0);
        assert_eq!(Lines::of_file(text).offset(text, Position { line: 0, character: 4 }, Encoding::Utf8), text.len());
    }

    #[cfg(unix)]
    #[test]
    fn paths_and_uris_are_two_names_of_one_file() {
        let path = Path::new("/a b/100 %/ä#1?.md");
        let uri = uri_of(path);
        assert_eq!(uri.0, "file:///a%20b/100%20%25/%C3%A4%231%3F.md");
        assert_eq!(path_of(&uri).as_deref(), Some(path));
        assert_eq!(path_of(&Uri("file:///a/./b%2Fc/../d.md".into())).as_deref(), Some(Path::new("/a/b/d.md")));
        assert_eq!(path_of(&Uri("untitled:Untitled-1".into())), None);
        assert_eq!(path_of(&Uri("file://".into())), None);
    }
}
