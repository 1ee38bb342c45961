//! What is said of a class of drugs, and what it means for its members.

mod readings;

use readings::level::{contradict, rated, read};

#[test]
fn an_order_for_a_class_is_the_class_s() {
    let table: [(&str, &str, &str); 8] = [
        ("Oral antidiabetic medications should not be used during pregnancy.", "oral antidiabetic", "pregnancy: avoid"),
        (
            "Oral hypoglycaemic agents are contraindicated in pregnancy.",
            "oral antidiabetic",
            "pregnancy: contraindicated",
        ),
        ("In general, sulphonylureas should be avoided in liver disease.", "sulfonylurea", "hepatic impairment: avoid"),
        ("ACE inhibitors must not be used in pregnancy.", "ace inhibitor", "pregnancy: contraindicated"),
        ("Statins are contraindicated while breastfeeding.", "statin", "breastfeeding: contraindicated"),
        ("NSAIDs should be avoided in heart failure.", "nsaid", "heart failure: avoid"),
        ("Use of tetracyclines is contraindicated in pregnancy.", "tetracycline", "pregnancy: contraindicated"),
        ("All beta-blockers should be avoided in asthma.", "beta-blocker", "asthma: avoid"),
    ];
    for (text, class, expected) in table {
        // A chapter names one drug more than others without being about it.
        let text =
            format!("Chapter\n\n{text}\n\nMetformin first. Metformin is usual. Metformin is cheap. Metformin.\n");
        assert_eq!(rated(&text), [expected], "{text}");
        let reading = read(&[&text]);
        assert_eq!(reading.articles[0].claims[0].drugs, [class.into()], "{text}");
    }
    // In the article on a member the class stands for the drug.
    let own = "# Ibuprofen\n\nNSAIDs should be avoided in heart failure.\n";
    assert_eq!(read(&[own]).articles[0].claims[0].drugs, ["ibuprofen".into()]);
}

#[test]
fn what_a_class_is_kept_from_its_members_are_kept_from() {
    let class = "# Diabetes\n\nOral antidiabetic drugs should be avoided in type 1 diabetes and should not be used during \
                 pregnancy and breast-feeding.\n";
    for (member, text) in [
        ("Metformin", "Metformin is generally considered safe in pregnancy."),
        ("Metformin", "Breastfeeding: generally acceptable."),
        ("Gliclazide", "Gliclazide may be used safely in pregnancy."),
        ("Sitagliptin", "Sitagliptin is safe during breastfeeding."),
    ] {
        assert!(contradict(class, &format!("# {member}\n\n{text}\n")), "{text}");
    }
    for (member, text) in [
        // No member; not the patients that the class is kept from.
        ("Insulin glargine", "Insulin glargine is safe in pregnancy."),
        ("Liraglutide", "Liraglutide is safe in pregnancy."),
        ("Metformin", "Metformin is safe in the elderly."),
        ("Metformin", "Avoid metformin in pregnancy."),
    ] {
        assert!(!contradict(class, &format!("# {member}\n\n{text}\n")), "{text}");
    }
    let safe = "# Gliclazide\n\nGliclazide is safe in pregnancy.\n";
    for text in [
        "Caution is advised with sulfonylureas in pregnancy.",
        "Sulfonylureas should be avoided in pregnancy unless insulin is refused.",
        "Sulfonylureas should not be used for prolonged periods in pregnancy.",
        "Hypersensitivity to sulfonylureas, pregnancy, breastfeeding.",
    ] {
        assert!(!contradict(&format!("# Diabetes\n\n{text}\n"), safe), "{text}");
    }
    // A passage on the class and its member says itself where they differ.
    let both = "# Diabetes\n\nSulfonylureas should be avoided in the elderly.\n\n## Choice\n\nGliclazide is safe in the elderly.\n";
    assert!(!contradict(both, "# Metformin\n\nMetformin is cheap.\n"));
    // "The vaccine" is the one spoken of.
    let vaccine = "# Rubella\n\nThe vaccine is contraindicated in pregnancy.\n";
    assert!(!contradict(vaccine, "# Hepatitis B vaccine\n\nHepatitis B vaccine is safe in pregnancy.\n"));
}
