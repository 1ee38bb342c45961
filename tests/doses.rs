//! Doses as authors write them: whose, in what role, for whom and for what.
//!
//! Each case is a text and what is read from it, one line a dose:
//! `drug | amount | role | for whom, for what, how`.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod readings;

use clinlint::compare::disagreements;
use clinlint::read_sources;
use clinlint::source::{Format, Source};
use clinlint::vocabulary::Vocabulary;
use readings::dose::check;

#[test]
fn roles_by_cue_words() {
    check(&[
        ("The starting dose of sertraline is 50 mg daily.", &["sertraline | 50 mg a day | start"]),
        ("Start sertraline at 25 mg once daily.", &["sertraline | 25 mg a day | start"]),
        ("Sertraline is commenced at 25 mg in the morning.", &["sertraline | 25 mg a day | start"]),
        ("Sertraline 25 mg daily initially.", &["sertraline | 25 mg a day | start"]),
        ("Initially, sertraline 25 mg daily.", &["sertraline | 25 mg a day | start"]),
        ("The usual dose of sertraline is 100 mg daily.", &["sertraline | 100 mg a day | usual dose"]),
        ("Maintenance: sertraline 100 mg daily.", &["sertraline | 100 mg a day | usual dose"]),
        ("Sertraline 100 mg daily.", &["sertraline | 100 mg a day | usual dose"]),
        ("The maximum dose of sertraline is 200 mg daily.", &["sertraline | 200 mg a day | maximum"]),
        ("The maximum recommended dose of sertraline is 200 mg daily.", &["sertraline | 200 mg a day | maximum"]),
        ("Sertraline should not exceed 200 mg per day.", &["sertraline | 200 mg a day | maximum"]),
        ("Sertraline, no more than 200 mg a day.", &["sertraline | 200 mg a day | maximum"]),
        ("Sertraline up to 200 mg a day.", &["sertraline | 200 mg a day | maximum"]),
        ("Give a loading dose of digoxin of 500 micrograms.", &["digoxin | 500 micrograms | single dose"]),
        ("Digoxin 500 micrograms as a single dose.", &["digoxin | 500 micrograms | single dose"]),
    ]);
}

#[test]
fn several_roles_in_one_sentence() {
    check(&[
        (
            "Start gabapentin at 300 mg at night, increase by 300 mg every 3 days to a target of 1800 mg a day, maximum 3600 mg a day.",
            &[
                "gabapentin | 300 mg a day | start",
                "gabapentin | 1800 mg a day | usual dose",
                "gabapentin | 3600 mg a day | maximum",
            ],
        ),
        (
            "Venlafaxine 75 mg daily, increasing to 150 mg daily.",
            &["venlafaxine | 75 mg a day | start", "venlafaxine | 150 mg a day | usual dose"],
        ),
        (
            "Options are gabapentin (starting 100 mg nightly, titrating to 900 mg daily) and duloxetine (30 mg daily).",
            &[
                "gabapentin | 100 mg a day | start",
                "gabapentin | 900 mg a day | usual dose",
                "duloxetine | 30 mg a day | usual dose",
            ],
        ),
        ("Prednisolone initially up to 20 mg daily.", &["prednisolone | 20 mg a day | start"]),
        ("Clomipramine is raised up to 100 mg a day within two weeks.", &["clomipramine | 100 mg a day | usual dose"]),
    ]);
}

#[test]
fn amounts_that_are_no_recommendation() {
    check(&[
        ("In a trial, patients received sertraline 300 mg daily.", &["sertraline | 300 mg a day | reported"]),
        ("Rats were given 100 mg/kg of sertraline.", &["sertraline | 100 mg/kg | reported"]),
        ("An overdose of 2 g sertraline was survived.", &["sertraline | 2 g | reported"]),
        ("Toxicity is seen with sertraline over 1 g.", &["sertraline | at least 1 g | reported"]),
        ("Previously, sertraline 400 mg daily was used.", &["sertraline | 400 mg a day | reported"]),
        (
            "Sertraline tablets are available as 50 mg and 100 mg.",
            &["sertraline | 50 mg | strength | tablet", "sertraline | 100 mg | strength | tablet"],
        ),
        ("Each tablet contains 50 mg of sertraline.", &["sertraline | 50 mg | strength | tablet"]),
        ("On sertraline, sodium was 120 mmol/L and haemoglobin 12 g/dL.", &[]),
        ("Take sertraline after a breakfast of 20 g protein.", &[]),
    ]);
}

#[test]
fn the_subject_is_inherited() {
    check(&[
        (
            "# Sertraline\n\n## Dosage\n\n- Start: 25 mg daily\n- Maximum: 200 mg daily",
            &["sertraline | 25 mg a day | start", "sertraline | 200 mg a day | maximum"],
        ),
        (
            "# Depression\n\nSertraline:\n\n- 50 mg daily\n\nMirtazapine:\n\n- 15 mg at night",
            &[
                "sertraline | 50 mg a day | usual dose | depression",
                "mirtazapine | 15 mg a day | usual dose | depression",
            ],
        ),
        ("Sertraline is well tolerated. The dose is 50 mg daily.", &["sertraline | 50 mg a day | usual dose"]),
        (
            "| Drug | Starting dose | Maximum dose |\n|---|---|---|\n| Sertraline | 50 mg daily | 200 mg daily |",
            &["sertraline | 50 mg a day | start", "sertraline | 200 mg a day | maximum"],
        ),
        ("Give 1–2 mg lorazepam IM.", &["lorazepam | 1–2 mg | usual dose | intramuscular"]),
        ("Ramipril 5 mg/amlodipine 10 mg.", &["ramipril | 5 mg | usual dose", "amlodipine | 10 mg | usual dose"]),
        ("# Simvastatin\n\nWith amlodipine, no more than 20 mg daily.", &[]),
        (
            "Dissolve 1 mg of glucagon in 1 mL and give 1 mg IM.",
            &["glucagon | 1 mg | usual dose", "glucagon | 1 mg | usual dose | intramuscular"],
        ),
    ]);
}

