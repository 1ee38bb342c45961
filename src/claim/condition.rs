//! The conditions, patients and other drugs that a contraindication names.

use super::scene::Scene;
use super::scope::{PopulationBuilder, people_at};
use super::subject::names;
use super::{Level, Name, Population};
use crate::mention::{Mention, What};
use crate::span::Span;
use crate::text::BlockId;
use crate::text::token::TokenKind;
use crate::vocabulary::ConditionKind;
use std::ops::Range;

/// One thing that a contraindication names.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    /// Canonical, or the article's words.
    pub name: Name,
    /// Whether the vocabulary knows it.
    pub known: bool,
    /// The tokens that name it (empty if a heading does).
    pub tokens: Range<usize>,
    /// The tokens to quote.
    pub quote: Range<usize>,
    /// The bytes that name it.
    pub span: Span,
    /// "severe", "recent", sorted.
    pub modifiers: Vec<Name>,
    /// Whether it is another drug.
    pub interaction: bool,
    /// The patients, where it is a population.
    pub population: Option<Population>,
    /// What the drug would be given for, where the level holds only for that.
    pub indication: Option<Name>,
    /// The heading or question that names it, if not this block.
    pub above: Option<BlockId>,
    /// "impairment" without an organ.
    pub is_bare: bool,
    /// The drug that it is taken with, where the sentence pairs two.
    pub partner: Option<Name>,
}

/// Everything in a range that could be a condition.
pub(crate) fn named(scene: &Scene, tokens: Range<usize>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for mention in scene.reading.within(tokens.clone()) {
        if mention.tokens.end > tokens.end || found.iter().any(|other| covers(&other.tokens, &mention.tokens)) {
            continue;
        }
        let Some(named) = one(scene, mention, &tokens) else { continue };
        // "not receiving dialysis"
        let start = named.tokens.start;
        if start > tokens.start + 1
            && (scene.is(start - 2, &["not"]) && scene.is(start - 1, &["receiving", "on", "taking", "having", "with"])
                || scene.is(start - 3, &["not"]) && scene.is(start - 2, &["receiving", "on"]))
        {
            continue;
        }
        if is_own(scene, &named) {
            continue;
        }
        found.retain(|other| !covers(&named.tokens, &other.tokens));
        let mut named = named;
        let organ = coordinated_organ(scene, &named, &tokens);
        // "severe renal or hepatic impairment": severe are both.
        if let Some(organ) = organ.as_ref().filter(|_| named.modifiers.is_empty()) {
            named.modifiers.clone_from(&organ.modifiers);
        }
        found.extend(organ);
        found.push(named);
    }
    found.retain(|named| !named.interaction || !is_allergen(scene, named, &tokens));
    filtration(scene, &tokens, &mut found);
    found.sort_by_key(|named| named.tokens.start);
    trimesters(scene, &mut found);
    share_degree(scene, &mut found);
    narrow_each_other(scene, &mut found);
    narrow_by_unknown(scene, &tokens, &mut found);
    found.extend(bare_impairment(scene, &tokens, &found));
    found.sort_by_key(|named| named.tokens.start);
    found
}

