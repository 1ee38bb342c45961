//! What every token says in lower case, folded once for all rules that ask.

use crate::text::token::Token;

/// The tokens of a text in lower case, in one string.
#[derive(Clone, Debug, Default)]
pub struct Words {
    folded: String,
    /// Where each token ends in `folded`.
    ends: Vec<u32>,
}

impl Words {
    /// Folds the tokens of a text.
    pub fn new(text: &str, tokens: &[Token]) -> Self {
        let mut words = Self { folded: String::with_capacity(text.len()), ends: Vec::with_capacity(tokens.len()) };
        for token in tokens {
            let word = token.text(text);
            if word.is_ascii() {
                words.folded.extend(word.bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
            } else {
                words.folded.extend(word.chars().flat_map(char::to_lowercase));
            }
            words.ends.push(u32::try_from(words.folded.len()).unwrap_or(u32::MAX));
        }
        words
    }

    /// The lower-case text of a token; empty past the ends.
    pub fn get(&self, at: usize) -> &str {
        let Some(end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.folded.get(start as usize..*end as usize).unwrap_or_default()
    }
}
