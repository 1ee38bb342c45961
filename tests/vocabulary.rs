//! The built-in vocabulary as data, and what the matcher makes of it.

use clinlint::text::token::tokens;
use clinlint::text::words::Words;
use clinlint::vocabulary::{FILES, Family, Match, Policy, Term, Vocabulary};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Where a file's surfaces stand: the columns matched in any case, then those
/// matched in exact case. The first column of a combination lists components.
const SURFACES: &[(&str, &[usize], &[usize])] = &[
    ("classes.tsv", &[0, 1], &[2]),
    ("combinations.tsv", &[1, 2], &[]),
    ("conditions.tsv", &[0, 1], &[2]),
    ("cues.tsv", &[1], &[]),
    ("drugs.tsv", &[0, 1, 3], &[2]),
    ("forms.tsv", &[0, 1], &[2]),
    ("frequencies.tsv", &[0, 1], &[2]),
    ("modifiers.tsv", &[0], &[]),
    ("populations.tsv", &[0, 1], &[2]),
    ("routes.tsv", &[0, 1], &[2]),
];

/// Surfaces of several families, with those families. A surface may only be
/// in two lists if every list means the same thing by it, or if the words
/// around tell which is meant.
const SHARED: &str = include_str!("vocabulary/shared.txt");

fn rows(file: &str) -> Vec<Vec<&'static str>> {
    let contents = FILES.iter().find(|(name, _)| *name == file).expect("a built-in file").1;
    let lines = contents.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').collect()).collect()
}

/// Every surface of the files, each with the file, the name of its entry, and
/// whether it is an abbreviation.
fn surfaces() -> Vec<(&'static str, &'static str, &'static str, bool)> {
    let mut surfaces = Vec::new();
    for (file, free, exact) in SURFACES {
        for row in rows(file) {
            for (columns, abbreviation) in [(free, false), (exact, true)] {
                let cells = columns.iter().flat_map(|column| row[*column].split(';'));
                surfaces.extend(cells.filter(|s| !s.is_empty()).map(|s| (*file, row[0], s, abbreviation)));
            }
        }
    }
    surfaces
}

fn find(text: &str) -> Vec<Match> {
    in_vocabulary(Vocabulary::builtin(), text)
}

fn in_vocabulary(vocabulary: &Vocabulary, text: &str) -> Vec<Match> {
    let tokens = tokens(text);
    vocabulary.find(text, &tokens, &Words::new(text, &tokens))
}

/// The names of what is found in one family, with the words it is found in.
fn found(text: &str, family: Family) -> Vec<(&str, String)> {
    let matches = find(text).into_iter().filter(|found| found.family == family);
    matches.map(|found| (&text[found.range.clone()], names(&found.terms))).collect()
}

fn names(terms: &[Term]) -> String {
    let vocabulary = Vocabulary::builtin();
    let name = |term: &Term| match term {
        Term::Drug(id) => vocabulary.drugs[id.index()].name.to_string(),
        Term::Class(id) => vocabulary.classes[id.index()].name.to_string(),
        Term::Combination(id) => vocabulary.combinations[id.index()].name.to_string(),
        Term::Condition(id) => vocabulary.conditions[id.index()].name.to_string(),
        Term::Population(id) => vocabulary.populations[id.index()].name.to_string(),
        Term::Route(id) => vocabulary.routes[id.index()].name.to_string(),
        Term::Form(id) => vocabulary.forms[id.index()].name.to_string(),
        Term::Frequency(id) => vocabulary.frequencies[id.index()].name.to_string(),
        Term::Modifier(id) => vocabulary.modifiers[id.index()].word.to_string(),
        Term::Cue(kind) => kind.as_str().to_owned(),
    };
    terms.iter().map(name).collect::<Vec<_>>().join(" or ")
}

#[test]
fn the_built_in_files_are_read_and_large_enough() {
    let vocabulary = Vocabulary::from_files(FILES).unwrap_or_else(|error| panic!("vocabulary/{error}"));
    assert!(vocabulary.drugs.len() >= 1500);
    assert!(vocabulary.conditions.len() >= 250);
}

