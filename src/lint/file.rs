//! From the text of a lint file to a checked lint.
//!
//! Every check stands in the type of the field it is about, so that the
//! YAML reader names the line and column of what is wrong.

use super::{Example, ExampleArticle, Lint, Message, Place};
use crate::finding::Severity;
use crate::nearest::nearest;
use crate::problem::Problem;
use crate::span::{Position, Span};
use crate::topic::{Relation, Topic};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use serde_yaml::Spanned;
use std::collections::BTreeMap;

/// A lint of clinlint: what it reports, how gravely, in which words, and why.
/// The examples are its tests: `clinlint lints test FOLDER` runs them.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "A lint of clinlint")]
struct File {
    /// The path of the file in its folder of lints, without extension: group
    /// and name, `dose/start`.
    #[schemars(with = "String", regex(pattern = "^[a-z0-9-]+/[a-z0-9-]+$"))]
    code: Spanned<String>,

    /// What it finds, in a few words without a full stop.
    title: String,

    /// Which disagreements it reports.
    #[schemars(with = "Topic")]
    topic: TopicName,

    /// How grave each relation of the statements is; a relation left out is not
    /// reported.
    #[schemars(with = "SeveritySchema")]
    severity: BTreeMap<RelationName, Severity>,

    /// Whether it reports where no configuration asks for its code.
    #[serde(default = "yes")]
    enabled: bool,

    /// The one line that says what disagrees, without a full stop. `{drugs}`,
    /// `{about}`, `{positions}` and `{derivation}` stand for what it is about,
    /// what is stated, and how that was worked out.
    #[schemars(with = "String")]
    message: Message,

    /// What an editor can do, without a full stop.
    help: String,

    /// Why it matters, for a medical editor.
    explanation: String,

    /// The clinical or statistical source of the rule.
    source: String,

    /// Texts in which it must find something, and texts in which no lint may.
    #[serde(default)]
    examples: Vec<ExampleFile>,
}

/// The relations with a severity each.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, extend("minProperties" = 1))]
#[expect(dead_code, reason = "only its schema is used")]
struct SeveritySchema {
    /// Ranges that share one end point only, or adjacent levels.
    touch: Option<Severity>,
    /// Nothing in common.
    disjoint: Option<Severity>,
    /// Nothing in common, and ten or a thousand times apart.
    tenfold: Option<Severity>,
    /// One passage that is wrong by itself.
    alone: Option<Severity>,
}

/// A lint reports unless its file says otherwise.
fn yes() -> bool {
    true
}

/// A small text, or several, that shows what the lint is about.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Example")]
struct ExampleFile {
    /// What it shows.
    #[schemars(with = "String")]
    name: Spanned<String>,

    /// Whether the lint must find something here. If not, no lint may.
    finds: bool,

    /// The articles, as Markdown, with `[[…]]` around each passage that the
    /// finding labels.
    #[schemars(with = "Vec<String>", length(min = 1))]
    articles: Vec<Marked>,
}

struct TopicName(Topic);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct RelationName(Relation);

struct Marked(ExampleArticle);

/// The JSON Schema of a lint file, for editors that complete and check it.
pub fn schema() -> serde_json::Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<File>().to_value()
}

/// Reads the text of a lint file. `path` is where it lies, as it is shown;
/// `code` is what its place in the folder of lints makes its code.
///
/// # Errors
///
/// A problem with path, line and column for YAML that cannot be read, keys
/// that are unknown or missing, an unknown topic, relation, severity or
/// placeholder, a code that is not the path, and marks that are not closed.
pub fn parse(path: &str, code: &str, text: &str) -> Result<Lint, Problem> {
    let file: File = serde_yaml::from_str(text).map_err(|error| refused(path, &error))?;
    let wrong = |place: serde_yaml::Location, message: String| problem(path, position(place), message);
    if file.code.value != code {
        let message = format!("the code `{}` is not the path of the file, which makes it `{code}`", file.code.value);
        return Err(wrong(file.code.defined, message));
    }
    if file.severity.is_empty() {
        return Err(wrong(file.code.defined, "the lint reports nothing: `severity` is empty".to_owned()));
    }
    let marked = |example: &ExampleFile| example.articles.iter().any(|Marked(article)| !article.marks.is_empty());
    if let Some(example) = file.examples.iter().find(|example| marked(example) != example.finds) {
        let expected = if example.finds { "marks no passage" } else { "finds nothing and marks a passage" };
        return Err(wrong(example.name.defined, format!("the example \"{}\" {expected}", example.name.value)));
    }
    let examples = file.examples.into_iter().map(|example| Example {
        position: position(example.name.defined),
        name: example.name.value,
        finds: example.finds,
        articles: example.articles.into_iter().map(|Marked(article)| article).collect(),
    });
    Ok(Lint {
        place: Place { path: path.to_owned(), position: position(file.code.defined) },
        code: file.code.value,
        title: file.title,
        topic: file.topic.0,
        severity: file.severity.into_iter().map(|(RelationName(relation), severity)| (relation, severity)).collect(),
        is_least: file.topic.0.is_about_evidence(),
        enabled: file.enabled,
        message: file.message,
        help: file.help.trim().to_owned(),
        explanation: file.explanation.trim().to_owned(),
        source: file.source.trim().to_owned(),
        examples: examples.collect(),
    })
}

