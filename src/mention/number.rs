//! Numbers as clinicians write them, as exact decimals.

use crate::text::token::{Token, TokenKind};
use rust_decimal::Decimal;

/// A number and the tokens that write it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its value; the decimals that were written are kept ("4.10").
    pub value: Decimal,
    /// The token after its last one.
    pub end: usize,
}

/// Reads the number that starts at token `at`, if one does: "10", "1,500",
/// "1 000" (with any thin space), "7·5", "2,5", ".5", "½", "1½", "ten".
pub fn number(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let token = tokens.get(at)?;
    match token.kind {
        TokenKind::Number => digits(text, tokens, at),
        TokenKind::Sign => vulgar_fraction(token.text(text))
            .map(|value| Number { value, end: at + 1 })
            .or_else(|| naked_decimal(text, tokens, at)),
        TokenKind::Word => word(token.text(text)).map(|value| Number { value, end: at + 1 }),
    }
}

fn digits(text: &str, tokens: &[Token], at: usize) -> Option<Number> {
    let mut written = tokens[at].text(text).to_owned();
    if written.len() > 12 {
        return None;
    }
    let mut end = at + 1;
    while let Some(group) = thousands_group(text, tokens, at, end) {
        written.push_str(tokens[group].text(text));
        end = group + 1;
    }
    if let Some(fraction) = decimals(text, tokens, end) {
        written.push('.');
        written.push_str(tokens[fraction].text(text));
        end = fraction + 1;
    }
    let mut value = written.parse::<Decimal>().ok()?;
    if let Some(part) =
        tokens.get(end).filter(|token| !token.spaced).and_then(|token| vulgar_fraction(token.text(text)))
    {
        value += part;
        end += 1;
    }
    if let Some((part, after)) = plain_fraction(text, tokens, at, end) {
        return Some(Number { value: part, end: after });
    }
    Some(Number { value, end })
}

/// The index of a further group of three digits: after a comma without
/// spaces ("1,500"), or after a space that is narrower than a word space, or
/// any space before "000".
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
        return (narrow || (gap == " " && next.text(text) == "000")).then_some(end);
    }
    None
}

/// The index of the digits after a decimal sign: a point, a middle dot, or a
/// comma that cannot separate thousands.
fn decimals(text: &str, tokens: &[Token], end: usize) -> Option<usize> {
    let sign = tokens.get(end).filter(|token| !token.spaced)?;
    let fraction = tokens.get(end + 1).filter(|token| !token.spaced && token.kind == TokenKind::Number)?;
    let is_decimal = match sign.text(text) {
        "." | "·" | "•" | "∙" => true,
        "," => fraction.range.len() != 3,
        _ => false,
    };
    // "1.2.3" is a section number or a date, not a decimal.
    let continues = tokens.get(end + 2).is_some_and(|token| !token.spaced && token.text(text) == ".")
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
    let numerator = tokens[at].text(text);
    let slash = tokens.get(end).filter(|token| !token.spaced)?;
    let denominator = tokens.get(end + 1).filter(|token| !token.spaced)?;
    if end != at + 1 || slash.text(text) != "/" {
        return None;
    }
    let value = match (numerator, denominator.text(text)) {
        ("1", "2") => Decimal::new(5, 1),
        ("1", "4") => Decimal::new(25, 2),
        ("3", "4") => Decimal::new(75, 2),
        _ => return None,
    };
    let counted = tokens.get(end + 2)?.text(text).to_ascii_lowercase();
    ["tablet", "tab", "pill", "capsule", "a", "of"]
        .iter()
        .any(|unit| counted.starts_with(unit))
        .then_some((value, end + 2))
}

fn vulgar_fraction(sign: &str) -> Option<Decimal> {
    Some(match sign {
        "½" => Decimal::new(5, 1),
        "¼" => Decimal::new(25, 2),
        "¾" => Decimal::new(75, 2),
        _ => return None,
    })
}

/// Number words up to twelve and the round ones that stand before units.
pub fn word(word: &str) -> Option<Decimal> {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let lower = word.to_ascii_lowercase();
    if let Some(value) = WORDS.iter().position(|known| *known == lower) {
        return Some(Decimal::from(value));
    }
    Some(Decimal::from(match lower.as_str() {
        "fourteen" => 14,
        "fifteen" => 15,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "hundred" => 100,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn first(text: &str) -> Option<String> {
        number(text, &tokens(text), 0).map(|number| number.value.to_string())
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
            ("1½ tablets", "1.5"),
            ("1/2 tablet", "0.5"),
            ("three times", "3"),
        ] {
            assert_eq!(first(text).as_deref(), Some(value), "{text}");
        }
    }

    #[test]
    fn separate_numbers_stay_separate() {
        assert_eq!(first("1 500 mg tablet").as_deref(), Some("1"));
        assert_eq!(first("30/500").as_deref(), Some("30"));
        assert_eq!(first("0,125").as_deref(), Some("0"));
        assert_eq!(first("1.2.3 Dosing").as_deref(), Some("1"));
        assert_eq!(first("weekly"), None);
    }
}
