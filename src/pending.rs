//! Stand-ins for the stages that are written at the same time as this one.
//! Each has the name and shape of the real function; this file goes when
//! they are there.

use crate::claim::Claim;
use crate::compare::{ArticleClaims, Disagreement};
use crate::source::Source;
use crate::text::Article;

pub fn extract(_article: &Article, _source: &Source) -> Vec<Claim> {
    Vec::new()
}

pub fn disagreements(_articles: &[ArticleClaims]) -> Vec<Disagreement> {
    Vec::new()
}
