//! One article at a time: readings of its blocks, scopes from outside in,
//! then one rule set for each kind of claim.

use super::scene::{Label, Scene, Whole, names};
use super::scope::{Scope, Section, is_indication};
use super::{Claim, Level, Name, contraindication, dose, line, number_needed, onset, rate, titration};
use crate::mention::{self, Reading, What};
use crate::source::Source;
use crate::text::token::TokenKind;
use crate::text::{Article, Block, BlockId, BlockKind};
use crate::vocabulary::{ConditionId, CueKind, Vocabulary};
use std::collections::BTreeMap;
use std::ops::Range;

/// Extracts the claims of an article, in the order of its text.
pub fn extract(source: &Source, article: &Article, vocabulary: &Vocabulary) -> Vec<Claim> {
    let readings: Vec<Reading> = article.blocks.iter().map(|block| mention::find(block, vocabulary)).collect();
    let scopes: Vec<Scope> = readings.iter().zip(&article.blocks).map(|(reading, block)| laid_down(reading, block, vocabulary)).collect();
    let whole = whole(article, &readings, &scopes, vocabulary);
    let levels = list_levels(article, &readings);
    let mut claims = Vec::new();
    let mut before = Before::default();
    for (id, (block, reading)) in article.blocks.iter().zip(&readings).enumerate() {
        if reading.mentions.is_empty() && block.place.leads.is_empty() && block.place.headings.is_empty() {
            continue;
        }
        let scene = Scene {
            article,
            file: &source.text,
            block,
            reading,
            vocabulary,
            whole: &whole,
            inherited: inherited(block, &scopes),
            labels: labels(block, reading, vocabulary),
            before: before.subject(block),
        };
        before.note(&scene);
        dose::extract(&scene, &mut claims);
        titration::extract(&scene, &mut claims);
        number_needed::extract(&scene, &mut claims);
        rate::extract(&scene, &mut claims);
        onset::extract(&scene, &mut claims);
        contraindication::extract(&scene, levels.get(&id).copied(), &mut claims);
        line::extract(&scene, &mut claims);
    }
    claims.sort_by_key(|claim| (claim.span.start, claim.span.end));
    claims
}

/// The subject that paragraphs carry on to the next ones in their section.
#[derive(Default)]
struct Before {
    headings: Vec<BlockId>,
    subject: Option<Vec<Name>>,
    age: usize,
}

impl Before {
    /// How many blocks without a subject a subject outlives.
    const LIFE: usize = 2;

    fn subject(&self, block: &Block) -> Option<Vec<Name>> {
        let same = block.place.headings == self.headings && self.age <= Self::LIFE;
        self.subject.clone().filter(|_| same && block.place.table.is_none())
    }

    fn note(&mut self, scene: &Scene) {
        let first = scene
            .subjects(0..scene.reading.tokens.len())
            .find(|mention| matches!(mention.what, What::Drugs(_)) && !scene.is_company(mention));
        if scene.block.place.headings != self.headings {
            self.subject = None;
            self.headings.clone_from(&scene.block.place.headings);
        }
        // "Interactions: probenecid" names the drug's company, not another subject.
        let is_company = scene.labels.iter().any(|label| label.scope.section == Some(Section::Interaction));
        match first.filter(|_| !is_company) {
            Some(mention) => (self.subject, self.age) = (Some(names(mention)), 0),
            None => self.age += 1,
        }
    }
}

/// What a block lays down for those below it. Of a long paragraph only what
/// leads to a list counts.
fn laid_down(reading: &Reading, block: &Block, vocabulary: &Vocabulary) -> Scope {
    let tokens = 0..reading.tokens.len();
    let is_short = tokens.len() <= 25 || matches!(block.kind, BlockKind::Heading(_) | BlockKind::Title | BlockKind::Question);
    let mut scope = if is_short {
        Scope::of(reading, tokens.clone(), vocabulary)
    } else {
        Scope { level: lead_level(reading, block), ..Scope::default() }
    };
    match block.kind {
        BlockKind::Heading(_) | BlockKind::Title | BlockKind::Question | BlockKind::Term => {}
        // A sentence is no heading: only its level and its people lead on.
        _ if is_short => {
            scope.level = lead_level(reading, block);
            if !block.text.trim_end().ends_with(':') && reading.tokens.len() > 12 {
                scope.section = None;
                scope.phase = None;
            }
        }
        _ => {}
    }
    scope
}

