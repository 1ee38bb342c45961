//! The values that a suppression was written for.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What stands between two values.
const SEPARATOR: &str = " vs ";

/// What the positions of a finding state, in an order and spelling of their
/// own: "10–25 mg" and "10-25  MG" are one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Values(Vec<String>);

impl Values {
    /// Reads "10 mg a day vs 50 mg a day"; none if nothing is written.
    pub fn parse(text: &str) -> Option<Self> {
        let values = Self::new(spaced(text).split(SEPARATOR));
        (!values.0.is_empty()).then_some(values)
    }

    /// The values of a finding.
    pub fn of(values: &[String]) -> Self {
        Self::new(values.iter().map(String::as_str))
    }

    fn new<'a>(values: impl Iterator<Item = &'a str>) -> Self {
        let mut values: Vec<String> = values.map(plain).filter(|value| !value.is_empty()).collect();
        values.sort_unstable();
        values.dedup();
        Self(values)
    }
}

impl fmt::Display for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(SEPARATOR))
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value without differences that nobody sees or that keyboards make.
fn plain(value: &str) -> String {
    let dash = |character| if matches!(character, '‐'..='―' | '−') { '-' } else { character };
    spaced(value).to_lowercase().chars().map(dash).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_spaces_dashes_and_case_do_not_matter() {
        let written = Values::parse(" 25-50 mg\n a day  VS 10 mg a day").unwrap();
        assert_ne!(written, Values::of(&["10 mg a day".into(), "25–50 mg a day".into()]), "`vs` is written small");
        let written = Values::parse(" 25-50 mg\n a day  vs 10 MG a day").unwrap();
        assert_eq!(written, Values::of(&["10 mg a day".into(), "25–50 mg a day".into()]));
        assert_ne!(written, Values::of(&["10 mg a day".into(), "25–75 mg a day".into()]));
        assert_eq!(Values::parse("  "), None);
    }
}
