//! Sweeping the statements of one key: which of them can be set against each
//! other, where they part, and what that makes of disagreements.

use super::alternative::{Statement, contradicting};
use super::comparable::{comparable, is_same_passage, is_same_place, uses};
use super::cut::{Cut, Range, contradict, cuts};
use super::dose::is_bare;
use super::position::positions;
use super::{Apart, Disagreement, Item, Position, Relation, Topic};
use crate::claim::{Context, Name, Phase, Topicality, Value, value_statement};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Finds the disagreements among statements about one drug in one role.
///
/// A pool is made for each context: the statements of that context with those
/// that leave the indication unsaid. What is said for one indication is thus
/// held against what is said for it or for none, never against another's.
pub(crate) fn sweep(
    topic: Topic,
    drugs: &[Name],
    statements: &[Statement],
    vocabulary: &Vocabulary,
) -> Vec<Disagreement> {
    let mut found: Vec<Parted> = Vec::new();
    let by_use = by_use(topic, statements, vocabulary);
    for pool in pools(statements, vocabulary) {
        let ranges: Vec<Range> = pool.members.iter().map(|index| statements[*index].range).collect();
        for cut in cuts(&ranges) {
            if let Some(parted) = parted(&pool, &cut, statements, by_use, vocabulary) {
                found.push(parted);
            }
        }
    }
    merged(found, statements, vocabulary)
        .into_iter()
        .map(|parted| disagreement(topic, drugs, &parted, statements, by_use, vocabulary))
        .collect()
}

/// How far the values of a role depend on what the drug is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ByUse {
    /// Not much: limits, starting doses, onset.
    No,
    /// They do, and the drug has one use.
    One,
    /// They do, and the drug has several: what is said for none of them is held
    /// to nothing for sure.
    Several,
}

/// How far the values of a topic depend on what the drug is for.
pub(crate) fn by_use(topic: Topic, statements: &[Statement], vocabulary: &Vocabulary) -> ByUse {
    match topic {
        Topic::DoseTarget | Topic::DoseSingle if has_several_uses(statements, vocabulary) => ByUse::Several,
        Topic::DoseTarget | Topic::DoseSingle => ByUse::One,
        _ => ByUse::No,
    }
}

/// The statements that can be one patient's.
pub(crate) struct Pool {
    /// Those of the context itself, in ascending order.
    pub own: Vec<usize>,
    /// Those and the ones that say less.
    pub members: Vec<usize>,
}

/// Two groups of statements, each of one below each of the other.
#[derive(Clone, Debug)]
struct Parted {
    below: Vec<usize>,
    above: Vec<usize>,
    relation: Relation,
    confidence: Confidence,
}

/// Where the values said for two conditions have nothing in common, they depend
/// on the condition, and what is said for none cannot be held to either.
fn depends_on_indication(statements: &[Statement], vocabulary: &Vocabulary) -> bool {
    const MOST: usize = 64;
    let said: Vec<&Statement> =
        statements.iter().filter(|statement| !uses(statement.context()).is_empty()).take(MOST).collect();
    said.iter().enumerate().any(|(at, one)| {
        said[at + 1..].iter().any(|other| {
            let (here, there) = (uses(one.context()), uses(other.context()));
            super::comparable::indications(here, there, vocabulary).is_none()
                && contradict(one.range, other.range) > Some(Relation::Touch)
                && super::comparable::populations(&one.context().population, &other.context().population, vocabulary)
        })
    })
}

/// Whether the statements name two uses that have nothing to do with each other.
fn has_several_uses(statements: &[Statement], vocabulary: &Vocabulary) -> bool {
    let mut said = statements.iter().map(|statement| uses(statement.context())).filter(|uses| !uses.is_empty());
    let Some(first) = said.next() else { return false };
    said.any(|other| super::comparable::indications(first, other, vocabulary).is_none())
}

