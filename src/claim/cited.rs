//! The works that a passage cites: its marks, resolved by the article's list of
//! references.
//!
//! Marks are looked for in the bytes of the file: footnotes, links and raised
//! numbers leave nothing in the text that is read.

use super::{Claim, Name};
use crate::source::Source;
use crate::text::{Article, Block, BlockKind};
use crate::work::Work;
use regex::{Captures, Regex};
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Headings over lists of references, in lower case.
const LISTS: [&str; 10] = [
    "references",
    "reference list",
    "list of references",
    "key references",
    "selected references",
    "bibliography",
    "sources",
    "citations",
    "works cited",
    "literature",
];

/// Fills in the works that the claims of an article cite.
pub(super) fn resolve(source: &Source, article: &Article, claims: &mut [Claim]) {
    let references = References::of(source, article);
    if references.is_empty() && !Work::may_be_in(&source.text) {
        return;
    }
    for claim in claims {
        claim.works = works(&source.text, claim, &references);
    }
}

/// The entries of an article's list of references, by their marks.
#[derive(Default)]
struct References {
    marked: FxHashMap<Name, Work>,
    all: Vec<Work>,
}

impl References {
    fn of(source: &Source, article: &Article) -> Self {
        let mut references = Self::default();
        let is_over_list = |id: &usize| {
            let heading = article.blocks[*id].text.trim_matches(|letter: char| !letter.is_alphabetic()).to_lowercase();
            LISTS.contains(&heading.as_str())
        };
        let mut number = 0;
        let mut list = None;
        // Blocks below the same headings follow each other.
        let (mut headings, mut is_listed) = (&[][..], false);
        for (id, block) in article.blocks.iter().enumerate() {
            let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem { .. });
            if block.place.headings != headings {
                headings = &block.place.headings;
                is_listed = headings.iter().any(is_over_list);
            }
            if !is_text || !is_listed {
                continue;
            }
            // A list of its own counts from its own first number.
            if block.place.list.is_none() || block.place.list != list {
                list = block.place.list;
                number = 0;
            }
            let line = line(&source.text, article, id);
            let written = number_of(&source.text[line.clone()]).filter(|_| list.is_none() || number == 0);
            number = written.unwrap_or(number + 1);
            references.add(Name::from(number.to_string()), &block.text, &source.text[line]);
        }
        if source.text.contains("]:") {
            for found in DEFINITION.captures_iter(&source.text) {
                references.add(Name::from(found[1].to_lowercase()), &found[2], &found[2]);
            }
        }
        references
    }

    fn add(&mut self, mark: Name, entry: &str, written: &str) {
        // More is no entry, but a text under a wrong heading.
        const LONGEST: usize = 1500;
        if entry.len() <= LONGEST
            && let Some(work) = Work::of_entry(entry, written)
        {
            self.all.push(work.clone());
            self.marked.entry(mark).or_insert(work);
        }
    }

    fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The only work of an author and a year.
    fn by(&self, author: &str, year: &str) -> Option<&Work> {
        let mut found = self.all.iter().filter(|work| work.is_by(author, year));
        found.next().filter(|first| found.all(|other| other.is_same(first)))
    }
}

/// The footnotes and link definitions of Markdown: "[^1]: Finnerup NB …".
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^ {0,3}\[(\^?[^\]\s]{1,40})\]:[ \t]*(\S.*(?:\n[ \t]+\S.*)*)")
        .expect("the pattern is constant, and tested")
});

/// A mark, or a work that the text names itself.
static MARK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)
          \[ (?<note>\^[^\]\s]{1,40}) \]
        | \\?\[ (?<list>\d{1,3} (?:\s*[,;–-]\s*\d{1,3})*) \\?\]
        | <sup[^>]{0,200}> (?<sup>[^\n]{1,300}?) </sup>
        | (?<raised>[⁰¹²³⁴-⁹]+ (?:[,˒⁻][⁰¹²³⁴-⁹]+)*)
        | (?<author>\p{Lu}[\p{L}'’-]+) (?:\s+(?:and|&)\s+\p{Lu}[\p{L}'’-]+|\s+et\s+al\.?)? ,?\s*\(?
            (?<year>(?:19|20)\d\d)(?-u:\b)
        | (?-u:\b)10\.\d{4,9}/[^\s"'<>\[\]{}|\\^`]+
        | (?i: (?:PMID:?\s*|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)\d{4,9})
        "#,
    )
    .expect("the pattern is constant, and tested")
});

