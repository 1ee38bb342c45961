//! A number needed outside its own confidence interval, or below one.

use super::super::{Passage, Slip};
use crate::claim::{Claim, NumberNeeded, Value, value_statement};
use crate::finding::Confidence;
use crate::rounding::last_place;
use crate::topic::{Relation, Topic};
use rust_decimal::Decimal;

/// Finds numbers needed that cannot be.
pub(super) fn find(claims: &[Claim]) -> Vec<Slip> {
    let found = claims.iter().filter_map(|claim| {
        let Value::NumberNeeded(number) = &claim.value else { return None };
        let derivation = impossible(claim, number)?;
        Some(Slip {
            topic: Topic::ArithmeticNumberNeededInterval,
            relation: Relation::Alone,
            passages: vec![Passage::of_claim(claim, value_statement(&claim.value))],
            derivation,
            confidence: Confidence::High,
            fix: Vec::new(),
        })
    });
    found.collect()
}

fn impossible(claim: &Claim, number: &NumberNeeded) -> Option<String> {
    let name = if number.harm { "NNH" } else { "NNT" };
    if number.value < Decimal::ONE && number.value > Decimal::ZERO {
        return Some(format!("no {name} is below 1, {} is", number.value));
    }
    let (low, high) = number.interval.and_then(|interval| interval.low.zip(interval.high))?;
    // An interval through infinity is written with a sign or with both names.
    if ["∞", "infin", "−", "-", "NNTH", "NNTB", "harm", "benefit"].iter().any(|sign| crosses(&claim.quote, sign)) {
        return None;
    }
    let slack = last_place(number.value).max(last_place(low)).max(last_place(high));
    let is_inside = number.value >= low - slack && number.value <= high + slack;
    (!is_inside).then(|| format!("{} is not between {low} and {high}", number.value))
}

/// Whether a quote holds a sign of an interval that runs through infinity; a
/// dash between its ends is none.
fn crosses(quote: &str, sign: &str) -> bool {
    quote.match_indices(sign).any(|(at, _)| {
        let before = quote[..at].trim_end().chars().next_back();
        !matches!(sign, "-" | "−") || !before.is_some_and(|before| before.is_ascii_digit())
    }) && (quote.contains("CI") || quote.contains('(') || !matches!(sign, "NNTH" | "NNTB" | "harm" | "benefit"))
}
