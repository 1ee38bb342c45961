//! How strongly a drug is held back, and what only looks like it.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod readings;

use readings::level::{compares, contradict, holds};

#[test]
fn degrees_of_heart_block() {
    compares(
        "Atenolol",
        &[
            (
                "Contraindicated in second- or third-degree heart block.",
                "Use with caution in first-degree heart block.",
                false,
            ),
            (
                "Contraindicated in second or third degree AV block.",
                "Use with caution in first degree AV block.",
                false,
            ),
            ("Contraindicated in third-degree heart block.", "Use with caution in third-degree heart block.", true),
            (
                "Contraindicated in second-degree or third-degree atrioventricular block.",
                "Use with caution in patients with first-degree heart block.",
                false,
            ),
            ("Contraindicated in complete heart block.", "Use with caution in first-degree heart block.", false),
            ("Contraindicated in heart block.", "Use with caution in heart block.", true),
            (
                "Contraindicated in AV block (second or third degree).",
                "Use with caution in first-degree AV block.",
                false,
            ),
            ("Contraindicated in AV block (2nd or 3rd degree).", "Use with caution in first-degree AV block.", false),
            ("Contraindicated in AV block (any degree).", "Use with caution in first-degree AV block.", true),
            (
                "Contraindicated in AV block (first, second or third degree).",
                "Use with caution in first-degree AV block.",
                true,
            ),
            ("Contraindicated in complete AV block.", "Use with caution in AV block (first degree).", false),
            (
                "Contraindicated in AV block of second or third degree.",
                "Use with caution in third-degree heart block.",
                true,
            ),
            (
                "Contraindicated in heart block greater than first degree.",
                "Use with caution in first-degree heart block.",
                false,
            ),
        ],
    );
}

#[test]
fn how_long_to_take_it_is_no_rating() {
    holds(
        "Loperamide",
        &[
            ("Take with care until the diarrhoea stops.", &[]),
            ("Avoid milk until diarrhoea resolves.", &[]),
            ("Carefully replace fluids until your diarrhoea subsides.", &[]),
            ("Monitor fluids until the vomiting stops.", &[]),
            // The condition itself.
            ("Avoid in bloody diarrhoea.", &["diarrhoea: avoid"]),
            ("Use with caution in diarrhoea.", &["diarrhoea: caution"]),
        ],
    );
}

#[test]
fn caution_or_avoid_is_one_advice() {
    let avoid = "Avoid in epilepsy.";
    let care = "Use with caution in epilepsy.";
    let both = [
        "Use with caution or avoid in epilepsy.",
        "Avoid or use with caution in epilepsy.",
        "Should be used with caution or avoided in epilepsy.",
        "Should be avoided or used with caution in epilepsy.",
        "Epilepsy: avoid or use with caution.",
        "Epilepsy: use cautiously or avoid.",
    ];
    for text in both {
        compares("Bupropion", &[(text, avoid, false), (text, care, false)]);
        // It still holds the drug back.
        assert!(
            contradict(
                &format!("# Bupropion\n\n{text}\n"),
                "# Bupropion\n\nBupropion is contraindicated in epilepsy.\n"
            ) || !contradict(&format!("# Bupropion\n\n{text}\n"), &format!("# Bupropion\n\n{avoid}\n")),
            "{text}"
        );
    }
    compares("Bupropion", &[(avoid, care, true), ("Avoid in epilepsy. Use with caution in hypertension.", care, true)]);
}

#[test]
fn a_drug_is_no_condition_of_itself() {
    holds(
        "Insulin lispro",
        &[
            ("Use insulin with caution in renal impairment.", &["renal impairment: caution"]),
            ("Caution is needed with insulin.", &[]),
            ("Avoid insulin in hypoglycaemia.", &["hypoglycaemia: avoid"]),
        ],
    );
    holds("Measles vaccine", &[("The vaccine should not be used with vaccines.", &[])]);
    holds("Gliclazide", &[("Use with caution with insulin.", &["insulin: caution"])]);
}

