//! `clinlint facts`: what every article says about a drug, in each format, and
//! which of the words typed are drugs.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn facts(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinlint"));
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env_remove("CI").arg("facts").args(arguments);
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn fixtures() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures"))
}

fn of_fixtures(arguments: &[&str]) -> String {
    let (status, out, err) = facts(fixtures(), arguments);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    out
}

/// Two articles that start amitriptyline differently, and one on another drug.
fn articles() -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("a.md", "# Amitriptyline\n\nStart amitriptyline at 10 mg at bedtime. Start it at 10 mg at bedtime.\n");
    write("b.md", "# Pain\n\nThe starting dose of amitriptyline is 50 mg at bedtime.\n");
    write("c.md", "# Gabapentin\n\nThe starting dose of gabapentin is 300 mg at night.\n");
    folder
}

#[test]
fn the_table_of_a_drug() {
    insta::assert_snapshot!(of_fixtures(&["amitriptyline", "neuropathic-pain"]));
}

#[test]
fn the_list_of_drugs() {
    insta::assert_snapshot!(of_fixtures(&["neuropathic-pain", "agreeing"]));
}

#[test]
fn rows_for_a_spreadsheet() {
    insta::assert_snapshot!(of_fixtures(&["sertraline", "clean", "--format", "csv"]).replace("\r\n", "\n"));
    let listed = of_fixtures(&["agreeing", "--format", "csv"]);
    assert!(
        listed.starts_with("\"drug\",\"articles\",\"statements\",\"disagreements\"\r\n\"levothyroxine\",\"2\","),
        "{listed}"
    );
}

#[test]
fn an_object_for_programs() {
    let folder = articles();
    let (_, out, _) = facts(folder.path(), &["amitriptyline", "--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&out).unwrap();
    let [drug] = read["drugs"].as_array().unwrap().as_slice() else { panic!("{out}") };
    assert_eq!(
        (&drug["drug"][0], &drug["articles"], &drug["disagreements"]),
        (&"amitriptyline".into(), &2.into(), &1.into())
    );
    let first = &drug["statements"][0];
    assert_eq!(
        (&first["facet"], &first["statement"], &first["file"]),
        (&"start".into(), &"10 mg a day".into(), &"./a.md".into())
    );
    assert_eq!(first["places"].as_array().unwrap().len(), 2, "both places of one statement");
    assert_eq!(first["places"][0]["quote"], "10 mg at bedtime");
    assert_eq!(first["disputes"][0]["side"], "A");
    assert_eq!(first["disputes"][0]["fingerprint"], read["disagreements"][0]["fingerprint"]);
    let (_, out, _) = facts(folder.path(), &["--format", "json"]);
    let read: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(read["drugs"][1]["drug"][0], "gabapentin");
    assert!(read["drugs"][1].get("statements").is_none() && read.get("disagreements").is_none());
}

#[test]
fn what_lies_on_the_disk_is_a_path_and_the_rest_are_drugs() {
    let folder = articles();
    let first = |arguments: &[&str]| facts(folder.path(), arguments).1.lines().next().unwrap_or_default().to_owned();
    assert!(first(&[]).starts_with("drug "));
    assert!(first(&["."]).starts_with("drug "));
    assert_eq!(first(&["Elavil", "a.md"]), "amitriptyline: 1 article, 0 disagreements");
    assert_eq!(first(&["a.md", "amitriptyline hydrochloride", "b.md"]), "amitriptyline: 2 articles, 1 disagreement");
    fs::create_dir(folder.path().join("gabapentin")).unwrap();
    fs::copy(folder.path().join("c.md"), folder.path().join("gabapentin/d.md")).unwrap();
    assert!(first(&["gabapentin"]).starts_with("drug "));
    assert_eq!(first(&["--drug", "gabapentin", "gabapentin"]), "gabapentin: 1 article, 0 disagreements");
}

#[test]
fn what_is_neither_drug_nor_path_is_named() {
    let folder = articles();
    let (status, out, err) = facts(folder.path(), &["amitriptiline"]);
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(err.contains("there is no drug `amitriptiline`") && err.contains("did you mean `amitriptyline`?"), "{err}");
    let (status, _, err) = facts(folder.path(), &["metformin"]);
    assert!(status == Some(2) && err.contains("no article says anything about metformin"), "{err}");
    for path in ["gone.md", "gone/articles"] {
        let (status, _, err) = facts(folder.path(), &[path]);
        assert!(status == Some(2) && err.contains("no such file or directory"), "{err}");
    }
}

#[test]
fn a_combination_is_shown_under_its_parts() {
    let folder = TempDir::new().unwrap();
    let text = "# Co-codamol\n\nCo-codamol is contraindicated in severe asthma.\n\n# Paracetamol\n\nThe maximum dose of paracetamol is 4 g a day.\n";
    fs::write(folder.path().join("a.md"), text).unwrap();
    let (_, out, _) = facts(folder.path(), &["paracetamol"]);
    let heads: Vec<&str> =
        out.lines().filter(|line| line.ends_with("disagreements") && !line.starts_with(' ')).collect();
    assert_eq!(heads, ["paracetamol: 1 article, 0 disagreements", "codeine + paracetamol: 1 article, 0 disagreements"]);
}

#[test]
fn hostile_text_is_harmless_in_every_format() {
    let folder = TempDir::new().unwrap();
    let text = "# Pain\n\nStart amitriptyline at 10 mg\u{1b}[2J\u{202e} ##[group] at bedtime.\n";
    fs::write(folder.path().join("=cmd|x!A1.md"), text).unwrap();
    for format in ["table", "csv", "json"] {
        let (status, out, err) = facts(folder.path(), &["amitriptyline", "=cmd|x!A1.md", "--format", format]);
        assert_eq!(status, Some(0), "{err}");
        assert!(!out.contains(['\u{1b}', '\u{202e}']) && !out.contains("##["), "{out:?}");
        assert!(format != "csv" || out.contains(",\"'=cmd|x!A1.md\","), "{out}");
    }
}
