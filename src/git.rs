//! What git knows: which lines changed since a revision, and what the files
//! held then. Asks the program `git`, and never writes anything.

use crate::paths;
use crate::problem::Refusal;
use rustc_hash::FxHashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A repository with its work tree.
#[derive(Clone, Debug)]
pub struct Repository {
    top: PathBuf,
}

/// A commit, by its full name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit(String);

/// What a file holds, by its full name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blob(String);

/// Lines that are new or other than in a commit.
#[derive(Clone, Debug, Default)]
pub struct Changed {
    /// By absolute path: first and last line, from 1, in order.
    lines: FxHashMap<PathBuf, Vec<(usize, usize)>>,
}

/// A file that is other than in a commit. Paths are inside the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedFile {
    /// Its path and content in the commit; none for a new file.
    pub before: Option<(PathBuf, Blob)>,
    /// Its path in the work tree; none for one that is gone.
    pub after: Option<PathBuf>,
}

impl Repository {
    /// The repository of a path.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn of(path: &Path) -> Result<Self, Refusal> {
        let help = "run it inside a clone of the repository";
        let top = paths::repository(path).ok_or_else(|| Refusal::new("this is no git repository", help))?;
        Ok(Self { top })
    }

    /// The folder that its paths are inside.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// The commit from which a change that is based on a revision started: the
    /// last one that both share. Where the clone is too shallow to know, the
    /// revision itself.
    ///
    /// # Errors
    ///
    /// When the revision is not there, with what to fetch where the clone is
    /// shallow.
    pub fn base(&self, revision: &str) -> Result<Commit, Refusal> {
        let commit =
            self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")]);
        let Ok(commit) = commit else { return Err(self.unknown(revision)) };
        let shared = self.ask(&["merge-base", commit.trim(), "HEAD"]);
        Ok(Commit(shared.unwrap_or(commit).trim().to_owned()))
    }

    fn unknown(&self, revision: &str) -> Refusal {
        let message = format!("there is no revision `{revision}`");
        match self.ask(&["rev-parse", "--is-shallow-repository"]) {
            Ok(answer) if answer.trim() == "true" => {
                let name = revision.strip_prefix("origin/").unwrap_or(revision);
                let help = format!(
                    "this clone is shallow: fetch it with `git fetch --depth=1 origin {name}` and name FETCH_HEAD, or clone with the whole history"
                );
                Refusal::new(format!("{message} in this clone"), help)
            }
            Ok(_) => Refusal::new(message, "`git log` and `git branch --all` list what there is"),
            Err(refusal) => refusal,
        }
    }

    /// The lines of the work tree that are new or other than in a commit. All of
    /// a file that git does not know yet.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn changed_lines(&self, commit: &Commit) -> Result<Changed, Refusal> {
        let patch = self.ask_bytes(&[
            "diff",
            "--unified=0",
            "--no-color",
            "--no-ext-diff",
            "--no-textconv",
            "--no-renames",
            "--no-prefix",
            &commit.0,
            "--",
        ])?;
        let mut changed = Changed::default();
        for (path, lines) in hunks(&patch) {
            changed.lines.entry(self.top.join(path)).or_default().push(lines);
        }
        for path in self.changed_binaries(commit)?.into_iter().chain(self.untracked()?) {
            changed.lines.insert(self.top.join(path), vec![(1, usize::MAX)]);
        }
        Ok(changed)
    }

    /// The files other than in a commit that git does not divide into lines, such
    /// as Word documents.
    fn changed_binaries(&self, commit: &Commit) -> Result<Vec<PathBuf>, Refusal> {
        let options = ["--numstat", "-z", "--no-ext-diff", "--no-textconv", "--no-renames"];
        let counted = self.ask_bytes(&[["diff"].as_slice(), &options, &[&commit.0, "--"]].concat())?;
        Ok(counted.split(|byte| *byte == 0).filter_map(|entry| entry.strip_prefix(b"-\t-\t")).map(native).collect())
    }

    /// The files of the work tree that are new, gone, renamed or other than in a
    /// commit, ordered by path.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn changed_files(&self, commit: &Commit) -> Result<Vec<ChangedFile>, Refusal> {
        let listed = self.ask_bytes(&[
            "diff",
            "--raw",
            "-z",
            "--no-abbrev",
            "--find-renames",
            "--no-ext-diff",
            &commit.0,
            "--",
        ])?;
        let mut files = raw(&listed);
        files.extend(self.untracked()?.into_iter().map(|path| ChangedFile { before: None, after: Some(path) }));
        files.sort_by(|one, other| (&one.after, &one.before).cmp(&(&other.after, &other.before)));
        Ok(files)
    }

    /// What the blobs hold, in their order.
    ///
    /// # Errors
    ///
    /// When git fails, as in a clone that left them out.
    pub fn contents(&self, blobs: &[&Blob]) -> Result<Vec<Vec<u8>>, Refusal> {
        let mut command = self.command(&["cat-file", "--batch"]);
        let child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut child = child.map_err(|error| not_run(&error))?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed("cat-file"));
        };
        let mut output = BufReader::new(output);
        let mut contents = Vec::new();
        for Blob(name) in blobs {
            // One at a time: git waits for its answer to be read.
            writeln!(input, "{name}").and_then(|()| input.flush()).map_err(|_| failed("cat-file"))?;
            contents.push(object(&mut output).ok_or_else(|| failed("cat-file"))?);
        }
        drop(input);
        child.wait().map_err(|_| failed("cat-file"))?;
        Ok(contents)
    }

    fn untracked(&self) -> Result<Vec<PathBuf>, Refusal> {
        let listed = self.ask_bytes(&["ls-files", "--others", "--exclude-standard", "-z"])?;
        Ok(listed.split(|byte| *byte == 0).filter(|path| !path.is_empty()).map(native).collect())
    }

    fn ask(&self, arguments: &[&str]) -> Result<String, Refusal> {
        Ok(String::from_utf8_lossy(&self.ask_bytes(arguments)?).into_owned())
    }

    fn ask_bytes(&self, arguments: &[&str]) -> Result<Vec<u8>, Refusal> {
        let output = self.command(arguments).stdin(Stdio::null()).output().map_err(|error| not_run(&error))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default();
        Err(Refusal { message: format!("git {} failed: {said}", arguments[0]), ..failed(arguments[0]) })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.top).args(["-c", "core.quotePath=false"]).args(arguments);
        // Nothing is written, not even what would make the next call faster.
        command.env("GIT_OPTIONAL_LOCKS", "0").env("LC_ALL", "C");
        command
    }
}

