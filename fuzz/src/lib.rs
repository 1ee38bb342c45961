//! What every input format has to hold, whatever it is given.

use clinlint::lint::{Lint, builtin};
use clinlint::report::human::Style;
use clinlint::report::{Gated, Report, github, gitlab, json, junit, markdown, sarif, short};
use clinlint::source::from_bytes;
use clinlint::vocabulary::Vocabulary;
use clinlint::word::{Comment, annotate, read};
use clinlint::{check, read_sources};
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::sync::LazyLock;

/// The lints, read once.
pub static LINTS: LazyLock<Vec<Lint>> = LazyLock::new(|| builtin().expect("the built-in lints are lints"));

/// Reads the bytes as two articles of a format, compares and prints them.
///
/// # Panics
///
/// When a claim's quote is not what stands at its place, or anything fails that
/// must not.
pub fn article(extension: &str, bytes: &[u8]) {
    let source = |name: &str| from_bytes(Path::new(&format!("{name}.{extension}")), bytes.to_vec());
    let (Ok(one), Ok(other)) = (source("a"), source("b")) else { return };
    let reading = read_sources(vec![one, other], Vocabulary::builtin());
    for (article, text) in reading.articles.iter().zip(&reading.texts) {
        for claim in &article.claims {
            assert_eq!(text.get(claim.span.start..claim.span.end), Some(claim.quote.as_str()));
        }
    }
    let findings = check(&reading, &LINTS, Vocabulary::builtin());
    let report = Report {
        findings: &findings,
        articles: &reading.passages(),
        problems: &reading.problems,
        gated: Gated::default(),
        lints: &LINTS,
        fail_on: None,
        coverage: None,
        base: Path::new("."),
    };
    let mut out = Vec::new();
    type Write = fn(&mut Vec<u8>, &Report<'_>) -> std::io::Result<()>;
    let writers: [Write; 7] = [
        |out, report| short::write(out, report, Style::FILE),
        json::write,
        sarif::write,
        github::write,
        gitlab::write,
        junit::write,
        markdown::write,
    ];
    for write in writers {
        write(&mut out, &report).expect("memory takes everything");
    }
}

/// Reads the bytes as a Word document, or as the body of one, and comments it.
///
/// # Panics
///
/// When what [`article`] demands does not hold, or a comment changes the text.
pub fn document(bytes: &[u8]) {
    let bytes = if bytes.starts_with(b"PK") { bytes.to_vec() } else { archive(bytes) };
    article("docx", &bytes);
    let Ok(document) = read(&bytes) else { return };
    let end = document.text.floor_char_boundary(document.text.len() / 2);
    let start = document.text.floor_char_boundary(document.text.len() / 3);
    let comment = Comment { passage: start..end, paragraphs: vec!["a".to_owned()], beside: "b".to_owned() };
    if let Ok(commented) = annotate(&bytes, &[comment]) {
        assert_eq!(read(&commented).expect("a commented document is one").text, document.text);
    }
}

/// The archive of a document with a body.
fn archive(body: &[u8]) -> Vec<u8> {
    let relation = "<Relationships><Relationship Id=\"a\" Type=\"a/officeDocument\" Target=\"d.xml\"/></Relationships>";
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let head = format!("<w:document xmlns:w=\"{namespace}\"><w:body>");
    let main = [head.as_bytes(), body, b"</w:body></w:document>"].concat();
    let parts =
        [("[Content_Types].xml", b"<Types/>".as_slice()), ("_rels/.rels", relation.as_bytes()), ("d.xml", &main)];
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("memory takes everything");
        writer.write_all(content).expect("memory takes everything");
    }
    writer.finish().expect("memory takes everything").into_inner()
}
