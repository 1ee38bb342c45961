//! A user's folder of vocabulary files, which extend the built-in ones.

use super::FILES;
use super::table::{File, VocabularyError};
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::span::Position;
use std::fs;
use std::path::Path;

/// A vocabulary file of a user.
#[derive(Clone, Debug)]
pub struct OwnFile {
    /// Which of the files it extends: `drugs.tsv`.
    pub name: String,
    /// Its path, as it is shown.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// Reads the vocabulary files of a folder, in the order of their names.
///
/// # Errors
///
/// All that cannot be read, and files that extend nothing.
pub fn read_folder(folder: &Path) -> Result<Vec<OwnFile>, Vec<Problem>> {
    let shown = folder.to_string_lossy().into_owned();
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(|error| {
        let problem = Problem::whole(&shown, format!("the folder of vocabulary files cannot be read: {error}"));
        vec![problem.with_help("name a folder that holds files such as `drugs.tsv`")]
    })?;
    let mut paths: Vec<_> = entries.iter().map(fs::DirEntry::path).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    paths.sort();
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match read_file(&path) {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(problem),
        }
    }
    if files.is_empty() && problems.is_empty() {
        let problem = Problem::whole(shown, "no vocabulary file in this folder");
        problems.push(problem.with_help(format!("they are called {}", names().collect::<Vec<_>>().join(", "))));
    }
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

fn read_file(path: &Path) -> Result<OwnFile, Problem> {
    let shown = path.to_string_lossy().into_owned();
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if !names().any(|known| known == name) {
        let help = match nearest(&name, names().map(|name| (name, name))) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("they are called {}", names().collect::<Vec<_>>().join(", ")),
        };
        return Err(Problem::whole(shown, format!("no vocabulary file is called `{name}`")).with_help(help));
    }
    let text = fs::read_to_string(path).map_err(|error| Problem::whole(&shown, format!("cannot be read: {error}")))?;
    Ok(OwnFile { name, path: shown, text })
}

fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

impl<'f> File<'f> {
    /// A built-in file.
    pub fn built_in(name: &'f str, text: &'f str) -> Self {
        Self { name, path: name, text, is_own: false }
    }

    /// The built-in files and those of a user.
    pub fn all(own: &'f [OwnFile]) -> Vec<Self> {
        let built_in = FILES.iter().map(|(name, text)| Self::built_in(name, text));
        let own = own.iter().map(|file| Self { name: &file.name, path: &file.path, text: &file.text, is_own: true });
        built_in.chain(own).collect()
    }
}

impl From<VocabularyError> for Problem {
    fn from(error: VocabularyError) -> Self {
        let position = Position { line: error.line, column: error.column };
        Self { position: Some(position), help: error.help, ..Self::whole(error.file, error.message) }
    }
}
