//! The binary from outside: exit status, bad input, output for programs, and
//! the same bytes whatever the order of arguments or the number of threads.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

fn clinlint(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinlint"));
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env_remove("CI");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = clinlint(folder).args(arguments).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Two articles, of which nothing is wrong with the second.
fn articles() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(
        folder.path().join("a.md"),
        "# Amitriptyline\n\nThe starting dose of amitriptyline is 10 mg at bedtime.\n",
    )
    .unwrap();
    fs::write(folder.path().join("b.md"), "# Gabapentin\n\nThe starting dose of gabapentin is 300 mg at night.\n")
        .unwrap();
    folder
}

/// An article that contradicts `a.md`.
fn contradict(folder: &TempDir) {
    fs::write(folder.path().join("c.md"), "# Pain\n\nThe starting dose of amitriptyline is 50 mg at bedtime.\n")
        .unwrap();
}

fn json(folder: &Path, arguments: &[&str]) -> serde_json::Value {
    let (_, out, err) = run(folder, &[&["check", "--format", "json"], arguments].concat());
    serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}"))
}

#[test]
fn nothing_found_is_status_0() {
    let folder = articles();
    let (status, out, err) = run(folder.path(), &["check"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("2 articles, ") && out.contains(": 0 errors, 0 warnings, 0 notes in "), "{out}");
}

#[test]
fn a_contradiction_is_status_1_unless_wanted_otherwise() {
    let folder = articles();
    contradict(&folder);
    let status = |arguments: &[&str]| run(folder.path(), &[&["check", "."], arguments].concat()).0;
    assert_eq!(status(&[]), Some(1));
    assert_eq!(status(&["--fail-on", "error"]), Some(1));
    assert_eq!(status(&["--fail-on", "never"]), Some(0));
}

#[test]
fn json_has_the_shape_of_the_contract() {
    let folder = articles();
    contradict(&folder);
    let report = json(folder.path(), &["a.md", "b.md", "c.md"]);
    let finding = &report["diagnostics"][0];
    assert_eq!(finding["code"], "dose/start");
    for key in ["severity", "message", "help", "fingerprint"] {
        assert!(finding[key].is_string(), "{key}");
    }
    let labels = finding["labels"].as_array().unwrap();
    assert_eq!(labels.len(), 2);
    for label in labels {
        let text = fs::read(folder.path().join(label["file"].as_str().unwrap())).unwrap();
        let offset = |end: &str| usize::try_from(label["span"][end].as_u64().unwrap()).unwrap();
        assert_eq!(label["quote"].as_str().unwrap().as_bytes(), &text[offset("start")..offset("end")]);
        assert_eq!(label["span"]["line"], 3);
    }
    assert_ne!(labels[0]["group"], labels[1]["group"]);
    assert_eq!(report["summary"]["documents"], 3);
    assert_eq!(report["problems"], serde_json::json!([]));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = articles();
    contradict(&folder);
    let bytes = |arguments: &[&str]| {
        let format: &[&str] = &["check", "--format", "json", "--confidence", "low"];
        run(folder.path(), &[format, arguments].concat()).1
    };
    let one = bytes(&["--threads", "1", "a.md", "b.md", "c.md"]);
    assert_eq!(one, bytes(&["--threads", "4", "c.md", "a.md", "b.md"]));
    assert_eq!(one, bytes(&["b.md", "c.md", "a.md", "a.md"]));
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_checked() {
    let folder = articles();
    contradict(&folder);
    fs::write(folder.path().join("latin1.md"), b"# D\xe9but\n").unwrap();
    fs::write(folder.path().join("nul.txt"), b"10\0mg\n").unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let (status, out, err) = run(folder.path(), &["check", "a.md", "c.md", "latin1.md", "nul.txt", "empty", "nowhere"]);
    assert_eq!(status, Some(2), "{out}{err}");
    for name in ["latin1.md:1:4: ", "nul.txt:1:3: ", "empty: ", "nowhere: ", "help: "] {
        assert!(err.contains(name), "{name} is missing from\n{err}");
    }
    assert!(out.contains("dose/start"), "{out}");
    let report = json(folder.path(), &["a.md", "nowhere"]);
    assert_eq!(report["problems"][0]["file"], "nowhere");
}

#[test]
fn odd_articles_are_read() {
    let folder = articles();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("empty.md", "");
    write("unfinished.md", "---\ntitle: Never closed\n\nText.\n");
    write("broken.md", "---\ntitle: a: b\n---\n\nText.\n");
    write("bomb.md", "---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n---\nText.\n");
    write("lists.md", &(0..10_000).map(|_| "- ").collect::<String>());
    write("quotes.md", &"> ".repeat(10_000));
    write("line.md", &"word ".repeat(200_000));
    let (status, out, err) = run(folder.path(), &["check", "."]);
    assert_eq!(status, Some(1), "{out}{err}");
    assert!(out.contains("\n9 articles, "), "{out}");
    assert!(out.contains("broken.md:2:") && !err.contains("broken.md"), "one place tells of it: {out}{err}");
    let (_, _, err) = run(folder.path(), &["claims", "."]);
    assert!(err.contains("broken.md:2:"), "what reports no findings names it: {err}");
    fs::write(folder.path().join("clinlint.yml"), "lints: {structure/front-matter: off}\n").unwrap();
    let (status, out, err) = run(folder.path(), &["check", "."]);
    assert_eq!(status, Some(0), "{out}{err}");
    assert!(err.contains("broken.md:2:"), "{err}");
}

#[test]
fn claims_are_listed_as_table_and_lines() {
    let folder = articles();
    let (status, out, _) = run(folder.path(), &["claims", "a.md"]);
    assert_eq!(status, Some(0));
    assert!(out.contains("a.md\n") && out.contains("10 mg a day") && out.ends_with("1 article, 1 claim\n"), "{out}");
    let (_, out, _) = run(folder.path(), &["claims", "--format", "jsonl", "a.md", "b.md"]);
    let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["drugs"], serde_json::json!(["gabapentin"]));
    assert_eq!(lines[1]["value"]["low"], 300);
}

#[test]
fn lints_are_listed_and_explained() {
    let folder = TempDir::new().unwrap();
    let (status, out, _) = run(folder.path(), &["lints"]);
    assert_eq!(status, Some(0));
    assert!(out.lines().any(|line| line.starts_with("dose/start ")), "{out}");
    let (_, out, _) = run(folder.path(), &["lints", "--format", "json"]);
    let lints: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(lints.as_array().unwrap().iter().any(|lint| lint["code"] == "dose/start"));
    let (status, out, _) = run(folder.path(), &["explain", "dose/start"]);
    assert_eq!(status, Some(0));
    assert!(out.starts_with("# dose/start: "), "{out}");
}

#[test]
fn a_mistake_is_answered_with_what_to_do() {
    let folder = TempDir::new().unwrap();
    let (status, out, err) = run(folder.path(), &["explain", "dose/strat"]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(err.contains("did you mean `dose/start`?"), "{err}");
    let (status, _, err) = run(folder.path(), &["check", "--fail-on", "always"]);
    assert_eq!(status, Some(2));
    assert!(err.contains("[possible values: error, warning, note, never]"), "{err}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = articles();
    let mut child = clinlint(folder.path())
        .args(["lints", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn several_outputs_are_written_at_once() {
    let folder = articles();
    contradict(&folder);
    fs::create_dir(folder.path().join(".git")).unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    let arguments =
        ["check", "..", "--output", "sarif=out.sarif", "--output", "junit=../out.xml", "--output", "github"];
    let (status, out, err) = run(&folder.path().join("sub"), &arguments);
    assert_eq!((status, err.as_str()), (Some(1), ""));
    assert!(out.starts_with("::error file=a.md,line=3,"), "paths are inside the repository: {out}");
    let sarif: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(folder.path().join("sub/out.sarif")).unwrap()).unwrap();
    let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a.md");
    assert!(fs::read_to_string(folder.path().join("out.xml")).unwrap().starts_with("<?xml "));
    let left: Vec<_> =
        fs::read_dir(folder.path().join("sub")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["out.sarif"]);
}

#[test]
fn a_wrong_output_is_answered_with_what_to_do() {
    let folder = articles();
    let says = |arguments: &[&str], message: &str| {
        let (status, out, err) = run(folder.path(), &[&["check"], arguments].concat());
        assert_eq!((status, out.as_str()), (Some(2), ""));
        assert!(err.contains(message), "{message} is missing from\n{err}");
    };
    says(&["--output", "serif"], "there is no format `serif`, known are human, short, json, sarif, github");
    says(&["--output", "sarif="], "a file name is missing after `=`");
    says(&["--output", "json", "--output", "github"], "--output sarif=out.sarif");
    says(&["--output", "json=no/out.json"], "no/out.json cannot be written");
}

#[test]
fn statistics_count_what_each_lint_found() {
    let folder = articles();
    contradict(&folder);
    let (_, out, _) = run(folder.path(), &["check", "--format", "short", "--statistics"]);
    let lines: Vec<&str> = out.lines().skip(1).collect();
    assert_eq!(lines, ["lint        errors  warnings  notes  files", "dose/start       1         0      0      2"]);
    // What a program reads stays what it is.
    let (_, out, err) = run(folder.path(), &["check", "--format", "json", "--statistics"]);
    assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok() && err.contains("dose/start"), "{err}");
}

#[test]
fn colour_follows_the_environment() {
    let folder = articles();
    contradict(&folder);
    let coloured = |variables: &[(&str, &str)]| {
        let output = clinlint(folder.path()).arg("check").envs(variables.iter().copied()).output().unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
