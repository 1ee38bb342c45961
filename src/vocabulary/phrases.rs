//! All phrases of the vocabulary as one automaton over words.
//!
//! States are beginnings of phrases, transitions are words. A state knows the
//! phrases that end there.

use super::entry::{Family, Term};
use super::policy::Policy;
use super::word::{fold, is_bridge, is_written};
use crate::text::token::{Token, TokenKind, tokens};
use rustc_hash::FxHashMap;

/// A state of the automaton.
pub(super) type State = u32;

/// The state before any word.
pub(super) const START: State = 0;

/// What a phrase is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    /// It stands for a term.
    Term(Term),
    /// It keeps a family from finding shorter phrases inside it: "blood
    /// glucose" is no drug.
    Hide(Family),
}

impl Claim {
    /// The family that the phrase competes in.
    pub fn family(self) -> Family {
        match self {
            Self::Term(term) => term.family(),
            Self::Hide(family) => family,
        }
    }
}

/// A phrase that ends in a state.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    /// What it is there for.
    pub claim: Claim,
    /// When it counts.
    pub policy: Policy,
    /// How it must be written, hyphens and spaces left out, if case matters.
    exact: Option<Box<str>>,
}

impl Ending {
    /// Whether the tokens that led here are written as the phrase demands.
    pub fn accepts(&self, text: &str, tokens: &[Token]) -> bool {
        self.exact.as_ref().is_none_or(|surface| is_written(surface, text, tokens))
    }
}

/// The automaton. It is made by [`Phrases::add`], then [`Phrases::finish`].
#[derive(Default)]
pub(super) struct Phrases {
    words: FxHashMap<Box<str>, u32>,
    transitions: FxHashMap<(State, u32), State>,
    endings: Vec<(State, Ending)>,
    /// Where the endings of each state start; one more than there are states.
    starts: Vec<u32>,
    states: State,
}

impl Phrases {
    /// Adds a phrase. Hyphens in it count as nothing ("first-line" is "first
    /// line" and "firstline"), a number that ends a word may stand apart from
    /// it ("B12" is "B-12"), and the last stop of "b.i.d." may be missing.
    pub fn add(&mut self, surface: &str, claim: Claim, policy: Policy, exact: bool) {
        let tokens = tokens(surface);
        let parts = parts(surface, &tokens);
        let plain: Vec<&str> = parts.iter().map(|part| part.folded.as_str()).collect();
        let exact = exact.then(|| parts.iter().map(|part| part.written).collect::<String>());
        let ending = |exact: Option<String>| Ending { claim, policy, exact: exact.map(Into::into) };

        if let Some(joined) = joined(&parts) {
            let joined: Vec<&str> = joined.iter().map(String::as_str).collect();
            self.insert(&joined, ending(exact.clone()));
        }
        if let Some(parted) = parted(&plain) {
            self.insert(&parted, ending(exact.clone()));
        }
        if let Some((&".", shorter)) = plain.split_last()
            && shorter.contains(&".")
        {
            let exact = exact.as_ref().map(|surface| surface[..surface.len() - 1].to_owned());
            self.insert(shorter, ending(exact));
        }
        self.insert(&plain, ending(exact));
    }

    fn insert(&mut self, phrase: &[&str], ending: Ending) {
        let mut state = START;
        for word in phrase {
            let next_word = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
            let word = match self.words.get(*word) {
                Some(word) => *word,
                None => *self.words.entry((*word).into()).or_insert(next_word),
            };
            state = *self.transitions.entry((state, word)).or_insert_with(|| {
                self.states += 1;
                self.states
            });
        }
        self.endings.push((state, ending));
    }

    /// Sorts the endings by state, after which phrases can be looked up.
    pub fn finish(&mut self) {
        self.endings.sort_by_key(|(state, ending)| (*state, ending.claim.family(), ending.claim));
        self.starts = vec![0; self.states as usize + 2];
        for (state, _) in &self.endings {
            self.starts[*state as usize + 1] += 1;
        }
        for state in 1..self.starts.len() {
            self.starts[state] += self.starts[state - 1];
        }
    }

    /// The number that stands for a folded word, if any phrase has it.
    pub fn word(&self, folded: &str) -> Option<u32> {
        self.words.get(folded).copied()
    }

    /// The state after a word.
    pub fn next(&self, state: State, word: u32) -> Option<State> {
        self.transitions.get(&(state, word)).copied()
    }

    /// The phrases that end in a state, sorted by family and claim.
    pub fn endings(&self, state: State) -> &[(State, Ending)] {
        let at = state as usize;
        &self.endings[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// A word of a phrase.
struct Part<'s> {
    written: &'s str,
    folded: String,
    /// Whether a hyphen ties it to the word before it.
    tied: bool,
}

fn parts<'s>(surface: &'s str, tokens: &[Token]) -> Vec<Part<'s>> {
    let mut parts: Vec<Part> = Vec::with_capacity(tokens.len());
    let mut tied = false;
    let mut after_word = false;
    for (at, token) in tokens.iter().enumerate() {
        if is_bridge(surface, tokens, at) {
            tied = after_word && tokens.get(at + 1).is_some_and(|next| !next.spaced);
            continue;
        }
        let mut folded = String::new();
        fold(token.text(surface), &mut folded);
        parts.push(Part { written: token.text(surface), folded, tied });
        tied = false;
        after_word = token.kind == TokenKind::Word;
    }
    parts
}

/// The phrase with hyphenated words written as one.
fn joined(parts: &[Part]) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    for part in parts {
        match words.last_mut() {
            Some(word) if part.tied => word.push_str(&part.folded),
            _ => words.push(part.folded.clone()),
        }
    }
    (words.len() < parts.len()).then_some(words)
}

/// The phrase with numbers at the end of words parted from them.
fn parted<'p>(phrase: &[&'p str]) -> Option<Vec<&'p str>> {
    let mut words = Vec::new();
    for word in phrase {
        let letters = word.trim_end_matches(|character: char| character.is_ascii_digit());
        if letters.is_empty() || letters.ends_with(|character: char| !character.is_alphabetic()) {
            words.push(*word);
        } else {
            words.push(letters);
            words.extend((letters.len() < word.len()).then_some(&word[letters.len()..]));
        }
    }
    (words.len() > phrase.len()).then_some(words)
}
