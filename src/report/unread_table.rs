//! `claims --unread`: what looks like a claim and became none, for people.

use super::visible::{cut, visible, without_commands};
use super::{Passages, counted};
use crate::claim::Looks;
use crate::span::LineIndex;
use std::io::{self, Write};

/// The columns of the widest name of a look.
const LOOKS: usize = "contraindication".len();

/// Writes the passages of every article under its path and the share that was
/// understood, and a line that says it of all. Lines are `width` columns long.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, articles: &[Passages<'_>], width: usize) -> io::Result<()> {
    for article in articles.iter().filter(|article| article.claims.understanding.seen() > 0) {
        let understanding = &article.claims.understanding;
        let share = share(understanding.understood, understanding.seen());
        writeln!(out, "{}: {share}", visible(&article.claims.path))?;
        let lines = LineIndex::new(article.text);
        for unread in &understanding.unread {
            let line = lines.position(article.text, unread.span.start).line;
            let passage = |span: crate::span::Span| {
                let words = span.slice(article.text.as_bytes());
                visible(&words.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned()
            };
            // What gives it the look says more than a sentence that is cut off before it.
            let words = match unread.looks {
                Looks::Dose | Looks::NumberNeeded => {
                    format!("{}: {}", passage(unread.span), passage(unread.sentence))
                }
                Looks::Contraindication => passage(unread.sentence),
            };
            let row = format!("{line:>6}  {:LOOKS$}  {words}", unread.looks.words());
            writeln!(out, "{}", without_commands(cut(&row, width)))?;
        }
        writeln!(out)?;
    }
    let sum = |count: fn(&crate::claim::Understanding) -> usize| {
        articles.iter().map(|article| count(&article.claims.understanding)).sum::<usize>()
    };
    let share = share(sum(|understanding| understanding.understood), sum(|understanding| understanding.seen()));
    writeln!(out, "{}: {share}", counted(articles.len(), "article"))
}

/// "12 of 20 passages that look like a dose, … understood (60 %)".
pub(super) fn share(understood: usize, seen: usize) -> String {
    match (understood * 100).checked_div(seen) {
        None => "no passage looks like a statement".to_owned(),
        Some(percent) => format!("{understood} of {} understood ({percent} %)", counted(seen, "passage")),
    }
}
