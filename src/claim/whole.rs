//! What holds for a whole article: its subject, its conditions, its main use,
//! whether it reports research.

use super::Name;
use super::above::Scopes;
use super::scope::{Section, is_indication};
use crate::mention::{Reading, What};
use crate::text::{Article, Block, BlockId, BlockKind};
use crate::vocabulary::{ConditionId, CueKind, Vocabulary};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What holds for the whole article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole {
    /// The drug or combination it is about.
    pub subject: Vec<Name>,
    /// Whether its title says so; else it is the one named most.
    pub titled: bool,
    /// Its title, in lower case.
    pub topic: Option<Name>,
    /// The conditions its title names.
    pub conditions: Vec<Name>,
    /// What it says the drug is mainly used for.
    pub main_use: Vec<Name>,
    /// The places where its drug is put, if it is hardly given otherwise: an
    /// article on eye drops.
    pub local_routes: Vec<Name>,
    /// Whether it reports research instead of giving advice.
    pub is_report: bool,
    /// Whether its title is hardly more than the name of a drug: "Glucose
    /// abnormalities in adults" is no article on glucose.
    pub is_monograph: bool,
    /// The parts of "A + flavoured base + B" in its title that are no known drug.
    pub unknown_parts: Vec<Name>,
}

impl Whole {
    /// The title, if it names a mixture: "a + b".
    pub fn mixture(&self) -> Option<&Name> {
        self.topic.as_ref().filter(|title| title.contains(" + "))
    }
}

/// What the whole article is about: the drug or combination of its title, else
/// the one named most often.
pub(crate) fn whole(scopes: &Scopes) -> Whole {
    let Scopes { article, readings, vocabulary, .. } = *scopes;
    let is_title = |block: &Block| matches!(block.kind, BlockKind::Title | BlockKind::Heading(1));
    let titles = || (0..article.blocks.len()).filter(|id| is_title(&article.blocks[*id]));
    let unknown_parts = titles().find(|id| article.blocks[*id].text.contains(" + "));
    let unknown_parts = unknown_parts.map(|id| self::unknown_parts(&article.blocks[id].text, &readings[id]));
    let titles: Vec<BlockId> = titles().take(3).collect();
    let named: Vec<&Vec<Name>> = titles.iter().flat_map(|id| &scopes.of(*id).drugs).collect();
    let conditions = titles.iter().flat_map(|id| scopes.of(*id).conditions.iter().cloned());
    // "Allergic reactions" as a title is what is treated; elsewhere it seldom is.
    let allergy = |id: &BlockId| {
        readings[*id].mentions.iter().find_map(|mention| match mention.what {
            What::Condition(id) => {
                let name = &vocabulary.conditions[id.index()].name;
                (&**name == "hypersensitivity").then(|| name.clone())
            }
            _ => None,
        })
    };
    let conditions = conditions.chain(titles.iter().filter_map(allergy)).collect();
    let only = named.first().filter(|first| named.iter().all(|names| names == *first));
    let title = only.map(|names| (*names).clone()).or_else(|| own_title(&titles, scopes));
    let unsaid =
        || article.unsaid.iter().rev().map(|id| &scopes.of(*id).drugs).find_map(|drugs| drugs.first().cloned());
    let title = title.or_else(unsaid);
    let titled = title.is_some();
    let subject = title.or_else(|| most_named(readings)).unwrap_or_default();
    let main_use = main_use(article, readings, vocabulary);
    let topic = titles.first().map(|id| Name::from(article.blocks[*id].text.trim().to_lowercase()));
    let local_routes = local_routes(readings, vocabulary);
    Whole {
        subject,
        titled,
        topic,
        conditions,
        main_use,
        local_routes,
        is_report: is_report(readings),
        is_monograph: titles.first().is_some_and(|id| is_a_name(&article.blocks[*id].text, &readings[*id])),
        unknown_parts: unknown_parts.unwrap_or_default(),
    }
}

/// Whether a title is hardly more than the name of a drug.
fn is_a_name(title: &str, reading: &Reading) -> bool {
    let is_named = reading.mentions.iter().any(|mention| matches!(mention.what, What::Drugs(_)));
    is_named && title.split_whitespace().count() <= 2
}

