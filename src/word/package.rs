//! The archive that a document is: which part is which, and how much of it may
//! be unpacked.

use super::Refusal;
use super::xml::{self, damaged};
use std::io::{Cursor, Read};
use zip::ZipArchive;
use zip::result::ZipError;

/// How much may be unpacked, in bytes.
#[derive(Clone, Copy, Debug)]
struct Limits {
    /// Of one part.
    part: u64,
    /// Of all parts that are read.
    total: u64,
    /// How many times larger than packed a part may be, beyond its first
    /// `ratio_from` bytes.
    ratio: u64,
    ratio_from: u64,
}

/// The longest articles have a hundredth of it. XML of a document packs ten to
/// fifty times smaller; what packs a thousand times smaller is made to fill a
/// memory.
const LIMITS: Limits = Limits { part: 64 << 20, total: 96 << 20, ratio: 300, ratio_from: 4 << 20 };

/// The most bytes of text, as for any article.
pub(super) const TEXT_LIMIT: u64 = 16 << 20;

/// The content type of a document, and those of what is none.
const DOCUMENT: &str = "wordprocessingml.document.main+xml";
const KINDS: [(&str, &str, &str); 6] = [
    ("document.macroEnabled.main+xml", "a Word document with macros", "save it as .docx, which has none"),
    ("template.macroEnabledTemplate.main+xml", "a Word template with macros", "save it as .docx, which has none"),
    ("wordprocessingml.template.main+xml", "a Word template", "save it as .docx"),
    ("spreadsheetml", "a workbook of Excel", "articles in Word end in .docx"),
    ("presentationml", "a presentation of PowerPoint", "articles in Word end in .docx"),
    ("ms-excel", "a workbook of Excel", "articles in Word end in .docx"),
];

/// Whether bytes begin as a ZIP archive does.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Whether bytes begin as a compound file does: a document of Word 97 to 2003,
/// or an encrypted one.
pub(super) fn is_compound(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
}

/// A document whose parts can be read.
pub(super) struct Package<'b> {
    pub(super) archive: ZipArchive<Cursor<&'b [u8]>>,
    /// How much may still be unpacked.
    limits: Limits,
    /// The name of the main part: "word/document.xml".
    pub(super) main: String,
    /// The parts that belong to it: the last word of the relation's type, and
    /// the name.
    relations: Vec<(String, String)>,
    /// The part that holds the properties of the document.
    properties: Option<String>,
}

impl<'b> Package<'b> {
    /// Opens a document.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        Self::open_within(bytes, LIMITS)
    }

    fn open_within(bytes: &'b [u8], limits: Limits) -> Result<Self, Refusal> {
        if is_compound(bytes) {
            return Err(compound(bytes));
        }
        if !is_archive(bytes) {
            return Err(Refusal::new(
                "not a Word document: it is no archive of parts",
                "save it as .docx in Word, or give a text its own extension",
            ));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
        let mut package = Self { archive, limits, main: String::new(), relations: Vec::new(), properties: None };
        package.find_parts()?;
        Ok(package)
    }

    fn find_parts(&mut self) -> Result<(), Refusal> {
        let Some(types) = self.part("[Content_Types].xml")? else {
            return Err(self.other_archive());
        };
        let types = xml::content_types(&types)?;
        let is_macro = self.archive.file_names().flatten().any(|name| name.ends_with("/vbaProject.bin"));
        let root = self.part("_rels/.rels")?.map(|xml| xml::relationships(&xml)).transpose()?.unwrap_or_default();
        let target = |kind: &str| {
            let found = root.iter().find(|(_, is, _)| last_word(is) == kind);
            found.map(|(_, _, target)| resolved("", target))
        };
        self.main = target("officeDocument").ok_or_else(|| damaged("it names no main part"))?;
        self.properties = target("core-properties");
        let type_of_main = types.iter().find(|(name, _)| name.trim_start_matches('/').eq_ignore_ascii_case(&self.main));
        let kind = type_of_main.map_or("", |(_, kind)| kind.as_str());
        if let Some((_, name, help)) = KINDS.iter().find(|(mark, _, _)| kind.contains(mark)) {
            return Err(Refusal::new(format!("{name}: not read"), *help));
        }
        if is_macro {
            return Err(Refusal::new("a Word document with macros: not read", "save it as .docx, which has none"));
        }
        if !kind.is_empty() && !kind.ends_with(DOCUMENT) {
            return Err(Refusal::new("not a Word document, but another of Office", "articles in Word end in .docx"));
        }
        let relations = self.part(&self.relations_part())?;
        let relations = relations.map(|xml| xml::relationships(&xml)).transpose()?.unwrap_or_default();
        self.relations = relations
            .iter()
            .map(|(_, kind, target)| (last_word(kind).to_owned(), resolved(&self.main, target)))
            .collect();
        Ok(())
    }

    /// The name of the part that says which parts belong to the main one.
    pub(super) fn relations_part(&self) -> String {
        let (folder, name) = self.main.rsplit_once('/').unwrap_or(("", &self.main));
        if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") }
    }

    /// The name of the part of a kind that belongs to the main one, if there is.
    pub(super) fn name_of(&self, kind: &str) -> Option<String> {
        self.relations.iter().find(|(is, _)| is == kind).map(|(_, name)| name.clone())
    }

    /// The main part.
    pub(super) fn main(&mut self) -> Result<String, Refusal> {
        let name = self.main.clone();
        self.part(&name)?.ok_or_else(|| damaged(&format!("the part {name} is missing")))
    }

    /// The part of a kind that belongs to the main one, if there is.
    pub(super) fn related(&mut self, kind: &str) -> Result<Option<String>, Refusal> {
        match self.name_of(kind) {
            Some(name) => self.part(&name),
            None => Ok(None),
        }
    }

    /// The core properties, if there are.
    pub(super) fn properties(&mut self) -> Result<Option<String>, Refusal> {
        match self.properties.clone() {
            Some(name) => self.part(&name),
            None => Ok(None),
        }
    }

    /// The place of a part in the archive.
    pub(super) fn index_of(&self, name: &str) -> Option<usize> {
        self.archive.index_for_name(name).or_else(|| {
            // Names of parts are the same in upper and lower case.
            let same = |other: &str| other.replace('\\', "/").eq_ignore_ascii_case(name);
            self.archive.file_names().position(|other| other.is_ok_and(|other| same(&other)))
        })
    }

    /// The text of a part; none if it is not there.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let index = self.index_of(name);
        let Some(index) = index else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| unreadable(&error))?;
        let Limits { part, total, ratio, ratio_from } = self.limits;
        let by_ratio = ratio_from.max(file.compressed_size().saturating_mul(ratio));
        let limit = part.min(total).min(by_ratio);
        let mut bytes = Vec::new();
        // What an archive says of the sizes of its parts need not be true.
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| damaged(&error.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(match limit == by_ratio {
                true => Refusal::new(
                    format!("not read: its part {name} unpacks to more than {ratio} times its size"),
                    "no article does that: it is made to fill the memory",
                ),
                false => too_large(if limit == part { part } else { LIMITS.total }),
            });
        }
        self.limits.total -= bytes.len() as u64;
        let text = String::from_utf8(bytes).map_err(|_| damaged(&format!("the part {name} is not UTF-8")))?;
        Ok(Some(text))
    }

    /// What an archive is that is no document of Office.
    fn other_archive(&mut self) -> Refusal {
        let mut kind = String::new();
        if let Ok(file) = self.archive.by_name("mimetype") {
            let _ = file.take(100).read_to_string(&mut kind);
        }
        match kind.contains("opendocument") {
            true => Refusal::new("an OpenDocument text, not a Word document: not read", "save it as .docx"),
            false => Refusal::new("an archive, but not of a Word document: not read", "save it as .docx in Word"),
        }
    }
}

