//! What a level word speaks of.

use super::subject::object_of_order;
use super::{Governor, ends_clause};
use crate::claim::Level;
use crate::claim::condition::{self, Named};
use crate::claim::scene::Scene;
use crate::claim::scope::Section;
use crate::claim::subject::names;
use crate::mention::Mention;
use crate::text::token::TokenKind;
use std::ops::Range;

/// What a level word speaks of.
pub(super) fn governed(
    scene: &Scene,
    governor: &Governor,
    sentence: &Range<usize>,
    section: Option<Section>,
) -> Vec<Named> {
    // "MAO inhibitors (contraindicated)", "breastfeeding (use with caution if
    // needed)": only what stands right before the bracket.
    if let Some(open) = opening_bracket(scene, governor.cue.start, sentence) {
        let closes =
            (governor.cue.end..sentence.end).find(|token| scene.is(*token, &[")"])).unwrap_or(governor.cue.end);
        if condition::introduced(scene, governor.cue.end..closes.min(governor.to), governor.level).is_empty()
            && condition::named(scene, open + 1..governor.cue.start).is_empty()
        {
            let all = condition::named(scene, sentence.start..open);
            return all.into_iter().filter(|named| named.tokens.end >= open).collect();
        }
    }
    if let Some(pair) = taken_together(scene, governor, sentence) {
        return vec![pair];
    }
    if governs_other(scene, governor) {
        return Vec::new();
    }
    let mut behind = condition::introduced(scene, governor.cue.end..governor.to, governor.level);
    if let Some(object) = object_of_order(scene, &governor.cue) {
        let is_about = |named: &Named| !named.interaction && named.tokens.start > object.tokens.end;
        // "Do not give doxycycline to children": the drug is no company.
        if scene.is(object.tokens.end, &["in", "to", "during", "if"]) && behind.iter().any(is_about) {
            behind.retain(|named| named.tokens != object.tokens);
        } else if let people = people_of_order(scene, governor, object)
            && !people.is_empty()
        {
            return people;
        }
    }
    combine(scene, governor, &mut behind);
    // "Monitor growth in children" watches growth.
    if scene.is(governor.cue.start, &["monitor", "monitored", "monitoring"]) {
        let people = [
            "patients",
            "children",
            "elderly",
            "women",
            "them",
            "closely",
            "carefully",
            "the",
            "those",
            "all",
            "older",
            "in",
            "for",
            "is",
            "required",
            "needed",
            "recommended",
            "necessary",
            "advised",
            "during",
            "with",
        ];
        behind.retain(|named| {
            let aged = named.population.as_ref().is_some_and(|people| people.age.is_some());
            !aged || named.tokens.start <= governor.cue.end + 1 || scene.is(governor.cue.end, &people)
        });
    }
    // "Pregnancy: Contraindicated, particularly in the first trimester."
    let only_stressed = behind.first().is_some_and(|first| {
        (governor.cue.end..first.tokens.start).any(|token| scene.is(token, &["especially", "particularly"]))
    });
    if only_stressed && let Some(label) = scene.labels.iter().rev().find(|label| label.from <= governor.cue.start) {
        let named = condition::named(scene, label.tokens.clone());
        if !named.is_empty() {
            return named;
        }
    }
    if !behind.is_empty() {
        // "avoided in X and should not be used in Y": X is what the first order is about.
        if governor.from == sentence.start || ends_clause(scene, governor.from - 1) {
            condition::narrow_by_unknown_opening(scene, governor.from..governor.cue.start, &mut behind);
            condition::narrow_by_opening(scene, governor.from..governor.cue.start, &mut behind);
        }
        return with_label_organ(scene, sentence, behind);
    }
    if matches!(governor.level, Level::Contraindicated | Level::Avoid) && section == Some(Section::Contraindication) {
        let listed = condition::listed(scene, governor.cue.end..governor.to);
        if !listed.is_empty() && scene.is(governor.cue.end, &[":", "include", "includes", "are", "in", "for"]) {
            return listed;
        }
    }
    if let Some(rated) = rated_drug(scene, governor) {
        return vec![rated];
    }
    let ahead: Vec<Named> = condition::named(scene, governor.from..governor.cue.start)
        .into_iter()
        .filter(|named| {
            condition::is_patient(scene, named, governor.from) || is_clause_subject(scene, named, &governor.cue)
        })
        // "Tachycardia is an expected effect, so titrate carefully."
        .filter(|named| {
            !(named.tokens.end..governor.cue.start)
                .any(|token| scene.is(token, &["effect", "effects", "reaction", "reactions", "symptom", "symptoms"]))
        })
        .collect();
    let ahead = condition::last_group(scene, ahead);
    if !ahead.is_empty() {
        return with_label_organ(scene, sentence, ahead);
    }
    // "Avoid sudden withdrawal": what is avoided is something else.
    let words = scene.text(governor.cue.clone()).to_lowercase();
    let has_object = words == "avoid"
        && governor.cue.end < governor.to
        && !scene.is(
            governor.cue.end,
            &[".", ",", ";", "if", "unless", "in", "during", "use", "where", "when", ")", "this"],
        );
    if has_object {
        return Vec::new();
    }
    // "Excessive hypotensive effects should be avoided."
    let effects =
        ["effects", "effect", "hypotension", "hypoglycaemia", "hypoglycemia", "overdose", "contact", "exposure"];
    if words.contains("avoided") && (governor.from..governor.cue.start).any(|token| scene.is(token, &effects)) {
        return Vec::new();
    }
    // "requires caution when the blood pressure is above 130/80": the heading's
    // condition alone is not enough.
    let measured = scene.is(governor.cue.end, &["when", "if", "where"])
        && (governor.cue.end..governor.to).any(|token| scene.reading.tokens[token].kind == TokenKind::Number);
    if measured {
        return Vec::new();
    }
    let mut above = from_above(scene, sentence, governor.from);
    // "Doses are adjusted." below "Children" is how doses are found.
    let is_routine = ["adjust", "dose", "monitor"].iter().any(|word| words.contains(word));
    if is_routine {
        above.retain(|named| named.population.as_ref().is_none_or(|people| people.age.is_none()));
    }
    // "Consult your doctor." below a heading says nothing about it.
    if ["consult", "discuss", "lower", "more sensitive", "require"].iter().any(|word| words.contains(word))
        && !has_label(scene, sentence)
    {
        return Vec::new();
    }
    above
}

