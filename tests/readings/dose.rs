//! Doses, printed one a line: `drug | amount | role | for whom, for what, how`.

use clinlint::claim::{Claim, Value, indication, phase, population, value_statement};
use clinlint::read_sources;
use clinlint::source::{Format, Source};
use clinlint::vocabulary::Vocabulary;

fn claims(text: &str) -> Vec<Claim> {
    let source = Source::new("a.md", Format::Markdown, text);
    read_sources(vec![source], Vocabulary::builtin()).articles.remove(0).claims
}

pub fn doses(text: &str) -> Vec<String> {
    let shown = |claim: &Claim| match &claim.value {
        Value::Dose(dose) => {
            let context: Vec<String> = [population(&claim.context), indication(&claim.context)]
                .into_iter()
                .flatten()
                .chain(claim.context.routes.iter().map(ToString::to_string))
                .chain(claim.context.product.iter().map(ToString::to_string))
                .collect();
            let mut line =
                format!("{} | {} | {}", claim.drugs.join("+"), value_statement(&claim.value), phase(dose.phase));
            if !context.is_empty() {
                line = format!("{line} | {}", context.join(", "));
            }
            Some(line.replace(['\u{a0}', '\u{202f}'], " "))
        }
        _ => None,
    };
    claims(text).iter().filter_map(shown).collect()
}

#[track_caller]
pub fn check(cases: &[(&str, &[&str])]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let found = doses(text);
            (found != *expected).then(|| format!("{text}\n  expected {expected:?}\n  found    {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
