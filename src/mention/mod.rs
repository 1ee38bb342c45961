//! From blocks to mentions: the recognised pieces of a block, each with its
//! place. One pass with the vocabulary, one over the numbers.

mod age;
mod amount;
mod bound;
mod frequency;
mod measure;
pub mod number;
mod patient;
mod range;
mod reader;
mod resolve;
pub mod sentence;
mod share;
mod time;
mod unit;

use crate::quantity::{Amount, Band, Frequency, Interval, Name};
use crate::text::token::{self, Token};
use crate::text::words::Words;
use crate::text::{Article, Block, BlockKind, Place, TextMap};
use crate::vocabulary::{ClassId, ConditionId, CueKind, CueSet, PopulationId, Vocabulary};
use reader::Reader;
use rust_decimal::Decimal;
use std::ops::Range;

/// What a block says, piece by piece.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The tokens of the block's text.
    pub tokens: Vec<Token>,
    /// The tokens in lower case.
    pub words: Words,
    /// Its sentences, as ranges of tokens.
    pub sentences: Vec<Range<usize>>,
    /// Its mentions, by the token they start at; mentions of different
    /// families may overlap.
    pub mentions: Vec<Mention>,
    /// The kinds of the cues among them.
    pub cues: CueSet,
}

/// A recognised piece of a block.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// The tokens that write it.
    pub tokens: Range<usize>,
    /// What it is.
    pub what: What,
}

/// What a mention is.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// One drug, or the components of a combination, sorted.
    Drugs(Vec<Name>),
    /// A class of drugs.
    Class(ClassId, Name),
    /// A condition.
    Condition(ConditionId),
    /// A group of patients.
    Population(PopulationId),
    /// A route of administration, canonical.
    Route(Name),
    /// A pharmaceutical form.
    Form(Name),
    /// A release form ("modified release"), which changes the dose.
    Release(Name),
    /// What narrows a condition ("severe", "recent"), canonical.
    Modifier(Name),
    /// A number of times a day, a week, …
    Frequency(Frequency),
    /// "daily", "a day": a whole day's amount, or once a day.
    Daily,
    /// "in divided doses", with the number of doses where it is said.
    Divided(Option<Interval>),
    /// An amount of something.
    Amount(Box<Measured>),
    /// A stretch of time in days; `None` for "several weeks".
    Duration(Option<Interval>),
    /// "every 3 to 5 days", in days.
    Every(Interval),
    /// Percentages as written.
    Percent(Interval),
    /// So many of so many: "23/38", "1 in 4".
    Share {
        /// How many.
        part: Decimal,
        /// Of how many.
        whole: Decimal,
    },
    /// An age in years.
    Age(Band),
    /// A body weight in kilograms.
    Weight(Band),
    /// A kidney function in mL/min.
    RenalFunction(Band),
    /// A cue word.
    Cue(CueKind),
}

/// An amount as it stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The numbers and the unit.
    pub amount: Amount,
    /// "up to", "more than".
    pub bound: Option<Bound>,
    /// The place in a series that shares a unit, and its length: the 30 of
    /// "30/500 mg" is `(0, 2)`.
    pub slashed: Option<(usize, usize)>,
    /// Whether it is given in a volume ("2.5 mg/3 mL").
    pub in_volume: bool,
}

/// A comparison sign or word before a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// "<", "under", "less than".
    Below,
    /// "≤", "up to", "no more than".
    AtMost,
    /// "≥", "at least".
    AtLeast,
    /// ">", "over", "more than".
    Above,
}

/// Finds everything that an article mentions, block by block.
pub fn read(article: &Article, vocabulary: &Vocabulary) -> Vec<Reading> {
    article.blocks.iter().map(|block| find(block, vocabulary)).collect()
}

/// Finds everything that words mention that stand as a heading.
pub fn of_heading(words: &str, vocabulary: &Vocabulary) -> Reading {
    let block = Block {
        kind: BlockKind::Unsaid,
        text: words.to_owned(),
        map: TextMap::default(),
        bold: Vec::new(),
        place: Place::default(),
    };
    find(&block, vocabulary)
}

/// Finds everything that a block mentions.
pub fn find(block: &Block, vocabulary: &Vocabulary) -> Reading {
    let text = block.text.as_str();
    let tokens = token::tokens(text);
    let words = Words::new(text, &tokens);
    let sentences = match block.kind {
        BlockKind::Heading(_) | BlockKind::Title | BlockKind::Unsaid | BlockKind::TableCell if !text.contains(". ") => {
            std::iter::once(0..tokens.len()).collect()
        }
        _ => sentence::sentences(text, &tokens),
    };
    let is_head = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title | BlockKind::Unsaid | BlockKind::Term)
        || (matches!(block.kind, BlockKind::ListItem { .. }) && tokens.len() <= 8);
    let mut mentions = resolve::phrases(text, &tokens, &words, vocabulary, is_head);
    measure::measures(Reader { text, tokens: &tokens, words: &words, vocabulary }, &mut mentions);
    mentions.sort_by_key(|mention| (mention.tokens.start, std::cmp::Reverse(mention.tokens.end)));
    let mut cues = CueSet::default();
    for mention in &mentions {
        if let What::Cue(kind) = mention.what {
            cues.insert(kind);
        }
    }
    Reading { tokens, words, sentences, mentions, cues }
}

impl Reading {
    /// The bytes of the block's text that a range of tokens covers.
    pub fn bytes(&self, tokens: Range<usize>) -> Range<usize> {
        if tokens.is_empty() {
            return 0..0;
        }
        self.tokens[tokens.start].range.start..self.tokens[tokens.end - 1].range.end
    }

    /// The mentions that start inside a range of tokens.
    pub fn within(&self, tokens: Range<usize>) -> impl DoubleEndedIterator<Item = &Mention> + use<'_> {
        let from = self.mentions.partition_point(|mention| mention.tokens.start < tokens.start);
        let to = self.mentions.partition_point(|mention| mention.tokens.start < tokens.end);
        self.mentions[from..to.max(from)].iter()
    }

    /// Whether a cue of this kind starts inside a range of tokens.
    pub fn has_cue(&self, tokens: Range<usize>, kind: CueKind) -> bool {
        self.cues.has_any(&[kind]) && self.within(tokens).any(|mention| mention.what == What::Cue(kind))
    }

    /// The sentence that a token stands in.
    pub fn sentence_of(&self, token: usize) -> Range<usize> {
        let at = self.sentences.partition_point(|sentence| sentence.end <= token);
        self.sentences.get(at).cloned().unwrap_or(0..self.tokens.len())
    }
}
