//! Lints as data: a lint is a file that names what it reports, how gravely,
//! in which words, why, and with examples that are its tests.
//!
//! The files under `lints/` are part of the binary, and a user's folder is
//! read like it; a file that is wrong in any way is refused with its path and
//! place.

mod builtin;
mod file;
mod find;
mod fingerprint;
mod folder;
mod judge;
mod message;

pub use builtin::builtin;
pub use file::{parse, schema};
pub use find::find;
pub use fingerprint::fingerprint;
pub use folder::add_folder;
pub use judge::{in_order, judge, of_disagreements, of_slips, order, told_apart};
pub use message::Message;

use crate::compare::{Relation, Topic};
use crate::finding::Severity;
use crate::span::{Position, Span};
use std::collections::BTreeMap;

/// A checked lint.
#[derive(Clone, Debug)]
pub struct Lint {
    /// Group and name, `dose/start`; the path of its file without `.yml`.
    pub code: String,
    /// Where it is written.
    pub place: Place,
    /// What it finds, in a few words.
    pub title: String,
    /// The disagreements that it reports.
    pub topic: Topic,
    /// How grave each relation is; a relation left out is not reported.
    /// Never empty.
    pub severity: BTreeMap<Relation, Severity>,
    /// Whether a finding that it takes over from another lint and that is graver
    /// stays so. Where a configuration sets the severity, it does not.
    pub is_least: bool,
    /// Whether it reports where no configuration asks for it.
    pub enabled: bool,
    /// The one line that says what disagrees.
    pub message: Message,
    /// What an editor can do.
    pub help: String,
    /// Why it matters, for a medical editor.
    pub explanation: String,
    /// The clinical or statistical source of the rule.
    pub source: String,
    /// Texts in which it must find something, and texts in which no lint may.
    pub examples: Vec<Example>,
}

impl Lint {
    /// The first half of the code: `dose` of `dose/start`.
    pub fn group(&self) -> &str {
        self.code.split('/').next().unwrap_or(&self.code)
    }

    /// The second half of the code: `start` of `dose/start`.
    pub fn name(&self) -> &str {
        self.code.rsplit('/').next().unwrap_or(&self.code)
    }

    /// What it does where no configuration says otherwise: the severity of what
    /// it usually reports, or "off".
    pub fn by_default(&self) -> &'static str {
        if self.enabled { self.usual().name() } else { "off" }
    }

    /// The severity of what it usually reports: values with nothing in common, or
    /// a passage that is wrong by itself.
    pub fn usual(&self) -> Severity {
        let graver = || self.severity.values().copied().max().unwrap_or(Severity::Note);
        let usual = [Relation::Disjoint, Relation::Alone];
        usual.iter().find_map(|relation| self.severity.get(relation)).copied().unwrap_or_else(graver)
    }
}

/// Where a lint is written.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its file, as it is shown.
    pub path: String,
    /// Its code there.
    pub position: Position,
}

/// A small text, or several, that shows what a lint is about.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it stands in the file of the lint.
    pub position: Position,
    /// What it shows.
    pub name: String,
    /// Whether the lint must find something here. If not, no lint may.
    pub finds: bool,
    /// The articles, as Markdown.
    pub articles: Vec<ExampleArticle>,
}

/// One article of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleArticle {
    /// Its text, without the marks.
    pub text: String,
    /// Where `[[…]]` stood in the file: the passages that a finding labels.
    pub marks: Vec<Span>,
}
