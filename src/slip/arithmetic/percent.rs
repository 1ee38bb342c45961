//! "7/40 (19 %)": a percentage beside the numbers it comes from.

use super::super::Slip;
use super::super::page::Page;
use crate::finding::Confidence;
use crate::mention::{Mention, What};
use crate::rounding::published;
use crate::text::token::TokenKind;
use crate::topic::{Relation, Topic};
use rust_decimal::Decimal;
use std::ops::Range;

/// So many of so many, with the tokens that write it.
struct Share {
    part: Decimal,
    whole: Decimal,
    tokens: Range<usize>,
}

/// Words before a slash between numbers that is no division.
const NAMED: [&str; 22] = [
    "grade", "grades", "phase", "phases", "type", "types", "stage", "stages", "class", "classes", "day", "days",
    "week", "weeks", "score", "level", "levels", "ratio", "section", "table", "figure", "version",
];
/// How many words may stand between the number of patients and the percentage.
const WORDS: usize = 3;

/// Holds a percentage against the share before or behind it.
pub(super) fn check(page: &Page, mention: &Mention) -> Option<Slip> {
    let What::Percent(range) = mention.what else { return None };
    let percent = range.low.filter(|low| Some(*low) == range.high)?;
    let share = before(page, mention).or_else(|| behind(page, mention))?;
    if share.part > share.whole || share.whole < Decimal::TWO {
        return None;
    }
    let exact = (share.part * Decimal::ONE_HUNDRED).checked_div(share.whole)?;
    let allowed = published(percent);
    if allowed.low.is_none_or(|low| low <= exact) && allowed.high.is_none_or(|high| exact <= high) {
        return None;
    }
    let worked = exact.round_dp(percent.scale().max(1)).normalize();
    let derivation = format!("{} of {} is {worked} %, not {percent} %", share.part, share.whole);
    let mut passages = vec![
        page.passage(share.tokens, format!("{worked} %")),
        page.passage(mention.tokens.clone(), format!("{percent} %")),
    ];
    passages.sort_by_key(|passage| passage.span);
    Some(Slip {
        topic: Topic::ArithmeticPercent,
        relation: Relation::Alone,
        passages,
        derivation,
        confidence: Confidence::High,
        fix: Vec::new(),
    })
}

/// "7/40 (19 %)", "7 of 40 patients (19 %)", "7/40, 19 %".
fn before(page: &Page, mention: &Mention) -> Option<Share> {
    let joint = mention.tokens.start.checked_sub(1)?;
    let closes = page.is(mention.tokens.end, &[")", "]", ";", ","]);
    if !closes || !page.is(joint, &["(", "[", ",", ";"]) {
        return None;
    }
    let is_listed = page.is(joint, &[",", ";"]);
    // In a list, the share stands right before its percentage.
    let most = if is_listed { 0 } else { WORDS };
    let whole = (joint.saturating_sub(most + 1)..joint).rev().find(|token| page.digits(*token).is_some())?;
    let is_noun = |token: usize| page.token(token).is_some_and(|token| token.kind == TokenKind::Word);
    if !(whole + 1..joint).all(is_noun) {
        return None;
    }
    let first = (whole.saturating_sub(4)..whole).rev().find(|token| page.digits(*token).is_some())?;
    share(page, first).filter(|share| share.tokens.end == whole + 1)
}

/// "19 % (7/40)", "19 % [7 of 40 patients]", "(19 %; 7/40)".
fn behind(page: &Page, mention: &Mention) -> Option<Share> {
    let joint = mention.tokens.end;
    if !page.is(joint, &["(", "[", ",", ";"]) {
        return None;
    }
    let named = if page.is(joint + 1, &["n"]) && page.is(joint + 2, &["="]) { 2 } else { 0 };
    let share = share(page, joint + 1 + named)?;
    let closes =
        (share.tokens.end..share.tokens.end + WORDS + 1).find(|token| page.is(*token, &[")", "]", ";", ","]))?;
    let is_word = |token: usize| page.token(token).is_some_and(|token| token.kind == TokenKind::Word);
    let in_list = page.is(joint, &[",", ";"]);
    ((share.tokens.end..closes).all(is_word) && (!in_list || closes == share.tokens.end)).then_some(share)
}

/// "7/40", "7 of 40", "7 out of 40", "7 of the 40".
fn share(page: &Page, at: usize) -> Option<Share> {
    let part = page.digits(at)?;
    let mut whole = part.end;
    if page.is(whole, &["/"]) {
        whole += 1;
    } else {
        whole += usize::from(page.is(whole, &["out"]));
        if !page.is(whole, &["of"]) {
            return None;
        }
        whole += 1 + usize::from(page.is(whole + 1, &["the", "all", "these"]));
    }
    let number = page.digits(whole)?;
    let last = at.wrapping_sub(1);
    // "grade 1 or 2 out of 158"
    let is_second = page.is(last, &["or", "to"]) && at.checked_sub(2).is_some_and(|at| page.digits(at).is_some());
    let is_tied = page.token(at).is_some_and(|token| !token.spaced) && page.is(last, &["/", "-", "–", "."]);
    let named = page.is(last, &NAMED) || is_tied || is_second || is_strength(page, at);
    let measured = page.reading.within(at.saturating_sub(4)..number.end).any(|mention| {
        mention.tokens.end > at
            && matches!(
                mention.what,
                What::Amount(_) | What::Duration(_) | What::Age(_) | What::Weight(_) | What::Percent(_)
            )
    });
    let is_count =
        part.value.scale() == 0 && number.value.scale() == 0 && !page.is(number.end, &["/", "%", "mmhg", "-"]);
    (!named && !measured && is_count).then_some(Share { part: part.value, whole: number.value, tokens: at..number.end })
}

/// "7.5/46 (22 %) and 15/92 (28 %)": a part that is no whole number makes all of
/// them strengths of a combination.
fn is_strength(page: &Page, at: usize) -> bool {
    page.around(at).any(|token| {
        page.digits(token).is_some_and(|number| number.value.fract() != Decimal::ZERO && page.is(number.end, &["/"]))
    })
}
