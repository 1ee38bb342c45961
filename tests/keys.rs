//! Comparison by key: what is found one key at a time, from nothing but the
//! claims of the key, is what is found in all articles at once.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clinlint::claim::Claim;
use clinlint::compare::{self, ArticleClaims, ClaimId, Index, Item, Judged, Key};
use clinlint::finding::Finding;
use clinlint::lint::{self, Lint};
use clinlint::source::{Format, Source};
use clinlint::vocabulary::Vocabulary;
use clinlint::{Reading, check, read_sources};
use proptest::prelude::*;
use proptest::sample::{Index as Pick, subsequence};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static LINTS: LazyLock<Vec<Lint>> = LazyLock::new(|| lint::builtin().unwrap());

/// Sentences that contradict each other in every way in which claims of one
/// subject reach another's key.
const SENTENCES: [&str; 20] = [
    "Sacubitril/valsartan can be used with caution in pregnancy.",
    "Sacubitril/valsartan should be used with caution in hyperkalaemia.",
    "Valsartan is contraindicated in pregnancy.",
    "Valsartan is contraindicated in hyperkalaemia.",
    "Sacubitril is contraindicated in pregnancy.",
    "Sacubitril is contraindicated in hyperkalaemia.",
    "Start valsartan at 80 mg once daily.",
    "Start valsartan at 320 mg once daily.",
    "Amlodipine/valsartan tablets contain 5 mg of amlodipine and 80 mg of valsartan.",
    "Start amlodipine/valsartan at 800 mg once daily.",
    "The maximum dose of valsartan is 160 mg daily.",
    "Start valsartan at 10 mg once daily in children aged 2 to 5 years.",
    "Valsartan is contraindicated in children under 6 years.",
    "NSAIDs are contraindicated in peptic ulcer disease.",
    "NSAIDs should not be used in pregnancy.",
    "Ibuprofen can be used with caution in peptic ulcer disease.",
    "Naproxen is safe in pregnancy.",
    "Naproxen is a first-line treatment for gout.",
    "Naproxen is a second-line treatment for gout.",
    "Take naproxen 500.0 mg twice daily; a total of 1500 mg a day.",
];

fn sources(articles: &[Vec<&str>]) -> Vec<Source> {
    let article = |(number, sentences): (usize, &Vec<&str>)| {
        let text = format!("# Notes\n\n{}\n", sentences.join("\n\n"));
        Source::new(format!("{number}.md"), Format::Markdown, text)
    };
    articles.iter().enumerate().map(article).collect()
}

fn read(articles: &[Vec<&str>]) -> Reading {
    read_sources(sources(articles), Vocabulary::builtin())
}

/// What is found where the claims of each key are taken out of their articles
/// and compared on their own, the keys in an order of no meaning.
fn by_key(reading: &Reading) -> Vec<Finding> {
    let vocabulary = Vocabulary::builtin();
    let mut judged = Judged::default();
    let mut keys: BTreeMap<Key, Vec<(usize, Vec<Claim>)>> = BTreeMap::new();
    for (number, article) in reading.articles.iter().enumerate() {
        judged.add(&article.claims);
        for (key, claims) in compare::keys(&article.claims, vocabulary) {
            let claims = claims.into_iter().map(|claim| article.claims[claim].clone()).collect();
            keys.entry(key).or_default().push((number, claims));
        }
    }
    let mut findings = lint::of_slips(&LINTS, &reading.articles);
    for (key, parts) in keys.into_iter().rev() {
        let articles: Vec<ArticleClaims> = parts
            .into_iter()
            .map(|(number, claims)| ArticleClaims { claims, slips: Vec::new(), ..reading.articles[number].clone() })
            .collect();
        let items = articles.iter().enumerate().flat_map(|(article, ArticleClaims { claims, .. })| {
            claims.iter().enumerate().map(move |(claim, it)| Item { id: ClaimId { article, claim }, claim: it })
        });
        let items: Vec<Item> = items.collect();
        let disagreements = compare::about(&key, &items, &judged, vocabulary);
        findings.extend(lint::of_disagreements(&LINTS, &disagreements, &articles));
    }
    lint::in_order(findings)
}

