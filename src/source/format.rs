//! The one place that knows which extension means which format.

use std::path::Path;

/// How the content of a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Markdown, with or without YAML front matter.
    Markdown,
    /// HTML, a page or a fragment.
    Html,
    /// Text without markup, such as a page copied from a browser.
    Plain,
    /// A Word document.
    Word,
}

impl Format {
    /// The format that the extension of a path stands for, upper or lower
    /// case; none for an extension that no article has.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        let (_, format) = EXTENSIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(extension))?;
        Some(*format)
    }
}

const EXTENSIONS: [(&str, Format); 7] = [
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("mdx", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("txt", Format::Plain),
    ("docx", Format::Word),
];

/// The extensions of articles, for messages: ".md, .markdown, …".
pub(super) fn extensions() -> String {
    EXTENSIONS.map(|(name, _)| format!(".{name}")).join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_known_in_any_case() {
        assert_eq!(Format::of(Path::new("a/b.MD")), Some(Format::Markdown));
        assert_eq!(Format::of(Path::new("page.Htm")), Some(Format::Html));
        assert_eq!(Format::of(Path::new("notes.pdf")), None);
        assert_eq!(Format::of(Path::new("README")), None);
    }
}
