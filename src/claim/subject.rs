//! Whose claim it is: the drug a figure belongs to, named beside it or laid down
//! from above.

use super::scene::Scene;
use super::scope::Scope;
use super::{Name, Subject};
use crate::mention::{Mention, What};
use crate::text::BlockKind;
use std::ops::Range;

impl Scene<'_> {
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
        // "with simvastatin, no more than 20 mg" below another drug: whose amount it
        // is cannot be told.
        let company = self
            .subjects(sentence.start..at.start)
            .rev()
            .find(|mention| matches!(mention.what, What::Drugs(_)) && self.is_company(mention) && !is_fluid(mention));
        if let Some(company) = company {
            let names = names(company);
            let known = scope.drugs.iter().chain(Some(&self.whole.subject)).find(|known| !known.is_empty());
            let own = known.is_none_or(|known| *known == names);
            return own.then_some((names, Subject::Stated));
        }
        if let Some(names) = self.of_row(at) {
            return Some((names, Subject::Stated));
        }
        if let Some(names) = self.of_scope(&scope) {
            return Some((names, Subject::Heading));
        }
        if let Some(names) = self.carried(&sentence) {
            return Some((names, Subject::Carried));
        }
        // "(max 50 mg)" on a line of its own goes on with the line before.
        let goes_on = self.block.text.starts_with(['(', ',', ';']) || self.block.text.starts_with(char::is_lowercase);
        let is_item = matches!(self.block.kind, BlockKind::ListItem { .. });
        if let Some(names) = self
            .before
            .as_ref()
            .filter(|_| goes_on || !self.whole.titled && (is_item || !self.whole.subject.is_empty()))
        {
            return Some((names.to_vec(), Subject::Carried));
        }
        if !self.whole.subject.is_empty() {
            return Some((self.whole.subject.clone(), Subject::Title));
        }
        self.nearest_after(at, &sentence).map(|names| (names, Subject::Stated))
    }

    /// "amitriptyline 10 mg", "5 mg of amitriptyline", "1–2 mg lorazepam IM". Of
    /// two, as in "10 mg A/40 mg B", the one without anything between wins.
    fn beside(&self, at: &Range<usize>, sentence: &Range<usize>) -> Option<Vec<Name>> {
        let before = self.subjects(sentence.start..at.start).last().filter(|mention| {
            let gap = mention.tokens.end..at.start;
            self.only_filler(gap.clone()) && (gap.is_empty() || !self.is_company(mention))
        });
        let after = self.subjects(at.end..sentence.end).next().filter(|mention| {
            let gap = at.end..mention.tokens.start;
            // "100 mg or 200 mg ritonavir"
            let is_first_of_two = self.is(at.end, &["or"])
                && self
                    .reading
                    .within(at.end + 1..at.end + 2)
                    .any(|other| matches!(other.what, What::Amount(_)) && other.tokens.end == mention.tokens.start);
            if is_first_of_two {
                return true;
            }
            gap.len() <= 4
                && gap.clone().all(|token| {
                    self.is(token, &["of", "oral", "the", "dose", "doses"])
                        || self.is_form(token)
                        || self.is_frequency(token)
                })
        });
        match (before, after) {
            (Some(before), Some(after)) if before.tokens.end < at.start && after.tokens.start == at.end => {
                Some(names(after))
            }
            (Some(before), _) => Some(names(before)),
            (None, after) => after.map(names),
        }
    }

    /// Between a drug and its dose only brackets, routes and forms may stand.
    fn only_filler(&self, gap: Range<usize>) -> bool {
        gap.len() <= 4 && gap.clone().all(|token| self.is_filler(token))
    }

    fn is_filler(&self, token: usize) -> bool {
        self.is(
            token,
            &["(", ")", ":", "-", "–", "at", "oral", "the", "a", "dose", "/", "®", "™", "or", "slow", "sodium"],
        ) || self.is_form(token)
    }

    /// A route or a form.
    fn is_form(&self, token: usize) -> bool {
        self.reading.within(token.saturating_sub(3)..token + 1).any(|mention| {
            mention.tokens.contains(&token) && matches!(mention.what, What::Route(_) | What::Form(_) | What::Release(_))
        })
    }

    fn is_frequency(&self, token: usize) -> bool {
        self.reading.within(token.saturating_sub(4)..token + 1).any(|mention| {
            mention.tokens.contains(&token) && matches!(mention.what, What::Frequency(_) | What::Daily | What::Every(_))
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
    pub fn in_closed_bracket(&self, mention: &Mention, token: usize) -> bool {
        let mut depth = 0_i32;
        for at in mention.tokens.end..token {
            match self.word(at) {
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
        if is_fluid(mention) && self.subjects(0..start).next().is_some() {
            return true;
        }
        let before = |back: usize| start.checked_sub(back).map(|token| self.word(token)).unwrap_or_default();
        matches!(before(1), "with" | "taking" | "receiving" | "than" | "versus" | "vs" | "unlike" | "against")
            || (matches!(before(1), "other" | "concomitant" | "concurrent" | "like" | "to")
                && matches!(
                    before(2),
                    "with" | "taking" | "compared" | "of" | "similar" | "addition" | "prior" | "allergic" | "response"
                ))
    }

    /// The drug of the table row; of several, each amount of the cell belongs to one
    /// ("Glibenclamide, Glimepiride | 2.5 mg / 1 mg").
    fn of_row(&self, at: &Range<usize>) -> Option<Vec<Name>> {
        match self.scopes.row_drugs(self.id) {
            [] => None,
            [only] => Some(only.clone()),
            several => {
                let amounts = self.reading.mentions.iter().filter(|mention| matches!(mention.what, What::Amount(_)));
                let starts: Vec<usize> = amounts.map(|mention| mention.tokens.start).collect();
                let index = starts.iter().position(|start| *start == at.start)?;
                (index < several.len() && starts.len() >= several.len()).then(|| several[index].clone())
            }
        }
    }

    /// The subject that headings and labels name: one drug, or one combination.
    fn of_scope(&self, scope: &Scope) -> Option<Vec<Name>> {
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
}

/// What drugs are diluted in.
fn is_fluid(mention: &Mention) -> bool {
    let is_fluid =
        |name: &Name| matches!(&**name, "sodium chloride" | "glucose" | "water" | "dextrose" | "sterile water");
    match &mention.what {
        What::Drugs(names) => names.iter().all(is_fluid),
        What::Class(_, name) => is_fluid(name),
        _ => true,
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
