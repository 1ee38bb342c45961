//! A long session with an editor: whatever is typed, saved, renamed and
//! deleted, the findings are those of a fresh run of the command line, and the
//! memory does not grow.
//!
//! `CLINLINT_SESSION=10000 cargo test --release --test lsp_session` makes it as
//! long as a week of work; `CLINLINT_SESSION_FOLDERS` names folders of other
//! articles, as PATH does.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod editor;
#[path = "editor/random.rs"]
mod random;

use editor::{Editor, passages_of_check, passages_of_server, pulling, uri};
use random::Random;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// The edits after which findings are held to a fresh run.
const STEP: usize = 100;

#[test]
fn a_long_session_finds_what_a_fresh_run_finds() {
    let edits: usize = std::env::var("CLINLINT_SESSION").map_or(300, |edits| edits.parse().unwrap());
    let mut session = Session::begin();
    let mut settled = None;
    let mut compared = 0;
    for edit in 1..=edits {
        session.step();
        if edit % STEP == 0 {
            compared += session.compare(edit);
        }
        // Everything that is kept has been asked for by then.
        if edit == 2000 {
            settled = session.memory();
        }
    }
    assert!(compared > 0, "the articles contradict each other");
    println!("{edits} edits, {compared} passages compared, memory {settled:?} then {:?} KiB", session.memory());
    if let Some((before, after)) = settled.zip(session.memory()).filter(|_| edits >= 10_000) {
        assert!(after * 10 <= before * 11, "memory grew from {before} to {after} KiB");
    }
    assert!(session.editor.end().success());
}

/// The folders of articles that are edited.
fn folders() -> Vec<PathBuf> {
    if let Ok(folders) = std::env::var("CLINLINT_SESSION_FOLDERS") {
        return std::env::split_paths(&folders).collect();
    }
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    ["neuropathic-pain", "clean", "difficult-text"].map(|name| fixtures.join(name)).to_vec()
}

/// The editor with its texts, and the files on disk.
struct Session {
    editor: Editor,
    _folder: TempDir,
    root: PathBuf,
    /// A second folder, for the texts as the command line is to see them.
    mirror: TempDir,
    random: Random,
    /// What each file said at first, by its name at first.
    originals: BTreeMap<String, String>,
    /// The open texts: text, the text before the last edit, version.
    open: BTreeMap<String, (String, String, i64)>,
    renamed: usize,
}

