//! `claims --unread --format jsonl`: one article a line, with what looks like
//! a claim in it and became none, for other programs.

use super::{Passages, Place, object};
use crate::claim::Looks;
use crate::span::LineIndex;
use serde::Serialize;
use std::borrow::Cow;
use std::io::{self, Write};

#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    seen: usize,
    understood: usize,
    /// In percent, rounded down; null where nothing looks like a claim.
    share: Option<usize>,
    unread: Vec<Passage<'a>>,
}

#[derive(Serialize)]
struct Passage<'a> {
    looks: Looks,
    span: Place,
    quote: Cow<'a, str>,
    sentence: Cow<'a, str>,
}

/// Writes every article on a line of its own.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, articles: &[Passages<'_>]) -> io::Result<()> {
    articles.iter().try_for_each(|article| object::line(out, &row(article)))
}

fn row<'a>(article: &Passages<'a>) -> Row<'a> {
    let lines = LineIndex::new(article.text);
    let text = article.text.as_bytes();
    let understanding = &article.claims.understanding;
    let passages = understanding.unread.iter().map(|unread| Passage {
        looks: unread.looks,
        span: Place::new(unread.span, lines.position(article.text, unread.span.start)),
        quote: unread.span.slice(text),
        sentence: unread.sentence.slice(text),
    });
    Row {
        file: &article.claims.path,
        seen: understanding.seen(),
        understood: understanding.understood,
        share: understanding.share(),
        unread: passages.collect(),
    }
}
