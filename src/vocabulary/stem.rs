//! Stems of international nonproprietary names: what an unknown drug is.

use super::columns::STEMS;
use super::entry::{Class, ClassId};
use super::table::{File, Table, VocabularyError};

/// The stems of `stems.tsv`.
pub(super) struct Stems {
    stems: Vec<Stem>,
}

struct Stem {
    stem: Box<str>,
    /// Whether it stands at the beginning of words, not at their end.
    is_prefix: bool,
    class: ClassId,
    exceptions: Vec<Box<str>>,
}

/// Shorter words have endings like a stem's by chance.
const SHORTEST: usize = 6;

impl Stems {
    pub fn read(files: &[File], classes: &[Class]) -> Result<Self, Vec<VocabularyError>> {
        let table = Table::sorted(files, STEMS)?;
        let names: Vec<&str> = classes.iter().map(|class| &*class.name).collect();
        let stems = table.map(|_, row| {
            let is_prefix = match row.cell(1)? {
                "prefix" => true,
                "suffix" => false,
                other => return Err(row.error(format!("{other:?} is neither prefix nor suffix"))),
            };
            let class = row.reference(2, &names)?.ok_or_else(|| row.error("no class".to_owned()))?;
            Ok(Stem {
                stem: row.name().into(),
                is_prefix,
                class: ClassId(class),
                exceptions: row.list(3).map(Box::from).collect(),
            })
        })?;
        Ok(Self { stems })
    }

    /// The class that the longest stem of a word in lower case stands for.
    pub fn class(&self, word: &str) -> Option<ClassId> {
        if word.len() < SHORTEST {
            return None;
        }
        let fits =
            |stem: &Stem| if stem.is_prefix { word.starts_with(&*stem.stem) } else { word.ends_with(&*stem.stem) };
        let fitting = self.stems.iter().filter(|stem| fits(stem));
        let longest = fitting.max_by_key(|stem| stem.stem.len())?;
        (!longest.exceptions.iter().any(|exception| **exception == *word)).then_some(longest.class)
    }
}
