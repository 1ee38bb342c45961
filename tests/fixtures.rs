//! Each folder under `fixtures/` is one run; what it prints is kept.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn every_folder_prints_what_it_printed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> = fs::read_dir(root.join("fixtures")).unwrap().map(|entry| entry.unwrap()).collect();
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders {
        let name = folder.file_name().into_string().unwrap();
        // From the folder of the project, so that paths read the same on every machine.
        let run = Command::new(env!("CARGO_BIN_EXE_clinlint"))
            .args(["check", "--color", "never", "--quiet", &format!("fixtures/{name}")])
            .current_dir(root)
            .env("LC_ALL", "C.UTF-8")
            .env_remove("TERM")
            .output()
            .unwrap();
        let (out, err) = (String::from_utf8(run.stdout).unwrap(), String::from_utf8(run.stderr).unwrap());
        assert!(!err.contains("panicked"), "{err}");
        insta::assert_snapshot!(name, format!("{out}{err}exit status {}", run.status.code().unwrap()));
    }
}

#[test]
fn agreeing_articles_are_silent() {
    for (folder, confidence) in [("agreeing", "low"), ("clean", "medium")] {
        let run = Command::new(env!("CARGO_BIN_EXE_clinlint"))
            .args(["check", "--confidence", confidence, "--quiet", &format!("fixtures/{folder}")])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert_eq!((String::from_utf8(run.stdout).unwrap().as_str(), run.status.code()), ("", Some(0)));
    }
}
