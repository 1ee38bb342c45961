//! Every output for other programs: read back by a reader of its format, and
//! harmless whatever an article or a file name holds.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use clinlint::finding::{Finding, Severity};
use clinlint::lint::builtin;
use clinlint::problem::Problem;
use clinlint::report::human::{self, Style};
use clinlint::report::{Gated, Report, github, gitlab, json, junit, markdown, sarif, short};
use clinlint::span::Position;
use common::{Case, starting_doses};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What somebody writes who wants to move the cursor, turn a dose around,
/// command a build server, or get into a page.
const HOSTILE: &str = "\u{1b}[2J\u{1b}]0;t\u{7}\u{9b}31m\u{202e}gm 01\u{2069}\u{e0041}\r\n::error file=x::y\n##[group]g\n\
    ##vso[task.complete]\n|cell|`code`|<img src=x onerror=alert(1)><!-- -->&lt;![x](http://e.example)\n]]></failure>%0A%25\
    @team #1 [a](1) www.e.example http://e.example **b** _i_ $m$ \\| \0\u{b}";

/// Findings over articles whose names, texts and statements are hostile, and a
/// problem of the same kind.
struct Attack {
    case: Case,
    findings: Vec<Finding>,
    problems: Vec<Problem>,
}

impl Attack {
    fn new() -> Self {
        let name = format!("a{HOSTILE}.md");
        let text = format!("{HOSTILE} «10 mg {HOSTILE}» {HOSTILE}\n");
        let case = Case::new(&[(&name, &text), ("b,c:d%.md", "Start at «25 mg».\n")]);
        let mut findings =
            case.judged(&[starting_doses(&[&[(0, 0)], &[(1, 0)]]), starting_doses(&[&[(1, 0)], &[(0, 0)]])]);
        for finding in &mut findings {
            for text in [&mut finding.message, &mut finding.help] {
                text.push_str(HOSTILE);
            }
            for label in &mut finding.labels {
                label.message.push_str(HOSTILE);
            }
        }
        findings[1].severity = Severity::Note;
        let problem = Problem::part(name, HOSTILE).with_help(HOSTILE);
        let problems = vec![
            Problem { position: Some(Position { line: 2, column: 3 }), ..problem },
            Problem::whole("gone.md", "gone"),
        ];
        Self { case, findings, problems }
    }

    fn written(&self, write: impl Fn(&mut Vec<u8>, &Report<'_>) -> std::io::Result<()>) -> String {
        let mut out = Vec::new();
        let lints = builtin().unwrap();
        let report = Report {
            findings: &self.findings,
            articles: &self.case.passages(),
            problems: &self.problems,
            gated: Gated { suppressed: 1, baseline: 2, fixed: 0 },
            lints: &lints,
            fail_on: Some(Severity::Warning),
            coverage: None,
            base: Path::new("."),
        };
        write(&mut out, &report).unwrap();
        String::from_utf8(out).unwrap()
    }
}

/// Whether a terminal or a person would be misled.
fn misleads(character: char) -> bool {
    let reorders =
        matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && character != '\n') || reorders || ('\u{e0000}'..='\u{e007f}').contains(&character)
}

/// Nothing is left that a terminal or a build server obeys.
fn harmless(output: &str) {
    assert_eq!(output.chars().find(|character| misleads(*character)), None, "{output:?}");
    for command in ["##[", "##vso["] {
        assert!(!output.contains(command), "{command} is in {output}");
    }
}

/// No line begins like a workflow command.
fn without_workflow_commands(output: &str) {
    assert!(!output.lines().any(|line| line.trim_start().starts_with("::")), "{output}");
}

#[test]
fn human_and_short_are_harmless() {
    let attack = Attack::new();
    let style = Style::FILE;
    let drawn = attack.written(|out, report| {
        human::findings(out, report.findings, report.articles, true, style)?;
        human::problems(out, report.problems, style)
    });
    harmless(&drawn);
    without_workflow_commands(&drawn);
    let short = attack.written(|out, report| short::write(out, report, Style::FILE));
    harmless(&short);
    without_workflow_commands(&short);
    assert_eq!(short.lines().count(), attack.findings.len() + attack.problems.len());
    assert!(short.lines().any(|line| line.starts_with("b,c:d%.md:1:10: note[dose/start] ")), "{short}");
    assert!(short.ends_with("gone.md: error gone\n"), "{short}");
}

#[test]
fn json_is_harmless_and_says_every_byte() {
    let attack = Attack::new();
    let written = attack.written(json::write);
    harmless(&written);
    let read: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(read["diagnostics"][0]["message"], attack.findings[0].message.as_str());
    assert_eq!(read["diagnostics"][0]["labels"][0]["file"], format!("a{HOSTILE}.md"));
    assert_eq!(read["summary"]["suppressed"], 1);
}

/// A workflow command as the runner of GitHub Actions reads a line.
struct Command {
    name: String,
    properties: BTreeMap<String, String>,
    message: String,
}

