//! What the terminal shows of the articles, as one source for miette.
//!
//! miette knows one source for a diagnostic and one place in it for a label.
//! Here the excerpts of several files stand one after the other in one
//! imaginary text. A span that reaches over two excerpts is refused, so that
//! miette draws a frame for each, under the name of its own file.

use crate::report::visible::{self, visible};
use crate::report::window::window;
use crate::span::{Position, Span};
use miette::{LabeledSpan, MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// A passage to be shown, with what it states.
#[derive(Clone, Debug)]
pub(super) struct Passage<'a> {
    /// The file's path.
    pub path: &'a str,
    /// The text of the file.
    pub text: &'a str,
    /// The bytes to underline.
    pub span: Span,
    /// Where they start in the file.
    pub position: Position,
    /// What is written under them.
    pub label: String,
}

/// Excerpts in the order in which they are shown.
#[derive(Debug, Default)]
pub(super) struct Page {
    excerpts: Vec<Excerpt>,
    /// The labels, in the order of the passages.
    pub labels: Vec<LabeledSpan>,
}

#[derive(Debug)]
struct Excerpt {
    path: String,
    position: Position,
    /// Where it starts in the imaginary text.
    start: usize,
    text: String,
}

/// Two passages of a line are shown in one frame up to this distance in bytes.
const NEAR: usize = 40;

impl Page {
    /// Lays out the passages, cutting lines to about `width` columns.
    pub fn new(passages: &[Passage<'_>], width: usize) -> Self {
        let mut page = Self::default();
        for together in passages.chunk_by(in_one_frame) {
            page.add(together, width);
        }
        page
    }

    fn add(&mut self, passages: &[Passage<'_>], width: usize) {
        let Some(first) = passages.first() else { return };
        let room = passages.iter().flat_map(|passage| passage.label.lines()).map(visible::width).max().unwrap_or(0);
        let spans: Vec<Span> = passages.iter().map(|passage| passage.span).collect();
        // Four columns for the line that leads from a passage to its label.
        let window = window(first.text, &spans, width, room + 4);
        // A gap of one keeps the end of one excerpt apart from the start of the next.
        let start = self.excerpts.last().map_or(0, |last| last.start + last.text.len() + 1);
        for (passage, mark) in passages.iter().zip(window.marks) {
            self.labels.push(LabeledSpan::new(Some(passage.label.clone()), start + mark.start, mark.len()));
        }
        let path = visible(first.path).into_owned();
        self.excerpts.push(Excerpt { path, position: first.position, start, text: window.text });
    }
}

/// Whether two neighbours fit into one frame: the same line of the same file,
/// close together, one after the other.
fn in_one_frame(one: &Passage<'_>, next: &Passage<'_>) -> bool {
    one.path == next.path
        && one.position.line == next.position.line
        && one.span.end <= next.span.start
        && next.span.start - one.span.end <= NEAR
}

impl SourceCode for Page {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        _lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let after = self.excerpts.partition_point(|excerpt| excerpt.start <= span.offset());
        let excerpt = after.checked_sub(1).and_then(|at| self.excerpts.get(at)).ok_or(MietteError::OutOfBounds)?;
        if span.offset() + span.len() > excerpt.start + excerpt.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        Ok(Box::new(MietteSpanContents::new_named(
            excerpt.path.clone(),
            excerpt.text.as_bytes(),
            SourceSpan::from((excerpt.start, excerpt.text.len())),
            excerpt.position.line - 1,
            excerpt.position.column - 1,
            1,
        )))
    }
}
