//! What is read as a contraindication, a caution or a statement of safety, and
//! which of them contradict: one table for each way of writing.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod readings;

use clinlint::compare::disagreements;
use clinlint::finding::Confidence;
use clinlint::vocabulary::Vocabulary;
use readings::level::{compares, contradict, holds, rated, rated_drugs, read};

#[test]
fn plain_statements() {
    holds(
        "Naproxen",
        &[
            ("Naproxen is contraindicated in heart failure.", &["heart failure: contraindicated"]),
            ("Contraindicated in patients with active bleeding.", &["bleeding: contraindicated"]),
            ("Naproxen should not be used in patients with peptic ulcer.", &["peptic ulcer disease: avoid"]),
            ("Do not use naproxen in pregnancy.", &["pregnancy: avoid"]),
            ("Use with caution in patients with asthma.", &["asthma: caution"]),
            ("Caution is advised in hypertension.", &["hypertension: caution"]),
            ("Patients with hypertension should be monitored closely.", &["hypertension: caution"]),
            ("Naproxen is considered safe during breastfeeding.", &["breastfeeding: allowed"]),
            ("Naproxen is not contraindicated in asthma.", &["asthma: allowed"]),
            ("Avoid in pregnancy.", &["pregnancy: avoid"]),
        ],
    );
}

#[test]
fn leaflets_list_below_do_not_take() {
    let lead = "## Do not take Naproxen tablets:\n\n";
    let cases = [
        ("- if you have liver problems.", "hepatic impairment: contraindicated"),
        ("- if you have unstable angina", "unstable angina: contraindicated"),
        ("- if you have ever had a stomach ulcer", "peptic ulcer disease: contraindicated"),
        ("- if you are pregnant", "pregnancy: contraindicated"),
        ("- you have asthma", "asthma: contraindicated"),
        (
            "- if you are dehydrated, or have dehydration after diarrhoea and were told so",
            "dehydration: contraindicated",
        ),
    ];
    for (item, expected) in cases {
        let found = rated(&format!("# Naproxen\n\n{lead}{item}\n"));
        assert!(found.iter().any(|claim| claim == expected), "{item}: {found:?}");
    }
    // What explains an item is no item.
    let text = format!("# Naproxen\n\n{lead}- if you have liver problems. Symptoms include stomach pain and nausea.\n");
    assert_eq!(rated(&text), ["hepatic impairment: contraindicated"]);
}

#[test]
fn care_after_a_permission_is_care() {
    holds(
        "Cetirizine",
        &[
            ("Can be used with caution in epilepsy.", &["epilepsy: caution"]),
            ("May be used cautiously in epilepsy.", &["epilepsy: caution"]),
            ("Cetirizine can be used during pregnancy if the benefits outweigh the risks.", &["pregnancy: caution"]),
            ("It may be given in pregnancy only if the benefits outweigh the risks.", &["pregnancy: caution"]),
            ("It can be used during breastfeeding.", &["breastfeeding: allowed"]),
            ("It is not strictly contraindicated in epilepsy.", &[]),
            ("It is not absolutely contraindicated in epilepsy.", &[]),
        ],
    );
}

#[test]
fn what_is_avoided_is_not_always_the_drug() {
    holds(
        "Adapalene",
        &[
            ("Avoid applying to broken skin around the eyes.", &[]),
            ("Avoid application on the nipples before breastfeeding.", &[]),
            ("Women should avoid pregnancy during treatment.", &[]),
            ("Lots of fruit helps children avoid colds.", &[]),
            ("Avoid excessive doses in pregnancy.", &[]),
            ("Higher doses should be avoided in pregnancy.", &[]),
            ("High oral doses are contraindicated during pregnancy.", &[]),
            ("Exceeding the daily allowance is not recommended in pregnancy.", &[]),
            ("Avoid use in pregnancy.", &["pregnancy: avoid"]),
            ("Avoid using adapalene in pregnancy.", &["pregnancy: avoid"]),
            ("Avoid alcohol.", &["alcohol use: avoid"]),
        ],
    );
}

#[test]
fn searching_is_no_caution() {
    holds(
        "Ketorolac",
        &[
            ("General precautions: Screen patients for bleeding disorders, asthma and liver disease.", &[]),
            ("Screen patients for asthma before treatment.", &[]),
            ("Precautions: rule out allergies.", &[]),
            ("Monitor growth in children.", &[]),
            ("Specific precautions for pregnant women are noted above.", &[]),
            ("Dosage adjustments are made according to response.", &[]),
            ("Monitor patients with asthma closely.", &["asthma: caution"]),
        ],
    );
}

