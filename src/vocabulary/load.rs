//! From the vocabulary files to the entries and their phrases.

use super::Vocabulary;
use super::entry::*;
use super::phrases::{Claim, PhrasesBuilder};
use super::policy::{Ambiguous, Policy};
use super::stem::Stems;
use super::table::{Row, Table, VocabularyError};
use crate::text::token;
use crate::text::words::Words;
use rustc_hash::{FxHashMap, FxHashSet};

type Files<'f> = [(&'f str, &'f str)];

/// How the surfaces of a cell are matched.
#[derive(Clone, Copy, PartialEq)]
enum Case {
    /// In whatever case.
    Any,
    /// As written: abbreviations.
    Exact,
}

/// Where the surfaces of the entries go.
struct Surfaces {
    phrases: PhrasesBuilder,
    ambiguous: Ambiguous,
}

impl Surfaces {
    fn add<'s>(&mut self, surfaces: impl Iterator<Item = &'s str>, term: Term, case: Case) {
        for surface in surfaces {
            let ruling = self.ambiguous.ruling(surface, case == Case::Exact, term.family());
            if !ruling.never {
                self.phrases.add(surface, Claim::Term(term), ruling.policy, ruling.exact || case == Case::Exact);
            }
        }
    }

    /// Adds a name, and surfaces from list cells.
    fn add_row(&mut self, row: &Row, term: Term, cells: &[(usize, Case)]) {
        self.add(std::iter::once(row.cell(0)), term, Case::Any);
        for (column, case) in cells {
            self.add(row.list(*column), term, *case);
        }
    }
}

impl Vocabulary {
    /// Reads a vocabulary from the contents of its files, each with its name.
    /// The first thing that is wrong is returned with its file and line.
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, VocabularyError> {
        let ambiguous = Ambiguous::read(&Table::sorted(files, "ambiguous.tsv", &["surface", "policy", "families"])?)?;
        let mut surfaces = Surfaces { phrases: PhrasesBuilder::default(), ambiguous };
        let classes = classes(files, &mut surfaces)?;
        let (drugs, salts) = drugs(files, &mut surfaces, &classes)?;
        let combinations = combinations(files, &mut surfaces, &drugs)?;
        let conditions = conditions(files, &mut surfaces)?;
        let populations = populations(files, &mut surfaces)?;
        let routes = routes(files, &mut surfaces)?;
        let forms = forms(files, &mut surfaces, &routes)?;
        let frequencies = frequencies(files, &mut surfaces)?;
        let modifiers = modifiers(files, &mut surfaces)?;
        cues(files, &mut surfaces)?;
        for (surface, family) in surfaces.ambiguous.hidden() {
            surfaces.phrases.add(surface, Claim::Hide(family), Policy::Free, false);
        }
        let (units, unit_of) = units(files)?;
        let unit_tokens = tokens_by_first(unit_of.keys());
        Ok(Self {
            digest: digest(files),
            stems: Stems::read(files, &classes)?,
            combination_of: by_components(&combinations),
            phrases: surfaces.phrases.finish(),
            drugs,
            classes,
            combinations,
            conditions,
            populations,
            routes,
            forms,
            frequencies,
            modifiers,
            error_prone: error_prone(files)?,
            units,
            unit_of,
            unit_tokens,
            salts,
        })
    }
}

/// The number of a row's entry.
fn number(row: &Row, index: usize) -> Result<u16, VocabularyError> {
    u16::try_from(index).map_err(|_| row.error("too many entries".to_owned()))
}

/// A digest of names and contents of files.
fn digest(files: &Files) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for (name, content) in files {
        hasher.update(name.as_bytes()).update(&[0xff]).update(content.as_bytes()).update(&[0xff]);
    }
    hasher.finalize().into()
}

fn classes(files: &Files, surfaces: &mut Surfaces) -> Result<Vec<Class>, VocabularyError> {
    let table = Table::sorted(files, "classes.tsv", &["name", "synonyms", "abbreviations", "broader"])?;
    let names = table.names();
    let read = |(index, row): (usize, &Row)| {
        let broader = row.list(3).map(|name| row.reference(&names, name).map(ClassId));
        let term = Term::Class(ClassId(number(row, index)?));
        surfaces.add_row(row, term, &[(1, Case::Any), (2, Case::Exact)]);
        Ok(Class { name: row.cell(0).into(), broader: broader.collect::<Result<_, _>>()? })
    };
    table.rows.iter().enumerate().map(read).collect()
}

