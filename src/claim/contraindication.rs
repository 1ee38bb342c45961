//! Contraindications, cautions and statements of safety: one claim for each
//! condition, population or other drug that is named.
//!
//! A statement has a level ("should not be used", "use with caution") and
//! conditions. The level comes from a cue in the sentence, else from the
//! section or the list lead-in; the conditions stand behind the cue, before
//! it, in the label or heading above, or make up the whole list item.

mod aside;
mod exception;
mod governed;
mod level;
mod obstetric;
mod remark;
mod subject;

use super::condition::{self, Named};
use super::scene::Scene;
use super::scope::Section;
use super::{Claim, Context, Contraindication, Level, Name, Subject, Value, is_allergy};
use crate::text::BlockKind;
use crate::vocabulary::CueKind;
use aside::{is_narrowed, is_spoken_of_otherwise};
use exception::{has_exception, is_conditional};
use governed::governed;
use level::level;
use std::cell::LazyCell;
use std::ops::Range;
use subject::{component, subject};

const LEVELS: [CueKind; 5] =
    [CueKind::Contraindicated, CueKind::RelativeContraindicated, CueKind::Avoid, CueKind::Caution, CueKind::Allowed];

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
/// later item of the same list gives to this one ("Glaucoma or"). Tells of each
/// sentence what rates a drug in it, whether or not a claim came of it.
pub(crate) fn extract(scene: &Scene, list_level: Option<Level>, claims: &mut Vec<Claim>) -> Vec<Option<Range<usize>>> {
    if matches!(scene.block.kind, BlockKind::Heading(_) | BlockKind::Title | BlockKind::Question) {
        return Vec::new();
    }
    let mut rated = Vec::with_capacity(scene.reading.sentences.len());
    let mut found: Vec<Rating> = Vec::new();
    for sentence in &scene.reading.sentences {
        let section = scene.scope_at(sentence.end.saturating_sub(1)).section;
        if !matches!(section, Some(Section::Reference | Section::Overdose | Section::Evidence))
            && let Some(named) = obstetric::recommended(scene, sentence)
        {
            let rating = Rating {
                named,
                level: Level::Allowed,
                conditional: false,
                hedged: false,
                dosing: false,
                sentence: sentence.clone(),
            };
            push(&mut found, rating);
        }
        if is_skipped(section) {
            rated.push(None);
            continue;
        }
        let governors = governors(scene, sentence);
        rated.push(what_rates(scene, sentence, section, &governors));
        let exception = LazyCell::new(|| has_exception(scene, sentence));
        let before = found.len();
        for governor in &governors {
            let known = found.len() > before;
            // "Contraindications: asthma, breastfeeding (caution)" excepts the last.
            let led = |token: &usize| scene.is(*token, &["use", "used", "with", "only", "special", "extreme"]);
            let bracket = (sentence.start..governor.cue.start).rfind(|token| !led(token));
            // "pregnancy (caution in the second trimester)" excepts a part only.
            let is_closed = scene.is(governor.cue.end, &[")", "advised", "required", "needed"]);
            let is_mild = is_closed && governor.level > Level::Avoid;
            if let Some(bracket) = bracket.filter(|token| is_mild && scene.is(*token, &["("])) {
                found.retain(|rating| rating.named.tokens.end != bracket);
            }
            for named in governed(scene, governor, sentence, section) {
                // "Thrombocytopenia necessitates close monitoring" under side effects.
                let is_effect = section == Some(Section::Adverse)
                    && governor.level == Level::Caution
                    && named.population.is_none()
                    && named.tokens.end <= governor.cue.start;
                // "compatible with glucose 5%" in a bag
                let is_mixed = named.interaction && scene.is(governor.cue.start, &["compatible"]);
                if is_effect || is_mixed {
                    continue;
                }
                // "…: use with caution in mild impairment; dose reduction may be needed"
                // does not speak of the label's condition as a whole.
                let of_label = scene
                    .labels
                    .iter()
                    .any(|label| named.tokens.start >= label.tokens.start && named.tokens.end <= label.from);
                let rating = rating(scene, named, governor, sentence, &exception);
                if known && of_label {
                    // "Renal impairment: use with caution and reduce the dose."
                    if let Some(same) = said_before(&mut found, &rating) {
                        same.dosing |= rating.dosing;
                    }
                    continue;
                }
                push(&mut found, rating);
            }
        }
        // An item of a list names its condition first; what follows explains it.
        let explained =
            sentence.start > 0 && !found.is_empty() && matches!(scene.block.kind, BlockKind::ListItem { .. });
        if found.len() == before && governors.is_empty() && !explained {
            let inherited = inherited_level(scene, sentence, section, list_level);
            for (named, level) in inherited {
                let conditional = is_narrowed(scene, &named, level) || *exception;
                push(
                    &mut found,
                    Rating { named, level, conditional, hedged: false, dosing: false, sentence: sentence.clone() },
                );
            }
        }
    }
    claims.extend(
        found
            .into_iter()
            .filter(|rating| !is_spoken_of_otherwise(scene, rating))
            .filter_map(|rating| claim(scene, rating)),
    );
    rated
}

