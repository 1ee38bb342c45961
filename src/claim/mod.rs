//! From mentions to claims: clinical statements in a form that can be compared.
//!
//! A claim never refers back to the text stage: comparison takes nothing but
//! claims, so claims can come from this run, a cache, or another machine.

mod above;
mod cited;
mod condition;
pub mod context;
mod contraindication;
mod dose;
mod effect;
mod extract;
mod label;
mod line;
mod number_needed;
mod onset;
mod patient;
mod phase;
mod rate;
mod scene;
mod scope;
mod statement;
mod subject;
mod titration;
mod unread;
pub mod value;
mod whole;
mod wording;

pub use extract::extract;
pub use unread::{Looks, Understanding, Unread};

pub use crate::quantity::{Amount, Band, Frequency, Interval, Name, Unit};
pub use context::{Context, Population};
pub use statement::{
    daily as day_total, indication, phase, population, roleless as roleless_statement, statement,
    summary as value_statement,
};
pub(crate) use value::is_allergy;
pub use value::{
    Contraindication, Dose, Endpoint, Level, Line, NumberNeeded, Onset, Order, Outcome, Phase, Rate, Stage, Titration,
    Value,
};
pub use wording::{amount as amount_statement, list as list_names};

use crate::span::Span;
use crate::work::Work;
use serde::{Deserialize, Serialize};

/// One clinical statement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// The bytes of the file that state it.
    pub span: Span,
    /// Those bytes as text.
    pub quote: String,
    /// The sentence, list item or cell that it stands in. Claims of one
    /// sentence are alternatives or parts of one instruction.
    pub sentence: Span,
    /// The subject, as sorted international non-proprietary names; several
    /// for a combination.
    pub drugs: Vec<Name>,
    /// How the subject was found.
    pub subject: Subject,
    /// What the article is about, seen from this claim.
    pub topic: Topicality,
    /// What is stated.
    pub value: Value,
    /// For whom and for what.
    pub context: Context,
    /// The citation marks at the end of the sentence, as written.
    pub citations: Vec<String>,
    /// The works that the passage cites, as far as the article says which they
    /// are.
    pub works: Vec<Work>,
    /// The headings above it, outermost first.
    pub section: Vec<Name>,
}

/// What an article is about, seen from one of its claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Topicality {
    /// The drug, as a monograph is.
    Drug,
    /// The condition that the drug is given for, as a guideline is.
    Use,
    /// Something else: the drug is named in passing, or in a list of many.
    Other,
}

/// How surely a claim's subject is known, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Subject {
    /// Named in the same sentence, list item or table row.
    Stated,
    /// Named by a heading, list lead-in, question or column head above.
    Heading,
    /// Carried on from an earlier sentence of the same block.
    Carried,
    /// The subject of the whole article.
    Title,
}
