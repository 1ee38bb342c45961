//! Ranges that run backwards, and one instruction whose doses do: a dose
//! raised to less than it was, a limit below the dose.

use super::super::page::Page;
use super::super::{Passage, Slip};
use super::reckoning::{ends, in_base};
use crate::claim::{Claim, Dose, Phase, Value, amount_statement, value_statement};
use crate::finding::Confidence;
use crate::mention::{Measured, Mention, What};
use crate::quantity::{Interval, Name, Unit};
use crate::topic::{Relation, Topic};
use crate::vocabulary::CueKind;
use rust_decimal::Decimal;

/// "50–25 mg".
pub(super) fn check(page: &Page, (mention, measured): (&Mention, &Measured)) -> Option<Slip> {
    const DASHES: [&str; 5] = ["-", "–", "—", "‑", "−"];
    const FALLING: [&str; 10] = [
        "taper",
        "tapered",
        "tapering",
        "reduce",
        "reduced",
        "reducing",
        "decrease",
        "decreased",
        "decreasing",
        "lowered",
    ];
    /// Tokens between a word of lowering and the doses that it goes through.
    const NEAR: usize = 6;
    let start = mention.tokens.start;
    let first = page.digits(start)?;
    let second = page.digits(first.end + 1).filter(|_| page.is(first.end, &DASHES))?;
    let lowered = page.reading.sentence_of(start).start.max(start.saturating_sub(NEAR))..start;
    // "80-12.5 mg tablets" are the two parts of a combination.
    let is_strength = page
        .claims_at(mention.tokens.clone())
        .any(|claim| matches!(&claim.value, Value::Dose(dose) if dose.phase == Phase::Strength));
    let continues =
        page.is(second.end, &DASHES) || page.is(start.wrapping_sub(1), &DASHES) || measured.slashed.is_some();
    if first.value <= second.value || continues || is_strength || page.has(lowered, &FALLING) {
        return None;
    }
    Some(Slip {
        topic: Topic::ArithmeticRange,
        relation: Relation::Alone,
        passages: vec![page.passage(mention.tokens.clone(), "a range that runs backwards")],
        derivation: format!("{} is more than {}", first.value.normalize(), second.value.normalize()),
        confidence: Confidence::High,
        fix: Vec::new(),
    })
}

/// "Start at 50 mg and increase to 25 mg": a dose that is raised to less than it
/// was, in one sentence about one drug.
pub(super) fn check_raised(page: &Page, (mention, measured): (&Mention, &Measured)) -> Option<Slip> {
    /// Tokens between the word of raising and what the dose is raised to.
    const NEAR: usize = 10;
    let start = mention.tokens.start;
    let sentence = page.around(start);
    let to = start - usize::from(page.is(start.wrapping_sub(1), &["to"]));
    let is_cue = |kind| move |other: &&Mention| other.what == What::Cue(kind);
    let raising =
        page.reading.within(sentence.start.max(to.saturating_sub(NEAR))..to).rfind(is_cue(CueKind::Increase))?;
    let (before, first) = page.last_amount(raising.tokens.start)?;
    let is_one = before.tokens.start >= sentence.start
        && !page
            .reading
            .within(before.tokens.end..start)
            .any(|other| matches!(other.what, What::Drugs(_) | What::Class(..)))
        && page.amounts_in(raising.tokens.start..start).next().is_none();
    let is_plain = to < start
        && first.slashed.is_none()
        && measured.slashed.is_none()
        && first.amount.unit.base == measured.amount.unit.base
        && first.amount.unit.per == measured.amount.unit.per
        && !page.reading.within(sentence).any(|other| is_cue(CueKind::Decrease)(&other));
    let ((low, _), (_, most)) = (ends(in_base(first))?, ends(in_base(measured))?);
    (is_one && is_plain && low > most).then(|| Slip {
        topic: Topic::ArithmeticRange,
        relation: Relation::Alone,
        passages: vec![
            page.passage(before.tokens.clone(), amount_statement(&first.amount)),
            page.passage(mention.tokens.clone(), format!("raised to {}", amount_statement(&measured.amount))),
        ],
        derivation: "the dose is raised to less than it was".to_owned(),
        confidence: Confidence::Medium,
        fix: Vec::new(),
    })
}

