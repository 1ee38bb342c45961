//! All phrases of the vocabulary as one automaton over words.
//!
//! States are beginnings of phrases, transitions are words. A state knows the
//! phrases that end there.

use super::entry::{Family, Term};
use super::lexicon::{Lexicon, WordId};
use super::policy::Policy;
use super::word::{fold, is_bridge, is_written};
use crate::text::token::{Token, TokenKind, tokens};
use crate::text::words::Words;
use rustc_hash::FxHashMap;
use std::borrow::Cow;

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
    /// The family that it competes in.
    pub family: Family,
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

/// The automaton as it grows, phrase by phrase.
#[derive(Default)]
pub(super) struct PhrasesBuilder {
    words: Lexicon,
    transitions: FxHashMap<(State, WordId), State>,
    endings: Vec<(State, Ending)>,
}

impl PhrasesBuilder {
    /// Adds a phrase. Hyphens in it count as nothing ("first-line" is "first
    /// line" and "firstline"), a number that ends a word may stand apart from
    /// it ("B12" is "B-12"), and the last stop of "b.i.d." may be missing.
    pub fn add(&mut self, surface: &str, claim: Claim, policy: Policy, exact: bool) {
        let tokens = tokens(surface);
        let words = Words::new(surface, &tokens);
        let parts = parts(surface, &tokens, &words);
        let plain: Vec<&str> = parts.iter().map(|part| &*part.folded).collect();
        let exact = exact.then(|| parts.iter().map(|part| part.written).collect::<String>());
        let ending =
            |exact: Option<String>| Ending { claim, family: claim.family(), policy, exact: exact.map(Into::into) };

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
            let word = self.words.number(word);
            let next = number(self.transitions.len() + 1);
            state = *self.transitions.entry((state, word)).or_insert(next);
        }
        self.endings.push((state, ending));
    }

    /// The automaton of the phrases that were added.
    pub fn finish(mut self) -> Phrases {
        let states = self.transitions.len() + 1;
        let mut first = vec![START; self.words.len() + 1];
        let mut later = Vec::with_capacity(self.transitions.len());
        for ((state, word), next) in self.transitions {
            if state == START { first[word as usize] = next } else { later.push((state, (word, next))) }
        }
        later.sort_unstable();
        self.endings.sort_by_key(|(state, ending)| (*state, ending.family, ending.claim));
        let (later, endings) = (Grouped::of_sorted(later, states), Grouped::of_sorted(self.endings, states));
        Phrases { words: self.words, first, later, endings }
    }
}

/// The number of a word or state. There are some ten thousand.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// The automaton.
pub(super) struct Phrases {
    words: Lexicon,
    /// The state after a word from [`START`], by the number of the word;
    /// [`START`] itself if no phrase begins with it. Most words of a text get
    /// no further than here.
    first: Vec<State>,
    /// The words that go on from the other states, sorted, with the state they
    /// lead to.
    later: Grouped<(WordId, State)>,
    /// The phrases that end in a state, sorted by family and claim.
    endings: Grouped<Ending>,
}

impl Phrases {
    /// The number that stands for a folded word.
    pub fn word(&self, folded: &str) -> WordId {
        self.words.get(folded)
    }

    /// The number that stands for a folded word that is packed.
    #[inline]
    pub fn packed_word(&self, folded: u128) -> WordId {
        self.words.get_packed(folded)
    }

    /// The state after a word from [`START`]; [`START`] itself if no phrase begins
    /// with it.
    #[inline]
    pub fn first(&self, word: WordId) -> State {
        self.first[word as usize]
    }

    /// The words that go on from another state, sorted, with the state that each
    /// leads to.
    #[inline]
    pub fn nexts(&self, state: State) -> &[(WordId, State)] {
        self.later.of(state)
    }

    /// The phrases that end in a state, sorted by family and claim.
    #[inline]
    pub fn endings(&self, state: State) -> &[Ending] {
        self.endings.of(state)
    }
}

/// Values that belong to states, those of one state side by side.
struct Grouped<T> {
    values: Vec<T>,
    /// Where the values of each state start; one more than there are states.
    starts: Vec<u32>,
}

impl<T> Grouped<T> {
    /// Groups values that are sorted by their state.
    fn of_sorted(sorted: Vec<(State, T)>, states: usize) -> Self {
        let mut starts = vec![0; states + 1];
        for (state, _) in &sorted {
            starts[*state as usize + 1] += 1;
        }
        for state in 1..starts.len() {
            starts[state] += starts[state - 1];
        }
        Self { values: sorted.into_iter().map(|(_, value)| value).collect(), starts }
    }

    #[inline]
    fn of(&self, state: State) -> &[T] {
        let at = state as usize;
        &self.values[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// A word of a phrase.
struct Part<'s> {
    written: &'s str,
    folded: Cow<'s, str>,
    /// Whether a hyphen ties it to the word before it.
    tied: bool,
}

fn parts<'s>(surface: &'s str, tokens: &[Token], words: &'s Words) -> Vec<Part<'s>> {
    let mut parts: Vec<Part> = Vec::with_capacity(tokens.len());
    let mut tied = false;
    let mut after_word = false;
    for (at, token) in tokens.iter().enumerate() {
        if is_bridge(surface, tokens, at) {
            tied = after_word && tokens.get(at + 1).is_some_and(|next| !next.spaced);
            continue;
        }
        parts.push(Part { written: token.text(surface), folded: fold(words.get(at)), tied });
        tied = false;
        after_word = token.kind == TokenKind::Word;
    }
    parts
}

/// The phrase with hyphenated words written as one.
fn joined(parts: &[Part]) -> Option<Vec<String>> {
    parts.iter().find(|part| part.tied)?;
    let mut words: Vec<String> = Vec::new();
    for part in parts {
        match words.last_mut() {
            Some(word) if part.tied => word.push_str(&part.folded),
            _ => words.push(part.folded.clone().into_owned()),
        }
    }
    Some(words)
}

/// The phrase with numbers at the end of words parted from them.
fn parted<'p>(phrase: &[&'p str]) -> Option<Vec<&'p str>> {
    phrase.iter().find(|word| word.ends_with(|last: char| last.is_ascii_digit()))?;
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
