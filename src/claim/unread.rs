//! Passages that look like clinical statements, and how many of them became
//! claims: a clean run means something only where the text was understood.

use super::dose::{can_be_dose, figures};
use super::scene::Scene;
use super::{Claim, Value};
use crate::mention::What;
use crate::span::Span;
use crate::text::BlockKind;
use crate::vocabulary::CueKind;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// What became of the passages of an article that look like claims.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understanding {
    /// How many became claims.
    pub understood: usize,
    /// Those that did not, in the order of the text.
    pub unread: Vec<Unread>,
}

/// A passage that looks like a claim and became none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// What gives it the look: the amount, the words "number needed to treat",
    /// the words of the level or the item of a list. Bytes of the file.
    pub span: Span,
    /// The sentence, list item or cell that it stands in.
    pub sentence: Span,
    /// What it looks like.
    pub looks: Looks,
}

/// What a passage looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Looks {
    /// An amount in a unit of dose that is no laboratory value.
    Dose,
    /// An NNT or NNH.
    NumberNeeded,
    /// A level word such as "contraindicated", or an item of a list below one.
    Contraindication,
}

impl Looks {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Dose => "dose",
            Self::NumberNeeded => "number needed",
            Self::Contraindication => "contraindication",
        }
    }
}

impl Understanding {
    /// How many passages look like claims.
    pub fn seen(&self) -> usize {
        self.understood + self.unread.len()
    }

    /// The share that became claims in percent, rounded down; none where no
    /// passage looks like a claim.
    pub fn share(&self) -> Option<usize> {
        (self.understood * 100).checked_div(self.seen())
    }

    /// Adds what became of the passages of one block, of which these are the
    /// claims and what rates a drug in each of its sentences.
    pub(super) fn note(&mut self, scene: &Scene, rated: &[Option<Range<usize>>], claims: &[Claim]) {
        if matches!(scene.block.kind, BlockKind::Heading(_) | BlockKind::Title | BlockKind::Question) {
            return;
        }
        self.doses(scene, claims);
        for (sentence, rated) in scene.reading.sentences.iter().zip(rated) {
            let needed = scene.cue_in(sentence.clone(), &[CueKind::Nnt, CueKind::Nnh]);
            if needed.is_none() && rated.is_none() {
                continue;
            }
            let span = scene.block.span(scene.reading.bytes(sentence.clone()));
            let is_needed = |claim: &&Claim| matches!(claim.value, Value::NumberNeeded(_));
            if let Some((_, cue)) = needed {
                let understood = claims.iter().filter(is_needed).any(|claim| claim.sentence == span);
                self.count(scene, understood, cue, span, Looks::NumberNeeded);
            }
            if let Some(at) = rated.clone() {
                let is_level = |claim: &&Claim| matches!(claim.value, Value::Contraindication(_));
                // A condition that the heading above names is quoted from there.
                let understood = claims
                    .iter()
                    .filter(is_level)
                    .any(|claim| claim.sentence == span || claim.span.overlaps(span) || claim.span.end <= span.start);
                self.count(scene, understood, at, span, Looks::Contraindication);
            }
        }
    }

    fn doses(&mut self, scene: &Scene, claims: &[Claim]) {
        let is_dose = |claim: &&Claim| {
            matches!(claim.value, Value::Dose(_) | Value::Titration(_) | Value::Rate(_) | Value::NumberNeeded(_))
        };
        for figure in figures(scene) {
            let span = scene.block.span(scene.reading.bytes(figure.at.clone()));
            let understood = claims.iter().filter(is_dose).any(|claim| claim.span.overlaps(span));
            // A volume is a dose where a drug is named beside it, else a fluid.
            let is_volume = || {
                matches!(&*figure.measured.amount.unit.base, "mL" | "1")
                    && scene
                        .reading
                        .within(figure.sentence.clone())
                        .any(|mention| matches!(mention.what, What::Drugs(_)))
            };
            if understood || can_be_dose(scene, &figure) || is_volume() {
                let sentence = scene.block.span(scene.reading.bytes(figure.sentence.clone()));
                self.count(scene, understood, figure.at, sentence, Looks::Dose);
            }
        }
    }

    fn count(&mut self, scene: &Scene, understood: bool, at: Range<usize>, sentence: Span, looks: Looks) {
        if understood {
            self.understood += 1;
        } else {
            let span = scene.block.span(scene.reading.bytes(at));
            self.unread.push(Unread { span, sentence, looks });
        }
    }
}
