//! "0.5 mg (50 mcg)": one amount in two units that is not the same in both.

use super::super::Slip;
use super::super::page::Page;
use super::reckoning::{ends, in_base, is_same};
use crate::claim::amount_statement;
use crate::finding::Confidence;
use crate::mention::{Measured, Mention};
use crate::quantity::{Amount, Unit};
use crate::rounding::is_tenfold;
use crate::topic::{Relation, Topic};
use rust_decimal::Decimal;

/// Units that are exact parts of each other; spoons and ounces are not.
const METRIC: [&str; 12] = ["kg", "g", "mg", "ug", "ng", "L", "dL", "mL", "[iU]", "k[iU]", "M[iU]", "mmol"];

/// Holds an amount against the one in brackets behind it.
pub(super) fn check(page: &Page, (mention, measured): (&Mention, &Measured)) -> Option<Slip> {
    const LEAD: [&str; 15] =
        ["(", "[", "=", "or", "equivalent", "equal", "to", "about", "approximately", "i", "e", ".", "ie", "≈", "~"];
    let (second, other) = page.next_amount(mention.tokens.end)?;
    let lead = mention.tokens.end..second.tokens.start;
    let closes = page.is(second.tokens.end, &[")", "]", ",", ";"]);
    let opens = page.is(lead.start, &["(", "[", "="]);
    if !opens || !page.are(lead, &LEAD) || !closes || measured.slashed.is_some() || other.bound.is_some() {
        return None;
    }
    let (one, two) = (&measured.amount.unit, &other.amount.unit);
    if one.base != two.base || one.per != two.per || !is_metric(one) || !is_metric(two) {
        return None;
    }
    let ((low, high), (from, to)) = (ends(in_base(measured))?, ends(in_base(other))?);
    if (low == high) != (from == to) || (is_same(low, from) && is_same(high, to)) {
        return None;
    }
    // "0.5 mcg (500 micrograms)": twice the same unit is no conversion, unless a
    // thousand between them says that one of the units was meant to be another.
    let is_thousandfold = low.max(from) == low.min(from) * Decimal::ONE_THOUSAND;
    if one.code == two.code && !is_thousandfold {
        return None;
    }
    let relation = if is_tenfold(low, from) && is_tenfold(high, to) { Relation::Tenfold } else { Relation::Alone };
    let converted = Amount { range: in_base(measured).scaled(Decimal::ONE / two.factor), unit: two.clone() };
    let derivation = format!(
        "{} is {}, not {}",
        amount_statement(&measured.amount),
        amount_statement(&converted),
        amount_statement(&other.amount)
    );
    Some(Slip {
        topic: Topic::ArithmeticConversion,
        relation,
        passages: vec![
            page.passage(mention.tokens.clone(), amount_statement(&converted)),
            page.passage(second.tokens.clone(), amount_statement(&other.amount)),
        ],
        derivation,
        confidence: Confidence::High,
        fix: Vec::new(),
    })
}

fn is_metric(unit: &Unit) -> bool {
    METRIC.contains(&&*unit.code)
}
