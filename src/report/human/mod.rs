//! Findings and problems for people, on a terminal or in a log. The only
//! place that knows miette.

mod page;

use super::link::link;
use super::visible::{self, visible, without_commands};
use super::{Passages, READABLE, Summary, counted, severity, wrap};
use crate::finding::{Confidence, Finding, Label, Severity};
use crate::problem::Problem;
use crate::span::Span;
use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};
use page::{Page, Passage};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, Write};
use std::time::Duration;

/// How the terminal wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether to colour.
    pub color: bool,
    /// Whether frames are drawn with more than ASCII.
    pub unicode: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether places of findings are links to their files.
    pub links: bool,
}

impl Style {
    /// For a file that anybody may open with anything.
    pub const FILE: Self = Self { color: false, unicode: true, width: READABLE, links: false };

    /// Columns of running text.
    fn readable(self) -> usize {
        self.width.min(READABLE)
    }
}

/// The most other places of one position that are named; the rest is counted.
const NAMED: usize = 6;
/// Columns taken by line number and frame.
const FRAME: usize = 8;
/// Columns taken by the sign before a message.
const SIGN: usize = 4;
/// Columns taken by the word before a help text.
const HELP: usize = 8;

/// Writes the findings, each followed by an empty line; with `proof`, under each
/// why its passages can be set against each other.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn findings(
    out: &mut impl Write,
    findings: &[Finding],
    articles: &[Passages<'_>],
    proof: bool,
    style: Style,
) -> io::Result<()> {
    let texts: BTreeMap<&str, &str> =
        articles.iter().map(|article| (article.claims.path.as_str(), article.text)).collect();
    for finding in findings {
        let shown = shown(finding);
        let passages: Vec<Passage<'_>> =
            shown.iter().map(|(label, rest)| passage(label, rest.as_deref(), &texts, style.readable())).collect();
        let notice = Notice {
            heading: Some(heading(finding)),
            severity: finding.severity,
            message: message(&finding.message, style),
            help: Some(help(&finding.help, style)),
            page: Page::new(&passages, style.readable().saturating_sub(FRAME)),
        };
        let groups: Vec<Option<usize>> = shown.iter().map(|(label, _)| label.group).collect();
        let drawn = notice.render(style, &groups)?;
        let labels: Vec<&Label> = shown.iter().map(|(label, _)| *label).collect();
        write!(out, "{}", if style.links { linked(&drawn, &labels) } else { drawn })?;
        for line in finding.proof.iter().filter(|_| proof) {
            writeln!(out, "  why: {}", without_commands(visible(line).into_owned()))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A drawn finding with the places over its passages as links to their files.
fn linked(drawn: &str, labels: &[&Label]) -> String {
    let mut text = drawn.to_owned();
    for label in labels {
        let place = format!("{}:{}:{}", visible(&label.path), label.position.line, label.position.column);
        let place = without_commands(place);
        // "a.md:1:1" is no part of "a.md:1:12".
        let is_whole = |at: &usize| !text[at + place.len()..].starts_with(|next: char| next.is_ascii_digit());
        let at = text.match_indices(&place).map(|(at, _)| at).find(is_whole);
        if let Some(at) = at {
            text.replace_range(at..at + place.len(), &link(&label.path, &place));
        }
    }
    text
}

/// Severity and code, with the code of the lint whose finding was taken over,
/// and a word of warning where something was guessed.
fn heading(finding: &Finding) -> String {
    let doubt = if finding.confidence == Confidence::Low { ", low confidence" } else { "" };
    let rule = finding.instead_of.as_ref().map(|rule| format!(" ({})", visible(rule))).unwrap_or_default();
    format!("{}[{}]{rule}{doubt}", finding.severity.name(), visible(&finding.code))
}

/// Writes the line that closes a run: "5 articles, 103 claims: 12 errors, 3
/// warnings, 0 notes in 0.02 s".
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn summary(out: &mut impl Write, summary: Summary, elapsed: Option<Duration>) -> io::Result<()> {
    let articles = counted(summary.documents, "article");
    let claims = counted(summary.claims, "claim");
    let errors = counted(summary.errors, "error");
    let warnings = counted(summary.warnings, "warning");
    let notes = counted(summary.notes, "note");
    write!(out, "{articles}, {claims}: {errors}, {warnings}, {notes}")?;
    let left_out = [(summary.gated.suppressed, "suppressed"), (summary.gated.baseline, "in the baseline")];
    for (count, what) in left_out.into_iter().filter(|(count, _)| *count > 0) {
        write!(out, ", {count} {what}")?;
    }
    match elapsed {
        Some(elapsed) => writeln!(out, " in {:.2} s", elapsed.as_secs_f64()),
        None => writeln!(out),
    }
}

/// Writes what could not be read.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn problems(out: &mut impl Write, problems: &[Problem], style: Style) -> io::Result<()> {
    for problem in problems {
        let place = problem.position.map(|at| format!(":{}:{}", at.line, at.column)).unwrap_or_default();
        let message = format!("{}{place}: {}", problem.path, problem.message);
        write!(out, "{}", notice(severity(problem), &message, problem.help.as_deref(), style).render(style, &[])?)?;
    }
    Ok(())
}

/// Writes why a run could not be done, and what to do about it.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn failure(out: &mut impl Write, message: &str, help: &str, style: Style) -> io::Result<()> {
    write!(out, "{}", notice(Severity::Error, message, Some(help), style).render(style, &[])?)
}

fn notice(severity: Severity, message: &str, help: Option<&str>, style: Style) -> Notice {
    Notice {
        heading: None,
        severity,
        message: self::message(message, style),
        help: help.map(|help| self::help(help, style)),
        page: Page::default(),
    }
}

/// A message, broken into lines that fit beside its sign.
fn message(text: &str, style: Style) -> String {
    wrap(&visible(text), style.readable() - SIGN).join("\n")
}

/// A help text, broken into lines that fit beside the word "help".
fn help(text: &str, style: Style) -> String {
    wrap(&visible(text), style.readable() - HELP).join("\n")
}

/// The passages of a finding that are shown, the first of each position, each
/// with the places of the others: an editor has to go to all of them, but has
/// read them all with the first.
fn shown(finding: &Finding) -> Vec<(&Label, Option<String>)> {
    let positions = finding.labels.chunk_by(|one, next| one.group == next.group);
    positions
        .filter_map(|position| position.split_first())
        .map(|(first, others)| (first, also(first, others)))
        .collect()
}

/// Where else a position is held: "also in lines 18, 111; b.md:4; 2 more".
fn also(first: &Label, others: &[Label]) -> Option<String> {
    let mut places: Vec<(&str, usize)> =
        others.iter().map(|label| (label.path.as_str(), label.position.line)).collect();
    places.dedup();
    places.retain(|place| *place != (first.path.as_str(), first.position.line));
    let left_out = places.len().saturating_sub(NAMED);
    places.truncate(NAMED);
    let mut named: Vec<String> = Vec::new();
    for of_file in places.chunk_by(|one, next| one.0 == next.0) {
        let lines = of_file.iter().map(|(_, line)| line.to_string()).collect::<Vec<_>>().join(", ");
        named.push(match of_file {
            [(path, _), ..] if *path != first.path => format!("{path}:{lines}"),
            [_] => format!("line {lines}"),
            _ => format!("lines {lines}"),
        });
    }
    if left_out > 0 {
        named.push(format!("{left_out} more"));
    }
    (!named.is_empty()).then(|| format!("also in {}", named.join("; ")))
}

fn passage<'a>(label: &'a Label, also: Option<&str>, texts: &BTreeMap<&str, &'a str>, width: usize) -> Passage<'a> {
    let most = label_width(label, width);
    let message = visible(&label.message);
    let message = if label.reference { format!("reference: {message}") } else { message.into_owned() };
    let mut lines = wrap(&message, most);
    if let Some(also) = also.map(visible) {
        // On the same line where there is room: most findings have two positions,
        // and each line less is one more finding on the screen.
        let joined = lines.last().map(|last| format!("{last} ({also})"));
        match joined.filter(|joined| visible::width(joined) <= most) {
            Some(joined) => {
                lines.pop();
                lines.push(joined);
            }
            None => lines.extend(wrap(&also, most)),
        }
    }
    let text = texts.get(label.path.as_str()).copied();
    // Without its file, a passage is shown alone.
    let (text, span) = text.map_or((label.quote.as_str(), Span::new(0, label.quote.len())), |text| (text, label.span));
    Passage { path: &label.path, text, span, position: label.position, label: lines.join("\n") }
}

/// The columns that a label may take: all that are right of the middle of its
/// passage, or half of them where that is so far to the right that the line has
/// to be cut at its start anyway.
fn label_width(label: &Label, width: usize) -> usize {
    /// Columns of the line that leads from a passage to its label.
    const LEADER: usize = 6;
    let middle = label.position.column - 1 + visible::width(&label.quote) / 2;
    let left = width.saturating_sub(middle + LEADER);
    if left >= width * 2 / 5 { left } else { width / 2 }
}

/// Takes out what miette draws and nobody reads: the empty line under the code,
/// and the end of a frame right before the next one.
fn compact(drawn: &str) -> String {
    const ENDS: [&str; 2] = ["╰────", "`----"];
    let mut lines = drawn.lines().peekable();
    let mut compact = String::with_capacity(drawn.len());
    while let Some(line) = lines.next() {
        let next = lines.peek().map_or("", |next| next.trim_start());
        // No line of an article looks like that: it stands behind a number.
        let is_end = ENDS.iter().any(|end| without_colour(line).trim() == *end);
        let is_inner = is_end && [",-[", "╭─["].iter().any(|start| without_colour(next).starts_with(start));
        if line.is_empty() || is_inner {
            continue;
        }
        compact.push_str(line);
        compact.push('\n');
    }
    compact
}

/// A line without the sequences that colour it.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for (number, part) in line.split('\u{1b}').enumerate() {
        // A sequence ends at the first letter, `m`.
        let text = if number == 0 { part } else { part.split_once('m').map_or("", |(_, text)| text) };
        plain.push_str(text);
    }
    plain
}

