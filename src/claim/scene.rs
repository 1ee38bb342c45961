//! A block with everything that is known around it: the ground on which the
//! rules for the kinds of claims stand.

use super::scope::{PopulationBuilder, Scope, is_indication, people_at};
use super::{Claim, Context, Name, Subject, Value};
use crate::mention::{Mention, Reading, What};
use crate::text::token::TokenKind;
use crate::text::{Article, Block};
use crate::vocabulary::{CueKind, Vocabulary};
use std::ops::Range;

/// What holds for the whole article.
#[derive(Clone, Debug, Default)]
pub(crate) struct Whole {
    /// The drug or combination it is about.
    pub subject: Vec<Name>,
    /// The conditions its title names.
    pub conditions: Vec<Name>,
    /// Whether it reports research instead of giving advice.
    pub is_report: bool,
}

/// A run-in head: "Elderly:" and what it lays down for the text after it.
#[derive(Clone, Debug)]
pub(crate) struct Label {
    /// Its tokens, without the colon.
    pub tokens: Range<usize>,
    /// The first token it holds for.
    pub from: usize,
    /// What it lays down.
    pub scope: Scope,
}

/// A block with its surroundings.
pub(crate) struct Scene<'a> {
    pub article: &'a Article,
    pub file: &'a str,
    pub block: &'a Block,
    pub reading: &'a Reading,
    pub vocabulary: &'a Vocabulary,
    pub whole: &'a Whole,
    /// What headings, lead-ins, column and row heads and questions lay down.
    pub inherited: Scope,
    pub labels: Vec<Label>,
    /// The subject of the blocks before it in the same section.
    pub before: Option<Vec<Name>>,
}

