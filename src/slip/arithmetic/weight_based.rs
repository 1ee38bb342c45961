//! "5 mg/kg (500 mg for a 70 kg patient)": an amount for a body weight that the
//! dose per kilogram does not make.

use super::super::Slip;
use super::super::page::Page;
use super::reckoning::{ends, in_base, times_a_day};
use crate::claim::amount_statement;
use crate::finding::Confidence;
use crate::mention::{Measured, Mention, What};
use crate::quantity::{Amount, Interval, Unit};
use crate::rounding::is_tenfold;
use crate::topic::{Relation, Topic};
use rust_decimal::Decimal;

/// Weight-based doses are rounded to what can be measured, by up to a tenth
/// (Fahrenbruch et al., "Dose rounding of biologic and cytotoxic anticancer
/// agents", HOPA, Journal of Oncology Practice 2018).
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// Into how many parts a day's dose may be divided.
const MOST_PARTS: i64 = 6;

/// Holds a dose per kilogram against the one weight and the one amount that
/// its sentence gives beside it.
pub(super) fn check(page: &Page, (mention, measured): (&Mention, &Measured)) -> Option<Slip> {
    let unit = &measured.amount.unit;
    if !unit.is_per("kg") || measured.slashed.is_some() {
        return None;
    }
    let sentence = page.around(mention.tokens.start);
    let mut weights = page.reading.within(sentence.clone()).filter_map(|other| match other.what {
        What::Weight(band) => Some(band.0),
        _ => None,
    });
    let weight = weights.next().filter(|weight| weight.low.is_some() && weight.low == weight.high)?.low?;
    let mut others = page
        .amounts_in(sentence.clone())
        .filter(|(other, found)| *other != mention && found.amount.unit.base == unit.base);
    let (other, fixed) = others.next()?;
    if weights.next().is_some() || others.next().is_some() || fixed.bound.is_some() || is_limit(page, mention, other) {
        return None;
    }
    let is_fixed = !fixed.amount.unit.is_per("kg") && fixed.slashed.is_none() && !fixed.in_volume;
    if !is_fixed || fixed.amount.unit.per.iter().any(|per| unit.per.iter().all(|known| known != per)) {
        return None;
    }
    let ((low, high), (from, to)) = (ends(in_base(measured))?, ends(in_base(fixed))?);
    let worked = Interval::new(low.checked_mul(weight)?, high.checked_mul(weight)?);
    let (least, most) = ends(worked)?;
    let fits = |parts: Decimal| {
        let (from, to) = (from * parts, to * parts);
        from >= least * (Decimal::ONE - ROUNDING) && to <= most * (Decimal::ONE + ROUNDING)
    };
    // A day's dose may be given in parts, single doses summed up to a day's.
    let in_parts = unit.is_per("d") && (1..=MOST_PARTS).map(Decimal::from).any(fits);
    let mut often = page.reading.within(sentence).filter_map(|other| times_a_day(&other.what)?.high);
    if fits(Decimal::ONE) || in_parts || often.any(|times| times > Decimal::ZERO && fits(Decimal::ONE / times)) {
        return None;
    }
    let whole = Unit { per: unit.per.iter().filter(|per| &***per != "kg").cloned().collect(), ..unit.clone() };
    let worked = Amount { range: measured.amount.range.scaled(weight), unit: whole };
    let derivation = format!(
        "{} × {} kg = {}, not {}",
        amount_statement(&measured.amount),
        weight.normalize(),
        amount_statement(&worked),
        amount_statement(&fixed.amount)
    );
    let mut passages = vec![
        page.passage(mention.tokens.clone(), amount_statement(&worked)),
        page.passage(other.tokens.clone(), amount_statement(&fixed.amount)),
    ];
    passages.sort_by_key(|passage| passage.span);
    let relation = if is_tenfold(least, from) && is_tenfold(most, to) { Relation::Tenfold } else { Relation::Alone };
    Some(Slip {
        topic: Topic::ArithmeticWeightBased,
        relation,
        passages,
        derivation,
        confidence: Confidence::Medium,
        fix: Vec::new(),
    })
}

/// "up to 1 g", "maximum 80 mg": a limit is not worked out from a weight.
fn is_limit(page: &Page, mention: &Mention, fixed: &Mention) -> bool {
    let between = mention.tokens.end.min(fixed.tokens.start)..fixed.tokens.start.max(mention.tokens.end);
    page.has(between, &["max", "maximum", "up", "exceed", "exceeding", "cap", "capped", "limit", "minimum", "or"])
}
