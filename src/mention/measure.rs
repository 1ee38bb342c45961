//! Everything that is counted: one walk over the numbers of a block.

use super::amount::{Numbers, amounts, is_dose_dimension, is_range_sign, numbers, unit_after};
use super::number::number;
use super::{Bound, Mention, What};
use crate::quantity::{Band, Frequency, Interval};
use crate::text::token::{Token, TokenKind};
use crate::vocabulary::{Dimension, Vocabulary};
use rust_decimal::Decimal;

/// Finds amounts, durations, intervals, frequencies, percentages, shares,
/// ages, weights and kidney functions.
pub(super) fn measures(text: &str, tokens: &[Token], vocabulary: &Vocabulary, mentions: &mut Vec<Mention>) {
    let reader = Reader { text, tokens, vocabulary };
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at, mentions).unwrap_or(at + 1).max(at + 1);
    }
}

struct Reader<'t> {
    text: &'t str,
    tokens: &'t [Token],
    vocabulary: &'t Vocabulary,
}

/// Lengths of time in minutes; months and years in mean calendar days.
fn minutes(code: &str) -> Option<Decimal> {
    Some(match code {
        "s" => Decimal::ONE / Decimal::from(60),
        "min" => Decimal::ONE,
        "h" => Decimal::from(60),
        "d" => Decimal::from(1440),
        "wk" => Decimal::from(10080),
        "mo" => Decimal::from(43830),
        "a" => Decimal::from(525_960),
        _ => return None,
    })
}

const MINUTES_A_DAY: Decimal = Decimal::from_parts(1440, 0, 0, false, 0);
const DAYS_A_YEAR: Decimal = Decimal::from_parts(36525, 0, 0, false, 2);

fn days(range: Interval, code: &str) -> Option<Interval> {
    // Weeks and days stay whole numbers; a month counts as 30 days, as in
    // most instructions, and a year as 365.
    let scale = match code {
        "mo" => Decimal::from(30),
        "a" => Decimal::from(365),
        _ => minutes(code)? / MINUTES_A_DAY,
    };
    Some(range.scaled(scale))
}

