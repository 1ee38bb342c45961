//! Amounts: numbers, ranges and series with a unit of dose.

use super::number::{Number, number};
use super::{Bound, Measured, Mention, What};
use crate::quantity::{Amount, Interval, Name, Unit};
use crate::text::token::{Token, TokenKind};
use crate::vocabulary::{Dimension, Vocabulary};
use rust_decimal::Decimal;

/// One or two numbers, not yet with a unit.
#[derive(Clone, Debug)]
pub(super) struct Numbers {
    /// Their range.
    pub range: Interval,
    /// The token after the last one (and after the unit of the last, if the
    /// unit was written twice: see `unit`).
    pub end: usize,
    /// Whether there are two.
    pub is_range: bool,
    /// The unit, where it was written after the first number too.
    pub unit: Option<Spelled>,
}

/// A unit word and the token after it.
#[derive(Clone, Debug)]
pub(super) struct Spelled {
    pub unit: Unit,
    pub dimension: Dimension,
    pub end: usize,
}

/// Signs and words between the ends of a range.
pub(super) fn is_range_sign(text: &str) -> bool {
    matches!(text, "-" | "–" | "—" | "‑" | "−" | "‒" | "~" | "to" | "through")
}

/// Reads "10", "10–25", "10 to 25", "between 10 and 25", "10 mg–25 mg".
pub(super) fn numbers(text: &str, tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> Option<Numbers> {
    let first = number(text, tokens, at)?;
    let first_unit = unit_after(text, tokens, first.end, vocabulary);
    let joint = first_unit.as_ref().map_or(first.end, |unit| unit.end);
    let between = at > 0 && tokens[at - 1].text(text).eq_ignore_ascii_case("between");
    // "10%-20%": the percent sign may stand after the first number too.
    let joint = if tokens.get(joint).is_some_and(|token| token.text(text) == "%") { joint + 1 } else { joint };
    if let Some((second, unit)) = range_end(text, tokens, joint, between, &first, first_unit.as_ref(), vocabulary) {
        let range = Interval::new(first.value, second.value);
        return Some(Numbers { range, end: second.end, is_range: true, unit });
    }
    Some(Numbers { range: Interval::point(first.value), end: first.end, is_range: false, unit: None })
}

fn range_end(
    text: &str,
    tokens: &[Token],
    joint: usize,
    between: bool,
    first: &Number,
    first_unit: Option<&Spelled>,
    vocabulary: &Vocabulary,
) -> Option<(Number, Option<Spelled>)> {
    let sign = tokens.get(joint)?.text(text);
    if !(is_range_sign(sign) || (between && sign == "and")) {
        return None;
    }
    let second = number(text, tokens, joint + 1)?;
    if tokens[joint + 1].kind == TokenKind::Word && sign != "to" && sign != "and" {
        return None;
    }
    let unit = unit_after(text, tokens, second.end, vocabulary);
    match (first_unit, &unit) {
        // "0.5 g to 500 mg" would be a range only after conversion; "10 mg to
        // 2 weeks" is none at all.
        (Some(first), Some(second)) if first.unit != second.unit => None,
        // "5 mg-10" is more likely a page or a date than a range.
        (Some(_), None) => None,
        // "1-800-273" is no range.
        _ if first.end != joint && first_unit.is_none() && tokens[first.end].text(text) != "%" => None,
        _ => Some((second, unit)),
    }
}

/// The unit word right after a number, with an optional hyphen ("25-mg") and
/// an abbreviation repeated in brackets ("75 milligrams (mg)").
pub(super) fn unit_after(text: &str, tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> Option<Spelled> {
    let mut at = at;
    if tokens.get(at).is_some_and(|token| !token.spaced && matches!(token.text(text), "-" | "‑")) {
        at += 1;
    }
    let token = tokens.get(at)?;
    let mut end = at + 1;
    let mut spelling = token.text(text).to_owned();
    if token.kind != TokenKind::Word {
        return None;
    }
    if let Some(next) = tokens.get(end).filter(|next| next.kind == TokenKind::Word && next.spaced) {
        let two = format!("{spelling} {}", next.text(text));
        if vocabulary.unit(&two).is_some() {
            spelling = two;
            end += 1;
        }
    }
    let entry = &vocabulary.units[vocabulary.unit(&spelling)?.index()];
    let (numerator, denominator) = entry.factor;
    let unit = Unit {
        code: entry.ucum.clone(),
        base: Name::from(base_unit(entry.dimension).unwrap_or(&entry.ucum)),
        factor: Decimal::from(numerator) / Decimal::from(denominator),
        per: Vec::new(),
    };
    let repeated = tokens.get(end).is_some_and(|token| token.text(text) == "(")
        && tokens.get(end + 2).is_some_and(|token| token.text(text) == ")")
        && tokens.get(end + 1).is_some_and(|token| {
            vocabulary.unit(token.text(text)).is_some_and(|id| vocabulary.units[id.index()].ucum == entry.ucum)
        });
    Some(Spelled { unit, dimension: entry.dimension, end: if repeated { end + 3 } else { end } })
}

/// The UCUM code of the unit that the vocabulary's factors of a dimension lead to.
fn base_unit(dimension: Dimension) -> Option<&'static str> {
    Some(match dimension {
        Dimension::Mass => "mg",
        Dimension::Volume => "mL",
        Dimension::InternationalUnit => "[iU]",
        Dimension::AmountOfSubstance => "mmol",
        Dimension::Equivalents => "meq",
        Dimension::Count => "1",
        _ => return None,
    })
}

/// Whether things of this dimension are given as doses.
pub(super) fn is_dose_dimension(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Mass
            | Dimension::Volume
            | Dimension::InternationalUnit
            | Dimension::AmountOfSubstance
            | Dimension::Equivalents
            | Dimension::Count
    )
}

