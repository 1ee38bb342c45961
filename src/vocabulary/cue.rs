//! What phrases do to a statement.

use super::keyword::keywords;

keywords! {
    /// What a cue phrase says about the statement around it.
    CueKind {
        /// The first amount: "start", "initial".
        Start = "start",
        /// The dose goes up.
        Increase = "increase",
        /// The dose goes down.
        Decrease = "decrease",
        /// By how much a dose is stepped.
        Step = "step",
        /// The usual, maintenance or effective amount.
        Target = "target",
        /// The greatest amount: "maximum", "not exceeding".
        Maximum = "maximum",
        /// One dose: a bolus, a loading dose.
        Single = "single",
        /// What a product contains.
        Strength = "strength",
        /// A study tells what was given.
        Reported = "reported",
        /// Poisoning.
        Overdose = "overdose",
        /// Not in people.
        Animal = "animal",
        /// No longer so.
        Historical = "historical",
        /// What people eat or can bear, or what a life may add up to.
        NoDose = "no-dose",
        /// Only thought of.
        Hypothetical = "hypothetical",
        /// Must not be given.
        Contraindicated = "contraindicated",
        /// Contraindicated with exceptions.
        RelativeContraindicated = "relative-contraindicated",
        /// Should not be given.
        Avoid = "avoid",
        /// May be given with care.
        Caution = "caution",
        /// Is safe.
        Allowed = "allowed",
        /// Given to prevent instead of to treat.
        Prevention = "prevention",
        /// Opens an exception.
        Unless = "unless",
        /// Turns a statement round: "not", "without".
        Negation = "negation",
        /// First choice.
        FirstLine = "first-line",
        /// Second choice.
        SecondLine = "second-line",
        /// Third choice or later.
        ThirdLine = "third-line",
        /// Number needed to treat.
        Nnt = "nnt",
        /// Number needed to harm.
        Nnh = "nnh",
        /// Sets two groups against each other.
        Versus = "versus",
        /// The comparator of a trial.
        Placebo = "placebo",
        /// An unwanted outcome.
        Harm = "harm",
        /// A wanted outcome.
        Benefit = "benefit",
        /// When an effect comes, in words that name it: "starts to work".
        Onset = "onset",
        /// That something comes or is noticed: an effect, if one is named.
        Appear = "appear",
        /// An effect.
        Effect = "effect",
        /// The whole effect.
        FullEffect = "full-effect",
        /// The beginning of an effect.
        FirstEffect = "first-effect",
        /// A time that is not about the effect.
        NotOnset = "not-onset",
        /// Relief of pain.
        AnalgesicEffect = "analgesic-effect",
        /// Relief of depression.
        AntidepressantEffect = "antidepressant-effect",
        /// Heading of contraindications.
        SectionContraindication = "section-contraindication",
        /// Heading of relative contraindications.
        SectionRelative = "section-relative",
        /// Heading of precautions.
        SectionCaution = "section-caution",
        /// Heading of interactions.
        SectionInteraction = "section-interaction",
        /// Heading of side effects.
        SectionAdverse = "section-adverse",
        /// Heading of overdose.
        SectionOverdose = "section-overdose",
        /// Heading of pharmacology.
        SectionPharmacology = "section-pharmacology",
        /// Heading of references and other back matter.
        SectionReference = "section-reference",
        /// Heading of products and forms.
        SectionProduct = "section-product",
        /// Heading of evidence.
        SectionEvidence = "section-evidence",
        /// Heading of anything else, which ends the section before.
        SectionOther = "section-other",
        /// Heading of starting doses.
        SectionStart = "section-start",
        /// Heading of maintenance doses.
        SectionTarget = "section-target",
        /// Heading of maximum doses.
        SectionMaximum = "section-maximum",
    }
}

impl CueKind {
    /// Whether the cue says what kind of section a heading opens.
    pub fn is_section(self) -> bool {
        self.as_str().starts_with("section-")
    }
}

/// Some kinds of cues. It tells at a glance what a text cannot say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CueSet(u128);

const _: () = assert!(CueKind::ALL.len() <= u128::BITS as usize, "each kind has a bit of its own");

impl CueSet {
    /// Adds a kind.
    pub fn insert(&mut self, kind: CueKind) {
        self.0 |= 1 << kind as u32;
    }

    /// Whether one of these kinds is among them.
    #[inline]
    pub fn has_any(self, kinds: &[CueKind]) -> bool {
        kinds.iter().any(|kind| self.0 >> *kind as u32 & 1 == 1)
    }
}
