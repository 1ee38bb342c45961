//! Paths as they are compared: without what only the command line put in.

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::path::{Component, Path, PathBuf};

/// The path from the root of the file system, with `.` and `..` resolved by
/// name only: links are not followed, and nothing has to exist.
pub fn absolute(path: &Path) -> PathBuf {
    let from_root = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut resolved = PathBuf::new();
    for component in from_root.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                resolved.pop();
            }
            _ => resolved.push(component),
        }
    }
    resolved
}

/// The path inside a folder, `/` separated; none if it lies elsewhere. Both
/// may be relative to the working directory.
pub fn inside(folder: &Path, path: &Path) -> Option<String> {
    let inner = absolute(path).strip_prefix(absolute(folder)).ok()?.to_string_lossy().into_owned();
    Some(if cfg!(windows) { inner.replace('\\', "/") } else { inner })
}

/// The path from the root of the file system as it stands in a URI, with a slash
/// at its start.
pub fn in_uri(path: &Path) -> String {
    /// What stands for itself in the path of a URI.
    const IN_PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let path = path.to_string_lossy();
    let path = if cfg!(windows) { format!("/{}", path.replace('\\', "/")) } else { path.into_owned() };
    utf8_percent_encode(&path, IN_PATH).to_string()
}

/// The path as it is typed from the working directory: `a.md`, `../b.md`.
pub fn from_here(path: &Path) -> PathBuf {
    let (here, there) = (absolute(Path::new(".")), absolute(path));
    let shared = here.components().zip(there.components()).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        // Another drive.
        return there;
    }
    let up = here.components().skip(shared).map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(there.components().skip(shared)).collect();
    if relative.as_os_str().is_empty() { PathBuf::from(".") } else { relative }
}

/// The nearest folder, from a path upwards, that holds one of these names. The
/// path itself is the first candidate if it is a folder.
pub fn upwards(path: &Path, holds: impl Fn(&Path) -> bool) -> Option<PathBuf> {
    absolute(path).ancestors().find(|folder| folder.is_dir() && holds(folder)).map(Path::to_owned)
}

/// The top folder of the repository that a path is in.
pub fn repository(path: &Path) -> Option<PathBuf> {
    // A file in work trees and submodules, a folder elsewhere.
    upwards(path, |folder| folder.join(".git").exists())
}

/// Patterns of paths in the notation of `.gitignore`, inside one folder.
#[derive(Clone, Debug)]
pub struct Patterns {
    folder: PathBuf,
    matcher: Gitignore,
}

impl Patterns {
    /// Patterns that match nothing.
    pub fn none() -> Self {
        Self { folder: PathBuf::new(), matcher: Gitignore::empty() }
    }

    /// The patterns of a folder.
    ///
    /// # Errors
    ///
    /// The number of the first pattern that is none, and what is wrong with it.
    pub fn new<'a>(folder: &Path, patterns: impl IntoIterator<Item = &'a str>) -> Result<Self, (usize, String)> {
        let folder = absolute(folder);
        let mut builder = GitignoreBuilder::new(&folder);
        builder.allow_unclosed_class(false);
        for (at, pattern) in patterns.into_iter().enumerate() {
            builder.add_line(None, pattern).map_err(|error| (at, error.to_string()))?;
        }
        let matcher = builder.build().map_err(|error| (0, error.to_string()))?;
        Ok(Self { folder, matcher })
    }

    /// Whether there is no pattern.
    pub fn is_empty(&self) -> bool {
        self.matcher.is_empty()
    }

    /// The pattern that a file matches, itself or with a folder above it; none
    /// for files elsewhere, and for those that a later `!` pattern takes back.
    pub fn matching(&self, path: &Path) -> Option<&str> {
        if self.is_empty() {
            return None;
        }
        let inner = inside(&self.folder, path)?;
        let found = self.matcher.matched_path_or_any_parents(Path::new(&inner), false);
        found.is_ignore().then(|| found.inner().map(|glob| glob.original())).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_resolved_by_name() {
        assert_eq!(absolute(Path::new("/a/./b/../c.md")), Path::new("/a/c.md"));
        assert_eq!(inside(Path::new("/a/b"), Path::new("/a/b/c/../d.md")).as_deref(), Some("d.md"));
        assert_eq!(inside(Path::new("/a/b"), Path::new("/a/bc/d.md")), None);
        assert_eq!(inside(Path::new("."), Path::new("x/y.md")).as_deref(), Some("x/y.md"));
        assert_eq!(from_here(Path::new("x/../y.md")), Path::new("y.md"));
        assert_eq!(from_here(&absolute(Path::new("../y.md"))), Path::new("../y.md"));
        assert_eq!(from_here(Path::new(".")), Path::new("."));
    }

    #[test]
    fn patterns_are_those_of_ignore_files() {
        let patterns = Patterns::new(Path::new("/a"), ["drafts/", "*.txt", "!keep.txt"]).unwrap();
        let matching = |path: &str| patterns.matching(Path::new(path)).map(str::to_owned);
        assert_eq!(matching("/a/x/drafts/b.md").as_deref(), Some("drafts/"));
        assert_eq!(matching("/a/b.txt").as_deref(), Some("*.txt"));
        assert_eq!(matching("/a/keep.txt"), None);
        assert_eq!(matching("/b/b.txt"), None);
        assert_eq!(Patterns::none().matching(Path::new("/a/b.txt")), None);
        assert_eq!(Patterns::new(Path::new("/a"), ["ok", "{a"]).unwrap_err().0, 1);
    }

    #[test]
    fn the_nearest_folder_upwards_wins() {
        let root = tempfile::tempdir().unwrap();
        let deep = root.path().join("a/b");
        std::fs::create_dir_all(&deep).unwrap();
        std::fs::create_dir(root.path().join("a/.git")).unwrap();
        assert_eq!(repository(&deep.join("c.md")), Some(absolute(&root.path().join("a"))));
    }
}
