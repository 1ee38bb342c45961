//! A claim and the other statements of its fact, as every request about facts
//! needs them.

use super::desk::Place;
use super::workspace::Workspace;
use crate::claim::{Claim, list_names, statement, value_statement};
use crate::compare::{ClaimId, same_fact};
use crate::finding::Label;
use std::collections::BTreeMap;
use std::path::Path;

/// How a statement stands to another of the same fact, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standing {
    /// A finding has them on different sides.
    Contradicts,
    /// They are not the same, and that is not reported: it is suppressed, known
    /// from before, or one of them says less.
    Differs,
    /// They agree.
    Agrees,
}

/// A claim, and where else its fact is stated.
pub(crate) struct Fact<'d> {
    /// Where.
    pub workspace: &'d Workspace,
    /// The claim.
    pub own: ClaimId,
    /// The others, those that contradict it first, then in the order of the
    /// articles.
    pub others: Vec<(Standing, ClaimId)>,
}

impl<'d> Fact<'d> {
    /// What is said of the fact of a claim of an article.
    pub fn of(place: Place<'d>, own: ClaimId) -> Self {
        let workspace = place.workspace;
        let mut standings: BTreeMap<ClaimId, Standing> = BTreeMap::new();
        if let Some(index) = workspace.comparison.index() {
            for (other, agrees) in same_fact(index, &workspace.shelf.claims, own, workspace.known.vocabulary()) {
                standings.insert(other, if agrees { Standing::Agrees } else { Standing::Differs });
            }
        }
        let claim = &workspace.shelf.claims[own.article].claims[own.claim];
        let path = &workspace.shelf.claims[own.article].path;
        for finding in workspace.findings_of(own.article) {
            let is_own = |label: &&Label| label.path == *path && label.span == claim.span;
            let Some(group) = finding.labels.iter().find(is_own).map(|label| label.group) else { continue };
            for label in &finding.labels {
                let is_same = label.group == group && label.group.is_some();
                let standing = if is_same { Standing::Agrees } else { Standing::Contradicts };
                if let Some(other) = labelled(workspace, label).filter(|other| *other != own)
                    && label.group.is_some()
                {
                    let known = standings.entry(other).or_insert(standing);
                    *known = standing.min(*known);
                }
            }
        }
        let mut others: Vec<(Standing, ClaimId)> = standings.into_iter().map(|(id, standing)| (standing, id)).collect();
        others.sort_unstable();
        Self { workspace, own, others }
    }

    /// A claim of the fact.
    pub fn claim(&self, id: ClaimId) -> &'d Claim {
        &self.workspace.shelf.claims[id.article].claims[id.claim]
    }

    /// Whether a claim stands in a reference.
    pub fn is_reference(&self, id: ClaimId) -> bool {
        self.workspace.known.config.references.matching(self.workspace.shelf.path(id.article)).is_some()
    }

    /// The statements that the others are held to: those of references, or else
    /// the position that most articles hold; those of the claim itself where it
    /// holds as many.
    pub fn authority(&self) -> Vec<ClaimId> {
        let all = || std::iter::once(self.own).chain(self.others.iter().map(|(_, id)| *id));
        let references: Vec<ClaimId> = all().filter(|id| self.is_reference(*id)).collect();
        if !references.is_empty() {
            return references;
        }
        let mut positions: BTreeMap<String, Vec<ClaimId>> = BTreeMap::new();
        for id in all() {
            positions.entry(value_statement(&self.claim(id).value)).or_default().push(id);
        }
        let weight = |held: &Vec<ClaimId>| {
            let articles: std::collections::BTreeSet<usize> = held.iter().map(|id| id.article).collect();
            (articles.len(), held.contains(&self.own))
        };
        positions.into_values().max_by_key(weight).unwrap_or_default()
    }
}

/// The drugs of a claim with what it states: "amitriptyline: 10 mg a day, start".
pub(crate) fn headline(claim: &Claim) -> String {
    format!("{}: {}", list_names(&claim.drugs, "with"), statement(claim))
}

/// The claim that a label of a finding shows.
fn labelled(workspace: &Workspace, label: &Label) -> Option<ClaimId> {
    let article = workspace.shelf.index(Path::new(&label.path))?;
    let claims = &workspace.shelf.claims[article].claims;
    let is_it = |claim: &Claim| claim.span == label.span && statement(claim) == label.message;
    let claim = claims.iter().position(is_it).or_else(|| claims.iter().position(|claim| claim.span == label.span))?;
    Some(ClaimId { article, claim })
}
