//! What the styles of a document mean for reading. Their identities are words
//! of the language that Word spoke when the document was made; the names of the
//! built-in ones are English in every document.

use super::Refusal;
use super::xml::{Events, Node, Space};
use rustc_hash::FxHashMap;

/// How many styles may be based on each other.
const CHAIN_LIMIT: usize = 32;

/// The styles by identity.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: FxHashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    look: Look,
}

/// Properties that change what is read, as far as they are given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) is_bold: Option<bool>,
    /// Not shown, or struck out.
    pub(super) is_hidden: Option<bool>,
    pub(super) is_struck: Option<bool>,
    pub(super) is_raised: Option<bool>,
    /// 0 to 8 for headings, 9 for running text.
    pub(super) outline: Option<u32>,
    /// The number of the list's definition; 0 is none.
    pub(super) list: Option<u32>,
    pub(super) level: Option<u32>,
}

impl Look {
    /// What this says, and where it is silent what the other does.
    pub(super) fn or(self, other: Self) -> Self {
        Self {
            is_bold: self.is_bold.or(other.is_bold),
            is_hidden: self.is_hidden.or(other.is_hidden),
            is_struck: self.is_struck.or(other.is_struck),
            is_raised: self.is_raised.or(other.is_raised),
            outline: self.outline.or(other.outline),
            list: self.list.or(other.list),
            level: self.level.or(other.level),
        }
    }

    /// Notes a property by the name and the tag of its element.
    pub(super) fn note(&mut self, tag: &super::xml::Tag<'_>) {
        match tag.local() {
            "b" => self.is_bold = Some(tag.is_on()),
            "vanish" => self.is_hidden = Some(tag.is_on()),
            "strike" | "dstrike" => self.is_struck = Some(tag.is_on()),
            "vertAlign" => self.is_raised = Some(tag.value("val").is_some_and(|value| value == "superscript")),
            "outlineLvl" => self.outline = tag.number(),
            "numId" => self.list = tag.number(),
            "ilvl" => self.level = tag.number(),
            _ => {}
        }
    }
}

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Title,
    /// A heading of level 1 to 9.
    Heading(u32),
    /// An item of a list, and how many lists stand around it.
    Item(u32),
    /// Goes on with the item before it.
    Continued,
    /// A table of contents or an index: what it says stands elsewhere.
    Contents,
    Text,
}

impl Styles {
    /// Reads the part of the styles.
    pub(super) fn read(xml: &str) -> Result<Self, Refusal> {
        let mut styles = Self::default();
        let mut events = Events::new(xml);
        let mut current: Option<(String, Style)> = None;
        while let Some(node) = events.next()? {
            let Node::Start(tag) = node else { continue };
            if tag.space != Space::Word {
                continue;
            }
            let local = tag.local();
            match (local, &mut current) {
                ("style", _) => {
                    if let Some((id, style)) = current.take() {
                        styles.by_id.insert(id, style);
                    }
                    let id = tag.value("styleId").unwrap_or_default();
                    let is_default =
                        tag.value("default").is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"));
                    if is_default && tag.value("type").is_some_and(|kind| kind == "paragraph") {
                        styles.default = Some(id.clone());
                    }
                    current = Some((id, Style::default()));
                }
                // How a table looks in its first row is no matter of paragraphs.
                ("tblStylePr", _) if !tag.is_empty => events.skip()?,
                ("name", Some((_, style))) => style.name = tag.value("val").unwrap_or_default().to_lowercase(),
                ("basedOn", Some((_, style))) => style.based_on = tag.value("val"),
                (_, Some((_, style))) => style.look.note(&tag),
                _ => {}
            }
        }
        if let Some((id, style)) = current {
            styles.by_id.insert(id, style);
        }
        Ok(styles)
    }

    /// The look that a style gives, with what it is based on.
    pub(super) fn look(&self, id: Option<&str>) -> Look {
        self.chain(id).fold(Look::default(), |look, (_, style)| match style {
            Some(style) => look.or(style.look),
            None => look,
        })
    }

    /// What a paragraph is by its style; its own outline level and list come
    /// first.
    pub(super) fn meaning(&self, id: Option<&str>, own: Look) -> Meaning {
        let by_outline = |outline: u32| if outline < 9 { Meaning::Heading(outline + 1) } else { Meaning::Text };
        if let Some(meaning) = own.outline.map(by_outline)
            && meaning != Meaning::Text
        {
            return meaning;
        }
        let by_style = self.chain(id).find_map(|(id, style)| {
            let named = match style {
                Some(style) => by_name(&style.name),
                // A built-in style that the document does not define.
                None => by_name(&spaced(id)),
            };
            named.or_else(|| style?.look.outline.map(by_outline))
        });
        let list = own.list.or(self.look(id).list);
        let level = own.level.or(self.look(id).level);
        match (by_style, list) {
            (Some(Meaning::Heading(_)), _) if own.outline == Some(9) => Meaning::Text,
            (Some(heading @ (Meaning::Title | Meaning::Heading(_) | Meaning::Contents)), _) => heading,
            (Some(Meaning::Item(_)), Some(0)) => Meaning::Text,
            (Some(Meaning::Item(named)), _) => Meaning::Item(level.unwrap_or(named)),
            (_, Some(1..)) => Meaning::Item(level.unwrap_or(0)),
            (Some(meaning), _) => meaning,
            (None, _) => Meaning::Text,
        }
    }

