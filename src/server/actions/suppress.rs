//! Keeping a finding: a comment that names it, its values, and leaves room for
//! the reason. Without a reason it does not hold, and nobody but a person knows
//! one.

use super::{At, edit};
use crate::source::Format;
use crate::span::Span;
use crate::text::front_matter;
use gen_lsp_types::CodeAction;
use std::collections::BTreeMap;

/// A comment above the passage.
pub(super) fn action(at: &At<'_>) -> Option<CodeAction> {
    // A reference is what the others are held to.
    if at.label.reference {
        return None;
    }
    let path = at.place.workspace.shelf.path(at.place.article);
    let text = at.place.text();
    let pieces = comments(text, at.label.span, Comment::of(path)?, &at.finding.code, &at.finding.values)?;
    let edit = edit(at.desk, at.place, BTreeMap::from([(at.place.article, pieces)]), None);
    Some(at.action(format!("Keep this {} here, and say why", at.finding.code), edit))
}

/// How comments begin and end.
#[derive(Clone, Copy)]
struct Comment {
    open: &'static str,
    close: &'static str,
    /// Whether a comment can stand between any two lines of a paragraph.
    is_inert: bool,
}

impl Comment {
    /// None where a comment would be text.
    fn of(path: &std::path::Path) -> Option<Self> {
        let is_mdx = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("mdx"));
        match Format::of(path)? {
            Format::Markdown if is_mdx => Some(Self { open: "{/*", close: "*/}", is_inert: false }),
            Format::Markdown => Some(Self { open: "<!--", close: "-->", is_inert: false }),
            Format::Html => Some(Self { open: "<!--", close: "-->", is_inert: true }),
            Format::Plain | Format::Word => None,
        }
    }
}

/// What is put in: a comment for the next line, or two around the paragraph,
/// list or table that a comment must not part.
fn comments(text: &str, passage: Span, comment: Comment, code: &str, values: &[String]) -> Option<Vec<(Span, String)>> {
    if front_matter(text).is_some_and(|front| passage.start < front.end) {
        return None;
    }
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let line = text[..passage.start].rfind('\n').map_or(0, |newline| newline + 1);
    let values = values.join(" vs ");
    let Comment { open, close, is_inert } = comment;
    let is_first = text[..line].lines().next_back().is_none_or(|before| before.trim().is_empty());
    if is_first || is_inert {
        let indent: String = text[line..].chars().take_while(|character| matches!(character, ' ' | '\t')).collect();
        let put = format!("{indent}{open} clinlint-disable-next-line {code} ({values}) --  {close}{end}");
        return Some(vec![(Span::new(line, line), put)]);
    }
    let (start, stop) = (block_start(text, line), block_end(text, line));
    let last = if text[..stop].ends_with('\n') { "" } else { end };
    Some(vec![
        (Span::new(start, start), format!("{open} clinlint-disable {code} ({values}) --  {close}{end}{end}")),
        (Span::new(stop, stop), format!("{last}{end}{open} clinlint-enable {code} {close}{end}")),
    ])
}

/// Where the lines without an empty one among them begin that a line is one of.
fn block_start(text: &str, line: usize) -> usize {
    let mut start = line;
    for before in text[..line].split_inclusive('\n').rev().take_while(|before| !before.trim().is_empty()) {
        start -= before.len();
    }
    start
}

/// Where they end.
fn block_end(text: &str, line: usize) -> usize {
    let lines = text[line..].split_inclusive('\n').take_while(|next| !next.trim().is_empty());
    line + lines.map(str::len).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn kept(path: &str, text: &str, passage: &str) -> Option<String> {
        let start = text.find(passage).unwrap();
        let values = ["10 mg".to_owned(), "50 mg".to_owned()];
        let comment = Comment::of(Path::new(path))?;
        let mut edited = text.to_owned();
        for (span, put) in
            comments(text, Span::new(start, start + 1), comment, "dose/start", &values)?.into_iter().rev()
        {
            edited.insert_str(span.start, &put);
        }
        Some(edited)
    }

    #[test]
    fn a_comment_stands_above_the_paragraph() {
        let kept = |text| kept("a.md", text, "dose").unwrap();
        assert_eq!(
            kept("# A\n\nThe dose.\n"),
            "# A\n\n<!-- clinlint-disable-next-line dose/start (10 mg vs 50 mg) --  -->\nThe dose.\n"
        );
        assert!(kept("a\r\n\r\n- dose").contains("-->\r\n- dose"));
    }

    #[test]
    fn a_paragraph_a_list_and_a_table_are_not_parted() {
        let kept = |text| kept("a.md", text, "dose").unwrap();
        assert_eq!(
            kept("# A\n\n| a | b |\n| - | - |\n| x | dose |\n\nEnd.\n"),
            "# A\n\n<!-- clinlint-disable dose/start (10 mg vs 50 mg) --  -->\n\n| a | b |\n| - | - |\n| x | dose |\n\n\
             <!-- clinlint-enable dose/start -->\n\nEnd.\n"
        );
        assert!(kept("one\nthe dose").ends_with("the dose\n\n<!-- clinlint-enable dose/start -->\n"));
    }

    #[test]
    fn a_comment_is_written_only_where_it_is_one() {
        assert!(
            kept("a.html", "<p>\n  one\n  dose</p>", "dose")
                .unwrap()
                .contains("one\n  <!-- clinlint-disable-next-line")
        );
        assert!(kept("a.mdx", "dose", "dose").unwrap().starts_with("{/* clinlint-disable-next-line dose/start"));
        assert_eq!(kept("a.txt", "dose", "dose"), None);
        assert_eq!(kept("a.md", "---\ntitle: dose\n---\n", "dose"), None);
    }
}
