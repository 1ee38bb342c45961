//! A passage in its surroundings, as an editor reads it: the text of its
//! paragraph, list item or cell, without markup, and what stands above it.

use crate::report::Passages;
use crate::report::visible::{Shown, shown, visible};
use crate::report::window::window;
use crate::source::{Format, Source};
use crate::span::Span;
use crate::suppression;
use crate::text::{self, Article, Block, BlockKind};
use std::ops::Range;
use std::path::Path;

/// A passage in its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// The headings above it, outermost first.
    pub section: Vec<String>,
    /// What introduces it: the sentence before its list, the heads of its row and
    /// column, the question that it answers.
    pub lead: Option<String>,
    /// The text before it; begins with `…` where it was cut.
    pub before: String,
    /// The passage.
    pub passage: String,
    /// The text behind it; ends with `…` where it was cut.
    pub after: String,
}

/// The most characters before a passage, and the most behind it.
const REACH: usize = 220;
/// The most characters of a passage.
const MOST: usize = 600;
/// The most characters of what introduces a passage.
const MOST_LEAD: usize = 160;

/// An article that is read again for its passages.
pub(super) struct Page<'a> {
    article: Article,
    /// The bytes of each block that has some, by start.
    blocks: Vec<(Span, usize)>,
    text: &'a str,
}

impl<'a> Page<'a> {
    pub fn new(passages: &Passages<'a>) -> Self {
        let path = passages.claims.path.clone();
        let format = Format::of(Path::new(&path)).unwrap_or(Format::Plain);
        let text = suppression::without(passages.text).into_owned();
        let article = text::read(&Source::new(path, format, text));
        let spans = article.blocks.iter().enumerate().map(|(number, block)| (block.span(0..block.text.len()), number));
        let mut blocks: Vec<(Span, usize)> = spans.filter(|(span, _)| !span.is_empty()).collect();
        blocks.sort_unstable();
        Self { article, blocks, text: passages.text }
    }

    /// The surroundings of a passage. A Word document is its lines here.
    pub fn excerpt(&self, span: Span) -> Excerpt {
        match self.block(span) {
            Some(block) => self.of_block(block, span),
            None => self.of_line(span),
        }
    }

    /// The innermost block that a passage begins in.
    fn block(&self, span: Span) -> Option<&Block> {
        // Blocks lie in each other no deeper than this.
        const NEAR: usize = 64;
        let behind = self.blocks.partition_point(|(block, _)| block.start <= span.start);
        let near = self.blocks[behind.saturating_sub(NEAR)..behind].iter().rev();
        let found = near.into_iter().find(|(block, _)| span.start < block.end)?;
        Some(&self.article.blocks[found.1])
    }

    fn of_block(&self, block: &Block, span: Span) -> Excerpt {
        let range = within(block, span);
        let words = |range: Range<usize>| block.text[range].to_owned();
        let passage = cut(&words(range.clone()), MOST, false);
        let section =
            block.place.headings.iter().map(|heading| cut(&self.article.blocks[*heading].text, MOST_LEAD, false));
        Excerpt {
            section: section.collect(),
            lead: self.lead(block),
            before: cut(&words(0..range.start), REACH, true),
            passage,
            after: cut(&words(range.end..block.text.len()), REACH, false),
        }
    }

    /// What introduces a block, outermost first.
    fn lead(&self, block: &Block) -> Option<String> {
        let place = &block.place;
        let introducing: Vec<usize> = match block.kind {
            BlockKind::TableCell => place.row_header.into_iter().chain(place.column_header).collect(),
            _ => place.question.into_iter().chain(place.leads.last().copied()).collect(),
        };
        let texts = introducing.iter().map(|id| cut(self.article.blocks[*id].text.trim(), MOST_LEAD, false));
        let heading = place.headings.last().map_or("", |heading| self.article.blocks[*heading].text.trim());
        let texts: Vec<String> = texts.filter(|text| !text.is_empty() && text != heading).collect();
        (!texts.is_empty()).then(|| texts.join(" · "))
    }

