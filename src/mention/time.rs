//! Stretches of time.

use super::measure::Counted;
use super::reader::Reader;
use super::unit::Spelled;
use super::{Bound, Mention, What};
use crate::quantity::{Frequency, Interval};
use crate::vocabulary::Dimension;
use rust_decimal::Decimal;

/// How many days a unit of time is. A month counts as 30 days, as in most
/// instructions, and a year as 365, so that weeks and days stay whole numbers.
pub(super) fn days_in(code: &str) -> Option<Decimal> {
    let part_of_a_day = |parts: u32| Decimal::ONE / Decimal::from(parts);
    Some(match code {
        "s" => part_of_a_day(86_400),
        "min" => part_of_a_day(1440),
        "h" => part_of_a_day(24),
        "d" => Decimal::ONE,
        "wk" => Decimal::from(7),
        "mo" => Decimal::from(30),
        "a" => Decimal::from(365),
        _ => return None,
    })
}

/// A range of times in days.
pub(super) fn days(range: Interval, code: &str) -> Option<Interval> {
    // Divided rather than multiplied, hours come out exact.
    let per_day = |parts: i64| {
        let parts = Decimal::from(parts);
        Interval { low: range.low.map(|low| low / parts), high: range.high.map(|high| high / parts) }
    };
    Some(match code {
        "s" => per_day(86_400),
        "min" => per_day(1440),
        "h" => per_day(24),
        _ => range.scaled(days_in(code)?),
    })
}

/// What a stretch or a point of time begins with, where not with a number.
pub(super) const BEGINNINGS: [&str; 14] = [
    "a", "an", "several", "some", "many", "few", "minutes", "hours", "days", "weeks", "months", "day", "week", "month",
];

impl Reader<'_> {
    /// A number with a unit of time that is no age: how long something takes,
    /// or when before bedtime a dose is taken.
    pub fn time(&self, counted: &Counted, spelled: Spelled, mentions: &mut Vec<Mention>) -> usize {
        let Counted { at, bound, numbers, .. } = counted;
        let code = self.code(spelled);
        let mut end = spelled.end;
        if self.word(end) == "before" && self.is_bedtime(end + 1) {
            let once = Frequency { times: Interval::point(Decimal::ONE), days: Decimal::ONE };
            mentions.push(Mention { tokens: *at..end + 2, what: What::Frequency(once) });
            return end + 2;
        }
        // "at 3-day intervals", "at two-week intervals"
        let interval = self.after_hyphen(end);
        if self.is(interval, &["interval", "intervals"])
            && let Some(every) = days(numbers.range, code)
        {
            mentions.push(Mention { tokens: *at..interval + 1, what: What::Every(every) });
            return interval + 1;
        }
        let is_age_of_something = self.word(end) == "-" && self.is(end + 1, &["old", "olds"]);
        if is_age_of_something {
            return end;
        }
        // "over 3–7 weeks" is how long it takes, not a lower bound.
        let takes = self.before(*at, 1) == "over" && !self.is(at.wrapping_sub(2), &["for", "lasting"]);
        let mut range = days(numbers.range, code);
        let open = matches!(bound, Some(Bound::Above | Bound::AtLeast)) && !takes;
        if let Some((Bound::AtLeast, after)) = self.bound_behind(end) {
            end = after;
            range = range.map(|range| Interval { high: None, ..range });
        } else if open {
            range = range.map(|range| Interval { high: None, ..range });
        }
        mentions.push(Mention { tokens: *at..end, what: What::Duration(range) });
        end
    }

    /// "by week 4", "until day 3", "by weeks 4–6".
    pub fn time_point(&self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let code = match self.word(at) {
            "day" | "days" => "d",
            "week" | "weeks" => "wk",
            "month" | "months" => "mo",
            _ => return None,
        };
        if !matches!(self.before(at, 1), "by" | "until") {
            return None;
        }
        let numbers = self.numbers(at + 1).filter(|numbers| numbers.unit.is_none())?;
        mentions.push(Mention { tokens: at..numbers.end, what: What::Duration(days(numbers.range, code)) });
        Some(numbers.end)
    }

    fn is_bedtime(&self, at: usize) -> bool {
        let at = at + usize::from(self.is(at, &["going", "the"])) + usize::from(self.word(at) == "going");
        self.is(at, &["bed", "bedtime", "sleep", "sleeping", "retiring"])
    }

    /// "a week or two", "several weeks", "a few days", "a month", "within hours".
    pub fn vague_time(&self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let (range, from) = match self.word(at) {
            "a" | "an" if self.word(at + 1) == "few" => (None, at + 2),
            "a" if self.word(at + 1) == "couple" && self.word(at + 2) == "of" => {
                (Some(Interval::point(Decimal::TWO)), at + 3)
            }
            // "once a week" is a frequency.
            "a" | "an"
                if self
                    .is(at.wrapping_sub(1), &["once", "twice", "thrice", "times", "time", "days", "day", "x", "×"]) =>
            {
                return None;
            }
            "a" | "an" => (Some(Interval::point(Decimal::ONE)), at + 1),
            "several" | "some" | "many" | "few" => (None, at + 1),
            "minutes" | "hours" | "days" | "weeks" | "months" if self.before(at, 1) == "within" => (None, at),
            _ => return None,
        };
        let spelled = self.unit_after(from).filter(|spelled| spelled.dimension == Dimension::Time)?;
        // "a day" is a frequency, and letters are no words: "a d".
        if range.is_some() && (self.code(spelled) == "d" || self.word(from).len() < 4) {
            return None;
        }
        let (mut range, mut end) = (range, spelled.end);
        if range.is_some() && self.word(end) == "or" && self.is(end + 1, &["two", "so"]) {
            if self.word(end + 1) == "two" {
                range = Some(Interval::new(Decimal::ONE, Decimal::TWO));
            }
            end += 2;
        }
        // "weeks to months", "days or weeks"
        if range.is_none()
            && self.is(end, &["to", "or"])
            && let Some(other) = self.unit_after(end + 1).filter(|other| other.dimension == Dimension::Time)
        {
            end = other.end;
        }
        let length = range.and_then(|range| days(range, self.code(spelled)));
        mentions.push(Mention { tokens: at..end, what: What::Duration(length) });
        Some(end)
    }
}
