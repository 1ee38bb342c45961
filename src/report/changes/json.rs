//! `diff --format json`: one object for other programs.

use super::Kind;
use crate::change::{Against, Change, Stated};
use crate::claim::Name;
use crate::finding::Severity;
use crate::report::object;
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Changes<'a> {
    changes: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    change: Kind,
    file: &'a str,
    drugs: &'a [Name],
    kind: &'a str,
    before: Option<Statement<'a>>,
    after: Option<Statement<'a>>,
    disagrees: Vec<Disagreement<'a>>,
}

#[derive(Serialize)]
struct Statement<'a> {
    line: usize,
    states: &'a str,
}

#[derive(Serialize)]
struct Disagreement<'a> {
    code: &'a str,
    severity: Severity,
    message: &'a str,
    with: Vec<Position<'a>>,
}

#[derive(Serialize)]
struct Position<'a> {
    states: &'a str,
    places: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    line: usize,
}

/// Writes one object with the changes in order.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, changes: &[Change]) -> io::Result<()> {
    object::pretty(out, &Changes { changes: changes.iter().map(row).collect() })
}

fn row(change: &Change) -> Row<'_> {
    Row {
        change: Kind::of(change),
        file: &change.path,
        drugs: &change.drugs,
        kind: change.kind,
        before: change.before.as_ref().map(statement),
        after: change.after.as_ref().map(statement),
        disagrees: change.against.iter().map(disagreement).collect(),
    }
}

fn statement(stated: &Stated) -> Statement<'_> {
    Statement { line: stated.line, states: &stated.states }
}

fn disagreement(against: &Against) -> Disagreement<'_> {
    let with = against.positions.iter().map(|(states, places)| Position {
        states,
        places: places.iter().map(|(file, line)| Place { file, line: *line }).collect(),
    });
    Disagreement { code: &against.code, severity: against.severity, message: &against.message, with: with.collect() }
}
