//! `--statistics`: how much each lint found.

use super::Report;
use crate::finding::Severity;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

/// Writes a row for each lint that found something, the most first: how many
/// findings of each severity, and in how many files.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let mut lints: BTreeMap<&str, ([usize; 3], BTreeSet<&str>)> = BTreeMap::new();
    for finding in report.findings {
        let (counts, files) = lints.entry(&finding.code).or_default();
        counts[match finding.severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        }] += 1;
        files.extend(finding.labels.iter().map(|label| label.path.as_str()));
    }
    if lints.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<_> = lints.into_iter().collect();
    rows.sort_by_key(|(code, (counts, _))| (usize::MAX - counts.iter().sum::<usize>(), *code));
    let widest = rows.iter().map(|(code, _)| code.len()).max().unwrap_or(0);
    writeln!(out, "{:widest$}  errors  warnings  notes  files", "lint")?;
    for (code, ([errors, warnings, notes], files)) in rows {
        writeln!(out, "{code:widest$}  {errors:6}  {warnings:8}  {notes:5}  {:5}", files.len())?;
    }
    Ok(())
}
