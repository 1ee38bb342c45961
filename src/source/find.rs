//! Which files a run reads: the paths of the command line, with directories
//! walked and ignore files respected.

use super::format::{Format, extensions};
use super::made::is_made_here;
use crate::paths::Patterns;
use crate::problem::Problem;
use ignore::{DirEntry, WalkBuilder};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files to read and the paths that led to none.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The files, sorted, each once however many arguments lead to it.
    pub files: Vec<PathBuf>,
    /// Paths that do not exist, directories that hold no article or cannot be
    /// read, sorted by path.
    pub problems: Vec<Problem>,
}

/// The name of the ignore file that only this program reads.
const IGNORE_FILE: &str = ".clinlintignore";

/// Finds the articles that the given paths name or hold.
///
/// A file that is named is taken as it is, ignored or not and whatever its
/// extension. A directory is walked for files with the extension of an
/// article; hidden files and what `.gitignore`, `.ignore` or
/// `.clinlintignore` exclude is left out.
///
/// What `exclude` matches, and pages that this program wrote, is left out in any case: programs that run others on
/// changed files name each.
pub fn find(paths: &[PathBuf], exclude: &Patterns) -> Found {
    let mut files = Files::default();
    let mut problems = Vec::new();
    for path in paths {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, exclude, &mut files, &mut problems),
            Ok(metadata) if metadata.is_file() && is_made_here(path) => {
                problems.push(Problem::part(shown(path), "not read: a page that clinlint wrote"));
            }
            Ok(_) => match exclude.matching(path) {
                None => files.add(path.clone()),
                Some(pattern) => {
                    let message = format!("not read: the configuration excludes `{pattern}`");
                    problems.push(Problem::part(shown(path), message));
                }
            },
            Err(error) => problems.push(unreachable_path(path, &error)),
        }
    }
    problems.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
    problems.dedup();
    Found { files: files.sorted(), problems }
}

/// A path as it is shown to people and written to reports: the same on every
/// system.
pub(super) fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown.into_owned() }
}

/// The files found so far, by what they really are: `a.md`, `./a.md` and a
/// link to either are one file.
#[derive(Default)]
struct Files {
    by_identity: BTreeMap<PathBuf, PathBuf>,
}

impl Files {
    fn add(&mut self, path: PathBuf) {
        // A file that vanishes between finding and this line is kept, and
        // reading it reports that it is gone.
        let identity = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
        let kept = self.by_identity.entry(identity).or_insert_with(|| path.clone());
        // Not the path that came first, so that the order of arguments does
        // not matter.
        let order = |path: &PathBuf| (path.as_os_str().len(), path.clone());
        if order(&path) < order(kept) {
            *kept = path;
        }
    }

    fn sorted(self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = self.by_identity.into_values().collect();
        files.sort();
        files
    }
}

fn walk(root: &Path, exclude: &Patterns, files: &mut Files, problems: &mut Vec<Problem>) {
    let walk = WalkBuilder::new(root)
        .require_git(false)
        .add_custom_ignore_filename(IGNORE_FILE)
        // What is linted must not depend on the settings of one person's git.
        .git_global(false)
        .follow_links(true)
        .build();
    let mut empty = true;
    for entry in walk {
        match entry {
            Ok(entry) => {
                if entry.file_type().is_some_and(|kind| kind.is_file())
                    && Format::of(entry.path()).is_some()
                    && !is_lock(&entry)
                    && exclude.matching(entry.path()).is_none()
                    && !is_made_here(entry.path())
                {
                    empty = false;
                    files.add(entry.into_path());
                }
            }
            Err(error) => {
                empty = false;
                problems.push(walk_problem(root, &error));
            }
        }
    }
    if empty {
        let message = "no articles in this directory";
        let help = format!("articles end in {}; ignore files, `exclude` and hidden names are left out", extensions());
        problems.push(Problem::whole(shown(root), message).with_help(help));
    }
}

/// Whether a file says who has a Word document open, under nearly its name.
fn is_lock(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b"~$")
}

