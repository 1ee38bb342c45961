//! What a change of articles does to the claims: which it adds, removes or
//! alters, and what each now disagrees with.

use crate::claim::{Claim, Name, Value, phase, statement};
use crate::finding::{Finding, Label, Severity};
use crate::span::{LineIndex, Span};
use std::collections::BTreeMap;

/// One claim that is new, gone or other than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The article.
    pub path: String,
    /// The subject of the claim.
    pub drugs: Vec<Name>,
    /// The kind of the claim, such as `dose`.
    pub kind: &'static str,
    /// What it was; none for a new claim.
    pub before: Option<Stated>,
    /// What it is; none for one that is gone. One of the two is there.
    pub after: Option<Stated>,
    /// The findings in which the new statement takes part.
    pub against: Vec<Against>,
}

/// What an article states.
#[derive(Clone, Debug, PartialEq)]
pub struct Stated {
    /// The line, from 1.
    pub line: usize,
    /// The bytes.
    pub span: Span,
    /// The statement, normalised: "10 mg a day, start".
    pub states: String,
}

/// What a new statement disagrees with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Against {
    /// The code of the lint.
    pub code: String,
    /// How grave it is.
    pub severity: Severity,
    /// What disagrees, in one line.
    pub message: String,
    /// What the other positions state, each with its places, as path and line.
    pub positions: Vec<(String, Vec<(String, usize)>)>,
}

/// The claims of an article, and its text.
pub type Version<'a> = (&'a [Claim], &'a str);

/// What became of the claims of one article, in the order of its text; what is
/// gone comes last. A claim is altered where its subject and its role stay and
/// its statement does not.
pub fn changes(path: &str, before: Option<Version<'_>>, after: Option<Version<'_>>) -> Vec<Change> {
    let (mut old, mut new) = (stated(before), stated(after));
    // What is stated as before is no change, wherever it stands now.
    for (slot, new) in &mut new {
        let Some(old) = old.get_mut(slot) else { continue };
        new.retain(|now| match old.iter().position(|then| then.states == now.states) {
            Some(at) => {
                old.remove(at);
                false
            }
            None => true,
        });
    }
    let mut changes = Vec::new();
    for (slot, new) in new {
        let mut old = old.get_mut(&slot).map(std::mem::take).unwrap_or_default().into_iter();
        let pairs = new.into_iter().map(|now| (old.next(), Some(now))).collect::<Vec<_>>();
        let gone = old.map(|then| (Some(then), None));
        changes.extend(pairs.into_iter().chain(gone).map(|(before, after)| change(path, &slot, before, after)));
    }
    let gone = old.into_iter().flat_map(|(slot, old)| old.into_iter().map(move |then| (slot.clone(), then)));
    changes.extend(gone.map(|(slot, then)| change(path, &slot, Some(then), None)));
    changes.sort_by_key(|change| {
        let place = |stated: &Stated| stated.span;
        (change.after.is_none(), change.after.as_ref().map(place), change.before.as_ref().map(place))
    });
    changes
}

/// What a claim is about: only claims of one slot can be the same one altered.
type Slot = (Vec<Name>, &'static str, String);

fn change(path: &str, (drugs, kind, _): &Slot, before: Option<Stated>, after: Option<Stated>) -> Change {
    Change { path: path.to_owned(), drugs: drugs.clone(), kind, before, after, against: Vec::new() }
}

/// The statements by slot, in the order of the text.
fn stated(version: Option<Version<'_>>) -> BTreeMap<Slot, Vec<Stated>> {
    let Some((claims, text)) = version else { return BTreeMap::new() };
    let lines = LineIndex::new(text);
    let mut stated: BTreeMap<Slot, Vec<Stated>> = BTreeMap::new();
    for claim in claims {
        let line = lines.position(text, claim.span.start).line;
        stated.entry(slot(claim)).or_default().push(Stated { line, span: claim.span, states: statement(claim) });
    }
    stated
}

fn slot(claim: &Claim) -> Slot {
    let role = match &claim.value {
        Value::Dose(dose) => phase(dose.phase).to_owned(),
        Value::Contraindication(contraindication) => contraindication.condition.to_string(),
        _ => String::new(),
    };
    (claim.drugs.clone(), claim.value.kind(), role)
}

/// Notes for each change what its new statement disagrees with.
pub fn set_against(changes: &mut [Change], findings: &[Finding]) {
    let mut by_place: BTreeMap<(&str, Span), Vec<(&Finding, &Label)>> = BTreeMap::new();
    for finding in findings {
        for label in &finding.labels {
            by_place.entry((&label.path, label.span)).or_default().push((finding, label));
        }
    }
    for change in changes {
        let Some(after) = &change.after else { continue };
        let taking_part = by_place.get(&(change.path.as_str(), after.span)).into_iter().flatten();
        change.against = taking_part.map(|(finding, label)| against(finding, label.group)).collect();
    }
}

fn against(finding: &Finding, own: Option<usize>) -> Against {
    let positions = finding.labels.chunk_by(|one, next| one.group == next.group);
    let others = positions.filter(|labels| labels[0].group != own).map(|labels| {
        let mut places: Vec<(String, usize)> =
            labels.iter().map(|label| (label.path.clone(), label.position.line)).collect();
        places.dedup();
        (labels[0].message.clone(), places)
    });
    Against {
        code: finding.code.clone(),
        severity: finding.severity,
        message: finding.message.clone(),
        positions: others.collect(),
    }
}
