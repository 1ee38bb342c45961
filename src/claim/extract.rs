//! One article at a time: readings of its blocks, scopes from outside in,
//! then one rule set for each kind of claim.

use super::above::{Above, Scopes};
use super::label::labels;
use super::scene::Scene;
use super::scope::Section;
use super::subject::names;
use super::whole::whole;
use super::{
    Claim, Level, Name, Understanding, cited, contraindication, dose, line, number_needed, onset, rate, titration,
};
use crate::mention::{Reading, What};
use crate::source::Source;
use crate::text::{Article, Block, BlockId, BlockKind};
use crate::vocabulary::{CueKind, Vocabulary};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Extracts the claims of an article, in the order of its text, from what its
/// blocks mention, and tells what looks like a claim and became none.
pub fn extract(
    source: &Source,
    article: &Article,
    readings: &[Reading],
    vocabulary: &Vocabulary,
) -> (Vec<Claim>, Understanding) {
    let scopes = Scopes::new(article, readings, vocabulary);
    let whole = whole(&scopes);
    let levels = list_levels(article, readings);
    let mut claims = Vec::new();
    let mut understanding = Understanding::default();
    let mut before = Before::default();
    let mut above = Above::new(&scopes);
    for (id, (block, reading)) in article.blocks.iter().zip(readings).enumerate() {
        if block.kind == BlockKind::Unsaid {
            continue;
        }
        if reading.mentions.is_empty() && block.place.leads.is_empty() && block.place.headings.is_empty() {
            continue;
        }
        above.go_to(&block.place);
        let labels = labels(block, reading, above.scope(), vocabulary);
        let scene = Scene {
            article,
            file: &source.text,
            id,
            block,
            reading,
            vocabulary,
            whole: &whole,
            scopes: &scopes,
            inherited: above.scope(),
            section: above.section(),
            labels,
            before: before.subject(block),
        };
        before.note(&scene);
        let first = claims.len();
        dose::extract(&scene, &mut claims);
        titration::extract(&scene, &mut claims);
        number_needed::extract(&scene, &mut claims);
        rate::extract(&scene, &mut claims);
        onset::extract(&scene, &mut claims);
        let rated = contraindication::extract(&scene, levels.get(&id).copied(), &mut claims);
        line::extract(&scene, &mut claims);
        understanding.note(&scene, &rated, &claims[first..]);
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
