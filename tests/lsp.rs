//! The server for editors, spoken to over its pipes.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod editor;

use editor::{Editor, passages_of_check, passages_of_server, pulling, pushed, uri};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const MONOGRAPH: &str =
    "# Amitriptyline\n\nThe starting dose of amitriptyline for neuropathic pain is 10 mg at bedtime.\n";
const GUIDELINE: &str =
    "# Nerve pain\n\nNaïve 💊 patients: the starting dose of amitriptyline for neuropathic pain is 50 mg at bedtime.\n";
const LEAFLET: &str = "# Leaflet\n\nStart amitriptyline for neuropathic pain at 10 mg at bedtime.\n";

/// A folder with articles; the first contradicts the others.
struct Articles {
    _folder: TempDir,
    root: PathBuf,
}

impl Articles {
    fn new(articles: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for (name, text) in articles {
            fs::write(root.join(name), text).unwrap();
        }
        Self { _folder: folder, root }
    }

    fn three() -> Self {
        Self::new(&[("guideline.md", GUIDELINE), ("leaflet.md", LEAFLET), ("monograph.md", MONOGRAPH)])
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}

fn codes(published: &Value) -> Vec<&str> {
    published["diagnostics"].as_array().unwrap().iter().filter_map(|one| one["code"].as_str()).collect()
}

#[test]
fn findings_are_those_of_the_command_line() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").canonicalize().unwrap();
    let mut found = 0;
    for folder in fs::read_dir(&fixtures).unwrap().map(|entry| entry.unwrap().path()) {
        for confidence in ["low", "medium"] {
            let mut editor = Editor::on(&folder, &pulling(), &json!({"confidence": confidence}));
            editor.hear("workspace/diagnostic/refresh");
            let expected = passages_of_check(&folder, &["--confidence", confidence]);
            assert_eq!(passages_of_server(&mut editor), expected, "{}", folder.display());
            found += expected.len();
            assert!(editor.end().success());
        }
    }
    assert!(found > 20, "the fixtures hold something to find");
}

#[test]
fn an_open_article_gets_both_ends_of_a_contradiction() {
    let articles = Articles::three();
    let mut editor = Editor::on(&articles.root, &pushed(), &Value::Null);
    editor.open(&articles.path("guideline.md"), GUIDELINE);
    let published = editor.diagnostics_of(&articles.path("guideline.md"), |one| codes(one) == ["dose/start"]);
    let one = &published["diagnostics"][0];
    // The emoji counts as two code units, the accented letter as one.
    assert_eq!(one["range"]["start"], json!({"line": 2, "character": 78}));
    assert_eq!((&one["severity"], &one["source"]), (&json!(1), &json!("clinlint")));
    let related = one["relatedInformation"].as_array().unwrap();
    let places: Vec<&str> = related.iter().map(|other| other["location"]["uri"].as_str().unwrap()).collect();
    assert_eq!(places, [uri(&articles.path("leaflet.md")), uri(&articles.path("monograph.md"))]);
    // The other end, unsaved text included.
    editor.open(&articles.path("monograph.md"), MONOGRAPH);
    editor.diagnostics_of(&articles.path("monograph.md"), |one| codes(one) == ["dose/start"]);
    editor.replace(&articles.path("monograph.md"), 2, &MONOGRAPH.replace("10 mg", "50 mg"));
    let mended = |one: &Value| one["version"] == 2;
    let moved = editor.diagnostics_of(&articles.path("monograph.md"), mended);
    assert_eq!(moved["diagnostics"][0]["relatedInformation"].as_array().unwrap().len(), 2);
    editor.close(&articles.path("leaflet.md"));
    assert!(editor.end().success());
}

