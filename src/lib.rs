//! clinlint reads clinical articles, extracts their claims, and reports where
//! claims contradict.
//!
//! The modules stand in the order in which data flows through them, and each
//! knows only those before it (`tests/architecture.rs` keeps it so):
//!
//! ```text
//! span, problem, finding → source → text → vocabulary → mention → claim → compare → lint → report
//! ```
//!
//! `cli`, `settings`, `explain` and `run` are the command line around them.

pub mod claim;
pub mod cli;
pub mod compare;
pub mod explain;
pub mod finding;
pub mod lint;
mod pending;
pub mod problem;
pub mod report;
pub mod run;
pub mod settings;
pub mod span;
pub mod text;

use compare::ArticleClaims;
use finding::Finding;
use lint::Lint;
use pending::{Source, disagreements, extract, find, read};
use problem::Problem;
use rayon::prelude::*;
use report::Passages;
use std::path::PathBuf;

/// What was read: every article with its claims, and what could not be read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The claims of the articles, ordered by path.
    pub articles: Vec<ArticleClaims>,
    /// The texts of the articles, in the same order.
    pub texts: Vec<String>,
    /// Problems, ordered by path.
    pub problems: Vec<Problem>,
}

/// Reads every article at and below the paths. `after_each` is called after
/// each file with the number of files in all, from any thread.
pub fn read_articles(paths: &[PathBuf], after_each: &(dyn Fn(usize) + Sync)) -> Reading {
    let found = find(paths);
    let files = found.files.par_iter().map(|path| {
        let article = read(path).map(article);
        after_each(found.files.len());
        article
    });
    let mut reading = Reading { problems: found.problems, ..Reading::default() };
    for file in files.collect::<Vec<_>>() {
        match file {
            Ok((claims, text, problems)) => {
                reading.articles.push(claims);
                reading.texts.push(text);
                reading.problems.extend(problems);
            }
            Err(problem) => reading.problems.push(problem),
        }
    }
    reading
        .problems
        .sort_by(|one, other| (&one.path, one.span, &one.message).cmp(&(&other.path, other.span, &other.message)));
    reading
}

/// The claims of one file.
fn article(source: Source) -> (ArticleClaims, String, Vec<Problem>) {
    let (claims, problems) = extract(&source);
    (ArticleClaims { path: source.path, updated: None, claims }, source.text, problems)
}

/// Compares the claims of all articles and judges what disagrees.
pub fn check(reading: &Reading, lints: &[Lint]) -> Vec<Finding> {
    let texts: Vec<&str> = reading.texts.iter().map(String::as_str).collect();
    lint::judge(lints, &disagreements(&reading.articles), &reading.articles, &texts)
}

impl Reading {
    /// Claims and text of each article, side by side.
    pub fn passages(&self) -> Vec<Passages<'_>> {
        self.articles.iter().zip(&self.texts).map(|(claims, text)| Passages { claims, text }).collect()
    }
}