    /// The line of a passage that stands in no block.
    fn of_line(&self, span: Span) -> Excerpt {
        let window = window(self.text, &[span], 2 * REACH, 0);
        let mark = window.marks.first().cloned().unwrap_or(0..0);
        Excerpt {
            section: Vec::new(),
            lead: None,
            before: window.text[..mark.start].to_owned(),
            passage: window.text[mark.clone()].to_owned(),
            after: window.text[mark.end..].to_owned(),
        }
    }
}

/// The part of a block's text that was made from the bytes of a passage.
fn within(block: &Block, span: Span) -> Range<usize> {
    let mut found: Option<Range<usize>> = None;
    for (text, file) in block.map.copies(block.text.len()).filter(|(_, file)| file.overlaps(span)) {
        let start = text.start + span.start.saturating_sub(file.start);
        let end = text.start + span.end.min(file.end) - file.start;
        found = Some(found.map_or(start..end, |found| found.start..end));
    }
    let range = found.unwrap_or(0..0);
    block.text.floor_char_boundary(range.start)..block.text.ceil_char_boundary(range.end)
}

/// At most so many characters of a text, from its end or its start, cut at a
/// space where one is near, with `…` where something is left out.
fn cut(text: &str, most: usize, from_end: bool) -> String {
    let is_seen = |character: &char| !matches!(shown(*character), Shown::Nothing);
    // Four bytes a character at most, and invisible ones count for nothing.
    if text.len() <= most || text.chars().filter(is_seen).count() <= most {
        return visible(text).into_owned();
    }
    let is_space = |at: &usize| text[*at..].starts_with(char::is_whitespace);
    const NEAR: usize = 24;
    if from_end {
        let at = text.char_indices().rev().nth(most - 1).map_or(0, |(at, _)| at);
        let at = (at..text.len().min(at + NEAR)).filter(|at| text.is_char_boundary(*at)).find(is_space).unwrap_or(at);
        format!("…{}", visible(text[at..].trim_start()))
    } else {
        let at = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
        let near = (at.saturating_sub(NEAR)..=at).rev().filter(|at| text.is_char_boundary(*at)).find(is_space);
        format!("{}…", visible(text[..near.unwrap_or(at)].trim_end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::ArticleClaims;

    fn excerpt(path: &str, text: &str, passage: &str) -> Excerpt {
        let claims = ArticleClaims { path: path.to_owned(), ..ArticleClaims::default() };
        let start = text.find(passage).unwrap();
        Page::new(&Passages { claims: &claims, text }).excerpt(Span::new(start, start + passage.len()))
    }

    #[test]
    fn a_passage_is_shown_without_markup_under_what_stands_above_it() {
        let text = "# Pain\n\n## Dosing\n\nFor adults:\n\n- **Start** at *10 mg* at night, <!-- note -->then more.\n";
        let excerpt = excerpt("a.md", text, "10 mg");
        assert_eq!((excerpt.before.as_str(), excerpt.passage.as_str()), ("Start at ", "10 mg"));
        assert_eq!(excerpt.after.trim_end(), " at night, then more.");
        assert_eq!(excerpt.section.last().map(String::as_str), Some("Dosing"));
        assert_eq!(excerpt.lead.as_deref(), Some("For adults:"));
    }

    #[test]
    fn a_cell_is_told_by_its_row_and_column() {
        let text = "| Drug | Start |\n| --- | --- |\n| Amitriptyline | 10 mg |\n";
        assert_eq!(excerpt("a.md", text, "10 mg").lead.as_deref(), Some("Amitriptyline · Start"));
    }

    #[test]
    fn a_long_paragraph_is_cut_at_words() {
        let text = format!("{}Start at 10 mg. {}", "before ".repeat(200), "after ".repeat(200));
        let excerpt = excerpt("a.md", &text, "10 mg");
        assert!(excerpt.before.starts_with("…before ") && excerpt.before.ends_with("Start at "), "{excerpt:?}");
        assert!(excerpt.before.chars().count() <= REACH + 1 && excerpt.after.ends_with("after…"), "{excerpt:?}");
    }

    #[test]
    fn one_word_without_end_is_cut_too() {
        let text = format!("{}10 mg{}", "x".repeat(5000), "y".repeat(5000));
        let excerpt = excerpt("a.txt", &text, "10 mg");
        assert!(excerpt.before.len() + excerpt.after.len() < 3 * REACH, "{excerpt:?}");
        assert_eq!(excerpt.passage, "10 mg");
    }
}