/// Reads `::name key=value,key=value::message`, with the escapes of the
/// toolkit: `%25`, `%0D`, `%0A`, and in properties `%3A` and `%2C`.
fn command(line: &str) -> Command {
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let unescaped = |text: &str| {
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    };
    let property = |pair: &str| {
        let (key, value) = pair.split_once('=').unwrap();
        (key.to_owned(), unescaped(value))
    };
    Command {
        name: name.to_owned(),
        properties: properties.split(',').map(property).collect(),
        message: unescaped(message),
    }
}

#[test]
fn github_gets_one_command_for_each_finding_and_problem() {
    let attack = Attack::new();
    let written = attack.written(github::write);
    harmless(&written);
    let commands: Vec<Command> = written.lines().map(command).collect();
    assert_eq!(
        commands.iter().map(|command| command.name.as_str()).collect::<Vec<_>>(),
        ["error", "notice", "warning", "error"]
    );
    let known = ["file", "line", "endLine", "col", "endColumn", "title"];
    for command in &commands {
        assert!(command.properties.keys().all(|key| known.contains(&key.as_str())), "{:?}", command.properties);
        assert!(!command.message.is_empty());
    }
    let plain = commands.iter().find(|command| command.properties["file"] == "b,c:d%.md").unwrap();
    let numbers: Vec<&str> = ["line", "endLine", "col", "endColumn"].map(|key| plain.properties[key].as_str()).to_vec();
    assert_eq!(numbers, ["1", "1", "10", "15"]);
    assert_eq!(plain.properties["title"], "dose/start");
    // The passage of the other goes over lines: columns would be wrong.
    assert!(!commands[0].properties.contains_key("col"));
    assert!(commands[0].message.contains("%0A%25@team"), "what the text holds is not read as an escape");
}

#[test]
fn gitlab_gets_the_fields_it_needs() {
    let attack = Attack::new();
    let written = attack.written(gitlab::write);
    harmless(&written);
    let violations: Vec<Value> = serde_json::from_str(&written).unwrap();
    assert_eq!(violations.len(), 4);
    let mut fingerprints = BTreeSet::new();
    for violation in &violations {
        assert!(violation["description"].is_string() && violation["check_name"].is_string());
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&violation["severity"].as_str().unwrap()));
        assert!(!violation["location"]["path"].as_str().unwrap().starts_with("./"));
        assert!(violation["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        assert!(fingerprints.insert(violation["fingerprint"].as_str().unwrap()), "fingerprints are unique");
    }
}

#[test]
fn junit_is_xml_whose_counts_are_right() {
    let attack = Attack::new();
    let written = attack.written(junit::write);
    harmless(&written);
    without_workflow_commands(&written);
    let document = roxmltree::Document::parse(&written).unwrap();
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "testsuites");
    let elements = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count().to_string();
    for (attribute, element) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
        assert_eq!(root.attribute(attribute).unwrap(), elements(element), "{attribute}");
    }
    assert_eq!(elements("testsuite"), "3");
    assert_eq!(elements("failure"), "1", "a note does not fail a run that fails on warnings");
    let failure = document.descendants().find(|node| node.has_tag_name("failure")).unwrap();
    assert!(failure.text().unwrap().contains("]]></failure>"), "{:?}", failure.text());
    for suite in root.children().filter(roxmltree::Node::is_element) {
        let cases: Vec<_> = suite.children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(suite.attribute("tests").unwrap(), cases.len().to_string());
        assert!(cases.iter().all(|case| case.attribute("name").is_some() && case.attribute("classname").is_some()));
    }
}

#[test]
fn an_article_that_agrees_is_a_test_that_passed() {
    let case = Case::new(&[("a.md", "None.\n")]);
    let mut out = Vec::new();
    junit::write(&mut out, &common::report(&[], &case.passages(), &[])).unwrap();
    let written = String::from_utf8(out).unwrap();
    let document = roxmltree::Document::parse(&written).unwrap();
    let case = document.descendants().find(|node| node.has_tag_name("testcase")).unwrap();
    assert!(!case.has_children() && case.attribute("classname") == Some("a.md"));
}

#[test]
fn markdown_stays_a_table_without_markup_of_strangers() {
    let attack = Attack::new();
    let written = attack.written(markdown::write);
    harmless(&written);
    without_workflow_commands(&written);
    let (mut rows, mut cells) = (0, 0);
    for event in
        Parser::new_ext(&written, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH)
    {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => assert!(["<br>", "<!-- -->"].contains(&&*html), "{html}"),
            Event::Start(Tag::TableRow) => rows += 1,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => panic!("{event:?} in {written}"),
            // Names in code are not mentioned.
            Event::Text(text) => {
                for linked in ["@team", "#1", "http://", "www.e"] {
                    assert!(!text.contains(linked), "{linked} would be linked in {text}");
                }
            }
            _ => {}
        }
    }
    assert_eq!((rows, cells), (4, 4 * 4 + 2 * 4));
    assert!(
        written.starts_with("### clinlint: 1 error, 1 note\n\n2 articles, 2 claims, 1 suppressed, 2 in the baseline\n")
    );
}

