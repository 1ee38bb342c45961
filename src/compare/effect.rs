//! Numbers needed against the event rates they come from.
//!
//! The number needed to treat is the inverse of the difference of two rates
//! (Cochrane Handbook, section 15.4.4). Published figures are rounded: two
//! percentages stand for intervals, and so does the number worked out from
//! them. Only a number outside that interval contradicts, whether it was
//! rounded up, down or to the nearest.

use super::comparable::indications;
use super::{Apart, Disagreement, Item, Position, Relation, Topic};
use crate::claim::{Endpoint, Name, NumberNeeded, Outcome, Rate, Value};
use crate::finding::Confidence;
use crate::rounding::last_place;
use crate::vocabulary::Vocabulary;
use rust_decimal::{Decimal, RoundingStrategy};

/// Finds numbers needed that no rounding of the rates can give.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let numbers: Vec<(&Item, &NumberNeeded)> = items
        .iter()
        .filter_map(|item| match &item.claim.value {
            Value::NumberNeeded(number) => Some((item, number)),
            _ => None,
        })
        .collect();
    let rates: Vec<(&Item, &Rate)> = items
        .iter()
        .filter_map(|item| match &item.claim.value {
            Value::Rate(rate) if rate.control.is_some() => Some((item, rate)),
            _ => None,
        })
        .collect();
    let mut found = against_each_other(drugs, &numbers, vocabulary);
    found.extend(rates_apart(drugs, &rates, vocabulary));
    for (item, number) in &numbers {
        // Several pairs of rates in one sentence belong to several numbers.
        let own: Vec<&(&Item, &Rate)> = rates.iter().filter(|(rate, _)| same_sentence(item, rate)).collect();
        let agrees = own
            .iter()
            .any(|(_, rate)| implied(rate, number.value.scale()).is_some_and(|implied| implied.allows(number.value)));
        let siblings = numbers.iter().filter(|(other, _)| same_sentence(item, other)).count();
        if agrees || own.len() > 1 || siblings > 1 {
            continue;
        }
        for (other, rate) in &rates {
            let Some(implied) = implied(rate, number.value.scale()) else { continue };
            if implied.allows(number.value) {
                continue;
            }
            let Ok(confidence) = of_one_outcome((item, number), (other, rate), vocabulary) else { continue };
            found.push(disagreement(drugs, (item, number), (other, rate), &implied, confidence));
        }
    }
    found
}

/// Numbers needed for the very same outcome that differ by more than a fifth, and
/// of which neither lies in the confidence interval of the other.
fn against_each_other(
    drugs: &[Name],
    numbers: &[(&Item, &NumberNeeded)],
    vocabulary: &Vocabulary,
) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for (at, (item, number)) in numbers.iter().enumerate() {
        for (other, second) in &numbers[at + 1..] {
            if !far_apart(number, second) || same_count((item, number), (other, second), vocabulary).is_err() {
                continue;
            }
            found.push(Disagreement {
                topic: topic(item, other, number),
                relation: Relation::Disjoint,
                drugs: drugs.to_vec(),
                about: None,
                positions: vec![Position::of(item), Position::of(other)],
                confidence: Confidence::Medium,
                derivation: Some("for the same outcome".to_owned()),
            });
        }
    }
    found
}

/// Whether two numbers needed count the very same outcome in two articles.
fn same_count(
    (item, number): (&Item, &NumberNeeded),
    (other, second): (&Item, &NumberNeeded),
    vocabulary: &Vocabulary,
) -> Result<(), Apart> {
    let endpoint = number.endpoint.is_some() && number.endpoint == second.endpoint;
    let exact =
        number.endpoint.as_ref().is_some_and(|endpoint| endpoint.threshold.is_some() || endpoint.days.is_some());
    if item.id.article == other.id.article {
        return Err(Apart::Passage);
    }
    if number.harm != second.harm || number.comparator != second.comparator || !endpoint || !exact {
        return Err(Apart::Outcomes);
    }
    let uses = indications(&item.claim.context.indications, &other.claim.context.indications, vocabulary);
    uses.map(|_| ()).ok_or(Apart::Indications)
}

