//! `github`: annotations, as workflow commands of GitHub Actions.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use super::visible::{visible, without_commands};
use super::{Report, end, positions, severity};
use crate::finding::Severity;
use std::io::{self, Write};

/// Writes a workflow command for each finding, at its first passage, and for
/// each problem.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    for finding in report.findings {
        let Some(first) = finding.labels.first() else { continue };
        let end = end(first);
        let mut properties = vec![
            ("file", report.inside(&first.path)),
            ("line", first.position.line.to_string()),
            ("endLine", end.line.to_string()),
        ];
        // Columns count only where the passage is on one line.
        if end.line == first.position.line {
            properties.push(("col", first.position.column.to_string()));
            properties.push(("endColumn", end.column.to_string()));
        }
        properties.push(("title", finding.code.clone()));
        let mut lines = vec![finding.message.clone()];
        lines.extend(positions(report, finding));
        lines.push(format!("help: {}", finding.help));
        command(out, finding.severity, &properties, &lines)?;
    }
    for problem in report.problems {
        let mut properties = vec![("file", report.inside(&problem.path))];
        if let Some(at) = problem.position {
            properties.push(("line", at.line.to_string()));
            properties.push(("col", at.column.to_string()));
        }
        let help = problem.help.iter().map(|help| format!("help: {help}"));
        let lines: Vec<String> = std::iter::once(problem.message.clone()).chain(help).collect();
        command(out, severity(problem), &properties, &lines)?;
    }
    Ok(())
}

fn command(
    out: &mut impl Write,
    severity: Severity,
    properties: &[(&str, String)],
    lines: &[String],
) -> io::Result<()> {
    let name = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", property(&visible(value)))).collect();
    let lines: Vec<String> = lines.iter().map(|line| data(&visible(line))).collect();
    let command = format!("::{name} {}::{}", properties.join(","), lines.join("%0A"));
    writeln!(out, "{}", without_commands(command))
}

/// A message as the runner reads it back.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property as the runner reads it back.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
