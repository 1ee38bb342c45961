//! The concept names of an RxNorm release, `RXNCONSO.RRF`: one name a line,
//! eighteen fields with `|` after each.

use super::import::Names;
use std::io::{self, BufRead};

/// What came of a file.
#[derive(Debug, Default)]
pub struct Release {
    /// The names of drugs in it.
    pub names: Names,
    /// How many lines could be read.
    pub lines: usize,
    /// The lines that could not: number, and why.
    pub broken: Vec<(usize, &'static str)>,
}

/// How many fields a line has.
const FIELDS: usize = 18;

/// The fields that count.
const RXCUI: usize = 0;
const LAT: usize = 1;
const SAB: usize = 11;
const TTY: usize = 12;
const STR: usize = 14;
const SUPPRESS: usize = 16;

/// Reads a file line by line.
///
/// # Errors
///
/// When the file cannot be read on.
pub fn read(mut file: impl BufRead) -> io::Result<Release> {
    let mut release = Release::default();
    // The synonyms of an ingredient may stand before it.
    let (mut ingredients, mut synonyms) = (Vec::new(), Vec::new());
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if file.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let Ok(text) = std::str::from_utf8(&line) else {
            release.broken.push((number, "not UTF-8"));
            continue;
        };
        let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\n', '\r']);
        if text.is_empty() {
            continue;
        }
        let fields: Vec<&str> = text.split('|').collect();
        if fields.len() < FIELDS {
            release.broken.push((number, "fewer than 18 fields with | between"));
            continue;
        }
        release.lines += 1;
        if fields[LAT] != "ENG" || fields[SAB] != "RXNORM" || !matches!(fields[SUPPRESS], "N" | "") {
            continue;
        }
        let (concept, name) = (fields[RXCUI], fields[STR].trim());
        match fields[TTY] {
            "IN" => ingredients.push((concept.to_owned(), name.to_lowercase())),
            "SY" | "TMSY" | "PIN" => synonyms.push((concept.to_owned(), name.to_owned())),
            "SBD" => {
                if let Some((brand, ingredient)) = branded(name) {
                    release.names.brands.entry(brand.to_owned()).or_default().insert(ingredient);
                }
            }
            _ => {}
        }
    }
    ingredients.sort();
    for (_, name) in &ingredients {
        release.names.drugs.entry(name.clone()).or_default();
    }
    for (concept, synonym) in synonyms {
        let Ok(at) = ingredients.binary_search_by(|(known, _)| known.cmp(&concept)) else { continue };
        release.names.drugs.entry(ingredients[at].1.clone()).or_default().insert(synonym);
    }
    Ok(release)
}

/// The brand of a branded drug, and its ingredient in lower case, which is
/// nothing where it has several: "amitriptyline hydrochloride 10 MG Oral
/// Tablet \[Elavil]", "12 HR metformin 500 MG Oral Tablet \[Glucophage]".
fn branded(name: &str) -> Option<(&str, Option<String>)> {
    let (drug, brand) = name.strip_suffix(']')?.rsplit_once(" [")?;
    if drug.contains(" / ") {
        return Some((brand, None));
    }
    let words: Vec<&str> = drug.split_whitespace().collect();
    let is_amount = |at: usize| {
        let is_unit = |word: &&str| word.starts_with(|first: char| first.is_ascii_uppercase() || first == '%');
        let is_number = |word: &str| word.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | ',' | '-'));
        words.get(at).is_some_and(|word| is_number(word)) && words.get(at + 1).is_some_and(is_unit)
    };
    // How long it lasts, or how much is in a syringe.
    let start = (0..).step_by(2).find(|at| !is_amount(*at))?;
    let end = (start..words.len()).find(|at| is_amount(*at))?;
    (start < end).then(|| (brand, Some(words[start..end].join(" ").to_lowercase())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(concept: &str, kind: &str, name: &str) -> String {
        format!("{concept}|ENG||||||||||RXNORM|{kind}|{concept}|{name}||N||\n")
    }

    #[test]
    fn names_are_read_whatever_their_order() {
        let other = line("2", "IN", "Stale").replace("|N|", "|O|");
        let text = [
            line("1", "SY", "Zorbanolum"),
            line("1", "IN", "Zorbanol"),
            line("9", "PIN", "zorbanol mesylate"),
            line("3", "SBD", "zorbanol mesylate 10 MG Oral Tablet [Zorbatex]"),
            line("4", "SBD", "zorbanol 5 MG / aspirin 10 MG Oral Tablet [Zorbatex]"),
            other,
        ]
        .concat();
        let release = read(text.as_bytes()).unwrap();
        assert_eq!((release.lines, release.broken.len()), (6, 0));
        let drugs: Vec<_> = release.names.drugs.iter().collect();
        assert_eq!(drugs.len(), 1, "{drugs:?}");
        assert!(release.names.drugs["zorbanol"].contains("Zorbanolum"));
        let brand: Vec<_> = release.names.brands["Zorbatex"].iter().cloned().collect();
        assert_eq!(brand, [None, Some("zorbanol mesylate".to_owned())]);
    }

    #[test]
    fn broken_lines_are_named_and_the_others_read() {
        let mut text = b"1|ENG|short\r\n\n\xff|\n".to_vec();
        text.extend(line("1", "IN", "Zorbanol").trim_end().bytes());
        let release = read(&*text).unwrap();
        assert_eq!(release.broken, [(1, "fewer than 18 fields with | between"), (3, "not UTF-8")]);
        assert_eq!((release.lines, release.names.drugs.len()), (1, 1));
    }

    #[test]
    fn the_ingredient_stands_before_the_strength() {
        let ingredient = |name: &'static str| branded(name).map(|(brand, of)| (brand, of.unwrap_or_default()));
        let is = |name, brand, of: &str| assert_eq!(ingredient(name), Some((brand, of.to_owned())));
        is("12 HR metformin hydrochloride 500 MG Oral Tablet [Zorba XR]", "Zorba XR", "metformin hydrochloride");
        is("0.5 ML Vitamin B12 1 MG/ML Injection [Zorba]", "Zorba", "vitamin b12");
        is("zinc oxide 20 % Topical Cream [Zorba]", "Zorba", "zinc oxide");
        assert_eq!(ingredient("zorbanol Oral Tablet [Zorba]"), None);
        assert_eq!(ingredient("10 MG [Zorba]"), None);
        assert_eq!(ingredient("zorbanol 10 MG Oral Tablet"), None);
    }
}
