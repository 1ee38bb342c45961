//! What the README says is true: its table of lints, its files, its lint.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clinlint::lint::{builtin, parse};
use std::fs;
use std::path::Path;

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_table_of_lints_is_the_lints() {
    let rows: Vec<String> = builtin()
        .unwrap()
        .iter()
        .map(|lint| format!("| `{}` | {} | {} |", lint.code, lint.by_default(), lint.title))
        .collect();
    let table = format!("| code | severity | finds |\n| --- | --- | --- |\n{}\n\n", rows.join("\n"));
    assert!(readme().contains(&table), "README.md should hold this table:\n\n{table}");
}

#[test]
fn the_pages_of_the_lints_are_the_lints() {
    is_generated("lints/README.md", &clinlint::explain::pages(&builtin().unwrap()));
}

#[test]
fn the_schema_of_a_lint_is_the_lint() {
    is_generated("lint.schema.json", &format!("{:#}\n", clinlint::lint::schema()));
}

/// A file of the repository holds what is generated; it is written anew where
/// snapshots are.
fn is_generated(path: &str, text: &str) {
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(root().join(path), text).unwrap();
    }
    let written = fs::read_to_string(root().join(path)).unwrap_or_default();
    assert!(written == text, "{path} is not what is generated: INSTA_UPDATE=always cargo test writes it anew");
}

#[test]
fn every_file_it_names_is_there() {
    let readme = readme();
    let quoted = readme.split('`').skip(1).step_by(2);
    let paths = quoted.filter(|quoted| {
        ["src/", "vocabulary/", "lints/", "fixtures/", "tests/", "docs/"]
            .iter()
            .any(|folder| quoted.starts_with(folder))
    });
    let missing: Vec<&str> = paths.filter(|path| !path.contains('<') && !root().join(path).exists()).collect();
    assert!(missing.is_empty(), "README.md names files that are not there: {missing:?}");
}

#[test]
fn the_output_it_shows_is_what_the_fixtures_print() {
    let readme = readme();
    let (_, shown) = readme.split_once("```text\n").unwrap();
    let (shown, _) = shown.split_once("\n```").unwrap();
    let printed = fs::read_to_string(root().join("tests/snapshots/fixtures__neuropathic-pain.snap")).unwrap();
    assert!(printed.contains(shown), "README.md shows what is not printed:\n{shown}");
}

#[test]
fn the_lint_it_shows_is_a_lint() {
    let readme = readme();
    let (_, yaml) = readme.split_once("```yaml\n").unwrap();
    let (yaml, _) = yaml.split_once("```").unwrap();
    let lint = parse("lints/dose/start.yml", "dose/start", yaml).unwrap();
    assert_eq!(lint.examples.len(), 2);
}
