//! Articles with hand-made claims, for tests of what comes after extraction.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]
#![allow(dead_code, reason = "not every test needs all of it")]

use clinlint::claim::{
    Amount, Band, Claim, Context, Contraindication, Dose, Frequency, Interval, Level, Line, NumberNeeded, Onset, Order,
    Outcome, Phase, Population, Rate, Stage, Subject, Titration, Topicality, Unit, Value,
};
use clinlint::compare::{ArticleClaims, ClaimId, Disagreement, Position, Relation, Topic};
use clinlint::finding::{Confidence, Finding, Severity};
use clinlint::lint::{builtin, judge};
use clinlint::problem::Problem;
use clinlint::report::{Gated, Passages, Report};
use clinlint::span::Span;
use rust_decimal::Decimal;
use std::path::Path;

/// Articles and their texts.
pub struct Case {
    articles: Vec<ArticleClaims>,
    texts: Vec<String>,
}

impl Case {
    /// Paths and texts; each `«passage»` of a text becomes the claim of a
    /// starting dose, of as many milligrams as the first number in it.
    pub fn new(articles: &[(&str, &str)]) -> Self {
        let mut case = Self { articles: Vec::new(), texts: Vec::new() };
        for (path, marked) in articles {
            let mut text = String::new();
            let mut claims = Vec::new();
            for piece in marked.split_inclusive(['«', '»']) {
                let start = text.len();
                text.push_str(piece.trim_end_matches(['«', '»']));
                if piece.ends_with('»') {
                    claims.push(starting_dose(Span::new(start, text.len()), &text[start..]));
                }
            }
            let article = ArticleClaims { path: (*path).to_owned(), claims, ..ArticleClaims::default() };
            case.articles.push(article.placed(&text));
            case.texts.push(text);
        }
        case
    }

    /// What the built-in lints make of disagreements.
    pub fn judged(&self, disagreements: &[Disagreement]) -> Vec<Finding> {
        judge(&builtin().unwrap(), disagreements, &self.articles)
    }

    /// What reports look at.
    pub fn passages(&self) -> Vec<Passages<'_>> {
        self.articles.iter().zip(&self.texts).map(|(claims, text)| Passages { claims, text }).collect()
    }

    /// Adds a claim of every kind to the second article.
    pub fn add_every_kind(&mut self) {
        let values = every_kind();
        let claims = values.into_iter().map(|value| Claim { value, ..starting_dose(Span::new(0, 4), "None") });
        self.articles[1].claims.extend(claims);
        let last = self.articles[1].claims.last_mut().unwrap();
        last.context = Context {
            population: Population {
                groups: vec!["children".into()],
                age: Some(Band::new(Some(Decimal::from(6)), Some(Decimal::from(12)))),
                ..Population::default()
            },
            indications: vec!["neuropathic pain".into(), "sciatica".into()],
            routes: vec!["oral".into()],
            product: Some("modified release".into()),
            ..Context::default()
        };
        last.drugs.push("methylcobalamin".into());
    }
}

/// What outputs are a view of, for a run that fails on warnings.
pub fn report<'a>(findings: &'a [Finding], articles: &'a [Passages<'a>], problems: &'a [Problem]) -> Report<'a> {
    let (gated, fail_on, base) = (Gated::default(), Some(Severity::Warning), Path::new("."));
    Report { findings, articles, problems, gated, lints: &[], fail_on, coverage: None, base }
}

/// A disagreement over starting doses: positions of (article, claim).
pub fn starting_doses(positions: &[&[(usize, usize)]]) -> Disagreement {
    let positions = positions.iter().enumerate().map(|(at, claims)| Position {
        claims: claims.iter().map(|(article, claim)| ClaimId { article: *article, claim: *claim }).collect(),
        summary: format!("{} mg", (at + 1) * 10),
    });
    Disagreement {
        topic: Topic::DoseStart,
        relation: Relation::Disjoint,
        drugs: vec!["amitriptyline".into()],
        about: None,
        positions: positions.collect(),
        confidence: Confidence::High,
        derivation: None,
    }
}

fn starting_dose(span: Span, quote: &str) -> Claim {
    let digits = quote.trim_start_matches(|character: char| !character.is_ascii_digit());
    let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
    let milligrams = digits[..end].parse().unwrap_or(Decimal::ZERO);
    Claim {
        span,
        quote: quote.to_owned(),
        sentence: span,
        drugs: vec!["amitriptyline".into()],
        subject: Subject::Stated,
        topic: Topicality::Drug,
        value: Value::Dose(Dose {
            phase: Phase::Start,
            amount: amount(milligrams, "mg", &["d"]),
            frequency: None,
            combination: Vec::new(),
            each: false,
            adjusted: false,
        }),
        context: Context::default(),
        citations: vec!["1".to_owned()],
        works: Vec::new(),
        section: vec!["Dosing".into()],
    }
}

fn amount(value: Decimal, code: &str, per: &[&str]) -> Amount {
    let per = per.iter().map(|per| (*per).into()).collect();
    let unit = Unit { code: code.into(), base: code.into(), factor: Decimal::ONE, per };
    Amount { range: Interval::point(value), unit }
}

fn every_kind() -> Vec<Value> {
    let weekly = Frequency { times: Interval::point(Decimal::ONE), days: Decimal::from(7) };
    let weeks = |low: i64, high: i64| Interval::new(Decimal::from(low * 7), Decimal::from(high * 7));
    let nnt = NumberNeeded {
        harm: false,
        value: Decimal::new(41, 1),
        interval: Some(Interval::new(Decimal::new(30, 1), Decimal::new(55, 1))),
        endpoint: None,
        comparator: None,
    };
    vec![
        Value::Dose(Dose {
            phase: Phase::Max,
            amount: Amount {
                range: Interval { low: None, high: Some(Decimal::new(75, 1)) },
                ..amount(Decimal::ONE, "mg", &[])
            },
            frequency: Some(weekly),
            combination: Vec::new(),
            each: false,
            adjusted: false,
        }),
        Value::Titration(Titration {
            increment: Some(amount(Decimal::TEN, "ug", &["kg"])),
            interval: Some(weeks(1, 2)),
            down: false,
        }),
        Value::NumberNeeded(nnt.clone()),
        Value::NumberNeeded(NumberNeeded { harm: true, interval: None, ..nnt }),
        Value::Rate(Rate {
            treatment: Decimal::from(38),
            control: Some(Decimal::from(16)),
            outcome: Some(Outcome::Benefit),
            endpoint: None,
            comparator: None,
        }),
        Value::Onset(Onset { days: Some(weeks(4, 6)), stage: Stage::Full, effect: Some("antidepressant".into()) }),
        Value::Contraindication(Contraindication {
            condition: "glaucoma".into(),
            known: true,
            condition_span: Span::new(0, 4),
            level: Level::Contraindicated,
            interaction: false,
            modifiers: Vec::new(),
            conditional: false,
            hedged: false,
            dosing: false,
        }),
        Value::Line(Line { order: Order::NotFirst }),
    ]
}
