//! Where sentences end.

use crate::text::token::{Token, TokenKind};
use std::ops::Range;

/// Words after which a full stop does not end the sentence.
const ABBREVIATIONS: [&str; 34] = [
    "e", "g", "i", "eg", "ie", "vs", "approx", "max", "min", "no", "nos", "dr", "mr", "mrs", "prof", "st", "fig", "cf",
    "ca", "incl", "esp", "resp", "b", "t", "q", "p", "o", "d", "s", "inj", "tab", "cap", "wt", "al",
];

/// Cuts the tokens of a block into sentences. A line break that the text
/// keeps, a full stop, question or exclamation mark before a capital, a digit,
/// a bracket or a bullet ends one; a full stop inside a number or after an
/// abbreviation does not.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for at in 0..tokens.len() {
        if ends_after(text, tokens, at) {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences
}

fn ends_after(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(next) = tokens.get(at + 1) else { return true };
    let mut gap = text.as_bytes()[tokens[at].range.end..next.range.start].iter();
    if gap.any(|byte| *byte == b'\n') {
        return true;
    }
    if tokens[at].kind != TokenKind::Sign {
        return false;
    }
    match tokens[at].text(text) {
        "?" | "!" => next.spaced,
        "." => ends_at_full_stop(text, tokens, at, next),
        // A closing bracket or quotation mark after the stop belongs to the sentence.
        ")" | "]" | "”" | "\"" => {
            at > 0
                && !tokens[at].spaced
                && tokens[at - 1].text(text) == "."
                && next.spaced
                && starts_sentence(text, next)
                && ends_at_full_stop(text, tokens, at - 1, next)
        }
        _ => false,
    }
}

fn ends_at_full_stop(text: &str, tokens: &[Token], at: usize, next: &Token) -> bool {
    if !next.spaced {
        // "the drug.Start" happens where line breaks were lost in copying.
        let glued = next.kind == TokenKind::Word && starts_upper(text, next) && next.range.len() > 2;
        let before = at.checked_sub(1).map_or("", |before| tokens[before].text(text));
        let ends_word = before.len() > 1
            && before.bytes().all(|byte| byte.is_ascii_lowercase())
            && !ABBREVIATIONS.contains(&before);
        return glued && ends_word;
    }
    let abbreviated = at > 0
        && !tokens[at].spaced
        && tokens[at - 1].kind == TokenKind::Word
        && ABBREVIATIONS.contains(&tokens[at - 1].text(text).to_ascii_lowercase().as_str());
    starts_sentence(text, next) && !(abbreviated && !(starts_upper(text, next) && tokens[at - 1].range.len() == 1))
}

fn starts_sentence(text: &str, token: &Token) -> bool {
    match token.kind {
        TokenKind::Word => starts_upper(text, token),
        TokenKind::Number => true,
        TokenKind::Sign => !matches!(token.text(text), "," | ";" | ":" | ")" | "%" | "/"),
    }
}

fn starts_upper(text: &str, token: &Token) -> bool {
    token.text(text).starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    fn cut(text: &str) -> Vec<&str> {
        let tokens = tokens(text);
        let sentences = sentences(text, &tokens);
        sentences.iter().map(|s| &text[tokens[s.start].range.start..tokens[s.end - 1].range.end]).collect()
    }

    #[test]
    fn stops_end_sentences() {
        assert_eq!(cut("Start low. Go slow! Why? Because."), ["Start low.", "Go slow!", "Why?", "Because."]);
        assert_eq!(cut("For pain 1. 25 mg at night."), ["For pain 1.", "25 mg at night."]);
        assert_eq!(cut("one line\nanother"), ["one line", "another"]);
        assert_eq!(cut("Stop treatment.Then wait."), ["Stop treatment.", "Then wait."]);
        assert_eq!(cut("(Use care.) Then stop."), ["(Use care.)", "Then stop."]);
    }

    #[test]
    fn abbreviations_and_decimals_do_not() {
        assert_eq!(cut("e.g. 2.5 mg b.d. for pain").len(), 1);
        assert_eq!(cut("about 10 mg vs. 20 mg daily").len(), 1);
        assert_eq!(cut("max. 4 g daily").len(), 1);
        assert_eq!(cut("10 mg vs.Placebo").len(), 1);
    }
}