/// Doses of one sentence that contradict each other.
pub(super) fn of_claims(claims: &[Claim]) -> Vec<Slip> {
    let doses: Vec<(&Claim, &Dose)> = claims
        .iter()
        .filter_map(|claim| match &claim.value {
            Value::Dose(dose) => Some((claim, dose)),
            _ => None,
        })
        .collect();
    // A limit binds the dose right before it: "30 mg into a vein (maximum 120 mg),
    // 10 mg by mouth (maximum 40 mg)".
    doses.windows(2).filter_map(|pair| backwards(pair[0], pair[1])).collect()
}

fn backwards((one, first): (&Claim, &Dose), (other, second): (&Claim, &Dose)) -> Option<Slip> {
    /// Bytes between a dose and the limit that binds it: ", and should not exceed ".
    const NEAR: usize = 32;
    let is_near = other.span.start.saturating_sub(one.span.end) <= NEAR;
    let is_limited = is_near && matches!(first.phase, Phase::Start | Phase::Target) && second.phase == Phase::Max;
    if one.sentence != other.sentence
        || one.drugs != other.drugs
        || !is_limited
        || one.span.overlaps(other.span)
        || !is_same_case(one, other)
    {
        return None;
    }
    let (dose, limit) = comparable(first, second)?;
    let ((low, _), (_, most)) = (ends(dose)?, ends(limit)?);
    if low <= most {
        return None;
    }
    Some(Slip {
        topic: Topic::ArithmeticRange,
        relation: Relation::Alone,
        passages: vec![
            Passage::of_claim(one, value_statement(&one.value)),
            Passage::of_claim(other, value_statement(&other.value)),
        ],
        derivation: "the dose is above its maximum".to_owned(),
        confidence: Confidence::Medium,
        fix: Vec::new(),
    })
}

/// Whether two claims of one sentence are about the same patients and use.
fn is_same_case(one: &Claim, other: &Claim) -> bool {
    let (one, other) = (&one.context, &other.context);
    let uses = one.indications.is_empty() || other.indications.is_empty() || one.indications == other.indications;
    uses && one.population == other.population && one.routes == other.routes && one.product == other.product
}

/// A dose and what it may not be above, as they can be held against each other:
/// for a day where the limit is for a day, else as single doses.
fn comparable(dose: &Dose, limit: &Dose) -> Option<(Interval, Interval)> {
    let unit = |dose: &Dose| (dose.amount.unit.base.clone(), without_day(&dose.amount.unit));
    if unit(dose) != unit(limit) {
        return None;
    }
    let each = |dose: &Dose| {
        let range = dose.amount.range.scaled(dose.amount.unit.factor);
        Interval { low: range.low.or(range.high), high: range.high.or(range.low) }
    };
    let is_whole = |dose: &Dose| dose.amount.unit.is_per("d");
    let (one, most) = (each(dose), each(limit));
    match (is_whole(dose), is_whole(limit), dose.frequency, limit.frequency) {
        (true, true, _, _) | (false, false, _, None) | (false, true, None, _) => Some((one, most)),
        (false, false, one_often, often) if one_often == often => Some((one, most)),
        (false, true, Some(often), _) if often.days == Decimal::ONE => {
            let ((low, high), times) = (ends(one)?, often.times.low?);
            Some((Interval::new(low * times, high * times), most))
        }
        _ => None,
    }
}

/// What a unit is per besides a day.
fn without_day(unit: &Unit) -> Vec<Name> {
    unit.per.iter().filter(|per| &***per != "d").cloned().collect()
}
