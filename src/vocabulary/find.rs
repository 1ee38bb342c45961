//! Finding every phrase of the vocabulary in a text, in one pass.

use super::Vocabulary;
use super::entry::{CombinationId, DrugId, Family, Term};
use super::phrases::{Claim, State};
use super::policy::Policy;
use super::reading::Reading;
use super::word::is_hyphen;
use crate::text::token::{Token, TokenKind};
use crate::text::words::Words;
use smallvec::{SmallVec, smallvec};
use std::ops::Range;

/// A phrase of the vocabulary in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// The tokens it covers.
    pub tokens: Range<usize>,
    /// The bytes of the text it covers.
    pub range: Range<usize>,
    /// The family that its terms belong to.
    pub family: Family,
    /// What it may stand for, sorted; mostly one. "Tetracycline" is a drug and
    /// a class.
    pub terms: SmallVec<[Term; 2]>,
    /// When it counts.
    pub policy: Policy,
}

/// Ends of the names of biologics, which may have a suffix of four letters
/// that stand for nothing: "infliximab-dyyb".
const BIOLOGIC_ENDS: [&str; 9] = ["mab", "cept", "stim", "poetin", "alfa", "ase", "glargine", "aspart", "lispro"];

/// No combination has more components; rows of drugs are not read further.
const MOST_COMPONENTS: usize = 8;

const FAMILIES: usize = Family::ALL.len();

/// Families, the token after the longest phrase of each, and the state that it
/// led to.
type Longest = SmallVec<[(Family, (usize, State)); 2]>;

impl Vocabulary {
    /// Finds the phrases of the vocabulary in a text that was cut into these
    /// tokens and words. The matches are sorted by start, then family; in one family
    /// they do not overlap, and the longest phrase from a word wins.
    pub fn find(&self, text: &str, tokens: &[Token], words: &Words) -> Vec<Match> {
        let reading = Reading::new(&self.phrases, text, tokens, words);
        let search = Search { vocabulary: self, text, tokens, words, reading };
        let mut drugs = Vec::new();
        let mut others = Vec::new();
        let mut free_from = [0; FAMILIES];
        for start in 0..tokens.len() {
            if !search.reading.begins(start) {
                continue;
            }
            for (family, (end, state)) in &search.longest(start, &free_from) {
                let (family, found) = (*family, search.matched(*family, start, *end, *state));
                free_from[family as usize] = found.tokens.end;
                if !found.terms.is_empty() {
                    if family == Family::Drug { &mut drugs } else { &mut others }.push(found);
                }
            }
        }
        search.combine(&mut drugs);
        drugs.append(&mut others);
        drugs.sort_by_key(|found| (found.tokens.start, found.family));
        drugs
    }
}

/// One text on its way through the automaton.
struct Search<'a> {
    vocabulary: &'a Vocabulary,
    text: &'a str,
    tokens: &'a [Token],
    words: &'a Words,
    reading: Reading<'a>,
}

