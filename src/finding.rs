//! The one type that every output is a view of.

use crate::quantity::Name;
use crate::span::{Position, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How much harm a reader could come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be looked at.
    Warning,
    /// Two statements that no reader can follow at once.
    Error,
}

impl Severity {
    /// The name that people and programs read.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How sure it is that the passages speak of the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Something that makes the passages comparable was guessed.
    Low,
    /// Something that would make them comparable is left unsaid.
    Medium,
    /// Both passages say what they are about.
    High,
}

/// What a lint reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The code of the lint, such as `dose/start`.
    pub code: String,
    /// The code of the lint that would report it if this one had not taken it
    /// over to say more. A suppression or a baseline may name either.
    pub instead_of: Option<String>,
    /// How grave it is.
    pub severity: Severity,
    /// How sure it is.
    pub confidence: Confidence,
    /// What disagrees, in one line without a full stop.
    pub message: String,
    /// What an editor can do.
    pub help: String,
    /// The passages, those of one position together, the first of them where an
    /// editor should begin; labels without a group come last. Never empty.
    pub labels: Vec<Label>,
    /// Edits that mend it, to be made together; empty where only a person can.
    /// Of the fixes of two findings that share a byte, only one is made at a time.
    pub fix: Vec<Edit>,
    /// The drugs it is about; for what is wrong inside one passage, those that the
    /// passage speaks of. Empty where no drug is known.
    pub drugs: Vec<Name>,
    /// The drugs, and what else it is about: the same in every finding that a
    /// lint reports about one fact.
    pub subject: String,
    /// What the positions state, in short: "10 mg a day", "25–50 mg a day". A
    /// suppression holds for these values and no others.
    pub values: Vec<String>,
    /// Why the passages can be set against each other, and how values that are
    /// nowhere written were worked out; a line each.
    pub proof: Vec<String>,
    /// Whether the values are ten or a thousand times apart. Such a finding is
    /// never taken for an old one.
    pub tenfold: bool,
    /// Stays the same while lines move, neighbours are edited and files are
    /// renamed; no two findings of one run share it.
    pub fingerprint: String,
}

impl Finding {
    /// Whether it shows two statements or more that contradict, and not one
    /// passage that is wrong by itself.
    pub fn is_disagreement(&self) -> bool {
        self.labels.iter().filter_map(|label| label.group).any(|group| group > 0)
    }

    /// The code by which it is known whatever else comes to light about it: that
    /// of the lint whose rule is broken.
    pub fn rule(&self) -> &str {
        self.instead_of.as_deref().unwrap_or(&self.code)
    }

    /// Puts the positions that a test picks before the others, and in each the
    /// passages that another test picks; otherwise the order stays.
    pub fn lead(&mut self, position: impl Fn(&[Label]) -> bool, passage: impl Fn(&Label) -> bool) {
        let mut positions: Vec<Vec<Label>> =
            self.labels.chunk_by(|one, next| one.group == next.group).map(<[Label]>::to_vec).collect();
        positions.sort_by_key(|labels| !position(labels));
        for labels in &mut positions {
            labels.sort_by_key(|label| !passage(label));
        }
        self.labels = positions.concat();
    }
}

/// A change to a file that keeps what the text means and can be made by a
/// program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The article's path, as given on the command line.
    pub path: String,
    /// The bytes that are replaced; empty where something is put in.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// One passage of a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The article's path, as given on the command line.
    pub path: String,
    /// The bytes underlined.
    pub span: Span,
    /// Where they start.
    pub position: Position,
    /// Those bytes as text.
    pub quote: String,
    /// What the passage states, normalised: "25–50 mg a day, adults, start".
    pub message: String,
    /// Labels of one group agree with each other, labels of different groups
    /// contradict; `None` only gives context.
    pub group: Option<usize>,
    /// Whether it is a passage of a reference, which articles are held to.
    pub reference: bool,
}
