//! `diff --format text`: for people.

use super::{Kind, others, states, summary};
use crate::change::Change;
use crate::claim::list_names;
use crate::report::visible::{visible, without_commands};
use std::io::{self, Write};

/// Writes the changes under the names of their articles, each followed by what
/// it disagrees with, and a line that counts them.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, changes: &[Change]) -> io::Result<()> {
    let mut line = |text: String| writeln!(out, "{}", without_commands(visible(&text).into_owned()));
    for of_article in changes.chunk_by(|one, next| one.path == next.path) {
        line(of_article[0].path.clone())?;
        for change in of_article {
            let at = change.after.as_ref().or(change.before.as_ref()).map_or(0, |stated| stated.line);
            let drugs = list_names(&change.drugs, "and");
            line(format!("  {:7}  line {at}: {drugs}: {}", Kind::of(change).name(), states(change)))?;
            for other in change.against.iter().flat_map(others) {
                line(format!("           {other}"))?;
            }
        }
    }
    line(summary(changes))
}