/// Whether two pairs of rates count the very same outcome in two articles.
fn same_rates(
    (item, rate): (&Item, &Rate),
    (other, second): (&Item, &Rate),
    vocabulary: &Vocabulary,
) -> Result<(), Apart> {
    if item.id.article == other.id.article {
        return Err(Apart::Passage);
    }
    let exact = rate.endpoint.as_ref().is_some_and(|endpoint| endpoint.threshold.is_some() && endpoint.days.is_some());
    let same =
        rate.endpoint == second.endpoint && rate.outcome == second.outcome && rate.comparator == second.comparator;
    if !exact || !same {
        return Err(Apart::Outcomes);
    }
    if item.claim.context.population != other.claim.context.population {
        return Err(Apart::Patients);
    }
    let uses = indications(&item.claim.context.indications, &other.claim.context.indications, vocabulary);
    uses.map(|_| ()).ok_or(Apart::Indications)
}

/// How surely two numbers needed or rates can be held to each other, whatever
/// they say.
pub(crate) fn comparable(one: &Item, other: &Item, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    match (&one.claim.value, &other.claim.value) {
        (Value::NumberNeeded(number), Value::NumberNeeded(second)) => {
            same_count((one, number), (other, second), vocabulary).map(|()| Confidence::Medium)
        }
        (Value::Rate(rate), Value::Rate(second)) => {
            same_rates((one, rate), (other, second), vocabulary).map(|()| Confidence::Medium)
        }
        (Value::NumberNeeded(number), Value::Rate(rate)) if rate.control.is_some() => {
            of_one_outcome((one, number), (other, rate), vocabulary)
        }
        (Value::Rate(rate), Value::NumberNeeded(number)) if rate.control.is_some() => {
            of_one_outcome((other, number), (one, rate), vocabulary)
        }
        _ => Err(Apart::Question),
    }
}

/// Rates of the very same outcome in several articles that no rounding makes the
/// same.
fn rates_apart(drugs: &[Name], rates: &[(&Item, &Rate)], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for (at, (item, rate)) in rates.iter().enumerate() {
        for (other, second) in &rates[at + 1..] {
            let apart = is_rounded_apart(rate.treatment, second.treatment)
                || rate.control.zip(second.control).is_some_and(|(one, other)| is_rounded_apart(one, other));
            if !apart || same_rates((item, rate), (other, second), vocabulary).is_err() {
                continue;
            }
            found.push(Disagreement {
                topic: Topic::EffectRate,
                relation: Relation::Disjoint,
                drugs: drugs.to_vec(),
                about: None,
                positions: vec![Position::of(item), Position::of(other)],
                confidence: Confidence::Medium,
                derivation: None,
            });
        }
    }
    found
}

/// Whether no value is written as both figures, however it is rounded.
fn is_rounded_apart(one: Decimal, other: Decimal) -> bool {
    (one - other).abs() > last_place(one).max(last_place(other))
}

/// One article's own figures must add up; those of several articles may come
/// from several trials.
fn topic(item: &Item, other: &Item, number: &NumberNeeded) -> Topic {
    match number.harm {
        _ if item.id.article == other.id.article => Topic::ArithmeticNumberNeeded,
        true => Topic::EffectNumberNeededToHarm,
        false => Topic::EffectNumberNeeded,
    }
}

fn far_apart(one: &NumberNeeded, other: &NumberNeeded) -> bool {
    let inside = |value: Decimal, number: &NumberNeeded| {
        number.interval.is_some_and(|interval| {
            interval.low.is_none_or(|low| low <= value) && interval.high.is_none_or(|high| value <= high)
        })
    };
    let (low, high) = (one.value.min(other.value), one.value.max(other.value));
    high > low * Decimal::new(12, 1) && !inside(one.value, other) && !inside(other.value, one)
}

fn same_sentence(one: &Item, other: &Item) -> bool {
    one.id.article == other.id.article && one.claim.sentence.overlaps(other.claim.sentence)
}

