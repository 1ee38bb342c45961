//! What each element of HTML means for reading.

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
