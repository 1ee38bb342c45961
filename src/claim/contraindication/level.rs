//! How strongly a level word keeps a drug back, where it says anything of the
//! conditions around it.

use super::remark::{is_not, is_remark, is_unneeded};
use crate::claim::Level;
use crate::claim::scene::Scene;
use crate::mention::{Mention, What};
use crate::vocabulary::{ConditionKind, CueKind};
use std::ops::Range;

pub(super) fn level(scene: &Scene, kind: CueKind, cue: &Range<usize>, sentence: &Range<usize>) -> Option<Level> {
    if is_remark(scene, cue, sentence) {
        return None;
    }
    // "do not combine … without careful monitoring", "not recommended without a
    // doctor's consultation"
    if kind == CueKind::Avoid && needs_advice(scene, cue, sentence) {
        return Some(Level::Caution);
    }
    let negated = scene.is_negated(sentence.start, cue.start);
    let words = scene.text(cue.clone()).to_lowercase();
    Some(match kind {
        // "avoided …, unless the benefits outweigh the risks" is the exception.
        CueKind::Caution if follows_unless(scene, cue, sentence) => return None,
        // "not strictly contraindicated" is far from safe.
        // "use without a corticosteroid is contraindicated"
        CueKind::Contraindicated if negated && !is_denied(scene, cue, sentence) => Level::Contraindicated,
        CueKind::Contraindicated if negated => {
            let strictly = ["strictly", "absolutely", "formally", "necessarily", "an", "absolute", "specifically"];
            let is_faint = cue.start > 0 && scene.is(cue.start - 1, &strictly);
            return (!is_faint).then_some(Level::Allowed);
        }
        CueKind::Contraindicated => Level::Contraindicated,
        CueKind::RelativeContraindicated => Level::Caution,
        // "It should not be considered medical advice."
        CueKind::Avoid
            if words == "should not be"
                && scene.is(
                    cue.end,
                    &[
                        "considered",
                        "confused",
                        "interpreted",
                        "regarded",
                        "seen",
                        "stopped",
                        "exceeded",
                        "substituted",
                        "delayed",
                        "withheld",
                    ],
                ) =>
        {
            return None;
        }
        CueKind::Avoid if avoids_other(scene, cue, sentence) => return None,
        // "to avoid drowsiness", "avoid abrupt withdrawal", "do not take more"
        CueKind::Avoid if words.starts_with("avoid") && is_purpose(scene, cue) => return None,
        CueKind::Avoid if negated && words.starts_with("avoid") => return None,
        CueKind::Avoid if words == "discontinue" && !scene.is(cue.end + 1, &["before"]) => return None,
        // "avoid or use with extreme caution"
        CueKind::Avoid if leaves_caution(scene, cue, sentence) => return None,
        // "should not be used to suppress a productive cough" is about a use.
        CueKind::Avoid
            if scene.is(cue.end, &["to"])
                && scene.is(
                    cue.end + 1,
                    &["treat", "suppress", "manage", "relieve", "control", "prevent", "replace", "induce", "terminate"],
                ) =>
        {
            return None;
        }
        CueKind::Avoid => Level::Avoid,
        // "monitor for drowsiness" names an effect, not a patient.
        CueKind::Caution if words.starts_with("monitor") && scene.is(cue.end, &["for"]) => return None,
        CueKind::Caution if words.starts_with("without") => return None,
        // "General precautions: screen for …" heads a text, it rates nothing.
        CueKind::Caution if words.starts_with("precaution") && has_label_at(scene, cue) => return None,
        // "dose adjustments are not routinely made"
        CueKind::Caution if words.contains("adjust") && is_unneeded(scene, cue, sentence) => Level::Allowed,
        CueKind::Caution if negated => return None,
        // With an amount the sentence is a dose.
        CueKind::Caution if (words.contains("lower") || words == "cautiously") && has_amount(scene, sentence) => {
            return None;
        }
        CueKind::Caution if words.contains("lower") && scene.is(cue.end, &["than"]) => return None,
        CueKind::Caution => Level::Caution,
        CueKind::Allowed if negated && !words.starts_with("no ") && !words.starts_with("not ") => Level::Avoid,
        // "may be used in pregnancy under strict medical supervision"
        CueKind::Allowed if is_supervised(scene, cue, sentence) => Level::Caution,
        // "may be used with caution", "can be used if the benefits outweigh the
        // risks": the care that follows is the point.
        CueKind::Allowed if gives_way(scene, cue, sentence) => return None,
        // "No dose adjustments are established" is not known, rather than not needed.
        CueKind::Allowed
            if words.contains("adjust")
                && (cue.end..(cue.end + 4).min(sentence.end)).any(|token| {
                    scene.is(token, &["established", "available", "known", "provided", "specified", "studied"])
                }) =>
        {
            return None;
        }
        // "Small, infrequent doses may be acceptable": not the usual ones.
        CueKind::Allowed
            if (cue.start.saturating_sub(8).max(sentence.start)..cue.start)
                .any(|token| scene.is(token, &["small", "infrequent", "occasional"])) =>
        {
            return None;
        }
        // "30 mg/kg may be used in arthritis" is a dose.
        CueKind::Allowed if (words.starts_with("may") || words.starts_with("can")) && has_amount(scene, sentence) => {
            return None;
        }
        // "Dose reduction is recommended in …": only the drug itself makes it safe.
        CueKind::Allowed
            if words.contains("recommended")
                && (!speaks_of_drug(scene, cue.start)
                    || (cue.end..(cue.end + 8).min(sentence.end)).any(|token| scene.is(token, &["only"]))) =>
        {
            return None;
        }
        // "safe" alone says little: "a safe, gradual reduction".
        CueKind::Allowed
            if words == "safe" && !scene.is(cue.end, &["in", "for", "during", "to", "while", "when", "with"]) =>
        {
            return None;
        }
        _ => Level::Allowed,
    })
}

