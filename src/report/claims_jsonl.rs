//! `claims --format jsonl`: one claim a line, for other programs.

use super::{Passages, Place, object};
use crate::claim::{
    self, Amount, Claim, Dose, Frequency, Interval, Level, Name, Order, Outcome, Phase, Stage, Titration, Value,
};
use crate::span::{LineIndex, Span};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;
use serde_json::Number;
use std::io::{self, Write};

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    kind: &'static str,
    drugs: &'a [Name],
    span: Place,
    quote: &'a str,
    value: Fields<'a>,
    context: Context<'a>,
    citations: &'a [String],
    section: &'a [Name],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Fields<'a> {
    Dose { phase: Phase, low: Option<Number>, high: Option<Number>, unit: String, times_per_day: Option<Number> },
    Titration { low: Option<Number>, high: Option<Number>, unit: Option<String>, interval_days: Option<Ends> },
    NumberNeeded { value: Option<Number>, ci: Option<Ends> },
    Rate { treatment: Option<Number>, control: Option<Number>, outcome: Option<Outcome> },
    Onset { days: Option<Ends>, stage: Stage, effect: Option<&'a str> },
    Contraindication { condition: &'a str, condition_span: Span, level: Level },
    Line { line: Order, indication: Option<String> },
}

/// Both ends of an interval.
#[derive(Serialize)]
struct Ends {
    low: Option<Number>,
    high: Option<Number>,
}

#[derive(Serialize)]
struct Context<'a> {
    population: Option<String>,
    indication: Option<String>,
    route: Option<String>,
    product: Option<&'a str>,
}

/// Writes every claim of every article on a line of its own.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, articles: &[Passages<'_>]) -> io::Result<()> {
    for article in articles {
        let lines = LineIndex::new(article.text);
        for claim in &article.claims.claims {
            let place = Place::new(claim.span, lines.position(article.text, claim.span.start));
            object::line(out, &row(&article.claims.path, claim, place))?;
        }
    }
    Ok(())
}

fn row<'a>(file: &'a str, claim: &'a Claim, span: Place) -> Row<'a> {
    Row {
        file,
        kind: claim.value.kind(),
        drugs: &claim.drugs,
        span,
        quote: &claim.quote,
        value: fields(claim),
        context: Context {
            population: claim::population(&claim.context),
            indication: claim::indication(&claim.context),
            route: (!claim.context.routes.is_empty()).then(|| claim::list_names(&claim.context.routes, "or")),
            product: claim.context.product.as_deref(),
        },
        citations: &claim.citations,
        section: &claim.section,
    }
}

fn fields(claim: &Claim) -> Fields<'_> {
    match &claim.value {
        Value::Dose(dose) => self::dose(dose),
        Value::Titration(titration) => self::titration(titration),
        Value::NumberNeeded(needed) => {
            Fields::NumberNeeded { value: number(needed.value), ci: needed.interval.map(ends) }
        }
        Value::Rate(rate) => Fields::Rate {
            treatment: number(rate.treatment),
            control: rate.control.and_then(number),
            outcome: rate.outcome,
        },
        Value::Onset(onset) => {
            Fields::Onset { days: onset.days.map(ends), stage: onset.stage, effect: onset.effect.as_deref() }
        }
        Value::Contraindication(contraindication) => Fields::Contraindication {
            condition: &contraindication.condition,
            condition_span: contraindication.condition_span,
            level: contraindication.level,
        },
        Value::Line(line) => Fields::Line { line: line.order, indication: claim::indication(&claim.context) },
    }
}

fn dose(dose: &Dose) -> Fields<'static> {
    let Ends { low, high } = ends(dose.amount.range);
    let unit = dose.amount.unit.ucum();
    let times_per_day = dose.frequency.and_then(times_per_day);
    Fields::Dose { phase: dose.phase, low, high, unit, times_per_day }
}

fn titration(titration: &Titration) -> Fields<'static> {
    let increment: Option<&Amount> = titration.increment.as_ref();
    Fields::Titration {
        low: increment.and_then(|amount| amount.range.low).and_then(number),
        high: increment.and_then(|amount| amount.range.high).and_then(number),
        unit: increment.map(|amount| amount.unit.ucum()),
        interval_days: titration.interval.map(ends),
    }
}

/// Times a day; the most where a range is given, 1/7 for weekly.
fn times_per_day(frequency: Frequency) -> Option<Number> {
    let times = frequency.times.high.or(frequency.times.low)?;
    let quotient = times.checked_div(frequency.days)?;
    if quotient * frequency.days == times {
        return number(quotient);
    }
    // A decimal rounds 1/7 at its 28th digit and then again as a float.
    Number::from_f64(times.to_f64()? / frequency.days.to_f64()?)
}

fn ends(interval: Interval) -> Ends {
    Ends { low: interval.low.and_then(number), high: interval.high.and_then(number) }
}

/// A decimal as the JSON number nearest to it, without `.0`.
fn number(value: Decimal) -> Option<Number> {
    match value.to_i64().filter(|whole| Decimal::from(*whole) == value) {
        Some(whole) => Some(Number::from(whole)),
        None => value.to_f64().and_then(Number::from_f64),
    }
}