#[test]
fn to_avoid_an_excess_leaves_the_usual() {
    holds(
        "Lithium",
        &[
            ("Avoid excessive sodium intake.", &[]),
            ("Avoid excessive caffeine intake.", &[]),
            ("Avoid excess salt.", &[]),
            ("Avoid excessive alcohol consumption.", &[]),
            ("Avoid alcohol.", &["alcohol use: avoid"]),
            ("Avoid in excessive bleeding.", &["bleeding: avoid"]),
        ],
    );
}

#[test]
fn a_risk_is_not_the_illness() {
    compares(
        "Diclofenac",
        &[
            ("Contraindicated in heart failure.", "Use with caution in patients at risk for heart failure.", false),
            ("Contraindicated in heart failure.", "Use with caution in patients at risk of heart failure.", false),
            ("Contraindicated in heart failure.", "Use with caution in patients prone to heart failure.", false),
            (
                "Contraindicated in heart failure.",
                "Use with caution in people at increased risk of heart failure.",
                false,
            ),
            (
                "Contraindicated in heart failure.",
                "Use with caution in patients at high risk for heart failure.",
                false,
            ),
            (
                "Contraindicated in heart failure.",
                "Use with caution in those with risk factors for heart failure.",
                false,
            ),
            ("Contraindicated in heart failure.", "Use with caution in patients with heart failure.", true),
            (
                "Contraindicated in patients at risk for stroke.",
                "Use with caution in patients at risk of stroke.",
                true,
            ),
        ],
    );
}

#[test]
fn a_bracket_in_a_list_excepts_its_item() {
    holds(
        "Propranolol",
        &[
            (
                "Contraindications: asthma, breastfeeding (caution).",
                &["asthma: contraindicated", "breastfeeding: caution"],
            ),
            (
                "Contraindicated in asthma, heart failure and diabetes (use with caution).",
                &["asthma: contraindicated", "heart failure: contraindicated", "diabetes mellitus: caution"],
            ),
            (
                "Contraindicated in asthma, pregnancy (use with caution in the second trimester).",
                &["asthma: contraindicated", "pregnancy: contraindicated", "second trimester of pregnancy: caution"],
            ),
            (
                "Contraindicated in asthma and diabetes (caution advised).",
                &["asthma: contraindicated", "diabetes mellitus: caution"],
            ),
            (
                "Contraindications: asthma, breastfeeding.",
                &["asthma: contraindicated", "breastfeeding: contraindicated"],
            ),
        ],
    );
}

#[test]
fn to_refer_to_an_earlier_passage_is_no_rating() {
    holds(
        "Valproate",
        &[
            ("As detailed earlier, pregnancy requires careful planning.", &[]),
            ("As mentioned above, caution is needed in pregnancy.", &[]),
            ("In pregnancy, as noted earlier, careful monitoring is needed.", &[]),
            ("As a rule, avoid in pregnancy.", &["pregnancy: avoid"]),
            ("As with other drugs, caution is needed in pregnancy.", &["pregnancy: caution"]),
        ],
    );
}

#[test]
fn what_doses_are_adjusted_to_is_no_rating() {
    holds(
        "Digoxin",
        &[
            ("Dose adjustments are based on individual factors, including renal impairment.", &[]),
            ("Dosage adjustment is based on age, weight and renal impairment.", &[]),
            ("Dose adjustments are needed in renal impairment.", &["renal impairment: caution"]),
            ("Dosage adjustment is required in renal impairment.", &["renal impairment: caution"]),
        ],
    );
}

#[test]
fn what_is_used_to_give_it_is_not_the_drug() {
    compares(
        "Clotrimazole",
        &[
            ("The applicator should not be used in pregnancy.", "Safe in pregnancy.", false),
            ("Do not use the applicator in pregnancy.", "Safe in pregnancy.", false),
            ("The applicator should be avoided during pregnancy.", "Safe in pregnancy.", false),
            ("Clotrimazole should not be used in pregnancy.", "Safe in pregnancy.", true),
        ],
    );
}