/// Whether a verb has the drug, its use, or a word for either before it.
fn speaks_of_drug(scene: &Scene, verb: usize) -> bool {
    let near = verb.saturating_sub(3)..verb;
    scene.is(verb.wrapping_sub(1), &["it", "they", "use", "this", "combination"])
        || scene.subjects(near).any(|mention| mention.tokens.end == verb)
}

/// Whether "under supervision" stands behind a permission, in its clause.
fn is_supervised(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let ends = |token: &usize| scene.is(*token, &[",", ";", "but"]);
    let end = (cue.end..sentence.end).find(ends).unwrap_or(sentence.end);
    let under = (cue.end..end).find(|token| scene.is(*token, &["under", "with"]));
    under.is_some_and(|under| (under..end.min(under + 5)).any(|token| scene.is(token, &["supervision"])))
}

/// Whether an "avoid" has "or use with caution" behind it.
fn leaves_caution(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    // "used with caution or avoided"
    let is_second = scene.cue_before(sentence.start, cue.start, &[CueKind::Caution]).is_some_and(|(_, caution)| {
        let gap = caution.end..cue.start;
        gap.len() <= 4
            && gap.clone().any(|token| scene.is(token, &["or"]))
            && gap.clone().all(|token| !scene.is(token, &[",", ";", ".", "in", "during"]))
    });
    let end = (cue.end + 9).min(sentence.end);
    let or = (cue.end..end).find(|token| scene.is(*token, &["or"]));
    is_second
        || or.is_some_and(|or| {
            let behind = or..(or + 7).min(sentence.end);
            scene.reading.within(behind).any(|mention| mention.what == What::Cue(CueKind::Caution))
                && scene.is(or + 1, &["use", "used", "with", "caution"])
        })
}

/// "not recommended without a doctor's consultation"
fn needs_advice(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let advice = [
        "consultation",
        "consulting",
        "advice",
        "supervision",
        "guidance",
        "approval",
        "monitoring",
        "doctor",
        "doctor's",
        "physician",
        "physician's",
        "medical",
    ];
    let without = (cue.end..sentence.end).find(|token| scene.is(*token, &["without"]));
    without.is_some_and(|without| {
        scene.has(without..sentence.end, CueKind::Caution)
            || (without..(without + 5).min(sentence.end)).any(|token| scene.is(token, &advice))
    })
}

/// Whether the negation before a "contraindicated" is one of the verb.
fn is_denied(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let near = cue.start.saturating_sub(6).max(sentence.start)..cue.start;
    (near.start..near.end).any(|token| is_not(scene, token) || scene.is(token, &["no", "never", "nor", "neither"]))
}

/// Whether care follows a permission so closely that it takes its place.
fn gives_way(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let is_care = |mention: &Mention| {
        let words = scene.text(mention.tokens.clone()).to_lowercase();
        mention.what == What::Cue(CueKind::Caution)
            && (mention.tokens.start <= cue.end + 1
                || words.contains("benefit")
                || ["only", "if"].iter().any(|word| scene.is(cue.end, &[word])) && mention.tokens.start <= cue.end + 4)
    };
    scene.reading.within(cue.end..sentence.end).any(is_care)
}

