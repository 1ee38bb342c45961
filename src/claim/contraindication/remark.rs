//! Level words that are a remark and rate nothing.

use crate::claim::scene::Scene;
use crate::mention::What;
use std::ops::Range;

/// "Specific precautions for pregnant women are noted above", "and used with
/// caution thereafter", "option for patients in whom triptans are
/// contraindicated", "higher doses should be avoided": nothing is said of the
/// conditions around.
pub(super) fn is_remark(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let refers = ["above", "below", "described", "noted", "mentioned", "see"];
    let words = scene.text(cue.clone()).to_lowercase();
    if words.starts_with("precaution") && (cue.start..sentence.end).any(|token| scene.is(token, &refers)) {
        return true;
    }
    // "Dose adjustments are needed as described above."
    let is_reference = |token: usize| {
        scene.is(token, &["described", "noted", "mentioned", "detailed", "outlined", "given", "see", "shown"])
            && scene.is(token + 1, &["above", "below", "earlier"])
    };
    if words.contains("adjust") && (cue.end..sentence.end).any(is_reference) {
        return true;
    }
    // "the contraindication in pregnancy and precautions during breastfeeding"
    let taken = [
        "advised",
        "required",
        "needed",
        "necessary",
        "recommended",
        "exercised",
        "taken",
        "be",
        "is",
        "are",
        "should",
        "in",
        "for",
        ":",
    ];
    if words.starts_with("precaution")
        && !(cue.end..(cue.end + 3).min(sentence.end)).any(|token| scene.is(token, &taken))
    {
        return true;
    }
    // "It can also be given as a 2-minute injection, but this is not recommended
    // for children" speaks of that way of giving it.
    let back = cue.start.saturating_sub(4).max(sentence.start);
    if (back + 1..cue.start).any(|token| {
        scene.is(token, &["this"])
            && scene.is(token - 1, &["but", ",", ";"])
            && !scene.is(token + 1, &["drug", "medicine", "medication"])
    }) && (sentence.start..back).any(|token| scene.is(token, &["can", "may"]))
    {
        return true;
    }
    // "As detailed earlier, pregnancy requires …"
    let referring = ["detailed", "described", "mentioned", "noted", "discussed", "stated", "outlined"];
    if (sentence.start..cue.start).any(|token| scene.is(token, &["as"]) && scene.is(token + 1, &referring)) {
        return true;
    }
    // "Dose adjustments are based on individual factors, including …"
    if words.contains("adjust") && scene.is(cue.end, &["are", "is", "be"]) && scene.is(cue.end + 1, &["based"]) {
        return true;
    }
    // "dose adjustment can be made according to response"
    let made = ["according", "made", "response", "tolerability"];
    let of_function = |token: usize| {
        scene.is(token, &["renal", "kidney", "liver", "hepatic"])
            && scene.is(token + 1, &["function"])
            && scene.is(token.saturating_sub(1), &["on", "to"])
    };
    if words.contains("adjust")
        && (cue.end..(cue.end + 5).min(sentence.end)).any(|token| scene.is(token, &made) || of_function(token))
        && !is_unneeded(scene, cue, sentence)
    {
        return true;
    }
    // "Close monitoring of liver function is necessary in all patients."
    let is_all = |token: usize| scene.is(token, &["all", "every"]) && scene.is(token + 1, &["patient", "patients"]);
    if words.contains("monitor") && (cue.end..(cue.end + 10).min(sentence.end)).any(is_all) {
        return true;
    }
    // "consult a doctor about the other components"
    if (sentence.start..sentence.end).any(|token| {
        scene.is(token, &["other"])
            && scene.is(token + 1, &["component", "components", "ingredients", "vitamins", "minerals", "constituents"])
    }) {
        return true;
    }
    // "First trimester (use with caution in later trimesters)"
    let rest = ["later", "subsequent", "other", "remaining"];
    if (cue.end..(cue.end + 3).min(sentence.end))
        .any(|token| scene.is(token, &rest) && scene.is(token + 1, &["trimester", "trimesters"]))
        && (sentence.start..cue.start).any(|token| scene.is(token, &["first"]) && scene.is(token + 1, &["trimester"]))
    {
        return true;
    }
    if scene.is(cue.end, &["thereafter", "otherwise", "afterwards"]) {
        return true;
    }
    // "contraindications based on age", "reviews its contraindications"
    let lists = [
        "include",
        "includes",
        "included",
        "including",
        "are",
        "is",
        ":",
        "in",
        "for",
        "to",
        "during",
        "of",
        "with",
        "—",
        "–",
        "-",
        "(",
        "exist",
        "apply",
        "may",
        "can",
        "encompass",
        "comprise",
        "involve",
        "concern",
    ];
    if words.ends_with("contraindications")
        && cue.end < sentence.end
        && !scene.is(cue.end, &lists)
        && !scene.is(cue.start.wrapping_sub(1), &["no", "primary", "are", "as", "some"])
    {
        return true;
    }
    // "exceeding the daily allowance is not recommended"
    let from = cue.start.saturating_sub(8).max(sentence.start);
    if (from..cue.start).any(|token| {
        scene.is(token, &["exceeding", "excess", "overuse", "misuse", "discontinuation", "withdrawal", "stopping"])
    }) && !words.contains("caution")
    {
        return true;
    }
    let before = |back: usize| cue.start.checked_sub(back).map(|token| scene.word(token)).unwrap_or_default();
    // "See dosage adjustments for renal impairment."
    if before(1) == "see" || before(2) == "see" {
        return true;
    }
    let amounts = ["doses", "dose", "dosages", "amounts", "intake", "concentrations"];
    let near = cue.start.saturating_sub(8).max(sentence.start)..cue.start;
    let of_amount = near.clone().any(|token| {
        scene.is(token, &["prolonged", "long-term", "extended", "excessive"])
            && (scene.is(token + 1, &["use", "exposure", "treatment", "application"]) || scene.is(token + 2, &["use"]))
            || scene.is(token, &["long"]) && scene.is(token + 1, &["-"]) && scene.is(token + 3, &["use", "treatment"])
    }) || (near.start..near.end).any(|token| {
        scene.is(token, &["higher", "high", "large", "larger", "excessive", "excess", "double", "extra"])
            && (amounts.iter().any(|word| scene.is(token + 1, &[word]) || scene.is(token + 2, &[word])))
    }) || scene.is(cue.end, &["in", "at"])
        && scene.is(cue.end + 1, &["high", "higher", "large", "excessive"])
        && (scene.is(cue.end + 2, &amounts) || scene.is(cue.end + 3, &amounts));
    // "should not be used extensively, in large amounts or for prolonged periods"
    let behind = cue.end..(cue.end + 4).min(sentence.end);
    let of_amount = of_amount
        || !words.starts_with("avoid")
            && behind.clone().any(|token| {
                scene.is(token, &["extensively", "excessively"])
                    || scene.is(token, &["prolonged", "extended", "long", "large"])
                        && scene.is(token + 1, &["period", "periods", "time", "amounts", "quantities", "areas"])
            });
    // "not recommended for extended use"
    let extended = ["extended", "prolonged", "long-term", "continuous", "routine"];
    if scene.is(cue.end, &["for", "in"])
        && scene.is(cue.end + 1, &extended)
        && scene.is(cue.end + 2, &["use", "treatment", "therapy", "administration"])
    {
        return true;
    }
    // "Use on large areas of skin should be avoided."
    let of_place = (sentence.start..cue.start).any(|token| {
        scene.is(token, &["use", "application", "applying", "used"])
            && scene.is(token + 1, &["on", "over", "near", "around", "to"])
    });
    if of_place && words.contains("avoid") {
        return true;
    }
    // "Excessive vitamin D should be avoided."
    if words.contains("avoid") && (near.start..cue.start).any(|token| scene.is(token, &["excessive", "excess"])) {
        return true;
    }
    let is_be = matches!(before(1), "is" | "are");
    // "… where triptans are contraindicated"
    let relative = is_be && {
        let from = cue.start.saturating_sub(6).max(sentence.start + 1);
        (from..cue.start).any(|token| {
            scene.is(token, &["where", "when", "whom", "if"]) && scene.reading.within(token..cue.start).next().is_some()
        })
    };
    // "Dosages above 100 mg a day are not recommended."
    let of_doses = scene.reading.within(near).any(|mention| matches!(mention.what, What::Amount(_)))
        && (sentence.start..cue.start)
            .any(|token| scene.is(token, &["doses", "dosages", "dose", "above", "over", "exceeding"]));
    ((of_amount || of_doses) && !words.contains("caution")) || relative
}

