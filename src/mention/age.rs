//! Ages of patients, told from other stretches of time by what stands around.

use super::bound::band;
use super::measure::Counted;
use super::reader::{Reader, is_range_sign};
use super::time::days_in;
use super::unit::Spelled;
use super::{Bound, Mention, What};
use crate::quantity::{Band, Interval};
use rust_decimal::Decimal;

const DAYS_A_YEAR: Decimal = Decimal::from_parts(36525, 0, 0, false, 2);

/// People whose age may follow.
const PEOPLE: [&str; 33] = [
    "children",
    "child",
    "infants",
    "infant",
    "aged",
    "age",
    "ages",
    "patients",
    "patient",
    "adolescents",
    "adolescent",
    "adults",
    "adult",
    "boys",
    "girls",
    "neonates",
    "neonate",
    "pediatric",
    "paediatric",
    "pediatrics",
    "paediatrics",
    "teenagers",
    "people",
    "women",
    "men",
    "those",
    "individuals",
    "kids",
    "babies",
    "persons",
    "anyone",
    "newborns",
    "toddlers",
];

/// People of whom days and weeks are counted.
const YOUNG: [&str; 13] = [
    "aged", "age", "ages", "neonates", "neonate", "infants", "infant", "babies", "baby", "newborns", "newborn",
    "child", "children",
];

/// What an age is told by, if it is one.
struct Told {
    /// The first token of the phrase.
    from: usize,
    /// The comparison.
    bound: Option<Bound>,
    /// The token after the phrase.
    end: usize,
}

