//! How long until the drug works: first relief against first relief, full
//! effect against full effect, each effect on its own.

use super::alternative::statements;
use super::dose::range;
use super::sweep::sweep;
use super::{Disagreement, Item, Question, Topic};
use crate::claim::{Name, Stage, Value};
use crate::vocabulary::Vocabulary;

/// Finds onset times that share no day. Which effect is meant is part of the
/// claims' indications.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let apart = |question: Question| sweep(question.topic, drugs, &statements(question.stated), vocabulary);
    questions(items).into_iter().flat_map(apart).collect()
}

/// The times until first relief, and those until full effect.
pub(crate) fn questions<'a>(items: &[Item<'a>]) -> Vec<Question<'a>> {
    let of_stage = |(stage, topic)| {
        let times = items.iter().filter_map(|item| match &item.claim.value {
            Value::Onset(onset) if onset.stage == stage => Some((*item, range(onset.days?)?)),
            _ => None,
        });
        Question { topic, stated: times.collect() }
    };
    [(Stage::Initial, Topic::OnsetInitial), (Stage::Full, Topic::OnsetFull)].map(of_stage).into()
}
