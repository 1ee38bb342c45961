//! The XML of the parts of a document, event by event.

use super::Refusal;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;
use std::borrow::Cow;
use std::ops::Range;

/// The vocabulary that an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// WordprocessingML.
    Word,
    /// Office Math.
    Math,
    /// Alternatives for programs of different age.
    Compatibility,
    Other,
}

/// The namespaces that are told apart, those of ISO's strict form included.
const SPACES: [(&str, Space); 5] = [
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", Space::Word),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", Space::Word),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", Space::Math),
    ("http://purl.oclc.org/ooxml/officeDocument/math", Space::Math),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", Space::Compatibility),
];

/// What comes next.
#[derive(Debug)]
pub(super) enum Node<'x> {
    /// An element begins; an empty one ends at once, too.
    Start(Tag<'x>),
    /// An element ends.
    End,
    /// Text as it is written.
    Text,
    /// An entity or a character by its number; empty where it stands for none.
    Entity(String),
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Tag<'x> {
    pub(super) space: Space,
    pub(super) is_empty: bool,
    start: BytesStart<'x>,
}

impl Tag<'_> {
    /// The name without its prefix.
    pub(super) fn local(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute by its name without prefix.
    pub(super) fn value(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let attribute =
            attributes.with_checks(false).flatten().find(|one| one.key.local_name().into_inner() == name)?;
        Some(unescaped(&attribute.value).into_owned())
    }

    /// The number in the attribute `val`.
    pub(super) fn number(&self) -> Option<u32> {
        self.value("val")?.trim().parse().ok()
    }

    /// Whether a property that can be switched on and off is on.
    pub(super) fn is_on(&self) -> bool {
        self.value("val").is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off"))
    }
}

/// A text with its entities resolved; as it is where they are none.
fn unescaped(raw: &str) -> Cow<'_, str> {
    quick_xml::escape::unescape(raw).unwrap_or(Cow::Borrowed(raw))
}

/// The events of one part, with the bytes of each.
pub(super) struct Events<'x> {
    reader: NsReader<&'x [u8]>,
    /// The bytes of the last event.
    pub(super) range: Range<usize>,
    depth: usize,
}

/// How deep elements may stand inside each other. Word refuses far less.
const DEPTH_LIMIT: usize = 4096;

impl<'x> Events<'x> {
    pub(super) fn new(xml: &'x str) -> Self {
        Self { reader: NsReader::from_str(xml), range: 0..0, depth: 0 }
    }

