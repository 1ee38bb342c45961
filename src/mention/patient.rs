//! Body weights and kidney functions.

use super::bound::band;
use super::measure::Counted;
use super::reader::Reader;
use super::unit::Spelled;
use super::{Mention, What};
use crate::quantity::Band;
use crate::text::token::TokenKind;
use crate::vocabulary::Dimension;
use rust_decimal::Decimal;

/// No kidney filters more, in mL/min; what is cleared faster is a drug.
const MOST_FILTERED: Decimal = Decimal::from_parts(200, 0, 0, false, 0);

impl Reader<'_> {
    /// "15–30 kg", "under 40 kg", "50 kg or more". A weight that was lost or
    /// gained, or that a dose is counted by, describes no patient.
    pub fn weight(&self, counted: &Counted, spelled: Spelled) -> Option<Mention> {
        // "30 kg/m²" is a body mass index.
        if self.is(spelled.end, &["/", "per"]) || self.is_change(counted.from, spelled.end) {
            return None;
        }
        let (behind, end) =
            self.bound_behind(spelled.end).map_or((None, spelled.end), |(bound, end)| (Some(bound), end));
        let range = band(counted.numbers.range, counted.bound.or(behind)).0;
        let range = range.scaled(self.factor(spelled) / Decimal::from(1_000_000));
        Some(Mention { tokens: counted.from..end, what: What::Weight(Band(range)) })
    }

    /// "a loss of 5 kg", "gained about 3 kg", "2 kg weight gain", "per 10 kg".
    fn is_change(&self, from: usize, end: usize) -> bool {
        const CHANGES: [&str; 10] =
            ["loss", "lost", "lose", "losing", "gain", "gained", "gaining", "reduction", "difference", "change"];
        matches!(self.before(from, 1), "per" | "every" | "each")
            || self.is(from.wrapping_sub(1), &CHANGES)
            || (self.is(from.wrapping_sub(2), &CHANGES) && self.tokens[from - 1].kind == TokenKind::Word)
            || self.is(end, &CHANGES)
            || (self.is(end, &["weight", "body"]) && self.is(end + 1, &CHANGES))
    }

    /// "CrCl 30–60 mL/min", "eGFR <30", "creatinine clearance below 30".
    pub fn kidney(&self, counted: &Counted, spelled: Option<Spelled>) -> Option<Mention> {
        let numbers = &counted.numbers;
        let mut end = match spelled {
            Some(spelled) if spelled.dimension == Dimension::Volume => {
                let per_minute = self.is(spelled.end, &["/", "per"]) && self.is(spelled.end + 1, &["min", "minute"]);
                let named = (counted.from.saturating_sub(10)..counted.from)
                    .any(|at| self.names_kidney(at) || self.word(at) == "renal");
                (per_minute && named).then_some(spelled.end + 2)?
            }
            Some(_) => return None,
            None if self.is(numbers.end, &["%", "/"]) => return None,
            None => self.follows_kidney(counted.from).then_some(numbers.end)?,
        };
        if numbers.range.high.is_none_or(|high| high > MOST_FILTERED) {
            return None;
        }
        // "/1.73 m²"
        if self.is(end, &["/", "per"])
            && let Some(area) = self.number(end + 1)
            && self.is(area.end, &["m", "m2", "m²"])
        {
            end = area.end + 1 + usize::from(self.is(area.end + 1, &["²", "2"]));
        }
        let behind = self.bound_behind(end);
        let bound = counted.bound.or(behind.map(|(bound, _)| bound));
        let end = behind.map_or(end, |(_, after)| after);
        Some(Mention { tokens: counted.from..end, what: What::RenalFunction(band(numbers.range, bound)) })
    }

    fn names_kidney(&self, at: usize) -> bool {
        const NAMES: [&str; 8] = ["egfr", "gfr", "clearance", "crcl", "clcr", "ccr", "filtration", "cockcroft"];
        self.is(at, &NAMES)
    }

    /// Whether only small words stand between the name of kidney function and
    /// a number: "creatinine clearance (CrCl) is below 30".
    fn follows_kidney(&self, from: usize) -> bool {
        const BETWEEN: [&str; 18] = [
            "of", "is", "was", "are", "=", ":", "(", ")", "falls", "drops", "declines", "between", "from", "to",
            "rate", "values", "level", ",",
        ];
        let names = (from.saturating_sub(6)..from).rev();
        let mut back = names.skip_while(|at| self.is(*at, &BETWEEN));
        back.next().is_some_and(|at| self.names_kidney(at))
    }
}