fn covers(outer: &Range<usize>, inner: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

impl Named {
    /// Something known that a range of tokens names.
    fn new(scene: &Scene, name: Name, tokens: Range<usize>) -> Self {
        Self {
            name,
            known: true,
            quote: tokens.clone(),
            span: scene.block.span(scene.reading.bytes(tokens.clone())),
            tokens,
            modifiers: Vec::new(),
            interaction: false,
            population: None,
            indication: None,
            above: None,
            is_bare: false,
            partner: None,
        }
    }
}

/// "severe renal impairment or hepatic failure": of two organs the degree of
/// the first is that of the second, too.
fn share_degree(scene: &Scene, found: &mut [Named]) {
    // "severe respiratory or hepatic disease"
    for named in found.iter_mut().filter(|named| named.modifiers.is_empty() && is_organ_function(&named.name)) {
        let start = named.tokens.start;
        if start < 3
            || !scene.is(start - 1, &["or", "and", "/"])
            || scene.reading.tokens[start - 2].kind != TokenKind::Word
        {
            continue;
        }
        let leading = scene.reading.within(start - 3..start - 2).find_map(|mention| match &mention.what {
            What::Modifier(word) => Some(word.clone()),
            _ => None,
        });
        named.modifiers.extend(leading);
    }
    for at in 1..found.len() {
        let (first, second) = (&found[at - 1], &found[at]);
        let gap = first.tokens.end..second.tokens.start.max(first.tokens.end);
        let joined = gap.len() == 1 && scene.is(gap.start, &["or", "/", "and"]);
        let is_history = |name: &&Name| name.contains("history") || matches!(&***name, "previous" | "prior" | "past");
        let history: Vec<Name> = first.modifiers.iter().filter(is_history).cloned().collect();
        if joined
            && second.modifiers.is_empty()
            && !history.is_empty()
            && !second.interaction
            && second.population.is_none()
        {
            found[at].modifiers = history;
            continue;
        }
        let organs = |name: &Name| {
            ["renal", "hepatic", "heart", "cardiac", "respiratory"].iter().any(|organ| name.contains(organ))
        };
        if !joined || !organs(&first.name) || !organs(&second.name) || !second.modifiers.is_empty() {
            continue;
        }
        let leads = first.name.starts_with("severe ");
        found[at].modifiers = if leads { vec![Name::from("severe")] } else { first.modifiers.clone() };
    }
}

/// "hypersensitivity to vaccine components", "allergic to peanuts or soya": what
/// somebody is allergic to is no drug that is taken.
fn is_allergen(scene: &Scene, named: &Named, room: &Range<usize>) -> bool {
    let from = named.tokens.start.saturating_sub(8).max(room.start);
    let allergy = (from..named.tokens.start).rev().find(|token| {
        let word = scene.word(*token);
        word.starts_with("hypersens") || word.starts_with("allerg") || word == "sensitivity" || word == "intolerance"
    });
    let ends = [";", ".", "concurrent", "concomitant", "use", "taking", "with"];
    // "… or any of its components, including the tetanus toxoid"
    let part = (room.start..named.tokens.start)
        .rev()
        .find(|token| scene.is(*token, &["component", "components", "ingredient", "ingredients", "excipients"]));
    if part.is_some_and(|part| {
        (part..named.tokens.start).any(|token| scene.is(token, &["including", "such", "like", "("]))
    }) {
        return true;
    }
    allergy.is_some_and(|allergy| {
        !(allergy..named.tokens.start).any(|token| scene.is(token, &ends)) && {
            let listed = (allergy..named.tokens.start).any(|token| scene.is(token, &[","]));
            !listed || scene.is(named.tokens.start - 1, &["or"])
        }
    })
}

/// A filtration rate is a degree of renal impairment, by itself or behind the
/// words.
fn filtration(scene: &Scene, tokens: &Range<usize>, found: &mut Vec<Named>) {
    for mention in scene.reading.within(tokens.clone()) {
        let What::RenalFunction(band) = mention.what else { continue };
        let renal = found.iter_mut().find(|named| {
            named.name.contains("renal")
                && named.tokens.start < mention.tokens.end
                && mention.tokens.start < named.tokens.end + 8
        });
        if let Some(renal) = renal {
            renal.population.get_or_insert_default().renal_function = Some(band);
            continue;
        }
        // "No adjustment above 60 mL/min" is about healthy kidneys.
        let is_normal = band.0.low.is_some_and(|low| low >= rust_decimal::Decimal::from(60)) && band.0.high.is_none();
        if is_normal || mention.tokens.end > tokens.end {
            continue;
        }
        let is_severe = band.0.high.is_some_and(|high| high <= rust_decimal::Decimal::from(30));
        let name = if is_severe { "severe renal impairment" } else { "renal impairment" };
        let mut named = Named::new(scene, Name::from(name), mention.tokens.clone());
        named.population = Some(Population { renal_function: Some(band), ..Population::default() });
        found.push(named);
    }
}

/// "pregnancy (second and third trimesters)": only those. "Especially in the
/// first" narrows nothing.
fn trimesters(scene: &Scene, found: &mut [Named]) {
    for at in 0..found.len() {
        let named = &found[at];
        if !named.name.starts_with("pregnan") {
            continue;
        }
        // "pregnancy at term", "late pregnancy"
        let (start, end) = (named.tokens.start, named.tokens.end);
        if scene.is(end, &["at", "near"]) && scene.is(end + 1, &["term"])
            || start > 0 && scene.is(start - 1, &["late", "late-stage", "advanced"])
        {
            add_modifier(&mut found[at], Name::from("third trimester"));
            continue;
        }
        let limit = found
            .get(at + 1)
            .filter(|next| !next.name.contains("trimester"))
            .map_or(usize::MAX, |next| next.tokens.start);
        let near = named.tokens.end..(named.tokens.end + 9).min(limit).min(scene.reading.tokens.len());
        let end = near.clone().find(|token| scene.is(*token, &["trimester", "trimesters"]));
        let Some(end) = end else { continue };
        let only = ["especially", "particularly", "mainly", "notably", ".", ";", "and", "avoid"];
        if scene.is(near.start, &only)
            || scene.is(near.start + 1, &only[..4])
            || scene.is(near.start + 2, &only[..4])
            || (near.start..end).any(|token| scene.is(token, &[".", ";"]))
        {
            continue;
        }
        for token in near.start..end {
            let word = scene.word(token);
            if matches!(word.as_str(), "first" | "second" | "third" | "1st" | "2nd" | "3rd" | "last") {
                add_modifier(&mut found[at], Name::from(format!("{word} trimester")));
            }
        }
    }
}

/// "children with asthma", "elderly patients with heart failure": each narrows
/// the other.
fn narrow_each_other(scene: &Scene, found: &mut [Named]) {
    for at in 1..found.len() {
        let (first, second) = (&found[at - 1], &found[at]);
        let gap = first.tokens.end..second.tokens.start.max(first.tokens.end);
        // "use with aliskiren in patients with diabetes"
        let is_pair = first.interaction && scene.is(gap.start, &["in"]);
        let is_with = first.population.is_some() && scene.is(gap.start, &["with", "who", "having", "suffering"]);
        if second.interaction || !(is_with || is_pair) || gap.len() > 3 {
            continue;
        }
        let (one, other) = (first.name.clone(), second.name.clone());
        if one != other {
            add_modifier(&mut found[at - 1], other);
            add_modifier(&mut found[at], one);
        }
    }
}

/// "children with a rare intolerance": of a group of an age only those with
/// something that the vocabulary does not know.
fn narrow_by_unknown(scene: &Scene, room: &Range<usize>, found: &mut [Named]) {
    for at in 0..found.len() {
        let named = &found[at];
        let end = named.tokens.end;
        let known = found.get(at + 1).is_some_and(|next| next.tokens.start <= end + 4);
        let is_aged = named.population.as_ref().is_some_and(|people| people.age.is_some());
        let cue = scene
            .reading
            .within(end + 1..(end + 3).min(room.end.max(end + 1)))
            .any(|mention| matches!(mention.what, What::Cue(kind) if kind != crate::vocabulary::CueKind::Unless));
        if is_aged
            && !known
            && !cue
            && scene.is(end, &["with"])
            && end + 1 < room.end
            && scene.reading.tokens[end + 1].kind == TokenKind::Word
        {
            let word = Name::from(scene.text(end..(end + 3).min(room.end)).to_lowercase());
            add_modifier(&mut found[at], word);
        }
        // "young children" are not all children.
        let start = found[at].tokens.start;
        if is_aged
            && start > room.start
            && scene.is(start - 1, &["young", "small", "younger", "older"])
            && found[at].name.contains("child")
        {
            add_modifier(&mut found[at], Name::from(scene.word(start - 1)));
        }
    }
}

fn add_modifier(named: &mut Named, word: Name) {
    named.modifiers.push(word);
    named.modifiers.sort();
    named.modifiers.dedup();
}

/// "In patients with a heart valve, … not recommended during pregnancy": what
/// opens the sentence narrows what is named behind the level word.
pub(crate) fn narrow_by_opening(scene: &Scene, ahead: Range<usize>, behind: &mut [Named]) {
    if !scene.is(ahead.start, &["in", "for", "with", "if", "when", "among"]) {
        return;
    }
    for opening in named(scene, ahead.clone()) {
        if opening.interaction || opening.is_bare || !is_patient(scene, &opening, ahead.start) {
            continue;
        }
        for named in behind.iter_mut().filter(|named| named.name != opening.name) {
            add_modifier(named, opening.name.clone());
        }
    }
}

/// "Strong CYP3A4 inducers are contraindicated" in an article on another drug.
pub(crate) fn is_rated_drug(scene: &Scene, named: &Named, cue: &Range<usize>) -> bool {
    let gap = named.tokens.end..cue.start.max(named.tokens.end);
    let is_verb = gap.clone().all(|token| scene.is(token, &["is", "are", "should", "be", "must", "generally"]));
    named.interaction && !scene.whole.subject.is_empty() && gap.len() <= 3 && is_verb
}

/// A drug or class as the condition of another drug.
pub(crate) fn of_drug(scene: &Scene, mention: &Mention) -> Named {
    let mut named = Named::new(scene, Name::from(names(mention).join(" + ")), mention.tokens.clone());
    named.interaction = true;
    named
}

fn one(scene: &Scene, mention: &Mention, room: &Range<usize>) -> Option<Named> {
    let mut named = Named::new(scene, Name::from(""), mention.tokens.clone());
    match &mention.what {
        What::Condition(id) => {
            let condition = &scene.vocabulary.conditions[id.index()];
            if condition.only_treated {
                return None;
            }
            named.name = condition.name.clone();
            // Alcohol and other exposures are met like drugs: "avoid alcohol".
            named.interaction = condition.kind == ConditionKind::DrugExposure;
        }
        What::Drugs(_) | What::Class(..) => named = of_drug(scene, mention),
        What::Population(_) if is_nursling(scene, &mention.tokens) => return None,
        What::Population(_) | What::Age(_) => population(scene, mention, room, &mut named)?,
        _ => return None,
    }
    named.modifiers = modifiers(scene, &named.tokens, room);
    // Drinking is one condition, however it is called, and its amount matters.
    if matches!(&*named.name, "ethanol" | "alcohol use") {
        named.name = Name::from("alcohol use");
        let near = named.tokens.start.saturating_sub(4).max(room.start)
            ..(named.tokens.end + 4).min(scene.reading.tokens.len());
        if near.clone().any(|token| {
            scene.is(token, &["excessive", "excess", "heavy", "heavily", "lot", "large", "binge", "chronic", "abuse"])
        }) {
            add_modifier(&mut named, Name::from("excessive"));
        }
    }
    Some(named)
}

/// "monitor the infant", "breast-feed your baby": a mother's one child is not
/// whom the drug is given to.
fn is_nursling(scene: &Scene, tokens: &Range<usize>) -> bool {
    let whose = [
        "the",
        "your",
        "her",
        "their",
        "nursing",
        "nursed",
        "breastfed",
        "breastfeeding",
        "breast-fed",
        "exposed",
        "a",
        "an",
        "monitor",
        "monitoring",
        "observe",
        "unborn",
        "to",
    ];
    let is_one = scene.is(tokens.end - 1, &["infant", "baby", "newborn", "neonate", "child", "infants"]);
    let is_many = scene.is(tokens.end - 1, &["infants"]);
    let before = tokens.start.checked_sub(1);
    let by_owner = before.is_some_and(|before| {
        if is_many {
            scene.is(before, &["nursing", "breastfed", "breastfeeding", "exposed", "monitor"])
        } else {
            scene.is(before, &whose)
        }
    });
    is_one && (by_owner || scene.is(tokens.end, &["monitoring"]))
}

/// "children under 12 years": a group and its ages are one.
fn population(scene: &Scene, mention: &Mention, room: &Range<usize>, named: &mut Named) -> Option<()> {
    let mut builder = PopulationBuilder::default();
    let mut end = mention.tokens.end;
    builder.add(&mention.what, scene.vocabulary);
    for other in scene.reading.within(mention.tokens.start..room.end) {
        if other.tokens.start > end + 2 || other.tokens == mention.tokens {
            continue;
        }
        let gap = end.min(other.tokens.start)..other.tokens.start;
        if matches!(other.what, What::Age(_)) && !gap.clone().any(|token| scene.is(token, &[",", "and", "or", ";"])) {
            builder.add(&other.what, scene.vocabulary);
            end = end.max(other.tokens.end);
        }
    }
    let population = builder.finish()?;
    let group = population.groups.first().cloned();
    let is_child =
        population.age.is_some_and(|age| age.0.high.is_some_and(|high| high <= rust_decimal::Decimal::from(18)));
    named.name = match group {
        Some(group) if matches!(&*group, "adults" | "women" | "men" | "all patients") => return None,
        Some(group) => group,
        None if is_child => Name::from("children"),
        None => Name::from("age"),
    };
    named.tokens.end = end;
    named.quote.end = end;
    named.span = scene.block.span(scene.reading.bytes(named.tokens.clone()));
    named.population = Some(population);
    Some(())
}

/// Words that narrow a condition, right before or behind it.
fn modifiers(scene: &Scene, tokens: &Range<usize>, room: &Range<usize>) -> Vec<Name> {
    let near = tokens.start.saturating_sub(5).max(room.start)..(tokens.end + 4).min(room.end);
    let mut found: Vec<Name> = scene
        .reading
        .within(near)
        .filter_map(|mention| match &mention.what {
            What::Modifier(name) => Some((mention, name.clone())),
            _ => None,
        })
        .filter(|(mention, _)| {
            let gap = if mention.tokens.end <= tokens.start {
                mention.tokens.end..tokens.start
            } else {
                tokens.end..mention.tokens.start.max(tokens.end)
            };
            gap.len() <= 2
                && !gap.clone().any(|token| scene.is(token, &[";", ".", "or", "and"]))
                && !(gap.clone().any(|token| scene.is(token, &[","])) && mention.tokens.end <= tokens.start)
        })
        .map(|(_, name)| name)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// "renal/hepatic impairment", "liver or kidney disease": the first organ
/// shares the noun of the second.
fn coordinated_organ(scene: &Scene, named: &Named, room: &Range<usize>) -> Option<Named> {
    let joint = named.tokens.start.checked_sub(1).filter(|token| *token > room.start)?;
    if !scene.is(joint, &["/", "and", "or", "&"]) || !is_organ_function(&named.name) {
        return None;
    }
    let organ = joint - 1;
    let name = match scene.word(organ).as_str() {
        "renal" | "kidney" => "renal impairment",
        "hepatic" | "liver" => "hepatic impairment",
        "cardiac" | "heart" => "heart disease",
        _ => return None,
    };
    if *named.name == *name {
        return None;
    }
    let mut other = named.clone();
    other.name = Name::from(name);
    other.modifiers = modifiers(scene, &(organ..organ + 1), room);
    other.tokens = organ..organ + 1;
    other.quote = organ..named.tokens.end;
    other.span = scene.block.span(scene.reading.bytes(organ..organ + 1));
    Some(other)
}

fn is_organ_function(name: &str) -> bool {
    ["impairment", "disease", "failure", "problems", "disorder"].iter().any(|word| name.ends_with(word))
}

/// "mild to moderate impairment" without an organ takes it from the label.
fn bare_impairment(scene: &Scene, tokens: &Range<usize>, found: &[Named]) -> Option<Named> {
    let token = tokens.clone().find(|token| {
        scene.is(*token, &["impairment", "dysfunction", "insufficiency"])
            && !found.iter().any(|named| named.tokens.contains(token) || named.quote.contains(token))
    })?;
    let modifiers = modifiers(scene, &(token..token + 1), tokens);
    if modifiers.is_empty() {
        return None;
    }
    let from = scene
        .reading
        .within(token.saturating_sub(4).max(tokens.start)..token)
        .find(|mention| matches!(mention.what, What::Modifier(_)))
        .map_or(token, |mention| mention.tokens.start);
    let mut named = Named::new(scene, Name::from("impairment"), from..token + 1);
    named.known = false;
    named.modifiers = modifiers;
    named.is_bare = true;
    Some(named)
}

/// Everything behind a level word that it speaks of: what is introduced, and
/// the rest of a list after it.
pub(crate) fn introduced(scene: &Scene, tokens: Range<usize>, level: Level) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    let tokens = tokens.start..reason(scene, &tokens);
    for named in named(scene, tokens.clone()) {
        // "not recommended during pregnancy if taken with ifosfamide"
        let tied = named.tokens.start.saturating_sub(3).max(tokens.start)..named.tokens.start;
        if named.interaction && !found.is_empty() && tied.clone().any(|token| scene.is(token, &["if", "when"])) {
            found.iter_mut().for_each(|other| add_modifier(other, named.name.clone()));
            continue;
        }
        if found.iter().any(|other| other.name == named.name && other.modifiers == named.modifiers) {
            continue;
        }
        let after = found.last().map_or(tokens.start, |last| last.tokens.end);
        // "especially in the third trimester" only elaborates.
        if !found.is_empty()
            && (after..named.tokens.start).any(|token| scene.is(token, &["especially", "particularly"]))
        {
            continue;
        }
        let listed = found.last().is_some_and(|last| continues_list(scene, last, &named));
        let example = found.last().is_some_and(|last| last.interaction && scene.is(last.tokens.end, &["("]));
        if listed || (!example && is_introduced(scene, &named, tokens.start, level)) {
            let mut named = named;
            if named.population.is_some() {
                named.indication = used_for(scene, tokens.start..named.tokens.start);
            }
            found.push(named);
        }
    }
    found
}

/// Where the reason begins: "as they lower the levels of …", "because …".
fn reason(scene: &Scene, tokens: &Range<usize>) -> usize {
    let begins = |token: &usize| {
        scene.is(*token, &["because", "since"])
            || scene.is(*token, &["as"])
                && scene.is(token + 1, &["they", "it", "this", "these", "the"])
                && !scene.is(token.saturating_sub(1), &["such", "well"])
    };
    tokens.clone().find(begins).unwrap_or(tokens.end)
}

/// "not recommended for depression in children": what the limit is about.
fn used_for(scene: &Scene, tokens: Range<usize>) -> Option<Name> {
    scene.reading.within(tokens.clone()).find_map(|mention| match mention.what {
        What::Condition(id)
            if (tokens.start..mention.tokens.start).any(|token| scene.is(token, &["for"]))
                || scene.is(tokens.start.wrapping_sub(1), &["for"]) =>
        {
            Some(scene.vocabulary.conditions[id.index()].name.clone())
        }
        _ => None,
    })
}

/// "glaucoma, urinary retention, concurrent MAOIs": commas and a few words.
fn continues_list(scene: &Scene, last: &Named, next: &Named) -> bool {
    let gap = last.tokens.end..next.tokens.start.max(last.tokens.end);
    let joined = gap.clone().any(|token| scene.is(token, &[",", "and", "or", "/", ";"]));
    let plain = gap.clone().all(|token| {
        !scene.is(
            token,
            &[
                "(",
                ")",
                "for",
                "cause",
                "causes",
                "risk",
                "may",
                "can",
                "is",
                "are",
                "which",
                "because",
                "as",
                "should",
                "especially",
                "particularly",
            ],
        )
    });
    joined && plain && gap.len() <= 6
}

/// Whether a thing named behind a level word is what the level speaks of:
/// "in patients with X", "during X", "avoid X" if X is a drug, or the next of
/// a list.
fn is_introduced(scene: &Scene, named: &Named, from: usize, level: Level) -> bool {
    if named.is_bare {
        return true;
    }
    let is_people = named.population.is_some();
    let words: Vec<String> = (from..named.tokens.start).map(|token| scene.word(token)).collect();
    // What a drug may cause, or is meant to prevent, is no condition.
    let causes = [
        "cause",
        "causes",
        "causing",
        "predispose",
        "predisposes",
        "predisposing",
        "risk",
        "prevent",
        "worsen",
        "signs",
        "symptoms",
        "increase",
        "increased",
        "effects",
        "due",
        "because",
        "treat",
        "interaction",
        "interactions",
        "lead",
        "leads",
        "leading",
        "avoid",
        "minimize",
        "minimise",
        "screen",
        "screening",
        "assess",
        "evaluate",
        "check",
        "test",
        "watch",
        "detect",
        "exclude",
        "treating",
        "treatment",
    ];
    let nearest_cause = words.iter().rposition(|word| causes.contains(&word.as_str()));
    let opening = [
        "in",
        "with",
        "during",
        "for",
        "patients",
        "have",
        "has",
        "history",
        "if",
        "while",
        "when",
        "those",
        "who",
        "before",
        "to",
        "like",
        "including",
        "as",
        "of",
        "who's",
        "whose",
        "without",
        "combine",
        "and",
        "such",
    ];
    let nearest_opening = words.iter().rposition(|word| opening.contains(&word.as_str()));
    if let Some(cause) = nearest_cause
        && nearest_opening.is_none_or(|opening| {
            opening < cause || words[cause + 1..].iter().all(|word| word == "of" || !opening_strong(word))
        })
    {
        return false;
    }
    // "Screen patients for bleeding disorders" asks, it rates nothing.
    let looks_for = [
        "screen",
        "screened",
        "assess",
        "assessed",
        "monitor",
        "monitored",
        "evaluate",
        "evaluated",
        "check",
        "checked",
        "test",
        "tested",
        "watch",
        "observe",
    ];
    let searched = words.iter().any(|word| looks_for.contains(&word.as_str()));
    let last_link =
        words.iter().rev().find(|word| matches!(word.as_str(), "for" | "in" | "with" | "during" | "have" | "if"));
    if searched && last_link.is_some_and(|word| word == "for") {
        return false;
    }
    // "not recommended for depression": a use, not a patient's condition;
    // "monitor carefully for confusion": an effect.
    if level != Level::Contraindicated && !is_people && !named.interaction && !is_organ_function(&named.name) {
        let last = words
            .iter()
            .rev()
            .find(|word| matches!(word.as_str(), "for" | "in" | "with" | "during" | "have" | "of" | "if"));
        if last.is_some_and(|word| word == "for") && !words.iter().any(|word| word == "patients" || word == "people") {
            return false;
        }
    }
    if words.is_empty()
        || words.iter().all(|word| {
            matches!(
                word.as_str(),
                ":" | "the"
                    | "use"
                    | "of"
                    | "using"
                    | "taking"
                    | "any"
                    | "other"
                    | "concurrent"
                    | "concomitant"
                    | "include"
                    | "includes"
                    | "including"
                    | "are"
                    | "("
                    | "a"
                    | "an"
            )
        })
    {
        return named.interaction || is_people || level != Level::Allowed;
    }
    nearest_opening.is_some()
}

fn opening_strong(word: &str) -> bool {
    matches!(word, "in" | "with" | "during" | "patients" | "those" | "if" | "such")
}

/// Whether a thing named before a level word is a patient's: "in patients with
/// X, use caution", "X: caution", "pregnant women should avoid".
pub(crate) fn is_patient(scene: &Scene, named: &Named, from: usize) -> bool {
    if named.population.is_some() {
        return true;
    }
    let words: Vec<String> = (from..named.tokens.start).map(|token| scene.word(token)).collect();
    let opening = [
        "in",
        "with",
        "during",
        "have",
        "has",
        "history",
        "those",
        "if",
        "individuals",
        "people",
        "patients",
        "as",
        "of",
        "like",
        "who",
    ];
    let causes = ["cause", "causes", "risk", "treat", "treatment", "prevent", "worsen", "for"];
    if words.iter().any(|word| causes.contains(&word.as_str())) {
        return false;
    }
    if named.interaction {
        // The drug that opens a sentence is its subject; alcohol never is.
        if &*named.name == "alcohol use" {
            return true;
        }
        return words.iter().any(|word| matches!(word.as_str(), "with" | "taking" | "and" | "combining"));
    }
    named.tokens.start == from || words.iter().any(|word| opening.contains(&word.as_str())) || words.len() <= 2
}

/// The items of a list, comma-separated or one alone: every known condition,
/// and the item's own words where the vocabulary knows nothing in it.
pub(crate) fn listed(scene: &Scene, tokens: Range<usize>) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for item in items(scene, tokens) {
        // "Kidney disease, severe": the rest narrows what stands before it.
        if let Some(last) = found.last_mut().filter(|last| last.known) {
            let words = narrowing(scene, &item);
            if !words.is_empty() {
                words.into_iter().for_each(|word| add_modifier(last, word));
                continue;
            }
        }
        let mut known = named(scene, item.clone());
        // "bipolar disorder (episodes of mania)": the bracket explains.
        if let Some(open) = item
            .clone()
            .find(|token| scene.is(*token, &["("]))
            .filter(|open| known.iter().any(|named| named.tokens.end <= *open))
        {
            // "hypoxic states (e.g. heart failure)": the bracket lists.
            let lists = (open..(open + 4).min(item.end))
                .any(|token| scene.is(token, &["e.g.", "e.g", "e", "such", "like", "including"]));
            known.retain(|named| named.tokens.end <= open || lists);
            // "glaucoma (for ophthalmic use)": by that route only.
            let routes = scene.reading.within(open..item.end).filter_map(|mention| match &mention.what {
                What::Route(route) => Some(route.clone()),
                _ => None,
            });
            let is_high =
                (open..item.end).any(|token| scene.is(token, &["doses", "dose", "gargle", "gargles", "topical"]));
            let routes = routes.chain(is_high.then(|| Name::from(scene.text(open + 1..item.end).to_lowercase())));
            for route in routes {
                known
                    .iter_mut()
                    .filter(|named| named.tokens.end <= open)
                    .for_each(|named| add_modifier(named, route.clone()));
            }
        }
        let conditions: Vec<Named> = if known.iter().any(|named| !named.interaction && named.population.is_none()) {
            // "hypersensitivity to amitriptyline": the drug is not an item of its own.
            known.into_iter().filter(|named| !named.interaction || joins_list(scene, named, &item)).collect()
        } else {
            known
        };
        if conditions.is_empty() {
            found.extend(own_words(scene, item));
        } else {
            found.extend(conditions);
        }
    }
    found
}

