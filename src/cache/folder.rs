//! Where caches lie, and how much of them is kept.

use etcetera::{BaseStrategy, choose_base_strategy};
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{env, fs, io};

/// The variable that names the folder.
pub const VARIABLE: &str = "CLINLINT_CACHE_DIR";
/// The ending of a file of a cache.
const ENDING: &str = "claims";
/// The most bytes that all files may have together.
const MOST_BYTES: u64 = 512 << 20;
/// The most files.
const MOST_FILES: usize = 64;

/// The folder of all caches: the one that a variable names, or the usual place
/// of caches. None where there is no such place.
pub fn folder() -> Option<PathBuf> {
    match env::var_os(VARIABLE) {
        Some(folder) if !folder.is_empty() => Some(PathBuf::from(folder)),
        Some(_) => None,
        None => Some(choose_base_strategy().ok()?.cache_dir().join("clinlint")),
    }
}

/// The file of a name.
pub(super) fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(name).with_extension(ENDING)
}

/// Removes the files of the caches, and the folder if nothing else is in it.
/// Gives how many files and bytes that were.
///
/// # Errors
///
/// When a file cannot be removed.
pub fn clean(folder: &Path) -> io::Result<(usize, u64)> {
    let files = files(folder)?;
    for file in &files {
        fs::remove_file(&file.path)?;
    }
    // Something else may be in it.
    let _ = fs::remove_dir(folder);
    Ok((files.len(), files.iter().map(|file| file.bytes).sum()))
}

/// Removes the files that were not used for the longest time, if there are too
/// many.
pub(super) fn prune(folder: &Path) -> io::Result<()> {
    let mut files = files(folder)?;
    files.sort_by_key(|file| std::cmp::Reverse(file.used));
    let mut bytes = 0;
    for (number, file) in files.iter().enumerate() {
        bytes += file.bytes;
        if number >= MOST_FILES || bytes > MOST_BYTES {
            fs::remove_file(&file.path)?;
        }
    }
    Ok(())
}

struct File {
    path: PathBuf,
    bytes: u64,
    used: SystemTime,
}

fn files(folder: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(files),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let (path, metadata) = (entry.path(), entry.metadata()?);
        if metadata.is_file() && path.extension().is_some_and(|ending| ending == ENDING) {
            files.push(File { path, bytes: metadata.len(), used: metadata.modified()? });
        }
    }
    Ok(files)
}
