//! Word documents are read as the same text in Markdown is.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod word;

use clinlint::read_sources;
use clinlint::report::claims_jsonl;
use clinlint::source::{Source, from_bytes};
use clinlint::text::{Article, BlockKind, read};
use clinlint::vocabulary::Vocabulary;
use serde_json::Value;
use std::fmt::Write;
use std::path::Path;
use word::{Docx, b, item, p, r, run, table, tbl, tc, text, tr};

fn source(name: &str, bytes: Vec<u8>) -> Source {
    from_bytes(Path::new(name), bytes).unwrap()
}

/// The claims of a file, without the places.
fn claims(source: Source) -> Vec<String> {
    let reading = read_sources(vec![source], Vocabulary::builtin());
    for (article, text) in reading.articles.iter().zip(&reading.texts) {
        for claim in &article.claims {
            assert_eq!(&text[claim.span.start..claim.span.end], claim.quote);
        }
    }
    let mut out = Vec::new();
    claims_jsonl::write(&mut out, &reading.passages()).unwrap();
    let lines = String::from_utf8(out).unwrap();
    lines.lines().map(|line| without_places(serde_json::from_str(line).unwrap())).collect()
}

fn without_places(mut claim: Value) -> String {
    for place in ["file", "span", "quote"] {
        claim.as_object_mut().unwrap().remove(place);
    }
    if let Some(value) = claim["value"].as_object_mut() {
        value.remove("condition_span");
    }
    claim.to_string()
}

#[track_caller]
fn same(docx: &Docx, markdown: &str) {
    let expected = claims(source("a.md", markdown.as_bytes().to_vec()));
    assert!(!expected.is_empty(), "the Markdown has no claims");
    assert_eq!(claims(source("a.docx", docx.bytes())), expected);
}

/// Kind, place and text of each block.
fn blocks(docx: &Docx) -> String {
    let source = source("a.docx", docx.bytes());
    let article: Article = read(&source);
    let mut shown = String::new();
    for block in &article.blocks {
        let name = |id: &usize| article.blocks[*id].text.replace('\n', "⏎");
        let place = &block.place;
        let above: Vec<String> = place.headings.iter().chain(&place.leads).map(name).collect();
        let headers: Vec<String> = place.row_header.iter().chain(&place.column_header).map(name).collect();
        let kind = match &block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::ListItem { depth } => format!("item{depth}"),
            kind => format!("{kind:?}").to_lowercase(),
        };
        write!(shown, "{kind}: {}", block.text.replace('\n', "⏎")).unwrap();
        if !above.is_empty() {
            write!(shown, " < {}", above.join(" / ")).unwrap();
        }
        if !headers.is_empty() {
            write!(shown, " @ {}", headers.join(" × ")).unwrap();
        }
        shown.push('\n');
    }
    shown
}

