//! What limits a dose, and what only looks like it: goals, single doses, ages,
//! conversions, and what others gave.

mod readings;

use readings::dose::check;

#[test]
fn a_range_behind_up_to_is_a_goal() {
    check(&[
        ("Propranolol is titrated up to 80–160 mg a day.", &["propranolol | 80–160 mg a day | usual dose"]),
        ("Increase propranolol up to 80 to 160 mg daily.", &["propranolol | 80–160 mg a day | usual dose"]),
        ("Propranolol up to 160 mg a day.", &["propranolol | 160 mg a day | maximum"]),
        ("Propranolol, no more than 160 mg a day.", &["propranolol | 160 mg a day | maximum"]),
        // A range with another word for a limit stays one.
        ("The maximum dose of propranolol is 160–240 mg a day.", &["propranolol | 160–240 mg a day | maximum"]),
    ]);
}

#[test]
fn where_some_go_is_no_limit() {
    check(&[
        ("Some patients might require up to 50 mg of hydroxyzine a day.", &["hydroxyzine | 50 mg a day | usual dose"]),
        ("A few people need up to 50 mg of hydroxyzine daily.", &["hydroxyzine | 50 mg a day | usual dose"]),
        (
            "Higher doses of hydroxyzine (up to 50 mg a day) are sometimes used.",
            &["hydroxyzine | 50 mg a day | usual dose"],
        ),
        ("Hydroxyzine is occasionally given up to 50 mg a day.", &["hydroxyzine | 50 mg a day | usual dose"]),
        ("Give hydroxyzine up to 50 mg a day.", &["hydroxyzine | 50 mg a day | maximum"]),
        // A limit is one, whoever needs it.
        ("Some patients need hydroxyzine, to a maximum of 50 mg a day.", &["hydroxyzine | 50 mg a day | maximum"]),
    ]);
}

#[test]
fn what_others_gave_is_reported() {
    check(&[
        ("Doses of verapamil up to 720 mg a day have been reported.", &["verapamil | 720 mg a day | reported"]),
        ("Verapamil doses of up to 720 mg daily have been used.", &["verapamil | 720 mg a day | reported"]),
        ("Up to 720 mg a day of verapamil has been given safely.", &["verapamil | 720 mg a day | reported"]),
        ("Verapamil 720 mg a day has also been tried.", &["verapamil | 720 mg a day | reported"]),
        ("Up to 720 mg of verapamil a day has occasionally been used.", &["verapamil | 720 mg a day | reported"]),
        ("Verapamil up to 480 mg a day can be used.", &["verapamil | 480 mg a day | maximum"]),
        ("Give verapamil 240 mg a day once the diagnosis has been made.", &["verapamil | 240 mg a day | usual dose"]),
    ]);
}

#[test]
fn conversions_are_no_doses() {
    check(&[
        ("# Paracetamol\n\n1000 mg = 1 g.", &[]),
        ("# Paracetamol\n\n500 mg = 0.5 g of paracetamol.", &[]),
        ("# Levothyroxine\n\n100 micrograms = 0.1 mg.", &[]),
        ("# Paracetamol\n\nMaximum = 4 g a day.", &["paracetamol | 4 g a day | maximum"]),
    ]);
}

#[test]
fn an_age_limit_limits_no_dose() {
    check(&[
        ("# Cefaclor\n\nChild up to 10 years: 125 mg.", &["cefaclor | 125 mg | usual dose | children, under 10 years"]),
        (
            "# Cefaclor\n\nChildren up to 5 years: 125 mg twice daily.",
            &["cefaclor | 125 mg twice a day (250 mg a day) | usual dose | children, under 5 years"],
        ),
        ("# Cefaclor\n\nChildren up to 20 kg: 125 mg.", &["cefaclor | 125 mg | usual dose | children, under 20 kg"]),
        (
            "# Cefaclor\n\nChildren up to 5 years: up to 125 mg a day.",
            &["cefaclor | 125 mg a day | maximum | children, under 5 years"],
        ),
    ]);
}

#[test]
fn limits_in_a_bracket() {
    check(&[
        (
            "# Ascorbic acid\n\nGive 1 g a day (max 4 g a day orally, 5 g a day IV).",
            &[
                "ascorbic acid | 1 g a day | usual dose",
                "ascorbic acid | 4 g a day | maximum | oral",
                "ascorbic acid | 5 g a day | maximum | intravenous",
            ],
        ),
        (
            "# Ascorbic acid\n\nGive 1 g a day (maximum 4 g a day), then 500 mg a day.",
            &[
                "ascorbic acid | 1 g a day | usual dose",
                "ascorbic acid | 4 g a day | maximum",
                "ascorbic acid | 500 mg a day | usual dose",
            ],
        ),
    ]);
}

#[test]
fn two_that_are_said_to_start() {
    check(&[
        ("Donepezil 5 mg or 10 mg initially.", &["donepezil | 5 mg | start", "donepezil | 10 mg | start"]),
        (
            "Donepezil 5 mg or 10 mg at night.",
            &["donepezil | 5 mg a day | usual dose", "donepezil | 10 mg a day | usual dose"],
        ),
        (
            "Donepezil 5 mg, or 10 mg initially in severe dementia.",
            &["donepezil | 5 mg | usual dose", "donepezil | 10 mg | start | dementia"],
        ),
    ]);
}

#[test]
fn adjustments_are_no_frequency() {
    check(&[
        (
            "Levothyroxine 50 micrograms daily with adjustments every 4 weeks.",
            &["levothyroxine | 50 micrograms a day | usual dose"],
        ),
        ("Give levothyroxine 50 micrograms, adjusted every 4 weeks.", &["levothyroxine | 50 micrograms | usual dose"]),
        ("Give levothyroxine 50 micrograms, reviewed every 6 weeks.", &["levothyroxine | 50 micrograms | usual dose"]),
        (
            "Give cyanocobalamin 50 micrograms every 4 weeks.",
            &["cyanocobalamin | 50 micrograms once every 28 days | usual dose"],
        ),
    ]);
}

#[test]
fn labels_and_words_behind_tell_the_release() {
    check(&[]);
}

#[test]
fn limits_of_one_dose_are_read_as_such() {
    use clinlint::claim::Value;
    let each = |text: &str| {
        let reading = readings::level::read(&[&format!("# Cefazolin\n\n{text}\n")]);
        let doses = reading.articles[0].claims.iter().filter_map(|claim| match &claim.value {
            Value::Dose(dose) => Some(dose.each),
            _ => None,
        });
        doses.collect::<Vec<bool>>()
    };
    for text in [
        "Maximum 1.5 g/dose.",
        "Maximum 1.5 g per dose.",
        "Single doses up to 1.5 g.",
        "No more than 1.5 g per injection.",
        "A single dose should not exceed 1.5 g.",
        "No more than 1.5 g in any one dose.",
        "Each dose must not exceed 1.5 g.",
        "Up to 1.5 g as a single dose.",
    ] {
        assert_eq!(each(text), [true], "{text}");
    }
    for text in ["Maximum 1.5 g a day.", "Maximum dose: 1.5 g a day.", "The dose should not exceed 1.5 g."] {
        assert_eq!(each(text), [false], "{text}");
    }
}