impl Reader<'_> {
    /// An age: "12 years of age", "aged 6 to 12 years", "children under 12
    /// years", "6-10 years:", "< 6 years", "6 months to 5 years".
    pub fn age(&self, counted: &Counted, spelled: Spelled) -> Option<Mention> {
        let code = self.code(spelled);
        let mut told = self.told(counted, code, spelled.end)?;
        let behind = self.bound_behind(told.end);
        if let Some((bound, end)) = behind {
            told = Told { bound: told.bound.or(Some(bound)), end, ..told };
        }
        let range = band(counted.numbers.range, told.bound).0;
        let years = |value: Option<Decimal>| value.and_then(|value| in_years(value, code));
        let band = Band::new(years(range.low), years(range.high));
        Some(Mention { tokens: told.from..told.end, what: What::Age(band) })
    }

    fn told(&self, counted: &Counted, code: &str, end: usize) -> Option<Told> {
        let Counted { at, from, bound, numbers } = counted;
        let (from, bound) = (*from, *bound);
        let told = |end: usize| Some(Told { from, bound, end });
        if self.word(end) == "of" && self.word(end + 1) == "age" {
            return told(end + 2);
        }
        if self.word(end) == "old" {
            return told(end + 1);
        }
        let tied = self.after_hyphen(end);
        if tied > end && self.is(tied, &["old", "olds"]) {
            return told(tied + 1);
        }
        if self.is(end, &["olds", "ago", "later", "after", "before", "post", "following", "apart", "history"]) {
            return (self.word(end) == "olds").then_some(Told { from, bound, end: end + 1 });
        }
        // "over the age of 2 years", "from the age of 12 years"
        if let Some(aged) = self.of_age(from) {
            return Some(Told { from: aged.0, bound: aged.1.or(bound), end });
        }
        let long = matches!(code, "a" | "mo");
        let person = |back: usize, people: &[&str]| from.checked_sub(back).is_some_and(|at| self.is(at, people));
        let linked = matches!(self.before(from, 1), "from" | "of" | ":" | "(" | "," | "between" | "are" | "is");
        let people = |people: &[&str]| person(1, people) || (linked && person(2, people));
        if people(if long { &PEOPLE } else { &YOUNG }) {
            let open = self.before(from, 1) == "from" && !numbers.is_range;
            return Some(Told { from, bound: if open { Some(Bound::AtLeast) } else { bound }, end });
        }
        let older = self.is(end, &["and", "or", "&"])
            && self.is(end + 1, &["older", "over", "above", "younger", "under", "up", "upwards"]);
        if long && numbers.is_half_open {
            return told(end);
        }
        let plus = self.word(end) == "+" && self.is_tied(end);
        if long && (older || (plus && code == "a")) {
            return told(end);
        }
        let compared =
            *at > 0 && self.is(at - 1, &["<", ">", "≤", "≥", "⩽", "⩾", "under", "below", "over", "than", "="]);
        if code == "a" && bound.is_some() && compared {
            // "for more than 5 years" is a duration.
            let lasts = matches!(
                self.before(from, 1),
                "for" | "after" | "within" | "lasting" | "in" | "history" | "every" | "by" | "took" | "take" | "takes"
            );
            return (!lasts && self.word(end) != "of").then_some(Told { from, bound, end });
        }
        self.is_label(counted, code, end).then_some(Told { from, bound, end })
    }

    /// A label, a bracket or the start of a line: "6-10 years: 10 mg", "(6–11
    /// years)", "2-<6 years".
    fn is_label(&self, counted: &Counted, code: &str, end: usize) -> bool {
        let Counted { from, bound, numbers, .. } = counted;
        // "5-year survival", "2 years of treatment"
        if self.is(numbers.end, &["-", "‑", "‐"]) && !numbers.is_range
            || self.is(end, &["of", "for", "in", "from", "since"])
        {
            return false;
        }
        let before = self.before(*from, 1);
        if before == "(" && self.word(end) == ")" {
            return matches!(code, "a" | "mo") && (numbers.is_range || bound.is_some());
        }
        let starts = *from == 0 || matches!(before, "." | ":" | "•" | ";" | "(" | "-");
        let ends = self.is(end, &[":", "–", "—", ")"]);
        matches!(code, "a" | "mo") && starts && (ends || (code == "a" && *from == 0))
    }

    /// Where "over the age of" begins before a token, and the comparison in it.
    fn of_age(&self, from: usize) -> Option<(usize, Option<Bound>)> {
        let is_link = matches!(self.before(from, 1), "of" | "between");
        if !is_link || !matches!(self.before(from, 2), "age" | "ages") {
            return None;
        }
        let age = from - 2;
        let article = if self.before(age, 1) == "the" { age - 1 } else { age };
        let (bound, start) = self.bound_before(article);
        let since = self.before(article, 1) == "from";
        Some((start, bound.or(since.then_some(Bound::AtLeast))))
    }

    /// Ages as cards and leaflets write them: "<6m", "6m-6yrs", "6-12y",
    /// ">12y", and without a unit "children under 12", "over 65s", "aged 6-12".
    pub fn age_in_short(&self, counted: &Counted) -> Option<Mention> {
        self.age_in_letters(counted).or_else(|| self.bare_age(counted))
    }

    fn age_in_letters(&self, counted: &Counted) -> Option<Mention> {
        let Counted { from, bound, numbers, .. } = counted;
        let end = numbers.end;
        // "6m-12m" has its unit inside the numbers.
        let (unit, end) = if numbers.unit.is_some() { (self.word(end - 1), end - 1) } else { (self.word(end), end) };
        if !matches!(unit, "m" | "y") || !self.is_tied(end) {
            return None;
        }
        let code = |letter: &str| if letter == "m" { "mo" } else { "a" };
        let line_start = *from == 0 || self.text[..self.tokens[*from].range.start].ends_with('\n');
        if !(bound.is_some() || line_start || numbers.is_range || is_range_sign(self.word(end + 1))) {
            return None;
        }
        if unit == "m" && !numbers.is_range && is_range_sign(self.word(end + 1)) {
            let high = self.number(end + 2)?;
            let high_unit = self.word(high.end);
            if !high_unit.starts_with('y') && high_unit != "m" {
                return None;
            }
            let (low, high_years) = (in_years(numbers.range.low?, "mo"), in_years(high.value, code(&high_unit[..1])));
            return Some(Mention { tokens: *from..high.end + 1, what: What::Age(Band::new(low, high_years)) });
        }
        let range = band(numbers.range, *bound).0;
        let years = |value: Option<Decimal>| value.and_then(|value| in_years(value, code(unit)));
        let band = Band::new(years(range.low), years(range.high));
        Some(Mention { tokens: *from..end + 1, what: What::Age(band) })
    }

    fn bare_age(&self, counted: &Counted) -> Option<Mention> {
        let Counted { at, from, bound, numbers } = counted;
        let Interval { low: Some(low), .. } = numbers.range else { return None };
        if low.scale() > 0 || low > Decimal::ONE_HUNDRED || self.unit_after(numbers.end).is_some() {
            return None;
        }
        if self.is(numbers.end, &["%", "/", "times", "x", "(", "hours", "-", "percent"]) {
            return None;
        }
        // "over 65s", "under-12s"
        let plural = self.word(numbers.end) == "s" && self.is_tied(numbers.end);
        let end = numbers.end + usize::from(plural);
        let behind = self.bound_behind(end);
        let older = behind.is_some() && self.is(end + 1, &["older", "over", "younger", "under", "above", "up"]);
        let aged = self.of_age(*from);
        let person = self.before(*from, 1);
        let is_age = match person {
            "aged" | "ages" => true,
            "children" | "child" | "patients" | "adults" | "adolescents" | "age" | "people" | "those" => {
                bound.is_some() || older || (person == "age" && numbers.is_range)
            }
            _ => false,
        };
        let recommends = matches!(person, "recommended" | "use" | "for" | "in" | "the")
            && *bound == Some(Bound::Below)
            && self.before(*at, 1) == "under";
        if !(is_age || recommends || aged.is_some() || (plural && bound.is_some())) {
            return None;
        }
        let (from, own) = aged.map_or((*from, *bound), |(start, aged)| (start, aged.or(*bound)));
        let (bound, end) = match behind {
            Some((bound, end)) if older => (own.or(Some(bound)), end),
            _ => (own, end),
        };
        Some(Mention { tokens: from..end, what: What::Age(band(numbers.range, bound)) })
    }
}

/// A time of life in years, short enough to be read; months are twelfths.
fn in_years(value: Decimal, code: &str) -> Option<Decimal> {
    let years = match code {
        "a" => return Some(value.normalize()),
        "mo" => value / Decimal::from(12),
        _ => value * days_in(code)? / DAYS_A_YEAR,
    };
    Some(years.round_dp(4).normalize())
}
