//! `check --diff`: the lines that edits take out and put in.

use super::visible::{visible, without_commands};
use similar::{ChangeTag, TextDiff};
use std::io::{self, Write};

/// Writes what changes between two texts of a file, with the lines around it,
/// as people know it from `diff -u`. What a terminal would obey is shown as a
/// picture, so it is for reading and no patch.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, path: &str, before: &str, after: &str) -> io::Result<()> {
    /// Lines around a change.
    const CONTEXT: usize = 1;
    let mut line = |text: &str| writeln!(out, "{}", without_commands(visible(text).into_owned()));
    line(&format!("--- {path}"))?;
    line(&format!("+++ {path}"))?;
    let diff = TextDiff::from_lines(before, after);
    for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
        line(&hunk.header().to_string())?;
        for change in hunk.iter_changes() {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            line(&format!("{sign}{}", change.value().trim_end_matches(['\r', '\n'])))?;
        }
    }
    Ok(())
}
