//! Contraindicated here, a caution or safe there.
//!
//! That a drug is contraindicated in the severe form and needs care in the
//! others is how such advice is given. A contradiction is a stronger statement
//! about a condition beside a weaker one about the same or a narrower one.

use super::comparable::{contexts, is_same_breath};
use super::nuance::{are_near, are_same_patients, fades, is_covered, is_part, plain};
use super::of_class::is_some_member;
use super::{Apart, ClaimId, Disagreement, Item, Position, Relation, Topic};
use crate::claim::{Contraindication, Level, Name, Phase, Value, is_allergy, value_statement};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};

/// Finds conditions that are judged differently.
///
/// `of_classes` are the orders given for the classes that the drug belongs to.
pub(crate) fn compare(
    drugs: &[Name],
    items: &[Item],
    of_classes: &[Item],
    vocabulary: &Vocabulary,
) -> Vec<Disagreement> {
    let mut strong: BTreeMap<Name, Vec<Rated>> = BTreeMap::new();
    let mut weak: BTreeMap<Name, Vec<Rated>> = BTreeMap::new();
    let mut kept_back: Vec<Rated> = Vec::new();
    let uses = uses(items, vocabulary);
    for item in items {
        let Some(rated) = item.claim.value.contraindication() else { continue };
        let entry = Rated { item: *item, rated };
        let condition = plain(&rated.condition);
        // Every drug is kept from those who are allergic to it, and whatever
        // else is said of allergies is a question to ask.
        let is_vehicle = item.claim.drugs.len() > 1
            && drugs.iter().all(|name| matches!(&**name, "dextrose" | "glucose" | "sodium chloride" | "water"));
        let is_vehicle = is_vehicle || drugs.iter().all(|name| is_some_member(name) || &**name == "ethanol");
        if is_vehicle || uses.contains(&condition) || (is_allergy(&condition) && rated.level == Level::Caution) {
            continue;
        }
        if rated.level <= Level::Caution && !rated.conditional && binds(item, drugs, vocabulary) {
            strong.entry(condition.clone()).or_default().push(entry);
        }
        if rated.level <= Level::Avoid {
            kept_back.push(entry);
        }
        if rated.level >= Level::Caution {
            for wider in with_wider(&condition, vocabulary) {
                weak.entry(wider).or_default().push(entry);
            }
        }
    }
    for item in of_classes {
        let Some(rated) = item.claim.value.contraindication() else { continue };
        let condition = plain(&rated.condition);
        if !uses.contains(&condition) && !is_allergy(&condition) {
            strong.entry(condition).or_default().push(Rated { item: *item, rated });
        }
    }
    let mut found = Vec::new();
    for (condition, strong) in &strong {
        if let Some(weak) = weak.get(condition) {
            found.extend(disagree(drugs, condition, (strong, weak, &kept_back), vocabulary));
        }
    }
    found
}

/// A claim that rates a condition.
#[derive(Clone, Copy)]
struct Rated<'a> {
    item: Item<'a>,
    rated: &'a Contraindication,
}

/// What the drug is dosed for, and everything that this is a kind of: nobody
/// is kept from a drug by the disease that it treats.
fn uses(items: &[Item], vocabulary: &Vocabulary) -> BTreeSet<Name> {
    let is_given = |value: &Value| match value {
        Value::Dose(dose) => matches!(dose.phase, Phase::Start | Phase::Target | Phase::Max),
        Value::Line(_) => true,
        _ => false,
    };
    let given = items.iter().filter(|item| is_given(&item.claim.value));
    given.flat_map(|item| &item.claim.context.indications).flat_map(|use_| with_wider(use_, vocabulary)).collect()
}

/// Whether what keeps a combination back keeps its component back, too: not
/// unless the other components are vitamins. The other way round it does.
fn binds(item: &Item, drugs: &[Name], vocabulary: &Vocabulary) -> bool {
    let is_vitamin = |name: &Name| {
        let drug = vocabulary.drug(name).map(|id| &vocabulary.drugs[id.index()]);
        drug.is_some_and(|drug| {
            drug.classes.iter().any(|class| {
                let class = &vocabulary.classes[class.index()].name;
                class.starts_with("vitamin") && !class.contains("antagonist") || &**class == "folate"
            })
        }) && !matches!(
            &**name,
            "calcitriol" | "alfacalcidol" | "calcipotriol" | "tretinoin" | "isotretinoin" | "nicotinic acid"
        )
    };
    item.claim.drugs == drugs
        || (!drugs.iter().any(is_vitamin)
            && item.claim.drugs.iter().all(|name| drugs.contains(name) || is_vitamin(name)))
}

/// A condition and everything that it is a kind of.
pub(crate) fn with_wider(condition: &Name, vocabulary: &Vocabulary) -> Vec<Name> {
    let kinds = vocabulary.condition(condition).into_iter().flat_map(|id| vocabulary.kinds(id).skip(1));
    let wider = kinds.map(|id| vocabulary.conditions[id.index()].name.clone());
    std::iter::once(condition.clone()).chain(wider).collect()
}

