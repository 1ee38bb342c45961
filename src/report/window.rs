//! A line cut down to what fits on a screen around the passages that matter.
//!
//! Articles often hold a whole paragraph, and sometimes the whole file, in one
//! line: nothing here looks at more of it than can be shown.

use super::visible;
use crate::span::Span;
use std::ops::Range;

/// A piece of text that fits on one line of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    /// What is shown, `…` where something is left out; never empty.
    pub text: String,
    /// Where each passage is in it, in bytes.
    pub marks: Vec<Range<usize>>,
}

/// The fewest columns of text before a passage.
const LEAD: usize = 16;

/// Cuts a window of at most about `width` columns out of `text`.
///
/// `passages` are in order and do not overlap. `room` are the columns that
/// the longest label needs to the right of its passage. Line breaks inside a
/// passage, or between passages, are shown as spaces.
pub(super) fn window(text: &str, passages: &[Span], width: usize, room: usize) -> Window {
    let passages: Vec<Span> = passages.iter().map(|passage| whole_characters(text, *passage)).collect();
    let start = passages.first().map_or(0, |passage| passage.start);
    let end = passages.last().map_or(start, |passage| passage.end);
    // Every character counts as a column at least and is four bytes at most:
    // what lies farther away is cut off in any case.
    let reach = 4 * (width + 2);
    let near_start = text.floor_char_boundary(start.saturating_sub(reach));
    let near_end = text.ceil_char_boundary((end + reach).min(text.len()));
    let line_start = text[near_start..start].rfind('\n').map_or(near_start, |at| near_start + at + 1);
    let line_end = text[end..near_end].find('\n').map_or(near_end, |at| end + at);

    let inner = columns_up_to(text[start..end].chars(), width);
    let before = columns_up_to(text[line_start..start].chars().rev(), width);
    let after = columns_up_to(text[end..line_end].chars(), width);
    let for_label = width.saturating_sub(room + inner / 2).max(LEAD);
    let fits = before + inner + after <= width;
    let most_before = if fits { for_label } else { for_label.min(width / 3) };

    let mut view = View { text: String::new(), marks: vec![None; passages.len()] };
    let from = cut_before(text, line_start..start, most_before);
    if from > line_start {
        view.text.push('…');
    }
    let used = visible::width(&text[from..start]);
    let to = view.show(text, from, line_end, &passages, width.saturating_sub(used).max(LEAD) + used);
    if to < line_end {
        view.text.push('…');
    }
    view.finish()
}

/// A window that is being filled.
struct View {
    text: String,
    /// The passages that have begun, with their start and end.
    marks: Vec<Option<Range<usize>>>,
}

impl View {
    /// Adds the text from `from` until the line ends or `width` columns are
    /// full, at the end of a word where one is near. Returns where it stopped.
    fn show(&mut self, text: &str, from: usize, line_end: usize, passages: &[Span], width: usize) -> usize {
        const NEAR: usize = 12;
        let last = passages.last().map_or(from, |passage| passage.end);
        let mut used = 0;
        // Where a word ended last, in the file and in the window.
        let mut word_end = None;
        for (at, character) in text[from..line_end].char_indices().map(|(at, character)| (from + at, character)) {
            self.note(at, passages);
            if used >= width {
                if let Some((file, shown)) = word_end.filter(|(file, _)| *file >= last && at - file <= NEAR) {
                    self.text.truncate(shown);
                    return file;
                }
                return at;
            }
            if character.is_whitespace() {
                word_end = Some((at, self.text.len()));
            }
            visible::push(&mut self.text, character);
            used += visible::columns(character);
        }
        self.note(line_end, passages);
        line_end
    }

    /// Notes which passages begin or go on at a byte of the file.
    fn note(&mut self, at: usize, passages: &[Span]) {
        let here = self.text.len();
        for (mark, passage) in self.marks.iter_mut().zip(passages) {
            if at >= passage.start && at <= passage.end {
                mark.get_or_insert(here..here).end = here;
            }
        }
    }

    fn finish(mut self) -> Window {
        if self.text.is_empty() {
            self.text.push(' ');
        }
        let end = self.text.len();
        let marks = self.marks.into_iter().map(|mark| mark.unwrap_or(end..end));
        // A passage that was cut is underlined to the last character shown.
        let marks = marks.map(|mark| mark.start.min(end)..mark.end.min(end));
        Window { marks: marks.collect(), text: self.text }
    }
}