fn refused(path: &str, error: &serde_yaml::Error) -> Problem {
    let place = error.location().map(position);
    let message = error.without_snippet().to_string();
    // The reader repeats the place at the end of its message.
    let suffix = place.map(|place| format!(" at line {}, column {}", place.line, place.column));
    let message = suffix.and_then(|suffix| message.strip_suffix(&suffix).map(str::to_owned)).unwrap_or(message);
    Problem { position: place, ..problem(path, Position { line: 1, column: 1 }, message) }
}

fn problem(path: &str, position: Position, message: String) -> Problem {
    let help = "`clinlint lints --schema` prints what may stand where";
    Problem { position: Some(position), ..Problem::whole(path, message).with_help(help) }
}

fn position(place: serde_yaml::Location) -> Position {
    // No lint file has more lines than memory has bytes.
    let number = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    Position { line: number(place.line()), column: number(place.column()) }
}

/// Finds a name among those known, or says which is near, or else which are.
fn known<T: Copy>(kind: &str, name: &str, all: &[T], name_of: impl Fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().copied().find(|one| name_of(*one) == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|one| name_of(*one)).collect();
        match nearest(name, names.iter().map(|name| (*name, *name))) {
            Some(near) => format!("unknown {kind} `{name}`, did you mean `{near}`?"),
            None => format!("unknown {kind} `{name}`, known are {}", names.join(", ")),
        }
    })
}

impl<'de> Deserialize<'de> for TopicName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        known("topic", &name, &Topic::ALL, Topic::name).map(Self).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for RelationName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        known("relation", &name, &Relation::ALL, Relation::name).map(Self).map_err(D::Error::custom)
    }
}

impl<'de> Deserialize<'de> for Marked {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        unmark(&String::deserialize(deserializer)?).map(Self).map_err(D::Error::custom)
    }
}

/// Takes the marks `[[…]]` out of a text and notes where they stood.
fn unmark(marked: &str) -> Result<ExampleArticle, &'static str> {
    let mut article = ExampleArticle { text: String::with_capacity(marked.len()), marks: Vec::new() };
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once("[[") {
        let (passage, after) = after.split_once("]]").ok_or("a mark `[[` is not closed with `]]`")?;
        article.text.push_str(before);
        let start = article.text.len();
        article.text.push_str(passage);
        article.marks.push(Span::new(start, article.text.len()));
        rest = after;
    }
    article.text.push_str(rest);
    Ok(article)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
code: dose/start
title: starting doses
topic: dose-start
severity: {disjoint: error, touch: warning}
message: \"{drugs}: {positions}\"
help: Choose one.
explanation: Why.
source: A handbook.
examples:
  - name: two doses
    finds: true
    articles:
      - Start at [[10 mg]] or [[25 mg]].
";

    fn refusal(from: &str, to: &str) -> (String, Option<(usize, usize)>) {
        assert!(GOOD.contains(from));
        let problem = parse("dose/start.yml", "dose/start", &GOOD.replace(from, to)).unwrap_err();
        (problem.message, problem.position.map(|at| (at.line, at.column)))
    }

    #[test]
    fn a_good_file_is_read() {
        let lint = parse("dose/start.yml", "dose/start", GOOD).unwrap();
        assert_eq!(lint.severity.get(&Relation::Touch), Some(&Severity::Warning));
        assert_eq!(lint.severity.get(&Relation::Tenfold), None);
        assert_eq!(lint.usual(), Severity::Error);
        let article = &lint.examples[0].articles[0];
        assert_eq!(article.text, "Start at 10 mg or 25 mg.");
        assert_eq!(article.marks, [Span::new(9, 14), Span::new(18, 23)]);
    }

    #[test]
    fn what_is_wrong_is_refused_with_its_place() {
        let (message, place) = refusal("topic: dose-start", "topic: dose-begin");
        assert_eq!(message, "unknown topic `dose-begin`, did you mean `dose-single`?");
        assert_eq!(place, Some((3, 8)));
        let (message, place) = refusal("touch:", "nudge:");
        assert_eq!(message, "unknown relation `nudge`, known are touch, disjoint, tenfold, alone");
        assert_eq!(place, Some((4, 29)));
        let (message, place) = refusal("{positions}", "{claims}");
        assert!(message.starts_with("unknown placeholder `{claims}`"), "{message}");
        assert_eq!(place, Some((5, 10)));
        let (message, place) = refusal("help:", "hint:");
        assert!(message.contains("unknown field `hint`"), "{message}");
        assert_eq!(place, Some((6, 1)));
        let (message, place) = refusal("code: dose/start", "code: dose/begin");
        assert_eq!(message, "the code `dose/begin` is not the path of the file, which makes it `dose/start`");
        assert_eq!(place, Some((1, 7)));
        let (message, _) = refusal("{disjoint: error, touch: warning}", "{}");
        assert_eq!(message, "the lint reports nothing: `severity` is empty");
        let (message, place) = refusal("[[25 mg]]", "[[25 mg");
        assert_eq!(message, "a mark `[[` is not closed with `]]`");
        assert_eq!(place.map(|(line, _)| line), Some(13));
        let (message, _) = refusal("finds: true", "finds: false");
        assert_eq!(message, "the example \"two doses\" finds nothing and marks a passage");
    }
}
