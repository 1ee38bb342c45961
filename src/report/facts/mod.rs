//! `facts`: what every article says about a drug, or the drugs there are.

pub mod csv;
pub mod json;
pub mod table;

use super::Passages;
use crate::facts::{Dispute, Drug, Statement, gravest};
use crate::finding::{Finding, Severity};
use std::collections::BTreeSet;

/// What is printed.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The drugs, in the order in which they are printed.
    pub drugs: &'a [&'a Drug],
    /// The findings that their disputes point to.
    pub findings: &'a [Finding],
    /// The articles that their statements point to.
    pub articles: &'a [Passages<'a>],
    /// Whether the drugs are only listed, with how much is said of them.
    pub listed: bool,
}

impl<'a> Facts<'a> {
    /// The disagreements of the drugs, each once, in the order of the findings.
    fn disagreements(&self) -> impl Iterator<Item = (usize, &'a Finding)> + use<'a> {
        let numbers: BTreeSet<usize> = self.drugs.iter().flat_map(|drug| &drug.disagreements).copied().collect();
        let findings = self.findings;
        numbers.into_iter().map(move |number| (number, &findings[number]))
    }

    pub(super) fn path(&self, article: usize) -> &str {
        &self.articles[article].claims.path
    }

    pub(super) fn finding(&self, dispute: &Dispute) -> &Finding {
        &self.findings[dispute.finding]
    }

    pub(super) fn severity(&self, statement: &Statement) -> Option<Severity> {
        gravest(statement, self.findings)
    }
}

/// The name of a side of a disagreement: A, B, … Z, A1, B1, …
pub(super) fn side(position: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(position % 26).unwrap_or(0));
    match position / 26 {
        0 => letter.to_string(),
        round => format!("{letter}{round}"),
    }
}

#[cfg(test)]
mod tests {
    use super::side;

    #[test]
    fn sides_are_letters() {
        assert_eq!([0, 1, 25, 26, 53].map(side), ["A", "B", "Z", "A1", "B2"]);
    }
}
