//! First-line here, not first-line there.

use super::comparable::comparable;
use super::nuance::are_near;
use super::{Disagreement, Item, Position, Relation, Topic};
use crate::claim::{Name, Order, Value, value_statement};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;

/// Finds drugs that are called the first choice and not the first choice for
/// the same condition.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let order = |item: &&Item| match &item.claim.value {
        Value::Line(line) => Some(line.order),
        _ => None,
    };
    let first: Vec<&Item> = items.iter().filter(|item| order(item) == Some(Order::First)).collect();
    let later: Vec<&Item> =
        items.iter().filter(|item| order(item).is_some_and(|order| order != Order::First)).collect();
    let mut found: Vec<Disagreement> = Vec::new();
    for one in &first {
        let against: Vec<&Item> = later
            .iter()
            .filter(|other| !is_qualified(one, other, &later) && comparable(one, other, vocabulary).is_ok())
            .copied()
            .collect();
        let Some(confidence) = against.iter().filter_map(|other| comparable(one, other, vocabulary).ok()).max() else {
            continue;
        };
        // A place in the order of treatment is one among the drugs for something.
        let is_said = |item: &&Item| !item.claim.context.indications.is_empty();
        let confidence = if is_said(one) && against.iter().all(is_said) { confidence } else { Confidence::Low };
        let claims: Vec<_> = against.iter().map(|item| item.id).collect();
        // First choices that contradict the same statements are one position.
        if let Some(same) = found.iter_mut().find(|known| known.positions[1].claims == claims) {
            same.positions[0].claims.push(one.id);
            same.confidence = same.confidence.max(confidence);
            continue;
        }
        let summary = |item: &Item| value_statement(&item.claim.value);
        found.push(Disagreement {
            topic: Topic::LineOrder,
            relation: Relation::Disjoint,
            drugs: drugs.to_vec(),
            about: one.claim.context.indications.first().cloned(),
            positions: vec![
                Position { claims: vec![one.id], summary: summary(one) },
                Position { claims, summary: against.first().map(|item| summary(item)).unwrap_or_default() },
            ],
            confidence,
            derivation: None,
        });
    }
    found
}

/// "Approved as second-line, but may be used first": a passage that says both,
/// wherever the article repeats it.
fn is_qualified(one: &Item, other: &Item, later: &[&Item]) -> bool {
    one.id.article == other.id.article && later.iter().any(|other| are_near(one, other))
}
