//! Lists of conditions, in which an item needs no word to introduce it.

use super::narrow::add_modifier;
use super::{Named, named};
use crate::claim::Name;
use crate::claim::scene::Scene;
use crate::mention::What;
use crate::text::token::TokenKind;
use std::ops::Range;

/// The items of a list, comma-separated or one alone: every known condition,
/// and the item's own words where the vocabulary knows nothing in it.
pub(crate) fn listed(scene: &Scene, tokens: Range<usize>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for item in items(scene, tokens) {
        // "Kidney disease, severe": the rest narrows what stands before it.
        if let Some(last) = found.last_mut().filter(|last| last.known) {
            let words = narrowing(scene, &item);
            if !words.is_empty() {
                words.into_iter().for_each(|word| add_modifier(last, word));
                continue;
            }
        }
        let mut known = named(scene, item.clone());
        // "bipolar disorder (episodes of mania)": the bracket explains.
        if let Some(open) = item
            .clone()
            .find(|token| scene.is(*token, &["("]))
            .filter(|open| known.iter().any(|named| named.tokens.end <= *open))
        {
            // "hypoxic states (e.g. heart failure)": the bracket lists.
            let lists = (open..(open + 4).min(item.end))
                .any(|token| scene.is(token, &["e.g.", "e.g", "e", "such", "like", "including"]));
            known.retain(|named| named.tokens.end <= open || lists);
            // "glaucoma (for ophthalmic use)": by that route only.
            let routes = scene.reading.within(open..item.end).filter_map(|mention| match &mention.what {
                What::Route(route) => Some(route.clone()),
                _ => None,
            });
            let is_high = (open..item.end).any(|token| {
                scene.is(
                    token,
                    &[
                        "doses",
                        "dose",
                        "gargle",
                        "gargles",
                        "topical",
                        "parenteral",
                        "systemic",
                        "ophthalmic",
                        "injection",
                    ],
                )
            });
            let routes = routes.chain(is_high.then(|| Name::from(scene.text(open + 1..item.end).to_lowercase())));
            for route in routes {
                known
                    .iter_mut()
                    .filter(|named| named.tokens.end <= open)
                    .for_each(|named| add_modifier(named, route.clone()));
            }
        }
        let conditions: Vec<Named> = if known.iter().any(|named| !named.interaction && named.population.is_none()) {
            // "hypersensitivity to amitriptyline": the drug is not an item of its own.
            known.into_iter().filter(|named| !named.interaction || joins_list(scene, named, &item)).collect()
        } else {
            known
        };
        if conditions.is_empty() {
            found.extend(own_words(scene, item));
        } else {
            found.extend(conditions);
        }
    }
    found
}

/// What an item of nothing but narrowing words says.
pub(super) fn narrowing(scene: &Scene, item: &Range<usize>) -> Vec<Name> {
    let mut words = Vec::new();
    let mut token = item.start;
    while token < item.end {
        let modifier = scene.reading.within(token..token + 1).find_map(|mention| match &mention.what {
            What::Modifier(name) => Some((name.clone(), mention.tokens.end)),
            _ => None,
        });
        token = match modifier {
            Some((name, end)) => {
                words.push(name);
                end
            }
            None if scene.is(token, &["or", "and", "use", "if", "very", "not"]) => token + 1,
            None if scene.is(token, &["excessive", "heavy"]) => {
                words.push(Name::from("excessive"));
                token + 1
            }
            None => return Vec::new(),
        };
    }
    words
}

fn joins_list(scene: &Scene, named: &Named, item: &Range<usize>) -> bool {
    named.tokens.start == item.start || scene.is(named.tokens.start - 1, &["or", "and"])
}

/// Cuts at commas and semicolons outside brackets, and at a final "and"/"or"
/// after one.
fn items(scene: &Scene, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut depth = 0_i32;
    let mut start = tokens.start;
    for token in tokens.clone() {
        match scene.word(token) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "," | ";" if depth <= 0 => {
                items.push(start..token);
                start = token + 1;
            }
            _ => {}
        }
    }
    items.push(start..tokens.end);
    items.into_iter().map(|item| trimmed(scene, item)).filter(|item| !item.is_empty()).collect()
}

fn trimmed(scene: &Scene, item: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (item.start, item.end);
    while start < end
        && scene.is(
            start,
            &["and", "or", "the", "a", "an", ":", "-", "any", "known", "include", "includes", "are", "*", "—"],
        )
    {
        start += 1;
    }
    while end > start && (scene.is(end - 1, &[".", ",", ";", "or", "and", "*", ":"])) {
        end -= 1;
    }
    start..end
}

/// An item that the vocabulary does not know, in the article's own words.
fn own_words(scene: &Scene, item: Range<usize>) -> Option<Named> {
    if scene.is(item.start, &["for"]) && scene.is(item.start + 1, &["example", "instance"]) {
        return None;
    }
    // "history of" is what is left of an item turned round.
    if scene.is(item.end.wrapping_sub(1), &["of", "with", "for"]) {
        return None;
    }
    let words = item.clone().filter(|token| scene.reading.tokens[*token].kind == TokenKind::Word).count();
    let has_verb = item
        .clone()
        .any(|token| scene.is(token, &["is", "are", "should", "may", "can", "your", "you", "this", "will", "see"]));
    if words == 0 || words > 8 || has_verb {
        return None;
    }
    let text = scene.text(item.clone()).to_lowercase();
    let mut named = Named::new(scene, Name::from(text.trim()), item);
    named.known = false;
    Some(named)
}
