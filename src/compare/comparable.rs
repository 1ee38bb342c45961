//! Whether two claims can be about the same patient.

use super::{Apart, Item};
use crate::claim::{Band, Context, Name, Population, Subject, Topicality};
use crate::finding::Confidence;
use crate::vocabulary::{FormKind, PopulationKind, Vocabulary};
use rust_decimal::Decimal;

/// How surely two claims can be set against each other, or what keeps them
/// apart.
pub(crate) fn comparable(one: &Item, other: &Item, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    if is_same_breath(one, other) {
        return Err(Apart::Sentence);
    }
    if are_products_apart(one, other) {
        return Err(Apart::Products);
    }
    let context = contexts(&one.claim.context, &other.claim.context, vocabulary)?;
    Ok(context.min(subject(one)).min(subject(other)))
}

/// Whether an article tells two products of a drug apart by their trade marks.
fn are_products_apart(one: &Item, other: &Item) -> bool {
    let brands = one.claim.context.brand.as_ref().zip(other.claim.context.brand.as_ref());
    one.id.article == other.id.article && brands.is_some_and(|(one, other)| one != other)
}

/// Doses that stand close together in one section belong to one instruction:
/// steps, alternatives, cases that a label tells apart.
pub(crate) fn is_same_passage(one: &Item, other: &Item) -> bool {
    const NEAR: usize = 600;
    const SECTION: usize = 3000;
    let distance = one.claim.span.start.abs_diff(other.claim.span.start);
    let same = one.id.article == other.id.article && one.claim.section == other.claim.section;
    same && distance < if one.claim.section.is_empty() { NEAR } else { SECTION }
}

/// How surely a limit binds a dose, or why it does not. A limit that is stated
/// for no condition is the drug's limit in every condition.
pub(crate) fn binds(limit: &Item, dose: &Item, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    let (one, other) = (&limit.claim.context, &dose.claim.context);
    if is_same_breath(limit, dose) {
        return Err(Apart::Sentence);
    }
    if is_same_passage(limit, dose) && one != other {
        return Err(Apart::Passage);
    }
    patients_and_ways(one, other, vocabulary)?;
    let sure = indications(&one.indications, &other.indications, vocabulary).ok_or(Apart::Indications)?;
    // A limit in an article on something else is one for that; so is a dose that
    // is said for no condition there.
    let is_passing =
        limit.claim.topic != Topicality::Drug || (dose.claim.topic != Topicality::Drug && other.indications.is_empty());
    let sure = if is_passing && !is_same_place(limit, dose) { Confidence::Low } else { sure };
    Ok(sure.min(subject(limit)).min(subject(dose)))
}

/// Whether two articles say something under the same headings: two editions, or
/// two houses' chapters on one thing.
pub(crate) fn is_same_place(one: &Item, other: &Item) -> bool {
    one.id.article != other.id.article && !one.claim.section.is_empty() && one.claim.section == other.claim.section
}

/// Claims of one sentence are alternatives or parts of one instruction.
pub(crate) fn is_same_breath(one: &Item, other: &Item) -> bool {
    one.id.article == other.id.article && one.claim.sentence.overlaps(other.claim.sentence)
}

fn subject(item: &Item) -> Confidence {
    match item.claim.subject {
        Subject::Stated | Subject::Heading | Subject::Title => Confidence::High,
        Subject::Carried => Confidence::Medium,
    }
}

/// How surely two contexts can be the same patient's, or why they cannot.
pub(crate) fn contexts(one: &Context, other: &Context, vocabulary: &Vocabulary) -> Result<Confidence, Apart> {
    patients_and_ways(one, other, vocabulary)?;
    let sure = indications(uses(one), uses(other), vocabulary).ok_or(Apart::Indications)?;
    let presumed =
        one.indications.is_empty() != uses(one).is_empty() || other.indications.is_empty() != uses(other).is_empty();
    Ok(if presumed { sure.min(Confidence::Medium) } else { sure })
}

