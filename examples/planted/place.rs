//! The classes of changes, and the exact rules that find their places.
//!
//! A rule either knows how to rewrite a claim as written, to the digit, or
//! leaves it alone.

use crate::change::Change;
use crate::edit::{Edit, numbers, written};
use crate::figures::{CONVERSION, DAY_TOTAL, PERCENT};
use clinlint::claim::{
    Amount, Claim, Contraindication, Dose, Interval, Level, Phase, Population, Subject, Titration, Value,
};
use clinlint::span::Span;
use regex::Regex;
use rust_decimal::Decimal;
use std::sync::LazyLock;

/// A class of errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A decimal point too far to the right.
    TenTimes,
    /// A decimal point too far to the left.
    Tenth,
    /// mg for mcg, and mcg for mg.
    Unit,
    /// Days for weeks.
    DayForWeek,
    /// A range moved past its own end.
    Range,
    /// The dose of one drug under the name of another.
    Drugs,
    /// "Not recommended" without "not".
    Negation,
    /// "Contraindicated" turned into "safe".
    Safe,
    /// A number needed to treat that no longer fits.
    NumberNeeded,
    /// A drug that works much later.
    Onset,
    /// The dose of adults given to children.
    Child,
    /// A range whose ends are exchanged.
    Backwards,
    /// A day's total that the single doses do not make.
    DayTotal,
    /// A percentage that its numbers do not make.
    Percent,
    /// A second unit with a slipped decimal point.
    Conversion,
}

impl Class {
    /// Every class, in the order of the report.
    pub const ALL: [Self; 15] = [
        Self::TenTimes,
        Self::Tenth,
        Self::Unit,
        Self::DayForWeek,
        Self::Range,
        Self::Drugs,
        Self::Negation,
        Self::Safe,
        Self::NumberNeeded,
        Self::Onset,
        Self::Child,
        Self::Backwards,
        Self::DayTotal,
        Self::Percent,
        Self::Conversion,
    ];

    /// Its name in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::TenTimes => "dose times ten",
            Self::Tenth => "dose divided by ten",
            Self::Unit => "mg for mcg, mcg for mg",
            Self::DayForWeek => "day for week",
            Self::Range => "range moved off",
            Self::Drugs => "drug names exchanged",
            Self::Negation => "negation dropped",
            Self::Safe => "contraindicated turned into safe",
            Self::NumberNeeded => "number needed moved",
            Self::Onset => "onset moved",
            Self::Child => "adult dose given to children",
            Self::Backwards => "range turned round",
            Self::DayTotal => "day's total moved",
            Self::Percent => "percentage moved",
            Self::Conversion => "second unit off by ten",
        }
    }

    /// The changes of this class that an article allows, in the order of its
    /// claims; two claims that one edit changes are one change.
    pub fn changes(self, text: &str, claims: &[Claim]) -> Vec<Change> {
        match self {
            Self::DayTotal => return DAY_TOTAL.changes(text),
            Self::Percent => return PERCENT.changes(text),
            Self::Conversion => return CONVERSION.changes(text),
            _ => {}
        }
        let mut changes: Vec<Change> = Vec::new();
        for claim in claims {
            let Some(change) = self.change(text, claim, claims) else { continue };
            match changes.iter_mut().find(|known| known.edits == change.edits) {
                Some(known) => known.places.extend(change.places),
                None => changes.push(change),
            }
        }
        changes
    }

    /// Whether a change rewrites a sentence and with it all that it states.
    fn is_of_sentence(self) -> bool {
        matches!(self, Self::Drugs | Self::Negation | Self::Safe)
    }

    fn change(self, text: &str, claim: &Claim, claims: &[Claim]) -> Option<Change> {
        let written = text.get(claim.span.start..claim.span.end)?;
        let edits = match self {
            Self::TenTimes => scale(written, claim, Decimal::TEN)?,
            Self::Tenth => scale(written, claim, Decimal::new(1, 1))?,
            Self::Unit => unit(written, claim)?,
            Self::DayForWeek => day_for_week(written, claim)?,
            Self::Range => range(written, claim)?,
            Self::NumberNeeded => number_needed(written, claim)?,
            Self::Onset => onset(written, claim)?,
            Self::Child => child(text, claim, claims)?,
            Self::Backwards => backwards(written, claim)?,
            // Figures are found in the text, not in its claims.
            Self::DayTotal | Self::Percent | Self::Conversion => return None,
            Self::Drugs => drugs(text, claim, claims)?,
            Self::Negation => flip(&*NEGATIONS, text, claim)?,
            Self::Safe => flip(&*SAFE, text, claim)?,
        };
        let is_changed = |other: &&Claim| {
            other.span == claim.span
                || self.is_of_sentence() && other.sentence.overlaps(claim.sentence)
                || self == Self::Drugs && takes_its_drug_from(other, claim)
        };
        let places = claims.iter().filter(is_changed).map(|other| other.span).collect();
        (!edits.is_empty()).then_some(Change { edits, places })
    }
}

