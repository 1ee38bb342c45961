//! Articles from standard input: one, or many as JSON lines.

use super::Source;
use super::read::{SIZE_LIMIT, from_bytes};
use crate::problem::Problem;
use crate::span::Position;
use serde::Deserialize;
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// The name of standard input in messages.
pub const NAME: &str = "<stdin>";

/// A line of JSON lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
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

/// Reads articles as JSON lines, `{"path": "a.md", "text": "…"}`, one after the
/// other. A line that is not that is a problem, and the others are read.
pub fn lines(mut input: impl BufRead) -> impl Iterator<Item = Result<Source, Problem>> {
    let mut number = 0;
    let mut is_over = false;
    std::iter::from_fn(move || {
        while !is_over {
            number += 1;
            match line(&mut input, number) {
                Line::Article(article) => return Some(article),
                Line::Empty => {}
                Line::Last(problem) => {
                    is_over = true;
                    return problem.map(Err);
                }
            }
        }
        None
    })
}

/// What a line holds.
enum Line {
    Article(Result<Source, Problem>),
    Empty,
    /// Nothing, and nothing can follow.
    Last(Option<Problem>),
}

fn line(input: &mut impl BufRead, number: usize) -> Line {
    /// Every byte of a text can be written with six.
    const LONGEST: u64 = 6 * SIZE_LIMIT;
    let mut bytes = Vec::new();
    match input.take(LONGEST).read_until(b'\n', &mut bytes) {
        Ok(0) => return Line::Last(None),
        Ok(_) => {}
        Err(error) => return Line::Last(Some(lost(&error))),
    }
    if bytes.len() as u64 == LONGEST {
        let problem = Problem::whole(NAME, "a line that is too long, and all that follows it");
        return Line::Last(Some(at(problem, number, 1)));
    }
    if bytes.trim_ascii().is_empty() {
        return Line::Empty;
    }
    Line::Article(match serde_json::from_slice::<Article>(&bytes) {
        Ok(article) => from_bytes(&article.path, article.text.into_bytes()),
        Err(error) => Err(no_line("an article", "each line is an object with `path` and `text`", &error, number)),
    })
}

/// A line of standard input that is not what it should be.
pub fn no_line(what: &str, help: &str, error: &serde_json::Error, number: usize) -> Problem {
    let message = error.to_string();
    // The place is within the line, which has a number of its own.
    let message = message.split(" at line ").next().unwrap_or_default();
    let problem = Problem::whole(NAME, format!("not {what}: {message}")).with_help(help);
    at(problem, number, error.column())
}

/// A problem at a place of standard input.
pub fn at(problem: Problem, line: usize, column: usize) -> Problem {
    Problem { position: Some(Position { line, column: column.max(1) }), ..problem }
}

/// Standard input that breaks off.
pub fn lost(error: &io::Error) -> Problem {
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
        let (sources, problems): (Vec<_>, Vec<_>) = lines(input.as_bytes()).partition(Result::is_ok);
        let sources: Vec<Source> = sources.into_iter().flatten().collect();
        let problems: Vec<Problem> = problems.into_iter().filter_map(Result::err).collect();
        let read: Vec<(&str, &str)> = sources.iter().map(|source| (&*source.path, &*source.text)).collect();
        assert_eq!(read, [("a.md", "x\ny"), ("d.txt", "")]);
        let places: Vec<_> = problems.iter().map(|problem| (&*problem.path, problem.position.unwrap().line)).collect();
        assert_eq!(places, [(NAME, 3), (NAME, 4), ("c.md", 1)]);
        assert_eq!(problems[1].message, "not an article: missing field `text`");
    }
}
