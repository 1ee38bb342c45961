//! Findings and problems as diagnostics: at every passage that takes part, with
//! the others as related information.

use super::desk::{Desk, Place};
use super::page::Pages;
use super::place::{Encoding, Lines};
use super::workspace::Workspace;
use crate::finding::{Finding, Label, Severity};
use crate::paths;
use crate::problem::{Loss, Problem};
use crate::report::visible;
use crate::span::{LineIndex, Position, Span};
use gen_lsp_types::{Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Message};
use serde_json::json;
use std::fs;
use std::path::Path;

/// Who reports.
pub(crate) const SOURCE: &str = "clinlint";

/// The diagnostics of an article, findings before problems.
pub(crate) fn of_article(desk: &Desk, place: Place<'_>, pages: &Pages) -> Vec<Diagnostic> {
    let path = &place.workspace.shelf.claims[place.article].path;
    let mut diagnostics = Vec::new();
    for finding in place.workspace.findings_of(place.article) {
        let own = finding.labels.iter().filter(|label| label.group.is_some() && label.path == *path);
        diagnostics.extend(own.map(|label| of_label(desk, place, finding, label, pages)));
    }
    let problems = place.workspace.problems.iter().filter(|problem| problem.path == *path);
    diagnostics.extend(problems.map(|problem| of_problem(problem, place.text(), place.encoding)));
    diagnostics
}

/// The diagnostics of a file that is no article, such as the configuration, or
/// of one that could not be read.
pub(crate) fn of_other(desk: &Desk, path: &Path) -> Vec<Diagnostic> {
    let problems = desk.workspaces.iter().flat_map(|workspace| {
        let others =
            workspace.problems.iter().filter(|problem| workspace.shelf.index(Path::new(&problem.path)).is_none());
        workspace.config_problems.iter().chain(others)
    });
    let own: Vec<&Problem> = problems.filter(|problem| paths::absolute(Path::new(&problem.path)) == path).collect();
    if own.is_empty() {
        return Vec::new();
    }
    let text = desk.document(path).map(|document| document.text.clone());
    let text = text.or_else(|| fs::read_to_string(path).ok()).unwrap_or_default();
    own.into_iter().map(|problem| of_problem(problem, &text, desk.can.encoding)).collect()
}

/// The diagnostic of one passage of a finding.
pub(crate) fn of_label(desk: &Desk, place: Place<'_>, finding: &Finding, label: &Label, pages: &Pages) -> Diagnostic {
    let lint = place.workspace.known.on.iter().find(|lint| lint.code == finding.code);
    let href = lint.filter(|_| desk.can.pages).and_then(|lint| pages.of(lint));
    Diagnostic {
        range: place.range(label.span),
        severity: Some(severity(finding.severity, label)),
        code: Some(Code::String(finding.code.clone())),
        code_description: href.map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: Message::String(visible(&finding.message).into_owned()),
        tags: None,
        related_information: Some(related(desk, place.workspace, finding, label)),
        data: Some(json!({
            "fingerprint": finding.fingerprint,
            "confidence": finding.confidence,
            "help": finding.help,
            "group": label.group,
            "statement": label.message,
        })),
    }
}

/// A reference is not to blame for what articles say: there it is only told.
fn severity(severity: Severity, label: &Label) -> DiagnosticSeverity {
    match severity {
        _ if label.reference => DiagnosticSeverity::Information,
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}

/// The other passages, those that contradict before those that agree.
fn related(desk: &Desk, workspace: &Workspace, finding: &Finding, label: &Label) -> Vec<DiagnosticRelatedInformation> {
    let mut others: Vec<&Label> = finding.labels.iter().filter(|other| !std::ptr::eq(*other, label)).collect();
    others.sort_by_key(|other| (other.group.is_none(), other.group == label.group));
    let information = |other: &&Label| {
        let article = workspace.shelf.index(Path::new(&other.path))?;
        let agrees = if other.group == label.group && other.group.is_some() { "the same: " } else { "" };
        let reference = if other.reference { "reference: " } else { "" };
        Some(DiagnosticRelatedInformation {
            location: desk.location(workspace, article, other.span),
            message: format!("{agrees}{reference}{}", visible(&other.message)),
        })
    };
    others.iter().filter_map(information).collect()
}

fn of_problem(problem: &Problem, text: &str, encoding: Encoding) -> Diagnostic {
    let lines = Lines::of_document(text);
    let help = problem.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
    Diagnostic {
        range: lines.range(text, span(problem, text), encoding),
        severity: Some(match problem.loss {
            Loss::Whole => DiagnosticSeverity::Error,
            Loss::Part => DiagnosticSeverity::Warning,
        }),
        code: None,
        code_description: None,
        source: Some(SOURCE.to_owned()),
        message: Message::String(format!("{}{help}", problem.message)),
        tags: None,
        related_information: None,
        data: None,
    }
}

/// Where a problem is in the text: its own place, or from where it begins to
/// the end of the line, or the first line.
fn span(problem: &Problem, text: &str) -> Span {
    if let Some(span) = problem.span.filter(|span| span.end <= text.len()) {
        return span;
    }
    let Position { line, column } = problem.position.unwrap_or(Position { line: 1, column: 1 });
    let Some(whole) = LineIndex::new(text).line(text, line) else { return Span::new(text.len(), text.len()) };
    let written = text[whole.start..whole.end].trim_end();
    let start = written.char_indices().nth(column.saturating_sub(1)).map_or(written.len(), |(at, _)| at);
    Span::new(whole.start + start, whole.start + written.len())
}
