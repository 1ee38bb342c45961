//! One run of the linter over an article and its copy.

use crate::change::Change;
use crate::edit::{backward, forward};
use clinlint::compare::ArticleClaims;
use clinlint::finding::{Confidence, Finding, Label, Severity};
use clinlint::fix::apply;
use clinlint::lint::Lint;
use clinlint::source::{Format, Source};
use clinlint::span::Span;
use clinlint::vocabulary::Vocabulary;
use clinlint::{Reading, check, read_sources};
use std::collections::{BTreeMap, BTreeSet};

/// An article as it is, with what the linter says about it.
pub struct Original {
    /// Its path.
    pub path: String,
    /// Its text.
    pub text: String,
    /// What it states.
    pub article: ArticleClaims,
    /// How many findings it has by itself.
    pub findings: usize,
    /// The same by severity.
    pub severities: BTreeMap<Severity, usize>,
    format: Format,
    /// The contradictions of the article with itself.
    own: BTreeSet<Pair>,
    /// The contradictions of the article with a copy of itself.
    copied: BTreeSet<Pair>,
}

/// What became of a change.
pub struct Outcome {
    /// Whether a new contradiction has the changed place on one side.
    pub is_found: bool,
    /// The messages of new findings that do not touch the changed place.
    pub unrelated: Vec<String>,
}

/// Two places that a finding sets against each other, each with whether it is
/// in the copy, as offsets in the original.
type Pair = (String, (bool, usize), (bool, usize));

const COPY: &str = "copy of ";

impl Original {
    /// Reads an article and notes what the linter says of it before anything
    /// is changed.
    pub fn new(source: Source, lints: &[Lint]) -> Self {
        let (path, format) = (source.path.clone(), source.format);
        let mut reading = read_sources(vec![source], Vocabulary::builtin());
        let findings = reported(&reading, lints);
        let mut severities = BTreeMap::new();
        for finding in &findings {
            *severities.entry(finding.severity).or_insert(0) += 1;
        }
        let mut original = Self {
            path,
            format,
            text: reading.texts.remove(0),
            article: reading.articles.remove(0),
            findings: findings.len(),
            severities,
            own: findings.iter().flat_map(|finding| pairs(finding, &|label| place(label, &[]))).collect(),
            copied: BTreeSet::new(),
        };
        let copied = original.findings_beside(original.article.clone(), original.text.clone(), lints);
        original.copied = copied.iter().flat_map(|finding| pairs(finding, &|label| place(label, &[]))).collect();
        original
    }

    /// Makes a change in a copy and runs the linter over both.
    pub fn try_change(&self, change: &Change, lints: &[Lint]) -> Outcome {
        let pieces: Vec<_> = change.edits.iter().map(|edit| (edit.span, edit.text.as_str())).collect();
        let text = apply(&self.text, &pieces);
        let source = Source::new(self.path.clone(), self.format, text);
        let mut reading = read_sources(vec![source], Vocabulary::builtin());
        let findings = self.findings_beside(reading.articles.remove(0), reading.texts.remove(0), lints);
        let changed = change.places.iter().chain(change.edits.iter().map(|edit| &edit.span));
        let changed: Vec<Span> = changed
            .map(|span| Span::new(forward(&change.edits, span.start), forward(&change.edits, span.end)))
            .collect();
        let is_changed =
            |label: &Label| label.path.starts_with(COPY) && changed.iter().any(|span| span.overlaps(label.span));
        let mut outcome = Outcome { is_found: false, unrelated: Vec::new() };
        for finding in &findings {
            let is_new = |pair: &Pair| !self.copied.contains(pair);
            let at = |label: &Label| place(label, &change.edits);
            if !pairs(finding, &at).iter().any(is_new) {
                continue;
            }
            let touching = finding.labels.iter().filter(|label| is_changed(label));
            let touching: BTreeSet<(bool, usize)> = touching.map(at).collect();
            let has_changed = |(_, one, other): &Pair| touching.contains(one) || touching.contains(other);
            if pairs(finding, &at).iter().any(|pair| is_new(pair) && has_changed(pair)) {
                outcome.is_found = true;
            } else if touching.is_empty() {
                outcome.unrelated.push(format!("{}: {}", finding.code, finding.message));
            }
        }
        outcome
    }

    /// What the linter finds between the article and a copy of it, beyond what
    /// it finds in the article alone.
    pub fn try_copy(&self, lints: &[Lint]) -> Vec<String> {
        let findings = self.findings_beside(self.article.clone(), self.text.clone(), lints);
        let alone = |(code, one, other): Pair| {
            let (one, other) = ((false, one.1), (false, other.1));
            (code, one.min(other), one.max(other))
        };
        let is_more = |finding: &&Finding| {
            pairs(finding, &|label| place(label, &[])).into_iter().any(|pair| !self.own.contains(&alone(pair)))
        };
        findings.iter().filter(is_more).map(|finding| format!("{}: {}", finding.code, finding.message)).collect()
    }

    /// Findings of a run over the article and a copy.
    fn findings_beside(&self, mut copy: ArticleClaims, text: String, lints: &[Lint]) -> Vec<Finding> {
        copy.path = format!("{COPY}{}", self.path);
        let reading = Reading {
            articles: vec![self.article.clone(), copy],
            texts: vec![self.text.clone(), text],
            suppressions: Vec::new(),
            problems: Vec::new(),
        };
        reported(&reading, lints)
    }
}

/// What a run with default settings reports.
fn reported(reading: &Reading, lints: &[Lint]) -> Vec<Finding> {
    let mut findings = check(reading, lints, Vocabulary::builtin());
    findings.retain(|finding| finding.confidence >= Confidence::Medium);
    findings
}

/// Whether a label is in the copy, and where it would be in the original.
fn place(label: &Label, edits: &[crate::edit::Edit]) -> (bool, usize) {
    if label.path.starts_with(COPY) { (true, backward(edits, label.span.start)) } else { (false, label.span.start) }
}

/// Every two places that a finding sets against each other; one that is wrong by
/// itself is set against itself.
fn pairs(finding: &Finding, at: &dyn Fn(&Label) -> (bool, usize)) -> BTreeSet<Pair> {
    let grouped: Vec<(usize, (bool, usize))> =
        finding.labels.iter().filter_map(|label| Some((label.group?, at(label)))).collect();
    let mut pairs = BTreeSet::new();
    if let [(_, only)] = grouped.as_slice() {
        pairs.insert((finding.code.clone(), *only, *only));
    }
    for (number, (group, one)) in grouped.iter().enumerate() {
        for (_, other) in grouped[number + 1..].iter().filter(|(next, _)| next != group) {
            pairs.insert((finding.code.clone(), *one.min(other), *one.max(other)));
        }
    }
    pairs
}