#[test]
fn headings_are_known_by_their_styles_whatever_their_language() {
    let docx = Docx::new(
        [
            p("Titel", &r("Amitriptyline")),
            p("berschrift1", &r("Neuropathic pain")),
            p("Dosis", &r("Starting dose")),
            text("10 mg at night."),
            p("berschrift1", &r("Depression")),
            "<w:p><w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>".to_owned() + &r("Maximum dose") + "</w:p>",
            text("150 mg daily."),
        ]
        .concat(),
    );
    same(
        &docx,
        "---\ntitle: Amitriptyline\n---\n# Neuropathic pain\n## Starting dose\n10 mg at night.\n\n# Depression\n## Maximum dose\n150 mg daily.\n",
    );
    insta::assert_snapshot!(blocks(&docx), @r"
    title: Amitriptyline
    h1: Neuropathic pain
    h2: Starting dose < Neuropathic pain
    paragraph: 10 mg at night. < Neuropathic pain / Starting dose
    h1: Depression
    h2: Maximum dose < Depression
    paragraph: 150 mg daily. < Depression / Maximum dose
    ");
}

#[test]
fn lists_have_the_paragraph_before_them_as_their_lead() {
    let docx = Docx::new(
        [
            p("berschrift1", &r("Amitriptyline")),
            text("It is contraindicated in:"),
            item(0, &r("recent myocardial infarction")),
            item(0, &r("arrhythmias, such as")),
            item(1, &r("heart block")),
            p("Listenabsatz", &r("of any degree")),
            item(0, &r("severe liver disease")),
            text("Use with caution in:"),
            p("Aufzhlung", &r("glaucoma")),
            text("• epilepsy"),
            text("Driving may be impaired."),
        ]
        .concat(),
    );
    same(
        &docx,
        "# Amitriptyline\nIt is contraindicated in:\n\n- recent myocardial infarction\n- arrhythmias, such as\n  - heart block\n\n    of any degree\n- severe liver disease\n\nUse with caution in:\n\n- glaucoma\n- epilepsy\n\nDriving may be impaired.\n",
    );
    insta::assert_snapshot!(blocks(&docx));
}

#[test]
fn tables_have_headers_and_merged_cells() {
    let merged = |first: bool| if first { "<w:vMerge w:val=\"restart\"/>" } else { "<w:vMerge/>" };
    let cell = |content: &str| tc("", &text(content));
    let docx = Docx::new(
        p("berschrift1", &r("Doses for neuropathic pain"))
            + &tbl(&[
                "<w:tr><w:trPr><w:tblHeader/></w:trPr>".to_owned()
                    + &[cell("Drug"), cell("Phase"), tc("<w:gridSpan w:val=\"2\"/>", &text("Dose"))].concat()
                    + "</w:tr>",
                tr(&[
                    tc(merged(true), &text("Amitriptyline")),
                    cell("Starting dose"),
                    tc("<w:gridSpan w:val=\"2\"/>", &text("10 mg at night")),
                ]),
                tr(&[tc(merged(false), &text("")), cell("Maximum dose"), cell("75 mg daily"), cell("in the evening")]),
                tr(&[
                    cell("Gabapentin"),
                    cell("Starting dose"),
                    tc("<w:gridSpan w:val=\"2\"/>", &(text("300 mg") + &text("once daily"))),
                ]),
            ]),
    );
    insta::assert_snapshot!(blocks(&docx));
    same(
        &docx,
        "# Doses for neuropathic pain\n\n<table><tr><th>Drug</th><th>Phase</th><th colspan=2>Dose</th></tr><tr><td rowspan=2>Amitriptyline</td><td>Starting dose</td><td colspan=2>10 mg at night</td></tr><tr><td>Maximum dose</td><td>75 mg daily</td><td>in the evening</td></tr><tr><td>Gabapentin</td><td>Starting dose</td><td colspan=2>300 mg<br>once daily</td></tr></table>\n",
    );
}

#[test]
fn a_table_of_names_and_values_has_no_header_row() {
    let row = |name: &str, value: &str| tr(&[tc("", &p("", &b(name))), tc("", &text(value))]);
    let docx = Docx::new(
        p("berschrift1", &r("Amitriptyline"))
            + &tbl(&[row("Starting dose", "10 mg at night"), row("Maximum dose", "75 mg daily")]),
    );
    insta::assert_snapshot!(blocks(&docx));
}

#[test]
fn a_table_of_one_cell_is_a_frame_around_text() {
    let inside = [text("Avoid in:"), item(0, &r("glaucoma")), p("berschrift2", &r("Key points"))].concat();
    let docx = Docx::new(p("berschrift1", &r("Amitriptyline")) + &tbl(&[tr(&[tc("", &inside)])]) + &text("After."));
    insta::assert_snapshot!(blocks(&docx));
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    let deleted = |text: &str| format!("<w:del w:id=\"1\"><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let inserted = |text: &str| format!("<w:ins w:id=\"2\">{}</w:ins>", r(text));
    let moved_from = format!("<w:moveFrom w:id=\"3\">{}</w:moveFrom>", r("and at most 300 mg daily "));
    let moved_to = format!("<w:moveTo w:id=\"4\">{}</w:moveTo>", r("The maximum is 75 mg daily."));
    let docx = Docx::new([
        p("berschrift1", &r("Amitriptyline for neuropathic pain")),
        p("", &[r("Start at "), deleted("50"), inserted("10"), r(" mg at night "), moved_from, r("and go on.")].concat()),
        p("", &moved_to),
        // Deleted with its mark: what follows goes on in the same line.
        format!("<w:p><w:pPr><w:rPr><w:del w:id=\"5\"/></w:rPr></w:pPr>{}</w:p>", r("It is contraindicated ")),
        text("in glaucoma."),
        format!("<w:p><w:pPr><w:rPr><w:rPrChange w:id=\"9\"><w:rPr><w:del/></w:rPr></w:rPrChange></w:rPr></w:pPr>{}</w:p>", r("Kept.")),
        tbl(&[
            tr(&[tc("", &text("Drug")), tc("", &text("Dose"))]),
            "<w:tr><w:trPr><w:del w:id=\"6\"/></w:trPr>".to_owned() + &tc("", &text("Gabapentin")) + &tc("", &text("Start at 900 mg")) + "</w:tr>",
        ]),
    ].concat());
    insta::assert_snapshot!(blocks(&docx));
    same(
        &docx,
        "# Amitriptyline for neuropathic pain\nStart at 10 mg at night and go on.\n\nThe maximum is 75 mg daily.\n\nIt is contraindicated in glaucoma.\n\nKept.\n",
    );
}

#[test]
fn fields_show_their_results_and_links_their_text() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = "<w:r><w:instrText>REF dose 500 mg</w:instrText></w:r>";
    let inner = [mark("begin"), code.to_owned(), r("700 mg"), mark("separate"), r("800 mg"), mark("end")].concat();
    let docx = Docx::new([
        p("berschrift1", &r("Amitriptyline")),
        p("", &[
            r("Start at "), mark("begin"), code.to_owned(), inner, mark("separate"), r("10 mg"), mark("end"), r(" at night; the "),
            format!("<w:hyperlink r:id=\"rId9\">{}</w:hyperlink>", r("maximum dose")), r(" is "),
            format!("<w:fldSimple w:instr=\"DOCPROPERTY max\">{}</w:fldSimple>", r("75 mg daily")), r("."),
        ].concat()),
        p("Verzeichnis1", &r("Start at 100 mg")),
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent>".to_owned()
            + &text("Start at 200 mg") + "</w:sdtContent></w:sdt>",
        p("", "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Start at 400 mg</w:t></w:r></w:sdtContent></w:sdt>"),
        "<w:sdt><w:sdtPr><w:alias w:val=\"Caution\"/></w:sdtPr><w:sdtContent>".to_owned() + &text("Contraindicated in glaucoma.") + "</w:sdtContent></w:sdt>",
    ].concat());
    same(
        &docx,
        "# Amitriptyline\nStart at 10 mg at night; the maximum dose is 75 mg daily.\n\nContraindicated in glaucoma.\n",
    );
}