/// The columns of the characters, but no more than just over `limit`.
fn columns_up_to(characters: impl Iterator<Item = char>, limit: usize) -> usize {
    let mut sum = 0;
    for character in characters {
        // One more for each keeps a million invisible characters from being read.
        sum += visible::columns(character).max(1);
        if sum > limit {
            break;
        }
    }
    sum
}

/// Where to begin so that at most `limit` columns stand before the end of
/// `range`: at its start, or at a word.
fn cut_before(text: &str, range: Range<usize>, limit: usize) -> usize {
    let mut sum = 0;
    let mut word = None;
    for (at, character) in text[range.clone()].char_indices().rev() {
        sum += visible::columns(character).max(1);
        if sum > limit {
            return word.unwrap_or(range.start + at + character.len_utf8());
        }
        if character.is_whitespace() {
            word = Some(range.start + at + character.len_utf8());
        }
    }
    range.start
}

/// The span within the text, grown to whole characters.
fn whole_characters(text: &str, span: Span) -> Span {
    Span::new(text.floor_char_boundary(span.start), text.ceil_char_boundary(span.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, passages: &[&str], width: usize) -> (String, Vec<String>) {
        let spans: Vec<Span> = passages
            .iter()
            .map(|passage| {
                let start = text.find(passage).unwrap();
                Span::new(start, start + passage.len())
            })
            .collect();
        let window = window(text, &spans, width, 10);
        let marked = window.marks.iter().map(|mark| window.text[mark.clone()].to_owned()).collect();
        (window.text, marked)
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let (text, marked) = cut("one\nStart at 10 mg at night.\ntwo", &["10 mg"], 60);
        assert_eq!(text, "Start at 10 mg at night.");
        assert_eq!(marked, ["10 mg"]);
    }

    #[test]
    fn a_long_line_is_cut_at_words_around_the_passage() {
        let line = format!("{}start at 10 mg at night {}", "before ".repeat(100), "after ".repeat(100));
        let (text, marked) = cut(&line, &["10 mg"], 60);
        assert_eq!(text, "…before start at 10 mg at night after after after after…");
        assert_eq!(marked, ["10 mg"]);
    }

    #[test]
    fn a_passage_over_a_line_break_is_shown_on_one_line() {
        let (text, marked) = cut("Start at 10 mg\r\nat night.\r\nMore.", &["10 mg\r\nat night"], 60);
        assert_eq!(text, "Start at 10 mg at night.");
        assert_eq!(marked, ["10 mg at night"]);
    }

    #[test]
    fn a_passage_longer_than_the_window_is_cut_inside() {
        let long = "word ".repeat(200);
        let (text, marked) = cut(&long, &[long.trim_end()], 40);
        assert!(visible::width(&text) <= 42, "{text}");
        assert!(text.ends_with('…') && text.starts_with(&marked[0]), "{marked:?}");
    }

    #[test]
    fn one_word_of_a_megabyte_is_cut_too() {
        let line = format!("{}10 mg{}", "x".repeat(1 << 20), "y".repeat(1 << 20));
        let (text, marked) = cut(&line, &["10 mg"], 60);
        assert!(visible::width(&text) <= 62, "{text}");
        assert_eq!(marked, ["10 mg"]);
    }

    #[test]
    fn two_passages_share_a_window_and_hostile_text_keeps_its_marks() {
        let (text, marked) = cut("\u{1b}[31mat \u{202e}10 mg\u{7f} or 每25 mg", &["10 mg\u{7f}", "25 mg"], 60);
        assert_eq!(text, "␛[31mat \u{fffd}10 mg␡ or 每25 mg");
        assert_eq!(marked, ["10 mg␡", "25 mg"]);
    }

    #[test]
    fn spans_outside_the_text_do_no_harm() {
        let window = window("é", &[Span::new(1, 99)], 40, 10);
        assert_eq!((window.text.as_str(), window.marks.first()), ("é", Some(&(0..2))));
        assert_eq!(super::window("", &[Span::new(0, 0)], 40, 10).text, " ");
    }
}
