//! Doses: amounts of a drug that are given, recommended, limited, contained
//! in a product, or reported.

use super::phase::{Figure, phase};
use super::scene::Scene;
use super::scope::Section;
use super::{Claim, Dose, Frequency, Interval, Name, Phase, Subject, Value};
use crate::mention::{Bound, Measured, Mention, What};
use crate::vocabulary::CueKind;
use rust_decimal::Decimal;
use std::ops::Range;

/// Finds the doses of a block.
pub(crate) fn extract(scene: &Scene, claims: &mut Vec<Claim>) {
    let figures = figures(scene);
    let mut before: Option<(usize, Phase)> = None;
    for (index, figure) in figures.iter().enumerate() {
        let before_it = before.filter(|(at, _)| *at >= figure.sentence.start).map(|(_, phase)| phase);
        let figure = &Figure { before: before_it, ..figure.clone() };
        if !can_be_dose(scene, figure) {
            continue;
        }
        let mut phase = phase(scene, figure);
        if phase == Phase::Target {
            phase = phase_of_alternative(scene, figures.get(index + 1), figure).unwrap_or(phase);
        }
        before = Some((figure.at.start, phase));
        if phase != Phase::Step {
            claims.extend(claim(scene, figure, phase));
        }
    }
}

/// The amounts of a block, each with its room; nothing is said of phases yet.
pub(super) fn figures<'s>(scene: &'s Scene) -> Vec<Figure<'s>> {
    let amounts: Vec<(&Mention, &Measured)> = scene
        .reading
        .mentions
        .iter()
        .filter_map(|mention| match &mention.what {
            What::Amount(measured) => Some((mention, &**measured)),
            _ => None,
        })
        .collect();
    let figure = |(index, (mention, measured)): (usize, &(&Mention, &'s Measured))| {
        let sentence = scene.reading.sentence_of(mention.tokens.start);
        let start =
            index.checked_sub(1).map_or(sentence.start, |index| amounts[index].0.tokens.end.max(sentence.start));
        let end = amounts.get(index + 1).map_or(sentence.end, |(next, _)| next.tokens.start.min(sentence.end));
        Figure {
            measured,
            at: mention.tokens.clone(),
            room: start.min(mention.tokens.start)..end.max(mention.tokens.end),
            sentence,
            before: None,
        }
    };
    amounts.iter().enumerate().map(figure).collect()
}

/// "5 mg or 10 mg initially": what is said behind the second is said of both.
fn phase_of_alternative(scene: &Scene, next: Option<&Figure>, figure: &Figure) -> Option<Phase> {
    let next = &next?.at;
    let is_joined = next.start == figure.at.end + 1 && scene.is(figure.at.end, &["or"]);
    let behind = next.end..(next.end + 2).min(figure.sentence.end);
    (is_joined && scene.has(behind, CueKind::Start)).then_some(Phase::Start)
}

fn claim(scene: &Scene, figure: &Figure, phase: Phase) -> Option<Claim> {
    let (drugs, subject) = scene.subject(&figure.at)?;
    let mut amount = figure.measured.amount.clone();
    let mut end = figure.at.end;
    let mut frequency = None;
    if phase != Phase::Strength {
        let timing = timing(scene, figure);
        end = timing.end;
        frequency = timing.frequency;
        let has_time = amount.unit.per.iter().any(|per| matches!(&**per, "d" | "h" | "min" | "wk"));
        if timing.daily && !has_time && frequency.is_none() {
            amount.unit.per.push("d".into());
        }
    }
    match figure.measured.bound {
        Some(Bound::Above | Bound::AtLeast) if phase != Phase::Max => amount.range.high = None,
        Some(Bound::Below) if phase != Phase::Max && phase != Phase::Start => amount.range.low = None,
        _ => {}
    }
    let combination = combination(scene, figure, phase, &drugs);
    let adjusted = is_adjusted(scene, figure, phase);
    let each = is_of_one_dose(scene, figure);
    let value = Value::Dose(Dose { phase, amount, frequency, combination, each, adjusted });
    let mut context = scene.context(&figure.at, &figure.room);
    let is_other = scene.whole.titled && !drugs.iter().any(|drug| scene.whole.subject.contains(drug));
    // An article on one drug gives another for its own purpose, unless a heading
    // makes the other its subject.
    if context.indications.is_empty() && subject != Subject::Heading && is_other {
        context.presumed = scene.whole.topic.iter().cloned().collect();
    }
    Some(scene.claim(figure.at.start..end, drugs, subject, value, context))
}

