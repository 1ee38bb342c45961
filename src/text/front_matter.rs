//! The YAML between `---` lines at the top of a Markdown file.

use super::Exchange;
use super::dates;
use super::faq;
use super::inline::{Content, Inline};
use super::map::Mapped;
use super::markdown;
use super::outline::Outline;
use super::yaml::{self, Malformed, Value};
use crate::problem::Problem;
use crate::span::Span;
use std::ops::Range;

/// A value with fewer words is a switch, a tag or a name, no statement.
const STATEMENT_WORDS: usize = 3;

const QUESTION_KEYS: [&str; 3] = ["q", "question", "name"];
const ANSWER_KEYS: [&str; 3] = ["a", "answer", "text"];

/// The key of settings for this program: no prose.
const OWN_KEY: &str = "clinlint";

/// Where the front matter at the start of a text lies, if it has an end.
pub(super) fn range(text: &str) -> Option<Range<usize>> {
    fences(text).filter(|fences| fences.is_closed).map(|fences| fences.content)
}

/// Reads the front matter that starts at `start`, if there is one, and
/// returns where the body begins.
pub(super) fn read(outline: &mut Outline<'_>, start: usize) -> usize {
    let file = outline.source.text.as_str();
    let Some(fences) = fences(&file[start..]) else { return start };
    let content = start + fences.content.start..start + fences.content.end;
    if !fences.is_closed {
        unreadable(
            outline,
            Span::new(start, content.start),
            "front matter without an end; the file is read as Markdown from the top",
            "close the front matter with a line of three dashes",
        );
        return content.start;
    }
    let front = Mapped::part(file, content.clone());
    match yaml::values(&front) {
        Ok(values) => self::values(outline, &values),
        Err(Malformed { message, at }) => {
            let at = (content.start + at).min(content.end);
            unreadable(
                outline,
                Span::new(at, at),
                &format!("front matter that is not YAML: {message}"),
                "it is read as plain lines; put a value that holds a colon in quotes",
            );
            lines(outline, &front);
        }
    }
    start + fences.body
}

fn unreadable(outline: &mut Outline<'_>, at: Span, message: &str, help: &str) {
    let problem = Problem::part(&outline.source.path, message).with_help(help).reported_by("structure/front-matter");
    outline.problem(problem.at(at, &outline.source.text));
}

struct Fences {
    content: Range<usize>,
    body: usize,
    is_closed: bool,
}

/// Finds the lines around the front matter. A `---` with no line `---` or
/// `...` after it, or with a blank line right behind it, is a rule.
fn fences(text: &str) -> Option<Fences> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---" && line.ends_with('\n'))?;
    let mut at = first.len();
    let mut looks_like_yaml = false;
    for (number, line) in lines.enumerate() {
        if matches!(line.trim_end(), "---" | "...") {
            let content = first.len()..at;
            return Some(Fences { content, body: at + line.len(), is_closed: true });
        }
        if number == 0 {
            let key = line.split(':').next().unwrap_or_default();
            looks_like_yaml = key.len() < line.len() && !key.is_empty() && !key.contains(char::is_whitespace);
        }
        at += line.len();
    }
    looks_like_yaml.then_some(Fences { content: first.len()..text.len(), body: first.len(), is_closed: false })
}

fn values(outline: &mut Outline<'_>, values: &[Value]) {
    for siblings in values.chunk_by(|a, b| a.parent == b.parent) {
        let find =
            |keys: &[&str]| siblings.iter().find(|value| keys.iter().any(|key| value.key.eq_ignore_ascii_case(key)));
        // `name` and `text` are what schema.org calls them: only as a pair.
        match (find(&QUESTION_KEYS), find(&ANSWER_KEYS)) {
            (Some(question), Some(answer)) if !question.parent.is_empty() => {
                exchange(outline, question, answer);
                let is_other = |value: &&Value| value.key != question.key && value.key != answer.key;
                siblings.iter().filter(is_other).for_each(|value| self::value(outline, value));
            }
            _ => siblings.iter().for_each(|value| self::value(outline, value)),
        }
    }
}

