//! Leaving out what no change touches.

use crate::finding::{Finding, Label};
use crate::git::Changed;
use std::path::Path;

/// The findings in which a changed line takes part, each with that passage
/// first: it is where the author of the change has to look.
pub fn touched(findings: Vec<Finding>, changed: &Changed) -> Vec<Finding> {
    let is_changed = |label: &Label| {
        let last = label.position.line + label.quote.trim_end().matches('\n').count();
        !label.reference && changed.touches(Path::new(&label.path), label.position.line, last)
    };
    let takes_part = |mut finding: Finding| {
        if !finding.labels.iter().any(is_changed) {
            return None;
        }
        finding.lead(|position| position.iter().any(is_changed), is_changed);
        Some(finding)
    };
    findings.into_iter().filter_map(takes_part).collect()
}