fn patients_and_ways(one: &Context, other: &Context, vocabulary: &Vocabulary) -> Result<(), Apart> {
    if !populations(&one.population, &other.population, vocabulary) {
        return Err(Apart::Patients);
    }
    ways(one, other, vocabulary)
}

/// What a claim is for: as said, else the main use of the drug in its article.
pub(crate) fn uses(context: &Context) -> &[Name] {
    if context.indications.is_empty() { &context.presumed } else { &context.indications }
}

/// An unsaid indication matches any, less surely; said ones must be the same,
/// or one a kind of the other.
pub(crate) fn indications(one: &[Name], other: &[Name], vocabulary: &Vocabulary) -> Option<Confidence> {
    if one.is_empty() || other.is_empty() {
        return Some(if one.is_empty() && other.is_empty() { Confidence::High } else { Confidence::Medium });
    }
    one.iter().any(|one| other.iter().any(|other| is_related(one, other, vocabulary))).then_some(Confidence::High)
}

/// Whether one condition is the other, or a kind of it.
pub(crate) fn is_related(one: &Name, other: &Name, vocabulary: &Vocabulary) -> bool {
    // Prevention of nobody knows what is related to nothing.
    if one == other {
        return &**one != "prevention";
    }
    match (vocabulary.condition(one), vocabulary.condition(other)) {
        (Some(one), Some(other)) => vocabulary.is_kind_of(one, other) || vocabulary.is_kind_of(other, one),
        _ => false,
    }
}

/// Whether two groups can have a patient in common. Nobody in particular means
/// a general adult: children, older adults and organ impairment never match it.
pub(crate) fn populations(one: &Population, other: &Population, vocabulary: &Vocabulary) -> bool {
    if special_groups(one, vocabulary) != special_groups(other, vocabulary) {
        return false;
    }
    match (one.renal_function, other.renal_function) {
        (Some(one), Some(other)) if !one.overlaps(other) => return false,
        (Some(_), None) | (None, Some(_)) => return false,
        _ => {}
    }
    // "about 3 g for an adult of 80 kg" is an example.
    let is_example =
        |weight: Option<Band>| weight.is_some_and(|band| band.0.low.is_some() && band.0.low == band.0.high);
    if is_example(one.weight) != is_example(other.weight) {
        return false;
    }
    if let (Some(one), Some(other)) = (one.weight, other.weight) {
        return one.overlaps(other);
    }
    let (young, old) = (age(one, vocabulary), age(other, vocabulary));
    share_ages(young, old) && is_older(one) == is_older(other) && is_infant(young) == is_infant(old)
}

fn names_only_children(population: &Population) -> bool {
    let is = |names: &[&str]| population.groups.iter().any(|name| names.contains(&&**name));
    is(&["children", "adolescents", "infants", "school-age children"]) && !is(&["adults"])
}

fn is_infant(age: Band) -> bool {
    age.0.high.is_some_and(|high| high <= Decimal::ONE)
}

/// Children as a whole, without an age or a weight: a fixed dose for them cannot
/// be held to one for an age.
pub(crate) fn is_all_children(population: &Population) -> bool {
    population.weight.is_none()
        && population.age.is_some_and(|age| age.0.low == Some(Decimal::ZERO) && age.0.high == Some(Decimal::from(17)))
}

/// Sources cut childhood into different bands: bands are the same patients' only
/// where they share at least half of the narrower one.
fn share_ages(one: Band, other: Band) -> bool {
    let ends = |band: Band| (band.0.low.unwrap_or(Decimal::ZERO), band.0.high.unwrap_or(Decimal::ONE_HUNDRED));
    let ((low, high), (from, to)) = (ends(one), ends(other));
    let shared = high.min(to) - low.max(from);
    let narrower = (high - low).min(to - from);
    one.overlaps(other) && shared * Decimal::TWO >= narrower
}

