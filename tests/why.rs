//! What a run says about what it compared: `--verbose`, the JSON summary, and
//! `--why-not`.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;
use std::process::{Command, Output};
use tempfile::TempDir;

const FIRST: &str = "# Amitriptyline

## Starting dose

Start amitriptyline at 10 mg at bedtime for neuropathic pain.

## Older adults

In patients over 65 years start amitriptyline at 5 mg at bedtime for neuropathic pain.

## Usual dose

The usual dose of amitriptyline for neuropathic pain is 25\u{2013}75 mg a day.

## Contraindications

Amitriptyline is contraindicated in heart block.
";

const SECOND: &str = "# Amitriptyline in practice

The starting dose of amitriptyline is 25 mg at bedtime for neuropathic pain.

## Depression

The usual dose of amitriptyline for depression is 150 mg a day.

## Maintenance

The usual dose of amitriptyline for neuropathic pain is 50 mg a day.

## Other drugs

The starting dose of gabapentin for neuropathic pain is 300 mg at night.

## Infusion

Amitriptyline 25 mg intravenously is a starting dose for neuropathic pain.
";

fn articles() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.md"), FIRST).unwrap();
    fs::write(folder.path().join("b.md"), SECOND).unwrap();
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinlint"));
    command.current_dir(folder.path()).env("LC_ALL", "C.UTF-8").env_remove("CI");
    let Output { status, stdout, stderr } = command.args(arguments).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// The line of an article on which a text stands.
fn at(file: &str, text: &str, needle: &str) -> String {
    let line = text.lines().position(|line| line.contains(needle)).unwrap() + 1;
    format!("{file}:{line}")
}

fn why_not(one: &str, other: &str) -> String {
    let (status, out, err) = run(&articles(), &["check", "--why-not", one, other]);
    assert_eq!((status, err.as_str()), (Some(0), ""), "{out}");
    out
}

fn a(needle: &str) -> String {
    at("a.md", FIRST, needle)
}

fn b(needle: &str) -> String {
    at("b.md", SECOND, needle)
}

#[test]
fn verbose_says_what_was_compared_and_why_passages_are_comparable() {
    let (status, out, err) = run(&articles(), &["check", "--verbose"]);
    assert_eq!((status, err.as_str()), (Some(1), ""));
    let timed = out.lines().last().unwrap();
    insta::assert_snapshot!(out.replace(timed, "").trim_end());
    let (_, plain, _) = run(&articles(), &["check"]);
    assert!(!plain.contains("why: ") && !plain.contains("compared"), "{plain}");
}

#[test]
fn the_summary_for_programs_has_the_same_counts() {
    let (_, out, _) = run(&articles(), &["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    let coverage = &report["summary"]["coverage"];
    let count = |key: &str| coverage[key].as_u64().unwrap();
    let sum = |key: &str| coverage[key].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum::<u64>();
    assert_eq!(sum("extracted"), report["summary"]["claims"].as_u64().unwrap());
    assert_eq!(count("compared") + count("guessed") + count("alone") + sum("apart"), sum("extracted"), "{coverage:#}");
    assert!(coverage["apart"]["patients"].as_u64() >= Some(1), "{coverage:#}");
    let proof = report["diagnostics"][0]["proof"].as_array().unwrap();
    assert!(proof.iter().any(|line| line.as_str().unwrap().contains("neuropathic pain")), "{proof:?}");
}

#[test]
fn reported_statements_are_named_with_their_finding() {
    assert!(why_not(&a("at 10 mg"), &b("at bedtime")).contains("reported: dose/start: "));
}

#[test]
fn each_reason_is_told_apart() {
    let says = |one: &str, other: &str, reason: &str| {
        let out = why_not(one, other);
        assert!(out.contains(reason), "{reason} is missing from\n{out}");
    };
    says(&a("over 65"), &b("at bedtime"), "different patients: from 65 years against adults in general");
    says(&a("25\u{2013}75"), &b("150 mg"), "different indications: neuropathic pain against depression");
    says(&a("25\u{2013}75"), &b("is 50 mg"), "they agree");
    says(&a("at 10 mg"), &b("gabapentin"), "different drugs: amitriptyline against gabapentin");
    says(&a("at 10 mg"), &b("150 mg"), "different questions");
    says(&a("at 10 mg"), &b("intravenously"), "different routes");
    says(&a("## Starting"), &b("150 mg"), "nothing was understood on a.md:3");
}

#[test]
fn statements_of_one_passage_are_not_set_against_each_other() {
    let folder = TempDir::new().unwrap();
    let text = "# Pregabalin\n\n## Dose\n\nThe usual dose of pregabalin is 150 mg a day.\n\nThe usual dose of pregabalin is 600 mg a day.\n";
    fs::write(folder.path().join("c.md"), text).unwrap();
    let (_, out, _) = run(&folder, &["check", "--why-not", "c.md:5", "c.md:7"]);
    assert!(out.contains("not reported: the same passage"), "{out}");
}

#[test]
fn a_lint_that_is_off_is_named_as_the_reason() {
    let folder = articles();
    fs::write(folder.path().join("clinlint.yml"), "lints:\n  dose/start: off\n").unwrap();
    let (_, out, _) = run(&folder, &["check", "--why-not", &a("at 10 mg"), &b("at bedtime")]);
    assert!(out.contains("its lint is switched off"), "{out}");
}

#[test]
fn a_place_that_is_none_is_refused() {
    let (status, _, err) = run(&articles(), &["check", "--why-not", "a.md", "b.md:3"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("write it as file and line"), "{err}");
}
