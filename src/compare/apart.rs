//! How doses of one role came to differ: by a slipped decimal point, or by how
//! often the same dose is given. An editor mends each in another way.

use super::{ClaimId, Disagreement, Item, Relation, Topic};
use crate::claim::{Dose, Frequency, Interval, Value};

/// The disagreement under the topic that says how its doses came to differ;
/// `role` names them: "starting doses".
pub(crate) fn told(mut disagreement: Disagreement, role: &str, items: &[Item]) -> Disagreement {
    if disagreement.relation == Relation::Tenfold {
        disagreement.topic = Topic::DoseTenfold;
        disagreement.about = Some(role.into());
    } else if is_how_often(&disagreement, items) {
        disagreement.topic = Topic::DoseFrequency;
        disagreement.about = Some(role.into());
    }
    disagreement
}

/// Whether all claims state the same dose, and only how often differs.
fn is_how_often(disagreement: &Disagreement, items: &[Item]) -> bool {
    let mut claims = disagreement.positions.iter().flat_map(|position| &position.claims).map(|id| each(*id, items));
    let Some(Some((first, _))) = claims.next() else { return false };
    claims.all(|claim| claim.is_some_and(|(dose, _)| dose == first))
}

/// One dose in the base unit, with how often it is given.
fn each(id: ClaimId, items: &[Item]) -> Option<(Interval, Frequency)> {
    let at = items.binary_search_by_key(&id, |item| item.id).ok()?;
    let Value::Dose(Dose { amount, frequency, .. }) = &items[at].claim.value else { return None };
    let range = amount.range.scaled(amount.unit.factor);
    let range = Interval { low: range.low.map(|low| low.normalize()), high: range.high.map(|high| high.normalize()) };
    (!amount.unit.is_per("d")).then_some(range).zip(*frequency)
}