/// What is said of one condition.
struct Rating {
    named: Named,
    level: Level,
    conditional: bool,
    hedged: bool,
    dosing: bool,
    /// The sentence that says it.
    sentence: Range<usize>,
}

fn rating(
    scene: &Scene,
    named: Named,
    governor: &Governor,
    sentence: &Range<usize>,
    has_exception: &LazyCell<bool, impl FnOnce() -> bool>,
) -> Rating {
    let words = scene.text(governor.cue.clone()).to_lowercase();
    let near = governor.cue.start.saturating_sub(4).max(sentence.start)..governor.cue.end;
    let usually: &[&str] = match governor.level {
        Level::Caution => {
            &["may", "might", "could", "see", "consider", "potential", "potentially", "possible", "possibly"]
        }
        _ => &[
            "generally",
            "usually",
            "typically",
            "normally",
            "routinely",
            "preferably",
            "ideally",
            "often",
            "commonly",
        ],
    };
    Rating {
        conditional: is_narrowed(scene, &named, governor.level)
            || **has_exception
            || is_conditional(scene, governor, &named, sentence),
        hedged: (near.start..near.end).any(|token| scene.is(token, usually))
            || (governor.cue.end..(governor.cue.end + 3).min(governor.to))
                .any(|token| scene.is(token, &["may", "might", "could"]))
            || (governor.cue.end..governor.to).any(|token| {
                scene.is(token, &["possible"]) && scene.is(token - 1, &["if", "where", "when", "whenever"])
            })
            || (governor.cue.end..(governor.cue.end + 3).min(governor.to)).any(|token| scene.is(token, &["routine"])),
        dosing: words.contains("adjust")
            || words.contains("dose")
            || words.contains("dosage")
            || words.contains("lower"),
        level: governor.level,
        named,
        sentence: sentence.clone(),
    }
}

/// A block that says the same of a condition twice ("caution … only if benefits
/// outweigh") says it once.
fn push(found: &mut Vec<Rating>, rating: Rating) {
    match said_before(found, &rating) {
        Some(known) => known.dosing |= rating.dosing,
        None => found.push(rating),
    }
}

