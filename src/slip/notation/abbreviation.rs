//! Abbreviations that are misread, as `vocabulary/error-prone.tsv` lists them.

use super::super::Slip;
use super::super::page::Page;
use super::slip;
use crate::mention::What;
use crate::text::token::TokenKind;
use crate::topic::Topic;
use crate::vocabulary::{ErrorProne, ErrorProneKind};
use std::ops::Range;

/// The unit of an amount, if it is one that is misread.
pub(super) fn of_unit(page: &Page, token: usize) -> Option<Slip> {
    let entry = longest(page, token).filter(|entry| is_unit(entry.kind))?;
    Some(of(page, entry, token..token + entry.written.len()))
}

/// Finds the other abbreviations of a block.
pub(super) fn find(page: &Page, slips: &mut Vec<Slip>) {
    let mut at = 0;
    while at < page.reading.tokens.len() {
        let Some(entry) = longest(page, at) else {
            at += 1;
            continue;
        };
        let tokens = at..at + entry.written.len();
        if stands_for_it(page, entry.kind, &tokens) {
            slips.push(of(page, entry, tokens.clone()));
        }
        at = tokens.end;
    }
}

fn is_unit(kind: ErrorProneKind) -> bool {
    matches!(
        kind,
        ErrorProneKind::Unit
            | ErrorProneKind::InternationalUnit
            | ErrorProneKind::Microgram
            | ErrorProneKind::CubicCentimetre
    )
}

/// The longest abbreviation that is written at a token.
fn longest<'a>(page: &Page<'a>, at: usize) -> Option<&'a ErrorProne> {
    let entries = page.vocabulary.error_prone(page.written(at)).iter();
    entries.filter(|entry| starts(page, at, entry)).max_by_key(|entry| entry.written.len())
}

/// Whether an abbreviation is written at a token, and is no part of a longer word.
fn starts(page: &Page, at: usize, entry: &ErrorProne) -> bool {
    let end = at + entry.written.len();
    let is_written = entry
        .written
        .iter()
        .enumerate()
        .all(|(offset, token)| page.written(at + offset) == &**token && (offset == 0 || page.is_tied(at + offset)));
    let after_number = at > 0 && page.token(at - 1).is_some_and(|before| before.kind == TokenKind::Number);
    let before = page.is_tied(at) && at > 0 && !after_number && !page.is(at - 1, &["(", "[", "/"]);
    // "2012 U.S. recommendations", "U-100".
    let behind = page.is_tied(end) && (page.is(end, &["-", "‑"]) || (page.is(end, &["."]) && page.is_tied(end + 1)));
    let runs_on = before || behind;
    is_written && !runs_on
}

/// Whether an abbreviation can stand for what it is listed for: a time behind an
/// amount, a drug near one.
fn stands_for_it(page: &Page, kind: ErrorProneKind, tokens: &Range<usize>) -> bool {
    const NEAR: usize = 8;
    let amounts = |from: usize, to: usize| page.amounts_in(from..to).next().is_some();
    match kind {
        kind if is_unit(kind) => false,
        ErrorProneKind::Daily | ErrorProneKind::Latin => {
            let is_frequency = page
                .reading
                .within(tokens.start..tokens.end)
                .any(|mention| matches!(mention.what, What::Frequency(_) | What::Daily | What::Route(_)));
            is_frequency && amounts(tokens.start.saturating_sub(NEAR), tokens.start)
        }
        // MS is a disease, too.
        _ if page.written(tokens.start) == "MS" => amounts(tokens.end, tokens.end + 1),
        _ => amounts(tokens.start.saturating_sub(NEAR), tokens.end + NEAR),
    }
}

fn of(page: &Page, entry: &ErrorProne, tokens: Range<usize>) -> Slip {
    let written: String = entry.written.iter().map(|token| &**token).collect();
    let topic = match entry.kind {
        ErrorProneKind::Unit => Topic::NotationUnitSymbol,
        ErrorProneKind::InternationalUnit => Topic::NotationInternationalUnit,
        ErrorProneKind::Microgram => Topic::NotationMicrogramSign,
        ErrorProneKind::CubicCentimetre => Topic::NotationCubicCentimetre,
        ErrorProneKind::Daily => Topic::NotationDailyAbbreviation,
        ErrorProneKind::Latin => Topic::NotationLatinAbbreviation,
        ErrorProneKind::MorphineMagnesium => Topic::NotationMorphineMagnesium,
        ErrorProneKind::Drug => Topic::NotationDrugAbbreviation,
    };
    // "10U" becomes "10 units".
    let space = if tokens.start > 0 && page.is_tied(tokens.start) && !page.is(tokens.start - 1, &["(", "[", "/"]) {
        " "
    } else {
        ""
    };
    let fix = entry.replacement.as_deref().map_or_else(Vec::new, |replacement| {
        page.edit(page.reading.bytes(tokens.clone()), format!("{space}{replacement}"))
    });
    let advice = match &entry.replacement {
        Some(replacement) => format!("write \"{replacement}\""),
        None => format!("write out what is meant: {}", entry.meant),
    };
    let derivation = format!("\"{written}\" (for {}) is read as {}", entry.meant, entry.misread);
    slip(page, topic, tokens, advice, derivation, fix)
}
