//! Whose contraindication it is.

use crate::claim::condition::Named;
use crate::claim::scene::Scene;
use crate::claim::subject::names;
use crate::claim::{Name, Subject};
use crate::mention::{Mention, What};
use crate::vocabulary::CueKind;
use std::ops::Range;

/// "Methylpolysiloxane: generally safe" of a mixture speaks of that part, though
/// the vocabulary does not know it.
fn labelled_part(scene: &Scene, sentence: &Range<usize>) -> Option<Name> {
    let label = scene.labels.iter().rev().find(|label| label.tokens.start == sentence.start)?;
    let words = scene.text(label.tokens.clone()).trim().to_lowercase();
    scene.whole.mixture().filter(|title| title.contains(&words))?;
    scene.whole.unknown_parts.iter().find(|part| ***part == *words).cloned()
}

/// Whose contraindication it is: what headings and the article are about; else
/// the drug that opens the sentence.
pub(super) fn subject(scene: &Scene, named: &Named) -> Option<(Vec<Name>, Subject)> {
    let scope = scene.scope_at(named.quote.start);
    let mut scoped: Vec<&Vec<Name>> = scope.drugs.iter().collect();
    // "Glucose abnormalities" and "alcohol" head no text on a drug.
    let is_substance = |names: &Vec<Name>| {
        names.iter().all(|name| matches!(&**name, "dextrose" | "glucose" | "ethanol" | "oxygen" | "water"))
    };
    if !is_substance(&scene.whole.subject) || scene.whole.subject.is_empty() || !scene.whole.is_monograph {
        scoped.retain(|names| !is_substance(names));
    }
    let sentence = scene.reading.sentence_of(named.quote.start);
    if let Some(part) = labelled_part(scene, &sentence) {
        return Some((vec![part], Subject::Stated));
    }
    let opening = scene.subjects(sentence.clone()).find(|mention| {
        matches!(mention.what, What::Drugs(_))
            && mention.tokens.end <= named.quote.start.max(named.tokens.start)
            && mention.tokens != named.tokens
            && !scene.is_company(mention)
    });
    // "NSAIDs should be avoided in renal impairment" in an article on another
    // drug is about NSAIDs.
    if let Some(other) = grammatical_subject(scene, named, &sentence) {
        return Some((other, Subject::Stated));
    }
    if let Some(other) = grammatical_object(scene, named, &sentence) {
        return Some((other, Subject::Stated));
    }
    if let Some(component) = component(scene, named, &sentence) {
        return Some((vec![component], Subject::Stated));
    }
    let about_one = match scoped.as_slice() {
        [only] => Some((only.to_vec(), Subject::Heading)),
        _ if is_substance(&scene.whole.subject) && !scene.whole.is_monograph => None,
        _ if !scene.whole.subject.is_empty() => Some((scene.whole.subject.clone(), Subject::Title)),
        _ => None,
    };
    if let Some((drugs, how)) = about_one {
        // Named in the sentence too, or nothing else is.
        let stated = opening.is_some_and(|mention| names(mention) == drugs);
        return Some((drugs, if stated { Subject::Stated } else { how }));
    }
    if let Some(mention) = opening {
        return Some((names(mention), Subject::Stated));
    }
    let (drugs, how) = scene.subject(&named.quote)?;
    // A class that another block names is company, not the article's subject.
    let is_class =
        drugs.iter().all(|name| scene.vocabulary.drug(name).is_none() && scene.vocabulary.class(name).is_some());
    let follows = || scene.subjects(sentence.clone()).all(|mention| mention.tokens.start >= named.quote.start);
    if is_class && (matches!(how, Subject::Carried | Subject::Title) || follows()) {
        return None;
    }
    // A class that is not the sentence's own subject is named for another reason.
    let how = if is_class && how == Subject::Stated { Subject::Carried } else { how };
    (!is_substance(&drugs) || scene.whole.is_monograph && drugs == scene.whole.subject).then_some((drugs, how))
}

/// Of a combination the one component that a sentence names: "furazolidone
/// should be avoided in infants".
pub(super) fn component(scene: &Scene, named: &Named, sentence: &Range<usize>) -> Option<Name> {
    let whole = &scene.whole.subject;
    if whole.len() < 2 || named.interaction {
        return None;
    }
    let mut stated: Vec<&Name> = Vec::new();
    let at = if named.tokens.is_empty() { named.quote.start } else { named.tokens.start };
    let parts = |token: &usize| scene.is(*token, &["but", "while", "whereas", "however", ";"]);
    let from = (sentence.start..at).rev().find(parts).unwrap_or(sentence.start);
    let to = (at.max(sentence.start)..sentence.end).find(parts).unwrap_or(sentence.end);
    for mention in scene.subjects(from..to) {
        match &mention.what {
            What::Drugs(names) => stated.extend(names.iter().filter(|name| whole.contains(name))),
            _ => return None,
        }
    }
    stated.dedup();
    match stated.as_slice() {
        [only] => Some((*only).clone()),
        _ => None,
    }
}

