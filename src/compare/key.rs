//! What is compared with what: the keys of claims.
//!
//! Claims of different keys are never set against each other. Everything that
//! contradicts is therefore found by finding the keys of each article on its
//! own, bringing the claims of a key together, and comparing one key at a
//! time: in any order, on any machine, or only where an article has changed.

use super::Item;
use super::judged::Judged;
use super::of_class::kept_from_members;
use super::strength::component;
use crate::claim::{Claim, Name};
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What claims are compared under: one drug, one combination, or one class of
/// drugs, as the sorted names of the claims' subject.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(Vec<Name>);

impl Key {
    /// The key of one drug or class.
    pub(crate) fn of_one(name: &Name) -> Self {
        Self(vec![name.clone()])
    }

    /// The sorted names of the drugs.
    pub fn drugs(&self) -> &[Name] {
        &self.0
    }
}

/// The keys that the claims of one article take part in, each with the indices
/// of its claims in ascending order.
///
/// A claim takes part in the key of its own subject. A claim about a combination
/// also takes part in the key of the component that its amount is of, and a
/// warning about one in the keys of all components: which of them it comes from
/// is told when the key is compared (see [`Judged`]). An order given for a class
/// takes part in the keys of its members.
pub fn keys(claims: &[Claim], vocabulary: &Vocabulary) -> BTreeMap<Key, Vec<usize>> {
    let mut keys: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (index, claim) in claims.iter().enumerate() {
        let mut take_part = |key: Key| {
            let indices = keys.entry(key).or_default();
            if indices.last() != Some(&index) {
                indices.push(index);
            }
        };
        take_part(Key(claim.drugs.clone()));
        if claim.drugs.len() > 1 {
            let components = match component(claim, claims) {
                Some(component) => vec![component],
                None if claim.value.contraindication().is_some() => claim.drugs.clone(),
                None => Vec::new(),
            };
            components.iter().for_each(|component| take_part(Key::of_one(component)));
        }
        if let Some(class) = kept_from_members(claim, vocabulary) {
            vocabulary.members(class).for_each(|drug| take_part(Key::of_one(&drug.name)));
        }
    }
    keys
}

/// The claims of a key by the part they take in it.
pub(crate) struct Parts<'a> {
    /// Those about the drugs themselves, in order.
    pub own: Vec<Item<'a>>,
    /// The orders given for the classes that the drug belongs to, by class.
    pub of_classes: Vec<Item<'a>>,
}

impl<'a> Parts<'a> {
    /// Tells the claims of a key apart.
    pub fn of(key: &Key, items: &[Item<'a>], judged: &Judged) -> Self {
        let mut parts = Self { own: Vec::new(), of_classes: Vec::new() };
        for item in items {
            let claim = item.claim;
            let is_about = |drug: &Name| claim.drugs.contains(drug);
            if claim.drugs == key.0 {
                parts.own.push(*item);
            } else if !key.0.iter().all(is_about) {
                parts.of_classes.push(*item);
            } else if claim.value.contraindication().is_none() || judged.component(claim) == key.0.first() {
                parts.own.push(*item);
            }
        }
        parts.own.sort_unstable_by_key(|item| item.id);
        parts.of_classes.sort_by(|one, other| (&one.claim.drugs, one.id).cmp(&(&other.claim.drugs, other.id)));
        parts
    }
}
