//! Onset: how long until the drug works. Never half-lives, durations of
//! treatment, review intervals or washouts.

use super::scene::Scene;
use super::scope::Section;
use super::subject::names;
use super::{Claim, Interval, Name, Onset, Stage, Subject, Value};
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
    let time = Time { scene, at, clause: clause.clone() };
    if time.is_length() || time.is_denied() || time.is_unwanted() {
        return false;
    }
    let effect = |tokens: Range<usize>| scene.cue_in(tokens, &[CueKind::Effect, CueKind::FullEffect]).is_some();
    let comes = scene.cue_in(clause.clone(), &[CueKind::FullEffect]).is_some() || time.appears();
    let has_effect = effect(clause.clone()) || effect(sentence.clone());
    let is_timed = time.is_timed();
    if is_timed && (time.begins_to_work() || time.improves()) {
        return true;
    }
    if comes && has_effect && (is_timed || at.start == clause.start) {
        return true;
    }
    answers_how_long(scene) && (has_effect || comes || time.begins_to_work())
}

/// The answer to "How long does it take to work?".
fn answers_how_long(scene: &Scene) -> bool {
    scene.block.place.question.is_some_and(|id| {
        let question = scene.article.blocks[id].text.to_lowercase();
        ["how long", "how soon", "how quickly", "how fast", "when will"].iter().any(|asks| question.contains(asks))
            && !question.contains(" last")
            && ["work", "effect", "improve", "better", "relief", "notice"].iter().any(|word| question.contains(word))
    })
}

/// A time and the clause around it.
struct Time<'s> {
    scene: &'s Scene<'s>,
    at: &'s Range<usize>,
    clause: Range<usize>,
}