/// What sets a group apart besides age: organ function, pregnancy, hospital.
fn special_groups<'p>(population: &'p Population, vocabulary: &Vocabulary) -> Vec<&'p Name> {
    let is_special = |name: &&Name| match vocabulary.population(name) {
        Some(id) => {
            let kind = vocabulary.populations[id.index()].kind;
            !matches!(
                kind,
                PopulationKind::Age | PopulationKind::Everybody | PopulationKind::Sex | PopulationKind::Weight
            )
        }
        None => true,
    };
    population.groups.iter().filter(is_special).collect()
}

fn is_older(population: &Population) -> bool {
    population.groups.iter().any(|name| matches!(&**name, "older adults" | "very old adults" | "patients over 60"))
        || population.age.is_some_and(|age| age.0.low.is_some_and(|low| low >= Decimal::from(60)))
}

/// The ages of a group in years; a weight stands for the ages of children of
/// that weight by the usual estimate, weight = 2 × (age + 4) (Advanced
/// Paediatric Life Support).
fn age(population: &Population, vocabulary: &Vocabulary) -> Band {
    let adult = Band::new(Some(Decimal::from(18)), Some(Decimal::from(65)));
    if let (Some(weight), None) = (population.weight, population.age) {
        let years = |kilograms: Decimal| (kilograms / Decimal::TWO - Decimal::from(4)).max(Decimal::ZERO);
        // A weight is given for children; only "adults over 50 kg" are adults.
        let oldest = weight.0.high.map_or(Decimal::from(18), years);
        let band = Band::new(weight.0.low.map(years).or(Some(Decimal::ZERO)), Some(oldest));
        let is_adult = population.groups.iter().any(|name| &**name == "adults");
        return if is_adult { adult } else { band };
    }
    let groups = population.groups.iter().filter_map(|name| vocabulary.population(name));
    let only_adults = groups.clone().count() > 0
        && groups.into_iter().all(|id| &*vocabulary.populations[id.index()].name == "adults");
    match population.age {
        // "adults" alone are general adults; the elderly are a group of their own.
        Some(_) if only_adults && population.age.is_some_and(|age| age.0.high.is_none()) => adult,
        // "children from 5 years" stay children.
        Some(age) if age.0.high.is_none() && names_only_children(population) => {
            Band::new(age.0.low, Some(Decimal::from(18)))
        }
        Some(age) => Band::new(age.0.low.or(Some(Decimal::ZERO)), age.0.high),
        None => adult,
    }
}

/// Routes and release forms: an unsaid route is taken to be by mouth, an
/// unsaid release immediate.
pub(crate) fn ways(one: &Context, other: &Context, vocabulary: &Vocabulary) -> Result<(), Apart> {
    if !routes(&routes_of(one, vocabulary), &routes_of(other, vocabulary), vocabulary) {
        return Err(Apart::Routes);
    }
    if releases(one, vocabulary) != releases(other, vocabulary) {
        return Err(Apart::Release);
    }
    Ok(())
}

/// The routes that are said, else that of the form, else by mouth.
fn routes_of(context: &Context, vocabulary: &Vocabulary) -> Vec<Name> {
    if !context.routes.is_empty() {
        return context.routes.clone();
    }
    let form = context.product.as_deref().and_then(|name| vocabulary.form(name));
    let route = form.and_then(|form| vocabulary.forms[form.index()].route);
    let route = route.map_or("oral", |route| &*vocabulary.routes[route.index()].name);
    vec![Name::from(route)]
}

/// Whether one of the routes is one of the others, or a kind of it.
pub(crate) fn routes(one: &[Name], other: &[Name], vocabulary: &Vocabulary) -> bool {
    one.iter().any(|one| other.iter().any(|other| is_route(one, other, vocabulary) || is_route(other, one, vocabulary)))
}

