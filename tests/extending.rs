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

/// Two articles that start a drug of nobody else at different doses.
fn words() -> Repository {
    let repository = Repository::empty();
    for (path, dose) in [("articles/a.md", "10 mg"), ("articles/b.md", "50 mg")] {
        repository.write(path, &format!("# Zorbanol\n\nThe starting dose of zorbanol is {dose} at bedtime.\n"));
    }
    repository.write("words/drugs.tsv", "name\tbrands\tclasses\nzorbanol\tZorbatex\tbeta-blocker\n");
    repository
}

#[test]
fn words_of_a_folder_are_words_like_the_others() {
    let words = words();
    let run = |arguments: &[&str]| words.run_in(".", arguments);
    assert_eq!(run(&["check", "articles"]).status, 0);
    let typed = run(&["check", "articles", "--vocabulary", "words", "--format", "short"]);
    assert_eq!(typed.status, 1, "{}", typed.err);
    assert!(typed.out.contains("starting doses of zorbanol differ: 10 mg a day vs 50 mg a day"), "{}", typed.out);
    words.write("clinlint.yml", "paths: [articles]\nvocabulary: [words]\n");
    assert_eq!(run(&["check"]).status, 1);
    assert!(run(&["claims", "--format", "jsonl"]).out.contains("\"drugs\":[\"zorbanol\"]"));
    // A brand of a known drug, in a folder of its own.
    words.write("more/drugs.tsv", "# ours\r\nbrands\tname\r\nAmihouse\tamitriptyline\r\n");
    words.start("articles/c.md", "10 mg");
    words.write("articles/d.md", "# Amihouse\n\nThe starting dose of Amihouse is 75 mg at bedtime.\n");
    let both = run(&["check", "--vocabulary", "more", "--format", "short"]);
    assert!(both.out.contains("of zorbanol differ") && both.out.contains("of amitriptyline differ"), "{}", both.out);
    // A condition that is a kind of a known one, and one that is treated.
    words.write("more/conditions.tsv", "name\tbroader\tkind\nfloppy ward syndrome\tepilepsy\tdisease\n");
    words.write("articles/e.md", "# Bupropion\n\nBupropion is contraindicated in floppy ward syndrome.\n");
    let claims = run(&["claims", "articles/e.md", "--vocabulary", "more", "--format", "jsonl"]);
    assert!(claims.out.contains("\"condition\":\"floppy ward syndrome\""), "{}{}", claims.out, claims.err);
}

#[test]
fn words_serve_the_examples_of_lints() {
    let words = words();
    words.write("lints/house/start.yml", &LINT.replace("amitriptyline", "zorbanol"));
    assert_eq!(words.run_in(".", &["lints", "test", "lints"]).status, 1);
    assert_eq!(words.run_in(".", &["lints", "test", "lints", "--vocabulary", "words"]).status, 0);
}

#[test]
fn what_is_wrong_with_a_vocabulary_file_is_named_with_its_place() {
    let words = words();
    let check = |name: &str, text: &str| {
        words.write(&format!("bad/{name}"), text);
        let run = words.run_in(".", &["check", "articles", "--vocabulary", "bad"]);
        std::fs::remove_file(words.path().join("bad").join(name)).unwrap();
        seen(&run)
    };
    insta::assert_snapshot!(
        [
            check("drugs.tsv", "name\tbrand\nzorbanol\tZorbatex\n"),
            check("drugs.tsv", "name\tclasses\nzorbanol\tbeta-blokker\nzorbinol\t\tx\n\ty\n"),
            check("drugs.tsv", "name\tclasses\nzorbanol\tbeta-blokker\nZorbinol\t\nalmost\tnothing of the kind\n"),
            check("drugs.tsv", "name\tbrands\nzorbanol\tElavil\nzorbinol\tZorbatex\nzorbonol\tzorba-tex\n"),
            check("drugs.tsv", "name\tabbreviations\nzorbanol\tAL\n"),
            check("classes.tsv", "name\tbroader\nours\ttheirs\ntheirs\tours\n"),
            check("conditions.tsv", "name\tkind\nfloppy ward syndrome\tillness\nepilepsy\tstate\nfloppy syndrome\t\n"),
            check("combinations.tsv", "components\nperphenazine + amitriptyline\nzorbanol + amitriptyline\n"),
            check("ambiguous.tsv", "surface\tpolicy\nElavil\tdoses\n"),
            check("drug.tsv", "name\nzorbanol\n"),
            check("README.md", "nothing\n"),
            seen(&words.run_in(".", &["check", "articles", "--vocabulary", "nowhere"])),
        ]
        .join("\n")
    );
}

