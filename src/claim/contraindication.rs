//! Contraindications, cautions and statements of safety: one claim for each
//! condition, population or other drug that is named.
//!
//! A statement has a level ("should not be used", "use with caution") and
//! conditions. The level comes from a cue in the sentence, else from the
//! section or the list lead-in; the conditions stand behind the cue, before
//! it, in the label or heading above, or make up the whole list item.

use super::condition::{self, Named};
use super::scene::{Scene, names};
use super::scope::Section;
use super::{Claim, Context, Contraindication, Level, Name, Subject, Value};
use crate::mention::What;
use crate::text::BlockKind;
use crate::vocabulary::CueKind;
use std::ops::Range;

const LEVELS: [CueKind; 5] = [
    CueKind::Contraindicated,
    CueKind::RelativeContraindicated,
    CueKind::Avoid,
    CueKind::Caution,
    CueKind::Allowed,
];

/// A level word with the part of the sentence that it governs.
#[derive(Clone, Debug)]
struct Governor {
    level: Level,
    cue: Range<usize>,
    /// From the level word before it, or the start of its clause.
    from: usize,
    /// To the level word after it, or the end of its clause.
    to: usize,
}

/// Finds the contraindications of a block. `list_level` is the level that a
/// later item of the same list gives to this one ("Glaucoma or").
pub(crate) fn extract(scene: &Scene, list_level: Option<Level>, claims: &mut Vec<Claim>) {
    if matches!(scene.block.kind, BlockKind::Heading(_) | BlockKind::Title | BlockKind::Question) {
        return;
    }
    let mut found: Vec<(Named, Level, bool)> = Vec::new();
    for sentence in &scene.reading.sentences {
        let section = scene.scope_at(sentence.end.saturating_sub(1)).section;
        if matches!(section, Some(Section::Reference | Section::Pharmacology | Section::Overdose | Section::Evidence)) {
            continue;
        }
        let governors = governors(scene, sentence);
        let before = found.len();
        for governor in &governors {
            for named in governed(scene, governor, sentence, section) {
                push(&mut found, named, governor.level, has_exception(scene, sentence));
            }
        }
        if found.len() == before && governors.is_empty() {
            let inherited = inherited_level(scene, sentence, section, list_level);
            for (named, level) in inherited {
                push(&mut found, named, level, has_exception(scene, sentence));
            }
        }
    }
    for (named, level, conditional) in found {
        claims.extend(claim(scene, named, level, conditional));
    }
}

/// A block that says the same of a condition twice ("caution … only if benefits
/// outweigh") says it once.
fn push(found: &mut Vec<(Named, Level, bool)>, named: Named, level: Level, conditional: bool) {
    let known = found.iter().any(|(other, other_level, _)| {
        other.name == named.name && other.modifiers == named.modifiers && other.population == named.population && *other_level == level
    });
    if !known {
        found.push((named, level, conditional));
    }
}

/// The level words of a sentence, each with its clause.
fn governors(scene: &Scene, sentence: &Range<usize>) -> Vec<Governor> {
    let mut governors: Vec<Governor> = Vec::new();
    let mut from = sentence.start;
    while let Some((kind, cue)) = scene.cue_in(from..sentence.end, &LEVELS) {
        from = cue.end;
        let Some(level) = level(scene, kind, &cue, sentence) else { continue };
        let start = governors.last().map_or(sentence.start, |last: &Governor| last.cue.end);
        let start = (start..cue.start).rev().find(|token| ends_clause(scene, *token)).map_or(start, |token| token + 1);
        governors.push(Governor { level, cue, from: start, to: sentence.end });
    }
    for index in 0..governors.len() {
        let next = governors.get(index + 1).map_or(sentence.end, |next| next.cue.start.max(next.from));
        let cue_end = governors[index].cue.end;
        let stop = (cue_end..next).find(|token| ends_clause(scene, *token)).unwrap_or(next);
        governors[index].to = stop;
    }
    governors
}

fn ends_clause(scene: &Scene, token: usize) -> bool {
    scene.is(token, &[";", "but", "however", "although"])
}