#[test]
fn adjustments_that_are_not_needed_are_allowed() {
    holds(
        "Linagliptin",
        &[
            ("Dose adjustments are not necessary in renal impairment.", &["renal impairment: allowed"]),
            ("Dose adjustments are not routinely made for renal impairment.", &["renal impairment: allowed"]),
            ("No dose adjustment is required in renal impairment.", &["renal impairment: allowed"]),
            ("No dosage adjustment is needed in hepatic impairment.", &["hepatic impairment: allowed"]),
            ("Dose adjustment is required in renal impairment.", &["renal impairment: caution"]),
        ],
    );
}

#[test]
fn other_drugs_and_their_own_patients() {
    holds(
        "Lasmiditan",
        &[
            ("It is an option for patients with angina where triptans are contraindicated.", &[]),
            ("Strong CYP3A4 inducers are contraindicated.", &["cyp3a4 inducer: contraindicated"]),
            (
                "Hypersensitivity to the vaccine or its components is a contraindication.",
                &["hypersensitivity: contraindicated"],
            ),
            ("Monitor the infant for drowsiness.", &[]),
            ("Not recommended without a doctor's advice in pregnancy.", &["pregnancy: caution"]),
        ],
    );
}

#[test]
fn lists_narrow_with_what_follows_the_comma() {
    let text = "# Metformin\n\n## Contraindications\n\n- Kidney disease, severe\n- Heart attack, acute\n- Alcohol, excessive use\n";
    assert_eq!(
        rated(text),
        ["renal impairment: contraindicated", "myocardial infarction: contraindicated", "alcohol use: contraindicated"]
    );
}

#[test]
fn relative_contraindications_are_cautions() {
    let text = "# Atropine\n\n## Contraindications\n\n- **Absolute:** glaucoma\n- **Relative:** hyperthyroidism, hypertension\n";
    assert_eq!(rated(text), ["glaucoma: contraindicated", "hyperthyroidism: caution", "hypertension: caution"]);
}

#[test]
fn degrees() {
    compares(
        "Duloxetine",
        &[
            ("Contraindicated in severe renal impairment.", "Use with caution in renal impairment.", false),
            (
                "Contraindicated in severe renal or hepatic impairment.",
                "Use with caution in hepatic impairment.",
                false,
            ),
            (
                "Contraindicated in severe respiratory or hepatic disease.",
                "Use with caution in hepatic disease.",
                false,
            ),
            ("Contraindicated in renal impairment.", "Use with caution in mild renal impairment.", true),
            ("Contraindicated in renal impairment.", "Use with caution in renal impairment.", true),
            ("Contraindicated in severe renal impairment.", "Use with caution in severe renal impairment.", true),
            ("Contraindicated in severe liver disease.", "Use with caution in mild to moderate liver disease.", false),
            (
                "Contraindicated in moderate to severe renal impairment.",
                "Use with caution in moderate renal impairment.",
                true,
            ),
            ("Contraindicated in severe heart failure.", "Use with caution in heart failure.", false),
            ("Contraindicated in children under 2 years.", "Use with caution in children.", false),
            ("Not recommended in children under 12 years.", "Use with caution in children under 6 years.", true),
        ],
    );
}

#[test]
fn the_past_is_not_the_present() {
    compares(
        "Levosulpiride",
        &[
            ("Contraindicated in epilepsy.", "Use with caution in patients with a history of epilepsy.", false),
            ("Contraindicated in epilepsy.", "Use with caution in epilepsy.", true),
            ("Contraindicated in acute myocardial infarction.", "Use with caution in myocardial infarction.", false),
            ("Contraindicated in acute heart failure.", "Use with caution in unstable heart failure.", true),
            ("Contraindicated in uncontrolled hypertension.", "Use with caution in hypertension.", false),
            ("Contraindicated in hypertension.", "Use with caution in controlled hypertension.", false),
        ],
    );
}

