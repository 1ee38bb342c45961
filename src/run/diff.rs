//! `diff`: from a revision to what changed in the claims since.

use super::{Failure, Status, check, known, status};
use crate::change::{Change, Version, changes, set_against};
use crate::cli::DiffFormat;
use crate::config::Config;
use crate::git::{ChangedFile, Repository};
use crate::knowledge::Knowledge;
use crate::paths;
use crate::problem::{Loss, Problem};
use crate::report::changes::{json, markdown, text};
use crate::report::human;
use crate::settings::{Input, Settings};
use crate::source::{self, Format};
use crate::{Reading, read_sources};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn diff(
    revision: &str,
    input: &Input,
    format: DiffFormat,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    let known = known(input)?;
    let repository = Repository::of(input.paths.first().map_or(Path::new("."), PathBuf::as_path))?;
    let base = repository.base(revision)?;
    let mut files = repository.changed_files(&base)?;
    files.retain(|file| is_article(file, &repository, input, &known.config));
    let (before, mut problems) = before(&repository, &files, &known)?;

    let judged = check::judge(input, &known, settings)?;
    problems.extend(judged.problems);
    let after = claims(&judged.reading);
    let before = claims(&before);
    let mut found: Vec<Change> = Vec::new();
    for file in &files {
        let at = |path: &Path| repository.top().join(path);
        let old = file.before.as_ref().and_then(|(path, _)| before.get(&at(path)));
        let new = file.after.as_ref().and_then(|path| after.get(&at(path)));
        if let Some((shown, _)) = new.or(old) {
            found.extend(changes(shown, old.map(|old| old.1), new.map(|new| new.1)));
        }
    }
    let findings: Vec<_> =
        judged.findings.into_iter().filter(|one| one.confidence >= known.config.confidence.value).collect();
    set_against(&mut found, &findings);
    show(&mut found);
    match format {
        DiffFormat::Text => text::write(out, &found)?,
        DiffFormat::Json => json::write(out, &found)?,
        DiffFormat::Markdown => markdown::write(out, &found)?,
    }
    out.flush()?;
    human::problems(err, &problems, settings.err)?;
    Ok(status(&problems, false))
}

/// Names every file from the working directory: old versions and new ones come
/// by different ways.
fn show(changes: &mut [Change]) {
    let show = |path: &mut String| *path = paths::from_here(Path::new(path)).to_string_lossy().into_owned();
    for change in changes.iter_mut() {
        show(&mut change.path);
        let positions = change.against.iter_mut().flat_map(|against| &mut against.positions);
        positions.flat_map(|(_, places)| places).for_each(|(path, _)| show(path));
    }
    changes.sort_by(|one, other| one.path.cmp(&other.path));
}

/// Whether a changed file is an article that is to be looked at.
fn is_article(file: &ChangedFile, repository: &Repository, input: &Input, config: &Config) -> bool {
    let wanted = if input.paths.is_empty() { config.whole() } else { input.paths.clone() };
    let paths = file.before.iter().map(|(path, _)| path).chain(&file.after);
    paths.map(|path| repository.top().join(path)).any(|path| {
        Format::of(&path).is_some()
            && config.exclude.matching(&path).is_none()
            && wanted.iter().any(|wanted| paths::inside(wanted, &path).is_some())
    })
}

/// The articles as they were, and those that could not be read.
fn before(
    repository: &Repository,
    files: &[ChangedFile],
    known: &Knowledge,
) -> Result<(Reading, Vec<Problem>), Failure> {
    let (paths, blobs): (Vec<_>, Vec<_>) =
        files.iter().filter_map(|file| file.before.as_ref()).map(|(path, blob)| (path, blob)).unzip();
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    for (path, bytes) in paths.into_iter().zip(repository.contents(&blobs)?) {
        let path = paths::from_here(&repository.top().join(path));
        match source::from_bytes(&path, bytes) {
            Ok(source) => sources.push(source.framed(&known.config.frames)),
            // It is the past, and may be mended by this very change.
            Err(problem) => {
                let message = format!("as it was before: {}", problem.message);
                problems.push(Problem { loss: Loss::Part, message, ..problem });
            }
        }
    }
    Ok((read_sources(sources, known.vocabulary()), problems))
}

/// By absolute path: the path as it is shown, the claims and the text.
fn claims(reading: &Reading) -> BTreeMap<PathBuf, (String, Version<'_>)> {
    let articles = reading.articles.iter().zip(&reading.texts);
    articles
        .map(|(article, text)| {
            let path = paths::absolute(Path::new(&article.path));
            (path, (article.path.clone(), (article.claims.as_slice(), text.as_str())))
        })
        .collect()
}
