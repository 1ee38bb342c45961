//! The role that a dose plays, from cue words, position, and headings.

use super::Phase;
use super::scene::Scene;
use super::scope::Section;
use crate::mention::{Bound, Measured, What};
use crate::vocabulary::CueKind;
use std::ops::Range;

/// Cues that say what the next amount is.
const ROLES: [CueKind; 8] = [
    CueKind::Maximum,
    CueKind::Start,
    CueKind::Increase,
    CueKind::Decrease,
    CueKind::Step,
    CueKind::Target,
    CueKind::Single,
    CueKind::Strength,
];

/// Words after which an earlier phase no longer holds.
const BREAKS: [&str; 8] = ["then", "followed", "after", "thereafter", "subsequently", "later", "afterwards", "until"];

/// An amount with the room around it that belongs to it alone.
#[derive(Clone)]
pub(crate) struct Figure<'m> {
    pub measured: &'m Measured,
    /// Its own tokens.
    pub at: Range<usize>,
    /// From the end of the amount before it to the start of the one after it,
    /// inside its sentence.
    pub room: Range<usize>,
    /// The sentence.
    pub sentence: Range<usize>,
    /// The phase of the amount before it in the sentence.
    pub before: Option<Phase>,
}

/// The phase of a dose.
pub(crate) fn phase(scene: &Scene, figure: &Figure) -> Phase {
    let unit = &figure.measured.amount.unit;
    if unit.is_per("{unit}") || unit.is_per("mL") || unit.is_per("g") {
        return Phase::Strength;
    }
    let scope = scene.scope_at(figure.at.start);
    // "30/500 mg" of a combination is what a tablet of it holds.
    let slashed = figure.measured.slashed.is_some() || is_slashed(scene, figure);
    if slashed && scene.subject(&figure.at).is_some_and(|(drugs, _)| drugs.len() > 1) {
        return Phase::Strength;
    }
    if is_reported(scene, figure, scope.section) {
        return Phase::Reported;
    }
    let stated = stated(scene, figure);
    if stated != Some(Phase::Max) && is_product(scene, figure) {
        return Phase::Strength;
    }
    stated
        .or_else(|| match carried_on(scene, figure)? {
            Phase::Max => Some(limit(scene, figure)),
            phase => Some(phase),
        })
        .or_else(|| (scope.section == Some(Section::Product)).then_some(Phase::Strength))
        .or(scope.phase)
        .unwrap_or(Phase::Target)
}

/// "40 mg/12.5 mg": one of two amounts with a slash between them.
fn is_slashed(scene: &Scene, figure: &Figure) -> bool {
    let amount_at =
        |token: usize| scene.reading.within(token..token + 1).any(|mention| matches!(mention.what, What::Amount(_)));
    let before = scene.is(figure.at.start.wrapping_sub(1), &["/"]) && figure.room.start + 1 == figure.at.start;
    let behind = scene.is(figure.at.end, &["/"]) && amount_at(figure.at.end + 1);
    before || behind
}

/// What the cues around the amount say.
fn stated(scene: &Scene, figure: &Figure) -> Option<Phase> {
    if is_first_day(scene, figure) {
        return Some(Phase::Single);
    }
    let stated = match figure.measured.bound {
        // "titrate up to 20–40 mg": a range is a goal, not a limit.
        Some(Bound::AtMost) if is_goal(scene, figure) || is_maintenance(scene, figure) => Some(Phase::Target),
        Some(Bound::AtMost) => Some(Phase::Max),
        _ => before(scene, figure),
    };
    match stated.or_else(|| behind(scene, figure)) {
        Some(Phase::Max) => Some(limit(scene, figure)),
        stated => stated,
    }
}

/// "Maintenance dose: titrated up to 100 mg".
fn is_maintenance(scene: &Scene, figure: &Figure) -> bool {
    let label = scene.labels.iter().rev().find(|label| label.from <= figure.at.start);
    let is_own = label
        .is_some_and(|label| label.tokens.start >= figure.sentence.start && label.scope.phase == Some(Phase::Target));
    is_own && scene.cue_before(figure.sentence.start, figure.at.start, &[CueKind::Increase]).is_some()
}

/// Whether "up to" leads to a range.
fn is_goal(scene: &Scene, figure: &Figure) -> bool {
    let range = figure.measured.amount.range;
    let near = figure.at.start.saturating_sub(2).max(figure.room.start)..figure.at.end;
    let up_to = near.into_iter().any(|token| scene.is(token, &["up"]) && scene.is(token + 1, &["to"]));
    up_to && range.low.is_some() && range.high.is_some() && range.low < range.high
}

