//! What findings are about, and how the statements of one stand to each other:
//! the words by which lint files and the stages that find things meet.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a finding is about; a lint names the topic that it reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// Starting doses.
    DoseStart,
    /// Usual, maintenance or effective doses.
    DoseTarget,
    /// Upper limits.
    DoseMaximum,
    /// A single, loading or bolus dose.
    DoseSingle,
    /// Doses ten or a thousand times apart.
    DoseTenfold,
    /// The same dose so many times a day here, and another number of times there.
    DoseFrequency,
    /// The same dose by one route here, by another there.
    DoseRoute,
    /// The same amount daily here, weekly there.
    DoseDayWeek,
    /// A recommended dose above a stated maximum.
    DoseAboveMaximum,
    /// A product that cannot deliver the stated dose.
    DoseStrength,
    /// How fast or by how much a dose is stepped.
    Titration,
    /// First relief.
    OnsetInitial,
    /// Full effect.
    OnsetFull,
    /// A contraindication here is a caution, or safe, there.
    ContraindicationLevel,
    /// Another drug is contraindicated with it here, a caution, or safe, there.
    InteractionLevel,
    /// Recommended for someone in whom another passage contraindicates it.
    ContraindicationRecommended,
    /// Contraindicated outside the article's own list of contraindications.
    ContraindicationOmitted,
    /// A dose for an age in which the drug should not be given.
    PopulationAgeLimit,
    /// First-line against not first-line.
    LineOrder,
    /// A number needed to treat against another article's rates or number.
    EffectNumberNeeded,
    /// A number needed to harm against another article's rates or number.
    EffectNumberNeededToHarm,
    /// Event rates of the same outcome.
    EffectRate,
    /// A number needed against the event rates of the same article.
    ArithmeticNumberNeeded,
    /// A number needed outside its own confidence interval, or below one.
    ArithmeticNumberNeededInterval,
    /// A day's total that the single doses do not make.
    ArithmeticDayTotal,
    /// A percentage beside the numbers it comes from.
    ArithmeticPercent,
    /// A range that runs backwards, a dose raised to less than it was, a limit below the dose.
    ArithmeticRange,
    /// An amount for a body weight that the dose per kilogram does not make.
    ArithmeticWeightBased,
    /// The same amount in two units that is not the same.
    ArithmeticConversion,
    /// Any disagreement between passages that cite the same source.
    EvidenceSameSource,
    /// Any disagreement of an older article with a newer one.
    EvidenceStale,
    /// A zero behind the decimal point.
    NotationTrailingZero,
    /// A decimal point without a zero before it.
    NotationNakedDecimal,
    /// U for units.
    NotationUnitSymbol,
    /// IU for international units.
    NotationInternationalUnit,
    /// A Greek letter for micro.
    NotationMicrogramSign,
    /// Cubic centimetres for millilitres.
    NotationCubicCentimetre,
    /// QD and QOD.
    NotationDailyAbbreviation,
    /// Other short forms of when and how a drug is given.
    NotationLatinAbbreviation,
    /// MS, MSO4 and MgSO4.
    NotationMorphineMagnesium,
    /// Other short forms of drug names.
    NotationDrugAbbreviation,
    /// A number and its unit without a space between them.
    NotationMissingSpace,
    /// A large number without separators.
    NotationThousandsSeparator,
    /// A range with two units.
    NotationMixedUnits,
    /// Front matter that cannot be read.
    StructureFrontMatter,
    /// A question of the front matter that the text answers otherwise, or that
    /// holds its own answer.
    StructureFaq,
    /// Facts of one drug under the heading of another.
    StructureSection,
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 47] = [
        Self::DoseStart,
        Self::DoseTarget,
        Self::DoseMaximum,
        Self::DoseSingle,
        Self::DoseTenfold,
        Self::DoseFrequency,
        Self::DoseRoute,
        Self::DoseDayWeek,
        Self::DoseAboveMaximum,
        Self::DoseStrength,
        Self::Titration,
        Self::OnsetInitial,
        Self::OnsetFull,
        Self::ContraindicationLevel,
        Self::InteractionLevel,
        Self::ContraindicationRecommended,
        Self::ContraindicationOmitted,
        Self::PopulationAgeLimit,
        Self::LineOrder,
        Self::EffectNumberNeeded,
        Self::EffectNumberNeededToHarm,
        Self::EffectRate,
        Self::ArithmeticNumberNeeded,
        Self::ArithmeticNumberNeededInterval,
        Self::ArithmeticDayTotal,
        Self::ArithmeticPercent,
        Self::ArithmeticRange,
        Self::ArithmeticWeightBased,
        Self::ArithmeticConversion,
        Self::EvidenceSameSource,
        Self::EvidenceStale,
        Self::NotationTrailingZero,
        Self::NotationNakedDecimal,
        Self::NotationUnitSymbol,
        Self::NotationInternationalUnit,
        Self::NotationMicrogramSign,
        Self::NotationCubicCentimetre,
        Self::NotationDailyAbbreviation,
        Self::NotationLatinAbbreviation,
        Self::NotationMorphineMagnesium,
        Self::NotationDrugAbbreviation,
        Self::NotationMissingSpace,
        Self::NotationThousandsSeparator,
        Self::NotationMixedUnits,
        Self::StructureFrontMatter,
        Self::StructureFaq,
        Self::StructureSection,
    ];

    /// Whether it tells more about disagreements that are of another topic, too.
    /// Its lint takes their findings over, and makes them graver at most.
    pub fn is_about_evidence(self) -> bool {
        matches!(self, Self::EvidenceSameSource | Self::EvidenceStale)
    }

    /// The name by which lint files know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DoseStart => "dose-start",
            Self::DoseTarget => "dose-target",
            Self::DoseMaximum => "dose-maximum",
            Self::DoseSingle => "dose-single",
            Self::DoseTenfold => "dose-tenfold",
            Self::DoseFrequency => "dose-frequency",
            Self::DoseRoute => "dose-route",
            Self::DoseDayWeek => "dose-day-week",
            Self::DoseAboveMaximum => "dose-above-maximum",
            Self::DoseStrength => "dose-strength",
            Self::Titration => "titration",
            Self::OnsetInitial => "onset-initial",
            Self::OnsetFull => "onset-full",
            Self::ContraindicationLevel => "contraindication-level",
            Self::InteractionLevel => "interaction-level",
            Self::ContraindicationRecommended => "contraindication-recommended",
            Self::ContraindicationOmitted => "contraindication-omitted",
            Self::PopulationAgeLimit => "population-age-limit",
            Self::LineOrder => "line-order",
            Self::EffectNumberNeeded => "effect-number-needed",
            Self::EffectNumberNeededToHarm => "effect-number-needed-to-harm",
            Self::EffectRate => "effect-rate",
            Self::ArithmeticNumberNeeded => "arithmetic-number-needed",
            Self::ArithmeticNumberNeededInterval => "arithmetic-number-needed-interval",
            Self::ArithmeticDayTotal => "arithmetic-day-total",
            Self::ArithmeticPercent => "arithmetic-percent",
            Self::ArithmeticRange => "arithmetic-range",
            Self::ArithmeticWeightBased => "arithmetic-weight-based",
            Self::ArithmeticConversion => "arithmetic-conversion",
            Self::EvidenceSameSource => "evidence-same-source",
            Self::EvidenceStale => "evidence-stale",
            Self::NotationTrailingZero => "notation-trailing-zero",
            Self::NotationNakedDecimal => "notation-naked-decimal",
            Self::NotationUnitSymbol => "notation-unit-symbol",
            Self::NotationInternationalUnit => "notation-international-unit",
            Self::NotationMicrogramSign => "notation-microgram-sign",
            Self::NotationCubicCentimetre => "notation-cubic-centimetre",
            Self::NotationDailyAbbreviation => "notation-daily-abbreviation",
            Self::NotationLatinAbbreviation => "notation-latin-abbreviation",
            Self::NotationMorphineMagnesium => "notation-morphine-magnesium",
            Self::NotationDrugAbbreviation => "notation-drug-abbreviation",
            Self::NotationMissingSpace => "notation-missing-space",
            Self::NotationThousandsSeparator => "notation-thousands-separator",
            Self::NotationMixedUnits => "notation-mixed-units",
            Self::StructureFrontMatter => "structure-front-matter",
            Self::StructureFaq => "structure-faq",
            Self::StructureSection => "structure-section",
        }
    }
}

/// How the statements of a finding stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// Ranges that share one end point only.
    Touch,
    /// Nothing in common.
    Disjoint,
    /// Nothing in common, and ten or a thousand times apart.
    Tenfold,
    /// One passage that is wrong by itself.
    Alone,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 4] = [Self::Touch, Self::Disjoint, Self::Tenfold, Self::Alone];

    /// The name by which lint files know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Touch => "touch",
            Self::Disjoint => "disjoint",
            Self::Tenfold => "tenfold",
            Self::Alone => "alone",
        }
    }

    /// What it means, in words.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Touch => "values that share only an end point, or adjacent levels",
            Self::Disjoint => "values with nothing in common",
            Self::Tenfold => "values ten or a thousand times apart",
            Self::Alone => "a passage that is wrong by itself",
        }
    }
}