/// Whether a claim leaves its drug unsaid and stands soon after another one that
/// names it.
fn takes_its_drug_from(claim: &Claim, named: &Claim) -> bool {
    const SOON: usize = 500;
    let after = named.sentence.end..named.sentence.end + SOON;
    claim.subject != Subject::Stated && claim.drugs == named.drugs && after.contains(&claim.span.start)
}

/// The dose of a claim that is a recommendation.
fn recommended(claim: &Claim) -> Option<&Dose> {
    match &claim.value {
        Value::Dose(dose) if matches!(dose.phase, Phase::Start | Phase::Target | Phase::Max | Phase::Single) => {
            Some(dose)
        }
        _ => None,
    }
}

/// The amount of a recommended dose or step.
fn amount(claim: &Claim) -> Option<&Amount> {
    match &claim.value {
        Value::Titration(Titration { increment: Some(increment), .. }) => Some(increment),
        _ => recommended(claim).map(|dose| &dose.amount),
    }
}

/// Where the ends of a range are written, each with its value: one place for a
/// single value, two for a range.
fn ends(written: &str, range: Interval) -> Option<Vec<(std::ops::Range<usize>, Decimal)>> {
    let mut ends: Vec<Decimal> = [range.low, range.high].into_iter().flatten().collect();
    ends.dedup();
    let mut numbers = numbers(written).into_iter();
    ends.into_iter().map(|end| numbers.find(|(_, value)| *value == end)).collect()
}

fn scale(written: &str, claim: &Claim, factor: Decimal) -> Option<Vec<Edit>> {
    let ends = ends(written, amount(claim)?.range)?;
    let edit = |(range, value): (std::ops::Range<usize>, Decimal)| {
        Edit::at(claim.span.start, range, self::written(value * factor))
    };
    Some(ends.into_iter().map(edit).collect())
}

fn range(written: &str, claim: &Claim) -> Option<Vec<Edit>> {
    let ends = ends(written, amount(claim)?.range)?;
    let [(low_place, low), (high_place, high)] = ends.as_slice() else { return None };
    let moved = high * Decimal::TWO;
    Some(vec![
        Edit::at(claim.span.start, low_place.clone(), self::written(moved)),
        Edit::at(claim.span.start, high_place.clone(), self::written(moved + high - low)),
    ])
}

/// The ends of a range with a dash exchanged.
fn backwards(written: &str, claim: &Claim) -> Option<Vec<Edit>> {
    recommended(claim)?;
    let ends = ends(written, amount(claim)?.range)?;
    let [(low_place, low), (high_place, high)] = ends.as_slice() else { return None };
    let between = written.get(low_place.end..high_place.start)?;
    matches!(between.trim(), "-" | "–").then(|| {
        vec![
            Edit::at(claim.span.start, low_place.clone(), self::written(*high)),
            Edit::at(claim.span.start, high_place.clone(), self::written(*low)),
        ]
    })
}

/// A pattern that is written here and therefore right.
fn pattern(text: &str) -> Option<Regex> {
    Regex::new(text).ok()
}

static MICROGRAMS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?i)\b(?:mcg|micrograms?)\b|[µμ]g\b"));
static MILLIGRAMS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?i)\b(?:mg|milligrams?)\b"));

fn unit(written: &str, claim: &Claim) -> Option<Vec<Edit>> {
    amount(claim)?;
    let (found, other) = match (MICROGRAMS.as_ref()?.find(written), MILLIGRAMS.as_ref()?.find(written)) {
        (Some(found), None) => (found, "mg"),
        (None, Some(found)) => (found, "mcg"),
        _ => return None,
    };
    Some(vec![Edit::at(claim.span.start, found.range(), other)])
}

/// Words of weeks with those of days.
static WEEKS: LazyLock<Option<Regex>> = LazyLock::new(|| pattern(r"(?i)\b(?:weekly|weeks?)\b"));

fn day_for_week(written: &str, claim: &Claim) -> Option<Vec<Edit>> {
    match &claim.value {
        Value::Titration(Titration { interval: Some(_), .. }) => {}
        Value::Onset(onset) if onset.days.is_some() => {}
        _ => {
            recommended(claim)?.frequency.filter(|frequency| frequency.days == Decimal::from(7))?;
        }
    }
    let found = WEEKS.as_ref()?.find(written)?;
    let day = match found.as_str().to_lowercase().as_str() {
        "weekly" => "daily",
        "week" => "day",
        _ => "days",
    };
    Some(vec![Edit::at(claim.span.start, found.range(), day)])
}

fn number_needed(written: &str, claim: &Claim) -> Option<Vec<Edit>> {
    let Value::NumberNeeded(number) = &claim.value else { return None };
    let (place, value) = numbers(written).into_iter().find(|(_, value)| *value == number.value)?;
    Some(vec![Edit::at(claim.span.start, place, self::written(value * Decimal::TWO + Decimal::ONE))])
}

fn onset(written: &str, claim: &Claim) -> Option<Vec<Edit>> {
    let Value::Onset(onset) = &claim.value else { return None };
    onset.days?;
    let numbers = numbers(written);
    let longest = numbers.iter().map(|(_, value)| *value).max()?;
    let edit = |(place, value): (std::ops::Range<usize>, Decimal)| {
        Edit::at(claim.span.start, place, self::written(value + longest * Decimal::TWO))
    };
    Some(numbers.into_iter().map(edit).collect())
}

