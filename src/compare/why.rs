//! Why two claims were not reported against each other, by the rules of the
//! comparisons themselves.

use super::alternative::{Statement, statements};
use super::comparable::is_same_breath;
use super::sweep::{ByUse, by_use, meet, sureness};
use super::{Apart, ArticleClaims, ClaimId, Index, Item, Question, comparable, effect, level, limit, questions};
use crate::claim::{Phase, Value};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;

/// How surely two claims contradict, or why they do not.
///
/// # Errors
///
/// What keeps them apart; of several things the nearest.
pub fn why(
    articles: &[ArticleClaims],
    one: ClaimId,
    other: ClaimId,
    vocabulary: &Vocabulary,
) -> Result<Confidence, Apart> {
    let mut nearest = Err(Apart::Drugs);
    let index = Index::of(articles, vocabulary);
    for key in index.keys() {
        let items = index.own(key, articles);
        let find = |id: ClaimId| items.iter().find(|item| item.id == id);
        if let (Some(one), Some(other)) = (find(one), find(other)) {
            nearest = nearer(nearest, about(&items, one, other, vocabulary));
        }
    }
    nearest
}

fn nearer(one: Result<Confidence, Apart>, other: Result<Confidence, Apart>) -> Result<Confidence, Apart> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok(one.max(other)),
        (Ok(sure), Err(_)) | (Err(_), Ok(sure)) => Ok(sure),
        (Err(one), Err(other)) => Err(one.max(other)),
    }
}

/// Two claims among all about one drug.
fn about(items: &[Item], one: &Item, other: &Item, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    let mut nearest = Err(Apart::Question);
    for question in questions(items) {
        nearest = nearer(nearest, asked(question, one, other, vocabulary));
    }
    let phase = |item: &Item| match &item.claim.value {
        Value::Dose(dose) => Some(dose.phase),
        _ => None,
    };
    let further = match (&one.claim.value, &other.claim.value) {
        (Value::Contraindication(_), Value::Contraindication(_)) => level::comparable(one, other, vocabulary),
        (Value::Line(_), Value::Line(_)) if one.claim.value == other.claim.value => Err(Apart::Agree),
        (Value::Line(_), Value::Line(_)) => comparable::comparable(one, other, vocabulary),
        (Value::Dose(_), Value::Dose(_)) => match (phase(one), phase(other)) {
            (Some(Phase::Max), _) => limit::exceeded(one, other, vocabulary),
            (_, Some(Phase::Max)) => limit::exceeded(other, one, vocabulary),
            (Some(Phase::Reported | Phase::Step | Phase::Strength), _)
            | (_, Some(Phase::Reported | Phase::Step | Phase::Strength)) => Err(Apart::NoAdvice),
            _ => Err(Apart::Question),
        },
        _ => effect::comparable(one, other, vocabulary),
    };
    nearer(nearest, further)
}

/// Two claims that may answer one question.
fn asked(question: Question, one: &Item, other: &Item, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    let statements = statements(question.stated);
    let of =
        |wanted: &Item| statements.iter().find(|statement| statement.items.iter().any(|item| item.id == wanted.id));
    let (Some(first), Some(second)) = (of(one), of(other)) else { return Err(Apart::Question) };
    if std::ptr::eq(first, second) {
        return Err(if is_same_breath(one, other) { Apart::Sentence } else { Apart::Passage });
    }
    // What keeps the claims themselves apart says more than that they agree.
    sureness(one, other, ByUse::No, vocabulary)?;
    let (below, above): (&Statement, &Statement) =
        if second.range < first.range { (second, first) } else { (first, second) };
    meet(below, above, vocabulary)?;
    sureness(first.first(), second.first(), by_use(question.topic, &statements, vocabulary), vocabulary)
}
