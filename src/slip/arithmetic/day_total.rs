//! "75 mg twice daily (200 mg/day)": a day's total that the single doses do not
//! make.

use super::super::Slip;
use super::super::page::Page;
use super::reckoning::{ends, is_inside, is_one_dose, is_same, measure, times_a_day, times_in_words};
use crate::claim::amount_statement;
use crate::finding::Confidence;
use crate::mention::{Measured, Mention, What};
use crate::quantity::{Amount, Interval, Unit};
use crate::rounding::is_tenfold;
use crate::topic::{Relation, Topic};
use rust_decimal::Decimal;
use std::ops::Range;

/// Words after which a single dose and a total are no longer one statement.
const PARTING: [&str; 20] = [
    ".",
    ";",
    "or",
    "and",
    "plus",
    "+",
    "x",
    "×",
    "then",
    "to",
    "followed",
    "increase",
    "increased",
    "maximum",
    "max",
    "if",
    "but",
    "until",
    "with",
    "(",
];
/// Words that lead to a total.
const LEADING: [&str; 29] = [
    "(",
    "[",
    ",",
    "=",
    ":",
    "i",
    ".",
    "e",
    "ie",
    "that",
    "is",
    "a",
    "an",
    "the",
    "for",
    "in",
    "all",
    "of",
    "to",
    "total",
    "totalling",
    "totaling",
    "daily",
    "dose",
    "giving",
    "equals",
    "equivalent",
    "about",
    "approximately",
];
/// Those of them without which a second amount is another dose.
const TOTALLING: [&str; 11] =
    ["(", "[", "=", "total", "totalling", "totaling", "giving", "equals", "equivalent", "ie", "i"];

/// A single dose with how often, or a day's total, in the text.
struct Single {
    tokens: Range<usize>,
    amount: Amount,
    times: Interval,
}

/// Holds an amount against the total or the single doses right behind it.
pub(super) fn check(page: &Page, (mention, measured): (&Mention, &Measured)) -> Option<Slip> {
    if measured.slashed.is_some() || measured.in_volume {
        return None;
    }
    if is_per_day(page, mention, measured, &(mention.tokens.end..mention.tokens.end)) {
        total_then_single(page, mention, measured)
    } else {
        single_then_total(page, mention, measured)
    }
}

/// "75 mg twice daily (200 mg/day)", "…, for a total of 200 mg a day".
fn single_then_total(page: &Page, mention: &Mention, measured: &Measured) -> Option<Slip> {
    if !is_one_dose(&measured.amount.unit) || is_one_of_several(page, mention) {
        return None;
    }
    let single = often(page, mention, measured, 6)?;
    let (total, found) = page.next_amount(single.tokens.end)?;
    let opens = (single.tokens.end..total.tokens.start).rev().take_while(|token| page.is(*token, &LEADING)).last()?;
    let lead = opens..total.tokens.start;
    let between = single.tokens.end..opens;
    let is_lead = page.has(lead.clone(), &TOTALLING) && between.len() <= 6 && !page.has(between.clone(), &PARTING);
    let is_other_frequency = page.reading.within(between).any(|other| times_a_day(&other.what).is_some());
    if !is_lead || is_other_frequency || !is_per_day(page, total, found, &lead) {
        return None;
    }
    slip(page, &single, total.tokens.clone(), &found.amount, true)
}

/// "600 mg/day (150 mg three times daily)", "600 mg daily in 3 divided doses
/// (150 mg each)".
fn total_then_single(page: &Page, mention: &Mention, measured: &Measured) -> Option<Slip> {
    const LEAD: [&str; 16] =
        ["(", "[", "i", ".", "e", "ie", "eg", "g", ",", "given", "as", "administered", "taken", "=", "that", "is"];
    let (first, found) = page.next_amount(mention.tokens.end)?;
    let opens = (mention.tokens.end..first.tokens.start).rev().take_while(|token| page.is(*token, &LEAD)).last()?;
    let between = mention.tokens.end..opens;
    if !page.has(opens..first.tokens.start, &["(", "[", "="]) || between.len() > 8 || !is_one_dose(&found.amount.unit) {
        return None;
    }
    if page
        .has(between.clone(), &[".", ";", "or", "and", "plus", "+", "then", "increase", "increased", "maximum", "max"])
    {
        return None;
    }
    let divided = page.reading.within(between).find_map(|other| match other.what {
        What::Divided(times) => times,
        _ => None,
    });
    let single = often(page, first, found, 4).or_else(|| {
        let each = first.tokens.end + usize::from(page.is(first.tokens.end, &["each"]));
        let times = divided.filter(|_| page.is(each, &[")", "]"]))?;
        Some(Single { tokens: first.tokens.start..each, amount: found.amount.clone(), times })
    })?;
    // "(200 mg in the morning and 400 mg at night)"
    let closes = page.is(single.tokens.end, &[")", "]", ",", ";"]) || page.token(single.tokens.end).is_none();
    if !closes
        || page.is(single.tokens.end, &[","])
            && page.amounts_in(single.tokens.end..single.tokens.end + 6).next().is_some()
    {
        return None;
    }
    slip(page, &single, mention.tokens.clone(), &measured.amount, false)
}

