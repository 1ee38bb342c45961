//! What a run knows before it reads an article.

use crate::config::{Config, Written};
use crate::lint::{self, Lint};
use crate::paths;
use crate::problem::Problem;
use crate::vocabulary::{self, OwnFile, Vocabulary};
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
    words: Words,
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

/// The words that articles are read with.
pub struct Words {
    /// The files of the user.
    pub own: Vec<OwnFile>,
    /// The built-in vocabulary with these files, where there are any.
    extended: Option<Vocabulary>,
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
        let words = words(written.as_ref(), folders);
        let (lints, words) = match (lints(written.as_ref(), folders), words) {
            (Ok(lints), Ok(words)) => (lints, words),
            (lints, words) => return Err([lints.err(), words.err()].into_iter().flatten().flatten().collect()),
        };
        let config =
            written.map_or_else(|| Ok(Config::none(here)), |written| written.check(&lints, words.vocabulary()))?;
        Ok(Self { on: config.apply(lints.clone()), config, lints, words })
    }

    /// Whether a problem is told beside the findings: no lint that is on reports
    /// it as one.
    pub fn tells(&self, problem: &Problem) -> bool {
        problem.lint.as_ref().is_none_or(|code| !self.on.iter().any(|lint| lint.code == *code))
    }

    /// The words that articles are read with.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.words.vocabulary()
    }

    /// Whether a user extends the vocabulary.
    pub fn has_own_words(&self) -> bool {
        self.words.extended.is_some()
    }

    /// Whether a lint reports something.
    pub fn is_on(&self, lint: &Lint) -> bool {
        self.on.iter().any(|on| on.code == lint.code)
    }
}

impl Words {
    /// The whole vocabulary.
    pub fn vocabulary(&self) -> &Vocabulary {
        self.extended.as_ref().unwrap_or_else(|| Vocabulary::builtin())
    }
}

/// The lints there are with a configuration, whatever else stands in it.
///
/// # Errors
///
/// All that is wrong with the folders of lints.
pub fn lints(written: Option<&Written>, folders: &Folders) -> Result<Vec<Lint>, Vec<Problem>> {
    let named = written.map(Written::lint_folders).transpose()?.unwrap_or_default();
    let mut lints = lint::builtin().map_err(|problem| vec![problem])?;
    let mut problems = Vec::new();
    for folder in once_each(named.iter().chain(&folders.lints)) {
        problems.extend(lint::add_folder(&mut lints, folder).err().unwrap_or_default());
    }
    if problems.is_empty() { Ok(lints) } else { Err(problems) }
}

/// The words there are with a configuration, whatever else stands in it.
///
/// # Errors
///
/// All that is wrong with the folders of vocabulary files.
pub fn words(written: Option<&Written>, folders: &Folders) -> Result<Words, Vec<Problem>> {
    let named = written.map(Written::vocabulary).transpose()?.unwrap_or_default();
    let (mut own, mut problems) = (Vec::new(), Vec::new());
    for folder in once_each(named.iter().chain(&folders.vocabulary)) {
        match vocabulary::read_folder(folder) {
            Ok(files) => own.extend(files),
            Err(wrong) => problems.extend(wrong),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let extended = (!own.is_empty()).then(|| Vocabulary::extended(&own)).transpose();
    let extended = extended.map_err(|errors| {
        let mut problems: Vec<Problem> = errors.into_iter().map(Problem::from).collect();
        problems.sort_by(|one, other| (&one.path, one.position).cmp(&(&other.path, other.position)));
        problems
    })?;
    Ok(Words { own, extended })
}

/// Folders without those that were named before.
fn once_each<'p>(folders: impl Iterator<Item = &'p PathBuf>) -> impl Iterator<Item = &'p PathBuf> {
    let mut seen = BTreeSet::new();
    folders.filter(move |folder| seen.insert(paths::absolute(folder)))
}
