//! Titled boxes that Markdown itself does not know, rewritten as quotes with
//! a heading, which is what they mean.
//!
//! MkDocs writes `!!! note "Title"` (also `???`, `???+`, and `=== "Title"` for
//! tabs) with the content indented below; Obsidian writes `> [!note] Title`.

use super::map::Mapped;
use std::ops::Range;

/// Rewrites the boxes of a Markdown text; `None` if it has none.
pub(super) fn rewrite(markdown: &Mapped<'_>) -> Option<Mapped<'static>> {
    let text = &markdown.text;
    if !["!!! ", "??? ", "???+ ", "=== \"", "[!"].iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut done = Mapped::default();
    // The indentations of the boxes that are open, outermost first.
    let mut open: Vec<usize> = Vec::new();
    // A blank line belongs to a box only if the box goes on after it.
    let mut blank: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.len();
        at = range.end;
        if line.trim().is_empty() {
            blank.push(range);
            continue;
        }
        let columns = indent(line);
        while open.last().is_some_and(|outer| columns < outer + 4) {
            open.pop();
        }
        for line in blank.drain(..) {
            start_line(&mut done, markdown, &open, line.start);
            done.copy(markdown, line);
        }
        let skipped = open.last().map_or(0, |outer| width_of(line, outer + 4));
        let rest = &line[skipped..];
        let rest_at = range.start + skipped;
        start_line(&mut done, markdown, &open, rest_at);
        if open.len() < BOX_LIMIT
            && let Some(title) = title(rest)
        {
            heading(&mut done, markdown, rest_at, rest, "> # ", title);
            open.push(columns);
        } else if let Some((mark, title)) = callout(rest) {
            done.copy(markdown, rest_at..rest_at + mark);
            heading(&mut done, markdown, rest_at + mark, &rest[mark..], "# ", title.start - mark..title.end - mark);
        } else {
            done.copy(markdown, rest_at..range.end);
        }
    }
    Some(done)
}

/// How many boxes may stand inside each other; each costs its marks on every
/// line it holds.
const BOX_LIMIT: usize = 8;

/// Writes the marks of the boxes that a line stands in.
fn start_line(done: &mut Mapped<'static>, markdown: &Mapped<'_>, open: &[usize], at: usize) {
    done.replace(markdown.map.span(at..at), &"> ".repeat(open.len()));
}

/// Writes a title as a heading, and ends its line as it was.
fn heading(done: &mut Mapped<'static>, markdown: &Mapped<'_>, at: usize, line: &str, mark: &str, title: Range<usize>) {
    done.replace(markdown.map.span(at..at), mark);
    done.copy(markdown, at + title.start..at + title.end);
    let end = line.trim_end_matches(['\r', '\n']).len();
    done.copy(markdown, at + end..at + line.len());
}

/// Where the title of an MkDocs box stands in its line: what is quoted, or
/// else its type.
fn title(line: &str) -> Option<Range<usize>> {
    let marks = ["!!! ", "???+ ", "??? ", "===! ", "===+ ", "=== "];
    let mark = marks.into_iter().find(|mark| line.starts_with(mark))?;
    let rest = line[mark.len()..].trim_end();
    if let Some(open) = rest.find('"') {
        let end = rest.len() - usize::from(rest.ends_with('"') && rest.len() > open + 1);
        return Some(mark.len() + open + 1..mark.len() + end);
    }
    let is_type =
        !rest.is_empty() && rest.chars().all(|character| character.is_alphanumeric() || " -_".contains(character));
    (is_type && !mark.starts_with('=')).then_some(mark.len()..mark.len() + rest.len())
}

/// The quote marks of an Obsidian callout, and where its title stands.
fn callout(line: &str) -> Option<(usize, Range<usize>)> {
    let marks = line.find(|character: char| !matches!(character, ' ' | '>' | '\t'))?;
    if !line[..marks].contains('>') {
        return None;
    }
    let name = line[marks..].strip_prefix("[!")?;
    let close = name.find(']')?;
    let start = marks + 2 + close + 1;
    let fold = usize::from(line[start..].starts_with(['+', '-']));
    if line[start + fold..].trim().is_empty() {
        return Some((marks, marks + 2..marks + 2 + close));
    }
    let end = line.trim_end().len();
    Some((marks, end - line[start + fold..end].trim_start().len()..end))
}

/// The columns a line is indented by.
fn indent(line: &str) -> usize {
    let mut columns = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => columns += 1,
            b'\t' => columns = columns / 4 * 4 + 4,
            _ => break,
        }
    }
    columns
}

/// The bytes that make up the first so many columns of indentation.
fn width_of(line: &str, columns: usize) -> usize {
    (0..line.len()).find(|at| indent(&line[..*at]) >= columns).unwrap_or(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rewritten(text: &str) -> Option<String> {
        rewrite(&Mapped::part(text, 0..text.len())).map(|done| done.text.into_owned())
    }

    #[test]
    fn boxes_of_mkdocs_become_quotes_with_a_heading() {
        let text = "!!! note \"For adults\"\n\n    Take\n\n    - 10 mg\n\nAfter\n";
        assert_eq!(rewritten(text).unwrap(), "> # For adults\n> \n> Take\n> \n> - 10 mg\n\nAfter\n");
        assert_eq!(rewritten("??? warning\n\tTake\n").unwrap(), "> # warning\n> Take\n");
        let nested = "!!! a\n    !!! b \"C\"\n        Take\n    More\n";
        assert_eq!(rewritten(nested).unwrap(), "> # a\n> > # C\n> > Take\n> More\n");
    }

    #[test]
    fn callouts_of_obsidian_get_a_heading() {
        assert_eq!(rewritten("> [!tip]- Renal dose\n> Take\n").unwrap(), "> # Renal dose\n> Take\n");
        assert_eq!(rewritten("> [!tip]\r\n> Take\n").unwrap(), "> # tip\r\n> Take\n");
    }

    #[test]
    fn other_text_is_left_alone() {
        assert_eq!(rewritten("What?! Take 10 mg"), None);
        assert_eq!(rewritten("Stop!!! Now").as_deref(), Some("Stop!!! Now"));
        assert_eq!(rewritten("Title\n=== \nText"), None);
    }
}