fn level(scene: &Scene, kind: CueKind, cue: &Range<usize>, sentence: &Range<usize>) -> Option<Level> {
    // "do not combine … without careful monitoring"
    if kind == CueKind::Avoid && (cue.end..sentence.end).any(|token| scene.is(token, &["without"])) && scene.has(cue.end..sentence.end, CueKind::Caution) {
        return Some(Level::Caution);
    }
    let negated = scene.is_negated(sentence.start, cue.start);
    let words = scene.text(cue.clone()).to_lowercase();
    Some(match kind {
        // "avoided …, unless the benefits outweigh the risks" is the exception.
        CueKind::Caution if follows_unless(scene, cue, sentence) => return None,
        CueKind::Contraindicated if negated => Level::Allowed,
        CueKind::Contraindicated => Level::Contraindicated,
        CueKind::RelativeContraindicated => Level::Caution,
        // "to avoid drowsiness", "avoid abrupt withdrawal", "do not take more"
        CueKind::Avoid if words.starts_with("avoid") && is_purpose(scene, cue) => return None,
        CueKind::Avoid if negated && words.starts_with("avoid") => return None,
        CueKind::Avoid if words == "discontinue" && !scene.is(cue.end + 1, &["before"]) => return None,
        CueKind::Avoid => Level::Avoid,
        // "monitor for drowsiness" names an effect, not a patient.
        CueKind::Caution if words.starts_with("monitor") && scene.is(cue.end, &["for"]) => return None,
        CueKind::Caution if words.starts_with("without") => return None,
        CueKind::Caution if negated => return None,
        // With an amount the sentence is a dose.
        CueKind::Caution if (words.contains("lower") || words == "cautiously") && has_amount(scene, sentence) => return None,
        CueKind::Caution if words.contains("lower") && scene.is(cue.end, &["than"]) => return None,
        CueKind::Caution => Level::Caution,
        CueKind::Allowed if negated && !words.starts_with("no ") && !words.starts_with("not ") => Level::Avoid,
        // "safe" alone says little: "a safe, gradual reduction".
        CueKind::Allowed if words == "safe" && !scene.is(cue.end, &["in", "for", "during", "to", "while", "when"]) => return None,
        _ => Level::Allowed,
    })
}

fn follows_unless(scene: &Scene, cue: &Range<usize>, sentence: &Range<usize>) -> bool {
    scene.cue_before(cue.start.saturating_sub(8).max(sentence.start), cue.start, &[CueKind::Unless]).is_some()
}

fn has_amount(scene: &Scene, sentence: &Range<usize>) -> bool {
    scene.reading.within(sentence.clone()).any(|mention| matches!(mention.what, What::Amount(_)))
}

fn is_purpose(scene: &Scene, cue: &Range<usize>) -> bool {
    let before = cue.start.checked_sub(1).map(|token| scene.word(token)).unwrap_or_default();
    matches!(before.as_str(), "to" | "helps" | "help")
}

fn has_exception(scene: &Scene, sentence: &Range<usize>) -> bool {
    scene.has(sentence.clone(), CueKind::Unless)
}

