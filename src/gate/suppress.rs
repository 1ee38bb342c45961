//! Leaving out what is suppressed, and saying which suppressions are wrong.

use crate::finding::Finding;
use crate::lint::{self, Lint};
use crate::problem::Problem;
use crate::suppression::{Scope, Suppression, Values};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::borrow::Borrow;

/// What is left, and what there is to say.
#[derive(Clone, Debug)]
pub struct Suppressed<F = Finding> {
    /// The findings that no suppression covers.
    pub findings: Vec<F>,
    /// How many were covered.
    pub count: usize,
    /// What is wrong with suppressions, in their order.
    pub problems: Vec<Problem>,
}

/// What became of a suppression.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fate {
    /// It covered nothing.
    Idle,
    /// It covered a finding whose values are others now.
    Outdated(Values),
    Used,
}

/// Takes out the findings that suppressions cover. `lints` are all there are,
/// `is_on` says whether one is reported at all; `today` ends those that hold
/// until a day. That one covers nothing is said only if the run is `whole`.
pub fn suppress<F: Borrow<Finding>>(
    findings: Vec<F>,
    suppressions: &[Suppression],
    lints: &[Lint],
    is_on: impl Fn(&Lint) -> bool,
    today: Date,
    whole: bool,
) -> Suppressed<F> {
    if suppressions.is_empty() {
        return Suppressed { findings, count: 0, problems: Vec::new() };
    }
    let mut fates = vec![Fate::Idle; suppressions.len()];
    let index = Index::new(suppressions);
    let mut suppressed = Suppressed { findings: Vec::new(), count: 0, problems: Vec::new() };
    for finding in findings {
        let covering = index.covering(finding.borrow(), suppressions);
        if covering.is_empty() {
            suppressed.findings.push(finding);
            continue;
        }
        let values = Values::of(&finding.borrow().values);
        let mut is_kept = false;
        for at in covering {
            let written = suppressions[at].terms.values.as_ref();
            if written == Some(&values) && holds(&suppressions[at], today) {
                fates[at] = Fate::Used;
                is_kept = true;
            } else if fates[at] == Fate::Idle {
                fates[at] = Fate::Outdated(values.clone());
            }
        }
        if is_kept {
            suppressed.count += 1;
        } else {
            suppressed.findings.push(finding);
        }
    }
    for (suppression, fate) in suppressions.iter().zip(fates) {
        let lint = lint::find(lints, &suppression.terms.lint);
        if lint.as_ref().is_ok_and(|lint| !is_on(lint)) {
            continue;
        }
        if let Some((message, help)) = wrong(suppression, lint.err(), fate, today, whole) {
            let problem = Problem::part(&suppression.path, message).with_help(help);
            suppressed.problems.push(Problem { position: Some(suppression.position), ..problem });
        }
    }
    suppressed
}

/// Whether a suppression that names a finding's values covers it.
fn holds(suppression: &Suppression, today: Date) -> bool {
    !suppression.terms.reason.trim().is_empty() && suppression.terms.until.is_none_or(|until| today <= until)
}

/// What is wrong with a suppression, the most basic first, and what to do.
fn wrong(
    suppression: &Suppression,
    unknown: Option<String>,
    fate: Fate,
    today: Date,
    whole: bool,
) -> Option<(String, String)> {
    let terms = &suppression.terms;
    let lint = &terms.lint;
    if let Some(help) = unknown {
        return Some((format!("a suppression of `{lint}`, which is no lint"), help));
    }
    if terms.reason.trim().is_empty() {
        let help = "say why the finding is kept: ` -- reason` at the end of a comment, `reason:` elsewhere";
        return Some((format!("a suppression of {lint} without a reason: it does not hold"), help.to_owned()));
    }
    if let Some(until) = terms.until.filter(|until| *until < today) {
        let help = "look at the finding again, then take the suppression away or give it another date";
        return Some((format!("a suppression of {lint} that held until {until}"), help.to_owned()));
    }
    match (&terms.values, fate) {
        (None, Fate::Outdated(values)) => {
            let message = format!("a suppression of {lint} without the values it is for: it does not hold");
            Some((message, format!("write `{lint} ({values})`, or `values: {values}` in a list")))
        }
        (None, _) => {
            let help =
                format!("take it away, or write what is found as the message says it: `{lint} (10 mg vs 50 mg)`");
            Some((format!("a suppression of {lint} without the values it is for: it does not hold"), help))
        }
        (Some(written), Fate::Outdated(values)) => {
            let message =
                format!("a suppression of {lint} for other values: it was written for {written}, now it is {values}");
            Some((
                message,
                "look at the finding again, then take the suppression away or write the new values".to_owned(),
            ))
        }
        (Some(_), Fate::Idle) if whole => {
            Some((format!("a suppression of {lint} that suppresses nothing"), "take it away".to_owned()))
        }
        _ => None,
    }
}

/// The suppressions by what they can cover, so that each finding looks at few.
struct Index<'s> {
    /// Those of an article, by lint and article.
    inside: FxHashMap<(&'s str, &'s str), Vec<usize>>,
    /// Those of the configuration, by lint.
    matching: FxHashMap<&'s str, Vec<usize>>,
}

impl<'s> Index<'s> {
    fn new(suppressions: &'s [Suppression]) -> Self {
        let mut index = Self { inside: FxHashMap::default(), matching: FxHashMap::default() };
        for (at, suppression) in suppressions.iter().enumerate() {
            let lint = suppression.terms.lint.as_str();
            match suppression.scope {
                Scope::Lines { .. } => index.inside.entry((lint, &suppression.path)).or_default().push(at),
                Scope::Files(_) => index.matching.entry(lint).or_default().push(at),
            }
        }
        index
    }

    /// The suppressions one of whose passages is one of the finding's, in
    /// order, each once.
    fn covering(&self, finding: &Finding, suppressions: &[Suppression]) -> Vec<usize> {
        let mut covering = Vec::new();
        let codes = [Some(finding.code.as_str()), finding.instead_of.as_deref()];
        for label in finding.labels.iter().filter(|label| !label.reference) {
            for code in codes.into_iter().flatten() {
                let inside = self.inside.get(&(code, label.path.as_str()));
                let matching = self.matching.get(code);
                let candidates = inside.into_iter().chain(matching).flatten().copied();
                covering.extend(candidates.filter(|at| suppressions[*at].covers(&label.path, label.position.line)));
            }
        }
        covering.sort_unstable();
        covering.dedup();
        covering
    }
}
