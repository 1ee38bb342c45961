//! Which component of a combination a warning comes from.

use crate::claim::{Claim, Name};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Which conditions are judged for which single drugs, by any article: the one
/// thing that comparing a key has to know of other keys. There are no more such
/// pairs than drugs and conditions, however many the articles.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// How many claims judge each pair.
    pairs: FxHashMap<Pair, usize>,
}

/// A single drug, and a condition that is judged for it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pair {
    /// The drug.
    pub drug: Name,
    /// The condition.
    pub condition: Name,
}

impl Judged {
    /// Takes note of the claims of an article.
    pub fn add(&mut self, claims: &[Claim]) {
        claims.iter().filter_map(Pair::of).for_each(|pair| self.note(pair));
    }

    /// Takes note of what a claim judges.
    pub fn note(&mut self, pair: Pair) {
        *self.pairs.entry(pair).or_default() += 1;
    }

    /// Puts the claims of an article in the place of those that it had. Gives the
    /// pairs that are judged now and were not, or were and are not.
    pub(super) fn replace(&mut self, old: &[Claim], new: &[Claim]) -> Vec<Pair> {
        let pairs: BTreeSet<Pair> = old.iter().chain(new).filter_map(Pair::of).collect();
        let before: Vec<bool> = pairs.iter().map(|pair| self.pairs.contains_key(pair)).collect();
        for pair in old.iter().filter_map(Pair::of) {
            if let Some(times) = self.pairs.get_mut(&pair) {
                *times = times.saturating_sub(1);
            }
        }
        self.add(new);
        self.pairs.retain(|_, times| *times > 0);
        let changed = pairs.into_iter().zip(before).filter(|(pair, was)| self.pairs.contains_key(pair) != *was);
        changed.map(|(pair, _)| pair).collect()
    }

    /// The component that a combination's contraindication comes from: the only
    /// one that is judged for the same condition on its own.
    pub(super) fn component<'c>(&self, claim: &'c Claim) -> Option<&'c Name> {
        let condition = &claim.value.contraindication()?.condition;
        let is_judged = |drug: &&Name| {
            let pair = Pair { drug: (*drug).clone(), condition: condition.clone() };
            self.pairs.contains_key(&pair)
        };
        let mut judged = claim.drugs.iter().filter(is_judged);
        judged.next().filter(|_| judged.next().is_none())
    }
}

impl Pair {
    /// What a claim judges, if it is one that does.
    pub fn of(claim: &Claim) -> Option<Self> {
        let [drug] = claim.drugs.as_slice() else { return None };
        Some(Self { drug: drug.clone(), condition: claim.value.contraindication()?.condition.clone() })
    }

    /// Whether a claim judges the condition, for the drug among others.
    pub(super) fn is_judged_by(&self, claim: &Claim) -> bool {
        let rated = claim.value.contraindication();
        rated.is_some_and(|rated| rated.condition == self.condition) && claim.drugs.contains(&self.drug)
    }
}
