//! Word documents that are none, are damaged, or are made to do harm: a clear
//! message, and the other files still checked.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod word;

use clinlint::read_sources;
use clinlint::source::from_bytes;
use clinlint::vocabulary::Vocabulary;
use clinlint::word::{Comment, annotate};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::process::Command;
use word::{Docx, item, p, part, r, run, table, tbl, tc, text, tr, zip};

/// The message and the help for a file.
#[track_caller]
fn refused(name: &str, bytes: &[u8]) -> String {
    let problem = from_bytes(Path::new(name), bytes.to_vec()).unwrap_err();
    format!("{}: {}", problem.message, problem.help.unwrap_or_default())
}

fn article() -> Docx {
    Docx::new(
        p("berschrift1", &r("Amitriptyline")) + &text("Start at 10 mg at night.") + &table(&[&["a", "b"], &["c", "d"]]),
    )
}

fn compound(mark: &str) -> Vec<u8> {
    let mark = mark.encode_utf16().flat_map(u16::to_le_bytes);
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain([0; 600]).chain(mark).chain([0; 600]).collect()
}

#[test]
fn files_of_other_kinds_are_named() {
    let macros = "application/vnd.ms-word.document.macroEnabled.main+xml";
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    let bytes = article().bytes();
    let odt = zip(&[("mimetype".into(), b"application/vnd.oasis.opendocument.text".to_vec())]);
    let cases = [
        ("a.docx", compound("EncryptedPackage"), "encrypted with a password: not read"),
        ("a.doc", compound("WordDocument"), "a document of Word 97 to 2003 (.doc): not read"),
        ("a.docx", compound("WordDocument"), "a document of Word 97 to 2003 (.doc): not read"),
        ("a.docm", article().of_type(macros).bytes(), "a Word document with macros: not read"),
        ("a.docx", article().of_type(macros).bytes(), "a Word document with macros: not read"),
        ("a.docx", article().with_file("word/vbaProject.bin", b"x").bytes(), "a Word document with macros: not read"),
        ("a.docx", article().of_type(sheet).bytes(), "a workbook of Excel: not read"),
        ("a.dotx", bytes.clone(), "a Word document under another name: not read"),
        ("a.odt", odt, "an OpenDocument text, not a Word document: not read"),
        ("a.docx", zip(&[("a".into(), Vec::new())]), "an archive, but not of a Word document: not read"),
        ("a.docx", b"Start at 10 mg".to_vec(), "not a Word document: it is no archive of parts"),
        ("a.docx", Vec::new(), "not a Word document: it is no archive of parts"),
        ("a.docx", bytes[..bytes.len() / 2].to_vec(), "the Word document is damaged: "),
    ];
    for (name, bytes, message) in cases {
        let refused = refused(name, &bytes);
        assert!(refused.starts_with(message), "{name}: {refused:?} instead of {message:?}");
        assert!(refused.contains(": save it") || refused.contains(".docx") || refused.contains("Word"), "{refused}");
    }
}

#[test]
fn archives_that_unpack_without_bound_are_refused() {
    let spaces = Docx::new(text(&" ".repeat(8 << 20)));
    assert!(refused("a.docx", &spaces.bytes()).contains("unpacks to more than 300 times its size"));
}

#[test]
fn xml_that_is_damaged_is_said_so() {
    let with_main = |main: &str| {
        let bytes = article().bytes();
        let files = word::names(&bytes).into_iter().map(|name| {
            let content = if name == "word/document.xml" { main.to_owned() } else { part(&bytes, &name) };
            (name, content.into_bytes())
        });
        zip(&files.collect::<Vec<_>>())
    };
    let main = article().main();
    assert!(refused("a.docx", &with_main(&main[..main.len() - 20])).starts_with("the Word document is damaged: "));
    assert!(
        refused("a.docx", &with_main(&main.replace("</w:r>", "</w:p>"))).starts_with("the Word document is damaged: ")
    );
    assert!(refused("a.docx", &with_main(&"<a>".repeat(100_000))).contains("nested more than 4096 deep"));
    // A bomb of entities: none of them is followed.
    let bomb =
        main.replacen("?>", "?><!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]>", 1).replace("10 mg", "&c; mg");
    let source = from_bytes(Path::new("a.docx"), with_main(&bomb)).unwrap();
    assert!(source.text.contains("Start at  mg at night."), "{}", source.text);
    let nested = "<w:tbl><w:tr><w:tc>".repeat(900) + &text("deep") + &"</w:tc></w:tr></w:tbl>".repeat(900);
    assert!(from_bytes(Path::new("a.docx"), Docx::new(nested).bytes()).unwrap().text.contains("deep"));
}

