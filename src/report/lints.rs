//! `lints`: the lints there are.

use super::object;
use super::visible::visible;
use crate::finding::Severity;
use crate::lint::Lint;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes code, usual severity and title of each lint in columns.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn table(out: &mut impl Write, lints: &[Lint]) -> io::Result<()> {
    let code = lints.iter().map(|lint| lint.code.len()).max().unwrap_or(0);
    for lint in lints {
        writeln!(out, "{:code$}  {:7}  {}", lint.code, lint.by_default(), visible(&lint.title))?;
    }
    Ok(())
}

/// A lint for other programs.
#[derive(Serialize)]
struct Row<'a> {
    code: &'a str,
    title: &'a str,
    topic: &'static str,
    severity: BTreeMap<&'static str, Severity>,
    enabled: bool,
    help: &'a str,
    explanation: &'a str,
    source: &'a str,
}

/// Writes everything but the examples as one JSON array.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn json(out: &mut impl Write, lints: &[Lint]) -> io::Result<()> {
    let rows = lints.iter().map(|lint| Row {
        code: &lint.code,
        title: &lint.title,
        topic: lint.topic.name(),
        severity: lint.severity.iter().map(|(relation, severity)| (relation.name(), *severity)).collect(),
        enabled: lint.enabled,
        help: &lint.help,
        explanation: &lint.explanation,
        source: &lint.source,
    });
    object::pretty(out, &rows.collect::<Vec<_>>())
}
