//! `report`: from the articles to a page for editors.

use super::{Failure, Status, check, known, status, write_file};
use crate::facts;
use crate::finding::Confidence;
use crate::paths;
use crate::report::{Gated, Report, html, human};
use crate::settings::{Input, Settings};
use std::io::Write;
use std::path::Path;

/// Writes the page, which shows what is in the baseline, too: it is for those
/// who mend old disagreements. Its status says whether everything was read, not
/// what was found.
pub(super) fn report(
    input: &Input,
    output: &Path,
    confidence: Option<Confidence>,
    settings: &Settings,
    out: &mut impl Write,
    err: &mut impl Write,
) -> Result<Status, Failure> {
    let known = known(input)?;
    let judged = check::judge(input, &known, settings)?;
    let confidence = confidence.unwrap_or(known.config.confidence.value);
    let mut findings = judged.findings;
    findings.retain(|finding| finding.confidence >= confidence);
    let texts: Vec<&str> = judged.reading.texts.iter().map(String::as_str).collect();
    let drugs = facts::of(&judged.reading.articles, &texts, &findings);
    let passages = judged.reading.passages();
    let report = Report {
        findings: &findings,
        articles: &passages,
        problems: &judged.problems,
        gated: Gated { suppressed: judged.suppressed, ..Gated::default() },
        lints: &known.lints,
        fail_on: None,
        coverage: None,
        base: &paths::absolute(Path::new(".")),
    };
    let mut page = Vec::new();
    html::report(&mut page, &report, &drugs)?;
    write_file(output, &page)?;
    human::problems(err, &judged.problems, settings.err)?;
    human::summary(out, report.summary(), None)?;
    writeln!(out, "{} is written", output.display())?;
    Ok(status(&judged.problems, false))
}
