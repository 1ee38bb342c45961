//! The article as it grows: which headings, lists, tables and questions are
//! open, and so where each new block stands.
//!
//! The readers of the formats say what they see, in the order of the file;
//! only this module knows how that becomes a [`Place`].

mod table;

use super::dates;
use super::faq::{self, is_question};
use super::inline::{Content, Inline};
use super::{Article, Block, BlockId, BlockKind, Exchange, Place};
use crate::dated::Dated;
use crate::problem::Problem;
use crate::source::Source;
use crate::span::Span;
pub(super) use table::Cell;
use table::Table;

/// How many headings and lists may stand inside each other. A block's place
/// lists all of them, so a file nested without bound would cost the square of
/// its length.
const DEPTH_LIMIT: usize = 32;

/// The rank of a line in bold that stands as a heading, below the six levels
/// of real headings.
const BOLD_RANK: u8 = 7;

/// The longest line in bold, in words, that is a heading rather than a warning.
const BOLD_HEADING_WORDS: usize = 12;

/// Collects the blocks of one article.
#[derive(Debug)]
pub(super) struct Outline<'s> {
    pub(super) source: &'s Source,
    article: Article,
    open: Vec<Open>,
    lists: Vec<List>,
    containers: Vec<Container>,
    table: Option<Table>,
    /// The paragraph right before, as long as nothing stands between.
    previous: Option<BlockId>,
    /// The kind that all blocks get, while a front-matter value is read.
    front_matter: Option<BlockKind>,
    list_count: usize,
    table_count: usize,
    /// Lists that were opened beyond the limit.
    deep_lists: usize,
    is_deep: bool,
}

/// A heading or question whose part of the article has not ended.
#[derive(Debug)]
struct Open {
    block: BlockId,
    /// A new one ends those of the same or a greater rank.
    rank: u8,
    is_heading: bool,
    is_question: bool,
    /// Whether text has followed since.
    is_answered: bool,
}

#[derive(Debug)]
struct List {
    /// Its number; none for a list of definitions.
    id: Option<usize>,
    /// The paragraph right before it.
    lead: Option<BlockId>,
    /// The first paragraph of the current item, or the current term.
    item: Option<BlockId>,
}

/// A quote or the like: headings inside it end with it, and end none outside.
#[derive(Debug)]
struct Container {
    open: usize,
    lists: usize,
    /// The paragraph right before what follows it.
    previous: Option<BlockId>,
}

