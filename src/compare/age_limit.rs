//! Doses for children of an age in which the drug should not be given.

use super::comparable::{indications, is_same_breath, is_same_place, uses, ways};
use super::nuance::are_near;
use super::opposed::Opposed;
use super::{ClaimId, Disagreement, Item, Position, Topic};
use crate::claim::{Band, Claim, Level, Name, Phase, Population, Topicality, Value, population, value_statement};
use crate::finding::Confidence;
use crate::vocabulary::Vocabulary;
use rust_decimal::Decimal;

/// Finds doses for children whom another passage keeps the drug from by age.
/// An age limit for one use does not bind the others.
pub(crate) fn compare(drugs: &[Name], items: &[Item], vocabulary: &Vocabulary) -> Vec<Disagreement> {
    // A combination may be too much for a child whom its components suit.
    let own = items.iter().filter(|item| item.claim.drugs == drugs);
    let limits: Vec<(&Item, Band)> = own.filter_map(|item| Some((item, limit(item.claim)?))).collect();
    let doses: Vec<(&Item, Band)> = items.iter().filter_map(|item| Some((item, dosed(item.claim)?))).collect();
    let mut opposed = Opposed::new(Topic::PopulationAgeLimit, drugs);
    for (limit, under) in &limits {
        let mut confidence = None;
        let mut against: Vec<ClaimId> = Vec::new();
        let mut summary = None;
        for (dose, age) in &doses {
            let one = &limit.claim.context.indications;
            let sure = indications(one, &dose.claim.context.indications, vocabulary);
            let (for_one, for_other) = (uses(&limit.claim.context), uses(&dose.claim.context));
            let is_other_use =
                limit.id.article != dose.id.article && indications(for_one, for_other, vocabulary).is_none();
            if is_other_use
                || is_same_breath(limit, dose)
                || are_near(limit, dose)
                || is_adolescence(limit.claim, dose.claim)
                || !is_within(*age, *under)
                || (!one.is_empty() && dose.claim.context.indications.is_empty())
            {
                continue;
            }
            // What an article on something else says of an age is said for that, and a
            // limit of another form or route binds neither.
            let said_for_one = !one.is_empty() && !dose.claim.context.indications.is_empty();
            let is_passing = limit.claim.topic != Topicality::Drug || dose.claim.topic != Topicality::Drug;
            let sure = if is_passing && !said_for_one && !is_same_place(limit, dose) {
                sure.min(Some(Confidence::Low))
            } else {
                sure
            };
            if sure.is_some() && ways(&limit.claim.context, &dose.claim.context, vocabulary).is_ok() {
                confidence = confidence.max(sure);
                against.push(dose.id);
                summary.get_or_insert_with(|| {
                    let given = population(&dose.claim.context).unwrap_or_default();
                    format!("{} for {given}", value_statement(&dose.claim.value))
                });
            }
        }
        let (Some(confidence), Some(summary)) = (confidence, summary) else { continue };
        // "avoid" alone does not say whom.
        if let Some(new) = opposed.add(limit, Position { claims: against, summary }, confidence) {
            let limited = population(&limit.claim.context).unwrap_or_default();
            new.positions[0].summary = format!("{} in {limited}", new.positions[0].summary);
        }
    }
    opposed.found()
}

/// The ages that a contraindication keeps the drug from, if it names some.
fn limit(claim: &Claim) -> Option<Band> {
    let rated = claim.value.contraindication()?;
    let firm = rated.level <= Level::Avoid && !rated.conditional && !rated.interaction && rated.modifiers.is_empty();
    childhood(&claim.context.population).filter(|_| firm)
}

/// The ages that a recommended dose is for, if they are a child's.
fn dosed(claim: &Claim) -> Option<Band> {
    let Value::Dose(dose) = &claim.value else { return None };
    let given = matches!(dose.phase, Phase::Start | Phase::Target | Phase::Single | Phase::Max);
    childhood(&claim.context.population).filter(|_| given)
}

/// Of "teenagers and older adults" the teenagers.
fn childhood(population: &Population) -> Option<Band> {
    let age = population.age?;
    if age.0.high.is_some_and(|high| high <= Decimal::from(18)) {
        return Some(age);
    }
    let adolescents = population.groups.iter().any(|name| &**name == "adolescents");
    adolescents.then(|| Band::new(Some(Decimal::from(12)), Some(Decimal::from(17))))
}

/// "Children" without an age may be those before adolescence.
fn is_adolescence(limit: &Claim, dose: &Claim) -> bool {
    let names = |claim: &Claim, name: &str| claim.context.population.groups.iter().any(|group| &**group == name);
    let is_default = !limit.quote.contains(|letter: char| letter.is_ascii_digit());
    is_default && !names(limit, "adolescents") && names(dose, "adolescents") && !names(dose, "children")
}

/// Whether every age of a dose lies under the limit.
fn is_within(age: Band, limit: Band) -> bool {
    let low = |band: Band| band.0.low.unwrap_or(Decimal::ZERO);
    low(age) >= low(limit) && age.0.high <= limit.0.high
}
