//! What went wrong while reading: an input that could not be read, in whole
//! or in part. Problems are reported beside the findings and never stop the
//! other files.

use crate::span::{LineIndex, Position, Span};
use serde::{Deserialize, Serialize};

/// How much of the input is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Loss {
    /// The file or path was not read at all; the run counts as failed.
    Whole,
    /// The file was read, but a part of it in a simpler way than meant
    /// (front matter that is not YAML, read as plain lines).
    Part,
}

/// Why something cannot be done with an input, before it is known as a file of
/// the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// What a person can do about it.
    pub help: String,
}

impl Refusal {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }

    /// The problem that it is for the file at a path: nothing of it is read.
    pub(crate) fn of(self, path: impl Into<String>) -> Problem {
        Problem::whole(path, self.message).with_help(self.help)
    }
}

/// One thing that went wrong with one input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The path as it was given or found, `/` separated.
    pub path: String,
    /// Where in the file, if there is a place.
    pub span: Option<Span>,
    /// Line and column of the place, where the file's text is known.
    pub position: Option<Position>,
    /// What is wrong, in one line without a full stop.
    pub message: String,
    /// What a person can do about it.
    pub help: Option<String>,
    /// How much is lost.
    pub loss: Loss,
    /// The lint that reports it as a finding; where that is on, the problem need
    /// not be told.
    pub lint: Option<String>,
}

impl Problem {
    /// A file or path that was not read at all.
    pub fn whole(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(path.into(), message.into(), Loss::Whole)
    }

    /// A file that was read, a part of it in a simpler way than meant.
    pub fn part(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self::new(path.into(), message.into(), Loss::Part)
    }

    fn new(path: String, message: String, loss: Loss) -> Self {
        Self { path, span: None, position: None, message, help: None, loss, lint: None }
    }

    /// Adds what a person can do about it.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the lint that reports it as a finding.
    pub fn reported_by(mut self, lint: &str) -> Self {
        self.lint = Some(lint.to_owned());
        self
    }

    /// Adds the place, and its line and column in the text of the file.
    pub fn at(mut self, span: Span, text: &str) -> Self {
        self.span = Some(span);
        self.position = Some(LineIndex::new(text).position(text, span.start));
        self
    }
}