/// Whether a cue stands in a run-in head.
fn has_label_at(scene: &Scene, cue: &Range<usize>) -> bool {
    scene.labels.iter().any(|label| label.tokens.contains(&cue.start))
}

/// "Avoid applying to the face", "helps children avoid colds", "women should
/// avoid pregnancy during treatment", "avoid breastfeeding for 24 hours": what
/// is avoided is not the drug.
fn avoids_other(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    if !scene.is(cue.start, &["avoid", "avoids", "avoiding"]) || cue.len() > 1 {
        return false;
    }
    let object = scene.word(cue.end);
    // "avoid application on the nipples", "avoiding excessive doses"
    let stop =
        ["in", "during", "with", "for", "if", "when", "while", "unless", ",", ".", ";", ")", "(", "because", "due"];
    let end = (cue.end..sentence.end).find(|token| scene.is(*token, &stop)).unwrap_or(sentence.end);
    let other = [
        "application",
        "prolonged",
        "contact",
        "exposure",
        "doses",
        "dose",
        "dosing",
        "overdose",
        "withdrawal",
        "cessation",
        "discontinuation",
        "sunlight",
        "nipple",
        "nipples",
        "breasts",
        "eyes",
        "face",
        "driving",
        "complications",
        "delays",
        "errors",
        "risks",
    ];
    if (cue.end..end).any(|token| scene.is(token, &other)) && !scene.is(cue.end, &["use", "using"]) {
        return true;
    }
    let giving = [
        "using",
        "taking",
        "giving",
        "administering",
        "prescribing",
        "combining",
        "starting",
        "initiating",
        "consuming",
        "drinking",
        "breastfeeding",
        "mixing",
        "during",
        "co-administering",
        "coadministering",
        "existing",
        "following",
    ];
    // "avoid excessive sodium intake" leaves the usual amount.
    let is_excess = matches!(object, "excessive" | "excess")
        && !(cue.end..end).any(|token| scene.is(token, &["alcohol", "drinking"]));
    if is_excess {
        return true;
    }
    if object.ends_with("ing")
        && !giving.contains(&object)
        && scene.reading.within(cue.end..cue.end + 1).next().is_none()
    {
        return true;
    }
    let Some(mention) = scene.reading.within(cue.end..(cue.end + 2).min(sentence.end)).next() else { return false };
    if scene.is(cue.end, &["in", "with", "if", "during", ":", "use", "for", "when", "while"]) {
        return false;
    }
    let timed = ["for", "until", "immediately", "within"];
    match &mention.what {
        What::Condition(id) => {
            let condition = &scene.vocabulary.conditions[id.index()];
            let is_state = ["pregnancy", "breastfeeding"].contains(&&*condition.name);
            if is_state {
                is_birth_control(scene, mention.tokens.end, &timed)
            } else {
                condition.kind != ConditionKind::DrugExposure
            }
        }
        What::Population(id) => {
            let name = &*scene.vocabulary.populations[id.index()].name;
            name.starts_with("pregnan") && is_birth_control(scene, mention.tokens.end, &timed)
                || name.starts_with("breast") && scene.is(mention.tokens.end, &timed)
        }
        _ => false,
    }
}

fn is_birth_control(scene: &Scene, after: usize, timed: &[&str]) -> bool {
    scene.is(after, &["during", "while", "throughout"]) || scene.is(after, timed)
}

fn follows_unless(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    scene.cue_before(cue.start.saturating_sub(8).max(sentence.start), cue.start, &[CueKind::Unless]).is_some()
}

fn has_amount(scene: &Scene, sentence: &Range<usize>) -> bool {
    scene.reading.within(sentence.clone()).any(|mention| matches!(mention.what, What::Amount(_)))
}

fn is_purpose(scene: &Scene, cue: &Range<usize>) -> bool {
    let before = cue.start.checked_sub(1).map(|token| scene.word(token)).unwrap_or_default();
    let helps = |back: usize| {
        cue.start
            .checked_sub(back)
            .is_some_and(|token| scene.is(token, &["helps", "help", "helping", "lets", "allows"]))
    };
    matches!(before, "to" | "helps" | "help") || helps(2) || helps(3)
}
