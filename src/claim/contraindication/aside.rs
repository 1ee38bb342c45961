//! Conditions that are named in passing, and those of which only a part is meant.

use super::Rating;
use crate::claim::Level;
use crate::claim::condition::{self, Named};
use crate::claim::scene::Scene;

/// Whether a condition stands in the sentence for another reason than to say
/// for whom the drug is.
pub(super) fn is_spoken_of_otherwise(scene: &Scene, rating: &Rating) -> bool {
    let Rating { named, level, .. } = rating;
    if named.above.is_some() {
        return false;
    }
    let tokens = &named.tokens;
    let before = |back: usize, words: &[&str]| scene.is(tokens.start.wrapping_sub(back), words);
    // "Keep out of the reach of children" is about the cupboard.
    if before(1, &["of"]) && before(2, &["reach", "sight"]) {
        return true;
    }
    // "Take it until the diarrhoea stops" is how long to take it.
    let ends = scene.is(tokens.end, &["stops", "stop", "resolves", "subsides", "clears", "improves"]);
    if ends || before(1, &["until"]) || before(2, &["until"]) && before(1, &["the", "your"]) {
        return true;
    }
    // "Consult your doctor if diarrhoea persists", "be aware of hypoglycaemia
    // symptoms": what happens under treatment.
    let happens = scene.is(tokens.end, &["persists", "persist", "continues", "worsens", "lasts", "recurs", "symptoms"])
        || before(1, &["of"]) && before(2, &["awareness", "aware"]);
    if *level == Level::Caution && happens {
        return true;
    }
    // "Digitalis-induced heart block", "hypersensitivity to cefepime or other
    // cephalosporins": the drug is no company.
    let induced = scene.is(tokens.end, &["induced", "related", "associated"])
        || scene.is(tokens.end, &["-"]) && scene.is(tokens.end + 1, &["induced", "related", "associated"]);
    if named.interaction && (induced || is_allergen(scene, named)) {
        return true;
    }
    // "anaphylaxis-induced hypotension" is a hypotension.
    if scene.is(tokens.end, &["-"]) && scene.is(tokens.end + 1, &["induced"]) && named.population.is_none() {
        return true;
    }
    // "abdominal pain without diarrhoea"
    if before(1, &["without"]) && !named.interaction {
        return true;
    }
    // "progestogen-sensitive cancers"
    let joined = tokens.end + usize::from(scene.is(tokens.end, &["-"]));
    if named.interaction && scene.is(joined, &["sensitive", "dependent", "responsive", "positive", "resistant"]) {
        return true;
    }
    // "in the absence of hyperkalaemia"
    if *level == Level::Allowed && before(1, &["of"]) && before(2, &["absence"]) {
        return true;
    }
    // "May be used with other drugs to manage allergy symptoms" is a use.
    *level == Level::Allowed && &*named.name == "hypersensitivity"
}

/// Whether a drug stands in a row of drugs behind "hypersensitivity to".
fn is_allergen(scene: &Scene, named: &Named) -> bool {
    const ROW: usize = 16;
    if scene.is(named.tokens.start, &["concomitant", "concurrent", "recent", "use", "using", "taking"]) {
        return false;
    }
    let sentence = scene.reading.sentence_of(named.tokens.start);
    let row = named.tokens.start.saturating_sub(ROW).max(sentence.start)..named.tokens.start;
    let Some(allergy) = row.clone().rev().find(|token| {
        scene.is(*token, &["hypersensitivity", "allergy", "allergies", "allergic"]) && scene.is(token + 1, &["to"])
    }) else {
        return false;
    };
    let joins = [",", "or", "and", "/", "other", "any", "component", "of", "the", "to", "drug", "drugs", "(", ")"];
    (allergy + 1..named.tokens.start).all(|token| {
        scene.is(token, &joins)
            || scene.subjects(token.saturating_sub(3)..token + 1).any(|mention| mention.tokens.contains(&token))
    })
}

/// Whether only some of those with the condition are meant, in words that no
/// modifier holds: "liver disease associated with coagulopathy", "pregnancy
/// (high doses)", "elderly patients with renal impairment", "psychosis in the
/// elderly".
pub(super) fn is_narrowed(scene: &Scene, named: &Named, level: Level) -> bool {
    // "high-dose folic acid", "high doses of vitamin D"
    let before = named.tokens.start.saturating_sub(4)..named.tokens.start;
    let is_high = named.interaction
        && before.clone().any(|token| {
            scene.is(token, &["high", "higher", "large"])
                && (token + 1..token + 3).any(|next| scene.is(next, &["dose", "doses", "amounts"]))
                || scene.is(token, &["high-dose"])
        });
    if is_high {
        return true;
    }
    if named.above.is_some() || named.interaction {
        return false;
    }
    let end = named.tokens.end;
    let causes = [
        "associated",
        "accompanied",
        "secondary",
        "caused",
        "complicated",
        "resulting",
        "triggered",
        "precipitated",
        "induced",
        "exacerbated",
        "provoked",
    ];
    let doses = ["dose", "doses"];
    let is_dose_bracket = scene.is(end, &["("]) && (scene.is(end + 2, &doses) || scene.is(end + 3, &doses));
    let is_age = named.population.as_ref().is_some_and(|people| people.age.is_some());
    let people = usize::from(scene.is(end, &["patients", "people", "adults", "women", "men"]));
    let is_group_of_ill = is_age
        && scene.is(end + people, &["with"])
        && !condition::named(scene, end + people..end + people + 4).is_empty();
    // "Not recommended for depression in children" names a use.
    let is_of_ill = is_age && level == Level::Contraindicated && is_of_ill(scene, named);
    let start = named.tokens.start;
    let is_emphasis = is_age
        && scene.is(start.wrapping_sub(1), &["in"])
        && scene.is(start.wrapping_sub(2), &["especially", "particularly"])
        && level == Level::Contraindicated;
    scene.is(end, &causes) || is_emphasis || is_dose_bracket || is_group_of_ill || is_of_ill
}

/// "dementia-related psychosis in the elderly": an illness stands before "in".
fn is_of_ill(scene: &Scene, named: &Named) -> bool {
    let mut before = named.tokens.start.wrapping_sub(1);
    if scene.is(before, &["the", "older"]) {
        before = before.wrapping_sub(1);
    }
    scene.is(before, &["in"])
        && (scene.is(before.wrapping_sub(1), &["psychosis", "pain", "fever", "infection", "infections", "disease"])
            || condition::named(scene, before.saturating_sub(4)..before)
                .iter()
                .any(|other| other.tokens.end == before && other.population.is_none() && !other.interaction))
}
