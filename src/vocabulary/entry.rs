//! The entries of the vocabulary files and the ids that stand for them.

use super::cue::CueKind;
use super::keyword::keywords;
use rust_decimal::Decimal;
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u16);

        impl $name {
            /// The place of the entry in its list.
            pub fn index(self) -> usize {
                usize::from(self.0)
            }
        }
    )+};
}

ids! {
    /// A place in [`Vocabulary::drugs`](super::Vocabulary::drugs).
    DrugId,
    /// A place in [`Vocabulary::classes`](super::Vocabulary::classes).
    ClassId,
    /// A place in [`Vocabulary::combinations`](super::Vocabulary::combinations).
    CombinationId,
    /// A place in [`Vocabulary::conditions`](super::Vocabulary::conditions).
    ConditionId,
    /// A place in [`Vocabulary::populations`](super::Vocabulary::populations).
    PopulationId,
    /// A place in [`Vocabulary::routes`](super::Vocabulary::routes).
    RouteId,
    /// A place in [`Vocabulary::forms`](super::Vocabulary::forms).
    FormId,
    /// A place in [`Vocabulary::frequencies`](super::Vocabulary::frequencies).
    FrequencyId,
    /// A place in [`Vocabulary::modifiers`](super::Vocabulary::modifiers).
    ModifierId,
    /// A place in [`Vocabulary::units`](super::Vocabulary::units).
    UnitId,
}

/// What a phrase stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Term {
    /// A single drug.
    Drug(DrugId),
    /// A class of drugs.
    Class(ClassId),
    /// A fixed combination of drugs.
    Combination(CombinationId),
    /// A disease, state or exposure.
    Condition(ConditionId),
    /// Whom a statement is for.
    Population(PopulationId),
    /// A way of giving a drug.
    Route(RouteId),
    /// A pharmaceutical form or a way of release.
    Form(FormId),
    /// How often or when a dose is given.
    Frequency(FrequencyId),
    /// A word that narrows a condition.
    Modifier(ModifierId),
    /// A phrase that says what a statement does.
    Cue(CueKind),
}

impl Term {
    /// The family that the term is matched in.
    pub fn family(self) -> Family {
        match self {
            Self::Drug(_) | Self::Class(_) | Self::Combination(_) => Family::Drug,
            Self::Condition(_) => Family::Condition,
            Self::Population(_) => Family::Population,
            Self::Route(_) => Family::Route,
            Self::Form(_) => Family::Form,
            Self::Frequency(_) => Family::Frequency,
            Self::Modifier(_) => Family::Modifier,
            Self::Cue(kind) if kind.is_section() => Family::Section,
            Self::Cue(_) => Family::Cue,
        }
    }
}

keywords! {
    /// Terms of one family compete for the words of a text, the longest phrase
    /// wins; terms of different families may overlap.
    Family {
        /// Drugs, classes and combinations.
        Drug = "drug",
        /// Conditions.
        Condition = "condition",
        /// Populations.
        Population = "population",
        /// Routes.
        Route = "route",
        /// Forms.
        Form = "form",
        /// Frequencies.
        Frequency = "frequency",
        /// Modifiers of conditions.
        Modifier = "modifier",
        /// Cues.
        Cue = "cue",
        /// Cues that tell the kind of a section.
        Section = "section",
    }
}

/// A drug by its international nonproprietary name.
#[derive(Clone, Debug)]
pub struct Drug {
    /// The name in lower case.
    pub name: Arc<str>,
    /// The classes it belongs to, its main class first.
    pub classes: Vec<ClassId>,
    /// Whether a salt word after the name leaves it the same drug
    /// ("amitriptyline hydrochloride"), or makes another one of it
    /// ("magnesium citrate").
    pub takes_salts: bool,
}

/// A class of drugs.
#[derive(Clone, Debug)]
pub struct Class {
    /// The name in lower case and singular, such as "tricyclic antidepressant".
    pub name: Arc<str>,
    /// The classes that it is part of.
    pub broader: Vec<ClassId>,
}