    /// A style and those that it is based on, nearest first.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = (&'s str, Option<&'s Style>)> {
        let first = id.or(self.default.as_deref());
        let next = |(_, style): &(&'s str, Option<&'s Style>)| {
            let id = (*style)?.based_on.as_deref()?;
            Some((id, self.by_id.get(id)))
        };
        std::iter::successors(first.map(|id| (id, self.by_id.get(id))), next).take(CHAIN_LIMIT)
    }
}

/// What the name of a built-in style means, in lower case.
fn by_name(name: &str) -> Option<Meaning> {
    let level = |rest: &str| rest.trim().parse().ok().filter(|level| (1..=9).contains(level));
    if let Some(level) = name.strip_prefix("heading").and_then(level) {
        return Some(Meaning::Heading(level));
    }
    for list in ["list bullet", "list number"] {
        if let Some(rest) = name.strip_prefix(list) {
            return Some(Meaning::Item(level(rest).map_or(0, |level| level - 1)));
        }
    }
    if name.starts_with("list continue") {
        return Some(Meaning::Continued);
    }
    match name {
        "title" => Some(Meaning::Title),
        "list paragraph" => Some(Meaning::Continued),
        "toc heading" | "table of figures" | "table of authorities" => Some(Meaning::Contents),
        _ if name.strip_prefix("toc ").or_else(|| name.strip_prefix("index ")).and_then(level).is_some() => {
            Some(Meaning::Contents)
        }
        _ => None,
    }
}

/// The name that an identity such as `ListBullet2` is made from.
fn spaced(id: &str) -> String {
    let mut name = String::new();
    let mut before = ' ';
    for character in id.chars() {
        let begins = character.is_uppercase() && !before.is_uppercase()
            || character.is_ascii_digit() && !before.is_ascii_digit();
        if begins && !name.is_empty() {
            name.push(' ');
        }
        name.extend(character.to_lowercase());
        before = character;
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn styles() -> Styles {
        let style = |id: &str, name: &str, rest: &str| {
            format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{rest}</w:style>")
        };
        let xml = format!(
            "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{}{}{}{}{}{}</w:styles>",
            style("berschrift2", "heading 2", "<w:pPr><w:outlineLvl w:val=\"1\"/></w:pPr>"),
            style("Dosis", "Dosis", "<w:basedOn w:val=\"berschrift2\"/>"),
            style(
                "Fett",
                "Fett",
                "<w:basedOn w:val=\"Dosis\"/><w:pPr><w:outlineLvl w:val=\"9\"/></w:pPr><w:rPr><w:b/></w:rPr>"
            ),
            style("Liste", "List Bullet 2", ""),
            style("Punkt", "Punkt", "<w:pPr><w:numPr><w:numId w:val=\"4\"/></w:numPr></w:pPr>"),
            style("Kreis", "Kreis", "<w:basedOn w:val=\"Kreis\"/>"),
        );
        Styles::read(&xml).unwrap()
    }

    #[test]
    fn styles_mean_what_they_are_based_on() {
        let styles = styles();
        let meaning = |id: &str| styles.meaning(Some(id), Look::default());
        assert_eq!(meaning("berschrift2"), Meaning::Heading(2));
        assert_eq!(meaning("Dosis"), Meaning::Heading(2));
        assert_eq!(meaning("Fett"), Meaning::Text);
        assert_eq!(styles.look(Some("Fett")).is_bold, Some(true));
        assert_eq!(meaning("Liste"), Meaning::Item(1));
        assert_eq!(meaning("Punkt"), Meaning::Item(0));
        assert_eq!(meaning("Kreis"), Meaning::Text);
        assert_eq!(styles.meaning(None, Look::default()), Meaning::Text);
    }

    #[test]
    fn what_a_paragraph_says_itself_comes_first() {
        let styles = styles();
        let own = |outline, list| Look { outline, list, ..Look::default() };
        assert_eq!(styles.meaning(Some("Punkt"), own(None, Some(0))), Meaning::Text);
        assert_eq!(styles.meaning(Some("Punkt"), own(Some(0), None)), Meaning::Heading(1));
        assert_eq!(styles.meaning(Some("Dosis"), own(Some(9), None)), Meaning::Text);
        assert_eq!(styles.meaning(None, own(None, Some(3))), Meaning::Item(0));
    }

    #[test]
    fn styles_that_are_not_defined_are_known_by_their_identity() {
        let styles = Styles::default();
        let meaning = |id: &str| styles.meaning(Some(id), Look::default());
        assert_eq!(meaning("Heading3"), Meaning::Heading(3));
        assert_eq!(meaning("Title"), Meaning::Title);
        assert_eq!(meaning("ListParagraph"), Meaning::Continued);
        assert_eq!(meaning("TOC1"), Meaning::Contents);
    }
}
