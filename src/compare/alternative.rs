//! Alternatives in one sentence: "25 mg twice daily or 50–100 mg at bedtime" is
//! one statement that allows everything between.

use super::cut::Range;
use super::{ClaimId, Item};
use crate::claim::Context;
use crate::span::Span;

/// Claims that count as one value in a comparison.
#[derive(Clone, Debug)]
pub(crate) struct Statement<'a> {
    /// The claims; never empty.
    pub items: Vec<Item<'a>>,
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

/// Joins the claims of one sentence and one context into statements.
pub(crate) fn statements<'a>(items: impl IntoIterator<Item = (Item<'a>, Range)>) -> Vec<Statement<'a>> {
    let mut found: Vec<Statement> = Vec::new();
    let mut last: Option<(usize, Span)> = None;
    for (item, range) in items {
        let place = (item.id.article, item.claim.sentence);
        let joined = found
            .last_mut()
            .filter(|statement| last == Some(place) && statement.context().population == item.claim.context.population);
        match joined {
            Some(statement) => {
                statement.range.low = statement.range.low.min(range.low);
                statement.range.high = statement.range.high.max(range.high);
                statement.items.push(item);
            }
            None => found.push(Statement { items: vec![item], range }),
        }
        last = Some(place);
    }
    found
}

/// The places of the claims of some statements, in order.
pub(crate) fn places(statements: &[&Statement]) -> Vec<ClaimId> {
    let mut places: Vec<ClaimId> =
        statements.iter().flat_map(|statement| statement.items.iter().map(|item| item.id)).collect();
    places.sort_unstable();
    places.dedup();
    places
}
