//! Questions of the front matter that the text answers, too, and answers
//! otherwise; questions that hold their own answers.

use super::{Passage, Slip, Whole};
use crate::finding::Confidence;
use crate::mention::{Mention, What};
use crate::quantity::Interval;
use crate::span::Span;
use crate::text::token::TokenKind;
use crate::text::{BlockId, BlockKind, Exchange};
use crate::topic::{Relation, Topic};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub(super) fn find(whole: &Whole<'_>) -> Vec<Slip> {
    if whole.article.exchanges.is_empty() {
        return Vec::new();
    }
    let mut slips: Vec<Slip> = held(whole).into_iter().collect();
    let of_text = questions_of_text(whole);
    for exchange in &whole.article.exchanges {
        let question = &whole.article.blocks[exchange.question].text;
        if let Some(answers) = of_text.get(&plain(question))
            && let Some(passages) = contradiction(whole, exchange.answers.clone().collect(), answers.clone())
        {
            slips.push(Slip {
                topic: Topic::StructureFaq,
                relation: Relation::Disjoint,
                passages,
                derivation: format!("\"{}\" is answered in two ways", question.trim()),
                confidence: Confidence::High,
                fix: Vec::new(),
            });
        }
    }
    slips
}

/// The questions that hold their own answers, as one slip. Where most of an
/// article's questions do, that is how its pages are made, not a slip of one.
fn held(whole: &Whole<'_>) -> Option<Slip> {
    let exchanges = &whole.article.exchanges;
    let holding: Vec<&Exchange> = exchanges.iter().filter(|exchange| !exchange.held.is_empty()).collect();
    let passage = |exchange: &Exchange| {
        let block = &whole.article.blocks[exchange.held.start];
        let question = whole.article.blocks[exchange.question].text.trim();
        whole.passage(block.span(0..block.text.len()), format!("the answer to \"{question}\""))
    };
    let first = passage(holding.first()?);
    let derivation = match holding.len() {
        1 => "a question of the front matter holds its own answer".to_owned(),
        count => format!("{count} questions of the front matter hold their own answers"),
    };
    let is_habit = holding.len() > 1 && holding.len() * 2 > exchanges.len();
    Some(Slip {
        topic: Topic::StructureFaq,
        relation: Relation::Alone,
        passages: vec![first],
        derivation,
        confidence: if is_habit { Confidence::Low } else { Confidence::High },
        fix: Vec::new(),
    })
}

/// The answers of the text by their questions. A question that the text asks
/// twice has one answer under each of its headings, and none that is the one.
fn questions_of_text(whole: &Whole<'_>) -> BTreeMap<String, Vec<BlockId>> {
    let blocks = &whole.article.blocks;
    let behind_front = whole.article.exchanges.last().map_or(0, |exchange| exchange.answers.end);
    let mut questions: BTreeMap<BlockId, Vec<BlockId>> = BTreeMap::new();
    for (id, block) in blocks.iter().enumerate().skip(behind_front) {
        if let Some(question) = block.place.question
            && !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Question)
        {
            questions.entry(question).or_default().push(id);
        }
    }
    let mut found: BTreeMap<String, Vec<BlockId>> = BTreeMap::new();
    let mut twice: BTreeSet<String> = BTreeSet::new();
    for (question, answers) in questions {
        let question = plain(&blocks[question].text);
        if found.insert(question.clone(), answers).is_some() {
            twice.insert(question);
        }
    }
    found.retain(|question, _| !twice.contains(question));
    found
}

/// A question without its number, its marks and its capitals.
fn plain(question: &str) -> String {
    let lower = question.to_lowercase();
    let mut words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| !word.is_empty() && word.chars().all(|letter| letter.is_ascii_digit());
    let is_label = |word: &str| word == "q" || word == "question" || word.strip_prefix('q').is_some_and(is_number);
    while words.first().is_some_and(|word| is_label(word) || is_number(word)) {
        words.remove(0);
    }
    words.join(" ")
}

/// Yes against no, the same words with another number, or figures of one kind
/// that have nothing in common.
fn contradiction(whole: &Whole<'_>, front: Vec<BlockId>, text: Vec<BlockId>) -> Option<Vec<Passage>> {
    let sides = [front, text];
    let verdicts = sides.each_ref().map(|answers| verdict(whole, *answers.first()?));
    if let [Some((one, here)), Some((other, there))] = verdicts {
        // Whatever figures follow, they answer another question.
        return (one != other).then(|| vec![whole.passage(here, word(one)), whole.passage(there, word(other))]);
    }
    let apart = other_number(whole, &sides).or_else(|| other_figure(whole, &sides))?;
    // A comparison of claims judges these, and better.
    let is_covered = |span: &Span| whole.is_claimed(*span);
    (!apart.iter().all(is_covered)).then(|| apart.iter().map(|span| quoted(whole, *span)).collect())
}

