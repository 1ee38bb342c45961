//! From the events of the main part, or of the notes, to what is said there.
//!
//! Read is what a reader sees when all tracked changes are accepted: inserted
//! and moved text, the results of fields, the first of several alternatives.
//! Not read: deleted and struck out text, hidden text, codes of fields, tables
//! of contents, texts of forms that nobody has filled in, comments.

use super::Refusal;
use super::flow::{Element, Flow, Merge, OpenCell, OpenRow, OpenTable, Paragraph, Role};
use super::layout::{Run, Source, TextElement};
use super::styles::{Look, Styles};
use super::symbol;
use super::xml::{Events, Node, Space, Tag};
use std::collections::BTreeMap;
use std::mem::take;
use std::ops::Range;

mod builder;

use builder::Builder;

/// How deep tables may stand inside each other; those inside are read as lines.
const TABLE_LIMIT: usize = 6;

/// How deep text boxes may stand inside each other; those inside are left out.
const BOX_LIMIT: usize = 6;

/// A kind of notes.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoteKind {
    /// The relation of its part, and the name of the part's root.
    pub(super) part: &'static str,
    /// The element that holds one.
    pub(super) element: &'static str,
    /// The element that refers to one.
    pub(super) reference: &'static str,
}

/// The kinds of notes.
pub(super) const NOTES: [NoteKind; 2] = [
    NoteKind { part: "footnotes", element: "footnote", reference: "footnoteReference" },
    NoteKind { part: "endnotes", element: "endnote", reference: "endnoteReference" },
];

/// Notes by the name of their references and their identity.
pub(super) type Notes = BTreeMap<&'static str, BTreeMap<String, Flow>>;

/// Reads the notes of a part.
pub(super) fn notes(xml: &str, kind: NoteKind, styles: &Styles) -> Result<BTreeMap<String, Flow>, Refusal> {
    let mut story = Story::new(xml, styles, Notes::new());
    story.kind = Some(kind);
    story.read()?;
    Ok(story.found)
}

/// Reads the main part: what it says, its runs and its text elements.
pub(super) fn body(xml: &str, styles: &Styles, notes: Notes) -> Result<(Flow, Vec<Run>, Vec<TextElement>), Refusal> {
    let mut story = Story::new(xml, styles, notes);
    story.read()?;
    let body = story.builders.pop().unwrap_or_default();
    Ok((body.finish(styles), story.runs, story.texts))
}

struct Story<'x> {
    xml: &'x str,
    styles: &'x Styles,
    /// Notes that nobody has referred to yet.
    notes: Notes,
    /// Where notes are read: their kind, and those that are.
    kind: Option<NoteKind>,
    found: BTreeMap<String, Flow>,
    /// The main text, and the notes and text boxes that are open.
    builders: Vec<Builder>,
    open: Vec<Open>,
    runs: Vec<Run>,
    texts: Vec<TextElement>,
    /// The run of the main text that is open.
    run: Option<usize>,
}

/// An element that is open, as far as it matters for what stands in it.
#[derive(Debug)]
enum Open {
    Paragraph,
    ParagraphProperties,
    Numbering,
    /// The properties of the mark that ends a paragraph.
    MarkProperties,
    /// A run or formula; its number where it is an outermost one of the main
    /// text.
    Run(Option<usize>),
    /// The properties of a run, and where they begin.
    RunProperties(usize),
    /// A text element; its number where it stands directly in a numbered run.
    Text(Option<usize>),
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    /// A form or the like; whether nobody has filled it in, or it is a table of
    /// contents.
    Form {
        is_unfilled: bool,
    },
    /// Alternatives, and whether one of them has been read.
    Alternatives {
        is_chosen: bool,
    },
    TextBox,
    Note(String),
    Other,
}

impl<'x> Story<'x> {
    fn new(xml: &'x str, styles: &'x Styles, notes: Notes) -> Self {
        Self {
            xml,
            styles,
            notes,
            kind: None,
            found: BTreeMap::new(),
            builders: vec![Builder::default()],
            open: Vec::new(),
            runs: Vec::new(),
            texts: Vec::new(),
            run: None,
        }
    }

    fn read(&mut self) -> Result<(), Refusal> {
        let mut events = Events::new(self.xml);
        while let Some(node) = events.next()? {
            let range = events.range.clone();
            match node {
                Node::Start(tag) => match self.start(&tag, &range) {
                    Some(open) if tag.is_empty => self.end(open, range),
                    Some(open) => self.open.push(open),
                    None if tag.is_empty => {}
                    None => events.skip()?,
                },
                Node::End => {
                    if let Some(open) = self.open.pop() {
                        self.end(open, range);
                    }
                }
                Node::Text => self.copy(range),
                Node::Entity(text) => self.entity(&text, range),
            }
        }
        Ok(())
    }