impl Changed {
    /// Whether a line from `first` to `last` of a file changed.
    pub fn touches(&self, path: &Path, first: usize, last: usize) -> bool {
        let lines = self.lines.get(&paths::absolute(path));
        lines.is_some_and(|lines| lines.iter().any(|(start, end)| *start <= last && first <= *end))
    }
}

fn not_run(error: &std::io::Error) -> Refusal {
    Refusal::new(format!("git cannot be run: {error}"), "install git, or add it to PATH")
}

fn failed(command: &str) -> Refusal {
    Refusal::new(format!("git {command} failed"), "run it yourself to see why")
}

/// Reads an answer of `git cat-file --batch`; none for an object that is not
/// there.
fn object(output: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut head = String::new();
    output.read_line(&mut head).ok()?;
    // Name, type and size; or the name and "missing".
    let size: u64 = head.trim_end().split(' ').nth(2)?.parse().ok()?;
    let mut content = Vec::new();
    output.take(size + 1).read_to_end(&mut content).ok()?;
    content.pop()?;
    Some(content)
}

/// Reads the list of `git diff --raw -z`. What is no file on both sides (links,
/// other repositories) is left out.
fn raw(listed: &[u8]) -> Vec<ChangedFile> {
    let mut files = Vec::new();
    let mut fields = listed.split(|byte| *byte == 0);
    while let Some(head) = fields.next().filter(|head| !head.is_empty()) {
        let head = String::from_utf8_lossy(head);
        // ":100644 100644 <name before> <name after> M"
        let parts: Vec<&str> = head.trim_start_matches(':').split(' ').collect();
        let ([mode_before, mode_after, blob, _, status], Some(path)) = (parts.as_slice(), fields.next()) else { break };
        let is_moved = status.starts_with(['R', 'C']);
        let new_path = if is_moved { fields.next().unwrap_or(path) } else { path };
        let is_file = |mode: &str| mode.starts_with("100");
        let before = is_file(mode_before).then(|| (native(path), Blob((*blob).to_owned())));
        let after = is_file(mode_after).then(|| native(new_path));
        if before.is_some() || after.is_some() {
            files.push(ChangedFile { before, after });
        }
    }
    files
}

