//! `check`: from the articles to what is reported.

use super::{Failure, Status, fix, known, read, status, write_file};
use crate::cli::{CheckFormat, Output};
use crate::config::Config;
use crate::finding::Finding;
use crate::gate::{self, Baseline};
use crate::git::{Changed, Repository};
use crate::knowledge::Knowledge;
use crate::paths;
use crate::problem::Problem;
use crate::report::human::Style;
use crate::report::{Gated, Report, coverage, github, gitlab, human, json, junit, markdown, sarif, short, statistics};
use crate::settings::{self, Check, Fix, Input, Settings};
use crate::{Reading, compare};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub(super) fn check(
    check: &Check,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    if check.outputs.iter().filter(|output| output.file.is_none()).count() > 1 {
        return Err(Failure::User {
            message: "two outputs at once would go to standard output".to_owned(),
            help: "name a file for the others: --output sarif=out.sarif".to_owned(),
        });
    }
    let started = Instant::now();
    let known = known(&check.input)?;
    let config = &known.config;
    // Before much is read: a revision that is not there ends the run.
    let changed = check.since.as_deref().map(|revision| changed(revision, &check.input)).transpose()?;
    let Judged { reading, mut findings, mut problems, suppressed, whole } = judge(&check.input, &known, settings)?;
    let confidence = check.confidence.unwrap_or(config.confidence.value);
    findings.retain(|finding| finding.confidence >= confidence);
    let mut gated = Gated { suppressed, ..Gated::default() };
    let mut findings = baseline(check, config, findings, whole, &mut gated, &mut problems)?;
    let least = usize::from(check.least_understood.unwrap_or(config.least_understood.value));
    let lacking = gate::too_little_understood(&reading.articles, least);
    let is_lacking = !lacking.is_empty();
    problems.extend(lacking);
    if let Some(changed) = changed {
        findings = gate::touched(findings, &changed);
    }
    if check.fix == Fix::Make {
        findings = fix::make(findings, &reading, err)?;
    }

    let is_json = check.outputs.iter().any(|output| output.format == CheckFormat::Json);
    let coverage = (check.verbose || is_json).then(|| compare::coverage(&reading.articles, known.vocabulary()));
    let passages = reading.passages();
    let here = paths::absolute(Path::new("."));
    let report = Report {
        findings: &findings,
        articles: &passages,
        problems: &problems,
        gated,
        lints: &known.on,
        fail_on: check.fail_on.unwrap_or(config.fail_on.value),
        coverage: coverage.as_ref(),
        base: &paths::repository(&here).unwrap_or(here),
    };
    let mut printed = None;
    for Output { format, file } in &check.outputs {
        match file {
            None if check.fix == Fix::Show => fix::show(&findings, &reading, out)?,
            None => {
                output(out, *format, &report, check.verbose, settings.out)?;
                printed = Some(*format);
            }
            Some(file) => {
                let mut content = Vec::new();
                output(&mut content, *format, &report, check.verbose, Style::FILE)?;
                write_file(file, &content)?;
            }
        }
    }
    // On a terminal both streams are one: no problem may land inside a finding,
    // and the summary comes last.
    out.flush()?;
    human::problems(err, &problems, settings.err)?;
    if check.statistics {
        match printed {
            Some(CheckFormat::Human | CheckFormat::Short) => statistics::write(out, &report)?,
            _ => statistics::write(err, &report)?,
        }
    }
    if let Some(coverage) = coverage.as_ref().filter(|_| check.verbose) {
        match printed {
            Some(CheckFormat::Human | CheckFormat::Short) => coverage::write(out, coverage)?,
            _ => coverage::write(err, coverage)?,
        }
    }
    if printed == Some(CheckFormat::Human) && !check.quiet {
        human::summary(out, report.summary(), Some(started.elapsed()))?;
    }
    Ok(status(&problems, is_lacking || findings.iter().any(|finding| report.fails(finding.severity))))
}

