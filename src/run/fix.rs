//! `check --fix` and `--diff`: making the edits that findings bring, or showing
//! them.

use super::{Failure, write_file};
use crate::Reading;
use crate::finding::Finding;
use crate::fix::{apply, choose};
use crate::report::edits;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Makes the edits and says so on `err`. Returns the findings that are left.
pub(super) fn make(findings: Vec<Finding>, reading: &Reading, err: &mut impl Write) -> Result<Vec<Finding>, Failure> {
    let texts = texts(reading);
    // A file that changed since it was read is not what the edits were made for.
    let is_as_read = |path: &str| {
        let text = texts.get(path);
        text.is_some_and(|text| fs::read(path).is_ok_and(|bytes| bytes == text.as_bytes()))
    };
    let changeable: BTreeSet<&str> = edited(&findings).filter(|path| is_as_read(path)).collect();
    let (chosen, files) = choose(&findings, |path| changeable.contains(path));
    for (path, edits) in &files {
        write_file(Path::new(path), apply(texts[path], edits).as_bytes())?;
    }
    if !files.is_empty() {
        writeln!(err, "mended {} in {}", counted(chosen.len(), "finding"), counted(files.len(), "file"))?;
    }
    let chosen: BTreeSet<usize> = chosen.into_iter().collect();
    Ok(findings.into_iter().enumerate().filter(|(at, _)| !chosen.contains(at)).map(|(_, finding)| finding).collect())
}

/// Shows the edits that would be made.
pub(super) fn show(findings: &[Finding], reading: &Reading, out: &mut impl Write) -> io::Result<()> {
    let texts = texts(reading);
    let (_, files) = choose(findings, |path| texts.contains_key(path));
    for (path, edits) in files {
        edits::write(out, path, texts[path], &apply(texts[path], &edits))?;
    }
    Ok(())
}

/// The files that edits are about.
fn edited(findings: &[Finding]) -> impl Iterator<Item = &str> {
    findings.iter().flat_map(|finding| &finding.fix).map(|edit| edit.path.as_str())
}

fn texts(reading: &Reading) -> FxHashMap<&str, &str> {
    let articles = reading.articles.iter().zip(&reading.texts);
    articles.map(|(article, text)| (article.path.as_str(), text.as_str())).collect()
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