/// The level that a lead-in gives to its list: "Using this medicine with any
/// of the following is not recommended."
fn lead_level(reading: &Reading, block: &Block) -> Option<Level> {
    let leads = |sentence: &&Range<usize>| {
        let text = block.text[reading.bytes((*sentence).clone())].to_lowercase();
        text.contains("following") || text.trim_end().ends_with(':') || text.contains("these")
    };
    let sentence = reading.sentences.iter().find(leads)?;
    let level = |kind| match kind {
        CueKind::Contraindicated => Some(Level::Contraindicated),
        CueKind::Avoid => Some(Level::Avoid),
        CueKind::Caution | CueKind::RelativeContraindicated => Some(Level::Caution),
        _ => None,
    };
    reading.within(sentence.clone()).find_map(|mention| match mention.what {
        What::Cue(kind) => level(kind),
        _ => None,
    })
}

/// Everything above a block, outermost first: headings, question, column head,
/// row head, lead-ins.
fn inherited(block: &Block, scopes: &[Scope]) -> Scope {
    let place = &block.place;
    let above = place
        .headings
        .iter()
        .chain(&place.question)
        .chain(&place.column_header)
        .chain(&place.row_header)
        .chain(&place.leads);
    let mut scope = Scope::default();
    for id in above {
        scope.overlay(&scopes[*id]);
    }
    scope
}

/// What the whole article is about: the drug or combination of its title, else
/// the one named most often.
fn whole(article: &Article, readings: &[Reading], scopes: &[Scope], vocabulary: &Vocabulary) -> Whole {
    let is_title = |block: &Block| matches!(block.kind, BlockKind::Title | BlockKind::Heading(1));
    let titles: Vec<BlockId> = (0..article.blocks.len()).filter(|id| is_title(&article.blocks[*id])).take(3).collect();
    let named: Vec<&Vec<Name>> = titles.iter().flat_map(|id| &scopes[*id].drugs).collect();
    let conditions = titles.iter().flat_map(|id| scopes[*id].conditions.iter().cloned()).collect();
    let only = named.first().filter(|first| named.iter().all(|names| names == *first));
    let title = only.map(|names| (*names).clone()).or_else(|| own_title(article, &titles, readings, scopes));
    let titled = title.is_some();
    let subject = title.or_else(|| most_named(readings)).unwrap_or_default();
    let main_use = main_use(article, readings, vocabulary);
    Whole { subject, titled, conditions, main_use, is_report: is_report(readings) }
}

/// What the article says the drug is mainly used for: the conditions of the first
/// sentence that says what it is used for, if they are one condition and its
/// kinds, or the first of them where the sentence says "primarily".
fn main_use(article: &Article, readings: &[Reading], vocabulary: &Vocabulary) -> Vec<Name> {
    const USES: [&str; 12] = [
        "used to treat", "used for", "used in the", "prescribed for", "prescribed to", "indicated for", "indicated in",
        "for the treatment of", "for the management of", "medication to treat", "approved for", "treatment of choice for",
    ];
    for (block, reading) in article.blocks.iter().zip(readings) {
        for sentence in &reading.sentences {
            let text = block.text[reading.bytes(sentence.clone())].to_lowercase();
            let Some(from) = USES.iter().filter_map(|phrase| text.find(phrase)).min() else { continue };
            let from = reading.bytes(sentence.clone()).start + from;
            let named: Vec<ConditionId> = reading
                .within(sentence.clone())
                .filter(|mention| reading.tokens[mention.tokens.start].range.start >= from)
                .filter_map(|mention| match mention.what {
                    What::Condition(id) if is_indication(&vocabulary.conditions[id.index()]) => Some(id),
                    _ => None,
                })
                .collect();
            let Some(first) = named.first() else { continue };
            let alike = named.iter().all(|id| vocabulary.is_kind_of(*id, *first) || vocabulary.is_kind_of(*first, *id));
            let mainly = ["primarily", "mainly", "chiefly", "principally"].iter().any(|word| text.contains(word));
            let name = vocabulary.conditions[first.index()].name.clone();
            return if alike || mainly { vec![name] } else { Vec::new() };
        }
    }
    Vec::new()
}