#[test]
fn the_other_files_of_a_folder_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("a.docx", &article().bytes());
    write("b.md", b"# Amitriptyline\n\nStart at 50 mg at night.\n");
    write("locked.docx", &compound("EncryptedPackage"));
    write("torn.docx", &article().bytes()[..300]);
    write("~$a.docx", b"\x05Ann");
    write("old.doc", &compound("WordDocument"));
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_clinlint"))
            .args(arguments)
            .current_dir(folder.path())
            .env("LC_ALL", "C.UTF-8")
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let (status, out, err) = run(&["check", ".", "--quiet"]);
    assert_eq!(status, Some(2));
    insta::assert_snapshot!(format!("{out}{err}"));
    // What an edit would change is no text file.
    write("c.docx", &Docx::new(text("Take 5.0 mg of amitriptyline.")).bytes());
    let before = fs::read(folder.path().join("c.docx")).unwrap();
    let (status, out, _) = run(&["check", "c.docx", "--fix"]);
    assert!(out.contains("notation/trailing-zero"), "{out}");
    assert_eq!(status, Some(1));
    assert_eq!(fs::read(folder.path().join("c.docx")).unwrap(), before);
    assert_eq!(run(&["check", "c.docx", "--diff"]).1, "");
}

/// Bits of documents, which in a row make up most of what can go wrong.
fn fragment() -> impl Strategy<Value = String> {
    let whole = [
        text("Start at 10 mg at night."),
        p("berschrift1", &r("Amitriptyline")),
        item(2, &r("glaucoma")),
        table(&[&["Drug", "Dose"], &["Amitriptyline", "10 mg &amp; 20 mg"]]),
        tbl(&[tr(&[tc("<w:vMerge/><w:gridSpan w:val=\"4000000000\"/>", &text("a")), tc("<w:vMerge w:val=\"restart\"/>", "")])]),
        p("Titel", &(run("<w:b/>", "10") + &run("<w:vertAlign w:val=\"superscript\"/>", "9"))),
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Start </w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>10&#160;mg</w:t><w:br/><w:t> b </w:t></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>boxed 10 mg</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>".to_owned(),
        "<w:r><w:t>stray</w:t></w:r><w:tc/><w:tr/><w:t>stray</w:t>".to_owned(),
        "<w:p><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath><w:r><w:rPr/><w:r><w:t>in</w:t></w:r></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>".to_owned(),
        "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>".to_owned(),
        "<w:p><w:p><w:r><w:t>nested</w:t></w:r></w:p></w:p>".to_owned(),
        "<w:p><w:r><w:t><!-- no --> a <?pi?>10 mg<w:x/>b</w:t></w:r></w:p>".to_owned(),
    ];
    prop::sample::select(whole.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_document_it_is_read_and_commented(
        fragments in prop::collection::vec(fragment(), 0..12),
        places in prop::collection::vec((0..400usize, 1..40usize), 0..6),
    ) {
        let docx = Docx::new(fragments.concat())
            .with("footnotes", "footnotes", &format!("<w:footnote w:id=\"2\">{}</w:footnote>", text("Note: 10 mg.")));
        let bytes = docx.bytes();
        let source = from_bytes(Path::new("a.docx"), bytes.clone()).unwrap();
        let comments: Vec<Comment> = places
            .iter()
            .map(|(start, length)| {
                let floor = |at: usize| source.text.floor_char_boundary(at.min(source.text.len()));
                let passage = floor(*start)..floor(start + length).max(floor(*start));
                Comment { passage, paragraphs: vec!["a < b & \u{1b}".to_owned()], beside: "beside".to_owned() }
            })
            .collect();
        let reading = read_sources(vec![source.clone()], Vocabulary::builtin());
        for claim in &reading.articles[0].claims {
            prop_assert_eq!(&source.text[claim.span.start..claim.span.end], &claim.quote);
        }
        let has_run = docx.main().contains("<w:r>");
        match annotate(&bytes, &comments) {
            Ok(commented) => {
                let again = from_bytes(Path::new("a.docx"), commented.clone()).unwrap();
                prop_assert_eq!(&again.text, &source.text);
                let main = part(&commented, "word/document.xml");
                prop_assert_eq!(main.matches("<w:commentRangeStart ").count(), comments.len());
                prop_assert_eq!(main.matches("<w:commentRangeEnd ").count(), comments.len());
            }
            Err(refusal) => prop_assert!(!has_run, "{refusal:?}"),
        }
    }

    #[test]
    fn damage_anywhere_is_no_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        end in any::<prop::sample::Index>(),
        is_cut: bool,
    ) {
        let mut bytes = article().bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(source) = from_bytes(Path::new("a.docx"), bytes.clone()) {
            read_sources(vec![source], Vocabulary::builtin());
        }
        let _ = annotate(&bytes, &[Comment { passage: 3..9, paragraphs: Vec::new(), beside: String::new() }]);
    }
}
