//! How often: intervals between doses, and times a day.

use super::range::Numbers;
use super::reader::{Reader, is_range_sign};
use super::time::days;
use super::{Mention, What};
use crate::quantity::{Frequency, Interval};
use crate::vocabulary::Dimension;
use rust_decimal::Decimal;

/// What an interval between doses begins with, beside [`is_latin`].
pub(super) const BEGINNINGS: [&str; 2] = ["every", "each"];

/// Whether a packed word may be of the kind of "q6h".
pub(super) fn is_latin(word: u128) -> bool {
    word & 0xff == u128::from(b'q')
}

impl Reader<'_> {
    /// "every 3 to 5 days", "every other day", "every third day", "q6h",
    /// "Q10min", "q4-6h".
    pub fn every(&self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let word = self.word(at);
        let (every, end) = match word {
            "every" | "each" | "q" => self.every_ordinal(at).or_else(|| self.every_number(at))?,
            _ if word.starts_with('q') => self.every_latin(at)?,
            _ => return None,
        };
        mentions.push(Mention { tokens: at..end, what: What::Every(every) });
        Some(end)
    }

    /// "every other day", "every third week", "every 2nd day".
    fn every_ordinal(&self, at: usize) -> Option<(Interval, usize)> {
        let (nth, unit) = match self.word(at + 1) {
            "other" | "second" | "alternate" => (2, at + 2),
            "third" => (3, at + 2),
            "fourth" => (4, at + 2),
            "2" if self.word(at + 2) == "nd" => (2, at + 3),
            "3" if self.word(at + 2) == "rd" => (3, at + 3),
            "4" if self.word(at + 2) == "th" => (4, at + 3),
            _ => return None,
        };
        let length = match self.word(unit) {
            "day" | "night" | "morning" | "evening" => 1,
            "week" => 7,
            "month" => 30,
            _ => return None,
        };
        Some((Interval::point(Decimal::from(nth * length)), unit + 1))
    }

    /// "every 3 to 5 days", "every week", "every fortnight", "q 6 h".
    fn every_number(&self, at: usize) -> Option<(Interval, usize)> {
        let numbers = self.numbers(at + 1);
        let (range, end) =
            numbers.map_or((Interval::point(Decimal::ONE), at + 1), |numbers| (numbers.range, numbers.end));
        if self.word(end) == "fortnight" {
            return Some((Interval::point(Decimal::from(14)), end + 1));
        }
        let spelled = numbers.and_then(|numbers| numbers.unit).or_else(|| self.unit_after(end))?;
        // "each day" is a whole day's amount.
        let is_day = numbers.is_none() && self.word(at) == "each" && self.code(spelled) == "d";
        if spelled.dimension != Dimension::Time || is_day {
            return None;
        }
        let after = spelled.end + usize::from(self.is(spelled.end, &["interval", "intervals"]));
        Some((days(range, self.code(spelled))?, after))
    }

    /// "q6h" is one token, "q4-6h" several; the letters after the number are
    /// cut off only at its start.
    fn every_latin(&self, at: usize) -> Option<(Interval, usize)> {
        let rest = &self.word(at)[1..];
        let digits = rest.len() - rest.trim_start_matches(|first: char| first.is_ascii_digit()).len();
        if digits == 0 {
            return None;
        }
        let low: Decimal = rest[..digits].parse().ok()?;
        let (high, unit, end) = match &rest[digits..] {
            "" if is_range_sign(self.word(at + 1)) => {
                let high = self.number(at + 2)?;
                (high.value, self.word(high.end), high.end + 1)
            }
            "" => (low, self.word(at + 1), at + 2),
            // "q4h-q6h", "q8h-12h"
            unit if is_range_sign(self.word(at + 1)) && self.is_tied(at + 1) => match self.latin_end(at + 2) {
                Some((high, end)) => (high, unit, end),
                None => (low, unit, at + 1),
            },
            unit => (low, unit, at + 1),
        };
        let code = match unit {
            "h" | "hr" | "hrs" | "hour" | "hours" | "hourly" => "h",
            "min" | "mins" | "minutes" => "min",
            "d" | "days" => "d",
            "wk" | "w" | "weeks" => "wk",
            "mo" | "months" => "mo",
            _ => return None,
        };
        Some((days(Interval::new(low, high), code)?, end))
    }

    /// The second half of "q4h-q6h" or "q4h-6h".
    fn latin_end(&self, at: usize) -> Option<(Decimal, usize)> {
        if let Some(number) = self.number(at) {
            return self.is(number.end, &["h", "hr", "hrs"]).then_some((number.value, number.end + 1));
        }
        let digits = self.word(at).strip_prefix('q')?.trim_end_matches(['h', 'r', 's']);
        Some((digits.parse().ok()?, at + 1))
    }

    /// "3 times a day", "2 to 3 times daily", "3x/day", "in 2 divided doses",
    /// "4–6 hourly", "2-weekly".
    pub fn times(&self, at: usize, numbers: &Numbers, mentions: &mut Vec<Mention>) -> Option<usize> {
        let mut range = numbers.range;
        let mut end = numbers.end;
        if self.is(end, &["or", "and"])
            && let Some(second) = self.number(end + 1)
        {
            range.high = Some(second.value);
            end = second.end;
        }
        if self.is(end, &["divided", "equally", "equal", "split", "separate"]) {
            let doses = (end..end + 4).find(|index| self.is(*index, &["doses", "dose", "portions"]))?;
            mentions.push(Mention { tokens: at..doses + 1, what: What::Divided(Some(range)) });
            return Some(doses + 1);
        }
        let adverb = self.after_hyphen(end);
        if let Some(every) = self.adverb(adverb, range) {
            mentions.push(Mention { tokens: at..adverb + 1, what: What::Every(every) });
            return Some(adverb + 1);
        }
        let frequency = self.times_in(end, range)?;
        mentions.push(Mention { tokens: at..frequency.1, what: What::Frequency(frequency.0) });
        Some(frequency.1)
    }

    /// "6-hourly", "2-weekly": with a number, the adverb is an interval.
    fn adverb(&self, at: usize, range: Interval) -> Option<Interval> {
        let code = match self.word(at) {
            "hourly" | "hrly" => "h",
            "minutely" => "min",
            "weekly" => "wk",
            "monthly" => "mo",
            _ => return None,
        };
        days(range, code)
    }

    /// "times a day", "x/week", "times per month"; "days a week".
    fn times_in(&self, at: usize, range: Interval) -> Option<(Frequency, usize)> {
        let is_days = self.is(at, &["days", "nights"]) && self.is(at + 1, &["a", "per", "each", "/"]);
        if !is_days && !self.is(at, &["times", "time", "x", "×"]) {
            return None;
        }
        let mut end = at + 1;
        if self.is(end, &["a", "per", "each", "every", "/", "in", "the"]) {
            end += 1;
        }
        let days = match self.word(end) {
            "day" | "daily" | "d" if !is_days => 1,
            "week" | "weekly" | "wk" => 7,
            "month" | "monthly" if !is_days => 30,
            // "3 times in 24 hours"
            "24" if self.is(end + 1, &["hours", "h"]) => {
                return Some((Frequency { times: range, days: Decimal::ONE }, end + 2));
            }
            _ => return None,
        };
        Some((Frequency { times: range, days: Decimal::from(days) }, end + 1))
    }
}
