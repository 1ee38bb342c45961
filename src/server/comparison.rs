//! What was compared, kept while articles change: a change is held only to what
//! it can contradict.

use crate::claim::Claim;
use crate::compare::{ArticleClaims, Index, Key};
use crate::finding::Finding;
use crate::gate::held;
use crate::knowledge::Knowledge;
use crate::lint::{of_disagreements, of_slips, order, told_apart};
use crate::vocabulary::Vocabulary;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What is known of a set of articles. Its numbers are theirs.
#[derive(Default)]
pub(crate) struct Comparison {
    /// Where the claims of each key are; none before all was compared once.
    index: Option<Index>,
    /// What contradicts.
    by_key: BTreeMap<Key, Vec<Judged>>,
    /// What is wrong inside each article.
    by_article: Vec<Vec<Judged>>,
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

    /// Everything that is found and held to the references, in order.
    pub fn findings(&mut self, articles: &[ArticleClaims], known: &Knowledge) -> Vec<Arc<Finding>> {
        let vocabulary = known.vocabulary();
        if self.index.is_none() {
            let index = Index::of(articles, vocabulary);
            self.touched = index.keys().cloned().collect();
            self.changed = (0..articles.len()).collect();
            self.by_key.clear();
            self.by_article = articles.iter().map(|_| Vec::new()).collect();
            self.index = Some(index);
        }
        let Some(index) = &self.index else { return Vec::new() };
        let touched: Vec<Key> = std::mem::take(&mut self.touched).into_iter().collect();
        let about = |key: &Key| {
            let disagreements = index.about(key, articles, vocabulary);
            judged(of_disagreements(&known.on, &disagreements, articles), known)
        };
        // To wake other threads for a few keys takes longer than to compare them.
        let found: Vec<Vec<Judged>> = if touched.len() > FEW {
            touched.par_iter().map(about).collect()
        } else {
            touched.iter().map(about).collect()
        };
        for (key, findings) in touched.into_iter().zip(found) {
            if findings.is_empty() {
                self.by_key.remove(&key);
            } else {
                self.by_key.insert(key, findings);
            }
        }
        for article in std::mem::take(&mut self.changed) {
            let own = article..=article;
            self.by_article[article] = judged(of_slips(&known.on, &articles[own]), known);
        }
        let mut all: Vec<&Judged> = self.by_key.values().chain(&self.by_article).flatten().collect();
        all.sort_by(|one, other| order(&one.finding, &other.finding));
        let mut held: Vec<Option<Arc<Finding>>> = all.iter().map(|judged| judged.held.clone()).collect();
        for (at, fingerprint) in told_apart(all.iter().map(|judged| &judged.finding)) {
            if let Some(finding) = &mut held[at] {
                Arc::make_mut(finding).fingerprint = fingerprint;
            }
        }
        held.into_iter().flatten().collect()
    }
}

/// So many keys are compared one after the other.
const FEW: usize = 16;

/// A finding, and what the references leave of it. Its place in the order is
/// that before them.
struct Judged {
    finding: Finding,
    held: Option<Arc<Finding>>,
}

fn judged(findings: Vec<Finding>, known: &Knowledge) -> Vec<Judged> {
    let judged = |finding: Finding| {
        let held = held(vec![finding.clone()], known).pop().map(Arc::new);
        Judged { finding, held }
    };
    findings.into_iter().map(judged).collect()
}
