//! What the words of clinical articles mean: drugs, classes, conditions and
//! the other entries of the files in `vocabulary/`, and the one pass that
//! finds their phrases in a text.
//!
//! To add an entry, add its line to its file, in its place in the order. A
//! surface that also means something else gets a line in `ambiguous.tsv`.

mod columns;
mod cue;
mod entry;
mod find;
mod import;
mod keyword;
mod lexicon;
mod load;
mod lookup;
mod own;
mod phrases;
mod policy;
mod reading;
pub mod rxnorm;
mod stem;
mod table;
mod word;

pub use cue::{CueKind, CueSet};
pub use entry::*;
pub use find::Match;
pub use import::{Import, Names, Why};
pub use lookup::{Fact, Meaning, Value};
pub use own::{OwnFile, read_folder};
pub use policy::Policy;
pub use table::VocabularyError;

use crate::text::token::Token;
use phrases::Phrases;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;
use stem::Stems;

/// The entries of the vocabulary files. Every list is sorted by name, and ids
/// are places in it.
pub struct Vocabulary {
    /// Drugs.
    pub drugs: Vec<Drug>,
    /// Classes of drugs.
    pub classes: Vec<Class>,
    /// Fixed combinations of drugs.
    pub combinations: Vec<Combination>,
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Populations.
    pub populations: Vec<Population>,
    /// Routes.
    pub routes: Vec<Route>,
    /// Forms and ways of release.
    pub forms: Vec<Form>,
    /// Frequencies.
    pub frequencies: Vec<Frequency>,
    /// Modifiers of conditions.
    pub modifiers: Vec<Modifier>,
    /// Units, sorted by UCUM code.
    pub units: Vec<Unit>,
    unit_of: FxHashMap<Box<str>, UnitId>,
    /// How many tokens the longest spelling has that begins with a word in
    /// lower case.
    unit_tokens: FxHashMap<Box<str>, usize>,
    /// Fixed combinations by their sorted components.
    combination_of: FxHashMap<Box<[DrugId]>, CombinationId>,
    /// Abbreviations that are misread, by their first token.
    error_prone: FxHashMap<Box<str>, Vec<ErrorProne>>,
    /// Words that name a salt after a drug.
    salts: FxHashSet<Box<str>>,
    stems: Stems,
    phrases: Phrases,
    /// Of the content of its files.
    digest: [u8; 32],
}

/// The vocabulary files that are built in.
pub const FILES: &[(&str, &str)] = &[
    ("ambiguous.tsv", include_str!("../../vocabulary/ambiguous.tsv")),
    ("classes.tsv", include_str!("../../vocabulary/classes.tsv")),
    ("combinations.tsv", include_str!("../../vocabulary/combinations.tsv")),
    ("conditions.tsv", include_str!("../../vocabulary/conditions.tsv")),
    ("cues.tsv", include_str!("../../vocabulary/cues.tsv")),
    ("drugs.tsv", include_str!("../../vocabulary/drugs.tsv")),
    ("error-prone.tsv", include_str!("../../vocabulary/error-prone.tsv")),
    ("forms.tsv", include_str!("../../vocabulary/forms.tsv")),
    ("frequencies.tsv", include_str!("../../vocabulary/frequencies.tsv")),
    ("modifiers.tsv", include_str!("../../vocabulary/modifiers.tsv")),
    ("populations.tsv", include_str!("../../vocabulary/populations.tsv")),
    ("routes.tsv", include_str!("../../vocabulary/routes.tsv")),
    ("stems.tsv", include_str!("../../vocabulary/stems.tsv")),
    ("units.tsv", include_str!("../../vocabulary/units.tsv")),
];

/// The most tokens that a spelling of a unit has: "million international units".
const UNIT_TOKENS: usize = 4;

