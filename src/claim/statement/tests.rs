//! One claim of every kind, in every shape that reads differently.

use super::*;
use crate::claim::{Amount, Band, Name, Subject, Topicality, Unit};
use crate::quantity::Frequency;
use crate::span::Span;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn interval(low: &str, high: &str) -> Interval {
    Interval::new(decimal(low), decimal(high))
}

fn milligrams(low: &str, high: &str, per: &[&str]) -> Amount {
    let per = per.iter().map(|per| Name::from(*per)).collect();
    Amount {
        range: interval(low, high),
        unit: Unit { code: "mg".into(), base: "mg".into(), factor: Decimal::ONE, per },
    }
}

fn claim(value: Value) -> Claim {
    Claim {
        span: Span::new(0, 4),
        quote: "text".to_owned(),
        sentence: Span::new(0, 4),
        drugs: vec!["amitriptyline".into()],
        subject: Subject::Stated,
        topic: Topicality::Drug,
        value,
        context: Context::default(),
        citations: Vec::new(),
        works: Vec::new(),
        section: Vec::new(),
    }
}

fn start(amount: Amount, times: Option<(&str, &str)>) -> Claim {
    let frequency =
        times.map(|(times, days)| Frequency { times: Interval::point(decimal(times)), days: decimal(days) });
    claim(Value::Dose(Dose {
        phase: Phase::Start,
        amount,
        frequency,
        combination: Vec::new(),
        each: false,
        adjusted: false,
    }))
}

#[test]
fn a_daily_dose_reads_the_same_in_both_notations() {
    let once = start(milligrams("25", "50", &[]), Some(("1", "1")));
    let per_day = start(milligrams("25", "50.0", &["d"]), None);
    assert_eq!(statement(&once), "25–50 mg a day, start");
    assert_eq!(statement(&once), statement(&per_day));
}

#[test]
fn a_divided_dose_says_what_a_day_comes_to() {
    let thrice = start(milligrams("50", "100", &[]), Some(("3", "1")));
    assert_eq!(statement(&thrice), "50–100 mg 3 times a day (150–300 mg a day), start");
    let weekly = start(milligrams("7.5", "7.5", &[]), Some(("1", "7")));
    assert_eq!(statement(&weekly), "7.5 mg once a week, start");
    let divided = start(milligrams("150", "150", &["d"]), Some(("2", "1")));
    assert_eq!(statement(&divided), "150 mg a day, start");
}

#[test]
fn context_stands_between_value_and_phase() {
    let mut dose = start(milligrams("10", "10", &["d"]), None);
    dose.context = Context {
        population: Population {
            groups: vec!["older adults".into(), "renal impairment".into()],
            age: Some(Band::new(Some(Decimal::from(75)), None)),
            ..Population::default()
        },
        indications: vec!["neuropathic pain".into(), "sciatica".into()],
        routes: vec!["oral".into()],
        product: Some("modified release".into()),
        ..Context::default()
    };
    assert_eq!(
        statement(&dose),
        "10 mg a day, older adults and renal impairment, from 75 years, for neuropathic pain or sciatica, oral, \
         modified release, start"
    );
}

#[test]
fn steps_name_size_and_pace_where_they_are_known() {
    let step = |increment: Option<Amount>, days: Option<Interval>, down: bool| {
        statement(&claim(Value::Titration(Titration { increment, interval: days, down })))
    };
    let ten = || Some(milligrams("10", "10", &[]));
    assert_eq!(step(ten(), Some(interval("7", "7")), false), "raise by 10 mg every week");
    assert_eq!(step(None, Some(interval("3", "5")), false), "raise every 3–5 days");
    assert_eq!(step(ten(), None, true), "lower by 10 mg");
}

fn endpoint(what: &str, threshold: Option<i64>, days: Option<i64>) -> Endpoint {
    Endpoint { what: what.into(), threshold: threshold.map(Decimal::from), days: days.map(Decimal::from) }
}

#[test]
fn figures_keep_their_published_rounding() {
    let number = NumberNeeded {
        harm: false,
        value: decimal("4.10"),
        interval: Some(interval("3", "6.5")),
        endpoint: Some(endpoint("pain relief", Some(50), Some(84))),
        comparator: None,
    };
    assert_eq!(
        statement(&claim(Value::NumberNeeded(number))),
        "NNT 4.10 (confidence interval 3–6.5) for pain relief of at least 50 % at 12 weeks"
    );
    let rate = Rate {
        treatment: decimal("38"),
        control: Some(decimal("16")),
        outcome: Some(Outcome::Benefit),
        endpoint: None,
        comparator: None,
    };
    assert_eq!(statement(&claim(Value::Rate(rate.clone()))), "38 % against 16 % with placebo (benefit)");
    let alone = Rate { control: None, outcome: None, endpoint: Some(endpoint("dry mouth", None, None)), ..rate };
    assert_eq!(statement(&claim(Value::Rate(alone))), "38 %, dry mouth");
}

#[test]
fn onsets_name_stage_and_effect() {
    let onset = |days: Option<Interval>, stage: Stage, effect: Option<&str>| {
        statement(&claim(Value::Onset(Onset { days, stage, effect: effect.map(Into::into) })))
    };
    assert_eq!(onset(Some(interval("7", "14")), Stage::Initial, None), "first relief in 1–2 weeks");
    assert_eq!(
        onset(Some(interval("28", "42")), Stage::Full, Some("antidepressant")),
        "full effect (antidepressant) in 4–6 weeks"
    );
    assert_eq!(onset(None, Stage::Unspecified, None), "effect after an unstated time");
    let first = Onset { days: Some(interval("7", "14")), stage: Stage::Initial, effect: None };
    assert_eq!(summary(&Value::Onset(first)), "1–2 weeks");
}

#[test]
fn levels_name_what_narrows_the_condition() {
    let level = |level: Level, modifiers: &[&str], conditional: bool| {
        statement(&claim(Value::Contraindication(Contraindication {
            condition: "liver disease".into(),
            known: true,
            condition_span: Span::new(0, 4),
            level,
            interaction: false,
            modifiers: modifiers.iter().map(|modifier| (*modifier).into()).collect(),
            conditional,
            hedged: false,
            dosing: false,
        })))
    };
    assert_eq!(level(Level::Contraindicated, &["severe"], false), "contraindicated: liver disease (severe)");
    assert_eq!(level(Level::Avoid, &[], true), "avoid: liver disease, with an exception");
}

#[test]
fn what_the_condition_says_is_not_said_twice() {
    let mut children = claim(Value::Contraindication(Contraindication {
        condition: "young children".into(),
        known: true,
        condition_span: Span::new(0, 4),
        level: Level::Avoid,
        interaction: false,
        modifiers: vec!["recent".into(), "young".into()],
        conditional: false,
        hedged: false,
        dosing: false,
    }));
    children.context.population = Population {
        groups: vec!["young children".into()],
        age: Some(Band::new(None, Some(Decimal::from(6)))),
        ..Population::default()
    };
    assert_eq!(statement(&children), "avoid: young children (recent)");
}

#[test]
fn a_place_in_treatment_is_said_of_its_indication() {
    let mut line = claim(Value::Line(Line { order: Order::NotFirst }));
    assert_eq!(statement(&line), "not first-line");
    line.context.indications = vec!["neuropathic pain".into()];
    assert_eq!(statement(&line), "not first-line for neuropathic pain");
}
