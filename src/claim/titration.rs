//! Titration: by how much, and after how long, a dose is stepped.

use super::scene::Scene;
use super::{Amount, Claim, Interval, Titration, Value};
use crate::mention::{Mention, What};
use crate::quantity::Unit;
use crate::text::token::TokenKind;
use crate::vocabulary::CueKind;
use rust_decimal::Decimal;
use std::ops::Range;

const STEPS: [CueKind; 3] = [CueKind::Increase, CueKind::Decrease, CueKind::Step];

/// Finds how the sentences of a block step a dose.
pub(crate) fn extract(scene: &Scene, claims: &mut Vec<Claim>) {
    for sentence in &scene.reading.sentences {
        let mut from = sentence.start;
        while let Some((kind, cue)) = scene.cue_in(from..sentence.end, &STEPS) {
            let end = clause_end(scene, &cue, sentence);
            let start = from;
            from = end.max(cue.end);
            claims.extend(Clause { scene, kind, cue, start, end }.claim());
        }
    }
}

/// A step ends where the next one begins, or the limit or goal of it is named.
fn clause_end(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> usize {
    let stops = [CueKind::Maximum, CueKind::Target, CueKind::Start, CueKind::Increase, CueKind::Decrease];
    let next = scene.cue_in(cue.end..sentence.end, &stops).map_or(sentence.end, |(_, next)| next.start);
    (cue.end..next).find(|token| scene.is(*token, &[";"])).unwrap_or(next)
}

/// What is said about one step.
struct Clause<'s> {
    scene: &'s Scene<'s>,
    kind: CueKind,
    cue: Range<usize>,
    /// The end of the step before it, or the start of the sentence.
    start: usize,
    end: usize,
}

/// What was found of a step.
#[derive(Default)]
struct Found {
    increment: Option<Amount>,
    interval: Option<Interval>,
    /// Whether the interval is the time after which the dose is stepped.
    after: bool,
    /// "daily", which may be the interval or say that the amount is a day's.
    daily: bool,
    /// Whether the dose that is stepped to has been named: what follows says
    /// how that is given.
    goal: bool,
}

