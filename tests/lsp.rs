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
fn a_message_longer_than_any_memory_ends_the_session_and_nothing_else() {
    let mut editor = Editor::start();
    editor.send_raw(b"Content-Length: 18446744073709551615\r\n\r\n");
    assert_eq!(editor.wait_for_end().code(), Some(1));
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

#[test]
fn a_position_is_adopted_with_a_look_at_each_change() {
    let articles = Articles::three();
    fs::write(articles.path("clinlint.yml"), "references: [monograph.md]\n").unwrap();
    let other = GUIDELINE.replace("Nerve pain", "Other page");
    fs::write(articles.path("other.md"), &other).unwrap();
    let mut editor = Editor::on(&articles.root, &pulling(), &Value::Null);
    editor.hear("workspace/diagnostic/refresh");
    let guideline = articles.path("guideline.md");
    editor.open(&guideline, GUIDELINE);
    let all = actions(&mut editor, &guideline, 2, 87, &["quickfix"]);
    let titles: Vec<&str> = all.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(
        titles,
        [
            "Use 10 mg as in monograph.md",
            "Use 10 mg as in monograph.md in every article that says 50 mg (2)",
            "Keep this dose/start here, and say why",
        ]
    );
    let one = &all[0]["edit"]["documentChanges"];
    assert_eq!(one[0]["textDocument"], json!({"uri": uri(&guideline), "version": 1}));
    let everywhere = &all[1]["edit"];
    assert_eq!(everywhere["documentChanges"].as_array().unwrap().len(), 2);
    assert_eq!(everywhere["documentChanges"][1]["textDocument"]["version"], Value::Null);
    assert_eq!(everywhere["changeAnnotations"]["clinlint"]["needsConfirmation"], true);
    let edit = &everywhere["documentChanges"][0]["edits"][0];
    assert_eq!((&edit["newText"], &edit["annotationId"]), (&json!("10 mg"), &json!("clinlint")));
    assert_eq!(apply(GUIDELINE, one[0]["edits"].as_array().unwrap()), GUIDELINE.replace("50 mg", "10 mg"));
    // The monograph is what the others are held to.
    editor.open(&articles.path("monograph.md"), MONOGRAPH);
    assert_eq!(actions(&mut editor, &articles.path("monograph.md"), 2, 60, &["quickfix"]), [] as [Value; 0]);
    assert!(editor.end().success());
}

#[test]
fn several_articles_are_changed_only_where_the_editor_asks_first() {
    let articles = Articles::three();
    let mut editor = Editor::on(&articles.root, &pushed(), &Value::Null);
    editor.open(&articles.path("monograph.md"), MONOGRAPH);
    editor.diagnostics_of(&articles.path("monograph.md"), |one| codes(one) == ["dose/start"]);
    let all = actions(&mut editor, &articles.path("monograph.md"), 2, 60, &["quickfix"]);
    let titles: Vec<&str> = all.iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["Use 50 mg as in guideline.md", "Keep this dose/start here, and say why"]);
    assert!(all[0]["edit"]["changes"].is_object(), "an editor that knows no more gets plain edits: {}", all[0]);
    assert!(editor.end().success());
}

#[test]
fn a_finding_is_kept_once_somebody_says_why() {
    let articles = Articles::three();
    let mut editor = Editor::on(&articles.root, &pulling(), &Value::Null);
    editor.hear("workspace/diagnostic/refresh");
    let guideline = articles.path("guideline.md");
    editor.open(&guideline, GUIDELINE);
    let all = actions(&mut editor, &guideline, 2, 87, &["quickfix"]);
    let keep = all.iter().find(|action| action["title"].as_str().unwrap().starts_with("Keep")).unwrap();
    let kept = apply(GUIDELINE, keep["edit"]["documentChanges"][0]["edits"].as_array().unwrap());
    editor.replace(&guideline, 2, &kept);
    let messages = |editor: &mut Editor| -> Vec<String> {
        let report = editor.ask("textDocument/diagnostic", json!({"textDocument": {"uri": uri(&guideline)}}));
        let items = report["items"].as_array().unwrap();
        items.iter().map(|one| one["message"].as_str().unwrap().to_owned()).collect()
    };
    let before = messages(&mut editor);
    assert_eq!(before.len(), 2, "{before:?}");
    assert!(before[1].starts_with("a suppression of dose/start without a reason: it does not hold"), "{before:?}");
    editor.replace(&guideline, 3, &kept.replace("--  -->", "-- inpatients start higher -->"));
    assert_eq!(messages(&mut editor), [""; 0]);
    assert!(editor.end().success());
}

