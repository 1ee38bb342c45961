//! What was compared and what was not, for people: under a clean run, what
//! "clean" means.

use super::counted;
use super::unread_table::share;
use crate::compare::Coverage;
use std::io::{self, Write};

/// Writes how many statements were understood and compared, and why the others
/// were not, most frequent first.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, coverage: &Coverage) -> io::Result<()> {
    if coverage.seen > 0 {
        let share = share(coverage.understood, coverage.seen);
        writeln!(out, "looks like a dose, an NNT or a contraindication: {share}")?;
    }
    let all: usize = coverage.extracted.values().sum();
    let kinds: Vec<String> = coverage.extracted.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    writeln!(out, "{} understood{kinds}", counted(all, "claim"))?;
    let mut apart: Vec<(usize, String)> =
        coverage.apart.iter().map(|(apart, count)| (*count, format!("not compared: {}", apart.words()))).collect();
    apart.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let lots = [
        (coverage.compared, "compared"),
        (coverage.guessed, "compared at low confidence only: what they have in common is guessed"),
        (coverage.alone, "not compared: nothing else answers the same question about the drug"),
    ];
    let lots = lots.into_iter().map(|(count, what)| (count, what.to_owned())).chain(apart);
    for (count, what) in lots.filter(|(count, _)| *count > 0) {
        writeln!(out, "{count:>7}  {what}")?;
    }
    Ok(())
}
