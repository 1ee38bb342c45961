//! Onset: how long until the drug works. Never half-lives, durations of
//! treatment, review intervals or washouts.

use super::scene::Scene;
use super::scope::Section;
use super::{Claim, Interval, Name, Onset, Stage, Value};
use crate::mention::{Mention, What};
use crate::vocabulary::CueKind;
use std::ops::Range;

/// Finds the onset times of a block.
pub(crate) fn extract(scene: &Scene, claims: &mut Vec<Claim>) {
    for sentence in &scene.reading.sentences {
        let times: Vec<(&Mention, Option<Interval>)> = scene
            .reading
            .within(sentence.clone())
            .filter_map(|mention| match mention.what {
                What::Duration(days) => Some((mention, days)),
                _ => None,
            })
            .collect();
        let mut last_is_onset = false;
        for (index, (mention, days)) in times.iter().enumerate() {
            let start = index.checked_sub(1).map_or(sentence.start, |before| times[before].0.tokens.end);
            let end = times.get(index + 1).map_or(sentence.end, |(next, _)| next.tokens.start);
            let compared =
                last_is_onset && (start..mention.tokens.start).any(|token| scene.is(token, &["versus", "vs"]));
            last_is_onset = compared || is_onset(scene, &mention.tokens, &(start..end), sentence);
            if last_is_onset {
                let effect = effect(scene, sentence, &(start..end), index, times.len());
                let stage = if compared { Stage::Unspecified } else { stage(scene, &mention.tokens, &(start..end)) };
                claims.extend(claim(scene, mention, *days, stage, effect, sentence));
            }
        }
    }
}

/// Whether a time says when an effect comes.
fn is_onset(scene: &Scene, at: &Range<usize>, room: &Range<usize>, sentence: &Range<usize>) -> bool {
    let scope = scene.scope_at(at.start);
    if matches!(scope.section, Some(Section::Reference | Section::Pharmacology | Section::Adverse | Section::Overdose))
    {
        return false;
    }
    let clause = clause(scene, at, room);
    if scene.cue_in(clause.clone(), &[CueKind::NotOnset]).is_some() || scene.whole.is_report {
        return false;
    }
    let before = |back: usize| at.start.checked_sub(back).map(|token| scene.word(token)).unwrap_or_default();
    let (one, two) = (before(1), before(2));
    let timed = matches!(
        one.as_str(),
        "within"
            | "take"
            | "takes"
            | "taking"
            | "after"
            | "over"
            | "in"
            | "to"
            | "until"
            | "by"
            | "about"
            | "around"
            | "approximately"
    ) || matches!(two.as_str(), "take" | "takes" | "taking" | "within" | "after" | "in");
    let effect = |tokens: Range<usize>| scene.cue_in(tokens, &[CueKind::Effect, CueKind::FullEffect]).is_some();
    let onset = scene.cue_in(clause.clone(), &[CueKind::Onset, CueKind::FullEffect, CueKind::FirstEffect]).is_some();
    // "2-hour pain relief" is when it was measured.
    let measured = scene.is(at.end.wrapping_sub(2), &["-", "‑"]);
    let lasts = one == "for" || measured || scene.is(at.end, &["after", "before", "of", "apart", "later"]);
    if lasts {
        return false;
    }
    if onset && (timed || at.start == clause.start) && (effect(clause.clone()) || effect(sentence.clone())) {
        return true;
    }
    answers_how_long(scene) && (effect(sentence.clone()) || onset)
}

/// The answer to "How long does it take to work?".
fn answers_how_long(scene: &Scene) -> bool {
    scene.block.place.question.is_some_and(|id| {
        let question = scene.article.blocks[id].text.to_lowercase();
        question.contains("how long")
            && ["work", "effect", "improve", "better", "relief", "notice"].iter().any(|word| question.contains(word))
    })
}

/// The clause around a time, inside the room that is its own.
fn clause(scene: &Scene, at: &Range<usize>, room: &Range<usize>) -> Range<usize> {
    let is_break = |token: usize| scene.is(token, &[",", ";", "but", "—", "while", "although"]);
    let start = (room.start..at.start).rev().find(|token| is_break(*token)).map_or(room.start, |token| token + 1);
    let end = (at.end..room.end).find(|token| is_break(*token)).unwrap_or(room.end);
    start..end
}

fn stage(scene: &Scene, at: &Range<usize>, room: &Range<usize>) -> Stage {
    let clause = clause(scene, at, room);
    if scene.has(clause.clone(), CueKind::FullEffect)
        || clause.clone().any(|token| scene.is(token, &["full", "maximum", "maximal"]))
    {
        return Stage::Full;
    }
    let begins = scene.has(clause.clone(), CueKind::FirstEffect)
        || clause.clone().any(|token| {
            scene.is(
                token,
                &["onset", "emerge", "emerges", "initial", "begin", "begins", "starts", "first", "some", "early"],
            )
        });
    if begins { Stage::Initial } else { Stage::Unspecified }
}

/// Which effect: of two in one sentence ("earlier than antidepressant effects
/// (1–2 weeks versus 4–6 weeks)") the first time is the first effect's.
fn effect(scene: &Scene, sentence: &Range<usize>, room: &Range<usize>, index: usize, times: usize) -> Option<Name> {
    let kinds = [CueKind::AnalgesicEffect, CueKind::AntidepressantEffect];
    let name =
        |kind: CueKind| Name::from(if kind == CueKind::AnalgesicEffect { "analgesic" } else { "antidepressant" });
    let mut all: Vec<CueKind> = Vec::new();
    for mention in scene.reading.within(sentence.clone()) {
        match mention.what {
            What::Cue(kind) if kinds.contains(&kind) && !all.contains(&kind) => all.push(kind),
            _ => {}
        }
    }
    if times == 2 && all.len() == 2 {
        return Some(name(all[index]));
    }
    let own = scene.cue_in(room.clone(), &kinds).map(|(kind, _)| kind);
    own.or(all.first().copied()).map(name)
}

fn claim(
    scene: &Scene,
    mention: &Mention,
    days: Option<Interval>,
    stage: Stage,
    effect: Option<Name>,
    sentence: &Range<usize>,
) -> Option<Claim> {
    let (drugs, subject) = scene.subject(&mention.tokens)?;
    let mut context = scene.context(&mention.tokens, sentence);
    if let Some(condition) = effect.as_deref().and_then(relieved) {
        let vocabulary = scene.vocabulary;
        let is_kind = |name: &Name| {
            vocabulary
                .condition(name)
                .zip(vocabulary.condition(condition))
                .is_some_and(|(one, other)| vocabulary.is_kind_of(one, other))
        };
        context.indications.retain(is_kind);
        if context.indications.is_empty() {
            context.indications.push(Name::from(condition));
        }
    }
    let value = Value::Onset(Onset { days, stage, effect });
    Some(scene.claim(mention.tokens.clone(), drugs, subject, value, context))
}

/// The condition that an effect is the relief of.
fn relieved(effect: &str) -> Option<&'static str> {
    match effect {
        "analgesic" => Some("pain"),
        "antidepressant" => Some("depression"),
        _ => None,
    }
}