#[test]
fn words_of_much_the_same_strength() {
    compares(
        "Tinzaparin",
        &[
            ("Generally avoided in pregnancy.", "Use with caution in pregnancy.", false),
            ("Not recommended in pregnancy.", "Use with caution in pregnancy.", true),
            ("Use with caution during breastfeeding.", "Considered safe during breastfeeding.", false),
            (
                "Dose reduction is required in renal impairment.",
                "No dose adjustment is needed in renal impairment.",
                true,
            ),
            (
                "Dose adjustment may be needed in renal impairment.",
                "No dose adjustment is needed in renal impairment.",
                false,
            ),
            ("Avoid alcohol.", "Use with caution with alcohol.", false),
            ("Contraindicated in pregnancy.", "Considered safe in pregnancy.", true),
            (
                "Contraindicated in pregnancy unless benefits outweigh the risks.",
                "Use with caution in pregnancy.",
                false,
            ),
            ("Avoid in pregnancy if possible.", "Use with caution in pregnancy.", false),
            ("Contraindicated in pregnancy (third trimester).", "Use with caution in pregnancy.", false),
        ],
    );
}

#[test]
fn a_combination_is_not_its_parts() {
    let alone = "# Nebivolol\n\nUse with caution in pregnancy.\n";
    let mixture = "# Irbesartan + Nebivolol\n\nContraindicated in pregnancy.\n";
    assert!(!contradict(alone, mixture), "the other component may be the reason");
    let alone = "# Nebivolol\n\nContraindicated in asthma.\n";
    let mixture = "# Irbesartan + Nebivolol\n\nUse with caution in asthma.\n";
    assert!(contradict(alone, mixture), "what a component forbids, the combination forbids");
    let mixture = "# Nebivolol + flavoured base\n\nContraindicated in pregnancy.\n";
    assert!(!contradict("# Nebivolol\n\nUse with caution in pregnancy.\n", mixture), "an unknown part is a part");
}

#[test]
fn a_drug_is_not_kept_from_what_it_treats() {
    let one =
        "# Metformin\n\nFor type 2 diabetes, start at 500 mg twice daily.\n\nContraindicated in diabetes mellitus.\n";
    let other = "# Metformin\n\nUse with caution in diabetes mellitus.\n";
    assert!(!contradict(one, other));
}

#[test]
fn words_that_are_no_patients() {
    holds(
        "Etodolac",
        &[
            (
                "Not recommended in severe hepatic impairment (Child-Pugh C).",
                &["severe hepatic impairment: avoid", "severe hepatic impairment: avoid"],
            ),
            ("Contraindicated in molar pregnancy.", &[]),
            ("You won't need a dose adjustment in renal impairment.", &["renal impairment: allowed"]),
            ("Signs of angioedema should be monitored.", &[]),
            ("See dosage adjustments for renal impairment.", &[]),
            ("Prolonged use should be avoided in children.", &[]),
            ("Avoid or use with extreme caution in pregnancy.", &["pregnancy: caution"]),
            ("Should not be used to suppress a productive cough.", &[]),
            ("Use without a corticosteroid is contraindicated in asthma.", &["asthma: contraindicated"]),
        ],
    );
    let text = "# Etodolac\n\n## Contraindications\n\n- Asthma exacerbated by aspirin or NSAIDs\n";
    assert_eq!(rated(text), ["asthma: contraindicated"]);
}

#[test]
fn what_narrows_a_statement() {
    compares(
        "Finerenone",
        &[
            (
                "Contraindicated with strong CYP3A4 inhibitors.",
                "Use with caution with moderate CYP3A4 inhibitors.",
                false,
            ),
            ("Contraindicated with strong CYP3A4 inhibitors.", "Use with caution with strong CYP3A4 inhibitors.", true),
            ("Contraindicated in first-trimester pregnancy.", "Use with caution in pregnancy.", false),
            ("Contraindicated in pregnancy (2nd/3rd trimesters).", "Use with caution in pregnancy.", false),
            ("Not recommended in children with a rare intolerance.", "Use with caution in children.", false),
            (
                "For patients with a prosthetic valve, it is not recommended during pregnancy.",
                "Use with caution during pregnancy.",
                false,
            ),
            ("Concomitant use is contraindicated in asthma.", "Use with caution in asthma.", false),
            ("Not recommended during pregnancy if taken with ifosfamide.", "Use with caution during pregnancy.", false),
            ("Contraindicated in complete heart block.", "Use with caution in heart block.", false),
            (
                "Vials containing benzyl alcohol are contraindicated in pregnancy.",
                "Use with caution in pregnancy.",
                false,
            ),
        ],
    );
}