#[test]
fn a_ruling_of_a_user_comes_before_the_built_in_one() {
    let words = words();
    words.write("words/drugs.tsv", "name\tbrands\nzorbanol\tArousal\n");
    assert_eq!(words.run_in(".", &["check", "--vocabulary", "words"]).status, 2);
    words.write("words/ambiguous.tsv", "surface\tpolicy\nArousal\tcase;dose\n");
    words.write("articles/a.md", "# Arousal\n\nThe starting dose of Arousal is 10 mg at bedtime.\n");
    let run = words.run_in(".", &["claims", "articles/a.md", "--vocabulary", "words", "--format", "jsonl"]);
    assert!(run.out.contains("\"drugs\":[\"zorbanol\"]"), "{}{}", run.out, run.err);
}

#[test]
fn a_name_is_looked_up() {
    let words = words();
    words
        .write("words/drugs.tsv", "name\tbrands\tclasses\nzorbanol\tZorbatex\tbeta-blocker\namitriptyline\tAmihouse\n");
    let run = |arguments: &[&str]| {
        words.run_in(".", &[&["vocabulary", "lookup", "--vocabulary", "words"], arguments].concat())
    };
    insta::assert_snapshot!(
        ["amihouse", "Zorbatex", "co-amoxiclav", "sciatica", "iron", "zorbatx", "fictipril"]
            .map(|name| seen(&run(&[name])))
            .join("\n")
    );
    let json = run(&["Zorbatex", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(json[0]["kind"], "drug");
    assert_eq!(json[0]["facts"][0]["values"][0]["from"], "words/drugs.tsv:2");
    words.write("clinlint.yml", "vocabulary: [words]\n");
    assert_eq!(words.run_in(".", &["vocabulary", "lookup", "zorbanol"]).status, 0);
}

/// A line of RXNCONSO.RRF.
fn concept(number: usize, kind: &str, name: &str) -> String {
    format!("{number}|ENG||||||{number}|{number}||{number}|RXNORM|{kind}|{number}|{name}||N||\n")
}

#[test]
fn a_release_of_rxnorm_becomes_words_of_a_user() {
    let words = words();
    let release = [
        concept(1, "IN", "amitriptyline"),
        concept(2, "IN", "Zorbanol"),
        concept(2, "SY", "zorbanolum"),
        concept(3, "SBD", "zorbanol hydrochloride 10 MG Oral Tablet [Zorbatex]"),
        concept(4, "SBD", "12 HR amitriptyline hydrochloride 10 MG Oral Tablet [Amihouse]"),
        concept(5, "SBD", "amitriptyline 10 MG / zorbanol 5 MG Oral Tablet [Zorbami]"),
        concept(6, "SBD", "amitriptyline 10 MG Oral Tablet [Elavil]"),
        concept(7, "SBD", "zorbanol 5 MG Oral Tablet [Arousal]"),
        concept(8, "IN", "zor"),
        concept(9, "IN", "obsoletol").replace("|N|", "|O|"),
        "10|ENG|cut off\n".to_owned(),
    ];
    words.write("RXNCONSO.RRF", &release.concat());
    words.write("empty.RRF", "one\ntwo\nthree\nfour\nfive\n");
    let run = |arguments: &[&str]| seen(&words.run_in(".", &[&["vocabulary", "import", "rxnorm"], arguments].concat()));
    insta::assert_snapshot!(
        [
            run(&["RXNCONSO.RRF", "--output", "own/rxnorm"]),
            words.read("own/rxnorm/drugs.tsv"),
            run(&["RXNCONSO.RRF", "--output", "own/rxnorm"]),
            run(&["empty.RRF", "--output", "other"]),
            seen(&words.run_in(".", &["vocabulary", "lookup", "Zorbatex", "--vocabulary", "own/rxnorm"])),
        ]
        .join("\n")
    );
    assert!(run(&["nowhere.RRF", "--output", "other"]).starts_with("status 2\n"));
    assert!(!words.path().join("other").exists());
    words.write("articles/a.md", "# Zorbatex\n\nThe starting dose of Zorbatex is 10 mg at bedtime.\n");
    let check = words.run_in(".", &["check", "articles", "--vocabulary", "own/rxnorm", "--format", "short"]);
    assert!(check.out.contains("starting doses of zorbanol differ"), "{}{}", check.out, check.err);
}
