//! An infusion that starts ten times faster than it is then said to run.
//!
//! An infusion is started low and raised; a starting rate that is ten or a
//! thousand times the running rate of the same article is a slipped decimal
//! point, and with a catecholamine a deadly one (ISMP, high-alert medications).

use super::comparable::{is_same_breath, populations};
use super::cut::Range;
use super::dose::{measure, single};
use super::opposed::Opposed;
use super::{Disagreement, Item, Position, Topic};
use crate::claim::{Dose, Name, Phase, Value, value_statement};
use crate::finding::Confidence;
use crate::topic::Relation;
use crate::vocabulary::Vocabulary;

/// Finds starting rates that are a slip above a running rate of their article.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let of = |phase: Phase| -> Vec<(&Item, &Dose, Range)> {
        items.iter().filter_map(|item| rate(item, phase).map(|(dose, rate)| (item, dose, rate))).collect()
    };
    let running = of(Phase::Target);
    let mut opposed = Opposed::new(Topic::DoseTenfold, drugs);
    for (start, dose, fast) in of(Phase::Start) {
        let slow = running.iter().find(|(item, other, slow)| {
            item.id.article == start.id.article
                && measure(other) == measure(dose)
                && slow.relation(fast) == Some(Relation::Tenfold)
                && !is_same_breath(item, start)
                && populations(&item.claim.context.population, &start.claim.context.population, vocabulary)
        });
        let Some((item, ..)) = slow else { continue };
        let against = Position { claims: vec![start.id], summary: value_statement(&start.claim.value) };
        opposed.add(item, against, Confidence::Medium);
    }
    let mut found = opposed.found();
    for disagreement in &mut found {
        disagreement.relation = Relation::Tenfold;
    }
    found
}

/// A single rate per minute or hour in a role.
fn rate<'a>(item: &Item<'a>, phase: Phase) -> Option<(&'a Dose, Range)> {
    let Value::Dose(dose) = &item.claim.value else { return None };
    let is_rate = dose.amount.unit.is_per("min") || dose.amount.unit.is_per("h");
    let range = single(dose).filter(|range| range.low == range.high)?;
    (dose.phase == phase && is_rate && !dose.adjusted).then_some((dose, range))
}
