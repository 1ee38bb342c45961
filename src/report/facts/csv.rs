//! `facts --format csv`: a row for each place of each statement, or for each
//! drug.

use super::{Facts, side};
use crate::facts::Dispute;
use crate::report::visible::{visible, without_commands};
use std::io::{self, Write};

/// Writes a head and the rows, as RFC 4180 has it.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, facts: &Facts<'_>) -> io::Result<()> {
    if facts.listed {
        row(out, &["drug", "articles", "statements", "disagreements"])?;
        for drug in facts.drugs {
            let counts =
                [drug.articles().len(), drug.statements.len(), drug.disagreements.len()].map(|count| count.to_string());
            row(out, &[&drug.name(), &counts[0], &counts[1], &counts[2]])?;
        }
        return Ok(());
    }
    row(
        out,
        &[
            "drug",
            "facet",
            "statement",
            "article",
            "line",
            "column",
            "section",
            "quote",
            "severity",
            "disagreements",
            "sides",
        ],
    )?;
    for drug in facts.drugs {
        for statement in &drug.statements {
            let disputed =
                |name: &dyn Fn(&Dispute) -> String| statement.disputes.iter().map(name).collect::<Vec<_>>().join("; ");
            let lints = disputed(&|dispute| facts.finding(dispute).code.clone());
            let sides = disputed(&|dispute| side(dispute.position));
            for place in &statement.places {
                let claim = &facts.articles[statement.article].claims.claims[place.claim];
                row(
                    out,
                    &[
                        &drug.name(),
                        statement.facet.title(),
                        &statement.text,
                        facts.path(statement.article),
                        &place.position.line.to_string(),
                        &place.position.column.to_string(),
                        &claim.section.join(" > "),
                        &claim.quote,
                        facts.severity(statement).map_or("", |severity| severity.name()),
                        &lints,
                        &sides,
                    ],
                )?;
            }
        }
    }
    Ok(())
}

fn row(out: &mut impl Write, cells: &[&str]) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
    write!(out, "{}\r\n", cells.join(","))
}

/// A cell that no spreadsheet takes for a formula: what begins like one gets an
/// apostrophe before it, as OWASP advises for CSV injection, and every text
/// stands in quotes. The sign may follow white space or a quote that a
/// spreadsheet drops.
fn cell(text: &str) -> String {
    let text = without_commands(visible(text).into_owned());
    let begins = text.trim_start_matches(|character: char| character.is_whitespace() || character == '"');
    let is_formula = begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    let sign = if is_formula { "'" } else { "" };
    format!("\"{sign}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(cell("10 mg"), "\"10 mg\"");
        assert_eq!(cell("a \"b\", c"), "\"a \"\"b\"\", c\"");
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\"=1", "\r\n=1", "\u{200b}=1", "＝1"] {
            assert!(cell(formula).starts_with("\"'"), "{formula:?}");
        }
    }
}
