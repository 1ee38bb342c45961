//! Works that articles cite: trials, reviews, guidelines.

use regex::Regex;
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// A cited work, as far as an entry of a list of references tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    /// Digital object identifier, in lower case: "10.1016/s1474-4422(14)70251-0".
    pub doi: Option<String>,
    /// Number in PubMed.
    pub pmid: Option<String>,
    /// The title as written.
    pub title: Option<String>,
    /// The surname of the first author.
    pub author: Option<String>,
    /// The year of publication.
    pub year: Option<String>,
}

/// A title with fewer words is that of many works: "Pain in adults".
const TITLE_WORDS: usize = 4;

static DOI: LazyLock<Regex> = LazyLock::new(|| pattern(r#"(?-u:\b)10\.\d{4,9}/[^\s"'<>\[\]{}|\\^`]+"#));
static PMID: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)(?-u:\b)(?:PMID:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)(\d{4,9})")
});
static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?-u:\b)(?:19|20)\d\d(?-u:\b)"));
/// "Finnerup NB", "Finnerup, N. B.", "Finnerup N, Attal N", "Finnerup et al".
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[\W\d]*(\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)?)(?:,?\s+(?:\p{Lu}\.?[\s-]?){1,3}(?:[,.;:(]|\s|$)|,?\s+et\s+al)",
    )
});

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is constant, and tested")
}

impl Work {
    /// Whether a text can name a work by a number that no other has.
    pub fn may_be_in(text: &str) -> bool {
        text.contains("10.") && DOI.is_match(text) || PMID.is_match(text)
    }

    /// Reads an entry of a list of references. Its numbers are looked for in what
    /// is `written` in the file, where links show their addresses. An entry that
    /// tells nothing by which it could be known again is none.
    pub fn of_entry(entry: &str, written: &str) -> Option<Self> {
        let doi = DOI.find(written).map(|found| doi(found.as_str()));
        let pmid = PMID.captures(written).map(|found| found[1].to_owned());
        // Only the words: an address is neither title nor year.
        let words: Vec<&str> = entry.split_whitespace().filter(|word| !word.contains("://")).collect();
        let words = words.join(" ");
        let title = title(&words);
        let rest = title.map_or_else(|| words.clone(), |title| words.replacen(title, " ", 1));
        let work = Self {
            doi,
            pmid,
            title: title.map(str::to_owned),
            author: AUTHOR.captures(&words).map(|found| found[1].to_owned()),
            year: YEAR.find(&rest).map(|found| found.as_str().to_owned()),
        };
        (work.doi.is_some() || work.pmid.is_some() || work.title.is_some()).then_some(work)
    }

    /// Whether two entries name the same work: by its number, where both give
    /// one of the same kind, else by title, with author and year where both give
    /// them.
    pub fn is_same(&self, other: &Self) -> bool {
        let numbers = [(&self.doi, &other.doi), (&self.pmid, &other.pmid)];
        if let Some((one, other)) = numbers.into_iter().find_map(|(one, other)| one.as_ref().zip(other.as_ref())) {
            return one == other;
        }
        let agree = |one: &Option<String>, other: &Option<String>| {
            one.as_ref().zip(other.as_ref()).is_none_or(|(one, other)| plain(one) == plain(other))
        };
        self.title.is_some()
            && other.title.is_some()
            && agree(&self.title, &other.title)
            && agree(&self.author, &other.author)
            && agree(&self.year, &other.year)
    }

    /// Whether "Finnerup 2015" in a text means this work.
    pub fn is_by(&self, author: &str, year: &str) -> bool {
        let is_author = self.author.as_ref().is_some_and(|own| plain(own) == plain(author));
        is_author && self.year.as_deref() == Some(year)
    }

    /// A short name: "Finnerup 2015", else the title, else a number.
    pub fn name(&self) -> String {
        match self {
            Self { author: Some(author), year: Some(year), .. } => format!("{author} {year}"),
            Self { title: Some(title), year: Some(year), .. } => format!("\"{title}\" ({year})"),
            Self { title: Some(title), .. } => format!("\"{title}\""),
            Self { doi: Some(doi), .. } => format!("doi:{doi}"),
            Self { pmid, .. } => format!("PMID {}", pmid.as_deref().unwrap_or_default()),
        }
    }
}

