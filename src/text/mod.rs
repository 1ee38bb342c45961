//! From the bytes of a file to its article: blocks of plain text, each with
//! the way back to the bytes it came from and with its place in the article.
//!
//! Reading never fails: it returns an article and its problems.

mod admonition;
mod dates;
mod faq;
mod front_matter;
mod html;
mod inline;
mod map;
mod markdown;
mod outline;
mod plain;
pub mod token;
mod word;
pub mod words;
mod wrap;
mod yaml;

pub use map::TextMap;

use crate::dated::Dated;
use crate::problem::Problem;
use crate::source::{Format, Source};
use crate::span::Span;
use map::Mapped;
use outline::Outline;
use std::ops::Range;

/// Reads a file into its article. Never fails: what could not be read as
/// meant is read in a simpler way and noted in [`Article::problems`].
pub fn read(source: &Source) -> Article {
    let mut outline = Outline::new(source);
    source.frame.unsaid.iter().for_each(|words| outline.unsaid(words));
    // A byte order mark is no text, but spans still count it.
    let start = if source.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    match source.format {
        Format::Markdown => {
            let body = front_matter::read(&mut outline, start);
            markdown::read(&mut outline, &Mapped::part(&source.text, body..source.text.len()));
        }
        Format::Html => html::read(&mut outline, &Mapped::part(&source.text, start..source.text.len())),
        Format::Plain => plain::read(&mut outline, &Mapped::part(&source.text, start..source.text.len())),
        Format::Word => {
            if let Some(document) = &source.document {
                word::read(&mut outline, &Mapped::part(&source.text, 0..source.text.len()), document);
            }
        }
    }
    outline.finish()
}

/// Where the front matter of a Markdown file lies, without the lines around it.
pub fn front_matter(text: &str) -> Option<Range<usize>> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let inner = front_matter::range(&text[start..])?;
    Some(start + inner.start..start + inner.end)
}

/// One file of content.
#[derive(Clone, Debug, Default)]
pub struct Article {
    /// The blocks in the order of the file. [`BlockId`]s index this list; a
    /// block's place only refers to blocks before it.
    pub blocks: Vec<Block>,
    /// What could not be read as meant.
    pub problems: Vec<Problem>,
    /// The blocks of what the text leaves unsaid, outermost first.
    pub unsaid: Vec<BlockId>,
    /// When the article says it was last seen to (front matter, "Last updated",
    /// the head of a page), by the most telling of its dates.
    pub dated: Option<Dated>,
    /// The questions of the front matter with their answers, in order.
    pub exchanges: Vec<Exchange>,
}

/// A question of the front matter with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// The question.
    pub question: BlockId,
    /// What the value of the question goes on with: its own answer.
    pub held: Range<BlockId>,
    /// The value of the answer.
    pub answers: Range<BlockId>,
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
    /// What the text leaves unsaid, as a heading above all of it.
    Unsaid,
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
