//! Facts: what all articles say about each drug, with what disagrees.
//!
//! A view of the claims by drug, facet and article, and of the findings that
//! were made of them. It decides nothing: which statements contradict is known
//! from the findings.

mod drug;
mod facet;
mod order;

pub use drug::{Unknown, resolve};
pub use facet::Facet;

use crate::claim::{Claim, Name, list_names, roleless_statement};
use crate::compare::ArticleClaims;
use crate::finding::{Finding, Severity};
use crate::span::{LineIndex, Position, Span};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What all articles say about one drug, or one fixed combination.
#[derive(Clone, Debug)]
pub struct Drug {
    /// International non-proprietary names, sorted; several for a combination.
    pub names: Vec<Name>,
    /// What is stated, ordered by facet, then value, then article and place.
    pub statements: Vec<Statement>,
    /// The disagreements about it, and those that its statements take part in, as
    /// indices of the findings, ascending.
    pub disagreements: Vec<usize>,
}

impl Drug {
    /// The name that people read: "codeine + paracetamol".
    pub fn name(&self) -> String {
        list_names(&self.names, "+")
    }

    /// The articles that say something about it, as indices, ascending.
    pub fn articles(&self) -> Vec<usize> {
        let mut articles: Vec<usize> = self.statements.iter().map(|statement| statement.article).collect();
        articles.sort_unstable();
        articles.dedup();
        articles
    }

    /// The facets about which something is said, in their order, each with its
    /// statements.
    pub fn facets(&self) -> impl Iterator<Item = (Facet, &[Statement])> {
        let parts = self.statements.chunk_by(|one, next| one.facet == next.facet);
        parts.filter_map(|part| Some((part.first()?.facet, part)))
    }
}

/// One statement of one article, at every place where the article makes it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Which question it answers.
    pub facet: Facet,
    /// The article, as an index.
    pub article: usize,
    /// What is stated, in normalised words, without the role of a dose.
    pub text: String,
    /// Where, in the order of the text; never empty.
    pub places: Vec<Place>,
    /// What it disagrees with, in the order of the findings.
    pub disputes: Vec<Dispute>,
}

/// A place where a statement is made.
#[derive(Clone, Debug)]
pub struct Place {
    /// The claim, as an index of the article's claims.
    pub claim: usize,
    /// Where it begins.
    pub position: Position,
}

/// A disagreement that a statement takes part in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dispute {
    /// The finding, as an index.
    pub finding: usize,
    /// The side that the statement is on.
    pub position: usize,
    /// The passage, as an index of the finding's labels.
    pub label: usize,
}

/// What all articles say, by drug in the order of the names.
pub fn of(articles: &[ArticleClaims], texts: &[&str], findings: &[Finding]) -> Vec<Drug> {
    let disputes = disputes(articles, findings);
    let mut drugs: BTreeMap<&[Name], Drug> = BTreeMap::new();
    for (number, (article, text)) in articles.iter().zip(texts).enumerate() {
        let lines = LineIndex::new(text);
        let mut stated: FxHashMap<(&[Name], Facet, String), usize> = FxHashMap::default();
        for (claim_number, claim) in article.claims.iter().enumerate() {
            let Some(facet) = Facet::of(claim) else { continue };
            let drug = drugs.entry(&claim.drugs).or_insert_with(|| Drug {
                names: claim.drugs.clone(),
                statements: Vec::new(),
                disagreements: Vec::new(),
            });
            let statement = roleless_statement(claim);
            let known = *stated.entry((&claim.drugs, facet, statement.clone())).or_insert_with(|| {
                let places = Vec::new();
                let disputes = Vec::new();
                drug.statements.push(Statement { facet, article: number, text: statement, places, disputes });
                drug.statements.len() - 1
            });
            let place = Place { claim: claim_number, position: lines.position(text, claim.span.start) };
            drug.statements[known].places.push(place);
            let own = disputes.get(&(number, claim_number)).map_or(&[][..], Vec::as_slice);
            drug.statements[known].disputes.extend(own);
        }
    }
    for (number, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.is_disagreement()) {
        if let Some(drug) = drugs.get_mut(finding.drugs.as_slice()) {
            drug.disagreements.push(number);
        }
    }
    let mut drugs: Vec<Drug> = drugs.into_values().collect();
    for drug in &mut drugs {
        let disputes = drug.statements.iter().flat_map(|statement| &statement.disputes);
        drug.disagreements.extend(disputes.map(|dispute| dispute.finding));
        drug.disagreements.sort_unstable();
        drug.disagreements.dedup();
        for statement in &mut drug.statements {
            statement.disputes.sort_unstable();
            statement.disputes.dedup_by_key(|dispute| (dispute.finding, dispute.position));
        }
        let value =
            |statement: &Statement| order::value(&articles[statement.article].claims[statement.places[0].claim]);
        drug.statements.sort_by_cached_key(|statement| {
            (statement.facet, value(statement), statement.text.clone(), statement.article)
        });
    }
    drugs
}

