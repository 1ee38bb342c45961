//! What a folder or a field of front matter says for the articles that leave it
//! unsaid.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod repository;

use repository::{Repository, Run};

const ADULTS: &str = "# Amitriptyline\n\nThe starting dose is 25 mg at night for neuropathic pain.\n";
const CHILDREN: &str = "# Amitriptyline\n\nThe starting dose is 5 mg at night for neuropathic pain.\n";
const CONFIGURATION: &str = "folders:\n  - files: [\"young/\"]\n    population: children\n";

fn files(files: &[(&str, &str)]) -> Repository {
    let folder = Repository::empty();
    files.iter().for_each(|(path, text)| folder.write(path, text));
    folder
}

fn contexts(folder: &Repository) -> Vec<serde_json::Value> {
    let lines = folder.run_in("", &["claims", "--format", "jsonl"]).out;
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_folder_keeps_the_doses_of_children_apart() {
    let folder = files(&[("old/a.md", ADULTS), ("young/b.md", CHILDREN)]);
    assert_eq!(folder.run_in("", &["check"]).status, 1, "without it the doses contradict");
    folder.write("clinlint.yml", CONFIGURATION);
    let Run { status, out: found, err: said } = folder.run_in("", &["check"]);
    assert_eq!(status, 0, "{found}{said}");
    let told = folder.run_in("", &["config", "young/b.md"]).out;
    assert!(told.contains("left unsaid: children  (`folders` of clinlint.yml)"), "{told}");
    let told = folder.run_in("", &["config", "old/a.md"]).out;
    assert!(!told.contains("left unsaid"), "{told}");
}

#[test]
fn an_article_is_taken_at_its_word() {
    let adults = format!("{CHILDREN}\n## Adults\n\nThe starting dose is 10 mg at night for neuropathic pain.\n");
    let folder = files(&[("young/b.md", &adults), ("clinlint.yml", CONFIGURATION)]);
    let populations: Vec<serde_json::Value> =
        contexts(&folder).into_iter().map(|claim| claim["context"]["population"].clone()).collect();
    assert_eq!(populations, ["children", "adults"]);
}

#[test]
fn a_folder_names_the_drug_of_articles_that_do_not() {
    let text = "# How to take your tablets\n\nThe starting dose is 25 mg at night.\n";
    let configuration = "folders:\n  - files: [\"leaflets/\"]\n    drug: Elavil\n    indication: neuropathic pain\n";
    let folder = files(&[("leaflets/a.md", text), ("clinlint.yml", configuration)]);
    let claims = contexts(&folder);
    assert_eq!(claims.len(), 1);
    assert_eq!(claims[0]["drugs"], serde_json::json!(["amitriptyline"]));
    assert_eq!(claims[0]["context"]["indication"], "neuropathic pain");
    // It stands nowhere in the file.
    assert_eq!(claims[0]["quote"], "25 mg at night");
}

#[test]
fn a_field_says_whom_an_article_is_for_and_which_fields_are_prose() {
    let text = "---\naudience: children\nnote: The starting dose of amitriptyline is 75 mg at night.\n\
                summary: The starting dose of amitriptyline is 5 mg at night.\n---\n\n# Amitriptyline\n\nSee above.\n";
    let configuration = "front-matter:\n  context: [audience]\n  prose: [summary]\n";
    let folder = files(&[("a.md", text), ("clinlint.yml", configuration)]);
    let claims = contexts(&folder);
    let quotes: Vec<&str> = claims.iter().map(|claim| claim["quote"].as_str().unwrap()).collect();
    assert_eq!(quotes, ["5 mg at night"]);
    assert_eq!(claims[0]["context"]["population"], "children");
}

#[test]
fn words_that_are_not_known_are_named_with_their_place() {
    let configuration = "folders:\n  - files: [\"young/\"]\n    population: the chaps\n    drug: childrenn\n";
    let folder = files(&[("young/b.md", CHILDREN), ("clinlint.yml", configuration)]);
    let Run { status, err: said, .. } = folder.run_in("", &["check"]);
    assert_eq!(status, 2);
    assert!(said.contains("clinlint.yml:3:17") && said.contains("`the chaps` is no population"), "{said}");
    assert!(said.contains("clinlint.yml:4:11") && said.contains("`childrenn` is no drug"), "{said}");
}
