//! `config FILE`: what is in force for a file, and where each value comes from.

use super::visible::visible;
use crate::config::{Config, Set};
use crate::finding::{Confidence, Severity};
use crate::lint::Lint;
use std::io::{self, Write};
use std::path::Path;

/// Writes the settings that hold for a file, each with the line of the
/// configuration that says so.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, config: &Config, path: &Path, lints: &[Lint]) -> io::Result<()> {
    let file = config.file.as_deref().unwrap_or("none, the defaults hold");
    writeln!(out, "configuration  {}", visible(file))?;
    let by = |pattern: &str| visible(&format!("`{pattern}` of {file}")).into_owned();
    let (role, why) = match (config.exclude.matching(path), config.references.matching(path)) {
        (Some(pattern), _) => ("not read", by(pattern)),
        (None, Some(pattern)) => ("a reference, which articles are held to", by(pattern)),
        (None, None) => ("an article", "default".to_owned()),
    };
    writeln!(out, "{}  {role}  ({why})", visible(&path.to_string_lossy()))?;
    let unsaid = config.frames.of(path).unsaid;
    if !unsaid.is_empty() {
        writeln!(out, "{}", visible(&format!("left unsaid: {}  (`folders` of {file})", unsaid.join(", "))))?;
    }
    writeln!(out)?;

    let least = format!("{} %", config.least_understood.value);
    let mut rows = vec![
        ("confidence", confidence(config.confidence.value), origin(file, config.confidence.line)),
        ("fail-on", severity(config.fail_on.value, "never"), origin(file, config.fail_on.line)),
    ];
    rows.push(("least-understood", &least, origin(file, config.least_understood.line)));
    for lint in lints {
        rows.push(match config.of_lint(lint) {
            None => (&lint.code, lint.by_default(), "default".to_owned()),
            Some((name, _)) if !lint.enabled && name != lint.code => (&lint.code, "off", "default".to_owned()),
            Some((name, Set { value, line })) => {
                let origin = origin(file, line);
                let origin = if name == lint.code { origin } else { format!("{origin}, for all of {name}") };
                (&lint.code, severity(value, "off"), origin)
            }
        });
    }
    let widest = rows.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    for (name, value, origin) in rows {
        writeln!(out, "{name:widest$}  {value:7}  {}", visible(&origin))?;
    }
    for suppression in config.suppressions.iter().filter(|kept| kept.covers(&path.to_string_lossy(), 1)) {
        let (terms, line) = (&suppression.terms, suppression.position.line);
        let until = terms.until.map(|until| format!(" until {until}")).unwrap_or_default();
        let values = terms.values.as_ref().map(ToString::to_string).unwrap_or_default();
        let kept = format!("kept{until}: {} ({values}), because {}", terms.lint, terms.reason);
        writeln!(out, "{}  ({})", visible(&kept), visible(&origin(file, Some(line))))?;
    }
    Ok(())
}

fn origin(file: &str, line: Option<usize>) -> String {
    line.map_or_else(|| "default".to_owned(), |line| format!("{file}:{line}"))
}

fn severity(severity: Option<Severity>, none: &'static str) -> &'static str {
    severity.map_or(none, Severity::name)
}

fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::Low => "low",
        Confidence::Medium => "medium",
        Confidence::High => "high",
    }
}
