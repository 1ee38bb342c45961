//! Word documents (`.docx`): from the bytes of the file to its text with its
//! structure, and comments put into a copy of it.
//!
//! The text of a document is a text like that of any other file: every
//! paragraph, also in a table, a footnote or a text box, is a line of it, and
//! so is what follows a line break. Spans are bytes of this text; the way from
//! there to the XML is kept for comments only.
//!
//! What the elements mean: ECMA-376 (Office Open XML), part 1, and where Word
//! does otherwise [MS-OI29500].

mod comment;
mod flow;
mod layout;
mod package;
mod story;
mod styles;
mod symbol;
mod xml;

pub use comment::{Comment, annotate};
pub use flow::{Cell, Element, Paragraph, Role, Table};

use crate::problem::Refusal;
use flow::Flow;
use layout::Layout;
use package::Package;
use std::collections::BTreeMap;
use std::ops::Range;
use styles::Styles;

/// A document: its text, and what each line of it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// All of its text, each paragraph a line.
    pub text: String,
    /// What stands in it, in order; ranges are bytes of `text`.
    pub elements: Vec<Element>,
    /// The title of the document's properties, where the document shows none
    /// itself. It is the first line of `text`.
    pub title: Option<Range<usize>>,
    /// When the document was last saved, as a date.
    pub modified: Option<String>,
}

/// Whether bytes are those of an archive or of a file of older Office versions,
/// whatever the name of the file: then [`read`] knows what it is.
pub fn is_office(bytes: &[u8]) -> bool {
    package::is_archive(bytes) || package::is_compound(bytes)
}

/// Reads a document.
///
/// # Errors
///
/// When the file is no Word document, or one that is damaged, encrypted, of
/// another format, or unpacks to more than any article.
pub fn read(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes)?;
    let main = package.main()?;
    read_with_layout(&mut package, &main).map(|(document, _)| document)
}

/// Reads a document whose main part is given, and where in the XML of that part
/// its text stands.
fn read_with_layout(package: &mut Package<'_>, main: &str) -> Result<(Document, Layout), Refusal> {
    let styles = match package.related("styles")? {
        Some(xml) => Styles::read(&xml)?,
        None => Styles::default(),
    };
    let mut notes = BTreeMap::new();
    for kind in story::NOTES {
        if let Some(xml) = package.related(kind.part)? {
            notes.insert(kind.reference, story::notes(&xml, kind, &styles)?);
        }
    }
    let (body, runs, texts) = story::body(main, &styles, notes)?;
    let properties = match package.properties()? {
        Some(xml) => xml::properties(&xml)?,
        None => xml::Properties::default(),
    };
    let mut flow = Flow::default();
    let mut title = None;
    if let Some(text) = properties.title.filter(|_| !flow::shows_title(&body.elements)) {
        flow.text = text;
        title = Some(0..flow.text.len());
        flow.text.push('\n');
    }
    flow.append(body);
    let Flow { text, elements, pieces } = flow;
    if text.len() as u64 > package::TEXT_LIMIT {
        return Err(package::too_large(package::TEXT_LIMIT));
    }
    Ok((Document { text, elements, title, modified: properties.modified }, Layout { pieces, runs, texts }))
}
