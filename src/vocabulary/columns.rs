//! The vocabulary files and their columns.

/// A file with its columns, the name of the entry first.
pub(super) type Columns = (&'static str, &'static [&'static str]);

pub(super) const AMBIGUOUS: Columns = ("ambiguous.tsv", &["surface", "policy", "families"]);
pub(super) const CLASSES: Columns = ("classes.tsv", &["name", "synonyms", "abbreviations", "broader"]);
pub(super) const COMBINATIONS: Columns = ("combinations.tsv", &["components", "synonyms", "brands"]);
pub(super) const CONDITIONS: Columns =
    ("conditions.tsv", &["name", "synonyms", "abbreviations", "broader", "kind", "use"]);
pub(super) const CUES: Columns = ("cues.tsv", &["kind", "phrases"]);
pub(super) const DRUGS: Columns = ("drugs.tsv", &["name", "synonyms", "abbreviations", "brands", "salts", "classes"]);
pub(super) const ERROR_PRONE: Columns = ("error-prone.tsv", &["written", "kind", "meant", "misread", "replacement"]);
pub(super) const FORMS: Columns = ("forms.tsv", &["name", "phrases", "abbreviations", "kind", "route"]);
pub(super) const FREQUENCIES: Columns =
    ("frequencies.tsv", &["name", "phrases", "abbreviations", "times_low", "times_high", "per_days", "kind"]);
pub(super) const MODIFIERS: Columns = ("modifiers.tsv", &["word", "axis", "rank"]);
pub(super) const POPULATIONS: Columns =
    ("populations.tsv", &["name", "synonyms", "abbreviations", "kind", "age_min_years", "age_max_years", "broader"]);
pub(super) const ROUTES: Columns = ("routes.tsv", &["name", "phrases", "abbreviations", "broader"]);
pub(super) const STEMS: Columns = ("stems.tsv", &["stem", "position", "class", "exceptions"]);
pub(super) const UNITS: Columns = ("units.tsv", &["ucum", "spellings", "dimension", "numerator", "denominator"]);
