//! `junit`: a suite for each article, a test case for each finding in it, as
//! test reports of build servers read it.

use super::visible::{visible, without_commands};
use super::{Report, positions, severity};
use crate::finding::{Finding, Severity};
use crate::problem::Problem;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// One test case.
struct Case {
    name: String,
    line: Option<usize>,
    outcome: Outcome,
}

/// What became of it: the element inside, if there is one, and its lines.
enum Outcome {
    Passed,
    /// `failure`, `error` or, for what does not fail the run, `system-out`.
    Said {
        element: &'static str,
        kind: &'static str,
        message: String,
        lines: Vec<String>,
    },
}

/// Writes the suites, ordered by path. An article without a finding is a suite
/// with one case that passed.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let mut suites: BTreeMap<&str, Vec<Case>> =
        report.articles.iter().map(|article| (article.claims.path.as_str(), Vec::new())).collect();
    for finding in report.findings {
        let Some(first) = finding.labels.first() else { continue };
        suites.entry(&first.path).or_default().push(failure(report, finding));
    }
    for problem in report.problems {
        suites.entry(&problem.path).or_default().push(error(report, problem));
    }
    for cases in suites.values_mut().filter(|cases| cases.is_empty()) {
        cases.push(Case { name: "agrees".to_owned(), line: None, outcome: Outcome::Passed });
    }
    let all: Vec<&Case> = suites.values().flatten().collect();
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Start(counted("testsuites", "clinlint", &all)))?;
    for (path, cases) in &suites {
        let path = report.inside(path);
        xml.write_event(Event::Start(counted("testsuite", &path, &cases.iter().collect::<Vec<_>>())))?;
        for case in cases {
            write_case(&mut xml, &path, case)?;
        }
        xml.write_event(Event::End(BytesEnd::new("testsuite")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("testsuites")))?;
    // What it writes is what it was given: text.
    let text = String::from_utf8(xml.into_inner()).map_err(io::Error::other)?;
    writeln!(out, "{}", without_commands(text))
}

fn failure(report: &Report<'_>, finding: &Finding) -> Case {
    let mut lines = positions(report, finding);
    lines.push(format!("help: {}", finding.help));
    let element = if report.fails(finding.severity) { "failure" } else { "system-out" };
    Case {
        name: format!("{}: {}", finding.code, finding.message),
        line: finding.labels.first().map(|label| label.position.line),
        outcome: Outcome::Said { element, kind: finding.severity.name(), message: finding.message.clone(), lines },
    }
}

fn error(report: &Report<'_>, problem: &Problem) -> Case {
    let is_lost = severity(problem) == Severity::Error && report.fail_on.is_some();
    Case {
        name: problem.message.clone(),
        line: problem.position.map(|at| at.line),
        outcome: Outcome::Said {
            element: if is_lost { "error" } else { "system-out" },
            kind: severity(problem).name(),
            message: problem.message.clone(),
            lines: problem.help.clone().into_iter().collect(),
        },
    }
}

/// An element with the counts of its cases.
fn counted(element: &'static str, name: &str, cases: &[&Case]) -> BytesStart<'static> {
    let count = |wanted: &str| {
        let is = |case: &&&Case| matches!(case.outcome, Outcome::Said { element, .. } if element == wanted);
        cases.iter().filter(is).count().to_string()
    };
    let mut start = BytesStart::new(element);
    start.push_attribute(("name", &*visible(name)));
    start.push_attribute(("tests", &*cases.len().to_string()));
    start.push_attribute(("failures", &*count("failure")));
    start.push_attribute(("errors", &*count("error")));
    start.push_attribute(("time", "0"));
    start
}

fn write_case(xml: &mut Writer<Vec<u8>>, path: &str, case: &Case) -> io::Result<()> {
    let mut start = BytesStart::new("testcase");
    start.push_attribute(("name", &*visible(&case.name)));
    start.push_attribute(("classname", &*visible(path)));
    start.push_attribute(("file", &*visible(path)));
    if let Some(line) = case.line {
        start.push_attribute(("line", &*line.to_string()));
    }
    start.push_attribute(("time", "0"));
    let Outcome::Said { element, kind, message, lines } = &case.outcome else {
        return xml.write_event(Event::Empty(start));
    };
    xml.write_event(Event::Start(start))?;
    let mut inner = BytesStart::new(*element);
    let mut lines: Vec<_> = lines.iter().map(|line| visible(line)).collect();
    if *element == "system-out" {
        // It has no attributes.
        lines.insert(0, format!("{kind}: {}", visible(message)).into());
    } else {
        inner.push_attribute(("type", *kind));
        inner.push_attribute(("message", &*visible(message)));
    }
    xml.write_event(Event::Start(inner))?;
    xml.write_event(Event::Text(BytesText::new(&lines.join("\n"))))?;
    xml.write_event(Event::End(BytesEnd::new(*element)))?;
    xml.write_event(Event::End(BytesEnd::new("testcase")))
}
