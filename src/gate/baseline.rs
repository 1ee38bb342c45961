//! The findings that were there before: a file that says which article stated
//! what when it was written. Only findings in which something else takes part
//! are new.

use crate::finding::{Finding, Label};
use crate::paths;
use crate::problem::Problem;
use serde::{Deserialize, Serialize};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What contradicted something when the baseline was written.
#[derive(Clone, Debug, Default)]
pub struct Baseline {
    /// The folder that its paths are inside.
    folder: PathBuf,
    /// By lint and subject: what is stated, and in which files.
    known: BTreeMap<Topic, BTreeMap<String, BTreeSet<String>>>,
}

/// The code of a lint, and what its finding is about.
type Topic = (String, String);

/// A statement that was in the baseline and contradicts nothing any more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fixed {
    /// The code of the lint.
    pub lint: String,
    /// What it was about.
    pub about: String,
    /// The file, inside the folder of the baseline.
    pub file: String,
    /// What it stated.
    pub states: String,
}

/// The file as it is written.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    lint: String,
    about: String,
    statements: Vec<Statement>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    file: String,
    states: String,
}

/// The format that this version reads and writes.
const VERSION: u32 = 1;

impl Baseline {
    /// Everything that takes part in these findings, for a file in a folder. A
    /// finding of values ten or a thousand times apart is never taken in.
    pub fn of(findings: &[Finding], folder: &Path) -> Self {
        let mut baseline = Self { folder: folder.to_owned(), known: BTreeMap::new() };
        for finding in findings.iter().filter(|finding| !finding.tenfold) {
            let known = baseline.known.entry(topic(finding)).or_default();
            for label in &finding.labels {
                known.entry(label.message.clone()).or_default().insert(file(folder, label));
            }
        }
        baseline
    }

    /// Reads the baseline in a file.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, or what is wrong with it.
    pub fn read(file: &Path) -> Result<Self, Problem> {
        let shown = paths::from_here(file).to_string_lossy().into_owned();
        let wrong = |message: String, help: &str| Problem::whole(&shown, message).with_help(help);
        let text = fs::read_to_string(file)
            .map_err(|error| wrong(format!("the baseline cannot be read: {error}"), "--write-baseline writes one"))?;
        let folder = paths::absolute(file).parent().map(Path::to_owned).unwrap_or_default();
        Self::parse(&text, &folder)
            .map_err(|message| wrong(format!("not a baseline: {message}"), "write it anew with --write-baseline"))
    }

    /// Reads the text of a baseline that lies in a folder.
    ///
    /// # Errors
    ///
    /// What is wrong with it, with line and column.
    pub fn parse(text: &str, folder: &Path) -> Result<Self, String> {
        let written: File = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if written.version != VERSION {
            return Err(format!("it is of version {}, and this clinlint reads version {VERSION}", written.version));
        }
        let mut baseline = Self { folder: folder.to_owned(), known: BTreeMap::new() };
        for entry in written.findings {
            let known = baseline.known.entry((entry.lint, entry.about)).or_default();
            for Statement { file, states } in entry.statements {
                known.entry(states).or_default().insert(file);
            }
        }
        Ok(baseline)
    }

    /// The text of the file: the same for the same findings, a line for each
    /// statement, so that a change to it can be read.
    pub fn text(&self) -> String {
        let entry = |((lint, about), known): (&Topic, &BTreeMap<String, BTreeSet<String>>)| {
            let statement = |states: &String, file: &String| Statement { file: file.clone(), states: states.clone() };
            let statements =
                known.iter().flat_map(|(states, files)| files.iter().map(move |file| statement(states, file)));
            let mut statements: Vec<Statement> = statements.collect();
            statements.sort_by(|one, other| (&one.file, &one.states).cmp(&(&other.file, &other.states)));
            Entry { lint: lint.clone(), about: about.clone(), statements }
        };
        let file = File { version: VERSION, findings: self.known.iter().map(entry).collect() };
        // Strings and numbers can always be written.
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// The number of statements.
    pub fn len(&self) -> usize {
        self.known.values().flat_map(BTreeMap::values).map(BTreeSet::len).sum()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Parts the findings into new ones and the number of known ones, and takes
    /// out of the baseline what takes part in none of them. A file that was
    /// renamed is known by what it states, where the old one is gone.
    pub fn sift<F: Borrow<Finding>>(&mut self, findings: Vec<F>) -> (Vec<F>, usize, Vec<Fixed>) {
        let mut seen: BTreeMap<Topic, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
        for finding in findings.iter().map(Borrow::borrow) {
            let seen = seen.entry(topic(finding)).or_default();
            for label in &finding.labels {
                seen.entry(label.message.clone()).or_default().insert(file(&self.folder, label));
            }
        }
        self.rename(&seen);
        let before = findings.len();
        let new: Vec<F> = findings.into_iter().filter(|finding| !self.knows(finding.borrow())).collect();
        let known = before - new.len();
        (new, known, self.prune(&seen))
    }

    fn knows(&self, finding: &Finding) -> bool {
        let knows = |known: &BTreeMap<String, BTreeSet<String>>, label: &Label| {
            known.get(&label.message).is_some_and(|files| files.contains(&file(&self.folder, label)))
        };
        let known = self.known.get(&topic(finding)).filter(|_| !finding.tenfold);
        known.is_some_and(|known| finding.labels.iter().all(|label| knows(known, label)))
    }

    /// Where a known file is gone and an unknown one states the same, gives the
    /// entry the new name.
    fn rename(&mut self, seen: &BTreeMap<Topic, BTreeMap<String, BTreeSet<String>>>) {
        for (topic, known) in &mut self.known {
            for (states, files) in known {
                let Some(now) = seen.get(topic).and_then(|seen| seen.get(states)) else { continue };
                let unknown: Vec<String> = now.difference(files).cloned().collect();
                let gone: Vec<String> = files.iter().filter(|file| !self.folder.join(file).exists()).cloned().collect();
                for (old, new) in gone.iter().zip(unknown) {
                    files.remove(old);
                    files.insert(new);
                }
            }
        }
    }

    fn prune(&mut self, seen: &BTreeMap<Topic, BTreeMap<String, BTreeSet<String>>>) -> Vec<Fixed> {
        let mut fixed = Vec::new();
        for ((lint, about), known) in &mut self.known {
            let seen = seen.get(&(lint.clone(), about.clone()));
            for (states, files) in known.iter_mut() {
                let seen = seen.and_then(|seen| seen.get(states));
                files.retain(|file| {
                    let is_left = seen.is_some_and(|seen| seen.contains(file));
                    if !is_left {
                        let entry = (lint.clone(), about.clone(), file.clone(), states.clone());
                        fixed.push(Fixed { lint: entry.0, about: entry.1, file: entry.2, states: entry.3 });
                    }
                    is_left
                });
            }
            known.retain(|_, files| !files.is_empty());
        }
        self.known.retain(|_, known| !known.is_empty());
        fixed
    }
}

fn topic(finding: &Finding) -> Topic {
    (finding.rule().to_owned(), finding.subject.clone())
}

fn file(folder: &Path, label: &Label) -> String {
    paths::inside(folder, Path::new(&label.path)).unwrap_or_else(|| label.path.clone())
}
