//! How long until the drug works: first relief against first relief, full
//! effect against full effect, each effect on its own.

use super::alternative::statements;
use super::dose::range;
use super::sweep::sweep;
use super::{Disagreement, Item, Topic};
use crate::claim::{Name, Stage, Value};
use crate::vocabulary::Vocabulary;

/// Finds onset times that share no day. Which effect is meant is part of the
/// claims' indications.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for (stage, topic) in [(Stage::Initial, Topic::OnsetInitial), (Stage::Full, Topic::OnsetFull)] {
        let times = items.iter().filter_map(|item| match &item.claim.value {
            Value::Onset(onset) if onset.stage == stage => Some((*item, range(onset.days?)?)),
            _ => None,
        });
        found.extend(sweep(topic, drugs, &statements(times), vocabulary));
    }
    found
}