impl Session {
    fn begin() -> Self {
        let folder = TempDir::new().unwrap();
        let root = folder.path().canonicalize().unwrap();
        let mut originals = BTreeMap::new();
        for folder in folders() {
            let name = folder.file_name().unwrap().to_str().unwrap();
            for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
                // The configuration of a fixture is not that of all.
                let Ok(text) = fs::read_to_string(&path) else { continue };
                let file = path.file_name().unwrap().to_str().unwrap();
                if !file.ends_with(".yml") && !file.starts_with('.') {
                    // The names of test files need no escapes.
                    let file = format!("{name}-{file}")
                        .replace(|letter: char| !letter.is_ascii_alphanumeric() && letter != '.', "-");
                    fs::write(root.join(&file), &text).unwrap();
                    originals.insert(file, text);
                }
            }
        }
        assert!(originals.len() > 5);
        fs::write(root.join("clinlint.yml"), "confidence: low\n").unwrap();
        let mut editor = Editor::on(&root, &pulling(), &Value::Null);
        editor.hear("workspace/diagnostic/refresh");
        let mirror = TempDir::new().unwrap();
        let random = Random::new(7);
        Self { editor, _folder: folder, root, mirror, random, originals, open: BTreeMap::new(), renamed: 0 }
    }

    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(&self.root).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.filter(|name| !name.ends_with(".yml")).collect();
        names.sort();
        names
    }

    /// Does something that an editor does.
    fn step(&mut self) {
        match self.random.below(40) {
            0 => self.save(),
            1 => self.close(),
            2 => self.rename(),
            3 => self.delete_or_restore(),
            4..=7 => self.undo(),
            _ => self.edit(),
        }
    }

    /// Some open text; opens one where there are few.
    fn some(&mut self) -> Option<String> {
        let files = self.files();
        if self.open.len() < 4 {
            let name = files[self.random.below(files.len())].clone();
            if !self.open.contains_key(&name)
                && let Ok(text) = fs::read_to_string(self.root.join(&name))
            {
                self.editor.open(&self.root.join(&name), &text);
                self.open.insert(name.clone(), (text.clone(), text, 1));
                return Some(name);
            }
        }
        let at = self.random.below(self.open.len());
        self.open.keys().nth(at).cloned()
    }

    fn edit(&mut self) {
        let Some(name) = self.some() else { return };
        let path = self.root.join(&name);
        let (text, before, version) = self.open.get_mut(&name).unwrap();
        before.clone_from(text);
        *version += 1;
        // The editor of this test counts bytes.
        let change = self.random.edit_in_bytes(text);
        let params = json!({"textDocument": {"uri": uri(&path), "version": version}, "contentChanges": [change]});
        self.editor.tell("textDocument/didChange", params);
    }

    fn undo(&mut self) {
        let Some(name) = self.some() else { return };
        let original = self.originals.get(&name).filter(|_| self.random.below(2) == 0).cloned();
        let (text, before, version) = self.open.get_mut(&name).unwrap();
        *text = original.unwrap_or_else(|| before.clone());
        *version += 1;
        self.editor.replace(&self.root.join(&name), *version, text);
    }

    fn save(&mut self) {
        let Some(name) = self.some() else { return };
        let path = self.root.join(&name);
        fs::write(&path, &self.open[&name].0).unwrap();
        self.editor.tell("textDocument/didSave", json!({"textDocument": {"uri": uri(&path)}}));
        self.watched(&[(&name, 2)]);
    }

    fn close(&mut self) {
        let Some(name) = self.some() else { return };
        self.open.remove(&name);
        self.editor.close(&self.root.join(&name));
    }

    fn rename(&mut self) {
        let Some(name) = self.some() else { return };
        self.renamed += 1;
        let (_, extension) = name.rsplit_once('.').unwrap();
        let new = format!("renamed-{}.{extension}", self.renamed % 7);
        if self.root.join(&new).exists() {
            return;
        }
        let (text, before, _) = self.open.remove(&name).unwrap();
        fs::rename(self.root.join(&name), self.root.join(&new)).unwrap();
        self.editor.close(&self.root.join(&name));
        self.editor.open(&self.root.join(&new), &text);
        let files = json!([{"oldUri": uri(&self.root.join(&name)), "newUri": uri(&self.root.join(&new))}]);
        self.editor.tell("workspace/didRenameFiles", json!({"files": files}));
        self.open.insert(new.clone(), (text, before, 1));
        self.watched(&[(&name, 3), (&new, 1)]);
    }

    fn delete_or_restore(&mut self) {
        let missing: Vec<(String, String)> = self
            .originals
            .iter()
            .filter(|(name, _)| !self.root.join(name).exists() && !self.open.contains_key(*name))
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect();
        if missing.len() > 3 {
            let (name, text) = &missing[self.random.below(missing.len())];
            fs::write(self.root.join(name), text).unwrap();
            self.watched(&[(name, 1)]);
            return;
        }
        let Some(name) = self.some() else { return };
        self.open.remove(&name);
        fs::remove_file(self.root.join(&name)).unwrap();
        self.watched(&[(&name, 3)]);
        self.editor.close(&self.root.join(&name));
    }

    fn watched(&mut self, changes: &[(&str, u32)]) {
        let changes: Vec<Value> =
            changes.iter().map(|(name, kind)| json!({"uri": uri(&self.root.join(name)), "type": kind})).collect();
        self.editor.tell("workspace/didChangeWatchedFiles", json!({"changes": changes}));
    }

    /// Holds the findings to those of the command line on the same texts; gives
    /// how many passages there were.
    fn compare(&mut self, edit: usize) -> usize {
        let mirror = self.mirror.path().canonicalize().unwrap();
        for entry in fs::read_dir(&mirror).unwrap() {
            fs::remove_file(entry.unwrap().path()).unwrap();
        }
        fs::copy(self.root.join("clinlint.yml"), mirror.join("clinlint.yml")).unwrap();
        for name in self.files() {
            fs::copy(self.root.join(&name), mirror.join(&name)).unwrap();
        }
        for (name, (text, _, _)) in &self.open {
            fs::write(mirror.join(name), text).unwrap();
        }
        let without = |passages: BTreeSet<String>, root: &Path| -> BTreeSet<String> {
            passages.iter().map(|passage| passage.replacen(root.to_str().unwrap(), "", 1)).collect()
        };
        let expected = without(passages_of_check(&mirror, &[]), &mirror);
        let mut found = BTreeSet::new();
        // Files that changed on disk are read in the background.
        for _ in 0..200 {
            found = without(passages_of_server(&mut self.editor), &self.root);
            if found == expected {
                self.editor.forget();
                return expected.len();
            }
            thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(found, expected, "after {edit} edits");
        0
    }

    /// The memory of the server in KiB, where the system tells it.
    fn memory(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.editor.process())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }
}
