//! `check --format json`: one object for other programs.

use super::{Place, Summary, object};
use crate::compare::Coverage;
use crate::finding::{Confidence, Edit, Finding, Label, Severity};
use crate::problem::Problem;
use crate::span::Span;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<Diagnostic<'a>>,
    summary: Summed<'a>,
    problems: Vec<Unread<'a>>,
}

#[derive(Serialize)]
struct Summed<'a> {
    #[serde(flatten)]
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    coverage: Option<&'a Coverage>,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead_of: Option<&'a str>,
    severity: Severity,
    confidence: Confidence,
    message: &'a str,
    help: &'a str,
    fingerprint: &'a str,
    values: &'a [String],
    proof: &'a [String],
    labels: Vec<Passage<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fix: Vec<Change<'a>>,
}

/// A part of a fix; `span` counts bytes.
#[derive(Serialize)]
struct Change<'a> {
    file: &'a str,
    span: Span,
    replacement: &'a str,
}

#[derive(Serialize)]
struct Passage<'a> {
    file: &'a str,
    span: Place,
    quote: &'a str,
    message: &'a str,
    group: Option<usize>,
    reference: bool,
}

/// A problem; `span` is missing where the file or the place is unknown.
#[derive(Serialize)]
struct Unread<'a> {
    file: &'a str,
    severity: Severity,
    message: &'a str,
    help: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
}

/// Writes findings, summary and problems as one JSON object.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, report: &super::Report<'_>) -> io::Result<()> {
    let object = Report {
        diagnostics: report.findings.iter().map(diagnostic).collect(),
        summary: Summed { summary: report.summary(), coverage: report.coverage },
        problems: report.problems.iter().map(unread).collect(),
    };
    object::pretty(out, &object)
}

/// Writes each finding as it stands in that object, on a line of its own.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn lines(out: &mut impl Write, findings: &[Finding]) -> io::Result<()> {
    findings.iter().try_for_each(|finding| object::line(out, &diagnostic(finding)))
}

fn diagnostic(finding: &Finding) -> Diagnostic<'_> {
    Diagnostic {
        code: &finding.code,
        instead_of: finding.instead_of.as_deref(),
        severity: finding.severity,
        confidence: finding.confidence,
        message: &finding.message,
        help: &finding.help,
        fingerprint: &finding.fingerprint,
        values: &finding.values,
        proof: &finding.proof,
        labels: finding.labels.iter().map(passage).collect(),
        fix: finding.fix.iter().map(change).collect(),
    }
}

fn change(edit: &Edit) -> Change<'_> {
    Change { file: &edit.path, span: edit.span, replacement: &edit.replacement }
}

fn passage(label: &Label) -> Passage<'_> {
    Passage {
        file: &label.path,
        span: Place::new(label.span, label.position),
        quote: &label.quote,
        message: &label.message,
        group: label.group,
        reference: label.reference,
    }
}

fn unread(problem: &Problem) -> Unread<'_> {
    Unread {
        file: &problem.path,
        severity: super::severity(problem),
        message: &problem.message,
        help: problem.help.as_deref(),
        line: problem.position.map(|at| at.line),
        column: problem.position.map(|at| at.column),
    }
}
