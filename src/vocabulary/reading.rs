//! A text as the automaton reads it.

use super::lexicon::{UNKNOWN, WordId};
use super::phrases::{Phrases, START, State};
use super::word::{fold, is_bridge, is_hyphen, singular};
use crate::text::token::{Token, TokenKind};
use crate::text::words::Words;
use std::iter;

/// Words after which a phrase does not begin, because they turn it round or
/// make it another: "non-pregnant", "anti-insulin antibodies", "pre-diabetes".
const TURNING: [&str; 4] = ["anti", "non", "pre", "pseudo"];

/// The words of one text, one for each token.
pub(super) struct Reading<'v> {
    phrases: &'v Phrases,
    words: Vec<Word>,
}

/// A token as the automaton sees it.
#[derive(Clone, Copy)]
struct Word {
    /// The word, and its singular.
    ids: [WordId; 2],
    /// This token and a later one as one word ("anti-depressant" where the
    /// vocabulary has "antidepressant"), and its singular.
    joined: [WordId; 2],
    /// How many tokens `joined` covers.
    joined_tokens: u8,
    /// Whether the token may be passed over inside a phrase.
    bridge: bool,
    /// Whether a phrase may begin here.
    begins: bool,
}

impl<'v> Reading<'v> {
    pub fn new(phrases: &'v Phrases, text: &str, tokens: &[Token], words: &Words) -> Self {
        let is_first = |ids: [WordId; 2]| ids.iter().any(|id| phrases.first(*id) != START);
        let read = |at: usize| {
            let ids = of_token(phrases, words, at);
            if is_bridge(text, tokens, at) {
                return Word { ids, joined: [UNKNOWN; 2], joined_tokens: 0, bridge: true, begins: false };
            }
            let joined_tokens = joined_tokens(text, tokens, at);
            let joined = if joined_tokens > 0 {
                let other = at + usize::from(joined_tokens) - 1;
                of_folded(phrases, &[fold(words.get(at)), fold(words.get(other))].concat())
            } else {
                [UNKNOWN; 2]
            };
            let begins = (is_first(ids) || is_first(joined)) && may_begin(text, tokens, at);
            Word { ids, joined, joined_tokens, bridge: false, begins }
        };
        Self { phrases, words: (0..tokens.len()).map(read).collect() }
    }

    /// Whether a phrase may begin at a token.
    pub fn begins(&self, at: usize) -> bool {
        self.words[at].begins
    }

    /// Follows every way through the tokens from `at` on, where a phrase may
    /// begin, and tells each state it gets to, with the token after it.
    pub fn walk(&self, at: usize, visit: &mut impl FnMut(State, usize)) {
        let word = &self.words[at];
        for (ids, covered) in word.ways() {
            for id in ids {
                let next = self.phrases.first(id);
                if next != START {
                    visit(next, at + covered);
                    self.go_on(next, at + covered, visit);
                }
            }
        }
    }

    fn go_on(&self, state: State, at: usize, visit: &mut impl FnMut(State, usize)) {
        let nexts = self.phrases.nexts(state);
        if nexts.is_empty() {
            return;
        }
        // One bridge and no more, so that a line of hyphens parts words.
        let at = at + usize::from(self.words.get(at).is_some_and(|word| word.bridge));
        let Some(word) = self.words.get(at) else { return };
        for (ids, covered) in word.ways() {
            for id in ids {
                if id != UNKNOWN
                    && let Ok(place) = nexts.binary_search_by_key(&id, |(known, _)| *known)
                {
                    visit(nexts[place].1, at + covered);
                    self.go_on(nexts[place].1, at + covered, visit);
                }
            }
        }
    }
}

impl Word {
    /// The words that a way may take from here, and how many tokens each covers.
    fn ways(&self) -> impl Iterator<Item = ([WordId; 2], usize)> + use<> {
        let joined = (self.joined_tokens > 0).then_some((self.joined, usize::from(self.joined_tokens)));
        iter::once((self.ids, 1)).chain(joined)
    }
}

/// The numbers of a token and of its singular. Every token of every article is
/// looked up here; most need no folding beyond their lower case, and most plurals
/// have one letter too many.
fn of_token(phrases: &Phrases, words: &Words, at: usize) -> [WordId; 2] {
    const NOT_ASCII: u128 = u128::from_le_bytes([0x80; 16]);
    // A zero byte is a sign of its own, and packed it is nothing.
    let Some(packed) = words.packed(at).filter(|packed| *packed != 0 && packed & NOT_ASCII == 0) else {
        return of_folded(phrases, &fold(words.get(at)));
    };
    let last = 120 - (packed.leading_zeros() & !7);
    if packed >> last != u128::from(b's') {
        return [phrases.packed_word(packed), UNKNOWN];
    }
    let stem = packed & !(0xff << last);
    match stem.checked_shr(last.wrapping_sub(8)).unwrap_or(0) as u8 {
        b's' | b'e' | b'\'' | 0 => of_folded(phrases, &fold(words.get(at))),
        _ if last == 8 => [phrases.packed_word(packed), UNKNOWN],
        _ => [phrases.packed_word(packed), phrases.packed_word(stem)],
    }
}

/// The numbers of a folded word and of its singular.
fn of_folded(phrases: &Phrases, folded: &str) -> [WordId; 2] {
    [phrases.word(folded), singular(folded).map_or(UNKNOWN, |singular| phrases.word(&singular))]
}

/// How many tokens from `at` on could be one word: two words that a hyphen
/// ties, or that an invisible sign (a soft hyphen) parts.
fn joined_tokens(text: &str, tokens: &[Token], at: usize) -> u8 {
    let is_word = |at: usize| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
    let is_tied = |at: usize| tokens.get(at).is_some_and(|token| !token.spaced);
    if !is_tied(at + 1) || !is_word(at) {
        0
    } else if is_word(at + 1) {
        2
    } else if is_word(at + 2) && is_tied(at + 2) && is_hyphen(tokens[at + 1].text(text)) {
        3
    } else {
        0
    }
}

/// Whether the tokens before `at` let a phrase begin there.
fn may_begin(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    let sign = before.text(text);
    if before.kind == TokenKind::Word {
        return !sign.eq_ignore_ascii_case("non");
    }
    let Some(host) = at.checked_sub(2).map(|host| &tokens[host]) else { return true };
    let tied = !tokens[at].spaced && !before.spaced;
    if tied && is_hyphen(sign) {
        return !TURNING.iter().any(|word| host.text(text).eq_ignore_ascii_case(word));
    }
    // The decimals of a number are not a number: "1.2 times a day".
    let inside_number = tied && host.kind == TokenKind::Number && matches!(sign, "." | "," | "·");
    !(inside_number && tokens[at].kind == TokenKind::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn short_words_are_looked_up_as_all_others() {
        let phrases = &Vocabulary::builtin().phrases;
        let text = "Tablets of SSRIs, allergies and abscesses: is gas as IDs? Doses s 's ’s Parkinson's Crohn’s \0 Ménière's \
                    patches tablets' hydrochlorothiazides contraindications virus µg 5s b12s";
        let tokens = tokens(text);
        let words = Words::new(text, &tokens);
        for at in 0..tokens.len() {
            assert_eq!(of_token(phrases, &words, at), of_folded(phrases, &fold(words.get(at))), "{}", words.get(at));
        }
        assert_ne!(of_token(phrases, &words, 0)[1], UNKNOWN, "the singular of a plural is known");
    }
}
