//! What is said of a class of drugs, where it holds for each of its members.

use super::Item;
use crate::claim::{Level, Name, Subject, Value};
use crate::vocabulary::{ClassId, Vocabulary};

/// The statements by which whole classes are kept from patients.
pub(crate) struct Classes<'a>(Vec<(ClassId, Vec<Item<'a>>)>);

impl<'a> Classes<'a> {
    /// Collects what the subjects that are classes are kept from.
    pub fn of(subjects: &[(Vec<Name>, Vec<Item<'a>>)], vocabulary: &Vocabulary) -> Self {
        let class = |(names, items): &(Vec<Name>, Vec<Item<'a>>)| {
            let [name] = names.as_slice() else { return None };
            if vocabulary.drug(name).is_some() || is_some_member(name) {
                return None;
            }
            let items: Vec<Item> = items.iter().copied().filter(keeps_members).collect();
            Some((vocabulary.class(name)?, items)).filter(|(_, items)| !items.is_empty())
        };
        Self(subjects.iter().filter_map(class).collect())
    }

    /// What is said of the classes that a drug belongs to.
    pub fn above(&self, drugs: &[Name], vocabulary: &Vocabulary) -> Vec<Item<'a>> {
        let [drug] = drugs else { return Vec::new() };
        let Some(drug) = vocabulary.drug(drug) else { return Vec::new() };
        let above = self.0.iter().filter(|(class, _)| vocabulary.is_member(drug, *class));
        above.flat_map(|(_, items)| items).copied().collect()
    }
}

/// Whether a class is named for the one member that a passage is about: "the
/// vaccine" is some vaccine.
pub(crate) fn is_some_member(class: &str) -> bool {
    matches!(class, "vaccine" | "vitamin" | "antibiotic")
}

/// A class named as the subject of a plain order: "NSAIDs should not be used in
/// the third trimester". A caution may be owed to some members, and what a class
/// is not taken with has exceptions among them.
fn keeps_members(item: &Item) -> bool {
    matches!(&item.claim.value, Value::Contraindication(rated)
        if rated.level <= Level::Avoid && !rated.conditional && !rated.hedged && !rated.interaction && rated.known)
        && item.claim.subject == Subject::Stated
}
