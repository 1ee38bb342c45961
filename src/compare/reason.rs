//! Why two claims are not set against each other.

use serde::Serialize;

/// Why two claims are not set against each other, furthest apart first: what
/// comes later is nearer to a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Apart {
    /// They are about different drugs.
    Drugs,
    /// They answer different questions: a starting dose and a usual one, an
    /// amount in milligrams and one in units, onset and full effect.
    Question,
    /// One of them is what a trial, a case or a label tells of a dose, or a step
    /// of it, and no recommendation.
    NoAdvice,
    /// They are about different conditions, or one is narrower than the other.
    Conditions,
    /// They count different outcomes, or against different comparators.
    Outcomes,
    /// They are for different patients.
    Patients,
    /// They are for different indications.
    Indications,
    /// They are for different routes.
    Routes,
    /// They are for products that release the drug in different ways.
    Release,
    /// They are for products that the article tells apart by their trade marks.
    Products,
    /// They stand in one passage, which tells them apart itself.
    Passage,
    /// They stand in one sentence: alternatives, or parts of one instruction.
    Sentence,
    /// They agree: one value, or one inside the other.
    Agree,
}

impl Apart {
    /// The reason in a few words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Drugs => "different drugs",
            Self::Question => "different questions",
            Self::NoAdvice => "no recommendation",
            Self::Conditions => "different conditions",
            Self::Outcomes => "different outcomes",
            Self::Patients => "different patients",
            Self::Indications => "different indications",
            Self::Routes => "different routes",
            Self::Release => "different release forms",
            Self::Products => "different products",
            Self::Passage => "the same passage",
            Self::Sentence => "the same sentence",
            Self::Agree => "they agree",
        }
    }
}
