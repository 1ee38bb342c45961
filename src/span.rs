//! Places in a file: byte spans, and the lines and columns that people read.

use memchr::memchr_iter;
use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a file as it lies on disk.
///
/// Spans stay byte offsets from the first stage to the last; lines, columns
/// and other encodings are computed at the edge (see [`LineIndex`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte; never less than `start`.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, but without, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "span ends before it starts: {start}..{end}");
        Self { start, end }
    }

    /// The number of bytes covered.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether the two spans share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The bytes of `file` that the span covers, with bytes outside the file
    /// left out and a character cut in half replaced.
    pub fn slice(self, file: &[u8]) -> std::borrow::Cow<'_, str> {
        let end = self.end.min(file.len());
        String::from_utf8_lossy(&file[self.start.min(end)..end])
    }
}

/// A line and column as people count them: both start at 1, columns count
/// characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The starts of the lines of one file, to turn byte offsets into positions.
///
/// A line ends after `\n`; the `\r` of a Windows line end belongs to the line
/// before it.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// How many characters begin before each block of [`BLOCK`] bytes. Without
    /// it, every column of a file of one line would be counted from its start.
    characters: Vec<usize>,
}

/// Bytes between two counts of characters.
const BLOCK: usize = 1024;

impl LineIndex {
    /// Reads the file once and notes where its lines start.
    pub fn new(text: &str) -> Self {
        let newlines = memchr_iter(b'\n', text.as_bytes());
        let mut characters = vec![0];
        for block in text.as_bytes().chunks(BLOCK) {
            characters.push(characters.last().map_or(0, |before| before + beginnings(block)));
        }
        Self { starts: std::iter::once(0).chain(newlines.map(|at| at + 1)).collect(), characters }
    }

    /// The position of a byte offset of `text`, the same text the index was
    /// made from. An offset inside a character counts as its start; one past
    /// the end counts as the end.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset);
        let column = self.before(text, offset) - self.before(text, self.starts[line - 1]) + 1;
        Position { line, column }
    }

    /// How many characters begin before an offset.
    fn before(&self, text: &str, offset: usize) -> usize {
        let block = offset / BLOCK;
        self.characters[block] + beginnings(&text.as_bytes()[block * BLOCK..offset])
    }

    /// The byte range of a line (from 1), its line end included.
    pub fn line(&self, text: &str, line: usize) -> Option<Span> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let end = self.starts.get(line).copied().unwrap_or(text.len());
        Some(Span::new(start, end))
    }

    /// The number of lines.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }
}

/// The positions of some offsets of a text, for when the text is not at hand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places(Vec<Place>);

/// An offset with its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Place {
    offset: usize,
    line: usize,
    column: usize,
}

impl Places {
    /// Looks up offsets, in whatever order, each however often.
    pub fn new(text: &str, offsets: impl IntoIterator<Item = usize>) -> Self {
        let mut offsets: Vec<usize> = offsets.into_iter().collect();
        offsets.sort_unstable();
        offsets.dedup();
        if offsets.is_empty() {
            return Self::default();
        }
        let lines = LineIndex::new(text);
        let place = |offset| {
            let Position { line, column } = lines.position(text, offset);
            Place { offset, line, column }
        };
        Self(offsets.into_iter().map(place).collect())
    }

    /// The position of an offset that was looked up; the start of the text for
    /// any other.
    pub fn position(&self, offset: usize) -> Position {
        let found = self.0.binary_search_by_key(&offset, |place| place.offset);
        found
            .map_or(Position { line: 1, column: 1 }, |at| Position { line: self.0[at].line, column: self.0[at].column })
    }

    /// Those of some of the offsets, in whatever order.
    pub fn only(&self, mut offsets: Vec<usize>) -> Self {
        offsets.sort_unstable();
        Self(self.0.iter().filter(|place| offsets.binary_search(&place.offset).is_ok()).copied().collect())
    }
}

/// How many characters begin in these bytes of UTF-8.
fn beginnings(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let text = "dose\r\n10–25 mg\nend";
        let index = LineIndex::new(text);
        let at = |needle: &str| index.position(text, text.find(needle).unwrap());
        assert_eq!(at("dose"), Position { line: 1, column: 1 });
        assert_eq!(at("25"), Position { line: 2, column: 4 });
        assert_eq!(at("end"), Position { line: 3, column: 1 });
        assert_eq!(index.position(text, 999), Position { line: 3, column: 4 });
        assert_eq!(index.line(text, 3).unwrap().slice(text.as_bytes()), "end");
        assert_eq!(index.line(text, 4), None);
    }

    #[test]
    fn columns_of_a_long_line_are_those_of_counting() {
        let text = format!("start\n{}\nend", "10–25 mg 每日 ".repeat(500));
        let index = LineIndex::new(&text);
        for (count, (offset, character)) in text.char_indices().enumerate().skip(6) {
            if character != '\n' && offset < text.len() - 4 {
                assert_eq!(index.position(&text, offset), Position { line: 2, column: count - 6 + 1 });
            }
        }
        assert_eq!(LineIndex::new("").position("", 3), Position { line: 1, column: 1 });
    }

    #[test]
    fn places_are_known_without_the_text() {
        let text = "dose\r\n10–25 mg\nend";
        let places = Places::new(text, [18, 6, 18]);
        let lines = LineIndex::new(text);
        assert_eq!(places.position(6), lines.position(text, 6));
        assert_eq!(places.position(18), lines.position(text, 18));
        assert_eq!(places.only(vec![18, 3]), Places::new(text, [18]));
    }

    #[test]
    fn spans_that_only_touch_do_not_overlap() {
        assert!(!Span::new(0, 3).overlaps(Span::new(3, 5)));
        assert!(Span::new(0, 4).overlaps(Span::new(3, 5)));
        assert_eq!(Span::new(0, 3).join(Span::new(5, 6)), Span::new(0, 6));
    }
}
