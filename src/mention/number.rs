//! Numbers as clinicians write them, as exact decimals.

use crate::text::token::{Token, TokenKind};
use crate::text::words::{Filter, Words};
use rust_decimal::Decimal;

/// Number words up to twenty, each at the place of its value.
const WORDS: [&str; 21] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// The round number words above.
const ROUND: [&str; 8] = ["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"];

/// What a number begins with, where not with a digit.
pub(super) const BEGINNINGS: Filter = Filter::of(&WORDS).and(&ROUND).and(&["half", "quarter", "½", "¼", "¾", "."]);

/// A number and the tokens that write it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value; the decimals that were written are kept ("4.10").
    pub value: Decimal,
    /// The token after its last one.
    pub end: usize,
}

/// Reads the number that starts at token `at`, if one does: "10", "1,500",
/// "1 000" (with any thin space), "7·5", "2,5", ".5", "½", "1½", "1/2 tablet",
/// "ten", "twenty-four", "half a tablet".
pub fn number(text: &str, tokens: &[Token], words: &Words, at: usize) -> Option<Number> {
    let token = tokens.get(at)?;
    match token.kind {
        TokenKind::Number => digits(text, tokens, at),
        TokenKind::Sign => vulgar_fraction(token.text(text))
            .map(|value| Number { value, end: after_article(text, tokens, at + 1).unwrap_or(at + 1) })
            .or_else(|| naked_decimal(text, tokens, at)),
        TokenKind::Word => in_words(text, tokens, words, at),
    }
}

fn digits(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let first = &tokens[at];
    if first.range.len() > 12 {
        return None;
    }
    let mut end = at + 1;
    while let Some(group) = thousands_group(text, tokens, at, end) {
        end = group + 1;
    }
    let groups = (at + 1..end).any(|group| tokens[group].kind == TokenKind::Number);
    let fraction = decimals(text, tokens, at, end);
    let mut value: Decimal = if !groups && fraction.is_none() {
        first.text(text).parse().ok()?
    } else {
        let integer = tokens[at..end].iter().filter(|token| token.kind == TokenKind::Number);
        let mut written: String = integer.map(|token| token.text(text)).collect();
        if let Some(fraction) = fraction {
            written.push('.');
            written.push_str(tokens[fraction].text(text));
            end = fraction + 1;
        }
        written.parse().ok()?
    };
    if let Some((part, after)) = plain_fraction(text, tokens, at, end) {
        return Some(Number { value: part, end: after });
    }
    if let Some((part, after)) = added_fraction(text, tokens, end) {
        value += part;
        end = after;
    }
    Some(Number { value, end })
}

/// The index of a further group of three digits: after a comma without
/// spaces ("1,500"), or after a space that is narrower than a word space, or
/// any space before "000", or any space where no count of tablets and no
/// citation mark can be meant.
fn thousands_group(text: &str, tokens: &[Token], first: usize, end: usize) -> Option<usize> {
    let is_group = |index: usize| {
        tokens.get(index).is_some_and(|token| token.kind == TokenKind::Number && token.range.len() == 3)
            && tokens[first].range.len() <= 3
            && tokens[first].text(text) != "0"
    };
    let next = tokens.get(end)?;
    if next.text(text) == "," && !next.spaced && is_group(end + 1) && !tokens[end + 1].spaced {
        return Some(end + 1);
    }
    if next.spaced && is_group(end) {
        let gap = &text[tokens[end - 1].range.end..next.range.start];
        let narrow = matches!(gap, "\u{2009}" | "\u{202f}" | "\u{a0}" | "\u{2006}" | "\u{2005}");
        let wide = gap == " " && (next.text(text) == "000" || is_one_number(text, tokens, first, end));
        return (narrow || wide).then_some(end);
    }
    None
}

