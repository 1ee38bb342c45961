//! How numbers, amounts and times are worded for people: one way for each, so
//! that two texts that state the same read the same.

use super::{Amount, Band, Frequency, Interval, Name, Population, Unit};
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;

/// A number without trailing zeros, with commas from 10,000 on.
pub(super) fn number(value: Decimal) -> String {
    with_commas(&value.normalize().to_string())
}

/// A number as published: trailing zeros say how it was rounded and stay.
pub(super) fn published(value: Decimal) -> String {
    with_commas(&value.to_string())
}

fn with_commas(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut text = String::with_capacity(digits.len() + 4);
    let count = whole.trim_start_matches('-').len();
    let sign = whole.len() - count;
    for (at, digit) in whole.chars().enumerate() {
        let left = whole.len() - at;
        if count > 4 && at > sign && left.is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A range of numbers: "10–25", "25", "up to 150", "at least 30".
pub(super) fn range(interval: Interval) -> String {
    bounded(interval, number)
}

fn bounded(interval: Interval, word: impl Fn(Decimal) -> String) -> String {
    match (interval.low, interval.high) {
        (Some(low), Some(high)) if low == high => word(low),
        (Some(low), Some(high)) => format!("{}–{}", word(low), word(high)),
        (None, Some(high)) => format!("up to {}", word(high)),
        (Some(low), None) => format!("at least {}", word(low)),
        (None, None) => "an unstated number of".to_owned(),
    }
}

/// An amount with its unit: "25–50 mg", "1–2 mg/kg a day".
pub fn amount(amount: &Amount) -> String {
    let (unit, per_time) = unit(&amount.unit);
    let mut text = format!("{} {unit}", range(amount.range));
    if let Some(time) = per_time {
        text.push(' ');
        text.push_str(time);
    }
    text
}

/// A unit as people write it, with a day or week that it is per apart.
fn unit(unit: &Unit) -> (String, Option<&'static str>) {
    let mut text = code(&unit.code);
    let mut per_time = None;
    for per in &unit.per {
        match &**per {
            "d" => per_time = Some("a day"),
            "wk" => per_time = Some("a week"),
            other => {
                text.push('/');
                text.push_str(&code(other));
            }
        }
    }
    (text, per_time)
}

/// A UCUM code as people write it. Micrograms and international units are
/// spelled out because their short forms are misread.
fn code(ucum: &str) -> String {
    match ucum {
        "ug" => "micrograms".to_owned(),
        "[iU]" => "units".to_owned(),
        "m2" => "m²".to_owned(),
        "meq" => "mEq".to_owned(),
        annotated => annotated.trim_matches(['{', '}']).to_owned(),
    }
}

/// How often: "a day", "3 times a day", "once a week".
pub(super) fn frequency(frequency: Frequency) -> String {
    let one = Interval::point(Decimal::ONE);
    let period = match number(frequency.days).as_str() {
        "1" => "a day".to_owned(),
        "7" => "a week".to_owned(),
        days => format!("every {days} days"),
    };
    match (frequency.times == one, frequency.days == Decimal::ONE) {
        (true, true) => period,
        (true, false) => format!("once {period}"),
        (false, _) if frequency.times == Interval::point(Decimal::TWO) => format!("twice {period}"),
        (false, _) => format!("{} times {period}", range(frequency.times)),
    }
}

/// A length of time given in days, in the largest unit that leaves it whole:
/// "1–2 weeks", "3–5 days", "6 hours".
pub(super) fn duration(days: Interval) -> String {
    const HOURS_A_DAY: i64 = 24;
    let ends = || [days.low, days.high].into_iter().flatten();
    let divides = |by: i64| ends().all(|end| (end % Decimal::from(by)).is_zero());
    let (unit, scaled) = if divides(30) {
        ("month", bounded(days, |end| number(end / Decimal::from(30))))
    } else if divides(7) {
        ("week", bounded(days, |end| number(end / Decimal::from(7))))
    } else if divides(1) || ends().any(|end| end > Decimal::TEN) {
        ("day", bounded(days, |end| number(end.round_dp(1))))
    } else {
        ("hour", bounded(days, |end| number((end * Decimal::from(HOURS_A_DAY)).round_dp(1))))
    };
    let plural = if scaled == "1" || scaled.ends_with(" 1") { "" } else { "s" };
    format!("{scaled} {unit}{plural}")
}

/// A length of time between two steps: "every week", "every 3–5 days".
pub(super) fn every(days: Interval) -> String {
    let length = duration(days);
    match length.strip_prefix("1 ") {
        Some(unit) => format!("every {unit}"),
        None => format!("every {length}"),
    }
}

/// A group of patients: "children, 6–12 years"; nothing for a general adult.
/// An age that the name of a group implies goes without saying.
pub(super) fn population(population: &Population) -> Option<String> {
    let mut parts = Vec::new();
    if !population.groups.is_empty() {
        parts.push(list(&population.groups, "and"));
    }
    // "children under 12" has said "under 12 years".
    let is_said = |age: &Band| {
        age.0.high.is_some_and(|high| population.groups.iter().any(|group| group.ends_with(&format!("under {high}"))))
    };
    let unusual = population
        .age
        .filter(|age| !is_said(age) && !population.groups.iter().any(|group| implied_age(group) == Some(*age)));
    parts.extend(unusual.map(|age| format!("{} years", band(age))));
    parts.extend(population.weight.map(|weight| format!("{} kg", band(weight))));
    parts.extend(population.renal_function.map(|renal| format!("eGFR {} mL/min", band(renal))));
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The age that the name of a group stands for in the vocabulary.
fn implied_age(group: &str) -> Option<Band> {
    let vocabulary = Vocabulary::builtin();
    let entry = &vocabulary.populations[vocabulary.population(group)?.index()];
    Some(Band::new(entry.age_min_years, entry.age_max_years))
}

/// A band of patients; its upper end is not in it, hence "under".
fn band(band: Band) -> String {
    match (band.0.low, band.0.high) {
        (None, Some(high)) => format!("under {}", number(high)),
        (Some(low), None) => format!("from {}", number(low)),
        _ => range(band.0),
    }
}

/// Names joined by commas and a last word: "a", "a or b", "a, b or c".
pub fn list(names: &[Name], last: &str) -> String {
    match names {
        [] => String::new(),
        [name] => name.to_string(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: Option<&str>, high: Option<&str>) -> Interval {
        let parse = |text: &str| text.parse().unwrap();
        Interval { low: low.map(parse), high: high.map(parse) }
    }

    #[test]
    fn numbers_lose_trailing_zeros_and_gain_commas() {
        let worded = |text: &str| number(text.parse().unwrap());
        assert_eq!(worded("25.0"), "25");
        assert_eq!(worded("0.125"), "0.125");
        assert_eq!(worded("3600"), "3600");
        assert_eq!(worded("10000"), "10,000");
        assert_eq!(worded("1200000.5"), "1,200,000.5");
        assert_eq!(worded("-12000"), "-12,000");
        assert_eq!(published("4.10".parse().unwrap()), "4.10");
    }

    #[test]
    fn ranges_say_which_end_is_open() {
        assert_eq!(range(interval(Some("10"), Some("25"))), "10–25");
        assert_eq!(range(interval(Some("10"), Some("10.0"))), "10");
        assert_eq!(range(interval(None, Some("150"))), "up to 150");
        assert_eq!(range(interval(Some("30"), None)), "at least 30");
    }

    #[test]
    fn units_put_the_time_last_and_spell_out_what_is_misread() {
        let unit = |code: &str, per: &[&str]| Unit {
            code: code.into(),
            base: code.into(),
            factor: Decimal::ONE,
            per: per.iter().map(|per| (*per).into()).collect(),
        };
        let word = |unit: Unit| amount(&Amount { range: interval(Some("1"), Some("2")), unit });
        assert_eq!(word(unit("mg", &["kg", "d"])), "1–2 mg/kg a day");
        assert_eq!(word(unit("ug", &["kg", "min"])), "1–2 micrograms/kg/min");
        assert_eq!(word(unit("[iU]", &["wk"])), "1–2 units a week");
        assert_eq!(word(unit("{tablet}", &[])), "1–2 tablet");
    }

    #[test]
    fn frequencies_read_as_a_nurse_would_say_them() {
        let word = |low: &str, high: &str, days: &str| {
            frequency(Frequency { times: interval(Some(low), Some(high)), days: days.parse().unwrap() })
        };
        assert_eq!(word("1", "1", "1"), "a day");
        assert_eq!(word("2", "2", "1"), "twice a day");
        assert_eq!(word("3", "4", "1"), "3–4 times a day");
        assert_eq!(word("1", "1", "7"), "once a week");
        assert_eq!(word("1", "1", "14"), "once every 14 days");
    }

    #[test]
    fn durations_take_the_largest_whole_unit() {
        let word = |low: &str, high: &str| duration(interval(Some(low), Some(high)));
        assert_eq!(word("7", "14"), "1–2 weeks");
        assert_eq!(word("3", "5"), "3–5 days");
        assert_eq!(word("1", "1"), "1 day");
        assert_eq!(word("0.25", "0.5"), "6–12 hours");
        assert_eq!(word("90", "90"), "3 months");
        assert_eq!(duration(interval(None, Some("7"))), "up to 1 week");
        assert_eq!(every(interval(Some("7"), Some("7"))), "every week");
        assert_eq!(every(interval(Some("14"), Some("14"))), "every 2 weeks");
    }

    #[test]
    fn populations_name_groups_then_bands() {
        let years = Band::new(Some(Decimal::from(6)), Some(Decimal::from(12)));
        let children = Population { groups: vec!["children".into()], age: Some(years), ..Population::default() };
        assert_eq!(population(&children).as_deref(), Some("children, 6–12 years"));
        let adults = Population {
            groups: vec!["adults".into()],
            age: Some(Band::new(Some(Decimal::from(18)), None)),
            ..Population::default()
        };
        assert_eq!(population(&adults).as_deref(), Some("adults"));
        let kidneys =
            Population { renal_function: Some(Band::new(None, Some(Decimal::from(30)))), ..Population::default() };
        assert_eq!(population(&kidneys).as_deref(), Some("eGFR under 30 mL/min"));
        assert_eq!(population(&Population::default()), None);
    }
}
