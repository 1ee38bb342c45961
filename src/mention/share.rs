//! Percentages, and so many of so many.

use super::range::Numbers;
use super::reader::Reader;
use super::{Mention, What};
use rust_decimal::Decimal;

impl Reader<'_> {
    /// "23/38", "1 in 4", "6 out of 10".
    pub fn share(&self, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
        let part = self.number(at)?;
        let (whole, is_sure) = match self.word(part.end) {
            "/" if self.is_tied(part.end) => {
                let whole = self.number(part.end + 1)?;
                // A fraction of patients, not "10/20 mg", "24/7" or a date.
                let counted = self
                    .is(whole.end, &["(", "patients", "participants", "people", "women", "men", "children", "with"]);
                (whole, counted && self.unit_after(whole.end).is_none())
            }
            "in" => {
                let whole = self.number(part.end + 1)?;
                let strength = is_dilution(part.value, whole.value) && self.follows_name(at, mentions);
                (whole, !strength && self.unit_after(whole.end).is_none())
            }
            "out" if self.word(part.end + 1) == "of" => (self.number(part.end + 2)?, true),
            _ => return None,
        };
        if !is_sure || whole.value <= part.value || part.value.scale() > 0 || whole.value.scale() > 0 {
            return None;
        }
        let what = What::Share { part: part.value, whole: whole.value };
        mentions.push(Mention { tokens: at..whole.end, what });
        Some(whole.end)
    }

    /// Whether a drug or form is named right before a token: "adrenaline 1 in
    /// 1000" is a strength.
    fn follows_name(&self, at: usize, mentions: &[Mention]) -> bool {
        mentions.iter().any(|mention| {
            (mention.tokens.end == at || (mention.tokens.end + 1 == at && self.before(at, 1) == "("))
                && matches!(mention.what, What::Drugs(_) | What::Form(_))
        })
    }

    /// "50%", "50 percent", "50 per cent".
    pub fn percent(&self, at: usize, numbers: &Numbers, mentions: &mut Vec<Mention>) -> Option<usize> {
        let end = match self.word(numbers.end) {
            "%" | "percent" => numbers.end + 1,
            "per" if self.word(numbers.end + 1) == "cent" => numbers.end + 2,
            _ => return None,
        };
        mentions.push(Mention { tokens: at..end, what: What::Percent(numbers.range) });
        Some(end)
    }
}

/// "1 in 1000", "1 in 10 000": how strengths of solutions are written.
fn is_dilution(part: Decimal, whole: Decimal) -> bool {
    part == Decimal::ONE && whole >= Decimal::ONE_HUNDRED
}
