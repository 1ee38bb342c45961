//! Hover: what was understood, and where else the fact is stated.

use super::desk::{Desk, Place};
use super::fact::{Fact, Standing, headline};
use crate::claim::statement;
use crate::compare::ClaimId;
use crate::report::visible;
use gen_lsp_types::{Contents, Hover, HoverParams, MarkupContent, MarkupKind};
use std::fmt::Write;

/// More statements of one kind are counted, not listed.
const MOST: usize = 12;

/// What is said of the fact under the cursor.
pub(crate) fn hover(desk: &Desk, params: &HoverParams) -> Option<Hover> {
    let at = &params.text_document_position_params;
    let place = desk.article(&at.text_document.uri)?;
    let fact = Fact::of(place, place.claim(at.position)?);
    let content = MarkupContent { kind: MarkupKind::Markdown, value: text(desk, place, &fact) };
    Some(Hover { contents: Contents::MarkupContent(content), range: Some(place.range(fact.claim(fact.own).span)) })
}

fn text(desk: &Desk, place: Place<'_>, fact: &Fact<'_>) -> String {
    let mut text = format!("**{}**\n", escaped(&headline(fact.claim(fact.own))));
    for (standing, title) in [
        (Standing::Contradicts, "Contradicted by"),
        (Standing::Differs, "Other, and not reported"),
        (Standing::Agrees, "Agreed with by"),
    ] {
        let of = fact.others.iter().filter(|(own, _)| *own == standing).map(|(_, id)| *id);
        let ids: Vec<ClaimId> = of.collect();
        if ids.is_empty() {
            continue;
        }
        push(&mut text, format_args!("\n{title}:\n\n"));
        for id in ids.iter().take(MOST) {
            line(&mut text, desk, place, fact, *id);
        }
        if ids.len() > MOST {
            push(&mut text, format_args!("- and {} more\n", ids.len() - MOST));
        }
    }
    if fact.others.is_empty() {
        text.push_str("\nStated nowhere else.\n");
    }
    text
}

fn line(text: &mut String, desk: &Desk, place: Place<'_>, fact: &Fact<'_>, id: ClaimId) {
    let claim = fact.claim(id);
    let location = desk.location(fact.workspace, id.article, claim.span);
    let line = location.range.start.line + 1;
    let shown = place.workspace.shown(fact.workspace.shelf.path(id.article));
    let reference = if fact.is_reference(id) { " (reference)" } else { "" };
    push(
        text,
        format_args!(
            "- {}: [{}:{line}]({}#L{line}){reference}\n",
            escaped(&statement(claim)),
            escaped(&shown),
            location.uri.0
        ),
    );
}

/// Words of an article as plain text of Markdown, on one line.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            _ if character.is_ascii_punctuation()
                && !matches!(character, '.' | ',' | ':' | '/' | '-' | '%' | '(' | ')') =>
            {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => escaped.push(character),
        }
    }
    escaped
}

fn push(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = text.write_fmt(words);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_an_article_are_no_markup() {
        assert_eq!(escaped("10\u{202e} mg\r\n\u{1b}[1m"), "10\u{fffd} mg ␛\\[1m");
        assert_eq!(escaped("a <b>*c*</b>\n[d](e) ![f]"), "a \\<b\\>\\*c\\*\\</b\\> \\[d\\](e) \\!\\[f\\]");
    }
}
