//! What claims state: one type for each kind.

use crate::quantity::{Amount, Frequency, Interval, Name};
use crate::span::Span;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// What a claim states.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// An amount of a drug.
    Dose(Dose),
    /// How a dose is stepped up or down.
    Titration(Titration),
    /// A number needed to treat, or to harm.
    NumberNeeded(NumberNeeded),
    /// The share of patients with an outcome.
    Rate(Rate),
    /// How long until the drug works.
    Onset(Onset),
    /// In whom or with what the drug must not, or may, be given.
    Contraindication(Contraindication),
    /// The place in the order of treatment.
    Line(Line),
}

impl Value {
    /// The name of the kind, as people and programs read it; a number needed
    /// is `nnt` or `nnh`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Dose(_) => "dose",
            Self::Titration(_) => "titration",
            Self::NumberNeeded(number) if number.harm => "nnh",
            Self::NumberNeeded(_) => "nnt",
            Self::Rate(_) => "rate",
            Self::Onset(_) => "onset",
            Self::Contraindication(_) => "contraindication",
            Self::Line(_) => "line",
        }
    }

    /// The contraindication, if it is one.
    pub fn contraindication(&self) -> Option<&Contraindication> {
        match self {
            Self::Contraindication(rated) => Some(rated),
            _ => None,
        }
    }
}

/// What role a dose plays. Only doses of one role are set against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// The first dose of a course.
    Start,
    /// What a dose is raised or lowered by.
    Step,
    /// The usual, maintenance or effective dose.
    Target,
    /// The upper limit.
    Max,
    /// One dose: a loading dose, a bolus.
    Single,
    /// What a tablet or product contains.
    Strength,
    /// Given in a study, a case or an overdose; not recommended.
    Reported,
}

/// An amount of a drug.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dose {
    /// The role it plays.
    pub phase: Phase,
    /// How much; per day where the unit says so.
    pub amount: Amount,
    /// How often, where it is said. `None` also where the unit is per day.
    pub frequency: Option<Frequency>,
    /// For a part of a combination ("5 mg of A and 1500 mcg of B"): all the drugs
    /// of the combination, sorted. Empty for a drug on its own.
    pub combination: Vec<Name>,
    /// Whether it is said to be of one dose ("single doses up to 300 mg").
    pub each: bool,
    /// Whether it is where the usual dose may be moved to ("may be increased to",
    /// "reduced to"), not the usual dose itself.
    pub adjusted: bool,
}

/// How a dose is stepped: at least one of increment and interval is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Titration {
    /// By how much.
    pub increment: Option<Amount>,
    /// After how many days.
    pub interval: Option<Interval>,
    /// Whether the dose is lowered.
    pub down: bool,
}

/// A number needed to treat for one more patient to have a benefit, or a harm.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberNeeded {
    /// Whether it counts harms (NNH) instead of benefits (NNT).
    pub harm: bool,
    /// As published: the number of decimals says how it was rounded.
    pub value: Decimal,
    /// Its confidence interval.
    pub interval: Option<Interval>,
    /// What was counted.
    pub endpoint: Option<Endpoint>,
    /// What the drug was compared with, where it is not placebo.
    pub comparator: Option<Name>,
}

/// What a trial counted: "at least 50 % pain relief at 12 weeks".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Endpoint {
    /// The outcome, canonical: "pain relief", "adverse event".
    pub what: Name,
    /// The threshold in percent.
    pub threshold: Option<Decimal>,
    /// When it was measured, in days.
    pub days: Option<Decimal>,
}

/// Whether an outcome is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Wanted: relief, response.
    Benefit,
    /// Unwanted: adverse events.
    Harm,
}

/// The share of patients with an outcome, in percent as published: the number
/// of decimals says how it was rounded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rate {
    /// With the drug.
    pub treatment: Decimal,
    /// With the comparator.
    pub control: Option<Decimal>,
    /// Whether the outcome is wanted.
    pub outcome: Option<Outcome>,
    /// What was counted.
    pub endpoint: Option<Endpoint>,
    /// What the drug was compared with, where it is not placebo.
    pub comparator: Option<Name>,
}

/// How far the effect has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// First relief.
    Initial,
    /// Full or maximal effect.
    Full,
    /// Not said.
    Unspecified,
}

/// How long until the drug works.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Onset {
    /// In days; `None` for "several weeks".
    pub days: Option<Interval>,
    /// First or full effect.
    pub stage: Stage,
    /// Which effect: "analgesic", "antidepressant".
    pub effect: Option<Name>,
}

/// How strongly a drug is kept from a patient, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Must not be given.
    Contraindicated,
    /// Should not be given, is not recommended.
    Avoid,
    /// May only be given with care: monitor, ask first, lower the dose.
    Caution,
    /// Is stated to be safe.
    Allowed,
}

/// In whom, or with what, a drug is kept back or is safe.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contraindication {
    /// The condition, population or other drug; canonical where the
    /// vocabulary knows it.
    pub condition: Name,
    /// Whether the vocabulary knows it.
    pub known: bool,
    /// Where the condition is named.
    pub condition_span: Span,
    /// How strongly.
    pub level: Level,
    /// Whether the condition is another drug or class of drugs.
    pub interaction: bool,
    /// What narrows the condition ("severe", "recent", "under 12 years"),
    /// sorted.
    pub modifiers: Vec<Name>,
    /// Whether the statement has an exception ("unless", "except").
    pub conditional: bool,
    /// Whether it is said of the usual case only ("generally avoided").
    pub hedged: bool,
    /// Whether it is about the size of the dose ("no dose adjustment").
    pub dosing: bool,
}

impl Contraindication {
    /// Whether it holds for a known condition whatever its degree, its past and
    /// the circumstances.
    pub fn is_unqualified(&self) -> bool {
        self.known && self.modifiers.is_empty() && !self.conditional && !self.hedged && !self.interaction
    }

    /// Whether the condition is an allergy.
    pub fn is_allergy(&self) -> bool {
        is_allergy(&self.condition)
    }
}

/// Whether the canonical name of a condition is that of an allergy.
pub(crate) fn is_allergy(condition: &str) -> bool {
    condition.contains("hypersensitivity") || condition.contains("allerg")
}

/// A place in the order of treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Order {
    /// First choice.
    #[serde(rename = "first")]
    First,
    /// Second choice.
    #[serde(rename = "second")]
    Second,
    /// Third choice or later.
    #[serde(rename = "third")]
    Third,
    /// Said not to be the first choice.
    #[serde(rename = "not-first")]
    NotFirst,
}

/// The place of a drug in the order of treatment; the indication is in the
/// claim's context.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Which place.
    pub order: Order,
}
