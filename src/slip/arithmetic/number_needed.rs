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
    if crosses_infinity(&claim.quote) {
        return None;
    }
    let slack = last_place(number.value).max(last_place(low)).max(last_place(high));
    let is_inside = number.value >= low - slack && number.value <= high + slack;
    (!is_inside).then(|| format!("{} is not between {low} and {high}", number.value))
}

/// Whether an interval runs through infinity: it holds a minus sign, infinity, or
/// the names of both directions.
fn crosses_infinity(quote: &str) -> bool {
    const NAMES: [&str; 6] = ["∞", "infin", "NNTH", "NNTB", "harm", "benefit"];
    let (_, interval) = quote.split_once(['(', '[', ';', ',']).unwrap_or(("", quote));
    // A dash between the ends is no minus sign.
    let is_minus =
        |(at, _): (usize, &str)| !interval[..at].trim_end().ends_with(|before: char| before.is_ascii_digit());
    NAMES.iter().any(|name| interval.contains(name)) || interval.match_indices(['-', '−']).any(is_minus)
}