/// The works that a claim cites: by the marks next behind it in its sentence or
/// right after the full stop, else by the last ones before it. Between two marks
/// it is only said where nothing parts the claim from the second.
fn works(text: &str, claim: &Claim, references: &References) -> Vec<Work> {
    /// No mark is looked for further off; a list without full stops may be as
    /// long as a file.
    const REACH: usize = 1000;
    let (start, end) = (claim.sentence.start.min(claim.span.start), claim.sentence.end.max(claim.span.end));
    let window = floor(text, start.max(claim.span.start.saturating_sub(REACH)))
        ..floor(text, (end + REACH / 4).min(claim.span.end + REACH));
    let groups = groups(text, window, references);
    let is_own = |at: usize| at <= end || is_between(&text[end..at]);
    let behind = groups.iter().find(|group| group.place.start >= claim.span.start && is_own(group.place.start));
    // What opens a sentence belongs to the one before it.
    let before = groups.iter().rev().find(|group| group.place.end <= claim.span.start && group.place.start > start);
    match (behind, before) {
        (Some(behind), Some(_)) => {
            let gap = &text[claim.span.end.min(behind.place.start)..behind.place.start];
            if is_parted(gap) { Vec::new() } else { behind.works.clone() }
        }
        (Some(behind), None) => behind.works.clone(),
        (None, before) => {
            let bare = claim.citations.iter().filter_map(|mark| references.marked.get(mark.as_str()));
            let bare: Vec<Work> = bare.cloned().collect();
            before.filter(|_| bare.is_empty()).map_or(bare, |before| before.works.clone())
        }
    }
}

/// The nearest boundary of characters at or before a place.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Whether another statement begins in a piece of a sentence.
fn is_parted(gap: &str) -> bool {
    const OTHERS: [&str; 8] = ["and", "but", "while", "whereas", "versus", "vs", "or", "compared"];
    let mut words = gap.split(|letter: char| !letter.is_alphanumeric());
    gap.contains([',', ';']) || words.any(|word| OTHERS.contains(&word.to_lowercase().as_str()))
}

/// Marks that stand side by side, and the works that they stand for.
struct Group {
    place: Range<usize>,
    works: Vec<Work>,
}

/// The marks in a range that stand for known works.
fn groups(text: &str, range: Range<usize>, references: &References) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for found in MARK.captures_iter(&text[range.clone()]) {
        let whole = found.get(0).map_or(0..0, |whole| range.start + whole.start()..range.start + whole.end());
        let resolved = resolved(&found, &text[range.start..whole.start], references);
        if resolved.is_empty() {
            continue;
        }
        let is_next = groups.last().is_some_and(|last| is_between(&text[last.place.end..whole.start]));
        if !is_next {
            groups.push(Group { place: whole.start..whole.end, works: Vec::new() });
        }
        if let Some(group) = groups.last_mut() {
            group.place.end = whole.end;
            for work in resolved {
                if !group.works.iter().any(|known| known.is_same(&work)) {
                    group.works.push(work);
                }
            }
        }
    }
    groups
}

/// Whether nothing but marks and brackets stands between two marks, or between
/// a sentence and its marks.
fn is_between(gap: &str) -> bool {
    let is_address = |word: &str| word.contains("://") || word.contains("doi");
    let is_one_block = !gap.contains("\n\n") && !gap.contains("\r\n\r\n");
    is_one_block
        && gap.split_whitespace().all(|word| {
            is_address(word)
                || matches!(word, "and" | "&" | "see")
                || !word.contains(|letter: char| letter.is_alphanumeric())
        })
}

