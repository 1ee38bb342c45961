//! Reading one file, with every way it can go wrong told apart.

use super::find::shown;
use super::{Format, Source};
use crate::problem::{Problem, Refusal};
use crate::span::{Position, Span};
use crate::word;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

/// The largest file that is read, in bytes. No article comes near; a file
/// above it is data under the wrong name.
pub const SIZE_LIMIT: u64 = 16 << 20;

/// Reads one file; a path with an unknown extension is plain text.
pub fn read(path: &Path) -> Result<Source, Problem> {
    from_bytes(path, bytes(path, &shown(path))?)
}

/// Makes an article of what a file holds or would hold; a path with an unknown
/// extension is plain text.
pub fn from_bytes(path: &Path, bytes: Vec<u8>) -> Result<Source, Problem> {
    let shown = shown(path);
    let format = Format::of(path).unwrap_or(Format::Plain);
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(too_large(&shown));
    }
    if format == Format::Word || word::is_office(&bytes) {
        return from_word(shown, format, &bytes);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(not_text(&shown, &bytes, at));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Source::new(shown, format, text)),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            Err(not_text(&shown, error.as_bytes(), at))
        }
    }
}

/// Makes an article of a Word document, and says of any other file of Office
/// what it is.
fn from_word(shown: String, format: Format, bytes: &[u8]) -> Result<Source, Problem> {
    let refused = |refusal: Refusal| refusal.of(shown.as_str());
    let document = word::read(bytes).map_err(refused)?;
    if format != Format::Word {
        return Err(Problem::whole(shown, "a Word document under another name: not read")
            .with_help("its name has to end in .docx"));
    }
    let text = document.text.clone();
    Ok(Source { document: Some(Arc::new(document)), ..Source::new(shown, format, text) })
}

fn bytes(path: &Path, shown: &str) -> Result<Vec<u8>, Problem> {
    let failed = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Problem::whole(shown, "no such file: it was there a moment ago"),
        std::io::ErrorKind::PermissionDenied => {
            Problem::whole(shown, "cannot be read: permission denied").with_help("check the permissions of the file")
        }
        _ => Problem::whole(shown, format!("cannot be read: {error}")),
    };
    // Before opening: opening a pipe waits until someone writes to it.
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(Problem::whole(shown, "not a regular file").with_help("save the text in a file and name that"));
    }
    if metadata.len() > SIZE_LIMIT {
        return Err(too_large(shown));
    }
    let mut bytes = Vec::with_capacity(metadata.len() as usize);
    // The file may have grown since, so the limit holds here again.
    File::open(path).map_err(failed)?.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

fn too_large(shown: &str) -> Problem {
    Problem::whole(shown, format!("larger than {} MiB", SIZE_LIMIT >> 20))
        .with_help("no article is that long: split the file or add it to .clinlintignore")
}

/// The problem of a file that is not UTF-8 text, from its first bad byte on.
fn not_text(shown: &str, bytes: &[u8], at: usize) -> Problem {
    let message = match bytes[at] {
        0 => "not a text file: it holds a NUL byte".to_string(),
        byte => format!("not UTF-8: the byte 0x{byte:02X} cannot stand here"),
    };
    let mut problem = Problem::whole(shown, message).with_help(guess(bytes, at));
    problem.span = Some(Span::new(at, at + 1));
    problem.position = Some(position(bytes, at));
    problem
}

/// Line and column of a byte, where the bytes before it are UTF-8.
fn position(bytes: &[u8], at: usize) -> Position {
    let before = &bytes[..at];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    Position {
        line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
        column: String::from_utf8_lossy(&before[line_start..]).chars().count() + 1,
    }
}

fn guess(bytes: &[u8], at: usize) -> &'static str {
    if matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
        return "it looks like UTF-16: save it as UTF-8";
    }
    if bytes[at] == 0 {
        let head = &bytes[..bytes.len().min(1024)];
        let nul = head.iter().filter(|byte| **byte == 0).count();
        return if nul * 3 > head.len() {
            "it looks like UTF-16: save it as UTF-8"
        } else {
            "it looks like a binary file: add it to .clinlintignore"
        };
    }
    "it looks like Windows-1252 (\"ANSI\"): save it as UTF-8"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(name: &str, bytes: &[u8]) -> Problem {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join(name);
        fs::write(&path, bytes).unwrap();
        read(&path).unwrap_err()
    }

    #[test]
    fn bytes_that_are_not_utf_8_are_named_with_their_place_and_a_guess() {
        let problem = problem("a.md", b"d\xc3\xb6se\n10 \x96 25 mg");
        assert_eq!(problem.message, "not UTF-8: the byte 0x96 cannot stand here");
        assert_eq!(problem.position, Some(Position { line: 2, column: 4 }));
        assert!(problem.help.unwrap().contains("Windows-1252"));
    }

    #[test]
    fn utf_16_is_told_from_a_binary_file() {
        assert!(problem("a.txt", b"\xff\xfed\0o\0s\0e\0").help.unwrap().contains("UTF-16"));
        assert!(problem("a.txt", b"d\0o\0s\0e\0").help.unwrap().contains("UTF-16"));
        assert!(problem("a.txt", b"dose 10 mg\0and more").help.unwrap().contains("binary"));
    }

    #[test]
    fn files_that_are_too_large_or_gone_or_no_files_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let large = root.path().join("large.md");
        File::create(&large).unwrap().set_len(SIZE_LIMIT + 1).unwrap();
        assert_eq!(read(&large).unwrap_err().message, "larger than 16 MiB");
        assert!(read(&root.path().join("gone.md")).unwrap_err().message.starts_with("no such file"));
        assert_eq!(read(root.path()).unwrap_err().message, "not a regular file");
    }

    #[test]
    fn content_is_kept_byte_for_byte() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a.Html");
        fs::write(&path, "\u{feff}10\u{a0}mg\r\n").unwrap();
        let source = read(&path).unwrap();
        assert_eq!((source.format, source.text.as_str()), (Format::Html, "\u{feff}10\u{a0}mg\r\n"));
    }
}