/// The parts of a title with plus signs that are no known drug.
fn unknown_parts(title: &str, reading: &Reading) -> Vec<Name> {
    let mut parts = Vec::new();
    let mut from = 0;
    for part in title.split('+') {
        let to = from + part.len();
        let is_known = reading.mentions.iter().any(|mention| {
            let bytes = reading.bytes(mention.tokens.clone());
            matches!(mention.what, What::Drugs(_)) && bytes.start < to && from < bytes.end
        });
        if !is_known && !part.trim().is_empty() {
            parts.push(Name::from(part.trim().to_lowercase()));
        }
        from = to + 1;
    }
    parts
}

/// The local routes of an article that speaks of them at least four times, and
/// four times as often as of routes into the whole body.
fn local_routes(readings: &[Reading], vocabulary: &Vocabulary) -> Vec<Name> {
    const LEAST: usize = 4;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut systemic = 0;
    for mention in readings.iter().flat_map(|reading| &reading.mentions) {
        let (What::Route(name) | What::Form(name)) = &mention.what else { continue };
        match local_route(name, vocabulary) {
            Some(route) => *counts.entry(route).or_default() += 1,
            None if is_systemic(name) => systemic += 1,
            None => {}
        }
    }
    let total: usize = counts.values().sum();
    if total < LEAST || systemic * 4 > total {
        return Vec::new();
    }
    counts.into_iter().filter(|(_, count)| count * 4 >= total).map(|(route, _)| Name::from(route)).collect()
}

/// The route by which a form or a way of giving stays in one place.
fn local_route<'v>(name: &str, vocabulary: &'v Vocabulary) -> Option<&'v str> {
    const LOCAL: [&str; 5] = ["topical", "ophthalmic", "otic", "intranasal", "vaginal"];
    let route = match name {
        "both eyes" | "left eye" | "right eye" => "ophthalmic",
        "both ears" | "left ear" | "right ear" => "otic",
        // It is put in one place for the whole body.
        "vaginal ring" => return None,
        _ => {
            let of_form = vocabulary.form(name).and_then(|form| vocabulary.forms[form.index()].route);
            &*vocabulary.routes[of_form.or_else(|| vocabulary.route(name))?.index()].name
        }
    };
    LOCAL.contains(&route).then_some(route)
}

fn is_systemic(name: &str) -> bool {
    let routes = ["oral", "intravenous", "intramuscular", "subcutaneous", "parenteral", "intravenous infusion"];
    let forms = ["tablet", "capsule", "syrup", "injection", "infusion"];
    routes.contains(&name) || forms.contains(&name)
}

/// What the article says the drug is mainly used for: the conditions of the first
/// sentence that says what it is used for, if they are one condition and its
/// kinds, or the first of them where the sentence says "primarily".
fn main_use(article: &Article, readings: &[Reading], vocabulary: &Vocabulary) -> Vec<Name> {
    const USES: [&str; 12] = [
        "used to treat",
        "used for",
        "used in the",
        "prescribed for",
        "prescribed to",
        "indicated for",
        "indicated in",
        "for the treatment of",
        "for the management of",
        "medication to treat",
        "approved for",
        "treatment of choice for",
    ];
    let is_use = |id: ConditionId| is_indication(&vocabulary.conditions[id.index()]);
    static USE: LazyLock<AhoCorasick> = LazyLock::new(|| {
        let phrases =
            AhoCorasick::builder().ascii_case_insensitive(true).match_kind(MatchKind::LeftmostFirst).build(USES);
        phrases.expect("the phrases are constant, and tested")
    });
    for (block, reading) in article.blocks.iter().zip(readings) {
        let names_use = |what: &What| matches!(what, What::Condition(id) if is_use(*id));
        if !reading.mentions.iter().any(|mention| names_use(&mention.what)) {
            continue;
        }
        for sentence in &reading.sentences {
            if !reading.within(sentence.clone()).any(|mention| names_use(&mention.what)) {
                continue;
            }
            let bytes = reading.bytes(sentence.clone());
            let words = &block.text[bytes.clone()];
            let Some(phrase) = USE.find_iter(words).find(|phrase| says_so(&words[..phrase.start()])) else { continue };
            let from = bytes.start + phrase.start();
            let named: Vec<ConditionId> = reading
                .within(sentence.clone())
                .filter(|mention| reading.tokens[mention.tokens.start].range.start >= from)
                .filter_map(|mention| match mention.what {
                    What::Condition(id) if is_use(id) => Some(id),
                    _ => None,
                })
                .collect();
            let Some(first) = named.first() else { continue };
            let alike = named.iter().all(|id| vocabulary.is_kind_of(*id, *first) || vocabulary.is_kind_of(*first, *id));
            let text = block.text[bytes].to_lowercase();
            let mainly = ["primarily", "mainly", "chiefly", "principally"].iter().any(|word| text.contains(word));
            let name = vocabulary.conditions[first.index()].name.clone();
            return if alike || mainly { vec![name] } else { Vec::new() };
        }
    }
    Vec::new()
}