/// Reads an amount that starts at token `at`, or a series with a shared unit
/// ("45 and 50 mg", "300/600/900 mg"). Pushes one mention each and returns the
/// token after the last.
pub(super) fn amounts(
    text: &str,
    tokens: &[Token],
    at: usize,
    vocabulary: &Vocabulary,
    bound: Option<Bound>,
    mentions: &mut Vec<Mention>,
) -> Option<usize> {
    let mut members = vec![(at, numbers(text, tokens, at, vocabulary)?)];
    let mut slashed = true;
    loop {
        let (_, last) = members.last()?;
        if last.unit.is_some() || unit_after(text, tokens, last.end, vocabulary).is_some() {
            break;
        }
        let (next, sign) = series_step(text, tokens, last.end)?;
        slashed &= sign == "/";
        let numbers = numbers(text, tokens, next, vocabulary)?;
        members.push((next, numbers));
        if members.len() > 6 {
            return None;
        }
    }
    let (_, last) = members.last()?;
    let spelled = last.unit.clone().or_else(|| unit_after(text, tokens, last.end, vocabulary))?;
    if !is_dose_dimension(spelled.dimension) {
        return None;
    }
    let (unit, end, in_volume) = with_per(text, tokens, spelled, vocabulary)?;
    let count = members.len();
    for (index, (start, numbers)) in members.into_iter().enumerate() {
        let last = index + 1 == count;
        mentions.push(Mention {
            tokens: start..if last { end } else { numbers.end },
            what: What::Amount(Measured {
                amount: Amount { range: numbers.range, unit: unit.clone() },
                bound: if index == 0 { bound } else { None },
                slashed: (count > 1 && slashed).then_some((index, count)),
                in_volume,
            }),
        });
    }
    Some(end)
}

/// The next number of a series, and what joins it: a slash, a comma, "and", "or".
fn series_step<'t>(text: &'t str, tokens: &[Token], at: usize) -> Option<(usize, &'t str)> {
    let sign = tokens.get(at)?.text(text);
    let after = tokens.get(at + 1)?;
    match sign {
        "/" if !after.spaced => Some((at + 1, sign)),
        "," if matches!(after.text(text), "and" | "or") => Some((at + 2, sign)),
        "and" | "or" => Some((at + 1, sign)),
        "," if after.kind == TokenKind::Number => Some((at + 1, sign)),
        _ => None,
    }
}

/// What stands after the unit: "/kg/day", "per kg of body weight per day",
/// "a day", "/5 mL", "in 24 hours". Returns the whole unit, the token after
/// it, and whether the amount is given in a volume of more than one unit.
/// `None` where it is a laboratory value ("mg/dL").
fn with_per(text: &str, tokens: &[Token], spelled: Spelled, vocabulary: &Vocabulary) -> Option<(Unit, usize, bool)> {
    let Spelled { mut unit, mut end, .. } = spelled;
    let mut in_volume = false;
    while let Some(step) = per_step(text, tokens, end, vocabulary) {
        match step {
            Per::Code(code, after) => {
                if unit.is_per(&code) {
                    break;
                }
                unit.per.push(code);
                end = after;
            }
            Per::Volume(after) => {
                in_volume = true;
                end = after;
            }
            Per::Ignored(after) => end = after,
            Per::Laboratory => return None,
        }
    }
    Some((unit, end, in_volume))
}

