//! Lints and words of a user's own, from outside.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod repository;

use repository::{Repository, Run};

/// A lint of the house on starting doses, and two articles that differ.
const LINT: &str = "\
code: house/start
title: starting doses of the house
topic: dose-start
severity:
  disjoint: warning
message: \"the house starts {drugs} at {positions}\"
help: ask the pharmacy
explanation: The house has one starting dose for each drug.
source: house formulary
examples:
  - name: two doses
    finds: true
    articles:
      - Start amitriptyline at [[10 mg at bedtime]].
      - Start amitriptyline at [[50 mg at bedtime]].
  - name: one dose
    finds: false
    articles:
      - Start amitriptyline at 10 mg at bedtime.
";

fn house() -> Repository {
    let repository = Repository::empty();
    repository.start("articles/a.md", "10 mg");
    repository.start("articles/b.md", "50 mg");
    repository.write("lints/house/start.yml", LINT);
    repository
}

/// Status, output and messages, as a user sees them.
fn seen(run: &Run) -> String {
    format!("status {}\n{}{}", run.status, run.out, run.err)
}

#[test]
fn lints_of_a_folder_are_lints_like_the_others() {
    let house = house();
    let run = |arguments: &[&str]| house.run_in(".", arguments);
    let typed = run(&["check", "articles", "--lints", "lints", "--format", "short"]);
    assert_eq!(typed.status, 1);
    assert!(typed.out.contains("warning[house/start] the house starts amitriptyline at 10 mg a day vs 50 mg a day"));
    house.write("clinlint.yml", "lint-folders: [lints]\nlints: {house: error, dose/start: off}\n");
    let configured = house.run_in("articles", &["check", "--format", "short"]);
    assert!(configured.out.contains("error[house/start]"), "{}", configured.out);
    assert!(!configured.out.contains("dose/start"), "{}", configured.out);
    let twice = run(&["check", "articles", "--lints", "./lints", "--format", "short"]);
    assert_eq!(twice.out, configured.out.replace("./", "articles/"), "{}", twice.err);
    let sarif = run(&["check", "articles", "--format", "sarif"]);
    let sarif: serde_json::Value = serde_json::from_str(&sarif.out).unwrap();
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "house/start").unwrap();
    assert_eq!(rule["shortDescription"]["text"], "starting doses of the house");
    assert!(run(&["lints"]).out.ends_with("house/start                   warning  starting doses of the house\n"));
    assert!(run(&["lints", "--format", "markdown"]).out.contains("\n## house/start: starting doses of the house\n"));
    assert!(run(&["explain", "house/start"]).out.contains("Source: house formulary"));
    assert!(run(&["explain", "house/strat"]).err.contains("did you mean `house/start`?"));
    assert!(run(&["config", "articles/a.md"]).out.contains("house/start                   error"));
}

#[test]
fn what_is_wrong_with_a_lint_is_named_with_its_place() {
    let house = house();
    house.write("lints/house/start.yml", &LINT.replace("dose-start", "dose-strat"));
    house.write("lints/dose/start.yml", &LINT.replace("house/", "dose/"));
    house.write("lints/house/stray.yml", LINT);
    house.write("lints/Top.yml", LINT);
    house.write("lints/house/open.yml", &LINT.replace("house/start", "house/open").replace("bedtime]]", "bedtime"));
    house.write("lints/house/notes.txt", "no lint\n");
    house.write("empty/notes.txt", "no lint\n");
    let run = |arguments: &[&str]| seen(&house.run_in(".", arguments));
    insta::assert_snapshot!(
        [
            run(&["check", "articles", "--lints", "lints"]),
            run(&["check", "articles", "--lints", "nowhere", "--lints", "empty"]),
            run(&["lints", "test"]),
        ]
        .join("\n")
    );
    house.write("clinlint.yml", "paths: [articles]\nlint-folders:\n  - nowhere\n");
    insta::assert_snapshot!(run(&["check"]));
}

#[test]
fn a_lint_file_cannot_inject_anything() {
    let house = house();
    let hostile = LINT.replace("title: starting", "title: \"\\e[2J::error::\"\n#");
    house.write("lints/house/start.yml", &hostile);
    for arguments in
        [&["lints"][..], &["explain", "house/start"], &["lints", "test"], &["check", "articles", "--format", "github"]]
    {
        let folder = if arguments[1..] == ["test"] { &["lints"][..] } else { &["--lints", "lints"] };
        let run = house.run_in(".", &[arguments, folder].concat());
        assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'), "{}", seen(&run));
        assert!(!run.out.lines().any(|line| line.starts_with("::error::")), "{}", seen(&run));
    }
}

#[test]
fn examples_of_lints_are_run() {
    let house = house();
    let run = |arguments: &[&str]| house.run_in(".", arguments);
    let good = run(&["lints", "test", "lints"]);
    assert_eq!((good.status, good.err.as_str()), (0, ""), "{}", good.out);
    assert_eq!(good.out, "1 lint, 2 examples: all hold\n");
    let bad = LINT.replace("[[50 mg at bedtime]]", "[[50 mg]] at bedtime").replace(
        "      - Start amitriptyline at 10 mg at bedtime.\n",
        "      - Start amitriptyline at 10 mg at bedtime, or begin amitriptyline at 75 mg at bedtime.\n",
    );
    house.write("lints/house/start.yml", &bad);
    insta::assert_snapshot!(seen(&run(&["lints", "test", "lints"])));
}
