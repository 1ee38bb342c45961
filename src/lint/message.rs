//! The one line of a finding, with places for what the disagreement names.

use crate::claim::{Name, list_names};
use crate::compare::Disagreement;
use crate::slip::Slip;
use serde::{Deserialize, Deserializer};

/// A message with placeholders, checked when its file is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Placeholder(Placeholder),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Placeholder {
    /// The drugs: "amitriptyline and nortriptyline".
    Drugs,
    /// What else it is about: the condition of a contraindication.
    About,
    /// What the positions state, "10 mg a day vs 25–50 mg a day".
    Positions,
    /// How a value that is nowhere written was worked out.
    Derivation,
    /// The message of the finding that is taken over.
    Finding,
}

const PLACEHOLDERS: [(&str, Placeholder); 5] = [
    ("drugs", Placeholder::Drugs),
    ("about", Placeholder::About),
    ("positions", Placeholder::Positions),
    ("derivation", Placeholder::Derivation),
    ("finding", Placeholder::Finding),
];

impl Message {
    /// Reads a message; `{name}` is a placeholder.
    ///
    /// # Errors
    ///
    /// Says which placeholder is unknown or not closed, or that a message is
    /// not one line without a full stop.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() || text.contains('\n') || text.ends_with('.') {
            return Err("a message is one line without a full stop".to_owned());
        }
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').ok_or("a placeholder is not closed with `}`")?;
            let found = PLACEHOLDERS.iter().find(|(known, _)| *known == name);
            let (_, placeholder) = found.ok_or_else(|| unknown(name))?;
            if !before.is_empty() {
                pieces.push(Piece::Text(before.to_owned()));
            }
            pieces.push(Piece::Placeholder(*placeholder));
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest.to_owned()));
        }
        Ok(Self { pieces })
    }

    /// The message for a finding. Parentheses around a placeholder that has
    /// nothing to say go with it.
    pub(super) fn render(&self, facts: &Facts<'_>) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Placeholder(placeholder) => placeholder.value(facts),
        });
        pieces.collect::<String>().replace(" ()", "")
    }
}

/// What the placeholders of a message stand for.
pub(super) struct Facts<'a> {
    drugs: &'a [Name],
    about: Option<&'a str>,
    positions: Vec<&'a str>,
    derivation: Option<&'a str>,
    finding: Option<&'a str>,
}

impl<'a> Facts<'a> {
    /// What is said of a finding that is taken over for its evidence.
    pub(super) fn of_evidence(finding: &'a str, words: &'a str) -> Self {
        Self { drugs: &[], about: None, positions: Vec::new(), derivation: Some(words), finding: Some(finding) }
    }
}

impl<'a> From<&'a Disagreement> for Facts<'a> {
    fn from(disagreement: &'a Disagreement) -> Self {
        Self {
            drugs: &disagreement.drugs,
            about: disagreement.about.as_deref(),
            positions: disagreement.positions.iter().map(|position| position.summary.as_str()).collect(),
            derivation: disagreement.derivation.as_deref(),
            finding: None,
        }
    }
}

impl<'a> From<&'a Slip> for Facts<'a> {
    fn from(slip: &'a Slip) -> Self {
        Self {
            drugs: &[],
            about: None,
            positions: slip.passages.iter().map(|passage| passage.statement.as_str()).collect(),
            derivation: Some(slip.derivation.as_str()),
            finding: None,
        }
    }
}

impl Placeholder {
    fn value(self, facts: &Facts<'_>) -> String {
        match self {
            Self::Drugs => list_names(facts.drugs, "and"),
            Self::About => facts.about.unwrap_or_default().to_owned(),
            Self::Positions => facts.positions.join(" vs "),
            Self::Derivation => facts.derivation.unwrap_or_default().to_owned(),
            Self::Finding => facts.finding.unwrap_or_default().to_owned(),
        }
    }
}

fn unknown(name: &str) -> String {
    let known = PLACEHOLDERS.map(|(name, _)| format!("{{{name}}}")).join(", ");
    format!("unknown placeholder `{{{name}}}`, known are {known}")
}

impl<'de> Deserialize<'de> for Message {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Position, Relation, Topic};
    use crate::finding::Confidence;

    fn disagreement(derivation: Option<&str>) -> Disagreement {
        let position = |summary: &str| Position { claims: Vec::new(), summary: summary.to_owned() };
        Disagreement {
            topic: Topic::EffectNumberNeeded,
            relation: Relation::Disjoint,
            drugs: vec!["amitriptyline".into(), "duloxetine".into()],
            about: None,
            positions: vec![position("NNT 4.1"), position("NNT 4.3–4.8")],
            confidence: Confidence::High,
            derivation: derivation.map(str::to_owned),
        }
    }

    #[test]
    fn placeholders_are_filled_and_empty_parentheses_go() {
        let message = Message::parse("{drugs}: {positions} ({derivation}){about}").unwrap();
        assert_eq!(
            message.render(&Facts::from(&disagreement(Some("38 % − 16 %")))),
            "amitriptyline and duloxetine: NNT 4.1 vs NNT 4.3–4.8 (38 % − 16 %)"
        );
        assert_eq!(
            message.render(&Facts::from(&disagreement(None))),
            "amitriptyline and duloxetine: NNT 4.1 vs NNT 4.3–4.8"
        );
    }

    #[test]
    fn what_cannot_be_filled_is_refused() {
        assert_eq!(
            Message::parse("doses of {drug} differ"),
            Err("unknown placeholder `{drug}`, known are {drugs}, {about}, {positions}, {derivation}, {finding}"
                .to_owned())
        );
        assert!(Message::parse("doses of {drugs differ").is_err());
        assert!(Message::parse("doses differ.").is_err());
        assert!(Message::parse("doses\ndiffer").is_err());
    }
}
