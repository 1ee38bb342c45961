//! An editor, as far as the server can tell: it speaks the protocol over the
//! pipes of the binary.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]
#![allow(dead_code, reason = "not every test needs all of it")]
#![allow(clippy::needless_pass_by_value, reason = "literals read better without a reference")]

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// Longer than anything takes: a test that waits so long has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A running server and what it said that nobody has looked at.
pub struct Editor {
    process: Child,
    input: Option<ChildStdin>,
    said: Receiver<Value>,
    kept: Vec<Value>,
    next: i64,
}

/// What an editor can do that asks for diagnostics and counts bytes.
pub fn pulling() -> Value {
    json!({
        "general": {"positionEncodings": ["utf-8", "utf-16"]},
        "textDocument": {"diagnostic": {"codeDescriptionSupport": true}},
        "workspace": {
            "diagnostics": {"refreshSupport": true},
            "workspaceEdit": {"documentChanges": true, "changeAnnotationSupport": {}},
        },
    })
}

/// What an editor can do that is sent diagnostics and counts code units.
pub fn pushed() -> Value {
    json!({"textDocument": {"publishDiagnostics": {"relatedInformation": true, "versionSupport": true}}})
}

pub fn uri(path: &Path) -> String {
    // The names of test folders and fixtures need no escapes.
    format!("file://{}", path.to_str().unwrap())
}

impl Editor {
    /// Starts a server that was told nothing yet.
    pub fn start() -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_clinlint"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let (sender, said) = channel();
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self { process, input, said, kept: Vec::new(), next: 0 }
    }

    /// Starts a server on a folder.
    pub fn on(folder: &Path, capabilities: &Value, options: &Value) -> Self {
        let mut editor = Self::start();
        let folders = json!([{"uri": uri(folder), "name": "articles"}]);
        editor.initialize(&folders, capabilities, options);
        editor
    }

    pub fn initialize(&mut self, folders: &Value, capabilities: &Value, options: &Value) -> Value {
        let result = self.ask(
            "initialize",
            json!({
                "processId": null, "rootUri": null, "workspaceFolders": folders,
                "capabilities": capabilities, "initializationOptions": options,
            }),
        );
        self.tell("initialized", json!({}));
        result
    }

    /// Sends bytes as they are.
    pub fn send_raw(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes).unwrap();
        input.flush().unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks without waiting for the answer; returns the number of the question.
    pub fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.next, "method": method, "params": params}));
        self.next
    }

    /// The whole answer to a question.
    pub fn answer(&mut self, id: i64) -> Value {
        self.wait(|said| said["id"] == id && said.get("method").is_none())
    }

    /// The result of a question.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// Waits for a request or notification of the server, and answers a request.
    pub fn hear(&mut self, method: &str) -> Value {
        let said = self.wait(|said| said["method"] == method);
        if let Some(id) = said.get("id") {
            self.send(&json!({"jsonrpc": "2.0", "id": id, "result": null}));
        }
        said["params"].clone()
    }

    /// Waits for the diagnostics of a file that pass a test.
    pub fn diagnostics_of(&mut self, path: &Path, test: impl Fn(&Value) -> bool) -> Value {
        let uri = uri(path);
        let is_it = |said: &Value| {
            said["method"] == "textDocument/publishDiagnostics" && said["params"]["uri"] == uri && test(&said["params"])
        };
        self.wait(is_it)["params"].clone()
    }

    /// Lets go of everything said so far that nobody has looked at.
    pub fn forget(&mut self) {
        self.kept.clear();
        self.said.try_iter().for_each(drop);
    }

    fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is_it) {
            return self.kept.remove(at);
        }
        loop {
            let said =
                self.said.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("nothing came; kept: {:#?}", self.kept));
            if is_it(&said) {
                return said;
            }
            self.kept.push(said);
        }
    }

    pub fn open(&mut self, path: &Path, text: &str) {
        self.tell(
            "textDocument/didOpen",
            json!({"textDocument": {"uri": uri(path), "languageId": "markdown", "version": 1, "text": text}}),
        );
    }

    /// Puts a whole text in the place of an open one.
    pub fn replace(&mut self, path: &Path, version: i64, text: &str) {
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": {"uri": uri(path), "version": version}, "contentChanges": [{"text": text}]}),
        );
    }

    pub fn close(&mut self, path: &Path) {
        self.tell("textDocument/didClose", json!({"textDocument": {"uri": uri(path)}}));
    }

    /// Asks about a place of an open text.
    pub fn ask_at(&mut self, method: &str, path: &Path, line: usize, character: usize) -> Value {
        let position = json!({"line": line, "character": character});
        let context = json!({"includeDeclaration": true});
        self.ask(method, json!({"textDocument": {"uri": uri(path)}, "position": position, "context": context}))
    }

    /// All diagnostics of all articles, once those that there are were read.
    pub fn all_diagnostics(&mut self) -> Vec<(PathBuf, Value)> {
        let report = self.ask("workspace/diagnostic", json!({"previousResultIds": []}));
        let mut found = Vec::new();
        for item in report["items"].as_array().unwrap() {
            let path = PathBuf::from(item["uri"].as_str().unwrap().strip_prefix("file://").unwrap());
            found.extend(item["items"].as_array().unwrap().iter().map(|one| (path.clone(), one.clone())));
        }
        found
    }

    /// Ends the session as the protocol asks for.
    pub fn end(mut self) -> ExitStatus {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.process.wait().unwrap()
    }

    /// Waits until the server ends by itself.
    pub fn wait_for_end(mut self) -> ExitStatus {
        self.input = None;
        self.process.wait().unwrap()
    }

    pub fn process(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // A server that has ended cannot be ended again.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    Some(serde_json::from_slice(&body).unwrap())
}

