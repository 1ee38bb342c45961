//! Ranges: one or two numbers, with a unit after the last or after each.

use super::number::Number;
use super::reader::{Reader, is_range_sign};
use super::time::days_in;
use super::unit::{Spelled, is_convertible};
use crate::quantity::Interval;
use crate::text::token::TokenKind;
use crate::vocabulary::Dimension;
use rust_decimal::Decimal;

/// One or two numbers, not yet with a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Numbers {
    /// Their range, in the unit of the last one.
    pub range: Interval,
    /// The token after the last one; after its unit, if both ends have one.
    pub end: usize,
    /// Whether there are two.
    pub is_range: bool,
    /// Whether the upper end is said to be left out: "2 to <6".
    pub is_half_open: bool,
    /// The unit, where it was written after the first number too.
    pub unit: Option<Spelled>,
}

impl Reader<'_> {
    /// Reads "10", "10–25", "10 to 25", "between 10 and 25", "10 mg–25 mg",
    /// "500 mg to 1 g", "2-<6".
    pub fn numbers(&self, at: usize) -> Option<Numbers> {
        let first = self.number(at)?;
        let unit = self.unit_after(first.end);
        let joint = unit.map_or(first.end, |unit| unit.end);
        // "10%-20%": the percent sign may stand after the first number too.
        let percent = usize::from(self.word(joint) == "%");
        let single = Numbers {
            range: Interval::point(first.value),
            end: first.end,
            is_range: false,
            is_half_open: false,
            unit: None,
        };
        Some(self.range_end(at, joint + percent, first, unit).unwrap_or(single))
    }

    fn range_end(&self, at: usize, joint: usize, first: Number, first_unit: Option<Spelled>) -> Option<Numbers> {
        // "a 4- to 8-week course"
        let hanging =
            first_unit.is_none() && self.is(joint, &["-", "‑"]) && self.is_tied(joint) && self.word(joint + 1) == "to";
        let joint = joint + usize::from(hanging);
        let sign = self.word(joint);
        let between = || {
            let of_age = self.before(at, 1) == "of" && matches!(self.before(at, 2), "age" | "ages");
            self.before(at, 1) == "between" || (of_age && (3..=4).any(|back| self.before(at, back) == "between"))
        };
        if !(is_range_sign(sign) || (sign == "and" && between())) {
            return None;
        }
        let start = self.after_less(joint + 1);
        let second = self.number(start).or_else(|| self.article(start, first_unit))?;
        let is_word = self.tokens[joint + 1].kind == TokenKind::Word;
        if is_word && !matches!(sign, "to" | "and" | "through") && self.tokens[at].kind != TokenKind::Word {
            return None;
        }
        let unit = self.unit_after(second.end);
        let (low, end) = match (first_unit, unit) {
            (Some(one), Some(other)) if one.id == other.id => (first.value, other.end),
            (Some(one), Some(other)) => (self.converted(first.value, one, other)?, other.end),
            // "5 mg-10" is more likely a page or a date than a range.
            (Some(_), None) => return None,
            // "1-800-273" is a telephone number, "2-5-10" a pattern.
            (None, None)
                if self.is(second.end, &["-"]) && self.is_tied(second.end) && self.is_digit(second.end + 1) =>
            {
                return None;
            }
            (None, _) => (first.value, second.end),
        };
        let unit = first_unit.and(unit);
        let range = Interval::new(low, second.value);
        Some(Numbers { range, end, is_range: true, is_half_open: start > joint + 1, unit })
    }

    /// "30 minutes to an hour": one hour.
    fn article(&self, at: usize, first_unit: Option<Spelled>) -> Option<Number> {
        let is_time = first_unit.is_some_and(|unit| unit.dimension == Dimension::Time);
        (is_time && self.is(at, &["a", "an"])).then_some(Number { value: Decimal::ONE, end: at + 1 })
    }

    /// Skips the comparison of "2 to <6" and "2 to less than 6".
    fn after_less(&self, at: usize) -> usize {
        match self.word(at) {
            "<" | "≤" | "under" | "below" => at + 1,
            "less" if self.word(at + 1) == "than" => at + 2,
            "up" if self.word(at + 1) == "to" => at + 2,
            _ => at,
        }
    }

    fn is_digit(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == TokenKind::Number)
    }

    /// A number in one unit converted to another of the same dimension;
    /// months are twelfths of years.
    fn converted(&self, value: Decimal, from: Spelled, to: Spelled) -> Option<Decimal> {
        if from.dimension != to.dimension || !is_convertible(from.dimension) {
            return None;
        }
        let scaled = match (self.code(from), self.code(to)) {
            ("mo", "a") => value / Decimal::from(12),
            // Weeks of seven days and months of thirty, as everywhere.
            (one, other) => match days_in(one).zip(days_in(other)) {
                Some((one, other)) => value * one / other,
                None => value * self.factor(from) / self.factor(to),
            },
        };
        Some(scaled.round_dp(6).normalize())
    }
}