/// The title of a monograph on a drug that the vocabulary does not know: an
/// article with sections on contraindications, side effects or interactions is
/// about what its short title says.
fn own_title(article: &Article, titles: &[BlockId], readings: &[Reading], scopes: &[Scope]) -> Option<Vec<Name>> {
    let is_telling = |id: &BlockId| {
        matches!(article.blocks[*id].kind, BlockKind::Heading(_))
            && matches!(scopes[*id].section, Some(Section::Contraindication | Section::Adverse | Section::Interaction))
    };
    let sections = (0..article.blocks.len()).filter(is_telling).count();
    let title = *titles.iter().find(|id| article.blocks[**id].kind == BlockKind::Title)?;
    let unknown = readings[title].mentions.iter().all(|mention| matches!(mention.what, What::Form(_) | What::Route(_)));
    let words = readings[title].tokens.len();
    let name = article.blocks[title].text.trim().to_lowercase();
    let named = article.blocks.iter().filter(|block| block.text.to_lowercase().contains(&name)).count();
    (sections >= 2 && unknown && words <= 5 && named >= 4).then(|| vec![Name::from(name)])
}

/// The drug that is mentioned far more often than any other.
fn most_named(readings: &[Reading]) -> Option<Vec<Name>> {
    let mut counts: BTreeMap<&[Name], usize> = BTreeMap::new();
    for mention in readings.iter().flat_map(|reading| &reading.mentions) {
        // Blood glucose and drinks are no subjects.
        let is_fluid = |name: &Name| matches!(&**name, "dextrose" | "glucose" | "ethanol" | "sodium chloride" | "water" | "oxygen");
        if let What::Drugs(names) = &mention.what
            && !names.iter().all(is_fluid)
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

/// Run-in heads: words before a colon or dash at the start of the block or of a
/// sentence, or right after another one.
fn labels(block: &Block, reading: &Reading, vocabulary: &Vocabulary) -> Vec<Label> {
    let mut labels = Vec::new();
    for sentence in &reading.sentences {
        let semicolons =
            (sentence.start..sentence.end).filter(|token| reading.tokens[*token].text(&block.text) == ";").map(|token| token + 1);
        for mut start in std::iter::once(sentence.start).chain(semicolons) {
            while let Some(end) = label_end(block, reading, start, sentence.end) {
                let mut scope = Scope::of(reading, start..end, vocabulary);
                if !opens_with_drug(reading, start..end) {
                    scope.drugs.clear();
                    scope.classes.clear();
                }
                if let Some(words) = own_words(block, reading, start..end, &scope) {
                    scope.conditions = vec![words];
                }
                labels.push(Label { tokens: start..end, from: end + 1, scope });
                start = end + 1;
            }
        }
    }
    labels
}

/// A label in which the vocabulary knows no condition ("FAP:", "Rapid sequence
/// induction:") still narrows what follows: it stands for an indication in the
/// article's own words.
fn own_words(block: &Block, reading: &Reading, tokens: Range<usize>, scope: &Scope) -> Option<Name> {
    const PLAIN: [&str; 26] = [
        "dose", "doses", "dosage", "dosing", "note", "notes", "important", "answer", "a", "q", "option", "step", "example",
        "standard", "usual", "day", "week", "or", "tip", "max", "alternative", "alternatively", "then", "children", "adult",
        "initially",
    ];
    let says_something = scope.section.is_some()
        || reading.within(tokens.clone()).any(|mention| {
            !matches!(mention.what, What::Modifier(_) | What::Condition(_) | What::Cue(_)) || is_phase(&mention.what)
        });
    let words: Vec<String> = tokens
        .clone()
        .filter(|token| reading.tokens[*token].kind == TokenKind::Word)
        .map(|token| reading.tokens[token].text(&block.text).to_lowercase())
        .collect();
    let is_plain = words.iter().any(|word| PLAIN.contains(&word.as_str()));
    let short = (1..=7).contains(&words.len()) && words.iter().any(|word| word.len() > 2);
    let says_more = scope.conditions.is_empty() || adds_words(block, reading, tokens);
    (short && says_more && !says_something && !is_plain).then(|| Name::from(words.join(" ")))
}

/// "Oral morphine:" is about morphine, "Cisplatin-induced nausea" and "Use with
/// cisplatin:" are not.
fn opens_with_drug(reading: &Reading, tokens: Range<usize>) -> bool {
    let first = reading.within(tokens.clone()).find(|mention| matches!(mention.what, What::Drugs(_) | What::Class(..)));
    let Some(first) = first else { return true };
    let prefix = reading
        .within(tokens.start..first.tokens.start)
        .filter(|mention| matches!(mention.what, What::Route(_) | What::Form(_) | What::Release(_) | What::Modifier(_)))
        .map(|mention| mention.tokens.len())
        .sum::<usize>();
    let led_by_form = first.tokens.start - tokens.start <= prefix;
    let last = reading
        .within(tokens.clone())
        .any(|mention| matches!(mention.what, What::Condition(_)) && mention.tokens.start >= first.tokens.end);
    led_by_form && !last
}

/// Whether a label narrows the condition it names: "Chemotherapy-induced anaemia".
fn adds_words(block: &Block, reading: &Reading, tokens: Range<usize>) -> bool {
    const EMPTY: [&str; 12] =
        ["treatment", "management", "patients", "with", "for", "disease", "disorder", "label", "therapy", "acute", "chronic", "other"];
    let in_mention = |token: usize| {
        reading.within(token.saturating_sub(8)..token + 1).any(|mention| {
            mention.tokens.contains(&token) && matches!(mention.what, What::Condition(_) | What::Modifier(_))
        })
    };
    tokens.into_iter().any(|token| {
        let word = reading.tokens[token].text(&block.text);
        reading.tokens[token].kind == TokenKind::Word
            && word.len() > 3
            && !in_mention(token)
            && !EMPTY.contains(&word.to_lowercase().as_str())
    })
}

fn is_phase(what: &What) -> bool {
    matches!(
        what,
        What::Cue(
            CueKind::Start
                | CueKind::Target
                | CueKind::Maximum
                | CueKind::Single
                | CueKind::Strength
                | CueKind::Increase
                | CueKind::Decrease
                | CueKind::Step
        )
    )
}

fn label_end(block: &Block, reading: &Reading, start: usize, limit: usize) -> Option<usize> {
    const LONGEST: usize = 14;
    let word = |token: usize| reading.tokens[token].text(&block.text);
    for token in start..limit.min(start + LONGEST) {
        let current = &reading.tokens[token];
        let spaced_after = reading.tokens.get(token + 1).is_some_and(|next| next.spaced);
        match word(token) {
            // "1:1000" and "12:30" are no labels.
            ":" if token > start => {
                let in_number = reading.tokens[token - 1].kind == TokenKind::Number && !spaced_after;
                let has_amount = reading.within(start..token).any(|mention| matches!(mention.what, What::Amount(_) | What::Percent(_)));
                return (!in_number && !has_amount).then_some(token);
            }
            "—" if token > start && !reading.within(start..token).any(|mention| matches!(mention.what, What::Amount(_))) => {
                return Some(token);
            }
            "–" if token > start && current.spaced && spaced_after && token - start <= 6 => {
                let next_is_number = reading.tokens.get(token + 1).is_some_and(|next| next.kind == TokenKind::Number);
                let after_number = reading.tokens[token - 1].kind == TokenKind::Number;
                return (!(next_is_number && after_number)).then_some(token);
            }
            ";" => return None,
            _ => {}
        }
    }
    None
}

/// List items that end in "or" share the level that a later item states:
/// "Glaucoma or / Seizures—Use with caution."
fn list_levels(article: &Article, readings: &[Reading]) -> BTreeMap<BlockId, Level> {
    let mut levels = BTreeMap::new();
    let mut later: Option<(usize, Level)> = None;
    for id in (0..article.blocks.len()).rev() {
        let block = &article.blocks[id];
        let Some(list) = block.place.list else {
            later = None;
            continue;
        };
        let own = readings[id].mentions.iter().find_map(|mention| match mention.what {
            What::Cue(CueKind::Contraindicated) => Some(Level::Contraindicated),
            What::Cue(CueKind::Avoid) => Some(Level::Avoid),
            What::Cue(CueKind::Caution) => Some(Level::Caution),
            _ => None,
        });
        let continues = block.text.trim_end().ends_with(" or");
        match (own, later) {
            (Some(level), _) => later = Some((list, level)),
            (None, Some((same, level))) if continues && same == list => {
                levels.insert(id, level);
            }
            _ => later = None,
        }
    }
    levels
}
