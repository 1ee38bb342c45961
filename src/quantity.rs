//! Amounts, how often, and bands: numbers with their units, as every stage
//! passes them on.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A name from the vocabulary (a drug, a condition, a route) in its canonical
/// form, or the article's own words where the vocabulary has none.
pub type Name = Arc<str>;

/// A range of values with both ends in it; an open end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: Option<Decimal>,
    /// The upper end.
    pub high: Option<Decimal>,
}

impl Interval {
    /// Both ends known.
    pub fn new(low: Decimal, high: Decimal) -> Self {
        Self { low: Some(low.min(high)), high: Some(low.max(high)) }
    }

    /// A single value.
    pub fn point(value: Decimal) -> Self {
        Self::new(value, value)
    }

    /// Both ends multiplied.
    pub fn scaled(self, factor: Decimal) -> Self {
        Self { low: self.low.map(|low| low * factor), high: self.high.map(|high| high * factor) }
    }
}

/// A unit of dose: what is counted, and per what.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// The UCUM code of what is counted: `mg`, `ug`, `[iU]`, `mL`, `%`.
    pub code: Name,
    /// The UCUM code it is converted to for comparison: `mg` for every mass.
    pub base: Name,
    /// Multiplied by this, an amount is in `base`.
    pub factor: Decimal,
    /// UCUM codes of what it is per, in the usual order: `kg` or `m2`, then `mL`,
    /// then a time (`d`, `h`, `min`, `wk`).
    pub per: Vec<Name>,
}

impl Unit {
    /// The whole UCUM code, such as `mg/kg/d`.
    pub fn ucum(&self) -> String {
        let mut code = self.code.to_string();
        for per in &self.per {
            code.push('/');
            code.push_str(per);
        }
        code
    }

    /// Whether an amount is per this UCUM code.
    pub fn is_per(&self, code: &str) -> bool {
        self.per.iter().any(|per| &**per == code)
    }
}

/// A range of amounts with its unit.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Amount {
    /// The numbers as written.
    pub range: Interval,
    /// Their unit.
    pub unit: Unit,
}

/// How often: `times` in every `days`. Three times daily is 3 in 1, weekly is
/// 1 in 7, every 4 to 6 hours is 4 to 6 in 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Frequency {
    /// Fewest and most times.
    pub times: Interval,
    /// In how many days.
    pub days: Decimal,
}

/// A band of a measure of patients, with either end open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Band(pub Interval);

impl Band {
    /// From `low` to `high`.
    pub fn new(low: Option<Decimal>, high: Option<Decimal>) -> Self {
        Self(Interval { low, high })
    }

    /// Whether more than an end point is in both.
    pub fn overlaps(self, other: Self) -> bool {
        let below = |high: Option<Decimal>, low: Option<Decimal>| match (high, low) {
            (Some(high), Some(low)) => high <= low,
            _ => false,
        };
        !below(self.0.high, other.0.low) && !below(other.0.high, self.0.low)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_spells_out_what_it_is_per() {
        let unit = Unit {
            code: "ug".into(),
            base: "mg".into(),
            factor: Decimal::new(1, 3),
            per: vec!["kg".into(), "min".into()],
        };
        assert_eq!(unit.ucum(), "ug/kg/min");
        assert!(unit.is_per("kg") && !unit.is_per("d"));
    }

    #[test]
    fn an_interval_written_backwards_is_put_right() {
        assert_eq!(Interval::new(Decimal::from(50), Decimal::from(25)).low, Some(Decimal::from(25)));
    }

    #[test]
    fn bands_that_share_only_an_end_do_not_overlap() {
        let band = |low: Option<i64>, high: Option<i64>| Band::new(low.map(Decimal::from), high.map(Decimal::from));
        assert!(!band(Some(6), Some(12)).overlaps(band(Some(12), None)));
        assert!(band(None, Some(30)).overlaps(band(Some(15), Some(40))));
        assert!(band(None, None).overlaps(band(Some(1), Some(2))));
    }
}
