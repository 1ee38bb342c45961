//! `review`: copies of Word documents with comments at the words of findings,
//! and nothing else changed.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod repository;
mod word;

use clinlint::word::{Comment, annotate, read};
use repository::{Repository, Run};
use std::fs;
use word::{Docx, b, item, names, p, packed, part, r, run, tbl, tc, text, tr};

/// The words between the marks of each comment, in the order of their numbers.
fn commented(main: &str) -> Vec<String> {
    let mut words = Vec::new();
    for id in 0.. {
        let Some((_, after)) = main.split_once(&format!("<w:commentRangeStart w:id=\"{id}\"/>")) else { break };
        let (inside, rest) = after.split_once(&format!("<w:commentRangeEnd w:id=\"{id}\"/>")).unwrap();
        assert!(rest.starts_with(&format!("<w:r><w:commentReference w:id=\"{id}\"/></w:r>")), "{rest}");
        words.push(shown(inside));
    }
    words
}

/// The text of XML.
fn shown(xml: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for character in xml.chars() {
        match character {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(character),
            _ => {}
        }
    }
    text
}

/// Comments on passages of a document, which are named by their words.
#[track_caller]
fn comment(docx: &Docx, passages: &[&str]) -> (String, String) {
    let bytes = docx.bytes();
    let before = read(&bytes).unwrap().text;
    let comments: Vec<Comment> = passages
        .iter()
        .map(|passage| {
            let start = before.find(passage).unwrap_or_else(|| panic!("no {passage:?} in {before:?}"));
            let paragraphs = vec![format!("on {passage}"), "a < b".to_owned()];
            Comment { passage: start..start + passage.len(), paragraphs, beside: "beside".to_owned() }
        })
        .collect();
    let after = annotate(&bytes, &comments).unwrap();
    assert_eq!(read(&after).unwrap().text, before, "the text has changed");
    (part(&after, "word/document.xml"), part(&after, "word/comments.xml"))
}

#[test]
fn a_comment_stands_at_the_exact_words() {
    let docx = Docx::new(
        p("", &(r("Start at ") + &run("<w:i/>", "10 mg at night") + &r(" &amp; go on, at most 75&#160;mg daily.")))
            + "<w:p><w:r w:rsidR=\"00A1\"><w:rPr><w:b/></w:rPr><w:t>Give 5 mg</w:t><w:tab/><w:t>twice daily</w:t></w:r></w:p>",
    );
    let passages = [
        "10 mg at night",
        "10 mg",
        "at night",
        "night & go on",
        "75\u{a0}mg",
        "5 mg\ttwice",
        "\ttwice daily",
        "daily.\nGive",
    ];
    let (main, comments) = comment(&docx, &passages);
    assert_eq!(
        commented(&main),
        [
            "10 mg at night",
            "10 mg",
            "at night",
            "night &amp; go on",
            "75&#160;mg",
            "5 mgtwice",
            "twice daily",
            "daily.Give",
        ]
    );
    insta::assert_snapshot!(
        main.replace("<w:p>", "\n<w:p>").replace("<w:r", "\n  <w:r").replace("<w:comment", "\n  <w:comment")
    );
    insta::assert_snapshot!(comments.replace("<w:comment ", "\n<w:comment "));
}

