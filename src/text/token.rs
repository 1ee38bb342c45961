//! Words, numbers and signs of a block's text.

use std::ops::Range;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters, with apostrophes inside them ("don't", "Parkinson's") and
    /// digits after the first letter ("b12", "CYP2D6").
    Word,
    /// Digits only ("10", "2024"); separators are tokens of their own.
    Number,
    /// One character that is neither letter, digit nor white space.
    Sign,
}

/// A word, a number, or a sign, with its range in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// Whether white space (or the start of the text) stands before it.
    pub spaced: bool,
}

impl Token {
    /// The token's characters.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.range.clone()]
    }
}

/// Cuts a text into tokens. White space (any Unicode kind, thin spaces too)
/// separates and is dropped; a number is cut off from the letters after it
/// ("25mg" is two tokens), letters are not cut from digits after them.
pub fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut spaced = true;
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        let start = at;
        at += 1;
        let kind = match first {
            b' ' | b'\t'..=b'\r' => {
                spaced = true;
                continue;
            }
            b'0'..=b'9' => {
                at = ascii_end(bytes, at, u8::is_ascii_digit);
                TokenKind::Number
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                at = word_end(text, at);
                TokenKind::Word
            }
            0..=0x7f => TokenKind::Sign,
            _ => {
                let Some(first) = text[start..].chars().next() else { break };
                at = start + first.len_utf8();
                if first.is_whitespace() || is_invisible(first) {
                    spaced |= first.is_whitespace();
                    continue;
                }
                if is_letter(first) {
                    at = word_end(text, at);
                    TokenKind::Word
                } else {
                    TokenKind::Sign
                }
            }
        };
        tokens.push(Token { kind, range: start..at, spaced });
        spaced = false;
    }
    tokens
}

/// Where the word ends that goes on at `at`.
fn word_end(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        at = ascii_end(bytes, at, u8::is_ascii_alphanumeric);
        // Nearly all words end here, and nearly all text needs no decoding.
        match bytes.get(at) {
            Some(b'\'' | 0x80..) => {}
            _ => return at,
        }
        match text[at..].chars().next() {
            Some(next) if is_letter(next) || is_inner_apostrophe(text, at, next) => at += next.len_utf8(),
            _ => return at,
        }
    }
}

/// Where ASCII characters of this kind end.
fn ascii_end(bytes: &[u8], at: usize, is_inside: impl Fn(&u8) -> bool) -> usize {
    bytes[at..].iter().position(|byte| !is_inside(byte)).map_or(bytes.len(), |length| at + length)
}

/// Letters proper; superscripts and fraction characters are signs.
fn is_letter(character: char) -> bool {
    character.is_alphabetic() && character != 'ª' && character != 'º'
}

/// Soft hyphens and zero-width characters, which copied web text is full of.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_inner_apostrophe(text: &str, at: usize, character: char) -> bool {
    matches!(character, '\'' | '’') && text[at + character.len_utf8()..].chars().next().is_some_and(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| &text[token.range.clone()]).collect()
    }

    #[test]
    fn numbers_are_cut_from_letters_but_not_letters_from_numbers() {
        assert_eq!(words("25-50mg of B12, CYP2D6"), ["25", "-", "50", "mg", "of", "B12", ",", "CYP2D6"]);
        assert_eq!(words("1 000·5 µg/kg"), ["1", "000", "·", "5", "µg", "/", "kg"]);
    }

    #[test]
    fn apostrophes_inside_a_word_belong_to_it() {
        assert_eq!(words("Parkinson’s 'mild' don't"), ["Parkinson’s", "'", "mild", "'", "don't"]);
    }

    #[test]
    fn tokens_know_whether_space_stands_before_them() {
        let spaced: Vec<bool> = tokens("1:1000 in\u{2009}water").iter().map(|token| token.spaced).collect();
        assert_eq!(spaced, [true, false, false, true, true]);
    }
}
