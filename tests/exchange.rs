//! Claims that go from machine to machine as lines: what is found is what one
//! machine finds.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use serde_json::{Value, json};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

/// Runs the binary in a folder with lines on standard input.
fn run(folder: &Path, arguments: &[&str], input: &[String]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clinlint"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let text: String = input.iter().map(|line| format!("{line}\n")).collect();
    // A run that refuses its input does not read to its end.
    let writer = std::thread::spawn(move || drop(stdin.write_all(text.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Run {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// Every article below a folder as a line, by its path in it.
fn articles(folder: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let path = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                lines.push(json!({ "path": path, "text": text }).to_string());
            }
        }
    }
    lines
}

/// The claims of articles that are read in several runs, as sorted lines.
fn claims(folder: &Path, articles: &[String], runs: usize) -> Vec<String> {
    let share = articles.len().div_ceil(runs);
    let runs = articles.chunks(share).map(|articles| run(folder, &["claims", "--stdin-jsonl"], articles));
    let mut lines: Vec<String> = runs.flat_map(|run| run.out.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// Findings as text, sorted.
fn sorted(findings: impl IntoIterator<Item = Value>) -> Vec<String> {
    let mut lines: Vec<String> = findings.into_iter().map(|finding| finding.to_string()).collect();
    lines.sort_unstable();
    lines
}

fn compared(folder: &Path, lines: &[String], arguments: &[&str]) -> Vec<String> {
    let run = run(folder, &[&["compare"], arguments].concat(), lines);
    assert_eq!(run.err, "");
    sorted(run.out.lines().map(|line| serde_json::from_str(line).unwrap()))
}

fn checked(folder: &Path, articles: &[String], arguments: &[&str]) -> Vec<String> {
    let run = run(folder, &[&["check", "--stdin-jsonl", "--format", "json"], arguments].concat(), articles);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    sorted(report["diagnostics"].as_array().unwrap().clone())
}

#[test]
fn what_is_found_is_what_one_machine_finds() {
    let here = TempDir::new().unwrap();
    let mut articles = articles(&fixtures());
    // The same slip in two articles, which only their numbers tell apart.
    for name in ["z/one.md", "z/two.md"] {
        articles.push(json!({ "path": name, "text": "# Warfarin\n\nTake warfarin 5.0 mg QD.\n" }).to_string());
    }
    // A name that a list of names could be taken for.
    let text =
        "# Carmellose + oxychloro complex\n\nContraindicated in glaucoma.\n\n## Use\n\nUse with caution in glaucoma.\n";
    articles.push(json!({ "path": "z/mixture.md", "text": text }).to_string());
    let all = checked(here.path(), &articles, &["--confidence", "low"]);
    assert!(all.len() > 10, "{}", all.len());
    for runs in [1, 4] {
        let lines = claims(here.path(), &articles, runs);
        assert_eq!(compared(here.path(), &lines, &["--confidence", "low"]), all, "{runs} runs");
    }
    // Keys apart, each with what has to be known of others.
    let lines = claims(here.path(), &articles, 4);
    let (judged, parts): (Vec<String>, Vec<String>) =
        lines.into_iter().partition(|line| line.starts_with("{\"judged\""));
    let half = parts.iter().position(|line| line.starts_with("{\"part\":{\"key\":[\"g")).unwrap();
    let (one, other) = parts.split_at(half);
    let mut found: Vec<String> = Vec::new();
    for share in [one, other] {
        found.extend(compared(here.path(), &[&judged, share].concat(), &["--confidence", "low"]));
    }
    found.sort_unstable();
    assert_eq!(found, all);
}

#[test]
fn what_articles_and_the_configuration_say_of_findings_holds() {
    let here = TempDir::new().unwrap();
    let article = |name: &str, text: &str| json!({ "path": name, "text": text }).to_string();
    let start = |dose: &str| format!("# Amitriptyline\n\nThe starting dose of amitriptyline is {dose} at bedtime.\n");
    let articles = [
        article("a.md", &start("10 mg")),
        article(
            "b.md",
            &start("50 mg").replace(
                "The s",
                "<!-- clinlint-disable-next-line dose/start (10 mg a day vs 50 mg a day) -- two products -->\nThe s",
            ),
        ),
    ];
    let lines = claims(here.path(), &articles, 2);
    assert_eq!(compared(here.path(), &lines, &[]), Vec::<String>::new());
    let open = [articles[0].clone(), article("b.md", &start("50 mg"))];
    let lines = claims(here.path(), &open, 2);
    assert_eq!(compared(here.path(), &lines, &[]), checked(here.path(), &open, &[]));
    assert_eq!(run(here.path(), &["compare"], &lines).status, Some(1));
    assert_eq!(run(here.path(), &["compare", "--fail-on", "never"], &lines).status, Some(0));

    fs::write(here.path().join("clinlint.yml"), "references:\n  - a.md\n").unwrap();
    let held = compared(here.path(), &lines, &[]);
    assert!(held[0].contains("\"reference\":true"), "{held:?}");
    assert_eq!(held, checked(here.path(), &open, &[]));
}

#[test]
fn lines_that_are_wrong_are_named() {
    let here = TempDir::new().unwrap();
    let article = json!({ "path": "a.md", "text": "# Warfarin\n\nTake warfarin 5.0 mg QD.\n" }).to_string();
    let mut lines = claims(here.path(), &[article], 1);
    lines.insert(1, "{\"part\": 1}".to_owned());
    let wrong = run(here.path(), &["compare"], &lines);
    assert_eq!(wrong.status, Some(2));
    assert!(
        wrong.err.contains("<stdin>:2:") && wrong.out.contains("notation/trailing-zero"),
        "{}{}",
        wrong.err,
        wrong.out
    );

    lines[1] = lines[2].replace(",\"article\":", ", \"article\":");
    let wrong = run(here.path(), &["compare"], &lines);
    assert_eq!(wrong.status, Some(2));
    assert!(wrong.err.contains("written anew"), "{}", wrong.err);

    lines.remove(1);
    lines.reverse();
    let unsorted = run(here.path(), &["compare"], &lines);
    assert_eq!(unsorted.status, Some(2));
    assert!(unsorted.err.contains("not sorted by key"), "{}", unsorted.err);

    let empty = run(here.path(), &["claims", "--stdin-jsonl"], &[]);
    assert_eq!(empty.status, Some(2));
    assert!(empty.err.contains("no article to read"), "{}", empty.err);
}
