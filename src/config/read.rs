//! Finding, reading and checking the configuration. Everything that is wrong
//! with it is named with its place and, for a name, the nearest right one.

use super::file::{File, Folder, Suppress};
use super::{Config, Set};
use crate::lint::{self, Lint};
use crate::mention::{self, What};
use crate::nearest::nearest;
use crate::paths::{self, Patterns};
use crate::problem::Problem;
use crate::source::{Frames, Keys};
use crate::span::Position;
use crate::suppression::{Scope, Suppression, Terms, Values};
use crate::vocabulary::Vocabulary;
use serde_yaml::{Location, Spanned};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name by which the file is found.
pub const NAME: &str = "clinlint.yml";

/// The configuration nearest above a path, but not outside its repository.
pub fn above(path: &Path) -> Option<PathBuf> {
    let top = paths::repository(path);
    let folder = paths::upwards(path, |folder| folder.join(NAME).is_file() || Some(folder) == top.as_deref())?;
    Some(folder.join(NAME)).filter(|file| file.is_file())
}

/// Reads the text of a configuration that lies in a folder.
///
/// # Errors
///
/// See [`Written::open`] and [`Written::check`].
pub fn parse(path: &str, text: &str, folder: &Path, lints: &[Lint]) -> Result<Config, Vec<Problem>> {
    Written::parse(path, text, folder)?.check(lints, Vocabulary::builtin())
}

/// A configuration as it is written. Its names of lints can be checked only
/// when the lints in its folders are read.
pub struct Written {
    path: String,
    folder: PathBuf,
    file: File,
}

impl Written {
    /// Reads the configuration in a file.
    ///
    /// # Errors
    ///
    /// What keeps it from being read: no file, no YAML, an unknown key, a wrong
    /// type.
    pub fn open(path: &Path) -> Result<Self, Vec<Problem>> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| vec![Problem::whole(shown(path), format!("the configuration cannot be read: {error}"))])?;
        Self::of_text(path, &text)
    }

    /// Reads the text that a file holds, or is to hold.
    ///
    /// # Errors
    ///
    /// See [`Self::open`].
    pub fn of_text(path: &Path, text: &str) -> Result<Self, Vec<Problem>> {
        let folder = paths::absolute(path).parent().map(Path::to_owned).unwrap_or_default();
        Self::parse(&shown(path), text, &folder)
    }

    fn parse(path: &str, text: &str, folder: &Path) -> Result<Self, Vec<Problem>> {
        // Of an empty file, or one with nothing but comments, everything is left out.
        let file: Option<File> = serde_yaml::from_str(text).map_err(|error| vec![refused(path, &error)])?;
        Ok(Self { path: path.to_owned(), folder: folder.to_owned(), file: file.unwrap_or_default() })
    }

    /// The folders of lints that it names.
    ///
    /// # Errors
    ///
    /// Those that are not there.
    pub fn lint_folders(&self) -> Result<Vec<PathBuf>, Vec<Problem>> {
        self.folders(&self.file.lint_folders)
    }

    /// The folders of vocabulary files that it names.
    ///
    /// # Errors
    ///
    /// Those that are not there.
    pub fn vocabulary(&self) -> Result<Vec<PathBuf>, Vec<Problem>> {
        self.folders(&self.file.vocabulary)
    }

    fn folders(&self, named: &[Spanned<String>]) -> Result<Vec<PathBuf>, Vec<Problem>> {
        let missing = |folder: &&Spanned<String>| !self.folder.join(&folder.value).is_dir();
        let problem = |folder: &Spanned<String>| Problem {
            position: Some(position(folder.defined)),
            ..Problem::whole(&self.path, format!("there is no folder `{}`", folder.value))
                .with_help("folders are named from the folder of this file")
        };
        let problems: Vec<Problem> = named.iter().filter(missing).map(problem).collect();
        let found = || named.iter().map(|folder| paths::from_here(&self.folder.join(&folder.value))).collect();
        if problems.is_empty() { Ok(found()) } else { Err(problems) }
    }

    /// Checks it against the lints there are, those of its folders included.
    ///
    /// # Errors
    ///
    /// All that is wrong with it.
    pub fn check(self, lints: &[Lint], words: &Vocabulary) -> Result<Config, Vec<Problem>> {
        let (lint_folders, vocabulary) = (self.lint_folders()?, self.vocabulary()?);
        let mut check = Check { path: &self.path, folder: &self.folder, lints, words, problems: Vec::new() };
        let config = Config { lint_folders, vocabulary, ..check.config(self.file) };
        if check.problems.is_empty() { Ok(config) } else { Err(check.problems) }
    }
}

