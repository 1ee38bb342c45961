//! The order of statements that answer one question: by their values.

use crate::claim::{Claim, Level, Order, Stage, Value};
use crate::compare::{Range, of_a_day, of_a_dose};
use crate::quantity::{Interval, Name};
use rust_decimal::Decimal;

/// What statements are ordered by: stages and levels first, then the unit, then
/// both ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank(u8, Vec<Name>, Option<(Decimal, Decimal)>);

/// The rank of a claim among those that answer the same question.
pub(super) fn value(claim: &Claim) -> Rank {
    let plain = |ends| Rank(0, Vec::new(), ends);
    match &claim.value {
        Value::Dose(dose) => {
            let unit = crate::compare::measure(dose);
            Rank(0, unit, of_a_day(dose).or_else(|| of_a_dose(dose)).map(|Range { low, high }| (low, high)))
        }
        Value::Titration(titration) => match &titration.increment {
            Some(amount) => Rank(
                0,
                std::iter::once(&amount.unit.base).chain(&amount.unit.per).cloned().collect(),
                ends(amount.range.scaled(amount.unit.factor)),
            ),
            None => Rank(1, Vec::new(), titration.interval.and_then(ends)),
        },
        Value::NumberNeeded(number) => plain(Some((number.value, number.value))),
        Value::Rate(rate) => plain(Some((rate.treatment, rate.treatment))),
        Value::Onset(onset) => {
            let stage = match onset.stage {
                Stage::Initial => 0,
                Stage::Full => 1,
                Stage::Unspecified => 2,
            };
            Rank(stage, Vec::new(), onset.days.and_then(ends))
        }
        Value::Contraindication(rated) => {
            let level = match rated.level {
                Level::Contraindicated => 0,
                Level::Avoid => 1,
                Level::Caution => 2,
                Level::Allowed => 3,
            };
            Rank(level, Vec::new(), None)
        }
        Value::Line(line) => {
            let place = match line.order {
                Order::First => 0,
                Order::Second => 1,
                Order::Third => 2,
                Order::NotFirst => 3,
            };
            Rank(place, Vec::new(), None)
        }
    }
}

/// Both ends; one that is open is the other.
fn ends(interval: Interval) -> Option<(Decimal, Decimal)> {
    let low = interval.low.or(interval.high)?;
    Some((low, interval.high.unwrap_or(low)))
}
