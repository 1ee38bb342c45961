//! Scopes: what a heading, list lead-in, label, column head, question or title
//! lays down for the text below it. What a phrase leaves unsaid is inherited;
//! the nearest scope that says something wins.

use super::{Band, Level, Name, Phase, Population};
use crate::mention::{Reading, What};
use crate::vocabulary::{Condition, ConditionKind, CueKind, PopulationKind, Vocabulary};
use rust_decimal::Decimal;
use std::ops::Range;

/// The kind of section that a heading opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// "Contraindications".
    Contraindication,
    /// "Relative contraindications".
    RelativeContraindication,
    /// "Precautions", "Warnings".
    Caution,
    /// "Drug interactions".
    Interaction,
    /// "Side effects".
    Adverse,
    /// "Overdose".
    Overdose,
    /// "Pharmacokinetics", "How it works".
    Pharmacology,
    /// "References", "Related questions", disclaimers.
    Reference,
    /// "Available forms".
    Product,
    /// "Methods", "Clinical trials".
    Evidence,
    /// Anything else: it ends the section around it.
    Other,
}

/// What is laid down. What is not said is empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    /// The drugs named: one, the parts of a combination, or several.
    pub drugs: Vec<Vec<Name>>,
    /// The classes of drugs named.
    pub classes: Vec<Name>,
    /// The phase of the doses below.
    pub phase: Option<Phase>,
    /// The patients.
    pub population: Option<Population>,
    /// The conditions named, canonical.
    pub conditions: Vec<Name>,
    /// Whether the drug is given to prevent them.
    pub prevention: bool,
    /// The routes named.
    pub routes: Vec<Name>,
    /// The form or release form named.
    pub product: Option<Name>,
    /// The kind of section.
    pub section: Option<Section>,
    /// The level that a lead-in gives to the list below it.
    pub level: Option<Level>,
}

impl Scope {
    /// Puts an inner scope over this one: what it says replaces what was said.
    pub fn overlay(&mut self, inner: &Self) {
        fn replace<T: Clone>(outer: &mut Vec<T>, inner: &[T]) {
            if !inner.is_empty() {
                *outer = inner.to_vec();
            }
        }
        // A class named below a drug describes the drug ("a tricyclic").
        if !inner.drugs.is_empty() || !inner.classes.is_empty() {
            self.drugs.clone_from(&inner.drugs);
            self.classes.clone_from(&inner.classes);
        }
        if !inner.conditions.is_empty() || inner.prevention {
            self.prevention = inner.prevention;
        }
        replace(&mut self.conditions, &inner.conditions);
        replace(&mut self.routes, &inner.routes);
        self.phase = inner.phase.or(self.phase);
        self.product = inner.product.clone().or_else(|| self.product.take());
        // A section of another kind ends the level of a lead-in outside it.
        if inner.section.is_some() {
            self.section = inner.section;
            self.level = None;
        }
        self.level = inner.level.or(self.level);
        if let Some(inner) = &inner.population {
            self.population = Some(narrowed(self.population.as_ref(), inner));
        }
    }

    /// What a range of tokens lays down.
    pub fn of(reading: &Reading, tokens: Range<usize>, vocabulary: &Vocabulary) -> Self {
        let mut scope = Self::default();
        let mut people = PopulationBuilder::default();
        let mut release: Option<usize> = None;
        for mention in reading.within(tokens.clone()) {
            match &mention.what {
                What::Drugs(names) if !scope.drugs.contains(names) => scope.drugs.push(names.clone()),
                What::Class(_, name) => scope.classes.push(name.clone()),
                What::Condition(id) => {
                    let condition = &vocabulary.conditions[id.index()];
                    if is_indication(condition) && !people_at(reading, &mention.tokens) {
                        scope.conditions.push(condition.name.clone());
                    }
                }
                What::Route(name) => scope.routes.push(name.clone()),
                What::Release(name) => {
                    scope.product = Some(name.clone());
                    release = Some(mention.tokens.end);
                }
                // "extended-release tablets" are of extended release.
                What::Form(_) if release.is_some_and(|end| mention.tokens.start <= end + 1) => {}
                What::Form(name) => scope.product = Some(name.clone()),
                What::Cue(kind) => scope.cue(*kind),
                what => {
                    people.add(what, vocabulary);
                }
            }
        }
        scope.routes.sort();
        scope.routes.dedup();
        scope.conditions.dedup();
        scope.population = people.finish();
        scope
    }

