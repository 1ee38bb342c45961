//! `compare`: from the claims of other machines to findings.

use super::{Failure, Status, knowledge, status};
use crate::exchange::Groups;
use crate::finding::{Confidence, Severity};
use crate::gate;
use crate::report::{human, json};
use crate::settings::{Beside, Settings};
use std::io::{self, Write};

pub(super) fn compare(
    beside: &Beside,
    confidence: Option<Confidence>,
    fail_on: Option<Option<Severity>>,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    let known = knowledge(beside, &[])?;
    let config = &known.config;
    let confidence = confidence.unwrap_or(config.confidence.value);
    let fail_on = fail_on.unwrap_or(config.fail_on.value);
    let wrong = |problem| Failure::Input(vec![problem]);
    let mut groups = Groups::new(io::stdin().lock()).map_err(wrong)?;
    let mut fails = false;
    while let Some(group) = groups.group().map_err(wrong)? {
        let findings = group.findings(&groups.judged, &known.on, known.vocabulary());
        let mut findings = gate::pass(findings, &known, &group.suppressions, false).findings;
        findings.retain(|finding| finding.confidence >= confidence);
        json::lines(out, &findings)?;
        fails |= findings.iter().any(|finding| fail_on.is_some_and(|least| finding.severity >= least));
    }
    out.flush()?;
    human::problems(err, &groups.problems, settings.err)?;
    Ok(status(&groups.problems, fails))
}
