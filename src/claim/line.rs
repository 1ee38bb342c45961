//! Line of treatment: first, second, third choice, or said not to be first.

use super::scene::Scene;
use super::scope::Section;
use super::subject::names;
use super::{Claim, Context, Line, Name, Order, Subject, Value};
use crate::mention::What;
use crate::text::BlockKind;
use crate::vocabulary::CueKind;
use std::ops::Range;

const LINES: [CueKind; 3] = [CueKind::FirstLine, CueKind::SecondLine, CueKind::ThirdLine];

/// Finds the lines of treatment of a block.
pub(crate) fn extract(scene: &Scene, claims: &mut Vec<Claim>) {
    if matches!(scene.inherited.section, Some(Section::Reference)) || scene.block.text.trim_end().ends_with('?') {
        return;
    }
    for sentence in &scene.reading.sentences {
        // "were randomised to X as second-line treatment" tells what a trial did.
        if scene.whole.is_report || scene.has(sentence.clone(), CueKind::Reported) {
            continue;
        }
        let mut from = sentence.start;
        while let Some((kind, cue)) = scene.cue_in(from..sentence.end, &LINES) {
            from = cue.end;
            let negated = scene.is_negated(sentence.start, cue.start) || longer(scene, sentence, &cue);
            let order = match kind {
                CueKind::FirstLine if negated => Order::NotFirst,
                CueKind::FirstLine => Order::First,
                _ if negated => continue,
                CueKind::SecondLine => Order::Second,
                _ => Order::Third,
            };
            claims.extend(claim(scene, order, &cue, sentence));
        }
    }
}

/// "no longer commonly used as a first-line agent": the negation stands far off.
fn longer(scene: &Scene, sentence: &Range<usize>, cue: &Range<usize>) -> bool {
    (sentence.start..cue.start).any(|token| scene.is(token, &["no"]) && scene.is(token + 1, &["longer"]))
}

fn claim(scene: &Scene, order: Order, cue: &Range<usize>, sentence: &Range<usize>) -> Option<Claim> {
    let (drugs, subject) = subject(scene, cue, sentence)?;
    let scope = scene.scope_at(cue.start);
    let mut indications = scene.conditions_in(cue.end..sentence.end);
    if indications.is_empty() {
        indications = scene.conditions_in(sentence.start..cue.start);
    }
    if indications.is_empty() {
        indications =
            if scope.conditions.is_empty() { scene.whole.conditions.clone() } else { scope.conditions.clone() };
    }
    let routes = scope.routes.clone();
    let mut people = super::scope::PopulationBuilder::default();
    for mention in scene.reading.within(sentence.clone()) {
        people.add(&mention.what, scene.vocabulary);
    }
    let population = people.finish().or_else(|| scope.population.clone()).unwrap_or_default();
    let context = Context { population, indications, routes, product: scope.product.clone(), ..Context::default() };
    let end = treatment_word(scene, cue.end).unwrap_or(cue.end);
    let value = Value::Line(Line { order });
    Some(scene.claim(cue.start..end, drugs, subject, value, context))
}

fn treatment_word(scene: &Scene, token: usize) -> Option<usize> {
    scene
        .is(
            token,
            &[
                "treatment",
                "treatments",
                "agent",
                "agents",
                "therapy",
                "option",
                "options",
                "drug",
                "drugs",
                "choice",
                "medication",
            ],
        )
        .then_some(token + 1)
}

/// The drug before the words, or the one that "is" them after: "first-line
/// treatment is A". A drug that only leads to the choice is passed over.
fn subject(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> Option<(Vec<Name>, Subject)> {
    let before = scene.subjects(sentence.start..cue.start).find(|mention| {
        matches!(mention.what, What::Drugs(_))
            && !scene.is_company(mention)
            && !is_in_regimen(scene, sentence.start, mention.tokens.start)
    });
    if let Some(mention) = before {
        return Some((names(mention), Subject::Stated));
    }
    let equals = (cue.end..sentence.end.min(cue.end + 8))
        .any(|token| scene.is(token, &["is", "are", ":", "with", "include", "includes"]));
    let after = scene
        .subjects(cue.end..sentence.end)
        .find(|mention| matches!(mention.what, What::Drugs(_)) && (equals || !scene.is_company(mention)));
    if let Some(mention) = after {
        let own = !scene.whole.subject.is_empty() && names(mention) != scene.whole.subject && !equals;
        if !own {
            return Some((names(mention), Subject::Stated));
        }
    }
    if let Some(mention) = scene.subjects(sentence.clone()).next().filter(|_| scene.whole.subject.is_empty()) {
        return Some((names(mention), Subject::Stated));
    }
    // A heading without a drug heads a list of them.
    let is_heading = matches!(scene.block.kind, BlockKind::Heading(_) | BlockKind::Title);
    if is_heading { None } else { scene.subject(cue) }
}

/// "in combination with oxaliplatin, fluorouracil and leucovorin": all that
/// follows is company.
fn is_in_regimen(scene: &Scene, from: usize, token: usize) -> bool {
    let with = (from..token).rev().find(|at| scene.is(*at, &["with"]));
    with.is_some_and(|with| {
        with > from
            && scene.is(with - 1, &["combination", "combined", "together", "along"])
            && !(with..token).any(|at| scene.is(at, &["is", "are", ";", ")"]))
    })
}