#[test]
fn list_cells_hold_each_surface_once() {
    let mut seen = BTreeSet::new();
    for (file, name, surface, abbreviation) in surfaces() {
        let surface = if abbreviation { surface.to_owned() } else { surface.to_lowercase() };
        assert!(seen.insert((file, name, surface.clone())), "{file}: {name:?} has {surface:?} twice");
        assert_eq!(surface.trim(), surface, "{file}: {name:?} has spaces around {surface:?}");
    }
}

#[test]
fn no_surface_of_a_file_has_two_entries() {
    let mut owners = BTreeMap::new();
    // A phrase may say two things at once: "placebo" is a comparator, and a
    // sign that a trial is reported.
    for (file, name, surface, abbreviation) in surfaces().into_iter().filter(|(file, ..)| *file != "cues.tsv") {
        let place = (file, abbreviation, if abbreviation { surface.to_owned() } else { surface.to_lowercase() });
        let owner = owners.insert(place, name).unwrap_or(name);
        assert_eq!(owner, name, "{file}: both claim {surface:?}");
    }
}

#[test]
fn every_surface_is_found_whole_unless_it_is_ruled_out() {
    let ruled_out: Vec<String> =
        rows("ambiguous.tsv").iter().filter(|row| row[1] == "never").map(|row| row[0].to_owned()).collect();
    for (file, name, surface, _) in surfaces() {
        let whole = find(surface).into_iter().find(|found| found.tokens.len() == tokens(surface).len());
        let known = whole.is_some() || ruled_out.iter().any(|ruled| ruled.eq_ignore_ascii_case(surface));
        assert!(known, "{file}: {surface:?} of {name:?} is not found");
    }
}

#[test]
fn every_ruling_is_about_a_surface_of_the_vocabulary() {
    let known: BTreeSet<String> = surfaces().iter().map(|(_, _, surface, _)| surface.to_lowercase()).collect();
    for row in rows("ambiguous.tsv").iter().filter(|row| !matches!(row[1], "never" | "hide")) {
        assert!(known.contains(&row[0].to_lowercase()), "nothing is called {:?}", row[0]);
    }
}

#[test]
fn surfaces_shared_by_families_are_listed() {
    let mut families: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, _, surface, _) in surfaces() {
        let whole = find(surface).into_iter().filter(|found| found.tokens.len() == tokens(surface).len());
        // Cues and sections say what a passage does, not what it names: they
        // may share their words with anything.
        let names = whole.filter(|found| !matches!(found.family, Family::Cue | Family::Section));
        families.entry(surface).or_default().extend(names.map(|found| found.family.as_str()));
    }
    families.retain(|_, families| families.len() > 1);
    let line = |(surface, families): (&&str, &BTreeSet<&str>)| {
        format!("{surface}: {}", families.iter().copied().collect::<Vec<_>>().join(", "))
    };
    let shared: Vec<String> = families.iter().map(line).collect();
    let listed: Vec<&str> = SHARED.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(shared, listed, "tests/vocabulary/shared.txt");
}

#[test]
fn broader_entries_form_no_circle() {
    let vocabulary = Vocabulary::builtin();
    for condition in &vocabulary.conditions {
        let kinds = std::iter::successors(condition.broader, |kind| vocabulary.conditions[kind.index()].broader);
        assert!(kinds.take(20).count() < 20, "{} is its own kind", condition.name);
    }
    for population in &vocabulary.populations {
        let groups = std::iter::successors(population.broader, |group| vocabulary.populations[group.index()].broader);
        assert!(groups.take(20).count() < 20, "{} is its own part", population.name);
    }
    for route in &vocabulary.routes {
        let routes = std::iter::successors(route.broader, |route| vocabulary.routes[route.index()].broader);
        assert!(routes.take(20).count() < 20, "{} is its own kind", route.name);
    }
    for class in &vocabulary.classes {
        let mut wave = class.broader.clone();
        for _ in 0..20 {
            wave = wave.iter().flat_map(|class| vocabulary.classes[class.index()].broader.clone()).collect();
        }
        assert!(wave.is_empty(), "{} is its own part", class.name);
    }
}

#[test]
fn the_longest_phrase_of_a_family_wins_and_families_overlap() {
    assert_eq!(
        found("a calcium channel blocker, vitamin D3", Family::Drug),
        [("calcium channel blocker", "calcium channel blocker".into()), ("vitamin D3", "colecalciferol".into())]
    );
    let text = "severe hepatic impairment";
    let whole: Vec<(&str, Family)> =
        find(text).iter().map(|found| (&text[found.range.clone()], found.family)).collect();
    assert_eq!(whole, [(text, Family::Condition), (text, Family::Population), ("severe", Family::Modifier)]);
}