/// The drugs, and the salt words that may follow their names.
fn drugs(
    files: &Files,
    surfaces: &mut Surfaces,
    classes: &[Class],
) -> Result<(Vec<Drug>, FxHashSet<Box<str>>), VocabularyError> {
    let columns = ["name", "synonyms", "abbreviations", "brands", "salts", "classes"];
    let table = Table::sorted(files, "drugs.tsv", &columns)?;
    let class_names: Vec<&str> = classes.iter().map(|class| &*class.name).collect();
    let mut drugs = Vec::with_capacity(table.rows.len());
    let mut salts = FxHashSet::default();
    for (index, row) in table.rows.iter().enumerate() {
        let takes_salts = row.cell(4) != "-";
        if takes_salts {
            salts.extend(row.list(4).flat_map(str::split_whitespace).map(|word| word.to_lowercase().into()));
        }
        let term = Term::Drug(DrugId(number(row, index)?));
        surfaces.add_row(row, term, &[(1, Case::Any), (2, Case::Exact), (3, Case::Any)]);
        let classes = row.list(5).map(|name| row.reference(&class_names, name).map(ClassId));
        drugs.push(Drug { name: row.cell(0).into(), classes: classes.collect::<Result<_, _>>()?, takes_salts });
    }
    Ok((drugs, salts))
}

fn combinations(files: &Files, surfaces: &mut Surfaces, drugs: &[Drug]) -> Result<Vec<Combination>, VocabularyError> {
    let table = Table::sorted(files, "combinations.tsv", &["components", "synonyms", "brands"])?;
    let drug_names: Vec<&str> = drugs.iter().map(|drug| &*drug.name).collect();
    let read = |(index, row): (usize, &Row)| {
        let term = Term::Combination(CombinationId(number(row, index)?));
        surfaces.add(row.list(1), term, Case::Any);
        surfaces.add(row.list(2), term, Case::Any);
        let components = row.cell(0).split(" + ").map(|name| row.reference(&drug_names, name).map(DrugId));
        Ok(Combination { name: row.cell(0).into(), components: components.collect::<Result<_, _>>()? })
    };
    table.rows.iter().enumerate().map(read).collect()
}

fn by_components(combinations: &[Combination]) -> FxHashMap<Box<[DrugId]>, CombinationId> {
    let mut by_components = FxHashMap::default();
    for (index, combination) in (0..).zip(combinations) {
        let mut components = combination.components.clone();
        components.sort_unstable();
        by_components.insert(components.into(), CombinationId(index));
    }
    by_components
}

fn conditions(files: &Files, surfaces: &mut Surfaces) -> Result<Vec<Condition>, VocabularyError> {
    let table =
        Table::sorted(files, "conditions.tsv", &["name", "synonyms", "abbreviations", "broader", "kind", "use"])?;
    let names = table.names();
    let read = |(index, row): (usize, &Row)| {
        let term = Term::Condition(ConditionId(number(row, index)?));
        surfaces.add_row(row, term, &[(1, Case::Any), (2, Case::Exact)]);
        let broader = broader(row, 3, &names)?.map(ConditionId);
        let only_treated = match row.cell(5) {
            "" => false,
            "indication" => true,
            other => return Err(row.error(format!("{other:?} is no use of a condition"))),
        };
        Ok(Condition { name: row.cell(0).into(), broader, kind: row.value(4)?, only_treated })
    };
    table.rows.iter().enumerate().map(read).collect()
}

/// The one entry that a cell names, if it names one.
fn broader(row: &Row, column: usize, names: &[&str]) -> Result<Option<u16>, VocabularyError> {
    let name = row.cell(column);
    if name.is_empty() { Ok(None) } else { row.reference(names, name).map(Some) }
}

fn populations(files: &Files, surfaces: &mut Surfaces) -> Result<Vec<Population>, VocabularyError> {
    let columns = ["name", "synonyms", "abbreviations", "kind", "age_min_years", "age_max_years", "broader"];
    let table = Table::sorted(files, "populations.tsv", &columns)?;
    let names = table.names();
    let read = |(index, row): (usize, &Row)| {
        let term = Term::Population(PopulationId(number(row, index)?));
        surfaces.add_row(row, term, &[(1, Case::Any), (2, Case::Exact)]);
        Ok(Population {
            name: row.cell(0).into(),
            kind: row.value(3)?,
            age_min_years: row.optional(4)?,
            age_max_years: row.optional(5)?,
            broader: broader(row, 6, &names)?.map(PopulationId),
        })
    };
    table.rows.iter().enumerate().map(read).collect()
}

fn routes(files: &Files, surfaces: &mut Surfaces) -> Result<Vec<Route>, VocabularyError> {
    let table = Table::sorted(files, "routes.tsv", &["name", "phrases", "abbreviations", "broader"])?;
    let names = table.names();
    let read = |(index, row): (usize, &Row)| {
        let term = Term::Route(RouteId(number(row, index)?));
        surfaces.add_row(row, term, &[(1, Case::Any), (2, Case::Exact)]);
        Ok(Route { name: row.cell(0).into(), broader: broader(row, 3, &names)?.map(RouteId) })
    };
    table.rows.iter().enumerate().map(read).collect()
}