/// Whether what stands before the words for a use leaves them as they are:
/// neither "contra|indicated in" nor "must not be |used in the" names a use.
fn says_so(before: &str) -> bool {
    const NEAR: usize = 3;
    if before.ends_with(char::is_alphanumeric) {
        return false;
    }
    let mut near = before.split_whitespace().rev().take(NEAR);
    !near.any(|word| ["not", "never", "cannot"].iter().any(|no| word.eq_ignore_ascii_case(no)) || word.ends_with("n't"))
}

/// A monograph names other drugs in a few headings at most.
const MOST_DRUG_HEADINGS: usize = 8;

/// The title of a monograph on a drug that the vocabulary does not know: an
/// article with sections on contraindications, side effects or interactions is
/// about what its short title says.
fn own_title(titles: &[BlockId], scopes: &Scopes) -> Option<Vec<Name>> {
    let Scopes { article, readings, .. } = *scopes;
    let is_telling = |id: &BlockId| {
        matches!(article.blocks[*id].kind, BlockKind::Heading(_))
            && matches!(
                scopes.of(*id).section,
                Some(Section::Contraindication | Section::Adverse | Section::Interaction)
            )
    };
    let sections = (0..article.blocks.len()).filter(is_telling).count();
    let title = *titles.iter().find(|id| article.blocks[**id].kind == BlockKind::Title)?;
    let unknown = readings[title].mentions.iter().all(|mention| matches!(mention.what, What::Form(_) | What::Route(_)));
    let words = readings[title].tokens.len();
    let name = article.blocks[title].text.trim().to_lowercase();
    let is_named = || article.blocks.iter().filter(|block| block.text.to_lowercase().contains(&name)).count() >= 4;
    // A chapter on many drugs names them in its headings.
    let names_drugs = |id: &BlockId| {
        matches!(article.blocks[*id].kind, BlockKind::Heading(_))
            && readings[*id].mentions.iter().any(|mention| matches!(mention.what, What::Drugs(_)))
    };
    let is_chapter = (0..article.blocks.len()).filter(names_drugs).count() > MOST_DRUG_HEADINGS;
    (sections >= 2 && unknown && words <= 5 && !is_chapter && is_named()).then(|| vec![Name::from(name.as_str())])
}

/// Substances that articles speak of without giving them.
fn is_everyday(name: &Name) -> bool {
    matches!(
        &**name,
        "dextrose"
            | "glucose"
            | "ethanol"
            | "sodium chloride"
            | "oxygen"
            | "water"
            | "calcium"
            | "potassium"
            | "iron"
            | "alcohol"
            | "sodium"
            | "cholesterol"
            | "albumin"
            | "urea"
            | "magnesium"
            | "caffeine"
            | "nicotine"
    )
}

/// The drug that is mentioned far more often than any other.
fn most_named(readings: &[Reading]) -> Option<Vec<Name>> {
    let mut counts: BTreeMap<&[Name], usize> = BTreeMap::new();
    for mention in readings.iter().flat_map(|reading| &reading.mentions) {
        if let What::Drugs(names) = &mention.what
            && !names.iter().all(is_everyday)
        {
            *counts.entry(names).or_default() += 1;
        }
    }
    let total: usize = counts.values().sum();
    let mut ranked: Vec<(&[Name], usize)> = counts.into_iter().collect();
    ranked.sort_by_key(|(names, count)| (std::cmp::Reverse(*count), *names));
    let (names, count) = *ranked.first()?;
    let second = ranked.get(1).map_or(0, |(_, count)| *count);
    // Two fifths of all mentions, and twice as many as any other drug.
    (count * 5 >= total * 2 && count >= second * 2 && count >= 4).then(|| names.to_vec())
}

/// A report of research speaks of participants and trials throughout.
fn is_report(readings: &[Reading]) -> bool {
    let tokens: usize = readings.iter().map(|reading| reading.tokens.len()).sum();
    let cues = readings
        .iter()
        .flat_map(|reading| &reading.mentions)
        .filter(|mention| matches!(mention.what, What::Cue(CueKind::Reported | CueKind::Placebo)))
        .count();
    tokens > 80 && cues * 100 > tokens * 2
}
