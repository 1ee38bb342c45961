//! Claims on their way from the machines that read articles to those that
//! compare them.
//!
//! Each article gives a part to each key that its claims take part in. Parts are
//! lines of JSON that sort by key, after what has to be known of other keys: so
//! any tool that sorts or shuffles lines brings together what is compared.

use crate::claim::Claim;
use crate::compare::{self, ArticleClaims, ClaimId, Item, Judged, Key, Pair};
use crate::finding::Finding;
use crate::lint::{self, Lint, fingerprint};
use crate::problem::Problem;
use crate::slip::Slip;
use crate::source::standard::{NAME, at, lost, no_line};
use crate::suppression::Suppression;
use crate::vocabulary::Vocabulary;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;
use std::path::Path;

/// A line. The names of the variants sort as they are to be read.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Line {
    /// What comparing a key has to know of other keys; the same line may come
    /// from many articles.
    Judged(Pair),
    /// What an article says about a key.
    Part(Part),
    /// What is wrong inside passages of an article. The same words in several
    /// articles are one key, so that they can be told apart by number.
    Slip(Part),
}

/// What of an article belongs to a key.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Part {
    /// The names of the drugs, or what the same words have in common; first, so
    /// that lines sort by it.
    pub key: Key,
    /// The article with no more than belongs to the key.
    pub article: ArticleClaims,
    /// What the article says about findings that are kept.
    pub suppressions: Vec<Suppression>,
}

/// The lines of an article.
pub fn lines(article: &ArticleClaims, suppressions: &[Suppression], vocabulary: &Vocabulary) -> Vec<Line> {
    let judged: BTreeSet<Pair> = article.claims.iter().filter_map(Pair::of).collect();
    let mut lines: Vec<Line> = judged.into_iter().map(Line::Judged).collect();
    for (key, claims) in compare::keys(&article.claims, vocabulary) {
        let claims = claims.into_iter().map(|claim| article.claims[claim].clone()).collect();
        lines.push(Line::Part(part(key, article, claims, Vec::new(), suppressions)));
    }
    let mut slips: BTreeMap<Key, Vec<Slip>> = BTreeMap::new();
    for slip in &article.slips {
        let quotes = slip.passages.iter().map(|passage| passage.quote.as_str());
        let words = fingerprint([slip.topic.name()].into_iter().chain(quotes));
        let key = Key::of_one(&words.into());
        slips.entry(key).or_default().push(slip.clone());
    }
    for (key, slips) in slips {
        let passages = || slips.iter().flat_map(|slip| &slip.passages);
        let is_beside = |claim: &&Claim| passages().any(|passage| passage.span.overlaps(claim.span));
        let claims = article.claims.iter().filter(is_beside).cloned().collect();
        lines.push(Line::Slip(part(key, article, claims, slips, suppressions)));
    }
    lines
}

fn part(key: Key, article: &ArticleClaims, claims: Vec<Claim>, slips: Vec<Slip>, suppressions: &[Suppression]) -> Part {
    // How much of an article was understood is no matter of a key.
    let ArticleClaims { path, dated, places, claims: _, slips: _, understanding: _ } = article;
    let mut part =
        ArticleClaims { path: path.clone(), dated: dated.clone(), claims, slips, ..ArticleClaims::default() };
    part.places = places.only(part.offsets());
    Part { key, article: part, suppressions: suppressions.to_vec() }
}

/// Everything that articles say about one key.
#[derive(Debug)]
pub struct Group {
    /// The key; none for slips of the same words.
    key: Option<Key>,
    /// In the order of their paths.
    articles: Vec<ArticleClaims>,
    /// What the articles say about findings that are kept.
    pub suppressions: Vec<Suppression>,
}

impl Group {
    /// Compares and judges.
    pub fn findings(&self, judged: &Judged, lints: &[Lint], vocabulary: &Vocabulary) -> Vec<Finding> {
        lint::in_order(match &self.key {
            Some(key) => {
                let items = self.articles.iter().enumerate().flat_map(|(article, of)| {
                    let claims = of.claims.iter().enumerate();
                    claims.map(move |(number, claim)| Item { id: ClaimId { article, claim: number }, claim })
                });
                let items: Vec<Item> = items.collect();
                let disagreements = compare::about(key, &items, judged, vocabulary);
                lint::of_disagreements(lints, &disagreements, &self.articles)
            }
            None => lint::of_slips(lints, &self.articles),
        })
    }

