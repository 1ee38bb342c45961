//! `gitlab`: a Code Quality report of GitLab.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/>

use super::visible::visible;
use super::{Report, end, object, positions, severity};
use crate::finding::{Finding, Severity};
use crate::lint::fingerprint;
use crate::problem::Problem;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Violation {
    description: String,
    check_name: String,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// Writes one array with a violation for each finding, at its first passage,
/// and for each problem.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let findings = report.findings.iter().filter_map(|finding| violation(report, finding));
    let problems = report.problems.iter().map(|problem| unread(report, problem));
    object::pretty(out, &findings.chain(problems).collect::<Vec<_>>())
}

fn violation(report: &Report<'_>, finding: &Finding) -> Option<Violation> {
    let first = finding.labels.first()?;
    let others = positions(report, finding).join("; ");
    Some(Violation {
        description: visible(&format!("{} ({others})", finding.message)).into_owned(),
        check_name: finding.code.clone(),
        fingerprint: finding.fingerprint.clone(),
        severity: if finding.tenfold { "blocker" } else { name(finding.severity) },
        location: Location {
            path: report.inside(&first.path),
            lines: Lines { begin: first.position.line, end: end(first).line },
        },
    })
}

fn unread(report: &Report<'_>, problem: &Problem) -> Violation {
    let line = problem.position.map_or(1, |at| at.line);
    Violation {
        description: visible(&problem.message).into_owned(),
        check_name: "clinlint".to_owned(),
        fingerprint: fingerprint([problem.path.as_str(), &line.to_string(), &problem.message]),
        severity: name(severity(problem)),
        location: Location { path: report.inside(&problem.path), lines: Lines { begin: line, end: line } },
    }
}

fn name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "info",
    }
}
