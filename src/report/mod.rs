//! Outputs: one file each, every one a view of the same findings, claims and
//! problems. Nothing here decides anything; the order is the one given.

pub mod changes;
pub mod claims_jsonl;
pub mod claims_table;
pub mod comments;
pub mod config;
pub mod coverage;
pub mod edits;
pub mod facts;
pub mod github;
pub mod gitlab;
pub mod html;
pub mod human;
pub mod json;
pub mod junit;
pub mod keyed;
mod link;
pub mod lints;
pub mod markdown;
mod object;
pub mod sarif;
pub mod short;
pub mod statistics;
pub mod unread_jsonl;
pub mod unread_table;
mod visible;
pub mod vocabulary;
pub mod why;
mod window;

pub(crate) use visible::visible;

use crate::compare::{ArticleClaims, Coverage};
use crate::finding::{Finding, Label, Severity};
use crate::lint::Lint;
use crate::paths;
use crate::problem::{Loss, Problem};
use crate::span::{Position, Span};
use serde::Serialize;
use std::path::Path;

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
    /// The lints that were run.
    pub lints: &'a [Lint],
    /// The least severity that fails the run; `None` never fails.
    pub fail_on: Option<Severity>,
    /// What was compared and what was not, where it is asked for.
    pub coverage: Option<&'a Coverage>,
    /// The top folder of the repository: paths for other programs are inside it.
    pub base: &'a Path,
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

    /// A path inside the repository; as it is where it lies elsewhere.
    fn inside(&self, path: &str) -> String {
        paths::inside(self.base, Path::new(path)).unwrap_or_else(|| path.to_owned())
    }

    /// Whether a severity fails the run.
    pub fn fails(&self, severity: Severity) -> bool {
        self.fail_on.is_some_and(|least| severity >= least)
    }
}

/// Where a passage ends, just past its last character.
fn end(label: &Label) -> Position {
    let last_line = label.quote.rsplit('\n').next().unwrap_or_default();
    let columns = last_line.chars().count();
    match label.quote.matches('\n').count() {
        0 => Position { column: label.position.column + columns, ..label.position },
        breaks => Position { line: label.position.line + breaks, column: columns + 1 },
    }
}

/// What each position states and where, one line each, as plain text:
/// "10 mg a day, start: a.md:3, b.md:7".
fn positions(report: &Report<'_>, finding: &Finding) -> Vec<String> {
    /// The most places of one position that are named; the rest is counted.
    const MOST: usize = 6;
    let of_position = |labels: &[Label]| {
        let place = |label: &Label| format!("{}:{}", report.inside(&label.path), label.position.line);
        let mut places: Vec<String> = labels.iter().map(place).collect();
        places.dedup();
        let more = places.len().saturating_sub(MOST);
        places.truncate(MOST);
        if more > 0 {
            places.push(format!("{more} more"));
        }
        let reference = if labels.iter().any(|label| label.reference) { "reference: " } else { "" };
        let states = labels.first().map_or("", |label| label.message.as_str());
        format!("{reference}{states}: {}", places.join(", "))
    };
    finding.labels.chunk_by(|one, next| one.group == next.group).map(of_position).collect()
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
