//! Doses in the same role: starting, usual, maximum and single doses.

use super::alternative::statements;
use super::apart::told;
use super::comparable::is_all_children;
use super::cut::Range;
use super::sweep::sweep;
use super::{Disagreement, Item, Question, Topic};
use crate::claim::{Dose, Interval, Name, Phase, Value};
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Finds doses in the same role that share no common dose.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for Question { topic, stated } in questions(items) {
        let apart = sweep(topic, drugs, &statements(stated), vocabulary);
        found.extend(apart.into_iter().map(|disagreement| told(disagreement, role(topic), items)));
    }
    found
}

/// The doses that are set against each other, by role and unit.
pub(crate) fn questions<'a>(items: &[Item<'a>]) -> Vec<Question<'a>> {
    const ROLES: [(Phase, Topic); 4] = [
        (Phase::Start, Topic::DoseStart),
        (Phase::Target, Topic::DoseTarget),
        (Phase::Max, Topic::DoseMaximum),
        (Phase::Single, Topic::DoseSingle),
    ];
    let of_role = |(phase, topic)| groups(items, phase).into_values().map(move |stated| Question { topic, stated });
    ROLES.into_iter().flat_map(of_role).collect()
}

/// The doses of a topic, in words.
fn role(topic: Topic) -> &'static str {
    match topic {
        Topic::DoseStart => "starting doses",
        Topic::DoseMaximum => "maximum doses",
        Topic::DoseSingle => "single doses",
        _ => "usual doses",
    }
}

/// How an amount is to be read beside others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Basis {
    /// The amount of a whole day.
    Day,
    /// One dose, with nothing said about how often.
    Dose,
    /// The amount of one dose of a course that has days without any: one in so
    /// many days.
    Intermittent(Decimal),
}

type Group<'a> = Vec<(Item<'a>, Range)>;

/// Unit, basis, for a component's share of a combination the combination (the
/// shares of two combinations, or a share and a dose of the drug alone, are
/// different things), and whether a fixed dose is for children of any age.
type Key = (Vec<Name>, Basis, Vec<Name>, bool);

/// The combination that a claim about one drug is a share of.
pub(crate) fn share_of(item: &Item, dose: &Dose) -> Vec<Name> {
    if item.claim.drugs.len() == 1 { dose.combination.clone() } else { Vec::new() }
}

/// The doses of a role by unit, those of a whole day apart from bare ones. A
/// bare amount is taken for a day's where the drug is given once a day.
fn groups<'a>(items: &[Item<'a>], phase: Phase) -> BTreeMap<Key, Group<'a>> {
    let mut groups: BTreeMap<Key, Group> = BTreeMap::new();
    let mut several: BTreeMap<Vec<Name>, bool> = BTreeMap::new();
    let doses: Vec<(Item, &Dose)> =
        items.iter().filter_map(|item| dose(item, phase).map(|dose| (*item, dose))).collect();
    for (_, dose) in &doses {
        *several.entry(measure(dose)).or_default() |= is_several_a_day(dose);
    }
    for (item, dose) in doses {
        let measure = measure(dose);
        let rare = dose.frequency.is_some_and(|frequency| frequency.days > Decimal::ONE);
        let read = match (day(dose), several[&measure]) {
            _ if rare => {
                let days = dose.frequency.map(|frequency| frequency.days).unwrap_or_default();
                single(dose).map(|range| (Basis::Intermittent(days), range))
            }
            (None, _) if dose.each => single(dose).map(|range| (Basis::Dose, range)),
            (Some(range), _) => Some((Basis::Day, range)),
            (None, true) => single(dose).map(|range| (Basis::Dose, range)),
            (None, false) => single(dose).map(|range| (Basis::Day, range)),
        };
        if let Some((basis, mut range)) = read {
            // "a maximum of 150 to 300 mg" allows 300.
            if phase == Phase::Max {
                range.low = range.high;
            }
            let all_children =
                is_all_children(&item.claim.context.population) && !measure.iter().any(|per| &**per == "kg");
            groups.entry((measure, basis, share_of(&item, dose), all_children)).or_default().push((item, range));
        }
    }
    groups
}

fn dose<'a>(item: &Item<'a>, phase: Phase) -> Option<&'a Dose> {
    match &item.claim.value {
        Value::Dose(dose) if dose.phase == phase && !dose.adjusted => Some(dose),
        _ => None,
    }
}

/// What is counted, and per what apart from the day.
pub(crate) fn measure(dose: &Dose) -> Vec<Name> {
    let unit = &dose.amount.unit;
    let mut measure = vec![unit.base.clone()];
    measure.extend(unit.per.iter().filter(|per| &***per != "d").cloned());
    measure
}

fn is_several_a_day(dose: &Dose) -> bool {
    dose.frequency.is_some_and(|frequency| frequency.times.high.is_some_and(|times| times > frequency.days))
}

/// The amount of one dose in base units.
pub(crate) fn single(dose: &Dose) -> Option<Range> {
    range(dose.amount.range.scaled(dose.amount.unit.factor))
}

/// Whether nothing is said about how often a dose is given.
pub(crate) fn is_bare(dose: &Dose) -> bool {
    dose.frequency.is_none() && !dose.amount.unit.is_per("d")
}

/// The amount of a day in base units: as written, or the dose times how often.
pub(crate) fn day(dose: &Dose) -> Option<Range> {
    let once = single(dose)?;
    if dose.amount.unit.is_per("d") {
        return Some(once);
    }
    let frequency = dose.frequency?;
    let (low, high) = frequency.times.low.zip(frequency.times.high)?;
    let daily = |amount: Decimal, times: Decimal| {
        amount.checked_mul(times)?.checked_div(frequency.days).map(|amount| amount.round_dp(6).normalize())
    };
    let top = if once.high == Decimal::MAX { Some(once.high) } else { daily(once.high, high) };
    Some(Range { low: daily(once.low, low)?, high: top? })
}

/// An open lower end is nothing, an open upper end has no bound.
pub(crate) fn range(interval: Interval) -> Option<Range> {
    if interval.low.is_none() && interval.high.is_none() {
        return None;
    }
    Some(Range {
        low: interval.low.unwrap_or(Decimal::ZERO).normalize(),
        high: interval.high.unwrap_or(Decimal::MAX).normalize(),
    })
}
