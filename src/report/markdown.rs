//! `markdown`: a summary for a pull request comment or a job summary.

use super::visible::{visible, without_commands};
use super::{Report, counted, positions, severity};
use std::io::{self, Write};

/// GitHub takes 65,536 characters for a comment.
const MOST: usize = 60_000;

/// Writes a heading that counts, and a table row for each finding and problem,
/// as many as a comment can hold.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, report: &Report<'_>) -> io::Result<()> {
    let summary = report.summary();
    let counts = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.notes, "note")];
    let counts: Vec<String> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    let found = if counts.is_empty() { "nothing contradicts".to_owned() } else { counts.join(", ") };
    writeln!(out, "### clinlint: {found}\n")?;
    let mut read = vec![counted(summary.documents, "article"), counted(summary.claims, "claim")];
    let left_out = [(summary.gated.suppressed, "suppressed"), (summary.gated.baseline, "in the baseline")];
    read.extend(left_out.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
    writeln!(out, "{}", read.join(", "))?;

    let findings = report.findings.iter().map(|finding| {
        let positions: Vec<String> = positions(report, finding).iter().map(|line| text(line)).collect();
        [finding.severity.name().to_owned(), code(&finding.code), text(&finding.message), positions.join("<br>")]
    });
    table(out, ["severity", "lint", "what disagrees", "where"], findings)?;
    let problems = report.problems.iter().map(|problem| {
        let place = problem.position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let path = report.inside(&problem.path);
        let help = text(problem.help.as_deref().unwrap_or_default());
        [severity(problem).name().to_owned(), code(&format!("{path}{place}")), text(&problem.message), help]
    });
    table(out, ["severity", "file", "problem", "help"], problems)
}

/// Writes a table, as much of it as a comment can hold; nothing without a row.
pub(super) fn table(out: &mut impl Write, head: [&str; 4], rows: impl Iterator<Item = [String; 4]>) -> io::Result<()> {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\n| {} |\n| --- | --- | --- | --- |", head.join(" | "))?;
    let mut written = 0;
    let mut more = 0_usize;
    for row in rows {
        let line = format!("| {} |", row.join(" | "));
        // Half of what there is room for, because there are two tables.
        if more > 0 || written + line.len() > MOST / 2 {
            more += 1;
            continue;
        }
        written += line.len();
        writeln!(out, "{line}")?;
    }
    if more > 0 {
        writeln!(out, "\nand {more} more")?;
    }
    Ok(())
}

/// Text that stays text: no markup, no HTML, no cell, no mention of a person,
/// an issue or another page.
pub(super) fn text(text: &str) -> String {
    let visible = without_commands(visible(text).into_owned());
    let mut escaped = String::with_capacity(visible.len());
    for (at, character) in visible.char_indices() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '$' => escaped.push_str("&#36;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
        if is_linked(&visible[..at], character, &visible[at + character.len_utf8()..]) {
            escaped.push_str("<!-- -->");
        }
    }
    escaped
}

/// Whether a page would make a link of what stands around a character, after
/// the text is read as Markdown: a name, a number, an address. An empty comment
/// behind it keeps the two sides apart.
fn is_linked(before: &str, character: char, after: &str) -> bool {
    match character {
        '@' | '#' => true,
        ':' => after.starts_with("//"),
        '.' => before.len() >= 3 && before.as_bytes()[before.len() - 3..].eq_ignore_ascii_case(b"www"),
        _ => false,
    }
}

/// A name between backticks, longer ones than any it holds.
pub(super) fn code(name: &str) -> String {
    let name = without_commands(visible(name).into_owned());
    let longest = name.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A table is parted at bars before code is found.
    let name = name.replace('|', "\\|");
    if longest > 0 { format!("{fence} {name} {fence}") } else { format!("{fence}{name}{fence}") }
}
