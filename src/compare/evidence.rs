//! What is known of the evidence behind the positions of a disagreement: that
//! they come from one source, or that some are older than others.

use super::{ArticleClaims, ClaimId, Disagreement, Position, Topic};
use crate::claim::Claim;
use crate::dated::{Dated, Event};
use crate::work::Work;
use std::collections::BTreeMap;

/// Something that an editor should know about the evidence of a disagreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// What is known.
    pub topic: Topic,
    /// It, in a few words: "both cite Finnerup 2015".
    pub words: String,
    /// The position with which an editor should begin.
    pub first: Option<usize>,
    /// A line for each thing that it rests on.
    pub proof: Vec<String>,
}

/// What is known of the evidence of a disagreement, the gravest first.
pub fn evidence(disagreement: &Disagreement, articles: &[ArticleClaims]) -> Vec<Evidence> {
    [same_source(disagreement, articles), stale(disagreement, articles)].into_iter().flatten().collect()
}

/// Two positions that cite the same work: one of them misreports it.
fn same_source(disagreement: &Disagreement, articles: &[ArticleClaims]) -> Option<Evidence> {
    let citing = |position: &Position| -> Vec<&Claim> {
        let claims = position.claims.iter().map(|id| claim(*id, articles));
        claims.filter(|claim| !claim.works.is_empty()).collect()
    };
    let positions: Vec<Vec<&Claim>> = disagreement.positions.iter().map(citing).collect();
    let pairs = positions.iter().enumerate().flat_map(|(at, one)| {
        let others = positions[at + 1..].iter().flatten();
        one.iter().flat_map(move |one| others.clone().map(move |other| (*one, *other)))
    });
    // So many are no passages that an editor looks at one by one.
    const MOST: usize = 1000;
    let work = pairs.take(MOST).find_map(|(one, other)| shared(&one.works, &other.works))?;
    let by_number =
        [work.doi.as_ref().map(|doi| format!("doi:{doi}")), work.pmid.as_ref().map(|id| format!("PMID {id}"))];
    let number = by_number.into_iter().flatten().find(|number| *number != work.name());
    let named = number.map_or_else(|| work.name(), |number| format!("{}, {number}", work.name()));
    Some(Evidence {
        topic: Topic::EvidenceSameSource,
        words: format!("both cite {}", work.name()),
        first: None,
        proof: vec![format!("source, the same in both: {named}")],
    })
}

/// The work that two passages cite, where it is sure that the figure of both is
/// meant to be its: one of them cites nothing else, or both cite the same.
fn shared<'w>(one: &'w [Work], other: &'w [Work]) -> Option<&'w Work> {
    let is_in = |work: &Work, works: &[Work]| works.iter().any(|known| known.is_same(work));
    let same: Vec<&Work> = one.iter().filter(|work| is_in(work, other)).collect();
    let is_sure = one.len() == 1 || other.len() == 1 || (same.len() == one.len() && same.len() == other.len());
    same.first().copied().filter(|_| is_sure)
}

/// One position that is held by older articles only, and others by newer ones
/// only.
fn stale(disagreement: &Disagreement, articles: &[ArticleClaims]) -> Option<Evidence> {
    let mut dates: Vec<BTreeMap<usize, &Dated>> = Vec::new();
    for position in &disagreement.positions {
        let mut of_position = BTreeMap::new();
        for id in &position.claims {
            of_position.insert(id.article, articles[id.article].dated.as_ref()?);
        }
        dates.push(of_position);
    }
    let oldest = (0..dates.len()).min_by_key(|at| dates[*at].values().map(|dated| dated.last).max())?;
    let others = || dates.iter().enumerate().filter(|(at, _)| *at != oldest).flat_map(|(_, dates)| dates);
    let is_before_all = |older: &&Dated| others().all(|(_, newer)| older.is_clearly_before(newer));
    if !dates[oldest].values().all(is_before_all) {
        return None;
    }
    let (older, older_date) = dates[oldest].iter().max_by_key(|(_, dated)| dated.last)?;
    let (newer, newer_date) = others().min_by_key(|(_, dated)| dated.first)?;
    let name = |article: &usize| articles[*article].path.as_str();
    let count = others().count();
    let newer_words = match count {
        1 => format!("than {} ({})", name(newer), date(newer_date)),
        _ => format!("than the {count} others ({} or later)", date(newer_date)),
    };
    let older_words = match dates[oldest].len() {
        1 => format!("{} ({}) is older", name(older), date(older_date)),
        count => format!("{count} articles ({} or before) are older", date(older_date)),
    };
    let line = |(article, dated): (&usize, &&Dated)| format!("{}: {}", name(article), date(dated));
    Some(Evidence {
        topic: Topic::EvidenceStale,
        words: format!("{older_words} {newer_words}"),
        first: Some(oldest),
        proof: vec![format!("dates: {}, {}", line((older, older_date)), line((newer, newer_date)))],
    })
}

/// "updated March 2019".
fn date(dated: &Dated) -> String {
    let event = match dated.event {
        Event::Published => "published",
        Event::Updated => "updated",
    };
    format!("{event} {}", dated.written)
}

fn claim(id: ClaimId, articles: &[ArticleClaims]) -> &Claim {
    &articles[id.article].claims[id.claim]
}
