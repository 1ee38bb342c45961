//! From disagreements to findings.

use super::Lint;
use super::fingerprint::fingerprint;
use super::message::Facts;
use crate::claim::{Claim, Name, statement};
use crate::compare::{ArticleClaims, ClaimId, Disagreement, Relation, evidence, proof};
use crate::finding::{Finding, Label, Severity};
use crate::slip::{Passage, Slip};
use crate::span::Span;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// What the lints say about the disagreements, and about the slips of each
/// article, in order.
pub fn judge(lints: &[Lint], disagreements: &[Disagreement], articles: &[ArticleClaims]) -> Vec<Finding> {
    let mut findings = of_disagreements(lints, disagreements, articles);
    findings.extend(of_slips(lints, articles));
    in_order(findings)
}

/// What the lints say about disagreements, such as those of one key. Of the
/// articles only those are looked at that the disagreements point to.
pub fn of_disagreements(lints: &[Lint], disagreements: &[Disagreement], articles: &[ArticleClaims]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for disagreement in disagreements {
        for lint in lints.iter().filter(|lint| lint.topic == disagreement.topic) {
            if let Some(severity) = lint.severity.get(&disagreement.relation) {
                let ordinary = finding(lint, *severity, disagreement, articles);
                findings.push(taken_over(ordinary, lints, disagreement, articles));
            }
        }
    }
    findings
}

/// What the lints say about the slips of articles, whatever other articles say.
pub fn of_slips(lints: &[Lint], articles: &[ArticleClaims]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for article in articles {
        for slip in &article.slips {
            for lint in lints.iter().filter(|lint| lint.topic == slip.topic) {
                if let Some(severity) = lint.severity.get(&slip.relation) {
                    findings.push(of_slip(lint, *severity, slip, article));
                }
            }
        }
    }
    findings
}

/// The findings of a run as they are reported: by the path and place of their
/// first label, then code, message and fingerprint. Findings that state the same
/// about the same are numbered, so that no two share a fingerprint. The same
/// findings give the same result, in whatever order they are.
pub fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(order);
    for (at, fingerprint) in told_apart(&findings) {
        findings[at].fingerprint = fingerprint;
    }
    findings
}

/// The fingerprints of those findings, by their places, that state the same
/// about the same as one before them. The findings are in order.
pub fn told_apart<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<(usize, String)> {
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    let mut again = Vec::new();
    for (at, finding) in findings.into_iter().enumerate() {
        let times = seen.entry(finding.fingerprint.as_str()).or_default();
        *times += 1;
        if *times > 1 {
            again.push((at, fingerprint([finding.fingerprint.as_str(), &times.to_string()])));
        }
    }
    again
}

/// The total order of findings.
pub fn order(one: &Finding, other: &Finding) -> Ordering {
    fn begin(finding: &Finding) -> impl Ord + '_ {
        let first = finding.labels.first().map(|label| (&label.path, label.span));
        (first, &finding.code, &finding.message, &finding.fingerprint)
    }
    fn places<'a>(finding: &'a Finding) -> impl Ord + 'a {
        let groups = finding.labels.chunk_by(|one, next| one.group == next.group);
        let places = |labels: &'a [Label]| labels.iter().map(|label| (&label.path, label.span)).collect();
        let groups: Vec<Vec<(&String, Span)>> = groups.map(places).collect();
        (groups.iter().flatten().min().copied(), groups)
    }
    begin(one).cmp(&begin(other)).then_with(|| places(one).cmp(&places(other)))
}

fn finding(lint: &Lint, severity: Severity, disagreement: &Disagreement, articles: &[ArticleClaims]) -> Finding {
    let mut labels = Vec::new();
    for (group, position) in disagreement.positions.iter().enumerate() {
        labels.extend(position.claims.iter().map(|claim| of_claim(*claim, group, articles)));
    }
    labels.sort_by(|one: &Label, other| {
        (one.group, &one.path, one.span, &one.message).cmp(&(other.group, &other.path, other.span, &other.message))
    });
    // Two claims of one passage ("25 mg of either drug") are one place to look at.
    labels.dedup_by(|one, other| (one.group, &one.path, one.span) == (other.group, &other.path, other.span));
    Finding {
        code: lint.code.clone(),
        instead_of: None,
        severity,
        confidence: disagreement.confidence,
        message: lint.message.render(&Facts::from(disagreement)),
        help: lint.help.clone(),
        fix: Vec::new(),
        fingerprint: identity(lint, disagreement, &labels),
        drugs: disagreement.drugs.clone(),
        subject: subject(disagreement),
        values: disagreement.positions.iter().map(|position| position.summary.clone()).collect(),
        tenfold: disagreement.relation == Relation::Tenfold,
        proof: proof(disagreement, articles),
        labels,
    }
}

