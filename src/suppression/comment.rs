//! Suppressions in comments: `<!-- … -->`, and `{/* … */}` in MDX.
//!
//! ```text
//! <!-- clinlint-disable-next-line dose/start (10 mg a day vs 50 mg a day) until 2027-06-30 -- two products -->
//! <!-- clinlint-disable dose/start (…), onset/full (…) -- reason --> … <!-- clinlint-enable -->
//! ```

use super::{Scope, Suppression, Terms, Values};
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::source::Source;
use crate::span::{LineIndex, Span};
use jiff::civil::Date;
use memchr::memmem;
use std::borrow::Cow;

/// What is wrong with a comment, and what to do about it.
type Wrong = (String, String);

const MARK: &str = "clinlint-";
const NEXT_LINE: &str = "disable-next-line";
const BLOCK: &str = "disable";
const END: &str = "enable";

/// How comments begin and end.
const FRAMES: [(&str, &str); 2] = [("<!--", "-->"), ("{/*", "*/}")];
/// No reason is as long as that, in bytes.
const LONGEST: usize = 4096;

/// A comment with what follows its mark.
struct Comment<'t> {
    span: Span,
    /// None where the comment has no end.
    content: Option<&'t str>,
}

fn comments(text: &str) -> impl Iterator<Item = Comment<'_>> {
    memmem::find_iter(text.as_bytes(), MARK).filter_map(|at| {
        let before = text[..at].trim_end();
        let (begin, end) = FRAMES.iter().find(|(begin, _)| before.ends_with(begin))?;
        let start = before.len() - begin.len();
        let inner = at + MARK.len();
        let near = text.floor_char_boundary((inner + LONGEST).min(text.len()));
        let length = text[inner..near].find(end);
        let span = Span::new(start, length.map_or(inner, |length| inner + length + end.len()));
        Some(Comment { span, content: length.map(|length| text[inner..inner + length].trim()) })
    })
}

pub(super) fn blanked(text: &str) -> Cow<'_, str> {
    let mut blanked = Cow::Borrowed(text);
    for Comment { span, .. } in comments(text) {
        let blank = |byte| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
        let spaces: String = text[span.start..span.end].bytes().map(blank).collect();
        blanked.to_mut().replace_range(span.start..span.end, &spaces);
    }
    blanked
}

pub(super) fn read(source: &Source) -> (Vec<Suppression>, Vec<Problem>) {
    let text = source.text.as_str();
    let mut reader = Reader { source, lines: None, suppressions: Vec::new(), open: Vec::new(), problems: Vec::new() };
    for comment in comments(text) {
        if let Err((message, help)) = reader.comment(&comment) {
            reader.problems.push(Problem::part(&source.path, message).with_help(help).at(comment.span, text));
        }
    }
    (reader.suppressions, reader.problems)
}

