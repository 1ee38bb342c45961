//! Contraindicated in one section of an article, and missing from its own list
//! of contraindications.

use super::{Passage, Slip};
use crate::claim::{Claim, Contraindication, Level, Name, Subject, Topicality, list_names};
use crate::finding::Confidence;
use crate::mention::{Reading, What};
use crate::text::{Article, Block};
use crate::topic::{Relation, Topic};
use crate::vocabulary::Vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// A section with fewer is no list, but a remark.
const SHORTEST_LIST: usize = 2;

/// Finds what an article calls contraindicated outside its own list, as
/// one slip.
pub(super) fn find<'c>(
    article: &Article,
    readings: &[Reading],
    claims: &'c [Claim],
    vocabulary: &Vocabulary,
) -> Option<Slip> {
    let rated = |claim: &'c Claim| Some((claim, claim.value.contraindication()?));
    let (listed, others): (Vec<_>, Vec<_>) =
        claims.iter().filter_map(rated).partition(|(claim, _)| claim.section.last().is_some_and(|head| is_list(head)));
    let list: Vec<&(&Claim, &Contraindication)> =
        listed.iter().filter(|(_, rated)| rated.level == Level::Contraindicated).collect();
    if list.len() < SHORTEST_LIST {
        return None;
    }
    let named = Named::of(article, readings, vocabulary);
    // What is milder elsewhere is a disagreement on the level, not an omission.
    let milder: BTreeSet<&Name> =
        others.iter().filter(|(_, rated)| rated.level > Level::Avoid).map(|(_, rated)| &rated.condition).collect();
    let mut missing: BTreeMap<&Name, &Claim> = BTreeMap::new();
    for (claim, rated) in &others {
        let is_of_list = claim.drugs == list[0].0.drugs;
        if is_of_list && is_firm(claim, rated) && !milder.contains(&rated.condition) && !named.has(&rated.condition) {
            missing.entry(&rated.condition).or_insert(claim);
        }
    }
    let conditions: Vec<Name> = missing.keys().map(|name| (*name).clone()).collect();
    let mut passages: Vec<Passage> = missing
        .into_iter()
        .map(|(condition, claim)| Passage::of_claim(claim, format!("contraindicated: {condition}")))
        .collect();
    // "No, it is contraindicated" may be said of two at once.
    passages.dedup_by_key(|passage| passage.span);
    let drugs = list_names(&list[0].0.drugs, "and");
    passages.first()?;
    passages.push(Passage::of_claim(list[0].0, "the list of contraindications".to_owned()));
    passages.sort_by_key(|passage| passage.span);
    Some(Slip {
        topic: Topic::ContraindicationOmitted,
        relation: Relation::Alone,
        passages,
        derivation: format!("{drugs} is contraindicated in {}", list_names(&conditions, "and")),
        confidence: Confidence::High,
        fix: Vec::new(),
    })
}

/// Whether a heading stands over the list of contraindications.
fn is_list(heading: &str) -> bool {
    let heading = heading.to_lowercase();
    heading.contains("contraindication") || heading.contains("contra-indication")
}

/// Whether a claim belongs on the list: never to be given, whoever the patient
/// and whatever the use. Other drugs, ages and allergies have lists of their own.
fn is_firm(claim: &Claim, rated: &Contraindication) -> bool {
    let context = &claim.context;
    rated.level == Level::Contraindicated
        && rated.is_unqualified()
        && !rated.is_allergy()
        && !matches!(&*rated.condition, "women" | "men" | "driving")
        && claim.topic == Topicality::Drug
        && claim.subject != Subject::Carried
        && context.population.age.is_none()
        && context.indications.is_empty()
        && context.product.is_none()
        && context.routes.is_empty()
}

/// What the list names, however it is worded.
struct Named {
    /// Canonical names, and everything that they are a kind of.
    names: BTreeSet<Name>,
    /// The words of its text, in lower case.
    text: String,
}

impl Named {
    fn of(article: &Article, readings: &[Reading], vocabulary: &Vocabulary) -> Self {
        let is_in_list =
            |block: &Block| block.place.headings.last().is_some_and(|heading| is_list(&article.blocks[*heading].text));
        let mut named = Self { names: BTreeSet::new(), text: String::new() };
        for (block, reading) in article.blocks.iter().zip(readings).filter(|(block, _)| is_in_list(block)) {
            named.text.push_str(&block.text.to_lowercase());
            named.text.push('\n');
            for mention in &reading.mentions {
                match &mention.what {
                    What::Condition(id) => {
                        let kinds = vocabulary.kinds(*id);
                        named.names.extend(kinds.map(|kind| vocabulary.conditions[kind.index()].name.clone()));
                    }
                    What::Population(id) => {
                        named.names.insert(vocabulary.populations[id.index()].name.clone());
                    }
                    _ => {}
                }
            }
        }
        named
    }

    /// Whether the list names a condition, a kind of it, or one that shares a
    /// telling word with it: "obstruction of the bowel".
    fn has(&self, condition: &Name) -> bool {
        /// So much of a word is the same in its other forms.
        const STEM: usize = 6;
        /// A shorter word tells nothing.
        const SHORTEST: usize = 5;
        let other_words: &[&str] = match &**condition {
            "breastfeeding" => &["breast", "lactat", "nursing", "women"],
            name if name.contains("trimester") || name == "pregnancy" => {
                &["pregnan", "gestation", "childbearing", "women"]
            }
            name if name.contains("renal") => &["kidney"],
            name if name.contains("hepatic") => &["liver"],
            _ => &[],
        };
        let mut stems = condition
            .split([' ', '-'])
            .filter(|word| !COMMON.contains(word))
            .map(|word| word.char_indices().nth(STEM).map_or(word, |(end, _)| &word[..end]));
        self.names.contains(condition)
            || other_words.iter().any(|word| self.text.contains(word))
            || stems.any(|stem| stem.len() >= SHORTEST && self.text.contains(stem))
    }
}

/// Words that many conditions share.
const COMMON: [&str; 6] = ["disease", "disorder", "impairment", "failure", "severe", "infection"];
