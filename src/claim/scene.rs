//! A block with everything that is known around it: the ground on which the
//! rules for the kinds of claims stand.

use super::above::Scopes;
use super::label::Label;
use super::scope::Scope;
use super::whole::Whole;
use super::{Claim, Context, Name, Subject, Topicality, Value};
use crate::mention::{Reading, What};
use crate::text::token::TokenKind;
use crate::text::{Article, Block, BlockId};
use crate::vocabulary::{CueKind, Vocabulary};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// A block with its surroundings.
pub(crate) struct Scene<'a> {
    pub article: &'a Article,
    pub file: &'a str,
    pub id: BlockId,
    pub block: &'a Block,
    pub reading: &'a Reading,
    pub vocabulary: &'a Vocabulary,
    pub whole: &'a Whole,
    /// What each block of the article lays down for those below it.
    pub scopes: &'a Scopes<'a>,
    /// What headings, lead-ins, column and row heads and questions lay down.
    pub inherited: &'a Scope,
    /// The headings above it, outermost first.
    pub section: &'a [Name],
    pub labels: Vec<Label>,
    /// The subject of the blocks before it in the same section.
    pub before: Option<Rc<[Name]>>,
}

impl Scene<'_> {
    /// The lower-case text of a token; empty past the ends.
    #[inline]
    pub fn word(&self, token: usize) -> &str {
        self.reading.words.get(token)
    }

    /// Whether a token is one of these words.
    #[inline]
    pub fn is(&self, token: usize, words: &[&str]) -> bool {
        self.reading.words.is(token, words)
    }

    /// The text of a range of tokens.
    pub fn text(&self, tokens: Range<usize>) -> &str {
        &self.block.text[self.reading.bytes(tokens)]
    }

    /// What is laid down at a token: headings first, then the labels before it.
    pub fn scope_at(&self, token: usize) -> Cow<'_, Scope> {
        let labels = self.labels.partition_point(|label| label.from <= token);
        let Some(label) = labels.checked_sub(1).map(|last| &self.labels[last]) else {
            return Cow::Borrowed(self.inherited);
        };
        let mut scope = Cow::Borrowed(&label.laid);
        // "Initial dose:" holds for its own sentence.
        if scope.phase != self.inherited.phase && label.tokens.start < self.reading.sentence_of(token).start {
            scope.to_mut().phase = self.inherited.phase;
        }
        scope
    }

    /// The claim that a range of tokens makes.
    pub fn claim(
        &self,
        tokens: Range<usize>,
        drugs: Vec<Name>,
        subject: Subject,
        value: Value,
        context: Context,
    ) -> Claim {
        let span = self.block.span(self.reading.bytes(tokens.clone()));
        let sentence = self.reading.sentence_of(tokens.start);
        let citations = self.citations(&sentence);
        let topic = if drugs.iter().any(|drug| self.whole.subject.contains(drug)) {
            Topicality::Drug
        } else if context.indications.iter().any(|used| self.whole.conditions.contains(used)) {
            Topicality::Use
        } else {
            Topicality::Other
        };
        Claim {
            span,
            quote: span.slice(self.file.as_bytes()).into_owned(),
            sentence: self.block.span(self.reading.bytes(sentence)),
            drugs,
            subject,
            topic,
            value,
            context,
            citations,
            works: Vec::new(),
            section: self.section.to_vec(),
        }
    }

    /// Bare numbers after the end of a sentence, or in square brackets: "1, 4".
    fn citations(&self, sentence: &Range<usize>) -> Vec<String> {
        let mut citations = Vec::new();
        let mut token = sentence.end;
        // A mark after the full stop was cut off with the next sentence.
        for _ in 0..2 {
            while token > sentence.start {
                let current = &self.reading.tokens[token - 1];
                let is_mark = current.kind == TokenKind::Number && current.range.len() <= 3;
                if is_mark {
                    citations.push(current.text(&self.block.text).to_owned());
                } else if !matches!(current.text(&self.block.text), "," | "[" | "]" | ".") {
                    break;
                }
                token -= 1;
            }
            if !citations.is_empty() {
                break;
            }
        }
        // "Take 2" ends in a number too, but a word that counts stands before it.
        if token > sentence.start
            && self.is(token - 1, &["to", "of", "than", "=", "is", "was", "at", "least", "and", "-", "–"])
        {
            citations.clear();
        }
        citations.reverse();
        citations
    }

    /// Whether a cue of this kind starts in a range of tokens.
    pub fn has(&self, tokens: Range<usize>, kind: CueKind) -> bool {
        self.reading.has_cue(tokens, kind)
    }

    /// The last cue among these kinds that ends before a token, from `from` on.
    pub fn cue_before(&self, from: usize, token: usize, kinds: &[CueKind]) -> Option<(CueKind, Range<usize>)> {
        if !self.reading.cues.has_any(kinds) {
            return None;
        }
        self.reading.within(from..token).rev().find_map(|mention| match mention.what {
            What::Cue(kind) if mention.tokens.end <= token && kinds.contains(&kind) => {
                Some((kind, mention.tokens.clone()))
            }
            _ => None,
        })
    }

    /// The first cue among these kinds in a range.
    pub fn cue_in(&self, tokens: Range<usize>, kinds: &[CueKind]) -> Option<(CueKind, Range<usize>)> {
        if !self.reading.cues.has_any(kinds) {
            return None;
        }
        self.reading.within(tokens).find_map(|mention| match mention.what {
            What::Cue(kind) if kinds.contains(&kind) => Some((kind, mention.tokens.clone())),
            _ => None,
        })
    }

    /// Whether a negation stands within a few words before a token, in the
    /// same clause.
    pub fn is_negated(&self, from: usize, token: usize) -> bool {
        let start = token.saturating_sub(6).max(from);
        self.cue_before(start, token, &[CueKind::Negation])
            .is_some_and(|(_, cue)| !(cue.end..token).any(|at| self.is(at, &[";", ",", ".", "but"])))
    }
}
