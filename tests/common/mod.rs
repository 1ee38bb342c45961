//! Articles with hand-made claims, for tests of what comes after extraction.

use clinlint::claim::{
    Amount, Band, Claim, Context, Contraindication, Dose, Frequency, Interval, Level, Line, NumberNeeded, Onset, Order,
    Outcome, Phase, Population, Rate, Stage, Subject, Titration, Unit, Value,
};
use clinlint::compare::{ArticleClaims, ClaimId, Disagreement, Position, Relation, Topic};
use clinlint::finding::{Confidence, Finding};
use clinlint::lint::{builtin, judge};
use clinlint::report::Passages;
use clinlint::span::Span;
use rust_decimal::Decimal;

/// Articles and their texts.
pub struct Case {
    articles: Vec<ArticleClaims>,
    texts: Vec<String>,
}

impl Case {
    /// Paths and texts; each `[passage]` of a text becomes a claim of a
    /// starting dose of as many milligrams as the first number in it says.
    pub fn new(articles: &[(&str, &str)]) -> Self {
        let mut case = Self { articles: Vec::new(), texts: Vec::new() };
        for (path, marked) in articles {
            let mut text = String::new();
            let mut claims = Vec::new();
            for (at, piece) in marked.split("[1").collect::<Vec<_>>().join("[\u{1}1").split('[').enumerate() {
                add_piece(&mut text, &mut claims, &piece.replace('\u{1}', ""), at > 0);
            }
            case.articles.push(ArticleClaims { path: (*path).to_owned(), updated: None, claims });
            case.texts.push(text);
        }
        case
    }

    /// What the built-in lints make of disagreements.
    pub fn judged(&self, disagreements: &[Disagreement]) -> Vec<Finding> {
        let texts: Vec<&str> = self.texts.iter().map(String::as_str).collect();
        judge(&builtin().unwrap(), disagreements, &self.articles, &texts)
    }

    pub fn passages(&self) -> Vec<Passages<'_>> {
        self.articles.iter().zip(&self.texts).map(|(claims, text)| Passages { claims, text }).collect()
    }
}