/// What an item of nothing but narrowing words says.
fn narrowing(scene: &Scene, item: &Range<usize>) -> Vec<Name> {
    let mut words = Vec::new();
    let mut token = item.start;
    while token < item.end {
        let modifier = scene.reading.within(token..token + 1).find_map(|mention| match &mention.what {
            What::Modifier(name) => Some((name.clone(), mention.tokens.end)),
            _ => None,
        });
        token = match modifier {
            Some((name, end)) => {
                words.push(name);
                end
            }
            None if scene.is(token, &["or", "and", "use", "if", "very", "not"]) => token + 1,
            None if scene.is(token, &["excessive", "heavy"]) => {
                words.push(Name::from("excessive"));
                token + 1
            }
            None => return Vec::new(),
        };
    }
    words
}

/// The drug that the article or the section is about.
pub(crate) fn is_own(scene: &Scene, named: &Named) -> bool {
    let scope = scene.inherited.drugs.iter().flatten();
    named.interaction && scene.whole.subject.iter().chain(scope).any(|drug| *drug == named.name)
}

fn joins_list(scene: &Scene, named: &Named, item: &Range<usize>) -> bool {
    named.tokens.start == item.start || scene.is(named.tokens.start - 1, &["or", "and"])
}

/// Cuts at commas and semicolons outside brackets, and at a final "and"/"or"
/// after one.
fn items(scene: &Scene, tokens: Range<usize>) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut depth = 0_i32;
    let mut start = tokens.start;
    for token in tokens.clone() {
        match scene.word(token).as_str() {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            "," | ";" if depth <= 0 => {
                items.push(start..token);
                start = token + 1;
            }
            _ => {}
        }
    }
    items.push(start..tokens.end);
    items.into_iter().map(|item| trimmed(scene, item)).filter(|item| !item.is_empty()).collect()
}

