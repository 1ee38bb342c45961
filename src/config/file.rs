//! The configuration as it is written, and the JSON Schema of it.

use crate::finding::{Confidence, Severity};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Deserialize;
use serde_yaml::Spanned;
use std::collections::BTreeMap;

/// Configuration of clinlint, a content consistency linter for clinical
/// articles. Paths and patterns are relative to the folder of the file.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "clinlint.yml")]
pub(super) struct File {
    /// Files and folders that are read where none is typed; the folder of this
    /// file if left out.
    #[serde(default)]
    pub paths: Vec<String>,

    /// Files that are not read, in the notation of .gitignore: `drafts/`,
    /// `*.txt`, `!keep.txt`.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub exclude: Vec<Spanned<String>>,

    /// Files that articles are held to, in the notation of .gitignore. Where an
    /// article contradicts one of them, the article is reported.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub references: Vec<Spanned<String>>,

    /// The least confidence of a finding to report it.
    #[schemars(with = "Option<ConfidenceName>")]
    pub confidence: Option<Spanned<ConfidenceName>>,

    /// The least severity of a finding that fails a run.
    #[schemars(with = "Option<FailOnName>")]
    pub fail_on: Option<Spanned<FailOnName>>,

    /// The least share, in percent, of the passages of an article that look like
    /// a dose, an NNT or a contraindication that has to be understood. An article
    /// with less fails a run.
    #[schemars(with = "Option<u8>", range(max = 100))]
    pub least_understood: Option<Spanned<u8>>,

    /// The severity of a lint (`dose/start`) or of a group of lints (`dose`).
    /// What a lint reports more mildly than usual stays milder.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, SeverityName>")]
    pub lints: BTreeMap<String, Spanned<SeverityName>>,

    /// Folders of lints of your own, which are read like the built-in ones.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub lint_folders: Vec<Spanned<String>>,

    /// Folders of vocabulary files of your own, which extend the built-in ones.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub vocabulary: Vec<Spanned<String>>,

    /// What the articles of a folder leave unsaid. An article that says it
    /// otherwise, in a heading or a sentence, is taken at its word.
    #[serde(default)]
    pub folders: Vec<Folder>,

    /// Which keys of front matter say something.
    #[serde(default)]
    pub front_matter: FrontMatter,

    /// Findings that are kept. In Markdown and HTML a comment beside the passage
    /// does the same.
    #[serde(default)]
    pub suppress: Vec<Suppress>,

    /// The file of findings that were there before: they are not reported.
    pub baseline: Option<String>,
}

/// What the articles of a folder leave unsaid.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Folder {
    /// The files, in the notation of .gitignore.
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub files: Vec<Spanned<String>>,

    /// The drug that they are about.
    #[schemars(with = "Option<String>")]
    pub drug: Option<Spanned<String>>,

    /// The patients: `children`, `65 years and over`, `renal impairment`.
    #[schemars(with = "Option<String>")]
    pub population: Option<Spanned<String>>,

    /// What the drugs are given for: `neuropathic pain`.
    #[schemars(with = "Option<String>")]
    pub indication: Option<Spanned<String>>,

    /// The route by which they are given: `oral`.
    #[schemars(with = "Option<String>")]
    pub route: Option<Spanned<String>>,
}

/// Which keys of front matter say something.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct FrontMatter {
    /// Keys whose values are prose: `description`, `seo.summary`. Where none is
    /// named, every value of three words and more is.
    pub prose: Vec<String>,

    /// Keys whose values name the drug, the patients, the indication or the route
    /// of the whole article: `audience`, `medicine`.
    pub context: Vec<String>,
}

/// Findings that are kept.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Suppress {
    /// The code of the lint.
    #[schemars(with = "String")]
    pub lint: Spanned<String>,

    /// The files whose passages are concerned, in the notation of .gitignore.
    #[schemars(with = "Vec<String>", length(min = 1))]
    pub files: Spanned<Vec<String>>,

    /// What the positions state, as in the message of the finding: `10 mg a day
    /// vs 50 mg a day`. When an article changes its value, the finding is back.
    #[schemars(with = "String")]
    pub values: Spanned<String>,

    /// Why it is kept.
    #[schemars(with = "String", length(min = 1))]
    pub reason: Spanned<String>,

    /// The last day on which it holds.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    pub until: Option<Spanned<String>>,
}

/// How sure it is that the passages speak of the same thing.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum ConfidenceName {
    /// Something was guessed.
    Low,
    /// Something is left unsaid.
    Medium,
    /// Everything is said.
    High,
}

/// A severity, or none.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum FailOnName {
    /// Errors only.
    Error,
    /// Warnings and errors.
    Warning,
    /// Any finding.
    Note,
    /// Nothing.
    Never,
}

/// A severity, or none.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum SeverityName {
    /// Two statements that no reader can follow at once.
    Error,
    /// Should be looked at.
    Warning,
    /// Worth knowing.
    Note,
    /// Not reported.
    Off,
}

impl From<ConfidenceName> for Confidence {
    fn from(name: ConfidenceName) -> Self {
        match name {
            ConfidenceName::Low => Self::Low,
            ConfidenceName::Medium => Self::Medium,
            ConfidenceName::High => Self::High,
        }
    }
}

impl From<FailOnName> for Option<Severity> {
    fn from(name: FailOnName) -> Self {
        match name {
            FailOnName::Error => Some(Severity::Error),
            FailOnName::Warning => Some(Severity::Warning),
            FailOnName::Note => Some(Severity::Note),
            FailOnName::Never => None,
        }
    }
}

impl From<SeverityName> for Option<Severity> {
    fn from(name: SeverityName) -> Self {
        match name {
            SeverityName::Error => Some(Severity::Error),
            SeverityName::Warning => Some(Severity::Warning),
            SeverityName::Note => Some(Severity::Note),
            SeverityName::Off => None,
        }
    }
}

/// The JSON Schema of the configuration, for editors that complete and check
/// it.
pub fn schema() -> serde_json::Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<File>().to_value()
}
