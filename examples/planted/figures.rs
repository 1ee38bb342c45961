//! Changes to figures of one passage that then no longer add up.

use crate::change::Change;
use crate::edit::{Edit, numbers, written};
use regex::{Captures, Regex};
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// The number that takes the place of the one in a match.
type Rewrite = fn(&Captures<'_>) -> Option<Decimal>;

/// A pattern whose group `figure` is rewritten.
pub struct Figures {
    pattern: Option<Regex>,
    rewrite: Rewrite,
}

impl Figures {
    fn new(pattern: &str, rewrite: Rewrite) -> Self {
        Self { pattern: Regex::new(pattern).ok(), rewrite }
    }

    /// The changes that a text allows, in its order.
    pub fn changes(&self, text: &str) -> Vec<Change> {
        let Some(pattern) = &self.pattern else { return Vec::new() };
        let change = |found: Captures<'_>| {
            let figure = found.name("figure")?;
            let edit = Edit::at(0, figure.range(), written((self.rewrite)(&found)?));
            let places = vec![edit.span];
            Some(Change { edits: vec![edit], places })
        };
        pattern.captures_iter(text).filter_map(change).collect()
    }
}

/// The number that a group holds.
fn number(found: &Captures<'_>, group: &str) -> Option<Decimal> {
    let (_, value) = numbers(found.name(group)?.as_str()).into_iter().next()?;
    Some(value)
}

/// A day's total in brackets behind the single doses, half as much again.
pub static DAY_TOTAL: LazyLock<Figures> = LazyLock::new(|| {
    let often = r"(?:twice|three times|four times|[2346] times) (?:daily|a day|per day)|every \d+ hours";
    let unit = r"(?:mg|g|mcg|micrograms)";
    Figures::new(
        &format!(
            r"\d\s?{unit} (?:by mouth |orally )?(?:{often}) \((?:total |i\.e\. )?(?P<figure>\d[\d,.]*)\s?{unit}(?:/day| a day| per day| daily)\)"
        ),
        |found| Some(number(found, "figure")? * Decimal::new(15, 1)),
    )
});

/// A percentage behind its numbers, seven points up or down.
pub static PERCENT: LazyLock<Figures> = LazyLock::new(|| {
    Figures::new(r"\b\d+(?:/| of | out of )\d{2,}(?: [a-z]+)? [(\[](?P<figure>\d+(?:\.\d+)?) ?%[)\]]", |found| {
        let (seven, percent) = (Decimal::from(7), number(found, "figure")?);
        Some(if percent > Decimal::from(90) { percent - seven } else { percent + seven })
    })
});

/// The same amount in a second unit, with a slipped decimal point.
pub static CONVERSION: LazyLock<Figures> = LazyLock::new(|| {
    let unit = |name: &str| format!(r"(?P<{name}>mg|g|mcg|micrograms|µg|μg)");
    Figures::new(&format!(r"\d\s?{} \((?P<figure>\d[\d,.]*)\s?{}\)", unit("one"), unit("other")), |found| {
        let differ = found.name("one")?.as_str() != found.name("other")?.as_str();
        differ.then(|| number(found, "figure").map(|figure| figure / Decimal::TEN)).flatten()
    })
});
