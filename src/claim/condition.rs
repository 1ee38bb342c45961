//! The conditions, patients and other drugs that a contraindication names.

mod introduce;
mod list;
mod narrow;
mod part;

pub(crate) use introduce::{introduced, is_patient, is_rated_drug, last_group};
pub(crate) use list::listed;
pub(crate) use narrow::{narrow_by_opening, narrow_by_unknown_opening};

use super::scene::Scene;
use super::scope::{PopulationBuilder, people_at};
use super::subject::names;
use super::{Name, Population};
use crate::mention::{Mention, What};
use crate::span::Span;
use crate::text::BlockId;
use crate::vocabulary::ConditionKind;
use narrow::{
    add_modifier, bare_impairment, by_the_drug, coordinated_organ, filtration, fold_circumstances, modifiers,
    narrow_by_unknown, narrow_each_other, share_degree,
};
use part::{block_degrees, trimesters};
use std::ops::Range;

/// One thing that a contraindication names.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// Canonical, or the article's words.
    pub name: Name,
    /// Whether the vocabulary knows it.
    pub known: bool,
    /// The tokens that name it (empty if a heading does).
    pub tokens: Range<usize>,
    /// The tokens to quote.
    pub quote: Range<usize>,
    /// The bytes that name it.
    pub span: Span,
    /// "severe", "recent", sorted.
    pub modifiers: Vec<Name>,
    /// Whether it is another drug.
    pub interaction: bool,
    /// The patients, where it is a population.
    pub population: Option<Population>,
    /// What the drug would be given for, where the level holds only for that.
    pub indication: Option<Name>,
    /// The heading or question that names it, if not this block.
    pub above: Option<BlockId>,
    /// "impairment" without an organ.
    pub is_bare: bool,
    /// The drug that it is taken with, where the sentence pairs two.
    pub partner: Option<Name>,
}

