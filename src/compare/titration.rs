//! How fast a dose is raised.

use super::alternative::statements;
use super::dose::range;
use super::sweep::sweep;
use super::{Disagreement, Item, Topic};
use crate::claim::{Name, Value};
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;

/// Finds intervals between steps that share no day. Steps within one day are
/// those of an infusion or of repeated doses, and are left alone.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let steps = items.iter().filter_map(|item| match &item.claim.value {
        Value::Titration(titration) if !titration.down => {
            let interval = range(titration.interval?)?;
            (interval.low >= Decimal::ONE).then_some((*item, interval))
        }
        _ => None,
    });
    sweep(Topic::Titration, drugs, &statements(steps), vocabulary)
}
