//! Outputs: one file each, every one a view of the same findings, claims and
//! problems. Nothing here decides anything; the order is the one given.

pub mod claims_jsonl;
pub mod claims_table;
pub mod config;
pub mod human;
pub mod json;
pub mod lints;
mod visible;
mod window;

use crate::compare::ArticleClaims;
use crate::finding::{Finding, Severity};
use crate::problem::{Loss, Problem};
use crate::span::{Position, Span};
use serde::Serialize;

/// Text in wider lines than this is hard to read.
pub(crate) const READABLE: usize = 100;

/// An article with its text, for outputs that show passages or lines.
#[derive(Clone, Copy, Debug)]
pub struct Passages<'a> {
    /// Path and claims.
    pub claims: &'a ArticleClaims,
    /// The whole file.
    pub text: &'a str,
}

/// Findings that are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Gated {
    /// Kept by a suppression.
    pub suppressed: usize,
    /// In the baseline.
    pub baseline: usize,
    /// Statements of the baseline that contradict nothing any more.
    pub fixed: usize,
}

/// All that an output is a view of.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// What is reported, in order.
    pub findings: &'a [Finding],
    /// What was read.
    pub articles: &'a [Passages<'a>],
    /// What could not be read, and what is wrong with suppressions.
    pub problems: &'a [Problem],
    /// What is left out.
    pub gated: Gated,
}

impl Report<'_> {
    /// Counts what was read, found and left out.
    pub fn summary(&self) -> Summary {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        Summary {
            documents: self.articles.len(),
            claims: self.articles.iter().map(|article| article.claims.claims.len()).sum(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            gated: self.gated,
        }
    }
}

/// How much was looked at and what was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Articles read.
    pub documents: usize,
    /// Claims extracted from them.
    pub claims: usize,
    /// Findings of each severity.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity note.
    pub notes: usize,
    /// Findings that are left out.
    #[serde(flatten)]
    pub gated: Gated,
}

/// A place in machine-readable output: bytes, and where they start.
#[derive(Serialize)]
struct Place {
    start: usize,
    end: usize,
    line: usize,
    column: usize,
}

impl Place {
    fn new(span: Span, position: Position) -> Self {
        Self { start: span.start, end: span.end, line: position.line, column: position.column }
    }
}

/// How grave a problem is, in the terms of findings.
fn severity(problem: &Problem) -> Severity {
    match problem.loss {
        Loss::Whole => Severity::Error,
        Loss::Part => Severity::Warning,
    }
}

/// A count with its noun: "1 article", "5 articles".
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Breaks a line at spaces into lines of at most `width` columns. (miette
/// would break after the dash of "1–2 weeks", too.)
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if visible::width(line) + 1 + visible::width(word) <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
