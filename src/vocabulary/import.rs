//! From the names of another source to a vocabulary file of a user: what is
//! new in them and names one drug.

use super::columns::{CLASSES, COMBINATIONS, DRUGS};
use super::entry::Term;
use super::own::OwnFile;
use super::table::{File, Table, VocabularyError};
use super::{FILES, Vocabulary};
use crate::text::token::tokens;
use crate::text::words::Words;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::{BTreeMap, BTreeSet};

/// The names that a source gives to drugs.
#[derive(Debug, Default)]
pub struct Names {
    /// Ingredients in lower case, each with its synonyms.
    pub drugs: BTreeMap<String, BTreeSet<String>>,
    /// Brands, each with its ingredients, with or without a salt; nothing
    /// stands for several at once.
    pub brands: BTreeMap<String, BTreeSet<Option<String>>>,
}

/// Why a name is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It is known for what it is.
    Known,
    /// It is known for something else, or two things are called so.
    Other,
    /// `ambiguous.tsv` has it.
    Ambiguous,
    /// It has fewer than four letters.
    Short,
    /// A brand of several ingredients at once.
    Combination,
    /// A brand of one ingredient here and of another there.
    Several,
    /// It belongs to an ingredient that is left out or unknown.
    Stray,
    /// A vocabulary file cannot hold it.
    Unwritable,
}

impl Why {
    /// What is said of the names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known already",
            Self::Other => "known for something else",
            Self::Ambiguous => "plain words, too (`ambiguous.tsv`)",
            Self::Short => "shorter than four letters",
            Self::Combination => "brands of several ingredients at once",
            Self::Several => "brands of different ingredients",
            Self::Stray => "of an ingredient that is unknown or left out",
            Self::Unwritable => "that a vocabulary file cannot hold",
        }
    }
}

/// A vocabulary file in the making.
#[derive(Debug, Default)]
pub struct Import {
    /// Names of drugs, each with new synonyms and brands.
    rows: BTreeMap<String, Row>,
    /// The names that are left out.
    pub left_out: BTreeMap<Why, Vec<String>>,
}

/// What is new of a drug.
#[derive(Debug, Default)]
struct Row {
    is_new: bool,
    synonyms: Vec<String>,
    brands: Vec<String>,
}

/// What is written before the first row.
const HEAD: &str =
    "# Made by `clinlint vocabulary import`; the licence of the source holds for it.\nname\tsynonyms\tbrands\n";

impl Import {
    /// Chooses the names that the built-in vocabulary can be extended with.
    ///
    /// # Errors
    ///
    /// When the built-in vocabulary itself cannot be read.
    pub fn of(names: &Names) -> Result<Self, Vec<VocabularyError>> {
        let mut import = Self::default();
        let mut known = Known::new()?;
        for name in names.drugs.keys() {
            match known.meaning(name) {
                Some(Some(_)) => import.leave(Why::Known, name),
                _ => import.take(&mut known, name, name, |row| row.is_new = true),
            }
        }
        for (name, synonyms) in &names.drugs {
            let drug = known.meaning(name).flatten();
            for synonym in synonyms {
                match &drug {
                    Some(drug) => import.take(&mut known, synonym, drug, |row| row.synonyms.push(synonym.clone())),
                    None => import.leave(Why::Stray, synonym),
                }
            }
        }
        for (brand, ingredients) in &names.brands {
            if ingredients.contains(&None) {
                import.leave(Why::Combination, brand);
                continue;
            }
            let drugs: BTreeSet<Option<String>> =
                ingredients.iter().flatten().map(|ingredient| known.drug_of(ingredient)).collect();
            match drugs.first() {
                _ if drugs.len() > 1 => import.leave(Why::Several, brand),
                Some(Some(drug)) => import.take(&mut known, brand, drug, |row| row.brands.push(brand.clone())),
                _ => import.leave(Why::Stray, brand),
            }
        }
        import.check()?;
        Ok(import)
    }