fn trimmed(scene: &Scene, item: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (item.start, item.end);
    while start < end
        && scene.is(
            start,
            &["and", "or", "the", "a", "an", ":", "-", "any", "known", "include", "includes", "are", "*", "—"],
        )
    {
        start += 1;
    }
    while end > start && (scene.is(end - 1, &[".", ",", ";", "or", "and", "*", ":"])) {
        end -= 1;
    }
    start..end
}

/// An item that the vocabulary does not know, in the article's own words.
fn own_words(scene: &Scene, item: Range<usize>) -> Option<Named> {
    if scene.is(item.start, &["for"]) && scene.is(item.start + 1, &["example", "instance"]) {
        return None;
    }
    // "history of" is what is left of an item turned round.
    if scene.is(item.end.wrapping_sub(1), &["of", "with", "for"]) {
        return None;
    }
    let words = item.clone().filter(|token| scene.reading.tokens[*token].kind == TokenKind::Word).count();
    let has_verb = item
        .clone()
        .any(|token| scene.is(token, &["is", "are", "should", "may", "can", "your", "you", "this", "will", "see"]));
    if words == 0 || words > 8 || has_verb {
        return None;
    }
    let text = scene.text(item.clone()).to_lowercase();
    let mut named = Named::new(scene, Name::from(text.trim()), item);
    named.known = false;
    Some(named)
}

