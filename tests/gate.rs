//! The gate from outside: configuration, references, suppressions and baseline.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod repository;

use repository::{Repository, Run, article};
use std::fs;
use std::path::Path;

impl Repository {
    /// Two articles that start amitriptyline at different doses.
    fn new() -> Self {
        let repository = Self::empty();
        repository.start("articles/a.md", "10 mg");
        repository.start("articles/b.md", "50 mg");
        repository
    }

    fn check(&self, arguments: &[&str]) -> Run {
        self.run_in(".", &[&["check"], arguments].concat())
    }

    fn json(&self, arguments: &[&str]) -> serde_json::Value {
        let run = self.check(&[&["--format", "json"], arguments].concat());
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
    }
}

fn passes(run: &Run) {
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
}

fn fails(run: &Run) {
    assert_eq!(run.status, 1, "{}{}", run.out, run.err);
}

#[test]
fn the_configuration_above_holds_and_what_is_typed_wins() {
    let repository = Repository::new();
    repository.write("clinlint.yml", "lints:\n  dose/start: note\n");
    passes(&repository.run_in("articles", &["check", "."]));
    fails(&repository.run_in("articles", &["check", ".", "--fail-on", "note"]));
    repository.write("other.yml", "fail-on: note\n");
    fails(&repository.check(&["--config", "other.yml", "articles"]));
    repository.write("clinlint.yml", "lints: {dose: off}\nfail-on: note\n");
    passes(&repository.check(&["articles/a.md", "articles/b.md"]));
}

#[test]
fn what_is_excluded_is_not_read_even_if_it_is_named() {
    let repository = Repository::new();
    repository.write("clinlint.yml", "exclude: [b.md]\n");
    passes(&repository.check(&[]));
    let run = repository.check(&["articles/a.md", "articles/b.md"]);
    passes(&run);
    assert!(run.err.contains("articles/b.md: not read: the configuration excludes `b.md`"), "{}", run.err);
}

#[test]
fn configured_paths_are_read_from_anywhere_below() {
    let repository = Repository::new();
    repository.start("notes/c.md", "100 mg");
    repository.write("clinlint.yml", "paths: [articles]\n");
    let labels = repository.json(&[])["diagnostics"][0]["labels"].clone();
    assert_eq!(labels.as_array().unwrap().len(), 2);
    let run = repository.run_in("notes", &["check"]);
    assert!(run.out.contains("[../articles/a.md:3:"), "{}", run.out);
}

#[test]
fn a_wrong_configuration_stops_the_run_with_its_place() {
    let repository = Repository::new();
    repository.write("clinlint.yml", "exclude: []\nconfidense: low\n");
    let run = repository.check(&[]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("clinlint.yml:2:1: unknown key `confidense`"), "{}", run.err);
    assert!(run.err.contains("did you mean `confidence`?"), "{}", run.err);
    let missing = repository.check(&["--config", "nowhere.yml"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("nowhere.yml: the configuration cannot be read"), "{}", missing.err);
}

#[test]
fn init_writes_once_and_config_says_what_is_in_force() {
    let repository = Repository::new();
    repository.write("articles/drafts/c.md", "Start amitriptyline at 75 mg.\n");
    let run = repository.run_in(".", &["init"]);
    passes(&run);
    insta::assert_snapshot!(repository.read("clinlint.yml"));
    let again = repository.run_in(".", &["init"]);
    assert_eq!(again.status, 2);
    assert!(again.err.contains("is there already"), "{}", again.err);

    repository
        .write("clinlint.yml", "references: [smpc/]\nconfidence: low\nlints:\n  dose: warning\n  dose/start: off\n");
    insta::assert_snapshot!(repository.run_in(".", &["config", "articles/a.md"]).out);
    let reference = repository.run_in(".", &["config", "smpc/x.html"]).out;
    assert!(reference.contains("a reference, which articles are held to  (`smpc/` of clinlint.yml)"), "{reference}");
}

#[test]
fn the_schema_in_the_repository_is_the_schema() {
    let schema = format!("{:#}\n", clinlint::config::schema());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("clinlint.schema.json");
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::write(&path, &schema).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), schema, "INSTA_UPDATE=always cargo test writes it anew");
    let repository = Repository::new();
    assert_eq!(repository.run_in(".", &["config", "--schema"]).out, schema);
}

