//! What a run knows before it reads an article.

use crate::config::{Config, Written};
use crate::lint::{self, Lint};
use crate::paths;
use crate::problem::Problem;
use crate::vocabulary::Vocabulary;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Configuration, lints and vocabulary.
pub struct Knowledge {
    /// What is read and what is reported.
    pub config: Config,
    /// Every lint there is: the built-in ones, then those of each folder.
    pub lints: Vec<Lint>,
    /// The lints that report something, each with the severity that is set.
    pub on: Vec<Lint>,
}

/// Folders that extend what is built in, as typed; those of the configuration
/// come first.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// Folders of lints.
    pub lints: Vec<PathBuf>,
    /// Folders of vocabulary files.
    pub vocabulary: Vec<PathBuf>,
}

impl Knowledge {
    /// What a configuration asks for, if there is one, and the folders beside
    /// it; `here` is the folder that is meant without one.
    ///
    /// # Errors
    ///
    /// All that is wrong with the configuration, or else with the folders.
    pub fn new(configuration: Option<&Path>, here: &Path, folders: &Folders) -> Result<Self, Vec<Problem>> {
        Self::with(configuration.map(Written::open).transpose()?, here, folders)
    }

    /// What a configuration asks for that lies in a file, or is to lie there.
    ///
    /// # Errors
    ///
    /// See [`Self::new`].
    pub fn parse(file: &Path, text: &str, folders: &Folders) -> Result<Self, Vec<Problem>> {
        Self::with(Some(Written::of_text(file, text)?), file, folders)
    }

    fn with(written: Option<Written>, here: &Path, folders: &Folders) -> Result<Self, Vec<Problem>> {
        let lints = lints(written.as_ref(), folders)?;
        let config = written.map_or_else(|| Ok(Config::none(here)), |written| written.check(&lints))?;
        Ok(Self { on: config.apply(lints.clone()), config, lints })
    }

    /// Whether a problem is told beside the findings: no lint that is on reports
    /// it as one.
    pub fn tells(&self, problem: &Problem) -> bool {
        problem.lint.as_ref().is_none_or(|code| !self.on.iter().any(|lint| lint.code == *code))
    }

    /// The words that articles are read with.
    pub fn vocabulary(&self) -> &Vocabulary {
        Vocabulary::builtin()
    }

    /// Whether a lint reports something.
    pub fn is_on(&self, lint: &Lint) -> bool {
        self.on.iter().any(|on| on.code == lint.code)
    }
}

/// The lints there are with a configuration, whatever else stands in it.
///
/// # Errors
///
/// All that is wrong with a folder of lints.
pub fn lints(written: Option<&Written>, folders: &Folders) -> Result<Vec<Lint>, Vec<Problem>> {
    let missing = written.map(Written::missing_folders).unwrap_or_default();
    if !missing.is_empty() {
        return Err(missing);
    }
    let mut lints = lint::builtin().map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    let named = written.map(Written::lint_folders).unwrap_or_default();
    for folder in once_each(named.iter().chain(&folders.lints)) {
        problems.extend(lint::add_folder(&mut lints, folder).err().unwrap_or_default());
    }
    if problems.is_empty() { Ok(lints) } else { Err(problems) }
}

/// Folders without those that were named before.
fn once_each<'p>(folders: impl Iterator<Item = &'p PathBuf>) -> impl Iterator<Item = &'p PathBuf> {
    let mut seen = BTreeSet::new();
    folders.filter(move |folder| seen.insert(paths::absolute(folder)))
}