    /// The file, if there is anything for it.
    pub fn text(&self) -> Option<String> {
        let row =
            |(name, row): (&String, &Row)| format!("{name}\t{}\t{}\n", row.synonyms.join(";"), row.brands.join(";"));
        (!self.rows.is_empty()).then(|| HEAD.to_owned() + &self.rows.iter().map(row).collect::<String>())
    }

    /// How many drugs, synonyms and brands are new.
    pub fn counts(&self) -> [usize; 3] {
        let rows = || self.rows.values();
        [
            rows().filter(|row| row.is_new).count(),
            rows().map(|row| row.synonyms.len()).sum(),
            rows().map(|row| row.brands.len()).sum(),
        ]
    }

    fn leave(&mut self, why: Why, name: &str) {
        self.left_out.entry(why).or_default().push(name.to_owned());
    }

    /// Makes a name one of a drug, if it can be.
    fn take(&mut self, known: &mut Known, name: &str, drug: &str, write: impl FnOnce(&mut Row)) {
        match known.refusal(name, drug) {
            Some(why) => self.leave(why, name),
            None => {
                known.surfaces.insert(squashed(name), Some(drug.to_owned()));
                write(self.rows.entry(drug.to_owned()).or_default());
            }
        }
    }

    /// Leaves out the rows that the vocabulary refuses all the same.
    fn check(&mut self) -> Result<(), Vec<VocabularyError>> {
        while let Some(text) = self.text() {
            let file = OwnFile { name: DRUGS.0.to_owned(), path: "import".to_owned(), text };
            let Err(errors) = Vocabulary::extended(&[file]) else { break };
            let names: Vec<String> = self.rows.keys().cloned().collect();
            let place = |error: &VocabularyError| error.line.checked_sub(HEAD.lines().count() + 1);
            let refused: BTreeSet<&String> = errors.iter().filter_map(|error| names.get(place(error)?)).collect();
            if refused.is_empty() {
                return Err(errors);
            }
            for name in refused {
                self.rows.remove(name);
                self.leave(Why::Unwritable, name);
            }
        }
        Ok(())
    }
}

/// What names stand for.
struct Known {
    vocabulary: &'static Vocabulary,
    /// Names of drugs and their like without hyphens and spaces: the drug, or
    /// nothing for a class or a combination.
    surfaces: FxHashMap<String, Option<String>>,
    /// Plain words, in lower case.
    ambiguous: FxHashSet<String>,
}

impl Known {
    fn new() -> Result<Self, Vec<VocabularyError>> {
        let files = File::all(&[]);
        let mut surfaces = FxHashMap::default();
        for (columns, named) in [(CLASSES, &[0, 1, 2][..]), (COMBINATIONS, &[0, 1, 2]), (DRUGS, &[0, 1, 2, 3])] {
            for row in Table::sorted(&files, columns)?.rows {
                let drug = (columns == DRUGS).then(|| row.name().to_owned());
                let cells = named.iter().flat_map(|column| row.list(*column));
                surfaces.extend(cells.map(|cell| (squashed(cell), drug.clone())));
            }
        }
        let ambiguous = FILES.iter().filter(|(name, _)| *name == "ambiguous.tsv").flat_map(|(_, text)| text.lines());
        let ambiguous = ambiguous.filter_map(|line| line.split('\t').next()).map(str::to_lowercase).collect();
        Ok(Self { vocabulary: Vocabulary::builtin(), surfaces, ambiguous })
    }

    /// What a name stands for, if it is known: a drug, or something else.
    fn meaning(&self, name: &str) -> Option<Option<String>> {
        if let Some(drug) = self.surfaces.get(&squashed(name)) {
            return Some(drug.clone());
        }
        let cut = tokens(name);
        let found = self.vocabulary.find(name, &cut, &Words::new(name, &cut));
        let mut whole = found.iter().filter(|found| found.tokens == (0..cut.len())).flat_map(|found| &found.terms);
        let first = whole.next()?;
        Some(std::iter::once(first).chain(whole).find_map(|term| match term {
            Term::Drug(id) => Some(self.vocabulary.drugs[id.index()].name.to_string()),
            _ => None,
        }))
    }

