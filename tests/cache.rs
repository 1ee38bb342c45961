//! What is kept of articles between runs: it changes how fast an answer comes,
//! never the answer.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Enough articles that something is kept of them.
const ARTICLES: usize = 70;

struct Place {
    articles: TempDir,
    cache: TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { articles: TempDir::new().unwrap(), cache: TempDir::new().unwrap() };
        for number in 0..ARTICLES {
            place.write(&format!("{number}.md"), &article(10 + number % 3 * 40));
        }
        place.write("odd.md", "---\ntitle: [\n---\n<!-- clinlint-disable-next-line dose/start (10 mg vs 2 mg) -- two -->\nTake warfarin 5.0 mg QD.\n");
        place.write("lost.md", "a\u{0}b");
        place
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.articles.path().join(name), text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clinlint"));
        command.current_dir(self.articles.path()).env("LC_ALL", "C.UTF-8").env("CLINLINT_CACHE_DIR", self.cache.path());
        command.args(arguments);
        command
    }

    /// Status, output and messages of a run.
    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    /// What is found with the cache, which has to be what is found without.
    fn check(&self) -> (Option<i32>, String, String) {
        let arguments = ["check", "--format", "json", "--confidence", "low"];
        let found = self.run(&arguments);
        assert_eq!(found, self.run(&[&arguments[..], &["--no-cache"]].concat()));
        assert!(found.1.contains("\"code\""));
        found
    }

    fn files(&self) -> Vec<PathBuf> {
        fs::read_dir(self.cache.path()).unwrap().map(|entry| entry.unwrap().path()).collect()
    }

    /// The one file of the cache.
    fn file(&self) -> PathBuf {
        let [file] = <[PathBuf; 1]>::try_from(self.files()).unwrap();
        file
    }
}

fn article(dose: usize) -> String {
    format!("# Amitriptyline\n\nThe starting dose of amitriptyline is {dose} mg at bedtime.\n")
}

fn content(file: &Path) -> Vec<u8> {
    fs::read(file).unwrap()
}

#[test]
fn the_second_run_finds_what_the_first_found() {
    let place = Place::new();
    let first = place.check();
    let kept = fs::metadata(place.file()).unwrap().ino();
    assert_eq!(place.check(), first);
    assert_eq!(fs::metadata(place.file()).unwrap().ino(), kept, "nothing is new, so no file takes its place");
    assert_eq!(place.run(&["claims", "--format", "jsonl"]).1.lines().count(), ARTICLES + 1);
}

#[test]
fn what_has_changed_is_read_anew() {
    let place = Place::new();
    let first = place.check();
    place.write("0.md", &article(75));
    let changed = place.check();
    assert!(changed.1.contains("75 mg a day") && !first.1.contains("75 mg a day"));
    // What is kept does not grow by what is gone.
    let size = content(&place.file()).len();
    place.write("0.md", &article(85));
    place.check();
    assert!(content(&place.file()).len() < size + 16);
    // An article of the same text in another format, and under another name.
    fs::rename(place.articles.path().join("0.md"), place.articles.path().join("other.txt")).unwrap();
    place.check();
}

#[test]
fn lints_of_ones_own_are_asked_although_nothing_is_read() {
    let place = Place::new();
    place.check();
    let kept = fs::metadata(place.file()).unwrap().ino();
    place.write("clinlint.yml", "lints:\n  dose/start: note\n");
    assert!(place.check().1.contains("\"note\""));
    assert_eq!(fs::metadata(place.file()).unwrap().ino(), kept);
}

#[test]
fn a_damaged_file_is_as_good_as_none() {
    let place = Place::new();
    let first = place.check();
    let kept = content(&place.file());
    let half = kept.len() / 2;
    let mut flipped = kept.clone();
    flipped[half] ^= 0x55;
    for damaged in [&kept[..half], &flipped, b"nonsense", b""] {
        fs::write(place.file(), damaged).unwrap();
        assert_eq!(place.check(), first);
        assert_eq!(content(&place.file()).len(), kept.len(), "what was lost is written again");
    }
}

#[test]
fn a_folder_that_takes_nothing_is_no_reason_to_fail() {
    let mut place = Place::new();
    let first = place.check();
    place.cache = TempDir::new().unwrap();
    // A file where the folder should be, which not even root can write into.
    let file = place.cache.path().join("file");
    fs::write(&file, "x").unwrap();
    let output = place
        .command(&["check", "--format", "json", "--confidence", "low"])
        .env("CLINLINT_CACHE_DIR", file.join("inside"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), first.1);
    // A disk that is full once something has been written.
    let script = "ulimit -f 1; exec \"$0\" check --format json --confidence low 2>/dev/null | cat";
    let limited = Command::new("sh")
        .args(["-c", &format!("trap '' XFSZ; {script}"), env!("CARGO_BIN_EXE_clinlint")])
        .current_dir(place.articles.path())
        .env("CLINLINT_CACHE_DIR", place.cache.path().join("small"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(limited.stdout).unwrap(), first.1);
    let left = fs::read_dir(place.cache.path().join("small")).unwrap().count();
    assert_eq!(left, 0, "nothing half written is left");
}

#[test]
fn runs_at_the_same_time_do_not_harm_each_other() {
    let place = Place::new();
    let arguments = ["check", "--format", "json", "--confidence", "low"];
    let first = place.run(&[&arguments[..], &["--no-cache"]].concat()).1;
    for _ in 0..3 {
        let runs: Vec<_> = (0..4)
            .map(|_| {
                let mut command = place.command(&arguments);
                command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::null());
                command.spawn().unwrap()
            })
            .collect();
        for run in runs {
            assert_eq!(String::from_utf8(run.wait_with_output().unwrap().stdout).unwrap(), first);
        }
        place.file();
        place.write("0.md", &article(10));
    }
}

#[test]
fn what_is_kept_can_be_found_and_removed() {
    let place = Place::new();
    assert_eq!(place.run(&["cache", "dir"]).1.trim_end(), place.cache.path().to_str().unwrap());
    place.check();
    let stranger = place.cache.path().join("notes.txt");
    fs::write(&stranger, "mine").unwrap();
    let (status, out, err) = place.run(&["cache", "clean"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("1 files of "), "{out}");
    assert_eq!(place.files(), [stranger]);
    assert!(place.run(&["cache", "clean"]).1.starts_with("0 files of 0 bytes"));
    let none = place.command(&["cache", "dir"]).env("CLINLINT_CACHE_DIR", "").output().unwrap();
    assert_eq!(none.status.code(), Some(2));
}

#[test]
fn few_articles_are_not_worth_a_file() {
    let place = Place::new();
    place.run(&["check", "0.md", "1.md"]);
    assert_eq!(place.files(), Vec::<PathBuf>::new());
}

#[test]
fn what_nobody_uses_goes() {
    let place = Place::new();
    for number in 0..80 {
        fs::write(place.cache.path().join(format!("{number}.claims")), "old").unwrap();
    }
    place.check();
    assert_eq!(place.files().len(), 64);
}
