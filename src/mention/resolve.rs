//! From vocabulary matches to mentions: ambiguous words judged by what stands
//! near them, drugs joined into combinations.

use super::{Mention, What};
use crate::quantity::{Frequency, Interval, Name};
use crate::text::token::{Token, TokenKind};
use crate::text::words::Words;
use crate::vocabulary::{FormKind, FrequencyKind, Policy, Term, Vocabulary};
use rust_decimal::Decimal;

/// Finds every phrase of the vocabulary.
///
/// `is_head` says that the text is a heading or another short head: there an
/// everyday word ("Iron", "Adrenaline") is the subject.
pub(super) fn phrases(
    text: &str,
    tokens: &[Token],
    words: &Words,
    vocabulary: &Vocabulary,
    is_head: bool,
) -> Vec<Mention> {
    let mut mentions = Vec::new();
    for found in vocabulary.find(text, tokens, words) {
        let (start, end) = (found.tokens.start, found.tokens.end);
        let rejected = match found.policy {
            _ if is_head => false,
            Policy::Free => false,
            // "ER: 5 mg daily" heads what follows, however far the number is.
            Policy::Dose => {
                let is_label = tokens.get(end).is_some_and(|token| token.text(text) == ":");
                !is_label && !has_number_near(tokens, start, end)
            }
            Policy::Use => !has_number_near(tokens, start, end) && !is_given(tokens, words, start, end),
        };
        for term in found.terms.iter().filter(|_| !rejected) {
            if let Some(what) = mention_of(*term, &text[found.range.clone()], vocabulary) {
                mentions.push(Mention { tokens: found.tokens.clone(), what });
            }
        }
    }
    mentions.retain(|mention| !is_adjective(words, mention));
    join_combinations(text, tokens, &mut mentions);
    mentions
}

/// "antidepressant effects", "low analgesic doses": the class word says what
/// kind of effect or dose, and names no drug.
fn is_adjective(words: &Words, mention: &Mention) -> bool {
    matches!(mention.what, What::Class(..))
        && ["effect", "activit", "dos", "propert", "action", "efficac", "response", "burden", "symptom", "syndrome"]
            .iter()
            .any(|stem| words.get(mention.tokens.end).starts_with(stem))
}

/// An everyday word means the drug only beside a number.
fn has_number_near(tokens: &[Token], start: usize, end: usize) -> bool {
    let near = tokens[start.saturating_sub(4)..start].iter().chain(tokens[end..].iter().take(3));
    near.into_iter().any(|token| token.kind == TokenKind::Number)
}

/// Words of giving, using and treating near a hormone's name make it the drug.
fn is_given(tokens: &[Token], words: &Words, start: usize, end: usize) -> bool {
    const STEMS: [&str; 22] = [
        "dose",
        "dosing",
        "administ",
        "give",
        "inject",
        "infus",
        "intraven",
        "intramus",
        "subcut",
        "nebuli",
        "therapy",
        "treat",
        "contraindicat",
        "prescri",
        "use",
        "using",
        "start",
        "medication",
        "drug",
        "agent",
        "auto",
        "device",
    ];
    let mut near = (start.saturating_sub(6)..start).chain(end..tokens.len().min(end + 6));
    near.any(|at| tokens[at].kind == TokenKind::Word && STEMS.iter().any(|stem| words.get(at).starts_with(stem)))
}

fn mention_of(term: Term, surface: &str, vocabulary: &Vocabulary) -> Option<What> {
    Some(match term {
        Term::Drug(id) => What::Drugs(vec![vocabulary.drugs[id.index()].name.clone()]),
        Term::Combination(id) => {
            let components = &vocabulary.combinations[id.index()].components;
            let mut names: Vec<Name> =
                components.iter().map(|drug| vocabulary.drugs[drug.index()].name.clone()).collect();
            names.sort();
            What::Drugs(names)
        }
        Term::Class(id) => What::Class(id, vocabulary.classes[id.index()].name.clone()),
        Term::Condition(id) => What::Condition(id),
        Term::Population(id) => What::Population(id),
        Term::Route(id) => What::Route(vocabulary.routes[id.index()].name.clone()),
        Term::Form(id) => {
            let form = &vocabulary.forms[id.index()];
            match form.kind {
                FormKind::Form => What::Form(form.name.clone()),
                FormKind::Release => What::Release(form.name.clone()),
            }
        }
        Term::Modifier(id) => What::Modifier(vocabulary.modifiers[id.index()].word.clone()),
        Term::Frequency(id) => frequency(id.index(), surface, vocabulary)?,
        Term::Cue(kind) => What::Cue(kind),
    })
}

/// "daily" alone may mean a whole day's amount; "in divided doses" says
/// nothing about how often.
fn frequency(index: usize, surface: &str, vocabulary: &Vocabulary) -> Option<What> {
    let entry = &vocabulary.frequencies[index];
    const DAILY: [&str; 7] = ["daily", "a day", "per day", "each day", "every day", "/day", "/d"];
    if DAILY.iter().any(|daily| surface.eq_ignore_ascii_case(daily)) {
        return Some(What::Daily);
    }
    let times = entry.times.map(|times| Interval::new(Decimal::from(times.low), Decimal::from(times.high)));
    if entry.kind == FrequencyKind::Split {
        return Some(What::Divided(times));
    }
    Some(What::Frequency(Frequency { times: times?, days: Decimal::from(entry.times?.per_days) }))
}

/// "A + B" is one combination, also where the vocabulary does not list it.
fn join_combinations(text: &str, tokens: &[Token], mentions: &mut Vec<Mention>) {
    let mut drugs: Vec<usize> =
        (0..mentions.len()).filter(|index| matches!(mentions[*index].what, What::Drugs(_))).collect();
    if drugs.len() < 2 {
        return;
    }
    drugs.sort_by_key(|index| mentions[*index].tokens.start);
    let mut joined: Vec<bool> = vec![false; mentions.len()];
    let mut at = 0;
    while at < drugs.len() {
        let mut last = at;
        let mut names = names_of(&mentions[drugs[at]].what);
        while last + 1 < drugs.len() {
            let (left, right) = (&mentions[drugs[last]].tokens, &mentions[drugs[last + 1]].tokens);
            let more = names_of(&mentions[drugs[last + 1]].what);
            let sign = (right.start == left.end + 1).then(|| tokens[left.end].text(text));
            if sign != Some("+") {
                break;
            }
            names.extend(more);
            last += 1;
        }
        if last > at {
            names.sort();
            names.dedup();
            let end = mentions[drugs[last]].tokens.end;
            mentions[drugs[at]].tokens.end = end;
            mentions[drugs[at]].what = What::Drugs(names);
            for index in &drugs[at + 1..=last] {
                joined[*index] = true;
            }
        }
        at = last + 1;
    }
    let mut index = 0;
    mentions.retain(|_| {
        index += 1;
        !joined[index - 1]
    });
}

fn names_of(what: &What) -> Vec<Name> {
    match what {
        What::Drugs(names) => names.clone(),
        _ => Vec::new(),
    }
}
