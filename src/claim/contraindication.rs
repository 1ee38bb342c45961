//! Contraindications, cautions and statements of safety: one claim for each
//! condition, population or other drug that is named.
//!
//! A statement has a level ("should not be used", "use with caution") and
//! conditions. The level comes from a cue in the sentence, else from the
//! section or the list lead-in; the conditions stand behind the cue, before
//! it, in the label or heading above, or make up the whole list item.

use super::condition::{self, Named};
use super::scene::Scene;
use super::scope::Section;
use super::subject::names;
use super::{Claim, Context, Contraindication, Level, Name, Subject, Value};
use crate::mention::What;
use crate::text::BlockKind;
use crate::vocabulary::{ConditionKind, CueKind};
use std::ops::Range;

const LEVELS: [CueKind; 5] =
    [CueKind::Contraindicated, CueKind::RelativeContraindicated, CueKind::Avoid, CueKind::Caution, CueKind::Allowed];

/// A level word with the part of the sentence that it governs.
#[derive(Clone, Debug)]
struct Governor {
    level: Level,
    cue: Range<usize>,
    /// From the level word before it, or the start of its clause.
    from: usize,
    /// To the level word after it, or the end of its clause.
    to: usize,
}

/// Finds the contraindications of a block. `list_level` is the level that a
/// later item of the same list gives to this one ("Glaucoma or").
pub(crate) fn extract(scene: &Scene, list_level: Option<Level>, claims: &mut Vec<Claim>) {
    if matches!(scene.block.kind, BlockKind::Heading(_) | BlockKind::Title | BlockKind::Question) {
        return;
    }
    let mut found: Vec<Rating> = Vec::new();
    for sentence in &scene.reading.sentences {
        let section = scene.scope_at(sentence.end.saturating_sub(1)).section;
        if matches!(section, Some(Section::Reference | Section::Pharmacology | Section::Overdose | Section::Evidence)) {
            continue;
        }
        let governors = governors(scene, sentence);
        let before = found.len();
        for governor in &governors {
            let known = found.len() > before;
            for named in governed(scene, governor, sentence, section) {
                // "…: use with caution in mild impairment; dose reduction may be needed"
                // does not speak of the label's condition as a whole.
                let of_label = scene
                    .labels
                    .iter()
                    .any(|label| named.tokens.start >= label.tokens.start && named.tokens.end <= label.from);
                if known && of_label {
                    continue;
                }
                push(&mut found, rating(scene, named, governor, sentence));
            }
        }
        // An item of a list names its condition first; what follows explains it.
        let explained =
            sentence.start > 0 && !found.is_empty() && matches!(scene.block.kind, BlockKind::ListItem { .. });
        if found.len() == before && governors.is_empty() && !explained {
            let inherited = inherited_level(scene, sentence, section, list_level);
            for (named, level) in inherited {
                let conditional = has_exception(scene, sentence);
                push(&mut found, Rating { named, level, conditional, hedged: false, dosing: false });
            }
        }
    }
    claims.extend(found.into_iter().filter_map(|rating| claim(scene, rating)));
}

/// What is said of one condition.
struct Rating {
    named: Named,
    level: Level,
    conditional: bool,
    hedged: bool,
    dosing: bool,
}

fn rating(scene: &Scene, named: Named, governor: &Governor, sentence: &Range<usize>) -> Rating {
    let words = scene.text(governor.cue.clone()).to_lowercase();
    let near = governor.cue.start.saturating_sub(4).max(sentence.start)..governor.cue.end;
    let usually: &[&str] = match governor.level {
        Level::Caution => {
            &["may", "might", "could", "see", "consider", "potential", "potentially", "possible", "possibly"]
        }
        _ => &["generally", "usually", "typically", "normally", "routinely", "preferably", "often", "commonly"],
    };
    Rating {
        conditional: has_exception(scene, sentence)
            || is_of_product(scene, governor.cue.start, sentence)
            || (governor.cue.end..(governor.cue.end + 4).min(governor.to))
                .any(|token| scene.is(token, &["initiation", "initiating", "initial"])),
        hedged: near.clone().any(|token| scene.is(token, usually))
            || (governor.cue.end..(governor.cue.end + 2).min(governor.to))
                .any(|token| scene.is(token, &["may", "might", "could"]))
            || (governor.cue.end..governor.to).any(|token| {
                scene.is(token, &["possible"]) && scene.is(token - 1, &["if", "where", "when", "whenever"])
            })
            || (governor.cue.end..(governor.cue.end + 3).min(governor.to)).any(|token| scene.is(token, &["routine"])),
        dosing: words.contains("adjust")
            || words.contains("dose")
            || words.contains("dosage")
            || words.contains("lower"),
        level: governor.level,
        named,
    }
}