/// The passages of all findings of the server, one line each. The editor counts
/// bytes.
pub fn passages_of_server(editor: &mut Editor) -> BTreeSet<String> {
    let mut passages = BTreeSet::new();
    for (path, diagnostic) in editor.all_diagnostics() {
        let Some(code) = diagnostic["code"].as_str() else { continue };
        let (start, data) = (&diagnostic["range"]["start"], &diagnostic["data"]);
        let place = format!("{}:{}:{}", path.display(), start["line"], start["character"]);
        let others = diagnostic["relatedInformation"].as_array().unwrap().len();
        passages.insert(format!(
            "{place} {} {code} {} {} {} {} {} +{others}",
            diagnostic["severity"],
            data["confidence"],
            diagnostic["message"],
            data["group"],
            data["statement"],
            data["fingerprint"],
        ));
    }
    passages
}

/// The same of `clinlint check` in a folder, whose files hold the same texts.
pub fn passages_of_check(folder: &Path, arguments: &[&str]) -> BTreeSet<String> {
    let run = Command::new(env!("CARGO_BIN_EXE_clinlint"))
        .args([&["check", "--format", "json"], arguments].concat())
        .current_dir(folder)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&run.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&run.stderr)));
    let mut passages = BTreeSet::new();
    for finding in report["diagnostics"].as_array().unwrap() {
        let labels = finding["labels"].as_array().unwrap();
        for label in labels.iter().filter(|label| !label["group"].is_null()) {
            let path = folder.join(label["file"].as_str().unwrap().trim_start_matches("./"));
            let bytes = fs::read(&path).unwrap();
            let start = label["span"]["start"].as_u64().unwrap() as usize;
            let before = &bytes[..start];
            let line = before.iter().filter(|byte| **byte == b'\n').count();
            let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
            // Editors do not show a byte order mark.
            let mark = if line == 0 && bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            let severity = match finding["severity"].as_str().unwrap() {
                _ if label["reference"] == true => 3,
                "error" => 1,
                "warning" => 2,
                _ => 3,
            };
            let place = format!("{}:{line}:{}", path.display(), start - line_start - mark);
            passages.insert(format!(
                "{place} {severity} {} {} {} {} {} {} +{}",
                finding["code"].as_str().unwrap(),
                finding["confidence"],
                finding["message"],
                label["group"],
                label["message"],
                finding["fingerprint"],
                labels.len() - 1,
            ));
        }
    }
    passages
}