fn is_route(one: &Name, other: &Name, vocabulary: &Vocabulary) -> bool {
    // A nebuliser takes far more than an inhaler.
    let is_nebulised = |name: &Name| &**name == "nebulised";
    if is_nebulised(one) != is_nebulised(other) {
        return false;
    }
    one == other
        || vocabulary
            .route(one)
            .zip(vocabulary.route(other))
            .is_some_and(|(one, other)| vocabulary.is_route_of(one, other))
}

/// What the form says about release and place: "tablet" and "capsule" say
/// nothing, "extended release" and "patch" do.
fn releases<'c>(context: &'c Context, vocabulary: &Vocabulary) -> Option<&'c str> {
    let name = context.product.as_deref()?;
    match name {
        "tablet"
        | "capsule"
        | "oral solution"
        | "oral suspension"
        | "syrup"
        | "immediate release"
        | "dispersible tablet"
        | "chewable tablet"
        | "injection"
        | "infusion"
        | "powder"
        | "pre-filled syringe"
        | "orodispersible tablet"
        | "inhaler"
        | "nebuliser solution"
        | "cream"
        | "gel"
        | "ointment"
        | "lotion"
        | "topical solution"
        | "suppository"
        | "enema"
        | "eye drops"
        | "auto-injector" => None,
        "controlled release" | "modified release" | "sustained release" => Some("extended release"),
        name => {
            let release =
                vocabulary.form(name).is_some_and(|id| vocabulary.forms[id.index()].kind == FormKind::Release);
            Some(if release { "extended release" } else { name }).filter(|_| name != "delayed release")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(groups: &[&str], age: Option<(Option<i64>, Option<i64>)>) -> Population {
        Population {
            groups: groups.iter().map(|name| Name::from(*name)).collect(),
            age: age.map(|(low, high)| Band::new(low.map(Decimal::from), high.map(Decimal::from))),
            ..Population::default()
        }
    }

    fn can_meet(one: &Population, other: &Population) -> bool {
        populations(one, other, Vocabulary::builtin())
    }

    #[test]
    fn nobody_in_particular_is_a_general_adult() {
        let anyone = Population::default();
        assert!(can_meet(&anyone, &people(&["adults"], Some((Some(18), None)))));
        assert!(!can_meet(&anyone, &people(&["children"], Some((Some(0), Some(17))))));
        assert!(!can_meet(&anyone, &people(&["older adults"], Some((Some(65), None)))));
        assert!(!can_meet(&anyone, &people(&["renal impairment"], None)));
        assert!(!can_meet(
            &people(&["adults"], Some((Some(18), None))),
            &people(&["older adults"], Some((Some(65), None)))
        ));
    }

    #[test]
    fn children_meet_where_their_ages_do() {
        let child = |low, high| people(&["children"], Some((Some(low), Some(high))));
        assert!(can_meet(&child(6, 12), &child(8, 14)));
        assert!(!can_meet(&child(6, 12), &child(10, 16)), "bands that differ in the main");
        assert!(!can_meet(&child(6, 12), &child(12, 18)));
        let light = Population { weight: Some(Band::new(None, Some(Decimal::from(30)))), ..Population::default() };
        assert!(can_meet(&light, &child(6, 12)));
        assert!(!can_meet(&light, &child(12, 18)));
    }

    #[test]
    fn indications_match_their_kinds_and_the_unsaid() {
        let vocabulary = Vocabulary::builtin();
        let names = |names: &[&str]| names.iter().map(|name| Name::from(*name)).collect::<Vec<_>>();
        let meet = |one: &[&str], other: &[&str]| indications(&names(one), &names(other), vocabulary);
        assert_eq!(meet(&["sciatica"], &["neuropathic pain"]), Some(Confidence::High));
        assert_eq!(meet(&["neuropathic pain"], &["depression"]), None);
        assert_eq!(meet(&[], &["depression"]), Some(Confidence::Medium));
    }
}
