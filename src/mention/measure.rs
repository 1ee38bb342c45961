//! Everything that is counted: one walk over the numbers of a block.

use super::range::Numbers;
use super::reader::Reader;
use super::unit::is_dose_dimension;
use super::{Bound, Mention, frequency, number, time};
use crate::text::token::TokenKind;
use crate::text::words::Filter;
use crate::vocabulary::Dimension;

/// One or two numbers with the comparison before them.
pub(super) struct Counted {
    /// The first token of the numbers.
    pub at: usize,
    /// The first token of the comparison, or of the numbers.
    pub from: usize,
    /// The comparison.
    pub bound: Option<Bound>,
    /// The numbers.
    pub numbers: Numbers,
}

/// Finds amounts, durations, intervals, frequencies, percentages, shares,
/// ages, weights and kidney functions.
pub(super) fn measures(reader: Reader, mentions: &mut Vec<Mention>) {
    let mut at = 0;
    while at < reader.tokens.len() {
        let end = if may_begin(reader, at) { step(reader, at, mentions) } else { None };
        at = end.unwrap_or(at + 1).max(at + 1);
    }
}

/// Whether anything counted may begin at a token.
fn may_begin(reader: Reader, at: usize) -> bool {
    const BEGINNINGS: Filter = number::BEGINNINGS.and(&frequency::BEGINNINGS).and(&time::BEGINNINGS);
    reader.tokens[at].kind == TokenKind::Number
        || reader.words.packed(at).is_none_or(|word| frequency::is_latin(word) || BEGINNINGS.may_be(word))
}

/// Reads what is counted at a token, and returns the token to go on at.
fn step(reader: Reader, at: usize, mentions: &mut Vec<Mention>) -> Option<usize> {
    if reader.tokens[at].kind == TokenKind::Word {
        let timed = reader
            .every(at, mentions)
            .or_else(|| reader.vague_time(at, mentions))
            .or_else(|| reader.time_point(at, mentions));
        if timed.is_some() {
            return timed;
        }
    }
    let numbers = reader.numbers(at)?;
    let found = reader
        .share(at, mentions)
        .or_else(|| reader.percent(at, &numbers, mentions))
        .or_else(|| reader.times(at, &numbers, mentions));
    if found.is_some() {
        return found;
    }
    let (bound, from) = reader.bound_before(at);
    let counted = Counted { at, from, bound, numbers };
    let spelled = numbers.unit.or_else(|| reader.unit_after(numbers.end));
    let patient = reader.kidney(&counted, spelled).or_else(|| reader.age_in_short(&counted));
    if let Some(mention) = patient {
        let end = mention.tokens.end;
        mentions.push(mention);
        return Some(end);
    }
    let Some(spelled) = spelled else { return reader.amounts(at, bound, mentions).or(Some(numbers.end)) };
    match spelled.dimension {
        Dimension::Time => match reader.age(&counted, spelled) {
            Some(mention) => {
                let end = mention.tokens.end;
                mentions.push(mention);
                Some(end)
            }
            None => Some(reader.time(&counted, spelled, mentions)),
        },
        // Nobody is given kilograms of a drug: "15–30 kg" is a body weight.
        Dimension::Mass if matches!(reader.code(spelled), "kg" | "[lb_av]") => {
            let weight = reader.weight(&counted, spelled);
            let end = weight.as_ref().map_or(spelled.end, |mention| mention.tokens.end);
            mentions.extend(weight);
            Some(end)
        }
        dimension if is_dose_dimension(dimension) => reader.amounts(at, bound, mentions).or(Some(numbers.end)),
        _ => Some(spelled.end),
    }
}
