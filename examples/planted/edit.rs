//! Rewriting pieces of a text: numbers, words, and the way between the places
//! of a text before and after.

use clinlint::span::Span;
use regex::Regex;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// One piece of a text with what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

impl Edit {
    /// Replaces `range` of the piece that begins at `start`.
    pub fn at(start: usize, range: std::ops::Range<usize>, text: impl Into<String>) -> Self {
        Self { span: Span::new(start + range.start, start + range.end), text: text.into() }
    }
}

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\d[\d,]*(?:\.\d+)?").ok());

/// The numbers of a text with their places.
pub fn numbers(text: &str) -> Vec<(std::ops::Range<usize>, Decimal)> {
    let Some(number) = NUMBER.as_ref() else { return Vec::new() };
    let found = number.find_iter(text).filter_map(|found| {
        let digits = found.as_str().trim_end_matches(',');
        let value = digits.replace(',', "").parse().ok()?;
        Some((found.start()..found.start() + digits.len(), value))
    });
    found.collect()
}

/// A number as it is written, without trailing zeros.
pub fn written(value: Decimal) -> String {
    value.normalize().to_string()
}

/// Where a byte of the text stands after the edits.
pub fn forward(edits: &[Edit], at: usize) -> usize {
    let before = edits.iter().filter(|edit| edit.span.end <= at);
    before.fold(at, |place, edit| place + edit.text.len() - edit.span.len())
}

/// Where a byte of the changed text stood before; inside what was put in, the
/// start of what it took the place of.
pub fn backward(edits: &[Edit], at: usize) -> usize {
    let mut place = at;
    for edit in edits {
        if place < edit.span.start {
            break;
        }
        if place < edit.span.start + edit.text.len() {
            return edit.span.start;
        }
        place = place + edit.span.len() - edit.text.len();
    }
    place
}

/// The line of a byte, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count() + 1
}
