//! The configuration of a content repository: `clinlint.yml`.
//!
//! The file is read as it is written (`file`), then checked against the lints
//! there are (`read`). After that nothing about it can fail.

mod file;
mod read;
mod starter;

pub use file::schema;
pub use read::{NAME, Written, above, parse};
pub use starter::starter;

use crate::finding::{Confidence, Severity};
use crate::lint::Lint;
use crate::paths::{self, Patterns};
use crate::source;
use crate::source::Frames;
use crate::suppression::Suppression;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A setting with the place it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Set<T> {
    /// What it is set to.
    pub value: T,
    /// The line of the configuration; none for what holds where nothing is
    /// written.
    pub line: Option<usize>,
}

impl<T> Set<T> {
    /// What holds where nothing is written.
    fn default(value: T) -> Self {
        Self { value, line: None }
    }
}

/// A checked configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// The file, as it is shown; none where there is none and the defaults
    /// hold.
    pub file: Option<String>,
    /// The folder of the file, which its paths and patterns are inside.
    pub folder: PathBuf,
    /// What is read where no path is typed; empty for the folder.
    pub paths: Vec<PathBuf>,
    /// Files that are not read.
    pub exclude: Patterns,
    /// Files that articles are held to.
    pub references: Patterns,
    /// The least confidence that is reported.
    pub confidence: Set<Confidence>,
    /// The least severity that fails a run; `None` never fails.
    pub fail_on: Set<Option<Severity>>,
    /// The least share of an article that has to be understood, in percent.
    pub least_understood: Set<u8>,
    /// The severity of a lint or of a group, `None` for "not reported".
    pub lints: BTreeMap<String, Set<Option<Severity>>>,
    /// Folders of lints of the user.
    pub lint_folders: Vec<PathBuf>,
    /// Folders of vocabulary files of the user.
    pub vocabulary: Vec<PathBuf>,
    /// Findings that are kept, other than in the articles themselves.
    pub suppressions: Vec<Suppression>,
    /// What is known of files beside their texts.
    pub frames: Frames,
    /// The file of findings that were there before.
    pub baseline: Option<PathBuf>,
}

impl Config {
    /// What holds without a configuration, in a folder.
    pub fn none(folder: &Path) -> Self {
        Self {
            file: None,
            folder: folder.to_owned(),
            paths: Vec::new(),
            exclude: Patterns::none(),
            references: Patterns::none(),
            confidence: Set::default(Confidence::Medium),
            fail_on: Set::default(Some(Severity::Warning)),
            least_understood: Set::default(0),
            lints: BTreeMap::new(),
            lint_folders: Vec::new(),
            vocabulary: Vec::new(),
            suppressions: Vec::new(),
            frames: Frames::default(),
            baseline: None,
        }
    }

    /// What is set for a lint: by its code, else by its group.
    pub fn of_lint(&self, lint: &Lint) -> Option<(&str, Set<Option<Severity>>)> {
        let entry = self.lints.get_key_value(&lint.code).or_else(|| self.lints.get_key_value(lint.group()));
        entry.map(|(name, set)| (name.as_str(), *set))
    }

    /// The lints that report something, each with the severity that is set. A
    /// lint that is off unless it is asked for is asked for by its own code.
    pub fn apply(&self, lints: Vec<Lint>) -> Vec<Lint> {
        let set = |lint: Lint| match self.of_lint(&lint) {
            None => lint.enabled.then_some(lint),
            Some((name, _)) if !lint.enabled && name != lint.code => None,
            Some((_, set)) => set.value.map(|severity| with_severity(lint, severity)),
        };
        lints.into_iter().filter_map(set).collect()
    }

    /// Whether these paths lead to everything that a run without paths reads:
    /// only then it can be said that something is nowhere found.
    pub fn is_whole(&self, typed: &[PathBuf]) -> bool {
        let wanted = self.whole();
        let covers = |wanted: &PathBuf| typed.iter().any(|path| path.is_dir() && paths::inside(path, wanted).is_some());
        typed.is_empty() || wanted.iter().all(covers)
    }

    /// The files that articles are held to, wherever they lie, as typed from the
    /// working directory.
    pub fn reference_files(&self) -> Vec<PathBuf> {
        if self.references.is_empty() {
            return Vec::new();
        }
        let found = source::find(std::slice::from_ref(&self.folder), &self.exclude);
        let references = found.files.into_iter().filter(|file| self.references.matching(file).is_some());
        references.map(|file| paths::from_here(&file)).collect()
    }

    /// What is read where no path is typed.
    pub fn whole(&self) -> Vec<PathBuf> {
        if self.paths.is_empty() { vec![self.folder.clone()] } else { self.paths.clone() }
    }
}

/// A lint whose usual findings have this severity. What is milder than usual
/// stays milder, unless even that is too severe.
fn with_severity(mut lint: Lint, severity: Severity) -> Lint {
    let usual = lint.usual();
    lint.is_least = false;
    for own in lint.severity.values_mut() {
        *own = if *own >= usual { severity } else { severity.min(*own) };
    }
    lint
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Relation;
    use crate::lint::builtin;

    #[test]
    fn a_lint_wins_over_its_group_and_mild_findings_stay_mild() {
        let mut config = Config::none(Path::new("."));
        config.lints.insert("dose".to_owned(), Set { value: None, line: Some(1) });
        config.lints.insert("dose/start".to_owned(), Set { value: Some(Severity::Warning), line: Some(2) });
        config.lints.insert("onset".to_owned(), Set { value: Some(Severity::Error), line: Some(3) });
        let lints = config.apply(builtin().unwrap());
        assert!(!lints.iter().any(|lint| lint.group() == "dose" && lint.code != "dose/start"));
        let severity = |code: &str, relation| {
            lints.iter().find(|lint| lint.code == code).unwrap().severity.get(&relation).copied()
        };
        assert_eq!(severity("dose/start", Relation::Disjoint), Some(Severity::Warning));
        assert_eq!(severity("dose/start", Relation::Touch), Some(Severity::Warning));
        assert_eq!(severity("onset/full", Relation::Disjoint), Some(Severity::Error));
        assert_eq!(severity("line/order", Relation::Disjoint), Some(Severity::Warning));
        assert!(lints.iter().all(|lint| lint.enabled), "a lint that is off stays off");
        config.lints.insert("notation/missing-space".to_owned(), Set { value: Some(Severity::Note), line: Some(4) });
        assert!(config.apply(builtin().unwrap()).iter().any(|lint| lint.code == "notation/missing-space"));
    }

    #[test]
    fn a_run_is_whole_when_its_paths_hold_all_that_is_checked() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("content")).unwrap();
        let mut config = Config::none(root.path());
        assert!(config.is_whole(&[]) && config.is_whole(&[root.path().into()]));
        assert!(!config.is_whole(&[root.path().join("content")]));
        config.paths = vec![root.path().join("content")];
        assert!(config.is_whole(&[root.path().join("content")]));
        assert!(!config.is_whole(&[root.path().join("content/a.md")]));
    }
}
