//! `review`: copies of Word documents with the findings as comments.

use super::{Failure, Status, check, known, status};
use crate::config::Config;
use crate::paths;
use crate::problem::{Loss, Problem, Refusal};
use crate::report::{Gated, Report, comments, human, visible};
use crate::settings::{Input, Review, Settings};
use crate::source::{self, Format};
use crate::word::{self, Comment};
use crate::write;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn review(
    review: &Review,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    let known = known(&review.input)?;
    let (files, lost) = files(&review.input, &known.config, &review.folder);
    let typed = wanted(&review.input, &known.config);
    let copies = copies(&files, &typed, &review.folder)?;
    if copies.is_empty() {
        return Err(if lost.is_empty() { no_document() } else { Failure::Input(lost) });
    }
    refuse_replacing(&copies, &files, review.force)?;

    let input = Input { paths: files, ..review.input.clone() };
    let judged = check::judge(&input, &known, settings)?;
    let mut findings = judged.findings;
    let confidence = review.confidence.unwrap_or(known.config.confidence.value);
    findings.retain(|finding| finding.confidence >= confidence);
    let passages = judged.reading.passages();
    let here = paths::absolute(Path::new("."));
    let report = Report {
        findings: &findings,
        articles: &passages,
        problems: &judged.problems,
        gated: Gated::default(),
        lints: &known.on,
        fail_on: None,
        coverage: None,
        base: &paths::repository(&here).unwrap_or(here),
    };
    let comments = comments::comments(&report);
    let mut problems = [lost.as_slice(), &judged.problems].concat();
    for passages in &passages {
        let Some((document, copy)) = copies.get(&paths::absolute(Path::new(&passages.claims.path))) else { continue };
        let comments = comments.get(passages.claims.path.as_str()).map_or([].as_slice(), Vec::as_slice);
        match commented(document, passages.text, comments) {
            Ok(bytes) => {
                put(copy, &bytes)?;
                let count = match comments.len() {
                    0 => "no comments".to_owned(),
                    1 => "1 comment".to_owned(),
                    count => format!("{count} comments"),
                };
                writeln!(out, "{}: {count}", visible(&copy.to_string_lossy()))?;
            }
            Err(problem) => problems.push(problem),
        }
    }
    out.flush()?;
    problems.sort_by(|one, other| (&one.path, one.span, &one.message).cmp(&(&other.path, other.span, &other.message)));
    human::problems(err, &problems, settings.err)?;
    Ok(status(&problems, false))
}

/// What is typed, or else what the configuration names, or else the folder.
fn wanted(input: &Input, config: &Config) -> Vec<PathBuf> {
    match (input.paths.as_slice(), config.paths.as_slice()) {
        ([], []) => vec![PathBuf::from(".")],
        ([], configured) => configured.iter().map(|path| paths::from_here(path)).collect(),
        (typed, _) => typed.to_vec(),
    }
}

/// The articles that are read, without copies of an earlier run, and paths that
/// led to none.
fn files(input: &Input, config: &Config, folder: &Path) -> (Vec<PathBuf>, Vec<Problem>) {
    let found = source::find(&wanted(input, config), &config.exclude);
    let files = found.files.into_iter().filter(|file| paths::inside(folder, file).is_none()).collect();
    let problems = found.problems.into_iter().filter(|problem| problem.loss == Loss::Whole).collect();
    (files, problems)
}

/// By absolute path: each Word document and its copy, which has the place in
/// the folder that the document has in the one that was typed.
type Copies = BTreeMap<PathBuf, (PathBuf, PathBuf)>;

fn copies(files: &[PathBuf], typed: &[PathBuf], folder: &Path) -> Result<Copies, Failure> {
    let mut copies = Copies::new();
    let mut by_copy: BTreeMap<PathBuf, &Path> = BTreeMap::new();
    for file in files.iter().filter(|file| Format::of(file) == Some(Format::Word)) {
        let inside = typed.iter().filter(|typed| typed.is_dir()).filter_map(|typed| paths::inside(typed, file));
        let name = inside.max_by_key(String::len).map(PathBuf::from);
        let name = name.or_else(|| file.file_name().map(PathBuf::from)).unwrap_or_default();
        let copy = folder.join(name);
        if let Some(other) = by_copy.insert(copy.clone(), file) {
            return Err(Failure::User {
                message: format!("{} and {} would have the same copy", other.display(), file.display()),
                help: "review the folder that both lie in, which keeps their places, or one after the other".to_owned(),
            });
        }
        copies.insert(paths::absolute(file), (file.clone(), copy));
    }
    Ok(copies)
}

/// Refuses copies that would take the place of an input, and, unless it is
/// forced, of anything.
fn refuse_replacing(copies: &Copies, files: &[PathBuf], force: bool) -> Result<(), Failure> {
    let identity = |path: &Path| fs::canonicalize(path).ok();
    let existing: Vec<&Path> =
        copies.values().map(|(_, copy)| copy.as_path()).filter(|copy| copy.symlink_metadata().is_ok()).collect();
    if existing.is_empty() {
        return Ok(());
    }
    let inputs: BTreeSet<PathBuf> = files.iter().filter_map(|file| identity(file)).collect();
    if let Some(copy) = existing.iter().find(|copy| identity(copy).is_some_and(|copy| inputs.contains(&copy))) {
        return Err(Failure::User {
            message: format!("the copy would take the place of {}, which is reviewed", copy.display()),
            help: "name another folder with --output-dir".to_owned(),
        });
    }
    match existing.first() {
        Some(copy) if !force => Err(Failure::User {
            message: format!("{} is there already", copy.display()),
            help: "name another folder with --output-dir, or replace it with --force".to_owned(),
        }),
        _ => Ok(()),
    }
}

/// The copy of a document that still is what was read.
fn commented(document: &Path, text: &str, comments: &[Comment]) -> Result<Vec<u8>, Problem> {
    let lost = |message: String| Problem::whole(document.to_string_lossy(), message);
    let bytes = fs::read(document).map_err(|error| lost(format!("cannot be read: {error}")))?;
    let refused = |refusal: Refusal| refusal.of(document.to_string_lossy());
    if word::read(&bytes).map_err(refused)?.text != text {
        return Err(lost("it has changed since it was read".to_owned()).with_help("review it again"));
    }
    word::annotate(&bytes, comments).map_err(refused)
}

/// Writes a copy and the folders that it lies in.
fn put(copy: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let folder = copy.parent().unwrap_or(Path::new("."));
    let failed = |error: std::io::Error| Failure::User {
        message: format!("{} cannot be written: {error}", copy.display()),
        help: "check the path, the permissions and the disk".to_owned(),
    };
    fs::create_dir_all(folder).map_err(failed)?;
    write::replace(copy, bytes).map_err(failed)
}

fn no_document() -> Failure {
    Failure::User {
        message: "there is no Word document (.docx) among the articles".to_owned(),
        help: "`clinlint check` reports on articles of every format".to_owned(),
    }
}
