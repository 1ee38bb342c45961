//! What stands above a block: what headings, lead-ins, heads of rows and
//! columns and questions lay down for it.

use super::scope::Scope;
use super::{Level, Name};
use crate::mention::{Reading, What};
use crate::text::{Article, Block, BlockId, BlockKind, Place};
use crate::vocabulary::{CueKind, Vocabulary};
use std::cell::OnceCell;
use std::ops::Range;

/// What each block of an article lays down for those below it, worked out when
/// it is first asked for: nothing stands below most blocks.
pub(crate) struct Scopes<'a> {
    pub article: &'a Article,
    /// The readings of its blocks.
    pub readings: &'a [Reading],
    pub vocabulary: &'a Vocabulary,
    known: Vec<OnceCell<Scope>>,
}

impl<'a> Scopes<'a> {
    /// The scopes of an article, none of them known yet.
    pub fn new(article: &'a Article, readings: &'a [Reading], vocabulary: &'a Vocabulary) -> Self {
        Self { article, readings, vocabulary, known: vec![OnceCell::new(); article.blocks.len()] }
    }

    /// What a block lays down.
    pub fn of(&self, id: BlockId) -> &Scope {
        self.known[id].get_or_init(|| laid_down(&self.readings[id], &self.article.blocks[id], self.vocabulary))
    }

    /// The drugs that an earlier cell of the same table row names, where the head
    /// of the row is a class or an indication: "Biguanides | Metformin | 500 mg".
    pub fn row_drugs(&self, id: BlockId) -> &[Vec<Name>] {
        const LONGEST_NAME: usize = 80;
        let blocks = &self.article.blocks;
        let place = &blocks[id].place;
        let (Some(table), Some(row)) = (place.table, place.row) else { return &[] };
        let cells = (0..id)
            .rev()
            .take_while(|cell| blocks[*cell].place.table == Some(table) && blocks[*cell].place.row == Some(row));
        let named = cells.filter(|cell| blocks[*cell].text.len() <= LONGEST_NAME && !self.of(*cell).drugs.is_empty());
        named.last().map(|cell| self.of(cell).drugs.as_slice()).unwrap_or_default()
    }
}

/// What a block lays down for those below it. Of a long paragraph only what
/// leads to a list counts.
fn laid_down(reading: &Reading, block: &Block, vocabulary: &Vocabulary) -> Scope {
    let tokens = 0..reading.tokens.len();
    let is_short =
        tokens.len() <= 25 || matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title | BlockKind::Question);
    let mut scope = if is_short {
        Scope::of(reading, tokens.clone(), vocabulary)
    } else {
        Scope { level: lead_level(reading, block), ..Scope::default() }
    };
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Title | BlockKind::Question | BlockKind::Term | BlockKind::Unsaid => {}
        // A sentence is no heading: only its level and its people lead on.
        _ if is_short => {
            scope.level = lead_level(reading, block);
            if !block.text.trim_end().ends_with(':') && reading.tokens.len() > 12 {
                scope.section = None;
                scope.phase = None;
            }
        }
        _ => {}
    }
    scope
}

/// The level that a lead-in gives to its list: "Using this medicine with any
/// of the following is not recommended."
fn lead_level(reading: &Reading, block: &Block) -> Option<Level> {
    const LEVELS: [CueKind; 4] =
        [CueKind::Contraindicated, CueKind::Avoid, CueKind::Caution, CueKind::RelativeContraindicated];
    if !reading.cues.has_any(&LEVELS) {
        return None;
    }
    let leads = |sentence: &&Range<usize>| {
        let text = block.text[reading.bytes((*sentence).clone())].to_lowercase();
        text.contains("following") || text.trim_end().ends_with(':') || text.contains("these")
    };
    let sentence = reading.sentences.iter().find(leads)?;
    // "High doses should be avoided in:" leaves the usual ones.
    let words = block.text[reading.bytes(sentence.clone())].to_lowercase();
    if ["high doses", "higher doses", "large doses", "excessive", "prolonged use", "long-term use"]
        .iter()
        .any(|amount| words.contains(amount))
    {
        return None;
    }
    let level = |kind| match kind {
        CueKind::Contraindicated => Some(Level::Contraindicated),
        CueKind::Avoid => Some(Level::Avoid),
        CueKind::Caution | CueKind::RelativeContraindicated => Some(Level::Caution),
        _ => None,
    };
    reading.within(sentence.clone()).find_map(|mention| match mention.what {
        What::Cue(kind) => level(kind),
        _ => None,
    })
}

/// What stands above the block that is read, kept for all that stand below the
/// same: blocks of one section and items of one list follow each other.
pub(crate) struct Above<'a> {
    scopes: &'a Scopes<'a>,
    /// What the text leaves unsaid.
    unsaid: Scope,
    headings: &'a [BlockId],
    section: Vec<Name>,
    outer: Scope,
    nearer: Nearer<'a>,
    /// With what stands nearer than the headings, if anything does.
    inner: Option<Scope>,
}

/// The question, column head, row head and lead-ins of a block.
type Nearer<'a> = (Option<BlockId>, Option<BlockId>, Option<BlockId>, &'a [BlockId]);

impl<'a> Above<'a> {
    /// What stands above the first block: what the text leaves unsaid.
    pub fn new(scopes: &'a Scopes<'a>) -> Self {
        let mut unsaid = Scope::default();
        scopes.article.unsaid.iter().for_each(|id| unsaid.overlay(scopes.of(*id)));
        Self {
            scopes,
            outer: unsaid.clone(),
            unsaid,
            headings: &[],
            section: Vec::new(),
            nearer: (None, None, None, &[]),
            inner: None,
        }
    }

    /// Goes on to a block that stands at this place.
    pub fn go_to(&mut self, place: &'a Place) {
        let is_same = place.headings == self.headings;
        if !is_same {
            self.headings = &place.headings;
            self.outer.clone_from(&self.unsaid);
            self.headings.iter().for_each(|id| self.outer.overlay(self.scopes.of(*id)));
            let blocks = &self.scopes.article.blocks;
            self.section = self.headings.iter().map(|id| Name::from(blocks[*id].text.as_str())).collect();
        }
        let nearer = (place.question, place.column_header, place.row_header, place.leads.as_slice());
        if is_same && nearer == self.nearer {
            return;
        }
        self.nearer = nearer;
        let (question, column, row, leads) = nearer;
        self.inner = None;
        for id in question.iter().chain(&column).chain(&row).chain(leads) {
            self.inner.get_or_insert_with(|| self.outer.clone()).overlay(self.scopes.of(*id));
        }
    }

    /// Everything above the block, outermost first: what the text leaves unsaid,
    /// headings, question, column head, row head, lead-ins.
    pub fn scope(&self) -> &Scope {
        self.inner.as_ref().unwrap_or(&self.outer)
    }

    /// The words of the headings above it, outermost first.
    pub fn section(&self) -> &[Name] {
        &self.section
    }
}