/// "Do not give diphenhydramine to newborns", "newborns should not receive
/// diphenhydramine" in an article on another drug.
fn grammatical_object(scene: &Scene, named: &Named, sentence: &Range<usize>) -> Option<Vec<Name>> {
    if named.interaction || named.tokens.is_empty() {
        return None;
    }
    let end = named.tokens.start.max(sentence.start);
    let verbs = ["give", "use", "take", "avoid", "prescribe", "administer", "giving", "using", "taking"];
    let before = scene.subjects(sentence.start..end).find(|mention| {
        matches!(mention.what, What::Drugs(_))
            && mention.tokens.start > sentence.start
            && scene.is(mention.tokens.start - 1, &verbs)
    });
    let behind = || {
        let (_, cue) = scene.cue_in(named.tokens.end..sentence.end, &[CueKind::Avoid, CueKind::Contraindicated])?;
        object_of_order(scene, &cue)
    };
    let own = names(before.or_else(behind)?);
    let scope = scene.scope_at(sentence.start);
    // In an article on ibuprofen "NSAIDs" means ibuprofen, too.
    let is_about = |name: &Name| {
        let mut subjects = scene.whole.subject.iter();
        subjects.any(|subject| subject == name || is_member(scene, subject, name))
    };
    let is_known = scene.whole.subject == own || own.iter().all(is_about) || scope.drugs.contains(&own);
    (!is_known).then_some(own)
}

/// The drug right behind an order not to give it: "do not use methotrexate",
/// "should not receive the oral doxycycline".
pub(super) fn object_of_order<'s>(scene: &'s Scene, cue: &Range<usize>) -> Option<&'s Mention> {
    let verbs = ["give", "use", "take", "avoid", "prescribe", "administer", "receive", "start"];
    let is_order = scene.is(cue.end.checked_sub(1)?, &verbs);
    let start = cue.end + usize::from(scene.is(cue.end, &["the", "any", "oral"]));
    let object = scene.subjects(start..start + 1).find(|mention| mention.tokens.start == start)?;
    (is_order && matches!(object.what, What::Drugs(_))).then_some(object)
}

/// The other drug or class that opens the sentence as its subject: "X is
/// contraindicated in …".
fn grammatical_subject(scene: &Scene, named: &Named, sentence: &Range<usize>) -> Option<Vec<Name>> {
    if named.interaction || named.tokens.is_empty() {
        return None;
    }
    let fillers = ["the", "all", "oral", "other", "use", "of", "however", ",", "-", "•", "*", "in", "general"];
    let opens = |token: &usize| scene.subjects(*token..token + 1).any(|mention| mention.tokens.start == *token);
    let start = (sentence.start..sentence.end).find(|token| opens(token) || !scene.is(*token, &fillers))?;
    let mention = scene.subjects(start..start + 1).find(|mention| mention.tokens.start == start)?;
    let verbs = ["is", "are", "should", "can", "may", "must", "cannot", "has", "have", "and"];
    // "Antidiabetic medications should not be used in …"
    let nouns = ["medication", "medications", "medicine", "medicines", "drug", "drugs", "agent", "agents", "therapy"];
    let end = mention.tokens.end + usize::from(scene.is(mention.tokens.end, &nouns));
    let speaks = scene.is(end, &verbs) && end < named.tokens.start;
    let own = names(mention);
    let whole = &scene.whole.subject;
    let scope = scene.scope_at(start);
    // In an article on ibuprofen "NSAIDs" means ibuprofen, too; in a chapter that
    // only names metformin most "oral antidiabetics" means all of them.
    let is_pointed = start > sentence.start && scene.is(start - 1, &["the", "this"]);
    let is_about = |subject: &Name| scene.whole.titled && whole.contains(subject);
    let is_own = |name: &Name| {
        let mut subjects = whole.iter().chain(scope.drugs.iter().flatten());
        subjects.any(|subject| {
            let heads = is_about(subject) || is_pointed || scope.drugs.iter().flatten().any(|drug| drug == subject);
            subject == name || heads && is_member(scene, subject, name)
        })
    };
    let is_other = !whole.is_empty() || matches!(mention.what, What::Class(..));
    (speaks && is_other && !own.iter().any(is_own) && !own.contains(&named.name)).then_some(own)
}

/// Whether a drug belongs to a class.
fn is_member(scene: &Scene, drug: &Name, class: &Name) -> bool {
    scene
        .vocabulary
        .drug(drug)
        .zip(scene.vocabulary.class(class))
        .is_some_and(|(drug, class)| scene.vocabulary.is_member(drug, class))
}
