//! Claims that were extracted before: as long as an article, the program and
//! the vocabulary stay the same, so do its claims.
//!
//! A cache is one file for each set of paths that is checked. It is only ever
//! replaced as a whole, so runs at the same time do not harm each other; what is
//! damaged, cannot be read or cannot be written is as good as not there.

mod folder;
mod pack;

pub use folder::{VARIABLE, clean, folder};

use crate::compare::ArticleClaims;
use crate::problem::Problem;
use crate::source::Source;
use crate::suppression::Suppression;
use crate::vocabulary::Vocabulary;
use crate::write;
use pack::{Digest, Pack};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, SystemTime};
use std::{env, fs};

/// What is understood of an article.
pub type Entry = (ArticleClaims, Vec<Suppression>, Vec<Problem>);

/// What earlier runs understood, and what this one adds.
#[derive(Debug, Default)]
pub struct Cache {
    /// Where it lies; none where nothing is kept.
    file: Option<PathBuf>,
    known: Pack,
    fresh: Mutex<Vec<(Digest, Vec<u8>)>>,
}

/// Fewer articles are read sooner than a file is written.
const FEWEST: usize = 64;
/// A file is marked as used no more often than that.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Cache {
    /// A cache that keeps nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// The cache of a folder for some paths, as typed, that are read with a
    /// vocabulary.
    pub fn open(folder: &Path, paths: &[PathBuf], vocabulary: &Vocabulary) -> Self {
        let Some(name) = name(paths, vocabulary) else { return Self::none() };
        let file = folder::file(folder, &name);
        let known = fs::read(&file).map(Pack::read).unwrap_or_default();
        mark_used(&file);
        Self { file: Some(file), known, fresh: Mutex::default() }
    }

    /// What an article is known by; none where it is not kept.
    pub fn digest(&self, source: &Source) -> Option<[u8; 32]> {
        // A Word document says more than its text.
        if self.file.is_none() || source.document.is_some() {
            return None;
        }
        let mut hasher = blake3::Hasher::new();
        hasher.update(source.path.as_bytes()).update(&[0xff]);
        hasher.update(format!("{:?}", source.format).as_bytes()).update(&[0xff]);
        hasher.update(format!("{:?}", source.frame).as_bytes()).update(&[0xff]);
        hasher.update(source.text.as_bytes());
        Some(hasher.finalize().into())
    }

    /// What was understood of an article.
    pub fn get(&self, digest: &[u8; 32]) -> Option<Entry> {
        postcard::from_bytes(self.known.get(digest)?).ok()
    }

    /// Keeps what was understood of an article.
    pub fn put(&self, digest: [u8; 32], claims: &ArticleClaims, suppressions: &[Suppression], problems: &[Problem]) {
        // What cannot be written is read again.
        if let Ok(content) = postcard::to_allocvec(&(claims, suppressions, problems))
            && let Ok(mut fresh) = self.fresh.lock()
        {
            fresh.push((digest, content));
        }
    }

    /// Writes what was added, without what this run did not ask for. Where that
    /// is not possible, the next run reads the articles again.
    pub fn save(self) {
        let Some((file, folder)) = self.file.as_ref().and_then(|file| Some((file, file.parent()?))) else { return };
        let Ok(mut fresh) = self.fresh.into_inner() else { return };
        let (unused, all) = self.known.unused();
        let is_large = all > 0 || fresh.len() >= FEWEST;
        if !is_large || (fresh.is_empty() && unused <= all / 2) {
            return;
        }
        fresh.sort_unstable();
        let _ = fs::create_dir_all(folder)
            .and_then(|()| write::replace(file, &self.known.with(&fresh)))
            .and_then(|()| folder::prune(folder));
    }
}

/// The name of the file for some paths: another program, another vocabulary,
/// another working directory or other paths have another.
fn name(paths: &[PathBuf], vocabulary: &Vocabulary) -> Option<String> {
    let program = env::current_exe().ok()?;
    let metadata = program.metadata().ok()?;
    let built = metadata.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    let mut hasher = blake3::Hasher::new();
    let program = format!("{} {} {}", env!("CARGO_PKG_VERSION"), metadata.len(), built.as_nanos());
    hasher.update(program.as_bytes()).update(&[0xff]).update(vocabulary.digest()).update(&[0xff]);
    for path in std::iter::once(&env::current_dir().ok()?).chain(paths) {
        hasher.update(path.as_os_str().as_encoded_bytes()).update(&[0xff]);
    }
    Some(hasher.finalize().to_hex()[..32].to_owned())
}

fn mark_used(file: &Path) {
    let is_old = |time: SystemTime| time.elapsed().is_ok_and(|age| age > DAY);
    if fs::metadata(file).and_then(|metadata| metadata.modified()).is_ok_and(is_old) {
        // A cache that cannot be marked is removed sooner.
        let _ = fs::File::options().write(true).open(file).and_then(|file| file.set_modified(SystemTime::now()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::FILES;

    #[test]
    fn other_paths_and_another_vocabulary_have_another_file() {
        let named = |paths: &[&str], vocabulary: &Vocabulary| {
            let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
            name(&paths, vocabulary).unwrap()
        };
        let builtin = Vocabulary::builtin();
        assert_eq!(named(&["a", "b"], builtin), named(&["a", "b"], builtin));
        assert_ne!(named(&["a", "b"], builtin), named(&["ab"], builtin));
        let mut files = FILES.to_vec();
        let drugs = files.iter_mut().find(|(name, _)| *name == "drugs.tsv").unwrap();
        let more = format!("{}zzzumab\t\t\t\t\tantiplatelet\n", drugs.1);
        drugs.1 = &more;
        let other = Vocabulary::from_files(&files).unwrap();
        assert_ne!(named(&["a", "b"], builtin), named(&["a", "b"], &other));
    }
}