/// "single doses up to 300 mg", "no more than 500 mg per dose".
fn is_of_one_dose(scene: &Scene, figure: &Figure) -> bool {
    let doses = ["dose", "doses", "injection", "administration"];
    let ahead = figure.room.start..figure.at.start;
    let said = |token: usize| {
        scene.is(token, &["single", "each", "individual", "one"])
            && (token + 1..token + 3).any(|next| scene.is(next, &doses))
    };
    figure.at.clone().any(|token| scene.is(token, &doses))
        || ahead.into_iter().any(said)
        || scene.is(figure.at.end, &["per", "a", "each", "/"]) && scene.is(figure.at.end + 1, &doses)
        || scene.is(figure.at.end, &["as", "in"])
            && scene.is(figure.at.end + 1, &["a", "one", "any"])
            && (figure.at.end + 2..figure.at.end + 4).any(|token| scene.is(token, &doses))
}

/// The drugs of the combination that the amount is a part of: of the article's,
/// or of the mixture that the sentence names.
fn combination(scene: &Scene, figure: &Figure, phase: Phase, drugs: &[Name]) -> Vec<Name> {
    if drugs.len() > 1 {
        return drugs.to_vec();
    }
    let whole = &scene.whole.subject;
    if whole.len() > 1 && drugs.iter().all(|drug| whole.contains(drug)) {
        return whole.clone();
    }
    if let Some(mixture) = scene.whole.mixture() {
        return vec![mixture.clone()];
    }
    if !joins_another(scene, figure) && !names_a_product(scene, figure, phase) {
        return Vec::new();
    }
    let mut all: Vec<Name> = scene
        .subjects(figure.sentence.clone())
        .filter_map(|mention| match &mention.what {
            What::Drugs(names) => Some(names.clone()),
            _ => None,
        })
        .flatten()
        .chain(drugs.iter().cloned())
        .collect();
    all.sort();
    all.dedup();
    all
}

/// "12.5 mg + B 150 mg": the amount is one part of a mixture.
fn joins_another(scene: &Scene, figure: &Figure) -> bool {
    let plus = |tokens: Range<usize>| tokens.into_iter().any(|token| scene.is(token, &["+", "plus"]));
    let behind = figure.at.end..(figure.at.end + 4).min(figure.sentence.end);
    let ahead = figure.at.start.saturating_sub(3).max(figure.sentence.start)..figure.at.start;
    let slash = figure.measured.slashed.is_some()
        || scene.is(figure.at.end, &["/"])
        || scene
            .subjects(figure.at.end..figure.at.end + 2)
            .next()
            .is_some_and(|drug| scene.is(drug.tokens.end, &["/"]));
    let said = figure.sentence.clone().any(|token| scene.is(token, &["combination"]));
    plus(behind) || plus(ahead) || slash || (said && drugs_in(scene, figure) > 1)
}

fn drugs_in(scene: &Scene, figure: &Figure) -> usize {
    scene.subjects(figure.sentence.clone()).filter(|mention| matches!(mention.what, What::Drugs(_))).count()
}

/// "each tablet contains 5 mg A and 1500 mcg B".
fn names_a_product(scene: &Scene, figure: &Figure, phase: Phase) -> bool {
    let sentence = figure.sentence.clone();
    let said = sentence.clone().any(|token| scene.is(token, &["combination", "fixed", "combined"]));
    let amounts =
        scene.reading.within(sentence.clone()).filter(|mention| matches!(mention.what, What::Amount(_))).count();
    let drugs = drugs_in(scene, figure);
    let together = amounts > 1 && amounts == drugs && scene.cue_in(sentence, &[CueKind::Strength]).is_some();
    phase == Phase::Strength && (said || together)
}

/// Where the dose may be moved to from the usual one.
fn is_adjusted(scene: &Scene, figure: &Figure, phase: Phase) -> bool {
    if phase != Phase::Target {
        return false;
    }
    // "increased to A 10 mg + B 30 mg": the move is said before the first part.
    let gap = figure.room.start..figure.at.start;
    let joined = gap.len() <= 5 && gap.clone().any(|token| scene.is(token, &["+", "/", "or", "and"]));
    // "decrease to 3 mg, then to 2 mg"
    let goes_on =
        gap.clone().any(|token| scene.is(token, &["then"])) && scene.is(figure.at.start.wrapping_sub(1), &["to"]);
    let from = if joined || goes_on { figure.sentence.start } else { figure.room.start };
    match scene.cue_before(from, figure.at.start, &[CueKind::Increase, CueKind::Decrease]) {
        Some((CueKind::Decrease, _)) => true,
        // "start at 25 mg, increased to 100 mg" names the goal.
        Some((_, cue)) => {
            let may = scene.is(cue.start.wrapping_sub(1), &["be", "may", "can", "further"]);
            figure.before != Some(Phase::Start) && (may || figure.before.is_some())
        }
        None => {
            let behind = figure.at.end..(figure.at.end + 8).min(figure.sentence.end);
            gap.clone().any(|token| scene.is(token, &["require", "requires"]))
                || gap.clone().any(|token| {
                    scene.is(token, &["higher", "lower"])
                        && scene.is(token + 1, &["dose", "doses", "dosage", "dosages"])
                })
                || behind.into_iter().any(|token| {
                    scene.is(token, &["may", "might"])
                        && (token + 1..token + 4).any(|next| {
                            scene.is(next, &["sufficient", "enough", "suffice", "needed", "necessary", "required"])
                        })
                })
        }
    }
}

