//! Claims that several others break, those that the same others break as one
//! position.

use super::{ClaimId, Disagreement, Item, Position, Relation, Topic};
use crate::claim::Name;
use crate::finding::Confidence;
use rustc_hash::FxHashMap;

/// Disagreements of one topic that are being found.
pub(crate) struct Opposed<'a> {
    topic: Topic,
    drugs: &'a [Name],
    found: Vec<Disagreement>,
    /// Which of them has these claims on its other side.
    by_breach: FxHashMap<Vec<ClaimId>, usize>,
}

impl<'a> Opposed<'a> {
    /// None yet.
    pub fn new(topic: Topic, drugs: &'a [Name]) -> Self {
        Self { topic, drugs, found: Vec::new(), by_breach: FxHashMap::default() }
    }

    /// Reports a claim with what breaks it. Gives the disagreement if it is a new
    /// one.
    pub fn add(&mut self, item: &Item, against: Position, confidence: Confidence) -> Option<&mut Disagreement> {
        if let Some(known) = self.by_breach.get(&against.claims) {
            self.found[*known].positions[0].claims.push(item.id);
            return None;
        }
        self.by_breach.insert(against.claims.clone(), self.found.len());
        self.found.push(Disagreement {
            topic: self.topic,
            relation: Relation::Disjoint,
            drugs: self.drugs.to_vec(),
            about: None,
            positions: vec![Position::of(item), against],
            confidence,
            derivation: None,
        });
        self.found.last_mut()
    }

    /// All of them.
    pub fn found(self) -> Vec<Disagreement> {
        self.found
    }
}