impl Search<'_> {
    /// The longest phrase from a token for each family that is free there: the
    /// token after it and the state it led to.
    fn longest(&self, start: usize, free_from: &[usize; FAMILIES]) -> Longest {
        let mut longest = Longest::new();
        self.reading.walk(start, &mut |state, end| {
            for ending in self.vocabulary.phrases.endings(state) {
                let family = ending.family;
                let known = longest.iter_mut().find(|(known, _)| *known == family);
                let longer = known.as_ref().is_none_or(|(_, (other, _))| end > *other);
                if longer && free_from[family as usize] <= start && ending.accepts(self.text, &self.tokens[start..end])
                {
                    match known {
                        Some((_, found)) => *found = (end, state),
                        None => longest.push((family, (end, state))),
                    }
                }
            }
        });
        longest
    }

    /// The match of one family's phrase; without terms if the phrase only hides
    /// others.
    fn matched(&self, family: Family, start: usize, end: usize, state: State) -> Match {
        let endings = self.vocabulary.phrases.endings(state).iter();
        let endings = endings.filter(|ending| ending.family == family);
        let (mut terms, mut policy) = (SmallVec::new(), Policy::Dose);
        for ending in endings.filter(|ending| ending.accepts(self.text, &self.tokens[start..end])) {
            policy = policy.min(ending.policy);
            match ending.claim {
                Claim::Term(term) if terms.last() != Some(&term) => terms.push(term),
                _ => {}
            }
        }
        let end = match terms.first() {
            Some(Term::Drug(drug)) => self.after_suffix(*drug, end),
            _ => end,
        };
        self.over(start..end, family, terms, policy)
    }

    fn over(&self, tokens: Range<usize>, family: Family, terms: SmallVec<[Term; 2]>, policy: Policy) -> Match {
        let range = self.tokens[tokens.start].range.start..self.tokens[tokens.end - 1].range.end;
        Match { tokens, range, family, terms, policy }
    }

    /// The token after the salt words ("hydrochloride") or the suffix of a
    /// biologic that follow a drug's name.
    fn after_suffix(&self, drug: DrugId, end: usize) -> usize {
        if self.is_biologic_suffix(end) {
            return end + 2;
        }
        if !self.vocabulary.drugs[drug.index()].takes_salts {
            return end;
        }
        let mut after = end;
        while self.is_salt(after) {
            after += 1;
        }
        after
    }

    fn is_biologic_suffix(&self, end: usize) -> bool {
        let [hyphen, suffix] = self.tokens.get(end..end + 2).unwrap_or_default() else { return false };
        let (word, name) = (suffix.text(self.text), self.words.get(end - 1));
        is_hyphen(hyphen.text(self.text))
            && !hyphen.spaced
            && !suffix.spaced
            && word.len() == 4
            && word.bytes().all(|byte| byte.is_ascii_lowercase())
            && !matches!(word, "like" | "free" | "type" | "dose")
            && BIOLOGIC_ENDS.iter().any(|ending| name.ends_with(ending))
    }

    /// Whether a salt word stands here that does not begin another drug's or
    /// class's name ("amlodipine calcium channel blocker").
    fn is_salt(&self, at: usize) -> bool {
        let Some(token) = self.tokens.get(at) else { return false };
        if token.kind != TokenKind::Word || !token.spaced {
            return false;
        }
        if !self.vocabulary.salts.contains(self.words.get(at)) {
            return false;
        }
        let longest = self.longest(at, &[0; FAMILIES]).into_iter().find(|(family, _)| *family == Family::Drug);
        longest.is_none_or(|(_, (end, _))| end == at + 1)
    }

    /// Puts drugs in a row that are the components of a fixed combination
    /// together ("amoxicillin/clavulanate", "aspirin + caffeine"); the whole
    /// comes after all single drugs.
    fn combine(&self, drugs: &mut Vec<Match>) {
        if drugs.len() < 2 {
            return;
        }
        let mut wholes = Vec::new();
        let mut is_part = vec![false; drugs.len()];
        let mut at = 0;
        while at < drugs.len() {
            let Some((combination, taken)) = self.combination(&drugs[at..]) else {
                at += 1;
                continue;
            };
            let tokens = drugs[at].tokens.start..drugs[at + taken - 1].tokens.end;
            wholes.push(self.over(tokens, Family::Drug, smallvec![Term::Combination(combination)], Policy::Free));
            is_part[at..at + taken].fill(true);
            at += taken;
        }
        let mut is_part = is_part.into_iter();
        drugs.retain(|_| is_part.next() == Some(false));
        drugs.append(&mut wholes);
    }

    /// The combination that most drugs from the first on make, and how many.
    fn combination(&self, drugs: &[Match]) -> Option<(CombinationId, usize)> {
        let mut row: Vec<DrugId> = Vec::new();
        let mut best = None;
        for (at, found) in drugs.iter().enumerate().take(MOST_COMPONENTS) {
            let Some(Term::Drug(drug)) = found.terms.first() else { break };
            let tied_to_next = drugs.get(at + 1).is_some_and(|next| self.are_tied(found, next));
            if row.is_empty() && !tied_to_next {
                break;
            }
            let place = row.partition_point(|other| other < drug);
            row.insert(place, *drug);
            if let Some(combination) = self.vocabulary.combination_of.get(row.as_slice()) {
                best = Some((*combination, at + 1));
            }
            if !tied_to_next {
                break;
            }
        }
        best
    }

    /// Whether nothing but a slash, a plus or a hyphen stands between.
    fn are_tied(&self, one: &Match, other: &Match) -> bool {
        match &self.tokens[one.tokens.end..other.tokens.start] {
            [] => true,
            [sign] => {
                let sign = sign.text(self.text);
                matches!(sign, "/" | "+" | "&") || is_hyphen(sign)
            }
            _ => false,
        }
    }
}
