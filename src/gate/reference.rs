//! Holding articles to references.

use crate::finding::{Finding, Label};

/// Marks the passages of references and puts the articles that contradict them
/// first. A finding in which every position is a reference's is left out: no
/// article is to blame.
pub fn hold(findings: Vec<Finding>, is_reference: impl Fn(&str) -> bool) -> Vec<Finding> {
    findings.into_iter().filter_map(|finding| held(finding, &is_reference)).collect()
}

fn held(mut finding: Finding, is_reference: &impl Fn(&str) -> bool) -> Option<Finding> {
    for label in &mut finding.labels {
        label.reference = is_reference(&label.path);
    }
    if !finding.labels.iter().any(|label| label.reference) {
        return Some(finding);
    }
    finding.lead(is_blamed, |label| !label.reference);
    let first = finding.labels.chunk_by(|one, next| one.group == next.group).next();
    first.is_some_and(is_blamed).then_some(finding)
}

/// Whether a position is held by articles only.
fn is_blamed(position: &[Label]) -> bool {
    position.iter().all(|label| !label.reference && label.group.is_some())
}