    fn cue(&mut self, kind: CueKind) {
        let section = match kind {
            CueKind::SectionContraindication => Section::Contraindication,
            CueKind::SectionRelative => Section::RelativeContraindication,
            CueKind::SectionCaution => Section::Caution,
            CueKind::SectionInteraction => Section::Interaction,
            CueKind::SectionAdverse => Section::Adverse,
            CueKind::SectionOverdose => Section::Overdose,
            CueKind::SectionPharmacology => Section::Pharmacology,
            CueKind::SectionReference => Section::Reference,
            CueKind::SectionProduct => Section::Product,
            CueKind::SectionEvidence => Section::Evidence,
            CueKind::SectionOther => Section::Other,
            CueKind::Prevention => return self.prevention = true,
            CueKind::SectionStart => return self.phase = Some(Phase::Start),
            CueKind::SectionTarget => return self.phase = self.phase.or(Some(Phase::Target)),
            CueKind::SectionMaximum => return self.phase = Some(Phase::Max),
            _ => return,
        };
        // "Dosage in overdose": the more telling word wins.
        if self.section.is_none() || section != Section::Other {
            self.section = Some(section);
        }
    }
}

/// Whether a condition can be what a drug is given for, and says which use is
/// meant: "infection" says nothing.
pub(crate) fn is_indication(condition: &Condition) -> bool {
    (matches!(condition.kind, ConditionKind::Disease | ConditionKind::Sign | ConditionKind::Procedure)
        || &*condition.name == "anaphylaxis")
        && !matches!(
            &*condition.name,
            "infection" | "severe infection" | "overdose" | "toxicity" | "bacterial infection"
        )
}

/// Whether the same words name a group of patients ("renal impairment").
pub(crate) fn people_at(reading: &Reading, tokens: &Range<usize>) -> bool {
    reading
        .within(tokens.clone())
        .any(|mention| mention.tokens.start < tokens.end && matches!(mention.what, What::Population(_)))
}

/// The age in years from which a patient is an adult.
const ADULT_YEARS: u8 = 18;

fn is_under_age(years: Option<Decimal>) -> bool {
    years.is_some_and(|years| years < Decimal::from(ADULT_YEARS))
}

/// A group named inside another: "renal impairment" below "children" means
/// children with renal impairment, "adolescents" below "adults" replaces it.
pub(crate) fn narrowed(outer: Option<&Population>, inner: &Population) -> Population {
    let Some(outer) = outer else { return inner.clone() };
    let says_age = |population: &Population| population.age.is_some() || population.weight.is_some();
    // "Children (2–11 years): 2.5 mg (10–25 kg)": the weight narrows the children.
    if inner.weight.is_some() && inner.age.is_none() && inner.groups.is_empty() {
        return Population { weight: inner.weight, ..outer.clone() };
    }
    // "Children … from 6 years": the age narrows the children.
    let is_open =
        inner.groups.is_empty() && inner.age.is_some_and(|age| age.0.high.is_none() && is_under_age(age.0.low));
    let names = |group: &str| outer.groups.iter().any(|name| &**name == group);
    if is_open && names("children") && !names("adults") {
        return Population { groups: outer.groups.clone(), ..inner.clone() };
    }
    if says_age(inner) || !says_age(outer) {
        return inner.clone();
    }
    let mut both = inner.clone();
    both.groups.extend(outer.groups.iter().cloned());
    both.groups.sort();
    both.groups.dedup();
    both.age = outer.age;
    both.weight = outer.weight;
    both
}

/// Collects the groups of patients that a phrase names.
#[derive(Debug, Default)]
pub(crate) struct PopulationBuilder {
    population: Population,
    stated_age: Option<Band>,
    default_age: Option<Band>,
    any: bool,
}

impl PopulationBuilder {
    /// Takes in a mention; says whether it names patients.
    pub fn add(&mut self, what: &What, vocabulary: &Vocabulary) -> bool {
        match what {
            What::Population(id) => {
                let entry = &vocabulary.populations[id.index()];
                self.population.groups.push(entry.name.clone());
                if entry.kind == PopulationKind::Age {
                    let band = Band::new(entry.age_min_years, entry.age_max_years);
                    self.default_age = Some(self.default_age.map_or(band, |known| hull(known, band)));
                }
            }
            What::Age(band) => self.stated_age = Some(self.stated_age.map_or(*band, |known| hull(known, *band))),
            What::Weight(band) => self.population.weight = Some(*band),
            What::RenalFunction(band) => self.population.renal_function = Some(*band),
            _ => return false,
        }
        self.any = true;
        true
    }

    /// The patients, if any were named. A stated age beats what a word such as
    /// "children" means by default.
    pub fn finish(mut self) -> Option<Population> {
        self.population.groups.sort();
        self.population.groups.dedup();
        self.population.age = self.stated_age.or(self.default_age);
        self.any.then_some(self.population)
    }
}

/// The band around two alternatives.
fn hull(left: Band, right: Band) -> Band {
    let low = left.0.low.zip(right.0.low).map(|(left, right)| left.min(right));
    let high = left.0.high.zip(right.0.high).map(|(left, right)| left.max(right));
    Band::new(low, high)
}