fn disagree(
    drugs: &[Name],
    condition: &Name,
    (strong, weak, beside): (&[Rated], &[Rated], &[Rated]),
    vocabulary: &Vocabulary,
) -> Vec<Disagreement> {
    // Where the drug is kept back somewhere, that is the position the milder ones
    // are held to; cautions only count against "safe" where it is not.
    let kept_back = |rated: &&Rated| rated.rated.level <= Level::Avoid;
    let firm: Vec<&Rated> = strong.iter().filter(kept_back).collect();
    let milder: Vec<&Rated> = strong.iter().filter(|rated| !kept_back(rated)).collect();
    let firm = parted(&firm, weak, beside, vocabulary);
    // To adjust the dose or not is a question of its own.
    let adjusted = |rated: &&&Rated| rated.rated.dosing && !rated.rated.interaction;
    let milder = if firm.0.is_empty() || firm.2 == Some(Confidence::Low) {
        milder
    } else {
        milder.into_iter().filter(|rated| adjusted(&rated)).collect()
    };
    let milder = parted(&milder, weak, beside, vocabulary);
    let sides = if firm.0.is_empty() || (firm.2 == Some(Confidence::Low) && milder.2 > firm.2) {
        vec![milder]
    } else if firm.2 == Some(Confidence::Low) || milder.2 <= Some(Confidence::Low) {
        vec![firm]
    } else {
        vec![firm, milder]
    };
    sides.iter().filter_map(|sides| disagreement(drugs, condition, sides)).collect()
}

fn disagreement(drugs: &[Name], condition: &Name, (above, below, confidence): &Sides) -> Option<Disagreement> {
    let strongest = above.iter().map(|one| one.rated.level).min()?;
    let weakest = below.iter().map(|other| other.rated.level).max()?;
    // Neighbouring levels touch: avoid and caution, caution and safe.
    let apart = strongest == Level::Contraindicated || (strongest == Level::Avoid && weakest == Level::Allowed);
    let relation = if apart { Relation::Disjoint } else { Relation::Touch };
    // "first trimester of pregnancy", where nothing else of pregnancy is in question
    let named = above.first().map(|one| &one.rated.condition);
    let part = named.filter(|name| above.iter().all(|one| one.rated.condition == **name) && is_part(name));
    let with_drug = above.iter().chain(below).all(|rated| rated.rated.interaction);
    Some(Disagreement {
        topic: if with_drug { Topic::InteractionLevel } else { Topic::ContraindicationLevel },
        relation,
        drugs: drugs.to_vec(),
        about: Some(part.unwrap_or(condition).clone()),
        positions: vec![position(above), position(below)],
        confidence: (*confidence)?,
        derivation: None,
    })
}

type Sides<'a> = (Vec<Rated<'a>>, Vec<Rated<'a>>, Option<Confidence>);

/// The statements of each side that contradict one of the other: the surest
/// contradictions only, so that no doubtful place hides among sure ones.
fn parted<'a>(strong: &[&Rated<'a>], weak: &[Rated<'a>], beside: &[Rated<'a>], vocabulary: &Vocabulary) -> Sides<'a> {
    let mut above = Side::default();
    let mut below = Side::default();
    let mut confidence = None;
    for one in strong {
        // What a passage says beside the strong statement qualifies it wherever
        // the article repeats it.
        let beside_it = of_article(weak, one).iter().filter(|other| are_near(&one.item, &other.item));
        let qualified: Vec<Level> = beside_it.map(|other| other.rated.level).collect();
        for other in weak {
            let is_repeated = one.item.id.article == other.item.id.article && qualified.contains(&other.rated.level);
            let Some(sure) = contradict(one, other, vocabulary).ok().filter(|_| !is_repeated) else { continue };
            if is_backed(one, other, beside) {
                continue;
            }
            let is_shown = sure > Confidence::Low;
            if confidence == Some(Confidence::Low) && is_shown {
                above.clear();
                below.clear();
            }
            if is_shown || confidence.is_none_or(|known| known == Confidence::Low) {
                above.push(one);
                below.push(other);
            }
            confidence = confidence.max(Some(sure));
        }
    }
    (above.rated, below.rated, confidence)
}

/// "Generally avoided; only if the benefits outweigh the risks" keeps the drug
/// back as surely as any "avoid" elsewhere.
fn is_backed(strong: &Rated, weak: &Rated, beside: &[Rated]) -> bool {
    of_article(beside, weak).iter().any(|kept| {
        let close = if weak.rated.level == Level::Caution {
            are_near(&kept.item, &weak.item)
        } else {
            is_same_breath(&kept.item, &weak.item)
        };
        close
            && kept.rated.level <= strong.rated.level
            && kept.rated.condition == weak.rated.condition
            && kept.rated.modifiers == weak.rated.modifiers
    })
}

