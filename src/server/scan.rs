//! Finding the articles of a workspace and reading those that are not known, in
//! the background.

use super::transport::Event;
use crate::File;
use crate::knowledge::Knowledge;
use crate::paths;
use crate::problem::Problem;
use crate::source::{self, Source};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Sender;
use std::thread;

/// What is to be read.
pub(crate) struct Order {
    /// The folder or file of the workspace, by which it is known.
    pub root: PathBuf,
    /// What is known before it is read.
    pub known: Arc<Knowledge>,
    /// Articles that need not be read again.
    pub read: BTreeSet<PathBuf>,
}

/// How far the reading has come.
pub(crate) enum News {
    /// So many of so many articles are read.
    Progress {
        /// The folder or file of the workspace.
        root: PathBuf,
        /// Articles that are read.
        done: usize,
        /// Articles that are to be read.
        all: usize,
    },
    /// Everything is read.
    Done {
        /// The folder or file of the workspace.
        root: PathBuf,
        /// The articles there are, and what of them was read now.
        found: Found,
    },
}

/// The articles there are.
pub(crate) struct Found {
    /// Their paths, from the root of the file system.
    pub files: BTreeSet<PathBuf>,
    /// What was read of them.
    pub read: Vec<(PathBuf, Result<File, Problem>)>,
    /// Paths that lead to no article.
    pub problems: Vec<Problem>,
}

/// Reads in a thread of its own, and passes the articles on.
pub(crate) fn begin(order: Order, events: Sender<Event>) {
    thread::spawn(move || {
        let root = order.root.clone();
        let report = |done, all| {
            let _ = events.send(Event::Scan(News::Progress { root: root.clone(), done, all }));
        };
        let found = read(&order, report);
        // Where nobody listens any more, the server has ended.
        let _ = events.send(Event::Scan(News::Done { root: order.root, found }));
    });
}

fn read(order: &Order, report: impl Fn(usize, usize) + Sync) -> Found {
    let config = &order.known.config;
    let mut roots = match config.paths.as_slice() {
        _ if order.root.is_file() => vec![order.root.clone()],
        [] => vec![order.root.clone()],
        configured => configured.to_vec(),
    };
    roots.extend(config.reference_files());
    let found = source::find(&roots, &config.exclude);
    let files: BTreeSet<PathBuf> = found.files.iter().map(|path| paths::absolute(path)).collect();
    let unread: Vec<&PathBuf> = files.iter().filter(|path| !order.read.contains(*path)).collect();
    let (all, done) = (unread.len(), AtomicUsize::new(0));
    // So many reports tell enough.
    let step = (all / 100).max(1);
    let read = unread.into_par_iter().map(|path| {
        let file = read_file(path, &order.known);
        let done = done.fetch_add(1, Ordering::Relaxed) + 1;
        if done % step == 0 {
            report(done, all);
        }
        (path.clone(), file)
    });
    let read = read.collect();
    Found { read, problems: found.problems, files }
}

/// Reads one article from disk.
pub(crate) fn read_file(path: &Path, known: &Knowledge) -> Result<File, Problem> {
    understood(source::read(path)?, known)
}

/// Reads one article as an editor holds it.
pub(crate) fn read_text(path: &Path, text: &str, known: &Knowledge) -> Result<File, Problem> {
    understood(source::from_bytes(path, text.as_bytes().to_vec())?, known)
}

fn understood(source: Source, known: &Knowledge) -> Result<File, Problem> {
    File::guarded(source.framed(&known.config.frames), known.vocabulary())
}
