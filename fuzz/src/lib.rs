//! What every input format has to hold, whatever it is given.

use clinlint::report::{Gated, Report, github, gitlab, json, junit, markdown, sarif, short};
use clinlint::lint::{Lint, builtin};
use clinlint::source::from_bytes;
use clinlint::{check, read_sources};
use clinlint::vocabulary::Vocabulary;
use std::path::Path;
use std::sync::LazyLock;

/// The lints, read once.
pub static LINTS: LazyLock<Vec<Lint>> = LazyLock::new(|| builtin().expect("the built-in lints are lints"));

/// Reads the bytes as two articles of a format, compares and prints them.
///
/// # Panics
///
/// When a claim's quote is not what stands at its place, or anything fails that
/// must not.
pub fn article(extension: &str, bytes: &[u8]) {
    let source = |name: &str| from_bytes(Path::new(&format!("{name}.{extension}")), bytes.to_vec());
    let (Ok(one), Ok(other)) = (source("a"), source("b")) else { return };
    let reading = read_sources(vec![one, other], Vocabulary::builtin());
    for (article, text) in reading.articles.iter().zip(&reading.texts) {
        for claim in &article.claims {
            assert_eq!(text.get(claim.span.start..claim.span.end), Some(claim.quote.as_str()));
        }
    }
    let findings = check(&reading, &LINTS, Vocabulary::builtin());
    let report = Report {
        findings: &findings,
        articles: &reading.passages(),
        problems: &reading.problems,
        gated: Gated::default(),
        lints: &LINTS,
        fail_on: None,
        base: Path::new("."),
    };
    let mut out = Vec::new();
    type Write = fn(&mut Vec<u8>, &Report<'_>) -> std::io::Result<()>;
    let writers: [Write; 7] =
        [short::write, json::write, sarif::write, github::write, gitlab::write, junit::write, markdown::write];
    for write in writers {
        write(&mut out, &report).expect("memory takes everything");
    }
}