/// A pool for each context among the statements.
pub(crate) fn pools(statements: &[Statement], vocabulary: &Vocabulary) -> Vec<Pool> {
    let depends = depends_on_indication(statements, vocabulary);
    let mut contexts: Vec<(&Context, Vec<usize>)> = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        match contexts.iter_mut().find(|(context, _)| *context == statement.context()) {
            Some((_, members)) => members.push(index),
            None => contexts.push((statement.context(), vec![index])),
        }
    }
    let pool = |(context, own): &(&Context, Vec<usize>)| {
        let wider = contexts
            .iter()
            .filter(|(other, _)| other != context)
            .filter(|(other, _)| !uses(context).is_empty() || uses(other).is_empty())
            .filter(|(other, _)| !depends || uses(context).is_empty() == uses(other).is_empty())
            .filter(|(other, _)| super::comparable::contexts(context, other, vocabulary).is_ok());
        let mut members: Vec<usize> = own.iter().chain(wider.flat_map(|(_, members)| members)).copied().collect();
        members.sort_unstable();
        Pool { own: own.clone(), members }
    };
    contexts.iter().map(pool).collect()
}

/// The two sides of a cut, without statements that nothing on the other side
/// can be set against. The pool's own statements must take part, and stand for
/// a side where they are on it.
fn parted(pool: &Pool, cut: &Cut, statements: &[Statement], by_use: ByUse, vocabulary: &Vocabulary) -> Option<Parted> {
    let side = |indices: &[usize]| indices.iter().map(|index| pool.members[*index]).collect::<Vec<_>>();
    let is_own = |index: &usize| pool.own.binary_search(index).is_ok();
    let prefer_own = |side: Vec<usize>| {
        let own: Vec<usize> = side.iter().copied().filter(is_own).collect();
        if own.is_empty() { side } else { own }
    };
    let (below, above) = (side(&cut.below), side(&cut.above));
    if !below.iter().chain(&above).any(is_own) {
        return None;
    }
    if are_alternatives(&below, &above, statements) {
        return None;
    }
    let (below, above) = (prefer_own(below), prefer_own(above));
    let (mut below, mut above) = paired(below, above, statements, vocabulary);
    let sure = |one: usize, other: usize| {
        sureness(statements[one].first(), statements[other].first(), by_use, vocabulary).ok()
    };
    let pairs =
        below.iter().take(MOST_PAIRED).flat_map(|one| above.iter().take(MOST_PAIRED).map(|other| sure(*one, *other)));
    let confidence = pairs.max()??;
    // No doubtful statement hides among sure ones.
    if confidence > Confidence::Low {
        let (all_below, all_above) = (below.clone(), above.clone());
        let is_sure = |pair: Option<Confidence>| pair > Some(Confidence::Low);
        below.retain(|one| all_above.iter().take(MOST_PAIRED).any(|other| is_sure(sure(*one, *other))));
        above.retain(|other| all_below.iter().take(MOST_PAIRED).any(|one| is_sure(sure(*one, *other))));
    }
    Some(Parted { below, above, relation: cut.relation, confidence })
}

/// Whether several articles give both sides, each: alternatives that they agree
/// on.
fn are_alternatives(below: &[usize], above: &[usize], statements: &[Statement]) -> bool {
    let articles = |side: &[usize]| side.iter().map(|index| statements[*index].first().id.article).collect();
    let (below, above): (BTreeSet<usize>, BTreeSet<usize>) = (articles(below), articles(above));
    below == above && below.len() > 1
}

/// More pairs than that are not looked at one by one: many statements of one
/// context need no check of every pair.
const MOST_PAIRS: usize = 10_000;

