//! One change to one article.

use crate::edit::Edit;
use clinlint::span::Span;

/// A change, with the places that state something else by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is rewritten; never empty, in order, not overlapping.
    pub edits: Vec<Edit>,
    /// The claims that change, as spans of the original.
    pub places: Vec<Span>,
}

impl Change {
    /// What is changed into what, on one line.
    pub fn shown(&self, text: &str) -> String {
        /// Bytes before and after an edit that are shown with it.
        const AROUND: usize = 48;
        let first = self.edits[0].span.start;
        let last = self.edits.last().map_or(first, |edit| edit.span.end);
        let from = text.floor_char_boundary(first.saturating_sub(AROUND));
        let to = text.ceil_char_boundary((last + AROUND).min(text.len()));
        let new: Vec<&str> = self.edits.iter().map(|edit| edit.text.as_str()).collect();
        let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        format!(
            "{} [{} -> {}] {}",
            line(&text[from..first]),
            line(&text[first..last]),
            new.join(" … "),
            line(&text[last..to])
        )
    }
}
