//! How surely doses are held against each other.

mod readings;

use clinlint::compare::{Topic, disagreements};
use clinlint::finding::Confidence;
use clinlint::vocabulary::Vocabulary;
use readings::level::read;

/// The surest disagreement over doses.
fn surest(texts: &[&str]) -> Option<Confidence> {
    let reading = read(texts);
    let doses = [Topic::DoseStart, Topic::DoseTarget, Topic::DoseMaximum, Topic::DoseSingle, Topic::DoseAboveMaximum];
    let found = disagreements(&reading.articles, Vocabulary::builtin());
    found.iter().filter(|found| doses.contains(&found.topic)).map(|found| found.confidence).max()
}

fn is_sure(texts: &[&str]) -> bool {
    surest(texts) > Some(Confidence::Low)
}

#[test]
fn a_usual_dose_in_passing_is_not_held_for_sure() {
    let own = "# Aspirin\n\nThe usual dose of aspirin is 75 mg a day.\n";
    assert!(is_sure(&[own, "# Aspirin\n\nThe usual dose of aspirin is 300 mg a day.\n"]));
    for passing in [
        "# Handbook\n\nThe usual dose of aspirin is 300 mg a day. Clopidogrel and clopidogrel with heparin are others.\n",
        "# Clopidogrel\n\nAspirin 300 mg a day is usual beside it.\n",
    ] {
        assert!(!is_sure(&[own, passing]), "{passing}");
    }
    // What a guideline says for its condition is no passing remark.
    assert!(is_sure(&[own, "# Migraine\n\nThe usual dose of aspirin is 300 mg a day.\n"]));
}

#[test]
fn doses_by_body_surface_are_not_held_for_sure() {
    let surface = |dose: &str| format!("# Cisplatin\n\nThe usual dose of cisplatin is {dose} mg/m2 a day.\n");
    assert!(!is_sure(&[&surface("20"), &surface("100")]));
    let weight = |dose: &str| format!("# Cisplatin\n\nThe usual dose of cisplatin is {dose} mg/kg a day.\n");
    assert!(is_sure(&[&weight("2"), &weight("7")]));
}

#[test]
fn what_several_articles_both_give_are_alternatives() {
    let both = "# Ivermectin\n\nThe usual dose is 10 mg a day.\n\n## Other\n\nThe usual dose is 30 mg a day.\n";
    let one = "# Ivermectin\n\nThe usual dose is 10 mg a day.\n";
    let other = "# Ivermectin\n\nThe usual dose is 30 mg a day.\n";
    assert_eq!(surest(&[both, both]), None);
    assert!(is_sure(&[one, other]));
}

#[test]
fn doses_at_other_intervals_are_other_doses() {
    let every = |dose: &str, often: &str| format!("# Alendronic acid\n\nThe usual dose is {dose} mg {often}.\n");
    assert!(!is_sure(&[&every("70", "once a week"), &every("150", "once a month")]));
    assert!(!is_sure(&[&every("35", "every 2 weeks"), &every("70", "every 4 weeks")]));
    assert!(is_sure(&[&every("70", "once a week"), &every("35", "once a week")]));
}

#[test]
fn limits_of_one_dose_are_not_of_a_day() {
    let limit = |words: &str| format!("# Cefazolin\n\n{words}\n");
    let day = limit("The maximum dose is 6 g a day.");
    for words in ["The maximum is 1.5 g/dose.", "Single doses up to 1.5 g.", "The maximum is 1.5 g per dose."] {
        assert_eq!(surest(&[&day, &limit(words)]), None, "{words}");
    }
    assert!(is_sure(&[&day, &limit("The maximum dose is 12 g a day.")]));
    assert!(surest(&[&limit("The maximum is 1.5 g/dose."), &limit("The maximum is 2 g per dose.")]).is_some());
}

#[test]
fn an_age_limit_of_another_form_binds_nothing() {
    let ages = |texts: &[&str]| {
        let reading = read(texts);
        let found = disagreements(&reading.articles, Vocabulary::builtin());
        found.iter().any(|found| found.topic == Topic::PopulationAgeLimit && found.confidence > Confidence::Low)
    };
    let dose = "# Diclofenac\n\nChildren 8–10 years: diclofenac tablets 25 mg twice daily.\n";
    assert!(ages(&["# Diclofenac\n\n## Tablets\n\nDiclofenac should not be used in children under 12 years.\n", dose]));
    assert!(!ages(&["# Diclofenac\n\n## Gel\n\nDiclofenac should not be used in children under 12 years.\n", dose]));
    assert!(!ages(&["# Diclofenac\n\nDiclofenac tablets should not be used in children under 6 years.\n", dose]));
    assert!(!ages(&["# Fever\n\nDiclofenac should not be used in children under 12 years.\n", dose]));
}

#[test]
fn what_a_trial_did_is_no_line_of_treatment() {
    use clinlint::claim::Value;
    let lines = |text: &str| {
        let reading = read(&[text]);
        reading.articles[0].claims.iter().filter(|claim| matches!(claim.value, Value::Line(_))).count()
    };
    for text in [
        "# Psoriasis\n\nPatients were randomised to apremilast as first-line treatment.\n",
        "# Psoriasis\n\nIn this trial, participants received apremilast as second-line treatment.\n",
    ] {
        assert_eq!(lines(text), 0, "{text}");
    }
    for text in [
        "# Psoriasis\n\nApremilast is a second-line treatment for psoriasis.\n",
        "# Psoriasis\n\nUse apremilast as first-line treatment of psoriasis.\n",
    ] {
        assert_eq!(lines(text), 1, "{text}");
    }
}
