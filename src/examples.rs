//! The examples of lints are their tests: what must be found is found where it
//! is marked and by nobody else, what must not be found is not.

use crate::claim::statement;
use crate::finding::{Confidence, Finding, Label};
use crate::lint::{Example, Lint};
use crate::problem::Problem;
use crate::source::{Format, Source};
use crate::span::Span;
use crate::topic::Relation;
use crate::vocabulary::Vocabulary;
use crate::{Reading, check, read_sources};
use std::collections::BTreeSet;

/// Runs every example of the lints over all of them, each lint that is off by
/// default only over its own, and returns what fails, with its place.
pub fn failures(lints: &[Lint], vocabulary: &Vocabulary) -> Vec<Problem> {
    let mut failures = Vec::new();
    for lint in lints {
        let on = lints.iter().filter(|other| other.enabled || other.code == lint.code);
        let on: Vec<Lint> = on.cloned().collect();
        for example in &lint.examples {
            let reading = read_sources(sources(example), vocabulary);
            let mut findings = check(&reading, &on, vocabulary);
            // As a run with default settings shows them.
            findings.retain(|finding| finding.confidence >= Confidence::Medium);
            if let Err(reason) = holds(lint, example, &findings) {
                failures.push(failure(lint, example, &reason, &reading));
            }
        }
    }
    failures
}

fn failure(lint: &Lint, example: &Example, reason: &str, reading: &Reading) -> Problem {
    let message = format!("the example \"{}\" of {} fails: {reason}", example.name, lint.code);
    let claims: Vec<_> = reading.articles.iter().flat_map(|article| &article.claims).collect();
    let understood: Vec<String> = claims
        .iter()
        .map(|claim| format!("\"{}\" ({}: {})", claim.quote, claim.drugs.join(", "), statement(claim)))
        .collect();
    let help = match understood.as_slice() {
        [] => "no statement was understood in it".to_owned(),
        _ => format!("understood was {}", understood.join("; ")),
    };
    Problem { position: Some(example.position), ..Problem::whole(&lint.place.path, message).with_help(help) }
}

fn sources(example: &Example) -> Vec<Source> {
    let source = |(at, text): (usize, &String)| Source::new(path(at), Format::Markdown, text.as_str());
    example.articles.iter().map(|article| &article.text).enumerate().map(source).collect()
}

/// Articles of examples have no names, but their order.
fn path(article: usize) -> String {
    format!("{:03}.md", article + 1)
}

fn holds(lint: &Lint, example: &Example, findings: &[Finding]) -> Result<(), String> {
    let found = || findings.iter().map(|finding| format!("{} ({})", finding.code, finding.message));
    let found = || found().collect::<Vec<_>>().join(" and ");
    match (example.finds, findings) {
        (false, []) => Ok(()),
        (false, _) => Err(format!("nothing may be found in it, but {} is", found())),
        (true, []) => Err("nothing is found in it".to_owned()),
        (true, [finding]) if finding.code == lint.code => labels_are_marks(lint, example, finding),
        (true, _) => Err(format!("one {} must be found in it, but {} is", lint.code, found())),
    }
}

/// Every label covers a mark to the byte, and every mark has a label.
fn labels_are_marks(lint: &Lint, example: &Example, finding: &Finding) -> Result<(), String> {
    let groups: BTreeSet<_> = finding.labels.iter().filter_map(|label| label.group).collect();
    if groups.len() < 2 && !lint.severity.contains_key(&Relation::Alone) {
        return Err("the finding has one position only".to_owned());
    }
    let marks = example.articles.iter().enumerate().flat_map(|(at, article)| {
        article.marks.iter().map(move |mark| (path(at), *mark, &article.text[mark.start..mark.end]))
    });
    let marks: Vec<(String, Span, &str)> = marks.collect();
    let is_on = |label: &Label, (path, mark, _): &(String, Span, &str)| *path == label.path && *mark == label.span;
    if let Some(stray) = finding.labels.iter().find(|label| !marks.iter().any(|mark| is_on(label, mark))) {
        return Err(format!("\"{}\" is labelled, which is not what is marked", stray.quote));
    }
    match marks.iter().find(|mark| !finding.labels.iter().any(|label| is_on(label, mark))) {
        Some((_, _, text)) => Err(format!("\"{text}\" is marked and not labelled")),
        None => Ok(()),
    }
}