/// Drops whatever cannot be set against everything on the other side, those
/// with the most such conflicts first.
fn paired(
    mut below: Vec<usize>,
    mut above: Vec<usize>,
    statements: &[Statement],
    vocabulary: &Vocabulary,
) -> (Vec<usize>, Vec<usize>) {
    if below.len() * above.len() > MOST_PAIRS {
        return (below, above);
    }
    // Each pair is looked at once; what is dropped takes its conflicts with it.
    let mut conflicts: Vec<(usize, usize)> = Vec::new();
    for one in &below {
        let misses = |other: &&usize| meet(&statements[*one], &statements[**other], vocabulary).is_err();
        conflicts.extend(above.iter().filter(misses).map(|other| (*one, *other)));
    }
    while !conflicts.is_empty() {
        let (worst_below, count_below) = most_frequent(conflicts.iter().map(|(one, _)| *one));
        let (worst_above, count_above) = most_frequent(conflicts.iter().map(|(_, other)| *other));
        // Taking from the longer side keeps the finding alive.
        if (count_below, below.len()) >= (count_above, above.len()) {
            below.retain(|index| *index != worst_below);
            conflicts.retain(|(one, _)| *one != worst_below);
        } else {
            above.retain(|index| *index != worst_above);
            conflicts.retain(|(_, other)| *other != worst_above);
        }
    }
    (below, above)
}

/// What occurs most often, the greatest of those that do, and how often.
fn most_frequent(indices: impl Iterator<Item = usize>) -> (usize, usize) {
    let mut times: FxHashMap<usize, usize> = FxHashMap::default();
    indices.for_each(|index| *times.entry(index).or_default() += 1);
    times.into_iter().max_by_key(|(index, times)| (*times, *index)).unwrap_or_default()
}

/// Whether everything on one side can be set against everything on the other.
fn are_paired(below: &[usize], above: &[usize], statements: &[Statement], vocabulary: &Vocabulary) -> bool {
    let meets = |one: usize, other: usize| meet(&statements[one], &statements[other], vocabulary).is_ok();
    below.len() * above.len() > MOST_PAIRS || below.iter().all(|one| above.iter().all(|other| meets(*one, *other)))
}

/// What keeps a statement from being set against one that lies above it.
pub(crate) fn meet(one: &Statement, other: &Statement, vocabulary: &Vocabulary) -> Result<(), Apart> {
    let relation = one.range.relation(other.range).ok_or(Apart::Agree)?;
    if relation != Relation::Tenfold && is_same_passage(one.first(), other.first()) {
        return Err(Apart::Passage);
    }
    let mut pairs = one.items.iter().flat_map(|one| other.items.iter().map(move |other| (one, other)));
    pairs.try_for_each(|(one, other)| comparable(one, other, vocabulary).map(|_| ()))
}

/// How many statements of a side are asked how sure they are.
const MOST_PAIRED: usize = 32;

/// How surely two claims can be set against each other, or what keeps them apart.
pub(crate) fn sureness(one: &Item, other: &Item, by_use: ByUse, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    let pair = comparable(one, other, vocabulary)?;
    // A bare amount may not be a day's.
    let unsaid = uses(&one.claim.context).is_empty() || uses(&other.claim.context).is_empty();
    let guessed = bare(one) != bare(other)
        || (by_use == ByUse::Several && unsaid)
        || is_of_another_use(one, other)
        || (by_use != ByUse::No && (is_passing(one, other) || is_per_surface(one)));
    Ok(if guessed { Confidence::Low } else { pair })
}

/// Whether one of two doses of an article is said for a condition and the other
/// is not: it is likely for another.
fn is_of_another_use(one: &Item, other: &Item) -> bool {
    let unsaid = |item: &Item| item.claim.context.indications.is_empty();
    one.id.article == other.id.article && unsaid(one) != unsaid(other)
}

/// Whether one of two doses is given in passing, in an article on something
/// else, so that it may be for a purpose or a stage of its own: said for no
/// condition, or both in one such article, which has its regimens.
fn is_passing(one: &Item, other: &Item) -> bool {
    let unsaid = |item: &Item| item.claim.topic != Topicality::Drug && item.claim.context.indications.is_empty();
    if is_same_place(one, other) {
        return false;
    }
    let is_one_article = one.id.article == other.id.article;
    let in_passing = |item: &Item| item.claim.topic == Topicality::Other;
    // Guidelines on a condition and on a kind of it have their own doses.
    let (here, there) = (&one.claim.context.indications, &other.claim.context.indications);
    let are_guidelines = one.claim.topic == Topicality::Use && other.claim.topic == Topicality::Use;
    let share_use = here.iter().any(|used| there.contains(used));
    unsaid(one)
        || unsaid(other)
        || (is_one_article && one.claim.topic != Topicality::Drug)
        || in_passing(one)
        || in_passing(other)
        || (are_guidelines && !share_use)
}

