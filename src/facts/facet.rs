//! The questions about a drug that articles answer.

use crate::claim::{Claim, Phase, Value};
use serde::Serialize;

/// A question about a drug, in the order in which an editor reads them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// With which dose to begin.
    Start,
    /// How to step it.
    Titration,
    /// What the usual dose is.
    Target,
    /// What the upper limit is.
    Maximum,
    /// What is given once.
    Single,
    /// When it works.
    Onset,
    /// How many are treated for one who benefits.
    NumberNeededToTreat,
    /// How many are treated for one who is harmed.
    NumberNeededToHarm,
    /// How many have an outcome.
    Rate,
    /// In whom it is kept back.
    Contraindication,
    /// With which other drugs it is kept back.
    Interaction,
    /// Where it stands in the order of treatment.
    Line,
}

impl Facet {
    /// The question that a claim answers; none for amounts that are no advice,
    /// such as the strength of a tablet or the dose of a trial.
    pub fn of(claim: &Claim) -> Option<Self> {
        Some(match &claim.value {
            Value::Dose(dose) => match dose.phase {
                Phase::Start => Self::Start,
                Phase::Target => Self::Target,
                Phase::Max => Self::Maximum,
                Phase::Single => Self::Single,
                Phase::Step | Phase::Strength | Phase::Reported => return None,
            },
            Value::Titration(_) => Self::Titration,
            Value::NumberNeeded(number) if number.harm => Self::NumberNeededToHarm,
            Value::NumberNeeded(_) => Self::NumberNeededToTreat,
            Value::Rate(_) => Self::Rate,
            Value::Onset(_) => Self::Onset,
            Value::Contraindication(rated) if rated.interaction => Self::Interaction,
            Value::Contraindication(_) => Self::Contraindication,
            Value::Line(_) => Self::Line,
        })
    }

    /// The head of its column.
    pub fn title(self) -> &'static str {
        match self {
            Self::Start => "starting dose",
            Self::Titration => "titration",
            Self::Target => "usual dose",
            Self::Maximum => "maximum",
            Self::Single => "single dose",
            Self::Onset => "onset",
            Self::NumberNeededToTreat => "NNT",
            Self::NumberNeededToHarm => "NNH",
            Self::Rate => "event rates",
            Self::Contraindication => "contraindications",
            Self::Interaction => "interactions",
            Self::Line => "line of treatment",
        }
    }
}
