//! `diff --format markdown`: a table for a pull request comment.

use super::{Kind, others, states, summary};
use crate::change::Change;
use crate::claim::list_names;
use crate::report::markdown::{code, table, text};
use std::io::{self, Write};

/// Writes a heading that counts the changes, and a row for each.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, changes: &[Change]) -> io::Result<()> {
    writeln!(out, "### clinlint: {}", summary(changes))?;
    let rows = changes.iter().map(|change| {
        let line = change.after.as_ref().or(change.before.as_ref()).map_or(0, |stated| stated.line);
        let against: Vec<String> = change.against.iter().flat_map(others).map(|line| text(&line)).collect();
        [
            code(&format!("{}:{line}", change.path)),
            Kind::of(change).name().to_owned(),
            text(&format!("{}: {}", list_names(&change.drugs, "and"), states(change))),
            against.join("<br>"),
        ]
    });
    table(out, ["where", "claim", "states", "disagrees with"], rows)
}
