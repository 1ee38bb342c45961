//! All claims of a run by their keys, kept up to date where an article changes.

use super::judged::Judged;
use super::key::{Key, Parts, keys};
use super::{ArticleClaims, ClaimId, Disagreement, Item, Topic, about_topics};
use crate::claim::Claim;
use crate::vocabulary::Vocabulary;
use std::collections::{BTreeMap, BTreeSet};

/// Where the claims of each key are. The articles themselves stay with whoever
/// holds them, in one order.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The claims that take part in each key, in order; never empty.
    claims: BTreeMap<Key, Vec<ClaimId>>,
    judged: Judged,
}

impl Index {
    /// Finds the keys of all articles, which are in the order of their paths.
    pub fn of(articles: &[ArticleClaims], vocabulary: &Vocabulary) -> Self {
        let mut index = Self::default();
        for (number, article) in articles.iter().enumerate() {
            index.judged.add(&article.claims);
            for (key, claims) in keys(&article.claims, vocabulary) {
                index.claims.entry(key).or_default().extend(ids(number, claims));
            }
        }
        index
    }

    /// Takes note that an article has changed. `old` are the claims that it had;
    /// the new ones are in `articles`, under the same number.
    ///
    /// Gives the keys that are to be compared anew: those that the article takes
    /// or took part in, and those for which it decides whether a warning about a
    /// combination counts.
    pub fn replace(
        &mut self,
        number: usize,
        old: &[Claim],
        articles: &[ArticleClaims],
        vocabulary: &Vocabulary,
    ) -> BTreeSet<Key> {
        let new = &articles[number].claims;
        let mut touched = BTreeSet::new();
        for key in keys(old, vocabulary).into_keys() {
            if let Some(claims) = self.claims.get_mut(&key) {
                claims.retain(|id| id.article != number);
            }
            touched.insert(key);
        }
        for (key, claims) in keys(new, vocabulary) {
            let all = self.claims.entry(key.clone()).or_default();
            let place = all.partition_point(|id| id.article < number);
            all.splice(place..place, ids(number, claims));
            touched.insert(key);
        }
        self.claims.retain(|_, claims| !claims.is_empty());
        for pair in self.judged.replace(old, new) {
            let items = self.items(&Key::of_one(&pair.drug), articles);
            let warnings = items.iter().filter(|item| item.claim.drugs.len() > 1 && pair.is_judged_by(item.claim));
            touched.extend(warnings.flat_map(|item| &item.claim.drugs).map(Key::of_one));
        }
        touched
    }

    /// Every key, in order.
    pub fn keys(&self) -> impl Iterator<Item = &Key> {
        self.claims.keys()
    }

    /// Finds everything that contradicts about one key.
    pub fn about(&self, key: &Key, articles: &[ArticleClaims], vocabulary: &Vocabulary) -> Vec<Disagreement> {
        self.about_topics(key, articles, &Topic::ALL, vocabulary)
    }

    /// The same without some comparisons of which nothing is wanted.
    pub(super) fn about_topics(
        &self,
        key: &Key,
        articles: &[ArticleClaims],
        wanted: &[Topic],
        vocabulary: &Vocabulary,
    ) -> Vec<Disagreement> {
        about_topics(key, &self.items(key, articles), &self.judged, wanted, vocabulary)
    }

    /// The claims about the drugs of a key themselves, in order.
    pub(super) fn own<'a>(&self, key: &Key, articles: &'a [ArticleClaims]) -> Vec<Item<'a>> {
        Parts::of(key, &self.items(key, articles), &self.judged).own
    }

    fn items<'a>(&self, key: &Key, articles: &'a [ArticleClaims]) -> Vec<Item<'a>> {
        let claims = self.claims.get(key).into_iter().flatten();
        claims.map(|id| Item { id: *id, claim: &articles[id.article].claims[id.claim] }).collect()
    }
}

fn ids(article: usize, claims: Vec<usize>) -> impl Iterator<Item = ClaimId> {
    claims.into_iter().map(move |claim| ClaimId { article, claim })
}
