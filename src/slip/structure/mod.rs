//! What is wrong with how an article is built: front matter that cannot be
//! read, questions that are answered twice, facts under the wrong heading.

mod faq;
mod section;

use super::{Passage, Slip};
use crate::claim::Claim;
use crate::finding::Confidence;
use crate::mention::Reading;
use crate::source::Source;
use crate::span::Span;
use crate::text::Article;
use crate::topic::{Relation, Topic};
use crate::vocabulary::Vocabulary;

/// An article with what it mentions and states.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    pub source: &'a Source,
    pub article: &'a Article,
    pub readings: &'a [Reading],
    pub claims: &'a [Claim],
    pub vocabulary: &'a Vocabulary,
}

impl Whole<'_> {
    /// Whether a claim has a part in these bytes.
    fn is_claimed(&self, span: Span) -> bool {
        /// No claim is written in more bytes.
        const LONGEST: usize = 1000;
        let end = self.claims.partition_point(|claim| claim.span.start < span.end);
        let near = self.claims[..end].iter().rev().take_while(|claim| claim.span.start + LONGEST > span.start);
        near.into_iter().any(|claim| claim.span.overlaps(span))
    }

    fn passage(&self, span: Span, statement: impl Into<String>) -> Passage {
        Passage { span, quote: span.slice(self.source.text.as_bytes()).into_owned(), statement: statement.into() }
    }
}

/// Finds the slips in how an article is built.
pub(super) fn find(whole: &Whole<'_>) -> Vec<Slip> {
    let mut slips = front_matter(whole);
    slips.extend(faq::find(whole));
    slips.extend(section::find(whole));
    slips
}

/// Front matter that had to be read in a simpler way than meant.
fn front_matter(whole: &Whole<'_>) -> Vec<Slip> {
    let faults = whole.article.problems.iter().filter(|problem| problem.lint.as_deref() == Some(FRONT_MATTER));
    let slip = |problem: &crate::problem::Problem| {
        let passage = whole.passage(line(&whole.source.text, problem.span?), "unreadable");
        Some(Slip {
            topic: Topic::StructureFrontMatter,
            relation: Relation::Alone,
            passages: vec![passage],
            derivation: problem.message.clone(),
            confidence: Confidence::High,
            fix: Vec::new(),
        })
    };
    faults.filter_map(slip).collect()
}

/// The lint of front matter that cannot be read.
const FRONT_MATTER: &str = "structure/front-matter";

/// The most bytes of a line that are shown.
const LINE: usize = 200;

/// The line of a place, without the spaces around it; the last one that says
/// something, where the place is behind it.
fn line(text: &str, at: Span) -> Span {
    let behind = text[..at.start].trim_end().len();
    let place =
        if text[at.start..].trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) { behind } else { at.start };
    let start = text[..place].rfind('\n').map_or(0, |end| end + 1);
    let end = text[place..].find('\n').map_or(text.len(), |length| place + length);
    // A line may be as long as a file.
    let most = (start..=end.min(start + LINE)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(start);
    let written = &text[start..most];
    let start = start + written.len() - written.trim_start().len();
    Span::new(start, start + written.trim().len())
}
