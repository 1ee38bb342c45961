//! The same amount daily here and weekly there: with methotrexate a deadly slip
//! (ISMP, list of high-alert medications and safety alerts on oral methotrexate).

use super::comparable::{comparable, is_same_passage};
use super::cut::contradict;
use super::dose::{measure, share_of, single};
use super::opposed::Opposed;
use super::{ClaimId, Disagreement, Item, Position, Topic};
use crate::claim::{Dose, Name, Phase, Value, value_statement};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;

/// Finds amounts that are taken every day here and with days between there.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    let doses: Vec<(&Item, &Dose)> = items
        .iter()
        .filter_map(|item| match &item.claim.value {
            Value::Dose(dose) if is_given(dose.phase) && !dose.adjusted => Some((item, dose)),
            _ => None,
        })
        .collect();
    let rare: Vec<&(&Item, &Dose)> = doses.iter().filter(|(_, dose)| is_rare(dose)).collect();
    let mut opposed = Opposed::new(Topic::DoseDayWeek, drugs);
    for (item, dose) in rare {
        let mut confidence: Option<Confidence> = None;
        let mut against: Vec<ClaimId> = Vec::new();
        let mut summary = None;
        for (other, daily) in doses.iter().filter(|(_, dose)| is_daily(dose)) {
            let alike = daily.phase == dose.phase
                && measure(daily) == measure(dose)
                && share_of(other, daily) == share_of(item, dose);
            let same = single(dose).zip(single(daily)).is_some_and(|(one, other)| contradict(one, other).is_none());
            if !alike || !same || is_same_passage(item, other) {
                continue;
            }
            if let Ok(sure) = comparable(item, other, vocabulary) {
                confidence = confidence.max(Some(sure));
                against.push(other.id);
                summary.get_or_insert_with(|| value_statement(&other.claim.value));
            }
        }
        let (Some(confidence), Some(summary)) = (confidence, summary) else { continue };
        opposed.add(item, Position { claims: against, summary }, confidence);
    }
    opposed.found()
}

fn is_given(phase: Phase) -> bool {
    matches!(phase, Phase::Start | Phase::Target | Phase::Max)
}

/// Once in a week or more.
fn is_rare(dose: &Dose) -> bool {
    dose.frequency
        .is_some_and(|frequency| frequency.days >= Decimal::from(7) && frequency.times.high == Some(Decimal::ONE))
}

/// Every day, as it says.
fn is_daily(dose: &Dose) -> bool {
    dose.amount.unit.is_per("d")
        || dose.frequency.is_some_and(|frequency| {
            frequency.days == Decimal::ONE && frequency.times.low.is_some_and(|times| times >= Decimal::ONE)
        })
}