/// The bracket in which a token stands.
fn opening_bracket(scene: &Scene, token: usize, sentence: &Range<usize>) -> Option<usize> {
    (sentence.start..token)
        .rev()
        .find(|at| scene.is(*at, &["(", ")"]))
        .filter(|at| scene.is(*at, &["("]) && *at > sentence.start)
}

/// "Strong CYP3A4 inducers are contraindicated": the other drug that a level
/// word speaks of.
fn rated_drug(scene: &Scene, governor: &Governor) -> Option<Named> {
    let last = condition::named(scene, governor.from..governor.cue.start).into_iter().next_back()?;
    condition::is_rated_drug(scene, &last, &governor.cue).then_some(last)
}

/// "… ; limited data suggest breastfeeding is compatible"
fn is_clause_subject(scene: &Scene, named: &Named, cue: &Range<usize>) -> bool {
    let gap = named.tokens.end..cue.start.max(named.tokens.end);
    let of_signs =
        (named.tokens.start.saturating_sub(3)..named.tokens.start).any(|token| scene.is(token, &["signs", "symptoms"]));
    !of_signs
        && !named.interaction
        && gap.len() <= 2
        && (gap.start..gap.end).all(|token| scene.is(token, &["is", "are", "should", "be", "generally", "usually"]))
}

fn has_label(scene: &Scene, sentence: &Range<usize>) -> bool {
    scene.labels.iter().any(|label| label.from <= sentence.end)
}

/// "Pregnant women should not take doxycycline", "in pregnancy, do not use
/// methotrexate": the people stand before the order, the drug behind it.
fn people_of_order(scene: &Scene, governor: &Governor, object: &Mention) -> Vec<Named> {
    let is_in = |named: &Named| {
        let before = named.tokens.start.wrapping_sub(1);
        named.tokens.start > governor.from && scene.is(before, &["in", "during"])
    };
    let mut people = condition::named(scene, governor.from..governor.cue.start);
    people.retain(|named| !named.interaction && (condition::is_patient(scene, named, governor.from) || is_in(named)));
    // "… should not take aspirin for headache" keeps nobody from aspirin.
    if scene.is(object.tokens.end, &["for", "as", "while", "when"]) { Vec::new() } else { people }
}

/// "Do not prescribe opioids for conditions like …" is about opioids, and says
/// nothing of those who have the conditions.
fn governs_other(scene: &Scene, governor: &Governor) -> bool {
    let words = scene.text(governor.cue.clone()).to_lowercase();
    let is_order = ["do not", "don't", "never"].iter().any(|start| words.starts_with(start));
    let object = scene
        .subjects(governor.cue.end..governor.to)
        .next()
        .filter(|mention| mention.tokens.start <= governor.cue.end + 2);
    is_order
        && object.is_some_and(|mention| {
            // "Do not give doxycycline to pregnant women" tells its own subject.
            let told: &[&str] = if object_of_order(scene, &governor.cue).is_some() {
                &["for", "as", "while", "when"]
            } else {
                &["for", "in", "as", "to", "during", "while", "when"]
            };
            !condition::is_own(scene, &condition::of_drug(scene, mention)) && scene.is(mention.tokens.end, told)
        })
}

