//! Which lines of a plain text are headings, and of what rank.

use super::line::{Line, LineKind, Marker};
use regex::Regex;
use std::sync::LazyLock;

const HEADING_WORDS: usize = 12;
const QUESTION_WORDS: usize = 25;
/// For a line that no blank line sets apart from a paragraph, or from a list.
const ATTACHED_WORDS: usize = 6;
const ATTACHED_LIST_WORDS: usize = 9;
const TITLE_WORDS: usize = 40;
/// A list of works stands under no section of the article.
pub(super) const WORKS_RANK: u8 = 2;

/// Whether a line can be the title: one that a person would print large.
pub(super) fn is_title(text: &str) -> bool {
    text.split_whitespace().count() <= TITLE_WORDS && !text.ends_with(['.', ';', ','])
}

/// Lines of the page that an article was copied from.
pub(super) fn is_page_furniture(text: &str) -> bool {
    let text = text.to_lowercase();
    let whole = ["skip to content", "skip to main content", "advertisement", "menu", "in this article", "on this page"];
    whole.contains(&text.trim_end_matches(':')) || text.ends_with(" min read")
}

/// Whether a heading is one after which nothing is a heading of the article:
/// what follows are titles of other works.
pub(super) fn is_list_of_works(text: &str) -> bool {
    let text = text.trim_end_matches(':').to_lowercase();
    ["references", "bibliography", "sources", "citations", "further reading", "related questions", "related articles"]
        .contains(&text.as_str())
}

/// Whether a heading ends a list of works: it says what kind of page this is.
pub(super) fn ends_works(text: &str) -> bool {
    let text = text.to_lowercase();
    ["disclaimer", "about the author", "related", "contact"].iter().any(|word| text.contains(word))
}

/// The rank of a line as a heading, if it is one. `next` is the line after it;
/// `after_heading` is the rank of the heading right before it.
pub(super) fn rank(line: &Line<'_>, next: Option<&Line<'_>>, after_heading: Option<u8>) -> Option<u8> {
    // Nothing stands under it.
    let next = next?;
    if let Some(depth) = number_depth(line, next) {
        return Some((2 + depth).min(6));
    }
    if line.kind != LineKind::Text || !is_heading_like(line.text) {
        return None;
    }
    if is_capitals(line.text) || is_list_of_works(line.text) || ends_works(line.text) {
        return Some(WORKS_RANK);
    }
    let text = line.text.trim_end_matches(':');
    let is_apart = next.blanks > 0 && (line.blanks > 0 || after_heading.is_some());
    let is_label = text.len() < line.text.len();
    if is_apart && !is_label {
        return Some(match after_heading {
            _ if text.ends_with('?') => 5,
            _ if line.blanks > 1 => 3,
            Some(rank) => (rank + 1).clamp(3, 6),
            // A heading over another heading.
            None if next.kind == LineKind::Text && is_heading_like(next.text) && !next.text.ends_with(':') => 3,
            None => 4,
        });
    }
    let is_attached = next.blanks == 0 && !is_label && !text.ends_with('?') && introduces(line, next);
    is_attached.then_some(4)
}

/// Whether a line right above another stands over it rather than beside it.
fn introduces(line: &Line<'_>, next: &Line<'_>) -> bool {
    let words = line.text.split_whitespace().count();
    match next.kind {
        LineKind::Item { .. } => words <= ATTACHED_LIST_WORDS,
        LineKind::Text => words <= ATTACHED_WORDS && next.text.len() > 60 && next.text.len() > 2 * line.text.len(),
        _ => false,
    }
}

fn is_heading_like(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let limit = if text.ends_with('?') { QUESTION_WORDS } else { HEADING_WORDS };
    let starts_large =
        text.trim_start_matches(['"', '“', '\'', '‘', '(', '[']).starts_with(|first: char| !first.is_lowercase());
    words <= limit
        && starts_large
        && text.chars().any(char::is_alphabetic)
        && !text.ends_with(['.', ';', ',', '!'])
        && (text.len() <= 60 || !text.contains(". "))
        && !has_amount(text)
        && !is_page_furniture(text)
        && !is_conjunction(text)
        && super::super::dates::of_line(text).is_none()
}

