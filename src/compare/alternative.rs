//! Alternatives in one sentence: "25 mg twice daily or 50–100 mg at bedtime" is
//! one statement that allows everything between.

use super::cut::{Range, contradict};
use super::{ClaimId, Item};
use crate::claim::{Context, Population};

/// Claims that count as one value in a comparison.
#[derive(Clone, Debug)]
pub(crate) struct Statement<'a> {
    /// The claims; never empty.
    pub items: Vec<Item<'a>>,
    /// What each of them allows.
    pub ranges: Vec<Range>,
    /// Everything they allow.
    pub range: Range,
}

impl<'a> Statement<'a> {
    /// The first of the claims, which stands for their context.
    pub fn first(&self) -> &Item<'a> {
        &self.items[0]
    }

    /// The context of the claims.
    pub fn context(&self) -> &'a Context {
        &self.items[0].claim.context
    }
}

/// Joins the claims of one sentence, or of one short passage, that are for the
/// same patients and use into statements: "200 mg once daily. May be increased to
/// 400 mg."
pub(crate) fn statements<'a>(items: impl IntoIterator<Item = (Item<'a>, Range)>) -> Vec<Statement<'a>> {
    let mut found: Vec<Statement> = Vec::new();
    for (item, range) in items {
        match found.last_mut().filter(|statement| goes_on(statement, &item)) {
            Some(statement) => {
                statement.range.low = statement.range.low.min(range.low);
                statement.range.high = statement.range.high.max(range.high);
                statement.items.push(item);
                statement.ranges.push(range);
            }
            None => found.push(Statement { items: vec![item], ranges: vec![range], range }),
        }
    }
    found
}

fn goes_on(statement: &Statement, next: &Item) -> bool {
    // Sentences of one paragraph follow on each other; list items do not.
    const GAP: usize = 2;
    let Some(last) = statement.items.last() else { return false };
    let (one, other) = (&last.claim.context, &next.claim.context);
    let same = last.id.article == next.id.article && one.population == other.population;
    // "30 mg or 40 mg twice a day for adults"
    let is_general = |people: &Population| people.groups.iter().all(|group| &**group == "adults");
    let general = last.id.article == next.id.article
        && is_general(&one.population)
        && is_general(&other.population)
        && one.population.weight == other.population.weight
        && one.population.renal_function == other.population.renal_function;
    if (same || general) && last.claim.sentence == next.claim.sentence {
        return true;
    }
    let near = next.claim.sentence.start.saturating_sub(last.claim.sentence.end) <= GAP;
    same && near && last.claim.section == next.claim.section && one == other
}

/// The places of the claims of one side that themselves contradict everything on
/// the other sides; of an alternative that only in part does, that part.
pub(crate) fn contradicting(side: &[&Statement], others: &[Vec<&Statement>]) -> Vec<ClaimId> {
    let hulls: Vec<Range> = others.iter().filter_map(|other| hull(other)).collect();
    let is_apart = |range: &Range| hulls.iter().all(|hull| contradict(*range, *hull).is_some());
    let mut found = Vec::new();
    for statement in side {
        let ranged = statement.items.iter().zip(&statement.ranges);
        let own: Vec<ClaimId> = ranged.filter(|(_, range)| is_apart(range)).map(|(item, _)| item.id).collect();
        found.extend(if own.is_empty() { places(&[statement]) } else { own });
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn hull(statements: &[&Statement]) -> Option<Range> {
    let ranges = statements.iter().map(|statement| statement.range);
    ranges.reduce(|one, other| Range { low: one.low.min(other.low), high: one.high.max(other.high) })
}

/// The places of the claims of some statements, in order.
pub(crate) fn places(statements: &[&Statement]) -> Vec<ClaimId> {
    let mut places: Vec<ClaimId> =
        statements.iter().flat_map(|statement| statement.items.iter().map(|item| item.id)).collect();
    places.sort_unstable();
    places.dedup();
    places
}
