//! What is read as a contraindication, a caution or a statement of safety, and
//! which of them contradict.

use clinlint::claim::{Level, Value};
use clinlint::compare::{Topic, disagreements};
use clinlint::finding::Confidence;
use clinlint::source::{Format, Source};
use clinlint::vocabulary::Vocabulary;
use clinlint::{Reading, read_sources};

pub fn read(texts: &[&str]) -> Reading {
    let source = |(at, text): (usize, &&str)| Source::new(format!("{at}.md"), Format::Markdown, *text);
    read_sources(texts.iter().enumerate().map(source).collect(), Vocabulary::builtin())
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Contraindicated => "contraindicated",
        Level::Avoid => "avoid",
        Level::Caution => "caution",
        Level::Allowed => "allowed",
    }
}

/// "condition: level" of every contraindication, in the order of the text.
pub fn rated(text: &str) -> Vec<String> {
    rated_drugs(text).into_iter().map(|(_, rated)| rated).collect()
}

/// The same, each with the drug that it is about.
pub fn rated_drugs(text: &str) -> Vec<(String, String)> {
    let reading = read(&[text]);
    let claims = &reading.articles[0].claims;
    let rated = claims.iter().filter_map(|claim| match &claim.value {
        Value::Contraindication(rated) => {
            Some((claim.drugs.join("+"), format!("{}: {}", rated.condition, word(rated.level))))
        }
        _ => None,
    });
    rated.collect()
}

/// Holds every line of a table against what is read below a drug's name.
#[track_caller]
pub fn holds(drug: &str, table: &[(&str, &[&str])]) {
    let wrong: Vec<String> = table
        .iter()
        .filter_map(|(text, expected)| {
            let found = rated(&format!("# {drug}\n\n{text}\n"));
            (found != *expected).then(|| format!("{text}\n    expected {expected:?}\n    found    {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Whether two articles on a drug contradict at the default confidence.
pub fn contradict(one: &str, other: &str) -> bool {
    let reading = read(&[one, other]);
    disagreements(&reading.articles, Vocabulary::builtin()).iter().any(|found| {
        matches!(found.topic, Topic::ContraindicationLevel | Topic::InteractionLevel)
            && found.confidence > Confidence::Low
    })
}

/// Holds pairs of statements on one drug against whether they contradict.
#[track_caller]
pub fn compares(drug: &str, table: &[(&str, &str, bool)]) {
    let titled = |text: &str| format!("# {drug}\n\n{text}\n");
    let wrong: Vec<String> = table
        .iter()
        .filter(|(one, other, expected)| contradict(&titled(one), &titled(other)) != *expected)
        .map(|(one, other, expected)| format!("{one} | {other}\n    expected {expected}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