fn forms(files: &Files, surfaces: &mut Surfaces, routes: &[Route]) -> Result<Vec<Form>, VocabularyError> {
    let table = Table::sorted(files, "forms.tsv", &["name", "phrases", "abbreviations", "kind", "route"])?;
    let route_names: Vec<&str> = routes.iter().map(|route| &*route.name).collect();
    let read = |(index, row): (usize, &Row)| {
        let term = Term::Form(FormId(number(row, index)?));
        surfaces.add_row(row, term, &[(1, Case::Any), (2, Case::Exact)]);
        let route = row.list(4).next().map(|name| row.reference(&route_names, name)).transpose()?;
        Ok(Form { name: row.cell(0).into(), kind: row.value(3)?, route: route.map(RouteId) })
    };
    table.rows.iter().enumerate().map(read).collect()
}

fn frequencies(files: &Files, surfaces: &mut Surfaces) -> Result<Vec<Frequency>, VocabularyError> {
    let columns = ["name", "phrases", "abbreviations", "times_low", "times_high", "per_days", "kind"];
    let table = Table::sorted(files, "frequencies.tsv", &columns)?;
    let read = |(index, row): (usize, &Row)| {
        let term = Term::Frequency(FrequencyId(number(row, index)?));
        surfaces.add_row(row, term, &[(1, Case::Any), (2, Case::Exact)]);
        Ok(Frequency { name: row.cell(0).into(), times: times(row)?, kind: row.value(6)? })
    };
    table.rows.iter().enumerate().map(read).collect()
}

fn times(row: &Row) -> Result<Option<Times>, VocabularyError> {
    let numbers = (row.optional(3)?, row.optional(4)?, row.optional(5)?);
    match numbers {
        (None, None, None) => Ok(None),
        (Some(low), Some(high), Some(per_days)) if 0 < low && low <= high && per_days > 0 => {
            Ok(Some(Times { low, high, per_days }))
        }
        _ => Err(row.error("times_low, times_high and per_days do not go together".to_owned())),
    }
}

fn modifiers(files: &Files, surfaces: &mut Surfaces) -> Result<Vec<Modifier>, VocabularyError> {
    let table = Table::sorted(files, "modifiers.tsv", &["word", "axis", "rank"])?;
    let read = |(index, row): (usize, &Row)| {
        surfaces.add_row(row, Term::Modifier(ModifierId(number(row, index)?)), &[]);
        Ok(Modifier { word: row.cell(0).into(), axis: row.value(1)?, rank: row.optional(2)? })
    };
    table.rows.iter().enumerate().map(read).collect()
}

fn error_prone(files: &Files) -> Result<FxHashMap<Box<str>, Vec<ErrorProne>>, VocabularyError> {
    let columns = ["written", "kind", "meant", "misread", "replacement"];
    let mut by_first: FxHashMap<Box<str>, Vec<ErrorProne>> = FxHashMap::default();
    for row in Table::sorted(files, "error-prone.tsv", &columns)?.rows {
        let written = row.cell(0);
        let written: Vec<Box<str>> = token::tokens(written).iter().map(|token| token.text(written).into()).collect();
        let first = written.first().cloned().unwrap_or_default();
        by_first.entry(first).or_default().push(ErrorProne {
            written,
            kind: row.value(1)?,
            meant: row.cell(2).into(),
            misread: row.cell(3).into(),
            replacement: Some(row.cell(4)).filter(|cell| !cell.is_empty()).map(Into::into),
        });
    }
    Ok(by_first)
}

fn cues(files: &Files, surfaces: &mut Surfaces) -> Result<(), VocabularyError> {
    for row in Table::read(files, "cues.tsv", &["kind", "phrases"])?.rows {
        surfaces.add(row.list(1), Term::Cue(row.value(0)?), Case::Any);
    }
    Ok(())
}

/// How many tokens the longest of some spellings has, by its first word in
/// lower case.
fn tokens_by_first<'s>(spellings: impl Iterator<Item = &'s Box<str>>) -> FxHashMap<Box<str>, usize> {
    let mut by_first: FxHashMap<Box<str>, usize> = FxHashMap::default();
    for spelling in spellings {
        let tokens = token::tokens(spelling);
        let most = by_first.entry(Words::new(spelling, &tokens).get(0).into()).or_default();
        *most = tokens.len().max(*most);
    }
    by_first
}

/// The unit of each spelling.
type UnitOf = FxHashMap<Box<str>, UnitId>;

fn units(files: &Files) -> Result<(Vec<Unit>, UnitOf), VocabularyError> {
    let columns = ["ucum", "spellings", "dimension", "numerator", "denominator"];
    let table = Table::sorted(files, "units.tsv", &columns)?;
    let mut units = Vec::with_capacity(table.rows.len());
    let mut unit_of = UnitOf::default();
    for (index, row) in table.rows.iter().enumerate() {
        let factor: (u64, u64) = (row.value(3)?, row.value(4)?);
        if factor.0 == 0 || factor.1 == 0 {
            return Err(row.error("the factor is not a positive fraction".to_owned()));
        }
        for spelling in row.list(1) {
            if unit_of.insert(spelling.into(), UnitId(number(row, index)?)).is_some() {
                return Err(row.error(format!("{spelling:?} is spelling of another unit already")));
            }
        }
        units.push(Unit { ucum: row.cell(0).into(), dimension: row.value(2)?, factor });
    }
    Ok((units, unit_of))
}
