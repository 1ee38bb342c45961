//! `vocabulary lookup`: what a name stands for.

use super::visible::visible;
use super::{READABLE, object, wrap};
use crate::vocabulary::{Meaning, Value};
use std::io::{self, Write};

/// Writes each thing that a name stands for, with all that is said of it.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn text(out: &mut impl Write, name: &str, meanings: &[Meaning], width: usize) -> io::Result<()> {
    for (at, meaning) in meanings.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}: {} {}", visible(name), meaning.kind, visible(&meaning.name))?;
        let counts = meaning.counts.map(|counts| ("counts", counts.to_owned()));
        let facts = meaning.facts.iter().map(|fact| (fact.what, values(&fact.values)));
        for (what, said) in counts.into_iter().chain(facts).chain([("from", meaning.from.join(", "))]) {
            let lines = wrap(&visible(&said), width.min(READABLE) - INDENT);
            for (at, line) in lines.iter().enumerate() {
                let what = if at == 0 { what } else { "" };
                writeln!(out, "  {what:13} {line}")?;
            }
        }
    }
    Ok(())
}

/// Room for the names of what is said.
const INDENT: usize = 16;

fn values(values: &[Value]) -> String {
    let value = |value: &Value| match &value.from {
        Some(place) => format!("{} ({place})", value.text),
        None => value.text.clone(),
    };
    values.iter().map(value).collect::<Vec<_>>().join("; ")
}

/// Writes the same for other programs, as one JSON array.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn json(out: &mut impl Write, meanings: &[Meaning]) -> io::Result<()> {
    object::pretty(out, &meanings)
}
