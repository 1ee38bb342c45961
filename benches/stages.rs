//! How much text each stage takes in a second on one core.
//!
//! `CLINLINT_ARTICLES=FOLDER cargo bench --bench stages` measures on a folder
//! of your own, else on the fixtures.

#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark is no library")]

use clinlint::claim;
use clinlint::compare::disagreements;
use clinlint::mention::{self, Reading};
use clinlint::paths::Patterns;
use clinlint::read_sources;
use clinlint::source::{self, Source};
use clinlint::text::{self, Article};
use clinlint::vocabulary::{FILES, Vocabulary};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use mimalloc::MiMalloc;
use rayon::ThreadPoolBuilder;
use std::path::PathBuf;

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

fn sources() -> Vec<Source> {
    let folder = std::env::var_os("CLINLINT_ARTICLES").map_or_else(|| PathBuf::from("fixtures"), PathBuf::from);
    let files = source::find(&[folder], &Patterns::none()).files;
    files.iter().filter_map(|file| source::read(file).ok()).collect()
}

fn bytes(sources: &[Source]) -> BytesCount {
    BytesCount::new(sources.iter().map(|source| source.text.len()).sum::<usize>())
}

fn articles(sources: &[Source]) -> Vec<Article> {
    sources.iter().map(text::read).collect()
}

fn readings(articles: &[Article]) -> Vec<Vec<Reading>> {
    articles.iter().map(|article| mention::read(article, Vocabulary::builtin())).collect()
}

/// What a run begins with.
#[divan::bench]
fn vocabulary() -> Vocabulary {
    Vocabulary::from_files(black_box(FILES)).unwrap()
}

#[divan::bench]
fn text(bencher: Bencher) {
    let sources = sources();
    bencher.counter(bytes(&sources)).bench_local(|| sources.iter().for_each(|source| drop(text::read(source))));
}

#[divan::bench]
fn mentions(bencher: Bencher) {
    let (sources, vocabulary) = (sources(), Vocabulary::builtin());
    let articles = articles(&sources);
    let read = || articles.iter().for_each(|article| drop(mention::read(article, vocabulary)));
    bencher.counter(bytes(&sources)).bench_local(read);
}

#[divan::bench]
fn claims(bencher: Bencher) {
    let (sources, vocabulary) = (sources(), Vocabulary::builtin());
    let articles = articles(&sources);
    let readings = readings(&articles);
    bencher.counter(bytes(&sources)).bench_local(|| {
        for ((source, article), readings) in sources.iter().zip(&articles).zip(&readings) {
            drop(claim::extract(source, article, readings, vocabulary));
        }
    });
}

/// The stages above and all that is found besides, as a run does it.
#[divan::bench]
fn extraction(bencher: Bencher) {
    let (sources, vocabulary) = (sources(), Vocabulary::builtin());
    let pool = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let read = |sources| pool.install(|| read_sources(sources, vocabulary));
    bencher.counter(bytes(&sources)).with_inputs(|| sources.clone()).bench_local_values(read);
}

#[divan::bench]
fn comparison(bencher: Bencher) {
    let (sources, vocabulary) = (sources(), Vocabulary::builtin());
    let counter = bytes(&sources);
    let reading = read_sources(sources, vocabulary);
    let pool = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    bencher.counter(counter).bench_local(|| pool.install(|| disagreements(&reading.articles, vocabulary)));
}