impl Scene<'_> {
    /// The lower-case text of a token; empty past the ends.
    pub fn word(&self, token: usize) -> String {
        self.reading.words.get(token).to_owned()
    }

    /// Whether a token is one of these words.
    pub fn is(&self, token: usize, words: &[&str]) -> bool {
        words.contains(&self.reading.words.get(token))
    }

    /// The text of a range of tokens.
    pub fn text(&self, tokens: Range<usize>) -> &str {
        &self.block.text[self.reading.bytes(tokens)]
    }

    /// What is laid down at a token: headings first, then the labels before it.
    pub fn scope_at(&self, token: usize) -> Scope {
        let mut scope = self.inherited.clone();
        for label in self.labels.iter().filter(|label| label.from <= token) {
            scope.overlay(&label.scope);
        }
        scope
    }

    /// The claim that a range of tokens makes.
    pub fn claim(&self, tokens: Range<usize>, drugs: Vec<Name>, subject: Subject, value: Value, context: Context) -> Claim {
        let span = self.block.span(self.reading.bytes(tokens.clone()));
        let sentence = self.reading.sentence_of(tokens.start);
        let citations = self.citations(&sentence);
        Claim {
            span,
            quote: span.slice(self.file.as_bytes()).into_owned(),
            sentence: self.block.span(self.reading.bytes(sentence)),
            drugs,
            subject,
            value,
            context,
            citations,
            section: self.block.place.headings.iter().map(|id| Name::from(self.article.blocks[*id].text.as_str())).collect(),
        }
    }

    /// Bare numbers after the end of a sentence, or in square brackets: "1, 4".
    fn citations(&self, sentence: &Range<usize>) -> Vec<String> {
        let mut citations = Vec::new();
        let mut token = sentence.end;
        // A mark after the full stop was cut off with the next sentence.
        for _ in 0..2 {
            while token > sentence.start {
                let current = &self.reading.tokens[token - 1];
                let is_mark = current.kind == TokenKind::Number && current.range.len() <= 3;
                if is_mark {
                    citations.push(current.text(&self.block.text).to_owned());
                } else if !matches!(current.text(&self.block.text), "," | "[" | "]" | ".") {
                    break;
                }
                token -= 1;
            }
            if !citations.is_empty() {
                break;
            }
        }
        // "Take 2" ends in a number too, but a word that counts stands before it.
        if token > sentence.start && self.is(token - 1, &["to", "of", "than", "=", "is", "was", "at", "least", "and", "-", "–"]) {
            citations.clear();
        }
        citations.reverse();
        citations
    }

    /// Whether a cue of this kind starts in a range of tokens.
    pub fn has(&self, tokens: Range<usize>, kind: CueKind) -> bool {
        self.reading.has_cue(tokens, kind)
    }

    /// The last cue among these kinds that ends before a token, from `from` on.
    pub fn cue_before(&self, from: usize, token: usize, kinds: &[CueKind]) -> Option<(CueKind, Range<usize>)> {
        self.reading.within(from..token).rev().find_map(|mention| match mention.what {
            What::Cue(kind) if mention.tokens.end <= token && kinds.contains(&kind) => Some((kind, mention.tokens.clone())),
            _ => None,
        })
    }

    /// The first cue among these kinds in a range.
    pub fn cue_in(&self, tokens: Range<usize>, kinds: &[CueKind]) -> Option<(CueKind, Range<usize>)> {
        self.reading.within(tokens).find_map(|mention| match mention.what {
            What::Cue(kind) if kinds.contains(&kind) => Some((kind, mention.tokens.clone())),
            _ => None,
        })
    }

    /// Whether a negation stands within a few words before a token, in the
    /// same clause.
    pub fn is_negated(&self, from: usize, token: usize) -> bool {
        let start = token.saturating_sub(6).max(from);
        self.cue_before(start, token, &[CueKind::Negation])
            .is_some_and(|(_, cue)| !(cue.end..token).any(|at| self.is(at, &[";", ",", "but"])))
    }

    /// The subject of a claim whose figure stands at `at`.
    ///
    /// In order: a drug right beside the figure, the nearest before it in the
    /// sentence, what labels and headings lay down, the subject carried on
    /// from the sentence before, the article's.
    pub fn subject(&self, at: &Range<usize>) -> Option<(Vec<Name>, Subject)> {
        let sentence = self.reading.sentence_of(at.start);
        let scope = self.scope_at(at.start);
        if let Some(names) = self.beside(at, &sentence) {
            return Some((names, Subject::Stated));
        }
        if let Some(names) = self.nearest_before(at, &sentence, &scope) {
            return Some((names, Subject::Stated));
        }
        if let Some(names) = self.of_scope(&scope, at) {
            return Some((names, Subject::Heading));
        }
        if let Some(names) = self.carried(&sentence) {
            return Some((names, Subject::Carried));
        }
        // "(max 50 mg)" on a line of its own goes on with the line before.
        let goes_on = self.block.text.starts_with(['(', ',', ';']) || self.block.text.starts_with(char::is_lowercase);
        if let Some(names) = self.before.as_ref().filter(|_| goes_on || self.whole.subject.is_empty()) {
            return Some((names.clone(), Subject::Carried));
        }
        if !self.whole.subject.is_empty() {
            return Some((self.whole.subject.clone(), Subject::Title));
        }
        self.nearest_after(at, &sentence).map(|names| (names, Subject::Stated))
    }

    /// "amitriptyline 10 mg", "5 mg of amitriptyline", "1–2 mg lorazepam IM".
    fn beside(&self, at: &Range<usize>, sentence: &Range<usize>) -> Option<Vec<Name>> {
        let before = self.subjects(sentence.start..at.start).last();
        if let Some(before) = before
            && self.only_filler(before.tokens.end..at.start)
            && (before.tokens.end == at.start || !self.is_company(before))
        {
            return Some(names(before));
        }
        let after = self.subjects(at.end..sentence.end).next()?;
        let gap = at.end..after.tokens.start;
        let close = gap.len() <= 4
            && gap.clone().all(|token| {
                self.is(token, &["of", "oral", "the"]) || self.is_form(token) || self.is_frequency(token)
            });
        close.then(|| names(after))
    }

    /// Between a drug and its dose only brackets, routes and forms may stand.
    fn only_filler(&self, gap: Range<usize>) -> bool {
        gap.len() <= 4 && gap.clone().all(|token| self.is_filler(token))
    }

    fn is_filler(&self, token: usize) -> bool {
        self.is(token, &["(", ")", ":", "-", "–", "at", "oral", "the", "a", "dose", "/", "®", "™", "or", "slow", "sodium"])
            || self.is_form(token)
    }

    /// A route or a form.
    fn is_form(&self, token: usize) -> bool {
        self.reading.within(token.saturating_sub(3)..token + 1).any(|mention| {
                mention.tokens.contains(&token)
                    && matches!(mention.what, What::Route(_) | What::Form(_) | What::Release(_))
            })
    }

    fn is_frequency(&self, token: usize) -> bool {
        self.reading.within(token.saturating_sub(4)..token + 1).any(|mention| {
            mention.tokens.contains(&token)
                && matches!(mention.what, What::Frequency(_) | What::Daily | What::Every(_))
        })
    }

    /// The nearest drug before the figure in its sentence, unless it only
    /// keeps company ("in patients taking verapamil").
    fn nearest_before(&self, at: &Range<usize>, sentence: &Range<usize>, scope: &Scope) -> Option<Vec<Name>> {
        let mut fallback = None;
        for mention in self.subjects(sentence.start..at.start).rev() {
            if self.in_closed_bracket(mention, at.start) {
                continue;
            }
            if self.is_company(mention) {
                continue;
            }
            match &mention.what {
                What::Drugs(_) => return Some(names(mention)),
                // A class is a subject only where no drug is known.
                _ if scope.drugs.is_empty() && self.whole.subject.is_empty() && fallback.is_none() => {
                    fallback = Some(names(mention));
                }
                _ => {}
            }
        }
        fallback
    }

    fn nearest_after(&self, at: &Range<usize>, sentence: &Range<usize>) -> Option<Vec<Name>> {
        self.subjects(at.end..sentence.end).find(|mention| !self.is_company(mention)).map(names)
    }

    /// Drugs and classes in a range.
    pub fn subjects(&self, tokens: Range<usize>) -> impl DoubleEndedIterator<Item = &Mention> {
        self.reading.within(tokens).filter(|mention| matches!(mention.what, What::Drugs(_) | What::Class(..)))
    }

    /// A bracket that opened before the mention and closed before the token.
    fn in_closed_bracket(&self, mention: &Mention, token: usize) -> bool {
        let mut depth = 0_i32;
        for at in mention.tokens.end..token {
            match self.word(at).as_str() {
                "(" | "[" => depth += 1,
                ")" | "]" => depth -= 1,
                _ => {}
            }
            if depth < 0 {
                return true;
            }
        }
        false
    }

    /// A drug that is taken beside the one spoken of, or what it is diluted in.
    pub fn is_company(&self, mention: &Mention) -> bool {
        let start = mention.tokens.start;
        let is_fluid = |name: &Name| matches!(&**name, "sodium chloride" | "glucose" | "water" | "dextrose" | "sterile water");
        if names(mention).iter().all(is_fluid) && self.subjects(0..start).next().is_some() {
            return true;
        }
        let before = |back: usize| start.checked_sub(back).map(|token| self.word(token)).unwrap_or_default();
        matches!(before(1).as_str(), "with" | "taking" | "receiving" | "than" | "versus" | "vs" | "unlike" | "against")
            || (matches!(before(1).as_str(), "other" | "concomitant" | "concurrent" | "like" | "to")
                && matches!(before(2).as_str(), "with" | "taking" | "compared" | "of" | "similar" | "addition" | "prior" | "allergic" | "response"))
    }

    /// The subject that headings and labels name: one drug, or one combination.
    fn of_scope(&self, scope: &Scope, at: &Range<usize>) -> Option<Vec<Name>> {
        let _ = at;
        match scope.drugs.as_slice() {
            [only] => return Some(only.clone()),
            [] => {}
            // Of several drugs the article's own is meant, else the first.
            several => {
                let own = several.iter().find(|names| **names == self.whole.subject);
                return own.or(several.first()).cloned();
            }
        }
        if !self.whole.subject.is_empty() {
            return None;
        }
        scope.classes.first().map(|name| vec![name.clone()])
    }

    /// The drug that opens the sentence before.
    fn carried(&self, sentence: &Range<usize>) -> Option<Vec<Name>> {
        let at = self.reading.sentences.iter().position(|other| other.start == sentence.start)?;
        let mut fallback = None;
        for previous in self.reading.sentences[..at].iter().rev().take(4) {
            let first = self.subjects(previous.clone()).find(|mention| !self.is_company(mention));
            if let Some(first) = first {
                let opens = first.tokens.start <= previous.start + 6;
                if opens && matches!(first.what, What::Drugs(_)) {
                    return Some(names(first));
                }
                if fallback.is_none() && self.whole.subject.is_empty() {
                    fallback = Some(names(first));
                }
            }
        }
        fallback
    }

    /// For whom, for what, by which route and in what form a figure at `at`
    /// holds. `limit` is the range around the figure that belongs to it alone
    /// (from the figure before to the figure after).
    pub fn context(&self, at: &Range<usize>, limit: &Range<usize>) -> Context {
        let sentence = self.reading.sentence_of(at.start);
        let scope = self.scope_at(at.start);
        let end = limit.end.min(sentence.end);
        let own = at.end..(at.end..end).find(|token| self.is(*token, &[";"])).unwrap_or(end);
        let mut routes = self.routes_in(at.start.saturating_sub(4).max(limit.start)..own.end.min(at.end + 10));
        // "0.15 mg or 0.3 mg IM": alternatives share the route at the end.
        if routes.is_empty() {
            routes = self.routes_in(own.end..sentence.end.min(own.end + 10));
        }
        if routes.is_empty() {
            routes.clone_from(&scope.routes);
        }
        Context {
            population: self.population(at, &own, &sentence).or_else(|| scope.population.clone()).unwrap_or_default(),
            indications: self.indications(at, &own, &sentence, &scope),
            routes,
            product: self.product(at, &own, &sentence).or_else(|| scope.product.clone()),
        }
    }

    fn routes_in(&self, tokens: Range<usize>) -> Vec<Name> {
        let mut routes: Vec<Name> = self
            .reading
            .within(tokens)
            .filter_map(|mention| match &mention.what {
                What::Route(name) => Some(name.clone()),
                _ => None,
            })
            .collect();
        routes.sort();
        routes.dedup();
        routes
    }

    /// The release or pharmaceutical form beside the figure or the drug.
    fn product(&self, at: &Range<usize>, own: &Range<usize>, sentence: &Range<usize>) -> Option<Name> {
        let near = at.start.saturating_sub(8).max(sentence.start)..own.end.min(at.end + 6);
        let mut form = None;
        for mention in self.reading.within(near) {
            match &mention.what {
                What::Release(name) => return Some(name.clone()),
                What::Form(name) => form = form.or(Some(name.clone())),
                _ => {}
            }
        }
        form
    }

    /// The patients a figure is for: named after it ("10 mg for children"), or
    /// the nearest named before it in the sentence.
    fn population(&self, at: &Range<usize>, own: &Range<usize>, sentence: &Range<usize>) -> Option<super::Population> {
        let mut after = PopulationBuilder::default();
        let mut close = false;
        for mention in self.reading.within(own.clone()) {
            let introduced = self.is(mention.tokens.start.wrapping_sub(1), &["for", "in", "if", "(", "<", ">"])
                || self.is(mention.tokens.start.wrapping_sub(2), &["for", "in"])
                || mention.tokens.start <= at.end + 1
                || close;
            if introduced && after.add(&mention.what, self.vocabulary) {
                close = true;
            }
        }
        if let Some(population) = after.finish() {
            return Some(population);
        }
        // The group of mentions that stands nearest before the figure.
        let mut before = PopulationBuilder::default();
        let mut found: Option<usize> = None;
        let mentions: Vec<&Mention> = self.reading.within(sentence.start..at.start).collect();
        for mention in mentions.into_iter().rev() {
            match found {
                // A figure or a contrast between them ends the group.
                Some(start) if start.saturating_sub(mention.tokens.end) > 3 || matches!(mention.what, What::Amount(_)) => break,
                _ => {}
            }
            if self.in_closed_bracket(mention, at.start) {
                continue;
            }
            if before.add(&mention.what, self.vocabulary) {
                found = Some(mention.tokens.start);
            }
        }
        before.finish()
    }

    /// What a figure is for: a condition named after it or before it with
    /// "for", "in" or "of", then what labels and headings name, then the title.
    fn indications(&self, at: &Range<usize>, own: &Range<usize>, sentence: &Range<usize>, scope: &Scope) -> Vec<Name> {
        let after = self.conditions_in(own.clone());
        if !after.is_empty() {
            return after;
        }
        let before = self.conditions_in(sentence.start..at.start);
        if !before.is_empty() {
            return before;
        }
        if !scope.conditions.is_empty() {
            return scope.conditions.clone();
        }
        self.whole.conditions.clone()
    }

    /// Conditions that a drug is given for: introduced by a preposition or a verb
    /// of treating, or in a list after one that is.
    pub fn conditions_in(&self, tokens: Range<usize>) -> Vec<Name> {
        let mut found: Vec<Name> = Vec::new();
        let mut last_end = None;
        for mention in self.reading.within(tokens.clone()) {
            let What::Condition(id) = mention.what else { continue };
            let condition = &self.vocabulary.conditions[id.index()];
            if !is_indication(condition.kind) || people_at(self.reading, &mention.tokens) {
                continue;
            }
            let from = mention.tokens.start.saturating_sub(4).max(tokens.start);
            let introduced = (from..mention.tokens.start)
                .any(|token| self.is(token, &["for", "in", "of", "treat", "treating", "with", "manage", "prevent", "required"]));
            let listed = last_end.is_some_and(|end: usize| mention.tokens.start.saturating_sub(end) <= 3);
            if introduced || listed {
                found.push(condition.name.clone());
                last_end = Some(mention.tokens.end);
            }
        }
        found.dedup();
        found
    }
}

/// The names of a drug or class mention.
pub(crate) fn names(mention: &Mention) -> Vec<Name> {
    match &mention.what {
        What::Drugs(names) => names.clone(),
        What::Class(_, name) => vec![name.clone()],
        _ => Vec::new(),
    }
}