/// What a level word speaks of.
fn governed(scene: &Scene, governor: &Governor, sentence: &Range<usize>, section: Option<Section>) -> Vec<Named> {
    // "MAO inhibitors (contraindicated)": only what stands right before the bracket.
    if scene.is(governor.cue.start.wrapping_sub(1), &["("]) && scene.is(governor.cue.end, &[")"]) {
        let all = condition::named(scene, sentence.start..governor.cue.start - 1);
        return all.into_iter().filter(|named| named.tokens.end + 1 >= governor.cue.start).collect();
    }
    if let Some(pair) = taken_together(scene, governor, sentence) {
        return vec![pair];
    }
    if governs_other(scene, governor) {
        return Vec::new();
    }
    let behind = condition::introduced(scene, governor.cue.end..governor.to, governor.level);
    if !behind.is_empty() {
        return with_label_organ(scene, sentence, behind);
    }
    if matches!(governor.level, Level::Contraindicated | Level::Avoid) && section == Some(Section::Contraindication) {
        let listed = condition::listed(scene, governor.cue.end..governor.to);
        if !listed.is_empty() && scene.is(governor.cue.end, &[":", "include", "includes", "are", "in", "for"]) {
            return listed;
        }
    }
    let ahead: Vec<Named> = condition::named(scene, governor.from..governor.cue.start)
        .into_iter()
        .filter(|named| condition::is_patient(scene, named, governor.from))
        .collect();
    if !ahead.is_empty() {
        return with_label_organ(scene, sentence, ahead);
    }
    // "Avoid sudden withdrawal": what is avoided is something else.
    let words = scene.text(governor.cue.clone()).to_lowercase();
    let has_object = words == "avoid"
        && governor.cue.end < governor.to
        && !scene.is(governor.cue.end, &[".", ",", ";", "if", "unless", "in", "during", "use", "where", "when", ")", "this"]);
    if has_object {
        return Vec::new();
    }
    // "Consult your doctor." below a heading says nothing about it.
    if ["consult", "discuss", "lower", "more sensitive", "require"].iter().any(|word| words.contains(word)) && !has_label(scene, sentence) {
        return Vec::new();
    }
    from_above(scene, sentence, governor.from)
}

fn has_label(scene: &Scene, sentence: &Range<usize>) -> bool {
    scene.labels.iter().any(|label| label.from <= sentence.end)
}

/// "Do not prescribe opioids for conditions like …" is about opioids.
fn governs_other(scene: &Scene, governor: &Governor) -> bool {
    let words = scene.text(governor.cue.clone()).to_lowercase();
    let is_order = ["do not", "don't", "never"].iter().any(|start| words.starts_with(start));
    let object = scene.subjects(governor.cue.end..governor.to).next().filter(|mention| mention.tokens.start <= governor.cue.end + 2);
    is_order
        && object.is_some_and(|mention| {
            !condition::is_own(scene, &condition::of_drug(scene, mention))
                && scene.is(mention.tokens.end, &["for", "in", "as"])
        })
}

/// "A and B can be used together safely": B is the condition of A.
fn taken_together(scene: &Scene, governor: &Governor, sentence: &Range<usize>) -> Option<Named> {
    let together = sentence.clone().any(|token| scene.is(token, &["together", "coadministered", "combined"]));
    if !together {
        return None;
    }
    let mut drugs = scene.subjects(sentence.clone());
    let (first, second) = (drugs.next()?, drugs.next()?);
    let mut pair = condition::of_drug(scene, second);
    pair.partner = names(first).first().cloned();
    pair.quote = governor.cue.clone();
    pair.span = scene.block.span(scene.reading.bytes(governor.cue.clone()));
    Some(pair)
}

/// "Hepatic Dysfunction: … Use with caution in mild to moderate impairment":
/// the impairment is the label's.
fn with_label_organ(scene: &Scene, sentence: &Range<usize>, found: Vec<Named>) -> Vec<Named> {
    let resolve = |named: Named| if named.is_bare { above(scene, sentence, &named) } else { vec![named] };
    found.into_iter().flat_map(resolve).filter(|named| !named.is_bare).collect()
}

fn above(scene: &Scene, sentence: &Range<usize>, bare: &Named) -> Vec<Named> {
    from_above(scene, sentence, sentence.start)
        .into_iter()
        .map(|mut named| {
            named.tokens = bare.tokens.clone();
            named.quote = bare.quote.clone();
            named.span = bare.span;
            named.modifiers.clone_from(&bare.modifiers);
            named.above = None;
            named
        })
        .collect()
}

/// The conditions of the label in front, else of the clause before, else of
/// the nearest heading or question that names any.
fn from_above(scene: &Scene, sentence: &Range<usize>, from: usize) -> Vec<Named> {
    if from > sentence.start {
        let earlier: Vec<Named> = condition::named(scene, sentence.start..from)
            .into_iter()
            .filter(|named| !named.is_bare && condition::is_patient(scene, named, sentence.start))
            .collect();
        if !earlier.is_empty() {
            return earlier;
        }
    }
    let label = scene.labels.iter().rev().find(|label| label.from <= sentence.end);
    if let Some(label) = label {
        let named = condition::named(scene, label.tokens.clone());
        if !named.is_empty() {
            return named;
        }
    }
    condition::of_headings(scene)
}

