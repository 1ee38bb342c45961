//! Whatever lies in a folder: a clear message with file and line, the other
//! files still checked, and an exit status that says what was lost.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

/// What a run printed, and how it ended.
struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

/// Checks the folder and a pair of articles that contradict, which must be
/// found whatever else is in it.
fn check(folder: &TempDir) -> Run {
    let write = |name: &str, dose: &str| {
        let text = format!("# Amitriptyline\n\nThe starting dose of amitriptyline is {dose} at bedtime.\n");
        fs::write(folder.path().join(name), text).unwrap();
    };
    write("one.md", "10 mg");
    write("two.md", "50 mg");
    let run = run(folder.path(), &["check", "."]);
    assert!(run.out.contains("error[dose/start]"), "the other files are not checked: {}{}", run.out, run.err);
    assert!(!run.err.contains("panicked"), "{}", run.err);
    run
}

/// Runs the program with no more than 512 MB of address space, so that a run
/// that would eat the machine fails instead.
fn run(folder: &Path, arguments: &[&str]) -> Run {
    let program = env!("CARGO_BIN_EXE_clinlint");
    let Output { status, stdout, stderr } = Command::new("sh")
        .args(["-c", "ulimit -v 524288; exec \"$0\" \"$@\" --threads 2", program])
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { status: status.code(), out: text(stdout), err: text(stderr) }
}

/// A folder with one file.
fn folder(name: &str, content: impl AsRef<[u8]>) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join(name), content).unwrap();
    folder
}

/// The run loses an input: it says so and ends with status 2.
fn loses(run: &Run, message: &str) {
    assert!(run.err.contains(message), "{message:?} is missing from\n{}", run.err);
    assert_eq!(run.status, Some(2), "{}", run.err);
}

/// The run reads all of it, with a word of warning: the findings decide.
fn warns(run: &Run, message: &str) {
    assert!(run.err.contains(message), "{message:?} is missing from\n{}", run.err);
    assert_eq!(run.status, Some(1), "{}", run.err);
}

/// The run reads all of it, and one of its findings is what is wrong with it.
fn finds(run: &Run, message: &str) {
    assert!(run.out.contains(message), "{message:?} is missing from\n{}", run.out);
    assert_eq!((run.status, run.err.as_str()), (Some(1), ""));
}

/// The run reads all of it and has nothing to say about it.
fn reads(run: &Run) {
    assert_eq!((run.status, run.err.as_str()), (Some(1), ""));
}

#[test]
fn a_path_that_does_not_exist() {
    let folder = folder("a.md", "Text.\n");
    let run = run(folder.path(), &["check", "a.md", "nowhere.md"]);
    loses(&run, "nowhere.md: no such file or directory");
    assert!(run.err.contains("check the spelling"), "{}", run.err);
    assert!(run.out.starts_with("1 article"), "{}", run.out);
}

#[test]
fn a_folder_without_articles() {
    let folder = folder("picture.png", "");
    loses(&run(folder.path(), &["check", "."]), "no articles in this directory");
}

#[test]
fn a_file_that_is_not_utf_8() {
    loses(&check(&folder("bad.md", b"# Dose\n\n10\x9625 mg\n")), "bad.md:3:3: not UTF-8: the byte 0x96");
}

#[test]
fn a_file_with_nul_bytes() {
    loses(&check(&folder("bad.md", "10 mg\n\0\n")), "bad.md:2:1: not a text file: it holds a NUL byte");
}

#[test]
fn a_file_in_utf_16() {
    loses(&check(&folder("bad.txt", b"\xff\xfed\0o\0s\0e\0")), "save it as UTF-8");
}

#[test]
fn an_empty_file() {
    warns(&check(&folder("empty.md", "")), "empty.md: no text in this file");
}

#[test]
fn front_matter_that_is_not_yaml() {
    finds(&check(&folder("bad.md", "---\ntitle: a: b\n---\n\nText.\n")), "bad.md:2:1]");
}