impl Time<'_> {
    /// The word so many places before the time; "up to" and "about" belong to it.
    fn before(&self, back: usize) -> &str {
        self.start().checked_sub(back).map_or("", |token| self.scene.reading.words.get(token))
    }

    /// Where the time begins, "up to", "at least" and "about" included.
    fn start(&self) -> usize {
        let mut start = self.at.start;
        loop {
            let is = |back: usize, words: &[&str]| self.scene.is(start.wrapping_sub(back), words);
            start -= match () {
                () if is(1, &["to"]) && is(2, &["up"]) => 2,
                () if is(1, &["least", "most"]) && is(2, &["at"]) => 2,
                () if is(1, &["than"]) && is(2, &["more", "less"]) => 2,
                () if is(
                    1,
                    &[
                        "about",
                        "around",
                        "approximately",
                        "roughly",
                        "only",
                        "just",
                        "another",
                        "approx",
                        "~",
                        "first",
                        "the",
                        "over",
                    ],
                ) =>
                {
                    1
                }
                () => return start,
            };
        }
    }

    fn has(&self, tokens: Range<usize>, words: &[&str]) -> bool {
        let mut tokens = tokens;
        tokens.any(|token| self.scene.is(token, words))
    }

    /// The tokens of the clause before the time.
    fn head(&self) -> Range<usize> {
        self.clause.start..self.at.start
    }

    /// "takes 2 weeks", "may take up to 6 weeks".
    fn is_taken(&self) -> bool {
        self.has(
            self.at.start.saturating_sub(4).max(self.clause.start)..self.at.start,
            &["take", "takes", "taken", "taking", "took"],
        )
    }

    /// How long something lasts, or when something else is done: "for 4 weeks",
    /// "2-hour relief", "2 weeks before surgery", "4 weeks apart".
    fn is_length(&self) -> bool {
        let scene = self.scene;
        let is_awaited = self.has(self.head(), &["delayed", "not"]);
        if self.before(1) == "for" && !is_awaited {
            return true;
        }
        if scene.is(self.at.end.wrapping_sub(2), &["-", "‑"]) || self.is_since_event() {
            return true;
        }
        match scene.reading.words.get(self.at.end) {
            "apart" | "later" => true,
            "before" => !self.is_taken(),
            "after" => !(self.follows_beginning() || self.follows_onset() || self.is_awaited_in()),
            "of" => !(self.is_taken() || self.is_awaited_in()),
            _ => false,
        }
    }

    /// "within 48 hours of symptom onset", "14 days after birth".
    fn is_since_event(&self) -> bool {
        const EVENTS: [&str; 12] = [
            "onset",
            "birth",
            "surgery",
            "admission",
            "delivery",
            "injury",
            "infection",
            "exposure",
            "diagnosis",
            "presentation",
            "intubation",
            "transplantation",
        ];
        let after = self.at.end;
        self.scene.is(after, &["of", "from", "after", "following"]) && self.has(after + 1..after + 5, &EVENTS)
    }

    /// A preposition that leads to the time.
    fn is_awaited_in(&self) -> bool {
        const LEADS: [&str; 5] = ["within", "in", "after", "by", "until"];
        LEADS.contains(&self.before(1))
    }

    /// "begins 15 minutes after", "is felt about 1 hour after".
    fn follows_beginning(&self) -> bool {
        let start = self.start();
        let near = start.saturating_sub(4).max(self.clause.start)..start;
        let kinds = [CueKind::Appear, CueKind::Onset, CueKind::FirstEffect];
        self.scene.cue_before(near.start, near.end, &kinds).is_some_and(|(_, cue)| cue.end == start)
    }

    fn is_timed(&self) -> bool {
        const LEADS: [&str; 10] = ["within", "take", "takes", "taking", "after", "over", "in", "to", "until", "by"];
        let is_over = self.scene.is(self.at.start.wrapping_sub(1), &["over"]);
        let leads = LEADS.contains(&self.before(1)) || LEADS.contains(&self.before(2)) || is_over;
        // A peak is at a time; what is "seen at 12 weeks" was only measured then.
        let peaks = self.before(1) == "at" && self.scene.has(self.clause.clone(), CueKind::FullEffect);
        let delayed = self.before(1) == "for" && self.has(self.head(), &["delayed", "not"]);
        // "several weeks (up to 12 weeks)"
        let restated = self.before(1) == "(" && self.start() == self.clause.start + 1;
        leads || peaks || delayed || restated || self.follows_beginning() || self.follows_onset()
    }

    /// "Onset of action: 30 minutes", "an onset of about 15 minutes".
    fn follows_onset(&self) -> bool {
        let near = self.at.start.saturating_sub(8).max(self.clause.start);
        self.scene.cue_before(near, self.at.start, &[CueKind::Onset]).is_some_and(|(_, cue)| {
            (cue.end - 1..self.at.start).chain(cue).any(|token| self.scene.is(token, &["onset", "effect"]))
        })
    }

    /// "does not work within 3 days", "if there is relief after 4 weeks".
    fn is_denied(&self) -> bool {
        let scene = self.scene;
        if self.has(self.head(), &["if", "unless", "once", "whether", "should"]) && !self.is_expected() {
            return true;
        }
        let negated = scene.cue_in(self.head(), &[CueKind::Negation]).is_some();
        negated && !self.is_taken() && matches!(self.before(1), "within" | "in" | "after" | "by")
    }

    /// "you should notice an improvement": no condition.
    fn is_expected(&self) -> bool {
        self.has(self.head(), &["should"])
            && !self.has(self.head(), &["if", "unless", "once", "whether"])
            && !self.scene.is(self.clause.start, &["should"])
    }

    /// A side effect, a reaction, or the beginning of an illness.
    fn is_unwanted(&self) -> bool {
        let unwanted = self.has(
            self.clause.clone(),
            &["reaction", "reactions", "rash", "anaphylaxis", "withdrawal", "hypersensitivity"],
        );
        let side_effect = self
            .scene
            .cue_in(self.clause.clone(), &[CueKind::Harm])
            .is_some_and(|(_, cue)| self.has(cue, &["side", "adverse", "harm", "harms"]));
        let onset = self.clause.clone().find(|token| self.scene.is(*token, &["onset"]));
        unwanted || side_effect || onset.is_some_and(|onset| self.is_of_illness(onset))
    }

    /// "symptom onset", "onset of menses": of anything but an effect.
    fn is_of_illness(&self, onset: usize) -> bool {
        const ILLNESS: [&str; 11] = [
            "symptom", "symptoms", "disease", "illness", "headache", "migraine", "seizure", "age", "labour", "stroke",
            "late",
        ];
        const EFFECTS: [&str; 12] = [
            "action",
            "activity",
            "analgesia",
            "anaesthesia",
            "anesthesia",
            "sedation",
            "block",
            "therapeutic",
            "clinical",
            "bronchodilation",
            "paralysis",
            "hypnosis",
        ];
        if self.has(onset.saturating_sub(1)..onset, &ILLNESS) {
            return true;
        }
        let of = onset + 2..onset + 6;
        let of_effect = || {
            let kinds = [CueKind::Effect, CueKind::FullEffect, CueKind::Benefit];
            self.has(of.clone(), &EFFECTS)
                || self.scene.cue_in(of.clone(), &kinds).is_some()
                || self.scene.subjects(of.clone()).next().is_some()
        };
        self.scene.is(onset + 1, &["of"]) && !of.contains(&self.at.start) && !of_effect()
    }

    /// "starts to work", "onset of action": words that name the effect.
    fn begins_to_work(&self) -> bool {
        self.scene.cue_in(self.clause.clone(), &[CueKind::Onset]).is_some()
    }

    /// "symptoms improve within", "relieves pain in": a verb of getting better
    /// right before the time.
    fn improves(&self) -> bool {
        const VERBS: [&str; 10] = [
            "improve",
            "improves",
            "relieve",
            "relieves",
            "ease",
            "eases",
            "respond",
            "responds",
            "improving",
            "settle",
        ];
        let near = self.at.start.saturating_sub(6).max(self.clause.start)..self.at.start;
        self.is_awaited_in()
            && self.has(near, &VERBS)
            && self.scene.cue_in(self.clause.clone(), &[CueKind::Harm]).is_none()
    }

    /// An effect is noticed, or begins; a dose that begins is none.
    fn appears(&self) -> bool {
        let scene = self.scene;
        let kinds = [CueKind::Appear, CueKind::FirstEffect];
        if scene.cue_in(self.clause.clone(), &[CueKind::Increase, CueKind::Decrease]).is_some() {
            return false;
        }
        scene.reading.within(self.clause.clone()).any(|mention| match mention.what {
            What::Cue(kind) if kinds.contains(&kind) => {
                let cue = &mention.tokens;
                let starts =
                    cue.len() == 1 && scene.is(cue.start, &["begin", "begins", "start", "starts", "beginning"]);
                let from = cue.start.saturating_sub(4).max(self.clause.start);
                !starts
                    || scene
                        .cue_in(from..cue.start, &[CueKind::Effect, CueKind::FullEffect, CueKind::FirstEffect])
                        .is_some()
            }
            _ => false,
        })
    }
}