/// What was read, and what is to be reported of it, however sure it is.
pub(super) struct Judged {
    pub reading: Reading,
    pub findings: Vec<Finding>,
    pub problems: Vec<Problem>,
    /// How many findings a suppression covers.
    pub suppressed: usize,
    /// Whether everything was read that there is to read.
    pub whole: bool,
}

/// Reads the articles and finds what contradicts and is not suppressed.
pub(super) fn judge(input: &Input, known: &Knowledge, settings: &Settings) -> Result<Judged, Failure> {
    let reading = read(input, known, &known.config.reference_files(), settings)?;
    let whole = input.stdin.is_none() && known.config.is_whole(&input.paths);
    let findings = crate::check(&reading, &known.on, known.vocabulary());
    let suppressed = gate::pass(findings, known, &reading.suppressions, whole);
    let told = reading.problems.iter().filter(|problem| known.tells(problem));
    let problems = told.chain(&suppressed.problems).cloned().collect();
    Ok(Judged { reading, findings: suppressed.findings, problems, suppressed: suppressed.count, whole })
}

/// The lines that changed since a revision.
fn changed(revision: &str, input: &Input) -> Result<Changed, Failure> {
    let repository = Repository::of(input.paths.first().map_or(Path::new("."), PathBuf::as_path))?;
    Ok(repository.changed_lines(&repository.base(revision)?)?)
}

fn output(out: &mut impl Write, format: CheckFormat, report: &Report<'_>, proof: bool, style: Style) -> io::Result<()> {
    match format {
        CheckFormat::Human => human::findings(out, report.findings, report.articles, proof, style),
        CheckFormat::Short => short::write(out, report, style),
        CheckFormat::Json => json::write(out, report),
        CheckFormat::Sarif => sarif::write(out, report),
        CheckFormat::Github => github::write(out, report),
        CheckFormat::Gitlab => gitlab::write(out, report),
        CheckFormat::Junit => junit::write(out, report),
        CheckFormat::Markdown => markdown::write(out, report),
    }
}

/// Leaves out the findings that were there before, and keeps their file.
fn baseline(
    check: &Check,
    config: &Config,
    findings: Vec<Finding>,
    whole: bool,
    gated: &mut Gated,
    problems: &mut Vec<Problem>,
) -> Result<Vec<Finding>, Failure> {
    let (file, prune) = match &check.baseline {
        settings::Baseline::Write(file) => {
            let mut baseline = Baseline::of(&findings, &folder(file));
            write_file(file, baseline.text().as_bytes())?;
            let (new, known, _) = baseline.sift(findings);
            gated.baseline = known;
            return Ok(new);
        }
        settings::Baseline::Use { file, prune } => (file.clone().or_else(|| config.baseline.clone()), *prune),
    };
    let Some(file) = file else {
        return if prune { Err(no_baseline()) } else { Ok(findings) };
    };
    if prune && !whole {
        return Err(Failure::User {
            message: "the baseline cannot be pruned: not everything is checked".to_owned(),
            help: "run --prune-baseline without paths".to_owned(),
        });
    }
    let mut baseline = Baseline::read(&file).map_err(|problem| Failure::Input(vec![problem]))?;
    let (new, known, fixed) = baseline.sift(findings);
    gated.baseline = known;
    if whole && prune {
        write_file(&file, baseline.text().as_bytes())?;
    } else if whole && !fixed.is_empty() {
        gated.fixed = fixed.len();
        let shown = paths::from_here(&file).to_string_lossy().into_owned();
        let first =
            fixed.iter().map(|one| format!("{} of {}, {}: {}", one.lint, one.about, one.file, one.states)).next();
        let message = format!(
            "{} of its statements contradict nothing any more, such as {}",
            fixed.len(),
            first.unwrap_or_default()
        );
        problems.push(Problem::part(shown, message).with_help("--prune-baseline takes them out"));
    }
    Ok(new)
}

fn no_baseline() -> Failure {
    Failure::User {
        message: "there is no baseline to prune".to_owned(),
        help: "name one with --baseline or in the configuration".to_owned(),
    }
}

fn folder(file: &Path) -> PathBuf {
    paths::absolute(file).parent().map(Path::to_owned).unwrap_or_default()
}
