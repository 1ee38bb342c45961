//! A drug that is recommended for an illness of pregnancy is recommended in
//! pregnancy, whatever else is said of pregnant women.

use crate::claim::Name;
use crate::claim::condition::Named;
use crate::claim::scene::Scene;
use crate::mention::{Mention, What};
use std::ops::Range;

/// Illnesses that only pregnant women have.
const ILLNESSES: [&str; 4] = ["gestational diabetes", "pre-eclampsia", "eclampsia", "hyperemesis gravidarum"];

/// "In gestational diabetes, metformin is recommended as an alternative to
/// insulin": the pregnancy that goes without saying.
pub(super) fn recommended(scene: &Scene, sentence: &Range<usize>) -> Option<Named> {
    let illness = scene.reading.within(sentence.clone()).find(|mention| is_of_pregnancy(scene, mention))?;
    let praised = scene.subjects(sentence.clone()).find_map(|drug| praise(scene, drug, sentence))?;
    let mut named = Named::new(scene, Name::from("pregnancy"), illness.tokens.clone());
    named.quote = named.tokens.start.min(praised)..named.tokens.end.max(sentence.end);
    Some(named)
}

fn is_of_pregnancy(scene: &Scene, mention: &Mention) -> bool {
    matches!(mention.what, What::Condition(id)
        if ILLNESSES.contains(&&*scene.vocabulary.conditions[id.index()].name))
}

/// Where it is said of a drug that it is recommended.
fn praise(scene: &Scene, drug: &Mention, sentence: &Range<usize>) -> Option<usize> {
    let verbs = ["is", "are", "may", "can", "be", "also", "now", "often", "generally", "usually", "the", "a", "an"];
    let word = (drug.tokens.end..sentence.end).find(|token| !scene.is(*token, &verbs))?;
    let speaks = word > drug.tokens.end && !scene.is_company(drug);
    let is_praise = scene.is(word, &["recommended", "preferred", "indicated", "effective"])
        || scene.is(word, &["drug", "treatment", "agent"])
            && scene.is(word + 1, &["of"])
            && scene.is(word + 2, &["choice"])
        || scene.is(word, &["first", "first-line"]);
    let held_back = ["not", "only", "if", "when", "unless", "avoid", "avoided"];
    (speaks && is_praise && !(sentence.start..sentence.end).any(|token| scene.is(token, &held_back))).then_some(word)
}
