//! The examples of every lint, run over all lints: what must be found is
//! found where it is marked and by nobody else, what must not be found is not.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clinlint::finding::{Confidence, Finding};
use clinlint::lint::{Example, Lint, builtin};
use clinlint::source::{Format, Source};
use clinlint::topic::Relation;
use clinlint::vocabulary::Vocabulary;
use clinlint::{check, read_sources};
use std::collections::BTreeSet;

#[test]
fn examples_hold() {
    let lints = builtin().unwrap();
    let mut failures = Vec::new();
    let mut examples = 0;
    for lint in &lints {
        for example in &lint.examples {
            examples += 1;
            let on = lints.iter().filter(|other| other.enabled || other.code == lint.code).cloned();
            let findings = findings(example, &on.collect::<Vec<_>>());
            if let Err(reason) = holds(lint, example, &findings) {
                failures.push(format!("{}, \"{}\": {reason}{}", lint.code, example.name, listed(&findings)));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {examples} examples fail:\n\n{}", failures.len(), failures.join("\n\n"));
}

/// What all lints find in an example, as a run with default settings shows it.
fn findings(example: &Example, lints: &[Lint]) -> Vec<Finding> {
    let sources = example.articles.iter().enumerate().map(|(at, article)| Source {
        path: path(at),
        format: Format::Markdown,
        text: article.text.clone(),
    });
    let mut findings = check(&read_sources(sources.collect(), Vocabulary::builtin()), lints, Vocabulary::builtin());
    findings.retain(|finding| finding.confidence >= Confidence::Medium);
    findings
}

fn path(article: usize) -> String {
    format!("{article}.md")
}

fn holds(lint: &Lint, example: &Example, findings: &[Finding]) -> Result<(), String> {
    match (example.finds, findings) {
        (false, []) => Ok(()),
        (false, _) => Err("must find nothing".to_owned()),
        (true, [finding]) if finding.code == lint.code => labels_are_marks(lint, example, finding),
        (true, _) => Err(format!("must find one {}", lint.code)),
    }
}

/// Every label lies on a mark and every mark under a label.
fn labels_are_marks(lint: &Lint, example: &Example, finding: &Finding) -> Result<(), String> {
    let marks = example.articles.iter().enumerate();
    let marks: Vec<_> =
        marks.flat_map(|(at, article)| article.marks.iter().map(move |mark| (path(at), *mark))).collect();
    let groups: BTreeSet<_> = finding.labels.iter().filter_map(|label| label.group).collect();
    let is_alone = lint.severity.contains_key(&Relation::Alone);
    if groups.len() < 2 && !is_alone {
        return Err("must label two positions".to_owned());
    }
    let stray = finding
        .labels
        .iter()
        .find(|label| !marks.iter().any(|(path, mark)| *path == label.path && mark.overlaps(label.span)));
    if let Some(stray) = stray {
        return Err(format!("labels \"{}\" in {}, which is not marked", stray.quote, stray.path));
    }
    let missed = marks
        .iter()
        .find(|(path, mark)| !finding.labels.iter().any(|label| *path == label.path && mark.overlaps(label.span)));
    match missed {
        Some((path, mark)) => Err(format!("does not label bytes {}–{} of {path}", mark.start, mark.end)),
        None => Ok(()),
    }
}

fn listed(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "\n  found nothing".to_owned();
    }
    let lines = findings.iter().map(|finding| {
        let labels =
            finding.labels.iter().map(|label| format!("\n    {}: {} ({})", label.path, label.quote, label.message));
        format!("\n  found {}: {}{}", finding.code, finding.message, labels.collect::<String>())
    });
    lines.collect()
}
