//! From claims to disagreements: two or more positions that one reader cannot
//! follow at once.
//!
//! Comparison takes nothing but claims, and those of one [`Key`] at a time. Its
//! result does not depend on the order in which the articles are given.

mod age_limit;
mod alternative;
mod apart;
mod comparable;
mod coverage;
mod cut;
mod day_week;
mod dose;
mod effect;
mod evidence;
mod fact;
mod index;
mod infusion;
mod judged;
mod key;
mod level;
mod limit;
mod line;
mod nuance;
mod of_class;
mod onset;
mod opposed;
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
pub use evidence::{Evidence, evidence};
pub use fact::same_fact;
pub use index::Index;
pub use judged::{Judged, Pair};
pub use key::{Key, keys};
pub use proof::proof;
pub use reason::Apart;
pub use why::why;

use crate::claim::{Claim, Name, Understanding, value_statement};
use crate::dated::Dated;
use crate::finding::Confidence;
use crate::slip::Slip;
use crate::span::Places;
use crate::vocabulary::Vocabulary;
use key::Parts;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// The claims of one article, with the article's path.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ArticleClaims {
    /// The path, as given on the command line.
    pub path: String,
    /// When the article says it was last seen to.
    pub dated: Option<Dated>,
    /// Its claims in the order of the text.
    pub claims: Vec<Claim>,
    /// What looks like a claim, and how much of it became one.
    pub understanding: Understanding,
    /// What is wrong inside one of its passages, in the order of the text.
    pub slips: Vec<Slip>,
    /// Where the passages of both begin, as people count.
    pub places: Places,
}

impl ArticleClaims {
    /// The same with the places of its passages in the text of the article.
    pub fn placed(self, text: &str) -> Self {
        Self { places: Places::new(text, self.offsets()), ..self }
    }

    /// Where its passages begin.
    pub fn offsets(&self) -> Vec<usize> {
        let passages = self.slips.iter().flat_map(|slip| &slip.passages).map(|passage| passage.span.start);
        self.claims.iter().map(|claim| claim.span.start).chain(passages).collect()
    }
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

/// A claim with its place, as the comparisons pass it on.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The place. Articles are numbered in the order of their paths.
    pub id: ClaimId,
    /// The claim.
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
    disagreements_on(articles, &Topic::ALL, vocabulary)
}

/// Finds what contradicts as far as it is to be reported: those on other than
/// the `wanted` topics may be left out.
pub fn disagreements_on(articles: &[ArticleClaims], wanted: &[Topic], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let index = Index::of(articles, vocabulary);
    let keys: Vec<&Key> = index.keys().collect();
    let about = |key: &&Key| {
        index.about_topics(key, articles, wanted, vocabulary).into_iter().map(|found| (first(&found), found))
    };
    let mut found: Vec<(Option<ClaimId>, Disagreement)> = keys.par_iter().flat_map_iter(about).collect();
    found.sort_by(|(first, one), (second, other)| first.cmp(second).then_with(|| order(one, other)));
    found.into_iter().map(|(_, found)| found).collect()
}

/// Finds everything that contradicts about one key, from nothing but the claims
/// that take part in it, in whatever order (see [`keys()`]).
pub fn about(key: &Key, items: &[Item], judged: &Judged, vocabulary: &Vocabulary) -> Vec<Disagreement> {
    about_topics(key, items, judged, &Topic::ALL, vocabulary)
}

/// The same without some comparisons of which nothing is wanted.
fn about_topics(
    key: &Key,
    items: &[Item],
    judged: &Judged,
    wanted: &[Topic],
    vocabulary: &Vocabulary,
) -> Vec<Disagreement> {
    let Parts { own, of_classes } = Parts::of(key, items, judged);
    let (drugs, items) = (key.drugs(), own.as_slice());
    if items.is_empty() {
        return Vec::new();
    }
    let mut found = dose::compare(drugs, items, vocabulary);
    if wanted.contains(&Topic::DoseRoute) {
        found.extend(route::compare(drugs, items, vocabulary));
    }
    found.extend(infusion::compare(drugs, items, vocabulary));
    found.extend(day_week::compare(drugs, items, vocabulary));
    found.extend(limit::compare(drugs, items, vocabulary));
    found.extend(strength::compare(drugs, items));
    found.extend(titration::compare(drugs, items, vocabulary));
    found.extend(onset::compare(drugs, items, vocabulary));
    found.extend(level::compare(drugs, items, &of_classes, vocabulary));
    if wanted.contains(&Topic::ContraindicationRecommended) {
        found.extend(recommended::compare(drugs, items, vocabulary));
    }
    found.extend(age_limit::compare(drugs, items, vocabulary));
    found.extend(line::compare(drugs, items, vocabulary));
    found.extend(effect::compare(drugs, items, vocabulary));
    found
}

/// The first of the claims that disagree.
fn first(disagreement: &Disagreement) -> Option<ClaimId> {
    disagreement.positions.iter().flat_map(|position| &position.claims).min().copied()
}

/// The order of disagreements that begin with the same claim.
fn order(one: &Disagreement, other: &Disagreement) -> Ordering {
    fn claims(disagreement: &Disagreement) -> impl Iterator<Item = &[ClaimId]> {
        disagreement.positions.iter().map(|position| position.claims.as_slice())
    }
    let subject = (one.topic, &one.drugs).cmp(&(other.topic, &other.drugs));
    subject.then_with(|| claims(one).cmp(claims(other)))
}
