//! `claims`: from the articles to what was understood.

use super::{Failure, Status, known, nothing_to_read, pool, read, status};
use crate::cli::ClaimsFormat;
use crate::knowledge::Knowledge;
use crate::problem::Problem;
use crate::report::{claims_jsonl, claims_table, human, keyed, unread_jsonl, unread_table};
use crate::settings::{Input, Settings, Stdin};
use crate::source::standard;
use crate::{Reading, read_sources};
use std::io::{self, Write};

pub(super) fn claims(
    input: &Input,
    format: ClaimsFormat,
    unread: bool,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    let known = known(input)?;
    // A table ends with how much there was of all.
    let is_stream = input.stdin == Some(Stdin::Lines) && input.paths.is_empty() && format != ClaimsFormat::Table;
    let problems = if is_stream {
        in_batches(input, &known, |reading| print(reading, format, unread, &known, settings, out))?
    } else {
        let reading = read(input, &known, &[], settings)?;
        print(&reading, format, unread, &known, settings, out)?;
        reading.problems
    };
    out.flush()?;
    human::problems(err, &problems, settings.err)?;
    Ok(status(&problems, false))
}

fn print(
    reading: &Reading,
    format: ClaimsFormat,
    unread: bool,
    known: &Knowledge,
    settings: &Settings,
    out: &mut impl Write,
) -> io::Result<()> {
    match format {
        ClaimsFormat::Table if unread => unread_table::write(out, &reading.passages(), settings.out.width),
        _ if unread => unread_jsonl::write(out, &reading.passages()),
        ClaimsFormat::Table => claims_table::write(out, &reading.passages(), settings.out.width),
        ClaimsFormat::Jsonl => claims_jsonl::write(out, &reading.passages()),
        ClaimsFormat::Keyed => keyed::write(out, &reading.articles, &reading.suppressions, known.vocabulary()),
    }
}

/// Reads the articles of standard input a few at a time, so that there may be
/// any number of them.
fn in_batches(
    input: &Input,
    known: &Knowledge,
    mut print: impl FnMut(&Reading) -> io::Result<()>,
) -> Result<Vec<Problem>, Failure> {
    /// Bytes of text that are read before the claims are printed.
    const BATCH: usize = 8 << 20;
    let pool = pool(input)?;
    let mut articles = standard::lines(io::stdin().lock());
    let mut problems = Vec::new();
    let mut is_empty = true;
    loop {
        let (mut batch, mut size) = (Vec::new(), 0);
        while size < BATCH {
            match articles.next() {
                Some(Ok(source)) => {
                    size += source.text.len() + source.path.len();
                    batch.push(source.framed(&known.config.frames));
                }
                Some(Err(problem)) => problems.push(problem),
                None => break,
            }
        }
        if batch.is_empty() {
            break;
        }
        is_empty = false;
        let reading = pool.install(|| read_sources(batch, known.vocabulary()));
        print(&reading)?;
        problems.extend(reading.problems);
    }
    if is_empty && problems.is_empty() {
        problems.push(nothing_to_read());
    }
    Ok(problems)
}
