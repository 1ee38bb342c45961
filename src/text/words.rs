//! What every token says in lower case, folded once for all that ask.

use super::token::Token;

/// The tokens of a text in lower case, in one string.
#[derive(Clone, Debug, Default)]
pub struct Words {
    folded: String,
    /// Where each token starts in `folded`; and where the last one ends.
    starts: Vec<u32>,
}

impl Words {
    /// Folds the tokens of a text.
    pub fn new(text: &str, tokens: &[Token]) -> Self {
        let mut words =
            Self { folded: String::with_capacity(text.len()), starts: Vec::with_capacity(tokens.len() + 1) };
        words.starts.push(0);
        for token in tokens {
            let word = token.text(text);
            if word.is_ascii() {
                let start = words.folded.len();
                words.folded.push_str(word);
                words.folded[start..].make_ascii_lowercase();
            } else {
                words.folded.extend(word.chars().flat_map(char::to_lowercase));
            }
            words.starts.push(u32::try_from(words.folded.len()).unwrap_or(u32::MAX));
        }
        words
    }

    /// The lower-case text of a token; empty past the ends.
    pub fn get(&self, at: usize) -> &str {
        match self.starts.get(at..).unwrap_or_default() {
            [start, end, ..] => self.folded.get(*start as usize..*end as usize).unwrap_or_default(),
            _ => "",
        }
    }

    /// Whether a token is one of these words.
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = self.get(at).as_bytes();
        // Rules ask this far more often than anything else, and mostly the
        // first letter answers it.
        words.iter().any(|known| known.as_bytes().first() == word.first() && known.as_bytes() == word)
    }
}
