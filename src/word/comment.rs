//! Comments put into a copy of a document.
//!
//! Every part that is not about comments is copied as it is packed. The main
//! part gets marks where a comment begins and ends, and a run is divided where
//! a mark falls into it; nothing else of it changes.
//!
//! Word shows no comments in footnotes, endnotes and text boxes ([MS-OI29500]
//! 2.1.315): there the comment stands at what refers to the note, or at the run
//! that holds the box.

use super::layout::{Cut, Layout};
use super::package::Package;
use super::xml::{self, damaged};
use super::{Document, Refusal, read_with_layout};
use quick_xml::escape::escape;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use std::ops::Range;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A comment on a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The bytes of the document's text that it is about.
    pub passage: Range<usize>,
    /// What it says, each a paragraph; the first is its heading.
    pub paragraphs: Vec<String>,
    /// What is said first where Word can show the comment only beside the
    /// passage.
    pub beside: String,
}

/// Who makes the comments.
const AUTHOR: &str = "clinlint";

/// The most comments of a document that Word opens.
const LIMIT: u64 = 32_767;

/// The namespace of ISO's strict form, and the bases of the types of relations.
const STRICT: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT_RELATION: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments";
const TRANSITIONAL_RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";
const CONTENT_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// A copy of a document with comments, those that it has kept.
///
/// # Errors
///
/// When it cannot be read, as [`super::read`] says, or would have more comments
/// than Word opens.
pub fn annotate(bytes: &[u8], comments: &[Comment]) -> Result<Vec<u8>, Refusal> {
    if comments.is_empty() {
        return Ok(bytes.to_vec());
    }
    let mut package = Package::open(bytes)?;
    let main = package.main()?;
    let (document, layout) = read_with_layout(&mut package, &main)?;
    let old = package.related("comments")?;
    let marks = ["comment", "commentRangeStart", "commentRangeEnd", "commentReference"];
    let in_main = xml::greatest_id(&main, &marks)?;
    let in_old = old.as_deref().map(|old| xml::greatest_id(old, &marks)).transpose()?.flatten();
    let first = in_main.max(in_old).map_or(0, |greatest| greatest + 1);
    if first.saturating_add(comments.len() as u64) > LIMIT {
        return Err(Refusal::new(
            format!("it would have more than {LIMIT} comments, which Word does not open"),
            "mend what several findings have in common first",
        ));
    }
    let is_strict = main.contains(STRICT);
    let numbered = || (first..).zip(comments);
    let commented = with_marks(&main, &layout, numbered())?;
    let mut changed = BTreeMap::from([(package.main.clone(), commented)]);
    let words: String = {
        let prefix = Prefix::of(old.as_deref(), is_strict)?;
        numbered().map(|(id, comment)| element(&prefix, id, comment, &document, &layout)).collect()
    };
    match (old, package.name_of("comments")) {
        (Some(old), Some(name)) => {
            changed.insert(name, xml::with_last(&old, &words)?);
        }
        _ => add_part(&mut package, &mut changed, &words, is_strict)?,
    }
    pack(&mut package, &changed)
}

/// The prefix of WordprocessingML, and its declaration where it has to be made
/// at each element.
struct Prefix {
    name: String,
    declaration: String,
}

impl Prefix {
    /// As the root of a part has it; in a part of our own it is `w`.
    fn of(xml: Option<&str>, is_strict: bool) -> Result<Self, Refusal> {
        let root = xml.map(xml::root).transpose()?.unwrap_or_else(|| "w:".to_owned());
        if let Some((prefix, _)) = root.split_once(':') {
            return Ok(Self { name: prefix.to_owned(), declaration: String::new() });
        }
        // Attributes have no namespace by default.
        let namespace = if is_strict { STRICT } else { TRANSITIONAL };
        Ok(Self { name: "w".to_owned(), declaration: format!(" xmlns:w=\"{namespace}\"") })
    }
}

/// What begins and ends at a place.
#[derive(Default)]
struct Marks {
    ends: Vec<u64>,
    starts: Vec<u64>,
}

