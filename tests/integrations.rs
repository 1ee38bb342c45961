//! Where the program is run by others: what their files call is what there is.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clap::Parser;
use clinlint::cli::Cli;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

fn file(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Whether the program understands a command line.
fn understood(line: &str) {
    let words: Vec<String> = line.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect();
    assert!(Cli::try_parse_from(&words).is_ok(), "{line}: {}", Cli::try_parse_from(&words).unwrap_err());
}

#[test]
fn the_hook_calls_what_there_is() {
    let hooks = yaml(&file(".pre-commit-hooks.yaml"));
    understood(hooks[0]["entry"].as_str().unwrap());
    assert_eq!(hooks[0]["pass_filenames"], false, "a contradiction has two sides");
}

#[test]
fn the_guides_call_what_there_is() {
    let mut lines = 0;
    for name in ["docs/ci.md", "docs/gate.md", "README.md"] {
        let text = file(name);
        let mut fenced = false;
        for line in text.lines() {
            fenced ^= line.starts_with("```");
            let command = line.trim_start().trim_start_matches("- ").trim_start_matches("$ ");
            if (fenced || line.starts_with("    ")) && command.starts_with("clinlint ") {
                // What a shell does with it is no part of it.
                understood(command.split(['>', '#', '|']).next().unwrap());
                lines += 1;
            }
        }
    }
    assert!(lines > 4, "{lines}");
}

#[test]
fn snippets_are_yaml() {
    for name in ["docs/ci.md", "docs/gate.md"] {
        let text = file(name);
        for snippet in text.split("```yaml\n").skip(1) {
            yaml(snippet.split("```").next().unwrap());
        }
    }
}

/// The folder of the binary, as a first entry of `PATH`.
fn path_with_binary() -> String {
    let binary = PathBuf::from(env!("CARGO_BIN_EXE_clinlint"));
    format!("{}:{}", binary.parent().unwrap().display(), std::env::var("PATH").unwrap())
}

#[cfg(unix)]
#[test]
fn the_action_annotates_and_summarises() {
    let action = yaml(&file("action.yml"));
    assert_eq!(action["runs"]["using"], "composite");
    let check = &action["runs"]["steps"][1];
    // What strangers write is never part of the script.
    assert!(!check["run"].as_str().unwrap().contains("${{"));
    let folder = tempfile::TempDir::new().unwrap();
    for (name, dose) in [("a.md", "10 mg"), ("b c.md", "50 mg"), ("d.md", "75 mg")] {
        let text = format!("# Amitriptyline\n\nThe starting dose of amitriptyline is {dose} at bedtime.\n");
        fs::write(folder.path().join(name), text).unwrap();
    }
    let run = |paths: &str| {
        Command::new("bash")
            .args(["-c", check["run"].as_str().unwrap()])
            .current_dir(folder.path())
            .envs([("PATHS", paths), ("SINCE", ""), ("CONFIG", ""), ("PATH", &path_with_binary())])
            .env("RUNNER_TEMP", folder.path())
            .env("GITHUB_STEP_SUMMARY", folder.path().join("summary"))
            .env("GITHUB_OUTPUT", folder.path().join("output"))
            .output()
            .unwrap()
    };
    let found = run("a.md\nb c.md\n");
    let out = String::from_utf8(found.stdout).unwrap();
    assert_eq!(found.status.code(), Some(1), "{out}");
    assert!(out.starts_with("::error file=") && out.lines().count() == 1, "{out}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("summary").starts_with("### clinlint: 1 error"), "{}", read("summary"));
    assert!(read("output").ends_with("clinlint.sarif\n") && read("clinlint.sarif").contains("\"version\": \"2.1.0\""));
    assert_eq!(run("a.md").status.code(), Some(0));
}

#[test]
fn completions_and_man_pages_know_every_option() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_clinlint")).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (status, script) = run(&["completions", shell]);
        assert_eq!(status, Some(0));
        assert!(script.contains("write-baseline"), "{shell}");
    }
    assert!(run(&["man"]).1.contains("clinlint"));
    let (_, page) = run(&["man", "check"]);
    assert!(page.contains(".TH clinlint-check 1") && page.contains("write\\-baseline"), "{page}");
    assert_eq!(run(&["man", "chekc"]).0, Some(2));
}