/// A fixed combination.
#[derive(Clone, Debug)]
pub struct Combination {
    /// The names of the components joined by " + ".
    pub name: Arc<str>,
    /// The components in the order usually written.
    pub components: Vec<DrugId>,
}

/// A condition that a drug is given for or must not be given in.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The name, such as "hepatic impairment".
    pub name: Arc<str>,
    /// The condition that it is a kind of.
    pub broader: Option<ConditionId>,
    /// What sort of condition it is.
    pub kind: ConditionKind,
    /// Whether drugs are given for it and never kept back because of it.
    pub only_treated: bool,
}

keywords! {
    /// What sort of condition it is.
    ConditionKind {
        /// A disease or disorder.
        Disease = "disease",
        /// An allergy or hypersensitivity.
        Allergy = "allergy",
        /// Something that a drug brought about.
        AdverseReaction = "adverse-reaction",
        /// Another drug or substance that is taken.
        DrugExposure = "drug-exposure",
        /// An operation or other intervention.
        Procedure = "procedure",
        /// A state of the body or of life, such as pregnancy.
        State = "state",
        /// A sign or symptom.
        Sign = "sign",
    }
}

/// Whom a dose or a warning is for.
#[derive(Clone, Debug)]
pub struct Population {
    /// The name, such as "older adults".
    pub name: Arc<str>,
    /// What sets the population apart.
    pub kind: PopulationKind,
    /// The youngest age in years, if the name implies one.
    pub age_min_years: Option<Decimal>,
    /// The age in years that it ends before or at, if the name implies one.
    pub age_max_years: Option<Decimal>,
    /// The population that it is part of.
    pub broader: Option<PopulationId>,
}

keywords! {
    /// What sets a population apart.
    PopulationKind {
        /// How old they are.
        Age = "age",
        /// How well their kidneys or liver work.
        Organ = "organ",
        /// Pregnancy and other states.
        State = "state",
        /// Another disease they have.
        Comorbidity = "comorbidity",
        /// What they took before.
        Exposure = "exposure",
        /// How their genes let them handle drugs.
        Pharmacogenomic = "pharmacogenomic",
        /// Where their ancestors come from.
        Ancestry = "ancestry",
        /// Women or men.
        Sex = "sex",
        /// How much they weigh.
        Weight = "weight",
        /// Where they are treated.
        Setting = "setting",
        /// That they were studied.
        Study = "study",
        /// Everybody.
        Everybody = "everybody",
    }
}

/// A way of giving a drug.
#[derive(Clone, Debug)]
pub struct Route {
    /// The name, such as "intravenous".
    pub name: Arc<str>,
    /// The route that it is a kind of.
    pub broader: Option<RouteId>,
}

/// A pharmaceutical form or a way of release.
#[derive(Clone, Debug)]
pub struct Form {
    /// The name, such as "tablet" or "extended release".
    pub name: Arc<str>,
    /// Which of the two it is.
    pub kind: FormKind,
    /// The route by which a form is given where none is said; by mouth if none.
    pub route: Option<RouteId>,
}

keywords! {
    /// Whether a form is a thing or a way of release.
    FormKind {
        /// What the drug comes in: tablet, patch, solution.
        Form = "form",
        /// How fast the drug is set free.
        Release = "release",
    }
}

/// How often or when a dose is given.
#[derive(Clone, Debug)]
pub struct Frequency {
    /// The name, such as "twice daily".
    pub name: Arc<str>,
    /// The number of doses, where the phrase implies one.
    pub times: Option<Times>,
    /// What the phrase tells.
    pub kind: FrequencyKind,
}

/// A number of doses in a number of days: "every 8 hours" is 3 in 1, "weekly"
/// is 1 in 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Times {
    /// The smallest number of doses.
    pub low: u16,
    /// The greatest number of doses; never less than `low`.
    pub high: u16,
    /// The days that they are given in; never 0.
    pub per_days: u16,
}

