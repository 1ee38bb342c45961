//! Amounts: numbers, ranges and series with a unit of dose.

use super::reader::Reader;
use super::unit::{WholeUnit, is_dose_dimension};
use super::{Bound, Measured, Mention, What};
use crate::quantity::Amount;
use crate::text::token::TokenKind;

/// No series of strengths is longer.
const LONGEST_SERIES: usize = 6;

impl Reader<'_> {
    /// Reads an amount that starts at token `at`, or a series with a shared
    /// unit ("45 and 50 mg", "300/600/900 mg"). Pushes one mention each and
    /// returns the token after the last.
    pub fn amounts(&self, at: usize, bound: Option<Bound>, mentions: &mut Vec<Mention>) -> Option<usize> {
        const COUNTED: [&str; 12] =
            ["day", "days", "week", "weeks", "month", "months", "table", "page", "cycle", "visit", "step", "grade"];
        let mut members = vec![(at, self.numbers(at)?)];
        // "on days 2–5 or 500 mg": the days are no part of a series.
        let is_ordinal = self.is(at.wrapping_sub(1), &COUNTED);
        let mut slashed = true;
        let spelled = loop {
            let (_, last) = members.last()?;
            if let Some(spelled) = last.unit.or_else(|| self.unit_after(last.end)) {
                break spelled;
            }
            let (next, sign) = self.series_step(last.end).filter(|_| !is_ordinal)?;
            slashed &= sign == "/";
            let numbers = self.numbers(next)?;
            members.push((next, numbers));
            if members.len() > LONGEST_SERIES {
                return None;
            }
        };
        if !is_dose_dimension(spelled.dimension) {
            return None;
        }
        let WholeUnit { unit, end, in_volume } = self.whole_unit(spelled)?;
        let (behind, end) = self.more_or_less(end).unwrap_or((None, end));
        let count = members.len();
        for (index, (start, numbers)) in members.into_iter().enumerate() {
            let is_last = index + 1 == count;
            let own = if index == 0 { bound } else { None };
            mentions.push(Mention {
                tokens: start..if is_last { end } else { numbers.end },
                what: What::Amount(Box::new(Measured {
                    amount: Amount { range: numbers.range, unit: unit.clone() },
                    bound: own.or(behind.filter(|_| is_last)),
                    slashed: (count > 1 && slashed).then_some((index, count)),
                    in_volume,
                })),
            });
        }
        Some(end)
    }

    /// "10 mg or more", "25 mg/day or less".
    fn more_or_less(&self, at: usize) -> Option<(Option<Bound>, usize)> {
        let (bound, end) = self.bound_behind(at).filter(|_| self.word(at) == "or")?;
        // "or less" praises the lower dose and sets no limit.
        Some((Some(if bound == Bound::AtMost { Bound::Below } else { bound }), end))
    }

    /// The next number of a series, and what joins it: a slash, a comma, "and", "or".
    fn series_step(&self, at: usize) -> Option<(usize, &str)> {
        let sign = self.word(at);
        let after = self.tokens.get(at + 1)?;
        match sign {
            "/" if !after.spaced => Some((at + 1, sign)),
            "," if self.is(at + 1, &["and", "or"]) => Some((at + 2, sign)),
            "and" | "or" => Some((at + 1, sign)),
            "," if after.kind == TokenKind::Number => Some((at + 1, sign)),
            _ => None,
        }
    }
}
