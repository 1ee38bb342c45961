//! Slips: what is wrong inside one passage of an article, whatever others say.
//! Figures that do not add up, amounts written so that they are misread, lists
//! that lack what the article says elsewhere, and articles that are built wrong.
//!
//! A slip is found in the mentions of a block, or in one article's own claims;
//! what several statements make of each other is the business of comparison.

mod arithmetic;
mod notation;
mod omitted;
mod page;
mod structure;

use crate::claim::Claim;
use crate::finding::{Confidence, Edit};
use crate::mention::Reading;
use crate::source::Source;
use crate::span::Span;
use crate::text::{Article, BlockKind};
use crate::topic::{Relation, Topic};
use crate::vocabulary::Vocabulary;
use page::Page;
use serde::{Deserialize, Serialize};
use structure::Whole;

/// Something that is wrong inside one passage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slip {
    /// What it is about.
    pub topic: Topic,
    /// `Tenfold` where values are ten or a thousand times apart, else `Alone`.
    pub relation: Relation,
    /// The places that do not go together, or the one that is wrong by itself;
    /// never empty, in the order of the text.
    pub passages: Vec<Passage>,
    /// How it was worked out: "75 mg × 2 = 150 mg a day, not 200 mg a day".
    pub derivation: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// Edits that mend it without changing what is meant.
    pub fix: Vec<Edit>,
}

/// A place of an article with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The bytes of the file.
    pub span: Span,
    /// Those bytes as text.
    pub quote: String,
    /// What they state.
    pub statement: String,
}

impl Passage {
    /// A claim with other words for what it states.
    fn of_claim(claim: &Claim, statement: String) -> Self {
        Self { span: claim.span, quote: claim.quote.clone(), statement }
    }
}

/// Finds the slips of an article, in the order of its text.
pub fn find(
    source: &Source,
    article: &Article,
    readings: &[Reading],
    claims: &[Claim],
    vocabulary: &Vocabulary,
) -> Vec<Slip> {
    let mut slips = arithmetic::of_claims(claims);
    for (block, reading) in article.blocks.iter().zip(readings).filter(|(block, _)| block.kind != BlockKind::Unsaid) {
        let page = Page { source, block, reading, vocabulary, claims };
        arithmetic::of_page(&page, &mut slips);
        notation::of_page(&page, &mut slips);
    }
    slips.extend(omitted::find(article, readings, claims, vocabulary));
    slips.extend(structure::find(&Whole { source, article, readings, claims, vocabulary }));
    slips.sort_by_key(|slip| (slip.passages.first().map(|passage| passage.span), slip.topic));
    slips
}