/// Doses by body surface belong to regimens of several drugs.
fn is_per_surface(item: &Item) -> bool {
    matches!(&item.claim.value, Value::Dose(dose) if dose.amount.unit.is_per("m2"))
}

fn bare(item: &Item) -> bool {
    matches!(&item.claim.value, Value::Dose(dose) if is_bare(dose) && dose.phase != Phase::Max)
}

/// Joins findings of different pools that part at the same place, where all of
/// one side can still be set against all of the other.
fn merged(found: Vec<Parted>, statements: &[Statement], vocabulary: &Vocabulary) -> Vec<Parted> {
    let mut kept: Vec<Parted> = Vec::new();
    for parted in found {
        let union = |one: &[usize], other: &[usize]| {
            let mut all: Vec<usize> = one.iter().chain(other).copied().collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        let joint = kept.iter_mut().find_map(|other| {
            let (below, above) = (union(&other.below, &parted.below), union(&other.above, &parted.above));
            let shares = below.len() < other.below.len() + parted.below.len()
                || above.len() < other.above.len() + parted.above.len();
            (shares && are_paired(&below, &above, statements, vocabulary)).then_some((other, below, above))
        });
        match joint {
            Some((other, below, above)) => {
                other.below = below;
                other.above = above;
                other.relation = other.relation.max(parted.relation);
                other.confidence = other.confidence.max(parted.confidence);
            }
            None => kept.push(parted),
        }
    }
    kept
}

fn disagreement(
    topic: Topic,
    drugs: &[Name],
    parted: &Parted,
    statements: &[Statement],
    by_use: ByUse,
    vocabulary: &Vocabulary,
) -> Disagreement {
    let are_apart = |one: usize, other: usize| {
        let (one, other) = (&statements[one], &statements[other]);
        one.range.relation(other.range) > Some(Relation::Touch)
            && meet(one, other, vocabulary).is_ok()
            && sureness(one.first(), other.first(), by_use, vocabulary).is_ok_and(|sure| sure > Confidence::Low)
    };
    let split = |side: &Vec<usize>| positions(side, |index| statements[index].range, are_apart);
    let parts: Vec<Vec<usize>> = [&parted.below, &parted.above].into_iter().flat_map(split).collect();
    let of = |part: &[usize]| part.iter().map(|index| &statements[*index]).collect::<Vec<_>>();
    let position = |part: &Vec<usize>| {
        let others: Vec<Vec<&Statement>> = parts.iter().filter(|other| *other != part).map(|other| of(other)).collect();
        Position { claims: contradicting(&of(part), &others), summary: summary(&of(part)) }
    };
    Disagreement {
        topic,
        relation: parted.relation,
        drugs: drugs.to_vec(),
        about: None,
        positions: parts.iter().map(position).collect(),
        confidence: parted.confidence,
        derivation: None,
    }
}

/// The values of one side: "10 mg or 10–25 mg a day".
pub(crate) fn summary(side: &[&Statement]) -> String {
    const MOST: usize = 3;
    let mut values: Vec<(Range, String)> = side
        .iter()
        .flat_map(|statement| statement.items.iter().map(|item| (statement.range, value_statement(&item.claim.value))))
        .collect();
    values.sort();
    let mut words: Vec<String> = values.into_iter().map(|(_, words)| words).collect();
    words.dedup();
    let more = words.len().saturating_sub(MOST);
    words.truncate(MOST);
    if more > 0 {
        words.push(format!("{more} more"));
    }
    match words.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}
