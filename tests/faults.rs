//! Runs that are interrupted or cannot write: no half-written file is left, and
//! the exit status says so.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

fn clinlint(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinlint"));
    command.current_dir(folder).env("LC_ALL", "C.UTF-8");
    command
}

fn articles(count: usize) -> TempDir {
    let folder = TempDir::new().unwrap();
    for number in 1..=count {
        let text = format!("# Amitriptyline\n\nThe starting dose of amitriptyline is {number}.5 mg at bedtime.\n");
        fs::write(folder.path().join(format!("{number}.md")), text).unwrap();
    }
    folder
}

/// The names of a folder, without the articles.
fn left(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.ends_with(".md")).collect();
    names.sort();
    names
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_signal_ends_the_run_and_leaves_the_old_file_or_the_new_one() {
    let folder = articles(300);
    let old = "{\"version\": 1, \"findings\": []}\n";
    // From before anything is read to after all is written.
    for milliseconds in [0, 5, 20, 60, 150, 400] {
        for signal in ["-INT", "-TERM"] {
            fs::write(folder.path().join("base.json"), old).unwrap();
            let mut child = clinlint(folder.path())
                .args(["check", "--write-baseline", "base.json", "--output", "sarif=out.sarif"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(milliseconds));
            let _ =
                Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status().unwrap();
            let status = child.wait().unwrap();
            assert!(status.signal().is_some() || status.code().is_some_and(|code| code < 2), "{status:?}");
            let base = fs::read_to_string(folder.path().join("base.json")).unwrap();
            assert!(base == old || base.ends_with("]\n}\n"), "half a baseline: {base:?}");
            if let Ok(sarif) = fs::read_to_string(folder.path().join("out.sarif")) {
                assert!(serde_json::from_str::<serde_json::Value>(&sarif).is_ok(), "half a file");
            }
        }
    }
}

#[test]
fn a_full_disk_is_named_and_fails_the_run() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = articles(3);
    for arguments in [&["check"][..], &["check", "--format", "json"], &["claims"], &["lints"], &["config", "--schema"]]
    {
        let full = File::options().write(true).open("/dev/full").unwrap();
        let run = clinlint(folder.path()).args(arguments).stdout(full).output().unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments:?}: {}", said(&run));
        assert!(said(&run).contains("the output cannot be written"), "{}", said(&run));
    }
    let run = clinlint(folder.path()).args(["check", "--output", "json=/dev/full"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(said(&run).contains("/dev/full cannot be written"), "{}", said(&run));
}

#[test]
fn a_closed_pipe_ends_the_run_in_silence() {
    let folder = articles(300);
    for arguments in [&["check"][..], &["claims", "--format", "jsonl"], &["completions", "bash"], &["man"]] {
        let mut child =
            clinlint(folder.path()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let run = child.wait_with_output().unwrap();
        assert_eq!((run.status.code(), said(&run).as_str()), (Some(0), ""), "{arguments:?}");
    }
}

#[test]
fn a_file_of_results_that_is_write_protected_is_left_as_it_was() {
    let folder = articles(3);
    let base = folder.path().join("base.json");
    fs::write(&base, "old").unwrap();
    fs::set_permissions(&base, Permissions::from_mode(0o444)).unwrap();
    let run = clinlint(folder.path()).args(["check", "--write-baseline", "base.json"]).output().unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(said(&run).contains("base.json cannot be written"), "{}", said(&run));
    assert_eq!(fs::read_to_string(&base).unwrap(), "old");
    assert_eq!(left(folder.path()), ["base.json"]);
}

#[test]
fn a_folder_that_takes_nothing_is_named() {
    let folder = articles(3);
    let locked = folder.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, Permissions::from_mode(0o555)).unwrap();
    // Nobody keeps root out.
    let is_locked = File::create(locked.join("probe")).is_err();
    let run = clinlint(folder.path()).args(["check", "--output", "json=locked/out.json"]).output().unwrap();
    if is_locked {
        assert_eq!(run.status.code(), Some(2));
        assert!(said(&run).contains("locked/out.json cannot be written"), "{}", said(&run));
        assert!(left(&locked).is_empty());
    }
    let missing = clinlint(folder.path()).args(["init", "nowhere"]).output().unwrap();
    assert_eq!(missing.status.code(), Some(2), "{}", said(&missing));
    fs::set_permissions(&locked, Permissions::from_mode(0o755)).unwrap();
}
