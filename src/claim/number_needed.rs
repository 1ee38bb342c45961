//! Numbers needed to treat and to harm.

use super::effect::{endpoint, plain_number, subject};
use super::scene::Scene;
use super::{Claim, Interval, NumberNeeded, Value};
use crate::text::token::TokenKind;
use crate::vocabulary::CueKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// Finds the numbers needed of a block.
pub(crate) fn extract(scene: &Scene, claims: &mut Vec<Claim>) {
    for sentence in &scene.reading.sentences {
        let mut from = sentence.start;
        while let Some((kind, cue)) = scene.cue_in(from..sentence.end, &[CueKind::Nnt, CueKind::Nnh]) {
            let next = scene
                .cue_in(cue.end..sentence.end, &[CueKind::Nnt, CueKind::Nnh])
                .map_or(sentence.end, |(_, next)| next.start);
            let mut at = first_value(scene, cue.end, next);
            // "for ibuprofen the value was 7.2, 3.2 and 4.0, respectively"
            while let Some(found) = at {
                claims.extend(claim(scene, kind, &cue, &found, sentence));
                at = next_value(scene, &found, next);
            }
            from = next.max(cue.end);
        }
    }
}

/// A published value with its confidence interval.
struct Published {
    value: Decimal,
    interval: Option<Interval>,
    tokens: Range<usize>,
}

/// The first number that the sentence says the NNT is: after "of", "was",
/// "=", or right behind the words themselves.
fn first_value(scene: &Scene, from: usize, end: usize) -> Option<Published> {
    (from..end).find_map(|token| {
        let joined = token == from
            || scene.is(
                token - 1,
                &["of", "was", "is", "were", "are", "=", ":", "about", "approximately", "around", "~", "≈"],
            )
            || (token == from + 1 && scene.is(from, &[")", "(", "="]));
        if !joined || inside_bracket(scene, from, token) {
            return None;
        }
        published(scene, token)
    })
}

/// A bracket that opened after the words and is still open: "(all 3 doses)".
fn inside_bracket(scene: &Scene, from: usize, token: usize) -> bool {
    let mut depth = 0_i32;
    for at in from..token.saturating_sub(1) {
        match scene.word(at) {
            "(" => depth += 1,
            ")" => depth = (depth - 1).max(0),
            _ => {}
        }
    }
    depth > 0
}

fn published(scene: &Scene, token: usize) -> Option<Published> {
    // "to prevent one event" is no value.
    if scene.reading.tokens[token].kind == TokenKind::Word {
        return None;
    }
    let (value, end) = plain_number(scene, token)?;
    if scene.is(end, &["%", "trials", "studies", "participants", "patients", "years", "weeks", "months"])
        || value.is_zero()
    {
        return None;
    }
    let (interval, end) = confidence_interval(scene, end).map_or((None, end), |(interval, end)| (Some(interval), end));
    Some(Published { value, interval, tokens: token..end })
}

/// "(95% CI 3.0 to 4.4)", "(2.0 to 2.8)", "; 95% CI 9 to 20".
fn confidence_interval(scene: &Scene, from: usize) -> Option<(Interval, usize)> {
    if !scene.is(from, &["(", "[", ";", ","]) {
        return None;
    }
    let opens = scene.is(from, &["(", "["]);
    let limit = from + 12;
    let says_so = (from..limit).any(|token| scene.is(token, &["ci", "confidence", "interval", "cl"]));
    let mut found = (from + 1..limit).find_map(|token| {
        let (low, after) = plain_number(scene, token)?;
        let sign = scene.is(after, &["to", "-", "–", "—", ","]);
        let (high, end) = plain_number(scene, after + 1)?;
        (sign && (opens || says_so)).then(|| (Interval::new(low, high), end))
    })?;
    if opens && scene.is(found.1, &[")", "]"]) {
        found.1 += 1;
    }
    Some(found)
}

/// A further value of a list: "49 and 26", "14 (sexual dysfunction), 47 (…)".
fn next_value(scene: &Scene, last: &Published, end: usize) -> Option<Published> {
    let mut at = last.tokens.end;
    if scene.is(at, &["("]) {
        at = (at..end).find(|token| scene.is(*token, &[")"]))? + 1;
    }
    let mut joined = false;
    while scene.is(at, &[",", "and", "or"]) {
        joined = true;
        at += 1;
    }
    if !joined || at >= end || scene.reading.tokens.get(at)?.kind != TokenKind::Number {
        return None;
    }
    let found = published(scene, at)?;
    let follows = scene.word(found.tokens.end);
    let is_word = scene.reading.tokens.get(found.tokens.end).is_some_and(|token| token.kind == TokenKind::Word);
    (!is_word || matches!(follows, "and" | "for" | "or" | "respectively" | "in" | "with" | "at")).then_some(found)
}

fn claim(
    scene: &Scene,
    kind: CueKind,
    cue: &Range<usize>,
    found: &Published,
    sentence: &Range<usize>,
) -> Option<Claim> {
    let (drugs, how) = subject(scene, cue, sentence, true)?;
    let (_, endpoint) = endpoint(scene, &found.tokens, sentence);
    let mut context = scene.context(&found.tokens, sentence);
    // What is counted is not what the drug is given for: "an NNH of 12 for dizziness".
    if let Some(endpoint) = &endpoint {
        context.indications.retain(|indication| *indication != endpoint.what);
    }
    let value = Value::NumberNeeded(NumberNeeded {
        harm: kind == CueKind::Nnh,
        value: found.value,
        interval: found.interval,
        endpoint,
        comparator: None,
    });
    // The first value is quoted with the words before it.
    let near = found.tokens.start.saturating_sub(cue.end) <= 3;
    let tokens = if near { cue.start..found.tokens.end } else { found.tokens.clone() };
    Some(scene.claim(tokens, drugs, how, value, context))
}