/// Everything in a range that could be a condition.
pub(crate) fn named(scene: &Scene, tokens: Range<usize>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for mention in scene.reading.within(tokens.clone()) {
        if mention.tokens.end > tokens.end || found.iter().any(|other| covers(&other.tokens, &mention.tokens)) {
            continue;
        }
        let Some(named) = one(scene, mention, &tokens) else { continue };
        // "not receiving dialysis"
        let start = named.tokens.start;
        if start > tokens.start + 1
            && (scene.is(start.wrapping_sub(2), &["not"])
                && scene.is(start.wrapping_sub(1), &["receiving", "on", "taking", "having", "with"])
                || scene.is(start.wrapping_sub(3), &["not"]) && scene.is(start.wrapping_sub(2), &["receiving", "on"]))
        {
            continue;
        }
        if is_own(scene, &named) {
            continue;
        }
        found.retain(|other| !covers(&named.tokens, &other.tokens));
        let mut named = named;
        let organ = coordinated_organ(scene, &named, &tokens);
        // "severe renal or hepatic impairment": severe are both.
        if let Some(organ) = organ.as_ref().filter(|_| named.modifiers.is_empty()) {
            named.modifiers.clone_from(&organ.modifiers);
        }
        found.extend(organ);
        found.push(named);
    }
    found.retain(|named| !named.interaction || !is_allergen(scene, named, &tokens));
    filtration(scene, &tokens, &mut found);
    found.sort_by_key(|named| named.tokens.start);
    trimesters(scene, &mut found);
    block_degrees(scene, &mut found);
    share_degree(scene, &mut found);
    by_the_drug(scene, &mut found);
    fold_circumstances(scene, &mut found);
    narrow_each_other(scene, &mut found);
    narrow_by_unknown(scene, &tokens, &mut found);
    found.extend(bare_impairment(scene, &tokens, &found));
    found.sort_by_key(|named| named.tokens.start);
    found
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl Named {
    /// Something known that a range of tokens names.
    pub(crate) fn new(scene: &Scene, name: Name, tokens: Range<usize>) -> Self {
        Self {
            name,
            known: true,
            quote: tokens.clone(),
            span: scene.block.span(scene.reading.bytes(tokens.clone())),
            tokens,
            modifiers: Vec::new(),
            interaction: false,
            population: None,
            indication: None,
            above: None,
            is_bare: false,
            partner: None,
        }
    }
}

/// "hypersensitivity to vaccine components", "allergic to peanuts or soya": what
/// somebody is allergic to is no drug that is taken.
fn is_allergen(scene: &Scene, named: &Named, room: &Range<usize>) -> bool {
    let from = named.tokens.start.saturating_sub(8).max(room.start);
    let allergy = (from..named.tokens.start).rev().find(|token| {
        let word = scene.word(*token);
        word.starts_with("hypersens") || word.starts_with("allerg") || word == "sensitivity" || word == "intolerance"
    });
    let ends = [";", ".", "concurrent", "concomitant", "use", "taking", "with"];
    // "asthma exacerbated by aspirin or NSAIDs"
    let brought = (from..named.tokens.start).rev().find(|token| scene.is(*token, &["by", "sensitive"]));
    if brought.is_some_and(|by| {
        scene.is(by.saturating_sub(1), &["exacerbated", "precipitated", "induced", "triggered", "caused"])
            && !(by..named.tokens.start).any(|token| scene.is(token, &[",", ";", "."]))
    }) {
        return true;
    }
    // "… or any of its components, including the tetanus toxoid"
    let part = (room.start..named.tokens.start)
        .rev()
        .find(|token| scene.is(*token, &["component", "components", "ingredient", "ingredients", "excipients"]));
    if part.is_some_and(|part| {
        (part..named.tokens.start).any(|token| scene.is(token, &["including", "such", "like", "("]))
    }) {
        return true;
    }
    allergy.is_some_and(|allergy| {
        !(allergy..named.tokens.start).any(|token| scene.is(token, &ends)) && {
            let listed = (allergy..named.tokens.start).any(|token| scene.is(token, &[","]));
            !listed || scene.is(named.tokens.start - 1, &["or"])
        }
    })
}

/// A drug or class as the condition of another drug.
pub(crate) fn of_drug(scene: &Scene, mention: &Mention) -> Named {
    let mut named = Named::new(scene, Name::from(names(mention).join(" + ")), mention.tokens.clone());
    named.interaction = true;
    named
}

fn one(scene: &Scene, mention: &Mention, room: &Range<usize>) -> Option<Named> {
    let mut named = Named::new(scene, Name::from(""), mention.tokens.clone());
    match &mention.what {
        What::Condition(id) => {
            let condition = &scene.vocabulary.conditions[id.index()];
            if condition.only_treated {
                return None;
            }
            named.name = condition.name.clone();
            // Alcohol and other exposures are met like drugs: "avoid alcohol".
            named.interaction = condition.kind == ConditionKind::DrugExposure;
        }
        What::Drugs(_) | What::Class(..) => named = of_drug(scene, mention),
        What::Population(_) if is_nursling(scene, &mention.tokens) => return None,
        // "Child-Pugh class C" is a liver's.
        What::Population(_)
            if scene.is(mention.tokens.end, &["-", "–", "pugh"])
                && (mention.tokens.end..mention.tokens.end + 2).any(|token| scene.is(token, &["pugh"])) =>
        {
            return None;
        }
        What::Population(_) | What::Age(_) => population(scene, mention, room, &mut named)?,
        _ => return None,
    }
    named.modifiers = modifiers(scene, &named.tokens, room);
    // "strong CYP3A4 inhibitors" are not all of them; "molar pregnancy" is none.
    let before = named.tokens.start.checked_sub(1).map(|token| scene.word(token)).unwrap_or_default();
    if matches!(before, "ectopic" | "molar" | "tubal") {
        return None;
    }
    if named.interaction
        && (matches!(before, "strong" | "potent") || scene.is(named.tokens.start, &["strong", "potent"]))
    {
        add_modifier(&mut named, Name::from("strong"));
    }
    // Drinking is one condition, however it is called, and its amount matters.
    if matches!(&*named.name, "ethanol" | "alcohol use") {
        named.name = Name::from("alcohol use");
        let near = named.tokens.start.saturating_sub(4).max(room.start)
            ..(named.tokens.end + 4).min(scene.reading.tokens.len());
        if (near.start..near.end).any(|token| {
            scene.is(token, &["excessive", "excess", "heavy", "heavily", "lot", "large", "binge", "chronic", "abuse"])
        }) {
            add_modifier(&mut named, Name::from("excessive"));
        }
    }
    Some(named)
}

/// "monitor the infant", "breast-feed your baby": a mother's one child is not
/// whom the drug is given to.
fn is_nursling(scene: &Scene, tokens: &Range<usize>) -> bool {
    let whose = [
        "the",
        "your",
        "her",
        "their",
        "nursing",
        "nursed",
        "breastfed",
        "breastfeeding",
        "breast-fed",
        "exposed",
        "a",
        "an",
        "monitor",
        "monitoring",
        "observe",
        "unborn",
        "to",
    ];
    let is_one = scene.is(
        tokens.end - 1,
        &["infant", "baby", "newborn", "neonate", "child", "infants", "infant's", "infant’s", "baby's", "baby’s"],
    );
    let is_many = scene.is(tokens.end - 1, &["infants"]);
    let before = tokens.start.checked_sub(1);
    let by_owner = before.is_some_and(|before| {
        if is_many {
            scene.is(before, &["nursing", "breastfed", "breastfeeding", "exposed", "monitor"])
        } else {
            scene.is(before, &whose)
        }
    });
    is_one && (by_owner || scene.is(tokens.end, &["monitoring", "exposure"]))
}

/// "children under 12 years": a group and its ages are one.
fn population(scene: &Scene, mention: &Mention, room: &Range<usize>, named: &mut Named) -> Option<()> {
    let mut builder = PopulationBuilder::default();
    let mut end = mention.tokens.end;
    builder.add(&mention.what, scene.vocabulary);
    for other in scene.reading.within(mention.tokens.start..room.end) {
        if other.tokens.start > end + 2 || other.tokens == mention.tokens {
            continue;
        }
        let gap = end.min(other.tokens.start)..other.tokens.start;
        if matches!(other.what, What::Age(_)) && !gap.clone().any(|token| scene.is(token, &[",", "and", "or", ";"])) {
            builder.add(&other.what, scene.vocabulary);
            end = end.max(other.tokens.end);
        }
    }
    let population = builder.finish()?;
    let group = population.groups.first().cloned();
    let is_child =
        population.age.is_some_and(|age| age.0.high.is_some_and(|high| high <= rust_decimal::Decimal::from(18)));
    named.name = match group {
        Some(group) if matches!(&*group, "adults" | "women" | "men" | "all patients" | "weight band") => return None,
        Some(group) => group,
        None if is_child => Name::from("children"),
        None => Name::from("age"),
    };
    named.tokens.end = end;
    named.quote.end = end;
    named.span = scene.block.span(scene.reading.bytes(named.tokens.clone()));
    named.population = Some(population);
    Some(())
}

/// The drug that the article or the section is about.
pub(crate) fn is_own(scene: &Scene, named: &Named) -> bool {
    let scope = scene.inherited.drugs.iter().flatten();
    // A known part of a mixture whose other parts are unknown.
    let of_mixture =
        scene.whole.mixture().is_some_and(|title| title.split('+').any(|part| part.trim() == &*named.name));
    if named.interaction && of_mixture {
        return true;
    }
    named.interaction && scene.whole.subject.iter().chain(scope).any(|drug| *drug == named.name)
}

/// What the nearest heading, list lead-in or question above names, for a text
/// such as "Use with caution." below "Renal impairment".
pub(crate) fn of_headings(scene: &Scene) -> Vec<Named> {
    let place = &scene.block.place;
    let above = place
        .question
        .iter()
        .chain(place.row_header.iter())
        .chain(place.leads.iter().rev())
        .chain(place.headings.iter().rev());
    for id in above.take(3) {
        let found = in_block(scene, *id);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn in_block(scene: &Scene, id: BlockId) -> Vec<Named> {
    let block = &scene.article.blocks[id];
    let reading = &scene.scopes.readings[id];
    if reading.tokens.len() > 20 {
        return Vec::new();
    }
    let mut found: Vec<Named> = Vec::new();
    for mention in &reading.mentions {
        let span = block.span(reading.bytes(mention.tokens.clone()));
        let (name, population) = match &mention.what {
            What::Condition(condition) => {
                let condition = &scene.vocabulary.conditions[condition.index()];
                // "Can it be used to treat anaphylaxis?" names a use.
                let before = mention.tokens.start.saturating_sub(3)..mention.tokens.start;
                let uses = ["treat", "treating", "treatment", "for", "prevent", "manage"];
                let is_use = before.clone().any(|token| reading.words.is(token, &uses));
                if condition.only_treated || is_use || people_at(reading, &mention.tokens) {
                    continue;
                }
                (condition.name.clone(), None)
            }
            What::Population(population) => {
                let mut builder = PopulationBuilder::default();
                builder.add(&mention.what, scene.vocabulary);
                for age in reading.mentions.iter().filter(|mention| matches!(mention.what, What::Age(_))) {
                    builder.add(&age.what, scene.vocabulary);
                }
                let name = scene.vocabulary.populations[population.index()].name.clone();
                if &*name == "adults" {
                    continue;
                }
                (name, builder.finish())
            }
            _ => continue,
        };
        if found.iter().any(|other| other.span.overlaps(span)) {
            continue;
        }
        found.push(Named {
            name,
            known: true,
            tokens: 0..0,
            // The block itself is quoted; the heading is where the condition stands.
            quote: 0..scene
                .reading
                .tokens
                .len()
                .min(scene.reading.sentences.first().map_or(1, |sentence| sentence.end)),
            span,
            modifiers: Vec::new(),
            interaction: false,
            population,
            indication: None,
            above: Some(id),
            is_bare: false,
            partner: None,
        });
    }
    found
}
