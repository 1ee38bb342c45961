//! `claims`: what was understood, for people.

use super::visible::{self, visible, without_commands};
use super::{Passages, counted};
use crate::claim::{Claim, list_names, statement};
use crate::span::LineIndex;
use std::io::{self, Write};

/// One line of the table, in its columns.
type Row = [String; 5];

const HEAD: [&str; 5] = ["line", "kind", "drug", "states", "as written"];
/// The most columns that a cell takes, longer text is cut.
const MOST: [usize; 5] = [8, 16, 28, 64, 48];

/// Writes the claims of every article under its path, in the order of the
/// text, and a line that counts them.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, articles: &[Passages<'_>]) -> io::Result<()> {
    let mut total = 0;
    for article in articles.iter().filter(|article| !article.claims.claims.is_empty()) {
        let lines = LineIndex::new(article.text);
        let claims = &article.claims.claims;
        let rows: Vec<Row> =
            claims.iter().map(|claim| row(claim, lines.position(article.text, claim.span.start).line)).collect();
        total += rows.len();
        writeln!(out, "{}", visible(&article.claims.path))?;
        table(out, &rows)?;
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

/// Writes rows in columns as wide as they need to be.
fn table(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    let rows: Vec<Row> = rows.iter().map(|row| std::array::from_fn(|at| cut(&visible(&row[at]), MOST[at]))).collect();
    let widths: [usize; 5] = std::array::from_fn(|at| {
        rows.iter().map(|row| visible::width(&row[at])).chain([visible::width(HEAD[at])]).max().unwrap_or(0)
    });
    for row in std::iter::once(&HEAD.map(str::to_owned)).chain(&rows) {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str("  ");
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', width - visible::width(cell)));
        }
        writeln!(out, "{}", without_commands(line.trim_end().to_owned()))?;
    }
    Ok(())
}

/// A text of at most `most` columns, `…` where it was longer.
fn cut(text: &str, most: usize) -> String {
    if visible::width(text) <= most {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|character| {
        used += visible::columns(*character);
        used <= most
    });
    kept.chain(['…']).collect()
}