#[test]
fn notation_is_mended() {
    let text = "# Warfarin\n\nStart warfarin at 5.0 mg once daily.\n";
    let articles = Articles::new(&[("a.md", text)]);
    let mut editor = Editor::on(&articles.root, &pulling(), &Value::Null);
    editor.hear("workspace/diagnostic/refresh");
    editor.open(&articles.path("a.md"), text);
    let all = actions(&mut editor, &articles.path("a.md"), 2, 19, &["quickfix"]);
    assert_eq!((&all[0]["title"], &all[0]["isPreferred"]), (&json!("Write `5`"), &json!(true)), "{all:#?}");
    let mended = apply(text, all[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap());
    assert_eq!(mended, text.replace("5.0", "5"));
    let whole = actions(&mut editor, &articles.path("a.md"), 0, 0, &["source.fixAll"]);
    assert_eq!(whole[0]["kind"], "source.fixAll.clinlint");
    assert_eq!(apply(text, whole[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap()), mended);
    assert!(editor.end().success());
}

#[test]
fn symbols_lenses_and_hints_tell_what_is_stated() {
    let text = "# Pain\n\nThe usual dose of gabapentin is 300 mg three times a day.\n\nStart amitriptyline for \
                neuropathic pain at 10 mg at bedtime.\n";
    let articles = Articles::three();
    fs::write(articles.path("pain.md"), text).unwrap();
    let mut editor = Editor::on(&articles.root, &pulling(), &json!({"inlayHints": true}));
    editor.hear("workspace/diagnostic/refresh");
    let pain = articles.path("pain.md");
    editor.open(&pain, text);
    let document = json!({"textDocument": {"uri": uri(&pain)}});
    let symbols = editor.ask("textDocument/documentSymbol", document.clone());
    let names: Vec<&str> = symbols.as_array().unwrap().iter().map(|symbol| symbol["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["amitriptyline", "gabapentin"]);
    assert_eq!(symbols[1]["children"].as_array().unwrap().len(), 1);
    let found = editor.ask("workspace/symbol", json!({"query": "amitript 10"}));
    let places: Vec<&str> =
        found.as_array().unwrap().iter().map(|one| one["containerName"].as_str().unwrap()).collect();
    assert_eq!(places, ["leaflet.md", "monograph.md", "pain.md"]);
    let lenses = editor.ask("textDocument/codeLens", document);
    let titles: Vec<String> = lenses
        .as_array()
        .unwrap()
        .clone()
        .into_iter()
        .map(|lens| editor.ask("codeLens/resolve", lens)["command"]["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(titles, ["stated nowhere else", "agrees with 2, contradicts 1"]);
    let range = json!({"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}});
    let hints = editor.ask("textDocument/inlayHint", json!({"textDocument": {"uri": uri(&pain)}, "range": range}));
    assert_eq!(hints.as_array().unwrap().len(), 1, "{hints}");
    assert_eq!(hints[0]["label"], "= 900 mg a day");
    assert!(editor.end().success());
}

fn actions(editor: &mut Editor, path: &Path, line: usize, character: usize, only: &[&str]) -> Vec<Value> {
    let at = json!({"line": line, "character": character});
    let result = editor.ask(
        "textDocument/codeAction",
        json!({
            "textDocument": {"uri": uri(path)}, "range": {"start": at, "end": at},
            "context": {"diagnostics": [], "only": only},
        }),
    );
    result.as_array().unwrap().clone()
}

/// The text after edits that count bytes, as an editor makes them.
fn apply(text: &str, edits: &[Value]) -> String {
    let offset = |place: &Value| {
        let line = place["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        start + place["character"].as_u64().unwrap() as usize
    };
    let mut text_after = text.to_owned();
    let mut edits: Vec<&Value> = edits.iter().collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(offset(&edit["range"]["start"])));
    for edit in edits {
        let (start, end) = (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]));
        text_after.replace_range(start..end, edit["newText"].as_str().unwrap());
    }
    text_after
}
