//! A block with what it mentions: the ground on which the rules for slips
//! stand.

use super::Passage;
use crate::mention::number::{Number, number};
use crate::mention::{Measured, Mention, Reading, What};
use crate::source::Source;
use crate::text::Block;
use crate::text::token::{Token, TokenKind};
use std::ops::Range;

/// A block with its mentions.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub source: &'a Source,
    pub block: &'a Block,
    pub reading: &'a Reading,
}

impl<'a> Page<'a> {
    /// The lower-case text of a token; empty past the ends.
    pub fn word(&self, at: usize) -> &'a str {
        self.reading.words.get(at)
    }

    /// Whether a token is one of these words.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at))
    }

    /// Whether every token of a range is one of these words.
    pub fn are(&self, tokens: Range<usize>, words: &[&str]) -> bool {
        tokens.into_iter().all(|token| self.is(token, words))
    }

    /// Whether some token of a range is one of these words.
    pub fn has(&self, tokens: Range<usize>, words: &[&str]) -> bool {
        tokens.into_iter().any(|token| self.is(token, words))
    }

    /// A token of the block.
    pub fn token(&self, at: usize) -> Option<&'a Token> {
        self.reading.tokens.get(at)
    }

    /// The number in digits that starts at a token.
    pub fn digits(&self, at: usize) -> Option<Number> {
        self.token(at).filter(|token| token.kind == TokenKind::Number)?;
        number(&self.block.text, &self.reading.tokens, at)
    }

    /// The amounts of the block, in order.
    pub fn amounts(&self) -> impl Iterator<Item = (&'a Mention, &'a Measured)> {
        self.reading.mentions.iter().filter_map(|mention| match &mention.what {
            What::Amount(measured) => Some((mention, measured)),
            _ => None,
        })
    }

    /// A passage with what it says.
    pub fn passage(&self, tokens: Range<usize>, statement: impl Into<String>) -> Passage {
        let span = self.block.span(self.reading.bytes(tokens));
        Passage { span, quote: span.slice(self.source.text.as_bytes()).into_owned(), statement: statement.into() }
    }
}
