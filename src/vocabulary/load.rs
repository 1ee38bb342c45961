//! From the vocabulary files to the entries and their phrases.

use super::Vocabulary;
use super::columns::*;
use super::entry::*;
use super::own::OwnFile;
use super::phrases::{Claim, PhrasesBuilder};
use super::policy::{Ambiguous, Policy};
use super::stem::Stems;
use super::table::{File, Line, Row, Table, VocabularyError};
use crate::text::token;
use crate::text::words::Words;
use rustc_hash::{FxHashMap, FxHashSet};

/// What came of a file, or all that is wrong with it.
type Read<T> = Result<T, Vec<VocabularyError>>;

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
    /// What each surface stands for, where a user adds to them; in built-in
    /// files the tests look after that.
    owners: Option<FxHashMap<(Family, String), Vec<Owner>>>,
}

/// What a surface stands for.
struct Owner {
    term: Term,
    /// The surface without hyphens and spaces.
    written: String,
    case: Case,
    /// The name of the entry and where the surface stands.
    about: String,
    /// An error at the surface, where a user wrote it.
    own: Option<VocabularyError>,
}

impl Surfaces {
    fn add<'s>(
        &mut self,
        surfaces: impl Iterator<Item = (&'s Line<'s>, &'s str)>,
        name: &str,
        term: Term,
        case: Case,
    ) -> Result<(), VocabularyError> {
        for (line, surface) in surfaces {
            let ruling = self.ambiguous.ruling(surface, case == Case::Exact, term.family());
            if ruling.never && line.is_own() {
                let message = format!(
                    "{surface:?} means something else, too, and is never taken for a {}",
                    term.family().as_str()
                );
                let help =
                    "give it a line in an `ambiguous.tsv` of your own that says when it counts: case, dose or use";
                return Err(line.error(surface, message).with_help(help));
            }
            self.own(line, surface, name, term, case)?;
            if !ruling.never {
                self.phrases.add(surface, Claim::Term(term), ruling.policy, ruling.exact || case == Case::Exact);
            }
        }
        Ok(())
    }

    /// Notes what a surface stands for; nothing else of the family may be
    /// called so, if a user says it.
    fn own(&mut self, line: &Line, surface: &str, name: &str, term: Term, case: Case) -> Result<(), VocabularyError> {
        // A phrase may say two things at once.
        let (Some(owners), false) = (&mut self.owners, matches!(term, Term::Cue(_))) else { return Ok(()) };
        let written: String = surface.chars().filter(|character| !matches!(character, '-' | ' ')).collect();
        let owners = owners.entry((term.family(), written.to_lowercase())).or_default();
        let about = format!("{name:?} already ({})", line.place());
        let own = line.is_own().then(|| line.error(surface, String::new()));
        let is_same = |owner: &&Owner| case == Case::Any || owner.case == Case::Any || owner.written == written;
        for owner in owners.iter().filter(is_same).filter(|owner| owner.term != term) {
            match (&own, &owner.own) {
                (Some(own), _) => return Err(taken(own.clone(), surface, &owner.about)),
                (None, Some(own)) => return Err(taken(own.clone(), surface, &about)),
                // "Tetracycline" is a drug and a class.
                (None, None) => {}
            }
        }
        owners.push(Owner { term, written, case, about, own });
        Ok(())
    }

    /// Adds a name, and surfaces from list cells.
    fn add_row(&mut self, row: &Row, term: Term, cells: &[(usize, Case)]) -> Result<(), VocabularyError> {
        self.add(std::iter::once((&row.line, row.name())), row.name(), term, Case::Any)?;
        for (column, case) in cells {
            self.add(row.parts(*column), row.name(), term, *case)?;
        }
        Ok(())
    }
}

fn taken(error: VocabularyError, surface: &str, about: &str) -> VocabularyError {
    let help = "to add to that entry, begin the line with its name; one name cannot stand for two things";
    VocabularyError { message: format!("{surface:?} stands for {about}"), ..error }.with_help(help)
}

impl Vocabulary {
    /// Reads a vocabulary from the contents of its files, each with its name.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its file and line.
    pub fn from_files(files: &[(&str, &str)]) -> Result<Self, VocabularyError> {
        let files: Vec<File> = files.iter().map(|(name, text)| File::built_in(name, text)).collect();
        // There is at least one error where there is no vocabulary.
        Self::read(&files).map_err(|mut errors| errors.swap_remove(0))
    }

    /// The built-in vocabulary with files of a user.
    ///
    /// # Errors
    ///
    /// All that is wrong with the first of these files in which anything is.
    pub fn extended(own: &[OwnFile]) -> Result<Self, Vec<VocabularyError>> {
        Self::read(&File::all(own))
    }

