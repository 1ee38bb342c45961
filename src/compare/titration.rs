//! How fast a dose is raised.

use super::alternative::statements;
use super::dose::range;
use super::sweep::sweep;
use super::{Disagreement, Item, Question, Topic};
use crate::claim::{Name, Titration, Value};
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Finds intervals between steps that share no day, and steps that share no
/// amount.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let apart = |question: Question| sweep(question.topic, drugs, &statements(question.stated), vocabulary);
    questions(items).into_iter().flat_map(apart).collect()
}

/// The intervals, and the sizes of steps by unit and interval. Steps within one
/// day are those of an infusion or of repeated doses, and are left alone.
pub(crate) fn questions<'a>(items: &[Item<'a>]) -> Vec<Question<'a>> {
    let steps = || items.iter().filter_map(|item| raised(item).map(|titration| (*item, titration)));
    let intervals = steps().filter_map(|(item, titration)| {
        let interval = range(titration.interval?)?;
        (interval.low >= Decimal::ONE).then_some((item, interval))
    });
    // The size of a step depends on how often it is taken.
    let mut sizes: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (item, titration) in steps() {
        if let Some(increment) = &titration.increment
            && let Some(size) = range(increment.range.scaled(increment.unit.factor))
        {
            let measure = format!("{}/{}", increment.unit.base, increment.unit.per.join("/"));
            sizes.entry((measure, titration.interval)).or_default().push((item, size));
        }
    }
    let stated = std::iter::once(intervals.collect()).chain(sizes.into_values());
    stated.map(|stated| Question { topic: Topic::Titration, stated }).collect()
}

fn raised<'a>(item: &Item<'a>) -> Option<&'a Titration> {
    match &item.claim.value {
        Value::Titration(titration) if !titration.down => Some(titration),
        _ => None,
    }
}
