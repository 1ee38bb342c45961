//! The other statements of the fact that a claim states, whether they agree with
//! it or not.

use super::alternative::{Statement, statements};
use super::sweep::{ByUse, by_use, meet, sureness};
use super::{Apart, ArticleClaims, ClaimId, Index, Item, comparable, effect, keys, level, questions};
use crate::claim::{Value, value_statement};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;
use std::collections::BTreeMap;

/// The claims that can be held to one, by the rules of the comparisons
/// themselves, in the order of the articles, each with whether the two agree.
/// Those that could only be held to it by guessing are left out.
pub fn same_fact(
    index: &Index,
    articles: &[ArticleClaims],
    id: ClaimId,
    vocabulary: &Vocabulary,
) -> Vec<(ClaimId, bool)> {
    let mut found: BTreeMap<ClaimId, bool> = BTreeMap::new();
    let keys = keys(&articles[id.article].claims, vocabulary).into_iter();
    for (key, _) in keys.filter(|(_, claims)| claims.binary_search(&id.claim).is_ok()) {
        let items = index.own(&key, articles);
        let Some(one) = items.iter().find(|item| item.id == id) else { continue };
        for (other, agrees) in about(&items, one, vocabulary) {
            *found.entry(other).or_insert(true) &= agrees;
        }
    }
    found.into_iter().collect()
}

/// What can be held to a claim among all about one drug.
fn about(items: &[Item], one: &Item, vocabulary: &Vocabulary) -> Vec<(ClaimId, bool)> {
    let mut found = Vec::new();
    for question in questions(items) {
        let statements = statements(question.stated);
        let holds = |statement: &&Statement| statement.items.iter().any(|item| item.id == one.id);
        let Some(own) = statements.iter().find(holds) else { continue };
        let by_use = by_use(question.topic, &statements, vocabulary);
        for other in statements.iter().filter(|other| !std::ptr::eq(*other, own)) {
            if let Ok(agrees) = swept(one, own, other, by_use, vocabulary) {
                found.extend(other.items.iter().map(|item| (item.id, agrees)));
            }
        }
    }
    for other in items.iter().filter(|other| other.id != one.id) {
        if let Ok(agrees) = further(one, other, vocabulary) {
            found.push((other.id, agrees));
        }
    }
    found
}

/// Whether two statements that answer one question agree, or what keeps them
/// apart.
fn swept(
    one: &Item,
    own: &Statement,
    other: &Statement,
    by_use: ByUse,
    vocabulary: &Vocabulary,
) -> Result<bool, Apart> {
    sure(sureness(one, other.first(), by_use, vocabulary)?)?;
    let (below, above) = if other.range < own.range { (other, own) } else { (own, other) };
    match meet(below, above, vocabulary) {
        Ok(_) => Ok(false),
        Err(Apart::Agree) => Ok(true),
        Err(apart) => Err(apart),
    }
}

/// The same of claims of other kinds than the swept ones.
fn further(one: &Item, other: &Item, vocabulary: &Vocabulary) -> Result<bool, Apart> {
    let says_the_same = value_statement(&one.claim.value) == value_statement(&other.claim.value);
    let held = match (&one.claim.value, &other.claim.value) {
        (Value::Contraindication(_), Value::Contraindication(_)) => level::comparable(one, other, vocabulary),
        (Value::Line(_), Value::Line(_)) => comparable::comparable(one, other, vocabulary),
        (Value::NumberNeeded(_) | Value::Rate(_), Value::NumberNeeded(_) | Value::Rate(_)) => {
            effect::comparable(one, other, vocabulary)
        }
        _ => Err(Apart::Question),
    };
    match held {
        Ok(confidence) => sure(confidence).map(|()| says_the_same),
        Err(Apart::Agree) => Ok(true),
        Err(apart) => Err(apart),
    }
}

/// A guess is no ground to name two passages together.
fn sure(confidence: Confidence) -> Result<(), Apart> {
    if confidence == Confidence::Low { Err(Apart::Question) } else { Ok(()) }
}