/// The clause around a time, inside the room that is its own.
fn clause(scene: &Scene, at: &Range<usize>, room: &Range<usize>) -> Range<usize> {
    let is_break = |token: usize| scene.is(token, &[",", ";", "but", "—", "while", "although"]);
    let start = (room.start..at.start).rev().find(|token| is_break(*token)).map_or(room.start, |token| token + 1);
    let end = (at.end..room.end).find(|token| is_break(*token)).unwrap_or(room.end);
    start..end
}

fn stage(scene: &Scene, at: &Range<usize>, room: &Range<usize>) -> Stage {
    const BEGIN: [&str; 10] =
        ["onset", "emerge", "emerges", "initial", "begin", "begins", "starts", "first", "some", "early"];
    let clause = clause(scene, at, room);
    if scene.has(clause.clone(), CueKind::FullEffect)
        || clause.clone().any(|token| scene.is(token, &["full", "fully", "maximum", "maximal"]))
    {
        return Stage::Full;
    }
    let mut tokens = clause.clone();
    let begins = scene.has(clause, CueKind::FirstEffect) || tokens.any(|token| scene.is(token, &BEGIN));
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
    let (drugs, subject) = responded_to(scene, sentence)
        .or_else(|| scene.subject(&mention.tokens))
        .or_else(|| only_named(scene, sentence))?;
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

/// "response to lithium", "improvement with fluticasone", "With fluticasone,
/// relief …": a drug that elsewhere would only keep company.
fn responded_to(scene: &Scene, sentence: &Range<usize>) -> Option<(Vec<Name>, Subject)> {
    let kinds = [CueKind::Effect, CueKind::FullEffect, CueKind::FirstEffect, CueKind::Onset, CueKind::AnalgesicEffect];
    let is_responded_to = |mention: &&Mention| {
        let start = mention.tokens.start;
        let opens = start == sentence.start + 1 && scene.is(sentence.start, &["with"]);
        let links = start > sentence.start + 1 && scene.is(start - 1, &["with", "to"]);
        opens
            || (links
                && scene.cue_before(sentence.start, start - 1, &kinds).is_some_and(|(_, cue)| cue.end == start - 1))
    };
    scene.subjects(sentence.clone()).find(is_responded_to).map(|mention| (names(mention), Subject::Stated))
}

/// The only drug of a sentence, also as company: "15 minutes after taking
/// sumatriptan".
fn only_named(scene: &Scene, sentence: &Range<usize>) -> Option<(Vec<Name>, Subject)> {
    let mut subjects = scene.subjects(sentence.clone());
    let only = subjects.next()?;
    subjects.next().is_none().then(|| (names(only), Subject::Stated))
}

/// The condition that an effect is the relief of.
fn relieved(effect: &str) -> Option<&'static str> {
    match effect {
        "analgesic" => Some("pain"),
        "antidepressant" => Some("depression"),
        _ => None,
    }
}