    /// The text that is being put together.
    fn builder(&mut self) -> &mut Builder {
        if self.builders.is_empty() {
            self.builders.push(Builder::default());
        }
        let last = self.builders.len() - 1;
        &mut self.builders[last]
    }

    /// What an element opens; none if it is not read.
    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Option<Open> {
        match tag.space {
            Space::Word => self.start_word(tag, range),
            Space::Math => Some(match tag.local() {
                "oMath" | "oMathPara" => self.start_run(range),
                "t" => Open::Text(None),
                _ => Open::Other,
            }),
            Space::Compatibility => match (tag.local(), self.open.last_mut()) {
                ("AlternateContent", _) => Some(Open::Alternatives { is_chosen: false }),
                // The first is the best; the last is for programs that know none.
                ("Choice" | "Fallback", Some(Open::Alternatives { is_chosen })) => {
                    (!std::mem::replace(is_chosen, true)).then_some(Open::Other)
                }
                _ => Some(Open::Other),
            },
            Space::Other => Some(Open::Other),
        }
    }

    fn start_word(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Option<Open> {
        let local = tag.local();
        if let Some(kind) = self.kind
            && local == kind.element
        {
            // Separators have a type, notes have none.
            let is_note = tag.value("type").is_none_or(|kind| kind == "normal");
            self.builders.push(Builder::default());
            return is_note.then(|| Open::Note(tag.value("id").unwrap_or_default()));
        }
        match local {
            "p" => {
                self.builder().start_paragraph();
                return Some(Open::Paragraph);
            }
            "r" => {
                let run = self.start_run(range);
                let builder = self.builder();
                builder.own = Look::default();
                builder.style = None;
                return Some(run);
            }
            "t" => return Some(self.start_text(tag, range)),
            "tbl" if self.builder().tables.len() < TABLE_LIMIT => {
                let styles = self.styles;
                self.builder().start_table(styles);
                return Some(Open::Table);
            }
            "txbxContent" => {
                if self.builders.len() > BOX_LIMIT {
                    return None;
                }
                self.builders.push(Builder::default());
                return Some(Open::TextBox);
            }
            "delText" | "instrText" | "delInstrText" | "rt" | "sectPr" | "tblGrid" | "tblPr" | "tblPrEx" => {
                return None;
            }
            _ if local.ends_with("Change") => return None,
            _ => {}
        }
        self.start_inside(tag, range)
    }

    /// An element that means something only where it stands.
    fn start_inside(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Option<Open> {
        let local = tag.local();
        if matches!(local, "showingPlcHdr" | "docPartGallery" | "sdtContent") {
            return self.form(tag).then_some(Open::Other);
        }
        let last = self.builders.len().saturating_sub(1);
        let Some(builder) = self.builders.get_mut(last) else { return Some(Open::Other) };
        match (self.open.last(), local) {
            (Some(Open::Paragraph), "pPr") => return Some(Open::ParagraphProperties),
            (Some(Open::ParagraphProperties), "rPr") => return Some(Open::MarkProperties),
            (Some(Open::ParagraphProperties), "numPr") => return Some(Open::Numbering),
            (Some(Open::ParagraphProperties), "pStyle") => builder.paragraph_style(tag.value("val")),
            (Some(Open::ParagraphProperties | Open::Numbering), _) => builder.paragraph_look().note(tag),
            (Some(Open::MarkProperties), "del" | "moveFrom") => builder.delete_mark(),
            (Some(Open::MarkProperties), _) => {}
            (Some(Open::Run(_)), "rPr") => return Some(Open::RunProperties(range.start)),
            (Some(Open::RunProperties(_)), "rStyle") => builder.style = tag.value("val"),
            (Some(Open::RunProperties(_)), _) => builder.own.note(tag),
            (Some(Open::Run(_)), _) => self.start_in_run(tag, range),
            (Some(Open::Table | Open::Form { .. } | Open::Other), "tr") if !builder.tables.is_empty() => {
                builder.rows.push(OpenRow::default());
                return Some(Open::Row);
            }
            (Some(Open::Row), "trPr") => return Some(Open::RowProperties),
            (Some(Open::RowProperties), _) => builder.row_property(tag),
            (Some(Open::Row | Open::Form { .. } | Open::Other), "tc") if !builder.rows.is_empty() => {
                builder.cells.push(OpenCell { columns: 1, ..OpenCell::default() });
                return Some(Open::Cell);
            }
            (Some(Open::Cell), "tcPr") => return Some(Open::CellProperties),
            (Some(Open::CellProperties), _) => builder.cell_property(tag),
            (_, "del" | "moveFrom") => return None,
            (_, "sdt") => return Some(Open::Form { is_unfilled: false }),
            _ => {}
        }
        Some(Open::Other)
    }

    /// What tells whether a form has been filled in, and its content: whether
    /// that is read.
    fn form(&mut self, tag: &Tag<'_>) -> bool {
        let form = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Form { is_unfilled } => Some(is_unfilled),
            _ => None,
        });
        let Some(is_unfilled) = form else { return true };
        match tag.local() {
            "showingPlcHdr" => *is_unfilled |= tag.is_on(),
            "docPartGallery" => *is_unfilled |= tag.value("val").is_some_and(|name| name == "Table of Contents"),
            _ => return !*is_unfilled,
        }
        true
    }

