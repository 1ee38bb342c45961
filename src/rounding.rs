//! What a published figure can stand for: figures are rounded, up, down or to
//! the nearest, and only what no rounding can give is wrong.

use crate::quantity::Interval;
use rust_decimal::Decimal;

/// One unit of the last decimal that was written: 0.1 for "4.0", 1 for "19".
pub fn last_place(value: Decimal) -> Decimal {
    Decimal::new(1, value.scale())
}

/// Every value that is written as this figure when it is rounded up, down or to
/// the nearest.
pub fn published(value: Decimal) -> Interval {
    Interval::new(value - last_place(value), value + last_place(value))
}

/// Every value that is written as this figure when it is rounded to the nearest.
pub fn nearest(value: Decimal) -> Interval {
    let half = last_place(value) / Decimal::TWO;
    Interval::new(value - half, value + half)
}

/// Whether two values are ten or a thousand times apart, once rounding is
/// allowed for: a slipped decimal point, or milligrams for micrograms.
pub fn is_tenfold(one: Decimal, other: Decimal) -> bool {
    let (low, high) = (one.min(other), one.max(other));
    if low <= Decimal::ZERO {
        return false;
    }
    [10, 1000].into_iter().any(|factor| {
        let scaled = low * Decimal::from(factor);
        (scaled - high).abs() * Decimal::ONE_HUNDRED <= high
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decimals_written_say_how_much_is_known() {
        let value = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(last_place(value("4.0")), value("0.1"));
        assert_eq!(published(value("19")), Interval::new(value("18"), value("20")));
        assert_eq!(nearest(value("19")), Interval::new(value("18.5"), value("19.5")));
    }

    #[test]
    fn ten_and_a_thousand_are_told_apart_from_other_factors() {
        let is = |one: i64, other: i64| is_tenfold(Decimal::from(one), Decimal::from(other));
        assert!(is(15, 150) && is(2, 2000));
        assert!(!is(15, 140) && !is(2, 200) && !is(0, 0));
    }
}