/// The gravest of the findings that a statement takes part in.
pub fn gravest(statement: &Statement, findings: &[Finding]) -> Option<Severity> {
    statement.disputes.iter().map(|dispute| findings[dispute.finding].severity).max()
}

/// The claims that a label of a finding shows, as indices of the article's
/// claims. Of two claims of one passage ("25 mg of either drug") it is the one
/// that is about the finding's drug.
pub fn shown<'a>(
    finding: &'a Finding,
    of_passage: &'a [usize],
    claims: &'a [Claim],
) -> impl Iterator<Item = usize> + 'a {
    let is_about = |claim: usize| claims[claim].drugs.iter().any(|drug| finding.drugs.contains(drug));
    // What is said of a class holds for its members, whose names it does not have.
    let any = !of_passage.iter().any(|claim| is_about(*claim));
    of_passage.iter().copied().filter(move |claim| any || is_about(*claim))
}

/// The claims of articles by their place.
pub struct Passages<'a> {
    article_of: FxHashMap<&'a str, usize>,
    claims: FxHashMap<(usize, Span), Vec<usize>>,
}

impl<'a> Passages<'a> {
    /// Notes the places of all claims.
    pub fn new(articles: impl IntoIterator<Item = &'a ArticleClaims>) -> Self {
        let mut article_of = FxHashMap::default();
        let mut claims: FxHashMap<(usize, Span), Vec<usize>> = FxHashMap::default();
        for (number, article) in articles.into_iter().enumerate() {
            article_of.insert(article.path.as_str(), number);
            for (claim_number, claim) in article.claims.iter().enumerate() {
                claims.entry((number, claim.span)).or_default().push(claim_number);
            }
        }
        Self { article_of, claims }
    }

    /// The article of a path, as an index.
    pub fn article(&self, path: &str) -> Option<usize> {
        self.article_of.get(path).copied()
    }

    /// The claims whose passage is exactly this one, as indices of the article's
    /// claims.
    pub fn claims(&self, article: usize, span: Span) -> &[usize] {
        self.claims.get(&(article, span)).map_or(&[], Vec::as_slice)
    }
}

/// The disputes of each claim, by article and claim.
fn disputes(articles: &[ArticleClaims], findings: &[Finding]) -> FxHashMap<(usize, usize), Vec<Dispute>> {
    let passages = Passages::new(articles);
    let mut found: FxHashMap<(usize, usize), Vec<Dispute>> = FxHashMap::default();
    for (number, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.is_disagreement()) {
        for (label_number, label) in finding.labels.iter().enumerate() {
            let (Some(article), Some(position)) = (passages.article(&label.path), label.group) else { continue };
            let claims = &articles[article].claims;
            for claim in shown(finding, passages.claims(article, label.span), claims) {
                let dispute = Dispute { finding: number, position, label: label_number };
                found.entry((article, claim)).or_default().push(dispute);
            }
        }
    }
    found
}