impl Clause<'_> {
    fn claim(&self) -> Option<Claim> {
        let mut found = Found::default();
        let mut tokens = self.cue.clone();
        for mention in self.scene.reading.within(self.reach()..self.end) {
            // "50 mg/day": the day is part of the amount.
            let is_inside = mention.tokens.end <= tokens.end && mention.tokens.start > self.cue.end;
            if !is_inside && self.take(mention, &mut found) {
                tokens.start = tokens.start.min(mention.tokens.start);
                tokens.end = tokens.end.max(mention.tokens.end);
            }
        }
        found.settle_days(self);
        if self.steps_something_else() || !self.steps_a_dose(&found) {
            return None;
        }
        let (drugs, subject) = self.scene.subject(&self.cue)?;
        let sentence = self.scene.reading.sentence_of(self.cue.start);
        let down = self.kind == CueKind::Decrease;
        let value = Value::Titration(Titration { increment: found.increment, interval: found.interval, down });
        let context = self.scene.context(&tokens, &(sentence.start..self.end));
        Some(self.scene.claim(tokens, drugs, subject, value, context))
    }

    /// Levels rise and pain falls too: a percentage is a step only in an
    /// interval, and a time after which something rose only beside a dose.
    fn steps_a_dose(&self, found: &Found) -> bool {
        match (&found.increment, found.interval) {
            (None, None) => false,
            (Some(by), interval) if &*by.unit.code == "%" => interval.is_some() && !self.scene.whole.is_report,
            (Some(_), _) => true,
            (None, Some(_)) if found.after => !self.scene.whole.is_report && (found.goal || self.names_dose()),
            (None, Some(_)) => true,
        }
    }

    /// "by 10 mmHg": what falls is no dose.
    fn steps_something_else(&self) -> bool {
        let scene = self.scene;
        let by = (self.cue.end..self.end.min(self.cue.end + 5)).find(|token| scene.is(*token, &["by"]));
        by.is_some_and(|by| {
            let is_number = scene.reading.tokens.get(by + 1).is_some_and(|token| token.kind == TokenKind::Number);
            let counted = scene
                .reading
                .within(by + 1..by + 2)
                .any(|mention| matches!(mention.what, What::Amount(_) | What::Percent(_)));
            is_number && !counted
        })
    }

    fn names_dose(&self) -> bool {
        const WORDS: [&str; 8] =
            ["dose", "doses", "dosage", "titrate", "titrated", "titration", "escalation", "escalate"];
        let from = self.cue.start.saturating_sub(4).max(self.start);
        (from..self.end).any(|token| self.scene.is(token, &WORDS))
    }

    /// Where what belongs to the step begins: "25 mg to 50 mg daily increments",
    /// "weekly increases", "after 2 weeks increase".
    fn reach(&self) -> usize {
        const LONGEST: usize = 8;
        let is_lead = |mention: &&Mention| {
            let gap = mention.tokens.end..self.cue.start;
            // "adjust the weekly dose by increments of": the week is the dose's.
            let is_apart = !gap.is_empty() && self.scene.is(self.cue.start, &["by", "in"]);
            let is_near = gap.len() <= 2
                && !is_apart
                && gap
                    .into_iter()
                    .all(|token| self.scene.is(token, &["dose", "dosage", "daily", "weekly", ",", "-", "the"]));
            let is_kind = match mention.what {
                What::Amount(_) => self.kind == CueKind::Step,
                What::Duration(_) => self.is_after(mention),
                What::Frequency(_) | What::Every(_) | What::Daily => self.is_noun(),
                _ => false,
            };
            mention.tokens.end <= self.cue.start && is_near && is_kind
        };
        let from = self.cue.start.saturating_sub(LONGEST).max(self.start);
        let leads = self.scene.reading.within(from..self.cue.start).filter(is_lead);
        leads.map(|mention| mention.tokens.start).min().unwrap_or(self.cue.start)
    }

    /// "increments", "increases", "titration": a noun that "weekly" describes.
    fn is_noun(&self) -> bool {
        self.kind == CueKind::Step
            || self.scene.is(
                self.cue.end - 1,
                &[
                    "increases",
                    "increase",
                    "titration",
                    "uptitration",
                    "escalation",
                    "reductions",
                    "adjustments",
                    "reduction",
                ],
            )
    }

    /// Takes in a mention, if it belongs to the step.
    fn take(&self, mention: &Mention, found: &mut Found) -> bool {
        let at = &mention.tokens;
        match &mention.what {
            What::Amount(measured) => self.take_amount(at, &measured.amount, found),
            What::Percent(range) if self.is_by(at) && found.increment.is_none() => {
                let unit = Unit { code: "%".into(), base: "%".into(), factor: Decimal::ONE, per: Vec::new() };
                found.increment = Some(Amount { range: *range, unit });
                true
            }
            What::Every(days) if found.interval.is_none() && self.is_of_step(at, found) => {
                found.interval = Some(*days);
                true
            }
            What::Frequency(frequency)
                if found.interval.is_none() && frequency.days > Decimal::ONE && self.is_of_step(at, found) =>
            {
                found.interval = Some(Interval::point(frequency.days));
                true
            }
            What::Duration(Some(days)) if found.interval.is_none() && self.is_interval(mention) => {
                found.interval = Some(*days);
                found.after = self.is_after(mention);
                true
            }
            What::Daily if !found.goal && (found.increment.is_some() || at.start < self.cue.end) => {
                found.daily = true;
                true
            }
            _ => false,
        }
    }

    fn take_amount(&self, at: &Range<usize>, amount: &Amount, found: &mut Found) -> bool {
        let before = |words: &[&str]| self.scene.is(at.start.wrapping_sub(1), words);
        let by = self.is_by(at);
        // "rounded to the nearest 10 mg increment"
        if (at.start.saturating_sub(3)..at.start).any(|token| self.scene.is(token, &["nearest"])) {
            return false;
        }
        if !by && (before(&["to", "until", "reach", "reaching"]) || found.increment.is_none()) {
            found.goal = &*amount.unit.base != "mL";
            return false;
        }
        match &mut found.increment {
            None => found.increment = Some(amount.clone()),
            // "increments of 500 mg or 850 mg"
            Some(known) if (by || before(&["or"])) && known.unit == amount.unit => {
                known.range.low = known.range.low.min(amount.range.low);
                known.range.high = known.range.high.max(amount.range.high);
            }
            Some(_) => return false,
        }
        true
    }

    /// Whether an amount is what is stepped by: "by 25 mg", "in steps of 25 mg",
    /// "25 mg increments".
    fn is_by(&self, at: &Range<usize>) -> bool {
        let scene = self.scene;
        let led = |back: usize| scene.is(at.start.wrapping_sub(back), &["by", "of"]);
        let hyphen = usize::from(scene.is(at.end, &["-"]));
        led(1)
            || led(2)
            || at.start == self.cue.end
            || (self.kind == CueKind::Step && !scene.is(at.start.wrapping_sub(1), &["to"]))
            || scene.has(at.end..at.end + 2 + hyphen, CueKind::Step)
            || scene.is(at.end + hyphen, &["steps", "step"])
    }

    /// Whether a frequency is that of the step. After the dose that is stepped
    /// to ("increase to 20 mg every 8 hours") it is the dose's.
    fn is_of_step(&self, at: &Range<usize>, found: &Found) -> bool {
        let named =
            self.scene.is(at.end, &["interval", "intervals"]) || self.scene.is(at.end - 1, &["interval", "intervals"]);
        let to = self.scene.is(at.start.wrapping_sub(1), &["to"]);
        named || !(found.goal || to)
    }

    /// "at intervals of 2 weeks", "after 1 week". "Over 2 weeks" is no interval.
    fn is_interval(&self, mention: &Mention) -> bool {
        const REACH: usize = 6;
        let start = mention.tokens.start;
        let near = start.saturating_sub(REACH).max(self.start)..start;
        let mut near = near;
        let spaced = near.any(|token| self.scene.is(token, &["interval", "intervals"]));
        let least = self.scene.is(start.wrapping_sub(1), &["least"]) && self.scene.is(start.wrapping_sub(2), &["at"]);
        spaced || least || self.is_after(mention)
    }

    fn is_after(&self, mention: &Mention) -> bool {
        const EVENTS: [&str; 8] = ["of", "after", "before", "later", "the", "if", "surgery", "without"];
        let scene = self.scene;
        let start = mention.tokens.start;
        let after = scene.is(start.wrapping_sub(1), &["after"])
            || (scene.is(start.wrapping_sub(2), &["after"])
                && scene.is(start.wrapping_sub(1), &["about", "another", "further"]));
        after && !scene.is(mention.tokens.end, &EVENTS)
    }
}

impl Found {
    /// "by 300 mg daily", "by 300 mg every day" are steps from day to day, "by
    /// 300 mg/day" is a step of the day's dose.
    fn settle_days(&mut self, clause: &Clause) {
        let Some(amount) = &mut self.increment else {
            if self.daily && clause.is_noun() && self.interval.is_none() {
                self.interval = Some(Interval::point(Decimal::ONE));
            }
            return;
        };
        let words = &clause.scene.reading.words;
        let is_slashed = (clause.cue.end..clause.end).any(|token| matches!(words.get(token), "/" | "per" | "a"));
        if self.interval.is_none() && (self.daily || (amount.unit.is_per("d") && !is_slashed)) {
            self.interval = Some(Interval::point(Decimal::ONE));
            amount.unit.per.retain(|per| &**per != "d");
        }
        if amount.unit.is_per("wk") {
            self.interval = self.interval.or(Some(Interval::point(Decimal::from(7))));
            amount.unit.per.retain(|per| &**per != "wk");
        }
    }
}
