//! Where an article says when it was made, changed or reviewed.

use crate::dated::{Dated, Event};
use regex::Regex;
use std::sync::LazyLock;

/// Keys of front matter, and names of `<meta>`, in lower case and without
/// what stands between their words.
const UPDATED: [&str; 19] = [
    "updated",
    "updatedat",
    "updatedon",
    "lastupdated",
    "lastupdate",
    "dateupdated",
    "modified",
    "lastmodified",
    "lastmod",
    "datemodified",
    "edited",
    "revised",
    "lastrevised",
    "reviewed",
    "reviewedon",
    "datereviewed",
    "lastreviewed",
    "lastreview",
    "medicallyreviewed",
];
const PUBLISHED: [&str; 10] = [
    "date",
    "published",
    "publishedat",
    "publishedon",
    "datepublished",
    "pubdate",
    "publishdate",
    "publicationdate",
    "created",
    "datecreated",
];

/// The date that a key of the front matter gives.
pub(super) fn of_key(key: &str, value: &str) -> Option<Dated> {
    let key: String = key.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    let event = if UPDATED.contains(&key.as_str()) {
        Event::Updated
    } else if PUBLISHED.contains(&key.as_str()) {
        Event::Published
    } else {
        return None;
    };
    Dated::parse(event, value)
}

/// The date that the head of a page gives: `article:modified_time`,
/// `dcterms.modified`, `citation_publication_date`.
pub(super) fn of_meta(name: &str, content: &str) -> Option<Dated> {
    let key: String = name.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>().to_lowercase();
    let vocabulary = ["article", "ogarticle", "og", "dcterms", "dcdate", "dc", "citation"];
    let names = vocabulary.iter().filter_map(|vocabulary| key.strip_prefix(vocabulary)).chain([key.as_str()]);
    let known = names.map(|name| name.strip_suffix("time").unwrap_or(name));
    known.filter(|name| !name.is_empty()).find_map(|name| of_key(name, content))
}

/// The date of a line such as "Last updated: 3 May 2024" or "Version 4, 2021".
pub(super) fn of_line(text: &str) -> Option<Dated> {
    static PATTERN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?xi)^ \W*
              (?: (?:portions\s+of\s+)? (?:(?:this|the)\s+)?
                  (?:page|article|content|document|leaflet|information|guideline|guidance|monograph|topic|text|date) \s+
                  (?:(?:was|is|has\s+been|of)\s+)? )?
              (?:
                  (?: (?:last|most\s+recently|recently) \s+)? (?:medically\s+|clinically\s+)?
                  (?: updated|reviewed|modified|revised|changed|edited )
                  (?: \s+ (?:and|&) \s+ (?:updated|reviewed|revised) )?
                | last \s+ (?:review|update|revision) (?:\s+date)?
                | current \s+ (?:as \s+ (?:of|at))
                | version \s+ \d+(?:\.\d+)* ,?
                | (?<published> (?:first\s+|originally\s+)? (?:published|issued) )
              )
              (?: \s+ (?:on|in|as\s+of) )? \s* [:(–-]? \s*
              (?<date> [\p{L}\d] .* )",
        )
        .expect("the pattern is constant, and tested")
    });
    if text.len() > LONGEST_LINE || !may_be_dated(text) {
        return None;
    }
    let found = PATTERN.captures(text)?;
    let event = if found.name("published").is_some() { Event::Published } else { Event::Updated };
    Dated::parse(event, &found["date"])
}

/// Longer texts are no lines that give a date.
const LONGEST_LINE: usize = 400;

/// Whether a text begins as a line with a date does, and has a digit. Most texts
/// do not, and need no pattern, which costs more to make than a short article to
/// read.
fn may_be_dated(text: &str) -> bool {
    const FIRST: [&str; 32] = [
        "portions",
        "this",
        "the",
        "page",
        "article",
        "content",
        "document",
        "leaflet",
        "information",
        "guideline",
        "guidance",
        "monograph",
        "topic",
        "text",
        "date",
        "last",
        "most",
        "recently",
        "medically",
        "clinically",
        "updated",
        "reviewed",
        "modified",
        "revised",
        "changed",
        "edited",
        "current",
        "version",
        "first",
        "originally",
        "published",
        "issued",
    ];
    let first = text.trim_start_matches(|sign: char| !sign.is_alphanumeric());
    let Some(letter) = first.bytes().next().map(|letter| letter.to_ascii_lowercase()) else { return false };
    let begins = |word: &&str| {
        word.as_bytes()[0] == letter && first.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    FIRST.iter().any(begins) && text.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<(Event, String)> {
        of_line(text).map(|dated| (dated.event, dated.written))
    }

    fn updated(date: &str) -> Option<(Event, String)> {
        Some((Event::Updated, date.to_owned()))
    }

    #[test]
    fn the_date_of_the_last_change_is_found_in_its_usual_forms() {
        assert_eq!(line("Last updated: March 3, 2025View policy"), updated("March 3, 2025"));
        assert_eq!(line("Reviewed on 3 Mar 2025"), updated("3 Mar 2025"));
        assert_eq!(line("Page last reviewed: 2025-03-03"), updated("2025-03-03"));
        assert_eq!(line("This leaflet was last revised in 05/2022."), updated("05/2022"));
        assert_eq!(line("This information is current as of May 16, 2025, and may change"), updated("May 16, 2025"));
        assert_eq!(line("Last reviewed and updated: May 2023"), updated("May 2023"));
        assert_eq!(line("Date of last review: May 2023"), updated("May 2023"));
        assert_eq!(line("Version 4.1, 2021"), updated("2021"));
        assert_eq!(line("Version 4 (March 2021)"), updated("March 2021"));
        assert_eq!(line("First published 12 May 2011"), Some((Event::Published, "12 May 2011".to_owned())));
    }

    #[test]
    fn other_dates_are_not_the_articles_own() {
        assert_eq!(line("The dose was last updated in March 2025"), None);
        assert_eq!(line("Next review: March 2027"), None);
        assert_eq!(line("Recent guidelines, updated in 2012, suggest"), None);
        assert_eq!(line("Reviewed 2 of 2020 charts"), None);
        assert_eq!(of_key("next_review", "2027-01-01"), None);
        assert_eq!(of_key("review_date", "2027-01-01"), None, "whether it is past or to come is not said");
        assert_eq!(of_key("updated", "yes"), None);
    }

    #[test]
    fn the_head_of_a_page_is_read_in_its_usual_vocabularies() {
        let event = |name| of_meta(name, "2021-04-05").map(|dated| dated.event);
        for name in ["article:modified_time", "dcterms.modified", "DC.Date.Modified", "last-modified", "dateModified"] {
            assert_eq!(event(name), Some(Event::Updated), "{name}");
        }
        for name in ["article:published_time", "citation_publication_date", "dcterms.created", "date"] {
            assert_eq!(event(name), Some(Event::Published), "{name}");
        }
        assert_eq!(event("description"), None);
    }
}