impl Reader<'_> {
    fn word(&self, at: usize) -> String {
        self.tokens.get(at).map(|token| token.text(self.text).to_lowercase()).unwrap_or_default()
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.word(at).as_str())
    }

    fn step(&self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let token = &self.tokens[at];
        if token.kind == TokenKind::Word {
            if let Some(end) = self.every(at, mentions).or_else(|| self.vague_time(at, mentions)) {
                return Some(end);
            }
            if number(self.text, self.tokens, at).is_none() {
                return None;
            }
        }
        let (bound, from) = self.bound_before(at);
        if let Some(end) = self.share(at, mentions) {
            return Some(end);
        }
        let read = numbers(self.text, self.tokens, at, self.vocabulary)?;
        if let Some(end) = self.percent(at, &read, mentions) {
            return Some(end);
        }
        if let Some(end) = self.times(at, &read, mentions) {
            return Some(end);
        }
        if let Some(end) = self.age_in_short(at, from, bound, &read, mentions) {
            return Some(end);
        }
        let spelled = read.unit.clone().or_else(|| unit_after(self.text, self.tokens, read.end, self.vocabulary));
        if let Some(spelled) = &spelled {
            match spelled.dimension {
                Dimension::Time => return self.time(at, from, bound, &read, &spelled.unit.code, spelled.end, mentions),
                // Nobody is given kilograms of a drug: "15–30 kg" is a body weight.
                Dimension::Mass if matches!(&*spelled.unit.code, "kg" | "[lb_av]") => {
                    let range = band(read.range, bound).0.scaled(spelled.unit.factor / Decimal::from(1_000_000));
                    mentions.push(Mention { tokens: from..spelled.end, what: What::Weight(Band(range)) });
                    return Some(spelled.end);
                }
                Dimension::Volume if self.is_renal_function(at, spelled.end) => {
                    mentions.push(Mention {
                        tokens: from..spelled.end,
                        what: What::RenalFunction(band(read.range, bound)),
                    });
                    return Some(spelled.end + 2);
                }
                dimension if is_dose_dimension(dimension) => {}
                _ => return Some(spelled.end),
            }
        }
        amounts(self.text, self.tokens, at, self.vocabulary, bound, mentions).or(Some(read.end))
    }

    /// A comparison before the number, and the token it starts at.
    fn bound_before(&self, at: usize) -> (Option<Bound>, usize) {
        let word = |back: usize| at.checked_sub(back).map(|index| self.word(index)).unwrap_or_default();
        let (one, two, three) = (word(1), word(2), word(3));
        let found = match (three.as_str(), two.as_str(), one.as_str()) {
            (_, "no" | "not", "over") => Some((Bound::AtMost, 2)),
            ("no" | "not", "more" | "greater" | "higher", "than") => Some((Bound::AtMost, 3)),
            ("no" | "not", "less" | "fewer" | "lower", "than") => Some((Bound::AtLeast, 3)),
            (_, "more" | "greater" | "higher" | "older" | "heavier", "than") => Some((Bound::Above, 2)),
            (_, "less" | "fewer" | "lower" | "younger" | "lighter", "than") => Some((Bound::Below, 2)),
            (_, "<" | ">", "=") => Some((if two == "<" { Bound::AtMost } else { Bound::AtLeast }, 2)),
            (_, "up", "to") => Some((Bound::AtMost, 2)),
            (_, "at", "least") => Some((Bound::AtLeast, 2)),
            (_, "at", "most") => Some((Bound::AtMost, 2)),
            (_, _, "<") => Some((Bound::Below, 1)),
            (_, _, "under" | "below") => Some((Bound::Below, 1)),
            (_, _, "≤" | "⩽") => Some((Bound::AtMost, 1)),
            (_, _, "≥" | "⩾") => Some((Bound::AtLeast, 1)),
            (_, _, ">") => Some((Bound::Above, 1)),
            (_, _, "over" | "above" | "exceeding") => Some((Bound::Above, 1)),
            _ => None,
        };
        found.map_or((None, at), |(bound, back)| (Some(bound), at - back))
    }

    /// "every 3 to 5 days", "every other day", "q6h", "Q10min", "4-6 hourly".
    fn every(&self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let word = self.word(at);
        if matches!(word.as_str(), "every" | "each" | "q") {
            if self.is(at + 1, &["other", "second", "alternate"]) && self.is(at + 2, &["day", "night", "week"]) {
                let period = if self.word(at + 2) == "week" { 14 } else { 2 };
                let range = Interval::point(Decimal::from(period));
                mentions.push(Mention { tokens: at..at + 3, what: What::Every(range) });
                return Some(at + 3);
            }
            let read = numbers(self.text, self.tokens, at + 1, self.vocabulary);
            let (range, end) = read.map_or((Interval::point(Decimal::ONE), at + 1), |read| (read.range, read.end));
            let spelled = unit_after(self.text, self.tokens, end, self.vocabulary)?;
            if spelled.dimension != Dimension::Time || (word == "each" && end == at + 1) {
                return None;
            }
            let every = days(range, &spelled.unit.code)?;
            mentions.push(Mention { tokens: at..spelled.end, what: What::Every(every) });
            return Some(spelled.end);
        }
        // "q6h" is one token, "q4-6h" and "q 6 h" are several; the letters after
        // the number are cut off only at its start.
        let rest = word.strip_prefix('q').filter(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        let low: Decimal = digits.parse().ok()?;
        let (high, unit, end) = match &rest[digits.len()..] {
            "" if is_range_sign(&self.word(at + 1)) => {
                let high = number(self.text, self.tokens, at + 2)?;
                (high.value, self.word(high.end), high.end + 1)
            }
            "" => (low, self.word(at + 1), at + 2),
            unit => (low, unit.to_owned(), at + 1),
        };
        let code = match unit.as_str() {
            "h" | "hr" | "hrs" | "hourly" => "h",
            "min" | "mins" => "min",
            "d" => "d",
            "wk" | "w" => "wk",
            _ => return None,
        };
        mentions.push(Mention { tokens: at..end, what: What::Every(days(Interval::new(low, high), code)?) });
        Some(end)
    }

    /// "a week or two", "several weeks", "a few days", "a month".
    fn vague_time(&self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let word = self.word(at);
        let (range, from) = match word.as_str() {
            "a" | "an" if self.is(at + 1, &["few"]) => (None, at + 2),
            "a" if self.is(at + 1, &["couple"]) && self.is(at + 2, &["of"]) => {
                (Some(Interval::point(Decimal::TWO)), at + 3)
            }
            "a" | "an" => (Some(Interval::point(Decimal::ONE)), at + 1),
            "several" | "some" | "many" | "few" => (None, at + 1),
            _ => return None,
        };
        let spelled = unit_after(self.text, self.tokens, from, self.vocabulary)?;
        // "a day" is a frequency, "a minute" is nothing at all.
        if spelled.dimension != Dimension::Time || (range.is_some() && &*spelled.unit.code == "d") {
            return None;
        }
        let mut end = spelled.end;
        let mut range = range;
        if range.is_some() && self.is(end, &["or"]) && self.is(end + 1, &["two", "so"]) {
            if self.word(end + 1) == "two" {
                range = Some(Interval::new(Decimal::ONE, Decimal::TWO));
            }
            end += 2;
        }
        let length = range.and_then(|range| days(range, &spelled.unit.code));
        mentions.push(Mention { tokens: at..end, what: What::Duration(length) });
        Some(end)
    }

    /// "23/38", "1 in 4", "6 out of 10".
    fn share(&self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let part = number(self.text, self.tokens, at)?;
        let (whole, is_sure) = if self.is(part.end, &["/"]) && !self.tokens[part.end].spaced {
            let whole = number(self.text, self.tokens, part.end + 1)?;
            // A fraction of patients, not "10/20 mg", "24/7" or a date.
            let spelled = unit_after(self.text, self.tokens, whole.end, self.vocabulary).is_none();
            let sure =
                self.is(whole.end, &["(", "patients", "participants", "people", "women", "men", "children", "with"]);
            (whole, spelled && sure && !self.is(whole.end, &["/"]))
        } else if self.is(part.end, &["in"]) {
            let whole = number(self.text, self.tokens, part.end + 1)?;
            let counted = unit_after(self.text, self.tokens, whole.end, self.vocabulary).is_none();
            (whole, counted)
        } else if self.is(part.end, &["out"]) && self.is(part.end + 1, &["of"]) {
            (number(self.text, self.tokens, part.end + 2)?, true)
        } else {
            return None;
        };
        if !is_sure || whole.value <= part.value || part.value.scale() > 0 || whole.value.scale() > 0 {
            return None;
        }
        let what = What::Share { part: part.value, whole: whole.value };
        mentions.push(Mention { tokens: at..whole.end, what });
        Some(whole.end)
    }

    fn percent(&self, at: usize, read: &Numbers, mentions: &mut Vec<Mention>) -> Option<usize> {
        let end = match self.word(read.end).as_str() {
            "%" | "percent" => read.end + 1,
            "per" if self.is(read.end + 1, &["cent"]) => read.end + 2,
            _ => return None,
        };
        mentions.push(Mention { tokens: at..end, what: What::Percent(read.range) });
        Some(end)
    }

    /// "3 times a day", "2 to 3 times daily", "3x/day", "in 2 divided doses".
    fn times(&self, at: usize, read: &Numbers, mentions: &mut Vec<Mention>) -> Option<usize> {
        let mut range = read.range;
        let mut end = read.end;
        if self.is(end, &["or", "and"])
            && let Some(second) = number(self.text, self.tokens, end + 1)
        {
            range.high = Some(second.value);
            end = second.end;
        }
        if self.is(end, &["divided", "equally", "equal"]) {
            let doses = (end..end + 4).find(|index| self.is(*index, &["doses", "dose"]))?;
            mentions.push(Mention { tokens: at..doses + 1, what: What::Divided(Some(range)) });
            return Some(doses + 1);
        }
        if self.is(end, &["hourly"]) {
            let every = range.scaled(Decimal::from(60) / MINUTES_A_DAY);
            mentions.push(Mention { tokens: at..end + 1, what: What::Every(every) });
            return Some(end + 1);
        }
        if self.is(end, &["-", "‑"]) && self.is(end + 1, &["hourly"]) {
            let every = range.scaled(Decimal::from(60) / MINUTES_A_DAY);
            mentions.push(Mention { tokens: at..end + 2, what: What::Every(every) });
            return Some(end + 2);
        }
        if !self.is(end, &["times", "time", "x", "×"]) {
            return None;
        }
        let mut end = end + 1;
        if self.is(end, &["a", "per", "each", "every", "/", "in", "the"]) {
            end += 1;
        }
        let days = match self.word(end).as_str() {
            "day" | "daily" | "d" => 1,
            "week" | "weekly" | "wk" => 7,
            "month" | "monthly" => 30,
            _ => return None,
        };
        let frequency = Frequency { times: range, days: Decimal::from(days) };
        mentions.push(Mention { tokens: at..end + 1, what: What::Frequency(frequency) });
        Some(end + 1)
    }

    /// A number with a unit of time: an age, or a duration.
    #[expect(clippy::too_many_arguments, reason = "all of it describes one number")]
    fn time(
        &self,
        at: usize,
        from: usize,
        bound: Option<Bound>,
        read: &Numbers,
        code: &str,
        end: usize,
        mentions: &mut Vec<Mention>,
    ) -> Option<usize> {
        if let Some(age_end) = self.age_end(at, from, bound, code, end) {
            let (range, after) = self.age_range(read.range, bound, code, age_end.0)?;
            mentions.push(Mention { tokens: from..after.max(age_end.1), what: What::Age(Band(range)) });
            return Some(after.max(age_end.1));
        }
        let length = days(read.range, code);
        let hyphen_adjective = self.is(end, &["-", "old"]);
        if !hyphen_adjective {
            // "over 3–7 weeks" is how long it takes, not a lower bound.
            let takes = at > 0 && self.word(at - 1) == "over" && !(at > 1 && self.is(at - 2, &["for", "lasting"]));
            let range = match bound {
                Some(Bound::Above | Bound::AtLeast) if !takes => {
                    length.map(|length| Interval { low: length.low, high: None })
                }
                _ => length,
            };
            mentions.push(Mention { tokens: at..end, what: What::Duration(range) });
        }
        Some(end)
    }

    /// Whether a time is an age: "12 years of age", "aged 6 to 12 years",
    /// "children under 12 years", "6-10 years:", "< 6 years". Returns the token
    /// after the unit and the token after the whole phrase.
    fn age_end(&self, at: usize, from: usize, bound: Option<Bound>, code: &str, end: usize) -> Option<(usize, usize)> {
        if self.is(end, &["of"]) && self.is(end + 1, &["age"]) {
            return Some((end + 2, end + 2));
        }
        if self.is(end, &["old"]) || (self.is(end, &["-"]) && self.is(end + 1, &["old", "olds"])) {
            let after = if self.word(end) == "old" { end + 1 } else { end + 2 };
            return Some((after, after));
        }
        let before = |back: usize| from.checked_sub(back).map(|index| self.word(index)).unwrap_or_default();
        let is_person = |word: &str| {
            matches!(
                word,
                "children"
                    | "child"
                    | "infants"
                    | "infant"
                    | "aged"
                    | "age"
                    | "ages"
                    | "patients"
                    | "adolescents"
                    | "adults"
                    | "adult"
                    | "boys"
                    | "girls"
                    | "neonates"
                    | "pediatric"
                    | "paediatric"
                    | "teenagers"
                    | "people"
                    | "women"
                    | "men"
                    | "those"
                    | "individuals"
                    | "kids"
                    | "babies"
            )
        };
        let long = matches!(code, "a" | "mo");
        if is_person(&before(1))
            || (matches!(before(1).as_str(), "from" | "of" | ":" | "(" | ",") && is_person(&before(2)))
        {
            return (long || matches!(code, "wk" | "d")).then_some((end, end));
        }
        if long
            && self.is(end, &["and", "or"])
            && self.is(end + 1, &["older", "over", "above", "younger", "under", "up"])
        {
            return Some((end, end));
        }
        let sign = at > 0 && self.is(at - 1, &["<", ">", "≤", "≥", "under", "below", "over", "than"]);
        if code == "a" && bound.is_some() && sign {
            // "for more than 5 years" is a duration.
            let duration = matches!(before(1).as_str(), "for" | "after" | "within" | "lasting" | "in" | "history")
                || self.is(end, &["ago", "after", "later"]);
            return (!duration).then_some((end, end));
        }
        // A label or the start of a line: "6-10 years: 10 mg".
        let starts = from == 0 || matches!(before(1).as_str(), "." | ":" | "•" | ";" | "(" | "-");
        (long && starts && (self.is(end, &[":", "–", "—", ")"]) || (code == "a" && from == 0))).then_some((end, end))
    }

    fn age_range(&self, range: Interval, bound: Option<Bound>, code: &str, end: usize) -> Option<(Interval, usize)> {
        let mut range = band(range, bound).0;
        let mut after = end;
        if self.is(end, &["and", "or"]) {
            if self.is(end + 1, &["older", "over", "above", "up", "upwards"]) {
                range.high = None;
                after = end + 2;
            } else if self.is(end + 1, &["younger", "under", "below"]) {
                range.low = None;
                after = end + 2;
            }
        }
        let years = |value: Decimal| match code {
            "a" => Some(value),
            "mo" => Some(months(value)),
            _ => Some((value * minutes(code)? / MINUTES_A_DAY / DAYS_A_YEAR).round_dp(4).normalize()),
        };
        let range = Interval { low: range.low.and_then(years), high: range.high.and_then(years) };
        Some((range, after))
    }

    /// Ages as cards and leaflets write them: "<6m", "6m-6yrs", "6-12y",
    /// ">12y", and without a unit "children under 12", "over 65", "aged 6-12".
    fn age_in_short(
        &self,
        at: usize,
        from: usize,
        bound: Option<Bound>,
        read: &Numbers,
        mentions: &mut Vec<Mention>,
    ) -> Option<usize> {
        let unit = self.word(read.end);
        let close = self.tokens.get(read.end).is_some_and(|token| !token.spaced);
        let line_start = from == 0 || self.text[..self.tokens[from].range.start].ends_with('\n');
        if matches!(unit.as_str(), "m" | "y") && close && (bound.is_some() || line_start || read.is_range) {
            let years = |value: Decimal, unit: &str| if unit == "m" { months(value) } else { value };
            if unit == "m" && is_range_sign(&self.word(read.end + 1)) {
                let high = number(self.text, self.tokens, read.end + 2)?;
                let high_unit = self.word(high.end);
                if !high_unit.starts_with('y') && high_unit != "m" {
                    return None;
                }
                let band = Band::new(Some(months(read.range.low?)), Some(years(high.value, &high_unit[..1])));
                mentions.push(Mention { tokens: at..high.end + 1, what: What::Age(band) });
                return Some(high.end + 1);
            }
            let range = band(read.range, bound).0;
            let band = Band::new(range.low.map(|low| years(low, &unit)), range.high.map(|high| years(high, &unit)));
            mentions.push(Mention { tokens: from..read.end + 1, what: What::Age(band) });
            return Some(read.end + 1);
        }
        let person = from.checked_sub(1).map(|index| self.word(index)).unwrap_or_default();
        let plural = matches!(
            person.as_str(),
            "children" | "child" | "patients" | "adults" | "adolescents" | "aged" | "ages" | "age" | "people" | "those"
        );
        let recommends = matches!(person.as_str(), "recommended" | "use" | "for" | "in" | "children");
        let whole = read.range.low.is_some_and(|low| low.scale() == 0 && low <= Decimal::from(100));
        let no_unit = unit_after(self.text, self.tokens, read.end, self.vocabulary).is_none()
            && !self.is(read.end, &["%", "/", "times", "x", "(", "hours", "-"]);
        let says_age = plural && (bound.is_some() || matches!(person.as_str(), "aged" | "ages"))
            || (recommends && matches!(bound, Some(Bound::Below)) && self.is(at - 1, &["under"]));
        if !(whole && no_unit && says_age) {
            return None;
        }
        let (range, end) = self.age_range(read.range, bound, "a", read.end)?;
        mentions.push(Mention { tokens: from..end, what: What::Age(Band(range)) });
        Some(end)
    }

    /// "mL/min" after an estimate of kidney function.
    fn is_renal_function(&self, at: usize, end: usize) -> bool {
        let per_minute = (self.is(end, &["/", "per"])) && self.is(end + 1, &["min", "minute"]);
        let named = (at.saturating_sub(8)..at).any(|index| {
            self.is(
                index,
                &["egfr", "gfr", "clearance", "crcl", "clcr", "function", "renal", "filtration", "cockcroft"],
            )
        });
        per_minute && named
    }
}

/// Months in years, short enough to be read.
fn months(value: Decimal) -> Decimal {
    (value / Decimal::from(12)).round_dp(4).normalize()
}

/// The band that a bounded number describes.
fn band(range: Interval, bound: Option<Bound>) -> Band {
    match bound {
        Some(Bound::Below | Bound::AtMost) => Band::new(None, range.high),
        Some(Bound::Above | Bound::AtLeast) => Band::new(range.low, None),
        None => Band(range),
    }
}