/// Whether "1 500 mg" is fifteen hundred, not one of "500 mg" ("take 1 500 mg
/// tablet") and not a citation mark before a dose.
fn is_one_number(text: &str, tokens: &[Token], first: usize, group: usize) -> bool {
    const BEFORE: [&str; 19] = [
        "(",
        ":",
        "–",
        "-",
        "=",
        "to",
        "of",
        "give",
        "take",
        "than",
        "exceed",
        "exceeding",
        "least",
        "is",
        "max",
        "maximum",
        "from",
        "between",
        "dose",
    ];
    const UNITS: [&str; 6] = ["mg", "mcg", "µg", "micrograms", "units", "IU"];
    let word = |at: usize| tokens.get(at).map_or("", |token| token.text(text));
    let counts = |at: usize| {
        let next = word(at);
        ["tab", "cap", "sachet", "vial", "pill", "supp", "patch", "caplet"].iter().any(|form| next.starts_with(form))
    };
    let before = first.checked_sub(1).map_or("(", word);
    UNITS.contains(&word(group + 1))
        && BEFORE.iter().any(|known| known.eq_ignore_ascii_case(before))
        && !(counts(group + 2) || counts(group + 3))
}

/// The index of the digits after a decimal sign: a point, a middle dot, or a
/// comma that cannot separate thousands.
fn decimals(text: &str, tokens: &[Token], first: usize, end: usize) -> Option<usize> {
    let sign = tokens.get(end).filter(|token| !token.spaced)?;
    let fraction = tokens.get(end + 1).filter(|token| !token.spaced && token.kind == TokenKind::Number)?;
    let is_decimal = match sign.text(text) {
        "." | "·" | "•" | "∙" | "⋅" => true,
        "," => fraction.range.len() != 3 || tokens[first].text(text) == "0",
        _ => false,
    };
    // "1.2.3" is a section number or a date, "1,4,6" a list of references.
    let continues = tokens.get(end + 2).is_some_and(|token| !token.spaced && token.text(text) == sign.text(text))
        && tokens.get(end + 3).is_some_and(|token| !token.spaced && token.kind == TokenKind::Number);
    (is_decimal && !continues).then_some(end + 1)
}

/// ".5" after white space or a bracket.
fn naked_decimal(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let point = &tokens[at];
    let after_word = at > 0 && !point.spaced && !matches!(tokens[at - 1].text(text), "(" | "[" | "-" | "–" | "/");
    let digits = tokens.get(at + 1).filter(|token| !token.spaced && token.kind == TokenKind::Number)?;
    if point.text(text) != "." || after_word {
        return None;
    }
    let value = format!("0.{}", digits.text(text)).parse().ok()?;
    Some(Number { value, end: at + 2 })
}

/// "1/2" and "1/4": only before a word that counts tablets and the like does
/// a slash between small numbers mean a fraction, so the caller must not see
/// "30/500" here.
fn plain_fraction(text: &str, tokens: &[Token], at: usize, end: usize) -> Option<(Decimal, usize)> {
    let (value, end) = slashed_fraction(text, tokens, at).filter(|_| end == at + 1)?;
    let counted = tokens.get(end)?.text(text);
    let starts = |unit: &str| counted.get(..unit.len()).is_some_and(|start| start.eq_ignore_ascii_case(unit));
    let counts = ["tab", "pill", "cap", "sachet", "patch", "teaspoon"].iter().any(|unit| starts(unit));
    if let Some(after) = after_article(text, tokens, end) {
        return Some((value, after));
    }
    (counts || matches!(counted, "-" | "–" | "to")).then_some((value, end))
}

/// The token after "a" or "of a", which leads from a fraction to what it is of.
fn after_article(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| words.contains(&token.text(text)));
    let article = at + usize::from(is(at, &["of"]));
    is(article, &["a", "an", "the"]).then_some(article + 1)
}

/// "1½", "1 ½", "1 1/2 tablets", "1 and 1/2", "one and a half".
fn added_fraction(text: &str, tokens: &[Token], end: usize) -> Option<(Decimal, usize)> {
    let next = tokens.get(end)?;
    if let Some(part) = vulgar_fraction(next.text(text)) {
        return Some((part, end + 1));
    }
    let joined = usize::from(next.text(text) == "and");
    let part = end + joined;
    if joined == 1 && tokens.get(part)?.text(text) == "a" && tokens.get(part + 1)?.text(text) == "half" {
        return Some((Decimal::new(5, 1), part + 2));
    }
    let first = tokens.get(part).filter(|token| token.kind == TokenKind::Number && token.spaced)?;
    (first.range.len() == 1).then(|| plain_fraction(text, tokens, part, part + 1)).flatten()
}