/// An amount with the frequency behind it, at most so many tokens away.
fn often(page: &Page, mention: &Mention, measured: &Measured, most: usize) -> Option<Single> {
    let end = mention.tokens.end;
    let frequency = page.reading.within(end..end + most).find(|other| times_a_day(&other.what).is_some())?;
    let between = end..frequency.tokens.start;
    let is_broken = page.has(between.clone(), &PARTING)
        || page.reading.within(between).any(|other| matches!(other.what, What::Amount(_)));
    let times = times_a_day(&frequency.what)?;
    (!is_broken).then(|| Single {
        tokens: mention.tokens.start..frequency.tokens.end,
        amount: measured.amount.clone(),
        times,
    })
}

/// Whether an amount is what is taken in a day.
fn is_per_day(page: &Page, mention: &Mention, measured: &Measured, lead: &Range<usize>) -> bool {
    let end = mention.tokens.end;
    measured.amount.unit.is_per("d")
        || page.reading.within(end..end + 1).any(|other| other.what == What::Daily)
        || page.has(lead.clone(), &["daily"])
}

/// Whether an amount is multiplied, or one of several that are given in a day:
/// "two 250 mg tablets", "50 mg in the morning and 100 mg at night".
fn is_one_of_several(page: &Page, mention: &Mention) -> bool {
    const JOINING: [&str; 8] = ["and", "plus", "+", "then", "followed", ",", "x", "×"];
    let start = mention.tokens.start;
    let opened = usize::from(page.is(start.wrapping_sub(1), &["(", "of"]));
    let before = start.saturating_sub(1 + opened);
    let is_counted = page
        .is(before, &["x", "×", "tablets", "capsules", "puffs", "two", "three", "four", "one", "half"])
        || (start > 0 && page.digits(before).is_some());
    let is_joined = page.last_amount(start).is_some_and(|(other, found)| {
        let between = other.tokens.end..start;
        // "400 mg twice daily (800 mg/day), and some adults need 400 mg …"
        let is_settled = found.amount.unit.is_per("d") || page.has(between.clone(), &[")", "]"]);
        // "50 mg of one drug, then 75 mg of another …"
        let is_other = page.reading.within(between.clone()).any(|mention| matches!(mention.what, What::Drugs(_)));
        !is_settled && !is_other && page.has(between, &JOINING)
    });
    is_counted || is_joined
}

fn slip(page: &Page, single: &Single, total: Range<usize>, stated: &Amount, single_first: bool) -> Option<Slip> {
    if measure(&single.amount.unit) != measure(&stated.unit) {
        return None;
    }
    let one = single.amount.range.scaled(single.amount.unit.factor);
    let ((low, high), (least, most)) = (ends(one)?, ends(single.times)?);
    let product = Interval::new(low.checked_mul(least)?, high.checked_mul(most)?);
    let whole = stated.range.scaled(stated.unit.factor);
    let (from, to) = ends(whole)?;
    let corners = [low * least, low * most, high * least, high * most];
    let is_corner = |value: Decimal| corners.iter().any(|corner| is_same(*corner, value));
    let both_ranges = from != to && low * least != high * most;
    let agrees =
        if both_ranges && single_first { is_corner(from) && is_corner(to) } else { is_inside(product, whole)? };
    if agrees {
        return None;
    }
    let relation =
        if is_tenfold(low * least, from) && is_tenfold(high * most, to) { Relation::Tenfold } else { Relation::Alone };
    let worked =
        Amount { range: product.scaled(Decimal::ONE / single.amount.unit.factor), unit: a_day(&single.amount.unit) };
    let stated = Amount { range: stated.range, unit: a_day(&stated.unit) };
    let derivation = format!(
        "{} × {} = {}, not {}",
        amount_statement(&single.amount),
        times_in_words(single.times),
        amount_statement(&worked),
        amount_statement(&stated)
    );
    let mut passages = vec![
        page.passage(single.tokens.clone(), amount_statement(&worked)),
        page.passage(total, amount_statement(&stated)),
    ];
    passages.sort_by_key(|passage| passage.span);
    Some(Slip {
        topic: Topic::ArithmeticDayTotal,
        relation,
        passages,
        derivation,
        confidence: Confidence::High,
        fix: Vec::new(),
    })
}

/// The same unit, a day.
fn a_day(unit: &Unit) -> Unit {
    let mut unit = unit.clone();
    if !unit.is_per("d") {
        unit.per.push("d".into());
    }
    unit
}
