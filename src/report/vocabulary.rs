//! `vocabulary`: what a name stands for, what was made of another source.

use super::visible::visible;
use super::{READABLE, object, wrap};
use crate::vocabulary::{Import, Meaning, Value};
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

/// How many names of each reason are shown.
const EXAMPLES: usize = 3;

/// Writes what an import wrote and what it left out.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn imported(out: &mut impl Write, file: &str, import: &Import) -> io::Result<()> {
    let [drugs, synonyms, brands] = import.counts();
    let file = visible(file);
    if import.text().is_some() {
        writeln!(out, "{file} is written; new in it: drugs {drugs}, synonyms {synonyms}, brands {brands}")?;
    } else {
        writeln!(out, "{file} is not written: there is nothing new for it")?;
    }
    if !import.left_out.is_empty() {
        writeln!(out, "left out:")?;
    }
    for (why, names) in &import.left_out {
        let more = if names.len() > EXAMPLES { ", …" } else { "" };
        let names_shown = names[..names.len().min(EXAMPLES)].join(", ");
        writeln!(out, "  {:>6} {}: {}{more}", names.len(), why.as_str(), visible(&names_shown))?;
    }
    Ok(())
}
