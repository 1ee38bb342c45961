//! What a change does: `--since`, `diff`, and standard input, from outside.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod repository;
mod word;

use repository::{Repository, Run, run};
use std::fs;
use std::process::Command;
use tempfile::TempDir;

impl Repository {
    /// Two committed articles that contradict.
    fn new() -> Self {
        let repository = Self::empty();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.start("a.md", "10 mg");
        repository.start("b.md", "50 mg");
        repository.commit();
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git")
            .args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .status()
            .unwrap();
        assert!(status.success(), "git {arguments:?}");
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message=x"]);
    }

    fn run(&self, arguments: &[&str]) -> Run {
        self.run_in(".", arguments)
    }
}

#[test]
fn only_what_a_changed_line_takes_part_in_is_reported() {
    let repository = Repository::new();
    let since = |revision: &str| repository.run(&["check", "--format", "short", "--since", revision]);
    let run = since("HEAD");
    assert_eq!((run.status, run.out.as_str()), (0, ""), "nothing changed: {}", run.err);
    // Another line of the same article.
    let text = fs::read_to_string(repository.path().join("a.md")).unwrap();
    repository.write("a.md", &format!("{text}\nMore text.\n"));
    assert_eq!(since("HEAD").status, 0);
    // The line itself, and the finding is shown there.
    repository.start("b.md", "75 mg");
    let run = since("HEAD");
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.out.starts_with("./b.md:3:"), "{}", run.out);
    repository.commit();
    assert_eq!(since("HEAD").status, 0);
    assert_eq!(since("HEAD~1").status, 1);
    // A new file that git does not know yet.
    repository.start("né \"c\".md", "25 mg");
    let run = since("HEAD");
    assert!(run.out.contains("./né \"c\".md:3:"), "{}", run.out);
}

#[test]
fn all_of_a_word_document_that_changed_takes_part() {
    let repository = Repository::new();
    let document = |dose: &str| {
        let bytes = word::Docx::new(word::text(&format!("Start amitriptyline at {dose} at bedtime."))).bytes();
        fs::write(repository.path().join("c.docx"), bytes).unwrap();
    };
    document("10 mg");
    repository.commit();
    let since = || repository.run(&["check", "--format", "short", "--since", "HEAD"]);
    assert_eq!(since().out, "");
    document("75 mg");
    let run = since();
    assert!(run.out.starts_with("./c.docx:1:"), "{}{}", run.out, run.err);
    let run = repository.run(&["diff", "HEAD"]);
    assert!(run.out.contains("c.docx") && run.out.contains("75 mg"), "{}{}", run.out, run.err);
}

#[test]
fn a_branch_is_held_against_what_it_started_from() {
    let repository = Repository::new();
    repository.git(&["checkout", "--quiet", "-b", "change"]);
    repository.write("d.md", "# Note\n\nNothing about doses.\n");
    repository.commit();
    repository.git(&["checkout", "--quiet", "main"]);
    repository.start("a.md", "20 mg");
    repository.commit();
    repository.git(&["checkout", "--quiet", "change"]);
    let run = repository.run(&["check", "--since", "main"]);
    assert_eq!(run.status, 0, "what changed on main is no change of the branch: {}{}", run.out, run.err);
}

#[test]
fn a_shallow_clone_works_or_says_what_to_fetch() {
    let repository = Repository::new();
    repository.start("a.md", "20 mg");
    repository.commit();
    let parent = TempDir::new().unwrap();
    let url = format!("file://{}", repository.path().display());
    let clone = parent.path().join("clone");
    let cloned = Command::new("git").args(["clone", "--quiet", "--depth=1", &url]).arg(&clone).status().unwrap();
    assert!(cloned.success());
    assert_eq!(run(&clone, &["check", "--since", "HEAD"], "").status, 0);
    let missing = run(&clone, &["check", "--since", "HEAD~1"], "");
    assert_eq!((missing.status, missing.out.as_str()), (2, ""));
    assert!(missing.err.contains("this clone is shallow") && missing.err.contains("git fetch"), "{}", missing.err);
}

