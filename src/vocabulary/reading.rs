//! A text as the automaton reads it.

use super::phrases::{Phrases, State};
use super::word::{fold, is_bridge, is_hyphen, to_singular};
use crate::text::token::{Token, TokenKind};

/// Words after which a phrase does not begin, because they turn it round or
/// make it another: "non-pregnant", "anti-insulin antibodies", "pre-diabetes".
const TURNING: [&str; 4] = ["anti", "non", "pre", "pseudo"];

/// The words of one text, one for each token.
pub(super) struct Reading<'v> {
    phrases: &'v Phrases,
    words: Vec<Word>,
}

/// A token as the automaton sees it.
#[derive(Clone, Copy, Default)]
struct Word {
    /// The word, and its singular.
    ids: [Option<u32>; 2],
    /// This token and a later one as one word ("anti-depressant" where the
    /// vocabulary has "antidepressant"), and its singular.
    joined: [Option<u32>; 2],
    /// How many tokens `joined` covers.
    joined_tokens: usize,
    /// Whether the token may be passed over inside a phrase.
    bridge: bool,
    /// Whether a phrase may begin here.
    begins: bool,
}

impl<'v> Reading<'v> {
    pub fn new(phrases: &'v Phrases, text: &str, tokens: &[Token]) -> Self {
        let mut folded = String::new();
        let mut words = Vec::with_capacity(tokens.len());
        for (at, token) in tokens.iter().enumerate() {
            let mut word = Word { bridge: is_bridge(text, tokens, at), ..Word::default() };
            fold(token.text(text), &mut folded);
            let joined_tokens = joined_tokens(text, tokens, at);
            if joined_tokens > 0 {
                let mut whole = folded.clone();
                fold(tokens[at + joined_tokens - 1].text(text), &mut folded);
                whole.push_str(&folded);
                std::mem::swap(&mut whole, &mut folded);
                word.joined = ids(phrases, &mut folded);
                word.joined_tokens = joined_tokens;
                fold(token.text(text), &mut folded);
            }
            word.ids = ids(phrases, &mut folded);
            word.begins =
                !word.bridge && (word.ids != [None; 2] || word.joined != [None; 2]) && may_begin(text, tokens, at);
            words.push(word);
        }
        Self { phrases, words }
    }

    /// Whether a phrase may begin at a token.
    pub fn begins(&self, at: usize) -> bool {
        self.words[at].begins
    }

    /// Follows every way from a state through the tokens from `at` on, and
    /// tells each state it gets to, with the token after it.
    pub fn walk(&self, state: State, at: usize, visit: &mut impl FnMut(State, usize)) {
        // One bridge and no more, so that a line of hyphens parts words.
        let at = at + usize::from(self.words.get(at).is_some_and(|word| word.bridge));
        let Some(word) = self.words.get(at) else { return };
        let ways = [(word.ids, 1), (word.joined, word.joined_tokens)];
        for (ids, covered) in ways {
            for next in ids.into_iter().flatten().filter_map(|id| self.phrases.next(state, id)) {
                visit(next, at + covered);
                self.walk(next, at + covered, visit);
            }
        }
    }
}

/// The numbers of a word and of its singular; the word is changed.
fn ids(phrases: &Phrases, folded: &mut String) -> [Option<u32>; 2] {
    let word = phrases.word(folded);
    let singular = if to_singular(folded) { phrases.word(folded) } else { None };
    [word, singular]
}

/// How many tokens from `at` on could be one word: two words that a hyphen
/// ties, or that an invisible sign (a soft hyphen) parts.
fn joined_tokens(text: &str, tokens: &[Token], at: usize) -> usize {
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