/// "Vials containing benzyl alcohol are contraindicated": one product only.
fn is_of_product(scene: &Scene, cue: usize, sentence: &Range<usize>) -> bool {
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
    (sentence.start..cue)
        .any(|token| scene.is(token, &products) && scene.is(token + 1, &["containing", "that", "with", "which"]))
}

/// A block that says the same of a condition twice ("caution … only if benefits
/// outweigh") says it once.
fn push(found: &mut Vec<Rating>, rating: Rating) {
    let known = found.iter_mut().find(|known| {
        let (one, other) = (&known.named, &rating.named);
        known.level == rating.level
            && one.name == other.name
            && one.modifiers == other.modifiers
            && one.population == other.population
    });
    match known {
        Some(known) => known.dosing |= rating.dosing,
        None => found.push(rating),
    }
}

/// The level words of a sentence, each with its clause.
fn governors(scene: &Scene, sentence: &Range<usize>) -> Vec<Governor> {
    let mut governors: Vec<Governor> = Vec::new();
    let mut from = sentence.start;
    while let Some((kind, cue)) = scene.cue_in(from..sentence.end, &LEVELS) {
        from = cue.end;
        let Some(level) = level(scene, kind, &cue, sentence) else { continue };
        let start = governors.last().map_or(sentence.start, |last: &Governor| last.cue.end);
        let start = (start..cue.start).rev().find(|token| ends_clause(scene, *token)).map_or(start, |token| token + 1);
        governors.push(Governor { level, cue, from: start, to: sentence.end });
    }
    for index in 0..governors.len() {
        let next = governors.get(index + 1).map_or(sentence.end, |next| next.cue.start.max(next.from));
        let cue_end = governors[index].cue.end;
        let stop = (cue_end..next).find(|token| ends_clause(scene, *token)).unwrap_or(next);
        governors[index].to = stop;
    }
    governors
}

fn ends_clause(scene: &Scene, token: usize) -> bool {
    scene.is(token, &[";", "but", "however", "although"])
}

fn level(scene: &Scene, kind: CueKind, cue: &Range<usize>, sentence: &Range<usize>) -> Option<Level> {
    if is_aside(scene, cue, sentence) {
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
        CueKind::Contraindicated if negated => {
            let strictly = ["strictly", "absolutely", "formally", "necessarily", "an", "absolute", "specifically"];
            let is_faint = cue.start > 0 && scene.is(cue.start - 1, &strictly);
            return (!is_faint).then_some(Level::Allowed);
        }
        CueKind::Contraindicated => Level::Contraindicated,
        CueKind::RelativeContraindicated => Level::Caution,
        CueKind::Avoid if avoids_other(scene, cue, sentence) => return None,
        // "to avoid drowsiness", "avoid abrupt withdrawal", "do not take more"
        CueKind::Avoid if words.starts_with("avoid") && is_purpose(scene, cue) => return None,
        CueKind::Avoid if negated && words.starts_with("avoid") => return None,
        CueKind::Avoid if words == "discontinue" && !scene.is(cue.end + 1, &["before"]) => return None,
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
        // "may be used with caution", "can be used if the benefits outweigh the
        // risks": the care that follows is the point.
        CueKind::Allowed if gives_way(scene, cue, sentence) => return None,
        // "safe" alone says little: "a safe, gradual reduction".
        CueKind::Allowed
            if words == "safe" && !scene.is(cue.end, &["in", "for", "during", "to", "while", "when", "with"]) =>
        {
            return None;
        }
        _ => Level::Allowed,
    })
}

