//! `claims`: what was understood, for people.

use super::visible::{self, cut, visible, without_commands};
use super::{Passages, counted};
use crate::claim::{Claim, list_names, statement};
use crate::span::LineIndex;
use std::io::{self, Write};

/// One line of the table, in its columns.
type Row = [String; 5];

const HEAD: [&str; 5] = ["line", "kind", "drug", "states", "as written"];
/// The most columns of the drugs.
const MOST_DRUGS: usize = 24;
/// The fewest columns for statement and quote together.
const FEWEST: usize = 40;
/// A quote in fewer columns than this says nothing.
const LEAST_QUOTE: usize = 20;
/// Columns between two cells, and before the first.
const GAP: usize = 2;

/// Writes the claims of every article under its path, in the order of the
/// text, and a line that counts them. Lines are `width` columns long, or as
/// long as they have to be.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, articles: &[Passages<'_>], width: usize) -> io::Result<()> {
    let mut total = 0;
    for article in articles.iter().filter(|article| !article.claims.claims.is_empty()) {
        let lines = LineIndex::new(article.text);
        let claims = &article.claims.claims;
        let rows: Vec<Row> =
            claims.iter().map(|claim| row(claim, lines.position(article.text, claim.span.start).line)).collect();
        total += rows.len();
        writeln!(out, "{}", visible(&article.claims.path))?;
        table(out, &rows, width)?;
        writeln!(out)?;
    }
    writeln!(out, "{}, {}", counted(articles.len(), "article"), counted(total, "claim"))
}

fn row(claim: &Claim, line: usize) -> Row {
    [
        line.to_string(),
        claim.value.kind().to_owned(),
        list_names(&claim.drugs, "+"),
        statement(claim),
        claim.quote.clone(),
    ]
}

/// Writes rows in columns as wide as they need to be, or can be.
fn table(out: &mut impl Write, rows: &[Row], width: usize) -> io::Result<()> {
    let head = HEAD.map(str::to_owned);
    let rows: Vec<Row> =
        std::iter::once(&head).chain(rows).map(|row| row.clone().map(|cell| visible(&cell).into())).collect();
    let needed = |at: usize| rows.iter().map(|row: &Row| visible::width(&row[at])).max().unwrap_or(0);
    let drugs = needed(2).min(MOST_DRUGS);
    let left = width.saturating_sub(needed(0) + needed(1) + drugs + 5 * GAP).max(FEWEST);
    // The statement is what the reader came for; the quote takes what is left,
    // and is left out where that is nothing.
    let states = needed(3).min(left);
    let quote = needed(4).min(left - states);
    let is_quoted = quote >= LEAST_QUOTE.min(needed(4));
    let states = if is_quoted { states } else { needed(3).min(left + GAP) };
    let widths = [needed(0), needed(1), drugs, states, quote];
    let columns = if is_quoted { widths.len() } else { widths.len() - 1 };
    for row in &rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths).take(columns) {
            let cell = cut(cell, width);
            line.extend(std::iter::repeat_n(' ', GAP));
            line.push_str(&cell);
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(visible::width(&cell))));
        }
        writeln!(out, "{}", without_commands(line.trim_end().to_owned()))?;
    }
    Ok(())
}
