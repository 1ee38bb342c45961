//! clinlint reads clinical articles, extracts their claims, and reports where
//! claims contradict.
//!
//! The modules stand in the order in which data flows through them, and each
//! knows only those before it (`tests/architecture.rs` keeps it so):
//!
//! ```text
//! span, quantity, rounding, dated, work, problem, finding, topic, nearest, paths, write, git, word → source → text
//!     → vocabulary → mention → claim → slip → compare → lint → suppression → exchange → cache → config → knowledge → gate
//!     → change → fix → facts → report
//! ```
//!
//! `explain`, `examples`, `cli`, `settings` and `run` are the command line around them,
//! `server` is the editor's.

pub mod cache;
pub mod change;
pub mod claim;
pub mod cli;
pub mod compare;
pub mod config;
pub mod dated;
pub mod examples;
pub mod exchange;
pub mod explain;
pub mod facts;
pub mod finding;
pub mod fix;
pub mod gate;
pub mod git;
pub mod knowledge;
pub mod lint;
pub mod mention;
pub mod nearest;
pub mod paths;
pub mod problem;
pub mod quantity;
pub mod report;
pub mod rounding;
pub mod run;
pub mod server;
pub mod settings;
pub mod slip;
pub mod source;
pub mod span;
pub mod suppression;
pub mod text;
pub mod topic;
pub mod vocabulary;
pub mod word;
pub mod work;
pub mod write;

use cache::Cache;
use compare::ArticleClaims;
use finding::Finding;
use knowledge::Knowledge;
use lint::Lint;
use problem::Problem;
use rayon::prelude::*;
use report::Passages;
use source::Source;
use span::Places;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use suppression::Suppression;
use topic::Topic;
use vocabulary::Vocabulary;

/// What was read: every article with its claims, and what could not be read.
#[derive(Debug, Default)]
pub struct Reading {
    /// The claims of the articles, in the order of their paths.
    pub articles: Vec<ArticleClaims>,
    /// The texts of the articles, in the same order.
    pub texts: Vec<String>,
    /// What the articles say about findings that are kept, in the same order.
    pub suppressions: Vec<Suppression>,
    /// Problems, in the order of their paths.
    pub problems: Vec<Problem>,
}

/// Reads every article at and below the paths that is not excluded, and those
/// at hand, which take the place of files of the same path. `after_each` is
/// called after each with the number of all, from any thread. What a cache knows
/// of a file is not read again.
pub fn read_paths(
    paths: &[PathBuf],
    at_hand: Vec<Source>,
    known: &Knowledge,
    cache: &Cache,
    after_each: &(dyn Fn(usize) + Sync),
) -> Reading {
    let (vocabulary, frames) = (known.vocabulary(), &known.config.frames);
    let found = source::find(paths, &known.config.exclude);
    let mut pending: BTreeMap<PathBuf, Pending> =
        found.files.into_iter().map(|path| (paths::absolute(&path), Pending::File(path))).collect();
    pending.extend(at_hand.into_iter().map(|source| (paths::absolute(Path::new(&source.path)), Pending::Text(source))));
    let mut pending: Vec<Pending> = pending.into_values().collect();
    pending.sort_by(|one, other| one.path().cmp(other.path()));
    let all = pending.len();
    let files = pending.into_par_iter().map(|pending| {
        let file = match pending {
            Pending::File(path) => {
                source::read(&path).and_then(|source| File::remembered(source.framed(frames), vocabulary, cache))
            }
            Pending::Text(source) => File::guarded(source.framed(frames), vocabulary),
        };
        after_each(all);
        file
    });
    Reading::gather(files.collect(), found.problems)
}

/// An article that is to be read.
enum Pending {
    File(PathBuf),
    Text(Source),
}

impl Pending {
    fn path(&self) -> &Path {
        match self {
            Self::File(path) => path,
            Self::Text(source) => Path::new(&source.path),
        }
    }
}

/// Reads articles that are at hand, such as the examples of a lint.
pub fn read_sources(sources: Vec<Source>, vocabulary: &Vocabulary) -> Reading {
    let files = sources.into_par_iter().map(|source| File::guarded(source, vocabulary));
    Reading::gather(files.collect(), Vec::new())
}

/// Compares the claims of all articles and judges what disagrees. The
/// vocabulary is the one that they were read with.
pub fn check(reading: &Reading, lints: &[Lint], vocabulary: &Vocabulary) -> Vec<Finding> {
    let wanted: Vec<Topic> = lints.iter().map(|lint| lint.topic).collect();
    lint::judge(lints, &compare::disagreements_on(&reading.articles, &wanted, vocabulary), &reading.articles)
}

/// One file that was read.
pub(crate) struct File {
    /// Its claims.
    pub claims: ArticleClaims,
    /// Its text, byte for byte.
    pub text: String,
    /// What it says about findings that are kept.
    pub suppressions: Vec<Suppression>,
    /// What went wrong.
    pub problems: Vec<Problem>,
}

impl File {
    /// Reads a file so that an error of this program costs one article and not
    /// the run.
    pub(crate) fn guarded(source: Source, vocabulary: &Vocabulary) -> Result<Self, Problem> {
        let path = source.path.clone();
        guard(path, || Self::understand(source, vocabulary))
    }

    /// Takes what is known of a file from a cache, or reads it.
    fn remembered(source: Source, vocabulary: &Vocabulary, cache: &Cache) -> Result<Self, Problem> {
        let Some(digest) = cache.digest(&source) else { return Self::guarded(source, vocabulary) };
        if let Some((claims, suppressions, problems)) = cache.get(&digest) {
            return Ok(Self { claims, text: source.text, suppressions, problems });
        }
        let file = Self::guarded(source, vocabulary)?;
        let Self { claims, text: _, suppressions, problems } = &file;
        cache.put(digest, claims, suppressions, problems);
        Ok(file)
    }

    fn understand(source: Source, vocabulary: &Vocabulary) -> Self {
        let (suppressions, mut problems) = suppression::of_article(&source);
        let blanked = match suppression::without(&source.text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(text) => Some(Source { text, ..source.clone() }),
        };
        let read = blanked.as_ref().unwrap_or(&source);
        let article = text::read(read);
        let readings = mention::read(&article, vocabulary);
        let (mut claims, understanding) = claim::extract(read, &article, &readings, vocabulary);
        if blanked.is_some() {
            claims.iter_mut().for_each(|claim| claim.quote = claim.span.slice(source.text.as_bytes()).into_owned());
        }
        let slips = slip::find(&source, &article, &readings, &claims, vocabulary);
        problems.extend(article.problems);
        let claims = ArticleClaims {
            path: source.path,
            dated: article.dated,
            claims,
            understanding,
            slips,
            places: Places::default(),
        };
        let claims = claims.placed(&source.text);
        Self { claims, text: source.text, suppressions, problems }
    }
}

/// Does something for an input; a panic is a problem of that input.
fn guard<T>(path: String, work: impl FnOnce() -> T) -> Result<T, Problem> {
    // Nothing that the work could leave half done outlives it.
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        Problem::whole(path, "not checked: clinlint failed on it, which is an error of clinlint")
            .with_help("please report it, with the file or the part of it that is to blame")
    })
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
                    reading.suppressions.extend(file.suppressions);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Loss;

    #[test]
    fn an_error_of_the_program_costs_one_input() {
        let lost = guard("a.md".to_owned(), || -> u8 { panic!("on purpose") }).unwrap_err();
        assert_eq!((lost.path.as_str(), lost.loss), ("a.md", Loss::Whole));
        assert_eq!(guard("b.md".to_owned(), || 1), Ok(1));
    }
}
