//! What every token says in lower case, folded once for all that ask.

use super::token::Token;

/// The most bytes of a word that is [`packed`].
const MOST_PACKED: usize = size_of::<u128>();

const ZEROS: &str = match str::from_utf8(&[0; MOST_PACKED]) {
    Ok(zeros) => zeros,
    Err(_) => panic!("zeros are text"),
};

/// The tokens of a text in lower case.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The text in lower case, behind it the words that have other letters than
    /// ASCII, and zeros, so that as many bytes as are packed stand behind each
    /// start.
    folded: String,
    /// Where each token starts and ends in `folded`.
    ranges: Vec<(u32, u32)>,
}

impl Words {
    /// Folds the tokens of a text.
    pub fn new(text: &str, tokens: &[Token]) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut folded = String::with_capacity(text.len() + MOST_PACKED);
        folded.push_str(text);
        folded.make_ascii_lowercase();
        let mut ranges: Vec<(u32, u32)> =
            tokens.iter().map(|token| (place(token.range.start), place(token.range.end))).collect();
        if !text.is_ascii() {
            for (token, range) in tokens.iter().zip(&mut ranges) {
                let word = token.text(text);
                if !word.is_ascii() {
                    let start = folded.len();
                    folded.extend(word.chars().flat_map(char::to_lowercase));
                    *range = (place(start), place(folded.len()));
                }
            }
        }
        folded.push_str(ZEROS);
        Self { folded, ranges }
    }

    /// The lower-case text of a token; empty past the ends.
    #[inline]
    pub fn get(&self, at: usize) -> &str {
        match self.ranges.get(at) {
            Some((start, end)) => self.folded.get(*start as usize..*end as usize).unwrap_or_default(),
            None => "",
        }
    }

    /// The lower-case text of a token as one number, as [`packed`] makes it;
    /// `None` past the ends.
    #[inline]
    pub fn packed(&self, at: usize) -> Option<u128> {
        let (start, end) = *self.ranges.get(at)?;
        let length = end.wrapping_sub(start) as usize;
        let bytes = self.folded.as_bytes().get(start as usize..)?.first_chunk()?;
        (1..=MOST_PACKED).contains(&length).then(|| {
            let behind = 8 * (MOST_PACKED - length);
            u128::from_le_bytes(*bytes) << behind >> behind
        })
    }

    /// Whether a token is one of these words.
    #[inline]
    pub fn is(&self, at: usize, words: &[&str]) -> bool {
        let word = match self.ranges.get(at) {
            Some((start, end)) => self.folded.as_bytes().get(*start as usize..*end as usize).unwrap_or_default(),
            None => &[],
        };
        // Rules ask this far more often than anything else, and mostly the
        // first letter answers it.
        words.iter().any(|known| known.as_bytes().first() == word.first() && known.as_bytes() == word)
    }
}

/// The bytes of a short word as one number, with zeros behind them, so that one
/// comparison tells words apart; `None` of a longer one. No word holds a zero.
pub const fn packed(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    if bytes.len() > MOST_PACKED {
        return None;
    }
    let (mut packed, mut at) = (0, 0);
    while at < bytes.len() {
        packed |= (bytes[at] as u128) << (8 * at);
        at += 1;
    }
    Some(packed)
}

/// Tells of nearly every word that it is none of some short ones, at the cost of
/// a multiplication.
#[derive(Clone, Copy, Debug)]
pub struct Filter([u64; 16]);

impl Filter {
    /// A filter that lets these words pass, and few others.
    ///
    /// # Panics
    ///
    /// If a word has too many bytes to be [`packed`]; as a constant it does not
    /// compile then.
    pub const fn of(words: &[&str]) -> Self {
        Self([0; 16]).and(words)
    }

    /// A filter that lets these words pass, too.
    ///
    /// # Panics
    ///
    /// As [`Filter::of`].
    pub const fn and(mut self, words: &[&str]) -> Self {
        let mut at = 0;
        while at < words.len() {
            let (block, bit) = Self::place(packed(words[at]).expect("a short word"));
            self.0[block] |= 1 << bit;
            at += 1;
        }
        self
    }

    /// Whether a word that is [`packed`] may be one of them.
    #[inline]
    pub const fn may_be(&self, word: u128) -> bool {
        let (block, bit) = Self::place(word);
        self.0[block] >> bit & 1 == 1
    }

    /// A block, and a bit of it, from the top bits of a product, which all bytes
    /// have a part in.
    const fn place(word: u128) -> (usize, u32) {
        let hash = (word as u64 ^ (word >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        ((hash >> 60) as usize, (hash >> 54 & 63) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    #[test]
    fn a_filter_lets_its_words_pass_and_few_others() {
        const FILTER: Filter = Filter::of(&["every", "each", "a", "twenty", "½"]);
        let passes = |word: &str| packed(word).is_some_and(|word| FILTER.may_be(word));
        assert!(["every", "each", "a", "twenty", "½"].into_iter().all(passes));
        let others = ["the", "of", "an", "ever", "yrevery", "dose", "10", "mg", ",", ".", "tablets", "should", "be"];
        assert!(others.into_iter().filter(|word| passes(word)).count() < 3);
    }

    #[test]
    fn words_are_packed_as_they_are_read() {
        let text = "Ménière's ÅNGSTRÖM 10 Mg, of a Contraindicated Hydrochlorothiazide–x";
        let words = Words::new(text, &tokens(text));
        let all =
            ["ménière's", "ångström", "10", "mg", ",", "of", "a", "contraindicated", "hydrochlorothiazide", "–", "x"];
        for (at, word) in all.into_iter().enumerate() {
            assert_eq!(words.get(at), word);
            assert_eq!(words.packed(at), packed(word), "{word}");
            assert!(words.is(at, &["no", word]) && !words.is(at, &["no"]));
        }
        assert_eq!((words.get(all.len()), words.packed(all.len())), ("", None));
    }
}
