//! A folder of articles, and runs of the program in it.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A folder of articles.
pub struct Repository(TempDir);

/// How a run ended and what it printed.
pub struct Run {
    pub status: i32,
    pub out: String,
    pub err: String,
}

impl Repository {
    /// Without any article.
    pub fn empty() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// An article that starts amitriptyline at a dose.
    pub fn start(&self, path: &str, dose: &str) {
        self.write(path, &article(&format!("The starting dose of amitriptyline is {dose} at bedtime.")));
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// Runs the program in a folder of it.
    pub fn run_in(&self, folder: &str, arguments: &[&str]) -> Run {
        run(&self.path().join(folder), arguments, "")
    }
}

/// An article on amitriptyline.
pub fn article(sentence: &str) -> String {
    format!("# Amitriptyline\n\n{sentence}\n")
}

/// Runs the program in a folder, with something on standard input.
pub fn run(folder: &Path, arguments: &[&str], input: &str) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_clinlint"))
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .env_remove("CI")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Whoever does not read it closes it, which is no error here.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}
