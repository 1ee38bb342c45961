//! The settings of the editor: `clinlint.*` in VS Code, `init_options` or
//! `settings` elsewhere.

use crate::finding::Confidence;
use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;

/// The section of the editor's settings.
pub(crate) const SECTION: &str = "clinlint";

/// What an editor can set.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Options {
    /// The configuration; none for the one that lies above a folder.
    pub config: Option<PathBuf>,
    /// The least confidence that is shown; none for that of the configuration.
    pub confidence: Option<Confidence>,
    /// For which articles diagnostics are shown.
    pub diagnostics: Scope,
    /// Whether a dose that takes reckoning shows what it comes to in a day.
    pub inlay_hints: bool,
    /// Whether a line says how many other statements agree with it.
    pub code_lens: bool,
}

/// For which articles diagnostics are shown.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scope {
    /// Those that are open.
    #[default]
    Open,
    /// All.
    Workspace,
}

impl Default for Options {
    fn default() -> Self {
        Self { config: None, confidence: None, diagnostics: Scope::Open, inlay_hints: false, code_lens: true }
    }
}

impl Options {
    /// Reads settings, alone or under the name of their section; nothing set is
    /// everything as it is by default.
    ///
    /// # Errors
    ///
    /// What is wrong with them.
    pub fn read(mut settings: Value) -> Result<Self, String> {
        if let Some(section) = settings.get_mut(SECTION) {
            settings = section.take();
        }
        // Editors send null, or an empty list, for a section that nobody set.
        if settings.is_null() || settings.as_array().is_some_and(Vec::is_empty) {
            return Ok(Self::default());
        }
        serde_json::from_value(settings).map_err(|error| format!("the settings of clinlint are not used: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn settings_are_read_alone_or_in_their_section() {
        assert_eq!(Options::read(Value::Null), Ok(Options::default()));
        assert_eq!(Options::read(json!({"clinlint": null})), Ok(Options::default()));
        let set = Options::read(json!({"clinlint": {"inlayHints": true, "diagnostics": "workspace"}})).unwrap();
        assert!(set.inlay_hints && set.code_lens && set.diagnostics == Scope::Workspace);
        assert_eq!(Options::read(json!({"confidence": "low"})).unwrap().confidence, Some(Confidence::Low));
        assert!(Options::read(json!({"diagnostics": "all"})).unwrap_err().contains("unknown variant `all`"));
    }
}