/// The last word of the type of a relation, which is the same in both forms of
/// the standard.
fn last_word(kind: &str) -> &str {
    kind.rsplit('/').next().unwrap_or_default()
}

/// The name of the part that a target means, seen from another part.
fn resolved(from: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut folders: Vec<&str> = from.split('/').collect();
    folders.pop();
    for step in target.split('/') {
        match step {
            "." => {}
            ".." => drop(folders.pop()),
            _ => folders.push(step),
        }
    }
    folders.join("/")
}

/// The refusal of a file of the time before the archives.
fn compound(bytes: &[u8]) -> Refusal {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    match bytes.windows(name.len()).any(|window| window == name) {
        true => Refusal::new("encrypted with a password: not read", "save it without a password, or leave it out"),
        false => Refusal::new("a document of Word 97 to 2003 (.doc): not read", "save it as .docx in Word"),
    }
}

fn unreadable(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            Refusal::new("encrypted with a password: not read", "save it without a password, or leave it out")
        }
        error => damaged(&error.to_string()),
    }
}

/// The refusal of what unpacks to more than a number of bytes.
pub(super) fn too_large(limit: u64) -> Refusal {
    Refusal::new(
        format!("not read: it unpacks to more than {} MiB", limit >> 20),
        "no article is that long: split the document or leave it out",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An archive with a content type, so that it opens, and its main part.
    fn archive(main: &str) -> Vec<u8> {
        use std::io::Write;
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let relation = "<Relationships><Relationship Type=\"a/officeDocument\" Target=\"m\"/></Relationships>";
        for (name, content) in [("[Content_Types].xml", "<Types/>"), ("_rels/.rels", relation), ("m", main)] {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn what_unpacks_beyond_a_limit_is_refused() {
        let letters: String =
            (0..5000_u32).map(|number| char::from(b'a' + (number * number % 97 % 26) as u8)).collect();
        let bytes = archive(&letters);
        let message = |limits: Limits| {
            let main = Package::open_within(&bytes, limits).and_then(|mut package| package.main());
            main.map_err(|refusal| refusal.message)
        };
        let limits = Limits { part: 5000, total: 5200, ratio: 1, ratio_from: 5000 };
        assert_eq!(message(limits), Ok(letters.clone()));
        assert_eq!(message(Limits { part: 4999, ..limits }).unwrap_err(), "not read: it unpacks to more than 0 MiB");
        // The parts before it have taken some of it.
        assert_eq!(message(Limits { total: 5050, ..limits }).unwrap_err(), "not read: it unpacks to more than 96 MiB");
        let by_ratio = message(Limits { ratio_from: 4999, ..limits }).unwrap_err();
        assert_eq!(by_ratio, "not read: its part m unpacks to more than 1 times its size");
    }

    #[test]
    fn targets_are_seen_from_the_part_that_names_them() {
        assert_eq!(resolved("word/document.xml", "styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word/document.xml", "/word/styles.xml"), "word/styles.xml");
        assert_eq!(resolved("word/document.xml", "../docProps/core.xml"), "docProps/core.xml");
        assert_eq!(resolved("", "word/document.xml"), "word/document.xml");
    }
}
