//! What a text says, printed on one line, for tables of texts.

#![allow(dead_code, reason = "each test file prints what it is about")]
#![allow(clippy::unwrap_used, reason = "a test fails by it")]

pub mod dose;
pub mod level;

use clinlint::claim::{Dose, Frequency, Interval, Onset, Stage, Titration, Unit, Value};
use clinlint::mention::{self, Bound, What};
use clinlint::source::{Format, Source};
use clinlint::vocabulary::Vocabulary;
use clinlint::{read_sources, text};
use rust_decimal::Decimal;

/// Checks that every text reads as it should.
pub fn hold(table: &[(&str, &str)], read: impl Fn(&str) -> String) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(text, expected)| (text, expected, read(text)))
        .filter(|(_, expected, found)| *expected != found)
        .map(|(text, expected, found)| format!("{text}\n    should be {expected}\n    but is    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} are misread:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

/// The quantities that a text mentions, in its order.
pub fn mentions(text: &str) -> String {
    let article = text::read(&source(text));
    let mut shown = Vec::new();
    for block in &article.blocks {
        for mention in mention::find(block, Vocabulary::builtin()).mentions {
            shown.extend(quantity(&mention.what).filter(|next| shown.last() != Some(next)));
        }
    }
    shown.join("; ")
}

/// The doses, steps and onsets that a text claims, each with the claims' own
/// words for the phase.
pub fn claims(text: &str) -> String {
    let reading = read_sources(vec![source(text)], Vocabulary::builtin());
    let shown = reading.articles[0].claims.iter().filter_map(|claim| match &claim.value {
        Value::Dose(dose) => Some(format!("{} {}", claim.drugs.join("+"), shown_dose(dose))),
        Value::Titration(titration) => Some(shown_titration(titration)),
        Value::Onset(onset) => Some(shown_onset(onset)),
        _ => None,
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// The steps that a text claims.
pub fn titrations(text: &str) -> String {
    kind(text, |value| match value {
        Value::Titration(titration) => Some(shown_titration(titration)),
        _ => None,
    })
}

/// The onsets that a text claims.
pub fn onsets(text: &str) -> String {
    kind(text, |value| match value {
        Value::Onset(onset) => Some(shown_onset(onset)),
        _ => None,
    })
}

fn kind(text: &str, show: impl Fn(&Value) -> Option<String>) -> String {
    let reading = read_sources(vec![source(text)], Vocabulary::builtin());
    reading.articles[0].claims.iter().filter_map(|claim| show(&claim.value)).collect::<Vec<_>>().join("; ")
}

fn source(text: &str) -> Source {
    Source::new("a.md", Format::Markdown, text)
}

fn quantity(what: &What) -> Option<String> {
    Some(match what {
        What::Amount(measured) => {
            let bound = match measured.bound {
                Some(Bound::Below) => "<",
                Some(Bound::AtMost) => "≤",
                Some(Bound::AtLeast) => "≥",
                Some(Bound::Above) => ">",
                None => "",
            };
            let volume = if measured.in_volume { " in a volume" } else { "" };
            format!("{bound}{}{volume}", amount(&measured.amount.range, &measured.amount.unit))
        }
        What::Frequency(frequency) => shown_frequency(frequency),
        What::Daily => "daily".to_owned(),
        What::Divided(Some(times)) => format!("in {} doses", range(times)),
        What::Divided(None) => "in divided doses".to_owned(),
        What::Duration(Some(days)) => format!("for {}", time(days)),
        What::Duration(None) => "for a time".to_owned(),
        What::Every(days) => format!("every {}", time(days)),
        What::Percent(percent) => format!("{} %", range(percent)),
        What::Share { part, whole } => format!("{part} of {whole}"),
        What::Age(band) => format!("age {}", range(&band.0)),
        What::Weight(band) => format!("weight {}", range(&band.0)),
        What::RenalFunction(band) => format!("kidneys {}", range(&band.0)),
        _ => return None,
    })
}

fn shown_dose(dose: &Dose) -> String {
    let phase = format!("{:?}", dose.phase).to_lowercase();
    let frequency = dose.frequency.map(|frequency| format!(" {}", shown_frequency(&frequency))).unwrap_or_default();
    format!("{phase} {}{frequency}", amount(&dose.amount.range, &dose.amount.unit))
}

fn shown_titration(titration: &Titration) -> String {
    let sign = if titration.down { "-" } else { "+" };
    let by = titration.increment.as_ref().map(|by| amount(&by.range, &by.unit)).unwrap_or_default();
    let every = titration.interval.map(|every| format!(" every {}", time(&every))).unwrap_or_default();
    format!("{sign}{by}{every}")
}

fn shown_onset(onset: &Onset) -> String {
    let stage = match onset.stage {
        Stage::Initial => "initial",
        Stage::Full => "full",
        Stage::Unspecified => "effect",
    };
    format!("{stage} {}", onset.days.map_or("sometime".to_owned(), |days| time(&days)))
}

fn shown_frequency(frequency: &Frequency) -> String {
    let days =
        if frequency.days == Decimal::ONE { "d".to_owned() } else { format!("{} d", frequency.days.normalize()) };
    format!("{}× a {days}", range(&frequency.times))
}

fn amount(numbers: &Interval, unit: &Unit) -> String {
    format!("{} {}", range(numbers), unit.ucum())
}

/// Days, or hours or minutes where that gives whole numbers.
fn time(days: &Interval) -> String {
    let scale = |factor: i64| days.scaled(Decimal::from(factor));
    let is_whole =
        |range: &Interval| [range.low, range.high].into_iter().flatten().all(|end| end.round_dp(4).fract().is_zero());
    let units = [(1, "d"), (24, "h"), (1440, "min"), (86_400, "s")];
    let unit = units.into_iter().find(|(factor, _)| is_whole(&scale(*factor)));
    unit.map_or_else(|| format!("{} d", range(days)), |(factor, unit)| format!("{} {unit}", range(&scale(factor))))
}

fn range(numbers: &Interval) -> String {
    let end = |value: Decimal| value.round_dp(4).normalize().to_string();
    match (numbers.low.map(end), numbers.high.map(end)) {
        (Some(low), Some(high)) if low == high => low,
        (Some(low), Some(high)) => format!("{low}–{high}"),
        (low, high) => format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default()),
    }
}
