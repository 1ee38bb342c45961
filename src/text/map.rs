//! The way from a text back to the bytes of the file it was made from.

use crate::span::Span;
use std::borrow::Cow;
use std::ops::Range;

/// The way back from a block's text to the bytes of the file.
///
/// Pieces are in order, cover the text without gaps, and are either copied
/// (as many text bytes as file bytes, the same ones) or replaced (an entity,
/// an escape, a line break: the whole piece stands for the whole span).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextMap {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// Where the piece starts in the text.
    text_start: usize,
    /// The bytes of the file.
    file: Span,
    /// Whether text and file bytes are the same.
    copied: bool,
}

impl TextMap {
    /// The map of a text that is a stretch of the file, unchanged.
    pub fn copied(file: Span) -> Self {
        Self { pieces: vec![Piece { text_start: 0, file, copied: true }] }
    }

    /// The smallest span of the file that holds all a range of the text was
    /// made from. A range that touches a replaced piece takes the whole piece.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.before(range.start);
        if range.is_empty() {
            return Span::new(start, start);
        }
        let end = self.after(range.end);
        Span::new(start, end.max(start))
    }

    /// The map of a range of the text.
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut map = Self::default();
        for (text, file, copied) in self.parts(range.clone()) {
            map.add(text.start - range.start, file, copied);
        }
        map
    }

    /// The stretches of the text that are copied from the file, each with the
    /// bytes it was copied from.
    pub fn copies(&self, text_len: usize) -> impl Iterator<Item = (Range<usize>, Span)> {
        self.parts(0..text_len).filter(|(_, _, copied)| *copied).map(|(text, file, _)| (text, file))
    }

    /// Where in the file a place of the text starts.
    fn before(&self, at: usize) -> usize {
        match self.piece(at) {
            Some(piece) if piece.copied => (piece.file.start + at - piece.text_start).min(piece.file.end),
            Some(piece) => piece.file.start,
            None => 0,
        }
    }

    /// Where in the file the character ends that ends at a place of the text.
    fn after(&self, at: usize) -> usize {
        match self.piece(at - 1) {
            Some(piece) if piece.copied => (piece.file.start + at - piece.text_start).min(piece.file.end),
            Some(piece) => piece.file.end,
            None => 0,
        }
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        self.pieces.get(self.index(at))
    }

    fn index(&self, at: usize) -> usize {
        self.pieces.partition_point(|piece| piece.text_start <= at).saturating_sub(1)
    }

    /// The pieces that a range of the text touches, cut to the range: text,
    /// file, copied.
    fn parts(&self, range: Range<usize>) -> impl Iterator<Item = (Range<usize>, Span, bool)> {
        let first = if range.is_empty() { self.pieces.len() } else { self.index(range.start) };
        self.pieces[first..].iter().enumerate().map_while(move |(offset, piece)| {
            if piece.text_start >= range.end {
                return None;
            }
            let next = self.pieces.get(first + offset + 1).map_or(range.end, |next| next.text_start);
            let text = piece.text_start.max(range.start)..next.min(range.end);
            let file = if piece.copied {
                let start = piece.file.start + text.start - piece.text_start;
                Span::new(start, start + text.len())
            } else {
                piece.file
            };
            Some((text, file, piece.copied))
        })
    }

    fn add(&mut self, text_start: usize, file: Span, copied: bool) {
        if let Some(last) = self.pieces.last_mut()
            && last.copied
            && copied
            && last.file.end == file.start
        {
            last.file.end = file.end;
            return;
        }
        self.pieces.push(Piece { text_start, file, copied });
    }
}

/// A text with its map: the file itself or a part of it, or what a first step
/// of reading (a YAML value, the lines of an HTML block inside a quote) has
/// made of it. Each step reads the text of the step before, and the maps are
/// chained, so that spans always are bytes of the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Mapped<'f> {
    pub(super) text: Cow<'f, str>,
    pub(super) map: TextMap,
}

impl<'f> Mapped<'f> {
    /// A part of the file, unchanged.
    pub(super) fn part(file: &'f str, range: Range<usize>) -> Self {
        let map = TextMap::copied(Span::new(range.start, range.end));
        Self { text: Cow::Borrowed(&file[range]), map }
    }

    /// A range of this text.
    pub(super) fn slice(&self, range: Range<usize>) -> Mapped<'_> {
        Mapped { text: Cow::Borrowed(&self.text[range.clone()]), map: self.map.slice(range) }
    }
}

impl Mapped<'static> {
    /// Appends a range of another text, bytes and map alike, but for marks
    /// that stand nowhere in the file.
    pub(super) fn copy(&mut self, from: &Mapped<'_>, range: Range<usize>) {
        for (text, file, copied) in from.map.parts(range) {
            if !file.is_empty() {
                self.map.add(self.text.len(), file, copied);
                self.text.to_mut().push_str(&from.text[text]);
            }
        }
    }

    /// Appends a text that stands for all of a span of the file. With an empty
    /// span it is a mark for the next step of reading, and no text.
    pub(super) fn replace(&mut self, file: Span, text: &str) {
        if !text.is_empty() {
            self.map.add(self.text.len(), file, false);
            self.text.to_mut().push_str(text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `a &amp; b` read as `a & b`, from byte 10 of the file.
    fn sample() -> Mapped<'static> {
        let file = format!("{}a &amp; b", "-".repeat(10));
        let whole = Mapped::part(&file, 0..file.len());
        let mut text = Mapped::default();
        text.copy(&whole, 10..12);
        text.replace(Span::new(12, 17), "&");
        text.copy(&whole, 17..19);
        text
    }

    #[test]
    fn a_range_inside_a_copied_piece_is_exact_and_a_replaced_piece_is_taken_whole() {
        let text = sample();
        assert_eq!(text.text, "a & b");
        assert_eq!(text.map.span(0..1), Span::new(10, 11));
        assert_eq!(text.map.span(2..3), Span::new(12, 17));
        assert_eq!(text.map.span(4..5), Span::new(18, 19));
        assert_eq!(text.map.span(0..5), Span::new(10, 19));
        assert_eq!(text.map.span(1..1), Span::new(11, 11));
    }

    #[test]
    fn a_slice_maps_as_the_whole_did() {
        let text = sample();
        let slice = text.slice(2..5);
        assert_eq!(slice.text, "& b");
        assert_eq!(slice.map.span(0..1), Span::new(12, 17));
        assert_eq!(slice.map.span(2..3), Span::new(18, 19));
    }
}
