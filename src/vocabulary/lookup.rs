//! What a name means: the entry that it stands for, with all its names and
//! where each comes from.

use super::columns::*;
use super::entry::*;
use super::own::OwnFile;
use super::policy::Policy;
use super::table::{File, Line, Row, Table};
use super::{Match, Vocabulary};
use crate::nearest::nearest;
use crate::text::token::tokens;
use crate::text::words::Words;
use serde::Serialize;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meaning {
    /// What sort of thing it is: drug, class, condition.
    pub kind: &'static str,
    /// Its preferred name; of a drug the international nonproprietary name.
    pub name: String,
    /// When the name counts, where it does not always.
    pub counts: Option<&'static str>,
    /// What the vocabulary says of it, in order.
    pub facts: Vec<Fact>,
    /// Where it is written: "built in", or files and lines of a user.
    pub from: Vec<String>,
}

/// One thing that the vocabulary says of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What is said: brands, classes.
    pub what: &'static str,
    /// Each with the file and line of a user that says so, if it is not built
    /// in.
    pub values: Vec<Value>,
}

/// A name or other word of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Value {
    /// The word.
    pub text: String,
    /// The place where a user wrote it.
    pub from: Option<String>,
}

impl Vocabulary {
    /// What the whole of a name stands for; `own` are the files that this
    /// vocabulary was extended with. Empty if the name is unknown.
    pub fn lookup(&self, name: &str, own: &[OwnFile]) -> Vec<Meaning> {
        let words = tokens(name);
        let found = self.find(name, &words, &Words::new(name, &words));
        let files = File::all(own);
        let whole = found.iter().filter(|found| found.tokens == (0..words.len()));
        whole.flat_map(|found| found.terms.iter().filter_map(|term| self.meaning(*term, found, &files))).collect()
    }

    /// The known name that is most like an unknown one, if one is near.
    pub fn near(&self, name: &str, own: &[OwnFile]) -> Option<String> {
        let files = File::all(own);
        let tables = [(CLASSES, &[0, 1][..]), (DRUGS, &[0, 1, 3]), (COMBINATIONS, &[0, 1, 2]), (CONDITIONS, &[0, 1])];
        let mut names: Vec<String> = Vec::new();
        for (columns, named) in tables {
            let Ok(table) = Table::sorted(&files, columns) else { continue };
            let cells = table.rows.iter().flat_map(|row| named.iter().flat_map(|column| row.list(*column)));
            names.extend(cells.map(str::to_owned));
        }
        let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        let pairs = lower.iter().zip(&names).map(|(lower, name)| (lower.as_str(), name.as_str()));
        nearest(&name.to_lowercase(), pairs).map(str::to_owned)
    }

    fn meaning(&self, term: Term, found: &Match, files: &[File]) -> Option<Meaning> {
        let (kind, name, columns) = match term {
            Term::Drug(id) => ("drug", &self.drugs[id.index()].name, DRUGS),
            Term::Class(id) => ("class", &self.classes[id.index()].name, CLASSES),
            Term::Combination(id) => ("combination", &self.combinations[id.index()].name, COMBINATIONS),
            Term::Condition(id) => ("condition", &self.conditions[id.index()].name, CONDITIONS),
            Term::Population(id) => ("population", &self.populations[id.index()].name, POPULATIONS),
            Term::Route(id) => ("route", &self.routes[id.index()].name, ROUTES),
            Term::Form(id) => ("form", &self.forms[id.index()].name, FORMS),
            Term::Frequency(id) => ("frequency", &self.frequencies[id.index()].name, FREQUENCIES),
            Term::Modifier(id) => ("modifier", &self.modifiers[id.index()].word, MODIFIERS),
            Term::Cue(cue) => return Some(self::cue(cue)),
        };
        let table = Table::sorted(files, columns).ok()?;
        let row = &table.rows[table.names().binary_search(&&**name).ok()?];
        let mut facts: Vec<Fact> = columns
            .1
            .iter()
            .enumerate()
            .skip(1)
            .map(|(column, what)| said(row, what, column))
            .filter(|fact| !fact.values.is_empty())
            .collect();
        facts.extend(self.relations(term));
        let counts = match found.policy {
            Policy::Free => None,
            Policy::Use => Some("only where words of giving, using or treating are near"),
            Policy::Dose => Some("only where a dose or a dosing verb is near"),
        };
        let mut from: Vec<String> = row.lines().map(Line::place).collect();
        from.dedup();
        Some(Meaning { kind, name: name.to_string(), counts, facts, from })
    }

    /// What follows from other entries: what it is part of, and what is part of
    /// it.
    fn relations(&self, term: Term) -> Vec<Fact> {
        let fact = |what: &'static str, names: Vec<&str>| Fact {
            what,
            values: names.into_iter().map(|name| Value { text: name.to_owned(), from: None }).collect(),
        };
        let mut facts = match term {
            Term::Drug(id) => {
                let classes = self.classes.iter().enumerate();
                let classes = classes.filter(|(at, _)| self.is_member(id, class(*at)));
                let with = self.combinations.iter().filter(|combination| combination.components.contains(&id));
                vec![
                    fact("all classes", classes.map(|(_, class)| &*class.name).collect()),
                    fact("combinations", with.map(|combination| &*combination.name).collect()),
                ]
            }
            Term::Class(id) => {
                let drugs = self.drugs.iter().enumerate().filter(|(at, _)| self.is_member(drug(*at), id));
                vec![fact("drugs", drugs.map(|(_, drug)| &*drug.name).collect())]
            }
            Term::Combination(id) => {
                let components = self.combinations[id.index()].components.iter();
                vec![fact("components", components.map(|drug| &*self.drugs[drug.index()].name).collect())]
            }
            Term::Condition(id) => {
                let kinds = self.kinds(id).skip(1).map(|kind| &*self.conditions[kind.index()].name);
                let narrower = self.conditions.iter().filter(|condition| condition.broader == Some(id));
                vec![
                    fact("is a kind of", kinds.collect()),
                    fact("kinds", narrower.map(|condition| &*condition.name).collect()),
                ]
            }
            _ => Vec::new(),
        };
        facts.retain(|fact| !fact.values.is_empty());
        facts
    }
}

/// Ids are 16 bits wide: the tables are refused where more would be needed.
fn class(at: usize) -> ClassId {
    ClassId(u16::try_from(at).unwrap_or(u16::MAX))
}

fn drug(at: usize) -> DrugId {
    DrugId(u16::try_from(at).unwrap_or(u16::MAX))
}

fn cue(cue: super::CueKind) -> Meaning {
    let from = vec!["cues.tsv".to_owned()];
    Meaning { kind: "cue", name: cue.as_str().to_owned(), counts: None, facts: Vec::new(), from }
}

/// What stands in a column of an entry.
fn said(row: &Row, what: &'static str, column: usize) -> Fact {
    let value =
        |(line, text): (&Line, &str)| Value { text: text.to_owned(), from: line.is_own().then(|| line.place()) };
    // A sole hyphen says that there is none.
    Fact { what, values: row.parts(column).filter(|(_, text)| *text != "-").map(value).collect() }
}
