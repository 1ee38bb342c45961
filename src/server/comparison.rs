//! What was compared, kept while articles change: a change is held only to what
//! it can contradict.

use crate::claim::Claim;
use crate::compare::{ArticleClaims, Index, Key};
use crate::finding::Finding;
use crate::knowledge::Knowledge;
use crate::lint::{in_order, of_disagreements, of_slips};
use crate::vocabulary::Vocabulary;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a set of articles. Its numbers are theirs.
#[derive(Default)]
pub(crate) struct Comparison {
    /// Where the claims of each key are; none before all was compared once.
    index: Option<Index>,
    /// What contradicts.
    by_key: BTreeMap<Key, Vec<Finding>>,
    /// What is wrong inside each article.
    by_article: Vec<Vec<Finding>>,
    /// Keys that are to be compared again.
    touched: BTreeSet<Key>,
    /// Articles that are to be judged again.
    changed: BTreeSet<usize>,
}

impl Comparison {
    /// Forgets everything: articles came or went, or are judged otherwise.
    pub fn begin_anew(&mut self) {
        self.index = None;
    }

    /// Takes note that an article has changed that had these claims.
    pub fn replaced(&mut self, article: usize, old: &[Claim], articles: &[ArticleClaims], vocabulary: &Vocabulary) {
        if let Some(index) = &mut self.index {
            self.touched.extend(index.replace(article, old, articles, vocabulary));
            self.changed.insert(article);
        }
    }

    /// Where the claims of each key are, once everything was compared.
    pub fn index(&self) -> Option<&Index> {
        self.index.as_ref()
    }

    /// Everything that is found, before any gate.
    pub fn findings(&mut self, articles: &[ArticleClaims], known: &Knowledge) -> Vec<Finding> {
        let vocabulary = known.vocabulary();
        if self.index.is_none() {
            let index = Index::of(articles, vocabulary);
            self.touched = index.keys().cloned().collect();
            self.changed = (0..articles.len()).collect();
            self.by_key.clear();
            self.by_article = vec![Vec::new(); articles.len()];
            self.index = Some(index);
        }
        let Some(index) = &self.index else { return Vec::new() };
        let touched: Vec<Key> = std::mem::take(&mut self.touched).into_iter().collect();
        let compared: Vec<_> = touched.par_iter().map(|key| index.about(key, articles, vocabulary)).collect();
        for (key, disagreements) in touched.into_iter().zip(compared) {
            let findings = match disagreements.as_slice() {
                [] => Vec::new(),
                disagreements => of_disagreements(&known.on, disagreements, articles),
            };
            if findings.is_empty() {
                self.by_key.remove(&key);
            } else {
                self.by_key.insert(key, findings);
            }
        }
        for article in std::mem::take(&mut self.changed) {
            let own = article..=article;
            self.by_article[article] = of_slips(&known.on, &articles[own]);
        }
        in_order(self.by_key.values().chain(&self.by_article).flatten().cloned().collect())
    }
}
