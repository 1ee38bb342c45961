//! Which of the things around a level word it speaks of.

use super::narrow::{add_modifier, is_organ_function};
use super::{Named, named};
use crate::claim::scene::Scene;
use crate::claim::{Level, Name};
use crate::mention::What;
use crate::vocabulary::CueKind;
use std::ops::Range;

/// "Strong CYP3A4 inducers are contraindicated" in an article on another drug.
pub(crate) fn is_rated_drug(scene: &Scene, named: &Named, cue: &Range<usize>) -> bool {
    let gap = named.tokens.end..cue.start.max(named.tokens.end);
    let is_verb = gap.clone().all(|token| scene.is(token, &["is", "are", "should", "be", "must", "generally"]));
    named.interaction && !scene.whole.subject.is_empty() && gap.len() <= 3 && is_verb
}

/// Everything behind a level word that it speaks of: what is introduced, and
/// the rest of a list after it.
pub(crate) fn introduced(scene: &Scene, tokens: Range<usize>, level: Level) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let tokens = tokens.start..reason(scene, &tokens);
    let excepted = scene.cue_in(tokens.clone(), &[CueKind::Unless]).map_or(tokens.end, |(_, cue)| cue.start);
    for named in named(scene, tokens.clone()) {
        // "no adjustment is needed, except in severe impairment"
        if level == Level::Allowed && named.tokens.start > excepted {
            continue;
        }
        // "not recommended during pregnancy if taken with ifosfamide"
        let tied = named.tokens.start.saturating_sub(3).max(tokens.start)..named.tokens.start;
        if named.interaction && !found.is_empty() && tied.clone().any(|token| scene.is(token, &["if", "when"])) {
            found.iter_mut().for_each(|other| add_modifier(other, named.name.clone()));
            continue;
        }
        if found.iter().any(|other| other.name == named.name && other.modifiers == named.modifiers) {
            continue;
        }
        let after = found.last().map_or(tokens.start, |last| last.tokens.end);
        // "especially in the third trimester" only elaborates.
        if !found.is_empty()
            && (after..named.tokens.start).any(|token| scene.is(token, &["especially", "particularly"]))
        {
            continue;
        }
        let listed = found.last().is_some_and(|last| continues_list(scene, last, &named));
        let example = found.last().is_some_and(|last| last.interaction && scene.is(last.tokens.end, &["("]));
        if listed || (!example && is_introduced(scene, &named, tokens.start, level)) {
            let mut named = named;
            if named.population.is_some() {
                named.indication = used_for(scene, tokens.start..named.tokens.start);
            }
            found.push(named);
        }
    }
    found
}

/// Where the reason begins: "as they lower the levels of …", "because …".
fn reason(scene: &Scene, tokens: &Range<usize>) -> usize {
    let begins = |token: &usize| {
        scene.is(*token, &["because", "since"])
            || scene.is(*token, &["as"])
                && scene.is(token + 1, &["they", "it", "this", "these", "the"])
                && !scene.is(token.saturating_sub(1), &["such", "well"])
            // "with diabetes, as progestogens may raise the glucose"
            || scene.is(*token, &["as"])
                && scene
                    .subjects(token + 1..token + 2)
                    .any(|mention| scene.is(mention.tokens.end, &["may", "can", "might", "could", "is", "are"]))
    };
    tokens.clone().find(begins).unwrap_or(tokens.end)
}

/// "not recommended for depression in children": what the limit is about.
fn used_for(scene: &Scene, tokens: Range<usize>) -> Option<Name> {
    scene.reading.within(tokens.clone()).find_map(|mention| match mention.what {
        What::Condition(id)
            if (tokens.start..mention.tokens.start).any(|token| scene.is(token, &["for"]))
                || scene.is(tokens.start.wrapping_sub(1), &["for"]) =>
        {
            Some(scene.vocabulary.conditions[id.index()].name.clone())
        }
        _ => None,
    })
}

/// "glaucoma, urinary retention, concurrent MAOIs": commas and a few words.
fn continues_list(scene: &Scene, last: &Named, next: &Named) -> bool {
    let gap = last.tokens.end..next.tokens.start.max(last.tokens.end);
    let joined = gap.clone().any(|token| scene.is(token, &[",", "and", "or", "/", ";"]));
    let plain = gap.clone().all(|token| {
        !scene.is(
            token,
            &[
                "(",
                ")",
                "for",
                "cause",
                "causes",
                "risk",
                "may",
                "can",
                "is",
                "are",
                "which",
                "because",
                "as",
                "should",
                "especially",
                "particularly",
            ],
        )
    });
    joined && plain && gap.len() <= 6
}