#[test]
fn what_is_not_about_comments_stays_as_it_was() {
    let docx = Docx::new(text("Start at 10 mg at night.")).with_file("word/media/image1.png", &[0x89, 0, 1, 2, 3, 255]);
    let docx = docx.with_properties("Title", "2024-01-01T00:00:00Z");
    let before = docx.bytes();
    // The title of the properties is the first line.
    let comments = [Comment { passage: 15..20, paragraphs: vec!["x".to_owned()], beside: String::new() }];
    let after = annotate(&before, &comments).unwrap();
    let mut expected = names(&before);
    let changed = ["[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"];
    for name in expected.iter().filter(|name| !changed.contains(&name.as_str())) {
        assert_eq!(packed(&after, name), packed(&before, name), "{name}");
    }
    expected.push("word/comments.xml".to_owned());
    assert_eq!(names(&after), expected);
    // Without the marks, the main part is what it was.
    let mut main = part(&after, "word/document.xml");
    for mark in [
        "</w:t></w:r><w:commentRangeStart w:id=\"0\"/><w:r><w:t xml:space=\"preserve\">",
        "</w:t></w:r><w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:t xml:space=\"preserve\">",
    ] {
        assert_eq!(main.matches(mark).count(), 1, "{main}");
        main = main.replace(mark, "");
    }
    assert_eq!(main, docx.main());
    assert!(part(&after, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
    assert!(part(&after, "word/_rels/document.xml.rels").contains("Target=\"comments.xml\""));
    // A second time it is another comment beside the first.
    let again =
        annotate(&after, &[Comment { passage: 6..11, paragraphs: vec!["y".to_owned()], beside: String::new() }])
            .unwrap();
    assert_eq!(commented(&part(&again, "word/document.xml")), ["10 mg", "Start"]);
    assert_eq!(names(&again), names(&after));
    assert_eq!(packed(&again, "[Content_Types].xml"), packed(&after, "[Content_Types].xml"));
    assert_eq!(annotate(&before, &[]).unwrap(), before);
}

#[test]
fn comments_of_others_are_kept() {
    let old = "<w:comment w:id=\"7\" w:author=\"Editor\"><w:p><w:r><w:t>Check this</w:t></w:r></w:p></w:comment>";
    let docx = Docx::new(p("", &format!("<w:commentRangeStart w:id=\"7\"/>{}<w:commentRangeEnd w:id=\"7\"/><w:r><w:commentReference w:id=\"7\"/></w:r>", r("Start at 10 mg"))))
        .with("comments", "comments", old);
    let (main, comments) = comment(&docx, &["10 mg"]);
    assert!(comments.contains(old) && comments.contains("<w:comment w:id=\"8\" w:author=\"clinlint\""), "{comments}");
    assert!(main.contains("<w:commentRangeStart w:id=\"7\"/>") && main.contains("<w:commentRangeStart w:id=\"8\"/>"));
}

#[test]
fn comments_stand_in_links_changes_and_cells() {
    let docx = Docx::new(
        p(
            "",
            &format!(
                "<w:hyperlink r:id=\"rId1\">{}</w:hyperlink><w:ins w:id=\"5\">{}</w:ins>",
                r("at 10 mg"),
                r(" at night")
            ),
        ) + &tbl(&[
            tr(&[tc("", &text("Drug")), tc("", &text("Dose"))]),
            tr(&[tc("", &text("X")), tc("", &p("", &(b("75") + &r(" mg"))))]),
        ]) + &item(0, "<w:r><w:t> 6 mg </w:t></w:r>")
            + &p("", &(r("CrCl ") + "<m:oMath><m:r><m:t>x=3</m:t></m:r></m:oMath>" + &r(" l"))),
    );
    let (main, _) = comment(&docx, &["10 mg at", "75 mg", "6 mg", "=3 l"]);
    // Spaces at the ends of the third would be lost if it were divided.
    assert_eq!(commented(&main), ["10 mg at", "75 mg", " 6 mg ", "x=3 l"]);
}

#[test]
fn word_shows_no_comments_in_notes_and_boxes_so_they_stand_at_their_anchors() {
    let anchor = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
    let text_box = format!("<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>", text("at most 75 mg"));
    let docx = Docx::new(p("", &(r("Start at 10 mg") + anchor + &r(" at night") + &text_box))).with(
        "footnotes",
        "footnotes",
        &format!("<w:footnote w:id=\"2\">{}</w:footnote>", text("or at 5 mg")),
    );
    let (main, comments) = comment(&docx, &["5 mg\n", "10 mg", "75 mg"]);
    assert!(
        main.contains(&format!("<w:commentRangeStart w:id=\"0\"/>{anchor}<w:commentRangeEnd w:id=\"0\"/>")),
        "{main}"
    );
    assert!(
        main.contains(&format!("<w:commentRangeStart w:id=\"2\"/>{text_box}<w:commentRangeEnd w:id=\"2\"/>")),
        "{main}"
    );
    assert_eq!(comments.matches("beside").count(), 2);
}

#[test]
fn names_of_the_xml_may_have_other_prefixes() {
    let docx = Docx::new(text("Start at 10 mg at night."));
    let bytes = docx.bytes();
    let renamed = |rename: &dyn Fn(&str) -> String| {
        let files = names(&bytes).into_iter().map(|name| {
            let content = part(&bytes, &name);
            let content = if name == "word/document.xml" { rename(&content) } else { content };
            (name, content.into_bytes())
        });
        word::zip(&files.collect::<Vec<_>>())
    };
    let comments = [Comment { passage: 9..14, paragraphs: vec!["x".to_owned()], beside: String::new() }];
    for bytes in [
        renamed(&|xml| {
            xml.replace("<w:", "<ns0:")
                .replace("</w:", "</ns0:")
                .replace(" w:", " ns0:")
                .replace("xmlns:w=", "xmlns:ns0=")
        }),
        renamed(&|xml| {
            xml.replace("<w:", "<")
                .replace("</w:", "</")
                .replace("xmlns:w=", &format!("xmlns=\"{}\" xmlns:w=", word::WORD))
        }),
        renamed(&|xml| xml.replace(word::WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main")),
    ] {
        let after = annotate(&bytes, &comments).unwrap();
        assert_eq!(read(&after).unwrap().text, "Start at 10 mg at night.\n");
        let main = part(&after, "word/document.xml");
        assert!(roxmltree::Document::parse(&main).is_ok(), "{main}");
        let parsed = roxmltree::Document::parse(&main).unwrap();
        let marks: Vec<_> = parsed.descendants().filter(|node| node.tag_name().name().starts_with("comment")).collect();
        assert_eq!(marks.len(), 3);
        let namespace = parsed.root_element().tag_name().namespace().unwrap();
        for mark in marks {
            assert_eq!(mark.tag_name().namespace(), Some(namespace));
            assert_eq!(mark.attribute((namespace, "id")), Some("0"));
        }
    }
}

impl Repository {
    fn document(&self, path: &str, docx: &Docx) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, docx.bytes()).unwrap();
    }

    fn review(&self, arguments: &[&str]) -> Run {
        self.run_in(".", &[&["review"], arguments].concat())
    }

    fn part(&self, path: &str, name: &str) -> String {
        part(&fs::read(self.path().join(path)).unwrap(), name)
    }
}

fn article(dose: &str) -> Docx {
    Docx::new(
        p("berschrift1", &r("Amitriptyline"))
            + &p("berschrift2", &r("Starting dose"))
            + &p("", &(r("Start at ") + &b(dose) + &r(" at bedtime.")))
            + &text("It is contraindicated in glaucoma."),
    )
}

#[test]
fn findings_become_comments_that_name_the_other_article_and_passage() {
    let repository = Repository::empty();
    repository.document("a.docx", &article("10 mg"));
    repository.document("b.docx", &article("25 mg"));
    let dose = "Start at 50 mg at bedtime.\n\nIt is contraindicated in glaucoma.";
    repository.write("site/c.md", &repository::article(dose));
    repository.document("quiet.docx", &Docx::new(text("Nothing about doses.")));
    let before = fs::read(repository.path().join("a.docx")).unwrap();
    let run = repository.review(&["a.docx", "b.docx", "quiet.docx", "site", "--output-dir", "out/reviewed"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(
        run.out,
        "out/reviewed/a.docx: 1 comment\nout/reviewed/b.docx: 1 comment\nout/reviewed/quiet.docx: no comments\n"
    );
    assert_eq!(fs::read(repository.path().join("a.docx")).unwrap(), before);
    let quiet = |path: &str| fs::read(repository.path().join(path)).unwrap();
    assert_eq!(quiet("out/reviewed/quiet.docx"), quiet("quiet.docx"));
    let main = repository.part("out/reviewed/a.docx", "word/document.xml");
    assert_eq!(commented(&main), ["10 mg at bedtime"]);
    let comments = repository.part("out/reviewed/a.docx", "word/comments.xml");
    insta::assert_snapshot!(shown(&comments.replace("</w:p>", "\n")));
    assert_eq!(
        repository.run_in(".", &["claims", "out/reviewed/a.docx"]).out.replace("out/reviewed/", ""),
        repository.run_in(".", &["claims", "a.docx"]).out
    );
}

#[test]
fn nothing_is_replaced_that_is_not_meant_to_be() {
    let repository = Repository::empty();
    repository.document("in/a.docx", &article("10 mg"));
    repository.document("in/part/a.docx", &article("25 mg"));
    let read = |path: &str| fs::read(repository.path().join(path)).unwrap();
    let before = read("in/a.docx");
    // Its own folder.
    let run = repository.review(&["in", "--output-dir", "in", "--force"]);
    assert_eq!(run.status, 2, "{}", run.err);
    let run = repository.review(&["in/a.docx", "--output-dir", "in", "--force"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("in/a.docx, which is reviewed") || run.err.contains("no Word document"), "{}", run.err);
    assert_eq!(read("in/a.docx"), before);
    // Two of one name: apart in a folder, one too many by themselves.
    let run = repository.review(&["in/a.docx", "in/part/a.docx", "--output-dir", "out"]);
    assert!(run.err.contains("would have the same copy"), "{}", run.err);
    let run = repository.review(&["in", "--output-dir", "out"]);
    assert_eq!(run.out, "out/a.docx: 1 comment\nout/part/a.docx: 1 comment\n", "{}", run.err);
    // What is there stays, unless it is forced.
    let run = repository.review(&["in", "--output-dir", "out"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("out/a.docx is there already") && run.err.contains("--force"), "{}", run.err);
    assert_eq!(repository.review(&["in", "--output-dir", "out", "--force"]).status, 0);
    // Copies of an earlier run are no articles.
    let run = repository.review(&[".", "--output-dir", "out", "--force"]);
    assert_eq!(run.out, "out/in/a.docx: 1 comment\nout/in/part/a.docx: 1 comment\n", "{}", run.err);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(repository.path().join("in"), repository.path().join("link")).unwrap();
        let run = repository.review(&["in/a.docx", "in/part", "--output-dir", "link", "--force"]);
        assert_eq!(run.status, 2, "{}{}", run.out, run.err);
        assert_eq!(read("in/a.docx"), before);
    }
}

#[test]
fn documents_that_cannot_be_read_are_named_and_the_others_reviewed() {
    let repository = Repository::empty();
    repository.document("a.docx", &article("10 mg"));
    repository.document("b.docx", &article("25 mg"));
    repository.write("torn.docx", "PK\u{3}\u{4}");
    repository.start("c.md", "50 mg");
    let run = repository.review(&[".", "gone.docx", "--output-dir", "out"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.out, "out/a.docx: 1 comment\nout/b.docx: 1 comment\n");
    assert!(run.err.contains("torn.docx: the Word document is damaged"), "{}", run.err);
    assert!(run.err.contains("gone.docx: no such file"), "{}", run.err);
    let run = repository.review(&["c.md", "--output-dir", "other"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("there is no Word document"), "{}", run.err);
    assert!(!repository.path().join("other").exists());
}
