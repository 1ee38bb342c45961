//! Contraindicated here, a caution or safe there.
//!
//! That a drug is contraindicated in the severe form and needs care in the
//! others is how such advice is given. A contradiction is a stronger statement
//! about a condition beside a weaker one about the same or a narrower one.

use super::comparable::{contexts, is_same_breath};
use super::{ClaimId, Disagreement, Item, Position, Relation, Topic};
use crate::claim::{Contraindication, Level, Name, Value, value_statement};
use crate::finding::Confidence;
use crate::vocabulary::{ConditionId, Vocabulary};
use std::collections::BTreeMap;

/// Statements closer than this in one section qualify each other.
const NEAR_BYTES: usize = 400;

/// Finds conditions that are judged differently.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut strong: BTreeMap<&Name, Vec<Rated>> = BTreeMap::new();
    let mut weak: BTreeMap<Name, Vec<Rated>> = BTreeMap::new();
    for item in items {
        let Value::Contraindication(rated) = &item.claim.value else { continue };
        let entry = Rated { item: *item, rated };
        if rated.level <= Level::Caution && !rated.conditional {
            strong.entry(&rated.condition).or_default().push(entry);
        }
        if rated.level >= Level::Caution {
            for condition in with_wider(&rated.condition, vocabulary) {
                weak.entry(condition).or_default().push(entry);
            }
        }
    }
    let mut found = Vec::new();
    for (condition, strong) in strong {
        if let Some(weak) = weak.get(condition) {
            found.extend(disagree(drugs, condition, &strong, weak, vocabulary));
        }
    }
    found
}

/// A claim that rates a condition.
#[derive(Clone, Copy)]
struct Rated<'a> {
    item: Item<'a>,
    rated: &'a Contraindication,
}

/// A condition and everything that it is a kind of.
fn with_wider(condition: &Name, vocabulary: &Vocabulary) -> Vec<Name> {
    let mut all = vec![condition.clone()];
    let mut at: Option<ConditionId> = vocabulary.condition(condition);
    while let Some(id) = at {
        at = vocabulary.conditions[id.index()].broader;
        all.extend(at.map(|wider| vocabulary.conditions[wider.index()].name.clone()));
    }
    all.dedup();
    all
}

fn disagree(
    drugs: &[Name],
    condition: &Name,
    strong: &[Rated],
    weak: &[Rated],
    vocabulary: &Vocabulary,
) -> Option<Disagreement> {
    // Where the drug is kept back somewhere, that is the position the milder ones
    // are held to; cautions only count against "safe" where it is not.
    let kept_back = |rated: &&Rated| rated.rated.level <= Level::Avoid;
    let firm: Vec<&Rated> = strong.iter().filter(kept_back).collect();
    let milder: Vec<&Rated> = strong.iter().filter(|rated| !kept_back(rated)).collect();
    let (mut above, mut below, mut confidence) = parted(&firm, weak, vocabulary);
    if above.is_empty() {
        (above, below, confidence) = parted(&milder, weak, vocabulary);
    }
    let strongest = above.iter().map(|one| one.rated.level).min()?;
    let weakest = below.iter().map(|other| other.rated.level).max()?;
    // Neighbouring levels touch: avoid and caution, caution and safe.
    let apart = strongest == Level::Contraindicated || (strongest == Level::Avoid && weakest == Level::Allowed);
    let relation = if apart { Relation::Disjoint } else { Relation::Touch };
    Some(Disagreement {
        topic: Topic::ContraindicationLevel,
        relation,
        drugs: drugs.to_vec(),
        about: Some(condition.clone()),
        positions: vec![position(&above), position(&below)],
        confidence: confidence?,
        derivation: None,
    })
}

type Sides<'a> = (Vec<Rated<'a>>, Vec<Rated<'a>>, Option<Confidence>);

/// The statements of each side that contradict one of the other.
fn parted<'a>(strong: &[&Rated<'a>], weak: &[Rated<'a>], vocabulary: &Vocabulary) -> Sides<'a> {
    let mut above: Vec<Rated> = Vec::new();
    let mut below: Vec<Rated> = Vec::new();
    let mut confidence = None;
    for one in strong {
        for other in weak {
            if let Some(sure) = contradict(one, other, vocabulary) {
                confidence = confidence.max(Some(sure));
                push(&mut above, one);
                push(&mut below, other);
            }
        }
    }
    (above, below, confidence)
}

fn push<'a>(side: &mut Vec<Rated<'a>>, rated: &Rated<'a>) {
    if !side.iter().any(|other| other.item.id == rated.item.id) {
        side.push(*rated);
    }
}

/// Whether a stronger statement contradicts a weaker one, and how surely.
fn contradict(strong: &Rated, weak: &Rated, vocabulary: &Vocabulary) -> Option<Confidence> {
    let (one, other) = (&strong.item, &weak.item);
    let both_kept_back = weak.rated.level <= Level::Avoid;
    if strong.rated.level >= weak.rated.level || both_kept_back {
        return None;
    }
    if is_same_breath(one, other) || qualify_each_other(one, other) {
        return None;
    }
    // What narrows the stronger statement must narrow the weaker one too.
    if !strong.rated.modifiers.iter().all(|word| weak.rated.modifiers.contains(word)) {
        return None;
    }
    let named = if strong.rated.condition == weak.rated.condition { Confidence::High } else { Confidence::Medium };
    contexts(&one.claim.context, &other.claim.context, vocabulary).map(|context| context.min(named))
}

fn qualify_each_other(one: &Item, other: &Item) -> bool {
    let distance = one.claim.span.start.abs_diff(other.claim.span.start);
    one.id.article == other.id.article && one.claim.section == other.claim.section && distance < NEAR_BYTES
}

fn position(side: &[Rated]) -> Position {
    let mut claims: Vec<ClaimId> = side.iter().map(|rated| rated.item.id).collect();
    claims.sort_unstable();
    let mut values: Vec<(Level, String)> =
        side.iter().map(|rated| (rated.rated.level, value_statement(&rated.item.claim.value))).collect();
    values.sort();
    values.dedup();
    let summary = values.first().map(|(_, words)| words.clone()).unwrap_or_default();
    Position { claims, summary }
}