/// A diagnostic in miette's terms.
#[derive(Debug)]
struct Notice {
    /// Severity and code of a finding.
    heading: Option<String>,
    severity: Severity,
    message: String,
    help: Option<String>,
    page: Page,
}

impl Notice {
    /// Draws it; `groups` are the positions of its labels, which share a colour.
    fn render(&self, style: Style, groups: &[Option<usize>]) -> io::Result<String> {
        let mut theme = match (style.unicode, style.color) {
            (true, true) => GraphicalTheme::unicode(),
            (true, false) => GraphicalTheme::unicode_nocolor(),
            (false, color) => {
                let mut theme = if color { GraphicalTheme::unicode() } else { GraphicalTheme::none() };
                theme.characters = miette::ThemeCharacters::ascii();
                theme
            }
        };
        if !groups.is_empty() {
            let palette = theme.styles.highlights.clone();
            let colour = |group: &Option<usize>| group.map_or(theme.styles.linum, |at| palette[at % palette.len()]);
            theme.styles.highlights = groups.iter().map(colour).collect();
        }
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(style.readable())
            .with_wrap_lines(false)
            .with_context_lines(0)
            .with_links(false)
            .without_syntax_highlighting();
        let mut text = String::new();
        handler
            .render_report(&mut text, self)
            .map_err(|fmt::Error| io::Error::other("a finding could not be drawn"))?;
        Ok(without_commands(compact(&text)))
    }
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Notice {}

impl Diagnostic for Notice {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.heading.as_ref().map(|heading| Box::new(heading) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.page)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.page.labels.iter().cloned()))
    }
}
