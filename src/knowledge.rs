//! What a run knows before it reads an article.

use crate::config::{self, Config};
use crate::lint::{self, Lint};
use crate::problem::Problem;
use crate::vocabulary::Vocabulary;
use std::path::Path;

/// Configuration, lints and vocabulary.
pub struct Knowledge {
    /// What is read and what is reported.
    pub config: Config,
    /// Every lint there is, ordered by code.
    pub lints: Vec<Lint>,
    /// The lints that report something, each with the severity that is set.
    pub on: Vec<Lint>,
}

impl Knowledge {
    /// What a configuration asks for; what holds in a folder without one.
    ///
    /// # Errors
    ///
    /// All that is wrong with the configuration.
    pub fn new(configuration: Option<&Path>, folder: &Path) -> Result<Self, Vec<Problem>> {
        let lints = lint::builtin().map_err(|problem| vec![problem])?;
        let config = match configuration {
            Some(file) => config::read(file, &lints)?,
            None => Config::none(folder),
        };
        Ok(Self { on: config.apply(lints.clone()), config, lints })
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
