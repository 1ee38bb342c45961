//! How long an editor waits for diagnostics after a keystroke, and how much
//! memory the server takes.
//!
//! ```text
//! cargo bench --bench editor -- [FOLDER] [EDITS]
//! ```
//!
//! Random edits are typed into random articles of the folder; nothing on disk
//! changes. A time is that from sending the change until its diagnostics are
//! read.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by it")]

#[path = "../tests/editor/mod.rs"]
mod editor;
#[path = "../tests/editor/random.rs"]
mod random;

use editor::{Editor, pushed, uri};
use random::Random;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let Some(folder) = arguments.first() else {
        println!("no folder of articles is given");
        return;
    };
    let edits: usize = arguments.get(1).map_or(2000, |edits| edits.parse().unwrap());
    let folder = Path::new(folder).canonicalize().unwrap();
    let mut capabilities = pushed();
    capabilities["window"] = json!({"workDoneProgress": true});
    let begun = Instant::now();
    let mut editor = Editor::on(&folder, &capabilities, &Value::Null);
    while editor.hear("$/progress")["value"]["kind"] != "end" {}
    println!("first reading: {:.1} s", begun.elapsed().as_secs_f64());
    let articles = articles(&folder);
    println!("{} articles; memory after reading: {}", articles.len(), memory(editor.process()));
    let mut random = Random::new(1);
    let mut times: Vec<(Duration, PathBuf)> = Vec::new();
    while times.len() < edits {
        let path = &articles[random.below(articles.len())];
        let Ok(mut text) = fs::read_to_string(path) else { continue };
        editor.open(path, &text);
        editor.diagnostics_of(path, |one| one["version"] == 1);
        for version in 2..22 {
            let change = random.edit(&mut text);
            let sent = Instant::now();
            editor.tell(
                "textDocument/didChange",
                json!({"textDocument": {"uri": uri(path), "version": version}, "contentChanges": [change]}),
            );
            editor.diagnostics_of(path, |one| one["version"] == version);
            times.push((sent.elapsed(), path.clone()));
        }
        editor.close(path);
    }
    times.sort();
    let at = |share: f64| &times[((times.len() - 1) as f64 * share) as usize];
    for (name, share) in [("median", 0.5), ("95th percentile", 0.95), ("99th percentile", 0.99), ("longest", 1.0)] {
        let (time, path) = at(share);
        println!("{name}: {:.1} ms ({})", time.as_secs_f64() * 1000.0, path.strip_prefix(&folder).unwrap().display());
    }
    println!("{} edits; memory after them: {}", times.len(), memory(editor.process()));
    assert!(editor.end().success());
}

fn articles(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.extension().and_then(|extension| extension.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("md" | "html" | "txt") => found.push(path),
                _ => {}
            }
        }
    }
    found.sort();
    found
}

/// Memory now and at most, as Linux tells it.
fn memory(process: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let of = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
        let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap_or_default();
        kibibytes / 1024
    };
    format!("{} MiB, {} MiB at most", of("VmRSS:"), of("VmHWM:"))
}
