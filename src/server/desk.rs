//! Everything that the server holds: the folders of the editor, and the texts
//! that are open in it.

use super::client::Abilities;
use super::options::Options;
use super::place::{Encoding, Lines, path_of, uri_of};
use super::scan::News;
use super::transport::Event;
use super::workspace::Workspace;
use crate::compare::ClaimId;
use crate::config;
use crate::source::Format;
use crate::span::Span;
use gen_lsp_types::{Location, Position, Range, TextDocumentContentChangeEvent, Uri};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

/// The folders and the open texts.
pub(crate) struct Desk {
    /// What the editor can do.
    pub can: Abilities,
    /// What the editor sets.
    pub options: Options,
    /// The folders, the longest path first, and articles that lie in none.
    pub workspaces: Vec<Workspace>,
    documents: BTreeMap<PathBuf, Document>,
    /// Open texts that changed since they were read.
    dirty: BTreeSet<PathBuf>,
    events: Sender<Event>,
}

/// A text that is open in the editor.
pub(crate) struct Document {
    /// By which the editor knows it.
    pub uri: Uri,
    /// Which of its states it is.
    pub version: i32,
    /// What it says.
    pub text: String,
    lines: Lines,
}

/// An article with the workspace that it is found in.
#[derive(Clone, Copy)]
pub(crate) struct Place<'d> {
    /// Where.
    pub workspace: &'d Workspace,
    /// Which.
    pub article: usize,
    /// How places in it are told to the editor.
    pub encoding: Encoding,
}

impl Place<'_> {
    /// The byte at a place of the editor.
    pub fn offset(&self, position: Position) -> usize {
        let sheet = self.workspace.shelf.sheet(self.article);
        sheet.lines().offset(&sheet.text, position, self.encoding)
    }

    /// Some bytes as the editor knows them.
    pub fn range(&self, span: Span) -> Range {
        let sheet = self.workspace.shelf.sheet(self.article);
        sheet.lines().range(&sheet.text, span, self.encoding)
    }

    /// The bytes of a range of the editor.
    pub fn span(&self, range: Range) -> Span {
        let sheet = self.workspace.shelf.sheet(self.article);
        sheet.lines().span(&sheet.text, range, self.encoding)
    }

    /// The text of the article.
    pub fn text(&self) -> &str {
        &self.workspace.shelf.sheet(self.article).text
    }

    /// The shortest claim at a place of the editor.
    pub fn claim(&self, position: Position) -> Option<ClaimId> {
        self.workspace.shelf.claims_at(self.article, self.offset(position)).first().copied()
    }
}

impl Desk {
    pub fn new(can: Abilities, options: Options, events: Sender<Event>) -> Self {
        Self { can, options, workspaces: Vec::new(), documents: BTreeMap::new(), dirty: BTreeSet::new(), events }
    }

    /// Adds a folder of the editor.
    pub fn add_folder(&mut self, folder: PathBuf) {
        if !self.workspaces.iter().any(|workspace| workspace.root == folder) {
            self.add(folder);
        }
    }

    /// Takes a folder of the editor away.
    pub fn remove_folder(&mut self, folder: &Path) {
        self.workspaces.retain(|workspace| workspace.root != folder);
        self.dirty.extend(self.documents.keys().cloned());
    }

    fn add(&mut self, root: PathBuf) {
        // Without lints there is nothing to do, and the built-in ones are tested.
        let Ok(mut workspace) = Workspace::new(root) else { return };
        configure(&mut workspace, &self.options, &self.documents);
        workspace.read(&self.events);
        self.workspaces.push(workspace);
        self.workspaces.sort_by_key(|workspace| std::cmp::Reverse(workspace.root.components().count()));
        self.dirty.extend(self.documents.keys().cloned());
    }

    /// Uses other settings of the editor.
    pub fn set(&mut self, options: Options) {
        self.options = options;
        self.reconfigure(|_| true);
    }

    /// Reads configurations again, and the articles by them.
    pub fn reconfigure(&mut self, concerns: impl Fn(&Workspace) -> bool) {
        for workspace in self.workspaces.iter_mut().filter(|workspace| concerns(workspace)) {
            configure(workspace, &self.options, &self.documents);
            workspace.read(&self.events);
            self.dirty.extend(self.documents.keys().cloned());
        }
    }

    /// Takes a text that was opened.
    pub fn open(&mut self, uri: Uri, version: i32, text: String) {
        let Some(path) = path_of(&uri) else { return };
        let lines = Lines::of_document(&text);
        self.documents.insert(path.clone(), Document { uri, version, text, lines });
        let is_known = |workspace: &Workspace| path.starts_with(&workspace.root) || workspace.shelf.holds(&path);
        if Format::of(&path).is_some() && !self.workspaces.iter().any(is_known) {
            self.add(path.clone());
        }
        self.dirty.insert(path);
    }

