//! How many planted errors are found: one change each is made to clean
//! articles, and the linter runs over the original with its changed copy.
//!
//! ```text
//! cargo run --release --example planted -- [FOLDER…] [--most N] [--seed N] [--misses]
//! ```
//!
//! The places to change are those that the linter understands, so this
//! measures comparison and how sturdy the reading is, not how much of an
//! article is read at all.

mod change;
mod edit;
mod figures;
mod place;
mod trial;

use change::Change;
use clap::Parser;
use clinlint::finding::Severity;
use clinlint::lint::{Lint, builtin};
use clinlint::paths::Patterns;
use clinlint::source;
use edit::line_of;
use place::Class;
use rayon::prelude::*;
use std::path::PathBuf;
use std::process::ExitCode;
use trial::{Original, Outcome};

/// Plants errors in articles and counts those that are found.
#[derive(Parser)]
struct Arguments {
    /// Articles, or folders of articles, that agree with themselves
    #[arg(default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/clean"))]
    paths: Vec<PathBuf>,

    /// The most changes of each class; more places than that are sampled
    #[arg(long, default_value_t = 500, value_name = "N")]
    most: usize,

    /// What the sample depends on
    #[arg(long, default_value_t = 1, value_name = "N")]
    seed: u64,

    /// Lists every change that is not found, and every false finding
    #[arg(long)]
    misses: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let lints: Vec<Lint> = match builtin() {
        Ok(lints) => lints.into_iter().filter(|lint| lint.enabled).collect(),
        Err(problem) => {
            eprintln!("{}: {}", problem.path, problem.message);
            return ExitCode::from(2);
        }
    };
    let found = source::find(&arguments.paths, &Patterns::none());
    for problem in &found.problems {
        eprintln!("{}: {}", problem.path, problem.message);
    }
    let read = found.files.par_iter().filter_map(|path| match source::read(path) {
        Ok(source) => Some(Original::new(source, &lints)),
        Err(problem) => {
            eprintln!("{}: {}", problem.path, problem.message);
            None
        }
    });
    let originals: Vec<Original> = read.collect();
    if originals.is_empty() {
        return ExitCode::from(2);
    }
    let changes: Vec<Vec<(usize, Change)>> =
        Class::ALL.par_iter().map(|class| sample(places(&originals, *class), arguments.most, arguments.seed)).collect();
    planted(&originals, &changes, &lints, arguments.misses);
    unchanged(&originals, &lints, arguments.misses);
    ExitCode::SUCCESS
}

/// Every change of a class that the articles allow, with the article's number,
/// in the order of the articles.
fn places(originals: &[Original], class: Class) -> Vec<(usize, Change)> {
    let of_article = |(number, original): (usize, &Original)| {
        let changes = class.changes(&original.text, &original.article.claims);
        changes.into_iter().map(|change| (number, change)).collect::<Vec<_>>()
    };
    originals.iter().enumerate().flat_map(of_article).collect()
}

/// At most `most` of the changes, in their order; which ones hangs on the seed
/// alone.
fn sample(mut changes: Vec<(usize, Change)>, most: usize, seed: u64) -> Vec<(usize, Change)> {
    if changes.len() <= most {
        return changes;
    }
    let mut numbers: Vec<usize> = (0..changes.len()).collect();
    numbers.sort_by_key(|number| scatter(seed ^ scatter(*number as u64)));
    numbers.truncate(most);
    numbers.sort_unstable();
    let mut number = 0;
    changes.retain(|_| {
        number += 1;
        numbers.binary_search(&(number - 1)).is_ok()
    });
    changes
}

/// Numbers in, numbers without any order out (the last step of SplitMix64).
fn scatter(number: u64) -> u64 {
    let mixed = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Runs every change and prints what became of it, a line for each class.
fn planted(originals: &[Original], changes: &[Vec<(usize, Change)>], lints: &[Lint], misses: bool) {
    println!("{:<34} {:>8} {:>8} {:>8} {:>8}", "planted", "changes", "found", "share", "false");
    let mut total = (0, 0, 0);
    for (class, changes) in Class::ALL.iter().zip(changes) {
        let outcomes: Vec<Outcome> =
            changes.par_iter().map(|(number, change)| originals[*number].try_change(change, lints)).collect();
        let found = outcomes.iter().filter(|outcome| outcome.is_found).count();
        let wrong = outcomes.iter().map(|outcome| outcome.unrelated.len()).sum::<usize>();
        row(class.name(), changes.len(), found, wrong);
        total = (total.0 + changes.len(), total.1 + found, total.2 + wrong);
        if misses {
            for ((number, change), outcome) in changes.iter().zip(&outcomes) {
                report(&originals[*number], change, outcome);
            }
        }
    }
    row("all", total.0, total.1, total.2);
}

fn row(name: &str, changes: usize, found: usize, wrong: usize) {
    let share = if changes == 0 { "-".to_owned() } else { format!("{:.1} %", 100.0 * found as f64 / changes as f64) };
    println!("{name:<34} {changes:>8} {found:>8} {share:>8} {wrong:>8}");
}

/// Lists a change that was not found, and what was found in its stead.
fn report(original: &Original, change: &Change, outcome: &Outcome) {
    if !outcome.is_found {
        let line = line_of(&original.text, change.edits[0].span.start);
        println!("  missed {}:{line}: {}", original.path, change.shown(&original.text));
    }
    for message in &outcome.unrelated {
        println!("  false  {}: {} => {message}", original.path, change.shown(&original.text));
    }
}

/// Runs every article with a copy of itself.
fn unchanged(originals: &[Original], lints: &[Lint], misses: bool) {
    let found: Vec<Vec<String>> = originals.par_iter().map(|original| original.try_copy(lints)).collect();
    let count: usize = found.iter().map(Vec::len).sum();
    let own: usize = originals.iter().map(|original| original.findings).sum();
    let claims: usize = originals.iter().map(|original| original.article.claims.len()).sum();
    println!(
        "\n{} articles with {claims} claims hold {own} findings (errors: {}) of their own; \
         their unchanged copies add {count}",
        originals.len(),
        originals.iter().map(|original| original.severities.get(&Severity::Error).copied().unwrap_or(0)).sum::<usize>(),
    );
    if misses {
        for (original, messages) in originals.iter().zip(&found) {
            messages.iter().for_each(|message| println!("  copy   {}: {message}", original.path));
        }
    }
}
