//! Stand-ins for the stages that are written at the same time as this one.
//! Each has the name and shape of the real function; this file goes when
//! they are there.

use crate::claim::Claim;
use crate::compare::{ArticleClaims, Disagreement};
use crate::problem::{Loss, Problem};
use std::path::{Path, PathBuf};

pub struct Source {
    pub path: String,
    pub text: String,
}

pub struct Found {
    pub files: Vec<PathBuf>,
    pub problems: Vec<Problem>,
}

pub fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found { files: Vec::new(), problems: Vec::new() };
    for path in paths {
        if !path.exists() {
            found.problems.push(whole(path, "there is no such file or folder"));
            continue;
        }
        let files = ignore::WalkBuilder::new(path).build().flatten().filter(|entry| entry.path().is_file());
        let articles = files.filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|extension| ["md", "txt", "html"].iter().any(|known| *known == extension))
        });
        found.files.extend(articles.map(ignore::DirEntry::into_path));
    }
    found.files.sort();
    found.files.dedup();
    found
}

pub fn read(path: &Path) -> Result<Source, Problem> {
    let text = std::fs::read_to_string(path).map_err(|error| whole(path, &error.to_string()))?;
    Ok(Source { path: path.to_string_lossy().into_owned(), text })
}

pub fn extract(_source: &Source) -> (Vec<Claim>, Vec<Problem>) {
    (Vec::new(), Vec::new())
}

pub fn disagreements(_articles: &[ArticleClaims]) -> Vec<Disagreement> {
    Vec::new()
}

fn whole(path: &Path, message: &str) -> Problem {
    Problem {
        path: path.to_string_lossy().into_owned(),
        span: None,
        position: None,
        message: message.to_owned(),
        help: Some("check the spelling of the path".to_owned()),
        loss: Loss::Whole,
    }
}