fn slashed_fraction(text: &str, tokens: &[Token], at: usize) -> Option<(Decimal, usize)> {
    let [numerator, slash, denominator] = tokens.get(at..at + 3)? else { return None };
    if slash.spaced || denominator.spaced || !matches!(slash.text(text), "/" | "⁄") {
        return None;
    }
    let value = match (numerator.text(text), denominator.text(text)) {
        ("1", "2") => Decimal::new(5, 1),
        ("1", "4") => Decimal::new(25, 2),
        ("3", "4") => Decimal::new(75, 2),
        _ => return None,
    };
    Some((value, at + 3))
}

fn vulgar_fraction(sign: &str) -> Option<Decimal> {
    Some(match sign {
        "½" => Decimal::new(5, 1),
        "¼" => Decimal::new(25, 2),
        "¾" => Decimal::new(75, 2),
        _ => return None,
    })
}

/// "ten", "twenty-four", "one and a half", "half a tablet", "one-half".
fn in_words(text: &str, tokens: &[Token], words: &Words, at: usize) -> Option<Number> {
    let is = |at: usize, word: &str| words.get(at) == word;
    let one = if is(at, "one") && is(at + 1, "-") { at + 2 } else { at };
    if is(one, "half") || is(one, "quarter") {
        let value = if is(one, "half") { Decimal::new(5, 1) } else { Decimal::new(25, 2) };
        return after_article(text, tokens, one + 1).map(|end| Number { value, end });
    }
    let mut value = word(words.get(at))?;
    let mut end = at + 1;
    let is_round = value >= Decimal::from(20) && value < Decimal::ONE_HUNDRED;
    if is_round
        && is(end, "-")
        && let Some(ones) = word(words.get(end + 1))
        && ones < Decimal::TEN
    {
        value += ones;
        end += 2;
    }
    if let Some((part, after)) = added_fraction(text, tokens, end) {
        value += part;
        end = after;
    }
    Some(Number { value, end })
}

/// The value of a number word in lower case.
fn word(word: &str) -> Option<Decimal> {
    let place = |words: &[&str]| words.iter().position(|known| *known == word);
    let value = place(&WORDS).or_else(|| place(&ROUND).map(|tens| 10 * (tens + 3)))?;
    Some(Decimal::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn first(text: &str) -> Option<String> {
        let tokens = tokens(text);
        number(text, &tokens, &Words::new(text, &tokens), 0).map(|number| number.value.to_string())
    }

    #[test]
    fn numbers_in_all_their_notations() {
        for (text, value) in [
            ("10 mg", "10"),
            ("4.10", "4.10"),
            ("1,500 mcg", "1500"),
            ("12,500,000 units", "12500000"),
            ("1\u{2009}000 mg", "1000"),
            ("1 000 mg", "1000"),
            ("7·5 mg", "7.5"),
            ("2,5 mg", "2.5"),
            (".5 mg", "0.5"),
            ("½ tablet", "0.5"),
            ("½ a tablet", "0.5"),
            ("1/2 of a tablet", "0.5"),
            ("quarter of a tablet", "0.25"),
            ("1½ tablets", "1.5"),
            ("1/2 tablet", "0.5"),
            ("three times", "3"),
            ("0,125 mg", "0.125"),
            ("1 500 mg daily", "1500"),
            ("1 ½ tablets", "1.5"),
            ("1 1/2 tablets", "1.5"),
            ("1/2-1 tablet", "0.5"),
            ("2 and 1/2 tablets", "2.5"),
            ("one and a half tablets", "1.5"),
            ("Half a tablet", "0.5"),
            ("one-half of a tablet", "0.5"),
            ("half an hour", "0.5"),
            ("twenty-four hours", "24"),
            ("Sixty", "60"),
        ] {
            assert_eq!(first(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn separate_numbers_stay_separate() {
        assert_eq!(first("1 500 mg tablet").as_deref(), Some("1"));
        assert_eq!(first("30/500").as_deref(), Some("30"));
        assert_eq!(first("1,4,6").as_deref(), Some("1"));
        assert_eq!(first("1 and 2 tablets").as_deref(), Some("1"));
        assert_eq!(first("half the patients").as_deref(), Some("0.5"));
        assert_eq!(first("half-life"), None);
        assert_eq!(first("1/2/2020").as_deref(), Some("1"));
        assert_eq!(first("1.2.3 Dosing").as_deref(), Some("1"));
        assert_eq!(first("weekly"), None);
    }
}