/// "not" and the verbs that hold it.
pub(super) fn is_not(scene: &Scene, token: usize) -> bool {
    let word = scene.word(token);
    word == "not" || word.ends_with("n't") || word.ends_with("n’t")
}

/// Whether an adjustment is said not to be needed, behind its words.
pub(super) fn is_unneeded(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    // "you likely won't need a dose adjustment"
    let from = cue.start.saturating_sub(5).max(sentence.start);
    if (from..cue.start)
        .any(|token| is_not(scene, token) && (token..cue.start).any(|at| scene.is(at, &["need", "require"])))
    {
        return true;
    }
    let near = cue.end..(cue.end + 7).min(sentence.end);
    let not = near.clone().find(|token| is_not(scene, *token) || scene.is(*token, &["unnecessary"]));
    let end = near.clone().find(|token| scene.is(*token, &[",", ";", "but", "unless"])).unwrap_or(near.end);
    let needed = [
        "necessary",
        "required",
        "needed",
        "recommended",
        "made",
        "indicated",
        "warranted",
        "generally",
        "usually",
        "typically",
        "routinely",
    ];
    not.is_some_and(|not| {
        not < end && (scene.is(not, &["unnecessary"]) || (not..end.max(not + 3)).any(|token| scene.is(token, &needed)))
    })
}