    /// What stands in a run beside text.
    fn start_in_run(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let element = Source::Element(range.clone());
        match tag.local() {
            "tab" | "ptab" => self.push("\t", element),
            "br" | "cr" => self.push("\n", element),
            "noBreakHyphen" => self.push("-", element),
            "sym" => {
                let code = tag.value("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
                let font = tag.value("font").unwrap_or_default();
                if let Some(character) = code.and_then(|code| symbol::character(&font, code)) {
                    self.push(character.encode_utf8(&mut [0; 4]), element);
                }
            }
            "fldChar" => self.builder().field(tag.value("fldCharType").unwrap_or_default().as_str()),
            reference => {
                let id = tag.value("id").unwrap_or_default();
                if let Some(note) = self.notes.get_mut(reference).and_then(|notes| notes.remove(&id)) {
                    let run = self.run;
                    self.builder().asides.push((note, run));
                }
            }
        }
    }

    /// A run or formula begins.
    fn start_run(&mut self, range: &Range<usize>) -> Open {
        if self.run.is_some() || self.builders.len() > 1 || self.kind.is_some() {
            return Open::Run(None);
        }
        self.run = Some(self.runs.len());
        self.runs.push(Run { xml: range.clone(), head: range.clone(), properties: range.end..range.end });
        Open::Run(self.run)
    }

    fn start_text(&mut self, tag: &Tag<'_>, range: &Range<usize>) -> Open {
        if !matches!(self.open.last(), Some(Open::Run(Some(_)))) || tag.is_empty {
            return Open::Text(None);
        }
        let keeps_space = tag.value("space").is_some_and(|space| space == "preserve");
        self.texts.push(TextElement { xml: range.clone(), head: range.clone(), keeps_space, has_space: false });
        Open::Text(Some(self.texts.len() - 1))
    }

    fn end(&mut self, open: Open, range: Range<usize>) {
        let styles = self.styles;
        match open {
            Open::Paragraph => self.builder().end_paragraph(styles),
            Open::Run(Some(number)) => {
                self.runs[number].xml.end = range.end;
                self.run = None;
            }
            Open::RunProperties(start) => {
                if let Some(Open::Run(Some(number))) = self.open.last() {
                    self.runs[*number].properties = start..range.end;
                }
            }
            Open::Text(Some(number)) => {
                let text = &mut self.texts[number];
                text.xml.end = range.end;
                let content = &self.xml[text.head.end..range.start.max(text.head.end)];
                text.has_space = content.trim() != content;
            }
            Open::Table => self.builder().end_table(styles),
            Open::Row => self.builder().end_row(),
            Open::Cell => self.builder().end_cell(styles),
            Open::TextBox => {
                if let Some(inner) = self.builders.pop() {
                    let run = self.run;
                    self.builder().asides.push((inner.finish(styles), run));
                }
            }
            Open::Note(id) => {
                if let Some(note) = self.builders.pop() {
                    self.found.insert(id, note.finish(styles));
                }
            }
            _ => {}
        }
    }

    /// Text as it is written.
    fn copy(&mut self, range: Range<usize>) {
        let Some(Open::Text(element)) = self.open.last() else { return };
        let source = match element {
            Some(element) => Source::Copied { at: range.start, element: *element },
            None => Source::Whole,
        };
        let xml = self.xml;
        // Lines of the XML are none of the text, and a text of as many bytes
        // keeps every place.
        self.push(&xml[range].replace(|letter: char| letter.is_ascii_control(), " "), source);
    }

    fn entity(&mut self, text: &str, range: Range<usize>) {
        let Some(Open::Text(element)) = self.open.last() else { return };
        let source = match element {
            Some(element) => Source::Entity { at: range.start, element: *element },
            None => Source::Whole,
        };
        self.push(&text.replace(char::is_control, " "), source);
    }

    fn push(&mut self, text: &str, source: Source) {
        let run = self.run.filter(|_| self.builders.len() == 1);
        let styles = self.styles;
        self.builder().push(text, run.map(|run| (run, source)), styles);
    }
}
