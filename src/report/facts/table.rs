//! `facts`: what every article says about a drug, for people on a terminal.

use super::{Facts, side};
use crate::facts::{Drug, Statement};
use crate::finding::Severity;
use crate::report::human::Style;
use crate::report::visible::{self, visible, without_commands};
use crate::report::{counted, wrap};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Columns before a statement: the marks of its disagreements.
const MARKS: usize = 6;
/// The most columns of a statement beside its places.
const MOST_STATEMENT: usize = 60;
/// The fewest columns that places need beside a statement.
const LEAST_PLACES: usize = 24;
/// The most places of one statement that are named; the rest is counted.
const NAMED: usize = 8;

/// Writes each drug with its facets, statements and places; statements that
/// disagree bear the number of the disagreement and their side in it. Where drugs
/// are only listed, one line each.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, facts: &Facts<'_>, style: Style) -> io::Result<()> {
    if facts.listed {
        return list(out, facts);
    }
    let numbers: BTreeMap<usize, usize> =
        facts.disagreements().enumerate().map(|(at, (finding, _))| (finding, at + 1)).collect();
    for (at, drug) in facts.drugs.iter().enumerate() {
        if at > 0 {
            writeln!(out)?;
        }
        self::drug(out, facts, drug, &numbers, style)?;
    }
    Ok(())
}

/// A line for each drug: articles, statements, disagreements.
fn list(out: &mut impl Write, facts: &Facts<'_>) -> io::Result<()> {
    let names: Vec<String> = facts.drugs.iter().map(|drug| visible(&drug.name()).into_owned()).collect();
    let widest = names.iter().map(|name| visible::width(name)).max().unwrap_or(0).max("drug".len());
    writeln!(out, "{:widest$}  articles  statements  disagreements", "drug")?;
    for (drug, name) in facts.drugs.iter().zip(&names) {
        let space = " ".repeat(widest - visible::width(name));
        let (articles, statements, disagreements) =
            (drug.articles().len(), drug.statements.len(), drug.disagreements.len());
        let line = format!("{name}{space}  {articles:8}  {statements:10}  {disagreements:13}");
        writeln!(out, "{}", without_commands(line))?;
    }
    writeln!(out, "{}", counted(facts.drugs.len(), "drug"))
}

fn drug(
    out: &mut impl Write,
    facts: &Facts<'_>,
    drug: &Drug,
    numbers: &BTreeMap<usize, usize>,
    style: Style,
) -> io::Result<()> {
    let articles = counted(drug.articles().len(), "article");
    let disagreements = counted(drug.disagreements.len(), "disagreement");
    let mut line = |text: &str| writeln!(out, "{}", without_commands(text.trim_end().to_owned()));
    line(&format!("{}: {articles}, {disagreements}", visible(&drug.name())))?;
    for (facet, statements) in drug.facets() {
        line("")?;
        line(&format!("  {}", facet.title()))?;
        for same in statements.chunk_by(|one, next| one.text == next.text) {
            for text in said(facts, same, numbers, style) {
                line(&text)?;
            }
        }
    }
    if !drug.disagreements.is_empty() {
        line("")?;
        line("  disagreements")?;
    }
    for finding in &drug.disagreements {
        let number = numbers[finding];
        let finding = &facts.findings[*finding];
        let text = format!("{}[{}] {}", finding.severity.name(), finding.code, finding.message);
        for (at, text) in wrap(&visible(&text), style.width.saturating_sub(MARKS + 4)).into_iter().enumerate() {
            let head = if at == 0 { format!("  {number:>4}  ") } else { " ".repeat(8) };
            line(&format!("{head}{}", coloured(&text, Some(finding.severity).filter(|_| at == 0), style)))?;
        }
    }
    Ok(())
}

/// One statement with the places of all articles that make it, on as many
/// lines as they need.
fn said(facts: &Facts<'_>, same: &[Statement], numbers: &BTreeMap<usize, usize>, style: Style) -> Vec<String> {
    let mut marks: Vec<(usize, usize)> = same
        .iter()
        .flat_map(|statement| &statement.disputes)
        .filter_map(|dispute| Some((*numbers.get(&dispute.finding)?, dispute.position)))
        .collect();
    marks.sort_unstable();
    marks.dedup();
    let marks: Vec<String> = marks.iter().map(|(number, position)| format!("{number}{}", side(*position))).collect();
    let severity = same.iter().filter_map(|statement| facts.severity(statement)).max();
    let places = wrap(&places(facts, same), style.width.saturating_sub(MARKS + 4 + MOST_STATEMENT).max(LEAST_PLACES));
    let statement = wrap(&visible(&same[0].text), MOST_STATEMENT);
    let marks = wrap(&marks.join(" "), MARKS);
    let rows = places.len().max(statement.len()).max(if marks[0].is_empty() { 0 } else { marks.len() });
    let cell = |lines: &[String], row: usize| lines.get(row).cloned().unwrap_or_default();
    let padded = |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(visible::width(text))));
    (0..rows)
        .map(|row| {
            let mark = padded(&cell(&marks, row), MARKS);
            let statement = padded(&cell(&statement, row), MOST_STATEMENT);
            format!(
                "  {}{}  {}",
                coloured(&mark, severity, style),
                coloured(&statement, severity, style),
                cell(&places, row)
            )
        })
        .collect()
}

/// "a.md:3, a.md:18, b.md:7, 4 more".
fn places(facts: &Facts<'_>, same: &[Statement]) -> String {
    let of_statement = |statement: &Statement| {
        let path = visible(facts.path(statement.article)).replace(' ', "\u{a0}");
        statement.places.iter().map(move |place| format!("{path}:{}", place.position.line)).collect::<Vec<_>>()
    };
    let mut places: Vec<String> = same.iter().flat_map(of_statement).collect();
    places.dedup();
    let more = places.len().saturating_sub(NAMED);
    places.truncate(NAMED);
    if more > 0 {
        places.push(format!("{more}\u{a0}more"));
    }
    places.join(", ")
}

/// A text in the colour of a severity.
fn coloured(text: &str, severity: Option<Severity>, style: Style) -> String {
    let Some(severity) = severity.filter(|_| style.color) else { return text.to_owned() };
    let code = match severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Note => 36,
    };
    format!("\u{1b}[{code}m{text}\u{1b}[0m")
}