/// A number as it is compared: in lower case, without the marks that end the
/// sentence or parenthesis around it.
fn doi(written: &str) -> String {
    let mut end = written.trim_end_matches(['.', ',', ';', ':', '*']);
    // "(doi:10.1016/s1474-4422(14)70251-0)": a closing mark without an opening one.
    while end.ends_with(')') && end.matches(')').count() > end.matches('(').count() {
        end = end[..end.len() - 1].trim_end_matches(['.', ',', ';']);
    }
    end.to_lowercase()
}

/// The title: what stands in quotation marks, else the longest part between
/// full stops that is no list of names and no address.
fn title(entry: &str) -> Option<&str> {
    let is_title = |part: &&str| part.split_whitespace().count() >= TITLE_WORDS;
    let quoted = ['"', '“', '”', '*'];
    let in_quotes = entry.split(quoted).skip(1).step_by(2).map(str::trim).find(is_title);
    let parts = || entry.split(". ").flat_map(|part| part.split(['?', '\n']));
    let is_prose = |part: &&str| {
        let words = part.split_whitespace();
        let small = words.filter(|word| word.len() > 2 && word.chars().all(|letter| letter.is_lowercase())).count();
        small >= 2
    };
    let mark = |letter: char| letter.is_whitespace() || matches!(letter, '.' | '"' | '“' | '”' | '*' | '_');
    let longest = || parts().filter(is_title).filter(is_prose).max_by_key(|part| part.len());
    in_quotes.or_else(longest).map(|title| title.trim_matches(mark))
}

/// Letters and digits only, in lower case.
fn plain(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOURNAL: &str = "Doe J, Roe R, Poe P, et al. Drugs for nerve pain in adults: a systematic review. \
        Journal of Examples. 2015;14:162-73. doi:10.1000/S0001(14)70251-0.";

    fn work(entry: &str) -> Work {
        Work::of_entry(entry, entry).unwrap()
    }

    #[test]
    fn an_entry_gives_author_title_year_and_numbers() {
        let read = work(JOURNAL);
        assert_eq!(read.author.as_deref(), Some("Doe"));
        assert_eq!(read.title.as_deref(), Some("Drugs for nerve pain in adults: a systematic review"));
        assert_eq!(read.year.as_deref(), Some("2015"));
        assert_eq!(read.doi.as_deref(), Some("10.1000/s0001(14)70251-0"));
        assert_eq!(read.name(), "Doe 2015");
        assert_eq!(work("PMID: 25575710").name(), "PMID 25575710");
        assert_eq!(work("see https://pubmed.ncbi.nlm.nih.gov/25575710/").pmid.as_deref(), Some("25575710"));
        assert_eq!(work("(https://doi.org/10.1000/abc.def).").doi.as_deref(), Some("10.1000/abc.def"));
        assert_eq!(work("Guideline on the care of nerve pain, Examples Society, 2026").author, None);
        assert_eq!(Work::of_entry("3", "3"), None);
        assert_eq!(Work::of_entry("Product information", ""), None);
    }

    #[test]
    fn works_are_the_same_by_number_else_by_title_author_and_year() {
        let journal = work(JOURNAL);
        assert!(journal.is_same(&work("https://doi.org/10.1000/s0001(14)70251-0")));
        assert!(
            journal.is_same(&work("Doe J et al. Drugs for Nerve Pain in Adults - a systematic review. J Ex, 2015"))
        );
        assert!(journal.is_same(&work("\"Drugs for nerve pain in adults: a systematic review\", 2015")));
        assert!(!journal.is_same(&work("Doe J. Drugs for nerve pain in adults: a systematic review. J Ex 2019")));
        assert!(!journal.is_same(&work("Moe J. Drugs for nerve pain in adults: a systematic review. J Ex 2015")));
        assert!(!journal.is_same(&work("Doe J. Drugs for nerve pain in children: a review. J Ex 2015")));
        assert!(!journal.is_same(&work(&JOURNAL.replace("70251", "70252"))), "an update has a number of its own");
        assert!(!work("PMID 25575710").is_same(&work("doi:10.1000/abc")));
    }

    #[test]
    fn an_author_and_a_year_mean_a_work() {
        assert!(work(JOURNAL).is_by("Doe", "2015"));
        assert!(!work(JOURNAL).is_by("Doe", "2014") && !work(JOURNAL).is_by("Roe", "2015"));
    }
}