struct Reader<'s> {
    source: &'s Source,
    /// Counted only where a comment is.
    lines: Option<LineIndex>,
    suppressions: Vec<Suppression>,
    /// The blocks that go on, as places in `suppressions`.
    open: Vec<usize>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn comment(&mut self, comment: &Comment<'_>) -> Result<(), Wrong> {
        let text = self.source.text.as_str();
        let Some(content) = comment.content else {
            return Err(("a suppression without an end".to_owned(), "close the comment".to_owned()));
        };
        let (word, rest) = content.split_once(char::is_whitespace).unwrap_or((content, ""));
        let lines = self.lines.get_or_insert_with(|| LineIndex::new(text));
        let end = lines.position(text, comment.span.end).line;
        let (first, last) = match word {
            NEXT_LINE => {
                let next = end + 1 + blank_lines(&text[comment.span.end..]);
                (next, next)
            }
            // Until it is ended, or the file ends.
            BLOCK => (lines.position(text, comment.span.start).line, usize::MAX),
            END => return self.enable(rest.trim(), end),
            _ => return Err(unknown(word)),
        };
        let position = lines.position(text, comment.span.start);
        for terms in terms(rest)? {
            if word == BLOCK {
                self.open.push(self.suppressions.len());
            }
            let path = self.source.path.clone();
            self.suppressions.push(Suppression { path, position, scope: Scope::Lines { first, last }, terms });
        }
        Ok(())
    }

    /// Ends the blocks of the lints that are named, or all.
    fn enable(&mut self, lints: &str, line: usize) -> Result<(), Wrong> {
        let named: Vec<&str> = lints.split(',').map(str::trim).filter(|lint| !lint.is_empty()).collect();
        let suppressions = &mut self.suppressions;
        let before = self.open.len();
        self.open.retain(|at| {
            let ends = named.is_empty() || named.contains(&suppressions[*at].terms.lint.as_str());
            if let Scope::Lines { last, .. } = &mut suppressions[*at].scope
                && ends
            {
                *last = line;
            }
            !ends
        });
        if self.open.len() < before {
            return Ok(());
        }
        let help = "take it away, or name the lint that an earlier `clinlint-disable` names";
        Err(("`clinlint-enable` ends nothing".to_owned(), help.to_owned()))
    }
}

/// The number of lines, after the one that goes on here, with nothing on them.
fn blank_lines(text: &str) -> usize {
    text.split('\n').skip(1).take_while(|line| line.trim().is_empty()).count()
}

fn unknown(word: &str) -> Wrong {
    let known = [NEXT_LINE, BLOCK, END].map(|word| (word, word));
    let meant = nearest(word, known).unwrap_or(NEXT_LINE);
    (format!("`{MARK}{word}` is nothing that clinlint knows"), format!("did you mean `{MARK}{meant}`?"))
}

/// Reads "dose/start (10 mg vs 50 mg), onset/full (…) until 2027-06-30 -- why".
fn terms(text: &str) -> Result<Vec<Terms>, Wrong> {
    let (what, reason) = match text.split_once("--") {
        Some((what, reason)) => (what, reason),
        None => (text, ""),
    };
    let reason = reason.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = what.trim();
    let mut kept = Vec::new();
    let mut until = None;
    while !rest.is_empty() {
        if let Some(date) = rest.strip_prefix("until ") {
            until = Some(self::until(date.trim())?);
            break;
        }
        let end = rest
            .find(|character: char| character.is_whitespace() || matches!(character, ',' | '('))
            .unwrap_or(rest.len());
        let (lint, after) = rest.split_at(end);
        let (values, after) = values(after.trim_start())?;
        kept.push(Terms { lint: lint.to_owned(), values, reason: reason.clone(), until: None });
        rest = after.trim_start_matches(|character: char| character.is_whitespace() || character == ',');
    }
    if kept.is_empty() || kept.iter().any(|terms| terms.lint.is_empty()) {
        let help =
            "write the code of a lint, what it found, and why it is kept: `dose/start (10 mg vs 50 mg) -- reason`";
        return Err(("a suppression that names no lint".to_owned(), help.to_owned()));
    }
    kept.iter_mut().for_each(|terms| terms.until = until);
    Ok(kept)
}

/// Reads a date, the last day on which a suppression holds.
pub(super) fn until(text: &str) -> Result<Date, Wrong> {
    text.parse().map_err(|_| (format!("`{text}` is no date"), "write it as year, month and day: 2027-06-30".to_owned()))
}

