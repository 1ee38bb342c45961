//! One folder: its configuration, its articles, and what is found in them. What
//! is found is what `clinlint check` finds there, on the texts that the editor
//! holds.

use super::comparison::Comparison;
use super::options::Options;
use super::scan::{self, Found, Order};
use super::shelf::Shelf;
use super::transport::Event;
use crate::File;
use crate::config;
use crate::finding::Finding;
use crate::gate::{self, Baseline};
use crate::knowledge::{Folders, Knowledge};
use crate::paths;
use crate::problem::Problem;
use crate::source::Format;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// A folder of articles, or one article that lies in no folder of the editor.
pub(crate) struct Workspace {
    /// The folder, or the article.
    pub root: PathBuf,
    /// What holds for it.
    pub known: Arc<Knowledge>,
    /// The configuration that it comes from.
    pub config_file: Option<PathBuf>,
    /// What is wrong with the configuration; the last right one holds.
    pub config_problems: Vec<Problem>,
    /// Its articles.
    pub shelf: Shelf,
    /// The findings that were there before, or why they cannot be read.
    baseline: Option<Result<Baseline, Problem>>,
    /// What was compared.
    pub comparison: Comparison,
    /// What is found, in the order of the command line.
    pub findings: Vec<Arc<Finding>>,
    /// What is wrong with articles and suppressions.
    pub problems: Vec<Problem>,
    /// The findings by the articles that take part.
    by_article: FxHashMap<String, Vec<usize>>,
    /// Whether something changed since the findings were made.
    is_stale: bool,
    /// Whether all articles were read once.
    pub is_whole: bool,
    is_reading: bool,
    /// Whether to look again after the reading that is under way.
    again: bool,
    /// Articles that changed on disk since they were read.
    unread: BTreeSet<PathBuf>,
}

impl Workspace {
    /// A folder of which nothing is read yet.
    pub fn new(root: PathBuf) -> Result<Self, Vec<Problem>> {
        Ok(Self {
            known: Arc::new(Knowledge::new(None, &root, &Folders::default())?),
            root,
            config_file: None,
            config_problems: Vec::new(),
            shelf: Shelf::default(),
            baseline: None,
            comparison: Comparison::default(),
            findings: Vec::new(),
            problems: Vec::new(),
            by_article: FxHashMap::default(),
            is_stale: true,
            is_whole: false,
            is_reading: false,
            again: false,
            unread: BTreeSet::new(),
        })
    }

    /// Reads the configuration, from the text that an editor holds if there is
    /// one. A wrong one changes nothing but what is reported of it.
    pub fn configure(&mut self, options: &Options, text_of: impl Fn(&Path) -> Option<String>) {
        self.config_file = match &options.config {
            Some(file) => Some(self.root.join(file)),
            None => config::above(&self.root),
        };
        let known = match &self.config_file {
            None => Knowledge::new(None, &self.root, &Folders::default()),
            Some(file) => match text_of(file) {
                Some(text) => Knowledge::parse(file, &text, &Folders::default()),
                None => Knowledge::new(Some(file), &self.root, &Folders::default()),
            },
        };
        match known {
            Ok(known) => {
                // What articles say depends on the words that they are read with.
                if known.has_own_words() || self.known.has_own_words() {
                    self.unread.extend(self.shelf.paths().cloned());
                }
                self.baseline = known.config.baseline.as_deref().map(Baseline::read);
                self.known = Arc::new(known);
                self.config_problems.clear();
                self.comparison.begin_anew();
            }
            Err(problems) => self.config_problems = problems,
        }
        self.is_stale = true;
    }

    /// Looks which articles there are, in the background, and reads those that
    /// are new or changed.
    pub fn read(&mut self, events: &Sender<Event>) {
        if std::mem::replace(&mut self.is_reading, true) {
            self.again = true;
            return;
        }
        let unread = std::mem::take(&mut self.unread);
        let read = self.shelf.paths().filter(|path| !unread.contains(*path)).cloned().collect();
        scan::begin(Order { root: self.root.clone(), known: Arc::clone(&self.known), read }, events.clone());
    }

    /// Notes that articles changed on disk.
    pub fn changed_on_disk(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        self.unread.extend(paths);
    }

    /// Takes what was read. `is_open` says which articles an editor holds.
    pub fn take(&mut self, found: Found, is_open: impl Fn(&Path) -> bool, events: &Sender<Event>) {
        let gone: Vec<PathBuf> = self.shelf.paths().filter(|path| !found.files.contains(*path)).cloned().collect();
        for path in gone.iter().filter(|path| !is_open(path) || path.exists()) {
            self.remove(path);
        }
        for (path, read) in found.read {
            // The text that an editor holds is the newer one.
            if !is_open(&path) || !self.shelf.holds(&path) {
                self.put(&path, read, false);
            }
        }
        self.is_stale = true;
        self.is_whole = true;
        self.is_reading = false;
        if std::mem::take(&mut self.again) || !self.unread.is_empty() {
            self.read(events);
        }
    }

