//! Word documents made by hand, with every construct that articles have.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]
#![allow(dead_code, reason = "not every test needs all of it")]

use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A document that is being made.
pub struct Docx {
    main_type: String,
    body: String,
    /// Kind, name and content of each part beside the main one.
    parts: Vec<(String, String, String)>,
    properties: Option<String>,
    others: Vec<(String, Vec<u8>)>,
}

impl Docx {
    /// A document with a body.
    pub fn new(body: impl Into<String>) -> Self {
        let main_type = format!("{TYPE}.document.main+xml");
        let styles = styles();
        let parts = vec![("styles".to_owned(), "styles.xml".to_owned(), styles)];
        Self { main_type, body: body.into(), parts, properties: None, others: Vec::new() }
    }

    /// With another content type of its main part.
    pub fn of_type(mut self, main_type: &str) -> Self {
        self.main_type = main_type.to_owned();
        self
    }

    /// With a part that belongs to the main one.
    pub fn with(mut self, kind: &str, root: &str, content: &str) -> Self {
        let xml = format!("<w:{root} xmlns:w=\"{WORD}\">{content}</w:{root}>");
        self.parts.push((kind.to_owned(), format!("{kind}.xml"), xml));
        self
    }

    /// With a title and a date in its properties.
    pub fn with_properties(mut self, title: &str, modified: &str) -> Self {
        self.properties = Some(format!(
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\">\
             <dc:title>{title}</dc:title><dcterms:modified>{modified}</dcterms:modified></cp:coreProperties>"
        ));
        self
    }

    /// With a part that nothing here knows.
    pub fn with_file(mut self, name: &str, content: &[u8]) -> Self {
        self.others.push((name.to_owned(), content.to_vec()));
        self
    }

    /// The main part.
    pub fn main(&self) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{WORD}\" \
             xmlns:r=\"{OFFICE}\" xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
             xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\">\
             <w:body>{}<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/></w:sectPr></w:body></w:document>",
            self.body
        )
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut types = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
             <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"bin\" ContentType=\"application/octet-stream\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"{}\"/>",
            self.main_type
        );
        let mut relations = String::new();
        for (at, (kind, name, _)) in self.parts.iter().enumerate() {
            types += &format!("<Override PartName=\"/word/{name}\" ContentType=\"{TYPE}.{kind}+xml\"/>");
            relations += &format!("<Relationship Id=\"rId{}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}\"/>", at + 1);
        }
        let mut root =
            format!("<Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"word/document.xml\"/>");
        if self.properties.is_some() {
            types += "<Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>";
            root += "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>";
        }
        let relationships = |inner: &str| format!("<Relationships xmlns=\"{RELATIONS}\">{inner}</Relationships>");
        let mut files: Vec<(String, Vec<u8>)> = vec![
            ("[Content_Types].xml".into(), format!("{types}</Types>").into()),
            ("_rels/.rels".into(), relationships(&root).into()),
            ("word/document.xml".into(), self.main().into()),
            ("word/_rels/document.xml.rels".into(), relationships(&relations).into()),
        ];
        files.extend(self.parts.iter().map(|(_, name, xml)| (format!("word/{name}"), xml.clone().into_bytes())));
        files.extend(self.properties.iter().map(|xml| ("docProps/core.xml".to_owned(), xml.clone().into_bytes())));
        files.extend(self.others.iter().cloned());
        zip(&files)
    }
}

/// An archive of files.
pub fn zip(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The names of the files of an archive, in order.
pub fn names(bytes: &[u8]) -> Vec<String> {
    let archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}

/// A file of an archive, unpacked.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A file of an archive as it is packed.
pub fn packed(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let index = archive.index_for_name(name).unwrap();
    let mut content = Vec::new();
    archive.by_index_raw(index).unwrap().read_to_end(&mut content).unwrap();
    content
}

/// A run of text.
pub fn r(text: &str) -> String {
    run("", text)
}

/// A run of bold text.
pub fn b(text: &str) -> String {
    run("<w:b/>", text)
}

/// A run with properties.
pub fn run(properties: &str, text: &str) -> String {
    let properties = if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>")
}

/// A paragraph of runs, in a style; none if it is empty.
pub fn p(style: &str, runs: &str) -> String {
    let style = if style.is_empty() { String::new() } else { format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>") };
    format!("<w:p>{style}{runs}</w:p>")
}

/// A paragraph of text.
pub fn text(text: &str) -> String {
    p("", &r(text))
}

/// An item of a list.
pub fn item(level: usize, runs: &str) -> String {
    format!("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>{runs}</w:p>")
}

/// A cell with properties.
pub fn tc(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

/// A row of cells.
pub fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

/// A table of rows.
pub fn tbl(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat())
}

/// A table of texts.
pub fn table(rows: &[&[&str]]) -> String {
    let row = |cells: &&[&str]| tr(&cells.iter().map(|cell| tc("", &text(cell))).collect::<Vec<_>>());
    tbl(&rows.iter().map(row).collect::<Vec<_>>())
}

/// Styles as a Word that speaks German names them.
fn styles() -> String {
    let style = |id: &str, name: &str, rest: &str| {
        format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{rest}</w:style>")
    };
    let level = |level: usize| format!("<w:pPr><w:outlineLvl w:val=\"{level}\"/></w:pPr>");
    format!(
        "<w:styles xmlns:w=\"{WORD}\">{}{}{}{}{}{}{}{}{}</w:styles>",
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\"><w:name w:val=\"Normal\"/></w:style>",
        style("Titel", "Title", ""),
        style("berschrift1", "heading 1", &level(0)),
        style("berschrift2", "heading 2", &level(1)),
        style("Dosis", "Dose heading", "<w:basedOn w:val=\"berschrift2\"/>"),
        style("Aufzhlung", "List Bullet", "<w:pPr><w:numPr><w:numId w:val=\"2\"/></w:numPr></w:pPr>"),
        style("Listenabsatz", "List Paragraph", ""),
        style("Verzeichnis1", "toc 1", ""),
        "<w:style w:type=\"character\" w:styleId=\"Fett\"><w:name w:val=\"Strong\"/><w:rPr><w:b/></w:rPr></w:style>",
    )
}
