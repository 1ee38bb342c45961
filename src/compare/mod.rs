//! From claims to disagreements: two or more positions that one reader cannot
//! follow at once.
//!
//! Comparison takes nothing but claims. Its result does not depend on the
//! order in which the articles are given.

mod age_limit;
mod alternative;
mod apart;
mod comparable;
mod coverage;
mod cut;
mod day_week;
mod dose;
mod effect;
mod infusion;
mod level;
mod limit;
mod line;
mod nuance;
mod of_class;
mod onset;
mod position;
mod proof;
mod reason;
mod recommended;
mod route;
mod strength;
mod sweep;
mod titration;
mod why;

pub use crate::topic::{Relation, Topic};
pub use coverage::{Coverage, coverage};
pub(crate) use cut::Range;
pub(crate) use dose::{day as of_a_day, measure, single as of_a_dose};
pub use proof::proof;
pub use reason::Apart;
pub use why::why;

use crate::claim::{Claim, Name, Value, value_statement};
use crate::finding::Confidence;
use crate::slip::Slip;
use crate::vocabulary::Vocabulary;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The claims of one article, with the article's path.
#[derive(Clone, Debug, Default)]
pub struct ArticleClaims {
    /// The path, as given on the command line.
    pub path: String,
    /// When the article says it was last changed, as written.
    pub updated: Option<String>,
    /// Its claims in the order of the text.
    pub claims: Vec<Claim>,
    /// What is wrong inside one of its passages, in the order of the text.
    pub slips: Vec<Slip>,
}

/// Points at one claim of one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId {
    /// Index of the article.
    pub article: usize,
    /// Index of the claim in it.
    pub claim: usize,
}

/// Claims of one comparison that agree with each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The claims, in the order of the articles; never empty.
    pub claims: Vec<ClaimId>,
    /// What they state, in short: "25–50 mg a day".
    pub summary: String,
}

impl Position {
    /// What one claim states.
    pub(crate) fn of(item: &Item) -> Self {
        Self { claims: vec![item.id], summary: value_statement(&item.claim.value) }
    }
}

/// Two or more positions that contradict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// What it is about.
    pub topic: Topic,
    /// How the positions stand to each other; the gravest where they differ.
    pub relation: Relation,
    /// The drugs it is about.
    pub drugs: Vec<Name>,
    /// What else it is about: the condition of a contraindication, the
    /// indication of a line of treatment.
    pub about: Option<Name>,
    /// The positions, at least two, in ascending order of their values.
    pub positions: Vec<Position>,
    /// How sure it is that they speak of the same patients.
    pub confidence: Confidence,
    /// How a value that is nowhere written was worked out:
    /// "38 % − 16 % = 22 %, an NNT of 4.3 to 4.8".
    pub derivation: Option<String>,
}

/// Reports a claim that several others break. Claims that the same others break
/// are one position.
pub(crate) fn oppose(
    found: &mut Vec<Disagreement>,
    topic: Topic,
    drugs: &[Name],
    item: &Item,
    against: Position,
    confidence: Confidence,
) {
    if let Some(known) = found.iter_mut().find(|known| known.positions[1].claims == against.claims) {
        known.positions[0].claims.push(item.id);
        return;
    }
    found.push(Disagreement {
        topic,
        relation: Relation::Disjoint,
        drugs: drugs.to_vec(),
        about: None,
        positions: vec![Position::of(item), against],
        confidence,
        derivation: None,
    });
}

/// A claim with its place, as the comparisons pass it on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'a> {
    pub id: ClaimId,
    pub claim: &'a Claim,
}

/// Claims about one drug that answer the same question, each with its values.
pub(crate) struct Question<'a> {
    pub topic: Topic,
    pub stated: Vec<(Item<'a>, Range)>,
}

/// The questions that are answered by sweeping values.
pub(crate) fn questions<'a>(items: &[Item<'a>]) -> Vec<Question<'a>> {
    [dose::questions(items), titration::questions(items), onset::questions(items)].into_iter().flatten().collect()
}