#[test]
fn articles_are_held_to_references_which_are_never_to_blame() {
    let repository = Repository::new();
    repository.start("articles/b.md", "10 mg");
    repository.start("smpc/amitriptyline.md", "25 mg");
    repository.start("smpc/other.md", "75 mg");
    repository.write("clinlint.yml", "references: [smpc/]\n");
    // The references are read though they are not named.
    let report = repository.json(&["articles"]);
    assert!(!report["diagnostics"].as_array().unwrap().is_empty());
    for finding in report["diagnostics"].as_array().unwrap() {
        assert!(finding["labels"][0]["file"].as_str().unwrap().starts_with("articles/"), "{finding}");
        for label in finding["labels"].as_array().unwrap() {
            assert_eq!(label["reference"], label["file"].as_str().unwrap().starts_with("smpc/"));
        }
    }
    let run = repository.check(&["articles"]);
    assert!(run.out.contains("reference: 25 mg a day"), "{}", run.out);
    // Two references that differ are nobody's fault here.
    passes(&repository.check(&["smpc"]));
}

const VALUES: &str = "10 mg a day vs 50 mg a day";

#[test]
fn a_suppression_holds_for_its_values() {
    let repository = Repository::new();
    let comment = format!("<!-- clinlint-disable-next-line dose/start ({VALUES}) -- two products -->");
    let suppressed =
        |dose: &str| article(&format!("{comment}\nThe starting dose of amitriptyline is {dose} at night."));
    repository.write("articles/a.md", &suppressed("10 mg"));
    let run = repository.check(&[]);
    passes(&run);
    assert_eq!(run.err, "");
    assert!(run.out.contains(", 1 suppressed"), "{}", run.out);
    // Either side changes its value.
    repository.write("articles/a.md", &suppressed("20 mg"));
    let run = repository.check(&[]);
    fails(&run);
    assert!(run.err.contains("articles/a.md:3:1: a suppression of dose/start for other values"), "{}", run.err);
    repository.write("articles/a.md", &suppressed("10 mg"));
    repository.start("articles/b.md", "75 mg");
    fails(&repository.check(&[]));
}

