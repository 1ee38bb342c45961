//! What a claim states, in normalised words: "25–50 mg a day, children, start".
//!
//! Two claims that state the same in different notation read the same here,
//! so that an editor sees what was understood and not what was written.

use super::wording;
use super::{
    Claim, Context, Contraindication, Dose, Endpoint, Interval, Level, Line, NumberNeeded, Onset, Order, Outcome,
    Phase, Population, Rate, Stage, Titration, Value,
};
use rust_decimal::Decimal;

/// The whole statement of a claim, without its subject: value, for whom, for
/// what, by which route, in which form, and the role of a dose.
pub fn statement(claim: &Claim) -> String {
    match &claim.value {
        Value::Dose(dose) => format!("{}, {}", roleless(claim), phase(dose.phase)),
        _ => roleless(claim),
    }
}

/// The statement of a claim without the role of a dose, for where the role
/// stands above it.
pub fn roleless(claim: &Claim) -> String {
    let mut parts = vec![value(&claim.value)];
    // The order of treatment is said of an indication; without it the value
    // alone would be half a sentence.
    let indication = indication(&claim.context);
    match (&claim.value, indication) {
        (Value::Line(_), Some(indication)) => parts[0] = format!("{} for {indication}", parts[0]),
        (_, indication) => parts.extend(indication.map(|indication| format!("for {indication}"))),
    }
    parts.splice(1..1, wording::population(&patients(claim)));
    if !claim.context.routes.is_empty() {
        parts.push(wording::list(&claim.context.routes, "or"));
    }
    parts.extend(claim.context.product.as_deref().map(str::to_owned));
    parts.join(", ")
}

/// The patients, without those that the value itself names ("avoid: pregnancy").
fn patients(claim: &Claim) -> Population {
    let mut patients = claim.context.population.clone();
    if let Value::Contraindication(contraindication) = &claim.value {
        let named = patients.groups.iter().position(|group| *group == contraindication.condition);
        if let Some(named) = named {
            patients.groups.remove(named);
            patients.age = None;
        }
    }
    patients
}

/// The value alone: "25–50 mg a day", "contraindicated: glaucoma".
fn value(value: &Value) -> String {
    match value {
        Value::Dose(dose) => self::dose(dose),
        Value::Titration(titration) => self::titration(titration),
        Value::NumberNeeded(number) => number_needed(number),
        Value::Rate(rate) => self::rate(rate),
        Value::Onset(onset) => self::onset(onset),
        Value::Contraindication(contraindication) => self::contraindication(contraindication),
        Value::Line(line) => self::line(line).to_owned(),
    }
}

/// What a value states beside what its kind says already: "contraindicated"
/// without the condition, "1–2 weeks" without the stage. Two of them side by
/// side are the positions of a disagreement.
pub fn summary(value: &Value) -> String {
    match value {
        Value::Onset(Onset { days: Some(days), .. }) => wording::duration(*days),
        Value::Contraindication(contraindication) => level(contraindication.level).to_owned(),
        other => self::value(other),
    }
}

/// For whom, in words; nothing for a general adult.
pub fn population(context: &Context) -> Option<String> {
    wording::population(&context.population)
}

/// For which conditions, in words; nothing where it is not said.
pub fn indication(context: &Context) -> Option<String> {
    (!context.indications.is_empty()).then(|| wording::list(&context.indications, "or"))
}

/// The role of a dose in a word or two.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Start => "start",
        Phase::Step => "step",
        Phase::Target => "usual dose",
        Phase::Max => "maximum",
        Phase::Single => "single dose",
        Phase::Strength => "strength",
        Phase::Reported => "reported",
    }
}

/// A dose with what it comes to in a day, where that takes reckoning:
/// "50 mg 3 times a day (150 mg a day)".
fn dose(dose: &Dose) -> String {
    let each = wording::amount(&dose.amount);
    // A frequency beside an amount that is a day's already says how the day's
    // amount is divided.
    let (Some(frequency), false) = (dose.frequency, dose.amount.unit.is_per("d")) else { return each };
    let often = wording::frequency(frequency);
    match daily(dose) {
        Some(daily) => format!("{each} {often} ({daily})"),
        None => format!("{each} {often}"),
    }
}

