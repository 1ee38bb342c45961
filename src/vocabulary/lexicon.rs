//! The words of all phrases with their numbers.

use crate::text::words::packed;
use rustc_hash::FxHashMap;
use std::mem::replace;

/// A word of some phrase, by its number.
pub(super) type WordId = u32;

/// The number of all words that no phrase has.
pub(super) const UNKNOWN: WordId = 0;

/// The words of phrases.
///
/// Every token of every article is looked up here, so short words, which are
/// nearly all, are kept packed in a table of their own: the place of a word
/// follows from its bytes, and where another has it, it is the next free one.
pub(super) struct Lexicon {
    /// A power of two of places, no more than half of them taken; 0 is no word.
    short: Vec<u128>,
    /// The numbers of the words at these places.
    numbers: Vec<WordId>,
    long: FxHashMap<Box<str>, WordId>,
    len: u32,
}

impl Default for Lexicon {
    fn default() -> Self {
        Self { short: vec![0; 2], numbers: vec![UNKNOWN; 2], long: FxHashMap::default(), len: 0 }
    }
}

impl Lexicon {
    /// How many words there are. Their numbers go from 1 to it.
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// The number of a word.
    pub fn get(&self, word: &str) -> WordId {
        match packed(word) {
            Some(word) => self.get_packed(word),
            None => self.long.get(word).copied().unwrap_or(UNKNOWN),
        }
    }

    /// The number of a word that is packed.
    #[inline]
    pub fn get_packed(&self, word: u128) -> WordId {
        self.numbers[self.place(word)]
    }

    /// The number of a word, which it gets where it is new.
    pub fn number(&mut self, word: &str) -> WordId {
        let known = self.get(word);
        if known != UNKNOWN {
            return known;
        }
        self.len += 1;
        match packed(word) {
            Some(word) => self.put(word, self.len),
            None => drop(self.long.insert(word.into(), self.len)),
        }
        self.len
    }

    fn put(&mut self, word: u128, number: WordId) {
        if 2 * self.len() > self.short.len() {
            let more = 4 * self.short.len();
            let words = replace(&mut self.short, vec![0; more]);
            let numbers = replace(&mut self.numbers, vec![UNKNOWN; more]);
            words
                .into_iter()
                .zip(numbers)
                .filter(|(word, _)| *word != 0)
                .for_each(|(word, number)| self.put(word, number));
        }
        let place = self.place(word);
        (self.short[place], self.numbers[place]) = (word, number);
    }

    /// Where a word is, or where it belongs.
    #[inline]
    fn place(&self, word: u128) -> usize {
        let last = self.short.len() - 1;
        let mut place = (hash(word) >> 32) as usize & last;
        while self.short[place] != word && self.short[place] != 0 {
            place = (place + 1) & last;
        }
        place
    }
}

/// Mixes all bytes of a word into the upper half.
#[inline]
fn hash(word: u128) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    ((word as u64).wrapping_mul(ODD) ^ (word >> 64) as u64).wrapping_mul(ODD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_numbers_as_the_table_grows() {
        let mut lexicon = Lexicon::default();
        let words: Vec<String> =
            (0..500).flat_map(|at| [format!("w{at}"), format!("hydrochlorothiazide{at}")]).collect();
        let numbers: Vec<WordId> = words.iter().map(|word| lexicon.number(word)).collect();
        assert_eq!(numbers, (1..=1000).collect::<Vec<WordId>>());
        assert_eq!(lexicon.len(), 1000);
        for (word, number) in words.iter().zip(numbers) {
            assert_eq!((lexicon.get(word), lexicon.number(word)), (number, number));
        }
        assert!(["w500", "hydrochlorothiazide500", "", "\0"].into_iter().all(|word| lexicon.get(word) == UNKNOWN));
    }
}
