//! Numbers and units that run together, large numbers without separators, and
//! ranges with two units.

use super::super::Slip;
use super::super::page::Page;
use super::slip;
use crate::text::token::TokenKind;
use crate::topic::Topic;
use std::ops::Range;

/// Digits from which a number is read wrongly without separators: 10,000 and
/// more. The list of the ISMP begins at 1,000, where house styles differ.
const MANY_DIGITS: usize = 5;

/// "25mg": the m is read as zeros; `token` is the number.
pub(super) fn missing_space(page: &Page, token: usize) -> Option<Slip> {
    let (number, unit) = (page.token(token)?, page.token(token + 1)?);
    let runs_on = number.kind == TokenKind::Number && unit.kind == TokenKind::Word && page.is_tied(token + 1);
    if !runs_on || page.vocabulary.unit(page.written(token + 1)).is_none() {
        return None;
    }
    let mut start = token;
    while start > 1 && page.is(start - 1, &[".", ","]) && page.is_tied(start) && page.is_tied(start - 1) {
        start -= 2;
    }
    let number = page.reading.bytes(start..token + 1);
    let (written, unit_name) = (page.block.text.get(number.clone())?, page.written(token + 1));
    let apart = format!("{written} {unit_name}");
    let fix = page.edit(number.start..unit.range.end, apart.as_str());
    let derivation = format!("\"{written}{unit_name}\" runs together, and the unit is read as digits");
    Some(slip(page, Topic::NotationMissingSpace, start..token + 2, format!("write \"{apart}\""), derivation, fix))
}

/// "100000 units"; `token` is the number.
pub(super) fn missing_separator(page: &Page, token: usize) -> Option<Slip> {
    let number = page.token(token).filter(|token| token.kind == TokenKind::Number)?;
    let written = page.written(token);
    let is_fraction = token > 0 && page.is(token - 1, &[".", ","]) && page.is_tied(token);
    if written.len() < MANY_DIGITS || written.starts_with('0') || is_fraction {
        return None;
    }
    let mut grouped = String::with_capacity(written.len() + 4);
    for (at, digit) in written.chars().enumerate() {
        if at > 0 && (written.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let fix = page.edit(number.range.clone(), grouped.as_str());
    let derivation = format!("the zeros of \"{written}\" are miscounted");
    Some(slip(
        page,
        Topic::NotationThousandsSeparator,
        token..token + 1,
        format!("write \"{grouped}\""),
        derivation,
        fix,
    ))
}

/// "500 mg–1 g": one unit is overlooked; `token` is the first unit.
pub(super) fn mixed_units(page: &Page, token: usize, amount: &Range<usize>) -> Option<Slip> {
    let first = page.vocabulary.unit(page.written(token))?;
    let is_joined = page.is(token + 1, &["-", "–", "—", "to"]) && amount.contains(&(token + 2));
    let number = page.digits(token + 2).filter(|_| is_joined)?;
    let second = page.vocabulary.unit(page.written(number.end)).filter(|second| *second != first)?;
    if !amount.contains(&number.end)
        || page.vocabulary.units[second.index()].ucum == page.vocabulary.units[first.index()].ucum
    {
        return None;
    }
    let (one, other) = (page.written(token), page.written(number.end));
    let derivation = format!("one range is in {one} and in {other}, and one of the two is overlooked");
    let advice = format!("write both ends in {other}, or both in {one}");
    Some(slip(page, Topic::NotationMixedUnits, amount.start..number.end + 1, advice, derivation, Vec::new()))
}
