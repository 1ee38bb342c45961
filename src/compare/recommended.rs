//! Recommended or dosed for someone for whom another passage contraindicates it.

use super::comparable::{indications, is_same_breath, ways};
use super::nuance::{are_near, plain};
use super::opposed::Opposed;
use super::{Disagreement, Item, Position, Topic};
use crate::claim::{Claim, Contraindication, Level, Name, Order, Phase, Topicality, Value, value_statement};
use crate::finding::Confidence;
use crate::span::Span;
use crate::vocabulary::{PopulationKind, Vocabulary};
use std::collections::BTreeSet;

/// Finds doses and first choices for those from whom another passage keeps the
/// drug. Ages are left to the age limits.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let given: Vec<(&Item, Vec<Name>)> =
        items.iter().filter_map(|item| Some((item, receivers(item.claim, vocabulary)?))).collect();
    // "with aliskiren in patients with diabetes" keeps it from neither alone.
    let is_with_drug = |item: &&Item| item.claim.value.contraindication().is_some_and(|rated| rated.interaction);
    let tied: BTreeSet<(usize, Span)> =
        items.iter().filter(is_with_drug).map(|item| (item.id.article, item.claim.sentence)).collect();
    let mut opposed = Opposed::new(Topic::ContraindicationRecommended, drugs);
    for item in items.iter().filter(|item| item.claim.drugs == drugs) {
        if tied.contains(&(item.id.article, item.claim.sentence)) {
            continue;
        }
        let Some(barred) = barred(item.claim) else { continue };
        let condition = plain(&barred.condition);
        let against: Vec<&Item> = given
            .iter()
            .filter(|(_, receivers)| receivers.contains(&condition))
            .map(|(given, _)| *given)
            .filter(|given| !is_same_breath(item, given) && !are_near(item, given) && meet(item, given, vocabulary))
            .collect();
        let Some(first) = against.first() else { continue };
        let is_sure = against.iter().any(|given| given.id.article == item.id.article);
        let summary = value_statement(&first.claim.value);
        let position = Position { claims: against.iter().map(|given| given.id).collect(), summary };
        let confidence = if is_sure { Confidence::High } else { Confidence::Medium };
        if let Some(new) = opposed.add(item, position, confidence) {
            new.about = Some(condition);
        }
    }
    opposed.found()
}

/// What a claim keeps the drug from altogether.
fn barred(claim: &Claim) -> Option<&Contraindication> {
    let is_firm = |rated: &&Contraindication| {
        rated.level == Level::Contraindicated && rated.is_unqualified() && !rated.is_allergy()
    };
    claim.value.contraindication().filter(is_firm).filter(|_| claim.topic == Topicality::Drug)
}

/// For whom a claim gives a dose or names the drug as first choice: conditions
/// and groups. A kind of a condition may be what the drug is for.
fn receivers(claim: &Claim, vocabulary: &Vocabulary) -> Option<Vec<Name>> {
    let is_given = match &claim.value {
        Value::Dose(dose) => matches!(dose.phase, Phase::Start | Phase::Target | Phase::Single),
        Value::Line(line) => line.order == Order::First,
        _ => false,
    };
    let is_age = |name: &Name| {
        vocabulary
            .population(name)
            .is_some_and(|id| matches!(vocabulary.populations[id.index()].kind, PopulationKind::Age))
    };
    let groups = claim.context.population.groups.iter().filter(|name| !is_age(name));
    let named = claim.context.indications.iter().chain(groups);
    is_given.then(|| named.map(plain).collect())
}

/// Whether a contraindication binds a dose: it is not for another use, form or
/// route, nor for another degree of an impaired kidney.
fn meet(barred: &Item, given: &Item, vocabulary: &Vocabulary) -> bool {
    let (one, other) = (&barred.claim.context, &given.claim.context);
    let is_inside = match (one.population.renal_function, other.population.renal_function) {
        (Some(one), Some(other)) => one.0.high >= other.0.high && one.0.low <= other.0.low,
        (Some(_), None) => false,
        _ => true,
    };
    is_inside
        && one.population.age.is_none()
        && ways(one, other, vocabulary).is_ok()
        && indications(&one.indications, &other.indications, vocabulary).is_some()
}
