//! For whom, for what, and in what form: what makes two claims comparable.

use super::{Interval, Name};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a claim holds for. What is not said is empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// For whom; empty for a general adult.
    pub population: Population,
    /// For which conditions, canonical, in the order of the text.
    pub indications: Vec<Name>,
    /// By which routes, canonical, sorted; several are alternatives.
    pub routes: Vec<Name>,
    /// Pharmaceutical or release form, canonical: "modified release", "patch".
    pub product: Option<Name>,
}

/// A group of patients.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Population {
    /// Canonical names of the groups, sorted: "children", "renal impairment".
    /// A patient is in all of them, except for ages, which are alternatives
    /// ("teenagers and older adults").
    pub groups: Vec<Name>,
    /// Age in years.
    pub age: Option<Band>,
    /// Body weight in kilograms.
    pub weight: Option<Band>,
    /// Kidney function (eGFR or creatinine clearance) in mL/min.
    pub renal_function: Option<Band>,
}

impl Population {
    /// Whether nothing is said.
    pub fn is_general(&self) -> bool {
        self.groups.is_empty() && self.age.is_none() && self.weight.is_none() && self.renal_function.is_none()
    }
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
    fn bands_that_share_only_an_end_do_not_overlap() {
        let band = |low: Option<i64>, high: Option<i64>| Band::new(low.map(Decimal::from), high.map(Decimal::from));
        assert!(!band(Some(6), Some(12)).overlaps(band(Some(12), None)));
        assert!(band(None, Some(30)).overlaps(band(Some(15), Some(40))));
        assert!(band(None, None).overlaps(band(Some(1), Some(2))));
    }
}