/// A passage that states what stands there.
fn quoted(whole: &Whole<'_>, span: Span) -> Passage {
    let written = span.slice(whole.source.text.as_bytes());
    whole.passage(span, written.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The first number by which answers differ that have all other words in common.
fn other_number(whole: &Whole<'_>, sides: &[Vec<BlockId>; 2]) -> Option<[Span; 2]> {
    let [here, there] = sides.each_ref().map(|answers| {
        let tokens = |id: BlockId| (0..whole.readings[id].tokens.len()).map(move |token| (id, token));
        answers.iter().copied().flat_map(tokens).collect::<Vec<(BlockId, usize)>>()
    });
    let word = |(id, token): (BlockId, usize)| whole.readings[id].words.get(token);
    let is_number = |at: (BlockId, usize)| whole.readings[at.0].tokens[at.1].kind == TokenKind::Number;
    let pairs = || here.iter().copied().zip(there.iter().copied());
    let is_alike = |(one, other)| word(one) == word(other) || is_number(one) && is_number(other);
    if here.len() != there.len() || !pairs().all(is_alike) {
        return None;
    }
    let (one, other) = pairs().find(|(one, other)| word(*one) != word(*other))?;
    Some([one, other].map(|(id, token)| {
        let reading = &whole.readings[id];
        let holds = |mention: &&Mention| mention.tokens.contains(&token) && measured(&mention.what).is_some();
        let tokens = reading.mentions.iter().find(holds).map_or(token..token + 1, |mention| mention.tokens.clone());
        whole.article.blocks[id].span(reading.bytes(tokens))
    }))
}

/// The only figures of one kind of two answers, where they have nothing in
/// common. Several figures of a kind answer parts of the question, each its own.
fn other_figure(whole: &Whole<'_>, sides: &[Vec<BlockId>; 2]) -> Option<[Span; 2]> {
    let [here, there] = sides.each_ref().map(|answers| figures(whole, answers));
    here.iter().find_map(|(kind, one)| match (one.as_slice(), there.get(kind)?.as_slice()) {
        ([one], [other]) if one.is_apart(other) => Some([one.span, other.span]),
        _ => None,
    })
}

fn word(is_yes: bool) -> &'static str {
    if is_yes { "yes" } else { "no" }
}

/// The yes or no that an answer begins with.
fn verdict(whole: &Whole<'_>, answer: BlockId) -> Option<(bool, Span)> {
    let (block, reading) = (&whole.article.blocks[answer], &whole.readings[answer]);
    let is_yes = match reading.words.get(0) {
        "yes" => true,
        "no" => false,
        _ => return None,
    };
    // "No known interactions" and "No more than two" are no verdicts.
    let ends = ["", ",", ".", ";", ":", "!", "–", "—", "-"];
    ends.contains(&reading.words.get(1)).then(|| (is_yes, block.span(reading.bytes(0..1))))
}

/// A figure of an answer.
#[derive(Clone, Copy)]
struct Figure {
    low: Decimal,
    high: Decimal,
    span: Span,
}

impl Figure {
    /// Whether two figures have nothing in common. A month is not four weeks to
    /// the day.
    fn is_apart(&self, other: &Self) -> bool {
        let leeway = Decimal::new(11, 1);
        self.high * leeway < other.low || other.high * leeway < self.low
    }
}

/// The figures of an answer by what they count; a figure that is repeated is one.
fn figures(whole: &Whole<'_>, answers: &[BlockId]) -> BTreeMap<String, Vec<Figure>> {
    let mut figures: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for id in answers {
        let (block, reading) = (&whole.article.blocks[*id], &whole.readings[*id]);
        for mention in &reading.mentions {
            let Some((kind, Interval { low: Some(low), high: Some(high) })) = measured(&mention.what) else { continue };
            let tokens: Range<usize> = mention.tokens.clone();
            let of_kind = figures.entry(kind).or_default();
            if !of_kind.iter().any(|known| known.low == low && known.high == high) {
                of_kind.push(Figure { low, high, span: block.span(reading.bytes(tokens)) });
            }
        }
    }
    figures
}

/// What a mention counts, and how many of it.
fn measured(what: &What) -> Option<(String, Interval)> {
    match what {
        What::Duration(Some(days)) => Some(("days".to_owned(), *days)),
        What::Percent(percent) => Some(("%".to_owned(), *percent)),
        What::Amount(measured) => {
            let unit = &measured.amount.unit;
            let per = unit.per.join("/");
            Some((format!("{}/{per}", unit.base), measured.amount.range.scaled(unit.factor)))
        }
        What::Frequency(frequency) if frequency.days == Decimal::ONE => {
            Some(("times a day".to_owned(), frequency.times))
        }
        _ => None,
    }
}