    /// Brings the lines of one key together.
    fn of(lines: Vec<Line>) -> Self {
        let mut group = Self { key: None, articles: Vec::new(), suppressions: Vec::new() };
        for line in lines {
            let part = match line {
                Line::Part(part) => {
                    group.key.get_or_insert_with(|| part.key.clone());
                    part
                }
                Line::Slip(part) => part,
                Line::Judged(_) => continue,
            };
            group.articles.push(part.article);
            group.suppressions.extend(part.suppressions);
        }
        group.articles.sort_by(|one, other| Path::new(&one.path).cmp(Path::new(&other.path)));
        group
    }
}

/// A line, and what of it says where it belongs: its bytes up to the article.
type Placed = (Vec<u8>, Line);

/// Sorted lines, read so that no more than one key is held at a time.
pub struct Groups<R> {
    input: R,
    /// The number of the line that was read last.
    number: usize,
    /// The first line that does not belong to the keys so far.
    ahead: Option<Placed>,
    /// What the lines before the first part say.
    pub judged: Judged,
    /// What is wrong with lines that were left out.
    pub problems: Vec<Problem>,
}

impl<R: BufRead> Groups<R> {
    /// Reads as far as the first part.
    ///
    /// # Errors
    ///
    /// When the input breaks off.
    pub fn new(input: R) -> Result<Self, Problem> {
        let mut groups = Self { input, number: 0, ahead: None, judged: Judged::default(), problems: Vec::new() };
        loop {
            match groups.line()? {
                Some((_, Line::Judged(pair))) => groups.judged.note(pair),
                ahead => {
                    groups.ahead = ahead;
                    return Ok(groups);
                }
            }
        }
    }

    /// Reads all that belongs to the next key; none at the end.
    ///
    /// # Errors
    ///
    /// When the input breaks off, or is not sorted.
    pub fn group(&mut self) -> Result<Option<Group>, Problem> {
        let Some((place, first)) = self.ahead.take() else { return Ok(None) };
        let mut lines = vec![first];
        while let Some((next, line)) = self.line()? {
            match next.cmp(&place) {
                Ordering::Less => return Err(self.unsorted()),
                Ordering::Equal => lines.push(line),
                Ordering::Greater => {
                    self.ahead = Some((next, line));
                    break;
                }
            }
        }
        Ok(Some(Group::of(lines)))
    }

    /// The next line that is one.
    fn line(&mut self) -> Result<Option<Placed>, Problem> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            self.number += 1;
            if self.input.read_until(b'\n', &mut bytes).map_err(|error| lost(&error))? == 0 {
                return Ok(None);
            }
            match serde_json::from_slice(&bytes) {
                // No string of a line can hold these bytes: there, a quotation mark has a backslash before it.
                Ok(line) => match bytes.windows(ARTICLE.len()).position(|window| window == ARTICLE) {
                    None if !matches!(line, Line::Judged(_)) => self.problems.push(self.rewritten()),
                    end => {
                        bytes.truncate(end.unwrap_or_default());
                        return Ok(Some((bytes, line)));
                    }
                },
                Err(_) if bytes.trim_ascii().is_empty() => {}
                Err(error) => self.problems.push(no_line("a claim", MADE_BY, &error, self.number)),
            }
        }
    }

    fn rewritten(&self) -> Problem {
        let problem = Problem::whole(NAME, "a line that was written anew").with_help(MADE_BY);
        at(problem, self.number, 1)
    }

    fn unsorted(&self) -> Problem {
        let problem = Problem::whole(NAME, "not sorted by key").with_help("`LC_ALL=C sort` brings lines in this order");
        at(problem, self.number, 1)
    }
}

/// What follows the key of a line.
const ARTICLE: &[u8] = b",\"article\":";

/// Where lines come from.
const MADE_BY: &str = "`clinlint claims --stdin-jsonl` writes such lines";