/// What a dose comes to in a day, where that takes reckoning: "150 mg a day".
pub fn daily(dose: &Dose) -> Option<String> {
    let frequency = dose.frequency.filter(|_| !dose.amount.unit.is_per("d"))?;
    let once = Interval::point(Decimal::ONE);
    if frequency.days != Decimal::ONE || frequency.times == once {
        return None;
    }
    let product = |amount: Option<Decimal>, times: Option<Decimal>| {
        amount.zip(times).and_then(|(amount, times)| amount.checked_mul(times))
    };
    let amounts = dose.amount.range;
    let range =
        Interval { low: product(amounts.low, frequency.times.low), high: product(amounts.high, frequency.times.high) };
    if range.low.is_none() && range.high.is_none() {
        return None;
    }
    let mut total = dose.amount.clone();
    total.range = range;
    total.unit.per.push("d".into());
    Some(wording::amount(&total))
}

fn titration(titration: &Titration) -> String {
    let mut text = if titration.down { "lower" } else { "raise" }.to_owned();
    if let Some(increment) = &titration.increment {
        text.push_str(" by ");
        text.push_str(&wording::amount(increment));
    }
    if let Some(interval) = titration.interval {
        text.push(' ');
        text.push_str(&wording::every(interval));
    }
    text
}

fn number_needed(number: &NumberNeeded) -> String {
    let name = if number.harm { "NNH" } else { "NNT" };
    let mut text = format!("{name} {}", wording::published(number.value));
    if let Some(interval) = number.interval {
        text.push_str(&format!(" (confidence interval {})", wording::range(interval)));
    }
    text.extend(number.endpoint.as_ref().map(|counted| format!(" for {}", endpoint(counted))));
    if let Some(comparator) = &number.comparator {
        text.push_str(&format!(" against {comparator}"));
    }
    text
}

fn rate(rate: &Rate) -> String {
    let mut text = format!("{} %", wording::published(rate.treatment));
    let comparator = rate.comparator.as_deref().unwrap_or("placebo");
    match rate.control {
        Some(control) => text.push_str(&format!(" against {} % with {comparator}", wording::published(control))),
        None => text.extend(rate.comparator.as_ref().map(|comparator| format!(", compared with {comparator}"))),
    }
    text.extend(rate.endpoint.as_ref().map(|counted| format!(", {}", endpoint(counted))));
    text.extend(rate.outcome.map(|outcome| match outcome {
        Outcome::Benefit => " (benefit)",
        Outcome::Harm => " (harm)",
    }));
    text
}

fn endpoint(endpoint: &Endpoint) -> String {
    let mut text = endpoint.what.to_string();
    text.extend(endpoint.threshold.map(|percent| format!(" of at least {} %", wording::number(percent))));
    text.extend(endpoint.days.map(|days| format!(" at {}", wording::duration(Interval::point(days)))));
    text
}

fn onset(onset: &Onset) -> String {
    let mut text = match onset.stage {
        Stage::Initial => "first relief",
        Stage::Full => "full effect",
        Stage::Unspecified => "effect",
    }
    .to_owned();
    text.extend(onset.effect.as_ref().map(|effect| format!(" ({effect})")));
    match onset.days {
        Some(days) => text.push_str(&format!(" in {}", wording::duration(days))),
        None => text.push_str(" after an unstated time"),
    }
    text
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Contraindicated => "contraindicated",
        Level::Avoid => "avoid",
        Level::Caution => "caution",
        Level::Allowed => "allowed",
    }
}

fn contraindication(contraindication: &Contraindication) -> String {
    let mut text = format!("{}: {}", level(contraindication.level), contraindication.condition);
    // "severe hepatic impairment" has said "severe".
    let unsaid =
        contraindication.modifiers.iter().filter(|modifier| !contraindication.condition.contains(&***modifier));
    let unsaid: Vec<&str> = unsaid.map(|modifier| &**modifier).collect();
    if !unsaid.is_empty() {
        text.push_str(&format!(" ({})", unsaid.join(", ")));
    }
    if contraindication.conditional {
        text.push_str(", with an exception");
    }
    text
}

fn line(line: &Line) -> &'static str {
    match line.order {
        Order::First => "first-line",
        Order::Second => "second-line",
        Order::Third => "third-line",
        Order::NotFirst => "not first-line",
    }
}

#[cfg(test)]
mod tests;
