//! Articles from standard input: one, or many as JSON lines.

use super::Source;
use super::read::{SIZE_LIMIT, from_bytes};
use crate::problem::Problem;
use crate::span::Position;
use serde::Deserialize;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// The name of standard input in messages.
const NAME: &str = "<stdin>";

/// A line of JSON lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// The path that the article is known by; its extension is its format.
    path: PathBuf,
    /// The content of the file.
    text: String,
}

/// Reads one article that would lie at a path.
pub fn one(input: &mut impl Read, path: &Path) -> Result<Source, Problem> {
    let mut bytes = Vec::new();
    input.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| lost(&error))?;
    from_bytes(path, bytes)
}

/// Reads articles as JSON lines, `{"path": "a.md", "text": "…"}`. A line that is
/// not that is a problem, and the others are read.
pub fn lines(input: &mut impl BufRead) -> (Vec<Source>, Vec<Problem>) {
    /// Every byte of a text can be written with six.
    const LONGEST: u64 = 6 * SIZE_LIMIT;
    let (mut sources, mut problems) = (Vec::new(), Vec::new());
    let mut bytes = Vec::new();
    for number in 1.. {
        bytes.clear();
        match input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => {
                problems.push(lost(&error));
                break;
            }
        }
        if bytes.len() as u64 == LONGEST {
            let problem = Problem::whole(NAME, "a line that is too long, and all that follows it");
            problems.push(at(problem, number, 1));
            break;
        }
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice::<Line>(&bytes) {
            Ok(line) => match from_bytes(&line.path, line.text.into_bytes()) {
                Ok(source) => sources.push(source),
                Err(problem) => problems.push(problem),
            },
            Err(error) => {
                let message = error.to_string();
                // The place is within the line, which has a number of its own.
                let message = message.split(" at line ").next().unwrap_or_default();
                let problem = Problem::whole(NAME, format!("not an article: {message}"))
                    .with_help("each line is an object with `path` and `text`");
                problems.push(at(problem, number, error.column()));
            }
        }
    }
    (sources, problems)
}

fn at(problem: Problem, line: usize, column: usize) -> Problem {
    Problem { position: Some(Position { line, column: column.max(1) }), ..problem }
}

fn lost(error: &io::Error) -> Problem {
    Problem::whole(NAME, format!("cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    #[test]
    fn one_article_has_the_format_of_its_name() {
        let source = one(&mut "text".as_bytes(), Path::new("a.html")).unwrap();
        assert_eq!((source.format, source.text.as_str()), (Format::Html, "text"));
        let problem = one(&mut b"\xff".as_slice(), Path::new("a.md")).unwrap_err();
        assert!(problem.message.starts_with("not UTF-8"), "{problem:?}");
        assert_eq!(one(&mut io::repeat(b'x'), Path::new("a.md")).unwrap_err().message, "larger than 16 MiB");
    }

    #[test]
    fn lines_that_are_no_articles_are_named_and_the_others_read() {
        let input = "{\"path\": \"a.md\", \"text\": \"x\\ny\"}\n\nnonsense\n{\"path\": \"b.md\"}\n{\"path\": \"c.md\", \"text\": \"\\u0000\"}\n{\"path\": \"d.txt\", \"text\": \"\"}";
        let (sources, problems) = lines(&mut input.as_bytes());
        let read: Vec<(&str, &str)> = sources.iter().map(|source| (&*source.path, &*source.text)).collect();
        assert_eq!(read, [("a.md", "x\ny"), ("d.txt", "")]);
        let places: Vec<_> = problems.iter().map(|problem| (&*problem.path, problem.position.unwrap().line)).collect();
        assert_eq!(places, [(NAME, 3), (NAME, 4), ("c.md", 1)]);
        assert_eq!(problems[1].message, "not an article: missing field `text`");
    }
}