/// The works that a mark stands for.
fn resolved(found: &Captures<'_>, before: &str, references: &References) -> Vec<Work> {
    let part = |name| found.name(name).map(|part| part.as_str());
    if let Some(note) = part("note") {
        return references.marked.get(note.to_lowercase().as_str()).cloned().into_iter().collect();
    }
    if let Some(raised) = part("sup").or(part("raised")) {
        // "m²", "10⁹" and "kg/m<sup>2</sup>" cite nothing.
        let word = before.rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let is_power = word.ends_with(|letter: char| letter.is_ascii_digit()) || matches!(word, "m" | "cm" | "mm");
        return if is_power { Vec::new() } else { numbered(&lowered(raised), references) };
    }
    if let Some(list) = part("list") {
        return numbered(list, references);
    }
    match part("author").zip(part("year")) {
        Some((author, year)) => references.by(author, year).cloned().into_iter().collect(),
        None => Work::of_entry("", &found[0]).into_iter().collect(),
    }
}

/// The works of a list of numbers such as "1, 3–5".
fn numbered(list: &str, references: &References) -> Vec<Work> {
    /// Nobody cites more at once.
    const MOST: u32 = 20;
    let mut numbers: Vec<u32> = Vec::new();
    for part in list.split([',', ';']) {
        let ends: Vec<u32> = part.split(['–', '-']).filter_map(|end| end.trim().parse().ok()).collect();
        match ends.as_slice() {
            [one] => numbers.push(*one),
            [first, last] if first < last && last - first < MOST => numbers.extend(*first..=*last),
            _ => {}
        }
    }
    numbers.iter().filter_map(|number| references.marked.get(number.to_string().as_str())).cloned().collect()
}

/// Raised digits as usual ones, without tags and brackets.
fn lowered(raised: &str) -> String {
    let mut lowered = String::new();
    let mut is_tag = false;
    for letter in raised.chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if is_tag => {}
            '¹' => lowered.push('1'),
            '²' => lowered.push('2'),
            '³' => lowered.push('3'),
            '⁰' | '⁴'..='⁹' => {
                lowered.extend(char::from_digit(u32::from(letter) - u32::from('⁰'), 10));
            }
            '⁻' => lowered.push('-'),
            '˒' => lowered.push(','),
            '[' | ']' => {}
            other => lowered.push(other),
        }
    }
    lowered
}

/// The lines of a file that a block lies on, without the blocks beside it.
fn line(text: &str, article: &Article, id: usize) -> Range<usize> {
    let span = |block: &Block| block.span(0..block.text.len());
    let own = span(&article.blocks[id]);
    let before = id.checked_sub(1).map_or(0, |before| span(&article.blocks[before]).end).min(own.start);
    let next = article.blocks.get(id + 1).map_or(text.len(), |next| span(next).start).max(own.end);
    let start = text[before..own.start].rfind('\n').map_or(before, |end| before + end + 1);
    let end = text[own.end..next].find('\n').map_or(next, |length| own.end + length);
    start..end
}

/// The number that an entry starts with: "3. Doe J", "[3] Doe J".
fn number_of(line: &str) -> Option<u32> {
    let rest = line.trim_start_matches(|letter: char| letter.is_whitespace() || matches!(letter, '[' | '\\' | '('));
    let end = rest.find(|letter: char| !letter.is_ascii_digit())?;
    let number = rest[..end].parse().ok().filter(|_| end <= 3)?;
    rest[end..].starts_with(['.', ')', ']', '\\']).then_some(number)
}

#[cfg(test)]
mod tests {
    use crate::source::{Format, Source};
    use crate::vocabulary::Vocabulary;
    use crate::{mention, text};

    const LIST: &str = "\n\n## References\n\n\
        1. Doe J, Roe R. Drugs for nerve pain in adults: a review. J Ex. 2015;14:162-73.\n\
        2. Moe J et al. Trial of two doses against a placebo. J Ex. 2012. PMID: 11111111\n\
        3. Poe P. Long-term treatment of nerve pain with tablets. J Ex. 2019.\n";