/// Whether a thing named behind a level word is what the level speaks of:
/// "in patients with X", "during X", "avoid X" if X is a drug, or the next of
/// a list.
fn is_introduced(scene: &Scene, named: &Named, from: usize, level: Level) -> bool {
    if named.is_bare {
        return true;
    }
    let is_people = named.population.is_some();
    let words: Vec<&str> = (from..named.tokens.start).map(|token| scene.word(token)).collect();
    // What a drug may cause, or is meant to prevent, is no condition.
    let causes = [
        "cause",
        "causes",
        "causing",
        "predispose",
        "predisposes",
        "predisposing",
        "risk",
        "prevent",
        "worsen",
        "signs",
        "symptoms",
        "increase",
        "increased",
        "effects",
        "due",
        "because",
        "treat",
        "interaction",
        "interactions",
        "lead",
        "leads",
        "leading",
        "avoid",
        "minimize",
        "minimise",
        "screen",
        "screening",
        "assess",
        "evaluate",
        "check",
        "test",
        "watch",
        "detect",
        "exclude",
        "treating",
        "treatment",
    ];
    // "patients at increased risk of X", "those with risk factors for X"
    let is_patients = |at: usize| {
        let before = |words: &[&str], link: &[&str]| words.iter().any(|word| link.contains(word));
        let near = &words[at.saturating_sub(2)..at];
        let is_state = before(near, &["at"]) && words[at..].iter().take(2).any(|word| *word == "risk");
        is_state || before(near, &["with", "have"]) && words.get(at + 1).is_some_and(|word| *word == "factors")
    };
    let nearest_cause = (0..words.len()).rfind(|at| causes.contains(&words[*at]) && !is_patients(*at));
    let opening = [
        "in",
        "with",
        "during",
        "throughout",
        "for",
        "patients",
        "have",
        "has",
        "history",
        "if",
        "while",
        "when",
        "those",
        "who",
        "before",
        "to",
        "like",
        "including",
        "as",
        "of",
        "who's",
        "whose",
        "without",
        "combine",
        "and",
        "such",
    ];
    let nearest_opening = words.iter().rposition(|word| opening.contains(word));
    if let Some(cause) = nearest_cause
        && nearest_opening.is_none_or(|opening| {
            opening < cause || words[cause + 1..].iter().all(|word| *word == "of" || !opening_strong(word))
        })
    {
        return false;
    }
    // "Screen patients for bleeding disorders" asks, it rates nothing.
    let looks_for = [
        "screen",
        "screened",
        "assess",
        "assessed",
        "monitor",
        "monitored",
        "evaluate",
        "evaluated",
        "check",
        "checked",
        "test",
        "tested",
        "watch",
        "observe",
    ];
    let searched = words.iter().any(|word| looks_for.contains(word));
    let last_link = words.iter().rev().find(|word| matches!(**word, "for" | "in" | "with" | "during" | "have" | "if"));
    if searched && last_link.is_some_and(|word| *word == "for") {
        return false;
    }
    // "not recommended for depression": a use, not a patient's condition;
    // "monitor carefully for confusion": an effect.
    if level != Level::Contraindicated && !is_people && !named.interaction && !is_organ_function(&named.name) {
        let last =
            words.iter().rev().find(|word| matches!(**word, "for" | "in" | "with" | "during" | "have" | "of" | "if"));
        if last.is_some_and(|word| *word == "for") && !words.iter().any(|word| *word == "patients" || *word == "people")
        {
            return false;
        }
    }
    if words.is_empty()
        || words.iter().all(|word| {
            matches!(
                *word,
                ":" | "the"
                    | "use"
                    | "of"
                    | "using"
                    | "taking"
                    | "any"
                    | "other"
                    | "concurrent"
                    | "concomitant"
                    | "include"
                    | "includes"
                    | "including"
                    | "are"
                    | "("
                    | "a"
                    | "an"
            )
        })
    {
        // "compatible with breastfeeding"
        let led = from > 0 && words.is_empty() && scene.is(from - 1, &["with", "in", "during", "throughout", "for"]);
        return named.interaction || is_people || led || level != Level::Allowed;
    }
    nearest_opening.is_some()
}

fn opening_strong(word: &str) -> bool {
    matches!(word, "in" | "with" | "during" | "throughout" | "patients" | "those" | "if" | "such")
}

/// Whether a thing named before a level word is a patient's: "in patients with
/// X, use caution", "X: caution", "pregnant women should avoid".
pub(crate) fn is_patient(scene: &Scene, named: &Named, from: usize) -> bool {
    if named.population.is_some() {
        return true;
    }
    let words: Vec<&str> = (from..named.tokens.start).map(|token| scene.word(token)).collect();
    let opening = [
        "in",
        "with",
        "during",
        "have",
        "has",
        "history",
        "those",
        "if",
        "individuals",
        "people",
        "patients",
        "as",
        "of",
        "like",
        "who",
    ];
    let causes = ["cause", "causes", "risk", "treat", "treatment", "prevent", "worsen", "for", "signs", "symptoms"];
    if words.iter().any(|word| causes.contains(word)) {
        return false;
    }
    if named.interaction {
        // The drug that opens a sentence is its subject; alcohol never is.
        if &*named.name == "alcohol use" {
            return true;
        }
        return words.iter().any(|word| matches!(*word, "with" | "taking" | "and" | "combining"));
    }
    named.tokens.start == from || words.iter().any(|word| opening.contains(word)) || words.len() <= 2
}

/// Of the things before a level word the last list: "low doses while
/// breastfeeding are acceptable, use in pregnancy only with care" is about
/// pregnancy.
pub(crate) fn last_group(scene: &Scene, found: Vec<Named>) -> Vec<Named> {
    let apart = |pair: &[Named]| {
        let gap = pair[0].tokens.end..pair[1].tokens.start.max(pair[0].tokens.end);
        let mut gap = gap;
        gap.any(|token| scene.is(token, &["is", "are", "was", "were", "but", "while", "can"]))
    };
    let from = found.windows(2).rposition(apart).map_or(0, |at| at + 1);
    found.into_iter().skip(from).collect()
}
