//! Units: the word after a number, and what it is per.

use super::reader::Reader;
use crate::quantity::{Name, Unit};
use crate::text::token::TokenKind;
use crate::vocabulary::{Dimension, UnitId};
use rust_decimal::Decimal;

/// A unit word and the token after it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spelled {
    pub id: UnitId,
    pub dimension: Dimension,
    pub end: usize,
}

/// A unit with all it is per, and the token after it.
pub(super) struct WholeUnit {
    pub unit: Unit,
    pub end: usize,
    /// Whether the amount is given in a volume of more than one unit.
    pub in_volume: bool,
}

/// One step of what an amount is per.
enum Per {
    Code(Name, usize),
    Volume(usize),
    Ignored(usize),
    /// "mg/dL": a laboratory value.
    Laboratory,
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
    base_unit(dimension).is_some()
}

/// Whether units of this dimension convert into each other; tablets do not
/// convert into puffs.
pub(super) fn is_convertible(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Mass
            | Dimension::Volume
            | Dimension::InternationalUnit
            | Dimension::AmountOfSubstance
            | Dimension::Equivalents
            | Dimension::Time
    )
}

impl Reader<'_> {
    /// The unit word right after a number, with an optional hyphen ("25-mg")
    /// and an abbreviation repeated in brackets ("75 milligrams (mg)").
    pub fn unit_after(&self, at: usize) -> Option<Spelled> {
        let at = self.after_hyphen(at);
        let token = self.tokens.get(at).filter(|token| token.kind == TokenKind::Word)?;
        // "the 1990s", "over 65s": a plural, not seconds.
        if self.word(at) == "s" && !token.spaced {
            return None;
        }
        let last = self.tokens.len().min(at + self.vocabulary.most_unit_tokens(self.word(at)));
        let (id, mut end) = (at..last).rev().find_map(|last| {
            let spelling = &self.text[token.range.start..self.tokens[last].range.end];
            Some((self.vocabulary.unit(spelling)?, last + 1))
        })?;
        let entry = &self.vocabulary.units[id.index()];
        // "tablet(s)"
        if self.word(end) == "(" && self.word(end + 1) == "s" && self.word(end + 2) == ")" && self.is_tied(end) {
            end += 3;
        }
        let repeated = self.word(end) == "(" && self.word(end + 2) == ")" && {
            let inside = self.tokens[end + 1].text(self.text);
            self.vocabulary.unit(inside).is_some_and(|id| self.vocabulary.units[id.index()].ucum == entry.ucum)
        };
        Some(Spelled { id, dimension: entry.dimension, end: if repeated { end + 3 } else { end } })
    }

    /// The UCUM code of a unit.
    pub fn code(&self, spelled: Spelled) -> &str {
        &self.vocabulary.units[spelled.id.index()].ucum
    }

    /// How many base units a unit is.
    pub fn factor(&self, spelled: Spelled) -> Decimal {
        let (numerator, denominator) = self.vocabulary.units[spelled.id.index()].factor;
        Decimal::from(numerator) / Decimal::from(denominator)
    }

    /// A unit with what stands after it: "/kg/day", "per kg of body weight per
    /// day", "a day", "/5 mL", "in 24 hours", "kg⁻¹ min⁻¹". `None` where it is a
    /// laboratory value ("mg/dL", "ng/mL").
    pub fn whole_unit(&self, spelled: Spelled) -> Option<WholeUnit> {
        let code = self.vocabulary.units[spelled.id.index()].ucum.clone();
        let base = Name::from(base_unit(spelled.dimension)?);
        let is_tiny = matches!(&*code, "ng" | "pg" | "nmol" | "pmol" | "m[iU]");
        let mut unit = Unit { code, base, factor: self.factor(spelled), per: Vec::new() };
        let (mut end, mut in_volume) = (spelled.end, false);
        while let Some(step) = self.per_step(end) {
            match step {
                Per::Code(code, _) if unit.is_per(&code) => break,
                // No solution for patients is that thin.
                Per::Code(code, _) if is_tiny && &*code == "mL" => return None,
                Per::Code(code, after) => {
                    unit.per.push(code);
                    end = after;
                }
                Per::Volume(after) => (in_volume, end) = (true, after),
                Per::Ignored(after) => end = after,
                Per::Laboratory => return None,
            }
        }
        Some(WholeUnit { unit, end, in_volume })
    }

    fn per_step(&self, at: usize) -> Option<Per> {
        let sign = self.word(at);
        match sign {
            // "max 4 g / 24 hours", "/kg", "per kilogram"
            "/" | "per" => {
                let counted = self.number(at + 1);
                let denominator = counted.map_or(at + 1, |number| number.end);
                self.per_word(self.after_hyphen(denominator), counted.map(|number| number.value))
            }
            "a" | "each" | "every" if self.word(at + 1) == "day" => Some(Per::Code("d".into(), at + 2)),
            "a" if self.word(at + 1) == "week" => Some(Per::Code("wk".into(), at + 2)),
            "in" | "over" | "within" => self.in_a_day(at),
            "daily" => Some(Per::Code("d".into(), at + 1)),
            "body" if self.is(at + 1, &["weight", "mass"]) => Some(Per::Ignored(at + 2)),
            "bodyweight" | "bw" => Some(Per::Ignored(at + 1)),
            "(" if self.is(at + 1, &["bw", "bodyweight"]) && self.word(at + 2) == ")" => Some(Per::Ignored(at + 3)),
            "of" if self.word(at + 1) == "body" && self.is(at + 2, &["weight", "mass"]) => Some(Per::Ignored(at + 3)),
            "of" if self.word(at + 1) == "bodyweight" => Some(Per::Ignored(at + 2)),
            "of" if self.word(at + 1) == "body" && self.word(at + 2) == "surface" => Some(Per::Ignored(at + 4)),
            "·" | "." | "kg" | "min" | "h" | "day" | "d" | "m" => self.inverse(at),
            _ => None,
        }
    }

    /// "in 24 hours", "within any 24-hour period", "in a day".
    fn in_a_day(&self, at: usize) -> Option<Per> {
        let any = at + 1 + usize::from(self.is(at + 1, &["a", "any", "one", "each", "the", "every"]));
        if any > at + 1 && self.word(any) == "day" {
            return Some(Per::Code("d".into(), any + 1));
        }
        // "over 24 hours" is how long an infusion runs.
        if self.word(at) == "over" {
            return None;
        }
        let hours = self.number(any).filter(|number| number.value == Decimal::from(24))?;
        let unit = self.after_hyphen(hours.end);
        let period = usize::from(self.is(unit + 1, &["period", "periods"]));
        self.is(unit, &["h", "hr", "hrs", "hours", "hour"]).then(|| Per::Code("d".into(), unit + 1 + period))
    }

    /// "mg kg⁻¹ day⁻¹", "µg·kg−1·min−1".
    fn inverse(&self, at: usize) -> Option<Per> {
        let unit = at + usize::from(self.is(at, &["·", "."]));
        let is_minus = self.is(unit + 1, &["−", "-", "–", "⁻"]) && self.is_tied(unit + 1) && self.is_tied(unit + 2);
        let (power, code) = match self.word(unit) {
            "kg" => ("1", "kg"),
            "min" => ("1", "min"),
            "h" => ("1", "h"),
            "day" | "d" => ("1", "d"),
            "m" => ("2", "m2"),
            _ => return None,
        };
        let is_power = self.word(unit + 2) == power || (power == "1" && self.word(unit + 2) == "¹");
        (is_minus && is_power).then(|| Per::Code(code.into(), unit + 3))
    }

    fn per_word(&self, at: usize, count: Option<Decimal>) -> Option<Per> {
        let token = self.tokens.get(at)?;
        let is_single = count.is_none() || count == Some(Decimal::ONE);
        let code = match self.word(at) {
            "h" | "hr" | "hrs" | "hour" | "hours" if count == Some(Decimal::from(24)) => "d",
            "kg" | "kgs" | "kilogram" | "kilograms" | "kilo" if is_single => "kg",
            "m²" | "m2" | "bsa" if is_single => "m2",
            "m" if self.word(at + 1) == "²" => return Some(Per::Code("m2".into(), at + 2)),
            "m" if self.word(at + 1) == "^" => return Some(Per::Code("m2".into(), at + 3)),
            "square" | "sq" => return Some(Per::Code("m2".into(), at + 2)),
            "d" | "day" | "daily" if is_single => "d",
            "h" | "hr" | "hour" if is_single => "h",
            "min" | "minute" if is_single => "min",
            "week" | "wk" if is_single => "wk",
            "month" if is_single => "mo",
            "dose" | "dosis" | "administration" | "time" | "injection" => return Some(Per::Ignored(at + 1)),
            "ml" | "mls" | "cc" | "millilitre" | "milliliter" if is_single => "mL",
            "ml" | "mls" | "cc" | "millilitres" | "milliliters" => return Some(Per::Volume(at + 1)),
            "l" | "litre" | "liter" if is_single => "L",
            "dl" | "mmol" | "mol" | "mm" | "mm3" | "µl" | "μl" | "ul" => return Some(Per::Laboratory),
            "tablet" | "tab" | "capsule" | "cap" | "puff" | "actuation" | "spray" | "drop" | "vial" | "ampoule"
            | "patch" | "inhalation" | "suppository" | "sachet" => {
                return Some(Per::Code("{unit}".into(), at + 1));
            }
            _ => {
                // "mg/g" of a cream is a strength.
                let id = self.vocabulary.unit(token.text(self.text))?;
                let entry = &self.vocabulary.units[id.index()];
                return (entry.dimension == Dimension::Mass && is_single)
                    .then(|| Per::Code(entry.ucum.clone(), at + 1));
            }
        };
        Some(Per::Code(code.into(), at + 1))
    }
}