    /// The works that the last claim of a text cites.
    fn cited_in(format: Format, body: &str, list: &str) -> String {
        let source = Source::new("article", format, format!("{body}{list}"));
        let vocabulary = Vocabulary::builtin();
        let article = text::read(&source);
        let readings = mention::read(&article, vocabulary);
        let (claims, _) = crate::claim::extract(&source, &article, &readings, vocabulary);
        let works = claims.last().map(|claim| claim.works.iter().map(|work| work.name()).collect::<Vec<_>>());
        works.unwrap_or_else(|| panic!("no claim: {body}")).join(", ")
    }

    fn cited(body: &str) -> String {
        cited_in(Format::Markdown, body, LIST)
    }

    #[test]
    fn marks_lead_to_the_list_of_references() {
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6 [1]."), "Doe 2015");
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6.[1] Many stop."), "Doe 2015");
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6. [1] Many stop."), "Doe 2015");
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6.<sup>1,3</sup>"), "Doe 2015, Poe 2019");
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6.¹"), "Doe 2015");
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6 [1–3]."), "Doe 2015, Moe 2012, Poe 2019");
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6 [[2]](#ref2)."), "Moe 2012");
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6 (Doe & Roe, 2015)."), "Doe 2015");
        assert_eq!(
            cited("The NNT of amitriptyline for pain is 3.6 (Moe et al. 2012; Poe 2019)."),
            "Moe 2012, Poe 2019"
        );
        assert_eq!(cited("In Doe and Roe (2015) the NNT of amitriptyline for pain was 3.6."), "Doe 2015");
        assert_eq!(cited("The NNT of amitriptyline for pain was 3.6 in a review [1] of many."), "Doe 2015");
    }

    #[test]
    fn footnotes_links_and_numbers_name_a_work() {
        let note = |note: &str| cited_in(Format::Markdown, "The NNT of amitriptyline for pain is 3.6.[^a]\n\n", note);
        assert_eq!(note("[^a]: Doe J. Drugs for nerve pain in adults: a review. 2015.\n"), "Doe 2015");
        assert_eq!(note("[^b]: Doe J. Drugs for nerve pain in adults: a review. 2015.\n"), "");
        let linked = "The NNT of amitriptyline for pain is 3.6 ([a trial](https://doi.org/10.1000/abc)).";
        assert_eq!(cited_in(Format::Markdown, linked, ""), "doi:10.1000/abc");
        let linked = "The NNT of amitriptyline for pain is 3.6 [1](https://pubmed.ncbi.nlm.nih.gov/22222222/).";
        assert_eq!(cited_in(Format::Markdown, linked, ""), "PMID 22222222");
        let page = "<p>The NNT of amitriptyline for pain is 3.6.<sup><a href=\"#r2\">2</a></sup></p><h2>References</h2>\
            <ol><li>Doe J. Drugs for nerve pain in adults: a review. 2015.</li>\
            <li>Moe J. Trial of two doses against a placebo. 2012.</li></ol>";
        assert_eq!(cited_in(Format::Html, page, ""), "Moe 2012");
    }

    #[test]
    fn marks_of_something_else_are_not_the_claims_own() {
        assert_eq!(cited("Pain is common [2]. The NNT of amitriptyline for pain is 3.6. Many stop."), "");
        assert_eq!(cited("Pain is common. [2] The NNT of amitriptyline for pain is 3.6. Many stop."), "");
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6. Many stop [2]."), "");
        assert_eq!(
            cited("In one trial [1] the NNT of amitriptyline for pain was 3.6, in another [2] it was more."),
            ""
        );
        assert_eq!(cited("The NNT of amitriptyline for pain is 3.6 (Zoe 2015)."), "", "no such entry");
        assert_eq!(cited("Start amitriptyline at 25 mg at night, not by surface: 25 mg for 1.7 m<sup>2</sup>."), "");
    }
}
