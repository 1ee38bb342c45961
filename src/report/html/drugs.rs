//! The section of each drug: a table of what every article says.

use super::markup::{counted, field, id, number, sentence, text};
use super::paths::Paths;
use crate::claim::{Claim, Level, Value};
use crate::facts::{Drug, Facet, Statement};
use crate::report::facts::{Facts, side};
use std::fmt::Write;

/// Writes the drugs, each as a line that opens its table.
pub(super) fn list(html: &mut String, facts: &Facts<'_>, paths: &Paths) {
    html.push_str("<ul class=\"drugs\">\n");
    for drug in facts.drugs {
        let name = drug.name();
        let articles = drug.articles().len();
        let disagreements = match drug.disagreements.len() {
            0 => "<span class=\"none\">no disagreement</span>".to_owned(),
            count => format!("<strong>{}</strong>", counted(count, "disagreement")),
        };
        // Writing to a text cannot fail.
        let _ = write!(
            html,
            "<li class=\"drug\" data-name=\"{shown}\"><details id=\"d-{}\"><summary><h3><bdi>{shown}</bdi></h3>\
             <p class=\"meta\"><span>{}</span><span>{}</span><span>{disagreements}</span></p></summary>\n<noscript>",
            id(&name),
            counted(articles, "article"),
            counted(drug.statements.len(), "statement"),
            shown = text(&name),
        );
        table(html, facts, drug, paths, true);
        html.push_str("</noscript></details></li>\n");
    }
    html.push_str("</ul>\n");
}

/// Writes how much is said of each drug, a row each.
pub(super) fn rows(html: &mut String, facts: &Facts<'_>) {
    html.push_str(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of drugs\"><table class=\"articles\">\
         <caption class=\"hidden\">Drugs</caption><thead><tr><th scope=\"col\">Drug</th><th scope=\"col\">Articles</th>\
         <th scope=\"col\">Statements</th><th scope=\"col\">Disagreements</th></tr></thead><tbody>\n",
    );
    for drug in facts.drugs {
        let disagreements = match drug.disagreements.len() {
            0 => "<td class=\"zero\">0</td>".to_owned(),
            count => format!("<td class=\"error\">{}</td>", number(count)),
        };
        let _ = writeln!(
            html,
            "<tr><th scope=\"row\"><bdi>{}</bdi></th><td>{}</td><td>{}</td>{disagreements}</tr>",
            text(&drug.name()),
            number(drug.articles().len()),
            number(drug.statements.len()),
        );
    }
    html.push_str("</tbody></table></div>\n");
}

/// Writes a drug on a page of its own: its table, and what disagrees.
pub(super) fn section(html: &mut String, facts: &Facts<'_>, drug: &Drug, titled: bool) {
    html.push_str("<section>");
    if titled {
        let _ = write!(html, "<h2><bdi>{}</bdi></h2>", sentence(&drug.name()));
    }
    table(html, facts, drug, &Paths::of(facts.articles), false);
    if !drug.disagreements.is_empty() {
        let level = if titled { 3 } else { 2 };
        let _ = write!(html, "<h{level}>What disagrees</h{level}><ul class=\"disagreements\">");
        for finding in &drug.disagreements {
            let finding = &facts.findings[*finding];
            let message = sentence(&finding.message);
            let _ = write!(html, "<li>{} <bdi>{message}</bdi></li>", super::finding::badge(finding.severity));
        }
        html.push_str("</ul>");
    }
    html.push_str("</section>\n");
}

/// Writes the table of a drug: a row for each article, a column for each facet.
/// `linked` leads from what disagrees to the passages of the finding.
pub(super) fn table(html: &mut String, facts: &Facts<'_>, drug: &Drug, paths: &Paths, linked: bool) {
    let name = drug.name();
    if linked && !drug.disagreements.is_empty() {
        let _ = write!(
            html,
            "<p class=\"jump\"><a href=\"#drug={}\">Show the findings about {}</a></p>",
            field(&name),
            text(&name),
        );
    }
    let facets: Vec<Facet> = drug.facets().map(|(facet, _)| facet).collect();
    let _ = write!(
        html,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"What articles say about {0}\"><table>\
         <caption class=\"hidden\">What articles say about {0}</caption><thead><tr><th scope=\"col\">Article</th>",
        text(&name),
    );
    for facet in &facets {
        let _ = write!(html, "<th scope=\"col\">{}</th>", sentence(facet.title()));
    }
    html.push_str("</tr></thead><tbody>");
    // By facet in the drug, by article in the table; both are in order.
    let mut of_article: Vec<&Statement> = drug.statements.iter().collect();
    of_article.sort_by_key(|statement| (statement.article, statement.facet));
    for row in of_article.chunk_by(|one, next| one.article == next.article) {
        let _ = write!(html, "<tr><th scope=\"row\">{}</th>", paths.text(facts.path(row[0].article)));
        let mut cells = row.chunk_by(|one, next| one.facet == next.facet).peekable();
        for facet in &facets {
            match cells.next_if(|cell| cell[0].facet == *facet) {
                Some(cell) => self::cell(html, facts, cell, linked),
                None => html.push_str("<td class=\"empty\"></td>"),
            }
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table></div>");
}

fn cell(html: &mut String, facts: &Facts<'_>, statements: &[&Statement], linked: bool) {
    html.push_str("<td>");
    let claim = |statement: &Statement| &facts.articles[statement.article].claims.claims[statement.places[0].claim];
    for of_level in statements.chunk_by(|one, next| level(claim(one)) == level(claim(next))) {
        let level = level(claim(of_level[0]));
        if let Some(level) = level {
            let _ = write!(html, "<p class=\"level\">{level}</p>");
        }
        html.push_str("<ul>");
        for statement in of_level {
            let words = match level {
                Some(_) => statement.text.split_once(": ").map_or(statement.text.as_str(), |(_, condition)| condition),
                None => &statement.text,
            };
            self::statement(html, facts, statement, words, linked);
        }
        html.push_str("</ul>");
    }
    html.push_str("</td>");
}

/// The level of a contraindication, under which its condition is listed.
fn level(claim: &Claim) -> Option<&'static str> {
    match &claim.value {
        Value::Contraindication(rated) => Some(match rated.level {
            Level::Contraindicated => "Contraindicated",
            Level::Avoid => "Avoid",
            Level::Caution => "Caution",
            Level::Allowed => "Allowed",
        }),
        _ => None,
    }
}

fn statement(html: &mut String, facts: &Facts<'_>, statement: &Statement, words: &str, linked: bool) {
    let lines: Vec<String> = statement.places.iter().map(|place| number(place.position.line)).collect();
    let noun = if lines.len() == 1 { "line" } else { "lines" };
    let lines = format!("<span class=\"line\">{noun} {}</span>", lines.join(", "));
    let (Some(severity), Some(dispute)) = (facts.severity(statement), statement.disputes.first()) else {
        let _ = write!(html, "<li><bdi>{}</bdi> {lines}</li>", text(words));
        return;
    };
    let finding = facts.finding(dispute);
    let words = format!(
        "<span class=\"sign\" aria-hidden=\"true\">≠</span><span class=\"hidden\">disagrees, side {}: </span><bdi>{}</bdi>",
        side(dispute.position),
        text(words),
    );
    let words = if linked {
        format!(
            "<a href=\"#p-{}-{}\" title=\"{}\">{words}</a>",
            text(&finding.fingerprint),
            dispute.label,
            text(&finding.message)
        )
    } else {
        words
    };
    let _ = write!(html, "<li class=\"disputed {}\">{words} {lines}</li>", severity.name());
}