#[test]
fn notes_and_text_boxes_stand_behind_what_they_belong_to() {
    let anchor = |kind: &str, id: usize| format!("<w:r><w:{kind}Reference w:id=\"{id}\"/></w:r>");
    let text_box = |content: &str| {
        format!(
            "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>{content}\
             </w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{content}\
             </w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    };
    let docx = Docx::new(
        [
            p("berschrift1", &r("Amitriptyline")),
            p(
                "",
                &[
                    r("Start at 10 mg"),
                    anchor("footnote", 2),
                    r(" at night."),
                    text_box(&text("Contraindicated in glaucoma.")),
                ]
                .concat(),
            ),
            table(&[&["Phase", "Dose"], &["Maximum dose", "75 mg daily"]]),
            tbl(&[
                tr(&[tc("", &text("Phase")), tc("", &text("Dose"))]),
                tr(&[tc("", &text("Target dose")), tc("", &p("", &(r("50 mg daily") + &anchor("endnote", 1))))]),
            ]),
            text("After."),
        ]
        .concat(),
    )
    .with(
        "footnotes",
        "footnotes",
        &(format!("<w:footnote w:type=\"separator\" w:id=\"-1\">{}</w:footnote>", text("---"))
            + &format!(
                "<w:footnote w:id=\"2\">{}</w:footnote>",
                p("", &("<w:r><w:footnoteRef/></w:r>".to_owned() + &r("Start at 5 mg in older people.")))
            )
            + &format!("<w:footnote w:id=\"3\">{}</w:footnote>", text("Referred to by nobody: start at 900 mg."))),
    )
    .with(
        "endnotes",
        "endnotes",
        &format!("<w:endnote w:id=\"1\">{}</w:endnote>", text("Use with caution in epilepsy.")),
    );
    insta::assert_snapshot!(blocks(&docx));
    same(
        &docx,
        "# Amitriptyline\nStart at 10 mg at night.\n\n> Start at 5 mg in older people.\n\n<!-- -->\n\n> Contraindicated in glaucoma.\n\n| Phase | Dose |\n| --- | --- |\n| Maximum dose | 75 mg daily |\n\n| Phase | Dose |\n| --- | --- |\n| Target dose | 50 mg daily |\n\n> Use with caution in epilepsy.\n\nAfter.\n",
    );
}

#[test]
fn a_note_does_not_come_between_a_list_and_its_lead() {
    let anchor = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let docx = Docx::new(
        p("", &(r("Contraindicated in:") + anchor)) + &item(0, &(r("glaucoma") + anchor)) + &item(0, &r("epilepsy")),
    )
    .with("footnotes", "footnotes", &format!("<w:footnote w:id=\"2\">{}</w:footnote>", text("See below.")));
    insta::assert_snapshot!(blocks(&docx));
}

#[test]
fn characters_are_what_they_look_like() {
    let docx = Docx::new([
        p("berschrift1", &r("Fentanyl &amp; amitriptyline")),
        p("", &[
            r("Give 25&#160;"), "<w:r><w:sym w:font=\"Symbol\" w:char=\"F06D\"/></w:r>".to_owned(), r("g"),
            "<w:r><w:tab/><w:t>10</w:t><w:noBreakHyphen/><w:t>25</w:t><w:softHyphen/><w:br/><w:t>mg</w:t></w:r>".to_owned(),
            run("<w:vertAlign w:val=\"superscript\"/>", "12"), run("<w:vanish/>", "hidden"), run("<w:strike/>", "struck"),
            run("<w:strike w:val=\"0\"/>", " kept"), "<w:r><w:t><![CDATA[ < 5 &amp;]]></w:t></w:r>".to_owned(),
            "<m:oMath><m:r><m:t>x&lt;3</m:t></m:r></m:oMath>".to_owned(), "<w:r><w:t>two\nlines</w:t></w:r>".to_owned(),
        ].concat()),
        p("", &(run("<w:rStyle w:val=\"Fett\"/>", "Starting dose") + &run("<w:rStyle w:val=\"Fett\"/><w:b w:val=\"0\"/>", ":") + &b(" "))),
    ].concat());
    insta::assert_snapshot!(blocks(&docx));
}

#[test]
fn the_title_of_the_properties_counts_where_the_document_shows_none() {
    let docx =
        Docx::new(text("Start at 10 mg at night.")).with_properties("Amitriptyline &amp; pain", "2024-05-03T10:00:00Z");
    insta::assert_snapshot!(blocks(&docx));
    assert_eq!(read(&source("a.docx", docx.bytes())).dated.map(|dated| dated.written).as_deref(), Some("2024-05-03"));
    let docx = Docx::new(p("berschrift1", &r("Nortriptyline")) + &text("Last updated: 3 May 2023"));
    let docx = docx.with_properties("Amitriptyline", "2024-05-03T10:00:00Z");
    insta::assert_snapshot!(blocks(&docx));
    assert_eq!(read(&source("a.docx", docx.bytes())).dated.map(|dated| dated.written).as_deref(), Some("3 May 2023"));
}

#[test]
fn every_paragraph_is_a_line() {
    let docx = Docx::new(text("One") + &text("") + &table(&[&["Two", "Three"]]) + &text("Four"));
    assert_eq!(source("a.docx", docx.bytes()).text, "One\n\nTwo\nThree\nFour\n");
}