/// "A and B can be used together safely": B is the condition of A.
fn taken_together(scene: &Scene, governor: &Governor, sentence: &Range<usize>) -> Option<Named> {
    let together = sentence.clone().any(|token| scene.is(token, &["together", "coadministered", "combined"]));
    if !together {
        return None;
    }
    let mut drugs = scene.subjects(sentence.clone());
    let (first, second) = (drugs.next()?, drugs.next()?);
    let mut pair = condition::of_drug(scene, second);
    pair.partner = names(first).first().cloned();
    pair.quote = governor.cue.clone();
    pair.span = scene.block.span(scene.reading.bytes(governor.cue.clone()));
    Some(pair)
}

/// "Do not combine A with B": B is the condition of A.
fn combine(scene: &Scene, governor: &Governor, behind: &mut Vec<Named>) {
    if !governor.cue.clone().any(|token| scene.is(token, &["combine", "combined", "combining"])) {
        return;
    }
    let object = scene.subjects(governor.cue.end..governor.to).next();
    if let Some(object) = object.filter(|mention| mention.tokens.start <= governor.cue.end + 1) {
        behind.retain(|named| named.tokens.start >= object.tokens.end);
        for named in behind.iter_mut().filter(|named| named.interaction) {
            named.partner = names(object).first().cloned();
        }
    }
}

/// "Hepatic Dysfunction: … Use with caution in mild to moderate impairment":
/// the impairment is the label's.
fn with_label_organ(scene: &Scene, sentence: &Range<usize>, found: Vec<Named>) -> Vec<Named> {
    let resolve = |named: Named| if named.is_bare { above(scene, sentence, &named) } else { vec![named] };
    found.into_iter().flat_map(resolve).filter(|named| !named.is_bare).collect()
}

pub(super) fn above(scene: &Scene, sentence: &Range<usize>, bare: &Named) -> Vec<Named> {
    from_above(scene, sentence, sentence.start)
        .into_iter()
        .map(|mut named| {
            named.tokens = bare.tokens.clone();
            named.quote = bare.quote.clone();
            named.span = bare.span;
            named.modifiers.clone_from(&bare.modifiers);
            named.above = None;
            named
        })
        .collect()
}

/// The conditions of the label in front, else of the clause before, else of
/// the nearest heading or question that names any.
fn from_above(scene: &Scene, sentence: &Range<usize>, from: usize) -> Vec<Named> {
    if from > sentence.start {
        let earlier: Vec<Named> = condition::named(scene, sentence.start..from)
            .into_iter()
            .filter(|named| !named.is_bare && condition::is_patient(scene, named, sentence.start))
            .collect();
        if !earlier.is_empty() {
            return earlier;
        }
    }
    let label = scene.labels.iter().rev().find(|label| label.from <= sentence.end);
    if let Some(label) = label {
        let named = condition::named(scene, label.tokens.clone());
        if !named.is_empty() {
            return named;
        }
    }
    let mut found = condition::of_headings(scene);
    keep_one_state(scene, sentence, &mut found);
    // "Avoid use near term." below "Pregnancy"
    let is_term = sentence.clone().any(|token| scene.is(token, &["near", "at"]) && scene.is(token + 1, &["term"]));
    for named in found.iter_mut().filter(|named| is_term && named.name.starts_with("pregnan")) {
        named.modifiers.push("third trimester".into());
    }
    for named in &mut found {
        named.quote = sentence.clone();
    }
    found
}

/// Of a heading on pregnancy and breastfeeding the one that a sentence below it
/// is about.
fn keep_one_state(scene: &Scene, sentence: &Range<usize>, found: &mut Vec<Named>) {
    let is_milk = |named: &Named| named.name.starts_with("breast");
    if !found.iter().any(is_milk) {
        return;
    }
    // "Although it is excreted in breast milk, it may be used."
    let is_lactation = |token: usize| {
        let word = scene.word(token);
        word.starts_with("breast") || word.starts_with("lactat") || word == "milk"
    };
    if sentence.clone().any(is_lactation) {
        found.retain(is_milk);
    }
    // "Use with caution in other trimesters."
    if sentence.clone().any(|token| scene.is(token, &["trimester", "trimesters"])) {
        found.retain(|named| !is_milk(named));
    }
    // "It passes into breast milk. Short-term use is safe." goes on about the one.
    if found.iter().any(is_milk) && !found.iter().all(is_milk) {
        let earlier = condition::named(scene, 0..sentence.start);
        let last = earlier.iter().rev().find(|named| is_milk(named) || named.name.starts_with("pregnan"));
        let is_own = |token: usize| scene.word(token).starts_with("breast");
        if last.is_some_and(is_milk) || last.is_none() && (0..sentence.start).any(is_own) {
            found.retain(is_milk);
        }
    }
}
