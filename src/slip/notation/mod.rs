//! Amounts and abbreviations that are written so that they are misread, from
//! the lists of the Institute for Safe Medication Practices and of the Joint
//! Commission. What is meant does not change when they are written out, so most
//! of these slips carry the edit that does it.

mod abbreviation;
mod amount;
mod zero;

use super::Slip;
use super::page::Page;
use crate::claim::{Phase, Value};
use crate::finding::{Confidence, Edit};
use crate::mention::{Measured, Mention};
use crate::topic::{Relation, Topic};
use std::ops::Range;

/// The slips of a block.
pub(super) fn of_page(page: &Page, slips: &mut Vec<Slip>) {
    // An abbreviation, too, is misread only beside an amount.
    if page.amounts().next().is_none() {
        return;
    }
    for (mention, _) in page.amounts().filter(|amount| is_dose(page, *amount)) {
        let is_claimed = page.claims_at(mention.tokens.clone()).any(|claim| is_given(&claim.value));
        for token in mention.tokens.clone() {
            slips.extend(zero::trailing(page, token).filter(|_| is_claimed));
            slips.extend(zero::naked(page, token));
            slips.extend(amount::missing_space(page, token));
            slips.extend(amount::missing_separator(page, token));
            slips.extend(amount::mixed_units(page, token, &mention.tokens));
            slips.extend(
                abbreviation::of_unit(page, token).filter(|slip| is_claimed || slip.topic != Topic::NotationUnitSymbol),
            );
        }
    }
    abbreviation::find(page, slips);
}

/// Whether an amount can be a dose: no laboratory value ("120 U/L"), no flow
/// ("60 mL/min"), no spread of a measurement ("± 16.0 g").
fn is_dose(page: &Page, (mention, measured): (&Mention, &Measured)) -> bool {
    let unit = &measured.amount.unit;
    let is_measured =
        unit.is_per("L") || page.is(mention.tokens.end, &["∙", "·"]) || (&*unit.base == "mL" && unit.is_per("min"));
    !is_measured && !page.is(mention.tokens.start.wrapping_sub(1), &["±"])
}

/// Whether a claim is a dose that somebody may give. What a study measured needs
/// its zeros to say how exact it is; a dose does not.
fn is_given(value: &Value) -> bool {
    match value {
        Value::Dose(dose) => dose.phase != Phase::Reported,
        other => matches!(other, Value::Titration(_)),
    }
}

/// A slip of one place: what is written, and what to write instead.
fn slip(page: &Page, topic: Topic, tokens: Range<usize>, advice: String, derivation: String, fix: Vec<Edit>) -> Slip {
    Slip {
        topic,
        relation: Relation::Alone,
        passages: vec![page.passage(tokens, advice)],
        derivation,
        confidence: Confidence::High,
        fix,
    }
}
