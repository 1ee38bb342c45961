//! `lints` and `explain`: the lints there are, their pages, and their examples.

use super::{Failure, Status, configuration};
use crate::cli::LintsFormat;
use crate::config::Written;
use crate::examples;
use crate::explain;
use crate::knowledge;
use crate::lint::{self, Lint};
use crate::report::{human, lints, visible};
use crate::settings::{Beside, Settings};
use std::io::{self, Write};

/// Lists the lints.
pub(super) fn list(format: LintsFormat, beside: &Beside, out: &mut impl Write) -> Result<Status, Failure> {
    let all = all(beside)?;
    match format {
        LintsFormat::Table => lints::table(out, &all)?,
        LintsFormat::Json => lints::json(out, &all)?,
        LintsFormat::Markdown => shown(&explain::pages(&all), out)?,
    }
    Ok(Status::Clean)
}

/// Prints the page of a lint.
pub(super) fn explain(
    code: &str,
    beside: &Beside,
    settings: &Settings,
    out: &mut impl Write,
) -> Result<Status, Failure> {
    let lints = all(beside)?;
    let lint = lint::find(&lints, code)
        .map_err(|help| Failure::User { message: format!("there is no lint `{code}`"), help })?;
    shown(&explain::page(lint, settings.out.width), out)?;
    Ok(Status::Clean)
}

/// Prints a page; a lint file may be a stranger's, as an article is.
fn shown(page: &str, out: &mut impl Write) -> io::Result<()> {
    page.lines().try_for_each(|line| writeln!(out, "{}", visible(line)))
}

/// Runs the examples of the lints of the user.
pub(super) fn test(
    beside: &Beside,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    let written = written(beside)?;
    // Those that are named and no others, or those of the configuration.
    let configured = written.as_ref().filter(|_| beside.folders.lints.is_empty());
    let mut own = knowledge::lints(configured, &beside.folders).map_err(Failure::Input)?;
    own.drain(..lint::builtin().map_err(|problem| Failure::Input(vec![problem]))?.len());
    if own.is_empty() {
        return Err(Failure::User {
            message: "there is no folder of lints to test".to_owned(),
            help: "name one: clinlint lints test house-lints".to_owned(),
        });
    }
    let words = knowledge::words(written.as_ref(), &beside.folders).map_err(Failure::Input)?;
    let failures = examples::failures(&own, words.vocabulary());
    human::problems(err, &failures, settings.err)?;
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let examples = counted(own.iter().map(|lint| lint.examples.len()).sum(), "example");
    let outcome = match failures.len() {
        0 => "all hold".to_owned(),
        1 => "1 fails".to_owned(),
        count => format!("{count} fail"),
    };
    writeln!(out, "{}, {examples}: {outcome}", counted(own.len(), "lint"))?;
    Ok(if failures.is_empty() { Status::Clean } else { Status::Found })
}

/// The lints there are, whatever else is wrong with the configuration.
fn all(beside: &Beside) -> Result<Vec<Lint>, Failure> {
    knowledge::lints(written(beside)?.as_ref(), &beside.folders).map_err(Failure::Input)
}

/// The configuration that holds here, as it is written.
pub(super) fn written(beside: &Beside) -> Result<Option<Written>, Failure> {
    configuration(beside, &[])?.as_deref().map(Written::open).transpose().map_err(Failure::Input)
}