#[test]
fn a_revision_or_repository_that_is_not_there_is_named() {
    let repository = Repository::new();
    for revision in ["nowhere", "--output=x", "HEAD:a.md"] {
        let run = repository.run(&["check", &format!("--since={revision}")]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains(&format!("there is no revision `{revision}`")), "{}", run.err);
    }
    assert!(!repository.path().join("x").exists());
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("a.md"), "Text.\n").unwrap();
    let run = run(outside.path(), &["diff", "HEAD"], "");
    assert!(run.status == 2 && run.err.contains("this is no git repository"), "{}", run.err);
}

#[test]
fn a_change_is_listed_with_what_it_now_disagrees_with() {
    let repository = Repository::new();
    repository.start("c.md", "50 mg");
    repository.write("gone.md", "# Gabapentin\n\nThe starting dose of gabapentin is 300 mg at night.\n");
    repository.write("old.md", "# Duloxetine\n\nThe starting dose of duloxetine is 30 mg once daily.\n");
    repository.commit();
    repository.start("a.md", "20 mg");
    repository.git(&["mv", "old.md", "renamed.md"]);
    fs::remove_file(repository.path().join("gone.md")).unwrap();
    repository.write("new.md", "# Pregabalin\n\nThe starting dose of pregabalin is 75 mg a day.\n");
    let run = repository.run(&["diff", "HEAD"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    insta::assert_snapshot!("diff_text", run.out);
    insta::assert_snapshot!("diff_markdown", repository.run(&["diff", "HEAD", "--format", "markdown"]).out);
    let json: serde_json::Value =
        serde_json::from_str(&repository.run(&["diff", "HEAD", "--format", "json"]).out).unwrap();
    let altered = json["changes"].as_array().unwrap().iter().find(|change| change["change"] == "altered").unwrap();
    assert_eq!(altered["before"]["states"], "10 mg a day, start");
    assert_eq!(altered["after"]["states"], "20 mg a day, start");
    assert_eq!(altered["disagrees"][0]["with"][0]["places"].as_array().unwrap().len(), 2);
    // Only below the paths that are named.
    assert!(repository.run(&["diff", "HEAD", "new.md"]).out.ends_with("0 claims altered, 1 added, 0 removed\n"));
}

#[test]
fn moved_lines_are_no_change_of_claims() {
    let repository = Repository::new();
    let text = fs::read_to_string(repository.path().join("a.md")).unwrap();
    repository.write("a.md", &text.replace("\n\nThe", "\n\nMore text before it.\n\nThe"));
    assert_eq!(repository.run(&["diff", "HEAD"]).out, "0 claims altered, 0 added, 0 removed\n");
}

#[test]
fn an_article_on_standard_input_takes_the_place_of_its_file() {
    let repository = Repository::new();
    let article = "# Amitriptyline\n\nThe starting dose of amitriptyline is 50 mg at bedtime.\n";
    let alone = run(repository.path(), &["check", "-", "--stdin-filename", "a.md"], article);
    assert_eq!(alone.status, 0, "{}{}", alone.out, alone.err);
    assert!(alone.out.starts_with("1 article, 1 claim"), "{}", alone.out);
    let within = run(repository.path(), &["check", "-", ".", "--stdin-filename", "a.md"], article);
    assert_eq!(within.status, 0, "{}{}", within.out, within.err);
    let differs = article.replace("50", "75");
    let run =
        run(repository.path(), &["check", "-", "b.md", "--stdin-filename", "x.md", "--format", "short"], &differs);
    assert!(run.status == 1 && run.out.contains("b.md:3:"), "{}{}", run.out, run.err);
}

#[test]
fn articles_come_as_json_lines() {
    let folder = TempDir::new().unwrap();
    let line = |path: &str, dose: &str| {
        let text = format!("<p>The starting dose of amitriptyline is {dose} at bedtime.</p>");
        serde_json::json!({ "path": path, "text": text }).to_string()
    };
    let input = format!("{}\nnonsense\n{}\n", line("cms/1.html", "10 mg"), line("cms/2.html", "50 mg"));
    let arguments = ["check", "--stdin-jsonl", "--format", "short"];
    let many = run(folder.path(), &arguments, &input);
    assert!(many.out.contains("cms/1.html:1:") && many.out.contains("dose/start"), "{}{}", many.out, many.err);
    assert!(many.err.contains("<stdin>:2:") && many.status == 2, "{}", many.err);
    let none = run(folder.path(), &arguments, "\n");
    assert!(none.status == 2 && none.err.contains("no article to read"), "{}", none.err);
}