/// "Specific precautions for pregnant women are noted above", "and used with
/// caution thereafter", "option for patients in whom triptans are
/// contraindicated", "higher doses should be avoided": nothing is said of the
/// conditions around.
fn is_aside(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let refers = ["above", "below", "described", "noted", "mentioned", "see"];
    let words = scene.text(cue.clone()).to_lowercase();
    if words.starts_with("precaution") && (cue.start..sentence.end).any(|token| scene.is(token, &refers)) {
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
    // "consult a doctor about the other components"
    if (sentence.start..sentence.end).any(|token| {
        scene.is(token, &["other"])
            && scene.is(token + 1, &["component", "components", "ingredients", "vitamins", "minerals", "constituents"])
    }) {
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
    let amounts = ["doses", "dose", "dosages", "amounts", "intake", "concentrations"];
    let near = cue.start.saturating_sub(4).max(sentence.start)..cue.start;
    let of_amount = near.clone().any(|token| {
        scene.is(token, &["higher", "high", "large", "larger", "excessive", "excess", "double", "extra"])
            && (amounts.iter().any(|word| scene.is(token + 1, &[word]) || scene.is(token + 2, &[word])))
    }) || scene.is(cue.end, &["in", "at"])
        && scene.is(cue.end + 1, &["high", "higher", "large", "excessive"])
        && (scene.is(cue.end + 2, &amounts) || scene.is(cue.end + 3, &amounts));
    let is_be = matches!(before(1).as_str(), "is" | "are");
    // "… where triptans are contraindicated"
    let relative = is_be && {
        let from = cue.start.saturating_sub(6).max(sentence.start + 1);
        (from..cue.start).any(|token| {
            scene.is(token, &["where", "when", "whom", "if"]) && scene.reading.within(token..cue.start).next().is_some()
        })
    };
    (of_amount && !words.contains("caution")) || relative
}

/// Whether an adjustment is said not to be needed, behind its words.
fn is_unneeded(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let near = cue.end..(cue.end + 7).min(sentence.end);
    let not = near.clone().find(|token| scene.is(*token, &["not", "unnecessary"]));
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

/// Whether care follows a permission so closely that it takes its place.
fn gives_way(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    let is_care = |mention: &crate::mention::Mention| {
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
    if object.ends_with("ing")
        && !giving.contains(&object.as_str())
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
    matches!(before.as_str(), "to" | "helps" | "help") || helps(2) || helps(3)
}

/// "unless …", or "if prescribed, the dose is …" in the same breath.
fn has_exception(scene: &Scene, sentence: &Range<usize>) -> bool {
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
        || (sentence.start + 1..sentence.end)
            .any(|token| scene.is(token, &["if"]) && (scene.is(token + 1, &used) || scene.is(token + 1, &["deemed"])))
}

/// What a level word speaks of.
fn governed(scene: &Scene, governor: &Governor, sentence: &Range<usize>, section: Option<Section>) -> Vec<Named> {
    // "MAO inhibitors (contraindicated)": only what stands right before the bracket.
    if scene.is(governor.cue.start.wrapping_sub(1), &["("]) && scene.is(governor.cue.end, &[")"]) {
        let all = condition::named(scene, sentence.start..governor.cue.start - 1);
        return all.into_iter().filter(|named| named.tokens.end + 1 >= governor.cue.start).collect();
    }
    if let Some(pair) = taken_together(scene, governor, sentence) {
        return vec![pair];
    }
    if governs_other(scene, governor) {
        return Vec::new();
    }
    let mut behind = condition::introduced(scene, governor.cue.end..governor.to, governor.level);
    // "Monitor growth in children" watches growth.
    if scene.is(governor.cue.start, &["monitor", "monitored", "monitoring"]) {
        let people = [
            "patients",
            "children",
            "elderly",
            "women",
            "them",
            "closely",
            "carefully",
            "the",
            "those",
            "all",
            "older",
            "in",
            "for",
            "is",
            "required",
            "needed",
            "recommended",
            "necessary",
            "advised",
            "during",
            "with",
        ];
        behind.retain(|named| {
            let aged = named.population.as_ref().is_some_and(|people| people.age.is_some());
            !aged || named.tokens.start <= governor.cue.end + 1 || scene.is(governor.cue.end, &people)
        });
    }
    if !behind.is_empty() {
        condition::narrow_by_opening(scene, governor.from..governor.cue.start, &mut behind);
        return with_label_organ(scene, sentence, behind);
    }
    if matches!(governor.level, Level::Contraindicated | Level::Avoid) && section == Some(Section::Contraindication) {
        let listed = condition::listed(scene, governor.cue.end..governor.to);
        if !listed.is_empty() && scene.is(governor.cue.end, &[":", "include", "includes", "are", "in", "for"]) {
            return listed;
        }
    }
    if let Some(rated) = rated_drug(scene, governor) {
        return vec![rated];
    }
    let ahead: Vec<Named> = condition::named(scene, governor.from..governor.cue.start)
        .into_iter()
        .filter(|named| {
            condition::is_patient(scene, named, governor.from) || is_clause_subject(scene, named, &governor.cue)
        })
        // "Tachycardia is an expected effect, so titrate carefully."
        .filter(|named| {
            !(named.tokens.end..governor.cue.start)
                .any(|token| scene.is(token, &["effect", "effects", "reaction", "reactions", "symptom", "symptoms"]))
        })
        .collect();
    if !ahead.is_empty() {
        return with_label_organ(scene, sentence, ahead);
    }
    // "Avoid sudden withdrawal": what is avoided is something else.
    let words = scene.text(governor.cue.clone()).to_lowercase();
    let has_object = words == "avoid"
        && governor.cue.end < governor.to
        && !scene.is(
            governor.cue.end,
            &[".", ",", ";", "if", "unless", "in", "during", "use", "where", "when", ")", "this"],
        );
    if has_object {
        return Vec::new();
    }
    let mut above = from_above(scene, sentence, governor.from);
    // "Doses are adjusted." below "Children" is how doses are found.
    if words.contains("adjust") || words.contains("dose") {
        above.retain(|named| named.population.as_ref().is_none_or(|people| people.age.is_none()));
    }
    // "Consult your doctor." below a heading says nothing about it.
    if ["consult", "discuss", "lower", "more sensitive", "require"].iter().any(|word| words.contains(word))
        && !has_label(scene, sentence)
    {
        return Vec::new();
    }
    above
}

/// "Strong CYP3A4 inducers are contraindicated": the other drug that a level
/// word speaks of.
fn rated_drug(scene: &Scene, governor: &Governor) -> Option<Named> {
    let last = condition::named(scene, governor.from..governor.cue.start).into_iter().next_back()?;
    condition::is_rated_drug(scene, &last, &governor.cue).then_some(last)
}

/// "… ; limited data suggest breastfeeding is compatible"
fn is_clause_subject(scene: &Scene, named: &Named, cue: &Range<usize>) -> bool {
    let gap = named.tokens.end..cue.start.max(named.tokens.end);
    !named.interaction
        && gap.len() <= 2
        && gap.clone().all(|token| scene.is(token, &["is", "are", "should", "be", "generally", "usually"]))
}

fn has_label(scene: &Scene, sentence: &Range<usize>) -> bool {
    scene.labels.iter().any(|label| label.from <= sentence.end)
}

/// "Do not prescribe opioids for conditions like …" is about opioids.
fn governs_other(scene: &Scene, governor: &Governor) -> bool {
    let words = scene.text(governor.cue.clone()).to_lowercase();
    let is_order = ["do not", "don't", "never"].iter().any(|start| words.starts_with(start));
    let object = scene
        .subjects(governor.cue.end..governor.to)
        .next()
        .filter(|mention| mention.tokens.start <= governor.cue.end + 2);
    is_order
        && object.is_some_and(|mention| {
            !condition::is_own(scene, &condition::of_drug(scene, mention))
                && scene.is(mention.tokens.end, &["for", "in", "as"])
        })
}

/// "A and B can be used together safely": B is the condition of A.
fn taken_together(scene: &Scene, governor: &Governor, sentence: &Range<usize>) -> Option<Named> {
    let together = sentence.clone().any(|token| scene.is(token, &["together", "coadministered", "combined"]));
    if !together {
        return None;
    }
    let mut drugs = scene.subjects(sentence.clone());
    let (first, second) = (drugs.next()?, drugs.next()?);
    let mut pair = condition::of_drug(scene, second);
    pair.partner = names(first).first().cloned();
    pair.quote = governor.cue.clone();
    pair.span = scene.block.span(scene.reading.bytes(governor.cue.clone()));
    Some(pair)
}

/// "Hepatic Dysfunction: … Use with caution in mild to moderate impairment":
/// the impairment is the label's.
fn with_label_organ(scene: &Scene, sentence: &Range<usize>, found: Vec<Named>) -> Vec<Named> {
    let resolve = |named: Named| if named.is_bare { above(scene, sentence, &named) } else { vec![named] };
    found.into_iter().flat_map(resolve).filter(|named| !named.is_bare).collect()
}

fn above(scene: &Scene, sentence: &Range<usize>, bare: &Named) -> Vec<Named> {
    from_above(scene, sentence, sentence.start)
        .into_iter()
        .map(|mut named| {
            named.tokens = bare.tokens.clone();
            named.quote = bare.quote.clone();
            named.span = bare.span;
            named.modifiers.clone_from(&bare.modifiers);
            named.above = None;
            named
        })
        .collect()
}

/// The conditions of the label in front, else of the clause before, else of
/// the nearest heading or question that names any.
fn from_above(scene: &Scene, sentence: &Range<usize>, from: usize) -> Vec<Named> {
    if from > sentence.start {
        let earlier: Vec<Named> = condition::named(scene, sentence.start..from)
            .into_iter()
            .filter(|named| !named.is_bare && condition::is_patient(scene, named, sentence.start))
            .collect();
        if !earlier.is_empty() {
            return earlier;
        }
    }
    let label = scene.labels.iter().rev().find(|label| label.from <= sentence.end);
    if let Some(label) = label {
        let named = condition::named(scene, label.tokens.clone());
        if !named.is_empty() {
            return named;
        }
    }
    let mut found = condition::of_headings(scene);
    for named in &mut found {
        named.quote = sentence.clone();
    }
    found
}

/// Without a level word: what the section or the list lead-in says.
fn inherited_level(
    scene: &Scene,
    sentence: &Range<usize>,
    section: Option<Section>,
    list_level: Option<Level>,
) -> Vec<(Named, Level)> {
    let scope = scene.scope_at(sentence.end.saturating_sub(1));
    let is_item = matches!(scene.block.kind, BlockKind::ListItem { .. } | BlockKind::TableCell);
    let from =
        scene.labels.iter().filter(|label| label.from <= sentence.end).map(|label| label.from).max().unwrap_or(0);
    let tokens = sentence.start.max(from.min(sentence.end))..sentence.end;
    let is_relative = scene
        .labels
        .iter()
        .rev()
        .find(|label| label.from <= sentence.end)
        .is_some_and(|label| label.tokens.clone().any(|token| scene.is(token, &["relative"])));
    let level = match section {
        Some(Section::Contraindication) if is_relative => Some(Level::Caution),
        Some(Section::Contraindication) => Some(Level::Contraindicated),
        Some(Section::RelativeContraindication) => Some(Level::Caution),
        _ => None,
    };
    let level = list_level.or(scope.level.filter(|_| is_item)).or(level);
    let Some(level) = level else { return Vec::new() };
    // A whole sentence without a level word explains; a list names.
    let explains = tokens.clone().any(|token| {
        scene.is(
            token,
            &["may", "can", "is", "should", "will", "cause", "causes", "has", "must", "when", "increases", "increase"],
        )
    });
    if explains && !scene.is(tokens.start, &["you", "if", "your"]) {
        return Vec::new();
    }
    // "if you have uncontrolled diabetes, with, for example, nausea": examples of
    // its signs.
    let example =
        tokens.clone().find(|token| scene.is(*token, &["for"]) && scene.is(token + 1, &["example", "instance"]));
    let tokens = tokens.start..example.filter(|_| scene.is(tokens.start, &["if"])).unwrap_or(tokens.end);
    condition::listed(scene, tokens).into_iter().map(|named| (named, level)).collect()
}

/// The parts of "A + flavoured base + B" in the title that are no known drug.
fn unknown_parts(scene: &Scene) -> Vec<Name> {
    let titles =
        scene.article.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Title | BlockKind::Heading(1)));
    let Some(title) = titles.clone().find(|block| block.text.contains(" + ")) else { return Vec::new() };
    let reading = crate::mention::find(title, scene.vocabulary);
    let mut parts = Vec::new();
    let mut from = 0;
    for part in title.text.split('+') {
        let to = from + part.len();
        let is_known = reading.mentions.iter().any(|mention| {
            let bytes = reading.bytes(mention.tokens.clone());
            matches!(mention.what, What::Drugs(_)) && bytes.start < to && from < bytes.end
        });
        if !is_known && !part.trim().is_empty() {
            parts.push(Name::from(part.trim().to_lowercase()));
        }
        from = to + 1;
    }
    parts
}

fn claim(scene: &Scene, rating: Rating) -> Option<Claim> {
    let Rating { named, level, conditional, hedged, dosing } = rating;
    let (mut drugs, subject) = match &named.partner {
        Some(partner) => (vec![partner.clone()], Subject::Stated),
        None => subject(scene, &named)?,
    };
    // What is said of a mixture is not said of the parts that are known.
    if subject != Subject::Stated && drugs == scene.whole.subject {
        drugs.extend(unknown_parts(scene));
        drugs.sort();
    }
    let (tokens, quote_from_heading) = match &named.above {
        Some(block) => (0..0, Some(*block)),
        None => (named.tokens.clone(), None),
    };
    // A drug is no condition of itself.
    if named.interaction && drugs.iter().any(|drug| *drug == named.name) {
        return None;
    }
    let asks = named.name.contains("hypersensitivity") || named.name.contains("allerg");
    let addressed = (0..scene.reading.tokens.len()).any(|token| scene.is(token, &["you", "your"]));
    // Every leaflet asks about allergies; that is no caution.
    if asks && addressed && level == Level::Caution {
        return None;
    }
    let condition_span = named.span;
    let value = Value::Contraindication(Contraindication {
        condition: named.name.clone(),
        known: named.known,
        condition_span,
        level,
        interaction: named.interaction,
        modifiers: named.modifiers.clone(),
        conditional,
        hedged,
        dosing,
    });
    let scope = scene.scope_at(tokens.start);
    let context = Context {
        population: named.population.clone().unwrap_or_default(),
        indications: indications(scene, &named),
        routes: scope.routes,
        product: scope.product,
        ..Context::default()
    };
    let mut claim = scene.claim(named.quote.clone(), drugs, subject, value, context);
    if quote_from_heading.is_none() {
        claim.span = claim.span.join(condition_span);
        if claim.span.len() > 400 {
            claim.span = condition_span;
        }
        claim.quote = claim.span.slice(scene.file.as_bytes()).into_owned();
    }
    Some(claim)
}

/// What an age limit is about: the use that it names, or that the label in front
/// names ("Bipolar depression (10–17 years): not recommended").
fn indications(scene: &Scene, named: &Named) -> Vec<Name> {
    if let Some(indication) = &named.indication {
        return vec![indication.clone()];
    }
    let is_aged = named.population.as_ref().is_some_and(|people| people.age.is_some());
    let label = scene.labels.iter().rev().find(|label| label.from <= named.quote.end && label.from > 0);
    label.filter(|_| is_aged).map(|label| label.scope.conditions.clone()).unwrap_or_default()
}

/// Whose contraindication it is: what headings and the article are about; else
/// the drug that opens the sentence.
fn subject(scene: &Scene, named: &Named) -> Option<(Vec<Name>, Subject)> {
    let mut scope = scene.scope_at(named.quote.start);
    // "Glucose abnormalities" and "alcohol" head no text on a drug.
    let is_substance = |names: &Vec<Name>| {
        names.iter().all(|name| matches!(&**name, "dextrose" | "glucose" | "ethanol" | "oxygen" | "water"))
    };
    if !is_substance(&scene.whole.subject) || scene.whole.subject.is_empty() {
        scope.drugs.retain(|names| !is_substance(names));
    }
    let sentence = scene.reading.sentence_of(named.quote.start);
    let opening = scene.subjects(sentence.clone()).find(|mention| {
        matches!(mention.what, What::Drugs(_))
            && mention.tokens.end <= named.quote.start.max(named.tokens.start)
            && mention.tokens != named.tokens
            && !scene.is_company(mention)
    });
    // "NSAIDs should be avoided in renal impairment" in an article on another
    // drug is about NSAIDs.
    if let Some(other) = grammatical_subject(scene, named, &sentence) {
        return Some((other, Subject::Stated));
    }
    if let Some(component) = component(scene, named, &sentence) {
        return Some((vec![component], Subject::Stated));
    }
    let about_one = match scope.drugs.as_slice() {
        [only] => Some((only.clone(), Subject::Heading)),
        _ if !scene.whole.subject.is_empty() => Some((scene.whole.subject.clone(), Subject::Title)),
        _ => None,
    };
    if let Some((drugs, how)) = about_one {
        // Named in the sentence too, or nothing else is.
        let stated = opening.is_some_and(|mention| names(mention) == drugs);
        return Some((drugs, if stated { Subject::Stated } else { how }));
    }
    if let Some(mention) = opening {
        return Some((names(mention), Subject::Stated));
    }
    let (drugs, how) = scene.subject(&named.quote)?;
    (!is_substance(&drugs) || drugs == scene.whole.subject).then_some((drugs, how))
}

/// Of a combination the one component that a sentence names: "furazolidone
/// should be avoided in infants".
fn component(scene: &Scene, named: &Named, sentence: &Range<usize>) -> Option<Name> {
    let whole = &scene.whole.subject;
    if whole.len() < 2 || named.interaction {
        return None;
    }
    let mut stated: Vec<&Name> = Vec::new();
    let at = if named.tokens.is_empty() { named.quote.start } else { named.tokens.start };
    let parts = |token: &usize| scene.is(*token, &["but", "while", "whereas", "however", ";"]);
    let from = (sentence.start..at).rev().find(parts).unwrap_or(sentence.start);
    let to = (at.max(sentence.start)..sentence.end).find(parts).unwrap_or(sentence.end);
    for mention in scene.subjects(from..to) {
        match &mention.what {
            What::Drugs(names) => stated.extend(names.iter().filter(|name| whole.contains(name))),
            _ => return None,
        }
    }
    stated.dedup();
    match stated.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}

/// The other drug or class that opens the sentence as its subject: "X is
/// contraindicated in …".
fn grammatical_subject(scene: &Scene, named: &Named, sentence: &Range<usize>) -> Option<Vec<Name>> {
    if named.interaction || named.tokens.is_empty() {
        return None;
    }
    let mut start = sentence.start;
    while scene.is(start, &["the", "all", "oral", "other", "use", "of", "however", ",", "-", "•", "*"]) {
        start += 1;
    }
    let mention = scene.subjects(start..start + 1).next()?;
    let verbs = ["is", "are", "should", "can", "may", "must", "cannot", "has", "have", "and"];
    let speaks = scene.is(mention.tokens.end, &verbs) && mention.tokens.end < named.tokens.start;
    let own = names(mention);
    let whole = &scene.whole.subject;
    let scoped = scene.scope_at(start).drugs;
    let is_own = |name: &Name| {
        let subjects = whole.iter().chain(scoped.iter().flatten());
        subjects.clone().any(|subject| subject == name || is_member(scene, subject, name))
    };
    (speaks && !whole.is_empty() && !own.iter().any(is_own) && !own.contains(&named.name)).then_some(own)
}

/// Whether a drug belongs to a class.
fn is_member(scene: &Scene, drug: &Name, class: &Name) -> bool {
    scene
        .vocabulary
        .drug(drug)
        .zip(scene.vocabulary.class(class))
        .is_some_and(|(drug, class)| scene.vocabulary.is_member(drug, class))
}
