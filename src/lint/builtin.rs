//! The lints of this repository, embedded in the binary.

use super::{Lint, parse};
use crate::problem::Problem;

/// The lints of `lints/`, ordered by code.
///
/// # Errors
///
/// The first file that is not a lint; a test keeps this from happening.
pub fn builtin() -> Result<Vec<Lint>, Problem> {
    FILES.iter().map(|(path, text)| parse(&format!("lints/{path}"), path.trim_end_matches(".yml"), text)).collect()
}

/// Whether a lint of this code is built in.
pub(super) fn is_builtin(code: &str) -> bool {
    FILES.iter().any(|(path, _)| path.strip_suffix(".yml") == Some(code))
}

/// Embeds the files of `lints/` under their paths.
macro_rules! lints {
    ($($path:literal),+ $(,)?) => {
        &[$(($path, include_str!(concat!("../../lints/", $path)))),+]
    };
}

/// Path below `lints/` and text of every file, in order. A new lint is named
/// here; a test compares the table with the folder.
const FILES: &[(&str, &str)] = lints![
    "arithmetic/conversion.yml",
    "arithmetic/day-total.yml",
    "arithmetic/nnt-interval.yml",
    "arithmetic/nnt.yml",
    "arithmetic/percent.yml",
    "arithmetic/range.yml",
    "arithmetic/weight-based.yml",
    "contraindication/level.yml",
    "contraindication/omitted.yml",
    "contraindication/recommended.yml",
    "dose/above-maximum.yml",
    "dose/day-week.yml",
    "dose/frequency.yml",
    "dose/maximum.yml",
    "dose/route.yml",
    "dose/single.yml",
    "dose/start.yml",
    "dose/strength.yml",
    "dose/target.yml",
    "dose/tenfold.yml",
    "dose/titration.yml",
    "effect/nnh.yml",
    "effect/nnt.yml",
    "effect/rate.yml",
    "evidence/same-source.yml",
    "evidence/stale.yml",
    "interaction/level.yml",
    "line/order.yml",
    "notation/cubic-centimetre.yml",
    "notation/daily-abbreviation.yml",
    "notation/drug-abbreviation.yml",
    "notation/international-unit.yml",
    "notation/latin-abbreviation.yml",
    "notation/microgram-sign.yml",
    "notation/missing-space.yml",
    "notation/mixed-units.yml",
    "notation/morphine-magnesium.yml",
    "notation/naked-decimal.yml",
    "notation/thousands-separator.yml",
    "notation/trailing-zero.yml",
    "notation/unit-symbol.yml",
    "onset/full.yml",
    "onset/initial.yml",
    "population/age-limit.yml",
    "structure/faq.yml",
    "structure/front-matter.yml",
    "structure/section.yml",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Topic;
    use std::path::Path;

    /// The `.yml` files below a folder, `/` separated, sorted.
    fn files_below(folder: &Path, prefix: &str, found: &mut Vec<String>) {
        for entry in folder.read_dir().unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                files_below(&entry.path(), &format!("{name}/"), found);
            } else {
                found.extend(name.ends_with(".yml").then_some(name));
            }
        }
        found.sort();
    }

    #[test]
    fn the_table_is_the_folder() {
        let mut found = Vec::new();
        files_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lints"), "", &mut found);
        let embedded: Vec<&str> = FILES.iter().map(|(path, _)| *path).collect();
        assert_eq!(embedded, found, "src/lint/builtin.rs must name every file of lints/, in order");
    }

    #[test]
    fn every_file_is_a_lint_with_examples_of_both_kinds() {
        for lint in builtin().unwrap() {
            for finds in [true, false] {
                assert!(lint.examples.iter().any(|example| example.finds == finds), "{}: {finds}", lint.code);
            }
            assert!(!lint.title.ends_with('.') && !lint.help.ends_with('.'), "{}", lint.code);
        }
    }

    #[test]
    fn every_topic_has_a_lint() {
        let lints = builtin().unwrap();
        for topic in Topic::ALL {
            assert!(lints.iter().any(|lint| lint.topic == topic), "no lint reports {}", topic.name());
        }
    }
}
