//! Why the passages of a disagreement can be set against each other, and how
//! what is compared was worked out.

use super::comparable::uses;
use super::dose::day;
use super::{ArticleClaims, Disagreement};
use crate::claim::{Claim, Dose, Subject, Value, amount_statement, list_names, population};
use crate::quantity::Interval;
use rust_decimal::Decimal;

/// A line for each thing that makes the positions comparable (patients,
/// indication, route and form, how the drug is known), and for each amount that
/// was reckoned. The first claim of a position stands for it.
pub fn proof(disagreement: &Disagreement, articles: &[ArticleClaims]) -> Vec<String> {
    let firsts = disagreement.positions.iter().filter_map(|position| position.claims.first());
    let claims: Vec<&Claim> = firsts.map(|id| &articles[id.article].claims[id.claim]).collect();
    let side_by_side = |what: &str, of: &dyn Fn(&Claim) -> String| {
        let mut said: Vec<String> = claims.iter().map(|claim| of(claim)).collect();
        said.dedup();
        match said.as_slice() {
            [same] => format!("{what}, the same in all: {same}"),
            _ => format!("{what}: {}", said.join(" and ")),
        }
    };
    let mut lines = vec![
        side_by_side("patients", &|claim| population(&claim.context).unwrap_or_else(|| "adults in general".to_owned())),
        side_by_side("indication", &indication),
        side_by_side("route and form", &way),
        side_by_side("drug", &subject),
    ];
    lines.extend(claims.iter().filter_map(|claim| reckoned(claim)));
    lines.extend(disagreement.derivation.clone());
    lines.dedup();
    lines
}

fn indication(claim: &Claim) -> String {
    match uses(&claim.context) {
        [] => "none said, so any".to_owned(),
        uses if claim.context.indications.is_empty() => {
            format!("{} as the article's main use", list_names(uses, "or"))
        }
        uses => list_names(uses, "or"),
    }
}

fn way(claim: &Claim) -> String {
    let route = match claim.context.routes.as_slice() {
        [] => "no route said".to_owned(),
        routes => list_names(routes, "or"),
    };
    claim.context.product.iter().fold(route, |route, product| format!("{route}, {product}"))
}

fn subject(claim: &Claim) -> String {
    let known = match claim.subject {
        Subject::Stated => "named in the sentence",
        Subject::Heading => "named above the passage",
        Subject::Carried => "carried on from an earlier sentence",
        Subject::Title => "the subject of the article",
    };
    format!("{} ({known})", list_names(&claim.drugs, "+"))
}

/// "75 mg × 3 a day = 225 mg a day", where an amount of a day was reckoned.
fn reckoned(claim: &Claim) -> Option<String> {
    let Value::Dose(dose) = &claim.value else { return None };
    let frequency = dose.frequency.filter(|_| !dose.amount.unit.is_per("d"))?;
    if frequency.times == Interval::point(Decimal::ONE) && frequency.days == Decimal::ONE {
        return None;
    }
    let (low, high) = frequency.times.low.zip(frequency.times.high)?;
    let times = if low == high { format!("{low}") } else { format!("{low}–{high}") };
    let every = if frequency.days == Decimal::ONE { "a day".to_owned() } else { format!("in {} days", frequency.days) };
    Some(format!("{} × {times} {every} = {}", amount_statement(&dose.amount), amount_statement(&of_a_day(dose)?)))
}

/// The amount of a day, in the unit that is written.
fn of_a_day(dose: &Dose) -> Option<crate::claim::Amount> {
    let range = day(dose)?;
    let written = |end: Decimal| end.checked_div(dose.amount.unit.factor).map(|end| end.round_dp(3).normalize());
    let mut amount = dose.amount.clone();
    amount.range =
        Interval { low: written(range.low), high: written(range.high).filter(|_| range.high < Decimal::MAX) };
    amount.unit.per.push("d".into());
    Some(amount)
}
