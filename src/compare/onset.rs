//! How long until the drug works: first relief against first relief, full
//! effect against full effect, each effect on its own.

use super::alternative::statements;
use super::dose::range;
use super::sweep::sweep;
use super::{Disagreement, Item, Topic};
use crate::claim::{Name, Stage, Value};
use crate::vocabulary::Vocabulary;
use std::collections::BTreeMap;

/// Finds onset times that share no day.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for (stage, topic) in [(Stage::Initial, Topic::OnsetInitial), (Stage::Full, Topic::OnsetFull)] {
        for effect in effects(items) {
            let times = items.iter().filter_map(|item| match &item.claim.value {
                Value::Onset(onset) if onset.stage == stage && onset.effect == effect => {
                    Some((*item, range(onset.days?)?))
                }
                _ => None,
            });
            found.extend(sweep(topic, drugs, &statements(times), vocabulary));
        }
    }
    found
}

/// The effects spoken of, in order.
fn effects(items: &[Item]) -> Vec<Option<Name>> {
    let mut effects: BTreeMap<Option<Name>, ()> = BTreeMap::new();
    for item in items {
        if let Value::Onset(onset) = &item.claim.value {
            effects.insert(onset.effect.clone(), ());
        }
    }
    effects.into_keys().collect()
}