/// The files and new lines of a patch without context.
fn hunks(patch: &[u8]) -> Vec<(PathBuf, (usize, usize))> {
    let mut found = Vec::new();
    let mut path = None;
    let mut left = 0_usize;
    for line in patch.split(|byte| *byte == b'\n') {
        // Lines of a hunk may look like anything, also like the head of one.
        if left > 0 && (line.starts_with(b"+") || line.starts_with(b"-")) {
            left -= 1;
        } else if let Some(name) = line.strip_prefix(b"+++ ") {
            path = (name != b"/dev/null").then(|| native(&unquoted(name.strip_suffix(b"\t").unwrap_or(name))));
        } else if let Some((before, (first, count))) = line.strip_prefix(b"@@ ").and_then(hunk) {
            left = before + count;
            if let (Some(path), Some(last)) = (&path, (first + count).checked_sub(1).filter(|_| count > 0)) {
                found.push((path.clone(), (first, last)));
            }
        }
    }
    found
}

/// Reads `-3,2 +4,5 @@`: how many lines go, and the first and number of those
/// that come.
fn hunk(text: &[u8]) -> Option<(usize, (usize, usize))> {
    let text = std::str::from_utf8(text.split(|byte| *byte == b'@').next()?).ok()?;
    let mut sides = text.split_whitespace().map(side);
    let (before, after) = (sides.next()??, sides.next()??);
    Some((before.1, after))
}

/// Reads `+4,5`: the first line and how many; one where no number is given.
fn side(text: &str) -> Option<(usize, usize)> {
    let text = text.strip_prefix(['-', '+'])?;
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    Some((start.parse().ok()?, count.parse().ok()?))
}

/// A path as git writes it where it holds quotes or control characters.
fn unquoted(name: &[u8]) -> Vec<u8> {
    let Some(inner) = name.strip_prefix(b"\"").and_then(|name| name.strip_suffix(b"\"")) else { return name.to_vec() };
    let mut path = Vec::new();
    let mut rest = inner;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'\\' {
            path.push(*first);
            continue;
        }
        let octal = after.get(..3).filter(|digits| digits.iter().all(u8::is_ascii_digit));
        if let Some(value) = octal
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 8).ok())
        {
            path.push(value);
            rest = &after[3..];
        } else if let Some((escape, after)) = after.split_first() {
            path.push(match escape {
                b'a' => 7,
                b'b' => 8,
                b't' => b'\t',
                b'n' => b'\n',
                b'v' => 11,
                b'f' => 12,
                b'r' => b'\r',
                other => *other,
            });
            rest = after;
        }
    }
    path
}

#[cfg(unix)]
fn native(path: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(path))
}

#[cfg(not(unix))]
fn native(path: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(path).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_new_lines_of_a_patch_are_read() {
        let patch = b"diff --git a.md a.md\n--- a.md\n+++ a.md\n@@ -1 +1,2 @@ # x\n-old\n+new\n++++ b.md\n@@ -9,2 +10,0 @@\n-gone\n-gone\n\
            diff --git b.md b.md\n--- /dev/null\n+++ \"b\\t\\303\\251\\\"c.md\"\n@@ -0,0 +1 @@\n+x\n--- c\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n";
        let expected = [("a.md", (1, 2)), ("b\t\u{e9}\"c.md", (1, 1))];
        assert_eq!(hunks(patch), expected.map(|(path, lines)| (PathBuf::from(path), lines)));
    }

    #[test]
    fn changed_files_are_read_with_what_they_held() {
        let listed = b":100644 100644 aa bb M\0a.md\0:100644 100644 cc dd R090\0old name.md\0new.md\0:000000 100644 00 ee A\0n.md\0\
            :100644 000000 ff 00 D\0gone.md\0:160000 160000 11 22 M\0other\0";
        let file = |before: Option<(&str, &str)>, after: Option<&str>| ChangedFile {
            before: before.map(|(path, blob)| (path.into(), Blob(blob.to_owned()))),
            after: after.map(PathBuf::from),
        };
        let expected = [
            file(Some(("a.md", "aa")), Some("a.md")),
            file(Some(("old name.md", "cc")), Some("new.md")),
            file(None, Some("n.md")),
            file(Some(("gone.md", "ff")), None),
        ];
        assert_eq!(raw(listed), expected);
    }

    #[test]
    fn lines_touch_where_they_meet() {
        let lines = FxHashMap::from_iter([(PathBuf::from("/r/a.md"), vec![(3, 5)])]);
        let changed = Changed { lines };
        let touches = |first, last| changed.touches(Path::new("/r/x/../a.md"), first, last);
        assert!(touches(5, 9) && touches(1, 3) && touches(4, 4) && !touches(6, 9) && !touches(1, 2));
        assert!(!changed.touches(Path::new("/r/b.md"), 1, 9));
    }
}