/// Finds everything that contradicts, inside an article and across articles,
/// in a total order.
pub fn disagreements(articles: &[ArticleClaims], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let subjects: Vec<(Vec<Name>, Vec<Item>)> = by_subject(articles).into_iter().collect();
    let classes = of_class::Classes::of(&subjects, vocabulary);
    let mut found: Vec<Disagreement> =
        subjects.par_iter().flat_map_iter(|(drugs, items)| about(drugs, items, &classes, vocabulary)).collect();
    found.sort_by(|one, other| key(one).cmp(&key(other)));
    found
}

/// Everything that contradicts about one drug or combination.
fn about(drugs: &[Name], items: &[Item], classes: &of_class::Classes, vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut found = dose::compare(drugs, items, vocabulary);
    found.extend(route::compare(drugs, items, vocabulary));
    found.extend(infusion::compare(drugs, items, vocabulary));
    found.extend(day_week::compare(drugs, items, vocabulary));
    found.extend(limit::compare(drugs, items, vocabulary));
    found.extend(strength::compare(drugs, items));
    found.extend(titration::compare(drugs, items, vocabulary));
    found.extend(onset::compare(drugs, items, vocabulary));
    found.extend(level::compare(drugs, items, &classes.above(drugs, vocabulary), vocabulary));
    found.extend(recommended::compare(drugs, items, vocabulary));
    found.extend(age_limit::compare(drugs, items, vocabulary));
    found.extend(line::compare(drugs, items, vocabulary));
    found.extend(effect::compare(drugs, items, vocabulary));
    found
}

/// The claims by their subject. A claim about a combination counts for the
/// combination, and for the component that its amount or warning comes from.
fn by_subject(articles: &[ArticleClaims]) -> BTreeMap<Vec<Name>, Vec<Item<'_>>> {
    let mut subjects: BTreeMap<Vec<Name>, Vec<Item>> = BTreeMap::new();
    let judged = Judged::of(articles);
    for (article, claims) in articles.iter().enumerate() {
        for (index, claim) in claims.claims.iter().enumerate() {
            let item = Item { id: ClaimId { article, claim: index }, claim };
            subjects.entry(claim.drugs.clone()).or_default().push(item);
            if claim.drugs.len() > 1
                && let Some(component) = strength::component(claim, &claims.claims).or_else(|| judged.component(claim))
            {
                subjects.entry(vec![component]).or_default().push(item);
            }
        }
    }
    subjects
}

/// Which conditions are judged for which single drugs.
struct Judged<'a>(BTreeSet<(&'a Name, &'a Name)>);

impl<'a> Judged<'a> {
    fn of(articles: &'a [ArticleClaims]) -> Self {
        let claims = articles.iter().flat_map(|article| &article.claims);
        Self(claims.filter_map(|claim| Some((single(claim)?, condition(claim)?))).collect())
    }

    /// The component that a combination's contraindication comes from: the only
    /// one that is judged for the same condition on its own.
    fn component(&self, claim: &Claim) -> Option<Name> {
        let condition = condition(claim)?;
        let mut judged = claim.drugs.iter().filter(|drug| self.0.contains(&(*drug, condition)));
        judged.next().filter(|_| judged.next().is_none()).cloned()
    }
}

fn single(claim: &Claim) -> Option<&Name> {
    match claim.drugs.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

fn condition(claim: &Claim) -> Option<&Name> {
    match &claim.value {
        Value::Contraindication(rated) => Some(&rated.condition),
        _ => None,
    }
}

type Key<'a> = (ClaimId, Topic, &'a [Name], Vec<&'a [ClaimId]>);

fn key(disagreement: &Disagreement) -> Key<'_> {
    let positions: Vec<&[ClaimId]> = disagreement.positions.iter().map(|position| position.claims.as_slice()).collect();
    let first = positions.iter().flat_map(|claims| claims.iter()).min().copied();
    (first.unwrap_or(ClaimId { article: 0, claim: 0 }), disagreement.topic, &disagreement.drugs, positions)
}