impl Vocabulary {
    /// The vocabulary of the built-in files.
    pub fn builtin() -> &'static Self {
        static BUILTIN: LazyLock<Vocabulary> =
            LazyLock::new(|| Vocabulary::from_files(FILES).expect("the tests read the built-in files"));
        &BUILTIN
    }

    /// Another for every change of its files.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// The drug of a canonical name.
    pub fn drug(&self, name: &str) -> Option<DrugId> {
        place(&self.drugs, name, |drug| &drug.name).map(DrugId)
    }

    /// The class of a canonical name.
    pub fn class(&self, name: &str) -> Option<ClassId> {
        place(&self.classes, name, |class| &class.name).map(ClassId)
    }

    /// The combination of a canonical name.
    pub fn combination(&self, name: &str) -> Option<CombinationId> {
        place(&self.combinations, name, |combination| &combination.name).map(CombinationId)
    }

    /// The condition of a canonical name.
    pub fn condition(&self, name: &str) -> Option<ConditionId> {
        place(&self.conditions, name, |condition| &condition.name).map(ConditionId)
    }

    /// The population of a canonical name.
    pub fn population(&self, name: &str) -> Option<PopulationId> {
        place(&self.populations, name, |population| &population.name).map(PopulationId)
    }

    /// The route of a canonical name.
    pub fn route(&self, name: &str) -> Option<RouteId> {
        place(&self.routes, name, |route| &route.name).map(RouteId)
    }

    /// The form of a canonical name.
    pub fn form(&self, name: &str) -> Option<FormId> {
        place(&self.forms, name, |form| &form.name).map(FormId)
    }

    /// The frequency of a canonical name.
    pub fn frequency(&self, name: &str) -> Option<FrequencyId> {
        place(&self.frequencies, name, |frequency| &frequency.name).map(FrequencyId)
    }

    /// The unit of a spelling: "mg", "micrograms". Case counts in symbols, and
    /// not in words of four letters or more.
    pub fn unit(&self, spelling: &str) -> Option<UnitId> {
        let exact = self.unit_of.get(spelling).copied();
        exact.or_else(|| {
            let is_word = spelling.len() >= 4 && spelling.bytes().any(|byte| byte.is_ascii_uppercase());
            is_word.then(|| self.unit_of.get(&*spelling.to_lowercase()).copied()).flatten()
        })
    }

    /// The most tokens that spell a unit of which the first is this word in
    /// lower case; 0 where no unit begins with it.
    pub fn most_unit_tokens(&self, first: &str) -> usize {
        self.unit_tokens.get(first).copied().unwrap_or(0)
    }

    /// The unit that the first of some tokens begin with, and how many tokens
    /// spell it: 2 for "fluid ounces", 4 for "I.U.".
    pub fn unit_at(&self, text: &str, tokens: &[Token]) -> Option<(UnitId, usize)> {
        (1..=UNIT_TOKENS.min(tokens.len())).rev().find_map(|count| {
            let mut spelling = tokens[0].text(text).to_owned();
            for token in &tokens[1..count] {
                if token.spaced {
                    spelling.push(' ');
                }
                spelling.push_str(token.text(text));
            }
            self.unit(&spelling).map(|unit| (unit, count))
        })
    }

    /// The abbreviations that are misread and begin with a token; case counts.
    pub fn error_prone(&self, first: &str) -> &[ErrorProne] {
        self.error_prone.get(first).map_or(&[], Vec::as_slice)
    }

    /// Whether a drug belongs to a class or to one that is part of it.
    pub fn is_member(&self, drug: DrugId, class: ClassId) -> bool {
        self.drugs[drug.index()].classes.iter().any(|own| self.is_part_of(*own, class))
    }

    /// The drugs that belong to a class or to one that is part of it.
    pub fn members(&self, class: ClassId) -> impl Iterator<Item = &Drug> {
        let is_in = move |own: &ClassId| self.is_part_of(*own, class);
        self.drugs.iter().filter(move |drug| drug.classes.iter().any(is_in))
    }

    /// Whether a class is another or part of it.
    pub fn is_part_of(&self, class: ClassId, ancestor: ClassId) -> bool {
        class == ancestor
            || self.classes[class.index()].broader.iter().any(|broader| self.is_part_of(*broader, ancestor))
    }

    /// A condition and everything that it is a kind of, the nearest first.
    pub fn kinds(&self, condition: ConditionId) -> impl Iterator<Item = ConditionId> {
        std::iter::successors(Some(condition), |kind| self.conditions[kind.index()].broader)
    }

    /// Whether a condition is another or a kind of it.
    pub fn is_kind_of(&self, condition: ConditionId, ancestor: ConditionId) -> bool {
        self.kinds(condition).any(|kind| kind == ancestor)
    }

    /// Whether a population is another or part of it.
    pub fn is_group_in(&self, population: PopulationId, ancestor: PopulationId) -> bool {
        let mut groups = std::iter::successors(Some(population), |group| self.populations[group.index()].broader);
        groups.any(|group| group == ancestor)
    }

    /// Whether a route is another or a kind of it.
    pub fn is_route_of(&self, route: RouteId, ancestor: RouteId) -> bool {
        let mut routes = std::iter::successors(Some(route), |route| self.routes[route.index()].broader);
        routes.any(|route| route == ancestor)
    }

    /// The class that the stem of a word in lower case stands for, if the word
    /// names a drug at all: "fictipril" would be an ACE inhibitor.
    pub fn stem_class(&self, word: &str) -> Option<ClassId> {
        self.stems.class(word)
    }
}

/// The place of a name in a list that is sorted by name.
fn place<T>(entries: &[T], name: &str, name_of: impl Fn(&T) -> &str) -> Option<u16> {
    let place = entries.binary_search_by(|entry| name_of(entry).cmp(name)).ok()?;
    u16::try_from(place).ok()
}