    /// Changes an open text.
    pub fn change(&mut self, uri: &Uri, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let Some(path) = path_of(uri) else { return };
        let encoding = self.can.encoding;
        let Some(document) = self.documents.get_mut(&path) else { return };
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(change) => {
                    let span = document.lines.span(&document.text, change.range, encoding);
                    document.text.replace_range(span.start..span.end, &change.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(change) => {
                    document.text = change.text;
                }
            }
            document.lines = Lines::of_document(&document.text);
        }
        document.version = version;
        self.dirty.insert(path);
    }

    /// Lets go of a text that was closed: what lies on disk counts again.
    pub fn close(&mut self, uri: &Uri) {
        let Some(path) = path_of(uri) else { return };
        self.documents.remove(&path);
        self.dirty.remove(&path);
        self.workspaces.retain(|workspace| workspace.root != path);
        for workspace in &mut self.workspaces {
            if workspace.shelf.holds(&path) {
                workspace.put_file(&path);
            }
        }
        self.configuration_changed(&path);
    }

    /// Looks at files that were made, changed or deleted on disk.
    pub fn files_changed(&mut self, paths: &[PathBuf]) {
        for path in paths {
            self.configuration_changed(path);
        }
        for workspace in &mut self.workspaces {
            // A renamed folder takes its articles along.
            let concerns = |path: &&PathBuf| {
                path.starts_with(&workspace.root) || workspace.shelf.holds(path) || workspace.root.starts_with(path)
            };
            let concerned: Vec<PathBuf> = paths.iter().filter(concerns).cloned().collect();
            if !concerned.is_empty() {
                workspace.changed_on_disk(concerned);
                workspace.read(&self.events);
            }
        }
    }

    /// Reads configurations again that a file is, was, or may have become.
    fn configuration_changed(&mut self, path: &Path) {
        let is_named_so = path.file_name().is_some_and(|name| name == config::NAME);
        self.reconfigure(|workspace| {
            let is_above = path.parent().is_some_and(|folder| workspace.root.starts_with(folder));
            workspace.config_file.as_deref() == Some(path)
                || (is_named_so && is_above)
                || workspace.known.config.baseline.as_deref() == Some(path)
                || workspace.is_extended_by(path)
        });
    }

    /// Takes what was read in the background.
    pub fn take(&mut self, news: News) {
        let News::Done { root, found } = news else { return };
        let documents = &self.documents;
        let Some(workspace) = self.workspaces.iter_mut().find(|workspace| workspace.root == root) else { return };
        // An open article that was found is read as the editor holds it.
        let open = documents.keys().filter(|path| found.files.contains(*path) && !workspace.shelf.holds(path));
        self.dirty.extend(open.cloned());
        workspace.take(found, |path| documents.contains_key(path), &self.events);
    }

    /// Reads the texts that changed, and finds what there is to find. Says
    /// whether anything may be other than before.
    pub fn settle(&mut self) -> bool {
        // A configuration before the articles that are read by it.
        for path in self.dirty.clone() {
            self.configuration_changed(&path);
        }
        for path in std::mem::take(&mut self.dirty) {
            let Some(document) = self.documents.get(&path) else { continue };
            for workspace in &mut self.workspaces {
                let is_new = !workspace.is_whole || !path.exists();
                if workspace.shelf.holds(&path) || (is_new && workspace.accepts(&path)) {
                    workspace.put_text(&path, &document.text);
                }
            }
        }
        let mut is_other = false;
        for workspace in &mut self.workspaces {
            is_other |= workspace.settle(&self.options);
        }
        is_other
    }

    /// The article that a URI names, where it is at home.
    pub fn article(&self, uri: &Uri) -> Option<Place<'_>> {
        self.article_at(&path_of(uri)?)
    }

    /// The article of a path, where it is at home.
    pub fn article_at(&self, path: &Path) -> Option<Place<'_>> {
        let inside = self.workspaces.iter().filter(|workspace| path.starts_with(&workspace.root));
        let beside = self.workspaces.iter().filter(|workspace| !path.starts_with(&workspace.root));
        inside.chain(beside).find_map(|workspace| {
            let article = workspace.shelf.index(path)?;
            Some(Place { workspace, article, encoding: self.can.encoding })
        })
    }

    /// The open texts, by their paths.
    pub fn documents(&self) -> impl Iterator<Item = (&Path, &Document)> {
        self.documents.iter().map(|(path, document)| (path.as_path(), document))
    }

    /// The open text of a path.
    pub fn document(&self, path: &Path) -> Option<&Document> {
        self.documents.get(path)
    }

    /// The name by which the editor knows a file.
    pub fn uri(&self, path: &Path) -> Uri {
        self.documents.get(path).map_or_else(|| uri_of(path), |document| document.uri.clone())
    }

    /// Some bytes of an article of a workspace, as the editor finds them.
    pub fn location(&self, workspace: &Workspace, article: usize, span: Span) -> Location {
        let place = Place { workspace, article, encoding: self.can.encoding };
        Location { uri: self.uri(workspace.shelf.path(article)), range: place.range(span) }
    }
}

fn configure(workspace: &mut Workspace, options: &Options, documents: &BTreeMap<PathBuf, Document>) {
    workspace.configure(options, |path| Some(documents.get(path)?.text.clone()));
}