    /// The drug of an ingredient with or without a salt.
    fn drug_of(&self, ingredient: &str) -> Option<String> {
        if let Some(meaning) = self.meaning(ingredient) {
            return meaning;
        }
        let (rest, salt) = ingredient.rsplit_once(' ')?;
        // Potassium chloride is no salt of potassium to a prescriber.
        let known = &self.vocabulary;
        let takes_salts = |drug: &String| known.drug(drug).is_none_or(|id| known.drugs[id.index()].takes_salts);
        if self.vocabulary.salts.contains(salt) { self.drug_of(rest).filter(takes_salts) } else { None }
    }

    /// Why a name cannot become one of a drug.
    fn refusal(&self, name: &str, drug: &str) -> Option<Why> {
        match self.meaning(name) {
            Some(Some(known)) if known == drug => return Some(Why::Known),
            Some(_) => return Some(Why::Other),
            None => {}
        }
        if name.starts_with('#') || name.contains(|sign: char| sign == ';' || sign.is_control()) {
            Some(Why::Unwritable)
        } else if name.chars().filter(|sign| sign.is_alphabetic()).count() < 4 {
            Some(Why::Short)
        } else {
            self.ambiguous.contains(&name.to_lowercase()).then_some(Why::Ambiguous)
        }
    }
}

/// A name without what does not tell it from others.
fn squashed(name: &str) -> String {
    name.chars().filter(|sign| !matches!(sign, '-' | ' ')).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(drugs: &[(&str, &[&str])], brands: &[(&str, &[Option<&str>])]) -> Names {
        let drugs =
            drugs.iter().map(|(name, more)| ((*name).to_owned(), more.iter().map(|&more| more.into()).collect()));
        let of = |of: &[Option<&str>]| of.iter().map(|of| of.map(str::to_owned)).collect();
        let brands = brands.iter().map(|(name, drugs)| ((*name).to_owned(), of(drugs)));
        Names { drugs: drugs.collect(), brands: brands.collect() }
    }

    #[test]
    fn what_is_new_is_written_and_the_rest_left_out_with_a_reason() {
        let names = names(
            &[
                ("amitriptyline", &["Amizorb", "Elavil"]),
                ("zorbanol", &["Zorba-nol", "Zorbanolum"]),
                ("zor", &["Zortex"]),
            ],
            &[
                ("Amihouse", &[Some("amitriptyline hydrochloride")]),
                ("Arousal", &[Some("zorbanol")]),
                ("Zorbacomb", &[None, Some("zorbanol")]),
                ("Zorbatex", &[Some("zorbanol sodium"), Some("zorbanol")]),
                ("Zorbatwo", &[Some("zorbanol"), Some("amitriptyline")]),
                ("Zorba;six", &[Some("zorbanol")]),
                ("Lasix", &[Some("zorbanol")]),
                ("Kzorb", &[Some("potassium hydrochloride")]),
            ],
        );
        let import = Import::of(&names).unwrap();
        let rows = "amitriptyline\tAmizorb\tAmihouse\nzorbanol\tZorbanolum\tZorbatex\n";
        assert_eq!(import.text().unwrap(), HEAD.to_owned() + rows);
        assert_eq!(import.counts(), [1, 2, 2]);
        let left: Vec<(Why, String)> = import.left_out.iter().map(|(why, names)| (*why, names.join(","))).collect();
        let is = [
            (Why::Known, "amitriptyline,Elavil,Zorba-nol"),
            (Why::Other, "Lasix"),
            (Why::Ambiguous, "Arousal"),
            (Why::Short, "zor"),
            (Why::Combination, "Zorbacomb"),
            (Why::Several, "Zorbatwo"),
            (Why::Stray, "Zortex,Kzorb"),
            (Why::Unwritable, "Zorba;six"),
        ];
        assert_eq!(left, is.map(|(why, names)| (why, names.to_owned())));
        assert_eq!(Import::of(&Names::default()).unwrap().text(), None);
    }
}