enum Per {
    Code(Name, usize),
    Volume(usize),
    Ignored(usize),
    Laboratory,
}

fn per_step(text: &str, tokens: &[Token], at: usize, vocabulary: &Vocabulary) -> Option<Per> {
    let lower = |index: usize| tokens.get(index).map(|token| token.text(text).to_ascii_lowercase());
    let sign = lower(at)?;
    match sign.as_str() {
        "/" | "per" => {
            // "max 4 g / 24 hours", "/kg", "per kilogram"
            let counted = number(text, tokens, at + 1);
            let denominator = counted.as_ref().map_or(at + 1, |number| number.end);
            per_word(text, tokens, denominator, counted.map(|number| number.value), vocabulary)
        }
        "a" | "an" | "each" | "every" | "in" | "over" | "within" => {
            let counted = number(text, tokens, at + 1);
            let counted_end = counted.as_ref().map_or(at + 1, |number| number.end);
            match (sign.as_str(), counted.map(|number| number.value), lower(counted_end)?.as_str()) {
                ("a" | "an" | "each" | "every", None, "day") => Some(Per::Code("d".into(), counted_end + 1)),
                ("in" | "over" | "within", None, "a" | "any" | "one") if lower(counted_end + 1)? == "day" => {
                    Some(Per::Code("d".into(), counted_end + 2))
                }
                ("in" | "within", Some(value), "h" | "hr" | "hrs" | "hours" | "hour") if value == Decimal::from(24) => {
                    Some(Per::Code("d".into(), counted_end + 1))
                }
                _ => None,
            }
        }
        "daily" => Some(Per::Code("d".into(), at + 1)),
        "body" if lower(at + 1)? == "weight" => Some(Per::Ignored(at + 2)),
        "bodyweight" => Some(Per::Ignored(at + 1)),
        "of" if lower(at + 1)? == "body" && lower(at + 2)? == "weight" => Some(Per::Ignored(at + 3)),
        _ => None,
    }
}

fn per_word(text: &str, tokens: &[Token], at: usize, count: Option<Decimal>, vocabulary: &Vocabulary) -> Option<Per> {
    let token = tokens.get(at)?;
    let word = token.text(text);
    let day_of_hours = count == Some(Decimal::from(24));
    let is_single = count.is_none() || count == Some(Decimal::ONE);
    let code = match word.to_ascii_lowercase().as_str() {
        "h" | "hr" | "hrs" | "hour" | "hours" if day_of_hours => "d",
        "kg" | "kgs" | "kilogram" | "kilo" if is_single => "kg",
        "m²" | "m2" | "bsa" if is_single => "m2",
        "m" if tokens.get(at + 1).is_some_and(|next| next.text(text) == "²") => {
            return Some(Per::Code("m2".into(), at + 2));
        }
        "m" if tokens.get(at + 1).is_some_and(|next| next.text(text) == "^") => {
            return Some(Per::Code("m2".into(), at + 3));
        }
        "square" | "sq" => return Some(Per::Code("m2".into(), at + 2)),
        "d" | "day" if is_single => "d",
        "h" | "hr" | "hour" if is_single => "h",
        "min" | "minute" if is_single => "min",
        "week" | "wk" if is_single => "wk",
        "month" if is_single => "mo",
        "dose" | "dosis" | "administration" | "time" => return Some(Per::Ignored(at + 1)),
        "ml" | "mls" | "cc" | "millilitre" | "milliliter" if is_single => "mL",
        "ml" | "mls" | "cc" => return Some(Per::Volume(at + 1)),
        "l" | "litre" | "liter" if is_single => "L",
        "dl" | "mmol" | "mol" | "mm" | "µl" => return Some(Per::Laboratory),
        "tablet" | "tab" | "capsule" | "cap" | "puff" | "actuation" | "spray" | "drop" | "vial" | "ampoule"
        | "patch" => {
            return Some(Per::Code("{unit}".into(), at + 1));
        }
        _ => {
            // "mg/g" of a cream is a strength.
            let id = vocabulary.unit(word)?;
            let mass = vocabulary.units[id.index()].dimension == Dimension::Mass && is_single;
            return mass.then(|| Per::Code(vocabulary.units[id.index()].ucum.clone(), at + 1));
        }
    };
    Some(Per::Code(code.into(), at + 1))
}
