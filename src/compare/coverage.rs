//! What was compared with what, and what was not: without it a clean run means
//! nothing.

use super::alternative::{Statement, statements};
use super::comparable::{comparable, is_same_passage};
use super::sweep::{by_use, pools, sureness};
use super::{Apart, ArticleClaims, ClaimId, Index, Item, Key, effect, level, limit, questions};
use crate::claim::{Dose, Phase, Value};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Lot {
    /// Nothing else answers the same question about the same drug.
    Alone,
    /// Something does, and the nearest of it is kept apart by this.
    Apart(Apart),
    /// It was compared, but what they have in common was guessed.
    Guessed,
    /// It was compared.
    Compared,
}

/// How many claims of a run were compared, and why the others were not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Passages that look like a dose, an NNT or a contraindication.
    pub seen: usize,
    /// How many of them became claims.
    pub understood: usize,
    /// Claims by their kind.
    pub extracted: BTreeMap<&'static str, usize>,
    /// Claims that were compared with others.
    pub compared: usize,
    /// Claims that were compared only with what they may have nothing to do with:
    /// what they have in common was guessed.
    pub guessed: usize,
    /// Claims that nothing else answers the question of.
    pub alone: usize,
    /// Claims that were not compared, by what keeps the nearest other apart.
    pub apart: BTreeMap<Apart, usize>,
}

/// How many others with the same drug and question a claim is held to, at most,
/// before it counts as kept apart from all.
const MOST: usize = 64;

/// Counts what was compared, by the rules of the comparisons themselves.
pub fn coverage(articles: &[ArticleClaims], vocabulary: &Vocabulary) -> Coverage {
    let index = Index::of(articles, vocabulary);
    let keys: Vec<&Key> = index.keys().collect();
    let about = |key: &&Key| about(&index.own(key, articles), vocabulary);
    let lots: Vec<(ClaimId, Lot)> = keys.par_iter().flat_map_iter(about).collect();
    let mut best: BTreeMap<ClaimId, Lot> = BTreeMap::new();
    for (id, lot) in lots {
        let known = best.entry(id).or_insert(lot);
        *known = lot.max(*known);
    }
    let mut coverage = Coverage::default();
    for article in articles {
        coverage.seen += article.understanding.seen();
        coverage.understood += article.understanding.understood;
    }
    for claim in articles.iter().flat_map(|article| &article.claims) {
        *coverage.extracted.entry(claim.value.kind()).or_default() += 1;
    }
    for lot in best.into_values() {
        *match lot {
            Lot::Alone => &mut coverage.alone,
            Lot::Apart(apart) => coverage.apart.entry(apart).or_default(),
            Lot::Guessed => &mut coverage.guessed,
            Lot::Compared => &mut coverage.compared,
        } += 1;
    }
    coverage
}

/// What became of the claims about one drug; the last word on a claim is the
/// greatest.
fn about(items: &[Item], vocabulary: &Vocabulary) -> Vec<(ClaimId, Lot)> {
    let mut lots: Vec<(ClaimId, Lot)> = items.iter().map(|item| (item.id, unasked(item))).collect();
    for question in questions(items) {
        let statements = statements(question.stated);
        lots.extend(swept(question.topic, &statements, vocabulary));
    }
    let of =
        |wanted: fn(&Value) -> bool| items.iter().filter(move |item| wanted(&item.claim.value)).collect::<Vec<_>>();
    let mut conditions: BTreeMap<_, Vec<&Item>> = BTreeMap::new();
    for item in items {
        for condition in level::conditions(item, vocabulary) {
            conditions.entry(condition).or_default().push(item);
        }
    }
    for rated in conditions.values() {
        lots.extend(each(rated, rated, |one, other| level::comparable(one, other, vocabulary)));
    }
    let lines = of(|value| matches!(value, Value::Line(_)));
    lots.extend(each(&lines, &lines, |one, other| comparable(one, other, vocabulary)));
    let figures = of(|value| matches!(value, Value::NumberNeeded(_) | Value::Rate(_)));
    lots.extend(each(&figures, &figures, |one, other| effect::comparable(one, other, vocabulary)));
    let limits = of(|value| matches!(value, Value::Dose(dose) if dose.phase == Phase::Max));
    let doses = of(limit::is_limited);
    lots.extend(each(&limits, &doses, |one, other| limit::comparable(one, other, vocabulary)));
    lots.extend(each(&doses, &limits, |one, other| limit::comparable(other, one, vocabulary)));
    lots
}

/// What becomes of a claim that nothing is set against.
fn unasked(item: &Item) -> Lot {
    let is_told = |dose: &Dose| matches!(dose.phase, Phase::Reported | Phase::Strength | Phase::Step) || dose.adjusted;
    match &item.claim.value {
        Value::Dose(dose) if is_told(dose) => Lot::Apart(Apart::NoAdvice),
        _ => Lot::Alone,
    }
}

/// The lots of statements that are swept, each held to those of its pools.
fn swept(topic: super::Topic, statements: &[Statement], vocabulary: &Vocabulary) -> Vec<(ClaimId, Lot)> {
    let by_use = by_use(topic, statements, vocabulary);
    let held = |one: &Item, other: &Item| {
        let sure = sureness(one, other, by_use, vocabulary)?;
        if is_same_passage(one, other) { Err(Apart::Passage) } else { Ok(sure) }
    };
    let mut lots = Vec::new();
    for pool in pools(statements, vocabulary) {
        let members: Vec<&Item> = pool.members.iter().map(|index| statements[*index].first()).collect();
        let beyond: Vec<&Item> = (0..statements.len())
            .filter(|index| pool.members.binary_search(index).is_err())
            .take(MOST)
            .map(|index| statements[index].first())
            .collect();
        for index in pool.own {
            let statement = &statements[index];
            let inside = lot(statement.first(), &members, held);
            // What a pool leaves out that nothing else keeps apart is for another use.
            let outside =
                || lot(statement.first(), &beyond, |one, other| held(one, other).and(Err(Apart::Indications)));
            let lot = if inside == Lot::Alone { outside() } else { inside };
            lots.extend(statement.items.iter().map(|item| (item.id, lot)));
        }
    }
    lots
}

/// The lots of some claims, each held to others.
fn each(
    items: &[&Item],
    others: &[&Item],
    held: impl Fn(&Item, &Item) -> Result<Confidence, Apart>,
) -> Vec<(ClaimId, Lot)> {
    items.iter().map(|item| (item.id, lot(item, others, &held))).collect()
}

/// The lot of a claim among others. From both ends: those of its own passage
/// stand together.
fn lot(item: &Item, others: &[&Item], held: impl Fn(&Item, &Item) -> Result<Confidence, Apart>) -> Lot {
    let half = MOST / 2;
    let ends = others.iter().take(half).chain(others.iter().skip(half).rev().take(half));
    let mut found = Lot::Alone;
    for other in ends.filter(|other| other.id != item.id) {
        found = found.max(match held(item, other) {
            Ok(Confidence::Low) => Lot::Guessed,
            // Those that agree were held to each other.
            Ok(_) | Err(Apart::Agree) => Lot::Compared,
            Err(apart) => Lot::Apart(apart),
        });
        if found == Lot::Compared {
            break;
        }
    }
    found
}