    fn read(files: &[File]) -> Read<Self> {
        let ambiguous = Ambiguous::read(&Table::sorted(files, AMBIGUOUS)?)?;
        let owners = files.iter().any(|file| file.is_own).then(FxHashMap::default);
        let mut surfaces = Surfaces { phrases: PhrasesBuilder::default(), ambiguous, owners };
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

/// Refuses entries that are part of themselves, over others or at once.
fn without_circles(table: &Table, broader: impl Fn(usize) -> Vec<usize>) -> Read<()> {
    let mut ends = vec![false; table.rows.len()];
    let mut growing = true;
    while growing {
        growing = false;
        for at in 0..ends.len() {
            if !ends[at] && broader(at).into_iter().all(|broader| ends[broader]) {
                (ends[at], growing) = (true, true);
            }
        }
    }
    let circling = table.rows.iter().zip(&ends).filter(|(_, ends)| !**ends);
    let errors: Vec<_> = circling.map(|(row, _)| circle(row)).collect();
    if errors.is_empty() { Ok(()) } else { Err(errors) }
}

/// A digest of names and contents of files.
fn digest(files: &[File]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for file in files {
        hasher.update(file.name.as_bytes()).update(&[0xff]).update(file.text.as_bytes()).update(&[0xff]);
    }
    hasher.finalize().into()
}

fn circle(row: &Row) -> VocabularyError {
    // What is built in has no circle, so a user closed it.
    let line = row.lines().find(|line| line.is_own()).unwrap_or(&row.line);
    line.error(line.cell(0), format!("{:?} is, by what is broader, part of itself", row.name()))
}

fn classes(files: &[File], surfaces: &mut Surfaces) -> Read<Vec<Class>> {
    let table = Table::sorted(files, CLASSES)?;
    let names = table.names();
    let classes = table.map(|index, row| {
        surfaces.add_row(row, Term::Class(ClassId(index)), &[(1, Case::Any), (2, Case::Exact)])?;
        let broader = row.references(3, &names)?.into_iter().map(ClassId);
        Ok(Class { name: row.name().into(), broader: broader.collect() })
    })?;
    without_circles(&table, |at| classes[at].broader.iter().map(|class| class.index()).collect())?;
    Ok(classes)
}

/// The drugs, and the salt words that may follow their names.
fn drugs(files: &[File], surfaces: &mut Surfaces, classes: &[Class]) -> Read<(Vec<Drug>, FxHashSet<Box<str>>)> {
    let table = Table::sorted(files, DRUGS)?;
    let class_names: Vec<&str> = classes.iter().map(|class| &*class.name).collect();
    let mut salts = FxHashSet::default();
    let drugs = table.map(|index, row| {
        if row.name().chars().any(char::is_uppercase) {
            let help = "names that are trade marks stand in the column \"brands\" of a drug";
            return Err(row.error("names of drugs are written in lower case".to_owned()).with_help(help));
        }
        let takes_salts = row.line.cell(4) != "-";
        if takes_salts {
            salts.extend(row.list(4).flat_map(str::split_whitespace).map(|word| word.to_lowercase().into()));
        }
        surfaces.add_row(row, Term::Drug(DrugId(index)), &[(1, Case::Any), (2, Case::Exact), (3, Case::Any)])?;
        let classes = row.references(5, &class_names)?.into_iter().map(ClassId);
        Ok(Drug { name: row.name().into(), classes: classes.collect(), takes_salts })
    })?;
    Ok((drugs, salts))
}

fn combinations(files: &[File], surfaces: &mut Surfaces, drugs: &[Drug]) -> Read<Vec<Combination>> {
    let table = Table::sorted(files, COMBINATIONS)?;
    let drug_names: Vec<&str> = drugs.iter().map(|drug| &*drug.name).collect();
    let mut known: FxHashMap<Vec<u16>, &str> = FxHashMap::default();
    table.map(|index, row| {
        let components = row.name().split(" + ").map(|name| row.line.reference(&drug_names, name));
        let components = components.collect::<Result<Vec<u16>, _>>()?;
        let mut sorted = components.clone();
        sorted.sort_unstable();
        if let Some(other) = known.insert(sorted, row.name()) {
            let line = if row.line.is_own() { &row.line } else { return Err(row.error(format!("it is {other:?}"))) };
            let help = format!("begin the line with {other:?} to add to it");
            return Err(line.error(row.name(), format!("this is {other:?} already")).with_help(help));
        }
        let term = Term::Combination(CombinationId(index));
        surfaces.add(row.parts(1), row.name(), term, Case::Any)?;
        surfaces.add(row.parts(2), row.name(), term, Case::Any)?;
        Ok(Combination { name: row.name().into(), components: components.into_iter().map(DrugId).collect() })
    })
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

fn conditions(files: &[File], surfaces: &mut Surfaces) -> Read<Vec<Condition>> {
    let table = Table::sorted(files, CONDITIONS)?;
    let names = table.names();
    let conditions = table.map(|index, row| {
        surfaces.add_row(row, Term::Condition(ConditionId(index)), &[(1, Case::Any), (2, Case::Exact)])?;
        let only_treated = match row.cell(5)? {
            "" => false,
            "indication" => true,
            other => return Err(row.error(format!("{other:?} is no use of a condition"))),
        };
        let broader = row.reference(3, &names)?.map(ConditionId);
        Ok(Condition { name: row.name().into(), broader, kind: row.value(4)?, only_treated })
    })?;
    without_circles(&table, |at| conditions[at].broader.iter().map(|condition| condition.index()).collect())?;
    Ok(conditions)
}

fn populations(files: &[File], surfaces: &mut Surfaces) -> Read<Vec<Population>> {
    let table = Table::sorted(files, POPULATIONS)?;
    let names = table.names();
    let populations = table.map(|index, row| {
        surfaces.add_row(row, Term::Population(PopulationId(index)), &[(1, Case::Any), (2, Case::Exact)])?;
        Ok(Population {
            name: row.name().into(),
            kind: row.value(3)?,
            age_min_years: row.optional(4)?,
            age_max_years: row.optional(5)?,
            broader: row.reference(6, &names)?.map(PopulationId),
        })
    })?;
    without_circles(&table, |at| populations[at].broader.iter().map(|population| population.index()).collect())?;
    Ok(populations)
}

fn routes(files: &[File], surfaces: &mut Surfaces) -> Read<Vec<Route>> {
    let table = Table::sorted(files, ROUTES)?;
    let names = table.names();
    let routes = table.map(|index, row| {
        surfaces.add_row(row, Term::Route(RouteId(index)), &[(1, Case::Any), (2, Case::Exact)])?;
        Ok(Route { name: row.name().into(), broader: row.reference(3, &names)?.map(RouteId) })
    })?;
    without_circles(&table, |at| routes[at].broader.iter().map(|route| route.index()).collect())?;
    Ok(routes)
}

fn forms(files: &[File], surfaces: &mut Surfaces, routes: &[Route]) -> Read<Vec<Form>> {
    let table = Table::sorted(files, FORMS)?;
    let route_names: Vec<&str> = routes.iter().map(|route| &*route.name).collect();
    table.map(|index, row| {
        surfaces.add_row(row, Term::Form(FormId(index)), &[(1, Case::Any), (2, Case::Exact)])?;
        let route = row.reference(4, &route_names)?.map(RouteId);
        Ok(Form { name: row.name().into(), kind: row.value(3)?, route })
    })
}

fn frequencies(files: &[File], surfaces: &mut Surfaces) -> Read<Vec<Frequency>> {
    let table = Table::sorted(files, FREQUENCIES)?;
    table.map(|index, row| {
        surfaces.add_row(row, Term::Frequency(FrequencyId(index)), &[(1, Case::Any), (2, Case::Exact)])?;
        Ok(Frequency { name: row.name().into(), times: times(row)?, kind: row.value(6)? })
    })
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

fn modifiers(files: &[File], surfaces: &mut Surfaces) -> Read<Vec<Modifier>> {
    let table = Table::sorted(files, MODIFIERS)?;
    table.map(|index, row| {
        surfaces.add_row(row, Term::Modifier(ModifierId(index)), &[])?;
        Ok(Modifier { word: row.name().into(), axis: row.value(1)?, rank: row.optional(2)? })
    })
}

fn error_prone(files: &[File]) -> Read<FxHashMap<Box<str>, Vec<ErrorProne>>> {
    let table = Table::sorted(files, ERROR_PRONE)?;
    let mut by_first: FxHashMap<Box<str>, Vec<ErrorProne>> = FxHashMap::default();
    table.map(|_, row| {
        let written = row.name();
        let written: Vec<Box<str>> = token::tokens(written).iter().map(|token| token.text(written).into()).collect();
        let first = written.first().cloned().unwrap_or_default();
        by_first.entry(first).or_default().push(ErrorProne {
            written,
            kind: row.value(1)?,
            meant: row.cell(2)?.into(),
            misread: row.cell(3)?.into(),
            replacement: Some(row.cell(4)?).filter(|cell| !cell.is_empty()).map(Into::into),
        });
        Ok(())
    })?;
    Ok(by_first)
}

fn cues(files: &[File], surfaces: &mut Surfaces) -> Read<()> {
    let table = Table::read(files, CUES)?;
    table.map(|_, row| surfaces.add(row.parts(1), row.name(), Term::Cue(row.value(0)?), Case::Any))?;
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

fn units(files: &[File]) -> Read<(Vec<Unit>, UnitOf)> {
    let table = Table::sorted(files, UNITS)?;
    let mut unit_of = UnitOf::default();
    let units = table.map(|index, row| {
        let factor: (u64, u64) = (row.value(3)?, row.value(4)?);
        if factor.0 == 0 || factor.1 == 0 {
            return Err(row.error("the factor is not a positive fraction".to_owned()));
        }
        for (line, spelling) in row.parts(1) {
            if unit_of.insert(spelling.into(), UnitId(index)).is_some() {
                return Err(line.error(spelling, format!("{spelling:?} is spelling of another unit already")));
            }
        }
        Ok(Unit { ucum: row.name().into(), dimension: row.value(2)?, factor })
    })?;
    Ok((units, unit_of))
}
