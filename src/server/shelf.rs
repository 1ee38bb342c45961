//! The articles of a workspace as they were read, in the order of their paths.

use super::place::Lines;
use crate::File;
use crate::compare::{ArticleClaims, ClaimId};
use crate::problem::Problem;
use crate::suppression::Suppression;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The articles. All lists have the same order.
#[derive(Default)]
pub(crate) struct Shelf {
    paths: Vec<PathBuf>,
    /// The claims, as comparison takes them.
    pub claims: Vec<ArticleClaims>,
    sheets: Vec<Sheet>,
    /// Why some could not be read.
    lost: BTreeMap<PathBuf, Problem>,
}

/// What is kept of an article beside its claims.
pub(crate) struct Sheet {
    /// The text that was read.
    pub text: String,
    /// What it says about findings that are kept.
    pub suppressions: Vec<Suppression>,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// Whether an editor holds the text.
    is_document: bool,
    lines: OnceCell<Lines>,
}

impl Sheet {
    /// The lines of the text, counted when they are first asked for.
    pub fn lines(&self) -> &Lines {
        let count = if self.is_document { Lines::of_document } else { Lines::of_file };
        self.lines.get_or_init(|| count(&self.text))
    }
}

impl Shelf {
    /// Puts an article in the place of an earlier reading; `is_document` says
    /// whether an editor holds it. Gives its number and the claims that it had,
    /// where articles keep their numbers.
    pub fn put(
        &mut self,
        path: &Path,
        read: Result<File, Problem>,
        is_document: bool,
    ) -> Option<(usize, ArticleClaims)> {
        let file = match read {
            Ok(file) => file,
            Err(problem) => {
                self.remove(path);
                self.lost.insert(path.to_owned(), problem);
                return None;
            }
        };
        self.lost.remove(path);
        let File { claims, text, suppressions, problems } = file;
        let sheet = Sheet { text, suppressions, problems, is_document, lines: OnceCell::new() };
        match self.find(path) {
            Ok(at) => {
                self.sheets[at] = sheet;
                Some((at, std::mem::replace(&mut self.claims[at], claims)))
            }
            Err(at) => {
                self.paths.insert(at, path.to_owned());
                self.claims.insert(at, claims);
                self.sheets.insert(at, sheet);
                None
            }
        }
    }

    /// Takes an article away.
    pub fn remove(&mut self, path: &Path) {
        self.lost.remove(path);
        if let Ok(at) = self.find(path) {
            self.paths.remove(at);
            self.claims.remove(at);
            self.sheets.remove(at);
        }
    }

    /// Whether an article is there, readable or not.
    pub fn holds(&self, path: &Path) -> bool {
        self.lost.contains_key(path) || self.find(path).is_ok()
    }

    /// The articles that are there, readable or not.
    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.paths.iter().chain(self.lost.keys())
    }

    /// Why articles could not be read.
    pub fn lost(&self) -> impl Iterator<Item = &Problem> {
        self.lost.values()
    }

    /// The number of an article.
    pub fn index(&self, path: &Path) -> Option<usize> {
        self.find(path).ok()
    }

    /// The path of an article.
    pub fn path(&self, article: usize) -> &Path {
        &self.paths[article]
    }

    /// What is kept of an article beside its claims.
    pub fn sheet(&self, article: usize) -> &Sheet {
        &self.sheets[article]
    }

    /// What is kept of all articles beside their claims.
    pub fn sheets(&self) -> &[Sheet] {
        &self.sheets
    }

    /// The claims that cover a byte of an article, the shortest first.
    pub fn claims_at(&self, article: usize, offset: usize) -> Vec<ClaimId> {
        let claims = self.claims[article].claims.iter().enumerate();
        let covers = |span: crate::span::Span| (span.start..=span.end).contains(&offset);
        let mut found: Vec<(usize, usize)> =
            claims.filter(|(_, claim)| covers(claim.span)).map(|(number, claim)| (claim.span.len(), number)).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, claim)| ClaimId { article, claim }).collect()
    }

    fn find(&self, path: &Path) -> Result<usize, usize> {
        self.paths.binary_search_by(|known| known.as_path().cmp(path))
    }
}
