//! What narrows a condition: its degree, its past, its time, whom it is in.

use super::{Named, is_patient, named};
use crate::claim::scene::Scene;
use crate::claim::subject::names;
use crate::claim::{Name, Population};
use crate::mention::What;
use crate::text::token::TokenKind;
use crate::vocabulary::ConditionKind;
use crate::vocabulary::CueKind;
use std::ops::Range;

/// "severe renal impairment or hepatic failure": of two organs the degree of
/// the first is that of the second, too.
pub(super) fn share_degree(scene: &Scene, found: &mut [Named]) {
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
        let joined = gap.len() == 1 && scene.is(gap.start, &["or", "/", "and"])
            || gap.len() == 2 && scene.is(gap.start, &[","]) && scene.is(gap.start + 1, &["or", "and"]);
        let listed = joined || gap.len() == 1 && scene.is(gap.start, &[","]);
        let is_history = |name: &&Name| name.contains("history") || matches!(&***name, "previous" | "prior" | "past");
        let history: Vec<Name> = first.modifiers.iter().filter(is_history).cloned().collect();
        // "a history of ulcers, bleeding or asthma"
        if listed
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

/// A filtration rate is a degree of renal impairment, by itself or behind the
/// words.
pub(super) fn filtration(scene: &Scene, tokens: &Range<usize>, found: &mut Vec<Named>) {
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

/// "a history of thrombocytopenia with tirofiban": what the drug itself brought
/// about.
pub(super) fn by_the_drug(scene: &Scene, found: &mut [Named]) {
    for named in found.iter_mut().filter(|named| !named.interaction && named.population.is_none()) {
        let end = named.tokens.end;
        let link = (end..end + 3).find(|token| scene.is(*token, &["with", "to", "from", "by", "associated", "after"]));
        // "amoxicillin-associated jaundice or liver damage"
        let caused = (named.tokens.start.saturating_sub(6)..named.tokens.start)
            .any(|token| scene.is(token, &["associated", "induced", "related"]) && scene.is(token - 1, &["-"]));
        if caused {
            add_modifier(named, Name::from("brought about by the drug"));
            continue;
        }
        let own = link
            .and_then(|link| scene.subjects(link + 1..link + 3).next())
            .filter(|mention| names(mention).iter().any(|name| scene.whole.subject.contains(name)));
        let between = |link: usize| (end..link).any(|token| scene.is(token, &[",", ";", ".", "and"]));
        if own.is_some()
            && !link.is_some_and(between)
            && !named.name.contains("hypersens")
            && !named.name.contains("allerg")
        {
            add_modifier(named, Name::from("brought about by the drug"));
        }
    }
}

/// "children with asthma", "elderly patients with heart failure": each narrows
/// the other.
pub(super) fn narrow_each_other(scene: &Scene, found: &mut [Named]) {
    for at in 1..found.len() {
        let (first, second) = (&found[at - 1], &found[at]);
        let gap = first.tokens.end..second.tokens.start.max(first.tokens.end);
        // "use with aliskiren in patients with diabetes"
        let is_pair = first.interaction
            && gap.clone().any(|token| scene.is(token, &["in"]))
            && gap.clone().all(|token| scene.is(token, &["in", "use", "therapy", "treatment", "patients", "with"]));
        let is_with = first.population.is_some() && scene.is(gap.start, &["with", "who", "having", "suffering"]);
        // "breastfeeding with statins"
        if second.interaction && !first.interaction && gap.len() == 1 && scene.is(gap.start, &["with"]) {
            let company = second.name.clone();
            add_modifier(&mut found[at - 1], company);
            continue;
        }
        // "with aliskiren in diabetes or renal impairment": both with aliskiren
        let is_next = gap.clone().any(|token| scene.is(token, &["or", "and"])) && gap.len() <= 5;
        let company = at.checked_sub(2).and_then(|back| found.get(back)).filter(|company| company.interaction);
        if let Some(company) = company.filter(|company| is_next && first.modifiers.contains(&company.name)) {
            let company = company.name.clone();
            add_modifier(&mut found[at], company);
            continue;
        }
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

/// "hypotension in pregnancy", "anaesthesia with halothane": one condition, which
/// the second name narrows.
pub(super) fn fold_circumstances(scene: &Scene, found: &mut Vec<Named>) {
    let mut at = 1;
    while at < found.len() {
        let (first, second) = (&found[at - 1], &found[at]);
        let link = first.tokens.end;
        let is_next = second.tokens.start == link + 1 && !first.interaction && first.population.is_none();
        let is_of_pregnancy =
            scene.is(link, &["in", "during"]) && &*second.name == "pregnancy" && first.name != second.name;
        let is_of_procedure = scene.is(link, &["with", "using"])
            && second.interaction
            && scene
                .vocabulary
                .condition(&first.name)
                .is_some_and(|id| scene.vocabulary.conditions[id.index()].kind == ConditionKind::Procedure);
        if is_next && (is_of_pregnancy || is_of_procedure) {
            let name = found.remove(at).name;
            add_modifier(&mut found[at - 1], name);
        } else {
            at += 1;
        }
    }
}

/// "children with a rare intolerance": of a group of an age only those with
/// something that the vocabulary does not know.
pub(super) fn narrow_by_unknown(scene: &Scene, room: &Range<usize>, found: &mut [Named]) {
    for at in 0..found.len() {
        let named = &found[at];
        let end = named.tokens.end;
        let known = found.get(at + 1).is_some_and(|next| next.tokens.start <= end + 4);
        let is_aged = named.population.as_ref().is_some_and(|people| people.age.is_some());
        let cue = scene
            .reading
            .within(end + 1..(end + 3).min(room.end.max(end + 1)))
            .any(|mention| matches!(mention.what, What::Cue(kind) if kind != CueKind::Unless));
        if is_aged
            && !known
            && !cue
            && scene.is(end, &["with", "taking", "receiving", "undergoing", "requiring", "who"])
            && end + 1 < room.end
            && scene.reading.tokens[end + 1].kind == TokenKind::Word
        {
            let word = Name::from(scene.text(end..(end + 3).min(room.end)).to_lowercase());
            add_modifier(&mut found[at], word);
        }
        // "children below 40 kg"
        let is_weighed = scene
            .reading
            .within(end..(end + 4).min(room.end.max(end)))
            .any(|mention| matches!(mention.what, What::Weight(_)));
        if is_aged && is_weighed {
            let words = Name::from(scene.text(end..(end + 6).min(room.end)).to_lowercase());
            add_modifier(&mut found[at], words);
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

pub(super) fn add_modifier(named: &mut Named, word: Name) {
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

/// Words that narrow a condition, right before or behind it.
pub(super) fn modifiers(scene: &Scene, tokens: &Range<usize>, room: &Range<usize>) -> Vec<Name> {
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
            // "treated for acute heart failure" has it, "treated hypertension" is held.
            if scene.is(mention.tokens.start, &["treated"]) && scene.is(mention.tokens.end, &["for"]) {
                return false;
            }
            let other_words = gap.clone().filter(|token| !is_modifier(scene, *token)).count();
            // "hepatic impairment (except severe)" is every other degree.
            let is_excepted =
                scene.is(mention.tokens.start.wrapping_sub(1), &["except", "excluding", "unless", "less", "not"]);
            // "hepatic impairment, concurrent use of …" begins another item.
            let is_next = mention.tokens.start >= tokens.end
                && gap.clone().any(|token| scene.is(token, &[","]))
                && matches!(&mention.what, What::Modifier(name) if matches!(&**name, "concurrent" | "concomitant"));
            let is_parted = gap.clone().any(|token| scene.is(token, &[";", ".", "or", "and"]));
            let is_before_comma =
                mention.tokens.end <= tokens.start && gap.clone().any(|token| scene.is(token, &[","]));
            other_words <= 2 && !(is_next || is_excepted || is_parted || is_before_comma)
        })
        .map(|(_, name)| name)
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Whether a token is part of a narrowing word.
fn is_modifier(scene: &Scene, token: usize) -> bool {
    scene
        .reading
        .within(token.saturating_sub(2)..token + 1)
        .any(|mention| mention.tokens.contains(&token) && matches!(mention.what, What::Modifier(_)))
}

/// "renal/hepatic impairment", "liver or kidney disease": the first organ
/// shares the noun of the second.
pub(super) fn coordinated_organ(scene: &Scene, named: &Named, room: &Range<usize>) -> Option<Named> {
    let joint = named.tokens.start.checked_sub(1).filter(|token| *token > room.start)?;
    if !scene.is(joint, &["/", "and", "or", "&"]) || !is_organ_function(&named.name) {
        return None;
    }
    let organ = joint - 1;
    let name = match scene.word(organ) {
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

pub(super) fn is_organ_function(name: &str) -> bool {
    ["impairment", "disease", "failure", "problems", "disorder"].iter().any(|word| name.ends_with(word))
}

/// Whether a token is a degree.
fn is_degree(scene: &Scene, token: usize) -> bool {
    scene.is(token, &["mild", "moderate", "severe"])
}

/// "mild to moderate impairment" without an organ takes it from the label.
pub(super) fn bare_impairment(scene: &Scene, tokens: &Range<usize>, found: &[Named]) -> Option<Named> {
    let token = tokens.clone().find(|token| {
        (scene.is(*token, &["impairment", "dysfunction", "insufficiency"])
            || scene.is(*token, &["cases", "disease", "forms"]) && is_degree(scene, token.wrapping_sub(1)))
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

/// "For patients with a rare thing, it is not recommended during pregnancy": the
/// words in front narrow what stands behind, though the vocabulary does not know
/// them.
pub(crate) fn narrow_by_unknown_opening(scene: &Scene, ahead: Range<usize>, behind: &mut [Named]) {
    let opens = scene.is(ahead.start, &["in", "for"])
        && scene.is(ahead.start + 1, &["patients", "women", "those", "individuals", "people"])
        && scene.is(ahead.start + 2, &["with", "who", "taking", "receiving"]);
    let comma = ahead.clone().find(|token| scene.is(*token, &[","]));
    if let Some(comma) = comma.filter(|comma| opens && *comma > ahead.start + 3) {
        let words = Name::from(scene.text(ahead.start + 2..comma).to_lowercase());
        behind.iter_mut().for_each(|named| add_modifier(named, words.clone()));
    }
}