#[test]
fn a_suppression_in_front_matter_block_html_or_configuration_holds() {
    let holds = |path: &str, text: String| {
        let repository = Repository::new();
        fs::remove_file(repository.path().join("articles/a.md")).unwrap();
        repository.write(path, &text);
        let run = repository.check(&[]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{}", run.out);
    };
    let dose = "The starting dose of amitriptyline is 10 mg at night.";
    holds(
        "articles/front.md",
        format!(
            "---\nclinlint:\n  disable:\n    - lint: dose/start\n      values: {VALUES}\n      reason: why\n---\n{}",
            article(dose)
        ),
    );
    let block = format!("<!-- clinlint-disable dose/start ({VALUES}) -- why -->");
    holds("articles/block.md", format!("{block}\n\n{}\n<!-- clinlint-enable dose/start -->\n", article(dose)));
    holds("articles/page.html", format!("<h1>Amitriptyline</h1>{block}\n<p>{dose}</p>\n<!-- clinlint-enable -->\n"));
    holds(
        "articles/c.mdx",
        article(&format!("{{/* clinlint-disable-next-line dose/start ({VALUES}) -- why */}}\n{dose}")),
    );

    let repository = Repository::new();
    repository.write("articles/a.txt", &format!("Amitriptyline\n\n{dose}\n"));
    fs::remove_file(repository.path().join("articles/a.md")).unwrap();
    repository.write(
        "clinlint.yml",
        &format!("suppress:\n  - {{lint: dose/start, files: ['*.txt'], values: {VALUES}, reason: why}}\n"),
    );
    passes(&repository.check(&[]));
}

#[test]
fn wrong_suppressions_do_not_hold_and_are_named() {
    let repository = Repository::new();
    let says = |comment: &str, message: &str, status: i32| {
        let text = format!(
            "<!-- clinlint-disable-next-line {comment} -->\nThe starting dose of amitriptyline is 10 mg daily."
        );
        repository.write("articles/a.md", &article(&text));
        let run = repository.check(&[]);
        assert_eq!(run.status, status, "{}{}", run.out, run.err);
        assert!(run.err.contains(&format!("articles/a.md:3:1: {message}")), "{message} is missing from\n{}", run.err);
    };
    says(&format!("dose/start ({VALUES})"), "a suppression of dose/start without a reason", 1);
    says("dose/start -- two products", "a suppression of dose/start without the values it is for", 1);
    says(&format!("dose/strat ({VALUES}) -- x"), "a suppression of `dose/strat`, which is no lint", 1);
    says(
        &format!("dose/start ({VALUES}) until 2001-02-03 -- x"),
        "a suppression of dose/start that held until 2001-02-03",
        1,
    );
    says("onset/full (1 week vs 2 weeks) -- x", "a suppression of onset/full that suppresses nothing", 1);
    says("dose/start (10 mg vs 50 mg -- x", "a parenthesis without an end", 1);
    // Nothing can be said about what is not there when not everything is read.
    let run = repository.check(&["articles/a.md"]);
    assert!(!run.err.contains("suppresses nothing"), "{}", run.err);
    // The help is what has to be written.
    says("dose/start -- two products", "a suppression", 1);
    let run = repository.check(&[]);
    assert!(run.err.contains(&format!("write `dose/start ({VALUES})`")), "{}", run.err);
}

#[test]
fn only_what_is_not_in_the_baseline_fails() {
    let repository = Repository::new();
    passes(&repository.check(&["--write-baseline", "base.json"]));
    repository.write("clinlint.yml", "baseline: base.json\n");
    let run = repository.check(&[]);
    passes(&run);
    assert!(run.out.contains(", 1 in the baseline"), "{}", run.out);
    // Moved lines, edited neighbours, a renamed file.
    let moved = repository.read("articles/a.md").replace(
        "The starting",
        "It has been known for long.

The starting",
    );
    repository.write("articles/deep/new.md", &moved);
    fs::remove_file(repository.path().join("articles/a.md")).unwrap();
    passes(&repository.check(&[]));
    // A copy is not a renamed file.
    repository.start("articles/copy.md", "50 mg");
    fails(&repository.check(&[]));
    fs::remove_file(repository.path().join("articles/copy.md")).unwrap();
    // A changed value is a new finding.
    repository.start("articles/b.md", "75 mg");
    fails(&repository.check(&[]));
}

#[test]
fn what_is_fixed_is_named_and_pruned() {
    let repository = Repository::new();
    repository.start("articles/c.md", "75 mg");
    passes(&repository.check(&["--write-baseline", "base.json"]));
    repository.start("articles/c.md", "50 mg");
    // It now says what another article says, which is no fix.
    fails(&repository.check(&["--baseline", "base.json"]));
    repository.start("articles/c.md", "10 mg");
    repository.start("articles/b.md", "10 mg");
    let run = repository.check(&["--baseline", "base.json"]);
    passes(&run);
    assert!(run.err.contains("base.json: 3 of its statements contradict nothing any more"), "{}", run.err);
    let partial = repository.check(&["--baseline", "base.json", "--prune-baseline", "articles/a.md"]);
    assert_eq!(partial.status, 2, "{}", partial.err);
    let run = repository.check(&["--baseline", "base.json", "--prune-baseline"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(repository.read("base.json").contains("\"findings\": []"));
    repository.start("articles/b.md", "50 mg");
    fails(&repository.check(&["--baseline", "base.json"]));
}

#[test]
fn a_tenfold_difference_is_suppressed_but_never_taken_into_a_baseline() {
    let repository = Repository::new();
    repository.start("articles/b.md", "100 mg");
    fails(&repository.check(&["--write-baseline", "base.json"]));
    fails(&repository.check(&["--baseline", "base.json"]));
    let values = "10 mg a day vs 100 mg a day";
    let comment = format!("<!-- clinlint-disable-next-line dose/tenfold ({values}) -- checked -->");
    repository
        .write("articles/a.md", &article(&format!("{comment}\nThe starting dose of amitriptyline is 10 mg nightly.")));
    passes(&repository.check(&[]));
}

#[test]
fn a_broken_baseline_is_named_with_its_place() {
    let repository = Repository::new();
    for (text, message) in [("{", "not a baseline: EOF"), ("{\"version\": 9, \"findings\": []}", "it is of version 9")]
    {
        repository.write("base.json", text);
        let run = repository.check(&["--baseline", "base.json"]);
        assert_eq!(run.status, 2);
        assert!(run.err.contains("base.json: ") && run.err.contains(message), "{}", run.err);
    }
    let run = repository.check(&["--baseline", "nowhere.json"]);
    assert!(run.status == 2 && run.err.contains("--write-baseline writes one"), "{}", run.err);
    assert_eq!(repository.check(&["--prune-baseline"]).status, 2);
}

/// An article with two zeros that are misread, and a clean one.
fn misread() -> Repository {
    let repository = Repository::empty();
    repository.write("clinlint.yml", "lints:\n  notation: warning\n");
    repository
        .write("a.md", "# Warfarin\r\n\r\nGive warfarin 5.0 mg daily.\r\n\r\nThen give bisoprolol 2.0 mg daily.\r\n");
    repository.write("b.md", "# Warfarin\n\nGive warfarin 5 mg daily.\n");
    repository
}

#[test]
fn edits_are_shown_before_they_are_made() {
    let repository = misread();
    let run = repository.check(&["--diff"]);
    fails(&run);
    insta::assert_snapshot!(run.out);
    assert!(repository.read("a.md").contains("5.0 mg"), "nothing is changed");
}

#[test]
fn safe_edits_are_made_and_what_they_mend_is_not_reported() {
    let repository = misread();
    let run = repository.check(&["--fix"]);
    passes(&run);
    assert!(run.err.contains("mended 2 findings in 1 file"), "{}", run.err);
    let mended = "# Warfarin\r\n\r\nGive warfarin 5 mg daily.\r\n\r\nThen give bisoprolol 2 mg daily.\r\n";
    assert_eq!(repository.read("a.md"), mended, "every other byte stays");
    let again = repository.check(&["--fix"]);
    assert_eq!((again.status, again.err.as_str()), (0, ""));
    assert_eq!(repository.check(&["--fix", "--diff"]).status, 2);
}

#[test]
fn only_what_is_reported_is_mended() {
    let repository = misread();
    passes(&repository.check(&["--write-baseline", "base.json"]));
    passes(&repository.check(&["--baseline", "base.json", "--fix"]));
    assert!(repository.read("a.md").contains("5.0 mg"));
}

#[cfg(unix)]
#[test]
fn a_file_that_is_write_protected_is_named_and_stays() {
    use std::os::unix::fs::PermissionsExt;
    let repository = misread();
    let path = repository.path().join("a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let run = repository.check(&["--fix"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("a.md cannot be written"), "{}", run.err);
    assert!(repository.read("a.md").contains("5.0 mg"));
}

/// Two articles that start amitriptyline at different doses, years apart.
fn aged() -> Repository {
    let repository = Repository::empty();
    for (path, year, dose) in [("articles/a.md", 2019, "10 mg"), ("articles/b.md", 2024, "50 mg")] {
        let text = article(&format!("The starting dose of amitriptyline is {dose} at bedtime."));
        repository.write(path, &format!("---\nupdated: {year}-05-01\n---\n\n{text}"));
    }
    repository
}

/// The code of the only finding.
fn code(repository: &Repository) -> (String, String) {
    let found = repository.json(&[]);
    let findings = found["diagnostics"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{found}");
    let text = |key: &str| findings[0][key].as_str().unwrap_or_default().to_owned();
    (text("code"), text("severity"))
}

#[test]
fn an_age_that_comes_to_light_keeps_severity_suppressions_and_baseline() {
    let repository = aged();
    assert_eq!(code(&repository), ("evidence/stale".to_owned(), "error".to_owned()));
    repository.write("clinlint.yml", "lints: {evidence/stale: off}\n");
    assert_eq!(code(&repository), ("dose/start".to_owned(), "error".to_owned()));
    repository.write("clinlint.yml", "lints: {evidence/stale: note}\n");
    assert_eq!(code(&repository), ("evidence/stale".to_owned(), "note".to_owned()));
    repository.write("clinlint.yml", "lints: {dose/start: off}\n");
    passes(&repository.check(&[]));
    for lint in ["dose/start", "evidence/stale"] {
        let suppression = format!("{{lint: {lint}, files: ['*.md'], values: {VALUES}, reason: two products}}");
        repository.write("clinlint.yml", &format!("suppress:\n  - {suppression}\n"));
        let run = repository.check(&[]);
        passes(&run);
        assert_eq!(run.err, "", "{lint}");
    }
    // What was known before an article had a date is known after.
    repository.write("clinlint.yml", "lints: {evidence/stale: off}\nbaseline: baseline.json\n");
    repository.check(&["--write-baseline", "baseline.json"]);
    repository.write("clinlint.yml", "baseline: baseline.json\n");
    passes(&repository.check(&[]));
}
