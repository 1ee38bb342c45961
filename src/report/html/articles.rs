//! The list of articles, with what was found in each.

use super::Book;
use super::markup::{field, number, text};
use crate::finding::Severity;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

/// How many findings of each severity an article takes part in.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub errors: usize,
    pub warnings: usize,
    pub notes: usize,
}

impl Counts {
    pub fn all(self) -> usize {
        self.errors + self.warnings + self.notes
    }
}

/// The counts of each article, in their order.
pub(super) fn counts(book: &Book<'_>) -> Vec<Counts> {
    let mut counts = vec![Counts::default(); book.report.articles.len()];
    for finding in book.report.findings {
        let articles: BTreeSet<usize> =
            finding.labels.iter().filter_map(|label| book.passages.article(&label.path)).collect();
        for article in articles {
            let counts = &mut counts[article];
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
    }
    counts
}

/// Writes the table of the articles, those with the most and gravest findings
/// first.
pub(super) fn table(html: &mut String, book: &Book<'_>, counts: &[Counts]) {
    html.push_str(
        "<noscript><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table of articles\"><table class=\"articles\">\
         <caption class=\"hidden\">Articles and what was found in them</caption><thead><tr><th scope=\"col\">Article</th>\
         <th scope=\"col\">Statements</th><th scope=\"col\">Errors</th><th scope=\"col\">Warnings</th>\
         <th scope=\"col\">Notes</th></tr></thead><tbody>\n",
    );
    let mut articles: Vec<_> = book.report.articles.iter().zip(counts).collect();
    articles.sort_by_key(|(_, counts)| Reverse((counts.errors, counts.warnings, counts.notes)));
    for (article, counts) in articles {
        let path = &article.claims.path;
        let shown = book.paths.shown(path);
        let name = match counts.all() {
            0 => book.paths.text(path),
            _ => format!("<a href=\"#article={}\">{}</a>", field(shown), book.paths.text(path)),
        };
        let cell = |count: usize, severity: Severity| match count {
            0 => "<td class=\"zero\">0</td>".to_owned(),
            _ => format!("<td class=\"{}\">{}</td>", severity.name(), number(count)),
        };
        // Writing to a text cannot fail.
        let _ = writeln!(
            html,
            "<tr data-name=\"{}\"><th scope=\"row\">{name}</th><td>{}</td>{}{}{}</tr>",
            text(shown),
            number(article.claims.claims.len()),
            cell(counts.errors, Severity::Error),
            cell(counts.warnings, Severity::Warning),
            cell(counts.notes, Severity::Note),
        );
    }
    html.push_str("</tbody></table></div></noscript>");
}
