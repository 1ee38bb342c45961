//! What numbers needed and event rates have in common: whose effect it is,
//! and what was counted.

use super::scene::Scene;
use super::subject::names;
use super::{Endpoint, Name, Outcome, Subject};
use crate::mention::{Mention, What};
use crate::vocabulary::CueKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// The drug whose effect a figure at `at` is: named right after it ("60 % with
/// A"), else the nearest before it that nothing is compared with, else the
/// subject of the sentences before, else the article's. With `first`, the first
/// in the sentence instead of the nearest.
pub(crate) fn subject(
    scene: &Scene,
    at: &Range<usize>,
    sentence: &Range<usize>,
    first: bool,
) -> Option<(Vec<Name>, Subject)> {
    let after = scene.subjects(at.end..sentence.end).next().filter(|mention| {
        let gap = at.end..mention.tokens.start;
        !gap.clone().any(|token| scene.is(token, &[",", ";", ".", "versus", "vs", "and"]))
            && gap.clone().any(|token| scene.is(token, &["with", "for", "of", "on", "taking", "receiving"]))
            && !is_comparator(scene, mention)
    });
    if let Some(mention) = after {
        return Some((with_partner(scene, mention, sentence), Subject::Stated));
    }
    let treatments = || {
        scene
            .subjects(sentence.start..at.start)
            .filter(|mention| matches!(mention.what, What::Drugs(_)) && !is_comparator(scene, mention))
    };
    // A number needed that follows a list of rates is that of the first.
    let before = if first { treatments().next() } else { treatments().next_back() };
    if let Some(mention) = before.or_else(|| lone_class(scene, sentence, at.start)) {
        return Some((with_partner(scene, mention, sentence), Subject::Stated));
    }
    if let [only] = scene.inherited.drugs.as_slice() {
        return Some((only.clone(), Subject::Heading));
    }
    let index = scene.reading.sentences.iter().position(|other| other.start == sentence.start)?;
    for previous in scene.reading.sentences[..index].iter().rev().take(6) {
        let first = scene.subjects(previous.clone()).find(|mention| !is_comparator(scene, mention));
        if let Some(first) = first {
            return Some((with_partner(scene, first, previous), Subject::Carried));
        }
    }
    let carried = scene.before.as_ref().map(|names| (names.to_vec(), Subject::Carried));
    carried.or_else(|| (!scene.whole.subject.is_empty()).then(|| (scene.whole.subject.clone(), Subject::Title)))
}

fn lone_class<'s>(scene: &'s Scene, sentence: &Range<usize>, end: usize) -> Option<&'s Mention> {
    scene.subjects(sentence.start..end).rev().find(|mention| !is_comparator(scene, mention))
}

/// Something the drug is compared with.
fn is_comparator(scene: &Scene, mention: &Mention) -> bool {
    let start = mention.tokens.start;
    let before = |back: usize| start.checked_sub(back).map(|token| scene.word(token)).unwrap_or_default();
    matches!(before(1), "versus" | "vs" | "than" | "against" | "unlike")
        || (matches!(before(1), "with" | "to") && matches!(before(2), "compared" | "comparison" | "relative"))
}

/// "ibuprofen 400 mg + oxycodone 5 mg" is one treatment.
fn with_partner(scene: &Scene, mention: &Mention, sentence: &Range<usize>) -> Vec<Name> {
    let mut all = names(mention);
    let is_plus = |gap: Range<usize>| gap.len() <= 4 && gap.clone().any(|token| scene.is(token, &["+", "plus"]));
    let mut at = mention.tokens.clone();
    for previous in scene.subjects(sentence.start..mention.tokens.start).rev() {
        if !is_plus(previous.tokens.end..at.start) {
            break;
        }
        all.extend(names(previous));
        at = previous.tokens.clone();
    }
    let mut at = mention.tokens.clone();
    for next in scene.subjects(mention.tokens.end..sentence.end) {
        if !is_plus(at.end..next.tokens.start) {
            break;
        }
        all.extend(names(next));
        at = next.tokens.clone();
    }
    all.sort();
    all.dedup();
    all
}

/// What was counted in a clause: the outcome word nearest to the figure, with
/// its threshold and time point.
pub(crate) fn endpoint(scene: &Scene, at: &Range<usize>, clause: &Range<usize>) -> (Option<Outcome>, Option<Endpoint>) {
    let distance = |tokens: &Range<usize>| {
        if tokens.start >= at.end { tokens.start - at.end } else { at.start.saturating_sub(tokens.end) }
    };
    let nearest = scene
        .reading
        .within(clause.clone())
        .filter_map(|mention| match mention.what {
            What::Cue(CueKind::Benefit) => Some((Outcome::Benefit, mention)),
            What::Cue(CueKind::Harm) => Some((Outcome::Harm, mention)),
            _ => None,
        })
        .min_by_key(|(_, mention)| distance(&mention.tokens));
    let Some((outcome, mention)) = nearest else { return (None, None) };
    let mut threshold = None;
    let mut days = None;
    for other in scene.reading.within(clause.clone()) {
        match &other.what {
            What::Percent(range) if other.tokens != *at && is_threshold(scene, &other.tokens) => threshold = range.low,
            What::Duration(Some(range)) => days = days.or(range.low),
            _ => {}
        }
    }
    let what = Name::from(outcome_name(&scene.text(mention.tokens.clone()).to_lowercase()));
    (Some(outcome), Some(Endpoint { what, threshold, days }))
}

/// One word for the ways to say the same outcome.
fn outcome_name(surface: &str) -> &str {
    match surface {
        "relief" | "pain relief" | "reduction in pain" => "pain relief",
        "respond" | "responded" | "response" | "responders" => "response",
        "improved" | "improvement" => "improvement",
        "death" | "deaths" | "mortality" => "death",
        surface if surface.starts_with("adverse") || surface.starts_with("side effect") => "adverse events",
        surface if surface.starts_with("withdr") || surface.starts_with("discontinu") || surface == "dropout" => {
            "withdrawal"
        }
        surface => surface,
    }
}

/// "at least 50 %", "≥30%", "(50 %)" of relief: a threshold, not a rate.
pub(crate) fn is_threshold(scene: &Scene, tokens: &Range<usize>) -> bool {
    let before = |back: usize| tokens.start.checked_sub(back).map(|token| scene.word(token)).unwrap_or_default();
    matches!((before(2), before(1)), ("at", "least") | (_, "≥" | "⩾" | ">" | "="))
        || scene.is(tokens.end, &["pain", "reduction", "improvement", "relief", "confidence", "ci", "credible"])
        // "fell by 13 %", but "reported by 13 % of participants"
        || (before(1) == "by" && !scene.is(tokens.end, &["of"]))
}

/// A number as published, if one starts at a token and nothing else claims it.
pub(crate) fn plain_number(scene: &Scene, token: usize) -> Option<(Decimal, usize)> {
    let number = crate::mention::number::number(&scene.block.text, &scene.reading.tokens, &scene.reading.words, token)?;
    let claimed = scene.reading.within(token.saturating_sub(6)..token + 1).any(|mention| {
        mention.tokens.contains(&token)
            && matches!(
                mention.what,
                What::Amount(_)
                    | What::Percent(_)
                    | What::Duration(_)
                    | What::Age(_)
                    | What::Share { .. }
                    | What::Every(_)
            )
    });
    (!claimed).then_some((number.value, number.end))
}