#[test]
fn hyphens_plurals_and_possessives_do_not_matter() {
    for text in ["beta-blocker", "beta blockers", "betablocker", "beta\u{2011}blockers", "Beta-Blockers"] {
        assert_eq!(found(text, Family::Drug), [(text, "beta-blocker".into())]);
    }
    for text in ["Parkinson's disease", "Parkinson’s disease", "parkinson disease", "Parkinsons disease"] {
        assert_eq!(found(text, Family::Condition), [(text, "Parkinson disease".into())]);
    }
    for text in ["anti-depressants", "antidepressant", "anti\u{ad}depressants"] {
        assert_eq!(found(text, Family::Drug), [(text, "antidepressant".into())]);
    }
    for text in ["vitamin B12", "vitamin B-12"] {
        assert_eq!(found(text, Family::Drug)[0].0, text);
    }
    for text in ["second- or third-degree AV block", "ulcers of the stomach and peptic ulcers", "allergies"] {
        assert_eq!(found(text, Family::Condition).len(), 1, "{text}");
    }
}

#[test]
fn abbreviations_count_in_exact_case_only() {
    assert_eq!(found("MAOIs and maois", Family::Drug), [("MAOIs", "mao inhibitor".into())]);
    assert_eq!(found("PO, p.o. and P.O.", Family::Route).len(), 3);
    assert_eq!(found("po Po", Family::Route).len(), 1);
    assert_eq!(
        found("b.i.d, b.i.d. and BID", Family::Frequency),
        [("b.i.d", "twice daily".into()), ("b.i.d.", "twice daily".into()), ("BID", "twice daily".into())]
    );
    assert_eq!(found("take it in the morning", Family::Route), []);
    assert_eq!(found("Soma and the soma", Family::Drug).len(), 1);
}

#[test]
fn salts_and_biologic_suffixes_belong_to_the_drug() {
    for text in ["amitriptyline hydrochloride", "metoprolol succinate", "morphine sulfate", "infliximab-dyyb"] {
        let drug = text.split([' ', '-']).next().map(str::to_owned);
        assert_eq!(found(text, Family::Drug), [(text, drug.unwrap_or_default())]);
    }
    assert_eq!(found("magnesium salicylate", Family::Drug), [("magnesium salicylate", "magnesium salicylate".into())]);
    assert_eq!(found("zinc hydrochloride", Family::Drug), [("zinc", "zinc".into())]);
    assert_eq!(found("an infliximab-like effect", Family::Drug), [("infliximab", "infliximab".into())]);
}

#[test]
fn components_in_a_row_are_a_combination() {
    for text in ["amoxicillin/clavulanate", "clavulanic acid + amoxicillin", "amoxicillin–clavulanate", "co-amoxiclav"]
    {
        assert_eq!(found(text, Family::Drug), [(text, "amoxicillin + clavulanic acid".into())]);
    }
    assert_eq!(found("amlodipine, valsartan", Family::Drug).len(), 2);
    assert_eq!(found("gabapentin/pregabalin", Family::Drug).len(), 2);
    assert_eq!(found("amlodipine/valsartan/HCTZ", Family::Drug).len(), 1);
}

#[test]
fn every_combination_is_found_by_its_components() {
    for combination in &Vocabulary::builtin().combinations {
        assert_eq!(found(&combination.name, Family::Drug), [(&*combination.name, combination.name.to_string())]);
    }
}

#[test]
fn what_is_turned_round_or_hidden_is_not_found() {
    assert_eq!(found("non-pregnant, non pregnant", Family::Population), []);
    assert_eq!(found("blood glucose, insulin resistance, HMG-CoA", Family::Drug), []);
    assert_eq!(found("1.2 times a day", Family::Frequency), [("a day", "once daily".into())]);
    assert_eq!(found("pre-existing asthma", Family::Condition), [("asthma", "asthma".into())]);
}

#[test]
fn words_with_another_meaning_need_a_dose() {
    let policy = |text: &str| find(text).first().map(|found| found.policy);
    assert_eq!(policy("iron"), Some(Policy::Dose));
    assert_eq!(policy("amitriptyline"), Some(Policy::Free));
    assert_eq!(policy("metformin"), Some(Policy::Free));
}

