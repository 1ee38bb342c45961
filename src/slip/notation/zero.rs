//! Zeros that stand where they are read as part of the number, and zeros that
//! are missing where a point is overlooked.

use super::super::Slip;
use super::super::page::Page;
use super::slip;
use crate::text::token::TokenKind;
use crate::topic::Topic;

/// "5.0 mg", read as 50 mg; `token` is the number before the point.
pub(super) fn trailing(page: &Page, token: usize) -> Option<Slip> {
    let (whole, zeros) = (page.token(token)?, page.token(token + 2)?);
    let is_decimal = whole.kind == TokenKind::Number
        && page.is(token + 1, &[".", "·"])
        && page.is_tied(token + 1)
        && page.is_tied(token + 2)
        && zeros.kind == TokenKind::Number
        && page.written(token + 2).bytes().all(|digit| digit == b'0');
    // "1.0.2" is no amount.
    if !is_decimal || (page.is(token + 3, &["."]) && page.is_tied(token + 3) && page.is_tied(token + 4)) {
        return None;
    }
    let number = page.written(token);
    // "5.0 mg, 5 mg: ways to write the same" teaches both.
    if page.is_written_beside(token, number) {
        return None;
    }
    let (written, read) =
        (format!("{number}.{}", page.written(token + 2)), format!("{number}{}", page.written(token + 2)));
    let fix = page.edit(whole.range.start..zeros.range.end, number);
    let derivation = format!("\"{written}\" is read as {read} where the point is not seen");
    Some(slip(page, Topic::NotationTrailingZero, token..token + 3, format!("write \"{number}\""), derivation, fix))
}

/// ".5 mg", read as 5 mg; `token` is the point.
pub(super) fn naked(page: &Page, token: usize) -> Option<Slip> {
    let (point, digits) = (page.token(token)?, page.token(token + 1)?);
    let follows_digits =
        token > 0 && page.is_tied(token) && page.token(token - 1).is_some_and(|before| before.kind != TokenKind::Sign);
    let is_naked =
        page.is(token, &["."]) && !follows_digits && page.is_tied(token + 1) && digits.kind == TokenKind::Number;
    if !is_naked {
        return None;
    }
    let number = page.written(token + 1);
    if page.is_written_beside(token, &format!("0.{number}")) {
        return None;
    }
    let fix = page.edit(point.range.start..digits.range.end, format!("0.{number}"));
    let derivation = format!("\".{number}\" is read as {number} where the point is not seen");
    Some(slip(page, Topic::NotationNakedDecimal, token..token + 2, format!("write \"0.{number}\""), derivation, fix))
}