/// The findings about some keys.
fn about(keys: &BTreeSet<Key>, index: &Index, reading: &Reading) -> BTreeMap<Key, Vec<Finding>> {
    let findings = |key: &Key| {
        let disagreements = index.about(key, &reading.articles, Vocabulary::builtin());
        lint::of_disagreements(&LINTS, &disagreements, &reading.articles)
    };
    keys.iter().map(|key| (key.clone(), findings(key))).collect()
}

/// What is found where one article is exchanged and only the keys that this
/// touches are compared anew.
fn after_change(articles: &[Vec<&str>], changed: usize, sentences: &[&str]) -> (Vec<Finding>, Reading) {
    let vocabulary = Vocabulary::builtin();
    let mut reading = read(articles);
    let mut index = Index::of(&reading.articles, vocabulary);
    let mut findings = about(&index.keys().cloned().collect(), &index, &reading);

    let mut articles = articles.to_vec();
    articles[changed] = sentences.to_vec();
    let old = std::mem::replace(&mut reading, read(&articles));
    let touched = index.replace(changed, &old.articles[changed].claims, &reading.articles, vocabulary);
    findings.extend(about(&touched, &index, &reading));

    let mut all: Vec<Finding> = findings.into_values().flatten().collect();
    all.extend(lint::of_slips(&LINTS, &reading.articles));
    (lint::in_order(all), reading)
}

fn some_articles() -> impl Strategy<Value = Vec<Vec<&'static str>>> {
    prop::collection::vec(subsequence(SENTENCES.to_vec(), 0..8), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_apart_give_what_all_give_at_once(articles in some_articles()) {
        let reading = read(&articles);
        prop_assert_eq!(by_key(&reading), check(&reading, &LINTS, Vocabulary::builtin()));
    }

    #[test]
    fn the_touched_keys_are_enough(
        articles in some_articles(),
        changed in any::<Pick>(),
        sentences in subsequence(SENTENCES.to_vec(), 0..8),
    ) {
        let (findings, reading) = after_change(&articles, changed.index(articles.len()), &sentences);
        prop_assert_eq!(findings, check(&reading, &LINTS, Vocabulary::builtin()));
    }
}

/// The messages of what is found about a drug.
fn about_drug(findings: &[Finding], drug: &str) -> Vec<String> {
    findings.iter().filter(|finding| finding.subject.starts_with(drug)).map(|finding| finding.message.clone()).collect()
}

#[test]
fn the_sentences_reach_each_other_across_subjects() {
    let found = |articles: &[Vec<&str>], drug: &str| about_drug(&by_key(&read(articles)), drug);
    // A warning about a combination, a dose of one, an order for a class.
    assert_eq!(found(&[vec![SENTENCES[0]], vec![SENTENCES[2]]], "valsartan").len(), 1);
    assert_eq!(found(&[vec![SENTENCES[8], SENTENCES[9]], vec![SENTENCES[6]]], "valsartan").len(), 1);
    assert_eq!(found(&[vec![SENTENCES[13]], vec![SENTENCES[15]]], "ibuprofen").len(), 1);
    // Slips of the same words in two articles are told apart.
    let slips = by_key(&read(&[vec![SENTENCES[19]], vec![SENTENCES[19]]]));
    let names: BTreeSet<&str> = slips.iter().map(|finding| finding.fingerprint.as_str()).collect();
    assert!(slips.len() >= 2 && names.len() == slips.len(), "{slips:?}");
}

#[test]
fn an_article_decides_about_a_combination_without_naming_it() {
    let articles = [vec![SENTENCES[0]], vec![SENTENCES[2]], vec![]];
    assert_eq!(about_drug(&check(&read(&articles), &LINTS, Vocabulary::builtin()), "valsartan").len(), 1);
    // Once the other component is judged for pregnancy, too, the warning may be its own.
    let (findings, _) = after_change(&articles, 2, &[SENTENCES[4]]);
    assert_eq!(about_drug(&findings, "valsartan"), Vec::<String>::new());
    let (findings, _) = after_change(&[articles[0].clone(), articles[1].clone(), vec![SENTENCES[4]]], 2, &[]);
    assert_eq!(about_drug(&findings, "valsartan").len(), 1);
}
