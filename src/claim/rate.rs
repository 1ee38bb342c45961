//! Event rates: the share of patients with an outcome on a drug, and on what
//! it was compared with.

use super::effect::{endpoint, is_threshold, subject};
use super::scene::Scene;
use super::{Claim, Rate, Value};
use crate::mention::{Mention, What};
use crate::vocabulary::CueKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// Finds the event rates of a block.
pub(crate) fn extract(scene: &Scene, claims: &mut Vec<Claim>) {
    let shares: Vec<(&Mention, Decimal)> = scene
        .reading
        .mentions
        .iter()
        .filter_map(|mention| percent(mention).map(|value| (mention, value)))
        .filter(|(mention, _)| !is_threshold(scene, &mention.tokens) && !is_concentration(scene, mention))
        .collect();
    let mut at = 0;
    while at < shares.len() {
        let (mention, treatment) = &shares[at];
        let control = shares.get(at + 1).filter(|(other, _)| are_compared(scene, mention, other));
        if let Some((other, value)) = control {
            let counted =
                has_outcome(scene, &(mention.tokens.start..other.tokens.end)) || counts_people(scene, mention);
            if !counted {
                at += 2;
                continue;
            }
            claims.extend(claim(scene, mention.tokens.start..other.tokens.end, *treatment, Some(*value)));
            at += 2;
            continue;
        }
        if stands_alone(scene, mention) {
            claims.extend(claim(scene, mention.tokens.clone(), *treatment, None));
        }
        at += 1;
    }
}

/// A percentage as published, or a share worked out to one decimal.
fn percent(mention: &Mention) -> Option<Decimal> {
    match mention.what {
        What::Percent(range) if range.low == range.high => range.low,
        _ => None,
    }
}

/// "38 % … versus 16 % with placebo", "60 % with A and 17 % with placebo",
/// "49 % …. In the placebo group only 11 %".
fn are_compared(scene: &Scene, first: &Mention, second: &Mention) -> bool {
    let gap = first.tokens.end..second.tokens.start;
    if gap.len() > 40 || gap.clone().any(|token| scene.is(token, &[";"])) {
        return false;
    }
    let sentence = scene.reading.sentence_of(first.tokens.start);
    let same = second.tokens.start < sentence.end;
    let sign = gap.clone().any(|token| scene.is(token, &["versus", "vs", "against"]))
        || gap.clone().any(|token| scene.is(token, &["compared"]) && scene.is(token + 1, &["with", "to"]));
    let behind = scene.cue_in(second.tokens.end..second.tokens.end + 5, &[CueKind::Placebo]).is_some();
    let ahead = scene.cue_in(second.tokens.start.saturating_sub(6)..second.tokens.start, &[CueKind::Placebo]).is_some();
    if same { sign || behind || ahead } else { ahead && gap.len() <= 40 }
}

/// "0.5 % bupivacaine", "5 % cream": how strong a product is.
fn is_concentration(scene: &Scene, mention: &Mention) -> bool {
    let end = mention.tokens.end;
    let is_product = |other: &Mention| matches!(other.what, What::Drugs(_) | What::Form(_));
    scene.reading.within(end..end + 3).any(is_product)
        && !(end..end + 3).any(|token| scene.is(token, &["of", "with", "on", "for", "taking", "in"]))
}

fn has_outcome(scene: &Scene, tokens: &Range<usize>) -> bool {
    let sentence = scene.reading.sentence_of(tokens.start);
    scene.cue_in(sentence, &[CueKind::Benefit, CueKind::Harm]).is_some()
}

fn counts_people(scene: &Scene, mention: &Mention) -> bool {
    let end = mention.tokens.end;
    scene.is(end, &["of"]) && (end + 1..end + 4).any(|token| scene.is(token, &PEOPLE))
}

const PEOPLE: [&str; 14] = [
    "patients",
    "people",
    "participants",
    "men",
    "women",
    "sufferers",
    "children",
    "adults",
    "subjects",
    "users",
    "cases",
    "individuals",
    "those",
    "recipients",
];

/// A single rate: "25 % of patients achieve …", "the proportion was 50 %".
fn stands_alone(scene: &Scene, mention: &Mention) -> bool {
    let of_people = counts_people(scene, mention);
    let sentence = scene.reading.sentence_of(mention.tokens.start);
    let proportion = scene.is(mention.tokens.start.wrapping_sub(1), &["was", "is", "of"])
        && (sentence.start..mention.tokens.start).any(|token| scene.is(token, &["proportion", "incidence", "rate"]));
    proportion || (of_people && has_outcome(scene, &mention.tokens))
}

fn claim(scene: &Scene, figures: Range<usize>, treatment: Decimal, control: Option<Decimal>) -> Option<Claim> {
    let sentence = scene.reading.sentence_of(figures.start);
    let first = figures.start..figures.start + 2;
    let clause = clause(scene, &figures, &sentence);
    let (drugs, how) = subject(scene, &first, &sentence, false)?;
    let (outcome, endpoint) = endpoint(scene, &first, &clause);
    // The quote reaches to what the control was.
    let tail = scene.cue_in(figures.end..figures.end + 3, &[CueKind::Placebo]).map_or(figures.end, |(_, cue)| cue.end);
    let value = Value::Rate(Rate { treatment, control, outcome, endpoint, comparator: None });
    let context = scene.context(&figures, &sentence);
    Some(scene.claim(figures.start..tail, drugs, how, value, context))
}

/// The part of the sentence around the figures, between other percentages.
fn clause(scene: &Scene, figures: &Range<usize>, sentence: &Range<usize>) -> Range<usize> {
    let is_rate = |mention: &&Mention| matches!(mention.what, What::Percent(_));
    let start = scene
        .reading
        .within(sentence.start..figures.start)
        .rev()
        .find(|mention| is_rate(mention) && !is_threshold(scene, &mention.tokens))
        .map_or(sentence.start, |mention| mention.tokens.end);
    let end = scene
        .reading
        .within(figures.end..sentence.end)
        .find(|mention| is_rate(mention) && !is_threshold(scene, &mention.tokens))
        .map_or(sentence.end, |mention| mention.tokens.start);
    start..end.max(figures.end)
}
