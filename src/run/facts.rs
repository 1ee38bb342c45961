//! `facts`: from the articles to what each of them says about a drug.

use super::{Failure, Status, check, known, status};
use crate::claim::Name;
use crate::cli::FactsFormat;
use crate::facts::{self, Drug, resolve};
use crate::report::facts::{Facts, csv, json, table};
use crate::report::{html, human};
use crate::settings::{Input, Settings};
use crate::source::Format;
use crate::vocabulary::Vocabulary;
use std::io::Write;
use std::path::PathBuf;

pub(super) fn facts(
    input: &Input,
    drugs: &[String],
    format: FactsFormat,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    let (there, others): (Vec<_>, Vec<_>) =
        input.paths.iter().cloned().partition(|path| path.symlink_metadata().is_ok());
    let mut input = Input { paths: there, ..input.clone() };
    let known = known(&input)?;
    let (paths, mut names) = told_apart(others, known.vocabulary());
    input.paths.extend(paths);
    names.extend_from_slice(drugs);
    let judged = check::judge(&input, &known, settings)?;
    let mut findings = judged.findings;
    findings.retain(|finding| finding.confidence >= known.config.confidence.value);
    let texts: Vec<&str> = judged.reading.texts.iter().map(String::as_str).collect();
    let drugs = facts::of(&judged.reading.articles, &texts, &findings);
    let chosen = chosen(&names, &drugs, known.vocabulary())?;
    let passages = judged.reading.passages();
    let facts = Facts { drugs: &chosen, findings: &findings, articles: &passages, listed: names.is_empty() };
    match format {
        FactsFormat::Table => table::write(out, &facts, settings.out)?,
        FactsFormat::Csv => csv::write(out, &facts)?,
        FactsFormat::Json => json::write(out, &facts)?,
        FactsFormat::Html => html::facts(out, &facts)?,
    }
    out.flush()?;
    human::problems(err, &judged.problems, settings.err)?;
    Ok(status(&judged.problems, false))
}

/// Parts what is typed and does not lie on the disk into paths and names of
/// drugs. What looks like a path and is no drug is one: a file that is not there
/// is worth its own message.
fn told_apart(typed: Vec<PathBuf>, vocabulary: &Vocabulary) -> (Vec<PathBuf>, Vec<String>) {
    let mut paths = Vec::new();
    let mut names = Vec::new();
    for typed in typed {
        let name = typed.to_string_lossy();
        let looks_like_path = name.contains(['/', '\\']) || name.starts_with('.') || Format::of(&typed).is_some();
        if looks_like_path && resolve(&name, [], vocabulary).is_err() {
            paths.push(typed);
        } else {
            names.push(name.into_owned());
        }
    }
    (paths, names)
}

/// The drugs of these names, then the combinations that they are part of; every
/// drug where there is no name.
fn chosen<'a>(names: &[String], drugs: &'a [Drug], vocabulary: &Vocabulary) -> Result<Vec<&'a Drug>, Failure> {
    if names.is_empty() {
        return Ok(drugs.iter().collect());
    }
    let mut wanted: Vec<Vec<Name>> = Vec::new();
    for name in names {
        let known = drugs.iter().map(|drug| drug.names.as_slice());
        let meant = resolve(name, known, vocabulary).map_err(|unknown| Failure::User {
            message: format!("there is no drug `{name}`, and no such path"),
            help: match unknown.near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`clinlint facts` lists the drugs of the articles".to_owned(),
            },
        })?;
        if !drugs.iter().any(|drug| meant.iter().any(|meant| is_about(drug, meant))) {
            return Err(Failure::User {
                message: format!("no article says anything about {name}"),
                help: "`clinlint facts` lists the drugs of the articles".to_owned(),
            });
        }
        wanted.extend(meant);
    }
    let mut chosen: Vec<&Drug> = drugs.iter().filter(|drug| wanted.iter().any(|meant| is_about(drug, meant))).collect();
    chosen.sort_by_key(|drug| !wanted.contains(&drug.names));
    Ok(chosen)
}

/// Whether it is the drug, or a combination with it.
fn is_about(drug: &Drug, meant: &[Name]) -> bool {
    drug.names == meant || matches!(meant, [single] if drug.names.contains(single))
}
