//! Titration: by how much, and after how long, a dose is stepped.

use super::scene::Scene;
use super::{Amount, Claim, Interval, Titration, Value};
use crate::mention::What;
use crate::vocabulary::CueKind;
use rust_decimal::Decimal;
use std::ops::Range;

const STEPS: [CueKind; 3] = [CueKind::Increase, CueKind::Decrease, CueKind::Step];

/// Finds how the sentences of a block step a dose.
pub(crate) fn extract(scene: &Scene, claims: &mut Vec<Claim>) {
    for sentence in &scene.reading.sentences {
        let mut from = sentence.start;
        while let Some((kind, cue)) = scene.cue_in(from..sentence.end, &STEPS) {
            let end = clause_end(scene, &cue, sentence);
            from = end.max(cue.end);
            claims.extend(claim(scene, kind, &cue, end));
        }
    }
}

/// A step ends where the next one begins, or the limit or goal of it is named.
fn clause_end(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> usize {
    let stops = [CueKind::Maximum, CueKind::Target, CueKind::Start, CueKind::Increase, CueKind::Decrease];
    let next = scene.cue_in(cue.end..sentence.end, &stops).map_or(sentence.end, |(_, next)| next.start);
    (cue.end..next).find(|token| scene.is(*token, &[";"])).unwrap_or(next)
}

fn claim(scene: &Scene, kind: CueKind, cue: &Range<usize>, end: usize) -> Option<Claim> {
    let sentence = scene.reading.sentence_of(cue.start);
    let mut last = cue.end;
    let mut increment: Option<Amount> = None;
    let mut interval = None;
    // "25 mg increments": the amount stands before the word.
    let from = if kind == CueKind::Step { cue.start.saturating_sub(3).max(sentence.start) } else { cue.end };
    for mention in scene.reading.within(from..end) {
        match &mention.what {
            What::Amount(measured) => {
                let by = scene.is(mention.tokens.start.wrapping_sub(1), &["by", "of"])
                    || scene.is(mention.tokens.start.wrapping_sub(2), &["by", "of"])
                    || kind == CueKind::Step
                    || mention.tokens.start == cue.end;
                let goal = scene.is(mention.tokens.start.wrapping_sub(1), &["to"]);
                match &mut increment {
                    None if by && !goal => {
                        let mut amount = measured.amount.clone();
                        // "by 25 mg a day every week": a step of the day's dose.
                        amount.unit.per.retain(|per| &**per != "wk");
                        increment = Some(amount);
                    }
                    // "increments of 500 mg or 850 mg"
                    Some(amount) if by || scene.is(mention.tokens.start.wrapping_sub(1), &["or"]) => {
                        amount.range.high = amount.range.high.max(measured.amount.range.high);
                    }
                    _ if goal => {}
                    _ => continue,
                }
                if goal {
                    continue;
                }
            }
            What::Every(days) if interval.is_none() => interval = Some(*days),
            What::Frequency(frequency) if interval.is_none() && frequency.days > Decimal::ONE => {
                interval = Some(Interval::point(frequency.days));
            }
            What::Duration(Some(days))
                if interval.is_none() && is_interval(scene, mention.tokens.start, increment.is_some()) =>
            {
                interval = Some(*days);
            }
            What::Daily if interval.is_none() && increment.is_some() => {
                interval = Some(Interval::point(Decimal::ONE));
            }
            _ => continue,
        }
        last = last.max(mention.tokens.end);
    }
    if increment.is_none() && interval.is_none() {
        return None;
    }
    // "by 300 mg every day": what reads as a day's amount is the interval.
    if let (Some(amount), None) = (&mut increment, interval)
        && amount.unit.is_per("d")
    {
        amount.unit.per.retain(|per| &**per != "d");
        interval = Some(Interval::point(Decimal::ONE));
    }
    let tokens = cue.start.min(from.max(sentence.start))..last;
    let tokens = if kind == CueKind::Step { tokens } else { cue.start..last };
    let (drugs, subject) = scene.subject(&(cue.start..cue.end))?;
    let value = Value::Titration(Titration { increment, interval, down: kind == CueKind::Decrease });
    let context = scene.context(&tokens, &(sentence.start..end));
    Some(scene.claim(tokens, drugs, subject, value, context))
}

/// "at intervals of 2 weeks"; "after 1 week" where a step is named. "Over 2
/// weeks" is no interval.
fn is_interval(scene: &Scene, token: usize, has_increment: bool) -> bool {
    let before = |back: usize| token.checked_sub(back).map(|at| scene.word(at)).unwrap_or_default();
    matches!((before(2).as_str(), before(1).as_str()), ("intervals" | "interval", "of") | ("at", "least"))
        || (before(1) == "after" && has_increment)
}