/// "200 mg on the first day, then 100 mg daily".
fn is_first_day(scene: &Scene, figure: &Figure) -> bool {
    let behind = figure.at.end..figure.room.end.min(figure.at.end + 5);
    behind.clone().any(|token| {
        (scene.is(token, &["first"]) && scene.is(token + 1, &["day"]))
            || (scene.is(token, &["day"]) && scene.is(token + 1, &["1"]))
    }) && behind.clone().any(|token| scene.is(token, &["on"]))
}

/// What "up to" limits: the whole treatment, or only its start ("initially up
/// to 20 mg", "0.2 mg/kg initially (up to 10 mg)") or its first weeks ("up to
/// 100 mg within two weeks").
fn limit(scene: &Scene, figure: &Figure) -> Phase {
    let from = figure.room.start;
    let starts = scene
        .cue_before(from, figure.at.start, &[CueKind::Start])
        .is_some_and(|(_, cue)| !(cue.end..figure.at.start).any(|token| scene.is(token, &[",", ";", "then", "and"])));
    let bracket = scene.is(figure.room.start, &["("]) || scene.is(figure.room.start + 1, &["("]);
    let loading = scene
        .cue_before(from, figure.at.start, &[CueKind::Single])
        .is_some_and(|(_, cue)| figure.at.start - cue.end <= 5);
    if loading {
        return Phase::Single;
    }
    if starts || (bracket && figure.before == Some(Phase::Start)) {
        return Phase::Start;
    }
    // "some might require up to 50 mg", "higher doses (up to 5 mg a day)": where the
    // dose may go, not where it must stop.
    let rarely = ["require", "requires", "need", "needs", "higher", "sometimes", "occasionally", "rarely"];
    let up_to = figure.measured.bound == Some(Bound::AtMost);
    if up_to && (figure.at.start.saturating_sub(8).max(from)..figure.at.start).any(|token| scene.is(token, &rarely)) {
        return Phase::Target;
    }
    let soon = scene.reading.within(figure.at.end..figure.room.end.min(figure.at.end + 9)).any(|mention| {
        matches!(mention.what, What::Duration(_))
            && scene.is(mention.tokens.start.wrapping_sub(1), &["within", "over", "by", "first", "after"])
    });
    if soon { Phase::Target } else { Phase::Max }
}

/// The nearest cue before the amount, back to the amount before it. "usual" and
/// "recommended" give way to a stronger word in the same noun phrase ("maximum
/// recommended dose").
fn before(scene: &Scene, figure: &Figure) -> Option<Phase> {
    let from = figure.room.start;
    let (mut kind, mut cue) = scene.cue_before(from, figure.at.start, &ROLES)?;
    if kind == CueKind::Target
        && let Some((stronger, place)) = scene.cue_before(from, cue.start, &[CueKind::Maximum, CueKind::Start])
        && cue.start - place.end <= 3
        && !(place.end..cue.start).any(|token| scene.is(token, &[",", ";", "and", "then", "to"]))
    {
        (kind, cue) = (stronger, place);
    }
    let gap = cue.end..figure.at.start;
    let by = scene.is(figure.at.start.wrapping_sub(1), &["by"]) || scene.is(figure.at.start.wrapping_sub(2), &["by"]);
    Some(match kind {
        // "up to 4 times daily" limits no amount.
        CueKind::Maximum if scene.text(cue.clone()).eq_ignore_ascii_case("up to") && gap.len() > 4 => return None,
        // "Child up to 10 years: 125 mg" limits the age.
        CueKind::Maximum
            if scene
                .reading
                .within(cue.start..cue.end + 1)
                .any(|mention| matches!(mention.what, What::Age(_) | What::Weight(_))) =>
        {
            return None;
        }
        CueKind::Maximum => Phase::Max,
        CueKind::Start if gap.clone().any(|token| scene.is(token, &BREAKS)) => return None,
        CueKind::Start => Phase::Start,
        CueKind::Increase | CueKind::Decrease if by => Phase::Step,
        CueKind::Increase | CueKind::Decrease if gap.clone().any(|token| scene.is(token, &["to", "until", "up"])) => {
            Phase::Target
        }
        CueKind::Increase if gap.len() <= 1 => Phase::Step,
        CueKind::Increase | CueKind::Decrease => return None,
        CueKind::Step => Phase::Step,
        CueKind::Target => Phase::Target,
        CueKind::Single => Phase::Single,
        CueKind::Strength => Phase::Strength,
        _ => return None,
    })
}

