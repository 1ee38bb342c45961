//! Doses above a stated maximum.

use super::alternative::{Statement, places, statements};
use super::comparable::binds;
use super::cut::Range;
use super::dose::{day, measure, share_of, single};
use super::sweep::summary;
use super::{Apart, Disagreement, Item, Position, Relation, Topic};
use crate::claim::{Dose, Name, Phase, Value};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Finds recommended doses above a maximum that is stated for the same
/// patients. A dose that reaches the maximum keeps it.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for (limits, doses) in by_measure(items).into_values() {
        let limits = statements(limits);
        let doses = statements(doses);
        found.extend(above(drugs, &limits, &doses, vocabulary));
    }
    found
}

type Ranged<'a> = Vec<(Item<'a>, Range)>;

/// Unit, whether the limit is a day's, and the combination it is a share of.
type Key = (Vec<Name>, bool, Vec<Name>);

/// Limits and doses by unit: for limits of a day, and for limits of one dose.
fn by_measure<'a>(items: &[Item<'a>]) -> BTreeMap<Key, (Ranged<'a>, Ranged<'a>)> {
    let mut groups: BTreeMap<Key, (Ranged, Ranged)> = BTreeMap::new();
    for item in items {
        let Value::Dose(dose) = &item.claim.value else { continue };
        let unit = measure(dose);
        let share = share_of(item, dose);
        // The doses of a course with days between are limited by the dose.
        if dose.frequency.is_some_and(|frequency| frequency.days > Decimal::ONE) {
            continue;
        }
        match dose.phase {
            Phase::Max => {
                let daily = day(dose);
                if let Some(range) = daily.or_else(|| single(dose)) {
                    groups.entry((unit, daily.is_some(), share)).or_default().0.push((*item, range));
                }
            }
            Phase::Start | Phase::Target => {
                // What is above a day's limit in one dose is above it in a day.
                if let Some(range) = least_day(dose).or_else(|| single(dose)) {
                    groups.entry((unit.clone(), true, share.clone())).or_default().1.push((*item, range));
                }
                if let Some(range) = one_dose(dose) {
                    groups.entry((unit, false, share)).or_default().1.push((*item, range));
                }
            }
            _ => {}
        }
    }
    groups
}

/// What a day comes to at least: of "300–900 mg every 4–6 hours" beside "maximum
/// 4 g" nobody is meant to take the most.
fn least_day(dose: &Dose) -> Option<Range> {
    let whole = day(dose)?;
    let derived = !dose.amount.unit.is_per("d")
        && dose.frequency.is_some_and(|frequency| frequency.times.high != Some(Decimal::ONE));
    Some(if derived { Range { low: whole.low, high: whole.low } } else { whole })
}

/// A single dose beside a limit that does not say "a day": only a dose that is
/// known not to be a day's amount.
fn one_dose(dose: &Dose) -> Option<Range> {
    if dose.amount.unit.is_per("d") { None } else { single(dose) }
}

/// For each limit, lowest first: everything above it.
fn above(drugs: &[Name], limits: &[Statement], doses: &[Statement], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut order: Vec<usize> = (0..limits.len()).collect();
    order.sort_by_key(|index| (limits[*index].range.high, limits[*index].first().id));
    let mut highest: Vec<&Statement> = doses.iter().filter(|dose| dose.range.high < Decimal::MAX).collect();
    highest.sort_by_key(|dose| std::cmp::Reverse(dose.range.high));
    let mut found: Vec<Disagreement> = Vec::new();
    let mut reported: Vec<Vec<usize>> = Vec::new();
    for index in order {
        let limit = &limits[index];
        let over: Vec<usize> = (0..highest.len())
            .take_while(|dose| highest[*dose].range.high > limit.range.high)
            .filter(|dose| meet(limit, highest[*dose], vocabulary).is_some())
            .collect();
        if over.is_empty() {
            continue;
        }
        let confidence = over.iter().filter_map(|dose| meet(limit, highest[*dose], vocabulary)).max();
        // Limits that the same doses break are one position.
        if let Some(same) = reported.iter().position(|known| *known == over) {
            let position = &mut found[same].positions[0];
            position.claims.extend(places(&[limit]));
            position.claims.sort_unstable();
            position.claims.dedup();
            found[same].confidence = found[same].confidence.max(confidence.unwrap_or(Confidence::Low));
            continue;
        }
        let sides: Vec<&Statement> = over.iter().map(|dose| highest[*dose]).collect();
        found.push(Disagreement {
            topic: Topic::DoseAboveMaximum,
            relation: if sides.iter().any(|dose| dose.range.low > limit.range.high) {
                Relation::Disjoint
            } else {
                Relation::Touch
            },
            drugs: drugs.to_vec(),
            about: None,
            positions: vec![
                Position { claims: places(&[limit]), summary: summary(&[limit]) },
                Position { claims: places(&sides), summary: summary(&sides) },
            ],
            confidence: confidence.unwrap_or(Confidence::Low),
            derivation: None,
        });
        reported.push(over);
    }
    found
}

/// Whether a value is a dose that limits are held to.
pub(crate) fn is_limited(value: &Value) -> bool {
    matches!(value, Value::Dose(dose) if matches!(dose.phase, Phase::Start | Phase::Target))
}

/// How surely a limit binds a dose, whatever they amount to, or why it does not.
pub(crate) fn comparable(limit: &Item, dose: &Item, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    compared(limit, dose)?;
    binds(limit, dose, vocabulary)
}

/// How surely a dose is above a limit, or why it is not.
pub(crate) fn exceeded(limit: &Item, dose: &Item, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    let pairs = compared(limit, dose)?;
    let sure = binds(limit, dose, vocabulary)?;
    if pairs.iter().any(|(most, given)| given.high > most.high) { Ok(sure) } else { Err(Apart::Agree) }
}

/// The amounts of a limit and of a dose that are held to each other.
fn compared(limit: &Item, dose: &Item) -> Result<Vec<(Range, Range)>, Apart> {
    let groups = by_measure(&[*limit, *dose]);
    let pairs = groups.values().flat_map(|(limits, doses)| {
        let limits = limits.iter().filter(|(item, _)| item.id == limit.id);
        limits.flat_map(|(_, most)| doses.iter().map(|(_, given)| (*most, *given)))
    });
    let pairs: Vec<(Range, Range)> = pairs.collect();
    if pairs.is_empty() { Err(Apart::Question) } else { Ok(pairs) }
}

/// A limit for everyone binds every group but children; a limit for a group
/// binds that group only.
fn meet(limit: &Statement, dose: &Statement, vocabulary: &Vocabulary) -> Option<Confidence> {
    let pairs = limit.items.iter().flat_map(|limit| dose.items.iter().map(move |dose| (limit, dose)));
    let mut least = Some(Confidence::High);
    for (limit, dose) in pairs {
        least = least.min(binds(limit, dose, vocabulary).ok());
    }
    least
}
