//! Amounts and abbreviations that are misread: the edit that mends each, and
//! what is left alone.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clinlint::finding::Finding;
use clinlint::lint::builtin;
use clinlint::source::{Format, Source};
use clinlint::vocabulary::Vocabulary;
use clinlint::{check, read_sources};

/// What the notation lints, those that are off among them, find in a text.
fn found(format: Format, text: &str) -> Vec<Finding> {
    let source = Source::new("a", format, text);
    let mut findings =
        check(&read_sources(vec![source], Vocabulary::builtin()), &builtin().unwrap(), Vocabulary::builtin());
    findings.retain(|finding| finding.code.starts_with("notation/"));
    findings
}

/// The text with the fixes made, over and over; of two that share a byte only
/// one at a time.
fn fixed(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..3 {
        let findings = found(Format::Markdown, &text);
        let mut edits: Vec<_> = findings.iter().flat_map(|finding| &finding.fix).collect();
        edits.sort_by_key(|edit| (edit.span.start, std::cmp::Reverse(edit.span.end)));
        let mut end = 0;
        edits.retain(|edit| {
            let is_free = edit.span.start >= end;
            end = end.max(edit.span.end);
            is_free
        });
        for edit in edits.into_iter().rev() {
            assert_eq!(edit.path, "a");
            text.replace_range(edit.span.start..edit.span.end, &edit.replacement);
        }
    }
    text
}

/// A lint finds something in the text, its fix makes the other text of it, and
/// in that nothing is left to find.
fn mends(code: &str, text: &str, mended: &str) {
    let findings = found(Format::Markdown, text);
    assert!(findings.iter().any(|finding| finding.code == code), "{code} is not found in {text}: {findings:#?}");
    assert_eq!(fixed(text), mended);
    assert_eq!(found(Format::Markdown, mended), [], "{mended}");
}

#[test]
fn fixes_mend_what_is_found_and_nothing_else() {
    for (code, text, mended) in [
        ("notation/trailing-zero", "Give warfarin 5.0 mg daily.", "Give warfarin 5 mg daily."),
        ("notation/trailing-zero", "Give warfarin 2.5–5.00 mg daily.", "Give warfarin 2.5–5 mg daily."),
        ("notation/naked-decimal", "Give digoxin .25 mg daily.", "Give digoxin 0.25 mg daily."),
        ("notation/naked-decimal", "Give digoxin .125–.25 mg daily.", "Give digoxin 0.125–0.25 mg daily."),
        ("notation/unit-symbol", "Give insulin glargine 10U at night.", "Give insulin glargine 10 units at night."),
        ("notation/unit-symbol", "Give insulin glargine 0.2 U/kg.", "Give insulin glargine 0.2 units/kg."),
        ("notation/international-unit", "Give colecalciferol 800IU.", "Give colecalciferol 800 units."),
        ("notation/microgram-sign", "Give levothyroxine 50 µg.", "Give levothyroxine 50 mcg."),
        ("notation/microgram-sign", "Give levothyroxine 50 μg.", "Give levothyroxine 50 mcg."),
        ("notation/cubic-centimetre", "Give lactulose 15 c.c. twice daily.", "Give lactulose 15 mL twice daily."),
        ("notation/daily-abbreviation", "Give warfarin 5 mg **QD**.", "Give warfarin 5 mg **daily**."),
        ("notation/daily-abbreviation", "Give prednisolone 5 mg q.o.d.", "Give prednisolone 5 mg every other day"),
        ("notation/latin-abbreviation", "Give amitriptyline 10 mg qhs.", "Give amitriptyline 10 mg at bedtime."),
        ("notation/morphine-magnesium", "Give MgSO4 4 g slowly.", "Give magnesium sulfate 4 g slowly."),
        ("notation/drug-abbreviation", "Give MTX 7.5 mg weekly.", "Give methotrexate 7.5 mg weekly."),
        ("notation/missing-space", "Give zopiclone 3.75–7.5mg.", "Give zopiclone 3.75–7.5 mg."),
        ("notation/thousands-separator", "Give heparin 15000 units.", "Give heparin 15,000 units."),
    ] {
        mends(code, text, mended);
    }
}

#[test]
fn what_only_a_person_can_mend_carries_no_fix() {
    for text in ["Give aspirin 75 mg OD.", "Give MS 10 mg.", "Give paracetamol 500 mg–1 g."] {
        let findings = found(Format::Markdown, text);
        assert_eq!((findings.len(), findings[0].fix.len()), (1, 0), "{findings:#?}");
    }
    // The file writes the sign as an entity: what is shown is not what is there.
    let findings = found(Format::Html, "<p>Give levothyroxine 50&nbsp;&micro;g daily.</p>");
    assert_eq!((findings.len(), findings[0].fix.len()), (1, 0), "{findings:#?}");
}

#[test]
fn what_reads_well_or_is_no_dose_is_left_alone() {
    for text in [
        "Give warfarin 5 mg, 2.5 mg or 10 mg daily, version 2.0 of the chart.",
        "Potassium was 4.0 mmol/L and the ALT 120 U/L.",
        "Tumours weighed 214.6 ± 16.0 g.",
        "The 2012 U.S. recommendations and U-100 insulin.",
        "In MS (multiple sclerosis), OS was 10 months, and the HS was normal.",
        "Magnesium sulfate (MgSO4) is no manganese.",
        "Give heparin 5000 units, or 15,000 units, in 2024.",
        "Give paracetamol 500–1000 mg every 6 hours.",
    ] {
        assert_eq!(found(Format::Markdown, text), [], "{text}");
    }
}
