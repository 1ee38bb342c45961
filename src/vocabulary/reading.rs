//! A text as the automaton reads it.

use super::phrases::{Phrases, State, UNKNOWN, WordId};
use super::word::{fold, is_bridge, is_hyphen, singular};
use crate::text::token::{Token, TokenKind};
use crate::text::words::Words;

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
        let read = |at: usize| {
            let ids = of_token(phrases, words, at);
            let joined_tokens = joined_tokens(text, tokens, at);
            let joined = if joined_tokens > 0 {
                let other = at + usize::from(joined_tokens) - 1;
                of_folded(phrases, &[fold(words.get(at)), fold(words.get(other))].concat())
            } else {
                [UNKNOWN; 2]
            };
            let bridge = is_bridge(text, tokens, at);
            let is_first = |ids: [WordId; 2]| ids.iter().any(|id| phrases.begins_with(*id));
            let begins = !bridge && (is_first(ids) || is_first(joined)) && may_begin(text, tokens, at);
            Word { ids, joined, joined_tokens, bridge, begins }
        };
        Self { phrases, words: (0..tokens.len()).map(read).collect() }
    }

    /// Whether a phrase may begin at a token.
    pub fn begins(&self, at: usize) -> bool {
        self.words[at].begins
    }

    /// Follows every way from a state through the tokens from `at` on, and
    /// tells each state it gets to, with the token after it.
    pub fn walk(&self, state: State, at: usize, visit: &mut impl FnMut(State, usize)) {
        if !self.phrases.goes_on(state) {
            return;
        }
        // One bridge and no more, so that a line of hyphens parts words.
        let at = at + usize::from(self.words.get(at).is_some_and(|word| word.bridge));
        let Some(word) = self.words.get(at) else { return };
        self.follow(state, word.ids, at + 1, visit);
        if word.joined_tokens > 0 {
            self.follow(state, word.joined, at + usize::from(word.joined_tokens), visit);
        }
    }

    fn follow(&self, state: State, ids: [WordId; 2], after: usize, visit: &mut impl FnMut(State, usize)) {
        for id in ids {
            if id != UNKNOWN
                && let Some(next) = self.phrases.next(state, id)
            {
                visit(next, after);
                self.walk(next, after, visit);
            }
        }
    }
}

/// The numbers of a token and of its singular. Every token of every article is
/// looked up here, and most need no folding beyond their lower case.
fn of_token(phrases: &Phrases, words: &Words, at: usize) -> [WordId; 2] {
    match words.packed(at) {
        Some(packed) if !may_fold(packed) => [phrases.packed_word(packed), UNKNOWN],
        _ => of_folded(phrases, &fold(words.get(at))),
    }
}

/// Whether folding a packed word may change it, or it may be a plural.
fn may_fold(packed: u128) -> bool {
    const NOT_ASCII: u128 = u128::from_le_bytes([0x80; 16]);
    let last = packed >> (120 - packed.leading_zeros() / 8 * 8);
    packed & NOT_ASCII != 0 || last == u128::from(b's')
}

/// The numbers of a folded word and of its singular.
fn of_folded(phrases: &Phrases, folded: &str) -> [WordId; 2] {
    [phrases.word(folded), singular(folded).map_or(UNKNOWN, |singular| phrases.word(&singular))]
}

/// How many tokens from `at` on could be one word: two words that a hyphen
/// ties, or that an invisible sign (a soft hyphen) parts.
fn joined_tokens(text: &str, tokens: &[Token], at: usize) -> u8 {
    let is_word = |at: usize| tokens.get(at).is_some_and(|token| token.kind == TokenKind::Word);
    if !is_word(at) {
        0
    } else if is_word(at + 1) && !tokens[at + 1].spaced {
        2
    } else if is_word(at + 2)
        && !tokens[at + 2].spaced
        && !tokens[at + 1].spaced
        && is_hyphen(tokens[at + 1].text(text))
    {
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
