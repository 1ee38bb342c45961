//! Reckoning with amounts as they are printed.

use crate::mention::{Measured, What};
use crate::quantity::{Interval, Name, Unit};
use rust_decimal::Decimal;

/// Doses are rounded to what can be measured or taken: "33 mg three times a day
/// (100 mg/day)". No reader comes to harm by a fiftieth.
const ROUNDING: Decimal = Decimal::from_parts(2, 0, 0, false, 2);

/// Whether two amounts in the same unit are the same but for rounding.
pub(super) fn is_same(one: Decimal, other: Decimal) -> bool {
    (one - other).abs() <= one.abs().max(other.abs()) * ROUNDING
}

/// Both ends of a range, where both are known.
pub(super) fn ends(range: Interval) -> Option<(Decimal, Decimal)> {
    range.low.zip(range.high)
}

/// Whether one of two ranges lies in the other, but for rounding.
pub(super) fn is_inside(one: Interval, other: Interval) -> Option<bool> {
    let ((low, high), (least, most)) = (ends(one)?, ends(other)?);
    let at_least = |value: Decimal, least: Decimal| value >= least || is_same(value, least);
    let holds = |(low, high): (Decimal, Decimal), (least, most): (Decimal, Decimal)| {
        at_least(low, least) && at_least(most, high)
    };
    Some(holds((low, high), (least, most)) || holds((least, most), (low, high)))
}

/// An amount in the base unit of its dimension.
pub(super) fn in_base(measured: &Measured) -> Interval {
    measured.amount.range.scaled(measured.amount.unit.factor)
}

/// What a unit counts, and per what besides time.
pub(super) fn measure(unit: &Unit) -> (Name, Vec<Name>) {
    (unit.base.clone(), unit.per.iter().filter(|per| !is_time(per)).cloned().collect())
}

/// Whether a UCUM code is one of time.
fn is_time(code: &str) -> bool {
    matches!(code, "d" | "h" | "min" | "wk" | "mo")
}

/// Whether an amount is one dose, not a rate.
pub(super) fn is_one_dose(unit: &Unit) -> bool {
    !unit.per.iter().any(|per| is_time(per))
}

/// How many times a day a mention says.
pub(super) fn times_a_day(what: &What) -> Option<Interval> {
    match what {
        What::Frequency(frequency) if frequency.days == Decimal::ONE => Some(frequency.times),
        What::Every(days) => {
            let (low, high) = ends(*days)?;
            let times = |days: Decimal| Decimal::ONE.checked_div(days).map(|times| times.round_dp(6).normalize());
            (high < Decimal::ONE).then(|| Some(Interval::new(times(high)?, times(low)?))).flatten()
        }
        _ => None,
    }
}

/// "75 mg × 2": a range of amounts so many times, in words.
pub(super) fn times_in_words(times: Interval) -> String {
    match ends(times) {
        Some((low, high)) if low == high => low.normalize().to_string(),
        Some((low, high)) => format!("{}–{}", low.normalize(), high.normalize()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_of_doses_is_allowed_for() {
        let value = |text: &str| text.parse::<Decimal>().unwrap();
        assert!(is_same(value("99"), value("100")));
        assert!(!is_same(value("3"), value("4")));
        let range = |low: i64, high: i64| Interval::new(Decimal::from(low), Decimal::from(high));
        assert_eq!(is_inside(range(20, 40), range(10, 50)), Some(true));
        assert_eq!(is_inside(range(20, 60), range(30, 100)), Some(false));
    }

    #[test]
    fn intervals_within_a_day_are_so_many_times() {
        let hours = |low: i64, high: i64| {
            let day = Decimal::from(24);
            What::Every(Interval::new(Decimal::from(low) / day, Decimal::from(high) / day))
        };
        assert_eq!(times_a_day(&hours(4, 6)), Some(Interval::new(Decimal::from(4), Decimal::from(6))));
        assert_eq!(times_a_day(&hours(48, 48)), None);
    }
}
