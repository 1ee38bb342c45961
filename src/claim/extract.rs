//! One article at a time: readings of its blocks, scopes from outside in,
//! then one rule set for each kind of claim.

use super::label::labels;
use super::scene::Scene;
use super::scope::{Scope, Section};
use super::subject::names;
use super::whole::whole;
use super::{
    Claim, Level, Name, Understanding, cited, contraindication, dose, line, number_needed, onset, rate, titration,
};
use crate::mention::{Reading, What};
use crate::source::Source;
use crate::text::{Article, Block, BlockId, BlockKind};
use crate::vocabulary::{CueKind, Vocabulary};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// Extracts the claims of an article, in the order of its text, from what its
/// blocks mention, and tells what looks like a claim and became none.
pub fn extract(
    source: &Source,
    article: &Article,
    readings: &[Reading],
    vocabulary: &Vocabulary,
) -> (Vec<Claim>, Understanding) {
    let scopes: Vec<Scope> =
        readings.iter().zip(&article.blocks).map(|(reading, block)| laid_down(reading, block, vocabulary)).collect();
    let whole = whole(article, readings, &scopes, vocabulary);
    let levels = list_levels(article, readings);
    let mut claims = Vec::new();
    let mut understanding = Understanding::default();
    let mut before = Before::default();
    let mut above = Above::of(article, &scopes);
    for (id, (block, reading)) in article.blocks.iter().zip(readings).enumerate() {
        if block.kind == BlockKind::Unsaid {
            continue;
        }
        if reading.mentions.is_empty() && block.place.leads.is_empty() && block.place.headings.is_empty() {
            continue;
        }
        let scene = Scene {
            article,
            file: &source.text,
            block,
            reading,
            vocabulary,
            whole: &whole,
            inherited: above.inherited(article, id, &scopes),
            row_drugs: row_drugs(article, id, &scopes),
            labels: labels(block, reading, vocabulary),
            before: before.subject(block),
        };
        before.note(&scene);
        let first = claims.len();
        dose::extract(&scene, &mut claims);
        titration::extract(&scene, &mut claims);
        number_needed::extract(&scene, &mut claims);
        rate::extract(&scene, &mut claims);
        onset::extract(&scene, &mut claims);
        contraindication::extract(&scene, levels.get(&id).copied(), &mut claims);
        line::extract(&scene, &mut claims);
        understanding.note(&scene, &claims[first..]);
    }
    claims.sort_by_key(|claim| (claim.span.start, claim.span.end));
    cited::resolve(source, article, &mut claims);
    // They outlive the article, a thousand times over.
    claims.shrink_to_fit();
    (claims, understanding)
}

/// The subject that paragraphs carry on to the next ones in their section.
#[derive(Default)]
struct Before {
    headings: Vec<BlockId>,
    subject: Option<Rc<[Name]>>,
    age: usize,
}

impl Before {
    /// How many blocks without a subject a subject outlives.
    const LIFE: usize = 2;

    fn subject(&self, block: &Block) -> Option<Rc<[Name]>> {
        let same = block.place.headings == self.headings && self.age <= Self::LIFE;
        self.subject.clone().filter(|_| same && block.place.table.is_none())
    }

    fn note(&mut self, scene: &Scene) {
        let first = scene
            .subjects(0..scene.reading.tokens.len())
            .find(|mention| matches!(mention.what, What::Drugs(_)) && !scene.is_company(mention));
        if scene.block.place.headings != self.headings {
            self.subject = None;
            self.headings.clone_from(&scene.block.place.headings);
        }
        // "Interactions: probenecid" names the drug's company, not another subject.
        let is_company = scene.labels.iter().any(|label| label.scope.section == Some(Section::Interaction));
        match first.filter(|_| !is_company) {
            Some(mention) => (self.subject, self.age) = (Some(names(mention).into()), 0),
            // "12–18 years: initially 10 mg" goes on with the drug above.
            None if opens_with_patients(scene) => {}
            None => self.age += 1,
        }
    }
}

/// Whether a block begins with the patients that it is for.
fn opens_with_patients(scene: &Scene) -> bool {
    const OPENING: usize = 2;
    scene
        .reading
        .within(0..OPENING)
        .any(|mention| matches!(mention.what, What::Population(_) | What::Age(_) | What::Weight(_)))
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

/// The drugs that an earlier cell of the same table row names, where the head of
/// the row is a class or an indication: "Biguanides | Metformin | 500 mg".
fn row_drugs(article: &Article, id: BlockId, scopes: &[Scope]) -> Vec<Vec<Name>> {
    const LONGEST_NAME: usize = 80;
    let place = &article.blocks[id].place;
    let (Some(table), Some(row)) = (place.table, place.row) else { return Vec::new() };
    let cells = (0..id).rev().take_while(|cell| {
        article.blocks[*cell].place.table == Some(table) && article.blocks[*cell].place.row == Some(row)
    });
    let named =
        cells.filter(|cell| !scopes[*cell].drugs.is_empty() && article.blocks[*cell].text.len() <= LONGEST_NAME);
    named.last().map(|cell| scopes[cell].drugs.clone()).unwrap_or_default()
}

/// What stands above blocks, kept for all below the same headings.
struct Above {
    /// What the text leaves unsaid.
    unsaid: Scope,
    headings: Vec<BlockId>,
    scope: Scope,
}

impl Above {
    fn of(article: &Article, scopes: &[Scope]) -> Self {
        let mut unsaid = Scope::default();
        article.unsaid.iter().for_each(|id| unsaid.overlay(&scopes[*id]));
        Self { scope: unsaid.clone(), unsaid, headings: Vec::new() }
    }

    /// Everything above a block, outermost first: what the text leaves unsaid,
    /// headings, question, column head, row head, lead-ins.
    fn inherited(&mut self, article: &Article, id: BlockId, scopes: &[Scope]) -> Cow<'_, Scope> {
        let place = &article.blocks[id].place;
        if place.headings != self.headings {
            self.headings.clone_from(&place.headings);
            self.scope.clone_from(&self.unsaid);
            for id in &place.headings {
                self.scope.overlay(&scopes[*id]);
            }
        }
        let mut scope = Cow::Borrowed(&self.scope);
        let nearer = place.question.iter().chain(&place.column_header).chain(&place.row_header).chain(&place.leads);
        for id in nearer {
            scope.to_mut().overlay(&scopes[*id]);
        }
        scope
    }
}

/// List items that end in "or" share the level that a later item states:
/// "Glaucoma or / Seizures—Use with caution."
fn list_levels(article: &Article, readings: &[Reading]) -> BTreeMap<BlockId, Level> {
    let mut levels = BTreeMap::new();
    let mut later: Option<(usize, Level)> = None;
    for id in (0..article.blocks.len()).rev() {
        let block = &article.blocks[id];
        let Some(list) = block.place.list else {
            later = None;
            continue;
        };
        let own = readings[id].mentions.iter().find_map(|mention| match mention.what {
            What::Cue(CueKind::Contraindicated) => Some(Level::Contraindicated),
            What::Cue(CueKind::Avoid) => Some(Level::Avoid),
            What::Cue(CueKind::Caution) => Some(Level::Caution),
            _ => None,
        });
        let continues = block.text.trim_end().ends_with(" or");
        match (own, later) {
            (Some(level), _) => later = Some((list, level)),
            (None, Some((same, level))) if continues && same == list => {
                levels.insert(id, level);
            }
            _ => later = None,
        }
    }
    levels
}
