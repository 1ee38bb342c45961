//! Doses that hold only beside another drug.

mod readings;

use readings::dose::check;

#[test]
fn doses_beside_other_drugs_are_of_those_who_take_them() {
    let beside: &[&str] = &["simvastatin | 20 mg a day | maximum | taking other drugs"];
    let slow: &[&str] = &["simvastatin | 20 mg a day | maximum | CYP2D6 poor metabolisers and taking other drugs"];
    check(&[
        ("# Simvastatin\n\nWhen co-administered with amiodarone, simvastatin should not exceed 20 mg a day.", beside),
        ("# Simvastatin\n\nIf coadministered with verapamil, the maximum of simvastatin is 20 mg daily.", beside),
        ("# Simvastatin\n\nThe maximum dose of simvastatin is 20 mg daily when used concurrently.", beside),
        ("# Simvastatin\n\nWith strong CYP3A4 inhibitors, simvastatin should not exceed 20 mg a day.", beside),
        ("# Simvastatin\n\n**CYP3A4 inhibitors:** maximum 20 mg daily.", beside),
        ("# Simvastatin\n\nIn CYP2D6 poor metabolisers the maximum is 20 mg a day.", slow),
        ("# Simvastatin\n\nPoor metabolizers: maximum 20 mg a day.", slow),
        ("# Simvastatin\n\nDuring concomitant therapy, the maximum dose is 20 mg a day.", beside),
        ("# Simvastatin\n\n## Interactions\n\nThe maximum dose is 20 mg a day.", beside),
        (
            "# Simvastatin\n\n## Can simvastatin be taken with amlodipine?\n\nYes. The maximum dose is 20 mg a day.",
            beside,
        ),
        // Nothing of the kind.
        ("# Simvastatin\n\nThe maximum dose is 20 mg a day.", &["simvastatin | 20 mg a day | maximum"]),
        (
            "# Simvastatin\n\nHMG-CoA reductase inhibitors lower cholesterol. The maximum dose is 20 mg a day.",
            &["simvastatin | 20 mg a day | maximum"],
        ),
        (
            "# Simvastatin\n\n## Can simvastatin be taken with food?\n\nYes. The maximum dose is 20 mg a day.",
            &["simvastatin | 20 mg a day | maximum"],
        ),
    ]);
}

#[test]
fn a_clause_of_its_own_is_for_everybody() {
    check(&[(
        "# Simvastatin\n\nThe maximum dose is 40 mg a day; with strong CYP3A4 inhibitors, 20 mg a day.",
        &["simvastatin | 40 mg a day | maximum", "simvastatin | 20 mg a day | usual dose | taking other drugs"],
    )]);
}