/// The rating of the same condition at the same level.
fn said_before<'f>(found: &'f mut [Rating], rating: &Rating) -> Option<&'f mut Rating> {
    found.iter_mut().find(|known| {
        let (one, other) = (&known.named, &rating.named);
        known.level == rating.level
            && one.name == other.name
            && one.modifiers == other.modifiers
            && one.population == other.population
    })
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
    // "Contraindicated/use with caution" says neither.
    let is_either = |pair: &[Governor]| {
        pair[0].level != pair[1].level && pair[1].cue.start - pair[0].cue.end <= 2 && scene.is(pair[0].cue.end, &["/"])
    };
    if governors.windows(2).any(is_either) {
        return Vec::new();
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

/// Without a level word: what the section or the list lead-in says of the
/// conditions that are named.
fn inherited_level(
    scene: &Scene,
    sentence: &Range<usize>,
    section: Option<Section>,
    list_level: Option<Level>,
) -> Vec<(Named, Level)> {
    let Some((level, tokens)) = level_above(scene, sentence, section, list_level) else { return Vec::new() };
    // "if you have uncontrolled diabetes, with, for example, nausea": examples of
    // its signs.
    let example =
        tokens.clone().find(|token| scene.is(*token, &["for"]) && scene.is(token + 1, &["example", "instance"]));
    let tokens = tokens.start..example.filter(|_| scene.is(tokens.start, &["if"])).unwrap_or(tokens.end);
    condition::listed(scene, tokens).into_iter().map(|named| (named, level)).collect()
}

/// What rates a drug in a sentence with these level words: one that does so by
/// itself, or an item of a list below one. "Monitor" and "consult your doctor"
/// alone rate nothing.
fn what_rates(
    scene: &Scene,
    sentence: &Range<usize>,
    section: Option<Section>,
    governors: &[Governor],
) -> Option<Range<usize>> {
    let is_said = |governor: &&Governor| match governor.level {
        Level::Contraindicated | Level::Avoid => true,
        Level::Caution => governor.cue.clone().any(|token| scene.word(token).contains("caution")),
        Level::Allowed => false,
    };
    let at = if scene.cue_in(sentence.clone(), &LEVELS).is_some() {
        governors.iter().find(is_said)?.cue.clone()
    } else {
        // What follows the first sentence of an item explains it.
        let is_item = matches!(scene.block.kind, BlockKind::ListItem { .. }) && sentence.start == 0;
        is_item.then(|| level_above(scene, sentence, section, None))??.1
    };
    // The lead-in of a list says it of the items.
    let leads = scene.is(sentence.end.wrapping_sub(1), &[":"]);
    (!leads && scene.subject(sentence).is_some()).then_some(at)
}

/// Sections that rate nothing.
fn is_skipped(section: Option<Section>) -> bool {
    matches!(section, Some(Section::Reference | Section::Pharmacology | Section::Overdose | Section::Evidence))
}

/// The level that the section or the list lead-in gives to a sentence, and the
/// part of it that can name conditions.
fn level_above(
    scene: &Scene,
    sentence: &Range<usize>,
    section: Option<Section>,
    list_level: Option<Level>,
) -> Option<(Level, Range<usize>)> {
    let is_item = matches!(scene.block.kind, BlockKind::ListItem { .. } | BlockKind::TableCell);
    let is_relative = || {
        let label = scene.labels.iter().rev().find(|label| label.from <= sentence.end);
        let blocks = &scene.article.blocks;
        label.is_some_and(|label| label.tokens.clone().any(|token| scene.is(token, &["relative"])))
            || scene
                .block
                .place
                .leads
                .iter()
                .any(|lead| blocks[*lead].text.trim_start().to_lowercase().starts_with("relative"))
    };
    let by_section = || match section {
        Some(Section::Contraindication) if is_relative() => Some(Level::Caution),
        Some(Section::Contraindication) => Some(Level::Contraindicated),
        Some(Section::RelativeContraindication) => Some(Level::Caution),
        _ => None,
    };
    let by_lead = || scene.scope_at(sentence.end.saturating_sub(1)).level.filter(|_| is_item);
    let level = list_level.or_else(by_lead).or_else(by_section)?;
    let from =
        scene.labels.iter().filter(|label| label.from <= sentence.end).map(|label| label.from).max().unwrap_or(0);
    let tokens = sentence.start.max(from.min(sentence.end))..sentence.end;
    // "Contraindications and cautions" says neither of its items.
    let is_mixed = || {
        scene.block.place.headings.last().is_some_and(|id| {
            let heading = scene.article.blocks[*id].text.to_lowercase();
            heading.contains("contraindication") && ["caution", "warning"].iter().any(|word| heading.contains(word))
        })
    };
    let orders = ["reduce", "adjust", "monitor", "lower", "check", "give", "use", "consider"];
    if scene.is(tokens.start, &orders) || is_mixed() {
        return None;
    }
    // A whole sentence without a level word explains; a list names.
    let explains = tokens.clone().any(|token| {
        scene.is(
            token,
            &["may", "can", "is", "should", "will", "cause", "causes", "has", "must", "when", "increases", "increase"],
        )
    });
    (!explains || scene.is(tokens.start, &["you", "if", "your"])).then_some((level, tokens))
}

fn claim(scene: &Scene, rating: Rating) -> Option<Claim> {
    let Rating { named, level, conditional, hedged, dosing, sentence } = rating;
    let (mut drugs, subject) = match &named.partner {
        Some(partner) => (vec![partner.clone()], Subject::Stated),
        None => subject(scene, &named).filter(|(drugs, _)| !speaks_of_other(scene, &named, &sentence, drugs))?,
    };
    // What is said of a mixture is not said of the parts that are known.
    if subject != Subject::Stated && !drugs.is_empty() && drugs == scene.whole.subject {
        drugs.extend(scene.whole.unknown_parts.iter().cloned());
        drugs.sort();
    }
    let (tokens, quote_from_heading) = match &named.above {
        Some(block) => (0..0, Some(*block)),
        None => (named.tokens.clone(), None),
    };
    // A drug is no condition of itself.
    if named.interaction
        && (drugs.iter().any(|drug| is_kind_of_name(drug, &named.name))
            || *named.name == drugs.join(" + ")
            || matches!(&*named.name, "antibiotic" | "vaccine"))
    {
        return None;
    }
    let is_addressed = || (0..scene.reading.tokens.len()).any(|token| scene.is(token, &["you", "your"]));
    // Every leaflet asks about allergies; that is no caution.
    if level == Level::Caution && is_allergy(&named.name) && is_addressed() {
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
        hedged,
        dosing,
    });
    let scope = scene.scope_at(tokens.start);
    let context = Context {
        population: named.population.clone().unwrap_or_default(),
        indications: indications(scene, &named),
        routes: if scope.routes.is_empty() && scope.product.is_none() {
            scene.whole.local_routes.clone()
        } else {
            scope.routes.clone()
        },
        product: scope.product.clone(),
        ..Context::default()
    };
    let mut claim = scene.claim(named.quote, drugs, subject, value, context);
    if quote_from_heading.is_none() {
        claim.span = claim.span.join(condition_span);
        if claim.span.len() > 400 {
            claim.span = condition_span;
        }
        claim.quote = claim.span.slice(scene.file.as_bytes()).into_owned();
    }
    Some(claim)
}

/// "insulin lispro" is insulin, "measles vaccine" a vaccine.
fn is_kind_of_name(drug: &str, name: &str) -> bool {
    let starts = drug.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    starts || drug.strip_suffix(name).is_some_and(|rest| rest.ends_with(' '))
}

/// "Liver disease: A needs care. B needs no adjustment.": below a label the
/// second sentence is about another part of the combination than the first.
fn speaks_of_other(scene: &Scene, named: &Named, sentence: &Range<usize>, drugs: &[Name]) -> bool {
    let is_later = !named.tokens.is_empty() && named.tokens.end <= sentence.start;
    is_later && component(scene, named, sentence).is_some_and(|component| !drugs.contains(&component))
}

/// What an age limit is about: the use that it names, or that the label in front
/// names ("Bipolar depression (10–17 years): not recommended").
fn indications(scene: &Scene, named: &Named) -> Vec<Name> {
    if let Some(indication) = &named.indication {
        return vec![indication.clone()];
    }
    let is_aged = named.population.as_ref().is_some_and(|people| people.age.is_some());
    let label = scene.labels.iter().rev().find(|label| label.from <= named.quote.end && label.from > 0);
    label.filter(|_| is_aged).map(|label| label.scope.conditions.clone()).unwrap_or_default()
}
