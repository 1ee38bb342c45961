//! Suppressions for a whole file, in its front matter:
//!
//! ```text
//! clinlint:
//!   disable:
//!     - lint: dose/start
//!       values: 10 mg a day vs 50 mg a day
//!       reason: two products
//!       until: 2027-06-30
//! ```

use super::{Scope, Suppression, Terms, Values, comment};
use crate::problem::Problem;
use crate::source::Source;
use crate::span::Position;
use crate::text;
use serde::Deserialize;
use serde_yaml::Spanned;

/// The front matter, of which only one key matters here.
#[derive(Deserialize)]
struct FrontMatter {
    clinlint: Option<Settings>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    #[serde(default)]
    disable: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    lint: Spanned<String>,
    values: Option<String>,
    reason: Option<String>,
    until: Option<Spanned<String>>,
}

pub(super) fn read(source: &Source, suppressions: &mut Vec<Suppression>, problems: &mut Vec<Problem>) {
    let Some(range) = text::front_matter(&source.text) else { return };
    let yaml = &source.text[range.clone()];
    if !yaml.lines().any(|line| line.starts_with("clinlint")) {
        return;
    }
    let above = source.text[..range.start].bytes().filter(|byte| *byte == b'\n').count();
    let position = |place: serde_yaml::Location| Position {
        line: above + usize::try_from(place.line()).unwrap_or(0),
        column: usize::try_from(place.column()).unwrap_or(1),
    };
    let mut wrong = |place: Option<serde_yaml::Location>, message: String, help: &str| {
        let problem = Problem::part(&source.path, message).with_help(help);
        problems.push(Problem { position: place.map(position), ..problem });
    };
    let read: Result<FrontMatter, _> = serde_yaml::from_str(yaml);
    let entries = match read {
        Ok(front_matter) => front_matter.clinlint.map(|settings| settings.disable).unwrap_or_default(),
        Err(error) => {
            let message = format!("`clinlint` in the front matter is not read: {}", error.without_snippet());
            let help = "it holds `disable`, a list of `lint`, `values`, `reason` and, if wanted, `until`";
            return wrong(error.location(), message, help);
        }
    };
    for entry in entries {
        let until = match entry.until.as_ref().map(|until| comment::until(&until.value)).transpose() {
            Ok(until) => until,
            Err((message, help)) => {
                wrong(entry.until.map(|until| until.defined), message, &help);
                continue;
            }
        };
        let position = position(entry.lint.defined);
        let values = entry.values.as_deref().and_then(Values::parse);
        let reason = entry.reason.unwrap_or_default();
        let terms = Terms { lint: entry.lint.value, values, reason, until };
        let scope = Scope::Lines { first: 1, last: usize::MAX };
        suppressions.push(Suppression { path: source.path.clone(), position, scope, terms });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn read(text: &str) -> (Vec<Suppression>, Vec<Problem>) {
        let source = Source::new("a.md", Format::Markdown, text);
        let (mut suppressions, mut problems) = (Vec::new(), Vec::new());
        super::read(&source, &mut suppressions, &mut problems);
        (suppressions, problems)
    }

    #[test]
    fn a_file_is_covered_whole() {
        let text = "\u{feff}---\ntitle: x\nclinlint:\n  disable:\n    - lint: dose/start\n      values: 1 mg vs 2 mg\n      reason: why\n---\n";
        let (kept, problems) = read(text);
        assert_eq!(problems, []);
        assert_eq!((kept[0].position, kept[0].terms.reason.as_str()), (Position { line: 5, column: 13 }, "why"));
        assert!(kept[0].covers("a.md", 99) && !kept[0].covers("b.md", 99));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let (kept, problems) = read("---\nclinlint:\n  disable:\n    - lnt: dose/start\n---\n");
        assert!(kept.is_empty() && problems[0].message.contains("lnt"), "{problems:?}");
        assert_eq!(problems[0].position.map(|at| at.line), Some(4));
        let (_, problems) = read("---\nclinlint:\n  disable:\n    - lint: dose/start\n      until: soon\n---\n");
        assert_eq!(problems[0].message, "`soon` is no date");
        assert_eq!(problems[0].position.map(|at| at.line), Some(5));
        assert!(read("---\ntitle: a: b\n---\n").1.is_empty());
    }
}