#[test]
fn part_of_a_condition_is_not_the_condition() {
    let list = "## Contraindications\n\n";
    let caution = |condition: &str| format!("# Apixaban\n\n## Precautions\n\nUse with caution in {condition}.\n");
    for (narrow, broad) in [
        ("- Liver disease associated with coagulopathy", "hepatic impairment"),
        ("- Diarrhoea caused by *C. difficile*", "diarrhoea"),
        ("- Pregnancy (high doses)", "pregnancy"),
        ("- Elderly patients with renal impairment", "older patients"),
        ("- Dementia-related psychosis in elderly patients", "elderly patients"),
    ] {
        let narrow = format!("# Apixaban\n\n{list}{narrow}\n");
        assert!(!contradict(&narrow, &caution(broad)), "{narrow}\n{broad}");
    }
    for condition in ["liver disease", "pregnancy", "asthma"] {
        let whole = format!("# Apixaban\n\n{list}- {condition}\n");
        assert!(contradict(&whole, &caution(condition)), "{condition}");
    }
}

#[test]
fn conditions_that_are_no_rating() {
    holds(
        "Insulin lispro",
        &[
            ("Keep out of the reach of children.", &[]),
            ("## Precautions\n\nBe aware of hypoglycaemia symptoms.", &[]),
            ("Consult your doctor if diarrhoea persists.", &[]),
            ("Dose adjustments aren't required for renal impairment.", &["renal impairment: allowed"]),
            (
                "Contraindications: hypersensitivity to insulin, aspirin or other NSAIDs.",
                &["hypersensitivity: contraindicated"],
            ),
        ],
    );
}

#[test]
fn a_combination_to_avoid_is_rated_for_the_drug_named_first() {
    let reading = read(&["# Tolperisone and amitriptyline\n\n- Do not combine amitriptyline with SSRIs.\n"]);
    let rated: Vec<_> = reading.articles[0].claims.iter().map(|claim| claim.drugs.join("+")).collect();
    assert_eq!(rated, ["amitriptyline"]);
}

#[test]
fn a_smaller_dose_is_a_caution() {
    holds(
        "Metformin",
        &[
            (
                "If you have reduced kidney function, your doctor may prescribe a lower dose.",
                &["renal impairment: caution"],
            ),
            ("A reduced dose is needed in renal impairment.", &["renal impairment: caution"]),
            ("In patients with liver disease a smaller dose should be used.", &["hepatic impairment: caution"]),
            ("The effect was seen at a lower dose.", &[]),
            ("Dose adjustments are needed in renal impairment as described above.", &[]),
        ],
    );
}

#[test]
fn to_adjust_the_dose_or_not_is_a_question_of_its_own() {
    let kept = "# Metformin\n\n## Contraindications\n\n- Renal impairment\n";
    let adjusted = "# Metformin\n\nDose adjustments are required in moderate renal impairment.\n";
    let same = "# Metformin\n\nIf eGFR is 45 to 59 mL/min, no dosage adjustment is necessary.\n";
    let findings = |texts: &[&str]| {
        let reading = read(texts);
        let all = disagreements(&reading.articles, Vocabulary::builtin());
        all.iter().filter(|found| found.confidence > Confidence::Low).count()
    };
    assert_eq!(findings(&[kept, same]), 1);
    assert_eq!(findings(&[adjusted, same]), 1);
    assert_eq!(findings(&[kept, adjusted, same]), 2, "kept back or not, and adjusted or not");
    // The care and the reduction below one label are one statement.
    let label = "# Metformin\n\n- **Patients with Renal Impairment:** Use with caution and consider dose reduction.\n";
    assert!(contradict(
        label,
        "# Metformin\n\nIn mild to moderate renal impairment, no dose adjustments are needed.\n"
    ));
    for other in [
        "In mild renal impairment, no dose adjustment is needed.",
        "Dose adjustment is necessary in certain patients with moderate renal impairment.",
    ] {
        assert!(!contradict(adjusted, &format!("# Metformin\n\n{other}\n")), "{other}");
    }
    // What the next sentence says of another part of a combination is not the first's.
    let pair = "# Atenolol + Atorvastatin\n\n- **Patients with Liver Disease:** Lower doses of atorvastatin should be \
                used. Atenolol dosage adjustment isn't usually needed.\n";
    assert!(!contradict("# Atorvastatin\n\nDose reduction is required in liver disease.\n", pair));
}

