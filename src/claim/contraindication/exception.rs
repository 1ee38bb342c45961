//! When a rating holds only in some cases: an exception, a product, company.

use super::Governor;
use crate::claim::Level;
use crate::claim::condition::{self, Named};
use crate::claim::scene::Scene;
use crate::mention::What;
use crate::vocabulary::CueKind;
use std::ops::Range;

/// Whether a rating of a condition holds only in some cases, also where its
/// sentence makes no exception.
pub(super) fn is_conditional(scene: &Scene, governor: &Governor, named: &Named, sentence: &Range<usize>) -> bool {
    let behind = governor.cue.end..(governor.cue.end + 4).min(governor.to);
    is_tied(scene, governor, named)
        || says_or_avoid(scene, governor, sentence)
        || is_of_product(scene, &governor.cue, sentence)
        || is_of_situations(scene, governor)
        || is_of_company(scene, governor, named)
        || behind.into_iter().any(|token| scene.is(token, &["initiation", "initiating", "initial"]))
}

/// "unless …", or "if prescribed, the dose is …" in the same breath.
pub(super) fn has_exception(scene: &Scene, sentence: &Range<usize>) -> bool {
    let used = [
        "prescribed",
        "used",
        "necessary",
        "essential",
        "required",
        "needed",
        "administered",
        "considered",
        "unavoidable",
    ];
    scene.has(sentence.clone(), CueKind::Unless)
        || sentence.clone().any(|token| scene.is(token, &["this"]) && scene.is(token + 1, &["indication", "purpose"]))
        || (sentence.start + 1..sentence.end).any(|token| {
            let of_use = scene.is(token + 1, &["use"]) && scene.is(token + 2, &["is"]);
            scene.is(token, &["if"]) && (of_use || scene.is(token + 1, &used) || scene.is(token + 1, &["deemed"]))
        })
}

/// "With capecitabine it is contraindicated if the bilirubin is raised", "Severe
/// impairment: contraindicated with ritonavir": more must be so than what is named.
fn is_tied(scene: &Scene, governor: &Governor, named: &Named) -> bool {
    let is_before = !named.tokens.is_empty() && named.tokens.end <= governor.cue.start;
    let ties = is_before && scene.is(governor.cue.end, &["if", "when", "where"]);
    let is_in_ill = named.interaction
        && scene
            .labels
            .iter()
            .any(|label| label.from <= governor.cue.start && !condition::named(scene, label.tokens.clone()).is_empty());
    ties || is_in_ill
}

/// "use with caution or avoid", "avoid or use with caution": as much an avoid.
fn says_or_avoid(scene: &Scene, governor: &Governor, sentence: &Range<usize>) -> bool {
    const NEAR: usize = 6;
    let near = governor.cue.start.saturating_sub(NEAR).max(sentence.start)..(governor.cue.end + NEAR).min(sentence.end);
    governor.level == Level::Caution
        && near.clone().any(|token| scene.is(token, &["or"]))
        && scene.has(near, CueKind::Avoid)
}

/// "Concomitant use is contraindicated in children": with the drug named before.
fn is_of_company(scene: &Scene, governor: &Governor, named: &Named) -> bool {
    let near = governor.cue.start.saturating_sub(4).max(governor.from)..governor.cue.start;
    let together = ["concomitant", "concurrent", "combined", "simultaneous", "coadministration"];
    let mut near = near;
    !named.interaction && near.any(|token| scene.is(token, &together))
}

/// "dose adjustment in specific situations", "avoid in some cases"
fn is_of_situations(scene: &Scene, governor: &Governor) -> bool {
    let near = governor.cue.end..(governor.cue.end + 5).min(governor.to);
    near.into_iter().any(|token| {
        scene.is(token, &["specific", "certain", "some", "particular", "special"])
            && scene.is(token + 1, &["situations", "situation", "cases", "circumstances", "patients"])
    })
}

/// "Vials containing benzyl alcohol are contraindicated": one product only.
fn is_of_product(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let products = [
        "vials",
        "vial",
        "formulations",
        "formulation",
        "preparations",
        "products",
        "solutions",
        "solution",
        "tablets",
        "ampoules",
        "diluents",
        "injection",
    ];
    // "The applicator should be avoided in pregnancy", "do not use the applicator"
    let devices = ["applicator", "device", "syringe", "pump"];
    let is_told = |token: usize| scene.is(token, &["should", "must", "be"]);
    let before = (sentence.start..cue.start).rfind(|token| !is_told(*token));
    if before.is_some_and(|token| scene.is(token, &devices))
        || scene.is(cue.end, &["the", "an", "a"]) && scene.is(cue.end + 1, &devices)
    {
        return true;
    }
    // "some products are not recommended", "the 10 % solution is contraindicated"
    let of_some = |token: usize| {
        scene.is(token, &["some", "certain"]) && scene.is(token + 1, &products)
            || scene.is(token, &products)
                && scene
                    .reading
                    .within(token.saturating_sub(4).max(sentence.start)..token)
                    .any(|mention| matches!(mention.what, What::Percent(_)))
    };
    if (sentence.start..cue.start).any(of_some) {
        return true;
    }
    (sentence.start..cue.start)
        .any(|token| scene.is(token, &products) && scene.is(token + 1, &["containing", "that", "with", "which"]))
}
