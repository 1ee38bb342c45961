//! `short`: one line a finding, in the form that terminals and editors make
//! clickable.

use super::human::Style;
use super::link::link;
use super::visible::{visible, without_commands};
use super::{Report, severity};
use std::io::{self, Write};

/// Writes `path:line:column: severity[code] message` for each finding, and the
/// same without a code for each problem.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, report: &Report<'_>, style: Style) -> io::Result<()> {
    for finding in report.findings {
        let Some(first) = finding.labels.first() else { continue };
        let place = format!("{}:{}:{}", first.path, first.position.line, first.position.column);
        let place = without_commands(visible(&place).into_owned());
        let rest = format!(": {}[{}] {}", finding.severity.name(), finding.code, finding.message);
        let place = if style.links { link(&first.path, &place) } else { place };
        writeln!(out, "{place}{}", without_commands(visible(&rest).into_owned()))?;
    }
    for problem in report.problems {
        let place = problem.position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let line = format!("{}{place}: {} {}", problem.path, severity(problem).name(), problem.message);
        writeln!(out, "{}", without_commands(visible(&line).into_owned()))?;
    }
    Ok(())
}
