//! What each element of HTML means for reading.

use super::page::is_folded;
use html5gum::StartTag;

/// What an element is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Stands inside a line and changes nothing.
    Inline,
    Bold,
    Superscript,
    /// Ends a line.
    Break,
    Rule,
    /// Ends what came before; a paragraph.
    Block,
    /// The banner of a page; inside an article, a part of it.
    Frame,
    /// Never text of an article.
    Hidden,
    Title,
    Heading(u8),
    /// The line that stays when the rest is folded away.
    Summary,
    List,
    Item,
    Definitions,
    Term,
    /// Headings inside it end with it.
    Container,
    Caption,
    Preformatted,
    Table,
    Row,
    Cell {
        is_header: bool,
    },
}

impl Kind {
    /// Whether it stands inside a line.
    pub(super) fn is_inline(self) -> bool {
        matches!(self, Self::Inline | Self::Bold | Self::Superscript | Self::Break)
    }
}

/// The kind of an element by its name, in lower case.
pub(super) fn kind(name: &[u8]) -> Kind {
    match name {
        b"b" | b"strong" => Kind::Bold,
        b"sup" => Kind::Superscript,
        b"br" => Kind::Break,
        b"hr" => Kind::Rule,
        b"title" => Kind::Title,
        b"h1" => Kind::Heading(1),
        b"h2" => Kind::Heading(2),
        b"h3" => Kind::Heading(3),
        b"h4" => Kind::Heading(4),
        b"h5" => Kind::Heading(5),
        b"h6" => Kind::Heading(6),
        b"summary" => Kind::Summary,
        b"ul" | b"ol" | b"menu" | b"dir" => Kind::List,
        b"li" => Kind::Item,
        b"dl" => Kind::Definitions,
        b"dt" => Kind::Term,
        b"blockquote" | b"details" => Kind::Container,
        b"caption" => Kind::Caption,
        b"pre" => Kind::Preformatted,
        b"table" => Kind::Table,
        b"tr" => Kind::Row,
        b"td" => Kind::Cell { is_header: false },
        b"th" => Kind::Cell { is_header: true },
        b"header" => Kind::Frame,
        // Not `form`: whole pages are wrapped in one.
        b"nav" | b"footer" | b"aside" | b"script" | b"style" | b"template" | b"noscript" | b"svg" | b"math"
        | b"iframe" | b"object" | b"select" | b"button" | b"textarea" | b"audio" | b"video" | b"canvas" | b"del"
        | b"s" | b"strike" => Kind::Hidden,
        b"a" | b"abbr" | b"acronym" | b"bdi" | b"bdo" | b"big" | b"cite" | b"code" | b"data" | b"dfn" | b"em"
        | b"font" | b"i" | b"img" | b"input" | b"ins" | b"kbd" | b"label" | b"link" | b"mark" | b"meta" | b"q"
        | b"samp" | b"small" | b"source" | b"span" | b"sub" | b"time" | b"tt" | b"u" | b"var" | b"wbr" => Kind::Inline,
        // Elements that Word puts among those of HTML, such as `o:p`.
        _ if name.contains(&b':') => Kind::Inline,
        // Unknown elements of web components, which may be either, mostly
        // stand around blocks.
        _ => Kind::Block,
    }
}

/// Whether an element has no content and no end.
pub(super) fn is_void(name: &[u8]) -> bool {
    matches!(
        name,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"wbr"
    )
}

/// Whether an element stays open when another of its name begins.
pub(super) fn stays_open(name: &[u8]) -> bool {
    !matches!(name, b"p" | b"li" | b"dt" | b"dd" | b"tr" | b"td" | b"th" | b"option")
}

/// Whether an element is not shown. What only waits until a reader opens it is
/// text like any other.
pub(super) fn is_hidden(tag: &StartTag<usize>) -> bool {
    let value = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).to_lowercase());
    let style: String = value(b"style").unwrap_or_default().split_ascii_whitespace().collect();
    // Word's own copy of a bullet, and its comments.
    if ["mso-list:ignore", "mso-element:comment", "mso-hide:all"].iter().any(|word| style.contains(word)) {
        return true;
    }
    let is_shut = value(b"hidden").is_some()
        || value(b"aria-hidden").is_some_and(|value| value == "true")
        || style.contains("display:none");
    let names = [value(b"class"), value(b"id"), value(b"role")];
    is_shut && !names.into_iter().flatten().any(|names| is_folded(&names))
}

/// The level, from 1, of the list that Word has written as paragraphs.
pub(super) fn word_level(tag: &StartTag<usize>) -> Option<usize> {
    /// Word has nine.
    const DEEPEST: usize = 9;
    let style = tag.attributes.get(b"style".as_slice())?;
    let style = String::from_utf8_lossy(style).to_lowercase();
    let (_, list) = style.split_once("mso-list:")?;
    let (_, level) = list.split(';').next()?.split_once("level")?;
    let digits: String = level.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().map(|level: usize| level.clamp(1, DEEPEST))
}

/// A number in an attribute, 1 where there is none.
pub(super) fn count(tag: &StartTag<usize>, attribute: &[u8]) -> usize {
    let value = tag.attributes.get(attribute).and_then(|value| std::str::from_utf8(value).ok());
    value.and_then(|value| value.trim().parse().ok()).unwrap_or(1)
}
