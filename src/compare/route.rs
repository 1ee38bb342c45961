//! The same dose by one route here, by another there.

use super::comparable::{indications, populations, routes};
use super::dose::measure;
use super::{Disagreement, Item, Position, Relation, Topic};
use crate::claim::{Dose, Name, Phase, Value};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What must be the same: role, unit, amount.
type Key = (Phase, Vec<Name>, Option<Decimal>, Option<Decimal>);

/// Finds doses of which only the route differs, for the same use, in articles
/// of which neither gives the drug by the other's route.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut by_route: BTreeMap<Key, BTreeMap<&[Name], Item>> = BTreeMap::new();
    let mut given: BTreeMap<usize, Vec<Name>> = BTreeMap::new();
    for item in items {
        given.entry(item.id.article).or_default().extend(item.claim.context.routes.iter().cloned());
        let Value::Dose(dose) = &item.claim.value else { continue };
        let context = &item.claim.context;
        if !is_recommended(dose) || context.routes.is_empty() || context.indications.is_empty() {
            continue;
        }
        let range = dose.amount.range.scaled(dose.amount.unit.factor);
        let normal = |end: Option<Decimal>| end.map(|end| end.normalize());
        let key = (dose.phase, measure(dose), normal(range.low), normal(range.high));
        by_route.entry(key).or_default().entry(&context.routes).or_insert(*item);
    }
    let mut found = Vec::new();
    for items in by_route.into_values() {
        // Few routes a dose: each pair of them is looked at once.
        let items: Vec<Item> = items.into_values().collect();
        for (at, one) in items.iter().enumerate() {
            for other in &items[at + 1..] {
                if differ(one, other, &given, vocabulary) {
                    found.push(disagreement(drugs, one, other));
                }
            }
        }
    }
    found
}

fn is_recommended(dose: &Dose) -> bool {
    matches!(dose.phase, Phase::Start | Phase::Target | Phase::Single) && !dose.adjusted
}

fn differ(one: &Item, other: &Item, given: &BTreeMap<usize, Vec<Name>>, vocabulary: &Vocabulary) -> bool {
    let (here, there) = (&one.claim.context, &other.claim.context);
    let gives =
        |article: usize, names: &[Name]| given.get(&article).is_some_and(|given| routes(given, names, vocabulary));
    one.id.article != other.id.article
        && !routes(&here.routes, &there.routes, vocabulary)
        && populations(&here.population, &there.population, vocabulary)
        && indications(&here.indications, &there.indications, vocabulary).is_some()
        && !gives(one.id.article, &there.routes)
        && !gives(other.id.article, &here.routes)
}

fn disagreement(drugs: &[Name], one: &Item, other: &Item) -> Disagreement {
    let position = |item: &Item| {
        let own = Position::of(item);
        let routes = crate::claim::list_names(&item.claim.context.routes, "or");
        Position { summary: format!("{} {routes}", own.summary), ..own }
    };
    Disagreement {
        topic: Topic::DoseRoute,
        relation: Relation::Disjoint,
        drugs: drugs.to_vec(),
        about: None,
        positions: vec![position(one), position(other)],
        confidence: Confidence::Medium,
        derivation: None,
    }
}
