//! A block with what it mentions: the ground on which the rules for slips
//! stand.

use super::Passage;
use crate::claim::Claim;
use crate::finding::Edit;
use crate::mention::number::{Number, number};
use crate::mention::{Measured, Mention, Reading, What};
use crate::source::Source;
use crate::text::Block;
use crate::text::token::{Token, TokenKind};
use crate::vocabulary::Vocabulary;
use std::ops::Range;

/// Tokens that belong together are not further apart: a list without a full stop
/// may be as long as a file.
const REACH: usize = 80;

/// A block with its mentions.
#[derive(Clone, Copy)]
pub(super) struct Page<'a> {
    pub source: &'a Source,
    pub block: &'a Block,
    pub reading: &'a Reading,
    pub vocabulary: &'a Vocabulary,
    /// The claims of the article, by their place.
    pub claims: &'a [Claim],
}

impl<'a> Page<'a> {
    /// Whether a token is one of these words.
    #[inline]
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        self.reading.words.is(at, words)
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
        number(&self.block.text, &self.reading.tokens, &self.reading.words, at)
    }

    /// The amounts of the block, in order.
    pub fn amounts(&self) -> impl Iterator<Item = (&'a Mention, &'a Measured)> + use<'a> {
        self.amounts_in(0..self.reading.tokens.len())
    }

    /// The amounts that start inside a range of tokens, in order.
    pub fn amounts_in(
        &self,
        tokens: Range<usize>,
    ) -> impl DoubleEndedIterator<Item = (&'a Mention, &'a Measured)> + use<'a> {
        self.reading.within(tokens).filter_map(|mention| match &mention.what {
            What::Amount(measured) => Some((mention, &**measured)),
            _ => None,
        })
    }

    /// The first amount at or behind a token, within reach.
    pub fn next_amount(&self, from: usize) -> Option<(&'a Mention, &'a Measured)> {
        self.amounts_in(from..from + REACH).next()
    }

    /// The last amount before a token, in its sentence and within reach.
    pub fn last_amount(&self, before: usize) -> Option<(&'a Mention, &'a Measured)> {
        self.amounts_in(self.around(before).start..before).next_back().filter(|(found, _)| found.tokens.end <= before)
    }

    /// The sentence of a token, cut off out of reach.
    pub fn around(&self, token: usize) -> Range<usize> {
        let sentence = self.reading.sentence_of(token);
        sentence.start.max(token.saturating_sub(REACH))..sentence.end.min(token + REACH)
    }

    /// The claims that a range of tokens has a part in.
    pub fn claims_at(&self, tokens: Range<usize>) -> impl Iterator<Item = &'a Claim> + use<'a> {
        /// No claim is written in more bytes.
        const LONGEST: usize = 1000;
        let span = self.block.span(self.reading.bytes(tokens));
        let end = self.claims.partition_point(|claim| claim.span.start < span.end);
        let near = self.claims[..end].iter().rev().take_while(move |claim| claim.span.start + LONGEST > span.start);
        near.filter(move |claim| claim.span.overlaps(span))
    }

    /// A passage with what it says.
    pub fn passage(&self, tokens: Range<usize>, statement: impl Into<String>) -> Passage {
        let span = self.block.span(self.reading.bytes(tokens));
        Passage { span, quote: span.slice(self.source.text.as_bytes()).into_owned(), statement: statement.into() }
    }

    /// The text of a token as written; empty past the ends.
    pub fn written(&self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.text(&self.block.text))
    }

    /// Whether the sentence of a token writes a number in this way, too.
    pub fn is_written_beside(&self, token: usize, number: &str) -> bool {
        let sentence = self.reading.sentence_of(token);
        let text = &self.block.text[self.reading.bytes(sentence)];
        text.split(|letter: char| !letter.is_ascii_digit() && letter != '.').any(|word| word == number)
    }

    /// Whether a token follows the one before it without a space.
    pub fn is_tied(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.spaced)
    }

    /// The edit that puts something in the place of bytes of the block's text.
    /// None where the file writes them in another way (an entity, an escape, a
    /// line break, a Word document).
    pub fn edit(&self, bytes: Range<usize>, replacement: impl Into<String>) -> Vec<Edit> {
        let span = self.block.span(bytes.clone());
        let is_copied = self.block.text.get(bytes).is_some_and(|text| text == span.slice(self.source.text.as_bytes()));
        let edit = || Edit { path: self.source.path.clone(), span, replacement: replacement.into() };
        (is_copied && self.source.is_as_written()).then(edit).into_iter().collect()
    }
}