#[test]
fn edits_are_applied_in_order_and_in_code_units() {
    let articles = Articles::three();
    let mut editor = Editor::on(&articles.root, &pushed(), &Value::Null);
    let path = articles.path("guideline.md");
    editor.open(&path, GUIDELINE);
    editor.diagnostics_of(&path, |one| codes(one) == ["dose/start"]);
    let at = |character: u32| json!({"line": 2, "character": character});
    editor.tell(
        "textDocument/didChange",
        json!({"textDocument": {"uri": uri(&path), "version": 2}, "contentChanges": [
            {"range": {"start": at(6), "end": at(8)}, "text": "new"},
            {"range": {"start": at(79), "end": at(81)}, "text": "10"},
        ]}),
    );
    let published = editor.diagnostics_of(&path, |one| one["version"] == 2);
    assert_eq!(codes(&published), [""; 0], "{published}");
    assert!(editor.end().success());
}

#[test]
fn facts_are_shown_and_found() {
    let articles = Articles::three();
    fs::write(articles.path("clinlint.yml"), "references: [monograph.md]\n").unwrap();
    let mut editor = Editor::on(&articles.root, &pulling(), &Value::Null);
    editor.hear("workspace/diagnostic/refresh");
    let guideline = articles.path("guideline.md");
    editor.open(&guideline, GUIDELINE);
    let hover = editor.ask_at("textDocument/hover", &guideline, 2, 84);
    let text = hover["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("**amitriptyline: 50 mg"), "{text}");
    assert!(text.contains("Contradicted by:\n\n- 10 mg"), "{text}");
    assert!(text.contains("[leaflet.md:3]") && text.contains("[monograph.md:3]"), "{text}");
    assert!(text.contains("(reference)"), "{text}");
    let definition = editor.ask_at("textDocument/definition", &guideline, 2, 84);
    assert_eq!(definition[0]["uri"], uri(&articles.path("monograph.md")));
    assert_eq!(definition.as_array().unwrap().len(), 1);
    let references = editor.ask_at("textDocument/references", &guideline, 2, 84);
    assert_eq!(references.as_array().unwrap().len(), 3);
    assert_eq!(editor.ask_at("textDocument/hover", &guideline, 0, 3), Value::Null);
    assert!(editor.end().success());
}

#[test]
fn what_is_no_message_does_not_end_the_server() {
    let articles = Articles::three();
    let mut editor = Editor::on(&articles.root, &pulling(), &Value::Null);
    editor.send_raw(b"Content-Length: 9\r\n\r\n{\"id\": 1,");
    editor.hear("window/logMessage");
    editor.tell("textDocument/didOpen", json!({"textDocument": 3}));
    editor.hear("window/logMessage");
    editor.tell("$/unheardOf", json!([]));
    let id = editor.begin("textDocument/hover", json!({"position": "here"}));
    assert_eq!(editor.answer(id)["error"]["code"], -32602);
    let id = editor.begin("textDocument/unheardOf", json!({}));
    assert_eq!(editor.answer(id)["error"]["code"], -32601);
    assert!(editor.end().success());
}

#[test]
fn the_order_of_a_session_is_kept() {
    let mut editor = Editor::start();
    let id = editor.begin("textDocument/hover", json!({}));
    assert_eq!(editor.answer(id)["error"]["code"], -32002, "nothing before initialize");
    editor.initialize(&json!(null), &pulling(), &Value::Null);
    editor.ask("shutdown", Value::Null);
    let id = editor.begin("textDocument/hover", json!({}));
    assert_eq!(editor.answer(id)["error"]["code"], -32600, "nothing after shutdown");
    editor.tell("exit", Value::Null);
    assert_eq!(editor.wait_for_end().code(), Some(0));

    let mut editor = Editor::start();
    editor.initialize(&json!(null), &pulling(), &Value::Null);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.wait_for_end().code(), Some(1), "exit without shutdown");
    let mut editor = Editor::start();
    editor.initialize(&json!(null), &pulling(), &Value::Null);
    assert_eq!(editor.wait_for_end().code(), Some(1), "the editor is gone");
}