/// The finding as the lint reports it that knows most about its evidence: the
/// same finding under another code, with more words, and no milder.
fn taken_over(
    mut finding: Finding,
    lints: &[Lint],
    disagreement: &Disagreement,
    articles: &[ArticleClaims],
) -> Finding {
    let evidence = || evidence(disagreement, articles);
    let is_about_evidence = |lint: &&Lint| lint.topic.is_about_evidence();
    let reporting: Vec<&Lint> = lints.iter().filter(is_about_evidence).collect();
    if reporting.is_empty() {
        return finding;
    }
    let known = evidence().into_iter().find_map(|evidence| {
        let lint = reporting.iter().find(|lint| lint.topic == evidence.topic)?;
        Some((*lint, *lint.severity.get(&disagreement.relation)?, evidence))
    });
    let Some((lint, severity, evidence)) = known else { return finding };
    finding.severity = if lint.is_least { finding.severity.max(severity) } else { severity };
    finding.message = lint.message.render(&Facts::of_evidence(&finding.message, &evidence.words));
    finding.help.clone_from(&lint.help);
    finding.instead_of = Some(std::mem::replace(&mut finding.code, lint.code.clone()));
    finding.proof.extend(evidence.proof);
    if let Some(first) = evidence.first {
        finding.lead(|labels| labels.iter().all(|label| label.group == Some(first)), |_| false);
    }
    finding
}

fn of_slip(lint: &Lint, severity: Severity, slip: &Slip, article: &ArticleClaims) -> Finding {
    let passages = slip.passages.iter().enumerate();
    let labels: Vec<Label> = passages.map(|(group, passage)| label(article, passage, group)).collect();
    let quotes = slip.passages.iter().map(|passage| passage.quote.as_str());
    Finding {
        code: lint.code.clone(),
        instead_of: None,
        severity,
        confidence: slip.confidence,
        message: lint.message.render(&Facts::from(slip)),
        help: lint.help.clone(),
        fix: slip.fix.clone(),
        drugs: drugs_of(slip, &article.claims),
        subject: quotes.clone().collect::<Vec<_>>().join(", "),
        values: slip.passages.iter().map(|passage| passage.statement.clone()).collect(),
        tenfold: slip.relation == Relation::Tenfold,
        proof: Vec::new(),
        fingerprint: fingerprint([lint.code.as_str()].into_iter().chain(quotes.clone())),
        labels,
    }
}

/// The drugs that the passages of a slip speak of, sorted.
fn drugs_of(slip: &Slip, claims: &[Claim]) -> Vec<Name> {
    // No passage is part of more claims than these.
    const NEAR: usize = 16;
    let mut drugs = BTreeSet::new();
    for passage in &slip.passages {
        let behind = claims.partition_point(|claim| claim.span.start < passage.span.end);
        let near = &claims[behind.saturating_sub(NEAR)..behind];
        let of_passage = near.iter().filter(|claim| claim.span.overlaps(passage.span));
        drugs.extend(of_passage.flat_map(|claim| claim.drugs.iter().cloned()));
    }
    drugs.into_iter().collect()
}

/// The drugs, and what else a disagreement is about: "amitriptyline, glaucoma".
fn subject(disagreement: &Disagreement) -> String {
    disagreement.drugs.iter().chain(&disagreement.about).map(|name| &**name).collect::<Vec<_>>().join(", ")
}

/// What makes a finding the same one in the next run: what it is about, and
/// what is stated. Files, places and quotes are not part of it.
fn identity(lint: &Lint, disagreement: &Disagreement, labels: &[Label]) -> String {
    let mut statements: Vec<&str> = labels.iter().map(|label| label.message.as_str()).collect();
    statements.sort_unstable();
    statements.dedup();
    fingerprint([lint.code.as_str(), &subject(disagreement)].into_iter().chain(statements))
}

fn of_claim(id: ClaimId, group: usize, articles: &[ArticleClaims]) -> Label {
    let article = &articles[id.article];
    let claim = &article.claims[id.claim];
    let passage = Passage { span: claim.span, quote: claim.quote.clone(), statement: statement(claim) };
    label(article, &passage, group)
}

fn label(article: &ArticleClaims, passage: &Passage, group: usize) -> Label {
    Label {
        path: article.path.clone(),
        span: passage.span,
        position: article.places.position(passage.span.start),
        quote: passage.quote.clone(),
        message: passage.statement.clone(),
        group: Some(group),
        reference: false,
    }
}
