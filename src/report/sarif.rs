//! `sarif`: the Static Analysis Results Interchange Format, version 2.1.0.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; the
//! names are those of the standard.

use super::visible::visible;
use super::{Report, end, object, severity};
use crate::finding::{Confidence, Finding, Label, Severity};
use crate::lint::Lint;
use crate::problem::{Loss, Problem};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool<'a>,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<SarifResult<'a>>,
}

#[derive(Serialize)]
struct Tool<'a> {
    driver: Driver<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver<'a> {
    name: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'a> {
    id: &'a str,
    short_description: Message,
    full_description: Message,
    help: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: Severity,
    enabled: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Serialize)]
struct Notification {
    level: Severity,
    message: Message,
    locations: [Location; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: Severity,
    message: Message,
    locations: [Location; 1],
    related_locations: Vec<Location>,
    partial_fingerprints: BTreeMap<&'static str, &'a str>,
    properties: Properties,
}

#[derive(Serialize)]
struct Properties {
    confidence: Confidence,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// A message of plain text. Brackets would be links in it.
    fn plain(text: &str) -> Self {
        let mut escaped = String::with_capacity(text.len());
        for character in visible(text).chars() {
            if matches!(character, '[' | ']' | '\\') {
                escaped.push('\\');
            }
            escaped.push(character);
        }
        Self { text: escaped }
    }
}

/// Writes one run: the lints as rules, the findings as results with the first
/// passage as location and the others as related locations, the problems as
/// notifications.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "clinlint",
                semantic_version: env!("CARGO_PKG_VERSION"),
                rules: report.lints.iter().map(rule).collect(),
            },
        },
        invocations: [Invocation {
            execution_successful: !report.problems.iter().any(|problem| problem.loss == Loss::Whole),
            tool_execution_notifications: report.problems.iter().map(|problem| notification(report, problem)).collect(),
        }],
        column_kind: "unicodeCodePoints",
        results: report.findings.iter().filter_map(|finding| result(report, finding)).collect(),
    };
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    object::pretty(out, &Log { schema, version: "2.1.0", runs: [run] })
}

fn rule(lint: &Lint) -> Rule<'_> {
    Rule {
        id: &lint.code,
        short_description: Message::plain(&lint.title),
        full_description: Message::plain(&lint.explanation),
        help: Message::plain(&format!("{}. Source: {}", lint.help, lint.source)),
        default_configuration: Configuration { level: lint.usual(), enabled: lint.enabled },
    }
}

fn result<'a>(report: &Report<'a>, finding: &'a Finding) -> Option<SarifResult<'a>> {
    let (first, others) = finding.labels.split_first()?;
    Some(SarifResult {
        rule_id: &finding.code,
        rule_index: report.lints.iter().position(|lint| lint.code == finding.code),
        level: finding.severity,
        message: Message::plain(&finding.message),
        locations: [location(report, first, None)],
        related_locations: others.iter().enumerate().map(|(at, label)| location(report, label, Some(at + 1))).collect(),
        partial_fingerprints: BTreeMap::from([("clinlint/v1", finding.fingerprint.as_str())]),
        properties: Properties { confidence: finding.confidence },
    })
}

fn location(report: &Report<'_>, label: &Label, id: Option<usize>) -> Location {
    let end = end(label);
    let region = Region {
        start_line: label.position.line,
        start_column: label.position.column,
        end_line: Some(end.line),
        end_column: Some(end.column),
    };
    let message = if label.reference { format!("reference: {}", label.message) } else { label.message.clone() };
    Location {
        id,
        physical_location: physical(report, &label.path, Some(region)),
        message: Some(Message::plain(&message)),
    }
}

fn notification(report: &Report<'_>, problem: &Problem) -> Notification {
    let region = problem.position.map(|at| Region {
        start_line: at.line,
        start_column: at.column,
        end_line: None,
        end_column: None,
    });
    let help = problem.help.as_ref().map(|help| format!(": {help}")).unwrap_or_default();
    Notification {
        level: severity(problem),
        message: Message::plain(&format!("{}{help}", problem.message)),
        locations: [Location { id: None, physical_location: physical(report, &problem.path, region), message: None }],
    }
}

fn physical(report: &Report<'_>, path: &str, region: Option<Region>) -> PhysicalLocation {
    let inner = report.inside(path);
    let is_outside = inner.starts_with('/') || inner.starts_with("../");
    let uri_base_id = (!is_outside).then_some("%SRCROOT%");
    PhysicalLocation { artifact_location: ArtifactLocation { uri: uri(&inner), uri_base_id }, region }
}

/// A path as a URI (RFC 3986): everything but unreserved characters and `/` as
/// the bytes of its UTF-8. Relative to the repository, or with a scheme.
fn uri(path: &str) -> String {
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}