keywords! {
    /// What a frequency phrase tells.
    FrequencyKind {
        /// A number of doses in a time: "twice daily".
        Regular = "regular",
        /// A time of day, which implies one dose then: "at bedtime".
        Timed = "timed",
        /// A total that is divided into doses: "in two divided doses".
        Split = "split",
        /// Before, with or after food.
        Meal = "meal",
        /// Once and not again.
        Single = "single",
        /// When the patient needs it.
        AsNeeded = "as-needed",
        /// A dose that may follow the first.
        Repeat = "repeat",
        /// Without pause.
        Continuous = "continuous",
        /// On some days of a cycle.
        Cycle = "cycle",
        /// Left to the label or the prescriber.
        Unspecified = "unspecified",
    }
}

/// A word that narrows or weakens a condition.
#[derive(Clone, Debug)]
pub struct Modifier {
    /// The word or words.
    pub word: Arc<str>,
    /// What it says about the condition.
    pub axis: ModifierAxis,
    /// Its order along the axis, where there is one: mild 1, severe 3.
    pub rank: Option<u8>,
}

/// An abbreviation or symbol that is misread.
#[derive(Clone, Debug)]
pub struct ErrorProne {
    /// As it is written, token by token; case counts.
    pub written: Vec<Box<str>>,
    /// What kind of thing it abbreviates.
    pub kind: ErrorProneKind,
    /// What is meant.
    pub meant: Box<str>,
    /// What is read in its stead.
    pub misread: Box<str>,
    /// What may be put in its place without asking anybody.
    pub replacement: Option<Box<str>>,
}

keywords! {
    /// What an error-prone abbreviation stands for.
    ErrorProneKind {
        /// Units, as a letter.
        Unit = "unit",
        /// International units.
        InternationalUnit = "international-unit",
        /// Micrograms, with a Greek letter.
        Microgram = "microgram",
        /// Millilitres, as cubic centimetres.
        CubicCentimetre = "cubic-centimetre",
        /// Daily, every other day.
        Daily = "daily",
        /// Another time or way of giving.
        Latin = "latin",
        /// Morphine sulfate or magnesium sulfate.
        MorphineMagnesium = "morphine-magnesium",
        /// Another drug.
        Drug = "drug",
    }
}

keywords! {
    /// What a modifier says about its condition.
    ModifierAxis {
        /// When: recent, history of.
        Time = "time",
        /// Whether it is going on or under control.
        Activity = "activity",
        /// How bad it is.
        Severity = "severity",
        /// How sure it is.
        Certainty = "certainty",
        /// Who has it.
        Experiencer = "experiencer",
        /// Where it comes from.
        Origin = "origin",
        /// That it goes along with the drug.
        Exposure = "exposure",
        /// How much of the body it takes.
        Extent = "extent",
        /// How it goes on.
        Course = "course",
    }
}

/// A unit of measurement.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its code in the Unified Code for Units of Measure.
    pub ucum: Arc<str>,
    /// What it measures.
    pub dimension: Dimension,
    /// What to multiply by to get to the base unit of the dimension, as an
    /// exact fraction: numerator, then denominator.
    pub factor: (u64, u64),
}

keywords! {
    /// What a unit measures.
    Dimension {
        /// Milligrams.
        Mass = "mass",
        /// Millilitres.
        Volume = "volume",
        /// International and other units of activity.
        InternationalUnit = "international-unit",
        /// Millimoles.
        AmountOfSubstance = "amount-of-substance",
        /// Milliequivalents.
        Equivalents = "equivalents",
        /// Milliosmoles.
        Osmoles = "osmoles",
        /// Becquerels.
        Radioactivity = "radioactivity",
        /// Per cent.
        Percent = "percent",
        /// Tablets, puffs and other things that are counted.
        Count = "count",
        /// Seconds.
        Time = "time",
        /// Millimetres.
        Length = "length",
        /// Square metres.
        Area = "area",
        /// Millimetres of mercury.
        Pressure = "pressure",
        /// A number a minute.
        Rate = "rate",
        /// Kilocalories.
        Energy = "energy",
        /// Degrees Celsius.
        Temperature = "temperature",
    }
}
