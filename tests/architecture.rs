//! Data flows one way. Each stage knows only those before it.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order in which data flows through them.
const ORDER: &[&str] = &[
    "span",
    "quantity",
    "rounding",
    "dated",
    "work",
    "problem",
    "finding",
    "topic",
    "nearest",
    "paths",
    "write",
    "git",
    "word",
    "source",
    "text",
    "vocabulary",
    "mention",
    "claim",
    "slip",
    "compare",
    "lint",
    "suppression",
    "exchange",
    "cache",
    "config",
    "knowledge",
    "gate",
    "change",
    "fix",
    "facts",
    "report",
    "explain",
    "examples",
    "server",
    "cli",
    "settings",
    "run",
];

/// The map of the modules and the binary may know all of them.
const ROOTS: [&str; 2] = ["lib", "main"];

/// Modules after which the crate root may be used: they drive the pipeline.
const DRIVERS: &[&str] = &["examples", "server", "run"];

#[test]
fn no_stage_knows_a_later_one() {
    let mut backwards = Vec::new();
    for file in sources() {
        let module = module_of(&file);
        if ROOTS.contains(&module.as_str()) {
            continue;
        }
        let here = place(&module, &file);
        for name in named_modules(&without_comments(&read(&file))) {
            match ORDER.iter().position(|known| *known == name) {
                Some(there) if there <= here => {}
                Some(_) => backwards.push(format!("{} uses crate::{name}", shown(&file))),
                None if DRIVERS.contains(&module.as_str()) => {}
                None => backwards.push(format!("{} uses crate::{name}, which is no stage", shown(&file))),
            }
        }
    }
    assert!(backwards.is_empty(), "these edges point backwards:\n{}", backwards.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> =
        sources().iter().filter(|file| !read(file).starts_with("//! ")).map(|file| shown(file)).collect();
    assert!(silent.is_empty(), "these files do not begin with a `//!` comment: {silent:?}");
}

#[test]
fn only_the_terminal_report_knows_miette() {
    let knowing = sources().into_iter().filter(|file| without_comments(&read(file)).contains("miette"));
    let elsewhere: Vec<String> =
        knowing.map(|file| shown(&file)).filter(|file| !file.starts_with("src/report/human/")).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:?}");
}

#[test]
fn only_the_server_knows_the_protocol_of_editors() {
    let knows = |file: &PathBuf| {
        let text = without_comments(&read(file));
        text.contains("gen_lsp_types") || text.contains("lsp_server")
    };
    let elsewhere: Vec<String> = sources().iter().filter(|file| knows(file)).map(|file| shown(file)).collect();
    assert!(elsewhere.iter().all(|file| file.starts_with("src/server/")), "{elsewhere:?}");
}

#[test]
fn named_modules_are_found_in_every_way_of_writing() {
    let text = "use crate::span::Span;\nuse crate::{compare, lint::judge, report::{human, json}};\nlet x = crate::claim::value(y);";
    assert_eq!(named_modules(text), ["span", "compare", "lint", "report", "claim"]);
    assert_eq!(without_comments("a // crate::b\n/// crate::c\nd"), "a \n\nd\n");
}

/// The names that follow `crate::`, alone or in braces.
fn named_modules(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for after in text.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => names.extend(group_heads(group)),
            None => names.push(identifier(after)),
        }
    }
    names
}

/// The first name of each path of a group in braces.
fn group_heads(group: &str) -> Vec<String> {
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut path = String::new();
    for character in group.chars() {
        match character {
            '}' if depth == 0 => break,
            ',' if depth == 0 => heads.push(std::mem::take(&mut path)),
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if character != ',' || depth > 0 {
            path.push(character);
        }
    }
    heads.push(path);
    heads.iter().map(|path| identifier(path.trim_start())).filter(|name| !name.is_empty()).collect()
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|character| character.is_alphanumeric() || *character == '_').collect()
}

fn without_comments(text: &str) -> String {
    text.lines().map(|line| line.split("//").next().unwrap_or_default().to_owned() + "\n").collect()
}

/// The module of the crate root that a file belongs to.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str();
    Path::new(first).file_stem().unwrap().to_str().unwrap().to_owned()
}

fn place(module: &str, file: &Path) -> usize {
    let place = ORDER.iter().position(|known| *known == module);
    place.unwrap_or_else(|| panic!("{} belongs to no stage: add `{module}` to ORDER", shown(file)))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

/// Every Rust file below `src`, sorted.
fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
