//! Findings as comments in Word documents: what each passage disagrees with, in
//! words that need nothing but the comment.

use super::visible::visible;
use super::window::window;
use super::{Passages, Report};
use crate::claim::Claim;
use crate::finding::{Finding, Label};
use crate::source::Format;
use crate::word::Comment;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;

/// The most positions that a comment tells of.
const MOST_POSITIONS: usize = 6;

/// The most places of one position that a comment names.
const MOST_PLACES: usize = 4;

/// How much of a passage's surroundings a comment quotes, in columns.
const WIDTH: usize = 160;

/// The comments of each Word document that a finding is about, by its path,
/// in the order of the passages.
pub fn comments<'a>(report: &Report<'a>) -> BTreeMap<&'a str, Vec<Comment>> {
    let articles: Articles<'_> =
        report.articles.iter().map(|article| (article.claims.path.as_str(), article)).collect();
    let mut comments: BTreeMap<&str, Vec<Comment>> = BTreeMap::new();
    for finding in report.findings {
        let positions: Vec<&[Label]> = finding.labels.chunk_by(|one, next| one.group == next.group).collect();
        let told: Vec<String> = positions.iter().map(|labels| told(report, &articles, labels)).collect();
        for (number, labels) in positions.iter().enumerate() {
            for label in labels.iter().filter(|label| is_word(&label.path)) {
                let same = labels.iter().filter(|other| !std::ptr::eq(*other, label)).take(MOST_PLACES);
                let same = places(report, &articles, same, labels.len() - 1);
                let paragraphs = paragraphs(finding, label, &same, others(&told, number));
                let beside = format!("This is about a note or a text box here: {}", quoted(&articles, label));
                let passage = label.span.start..label.span.end;
                comments.entry(&label.path).or_default().push(Comment { passage, paragraphs, beside });
            }
        }
    }
    for comments in comments.values_mut() {
        comments.sort_by_key(|comment| (comment.passage.start, comment.passage.end));
    }
    comments
}

type Articles<'a> = FxHashMap<&'a str, &'a Passages<'a>>;

fn is_word(path: &str) -> bool {
    Format::of(Path::new(path)) == Some(Format::Word)
}

/// What the other positions say, as far as there is room for it.
fn others(told: &[String], own: usize) -> Vec<String> {
    let others = || told.iter().enumerate().filter(move |(number, _)| *number != own);
    let mut lines: Vec<String> = others().take(MOST_POSITIONS).map(|(_, line)| line.clone()).collect();
    let more = others().count() - lines.len();
    if more > 0 {
        lines.push(format!("{more} more say something else again."));
    }
    lines
}

/// What a comment says: what disagrees, what stands here, what elsewhere, and
/// what to do.
fn paragraphs(finding: &Finding, label: &Label, same: &str, others: Vec<String>) -> Vec<String> {
    let mut message = finding.message.chars();
    let capital: String = message.next().into_iter().flat_map(char::to_uppercase).collect();
    let heading = format!("{capital}{}", message.as_str());
    let mut paragraphs = vec![heading, format!("Here: {}", label.message)];
    paragraphs.extend(others);
    if !same.is_empty() {
        paragraphs.push(format!("The same as here: {same}"));
    }
    if !finding.help.is_empty() {
        paragraphs.push(format!("What to do: {}", finding.help));
    }
    paragraphs.push(format!("{}, {}", finding.severity.name(), finding.code));
    paragraphs.iter().map(|line| visible(line).into_owned()).collect()
}

/// What a position says, its first passage in its surroundings, and where else
/// it stands.
fn told(report: &Report<'_>, articles: &Articles<'_>, labels: &[Label]) -> String {
    let Some((first, rest)) = labels.split_first() else { return String::new() };
    let reference = if labels.iter().any(|label| label.reference) { "reference " } else { "" };
    let place = place(report, articles, first);
    let mut line = format!("{reference}{place}: {} ({})", quoted(articles, first), first.message);
    if !rest.is_empty() {
        let places = places(report, articles, rest.iter().take(MOST_PLACES), rest.len());
        line.push_str(&format!(". The same: {places}"));
    }
    line
}

/// The places of the first of so many passages; empty where there is none.
fn places<'l>(
    report: &Report<'_>,
    articles: &Articles<'_>,
    first: impl Iterator<Item = &'l Label>,
    count: usize,
) -> String {
    let mut places: Vec<String> = first.map(|label| place(report, articles, label)).collect();
    let more = count - places.len();
    if more > 0 {
        places.push(format!("{more} more"));
    }
    places.join("; ")
}

/// Where a passage stands: the article, its line where lines have numbers, and
/// the headings above it.
fn place(report: &Report<'_>, articles: &Articles<'_>, label: &Label) -> String {
    let path = report.inside(&label.path);
    let line = if is_word(&path) { String::new() } else { format!(", line {}", label.position.line) };
    let section = articles.get(label.path.as_str()).and_then(|article| claim_at(&article.claims.claims, label));
    let section = section.map(|claim| claim.section.join(" › ")).filter(|section| !section.is_empty());
    format!("{path}{line}{}", section.map(|section| format!(", under “{section}”")).unwrap_or_default())
}

/// The claim that a passage is; claims stand in the order of the text.
fn claim_at<'c>(claims: &'c [Claim], label: &Label) -> Option<&'c Claim> {
    let first = claims.partition_point(|claim| claim.span.start < label.span.start);
    claims[first..].iter().take_while(|claim| claim.span.start == label.span.start).next()
}

/// A passage in its surroundings, between quotation marks.
fn quoted(articles: &Articles<'_>, label: &Label) -> String {
    match articles.get(label.path.as_str()) {
        Some(article) => format!("“{}”", window(article.text, &[label.span], WIDTH, 0).text.trim()),
        None => format!("“{}”", label.quote),
    }
}