/// When a dose is given, as far as is said behind it.
struct Timing {
    frequency: Option<Frequency>,
    daily: bool,
    end: usize,
}

/// What is said behind the dose, behind the alternative that it is joined to
/// ("500 mg or 850 mg twice a day"), or before it ("a daily dose of 300 mg").
fn timing(scene: &Scene, figure: &Figure) -> Timing {
    let mut timing = timing_behind(scene, figure, figure.at.end);
    let joined = (figure.at.end..figure.at.end + 2).any(|token| scene.is(token, &["or", "/"]));
    if timing.frequency.is_none() && !timing.daily && joined {
        let next = scene
            .reading
            .within(figure.room.end..figure.room.end + 1)
            .find(|mention| matches!(mention.what, What::Amount(_)));
        if let Some(next) = next {
            let after = timing_behind(scene, figure, next.tokens.end);
            (timing.frequency, timing.daily) = (after.frequency, after.daily);
        }
    }
    let daily_dose = (figure.room.start..figure.at.start).any(|token| {
        scene.is(token, &["daily"])
            && scene.is(token + 1, &["dose", "dosage", "doses", "amount", "maximum", "intake", "limit", "total"])
    });
    if daily_dose {
        (timing.daily, timing.frequency) = (true, None);
    }
    timing
}

fn timing_behind(scene: &Scene, figure: &Figure, from: usize) -> Timing {
    let mut timing = Timing { frequency: None, daily: false, end: figure.at.end };
    let room = if from == figure.at.end { figure.room.end } else { figure.sentence.end };
    let limit = room.min(from + 12);
    let stop = (from..limit)
        .find(|token| {
            scene.is(*token, &[";", ".", "adjustment", "adjustments", "adjusted", "reviewed"])
                || (scene.is(*token, &[",", ")", "or", "then"]) && !continues(scene, *token, limit))
                || scene
                    .cue_in(
                        *token..*token + 1,
                        &[CueKind::Increase, CueKind::Decrease, CueKind::Maximum, CueKind::Start],
                    )
                    .is_some()
        })
        .unwrap_or(limit);
    let is_alternative = |mention: &Mention| scene.is(mention.tokens.start.wrapping_sub(1), &["or"]);
    let mut last = from;
    let mut divided = false;
    for mention in scene.reading.within(from..stop) {
        if mention.tokens.start > last + 6 {
            break;
        }
        match &mention.what {
            What::Frequency(often) if timing.takes(*often, is_alternative(mention)) => {}
            What::Every(days) if timing.takes(from_interval(*days), is_alternative(mention)) => {}
            // The amount is the whole day's; its parts are smaller.
            What::Divided(_) => divided = true,
            What::Daily => timing.daily |= timing.frequency.is_none(),
            What::Route(_) | What::Form(_) => {
                if mention.tokens.start > last + 1 {
                    continue;
                }
            }
            _ => continue,
        }
        last = mention.tokens.end;
    }
    // "2550 mg in divided doses, twice daily" is the day's amount.
    if divided {
        (timing.daily, timing.frequency) = (true, None);
    }
    if from == figure.at.end {
        timing.end = last;
    }
    timing
}

/// Whether a comma or bracket is followed by more about the same dose.
impl Timing {
    /// Takes in how often, where nothing is known or it is an alternative: "once
    /// daily or every 12 hours".
    fn takes(&mut self, often: Frequency, is_alternative: bool) -> bool {
        let once = Frequency { times: Interval::point(Decimal::ONE), days: Decimal::ONE };
        match self.frequency.or(self.daily.then_some(once)) {
            Some(known) if is_alternative => self.frequency = either(known, often).or(self.frequency),
            _ if self.frequency.is_none() => self.frequency = Some(often),
            _ => return false,
        }
        true
    }
}