/// The main part with the marks of comments.
fn with_marks<'c>(
    main: &str,
    layout: &Layout,
    comments: impl Iterator<Item = (u64, &'c Comment)>,
) -> Result<String, Refusal> {
    let mut marks: BTreeMap<(usize, Cut), Marks> = BTreeMap::new();
    for (id, comment) in comments {
        let Some((start, end)) = layout.cuts(&comment.passage) else {
            return Err(damaged("it has no text that a comment could stand at"));
        };
        marks.entry((start.at(), start)).or_default().starts.push(id);
        marks.entry((end.at(), end)).or_default().ends.push(id);
    }
    let prefix = Prefix::of(Some(main), main.contains(STRICT))?;
    let mut insertions: Vec<(usize, String)> = Vec::new();
    let mut keep_space = BTreeSet::new();
    for ((at, cut), marks) in &marks {
        let marks = written(&prefix, marks);
        let text = match cut {
            Cut::Outside(_) => marks,
            Cut::Between(_, run) => divided(main, layout, *run, &marks),
            Cut::Inside(_, run, element) => {
                let text = &layout.texts[*element];
                let name = name_of(&main[text.head.clone()]);
                let divided = divided(main, layout, *run, &marks);
                if !text.keeps_space {
                    keep_space.insert(text.head.end - 1);
                }
                format!("</{name}>{divided}<{name} xml:space=\"preserve\">")
            }
        };
        insertions.push((*at, text));
    }
    insertions.extend(keep_space.into_iter().map(|at| (at, " xml:space=\"preserve\"".to_owned())));
    insertions.sort_by_key(|(at, _)| *at);
    let mut done = String::with_capacity(main.len() + insertions.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut from = 0;
    for (at, text) in insertions {
        done.push_str(&main[from..at]);
        done.push_str(&text);
        from = at;
    }
    done.push_str(&main[from..]);
    Ok(done)
}

/// The marks at a place: what ends there, then what begins.
fn written(prefix: &Prefix, marks: &Marks) -> String {
    let Prefix { name: w, declaration } = prefix;
    let end = |id: &u64| {
        format!(
            "<{w}:commentRangeEnd{declaration} {w}:id=\"{id}\"/><{w}:r{declaration}><{w}:commentReference {w}:id=\"{id}\"/></{w}:r>"
        )
    };
    let start = |id: &u64| format!("<{w}:commentRangeStart{declaration} {w}:id=\"{id}\"/>");
    marks.ends.iter().map(end).chain(marks.starts.iter().map(start)).collect()
}

/// The end of a run, marks, and its beginning again.
fn divided(main: &str, layout: &Layout, run: usize, marks: &str) -> String {
    let run = &layout.runs[run];
    let head = &main[run.head.clone()];
    format!("</{}>{marks}{head}{}", name_of(head), &main[run.properties.clone()])
}

/// The name of an element in its start tag.
fn name_of(head: &str) -> &str {
    head[1..].split([' ', '\t', '\r', '\n', '>', '/']).next().unwrap_or_default()
}

/// The element of a comment.
fn element(prefix: &Prefix, id: u64, comment: &Comment, document: &Document, layout: &Layout) -> String {
    let Prefix { name: w, declaration } = prefix;
    let is_aside = layout.is_aside(&comment.passage) && document.text.get(comment.passage.clone()).is_some();
    let beside = is_aside.then_some(&comment.beside);
    let (first, rest) =
        comment.paragraphs.split_first().map_or((None, [].as_slice()), |(first, rest)| (Some(first), rest));
    let bold = format!("<{w}:rPr><{w}:b/></{w}:rPr>");
    let paragraph = |text: &String, look: &str| {
        // What XML cannot hold, no article means.
        let text = text.replace(|letter: char| letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}'), " ");
        format!("<{w}:p><{w}:r>{look}<{w}:t xml:space=\"preserve\">{}</{w}:t></{w}:r></{w}:p>", escape(&text))
    };
    let heading = first.into_iter().map(|text| paragraph(text, &bold));
    let text: String = heading.chain(beside.into_iter().chain(rest).map(|text| paragraph(text, ""))).collect();
    format!(
        "<{w}:comment{declaration} {w}:id=\"{id}\" {w}:author=\"{AUTHOR}\" {w}:initials=\"cl\">{text}</{w}:comment>"
    )
}

/// Adds a part for comments to a document that has none.
fn add_part(
    package: &mut Package<'_>,
    changed: &mut BTreeMap<String, String>,
    comments: &str,
    is_strict: bool,
) -> Result<(), Refusal> {
    let folder = package.main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let slash = if folder.is_empty() { "" } else { "/" };
    let names = std::iter::once("comments.xml".to_owned()).chain((1..).map(|number| format!("comments{number}.xml")));
    let name = names.into_iter().find(|name| package.index_of(&format!("{folder}{slash}{name}")).is_none());
    let name = name.unwrap_or_default();
    let part = format!("{folder}{slash}{name}");
    let (namespace, relation) =
        if is_strict { (STRICT, STRICT_RELATION) } else { (TRANSITIONAL, TRANSITIONAL_RELATION) };
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    let types = package.part("[Content_Types].xml")?.ok_or_else(|| damaged("it lists no content types"))?;
    let prefix = prefix_of(&types)?;
    let entry = format!("<{prefix}Override PartName=\"/{part}\" ContentType=\"{CONTENT_TYPE}\"/>");
    changed.insert("[Content_Types].xml".to_owned(), xml::with_last(&types, &entry)?);

    let relations_part = package.relations_part();
    let relations = package.part(&relations_part)?.unwrap_or_else(|| {
        format!("{declaration}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"/>")
    });
    let known = xml::relationships(&relations)?;
    let mut ids = (1..).map(|number| format!("rIdComments{number}"));
    let id = ids.find(|id| known.iter().all(|(known, _, _)| known != id)).unwrap_or_default();
    let prefix = prefix_of(&relations)?;
    let entry = format!("<{prefix}Relationship Id=\"{id}\" Type=\"{relation}\" Target=\"{name}\"/>");
    changed.insert(relations_part, xml::with_last(&relations, &entry)?);

    changed.insert(part, format!("{declaration}<w:comments xmlns:w=\"{namespace}\">{comments}</w:comments>"));
    Ok(())
}

/// The prefix of a part's root, with its colon; empty where it has none.
fn prefix_of(xml: &str) -> Result<String, Refusal> {
    let root = xml::root(xml)?;
    Ok(root.split_once(':').map_or_else(String::new, |(prefix, _)| format!("{prefix}:")))
}

/// The archive with the changed parts in their places and new ones at its end;
/// the others are copied as they are packed.
fn pack(package: &mut Package<'_>, changed: &BTreeMap<String, String>) -> Result<Vec<u8>, Refusal> {
    let failed = |error: &dyn std::fmt::Display| damaged(&format!("it cannot be packed anew: {error}"));
    let places: BTreeMap<usize, &String> =
        changed.iter().filter_map(|(name, content)| Some((package.index_of(name)?, content))).collect();
    let new: Vec<_> = changed.iter().filter(|(name, _)| package.index_of(name).is_none()).collect();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..package.archive.len() {
        let file = package.archive.by_index_raw(index).map_err(|error| failed(&error))?;
        let Some(content) = places.get(&index) else {
            writer.raw_copy_file(file).map_err(|error| failed(&error))?;
            continue;
        };
        let name = file.name().map_err(|error| failed(&error))?.into_owned();
        let options = file.last_modified().map_or(options, |time| options.last_modified_time(time));
        writer.start_file(name, options).map_err(|error| failed(&error))?;
        writer.write_all(content.as_bytes()).map_err(|error| failed(&error))?;
    }
    for (name, content) in new {
        writer.start_file(name, options).map_err(|error| failed(&error))?;
        writer.write_all(content.as_bytes()).map_err(|error| failed(&error))?;
    }
    Ok(writer.finish().map_err(|error| failed(&error))?.into_inner())
}