#[test]
fn the_severe_form_of_a_condition_is_severe() {
    let severe = "# Metformin\n\nDo not take metformin if you have a severe infection.\n";
    assert!(contradict(severe, "# Metformin\n\nUse metformin with caution in patients with sepsis.\n"));
    assert!(!contradict(severe, "# Metformin\n\nUse metformin with caution in patients with infections.\n"));
    let failing = "# Metformin\n\nMetformin is contraindicated in severe liver disease.\n";
    assert!(contradict(failing, "# Metformin\n\nUse metformin with caution in patients with liver failure.\n"));
    assert!(!contradict(failing, "# Metformin\n\nUse metformin with caution in patients with hepatitis.\n"));
    // To be treated for a condition is to have it; a treated one is held.
    let acute = "# Metformin\n\nDo not take metformin if you are treated for acute heart failure.\n";
    let list = "# Metformin\n\n## Other medical problems\n\nTell your doctor if you have:\n\n- Congestive heart failure, acute or unstable\n";
    assert!(contradict(acute, list));
    let treated = "# Metformin\n\nMetformin is contraindicated in treated hypertension.\n";
    assert!(!contradict(treated, "# Metformin\n\nUse metformin with caution in patients with hypertension.\n"));
}

#[test]
fn circumstances_belong_to_their_condition() {
    holds(
        "Adrenaline",
        &[
            ("Caution is required in anaphylaxis-induced hypotension in pregnancy.", &["hypotension: caution"]),
            ("Use with caution in hypertension during pregnancy.", &["hypertension: caution"]),
            (
                "Use with caution in hypertension and during pregnancy.",
                &["hypertension: caution", "pregnancy: caution"],
            ),
            ("Use with caution in hypertension, in pregnancy.", &["hypertension: caution", "pregnancy: caution"]),
            ("Contraindicated in anesthesia with halothane.", &["general anaesthesia: contraindicated"]),
            ("Contraindicated with halothane.", &["halothane: contraindicated"]),
            ("Avoid in high-risk patients.", &["high-risk patients: avoid"]),
            ("Avoid in high risk patients*, and in asthma.", &["high-risk patients: avoid", "asthma: avoid"]),
            (
                "Contraindications: dystonia, severe EPSEs.",
                &["dystonia: contraindicated", "movement disorder: contraindicated"],
            ),
        ],
    );
    let pregnant = |text: &str| rated(&format!("# Adrenaline\n\n## Pregnancy\n\n{text}\n"));
    assert!(pregnant("Use requires caution when the blood pressure is 130/80 mm Hg and greater.").is_empty());
    assert_eq!(pregnant("Use requires caution when the benefit is in doubt."), ["pregnancy: caution"]);
    assert_eq!(pregnant("Use with caution."), ["pregnancy: caution"]);
}

#[test]
fn an_order_about_a_drug_is_about_that_drug_wherever_it_stands() {
    let cases = [
        ("Do not give doxycycline to pregnant women.", "doxycycline", "pregnancy: avoid"),
        ("Never give doxycycline to pregnant women.", "doxycycline", "pregnancy: avoid"),
        ("Do not use metformin in people with severe renal impairment.", "metformin", "severe renal impairment: avoid"),
        ("Don't use propranolol in patients with asthma.", "propranolol", "asthma: avoid"),
        ("Do not give diphenhydramine to women who are breastfeeding.", "diphenhydramine", "breastfeeding: avoid"),
        ("Do not prescribe codeine to breastfeeding women.", "codeine", "breastfeeding: avoid"),
        ("Do not use ibuprofen during pregnancy.", "ibuprofen", "pregnancy: avoid"),
        ("Do not take ibuprofen if you have a stomach ulcer.", "ibuprofen", "peptic ulcer disease: avoid"),
        ("Pregnant women should not take doxycycline.", "doxycycline", "pregnancy: avoid"),
        ("People with asthma should not use propranolol.", "propranolol", "asthma: avoid"),
        ("Patients with asthma should avoid propranolol.", "propranolol", "asthma: avoid"),
        ("Patients with heart failure should not receive verapamil.", "verapamil", "heart failure: avoid"),
        ("In pregnancy, do not use methotrexate.", "methotrexate", "pregnancy: avoid"),
    ];
    for title in ["Notes from the clinic", "Naproxen"] {
        for (text, drug, expected) in cases {
            let found = rated_drugs(&format!("# {title}\n\n{text}\n"));
            assert_eq!(found, [(drug.to_owned(), expected.to_owned())], "{title}: {text}");
        }
    }
}

#[test]
fn an_order_for_another_purpose_rates_nobody() {
    for text in [
        "Do not use aspirin for headache.",
        "Do not give naproxen as a substitute for aspirin in asthma.",
        "Patients with asthma should not stop prednisolone suddenly.",
    ] {
        let found = rated_drugs(&format!("# Notes from the clinic\n\n{text}\n"));
        assert!(found.is_empty(), "{text} is read as {found:?}");
    }
}