/// A cue right behind the amount: "10 mg initially", "40 mg (maximum)", "25 mg
/// increments", or a rise that makes this the start.
fn behind(scene: &Scene, figure: &Figure) -> Option<Phase> {
    let end = (figure.at.end..figure.room.end).find(|token| scene.is(*token, &[";", "."])).unwrap_or(figure.room.end);
    let (kind, cue) = scene.cue_in(figure.at.end..end, &ROLES)?;
    let gap = figure.at.end..cue.start;
    let comma = gap.clone().any(|token| scene.is(token, &[",", ")"]));
    let near = gap.len() <= 7 && !comma;
    match kind {
        CueKind::Start if near => Some(Phase::Start),
        // "25 mg up to three times daily" limits how often.
        CueKind::Maximum if !scene.text(cue.clone()).to_lowercase().starts_with("max") => None,
        // "for a maximum of 4 weeks"
        CueKind::Maximum if limits_time(scene, &cue) => None,
        CueKind::Maximum if gap.len() <= 2 && cue.end >= figure.room.end.min(cue.end + 1) => None,
        CueKind::Maximum if near && !leads_on(scene, figure, &cue) => Some(Phase::Max),
        CueKind::Step if gap.len() <= 1 => Some(Phase::Step),
        CueKind::Single if figure.measured.amount.unit.per.iter().any(|per| matches!(&**per, "min" | "h")) => None,
        CueKind::Single if gap.len() <= 7 && !gap.clone().any(|token| scene.is(token, &[")", ";"])) => {
            Some(Phase::Single)
        }
        CueKind::Strength if gap.len() <= 1 => Some(Phase::Strength),
        // "30–60 mg daily, increasing to 60–120 mg daily": the first is the start.
        CueKind::Increase if rises(scene, figure, &cue) => Some(Phase::Start),
        _ => None,
    }
}

fn limits_time(scene: &Scene, cue: &Range<usize>) -> bool {
    scene.reading.within(cue.end..cue.end + 3).any(|mention| matches!(mention.what, What::Duration(_)))
}

/// Whether a cue behind this amount belongs to the next one.
fn leads_on(scene: &Scene, figure: &Figure, cue: &Range<usize>) -> bool {
    let sentence = scene.reading.sentence_of(figure.at.start);
    figure.room.end < sentence.end && figure.room.end.saturating_sub(cue.end) <= 4
}

/// Whether the dose is then raised to another amount, or by steps.
fn rises(scene: &Scene, figure: &Figure, cue: &Range<usize>) -> bool {
    let sentence = scene.reading.sentence_of(figure.at.start);
    (cue.end..sentence.end.min(cue.end + 4)).any(|token| scene.is(token, &["to", "by", "gradually", "slowly", "every"]))
}

/// A phase carried on to an alternative in the same breath: "25 mg twice daily
/// (50 mg daily) or 50–100 mg at bedtime".
fn carried_on(scene: &Scene, figure: &Figure) -> Option<Phase> {
    let phase = figure.before?;
    let gap = figure.room.start..figure.at.start;
    let broken = gap.clone().any(|token| scene.is(token, &BREAKS) || scene.is(token, &[";"]));
    let joined = gap.clone().any(|token| scene.is(token, &["or", "(", "/", "+", "and", "in", "for", ","]));
    match phase {
        Phase::Start | Phase::Single | Phase::Strength if joined && !broken => Some(phase),
        // "(up to 2 g) daily or 50 mg/kg weekly": what is bound stands in the bracket.
        Phase::Max if gap.clone().any(|token| scene.is(token, &[")"])) => None,
        // "(max 4 g a day by mouth, 5 g a day by injection)"
        Phase::Max if !broken && in_open_bracket(scene, figure) => Some(phase),
        Phase::Max if !broken && gap.clone().any(|token| scene.is(token, &["or", "(", "/", "+"])) => Some(phase),
        // "The maximum of A is 200 mg, of B 4 g, and C is 60 mg."
        Phase::Max if !broken && scene.subjects(gap.clone()).next().is_some() && joined => Some(phase),
        _ => None,
    }
}

/// Whether the amount and the one before it stand in one bracket.
fn in_open_bracket(scene: &Scene, figure: &Figure) -> bool {
    let opened = (figure.sentence.start..figure.room.start).rev().find(|token| scene.is(*token, &["(", ")"]));
    opened.is_some_and(|token| scene.is(token, &["("]))
        && !(figure.room.start..figure.at.start).any(|token| scene.is(token, &["(", ")"]))
}

