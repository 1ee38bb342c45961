//! What is said of pregnancy and breastfeeding: which part of it, how strongly,
//! and of which of the two.

mod readings;

use readings::level::{compares, contradict, holds};

#[test]
fn a_part_of_pregnancy_is_not_the_whole() {
    let care = "Use with caution in pregnancy.";
    for drug in ["Naproxen", "Carbimazole"] {
        compares(
            drug,
            &[
                ("Contraindicated in the last 3 months of pregnancy.", care, false),
                ("Contraindicated during the last three months of pregnancy.", care, false),
                ("Contraindicated in the final 3 months of pregnancy.", care, false),
                ("Contraindicated during the first three months of pregnancy.", care, false),
                ("Contraindicated in the last trimester of pregnancy.", care, false),
                ("Contraindicated in the final trimester of pregnancy.", care, false),
                ("Contraindicated in the third trimester of pregnancy.", care, false),
                ("Contraindicated in the second and third trimesters of pregnancy.", care, false),
                ("Contraindicated in the 2nd and 3rd trimesters of pregnancy.", care, false),
                ("Contraindicated in late pregnancy.", care, false),
                // The whole, though a part is stressed.
                ("Contraindicated in pregnancy.", care, true),
                ("Contraindicated in pregnancy, especially in the last trimester.", care, true),
                ("Contraindicated in all three trimesters of pregnancy.", care, true),
                ("Contraindicated throughout pregnancy.", care, true),
            ],
        );
    }
}

#[test]
fn the_same_part_of_pregnancy_is_said_in_many_ways() {
    compares(
        "Naproxen",
        &[
            (
                "Contraindicated in the last 3 months of pregnancy.",
                "Use with caution in the third trimester of pregnancy.",
                true,
            ),
            (
                "Contraindicated in the last trimester of pregnancy.",
                "Use with caution in pregnancy (third trimester).",
                true,
            ),
            (
                "Contraindicated in the final trimester of pregnancy.",
                "Use with caution in the last three months of pregnancy.",
                true,
            ),
            (
                "Contraindicated in the first 3 months of pregnancy.",
                "Use with caution in the first trimester of pregnancy.",
                true,
            ),
            (
                "Contraindicated in the first trimester of pregnancy.",
                "Use with caution in the last trimester of pregnancy.",
                false,
            ),
            (
                "Contraindicated in the first three months of pregnancy.",
                "Use with caution in the second trimester of pregnancy.",
                false,
            ),
            (
                "Contraindicated in the last 3 months of pregnancy.",
                "Use with caution in the first 3 months of pregnancy.",
                false,
            ),
        ],
    );
}

#[test]
fn a_label_stands_for_the_whole_where_a_part_is_only_stressed() {
    holds(
        "Carbimazole",
        &[
            ("**Pregnancy:** Contraindicated, particularly in the first trimester.", &["pregnancy: contraindicated"]),
            ("**Pregnancy:** Avoid, especially during the first trimester.", &["pregnancy: avoid"]),
        ],
    );
    compares(
        "Carbimazole",
        &[
            (
                "**Pregnancy:** Contraindicated, particularly in the first trimester.",
                "Use with caution in pregnancy.",
                true,
            ),
            ("**Pregnancy:** Contraindicated, especially in late pregnancy.", "Use with caution in pregnancy.", true),
            ("**Pregnancy:** Contraindicated in the first trimester.", "Use with caution in pregnancy.", false),
        ],
    );
}

#[test]
fn trimesters_are_not_of_breastfeeding() {
    holds(
        "Carbimazole",
        &[
            (
                "## Pregnancy and breastfeeding\n\nContraindicated in the first trimester. Use with caution in other trimesters.",
                &["first trimester of pregnancy: contraindicated", "pregnancy: caution"],
            ),
            (
                "## Pregnancy and breastfeeding\n\nUse with caution in the second trimester.",
                &["second trimester of pregnancy: caution"],
            ),
            ("## Pregnancy and breastfeeding\n\nUse with caution.", &["pregnancy: caution", "breastfeeding: caution"]),
        ],
    );
}

#[test]
fn milk_and_pregnancy_below_one_heading() {
    holds(
        "Carbimazole",
        &[
            (
                "## Pregnancy and breastfeeding\n\nIt passes into breast milk in small amounts. Short-term use is safe.",
                &["breastfeeding: allowed"],
            ),
            (
                "## Pregnancy and lactation\n\nOnly traces are found in breast milk. It can be used.",
                &["breastfeeding: allowed"],
            ),
        ],
    );
}

#[test]
fn what_is_compatible_with_nursing_is_allowed() {
    holds(
        "Cetirizine",
        &[
            ("Cetirizine is compatible with breastfeeding.", &["breastfeeding: allowed"]),
            ("Considered compatible with breast-feeding.", &["breastfeeding: allowed"]),
            ("Low doses are compatible with lactation.", &["breastfeeding: allowed"]),
            ("It is usually compatible with breastfeeding.", &["breastfeeding: allowed"]),
            ("Cetirizine is acceptable during breastfeeding.", &["breastfeeding: allowed"]),
            ("Cetirizine is not compatible with breastfeeding.", &["breastfeeding: avoid"]),
            ("The infusion is compatible with glucose 5%.", &[]),
        ],
    );
    compares(
        "Cetirizine",
        &[
            ("Compatible with breastfeeding.", "Contraindicated during breastfeeding.", true),
            ("Compatible with breastfeeding.", "Contraindicated during pregnancy.", false),
        ],
    );
}

#[test]
fn what_is_recommended_for_an_illness_of_pregnancy_is_allowed_in_it() {
    holds(
        "Metformin",
        &[
            (
                "In gestational diabetes, metformin is recommended as an alternative to insulin.",
                &["pregnancy: allowed"],
            ),
            ("Metformin is indicated in gestational diabetes.", &["pregnancy: allowed"]),
            ("Metformin is now preferred for gestational diabetes.", &["pregnancy: allowed"]),
            ("In gestational diabetes metformin is the drug of choice.", &["pregnancy: allowed"]),
            // Held back, of another drug, or of something else.
            ("Metformin is not recommended in gestational diabetes.", &["gestational diabetes: avoid"]),
            ("Metformin is recommended in gestational diabetes only if insulin is refused.", &[]),
            ("Metformin is studied in gestational diabetes.", &[]),
            ("In gestational diabetes, monitoring is recommended with metformin.", &[]),
            ("In type 2 diabetes, metformin is recommended as an alternative to insulin.", &[]),
        ],
    );
    holds("Labetalol", &[("Labetalol is the treatment of choice in pre-eclampsia.", &["pregnancy: allowed"])]);
    holds("Doxylamine", &[("For hyperemesis gravidarum doxylamine is recommended.", &["pregnancy: allowed"])]);
    let text = "# Metformin\n\n## Mechanism\n\nIn gestational diabetes, metformin is recommended.\n\n## Pregnant women\n\n\
                It is not recommended to use during pregnancy.\n";
    assert!(contradict(text, "# Metformin\n\nMetformin is cheap.\n"), "in one article");
}
