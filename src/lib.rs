//! clinlint reads clinical articles, extracts their claims, and reports where
//! claims contradict.
//!
//! The modules stand in the order in which data flows through them, and each
//! knows only those before it (`tests/architecture.rs` keeps it so):
//!
//! ```text
//! span, quantity, problem, finding → source → text → vocabulary → mention → claim → compare → lint → report
//! ```
//!
//! `explain`, `cli`, `settings` and `run` are the command line around them.

pub mod claim;
pub mod cli;
pub mod compare;
pub mod explain;
pub mod finding;
pub mod lint;
pub mod mention;
pub mod problem;
pub mod quantity;
pub mod report;
pub mod run;
pub mod settings;
pub mod source;
pub mod span;
pub mod text;
pub mod vocabulary;

use compare::ArticleClaims;
use finding::Finding;
use lint::Lint;
use problem::Problem;
use rayon::prelude::*;
use report::Passages;
use source::Source;
use std::path::PathBuf;
use vocabulary::Vocabulary;

/// What was read: every article with its claims, and what could not be read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The claims of the articles, in the order of their paths.
    pub articles: Vec<ArticleClaims>,
    /// The texts of the articles, in the same order.
    pub texts: Vec<String>,
    /// Problems, in the order of their paths.
    pub problems: Vec<Problem>,
}

/// Reads every article at and below the paths. `after_each` is called after
/// each file with the number of files in all, from any thread.
pub fn read_paths(paths: &[PathBuf], after_each: &(dyn Fn(usize) + Sync)) -> Reading {
    let found = source::find(paths);
    let files = found.files.par_iter().map(|path| {
        let file = source::read(path).map(File::understand);
        after_each(found.files.len());
        file
    });
    Reading::gather(files.collect(), found.problems)
}

/// Reads articles that are at hand, such as the examples of a lint.
pub fn read_sources(sources: Vec<Source>) -> Reading {
    Reading::gather(sources.into_par_iter().map(|source| Ok(File::understand(source))).collect(), Vec::new())
}

/// Compares the claims of all articles and judges what disagrees.
pub fn check(reading: &Reading, lints: &[Lint]) -> Vec<Finding> {
    let texts: Vec<&str> = reading.texts.iter().map(String::as_str).collect();
    lint::judge(lints, &compare::disagreements(&reading.articles, Vocabulary::builtin()), &reading.articles, &texts)
}

/// One file that was read.
struct File {
    claims: ArticleClaims,
    text: String,
    problems: Vec<Problem>,
}

impl File {
    fn understand(source: Source) -> Self {
        let article = text::read(&source);
        let claims = claim::extract(&source, &article, Vocabulary::builtin());
        let claims = ArticleClaims { path: source.path, updated: article.updated, claims };
        Self { claims, text: source.text, problems: article.problems }
    }
}

impl Reading {
    /// Claims and text of each article, side by side.
    pub fn passages(&self) -> Vec<Passages<'_>> {
        self.articles.iter().zip(&self.texts).map(|(claims, text)| Passages { claims, text }).collect()
    }

    fn gather(files: Vec<Result<File, Problem>>, problems: Vec<Problem>) -> Self {
        let mut reading = Self { problems, ..Self::default() };
        for file in files {
            match file {
                Ok(file) => {
                    reading.articles.push(file.claims);
                    reading.texts.push(file.text);
                    reading.problems.extend(file.problems);
                }
                Err(problem) => reading.problems.push(problem),
            }
        }
        reading
            .problems
            .sort_by(|one, other| (&one.path, one.span, &one.message).cmp(&(&other.path, other.span, &other.message)));
        reading
    }
}
