//! Articles as they come out of editing accidents: pieces lost, doubled, moved
//! and put into each other. Whatever is left is read, compared and reported.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clinlint::lint::builtin;
use clinlint::source::{Format, Source};
use clinlint::vocabulary::Vocabulary;
use clinlint::{check, read_sources};
use proptest::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The articles of the fixtures.
static ARTICLES: LazyLock<Vec<(Format, String)>> = LazyLock::new(|| {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures"), &mut files);
    files.sort();
    let read = |file: &PathBuf| {
        let format = Format::of(file).filter(|format| *format != Format::Word)?;
        Some((format, fs::read_to_string(file).ok()?))
    };
    files.iter().filter_map(read).collect()
});

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { collect(&path, files) } else { files.push(path) }
    }
}

/// One accident; places are shares of the text.
#[derive(Clone, Debug)]
enum Accident {
    /// A stretch is lost.
    Lose(f64, usize),
    /// A stretch stands twice.
    Double(f64, usize),
    /// A stretch of another article comes in.
    Insert(f64, prop::sample::Index, usize),
    /// Marks come in that mean something.
    Mark(f64, &'static str),
    /// The rest is lost.
    Cut(f64),
}

fn accident() -> impl Strategy<Value = Accident> {
    let at = || 0.0..1.0f64;
    let marks = prop::sample::select(vec![
        "---\n",
        "|",
        "<table>",
        "</p>",
        "<!--",
        "-->",
        "\u{feff}",
        "\u{0}",
        "%",
        "0.",
        " mg",
        "–",
        "/",
        "(",
        "\n\n#",
        "```",
        "\\",
        "\u{202e}",
        "½",
        "10\u{2009}000",
        "&nbsp;",
        "- ",
        ":",
        "not ",
        "NNT ",
    ]);
    prop_oneof![
        (at(), 1..200usize).prop_map(|(at, length)| Accident::Lose(at, length)),
        (at(), 1..200usize).prop_map(|(at, length)| Accident::Double(at, length)),
        (at(), any::<prop::sample::Index>(), 1..400usize)
            .prop_map(|(at, article, length)| Accident::Insert(at, article, length)),
        (at(), marks).prop_map(|(at, mark)| Accident::Mark(at, mark)),
        at().prop_map(Accident::Cut),
    ]
}

/// The nearest place at or before a share of a text that cuts no character.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a place in a text"
)]
fn place(text: &str, share: f64) -> usize {
    text.floor_char_boundary((text.len() as f64 * share) as usize)
}

fn stretch(text: &str, at: usize, length: usize) -> &str {
    &text[at..text.floor_char_boundary((at + length).min(text.len()))]
}

fn happen(text: &mut String, accident: &Accident) {
    match accident {
        Accident::Lose(at, length) => {
            let at = place(text, *at);
            let end = at + stretch(text, at, *length).len();
            text.replace_range(at..end, "");
        }
        Accident::Double(at, length) => {
            let at = place(text, *at);
            let twice = stretch(text, at, *length).to_owned();
            text.insert_str(at, &twice);
        }
        Accident::Insert(at, article, length) => {
            let (_, other) = article.get(&ARTICLES);
            let from = place(other, 0.3);
            text.insert_str(place(text, *at), stretch(other, from, *length));
        }
        Accident::Mark(at, mark) => text.insert_str(place(text, *at), mark),
        Accident::Cut(at) => text.truncate(place(text, *at)),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_left_of_an_article_is_read_compared_and_shown(
        article in any::<prop::sample::Index>(),
        accidents in prop::collection::vec(accident(), 1..12),
    ) {
        let (format, whole) = article.get(&ARTICLES);
        let mut text = whole.clone();
        accidents.iter().for_each(|accident| happen(&mut text, accident));
        let sources = vec![Source::new("whole", *format, whole.as_str()), Source::new("left", *format, text.as_str())];
        let reading = read_sources(sources, Vocabulary::builtin());
        let failed: Vec<&str> =
            reading.problems.iter().map(|problem| problem.message.as_str()).filter(|said| said.contains("clinlint failed")).collect();
        prop_assert!(failed.is_empty(), "{failed:?}");
        for article in &reading.articles {
            let text = if article.path == "whole" { whole } else { &text };
            for claim in &article.claims {
                prop_assert!(text.get(claim.span.start..claim.span.end).is_some(), "{claim:?} lies in the text");
            }
            for unread in &article.understanding.unread {
                prop_assert!(text.get(unread.span.start..unread.span.end).is_some(), "{unread:?} lies in the text");
            }
        }
        for finding in check(&reading, &builtin().unwrap(), Vocabulary::builtin()) {
            for label in &finding.labels {
                let text = if label.path == "whole" { whole } else { &text };
                prop_assert_eq!(text.get(label.span.start..label.span.end), Some(label.quote.as_str()));
            }
        }
    }
}
