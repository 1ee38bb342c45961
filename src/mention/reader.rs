//! A block's tokens as the rules for quantities look at them.

use super::number::{Number, number};
use crate::text::token::Token;
use crate::text::words::Words;
use crate::vocabulary::Vocabulary;

/// Signs and words between the ends of a range.
pub(super) fn is_range_sign(text: &str) -> bool {
    matches!(text, "-" | "–" | "—" | "‑" | "‐" | "−" | "‒" | "~" | "to" | "through" | "till")
}

/// Hyphens that tie words ("6-hourly").
pub(super) const HYPHENS: [&str; 4] = ["-", "‑", "‐", "–"];

/// A text with its tokens; every rule is asked about a place in them.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub text: &'t str,
    pub tokens: &'t [Token],
    pub words: &'t Words,
    pub vocabulary: &'t Vocabulary,
}

impl<'t> Reader<'t> {
    /// The lower-case text of a token; empty past the ends.
    #[inline]
    pub fn word(&self, at: usize) -> &'t str {
        self.words.get(at)
    }

    /// The lower-case text of the token so many places before another one.
    #[inline]
    pub fn before(&self, at: usize, back: usize) -> &'t str {
        at.checked_sub(back).map_or("", |at| self.words.get(at))
    }

    /// Whether a token is one of these words.
    #[inline]
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        self.words.is(at, words)
    }

    /// Whether a token follows the one before it without a space.
    pub fn is_tied(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| !token.spaced)
    }

    /// The token after a hyphen, if one stands here; else this one.
    pub fn after_hyphen(&self, at: usize) -> usize {
        if self.is(at, &HYPHENS) && self.is_tied(at) && self.is_tied(at + 1) { at + 1 } else { at }
    }

    /// The number that starts at a token.
    pub fn number(&self, at: usize) -> Option<Number> {
        number(self.text, self.tokens, self.words, at)
    }
}