    /// Whether an article of this path belongs here, as far as its path says.
    pub fn accepts(&self, path: &Path) -> bool {
        if path == self.root {
            return true;
        }
        let config = &self.known.config;
        let roots = if config.paths.is_empty() { std::slice::from_ref(&self.root) } else { config.paths.as_slice() };
        let Some(inner) = roots.iter().find_map(|root| paths::inside(root, path)) else { return false };
        let is_hidden = inner.split('/').any(|name| name.starts_with('.'));
        Format::of(path).is_some() && !is_hidden && config.exclude.matching(path).is_none()
    }

    /// Whether a file extends what is built in: it lies in a folder of lints or
    /// of words.
    pub fn is_extended_by(&self, path: &Path) -> bool {
        let config = &self.known.config;
        let mut folders = config.lint_folders.iter().chain(&config.vocabulary);
        folders.any(|folder| path.starts_with(paths::absolute(folder)))
    }

    /// Puts the text that an editor holds in the place of a file.
    pub fn put_text(&mut self, path: &Path, text: &str) {
        self.put(path, scan::read_text(path, text, &self.known), true);
    }

    /// Reads an article from disk that an editor no longer holds; one that is
    /// not there is gone.
    pub fn put_file(&mut self, path: &Path) {
        if path.exists() {
            self.put(path, scan::read_file(path, &self.known), false);
        } else {
            self.remove(path);
        }
    }

    fn put(&mut self, path: &Path, read: Result<File, Problem>, is_document: bool) {
        match self.shelf.put(path, read, is_document) {
            Some((article, old)) => {
                let vocabulary = self.known.vocabulary();
                self.comparison.replaced(article, &old.claims, &self.shelf.claims, vocabulary);
            }
            None => self.comparison.begin_anew(),
        }
        self.is_stale = true;
    }

    fn remove(&mut self, path: &Path) {
        self.shelf.remove(path);
        self.comparison.begin_anew();
        self.is_stale = true;
    }

    /// Makes the findings anew if something changed, and says whether it did.
    pub fn settle(&mut self, options: &Options) -> bool {
        if !std::mem::take(&mut self.is_stale) {
            return false;
        }
        let findings = self.comparison.findings(&self.shelf.claims, &self.known);
        let suppressions: Vec<_> = self.shelf.sheets().iter().flat_map(|sheet| &sheet.suppressions).cloned().collect();
        let is_whole = self.is_whole && self.known.config.is_whole(&[]) && self.root.is_dir();
        let passed = gate::unsuppressed(findings, &self.known, &suppressions, is_whole);
        let confidence = options.confidence.unwrap_or(self.known.config.confidence.value);
        let mut findings = passed.findings;
        findings.retain(|finding| finding.confidence >= confidence);
        let problems = self.shelf.sheets().iter().flat_map(|sheet| &sheet.problems);
        self.problems = problems.filter(|problem| self.known.tells(problem)).cloned().collect();
        self.problems.extend(self.shelf.lost().cloned());
        self.problems.extend(passed.problems);
        match &self.baseline {
            Some(Ok(baseline)) => findings = baseline.clone().sift(findings).0,
            Some(Err(problem)) => self.problems.push(problem.clone()),
            None => {}
        }
        self.by_article.values_mut().for_each(Vec::clear);
        for (number, finding) in findings.iter().enumerate() {
            for label in &finding.labels {
                if !self.by_article.contains_key(&label.path) {
                    self.by_article.insert(label.path.clone(), Vec::new());
                }
                if let Some(of_article) = self.by_article.get_mut(&label.path)
                    && of_article.last() != Some(&number)
                {
                    of_article.push(number);
                }
            }
        }
        self.findings = findings;
        true
    }

    /// The findings that an article takes part in, in order.
    pub fn findings_of(&self, article: usize) -> impl Iterator<Item = &Finding> {
        let numbers = self.by_article.get(&self.shelf.claims[article].path);
        numbers.into_iter().flatten().map(|number| &*self.findings[*number])
    }

    /// A path as people of this workspace know it.
    pub fn shown(&self, path: &Path) -> String {
        let folder = if self.root.is_dir() { Some(self.root.as_path()) } else { self.root.parent() };
        let inner = folder.and_then(|folder| paths::inside(folder, path));
        inner.unwrap_or_else(|| path.to_string_lossy().into_owned())
    }
}