#[test]
fn front_matter_without_an_end() {
    finds(&check(&folder("bad.md", "---\ntitle: Never closed\n\nText.\n")), "front matter without an end");
}

#[test]
fn aliases_that_multiply() {
    let level = |at: usize| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", "));
    let levels: String = (1..30).map(level).collect();
    reads(&check(&folder("bomb.md", format!("---\na0: &a0 text of a bomb\n{levels}---\n\nText.\n"))));
}

#[test]
fn collections_without_an_end() {
    let deep = format!("---\na: {}\n---\n\nText.\n", "[".repeat(20_000));
    finds(&check(&folder("deep.md", deep)), "deep.md:2:1]");
}

#[test]
fn nesting_without_bound() {
    for (name, text) in [
        ("lists.md", (0..10_000).map(|_| "- ").collect::<String>() + "text"),
        ("steps.md", (0..10_000).map(|at| format!("{}- a\n", " ".repeat(at.min(600) * 2))).collect()),
        ("quotes.md", "> ".repeat(10_000) + "text"),
        ("brackets.md", "[".repeat(10_000) + &"](".repeat(10_000)),
        ("stars.md", "*a **b ".repeat(10_000)),
        ("divs.html", "<div>".repeat(10_000) + "text"),
        ("divs.md", "<div>\n\n".repeat(10_000) + "text"),
        ("spans.html", "<b><i>".repeat(10_000) + "text"),
        ("lists.html", "<ul><li>".repeat(10_000) + "text"),
        ("tables.html", "<table><tr><td>".repeat(10_000) + "text"),
    ] {
        let run = check(&folder(name, text));
        let is_said =
            run.err.is_empty() || run.err.contains(&format!("{name}:1:")) || run.err.contains(&format!("{name}:"));
        assert!(run.status == Some(1) && is_said, "{name}: {:?} {}", run.status, run.err);
    }
}

#[test]
fn html_that_ends_in_the_middle() {
    let page = "<h1>Dose</h1><p>Text";
    for cut in ["<p", "<p class=\"", "<p class", "<table><tr><td"] {
        warns(&check(&folder("cut.html", format!("{page}{cut}"))), "the file ends inside a tag");
    }
    for cut in ["<", "</", "<!--", "<![CDATA[", "<script>", "<table><tr>", "&", "&#", "&#x110000;", "&nbs"] {
        let run = check(&folder("cut.html", format!("{page}{cut}")));
        assert_eq!(run.status, Some(1), "{cut}: {}", run.err);
    }
}

#[test]
fn a_line_of_two_hundred_megabytes() {
    let folder = TempDir::new().unwrap();
    // Sparse: it takes no room on the disk.
    File::create(folder.path().join("line.md")).unwrap().set_len(200 << 20).unwrap();
    let run = check(&folder);
    loses(&run, "line.md: larger than 16 MiB");
    assert!(run.err.contains("split the file"), "{}", run.err);
}

#[test]
fn a_line_at_the_limit() {
    let text = "The dose of this drug is 10 mg. ".repeat((4 << 20) / 32);
    reads(&check(&folder("line.md", text)));
}

#[test]
fn links_that_lead_in_a_circle() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("sub")).unwrap();
    symlink(folder.path(), folder.path().join("sub/again")).unwrap();
    warns(&check(&folder), "sub/again: a link that leads back to");
}

#[test]
fn a_link_to_itself() {
    let folder = TempDir::new().unwrap();
    symlink("self.md", folder.path().join("self.md")).unwrap();
    loses(&check(&folder), "self.md: ");
}

#[test]
fn a_file_that_is_gone() {
    let folder = TempDir::new().unwrap();
    symlink("gone.md", folder.path().join("link.md")).unwrap();
    warns(&check(&folder), "link.md: a link to a file that does not exist");
    let named = run(folder.path(), &["check", "one.md", "link.md"]);
    loses(&named, "link.md: ");
}

