//! The examples of the built-in lints, run over all of them, and what is said
//! when one fails.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clinlint::examples::failures;
use clinlint::lint::{Lint, builtin, parse};
use clinlint::vocabulary::Vocabulary;

#[test]
fn examples_hold() {
    let lints = builtin().unwrap();
    let failures = failures(&lints, Vocabulary::builtin());
    let shown = failures.iter().map(|problem| {
        let at = problem.position.unwrap();
        format!("{}:{}:{}: {}; {}", problem.path, at.line, at.column, problem.message, problem.help.as_ref().unwrap())
    });
    assert!(failures.is_empty(), "{} examples fail:\n\n{}", failures.len(), shown.collect::<Vec<_>>().join("\n\n"));
}

/// A lint on starting doses with one example.
fn lint(finds: bool, articles: &[&str]) -> Lint {
    let articles: String = articles.iter().map(|article| format!("      - {article:?}\n")).collect();
    let text = format!(
        "code: house/start\ntitle: starts\ntopic: dose-start\nseverity: {{disjoint: error}}\n\
         message: \"{{drugs}}: {{positions}}\"\nhelp: Choose.\nexplanation: Why.\nsource: Us.\n\
         examples:\n  - name: it\n    finds: {finds}\n    articles:\n{articles}"
    );
    parse("house/start.yml", "house/start", &text).unwrap()
}

fn failure(finds: bool, articles: &[&str]) -> String {
    let failures = failures(&[lint(finds, articles)], Vocabulary::builtin());
    let shown = failures.iter().map(|problem| {
        let at = problem.position.unwrap();
        format!("{}:{} {} ({})", at.line, at.column, problem.message, problem.help.as_ref().unwrap())
    });
    shown.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_fails_is_named_with_what_was_understood() {
    let (ten, fifty) = ("Start amitriptyline at [[10 mg at bedtime]].", "Start amitriptyline at [[50 mg at bedtime]].");
    assert_eq!(failure(true, &[ten, fifty]), "");
    assert_eq!(failure(false, &["Start amitriptyline at 10 mg at bedtime."]), "");
    insta::assert_snapshot!(
        [
            failure(false, &["Start amitriptyline at 10 mg at bedtime.", "Start amitriptyline at 50 mg at bedtime."]),
            failure(true, &[ten, "Start amitriptyline at 10 mg at bedtime."]),
            failure(true, &["Take it [[with food]]."]),
            failure(true, &[ten, "Start amitriptyline at [[50 mg]] at bedtime."]),
            failure(true, &[ten, "Start amitriptyline at [[50 mg at bedtime]], [[or later]]."]),
        ]
        .join("\n")
    );
}