/// Whether a line joins what stands above and below it.
fn is_conjunction(text: &str) -> bool {
    ["plus", "or", "and", "then", "with"].iter().any(|word| text.trim_end_matches(':').eq_ignore_ascii_case(word))
}

/// Whether a line right below a full one is not its last words but the heading
/// of the list below.
pub(super) fn is_over_list(line: &Line<'_>, next: Option<&Line<'_>>) -> bool {
    let is_list = next.is_some_and(|next| next.blanks == 0 && matches!(next.kind, LineKind::Item { .. }));
    is_list && line.text.split_whitespace().count() <= 4 && is_heading_like(line.text)
}

/// Whether a line says how much of something: a statement, however short.
pub(super) fn has_amount(text: &str) -> bool {
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[0-9]\s*(?:mg|mcg|microg|µg|μg|g|kg|ml|l|iu|units?|mmol|%|tablets?|drops)(?:[^a-z]|$)")
            .expect("the pattern is constant, and tested")
    });
    text.bytes().any(|byte| byte.is_ascii_digit()) && AMOUNT.is_match(text)
}

fn is_capitals(text: &str) -> bool {
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    letters >= 4 && !text.chars().any(char::is_lowercase)
}

/// How many numbers a numbered heading starts with: two for "4.2 Posology".
/// A single number is a heading's only if no list goes on after it.
fn number_depth(line: &Line<'_>, next: &Line<'_>) -> Option<u8> {
    let number_end = line.text.find(|character: char| !character.is_ascii_digit() && character != '.')?;
    let number = line.text[..number_end].trim_end_matches('.');
    let depth = number.split('.').filter(|part| !part.is_empty()).count();
    let name = line.text[number_end..].trim_start();
    let is_name =
        name.len() < line.text.len() - number_end && name.starts_with(char::is_uppercase) && is_heading_like(name);
    let stands_over_text = match line.kind {
        LineKind::Item { marker: Marker::Number, .. } => {
            next.kind == LineKind::Text && next.blanks > 0 && next.indent <= line.indent && !name.ends_with('?')
        }
        _ => depth > 1,
    };
    (depth > 0 && is_name && stands_over_text).then_some(depth.min(6) as u8)
}

#[cfg(test)]
mod tests {
    use super::super::line::lines;
    use super::*;

    /// The rank of the second line, which the first stands before.
    fn second(text: &str) -> Option<u8> {
        let lines = lines(text);
        rank(&lines[1], lines.get(2), None)
    }

    #[test]
    fn a_short_line_by_itself_is_a_heading() {
        assert_eq!(second("Before.\n\nDosing in adults\n\nStart low."), Some(4));
        assert_eq!(second("Before.\n\n\nDosing in adults\n\nStart low."), Some(3));
        assert_eq!(second("Before.\n\nDosing\n\nDosing in adults\n\nStart low."), Some(3));
        assert_eq!(second("Before.\n\nMay I drive?\n\nNo."), Some(5));
        assert_eq!(second("Before.\nDOSING\nStart low."), Some(2));
        assert_eq!(second("Before.\nRisk factors\n- Age"), Some(4));
        assert_eq!(second("Before.\n\n4.2 Posology\nStart low."), Some(4));
        assert_eq!(second("Before.\n\n2. Posology\n\nStart low."), Some(3));
    }

    #[test]
    fn statements_leads_and_last_lines_are_no_headings() {
        assert_eq!(second("Before.\n\nStart with 10 mg\n\nThen wait."), None);
        assert_eq!(second("Before.\n\nIn adults:\n\n- Start low."), None);
        assert_eq!(second("Before.\n\nStart low.\n\nThen wait."), None);
        assert_eq!(second("Before.\n\nThe end"), None);
        assert_eq!(second("Before.\n\nLast updated: 3 May 2024\n\nText."), None);
        assert_eq!(second("- 10 mg\nPlus\n- 5 mg"), None);
        assert_eq!(second("Drug A B\nEffect good bad\nHarm small large"), None);
        assert_eq!(second("1. Wash hands\n2. Open the vial\n3. Draw up"), None);
    }
}