/// What the nearest heading, list lead-in or question above names, for a text
/// such as "Use with caution." below "Renal impairment".
pub(crate) fn of_headings(scene: &Scene) -> Vec<Named> {
    let place = &scene.block.place;
    let above = place
        .question
        .iter()
        .chain(place.row_header.iter())
        .chain(place.leads.iter().rev())
        .chain(place.headings.iter().rev());
    for id in above.take(3) {
        let found = in_block(scene, *id);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn in_block(scene: &Scene, id: BlockId) -> Vec<Named> {
    let block = &scene.article.blocks[id];
    let reading = crate::mention::find(block, scene.vocabulary);
    if reading.tokens.len() > 20 {
        return Vec::new();
    }
    let mut found: Vec<Named> = Vec::new();
    for mention in &reading.mentions {
        let span = block.span(reading.bytes(mention.tokens.clone()));
        let (name, population) = match &mention.what {
            What::Condition(condition) => {
                let condition = &scene.vocabulary.conditions[condition.index()];
                // "Can it be used to treat anaphylaxis?" names a use.
                let before = mention.tokens.start.saturating_sub(3)..mention.tokens.start;
                let is_use = before.clone().any(|token| {
                    let word = reading.tokens[token].text(&block.text).to_lowercase();
                    matches!(word.as_str(), "treat" | "treating" | "treatment" | "for" | "prevent" | "manage")
                });
                if condition.only_treated || is_use || people_at(&reading, &mention.tokens) {
                    continue;
                }
                (condition.name.clone(), None)
            }
            What::Population(population) => {
                let mut builder = PopulationBuilder::default();
                builder.add(&mention.what, scene.vocabulary);
                let name = scene.vocabulary.populations[population.index()].name.clone();
                if &*name == "adults" {
                    continue;
                }
                (name, builder.finish())
            }
            _ => continue,
        };
        if found.iter().any(|other| other.span.overlaps(span)) {
            continue;
        }
        found.push(Named {
            name,
            known: true,
            tokens: 0..0,
            // The block itself is quoted; the heading is where the condition stands.
            quote: 0..scene
                .reading
                .tokens
                .len()
                .min(scene.reading.sentences.first().map_or(1, |sentence| sentence.end)),
            span,
            modifiers: Vec::new(),
            interaction: false,
            population,
            indication: None,
            above: Some(id),
            is_bare: false,
            partner: None,
        });
    }
    found
}
