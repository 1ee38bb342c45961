//! `facts --format json`: one object for other programs.

use super::{Facts, side};
use crate::claim::Name;
use crate::facts::{Drug, Facet, Statement};
use crate::finding::Severity;
use crate::report::{Place, object};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Whole<'a> {
    drugs: Vec<Entry<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    disagreements: Option<Vec<Disagreement<'a>>>,
}

/// A drug; `statements` is missing where drugs are only listed.
#[derive(Serialize)]
struct Entry<'a> {
    drug: &'a [Name],
    articles: usize,
    disagreements: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    statements: Option<Vec<Stated<'a>>>,
}

#[derive(Serialize)]
struct Stated<'a> {
    facet: Facet,
    statement: &'a str,
    file: &'a str,
    places: Vec<Passage<'a>>,
    disputes: Vec<Dispute<'a>>,
}

#[derive(Serialize)]
struct Passage<'a> {
    span: Place,
    quote: &'a str,
    section: &'a [Name],
}

/// The disagreement, and the statement's side in it.
#[derive(Serialize)]
struct Dispute<'a> {
    fingerprint: &'a str,
    side: String,
}

#[derive(Serialize)]
struct Disagreement<'a> {
    fingerprint: &'a str,
    code: &'a str,
    severity: Severity,
    message: &'a str,
    sides: &'a [String],
}

/// Writes the drugs, with what is said of them unless they are only listed, and
/// what disagrees.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, facts: &Facts<'_>) -> io::Result<()> {
    let drugs = facts.drugs.iter().map(|drug| entry(facts, drug)).collect();
    let disagreements = (!facts.listed).then(|| {
        facts
            .disagreements()
            .map(|(_, finding)| Disagreement {
                fingerprint: &finding.fingerprint,
                code: &finding.code,
                severity: finding.severity,
                message: &finding.message,
                sides: &finding.values,
            })
            .collect()
    });
    object::pretty(out, &Whole { drugs, disagreements })
}

fn entry<'a>(facts: &Facts<'a>, drug: &'a Drug) -> Entry<'a> {
    Entry {
        drug: &drug.names,
        articles: drug.articles().len(),
        disagreements: drug.disagreements.len(),
        statements: (!facts.listed).then(|| drug.statements.iter().map(|statement| stated(facts, statement)).collect()),
    }
}

fn stated<'a>(facts: &Facts<'a>, statement: &'a Statement) -> Stated<'a> {
    let article = &facts.articles[statement.article].claims;
    let passage = |place: &crate::facts::Place| {
        let claim = &article.claims[place.claim];
        Passage { span: Place::new(claim.span, place.position), quote: &claim.quote, section: &claim.section }
    };
    let dispute = |dispute: &crate::facts::Dispute| Dispute {
        fingerprint: &facts.findings[dispute.finding].fingerprint,
        side: side(dispute.position),
    };
    Stated {
        facet: statement.facet,
        statement: &statement.text,
        file: &article.path,
        places: statement.places.iter().map(passage).collect(),
        disputes: statement.disputes.iter().map(dispute).collect(),
    }
}
