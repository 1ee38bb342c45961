//! What is said of a class of drugs, where it holds for each of its members.

use crate::claim::{Claim, Level, Subject, Value};
use crate::vocabulary::{ClassId, Vocabulary};

/// The class that a claim is about, where it keeps each member from patients.
pub(crate) fn kept_from_members(claim: &Claim, vocabulary: &Vocabulary) -> Option<ClassId> {
    let [name] = claim.drugs.as_slice() else { return None };
    if !keeps_members(claim) || vocabulary.drug(name).is_some() || is_some_member(name) {
        return None;
    }
    vocabulary.class(name)
}

/// Whether a class is named for the one member that a passage is about: "the
/// vaccine" is some vaccine.
pub(crate) fn is_some_member(class: &str) -> bool {
    matches!(class, "vaccine" | "vitamin" | "antibiotic")
}

/// A class named as the subject of a plain order: "NSAIDs should not be used in
/// the third trimester". A caution may be owed to some members, and what a class
/// is not taken with has exceptions among them.
fn keeps_members(claim: &Claim) -> bool {
    matches!(&claim.value, Value::Contraindication(rated)
        if rated.level <= Level::Avoid && !rated.conditional && !rated.hedged && !rated.interaction && rated.known)
        && claim.subject == Subject::Stated
}