/// Reads values in parentheses, which may hold others.
fn values(text: &str) -> Result<(Option<Values>, &str), Wrong> {
    if !text.starts_with('(') {
        return Ok((None, text));
    }
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok((Values::parse(&text[1..at]), &text[at + 1..]));
        }
    }
    Err(("a parenthesis without an end".to_owned(), "close it after the values: `(10 mg vs 50 mg)`".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn source(text: &str) -> Source {
        Source::new("a.md", Format::Markdown, text)
    }

    fn lines(text: &str) -> Vec<(String, usize, usize)> {
        let (suppressions, problems) = read(&source(text));
        assert_eq!(problems, []);
        let of = |kept: &Suppression| match kept.scope {
            Scope::Lines { first, last } => (kept.terms.lint.clone(), first, last),
            Scope::Files(_) => panic!("not of an article"),
        };
        suppressions.iter().map(of).collect()
    }

    #[test]
    fn the_next_line_is_the_next_that_says_something() {
        let text = "<!-- clinlint-disable-next-line dose/start (1 mg vs 2 mg) -- x -->\n\nDose.\n";
        assert_eq!(lines(text), [("dose/start".to_owned(), 3, 3)]);
        assert_eq!(lines(&text.replace('\n', "\r\n")), [("dose/start".to_owned(), 3, 3)]);
        let mdx = "a\n{/* clinlint-disable-next-line\ndose/start (1 mg vs 2 mg) -- x */}\nDose.\n";
        assert_eq!(lines(mdx), [("dose/start".to_owned(), 4, 4)]);
    }

    #[test]
    fn a_block_ends_where_its_lint_is_enabled() {
        let text = "<!-- clinlint-disable a/b (1 vs 2), c/d (3 vs 4) -- x -->\n\n<!-- clinlint-enable a/b -->\n\n\n";
        assert_eq!(lines(text), [("a/b".to_owned(), 1, 3), ("c/d".to_owned(), 1, usize::MAX)]);
        assert_eq!(lines(&text.replace("enable a/b", "enable")).last().unwrap().2, 3);
    }

    #[test]
    fn terms_hold_values_reason_and_date() {
        let kept = terms("dose/start (2 mg (1 mg × 2) vs 5 mg) until 2027-06-30 -- two\n products").unwrap();
        assert_eq!(kept[0].values, Values::parse("5 mg vs 2 mg (1 mg × 2)"));
        assert_eq!((kept[0].reason.as_str(), kept[0].until), ("two products", Some(Date::constant(2027, 6, 30))));
        let bare = terms("dose/start").unwrap();
        assert_eq!((bare[0].reason.as_str(), &bare[0].values, bare[0].until), ("", &None, None));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let problem = |content: &str| {
            let (kept, problems) = read(&source(&format!("Text.\n<!-- clinlint-{content} -->\n")));
            assert!(kept.is_empty());
            assert_eq!(problems[0].position.unwrap().line, 2);
            format!("{}; {}", problems[0].message, problems[0].help.as_deref().unwrap())
        };
        assert_eq!(
            problem("disable-nextline dose/start"),
            "`clinlint-disable-nextline` is nothing that clinlint knows; did you mean `clinlint-disable-next-line`?"
        );
        assert!(problem("disable -- because").starts_with("a suppression that names no lint; "));
        assert!(problem("disable (1 vs 2) -- because").starts_with("a suppression that names no lint; "));
        assert!(problem("disable dose/start (1 mg -- because").starts_with("a parenthesis without an end; "));
        assert!(problem("disable dose/start until June -- because").starts_with("`June` is no date; "));
        assert!(problem("enable dose/start").starts_with("`clinlint-enable` ends nothing; "));
        let (_, problems) = read(&source("<!-- clinlint-disable dose/start\n\n10 mg"));
        assert_eq!(problems[0].message, "a suppression without an end");
    }

    #[test]
    fn comments_are_blanked_byte_for_byte() {
        let text = "Dose: <!-- clinlint-disable-next-line a/b (1–2 mg\r\nvs 3 mg) -- é -->\n10 mg <!-- other -->";
        let blank = blanked(text);
        assert_eq!(blank.len(), text.len());
        assert!(!blank.contains("vs") && blank.contains("\r\n") && blank.ends_with("10 mg <!-- other -->"));
        assert!(matches!(blanked("no comment"), Cow::Borrowed(_)));
    }
}