/// "25 mg tablets", "tablets: 10 mg", "5 mg amitriptyline and 1500 mcg
/// methylcobalamin" of a product, a device.
fn is_product(scene: &Scene, figure: &Figure) -> bool {
    let form_at = |tokens: Range<usize>| {
        scene.reading.within(tokens).find(|mention| matches!(mention.what, What::Form(_) | What::Release(_)))
    };
    let contains =
        scene.cue_before(figure.sentence.start, figure.at.start, &[CueKind::Strength]).is_some_and(|(_, cue)| {
            !(cue.end..figure.at.start).any(|token| scene.is(token, &[".", ";", "take", "taken", "given"]))
                && figure.at.start - cue.end <= 24
        });
    // "four 200 mg capsules", "half a 25 mg tablet" twice a day
    let counts = ["two", "three", "four", "five", "six", "half", "x", "×"];
    let counted = scene.is(figure.at.start.wrapping_sub(1), &counts)
        || scene.is(figure.at.start.wrapping_sub(1), &["a", "of"])
            && scene.is(figure.at.start.wrapping_sub(2), &["half"]);
    if counted && form_at(figure.at.end..(figure.at.end + 2).min(figure.room.end)).is_some() {
        return true;
    }
    // Directly before a plural form without any frequency after it.
    let after = figure.at.end..(figure.at.end + 3).min(figure.room.end);
    let dosed = scene
        .reading
        .within(figure.at.end..figure.room.end)
        .any(|mention| matches!(mention.what, What::Frequency(_) | What::Daily | What::Every(_) | What::Divided(_)));
    // "For oral dosage forms: at first 75 mg a day" is a dose.
    if contains && !dosed {
        return true;
    }
    let plural = form_at(after).is_some_and(|mention| scene.word(mention.tokens.end - 1).ends_with('s'));
    plural && !dosed
}

/// Given in a study, a case, an overdose or an animal; not recommended.
fn is_reported(scene: &Scene, figure: &Figure, section: Option<Section>) -> bool {
    let sentence = figure.sentence.clone();
    let directive = is_directive(scene, &sentence);
    // "doses above 300 mg" are spoken of, not given; a dietary allowance is no dose.
    let limit = scene.cue_before(figure.room.start, figure.at.start, &[CueKind::Maximum]).is_some()
        || scene.is_negated(figure.room.start, figure.at.start);
    let threshold = figure.measured.bound == Some(Bound::Above) && !limit;
    let allowance =
        sentence.clone().any(|token| scene.is(token, &["rda", "dietary", "allowance", "nutrient", "adequate"]));
    if threshold || allowance {
        return true;
    }
    let poisoning = scene.has(sentence.clone(), CueKind::Overdose) || section == Some(Section::Overdose);
    if scene.has(sentence.clone(), CueKind::Animal) || (poisoning && !directive) {
        return true;
    }
    if matches!(section, Some(Section::Pharmacology | Section::Adverse)) && !directive {
        return true;
    }
    if was_given(scene, figure) {
        return true;
    }
    let historical = scene.has(sentence.clone(), CueKind::Historical);
    // "the upper intake level is 3 mg a day"
    let is_no_dose = scene.has(sentence.clone(), CueKind::NoDose);
    let study =
        scene.has(sentence, CueKind::Reported) || scene.whole.is_report || matches!(section, Some(Section::Evidence));
    (study || historical || is_no_dose) && !directive
}

/// "up to 240 mg daily have been reported": what others did.
fn was_given(scene: &Scene, figure: &Figure) -> bool {
    let behind = figure.at.end..(figure.at.end + 9).min(figure.room.end);
    // "Doses up to 3 g a day are generally considered safe."
    let is_borne = behind.clone().any(|token| {
        scene.is(token, &["are", "is", "appear"])
            && (token + 1..token + 4).any(|next| scene.is(next, &["safe", "tolerated", "considered"]))
    });
    if is_borne {
        return true;
    }
    let done = ["reported", "used", "studied", "administered", "given", "tried", "tolerated", "investigated"];
    behind.clone().any(|token| {
        (scene.is(token, &["have", "has"]) && (token + 1..token + 3).any(|next| scene.is(next, &["been", "also"]))
            || scene.is(token, &["having"]) && scene.is(token + 1, &["been"]))
            && (token + 1..token + 5).any(|next| scene.is(next, &done))
    })
}

/// Whether a sentence tells the reader what to give.
pub(crate) fn is_directive(scene: &Scene, sentence: &Range<usize>) -> bool {
    sentence.clone().any(|token| {
        scene.is(
            token,
            &[
                "should",
                "recommended",
                "recommend",
                "give",
                "start",
                "begin",
                "take",
                "must",
                "usual",
                "initially",
                "consider",
            ],
        )
    }) && !scene.whole.is_report
}