impl<'s> Outline<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self {
            source,
            article: Article::default(),
            open: Vec::new(),
            lists: Vec::new(),
            containers: Vec::new(),
            table: None,
            previous: None,
            front_matter: None,
            list_count: 0,
            table_count: 0,
            deep_lists: 0,
            is_deep: false,
        }
    }

    /// The article, with everything still open closed by the end of the file.
    pub(super) fn finish(mut self) -> Article {
        if self.is_deep {
            let message = format!("nested more than {DEPTH_LIMIT} levels deep; deeper levels are read as one");
            self.problem(Problem::part(&self.source.path, message));
        }
        if self.article.blocks.len() == self.article.unsaid.len() && self.article.problems.is_empty() {
            self.problem(Problem::part(&self.source.path, "no text in this file"));
        }
        self.article
    }

    /// Notes a problem.
    pub(super) fn problem(&mut self, problem: Problem) {
        self.article.problems.push(problem);
    }

    /// Notes a problem at a place of the file.
    pub(super) fn problem_at(&mut self, span: Span, message: impl Into<String>, help: &str) {
        let problem = Problem::part(&self.source.path, message).with_help(help);
        self.problem(problem.at(span, &self.source.text));
    }

    /// The id that the next block gets.
    pub(super) fn next(&self) -> BlockId {
        self.article.blocks.len()
    }

    /// Notes a question of the front matter with its answer.
    pub(super) fn exchange(&mut self, exchange: Exchange) {
        self.article.exchanges.push(exchange);
    }

    /// Notes a date of the article; the most telling one counts.
    pub(super) fn dated(&mut self, dated: Dated) {
        self.article.dated = Some(match self.article.dated.take() {
            Some(known) => known.most_telling(dated),
            None => dated,
        });
    }

    /// Whether there is a date.
    pub(super) fn has_date(&self) -> bool {
        self.article.dated.is_some()
    }

    /// Whether there is a title.
    pub(super) fn has_title(&self) -> bool {
        self.article.blocks.iter().any(|block| block.kind == BlockKind::Title)
    }

    /// The title; no other block stands under it by its place.
    pub(super) fn title(&mut self, content: Content) {
        self.push(BlockKind::Title, content, Place::default());
    }

    /// From here on all blocks are values of this key of the front matter;
    /// with `None`, blocks are what they are again.
    pub(super) fn front_matter(&mut self, key: Option<&str>) {
        self.front_matter = key.map(|key| BlockKind::FrontMatter { key: key.to_string() });
    }

    /// A heading of level 1 to 6.
    pub(super) fn heading(&mut self, level: u8, content: Content) {
        self.ranked_heading(level, level, content);
    }

    /// A heading whose rank among the others is finer than its level.
    pub(super) fn ranked_heading(&mut self, rank: u8, level: u8, content: Content) {
        let is_question = is_question(&content.text);
        self.close(rank);
        self.open(BlockKind::Heading(level.clamp(1, 6)), rank, content, is_question);
    }

    /// A line that stands as a heading without being one: in bold, or the
    /// summary of details.
    pub(super) fn bold_heading(&mut self, content: Content) {
        self.ranked_heading(BOLD_RANK, 6, content);
    }

    /// A question that the text up to the next heading or question answers.
    pub(super) fn question(&mut self, content: Content) {
        let rank = BOLD_RANK + self.lists.len() as u8;
        self.close(rank);
        self.open(BlockKind::Question, rank, content, true);
    }

    /// A paragraph: of the running text, or of the list item or definition
    /// that is open.
    pub(super) fn paragraph(&mut self, content: Content) {
        if self.front_matter.is_some() {
            self.text(content);
            return;
        }
        if self.lists.is_empty() && content.is_bold() && is_bold_heading(&content.text) {
            self.bold_heading(content);
            return;
        }
        if let Some(dated) = dates::of_line(&content.text) {
            self.dated(dated);
        }
        let exchange = faq::split(content);
        if let Some(question) = exchange.question {
            self.question(question);
        }
        if let Some(rest) = exchange.rest {
            self.text(rest);
        }
    }

    /// A quote or the like begins.
    pub(super) fn start_container(&mut self) {
        self.containers.push(Container { open: self.open.len(), lists: self.lists.len(), previous: None });
    }

    /// A note or a box begins, which does not come between what stands before
    /// and behind it. It ends as other containers do.
    pub(super) fn start_aside(&mut self) {
        let previous = self.previous.take();
        self.containers.push(Container { open: self.open.len(), lists: self.lists.len(), previous });
    }

    /// The innermost quote or the like ends.
    pub(super) fn end_container(&mut self) {
        if let Some(container) = self.containers.pop() {
            self.open.truncate(container.open);
            self.lists.truncate(container.lists);
            self.previous = container.previous;
        }
    }

    /// A list begins.
    pub(super) fn start_list(&mut self) {
        let id = self.list_count;
        self.list_count += 1;
        self.push_list(Some(id));
    }

    /// A list of terms and definitions begins.
    pub(super) fn start_definitions(&mut self) {
        self.push_list(None);
    }

    fn push_list(&mut self, id: Option<usize>) {
        if self.lists.len() >= DEPTH_LIMIT {
            self.deep_lists += 1;
            self.is_deep = true;
            return;
        }
        let lead = self.previous.take();
        self.lists.push(List { id, lead, item: None });
    }

    /// The innermost list ends.
    pub(super) fn end_list(&mut self) {
        self.previous = None;
        if self.deep_lists > 0 {
            self.deep_lists -= 1;
        } else {
            self.lists.pop();
        }
    }

    /// The next item of the innermost list begins.
    pub(super) fn start_item(&mut self) {
        self.previous = None;
        let rank = BOLD_RANK + self.lists.len() as u8;
        if let Some(list) = self.lists.last_mut() {
            list.item = None;
            // A question without an answer in its own item is answered by the
            // items after it.
            let is_done = |open: &Open| !open.is_heading && open.rank >= rank && open.is_answered;
            while self.open.last().is_some_and(is_done) {
                self.open.pop();
            }
        }
    }

    /// A term of a list of definitions; what follows defines it.
    pub(super) fn term(&mut self, content: Content) {
        self.start_item();
        let term = self.push_here(BlockKind::Term, content);
        if let Some(list) = self.lists.last_mut() {
            list.item = Some(term);
        }
    }

    /// A rule or the like: what stands before it introduces nothing after it.
    pub(super) fn gap(&mut self) {
        self.previous = None;
    }

    fn text(&mut self, content: Content) {
        let depth = self.lists.iter().filter(|list| list.id.is_some()).count();
        let kind = match self.lists.last() {
            Some(List { id: Some(_), .. }) => BlockKind::ListItem { depth: (depth - 1) as u8 },
            _ => BlockKind::Paragraph,
        };
        let block = self.push_here(kind, content);
        if let Some(list) = self.lists.last_mut() {
            list.item.get_or_insert(block);
        }
        self.previous = Some(block);
    }

    /// Ends the headings and questions of this rank and below.
    fn close(&mut self, rank: u8) {
        let floor = self.containers.last().map_or(0, |container| container.open);
        while self.open.len() > floor && self.open.last().is_some_and(|open| open.rank >= rank) {
            self.open.pop();
        }
    }

    fn open(&mut self, kind: BlockKind, rank: u8, content: Content, is_question: bool) {
        let is_heading = kind != BlockKind::Question;
        let block = self.push_here(kind, content);
        self.previous = None;
        if self.open.len() < DEPTH_LIMIT {
            self.open.push(Open { block, rank, is_heading, is_question, is_answered: false });
        } else {
            self.is_deep = true;
        }
    }

    /// Adds a block at the current place.
    fn push_here(&mut self, kind: BlockKind, content: Content) -> BlockId {
        let place = self.place();
        if !matches!(kind, BlockKind::Heading(_) | BlockKind::Question) {
            for open in self.open.iter_mut().rev().take_while(|open| !open.is_answered) {
                open.is_answered = true;
            }
        }
        let kind = self.front_matter.clone().unwrap_or(kind);
        self.push(kind, content, place)
    }

    /// Adds what the text leaves unsaid; it stands nowhere in the file.
    pub(super) fn unsaid(&mut self, words: &str) {
        let mut inline = Inline::default();
        inline.replace(Span::new(0, 0), words.trim());
        inline.take().into_iter().for_each(|content| self.unsaid_value(content));
    }

    /// Adds what the text leaves unsaid and a value of the front matter says.
    pub(super) fn unsaid_value(&mut self, content: Content) {
        let block = self.push(BlockKind::Unsaid, content, Place::default());
        self.article.unsaid.push(block);
    }

    fn push(&mut self, kind: BlockKind, content: Content, place: Place) -> BlockId {
        let Content { text, map, bold, .. } = content;
        self.article.blocks.push(Block { kind, text, map, bold, place });
        self.article.blocks.len() - 1
    }

    fn place(&self) -> Place {
        let headings = self.open.iter().filter(|open| open.is_heading).map(|open| open.block).collect();
        let question = self.open.iter().rev().find(|open| open.is_question).map(|open| open.block);
        let mut leads: Vec<BlockId> = self.lists.iter().flat_map(|list| [list.lead, list.item]).flatten().collect();
        // The item's own paragraph may also be what stands right before the
        // list inside it.
        leads.dedup();
        Place { headings, leads, question, list: self.lists.last().and_then(|list| list.id), ..Place::default() }
    }
}

/// Whether a line in bold names what follows, rather than warns of something.
fn is_bold_heading(text: &str) -> bool {
    let ends_as_sentence = text.ends_with(['.', ';', ',', '!']);
    !ends_as_sentence && !text.contains('\n') && text.split_whitespace().count() <= BOLD_HEADING_WORDS
}