#[test]
fn for_whom_and_for_what() {
    check(&[
        (
            "Loratadine: adults 10 mg once daily; children 2-5 years 5 mg once daily.",
            &[
                "loratadine | 10 mg a day | usual dose | adults",
                "loratadine | 5 mg a day | usual dose | children, 2–5 years",
            ],
        ),
        (
            "Loratadine 10 mg daily for adults and 5 mg daily for children.",
            &["loratadine | 10 mg a day | usual dose | adults", "loratadine | 5 mg a day | usual dose | children"],
        ),
        (
            "In older adults, start mirtazapine at 7.5 mg at night.",
            &["mirtazapine | 7.5 mg a day | start | older adults"],
        ),
        ("Duloxetine 60 mg daily for neuropathic pain.", &["duloxetine | 60 mg a day | usual dose | neuropathic pain"]),
        ("For depression, duloxetine 60 mg daily.", &["duloxetine | 60 mg a day | usual dose | depression"]),
        (
            "Lansoprazole 60 mg daily for Ménétrier disease.",
            &["lansoprazole | 60 mg a day | usual dose | ménétrier disease"],
        ),
        (
            "# Aciclovir\n\n**Herpes zoster:** 800 mg five times daily.",
            &["aciclovir | 800 mg 5 times a day (4000 mg a day) | usual dose | herpes zoster"],
        ),
        (
            "Apixaban 2.5 mg twice daily for the prevention of stroke.",
            &["apixaban | 2.5 mg twice a day (5 mg a day) | usual dose | prevention of stroke"],
        ),
        (
            "In severe renal impairment, enoxaparin 1 mg/kg once daily.",
            &["enoxaparin | 1 mg/kg a day | usual dose | severe renal impairment"],
        ),
    ]);
}

#[test]
fn an_open_age_below_children_stays_with_the_children() {
    check(&[
        (
            "# Oxybutynin\n\n## Children\n\n- 6 years and older: 5 mg once daily",
            &["oxybutynin | 5 mg a day | usual dose | children, from 6 years"],
        ),
        (
            "# Oxybutynin\n\n## Children\n\n- 12 years and over: 10 mg daily",
            &["oxybutynin | 10 mg a day | usual dose | children, from 12 years"],
        ),
    ]);
}

#[test]
fn two_doses_share_the_drug_behind_them() {
    check(&[(
        "# Indinavir\n\nTake 800 mg indinavir with 100 mg or 200 mg ritonavir.",
        &["indinavir | 800 mg | usual dose", "ritonavir | 100 mg | usual dose", "ritonavir | 200 mg | usual dose"],
    )]);
}

#[test]
fn extended_release_tablets_are_of_extended_release() {
    check(&[
        (
            "# Metformin\n\nFor extended-release tablets: Adults: at first, 1000 mg once a day.",
            &["metformin | 1000 mg a day | start | adults, extended release"],
        ),
        (
            "# Metformin\n\n## Extended-release tablets\n\n- Start with 500 mg once daily.",
            &["metformin | 500 mg a day | start | extended release"],
        ),
        (
            "# Metformin\n\n## Tablets\n\n- Start with 500 mg twice daily.",
            &["metformin | 500 mg twice a day (1000 mg a day) | start | tablet"],
        ),
    ]);
}

fn disagree(texts: &[&str]) -> Vec<Vec<String>> {
    let source = |(at, text): (usize, &&str)| {
        Source::new(format!("{at}.md"), Format::Markdown, format!("# Metformin\n\n{text}\n"))
    };
    let articles = read_sources(texts.iter().enumerate().map(source).collect(), Vocabulary::builtin()).articles;
    let found = disagreements(&articles, Vocabulary::builtin());
    found.iter().map(|found| found.positions.iter().map(|position| position.summary.clone()).collect()).collect()
}

#[test]
fn values_that_all_contradict_are_positions_of_their_own() {
    let texts = [
        "The maximum dose is 2000 mg a day.",
        "The maximum dose is 2550 mg a day.",
        "The maximum dose is 3000 mg a day.",
    ];
    assert_eq!(disagree(&texts), [["2000 mg a day", "2550 mg a day", "3000 mg a day"]]);
    assert_eq!(disagree(&texts[..2]), [["2000 mg a day", "2550 mg a day"]]);
    // A range that reaches into both of two others keeps them together.
    let usual = ["Give 500 mg a day.", "Give 1000–1500 mg a day.", "Give 1200–2000 mg a day."];
    assert_eq!(disagree(&usual), [["500 mg a day", "1000–1500 mg a day or 1200–2000 mg a day"]]);
}

#[test]
fn an_article_tells_products_apart_by_their_trade_marks() {
    let paragraph = "Filler between the products so that they stand far apart. ".repeat(60);
    let marked = |one: &str, other: &str| {
        format!(
            "{one}: the maximum dose is 2500 mg a day.\n\n## Next\n\n{paragraph}\n\n{other}: the maximum dose is 2000 mg a day."
        )
    };
    assert!(disagree(&[&marked("Fortamet®", "Glumetza®")]).is_empty());
    assert_eq!(disagree(&[&marked("Metformin", "Metformin")]).len(), 1);
    assert_eq!(disagree(&[&marked("Fortamet®", "Fortamet®")]).len(), 1);
}
