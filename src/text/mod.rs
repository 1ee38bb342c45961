//! From the bytes of a file to its article: blocks of plain text, each with
//! the way back to the bytes it came from and with its place in the article.
//!
//! Reading never fails: it returns an article and its problems.

pub mod token;

use crate::problem::Problem;
use crate::span::Span;
use std::ops::Range;

/// One file of content.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The blocks in the order of the file. [`BlockId`]s index this list; a
    /// block's place only refers to blocks before it.
    pub blocks: Vec<Block>,
    /// What could not be read as meant.
    pub problems: Vec<Problem>,
    /// When the article says it was last changed (front matter or "Last
    /// updated"), as written.
    pub updated: Option<String>,
}

/// The index of a block in [`Article::blocks`].
pub type BlockId = usize;

/// A heading, paragraph, list item, table cell or front-matter value.
#[derive(Clone, Debug)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its plain text: markup removed, entities decoded, line breaks inside
    /// it turned into single spaces (hard breaks stay `\n`).
    pub text: String,
    /// The way back from `text` to the file.
    pub map: TextMap,
    /// Ranges of `text` that stand in bold (`**…**`, `__…__`, `<b>`, `<strong>`).
    pub bold: Vec<Range<usize>>,
    /// Where it stands.
    pub place: Place,
}

impl Block {
    /// The bytes of the file that a range of this block's text came from.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.map.span(range)
    }
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The title of the article: front-matter `title`, `<title>`, or the first
    /// line of a plain text.
    Title,
    /// A heading of level 1 to 6.
    Heading(u8),
    /// A paragraph, or any other text that is nothing more special.
    Paragraph,
    /// A list item; depth 0 is the outermost list.
    ListItem {
        /// How many lists stand around its list.
        depth: u8,
    },
    /// A cell of a table.
    TableCell,
    /// A question of a list of questions and answers.
    Question,
    /// A value of the front matter that is neither title nor question nor answer.
    FrontMatter {
        /// The path of keys to it, such as `description` or `tags.0`.
        key: String,
    },
    /// A term of a definition list.
    Term,
}

/// Where a block stands. Everything refers to earlier blocks.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The headings above it, outermost first (the title is not among them).
    pub headings: Vec<BlockId>,
    /// What introduces it: the paragraph right before its list, and the list
    /// items it is nested in, outermost first.
    pub leads: Vec<BlockId>,
    /// The first cell of its table row, for cells after the first.
    pub row_header: Option<BlockId>,
    /// The header cell of its table column, for cells below the header row.
    pub column_header: Option<BlockId>,
    /// The question that it answers.
    pub question: Option<BlockId>,
    /// The number of its table row, from 0 (the header row); blocks of one
    /// row of one table share it and `table`.
    pub row: Option<usize>,
    /// The number of its table in the article, from 0.
    pub table: Option<usize>,
    /// The number of its list in the article, from 0, for list items: items of
    /// one list share it.
    pub list: Option<usize>,
}

/// The way back from a block's text to the bytes of the file.
///
/// Pieces are in order, cover the text without gaps, and are either copied
/// (as many text bytes as file bytes, the same ones) or replaced (an entity,
/// an escape, a line break: the whole piece stands for the whole span).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextMap {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    /// Where the piece starts in the text.
    text_start: usize,
    /// The bytes of the file.
    file: Span,
    /// Whether text and file bytes are the same.
    copied: bool,
}

impl TextMap {
    /// The bytes of the file that a range of the text came from.
    pub fn span(&self, range: Range<usize>) -> Span {
        let first = self.pieces.first().map_or(0, |piece| piece.file.start);
        Span::new(first + range.start, first + range.end)
    }
}