/// The path of a configuration as people see it.
fn shown(path: &Path) -> String {
    paths::from_here(path).to_string_lossy().into_owned()
}

/// The problem of a file that is no YAML, or has other keys or types.
fn refused(path: &str, error: &serde_yaml::Error) -> Problem {
    let error = error.without_snippet();
    let position = error.location().map(position);
    let (message, help) = match error {
        serde_yaml::Error::SerdeUnknownField { field, expected, .. } => named("key", field, expected),
        serde_yaml::Error::SerdeUnknownVariant { variant, expected, .. } => named("value", variant, expected),
        _ => {
            let message = error.to_string();
            let place = position.map(|at| format!(" at line {}, column {}", at.line, at.column));
            let message = place.and_then(|place| message.strip_suffix(&place).map(str::to_owned)).unwrap_or(message);
            (message, "`clinlint config --schema` prints what may stand where".to_owned())
        }
    };
    Problem { position, ..Problem::whole(path, message).with_help(help) }
}

/// What is wrong with a name, and the nearest right one or all of them.
fn named(kind: &str, written: &str, expected: &[&str]) -> (String, String) {
    let help = match nearest(written, expected.iter().map(|name| (*name, *name))) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("known are {}", expected.join(", ")),
    };
    (format!("unknown {kind} `{written}`"), help)
}

fn position(place: Location) -> Position {
    let number = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    Position { line: number(place.line()), column: number(place.column()) }
}

/// What is checked against what, and what was found wrong so far.
struct Check<'a> {
    path: &'a str,
    folder: &'a Path,
    lints: &'a [Lint],
    words: &'a Vocabulary,
    problems: Vec<Problem>,
}

/// What a text can leave unsaid.
#[derive(Clone, Copy)]
enum Aspect {
    Drug,
    Population,
    Indication,
    Route,
}

impl Aspect {
    fn name(self) -> &'static str {
        match self {
            Self::Drug => "drug",
            Self::Population => "population",
            Self::Indication => "indication",
            Self::Route => "route",
        }
    }

    fn is_told_by(self, what: &What) -> bool {
        match self {
            Self::Drug => matches!(what, What::Drugs(_) | What::Class(..)),
            // Kidney failure and pregnancy are conditions and patients.
            Self::Population => {
                matches!(what, What::Population(_) | What::Age(_) | What::Condition(_) | What::RenalFunction(_))
            }
            Self::Indication => matches!(what, What::Condition(_)),
            Self::Route => matches!(what, What::Route(_) | What::Form(_)),
        }
    }
}

