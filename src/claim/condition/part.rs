//! Parts and degrees of a condition that ordinals count: trimesters, months,
//! degrees of heart block.

use super::Named;
use super::narrow::add_modifier;
use crate::claim::Name;
use crate::claim::scene::Scene;

/// "pregnancy (second and third trimesters)": only those. "Especially in the
/// first" narrows nothing.
pub(super) fn trimesters(scene: &Scene, found: &mut [Named]) {
    for at in 0..found.len() {
        let named = &found[at];
        if !named.name.starts_with("pregnan") {
            continue;
        }
        // "first-trimester pregnancy"
        let before = (1..=4)
            .filter_map(|back| named.tokens.start.checked_sub(back))
            .map(|token| scene.word(token))
            .collect::<Vec<_>>();
        let hyphened = before.first().is_some_and(|word| word.ends_with("trimester"));
        // "the last trimester of pregnancy", "second and third trimesters of pregnancy"
        let of_trimester = before.first().is_some_and(|word| *word == "of")
            && before.get(1).is_some_and(|word| word.starts_with("trimester"));
        if hyphened || of_trimester {
            let from = named.tokens.start.saturating_sub(if of_trimester { 7 } else { 4 });
            let parts: Vec<Name> = (from..named.tokens.start).filter_map(|token| trimester(scene, token)).collect();
            parts.into_iter().for_each(|part| add_modifier(&mut found[at], part));
            continue;
        }
        // "the first 3 months of pregnancy"
        let is_months =
            before.len() == 4 && before[0] == "of" && before[1] == "months" && matches!(before[2], "3" | "three");
        let part = match before.last().copied().filter(|_| is_months) {
            Some("first") => Some("first trimester"),
            Some("last" | "final") => Some("third trimester"),
            _ => None,
        };
        if let Some(part) = part {
            add_modifier(&mut found[at], Name::from(part));
            continue;
        }
        // "pregnancy at term", "late pregnancy"
        let (start, end) = (named.tokens.start, named.tokens.end);
        if scene.is(end, &["at", "near"]) && scene.is(end + 1, &["term"])
            || start > 0 && scene.is(start - 1, &["late", "late-stage", "advanced"])
        {
            add_modifier(&mut found[at], Name::from("third trimester"));
            continue;
        }
        let limit = found
            .get(at + 1)
            .filter(|next| !next.name.contains("trimester"))
            .map_or(usize::MAX, |next| next.tokens.start);
        let near = named.tokens.end..(named.tokens.end + 9).min(limit).min(scene.reading.tokens.len());
        let end = near.clone().find(|token| scene.is(*token, &["trimester", "trimesters"]));
        let Some(end) = end else { continue };
        let only = ["especially", "particularly", "mainly", "notably", ".", ";", "and", "avoid", ":"];
        if scene.is(near.start, &only)
            || scene.is(near.start + 1, &only[..4])
            || scene.is(near.start + 2, &only[..4])
            || (near.start..end).any(|token| scene.is(token, &[".", ";"]))
        {
            continue;
        }
        for part in (near.start..end).filter_map(|token| trimester(scene, token)) {
            add_modifier(&mut found[at], part);
        }
    }
}

const FIRST: [&str; 3] = ["first", "1st", "1"];
const SECOND: [&str; 3] = ["second", "2nd", "2"];
const THIRD: [&str; 3] = ["third", "3rd", "3"];

/// "heart block (second or third degree)", "heart block greater than first degree":
/// the degree stands behind.
pub(super) fn block_degrees(scene: &Scene, found: &mut [Named]) {
    for named in found.iter_mut().filter(|named| &*named.name == "heart block") {
        let near = named.tokens.end..(named.tokens.end + 9).min(scene.reading.tokens.len());
        let above = ["greater", "higher", "more", "above", "beyond", "worse"];
        let leads = |token: &usize| scene.is(*token, &["(", "of"]) || scene.is(*token, &above);
        let Some(end) = near.clone().find(|token| scene.is(*token, &["degree", "degrees"])) else { continue };
        if !leads(&near.start) || (near.start..end).any(|token| scene.is(token, &[".", ";", ")"])) {
            continue;
        }
        let says = |words: &[&str]| (near.start..end).any(|token| scene.is(token, words));
        named.name = match (says(&FIRST), says(&SECOND) || says(&THIRD) || says(&above)) {
            (true, false) => Name::from("first-degree heart block"),
            (_, true) if !says(&FIRST) || says(&above) => Name::from("high-degree heart block"),
            _ => continue,
        };
    }
}

/// The trimester that an ordinal counts: "first", "2nd", "3", "final".
fn trimester(scene: &Scene, token: usize) -> Option<Name> {
    let word = scene.word(token);
    let ordinal = match word.strip_suffix("-trimester").unwrap_or(word) {
        word if FIRST.contains(&word) => "first",
        word if SECOND.contains(&word) => "second",
        word if THIRD.contains(&word) || matches!(word, "last" | "final") => "third",
        _ => return None,
    };
    Some(Name::from(format!("{ordinal} trimester")))
}