/// Both of two frequencies, where they count the same days.
fn either(one: Frequency, other: Frequency) -> Option<Frequency> {
    let low = one.times.low.zip(other.times.low).map(|(one, other)| one.min(other));
    let high = one.times.high.zip(other.times.high).map(|(one, other)| one.max(other));
    (one.days == other.days).then_some(Frequency { times: Interval { low, high }, days: one.days })
}

fn continues(scene: &Scene, token: usize, limit: usize) -> bool {
    scene
        .reading
        .within(token + 1..(token + 4).min(limit))
        .any(|mention| matches!(mention.what, What::Frequency(_) | What::Every(_) | What::Divided(_) | What::Daily))
}

/// An interval between doses as a number of times: every 8 hours is three
/// times a day, every 7 days is once in 7 days.
pub(crate) fn from_interval(days: Interval) -> Frequency {
    match (days.low, days.high) {
        // "every 2 to 5 weeks" is at most once in 2 weeks.
        (Some(low), Some(_)) if low > Decimal::ONE => Frequency { times: Interval::point(Decimal::ONE), days: low },
        (Some(low), Some(high)) if !low.is_zero() && !high.is_zero() => {
            let times = |days: Decimal| (Decimal::ONE / days).round_dp(4).normalize();
            Frequency { times: Interval::new(times(high), times(low)), days: Decimal::ONE }
        }
        _ => Frequency { times: Interval { low: None, high: None }, days: Decimal::ONE },
    }
}

/// What looks like a dose but is a laboratory value, food, a fluid, or stands
/// where no doses are given.
pub(super) fn can_be_dose(scene: &Scene, figure: &Figure) -> bool {
    let unit = &figure.measured.amount.unit;
    let scope = scene.scope_at(figure.at.start);
    if scope.section == Some(Section::Reference) || unit.is_per("L") {
        return false;
    }
    let base = &*unit.base;
    // "1000 mg = 1 g" converts; "6 mL/h = 0.1 microgram/kg/min" gives a rate.
    let same_before = scene.reading.within(figure.at.start.saturating_sub(8)..figure.at.start).any(|mention| {
        mention.tokens.end + 1 == figure.at.start
            && matches!(&mention.what, What::Amount(measured) if &*measured.amount.unit.base == base)
    });
    if scene.is(figure.at.end, &["="]) && unit.per.is_empty()
        || scene.is(figure.at.start.wrapping_sub(1), &["="]) && same_before
    {
        return false;
    }
    if base == "mL" || base == "1" || base == "L" {
        return false;
    }
    // "1500 mg in total": of a course, not a dose.
    let total = |tokens: Range<usize>| {
        tokens
            .into_iter()
            .any(|token| scene.is(token, &["total", "altogether", "cumulative"]) && !scene.is(token + 1, &["daily"]))
    };
    let before = figure.at.start.saturating_sub(4).max(figure.room.start)..figure.at.start;
    let per_day = unit.is_per("d") || scene.is(figure.at.end, &["daily", "a", "per", "/"]);
    if (total(figure.at.end..figure.at.end + 2) || total(before)) && !per_day {
        return false;
    }
    let around =
        figure.at.start.saturating_sub(7).max(figure.sentence.start)..(figure.at.end + 5).min(figure.sentence.end);
    if matches!(base, "mol" | "mmol" | "eq" | "meq") && !beside_drug(scene, &figure.at) {
        return false;
    }
    if unit.is_per("mL") {
        let level = around.clone().any(|token| {
            scene.is(
                token,
                &["plasma", "serum", "level", "levels", "concentration", "concentrations", "blood", "cmax", "trough"],
            )
        });
        return !level;
    }
    !is_measured_value(scene, around)
}

fn beside_drug(scene: &Scene, at: &Range<usize>) -> bool {
    let near = at.start.saturating_sub(3)..at.end + 3;
    scene.reading.within(near).any(|mention| matches!(mention.what, What::Drugs(_)))
}

/// Words beside an amount that make it a finding or food.
fn is_measured_value(scene: &Scene, around: Range<usize>) -> bool {
    around.clone().any(|token| {
        scene.is(
            token,
            &[
                "haemoglobin",
                "hemoglobin",
                "hb",
                "albumin",
                "proteinuria",
                "creatinine",
                "bilirubin",
                "cholesterol",
                "ldl",
                "hdl",
                "ferritin",
                "birthweight",
                "weighed",
                "weighing",
                "weighs",
                "carbohydrate",
                "carbohydrates",
                "fat",
                "protein",
                "fibre",
                "fiber",
                "calories",
                "stool",
                "urine",
                "bmi",
                "glycaemia",
                "caffeine",
                "sugar",
                "salt",
            ],
        )
    })
}