/// How surely a number and a pair of rates are about the same outcome, or what
/// keeps them apart.
fn of_one_outcome(
    (item, number): (&Item, &NumberNeeded),
    (other, rate): (&Item, &Rate),
    vocabulary: &Vocabulary,
) -> Result<Confidence, Apart> {
    let wanted = if number.harm { Outcome::Harm } else { Outcome::Benefit };
    if rate.outcome.is_some_and(|outcome| outcome != wanted) {
        return Err(Apart::Outcomes);
    }
    // A sentence gives the number for its own rates; the harm it names is no other use.
    if same_sentence(item, other) {
        return Ok(Confidence::High);
    }
    let context = indications(&item.claim.context.indications, &other.claim.context.indications, vocabulary)
        .ok_or(Apart::Indications)?;
    let endpoint = match (&number.endpoint, &rate.endpoint) {
        (Some(one), Some(other)) => same_endpoint(one, other),
        _ => None,
    };
    Ok(context.min(endpoint.ok_or(Apart::Outcomes)?))
}

fn same_endpoint(one: &Endpoint, other: &Endpoint) -> Option<Confidence> {
    fn agree(one: Option<Decimal>, other: Option<Decimal>) -> Option<bool> {
        match (one, other) {
            (Some(one), Some(other)) => (one == other).then_some(true),
            (None, None) => Some(true),
            _ => Some(false),
        }
    }
    if one.what != other.what {
        return None;
    }
    let said = agree(one.threshold, other.threshold)? && agree(one.days, other.days)?;
    Some(if said { Confidence::High } else { Confidence::Medium })
}

/// What two rounded percentages can mean for a number needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Implied {
    low: Decimal,
    high: Option<Decimal>,
}

impl Implied {
    fn allows(self, value: Decimal) -> bool {
        value >= self.low && self.high.is_none_or(|high| value <= high)
    }
}

/// The interval of numbers needed that the rates allow, with as many decimals
/// as the number was published with. `None` where the rates may be equal.
fn implied(rate: &Rate, decimals: u32) -> Option<Implied> {
    let control = rate.control?;
    let half = |value: Decimal| Decimal::new(5, value.scale() + 1);
    let difference = (rate.treatment - control).abs();
    let slack = half(rate.treatment) + half(control);
    let (least, most) = (difference - slack, difference + slack);
    let hundred = Decimal::ONE_HUNDRED;
    let low = (hundred / most).round_dp_with_strategy(decimals, RoundingStrategy::ToZero);
    let high = (least > Decimal::ZERO)
        .then(|| (hundred / least).round_dp_with_strategy(decimals, RoundingStrategy::AwayFromZero));
    (difference > Decimal::ZERO).then_some(Implied { low, high })
}

fn disagreement(
    drugs: &[Name],
    (item, number): (&Item, &NumberNeeded),
    (other, rate): (&Item, &Rate),
    implied: &Implied,
    confidence: Confidence,
) -> Disagreement {
    let name = if number.harm { "NNH" } else { "NNT" };
    let range = match implied.high {
        Some(high) if high == implied.low => format!("{high}"),
        Some(high) => format!("{}–{high}", implied.low),
        None => format!("at least {}", implied.low),
    };
    let control = rate.control.unwrap_or_default();
    let derivation = format!("{} % against {control} % implies an {name} of {range}", rate.treatment);
    Disagreement {
        topic: topic(item, other, number),
        relation: Relation::Disjoint,
        drugs: drugs.to_vec(),
        about: None,
        positions: vec![Position::of(item), Position::of(other)],
        confidence,
        derivation: Some(derivation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(treatment: &str, control: &str) -> Rate {
        Rate {
            treatment: treatment.parse().unwrap(),
            control: Some(control.parse().unwrap()),
            outcome: None,
            endpoint: None,
            comparator: None,
        }
    }

    fn allows(rate: &Rate, number: &str) -> bool {
        let number: Decimal = number.parse().unwrap();
        implied(rate, number.scale()).unwrap().allows(number)
    }

    #[test]
    fn rounding_is_allowed_for() {
        assert!(allows(&rate("78", "47"), "3.3"));
        assert!(allows(&rate("42.2", "51.2"), "12"), "rounded up from 11.1");
        assert!(allows(&rate("26", "12"), "7.2"));
        let implied = implied(&rate("38", "16"), 1).unwrap();
        assert_eq!((implied.low.to_string(), implied.high.unwrap().to_string()), ("4.3".into(), "4.8".into()));
        assert!(!allows(&rate("38", "16"), "4.1"));
    }

    #[test]
    fn rates_that_may_be_equal_allow_any_large_number() {
        assert!(allows(&rate("10", "9"), "500"));
        assert!(implied(&rate("9", "9"), 0).is_none());
    }
}
