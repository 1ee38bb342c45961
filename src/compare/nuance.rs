//! What lies between two statements about one condition without a
//! contradiction: degrees of it, its past, its ages, and words of much the
//! same strength.

use super::Item;
use super::comparable::is_related;
use crate::claim::{Band, Claim, Context, Contraindication, Level, Name, Population};
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;

/// Statements closer than this in one section qualify each other.
const NEAR_BYTES: usize = 400;

/// Whether two statements stand together and so qualify each other.
pub(crate) fn are_near(one: &Item, other: &Item) -> bool {
    let distance = one.claim.span.start.abs_diff(other.claim.span.start);
    one.id.article == other.id.article && one.claim.section == other.claim.section && distance < NEAR_BYTES
}

/// A condition without its degree: "severe renal impairment" is renal
/// impairment.
pub(crate) fn plain(condition: &Name) -> Name {
    if let Some((_, plain)) = FRESH.iter().chain(&GRAVE).find(|(name, _)| **condition == **name) {
        return Name::from(*plain);
    }
    // "children under 12": the ages stand in the context.
    if condition.starts_with("children under") || condition.starts_with("children over") {
        return Name::from("children");
    }
    if let Some((_, rest)) = condition.split_once(" trimester of ") {
        return Name::from(rest);
    }
    let degrees = ["severe ", "moderate ", "mild "];
    let rest = degrees.iter().find_map(|degree| condition.strip_prefix(degree));
    rest.filter(|rest| is_organ(rest)).map_or_else(|| condition.clone(), Name::from)
}

/// Attacks that are conditions of their own in the vocabulary.
const FRESH: [(&str, &str); 2] =
    [("acute myocardial infarction", "myocardial infarction"), ("decompensated heart failure", "heart failure")];

/// Severe forms that are conditions of their own in the vocabulary.
const GRAVE: [(&str, &str); 1] = [("NYHA class III-IV heart failure", "heart failure")];

/// Conditions that are the severe form of what they are a kind of.
const SEVERE_FORMS: [&str; 5] =
    ["sepsis", "renal failure", "end-stage renal disease", "hepatic failure", "status epilepticus"];

fn is_organ(name: &str) -> bool {
    matches!(name, "renal impairment" | "hepatic impairment")
}

/// Whether everything that narrows the stronger statement narrows the weaker
/// one too. "Severe" is one degree of all; the past of a condition is none of
/// its present.
pub(crate) fn is_covered(weak: &Claim, strong: &Claim) -> bool {
    let (Some(weaker), Some(stronger)) = (weak.value.contraindication(), strong.value.contraindication()) else {
        return false;
    };
    let (mut inner, outer) = (degrees(weak, weaker), degrees(strong, stronger));
    // Sepsis is among the severe infections.
    if weaker.condition != stronger.condition && SEVERE_FORMS.contains(&&*weaker.condition) {
        inner = SEVERE;
    }
    let kinds = |rated: &Contraindication| -> Vec<&'static str> { rated.modifiers.iter().filter_map(past).collect() };
    let others = |rated: &Contraindication| -> Vec<Name> {
        let words = rated.modifiers.iter();
        let words = words.filter(|word| {
            degree(word).is_none() && trimester(word).is_none() && past(word).is_none() && !is_empty(word)
        });
        let words = words.map(newly);
        let fresh = FRESH.iter().any(|(fresh, _)| *rated.condition == **fresh);
        words.chain(fresh.then(|| Name::from("recent"))).collect()
    };
    let narrower = others(weaker);
    let (part, whole) = (trimesters(weaker), trimesters(stronger));
    inner & outer == inner
        && part & whole == part
        && kinds(weaker) == kinds(stronger)
        && others(stronger).iter().all(|word| narrower.contains(word))
}

const MILD: u8 = 1;
const MODERATE: u8 = 2;
const SEVERE: u8 = 4;
const ANY: u8 = MILD | MODERATE | SEVERE;

/// The degrees that a statement is about, as a set of bits.
fn degrees(claim: &Claim, rated: &Contraindication) -> u8 {
    let named: u8 = ["mild", "moderate", "severe"]
        .iter()
        .filter(|word| rated.condition.starts_with(**word))
        .filter_map(|word| degree(word))
        .fold(if GRAVE.iter().any(|(name, _)| *rated.condition == **name) { SEVERE } else { 0 }, |all, one| all | one);
    let words = rated.modifiers.iter().filter_map(|word| degree(word)).fold(named, |all, one| all | one);
    match claim.context.population.renal_function {
        Some(band) if words == 0 => of_function(band),
        _ if words == 0 => ANY,
        _ => words,
    }
}

fn degree(word: &str) -> Option<u8> {
    Some(match word {
        "mild" | "mildly" => MILD,
        "moderate" | "moderately" => MODERATE,
        "severe" | "severely" | "strong" | "advanced" | "serious" | "significant" | "marked" | "critical"
        | "life-threatening" | "end-stage" => SEVERE,
        "mild to moderate" | "mild or moderate" => MILD | MODERATE,
        "moderate to severe" | "moderate or severe" => MODERATE | SEVERE,
        "mild to severe" => ANY,
        _ => return None,
    })
}