#[test]
fn frequencies_tell_doses_in_days() {
    let vocabulary = Vocabulary::builtin();
    for (text, expected) in [
        ("every 8 hours", Some((3, 3, 1))),
        ("every 4–6 hours", Some((4, 6, 1))),
        ("weekly", Some((1, 1, 7))),
        ("at bedtime", Some((1, 1, 1))),
        ("three or four times a day", Some((3, 4, 1))),
        ("every other day", Some((1, 1, 2))),
        ("in divided doses", None),
    ] {
        let matches = find(text);
        let [Term::Frequency(id)] = matches[0].terms[..] else { panic!("{text}") };
        let times = vocabulary.frequencies[id.index()].times;
        assert_eq!(times.map(|times| (times.low, times.high, times.per_days)), expected, "{text}");
    }
}

#[test]
fn hierarchies_reach_through_broader_entries() {
    let vocabulary = Vocabulary::builtin();
    let amitriptyline = vocabulary.drug("amitriptyline").expect("a drug");
    for (class, member) in [("tricyclic antidepressant", true), ("antidepressant", true), ("statin", false)] {
        assert_eq!(vocabulary.is_member(amitriptyline, vocabulary.class(class).expect("a class")), member);
    }
    let condition = |name: &str| vocabulary.condition(name).expect("a condition");
    assert!(vocabulary.is_kind_of(condition("sciatica"), condition("neuropathic pain")));
    assert!(vocabulary.is_kind_of(condition("pain"), condition("pain")));
    assert!(!vocabulary.is_kind_of(condition("pain"), condition("sciatica")));
    let stem = |word: &str| vocabulary.stem_class(word).map(|class| vocabulary.classes[class.index()].name.to_string());
    assert_eq!(stem("fictipril"), Some("ace inhibitor".into()));
    assert_eq!(stem("nystatin"), None);
}

#[test]
fn units_are_known_by_their_spellings() {
    let vocabulary = Vocabulary::builtin();
    let unit = |spelling: &str| vocabulary.unit(spelling).map(|unit| &vocabulary.units[unit.index()]);
    for (spelling, ucum) in
        [("mg", "mg"), ("µg", "ug"), ("μg", "ug"), ("Micrograms", "ug"), ("IU", "[iU]"), ("hours", "h")]
    {
        assert_eq!(unit(spelling).map(|unit| &*unit.ucum), Some(ucum), "{spelling}");
    }
    assert_eq!(unit("mcg").map(|unit| unit.factor), Some((1, 1000)));
    assert!(unit("Mgs").is_none());
    for (text, count) in [("million units a day", 2), ("I.U.", 4), ("mg/kg", 1)] {
        assert_eq!(vocabulary.unit_at(text, &tokens(text)).map(|(_, count)| count), Some(count), "{text}");
    }
}

#[test]
fn a_second_reading_finds_the_same() {
    let text = "Start gabapentin 300 mg PO at bedtime for diabetic neuropathy; avoid MAOIs in severe renal impairment.";
    let again = Vocabulary::from_files(FILES).unwrap_or_else(|error| panic!("vocabulary/{error}"));
    assert_eq!(in_vocabulary(&again, text), find(text));
    assert!(find(text).is_sorted_by_key(|found| (found.tokens.start, found.family)));
}

proptest! {
    /// Whatever the text, matches are in order, inside it, and apart from
    /// others of their family.
    #[test]
    fn any_text_can_be_searched(text in "(aspirin|beta|blockers?|caffeine|p\\.o\\.|mab|2 times|a day|[-'’‑/+ ]|\\PC){0,60}") {
        let matches = find(&text);
        prop_assert!(matches.is_sorted_by_key(|found| (found.tokens.start, found.family)));
        for (_, family) in Family::ALL {
            let ends = matches.iter().filter(|found| found.family.as_str() == *family);
            let mut last = 0;
            for found in ends {
                prop_assert!(last <= found.tokens.start && found.tokens.start < found.tokens.end);
                prop_assert!(text.get(found.range.clone()).is_some() && !found.terms.is_empty());
                last = found.tokens.end;
            }
        }
    }
}

#[test]
fn a_line_of_hyphens_is_no_hyphen() {
    assert_eq!(found(&format!("beta{}blocker", "-".repeat(200_000)), Family::Drug), []);
}