    /// The next event; none at the end.
    pub(super) fn next(&mut self) -> Result<Option<Node<'x>>, Refusal> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| damaged(&error.to_string()))?;
            self.range = start..self.position();
            let node = match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > DEPTH_LIMIT {
                        return Err(damaged(&format!("elements nested more than {DEPTH_LIMIT} deep")));
                    }
                    Node::Start(self.tag(start, false))
                }
                Event::Empty(start) => Node::Start(self.tag(start, true)),
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Event::Text(_) => Node::Text,
                Event::GeneralRef(name) => Node::Entity(match name.resolve_char_ref() {
                    Ok(Some(character)) => character.to_string(),
                    _ => quick_xml::escape::resolve_xml_entity(&name).unwrap_or_default().to_owned(),
                }),
                // Its text stands for itself, but its place cannot be divided.
                Event::CData(text) => Node::Entity(text.into_inner().into_owned()),
                Event::Eof if self.depth > 0 => return Err(damaged("the XML breaks off")),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            };
            return Ok(Some(node));
        }
    }

    /// Passes all of the element that has just begun.
    pub(super) fn skip(&mut self) -> Result<(), Refusal> {
        let outside = self.depth - 1;
        while self.depth > outside {
            if self.next()?.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn tag(&self, start: BytesStart<'x>, is_empty: bool) -> Tag<'x> {
        let space = match self.reader.resolver().resolve_element(start.name()).0 {
            ResolveResult::Bound(Namespace(name)) => {
                SPACES.iter().find(|(known, _)| *known == name).map_or(Space::Other, |(_, space)| *space)
            }
            _ => Space::Other,
        };
        Tag { space, is_empty, start }
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }
}

/// What the properties of a document say of it.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub(super) title: Option<String>,
    pub(super) modified: Option<String>,
}

/// Reads the core properties.
pub(super) fn properties(xml: &str) -> Result<Properties, Refusal> {
    let mut properties = Properties::default();
    let mut events = Events::new(xml);
    while let Some(node) = events.next()? {
        let Node::Start(tag) = node else { continue };
        let local = tag.local().to_owned();
        if tag.is_empty || !matches!(local.as_str(), "title" | "modified") {
            continue;
        }
        let text = text(xml, &mut events)?;
        match local.as_str() {
            "title" if !text.is_empty() => properties.title = Some(text),
            // The time of day does not matter to anybody.
            "modified" => properties.modified = text.get(..10).map(str::to_owned),
            _ => {}
        }
    }
    Ok(properties)
}

/// The text of the element that has just begun, as one line.
fn text(xml: &str, events: &mut Events<'_>) -> Result<String, Refusal> {
    let mut text = String::new();
    let outside = events.depth - 1;
    while events.depth > outside {
        match events.next()? {
            Some(Node::Text) => text.push_str(&xml[events.range.clone()]),
            Some(Node::Entity(entity)) => text.push_str(&entity),
            Some(_) => {}
            None => break,
        }
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    Ok(words.join(" ").replace(char::is_control, " "))
}

/// The relationships of a part: identity, type and target of each.
pub(super) fn relationships(xml: &str) -> Result<Vec<(String, String, String)>, Refusal> {
    let mut found = Vec::new();
    let mut events = Events::new(xml);
    while let Some(node) = events.next()? {
        if let Node::Start(tag) = node
            && tag.local() == "Relationship"
            && tag.value("TargetMode").is_none_or(|mode| mode != "External")
        {
            let value = |name| tag.value(name).unwrap_or_default();
            found.push((value("Id"), value("Type"), value("Target")));
        }
    }
    Ok(found)
}

/// The content types of parts that have one of their own: name and type.
pub(super) fn content_types(xml: &str) -> Result<Vec<(String, String)>, Refusal> {
    let mut found = Vec::new();
    let mut events = Events::new(xml);
    while let Some(node) = events.next()? {
        if let Node::Start(tag) = node
            && tag.local() == "Override"
        {
            let value = |name| tag.value(name).unwrap_or_default();
            found.push((value("PartName"), value("ContentType")));
        }
    }
    Ok(found)
}

/// Puts XML at the end of what the root of a part holds.
pub(super) fn with_last(xml: &str, last: &str) -> Result<String, Refusal> {
    let mut events = Events::new(xml);
    let mut end = None;
    while let Some(node) = events.next()? {
        match node {
            Node::Start(tag) if tag.is_empty && end.is_none() => {
                let slash = xml[..events.range.end].rfind('/').unwrap_or(events.range.end);
                let name = tag.start.name().into_inner();
                let (before, after) = (&xml[..slash], &xml[events.range.end..]);
                return Ok(format!("{before}>{last}</{name}>{after}"));
            }
            Node::Start(_) => end = Some(xml.len()),
            Node::End => end = Some(events.range.start),
            _ => {}
        }
    }
    let end = end.ok_or_else(|| damaged("a part without a root"))?;
    Ok(format!("{}{last}{}", &xml[..end], &xml[end..]))
}

/// The name of the root of a part as it is written, with its prefix.
pub(super) fn root(xml: &str) -> Result<String, Refusal> {
    let mut events = Events::new(xml);
    while let Some(node) = events.next()? {
        if let Node::Start(tag) = node {
            return Ok(tag.start.name().into_inner().to_owned());
        }
    }
    Err(damaged("a part without a root"))
}

/// The greatest number in the attribute `id` of the elements of WordprocessingML
/// whose names are given; none if there is none.
pub(super) fn greatest_id(xml: &str, names: &[&str]) -> Result<Option<u64>, Refusal> {
    let mut greatest = None;
    let mut events = Events::new(xml);
    while let Some(node) = events.next()? {
        if let Node::Start(tag) = node
            && tag.space == Space::Word
            && names.contains(&tag.local())
        {
            greatest = greatest.max(tag.value("id").and_then(|id| id.trim().parse().ok()));
        }
    }
    Ok(greatest)
}

/// The refusal of a document that is not what it should be.
pub(super) fn damaged(why: &str) -> Refusal {
    let why = why.lines().next().unwrap_or_default();
    Refusal::new(
        format!("the Word document is damaged: {why}"),
        "open it in Word, which offers to repair it, and save it anew",
    )
}
