//! For whom, for what, and in what form: what makes two claims comparable.

use crate::quantity::{Band, Name};
use serde::{Deserialize, Serialize};

/// What a claim holds for. What is not said is empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// For whom; empty for a general adult.
    pub population: Population,
    /// For which conditions, canonical, in the order of the text.
    pub indications: Vec<Name>,
    /// Where no condition is said, the main use that the article names for the
    /// drug; less sure than a said one.
    pub presumed: Vec<Name>,
    /// By which routes, canonical, sorted; several are alternatives.
    pub routes: Vec<Name>,
    /// Pharmaceutical or release form, canonical: "modified release", "patch".
    pub product: Option<Name>,
    /// The trade-marked product that a passage tells apart from others of the
    /// drug ("Metformin alone (Fortamet®): …"), in lower case.
    pub brand: Option<Name>,
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