/// A question and its answer, as blocks that know of each other.
fn exchange(outline: &mut Outline<'_>, question: &Value, answer: &Value) {
    outline.start_container();
    // The question's own value may go on with the answer.
    let text = &question.text;
    let end = text.text.find("\n").unwrap_or(text.text.len());
    let end = if faq::is_question(text.text[..end].trim_end_matches('*')) { end } else { text.text.len() };
    if let Some(content) = markdown::inline(&text.slice(0..end)) {
        let split = faq::split(content);
        let asked = outline.next();
        let (question, rest) = match split.question {
            Some(question) => (Some(question), split.rest),
            None => (split.rest, None),
        };
        question.into_iter().for_each(|content| outline.question(content));
        rest.into_iter().for_each(|content| outline.paragraph(content));
        markdown::read(outline, &text.slice(end..text.text.len()));
        let answered = outline.next();
        markdown::read(outline, &answer.text);
        outline.exchange(Exchange { question: asked, held: asked + 1..answered, answers: answered..outline.next() });
    }
    outline.end_container();
}

fn value(outline: &mut Outline<'_>, value: &Value) {
    if value.parent.split('.').next() == Some(OWN_KEY) {
        return;
    }
    let key = value.key.replace(['_', '-'], "").to_lowercase();
    if value.parent.is_empty() && key == "title" && !outline.has_title() {
        if let Some(content) = markdown::inline(&value.text) {
            outline.title(content);
        }
        return;
    }
    if value.parent.is_empty()
        && let Some(dated) = dates::of_key(&key, &value.text.text)
    {
        outline.dated(dated);
        return;
    }
    let keys = &outline.source.frame.keys;
    let path = if value.parent.is_empty() { value.key.clone() } else { format!("{}.{}", value.parent, value.key) };
    // The items of a list are values of its key.
    let named = path.trim_end_matches(|character: char| character == '.' || character.is_ascii_digit());
    if keys.is_unsaid(named) {
        markdown::inline(&value.text).into_iter().for_each(|content| outline.unsaid_value(content));
        return;
    }
    if !keys.is_prose(named) || value.text.text.split_whitespace().count() < STATEMENT_WORDS {
        return;
    }
    outline.front_matter(Some(&path));
    markdown::read(outline, &value.text);
    outline.front_matter(None);
}

/// Reads front matter that is not YAML: each line that says something is a
/// value of the last key.
fn lines(outline: &mut Outline<'_>, front: &Mapped<'_>) {
    let mut at = 0;
    let mut key = String::new();
    for line in front.text.split_inclusive('\n') {
        let mut start = at;
        at += line.len();
        if let Some((name, rest)) = line.split_once(':')
            && !name.trim_matches(is_indent).is_empty()
            && !name.trim_matches(is_indent).contains(' ')
        {
            key = name.trim_matches(is_indent).to_string();
            start = at - rest.len();
        }
        let Some(content) = unquoted(front, start..at) else { continue };
        if key.eq_ignore_ascii_case("title") {
            if !outline.has_title() {
                outline.title(content);
            }
        } else if content.text.split_whitespace().count() >= STATEMENT_WORDS {
            outline.front_matter(Some(&key));
            outline.paragraph(content);
            outline.front_matter(None);
        }
    }
}

/// A value of one line without the marks of YAML around it.
fn unquoted(front: &Mapped<'_>, line: Range<usize>) -> Option<Content> {
    let mut inline = Inline::default();
    inline.copy(front, line);
    let content = inline.take()?;
    let is_mark = |character: char| is_indent(character) || matches!(character, '"' | '\'' | '>' | '|');
    let inner = content.text.trim_matches(is_mark);
    let start = content.text.len() - content.text.trim_start_matches(is_mark).len();
    (!inner.is_empty()).then(|| content.slice(start..start + inner.len()))
}

fn is_indent(character: char) -> bool {
    character.is_whitespace() || character == '-'
}