#[test]
fn markdown_fits_into_a_comment() {
    let attack = Attack::new();
    let many = Attack { findings: attack.findings.iter().cycle().take(500).cloned().collect(), ..attack };
    let written = many.written(markdown::write);
    assert!(written.chars().count() < 65_536, "{}", written.chars().count());
    assert!(written.lines().any(|line| line.starts_with("and ") && line.ends_with(" more")));
}

/// What the standard requires of a log (SARIF 2.1.0, section 3), and what it
/// says about the values.
fn required(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    for run in log["runs"].as_array().unwrap() {
        let driver = &run["tool"]["driver"];
        assert!(driver["name"].is_string());
        let rules = driver["rules"].as_array().unwrap();
        for rule in rules {
            assert!(rule["id"].is_string());
            for text in ["shortDescription", "fullDescription", "help"] {
                message(&rule[text]);
            }
            level(&rule["defaultConfiguration"]["level"]);
        }
        assert!(["utf16CodeUnits", "unicodeCodePoints"].contains(&run["columnKind"].as_str().unwrap()));
        for invocation in run["invocations"].as_array().unwrap() {
            assert!(invocation["executionSuccessful"].is_boolean());
            for notification in invocation["toolExecutionNotifications"].as_array().unwrap() {
                message(&notification["message"]);
                level(&notification["level"]);
                notification["locations"].as_array().unwrap().iter().for_each(location);
            }
        }
        for result in run["results"].as_array().unwrap() {
            message(&result["message"]);
            level(&result["level"]);
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(result["partialFingerprints"].as_object().unwrap().values().all(Value::is_string));
            let mut ids = BTreeSet::new();
            for place in
                result["locations"].as_array().unwrap().iter().chain(result["relatedLocations"].as_array().unwrap())
            {
                location(place);
                if let Some(id) = place.get("id") {
                    assert!(ids.insert(id.as_u64().unwrap()), "ids are unique");
                }
            }
        }
    }
}

fn message(message: &Value) {
    let text = message["text"].as_str().unwrap();
    assert!(!text.is_empty());
    // A bracket without a backslash begins a link.
    let unescaped = text.replace("\\\\", "").replace("\\[", "").replace("\\]", "");
    assert!(!unescaped.contains(['[', ']']), "{text}");
}

fn level(level: &Value) {
    assert!(["none", "note", "warning", "error"].contains(&level.as_str().unwrap()));
}

fn location(location: &Value) {
    let physical = &location["physicalLocation"];
    let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
    // RFC 3986: characters of a path, and percent signs with two digits.
    let is_uri = |character: char| character.is_ascii_alphanumeric() || "-._~/%:".contains(character);
    assert!(uri.chars().all(is_uri), "{uri}");
    for code in uri.split('%').skip(1) {
        assert!(code.len() >= 2 && u8::from_str_radix(&code[..2], 16).is_ok(), "{uri}");
    }
    assert_eq!(physical["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    if let Some(region) = physical.get("region") {
        let number = |key: &str| region.get(key).map(|number| number.as_u64().unwrap());
        assert!(number("startLine").unwrap() >= 1 && number("startColumn").unwrap() >= 1);
        if let (Some(line), Some(column)) = (number("endLine"), number("endColumn")) {
            assert!((line, column) >= (number("startLine").unwrap(), number("startColumn").unwrap()));
        }
    }
    if let Some(text) = location.get("message") {
        message(text);
    }
}

#[test]
fn sarif_has_what_the_standard_requires() {
    let attack = Attack::new();
    let written = attack.written(sarif::write);
    harmless(&written);
    let log: Value = serde_json::from_str(&written).unwrap();
    required(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 2);
    assert_eq!(results[0]["relatedLocations"].as_array().unwrap().len(), 1);
    assert_eq!(log["runs"][0]["invocations"][0]["executionSuccessful"], false);
    assert_eq!(log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap().len(), builtin().unwrap().len());
}

#[test]
fn every_output_of_an_ordinary_run() {
    let case = Case::new(&[
        ("a.md", "Start at «10 mg», or «10 mg».\n"),
        ("b/c d.md", "Début: «25\nmg».\n"),
        ("e.md", "None.\n"),
    ]);
    let findings = case.judged(&[starting_doses(&[&[(0, 0), (0, 1)], &[(1, 0)]])]);
    let articles = case.passages();
    let report = common::report(&findings, &articles, &[]);
    let mut all = String::new();
    let mut add = |name: &str, write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        all.push_str(&format!("== {name}\n{}", String::from_utf8(out).unwrap()));
    };
    add("short", &|out| short::write(out, &report, Style::FILE));
    add("github", &|out| github::write(out, &report));
    add("gitlab", &|out| gitlab::write(out, &report));
    add("junit", &|out| junit::write(out, &report));
    add("markdown", &|out| markdown::write(out, &report));
    add("sarif", &|out| sarif::write(out, &report));
    insta::assert_snapshot!(all);
}