#[test]
fn exceptions_are_no_permission() {
    holds(
        "Linagliptin",
        &[
            (
                "No dose adjustment is needed in renal impairment, except in severe hepatic impairment.",
                &["renal impairment: allowed"],
            ),
            ("It is safe in the elderly, except in dementia.", &["older adults: allowed"]),
            ("It can be used in asthma unless there is heart failure.", &["asthma: allowed"]),
            (
                "No dose adjustment is needed in renal or hepatic impairment.",
                &["renal impairment: allowed", "hepatic impairment: allowed"],
            ),
        ],
    );
    compares(
        "Linagliptin",
        &[
            (
                "No dose adjustment is needed in hepatic impairment (except severe).",
                "Contraindicated in severe hepatic impairment.",
                false,
            ),
            (
                "No dose adjustment is needed in renal impairment, except in severe impairment.",
                "Contraindicated in severe renal impairment.",
                false,
            ),
            (
                "No dose adjustment is needed in severe renal impairment.",
                "Contraindicated in severe renal impairment.",
                true,
            ),
        ],
    );
}

#[test]
fn use_under_supervision_is_care() {
    holds(
        "Metoclopramide",
        &[
            ("It may be used under medical supervision in pregnancy.", &["pregnancy: caution"]),
            ("In pregnancy it can be used under strict medical supervision.", &["pregnancy: caution"]),
            ("Can be given in pregnancy under specialist supervision.", &["pregnancy: caution"]),
            ("It may be used in pregnancy under close medical supervision.", &["pregnancy: caution"]),
            ("It can be used in pregnancy.", &["pregnancy: allowed"]),
        ],
    );
}

#[test]
fn a_named_part_of_a_mixture_has_its_own_rating() {
    let mixture = |text: &str| format!("# Simeticone + Methylpolysiloxane\n\n## Pregnancy\n\n{text}\n");
    let whole = "# Simeticone\n\nContraindicated in pregnancy.\n";
    assert!(!contradict(whole, &mixture("- **Methylpolysiloxane:** generally safe.")));
    let known = "# Magaldrate + Simeticone\n\n## Pregnancy\n\n- **Simeticone:** generally safe.\n";
    assert!(contradict(whole, known));
}

#[test]
fn an_article_on_drops_is_not_one_on_tablets() {
    let tablets = "# Ofloxacin\n\nOfloxacin tablets are given by mouth. Contraindicated in epilepsy.\n";
    let local = [
        "Instil one drop into the eye. Shake the eye drops. Close the eye after the eye drops. Keep the eye drops cool. \
         The eye drops sting.",
        "Put the ear drops in. Warm the ear drops. The ear drops may sting. Discard the ear drops after a month.",
        "Rub in the cream. The cream is for the skin. Use the cream thinly. Keep the cream in a cool place. Apply the cream.",
    ];
    for text in local {
        let article = format!("# Ofloxacin\n\n{text}\n\n## Epilepsy\n\nSafe in epilepsy.\n");
        assert!(!contradict(tablets, &article), "{text}");
        let own = format!("# Ofloxacin\n\n{text}\n\n## Epilepsy\n\nContraindicated in epilepsy.\n");
        assert!(contradict(&article, &own), "the same route: {text}");
    }
    // One word of a cream makes no article on creams.
    let mixed = "# Ofloxacin\n\nTablets and a cream are sold. Safe in epilepsy.\n";
    assert!(contradict(tablets, mixed));
}

#[test]
fn weak_advice_that_depends_is_no_contradiction() {
    compares(
        "Fluconazole",
        &[
            ("Not recommended in pregnancy.", "Monitor closely in pregnancy if use is deemed necessary.", false),
            ("Not recommended in pregnancy.", "Use with caution in pregnancy, unless there is no alternative.", false),
            ("Not recommended in pregnancy.", "Use with caution in pregnancy.", true),
            // A permission is more than care.
            ("Not recommended in pregnancy.", "Safe in pregnancy.", true),
        ],
    );
}
