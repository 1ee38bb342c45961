//! Products that cannot deliver the dose that is stated beside them.

use super::alternative::{Statement, places, statements};
use super::cut::Range;
use super::dose::{measure, single};
use super::sweep::summary;
use super::{Disagreement, Item, Position, Relation, Topic};
use crate::claim::{Claim, Dose, Name, Phase, Value};
use crate::finding::Confidence;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Nobody is asked to take more than this many tablets at once.
const MOST_TABLETS: i64 = 4;

/// Finds fixed combinations whose share of a drug is too small for the dose
/// that the same article states.
pub(crate) fn compare(drugs: &[Name], items: &[Item]) -> Vec<Disagreement> {
    let mut articles: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
    for item in items {
        articles.entry(item.id.article).or_default().push(*item);
    }
    articles.into_values().filter_map(|items| too_weak(drugs, &items)).collect()
}

fn too_weak(drugs: &[Name], items: &[Item]) -> Option<Disagreement> {
    let dose = |item: &Item, wanted: &dyn Fn(&Dose) -> bool| match &item.claim.value {
        Value::Dose(dose) if wanted(dose) => single(dose).map(|range| (measure(dose), range)),
        _ => None,
    };
    let is_strength = |dose: &Dose| dose.phase == Phase::Strength && dose.combination.len() > 1;
    let is_plain = |dose: &Dose| {
        matches!(dose.phase, Phase::Start | Phase::Target)
            && dose.frequency.is_none_or(|frequency| frequency.times.high == frequency.times.low)
    };
    let mut strengths = items
        .iter()
        .filter(|item| item.claim.drugs.len() == 1)
        .filter_map(|item| dose(item, &is_strength).map(|(unit, range)| (*item, unit, range)));
    let first = strengths.next()?;
    let strengths: Vec<(Item, Range)> = std::iter::once(first.clone())
        .chain(strengths.filter(|(_, unit, _)| *unit == first.1))
        .map(|(item, _, range)| (item, range))
        .collect();
    let most = strengths.iter().map(|(_, range)| range.high).max()?.checked_mul(Decimal::from(MOST_TABLETS))?;
    let doses: Vec<(Item, Range)> = items
        .iter()
        .filter(|item| item.claim.context.population.is_general() || is_adult(item.claim))
        .filter_map(|item| dose(item, &is_plain).map(|(unit, range)| (*item, unit, range)))
        .filter(|(_, unit, range)| *unit == first.1 && range.low > most)
        .map(|(item, _, range)| (item, range))
        .collect();
    if doses.is_empty() {
        return None;
    }
    let (strengths, doses) = (statements(strengths), statements(doses));
    let position = |side: &[Statement]| {
        let side: Vec<&Statement> = side.iter().collect();
        Position { claims: places(&side), summary: summary(&side) }
    };
    Some(Disagreement {
        topic: Topic::DoseStrength,
        relation: Relation::Disjoint,
        drugs: drugs.to_vec(),
        about: None,
        positions: vec![position(&strengths), position(&doses)],
        confidence: Confidence::Medium,
        derivation: None,
    })
}

fn is_adult(claim: &Claim) -> bool {
    claim.context.population.groups.iter().all(|name| &**name == "adults")
}

/// Whose amount a combination's dose is, where its article says what each
/// component comes in: the one whose strength is nearest in size.
pub(crate) fn component(claim: &Claim, all: &[Claim]) -> Option<Name> {
    let Value::Dose(dose) = &claim.value else { return None };
    let amount = single(dose)?.low;
    let unit = measure(dose);
    all.iter()
        .filter_map(|other| match (&other.value, other.drugs.as_slice()) {
            (Value::Dose(part), [drug])
                if part.phase == Phase::Strength && measure(part) == unit && claim.drugs.contains(drug) =>
            {
                Some((drug, single(part)?.low))
            }
            _ => None,
        })
        .filter(|(_, strength)| *strength > Decimal::ZERO && amount > Decimal::ZERO)
        .min_by_key(|(drug, strength)| ((amount / strength).max(strength / amount), (*drug).clone()))
        .map(|(drug, _)| drug.clone())
}