/// One file is made and removed as fast as it goes while the folder is read.
#[test]
fn a_file_that_comes_and_goes() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("fleeting.md");
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(std::sync::atomic::Ordering::Relaxed) {
                fs::write(&path, "Text.\n").unwrap();
                fs::remove_file(&path).unwrap();
            }
        });
        for _ in 0..20 {
            let run = check(&folder);
            let is_gone = run.status == Some(2) && run.err.contains("fleeting.md: ");
            assert!(is_gone || run.status == Some(1), "{:?} {}", run.status, run.err);
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn a_file_that_may_not_be_read() {
    let folder = folder("secret.md", "Text.\n");
    let path = folder.path().join("secret.md");
    fs::set_permissions(&path, Permissions::from_mode(0o000)).unwrap();
    let run = check(&folder);
    // The superuser may read everything.
    if File::open(&path).is_err() {
        loses(&run, "secret.md: cannot be read: permission denied");
    } else {
        reads(&run);
    }
}

#[test]
fn a_pipe_that_nobody_writes_to() {
    let folder = TempDir::new().unwrap();
    let made = Command::new("mkfifo").arg(folder.path().join("pipe.md")).status().unwrap();
    assert!(made.success());
    reads(&check(&folder));
    loses(&run(folder.path(), &["check", "one.md", "pipe.md"]), "pipe.md: not a regular file");
}

#[test]
fn windows_lines_and_a_byte_order_mark() {
    let text = "\u{feff}---\r\ntitle: Pain\r\n---\r\n\r\nThe starting dose of amitriptyline is 25 mg at bedtime.\r\n";
    let run = check(&folder("windows.md", text));
    reads(&run);
    assert!(run.out.contains("windows.md:5"), "{}", run.out);
}

#[test]
fn file_names_that_command_the_terminal() {
    let folder = TempDir::new().unwrap();
    let text = "The starting dose of amitriptyline is 25 mg at bedtime.\n";
    for name in [&b"\x1b[31mred.md"[..], b"two\n::error::lines.md", b"latin\xe9.md", "\u{202e}dm.gnol.md".as_bytes()] {
        fs::write(folder.path().join(OsStr::from_bytes(name)), text).unwrap();
    }
    let run = check(&folder);
    reads(&run);
    harmless(&run.out);
    assert!(run.out.contains("␛[31mred.md") && run.out.contains("latin\u{fffd}.md"), "{}", run.out);
}

#[test]
fn text_that_commands_the_terminal() {
    let hostile = "\u{1b}]0;title\u{7}\u{1b}[2J\r\u{9b}31m\u{202e}\n::error::\n##[group]x\n";
    let text = format!(
        "# Amitriptyline {hostile}\n\n{hostile} The starting dose of \u{1b}[8mamitriptyline\u{1b}[0m is 25 mg at bedtime. {hostile}\n"
    );
    let folder = folder("hostile.md", &text);
    fs::write(folder.path().join("hostile.txt"), &text).unwrap();
    fs::write(folder.path().join("hostile.html"), format!("<p>{text}</p>")).unwrap();
    fs::write(folder.path().join("front.md"), format!("---\ntitle: \u{1b}[2J: x: {hostile}\n---\n")).unwrap();
    let run = check(&folder);
    harmless(&run.out);
    harmless(&run.err);
    let claims = self::run(folder.path(), &["claims", "."]);
    harmless(&claims.out);
    let missing = self::run(folder.path(), &["check", "\u{1b}[2J\n::error::nowhere"]);
    loses(&missing, "no such file");
    harmless(&missing.err);
    let unknown = self::run(folder.path(), &["explain", "\u{1b}[2J\n::error::"]);
    harmless(&unknown.err);
}

/// Nothing that a terminal or a build server obeys.
fn harmless(printed: &str) {
    let obeyed =
        |character: char| character.is_control() && character != '\n' || ('\u{202a}'..='\u{202e}').contains(&character);
    assert!(!printed.contains(obeyed), "{printed:?}");
    assert!(!printed.lines().any(|line| line.trim_start().starts_with("::")), "{printed}");
    assert!(!printed.contains("##["), "{printed}");
}