/// Those of the article of another, of some in the order of their places.
fn of_article<'r, 'a>(rated: &'r [Rated<'a>], other: &Rated) -> &'r [Rated<'a>] {
    let article = other.item.id.article;
    let behind = &rated[rated.partition_point(|one| one.item.id.article < article)..];
    &behind[..behind.partition_point(|one| one.item.id.article == article)]
}

/// The statements of one side, each once.
#[derive(Default)]
struct Side<'a> {
    rated: Vec<Rated<'a>>,
    known: FxHashSet<ClaimId>,
}

impl<'a> Side<'a> {
    fn push(&mut self, rated: &Rated<'a>) {
        if self.known.insert(rated.item.id) {
            self.rated.push(*rated);
        }
    }

    fn clear(&mut self) {
        self.rated.clear();
        self.known.clear();
    }
}

/// How surely a stronger statement contradicts a weaker one, or why it does not.
fn contradict(strong: &Rated, weak: &Rated, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    let both_kept_back = weak.rated.level <= Level::Avoid;
    if strong.rated.level >= weak.rated.level || both_kept_back {
        return Err(Apart::Agree);
    }
    held(strong, weak, vocabulary)
}

/// How surely a statement can be held to a stronger one, or what keeps them
/// apart.
fn held(strong: &Rated, weak: &Rated, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    let (one, other) = (&strong.item, &weak.item);
    if is_same_breath(one, other) {
        return Err(Apart::Sentence);
    }
    if are_near(one, other) {
        return Err(Apart::Passage);
    }
    // What narrows the stronger statement must narrow the weaker one too.
    if !is_covered(weak.item.claim, strong.item.claim) {
        return Err(Apart::Conditions);
    }
    if !are_same_patients(weak.item.claim, strong.item.claim) {
        return Err(Apart::Patients);
    }
    // Signs of an allergy are watched for, whoever is allergic.
    if strong.rated.is_allergy() && strong.rated.condition != weak.rated.condition {
        return Err(Apart::Conditions);
    }
    if is_own_class(strong, vocabulary) {
        return Ok(Confidence::Low);
    }
    // A mixture that needs care beside a component that is safe is no news.
    let is_mild = strong.rated.level == Level::Caution && one.claim.drugs != other.claim.drugs;
    if is_mild || fades(strong.rated, weak.rated) {
        return Ok(Confidence::Low);
    }
    // A passage on a class and its members says itself where they differ.
    let is_of_class =
        one.claim.drugs != other.claim.drugs && other.claim.drugs.iter().all(|drug| !one.claim.drugs.contains(drug));
    if is_of_class && one.id.article == other.id.article {
        return Err(Apart::Drugs);
    }
    let named = if plain(&strong.rated.condition) == plain(&weak.rated.condition) && !is_of_class {
        Confidence::High
    } else {
        Confidence::Medium
    };
    let context = |rated: &Rated| super::nuance::context(rated.item.claim, vocabulary);
    contexts(&context(strong), &context(weak), vocabulary).map(|context| context.min(named))
}

/// How surely two statements about one drug can be held to each other, whatever
/// they say.
pub(crate) fn comparable(one: &Item, other: &Item, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    let (Some(first), Some(second)) = (rated(one), rated(other)) else { return Err(Apart::Question) };
    let (first, second) = if second.rated.level < first.rated.level { (second, first) } else { (first, second) };
    if !with_wider(&plain(&second.rated.condition), vocabulary).contains(&plain(&first.rated.condition)) {
        return Err(Apart::Conditions);
    }
    if first.rated.level == second.rated.level {
        held(&first, &second, vocabulary)
    } else {
        contradict(&first, &second, vocabulary)
    }
}

/// The conditions under which a statement is looked up: its own, and what that
/// is a kind of.
pub(crate) fn conditions(item: &Item, vocabulary: &Vocabulary) -> Vec<Name> {
    rated(item).map(|rated| with_wider(&plain(&rated.rated.condition), vocabulary)).unwrap_or_default()
}

fn rated<'a>(item: &Item<'a>) -> Option<Rated<'a>> {
    item.claim.value.contraindication().map(|rated| Rated { item: *item, rated })
}

/// "Other MAO inhibitors" of an MAO inhibitor: what is said of a drug's own class
/// is as often said of the drug, or of an allergy to the class.
fn is_own_class(one: &Rated, vocabulary: &Vocabulary) -> bool {
    let drugs = one.item.claim.drugs.iter().filter_map(|name| vocabulary.drug(name));
    let mut classes = drugs.flat_map(|id| &vocabulary.drugs[id.index()].classes);
    one.rated.interaction && classes.any(|class| vocabulary.classes[class.index()].name == one.rated.condition)
}

fn position(side: &[Rated]) -> Position {
    let mut claims: Vec<ClaimId> = side.iter().map(|rated| rated.item.id).collect();
    claims.sort_unstable();
    let mut values: Vec<(Level, String)> =
        side.iter().map(|rated| (rated.rated.level, value_statement(&rated.item.claim.value))).collect();
    values.sort();
    values.dedup();
    let summary = values.first().map(|(_, words)| words.clone()).unwrap_or_default();
    Position { claims, summary }
}
