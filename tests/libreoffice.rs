//! Word documents that LibreOffice makes say what their sources say, and what
//! `review` makes of documents opens in it. `.ci/suites/word` installs it.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod word;

use roxmltree::{Document, Node};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;
use word::{Docx, b, item, p, r, run, table, tbl, tc, text, tr};

/// Articles, and what the website contradicts in them.
const SOURCES: [(&str, &str, &[&str]); 2] = [
    (
        "monograph",
        "fodt",
        &[
            "10 mg at night",
            "",
            "increase by 10 mg every week",
            "glaucoma",
            "50 mg daily",
            "Use with caution in epilepsy.",
        ],
    ),
    ("leaflet", "html", &["300\u{a0}mg once daily", "3600 mg daily"]),
];

fn source(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/word/sources").join(name)
}

/// Has LibreOffice, with a profile of its own, write files in another format
/// into a folder.
fn convert(profile: &Path, folder: &Path, files: &[PathBuf], format: &str, options: &[&str]) {
    let output = Command::new("soffice")
        .args(["--headless", "--norestore", &format!("-env:UserInstallation=file://{}", profile.display())])
        .args(options)
        .args(["--convert-to", format, "--outdir"])
        .arg(folder)
        .args(files)
        .output()
        .expect("LibreOffice is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let extension = format.split(':').next().unwrap();
    for file in files {
        let made = folder.join(file.file_name().unwrap()).with_extension(extension);
        assert!(made.is_file(), "{} cannot be opened: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    }
}

/// Makes documents of the sources.
fn make(profile: &Path, folder: &Path) {
    for (name, extension, _) in SOURCES {
        let filter: &[&str] = if extension == "html" { &["--infilter=HTML (StarWriter)"] } else { &[] };
        convert(profile, folder, &[source(&format!("{name}.{extension}"))], "docx:Office Open XML Text", filter);
    }
}

fn clinlint(arguments: &[&Path]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_clinlint")).args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The claims of a file, without their places.
fn claims(file: &Path) -> Vec<String> {
    let lines = clinlint(&[Path::new("claims"), file, Path::new("--format=jsonl")]);
    let claim = |line: &str| {
        let mut claim: Value = serde_json::from_str(line).unwrap();
        let claim = claim.as_object_mut().unwrap();
        ["file", "span", "quote"].iter().for_each(|place| drop(claim.remove(*place)));
        claim["value"].as_object_mut().unwrap().remove("condition_span");
        Value::Object(claim.clone()).to_string()
    };
    lines.lines().map(claim).collect()
}

/// The words that each comment of a flat OpenDocument stands at, in the order
/// of where it begins; a comment that stands at a point has none.
fn commented(fodt: &str) -> Vec<String> {
    let document = Document::parse(fodt).unwrap();
    let mut found: Vec<(String, bool, String)> = Vec::new();
    walk(document.root(), &mut found);
    found.into_iter().map(|(_, _, words)| words.trim().to_owned()).collect()
}

/// Name, whether it is open, and words of each comment.
fn walk(node: Node<'_, '_>, found: &mut Vec<(String, bool, String)>) {
    let name = || {
        let named = node.attributes().find(|attribute| attribute.name() == "name" && attribute.namespace().is_some());
        named.map(|attribute| attribute.value().to_owned()).unwrap_or_default()
    };
    match node.tag_name().name() {
        "annotation" => return found.push((name(), !name().is_empty(), String::new())),
        "annotation-end" => {
            let name = name();
            found.iter_mut().filter(|comment| comment.0 == name).for_each(|comment| comment.1 = false);
        }
        "note" => return,
        "s" => found.iter_mut().filter(|comment| comment.1).for_each(|comment| comment.2.push(' ')),
        _ => {}
    }
    if let Some(text) = node.text().filter(|_| node.is_text()) {
        found.iter_mut().filter(|comment| comment.1).for_each(|comment| comment.2.push_str(text));
    }
    node.children().for_each(|child| walk(child, found));
}

/// A document with everything that LibreOffice does not write itself.
fn by_hand() -> Docx {
    let anchor = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    Docx::new(
        [
            p("Titel", &r("Amitriptyline")),
            p("berschrift1", &r("Neuropathic pain")),
            p(
                "",
                &[
                    r("Start at "),
                    "<w:del w:id=\"1\" w:author=\"E\"><w:r><w:delText>50</w:delText></w:r></w:del>".to_owned(),
                    format!("<w:ins w:id=\"2\" w:author=\"E\">{}</w:ins>", b("10")),
                    r(" mg at night"),
                    anchor.to_owned(),
                    r(" &amp; go on."),
                ]
                .concat(),
            ),
            p("Dosis", &r("Contraindications")),
            item(0, &r("glaucoma")),
            p(
                "",
                &("<w:r><w:t>The maximum dose</w:t><w:tab/><w:t>is 75 mg daily.</w:t></w:r>".to_owned()
                    + &run("<w:vanish/>", "hidden")),
            ),
            tbl(&[
                tr(&[tc("<w:vMerge w:val=\"restart\"/>", &text("Amitriptyline")), tc("", &text("Phase"))]),
                tr(&[tc("<w:vMerge/>", &text("")), tc("", &text("Start"))]),
            ]),
            table(&[&["Phase", "Dose"], &["Maximum dose", "75 mg daily"]]),
        ]
        .concat(),
    )
    .with(
        "footnotes",
        "footnotes",
        &format!("<w:footnote w:id=\"2\">{}</w:footnote>", text("In older people start at 5 mg at night.")),
    )
    .with(
        "comments",
        "comments",
        "<w:comment w:id=\"0\" w:author=\"Editor\"><w:p><w:r><w:t>Kept</w:t></w:r></w:p></w:comment>",
    )
    .with_properties("Title", "2024-01-01T00:00:00Z")
}

#[test]
#[ignore = "needs LibreOffice"]
fn documents_say_what_their_sources_say_and_open_with_comments() {
    let temporary = TempDir::new().unwrap();
    let (profile, documents) = (temporary.path().join("profile"), temporary.path().join("documents"));
    make(&profile, &documents);
    for (name, _, _) in SOURCES {
        let expected = claims(&source(&format!("{name}.md")));
        assert!(expected.len() > 4, "{name}: {expected:#?}");
        assert_eq!(claims(&documents.join(format!("{name}.docx"))), expected, "{name}");
    }

    fs::write(documents.join("hand.docx"), by_hand().bytes()).unwrap();
    let out = documents.join("out");
    let names = ["monograph", "leaflet", "hand"];
    let originals = names.map(|name| documents.join(format!("{name}.docx")));
    let website = source("website.md");
    for original in &originals {
        clinlint(&[Path::new("review"), original, &website, Path::new("--output-dir"), &out]);
    }
    let copies = names.map(|name| out.join(format!("{name}.docx")));
    let texts = |files: &[PathBuf], name: &str| -> BTreeMap<&str, String> {
        let folder = documents.join(name);
        convert(&profile, &folder, files, "txt:Text", &[]);
        names.map(|name| (name, fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap())).into()
    };
    assert_eq!(texts(&copies, "after"), texts(&originals, "before"));

    convert(&profile, &out, &copies, "fodt", &[]);
    let words = |name: &str| commented(&fs::read_to_string(out.join(format!("{name}.fodt"))).unwrap());
    for (name, _, expected) in SOURCES {
        assert_eq!(words(name), expected, "{name}");
    }
    assert_eq!(words("hand"), ["10 mg at night", "", "glaucoma", "75 mg daily", "75 mg daily"]);
}