impl Check<'_> {
    fn config(&mut self, file: File) -> Config {
        let defaults = Config::none(self.folder);
        Config {
            file: Some(self.path.to_owned()),
            paths: file.paths.iter().map(|path| self.folder.join(path)).collect(),
            exclude: self.patterns(&file.exclude),
            references: self.patterns(&file.references),
            confidence: file.confidence.map_or(defaults.confidence, set),
            fail_on: file.fail_on.map_or(defaults.fail_on, set),
            least_understood: file.least_understood.map_or(defaults.least_understood, |share| self.share(&share)),
            lints: file.lints.into_iter().map(|(name, severity)| self.severity(name, severity)).collect(),
            suppressions: file.suppress.into_iter().filter_map(|suppress| self.suppression(suppress)).collect(),
            frames: Frames {
                folders: file.folders.iter().map(|folder| self.folder(folder)).collect(),
                keys: Arc::new(Keys { prose: file.front_matter.prose, unsaid: file.front_matter.context }),
            },
            baseline: file.baseline.map(|path| self.folder.join(path)),
            ..defaults
        }
    }

    fn wrong(&mut self, place: Location, message: impl Into<String>, help: impl Into<String>) {
        let problem = Problem::whole(self.path, message).with_help(help);
        self.problems.push(Problem { position: Some(position(place)), ..problem });
    }

    /// The files of a folder, and what they leave unsaid.
    fn folder(&mut self, folder: &Folder) -> (Patterns, Vec<String>) {
        let mut unsaid = Vec::new();
        let said = [
            (&folder.drug, Aspect::Drug),
            (&folder.population, Aspect::Population),
            (&folder.indication, Aspect::Indication),
            (&folder.route, Aspect::Route),
        ];
        for (words, aspect) in said {
            let Some(words) = words else { continue };
            let read = mention::of_heading(&words.value, self.words);
            if !read.mentions.iter().any(|mention| aspect.is_told_by(&mention.what)) {
                let kind = aspect.name();
                let help = format!("write it as a heading would say it, with a {kind} of the vocabulary");
                self.wrong(words.defined, format!("`{}` is no {kind} that is known", words.value), help);
            }
            unsaid.push(words.value.clone());
        }
        (self.patterns(&folder.files), unsaid)
    }

    fn share(&mut self, percent: &Spanned<u8>) -> Set<u8> {
        if percent.value > 100 {
            self.wrong(percent.defined, format!("{} % is more than all", percent.value), "write 0 to 100");
        }
        Set { value: percent.value, line: Some(position(percent.defined).line) }
    }

    fn patterns(&mut self, patterns: &[Spanned<String>]) -> Patterns {
        match Patterns::new(self.folder, patterns.iter().map(|pattern| pattern.value.as_str())) {
            Ok(patterns) => patterns,
            Err((at, message)) => {
                let place = patterns.get(at).map_or(Location::UNKNOWN, |pattern| pattern.defined);
                self.wrong(place, format!("not a pattern: {message}"), "write it as in .gitignore: `drafts/`, `*.txt`");
                Patterns::none()
            }
        }
    }

    fn severity<T>(&mut self, name: String, severity: Spanned<T>) -> (String, Set<Option<crate::finding::Severity>>)
    where
        Option<crate::finding::Severity>: From<T>,
    {
        let groups: BTreeSet<&str> = self.lints.iter().map(Lint::group).collect();
        if !groups.contains(name.as_str())
            && let Err(help) = lint::find(self.lints, &name)
        {
            let group = nearest(&name, groups.iter().map(|group| (*group, *group))).filter(|_| !name.contains('/'));
            let help = group.map_or(help, |group| format!("did you mean `{group}`?"));
            self.wrong(severity.defined, format!("there is no lint and no group `{name}`"), help);
        }
        (name, set(severity))
    }

    fn suppression(&mut self, written: Suppress) -> Option<Suppression> {
        let before = self.problems.len();
        if let Err(help) = lint::find(self.lints, &written.lint.value) {
            self.wrong(written.lint.defined, format!("there is no lint `{}`", written.lint.value), help);
        }
        if written.reason.value.trim().is_empty() {
            self.wrong(written.reason.defined, "a suppression without a reason", "say why the finding is kept");
        }
        if written.files.value.is_empty() {
            self.wrong(written.files.defined, "a suppression for no file", "name the files: `- legacy/*.txt`");
        }
        let values = Values::parse(&written.values.value);
        if values.is_none() {
            let help = "copy them from the message of the finding: `10 mg a day vs 50 mg a day`";
            self.wrong(written.values.defined, "a suppression without values", help);
        }
        let until = written.until.and_then(|until| match until.value.parse() {
            Ok(date) => Some(date),
            Err(_) => {
                let message = format!("`{}` is no date", until.value);
                self.wrong(until.defined, message, "write it as year, month and day: 2027-06-30");
                None
            }
        });
        let files = written.files;
        let patterns = Patterns::new(self.folder, files.value.iter().map(String::as_str)).map_err(|(_, message)| {
            self.wrong(files.defined, format!("not a pattern: {message}"), "write it as in .gitignore: `*.txt`");
        });
        let position = position(written.lint.defined);
        let terms = Terms { lint: written.lint.value, values, reason: written.reason.value, until };
        let scope = Scope::Files(patterns.ok()?);
        (self.problems.len() == before).then(|| Suppression { path: self.path.to_owned(), position, scope, terms })
    }
}