fn is_child(population: &Population) -> bool {
    let adult = Decimal::from(18);
    population.groups.iter().any(|group| &**group == "children")
        || population.age.is_some_and(|age| age.0.high.is_some_and(|high| high < adult))
}

fn is_adult(population: &Population) -> bool {
    population.is_general() || population.groups.iter().all(|group| &**group == "adults") && !is_child(population)
}

/// Whether two recommended doses are measured alike and have nothing in common.
fn differ(one: &Dose, other: &Dose) -> bool {
    let below = |one: Option<Decimal>, other: Option<Decimal>| one.zip(other).is_some_and(|(one, other)| one < other);
    one.phase == other.phase
        && one.amount.unit == other.amount.unit
        && one.frequency == other.frequency
        && (below(one.amount.range.high, other.amount.range.low)
            || below(other.amount.range.high, one.amount.range.low))
}

/// The dose of a child as it is written for an adult.
fn child(text: &str, claim: &Claim, claims: &[Claim]) -> Option<Vec<Edit>> {
    let dose = recommended(claim).filter(|_| is_child(&claim.context.population))?;
    let adult = claims.iter().find(|other| {
        other.drugs == claim.drugs
            && is_adult(&other.context.population)
            && other.context.indications == claim.context.indications
            && recommended(other).is_some_and(|other| differ(dose, other))
    })?;
    let adult = text.get(adult.span.start..adult.span.end)?;
    Some(vec![Edit { span: claim.span, text: adult.to_owned() }])
}

/// The name of another drug of the article that has a different dose of the
/// same kind for the same patients; where both are named, they change places.
fn drugs(text: &str, claim: &Claim, claims: &[Claim]) -> Option<Vec<Edit>> {
    let dose = recommended(claim).filter(|_| claim.subject == Subject::Stated)?;
    let [drug] = claim.drugs.as_slice() else { return None };
    let other = claims.iter().find_map(|other| {
        let [name] = other.drugs.as_slice() else { return None };
        let is_another = name != drug
            && other.context == claim.context
            && recommended(other).is_some_and(|other| differ(dose, other));
        is_another.then_some(name)
    })?;
    let names = pattern(&format!(r"(?i)\b(?:{}|{})\b", regex::escape(drug), regex::escape(other)))?;
    let sentence = text.get(claim.sentence.start..claim.sentence.end)?;
    let exchange = |found: regex::Match<'_>| {
        let new = if found.as_str().eq_ignore_ascii_case(drug) { other } else { drug };
        let mut characters = new.chars();
        let first = characters.next().unwrap_or_default();
        let first = if found.as_str().starts_with(char::is_uppercase) { first.to_ascii_uppercase() } else { first };
        Edit::at(claim.sentence.start, found.range(), format!("{first}{}", characters.as_str()))
    };
    let edits: Vec<Edit> = names.find_iter(sentence).map(exchange).collect();
    let names_it = names.find_iter(sentence).any(|found| found.as_str().eq_ignore_ascii_case(drug));
    names_it.then_some(edits)
}

/// A pattern with what takes its place.
type Flip = (Option<Regex>, &'static str);

/// Phrases that keep a drug back, with those that give it.
static NEGATIONS: LazyLock<[Flip; 4]> = LazyLock::new(|| {
    [
        (pattern(r"(?i)\b(is|are) not recommended\b"), "$1 recommended"),
        (pattern(r"(?i)\b(?:should|must) not be (used|given|taken)\b"), "can be $1"),
        (pattern(r"(?i)\bdo not (use|give|take)\b"), "you can $1"),
        (pattern(r"(?i)\b(?:should|must) be avoided\b"), "can be used"),
    ]
});

/// Contraindications, with the opposite.
static SAFE: LazyLock<[Flip; 2]> = LazyLock::new(|| {
    [
        (pattern(r"(?i)\b(is|are)(?: absolutely| strictly)? contraindicated\b"), "$1 safe"),
        (pattern(r"(?i)\bcontraindicated (in|for|during|with)\b"), "safe $1"),
    ]
});

/// The first phrase of the sentence, turned round.
fn flip(flips: &[Flip], text: &str, claim: &Claim) -> Option<Vec<Edit>> {
    let Value::Contraindication(Contraindication { level, .. }) = &claim.value else { return None };
    if !matches!(level, Level::Contraindicated | Level::Avoid) {
        return None;
    }
    let sentence = text.get(claim.sentence.start..claim.sentence.end)?;
    let (found, new) = flips.iter().find_map(|(phrase, new)| {
        let found = phrase.as_ref()?.captures(sentence)?;
        let mut turned = String::new();
        found.expand(new, &mut turned);
        Some((found.get(0)?.range(), turned))
    })?;
    Some(vec![Edit {
        span: Span::new(claim.sentence.start + found.start, claim.sentence.start + found.end),
        text: new,
    }])
}
