//! `check --why-not`: from two lines to what became of their statements.

use super::{Failure, Status, check, known, status};
use crate::cli::Line;
use crate::compare::{self, ClaimId, Disagreement};
use crate::finding::{Confidence, Finding};
use crate::knowledge::Knowledge;
use crate::report::human;
use crate::report::why::{self, Answer, Side};
use crate::settings::{Input, Settings};
use crate::span::LineIndex;
use crate::{Reading, paths};
use std::cell::LazyCell;
use std::io::Write;
use std::path::Path;

pub(super) fn why_not(
    input: &Input,
    lines: &[Line; 2],
    confidence: Option<Confidence>,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    // Without further paths the two articles are all there is.
    let mut input = input.clone();
    input.paths.extend(lines.iter().map(|line| line.file.clone()));
    let known = known(&input)?;
    let judged = check::judge(&input, &known, settings)?;
    let confidence = confidence.unwrap_or(known.config.confidence.value);
    let [one, other] = lines;
    let (here, there) = (on(one, &judged.reading), on(other, &judged.reading));
    for (line, claims) in [(one, &here), (other, &there)] {
        if claims.is_empty() {
            writeln!(out, "nothing was understood on {}:{}", line.file.display(), line.line)?;
        }
    }
    let disagreements = LazyCell::new(|| compare::disagreements(&judged.reading.articles, known.vocabulary()));
    let mut answers: Vec<(Side, Side, Answer)> = Vec::new();
    for first in &here {
        for second in there.iter().filter(|second| *second != first) {
            let (first_side, second_side) = (side(*first, &judged.reading), side(*second, &judged.reading));
            let is_disputed = || is_disputed(&disagreements, *first, *second);
            let answer = answer((*first, first_side), (*second, second_side), &judged, confidence, &known, is_disputed);
            answers.push((first_side, second_side, answer));
        }
    }
    // Beside two statements on one subject those on different ones are no answer.
    let is_far = |answer: &Answer| matches!(answer, Answer::Apart(apart) if *apart <= compare::Apart::Question);
    let has_near = answers.iter().any(|(_, _, answer)| !is_far(answer));
    for (first, second, answer) in answers.iter().filter(|(_, _, answer)| !has_near || !is_far(answer)) {
        why::write(out, *first, *second, answer)?;
    }
    out.flush()?;
    human::problems(err, &judged.problems, settings.err)?;
    Ok(status(&judged.problems, false))
}

/// The claims that begin on a line, or go on over it.
fn on(line: &Line, reading: &Reading) -> Vec<ClaimId> {
    let path = paths::absolute(&line.file);
    let is_it = |shown: &str| paths::absolute(Path::new(shown)) == path;
    let Some(article) = reading.articles.iter().position(|article| is_it(&article.path)) else { return Vec::new() };
    let text = &reading.texts[article];
    let Some(span) = LineIndex::new(text).line(text, line.line) else { return Vec::new() };
    let claims = reading.articles[article].claims.iter().enumerate();
    claims.filter(|(_, claim)| claim.span.overlaps(span)).map(|(claim, _)| ClaimId { article, claim }).collect()
}

fn side(id: ClaimId, reading: &Reading) -> Side<'_> {
    let article = &reading.articles[id.article];
    let claim = &article.claims[id.claim];
    let text = &reading.texts[id.article];
    Side { path: &article.path, line: LineIndex::new(text).position(text, claim.span.start).line, claim }
}

/// What became of two claims; `is_disputed` says whether the comparison finds
/// them on different sides.
fn answer(
    (one, here): (ClaimId, Side<'_>),
    (other, there): (ClaimId, Side<'_>),
    judged: &check::Judged,
    confidence: Confidence,
    known: &Knowledge,
    is_disputed: impl Fn() -> bool,
) -> Answer {
    let articles = &judged.reading.articles;
    if let Some(finding) = judged.findings.iter().find(|finding| opposes(finding, here, there)) {
        let what = format!("{}: {}", finding.code, finding.message);
        return if finding.confidence >= confidence {
            Answer::Reported(what)
        } else {
            Answer::Held(format!("held to each other at low confidence only, `--confidence low` shows it: {what}"))
        };
    }
    match compare::why(articles, one, other, known.vocabulary()) {
        Err(apart) => Answer::Apart(apart),
        Ok(_) if judged.suppressed > 0 && is_disputed() => Answer::Held("a suppression covers it".to_owned()),
        Ok(_) if !known.config.lints.is_empty() && is_disputed() => Answer::Held("its lint is switched off".to_owned()),
        Ok(sure) => Answer::Comparable(sure),
    }
}

/// Whether disagreements have two claims on different sides.
fn is_disputed(disagreements: &[Disagreement], one: ClaimId, other: ClaimId) -> bool {
    disagreements.iter().any(|disagreement| {
        let place = |id| disagreement.positions.iter().position(|position| position.claims.contains(&id));
        place(one).zip(place(other)).is_some_and(|(one, other)| one != other)
    })
}

/// Whether a finding shows two statements on different sides.
fn opposes(finding: &Finding, one: Side<'_>, other: Side<'_>) -> bool {
    let group = |side: Side<'_>| {
        finding
            .labels
            .iter()
            .find(|label| label.path == side.path && label.span == side.claim.span)
            .map(|label| label.group)
    };
    group(one).zip(group(other)).is_some_and(|(one, other)| one != other)
}