/// The trimesters that a statement is about, as a set of bits: all of them where
/// it names none.
fn trimesters(rated: &Contraindication) -> u8 {
    let words = rated.modifiers.iter().map(|word| &**word).chain([&*rated.condition]);
    let named = words.filter_map(trimester).fold(0, |all, one| all | one);
    if named == 0 { ANY } else { named }
}

/// Whether a condition is a part of pregnancy.
pub(crate) fn is_part(condition: &Name) -> bool {
    trimester(condition).is_some()
}

fn trimester(words: &str) -> Option<u8> {
    let (ordinal, rest) = words.split_once(" trimester")?;
    let bit = match ordinal {
        "first" => 1,
        "second" => 2,
        "third" => 4,
        _ => return None,
    };
    (rest.is_empty() || rest.starts_with(" of ")).then_some(bit)
}

/// The degrees of renal impairment that a filtration rate in mL/min means.
fn of_function(band: Band) -> u8 {
    let (low, high) = (band.0.low.unwrap_or(Decimal::ZERO), band.0.high.unwrap_or(Decimal::from(200)));
    let meets = |from: i64, to: i64| low < Decimal::from(to) && high > Decimal::from(from);
    let bits = [(MILD, 60, 90), (MODERATE, 30, 59), (SEVERE, 0, 29)];
    bits.iter().filter(|(_, from, to)| meets(*from, *to)).fold(0, |all, (bit, ..)| all | bit)
}

/// Words by which a condition is over, only feared, or held in check.
fn past(word: &Name) -> Option<&'static str> {
    Some(match &**word {
        "a history of"
        | "history of"
        | "past"
        | "personal history of"
        | "previous"
        | "previous history of"
        | "prior" => "history",
        "family history of" | "personal or family history of" => "family",
        "at risk of" | "at risk for" | "risk of" | "risk for" | "prone to" | "risk factors for" | "predisposed to"
        | "predisposition to" | "susceptible to" | "susceptibility to" => "risk",
        "controlled" | "well-controlled" | "treated" | "stable" | "compensated" | "inactive" => "held",
        _ => return None,
    })
}

/// "acute" and "recent" are said of the same attacks.
fn newly(word: &Name) -> Name {
    if matches!(&**word, "acute" | "recently" | "unstable" | "decompensated") {
        Name::from("recent")
    } else {
        word.clone()
    }
}

/// Words that leave a condition what it is.
fn is_empty(word: &Name) -> bool {
    matches!(
        &**word,
        "known" | "underlying" | "pre-existing" | "concomitant" | "concurrent" | "coexisting" | "current" | "confirmed"
    )
}

/// Whether the ages of the weaker statement lie within those of the stronger.
pub(crate) fn are_same_patients(weak: &Claim, strong: &Claim) -> bool {
    let (inner, outer) = (weak.context.population.age, strong.context.population.age);
    match (inner, outer) {
        (Some(inner), Some(outer)) => is_within(inner, outer),
        // An age without a name for its group is a condition of its own.
        (None, Some(_)) => false,
        _ => true,
    }
}

fn is_within(inner: Band, outer: Band) -> bool {
    let low = |band: Band| band.0.low.unwrap_or(Decimal::ZERO);
    let high = |band: Band| band.0.high.unwrap_or(Decimal::from(200));
    low(inner) >= low(outer) && high(inner) <= high(outer)
}

/// Whether two levels are too close, as they are worded, to call them a
/// contradiction: "generally avoided" and "with caution"; "with caution" and
/// "safe". That the dose is or is not adjusted is no matter of wording.
pub(crate) fn fades(strong: &Contraindication, weak: &Contraindication) -> bool {
    match (strong.level, weak.level) {
        // "not recommended" and "monitor closely if use is deemed necessary" agree.
        (Level::Avoid, Level::Caution) => strong.hedged || weak.conditional || &*strong.condition == "alcohol use",
        (Level::Caution, Level::Allowed) => !(strong.dosing && weak.dosing) || strong.hedged,
        _ => false,
    }
}

/// The context of a statement without what its condition says already.
pub(crate) fn context(claim: &Claim, vocabulary: &Vocabulary) -> Context {
    let mut context = claim.context.clone();
    let Some(rated) = claim.value.contraindication() else { return context };
    let condition = plain(&rated.condition);
    let says = |group: &Name| plain(group) == condition || is_related(&plain(group), &condition, vocabulary);
    context.population.groups.retain(|group| !says(group));
    if &*condition == "renal impairment" {
        context.population.renal_function = None;
    }
    if claim.context.population.age.is_some() {
        context.population = Population { groups: Vec::new(), age: None, ..context.population };
    }
    context
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filtration_rates_are_degrees() {
        let of = |low: Option<i64>, high: Option<i64>| {
            of_function(Band::new(low.map(Decimal::from), high.map(Decimal::from)))
        };
        assert_eq!(of(None, Some(30)), SEVERE);
        assert_eq!(of(Some(30), Some(45)), MODERATE);
        assert_eq!(of(Some(45), Some(59)), MODERATE);
        assert_eq!(of(Some(60), Some(89)), MILD);
        assert_eq!(of(None, Some(60)), MODERATE | SEVERE);
    }

    #[test]
    fn degrees_leave_the_condition() {
        assert_eq!(&*plain(&Name::from("severe renal impairment")), "renal impairment");
        assert_eq!(&*plain(&Name::from("severe aplastic anaemia")), "severe aplastic anaemia");
    }
}