/// Without a level word: what the section or the list lead-in says.
fn inherited_level(
    scene: &Scene,
    sentence: &Range<usize>,
    section: Option<Section>,
    list_level: Option<Level>,
) -> Vec<(Named, Level)> {
    let scope = scene.scope_at(sentence.end.saturating_sub(1));
    let is_item = matches!(scene.block.kind, BlockKind::ListItem { .. } | BlockKind::TableCell);
    let from = scene.labels.iter().filter(|label| label.from <= sentence.end).map(|label| label.from).max().unwrap_or(0);
    let tokens = sentence.start.max(from.min(sentence.end))..sentence.end;
    let level = match section {
        Some(Section::Contraindication) => Some(Level::Contraindicated),
        Some(Section::RelativeContraindication) => Some(Level::Caution),
        _ => None,
    };
    let level = list_level.or(scope.level.filter(|_| is_item)).or(level);
    let Some(level) = level else { return Vec::new() };
    // A whole sentence without a level word explains; a list names.
    let explains = tokens.clone().any(|token| {
        scene.is(token, &["may", "can", "is", "should", "will", "cause", "causes", "has", "must", "when", "increases", "increase"])
    });
    if explains && !scene.is(tokens.start, &["you", "if", "your"]) {
        return Vec::new();
    }
    condition::listed(scene, tokens).into_iter().map(|named| (named, level)).collect()
}

fn claim(scene: &Scene, named: Named, level: Level, conditional: bool) -> Option<Claim> {
    let (drugs, subject) = match &named.partner {
        Some(partner) => (vec![partner.clone()], Subject::Stated),
        None => subject(scene, &named)?,
    };
    let (tokens, quote_from_heading) = match &named.above {
        Some(block) => (0..0, Some(*block)),
        None => (named.tokens.clone(), None),
    };
    // A drug is no condition of itself.
    if named.interaction && drugs.iter().any(|drug| *drug == named.name) {
        return None;
    }
    let asks = named.name.contains("hypersensitivity") || named.name.contains("allerg");
    let addressed = (0..scene.reading.tokens.len()).any(|token| scene.is(token, &["you", "your"]));
    // Every leaflet asks about allergies; that is no caution.
    if asks && addressed && level == Level::Caution {
        return None;
    }
    let condition_span = named.span;
    let value = Value::Contraindication(Contraindication {
        condition: named.name.clone(),
        known: named.known,
        condition_span,
        level,
        interaction: named.interaction,
        modifiers: named.modifiers.clone(),
        conditional,
    });
    let scope = scene.scope_at(tokens.start);
    let context = Context {
        population: named.population.clone().unwrap_or_default(),
        indications: named.indication.clone().into_iter().collect(),
        routes: scope.routes,
        product: scope.product,
        ..Context::default()
    };
    let mut claim = scene.claim(named.quote.clone(), drugs, subject, value, context);
    if quote_from_heading.is_none() {
        claim.span = claim.span.join(condition_span);
        if claim.span.len() > 400 {
            claim.span = condition_span;
        }
        claim.quote = claim.span.slice(scene.file.as_bytes()).into_owned();
    }
    Some(claim)
}

/// Whose contraindication it is: what headings and the article are about; else
/// the drug that opens the sentence.
fn subject(scene: &Scene, named: &Named) -> Option<(Vec<Name>, Subject)> {
    let scope = scene.scope_at(named.quote.start);
    let sentence = scene.reading.sentence_of(named.quote.start);
    let opening = scene.subjects(sentence.clone()).find(|mention| {
        matches!(mention.what, What::Drugs(_))
            && mention.tokens.end <= named.quote.start.max(named.tokens.start)
            && mention.tokens != named.tokens
            && !scene.is_company(mention)
    });
    let about_one = match scope.drugs.as_slice() {
        [only] => Some((only.clone(), Subject::Heading)),
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
    scene.subject(&named.quote)
}
