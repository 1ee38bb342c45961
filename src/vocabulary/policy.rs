//! Surfaces that also mean something else, and when they count.

use super::entry::Family;
use super::table::{Line, Table, VocabularyError};
use rustc_hash::FxHashMap;

/// When a match counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Policy {
    /// Always.
    Free,
    /// Only where words of giving or using are near; who uses the match decides
    /// ("epinephrine": also made by the body).
    Use,
    /// Only where a dose or a dosing verb is near; who uses the match decides
    /// ("iron", "insulin": also food, also made by the body).
    Dose,
}

/// How a surface may be claimed by an entry.
#[derive(Clone, Copy)]
pub(super) struct Ruling {
    pub policy: Policy,
    /// Only as the surface is written in the files.
    pub exact: bool,
    /// Not at all.
    pub never: bool,
    /// Not at all, and nothing is found inside it.
    pub hide: bool,
}

impl Ruling {
    const FREE: Self = Self { policy: Policy::Free, exact: false, never: false, hide: false };
}

/// The surfaces of `ambiguous.tsv`.
pub(super) struct Ambiguous {
    /// By surface in lower case: the surface as written, whom the ruling
    /// binds, and the ruling.
    rulings: FxHashMap<String, Vec<(String, Vec<Family>, Ruling)>>,
}

impl Ambiguous {
    pub fn read(table: &Table) -> Result<Self, Vec<VocabularyError>> {
        let mut lines: Vec<&Line> = table.rows.iter().flat_map(|row| row.lines()).collect();
        // The first that fits counts, and a user knows the own texts better.
        lines.sort_by_key(|line| !line.is_own());
        let mut rulings: FxHashMap<String, Vec<_>> = FxHashMap::default();
        for line in lines {
            let families = line
                .list(2)
                .map(|word| word.parse().map_err(|problem| vec![line.error(word, format!("{word:?}: {problem}"))]));
            let families = families.collect::<Result<Vec<Family>, _>>()?;
            let ruling = ruling(line).map_err(|error| vec![error])?;
            let surface = line.cell(0).to_owned();
            rulings.entry(surface.to_lowercase()).or_default().push((surface, families, ruling));
        }
        Ok(Self { rulings })
    }

    /// The surfaces that nothing is found in, with the families they bind.
    pub fn hidden(&self) -> impl Iterator<Item = (&str, Family)> {
        let rulings = self.rulings.values().flatten().filter(|(_, _, ruling)| ruling.hide);
        rulings.flat_map(|(surface, families, _)| families.iter().map(|family| (surface.as_str(), *family)))
    }

    /// How an entry of a family may claim a surface. Rulings on abbreviations
    /// bind what is written alike, rulings on other surfaces whatever the case.
    pub fn ruling(&self, surface: &str, abbreviation: bool, family: Family) -> Ruling {
        let known = self.rulings.get(&surface.to_lowercase()).map_or(&[][..], Vec::as_slice);
        let found = known.iter().find(|(written, families, _)| {
            (!abbreviation || written == surface) && (families.is_empty() || families.contains(&family))
        });
        found.map_or(Ruling::FREE, |(_, _, ruling)| *ruling)
    }
}

fn ruling(line: &Line) -> Result<Ruling, VocabularyError> {
    let mut ruling = Ruling::FREE;
    for word in line.list(1) {
        match word {
            "case" => ruling.exact = true,
            "dose" => ruling.policy = Policy::Dose,
            "use" => ruling.policy = Policy::Use,
            "never" => ruling.never = true,
            "hide" => (ruling.never, ruling.hide) = (true, true),
            _ => return Err(line.error(word, format!("{word:?} is none of case, dose, use, never, hide"))),
        }
    }
    Ok(ruling)
}