fn unreachable_path(path: &Path, error: &std::io::Error) -> Problem {
    match error.kind() {
        std::io::ErrorKind::NotFound => {
            Problem::whole(shown(path), "no such file or directory").with_help("check the spelling of the path")
        }
        _ => Problem::whole(shown(path), format!("cannot be read: {error}")),
    }
}

fn walk_problem(root: &Path, error: &ignore::Error) -> Problem {
    if let Some((ancestor, child)) = loop_of(error) {
        return Problem::part(shown(child), format!("a link that leads back to {}; not followed", shown(ancestor)));
    }
    let path = path_of(error).unwrap_or(root);
    match error.io_error() {
        Some(io) if io.kind() == std::io::ErrorKind::NotFound => {
            Problem::part(shown(path), "a link to a file that does not exist")
        }
        Some(io) => Problem::whole(shown(path), format!("cannot be read: {io}"))
            .with_help("check its permissions, or add it to .clinlintignore"),
        None => Problem::part(shown(path), error.to_string()),
    }
}

fn loop_of(error: &ignore::Error) -> Option<(&Path, &Path)> {
    match error {
        ignore::Error::Loop { ancestor, child } => Some((ancestor, child)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithPath { err, .. } => loop_of(err),
        _ => None,
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } => path_of(err),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Loss;

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for (path, content) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        root
    }

    fn names(root: &tempfile::TempDir, found: &Found) -> Vec<String> {
        found.files.iter().map(|path| shown(path.strip_prefix(root.path()).unwrap())).collect()
    }

    #[test]
    fn ignore_files_hold_for_the_walk_but_not_for_named_files() {
        let root = tree(&[
            ("a.md", ""),
            ("draft.md", ""),
            ("old/b.TXT", ""),
            ("image.png", ""),
            (".gitignore", "draft.md"),
            (".clinlintignore", "old"),
        ]);
        assert_eq!(names(&root, &find(&[root.path().into()], &Patterns::none())), ["a.md"]);
        let named =
            find(&[root.path().into(), root.path().join("draft.md"), root.path().join("image.png")], &Patterns::none());
        assert_eq!(names(&root, &named), ["a.md", "draft.md", "image.png"]);
    }

    #[test]
    fn a_file_is_found_once_and_in_the_same_order_whichever_way_it_is_named() {
        let root = tree(&[("b/x.md", ""), ("a.md", "")]);
        let (dir, file) = (root.path().to_path_buf(), root.path().join("b/./x.md"));
        let one = find(&[dir.clone(), file.clone()], &Patterns::none());
        let other = find(&[file, dir.clone(), dir], &Patterns::none());
        assert_eq!(names(&root, &one), ["a.md", "b/x.md"]);
        assert_eq!(one.files, other.files);
    }

    #[test]
    fn paths_without_articles_are_problems() {
        let root = tree(&[("image.png", "")]);
        let found = find(&[root.path().into(), root.path().join("gone.md")], &Patterns::none());
        let messages: Vec<&str> = found.problems.iter().map(|problem| problem.message.as_str()).collect();
        assert_eq!(messages, ["no articles in this directory", "no such file or directory"]);
        assert!(found.problems.iter().all(|problem| problem.loss == Loss::Whole));
    }

    #[cfg(unix)]
    #[test]
    fn a_loop_of_links_is_named_and_the_rest_is_read() {
        let root = tree(&[("a.md", ""), ("sub/b.md", "")]);
        std::os::unix::fs::symlink(root.path(), root.path().join("sub/again")).unwrap();
        std::os::unix::fs::symlink(root.path().join("nowhere.md"), root.path().join("dead.md")).unwrap();
        let found = find(&[root.path().into()], &Patterns::none());
        assert_eq!(names(&root, &found), ["a.md", "sub/b.md"]);
        assert_eq!(found.problems.len(), 2, "{:?}", found.problems);
        assert!(found.problems[0].path.ends_with("dead.md"));
        assert!(found.problems[1].message.starts_with("a link that leads back to"));
    }
}
