//! Figures of one passage: what adds up, and what does not, in the ways in which
//! clinicians write it.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clinlint::lint::builtin;
use clinlint::source::{Format, Source};
use clinlint::vocabulary::Vocabulary;
use clinlint::{check, read_sources};

/// The codes of what is found in a text.
fn found(text: &str) -> Vec<String> {
    let source = Source::new("a.md", Format::Markdown, text);
    let findings =
        check(&read_sources(vec![source], Vocabulary::builtin()), &builtin().unwrap(), Vocabulary::builtin());
    findings.into_iter().map(|finding| finding.code).filter(|code| code.starts_with("arithmetic/")).collect()
}

fn all_found(code: &str, texts: &[&str]) {
    let missed: Vec<&&str> = texts.iter().filter(|text| found(text) != [code]).collect();
    assert!(missed.is_empty(), "{code} is not found in {missed:#?}");
}

fn none_found(texts: &[&str]) {
    let wrong: Vec<(&&str, Vec<String>)> =
        texts.iter().map(|text| (text, found(text))).filter(|(_, found)| !found.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn totals_of_a_day_that_do_not_fit_are_found() {
    all_found(
        "arithmetic/day-total",
        &[
            "Give pregabalin 75 mg twice daily (200 mg/day).",
            "Give pregabalin 75 mg orally twice daily (200 mg per day).",
            "Give pregabalin 75 mg every 12 hours (total 200 mg/day).",
            "Give pregabalin 75 mg BID = 200 mg/day.",
            "Give pregabalin 75 mg b.d. (i.e. 200 mg daily).",
            "Give pregabalin 75–150 mg twice daily (150–450 mg/day).",
            "Give paracetamol 1 g every 6 hours (3 g in 24 hours).",
            "Give pregabalin 75 mg twice daily, for a total daily dose of 200 mg.",
            "Give pregabalin 200 mg/day (75 mg twice daily).",
            "Give gabapentin 1200 mg daily in 3 divided doses (300 mg each).",
            "Give amoxicillin 30 mg/kg every 8 hours (80 mg/kg/day).",
            "Give warfarin 5 mg at night, then pregabalin 75 mg twice daily (200 mg/day).",
            "Gabapentin 300 mg three times daily (900 mg/day), or pregabalin 75 mg twice daily (225 mg/day), is added.",
        ],
    );
}

#[test]
fn totals_of_a_day_that_fit_or_mean_something_else_are_left_alone() {
    none_found(&[
        "Give pregabalin 75 mg twice daily (150 mg/day).",
        "Give pregabalin 75–150 mg twice daily (150–300 mg/day).",
        "Give pregabalin 75 mg twice daily (up to 300 mg/day).",
        "Give pregabalin 75 mg twice daily (max. 300 mg/day).",
        "Give pregabalin 75 mg twice daily (or 300 mg/day in some).",
        "Give pregabalin 75 mg twice daily; 300 mg/day is the limit.",
        "Take lamotrigine 50 mg in the morning and 100 mg at night (150 mg/day).",
        "Take 2 × 500 mg of metformin twice daily (2 g/day).",
        "Take two 500 mg tablets of metformin twice daily (2000 mg/day).",
        "Give paracetamol 325 mg every 6 hours (1.3 g/day).",
        "Give paracetamol 500 mg–1 g every 4–6 hours (2–4 g/day).",
        "Give prednisolone 20 mg twice daily for 5 days (200 mg in all).",
        "Give gabapentin 900 mg daily in 3 divided doses (300 mg each).",
        "Give pregabalin 150–600 mg/day (e.g. 75 mg twice daily).",
        "Give pregabalin 75 mg twice or three times daily (150–225 mg/day).",
    ]);
}

#[test]
fn percentages_that_do_not_fit_are_found() {
    all_found(
        "arithmetic/percent",
        &[
            "Nausea occurred in 7/40 (19%).",
            "Nausea occurred in 7 of 40 (19%) on duloxetine.",
            "Nausea occurred in 7 out of 40 patients (19%).",
            "Nausea occurred in 7 of the 40 patients [19%].",
            "Nausea occurred in 19% (7/40) of patients.",
            "Nausea occurred in 19% (n=7/40) of patients.",
            "Nausea was common (19%; 7/40).",
            "Nausea was common (7/40, 19%).",
        ],
    );
}

#[test]
fn percentages_that_fit_or_are_of_others_are_left_alone() {
    none_found(&[
        "Nausea occurred in 7/40 (17.5%), 7/40 (17%), 7/40 (18%) and 1/3 (33.3%).",
        "Grade 3/4 (12%) neutropenia and grade 1 or 2 out of 158 (70.9%) occurred.",
        "Phase 1/2 (20%) and stages 3/4 (40%) were counted.",
        "Nausea occurred in 7/40 (95% CI 12 to 30).",
        "Nausea occurred in 7 of 40 (19% of those who came back).",
        "With 7.5/46 (22.4%) and 15/92 (27.6%) of phentermine and topiramate, weight fell.",
        "Tablets of 5/325 mg (19%) and 30/500 mg (20%) were used.",
        "Blood pressure fell to 120/80 mmHg (19%).",
    ]);
}

#[test]
fn conversions_that_do_not_fit_are_found() {
    all_found(
        "arithmetic/conversion",
        &[
            "Give adrenaline 0.5 mg (50 mcg).",
            "Give adrenaline 0.5 mg (= 5000 micrograms).",
            "Give levothyroxine 50 mcg (0.5 mg) daily.",
            "Give paracetamol 1 g (100 mg).",
            "Give clonazepam 0.5 mcg (500 micrograms).",
            "Give dopamine 0.005 mg/kg/min (50 micrograms/kg/min).",
        ],
    );
}

#[test]
fn conversions_that_fit_or_are_none_are_left_alone() {
    none_found(&[
        "Give adrenaline 0.5 mg (500 mcg), or levothyroxine 50 mcg (0.05 mg).",
        "Give adrenaline 0.5 mg (0.5 mL).",
        "Give morphine 10 mg (5 mg in the elderly).",
        "Give paracetamol 1 g (500 mg tablets, two at a time).",
        "Give iron sulfate 200 mg (65 mg of elemental iron).",
        "Give cough syrup 5 mL (1 teaspoon).",
        "Give paracetamol 1 g (max 4 g).",
    ]);
}

#[test]
fn what_runs_backwards_is_found() {
    all_found(
        "arithmetic/range",
        &[
            "The usual dose of amitriptyline is 75-50 mg.",
            "Doses of amitriptyline range from 75–50 mg a day.",
            "Start amitriptyline at 50 mg daily, increasing slowly to 25 mg daily.",
            "Start amitriptyline at 50 mg daily, then titrate to 25 mg daily.",
            "Give amitriptyline 100 mg daily (max 75 mg daily).",
            "Give amitriptyline 50 mg twice daily (maximum 75 mg/day).",
            "Give amitriptyline 100 mg daily, not exceeding 75 mg/day.",
        ],
    );
}

#[test]
fn what_is_in_order_or_lowered_on_purpose_is_left_alone() {
    none_found(&[
        "Start amitriptyline at 10–25 mg daily, increasing by 10 mg a week to 75 mg daily (max 150 mg daily).",
        "Prednisolone is tapered through 40–20 mg, then 20-10-5 mg.",
        "Prednisolone is reduced to 20–10 mg daily.",
        "Amlodipine comes as tablets of 80-12.5 mg.",
        "Start prednisolone at 40 mg daily and reduce to 10 mg daily.",
        "Give ketorolac 30 mg into a vein (maximum 120 mg/day), or 10 mg by mouth (maximum 40 mg/day).",
        "Give quinine 10 mg/kg every 8 hours; the infusion should not run faster than 5 mg/kg per hour.",
    ]);
}

#[test]
fn weights_and_numbers_needed_are_held_to_their_figures() {
    all_found(
        "arithmetic/weight-based",
        &[
            "Give gentamicin 5 mg/kg (700 mg for a 70 kg patient).",
            "Give paracetamol 15 mg/kg: a child of 10 kg gets 15 mg.",
        ],
    );
    none_found(&[
        "Give gentamicin 5 mg/kg (340 mg for a 70 kg patient).",
        "Give gentamicin 5 mg/kg (maximum 300 mg) to a patient of 70 kg.",
        "Give amoxicillin 30 mg/kg/day in 3 doses: a child of 10 kg gets 100 mg each time.",
        "Children over 20 kg get 15 mg/kg of paracetamol; adults take 1 g.",
    ]);
    all_found(
        "arithmetic/nnt-interval",
        &["The NNT of pregabalin was 7.7 (95% CI 4.0 to 6.5).", "Pregabalin had an NNT of 0.7."],
    );
    none_found(&[
        "The NNT of pregabalin was 7.7 (95% CI 6.5 to 9.4).",
        "The NNT of pregabalin was 25 (95% CI -40 to 10).",
        "The NNT of pregabalin was 25 (95% CI 8 to ∞ to NNTH 20).",
        "The NNT of pregabalin was 7.7 (95% CI 6.5–9.4).",
    ]);
}

#[test]
fn numbers_needed_are_held_to_the_rates_of_their_article() {
    let abstract_of = |number: &str| {
        format!(
            "# Ondansetron for nausea and vomiting after surgery\n\nHeadache was reported by 13% of participants with \
             ondansetron and 10% with placebo; the NNH for headache was {number}.\n"
        )
    };
    assert_eq!(found(&abstract_of("67")), ["arithmetic/nnt"]);
    for rounded in ["33", "34", "25", "50"] {
        assert_eq!(found(&abstract_of(rounded)), Vec::<String>::new(), "{rounded}");
    }
}