/// A value with the line it stands on, in the terms of findings.
fn set<N, T: From<N>>(written: Spanned<N>) -> Set<T> {
    Set { line: Some(position(written.defined).line), value: written.value.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Confidence, Severity};
    use crate::lint::builtin;

    fn parsed(text: &str) -> Result<Config, Vec<String>> {
        parse("clinlint.yml", text, Path::new("/content"), &builtin().unwrap()).map_err(|problems| {
            let shown = |problem: &Problem| {
                let at = problem.position.unwrap();
                let help = problem.help.as_deref().unwrap_or_default();
                format!("{}:{} {}; {help}", at.line, at.column, problem.message)
            };
            problems.iter().map(shown).collect()
        })
    }

    #[test]
    fn every_setting_arrives_with_its_line() {
        let text = "\
paths: [articles]
exclude: [drafts/]
references:
  - references/
confidence: low
fail-on: never
least-understood: 60
lints:
  dose: off
  dose/start: warning
suppress:
  - lint: dose/start
    files: ['*.txt']
    values: 10 mg a day vs 50 mg a day
    reason: two products
    until: 2027-06-30
baseline: baseline.json
";
        let config = parsed(text).unwrap();
        assert_eq!(config.paths, [Path::new("/content/articles")]);
        assert_eq!(config.exclude.matching(Path::new("/content/drafts/a.md")), Some("drafts/"));
        assert_eq!(config.references.matching(Path::new("/content/references/a.md")), Some("references/"));
        assert_eq!(config.confidence, Set { value: Confidence::Low, line: Some(5) });
        assert_eq!(config.fail_on, Set { value: None, line: Some(6) });
        assert_eq!(config.least_understood, Set { value: 60, line: Some(7) });
        assert_eq!(config.lints["dose/start"], Set { value: Some(Severity::Warning), line: Some(10) });
        assert_eq!(config.lints["dose"].value, None);
        assert!(config.suppressions[0].covers("/content/a.txt", 3) && !config.suppressions[0].covers("/a.txt", 3));
        assert_eq!(config.baseline.as_deref(), Some(Path::new("/content/baseline.json")));
    }

    #[test]
    fn what_is_left_out_has_a_default() {
        for text in ["", "# nothing\n", "{}"] {
            let config = parsed(text).unwrap();
            assert_eq!(config.confidence, Set { value: Confidence::Medium, line: None });
            assert_eq!(config.fail_on.value, Some(Severity::Warning));
        }
    }

    #[test]
    fn unknown_names_are_answered_with_the_nearest() {
        let one = |text: &str| parsed(text).unwrap_err().join("\n");
        assert_eq!(one("exclude: []\nconfidense: low\n"), "2:1 unknown key `confidense`; did you mean `confidence`?");
        assert_eq!(one("confidence: hihg\n"), "1:13 unknown value `hihg`; did you mean `high`?");
        assert_eq!(
            one("lints:\n  dose/strat: off\n"),
            "2:15 there is no lint and no group `dose/strat`; did you mean `dose/start`?"
        );
        assert_eq!(
            one("lints:\n  onsett: off\n"),
            "2:11 there is no lint and no group `onsett`; did you mean `onset`?"
        );
        assert_eq!(one("suppress:\n  - lnt: x\n"), "2:5 unknown key `lnt`; did you mean `lint`?");
    }

    #[test]
    fn wrong_types_and_values_are_named_with_their_place() {
        let one = |text: &str| parsed(text).unwrap_err().join("\n");
        assert!(one("paths: 5\n").starts_with("1:8 "), "{}", one("paths: 5\n"));
        assert!(one("lints: [a]\n").starts_with("1:8 "), "{}", one("lints: [a]\n"));
        assert!(one("paths: [a\n").starts_with("1:8 "), "{}", one("paths: [a\n"));
        assert!(one("exclude: ['{a']\n").starts_with("1:11 not a pattern: "));
        let suppress =
            "suppress:\n  - lint: dose/begin\n    files: []\n    values: ''\n    reason: ' '\n    until: soon\n";
        let problems = parsed(suppress).unwrap_err();
        let starts = [
            "2:11 there is no lint `dose/begin`",
            "5:13 a suppression without a reason",
            "3:12 a suppression for no file",
            "4:13 a suppression without values",
            "6:12 `soon` is no date",
        ];
        assert_eq!(problems.len(), starts.len(), "{problems:?}");
        for (problem, start) in problems.iter().zip(starts) {
            assert!(problem.starts_with(start), "{problem}");
        }
    }

    #[test]
    fn the_file_is_looked_for_upwards_inside_the_repository() {
        let root = tempfile::tempdir().unwrap();
        let content = root.path().join("repository/content");
        std::fs::create_dir_all(content.join("deep")).unwrap();
        std::fs::create_dir(root.path().join("repository/.git")).unwrap();
        std::fs::write(root.path().join(NAME), "").unwrap();
        assert_eq!(above(&content.join("deep")), None, "it lies outside of the repository");
        std::fs::write(root.path().join("repository").join(NAME), "").unwrap();
        assert_eq!(above(&content.join("deep/a.md")), Some(root.path().join("repository").join(NAME)));
        std::fs::write(content.join(NAME), "").unwrap();
        assert_eq!(above(&content.join("deep")), Some(content.join(NAME)));
    }
}
