//! Suppressions: findings that somebody has looked at and keeps, with the
//! reason, and for the values they were written for.
//!
//! They stand in an article, as a comment or in its front matter, or in the
//! configuration.

mod comment;
mod front_matter;
mod values;

pub use values::Values;

use crate::paths::Patterns;
use crate::problem::Problem;
use crate::source::Source;
use crate::span::Position;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::Path;

/// One finding, or several of the same kind, that are kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Suppression {
    /// The file it is written in.
    pub path: String,
    /// Where in it.
    pub position: Position,
    /// Which passages it is about.
    pub scope: Scope,
    /// What is kept, and why.
    pub terms: Terms,
}

/// Which passages a suppression is about. A finding is covered when one of its
/// passages is.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Passages of the same file that begin on these lines, both included.
    Lines {
        /// From 1.
        first: usize,
        /// No less than `first`.
        last: usize,
    },
    /// Every passage of the files that match: said by a configuration, which
    /// stays where it is.
    #[serde(skip)]
    Files(Patterns),
}

/// What is kept, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The code of the lint.
    pub lint: String,
    /// What the positions of the finding state; none is none that holds.
    pub values: Option<Values>,
    /// Why the finding is kept; empty where nobody said.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

impl Suppression {
    /// Whether a passage that begins on a line of a file is one it is about.
    pub fn covers(&self, path: &str, line: usize) -> bool {
        match &self.scope {
            Scope::Lines { first, last } => self.path == path && (*first..=*last).contains(&line),
            Scope::Files(patterns) => patterns.matching(Path::new(path)).is_some(),
        }
    }
}

/// The suppressions of an article, and what is wrong with them.
pub fn of_article(source: &Source) -> (Vec<Suppression>, Vec<Problem>) {
    let (mut suppressions, mut problems) = comment::read(source);
    front_matter::read(source, &mut suppressions, &mut problems);
    (suppressions, problems)
}

/// The text of an article with spaces in place of suppressions, byte for byte:
/// what they name is no statement of the article.
pub fn without(text: &str) -> Cow<'_, str> {
    comment::blanked(text)
}
