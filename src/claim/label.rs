//! Run-in heads: "Elderly:", "Chemotherapy-induced nausea –".

use super::Name;
use super::scope::Scope;
use crate::mention::{Reading, What};
use crate::text::Block;
use crate::text::token::{Token, TokenKind};
use crate::vocabulary::{CueKind, Vocabulary};
use memchr::memchr2;
use std::ops::Range;

/// A run-in head: "Elderly:" and what it lays down for the text after it.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// Its tokens, without the colon.
    pub tokens: Range<usize>,
    /// The first token it holds for.
    pub from: usize,
    /// What it lays down.
    pub scope: Scope,
    /// What is laid down behind it in its sentence, with what stands above the
    /// block and what the labels before it lay down. Their phases end with their
    /// sentences.
    pub laid: Scope,
}

/// Run-in heads: words before a colon or dash at the start of the block or of a
/// sentence, or right after another one. `inherited` is laid down above the block.
pub(crate) fn labels(block: &Block, reading: &Reading, inherited: &Scope, vocabulary: &Vocabulary) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    // A colon, or the first byte of a dash.
    let has_mark = |text: &str| memchr2(b':', "–".as_bytes()[0], text.as_bytes()).is_some();
    if !has_mark(&block.text) {
        return labels;
    }
    for sentence in &reading.sentences {
        if !has_mark(&block.text[reading.bytes(sentence.clone())]) {
            continue;
        }
        let semicolons =
            (sentence.start..sentence.end).filter(|token| reading.words.is(*token, &[";"])).map(|token| token + 1);
        for mut start in std::iter::once(sentence.start).chain(semicolons) {
            while let Some(end) = label_end(block, reading, start, sentence.end) {
                let mut scope = Scope::of(reading, start..end, vocabulary);
                if !opens_with_drug(reading, start..end) {
                    scope.drugs.clear();
                    scope.classes.clear();
                }
                if let Some(words) = own_words(reading, start..end, &scope) {
                    scope.conditions = vec![words];
                }
                let last = labels.last();
                let mut laid = last.map_or(inherited, |last| &last.laid).clone();
                if last.is_some_and(|last| last.tokens.start < sentence.start) {
                    laid.phase = inherited.phase;
                }
                laid.overlay(&scope);
                labels.push(Label { tokens: start..end, from: end + 1, scope, laid });
                start = end + 1;
            }
        }
    }
    labels
}

/// A label in which the vocabulary knows no condition ("FAP:", "Rapid sequence
/// induction:") still narrows what follows: it stands for an indication in the
/// article's own words.
fn own_words(reading: &Reading, tokens: Range<usize>, scope: &Scope) -> Option<Name> {
    const PLAIN: [&str; 26] = [
        "dose",
        "doses",
        "dosage",
        "dosing",
        "note",
        "notes",
        "important",
        "answer",
        "a",
        "q",
        "option",
        "step",
        "example",
        "standard",
        "usual",
        "day",
        "week",
        "or",
        "tip",
        "max",
        "alternative",
        "alternatively",
        "then",
        "children",
        "adult",
        "initially",
    ];
    let says_something = scope.section.is_some()
        || reading.within(tokens.clone()).any(|mention| {
            !matches!(mention.what, What::Modifier(_) | What::Condition(_) | What::Cue(_)) || is_phase(&mention.what)
        });
    let words = || tokens.clone().filter(|token| reading.tokens[*token].kind == TokenKind::Word);
    let is_short = (1..=7).contains(&words().count()) && words().any(|token| reading.words.get(token).len() > 2);
    let is_plain = || words().any(|token| reading.words.is(token, &PLAIN));
    let says_more = || scope.conditions.is_empty() || adds_words(reading, tokens.clone());
    (!says_something && is_short && !is_plain() && says_more()).then(|| {
        let words: Vec<&str> = words().map(|token| reading.words.get(token)).collect();
        Name::from(words.join(" "))
    })
}

/// "Oral morphine:" is about morphine, "Cisplatin-induced nausea" and "Use with
/// cisplatin:" are not.
fn opens_with_drug(reading: &Reading, tokens: Range<usize>) -> bool {
    let first = reading.within(tokens.clone()).find(|mention| matches!(mention.what, What::Drugs(_) | What::Class(..)));
    let Some(first) = first else { return true };
    let prefix = reading
        .within(tokens.start..first.tokens.start)
        .filter(|mention| matches!(mention.what, What::Route(_) | What::Form(_) | What::Release(_) | What::Modifier(_)))
        .map(|mention| mention.tokens.len())
        .sum::<usize>();
    let led_by_form = first.tokens.start - tokens.start <= prefix;
    let last = reading
        .within(tokens.clone())
        .any(|mention| matches!(mention.what, What::Condition(_)) && mention.tokens.start >= first.tokens.end);
    led_by_form && !last
}

/// Whether a label narrows the condition it names: "Chemotherapy-induced anaemia".
fn adds_words(reading: &Reading, tokens: Range<usize>) -> bool {
    const EMPTY: [&str; 12] = [
        "treatment",
        "management",
        "patients",
        "with",
        "for",
        "disease",
        "disorder",
        "label",
        "therapy",
        "acute",
        "chronic",
        "other",
    ];
    let in_mention = |token: usize| {
        reading.within(token.saturating_sub(8)..token + 1).any(|mention| {
            mention.tokens.contains(&token) && matches!(mention.what, What::Condition(_) | What::Modifier(_))
        })
    };
    tokens.into_iter().any(|token| {
        let Token { kind, range, .. } = &reading.tokens[token];
        *kind == TokenKind::Word && range.len() > 3 && !reading.words.is(token, &EMPTY) && !in_mention(token)
    })
}

fn is_phase(what: &What) -> bool {
    matches!(
        what,
        What::Cue(
            CueKind::Start
                | CueKind::Target
                | CueKind::Maximum
                | CueKind::Single
                | CueKind::Strength
                | CueKind::Increase
                | CueKind::Decrease
                | CueKind::Step
        )
    )
}

fn label_end(block: &Block, reading: &Reading, start: usize, limit: usize) -> Option<usize> {
    const LONGEST: usize = 14;
    let word = |token: usize| reading.tokens[token].text(&block.text);
    for token in start..limit.min(start + LONGEST) {
        let current = &reading.tokens[token];
        let spaced_after = reading.tokens.get(token + 1).is_some_and(|next| next.spaced);
        match word(token) {
            // "1:1000" and "12:30" are no labels.
            ":" if token > start => {
                let in_number = reading.tokens[token - 1].kind == TokenKind::Number && !spaced_after;
                let has_amount = reading
                    .within(start..token)
                    .any(|mention| matches!(mention.what, What::Amount(_) | What::Percent(_)));
                return (!in_number && !has_amount).then_some(token);
            }
            "—" if token > start
                && !reading.within(start..token).any(|mention| matches!(mention.what, What::Amount(_))) =>
            {
                return Some(token);
            }
            "–" if token > start && current.spaced && spaced_after && token - start <= 6 => {
                let next_is_number = reading.tokens.get(token + 1).is_some_and(|next| next.kind == TokenKind::Number);
                let after_number = reading.tokens[token - 1].kind == TokenKind::Number;
                return (!(next_is_number && after_number)).then_some(token);
            }
            ";" => return None,
            _ => {}
        }
    }
    None
}
