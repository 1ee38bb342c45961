//! For whom and for what: the patients, the use, the route and the form that a
//! figure is for.

use super::scene::Scene;
use super::scope::{PopulationBuilder, Scope, Section, is_indication, narrowed, people_at};
use super::{Context, Name, Population};
use crate::mention::{Mention, What};
use crate::text::token::TokenKind;
use crate::vocabulary::CueKind;
use std::ops::Range;

/// What a drug is taken with that is no drug.
const FOODS: [&str; 7] = ["food", "meals", "a meal", "milk", "water", "juice", "breakfast"];

impl Scene<'_> {
    /// For whom, for what, by which route and in what form a figure at `at`
    /// holds. `limit` is the range around the figure that belongs to it alone
    /// (from the figure before to the figure after).
    pub fn context(&self, at: &Range<usize>, limit: &Range<usize>) -> Context {
        let sentence = self.reading.sentence_of(at.start);
        let scope = self.scope_at(at.start);
        let end = limit.end.min(sentence.end);
        let own = at.end..(at.end..end).find(|token| self.is(*token, &[";"])).unwrap_or(end);
        // "4 g orally, 5 g IV": what stands before the comma is the other's.
        let near = at.start.saturating_sub(4).max(limit.start)..own.end.min(at.end + 10);
        let mut routes = self.routes_in(at.end..near.end);
        if routes.is_empty() || !(near.start..at.start).any(|token| self.is(token, &[","])) {
            routes = self.routes_in(near);
        }
        // "0.15 mg or 0.3 mg IM": alternatives share the route at the end.
        if routes.is_empty() && self.is_alternative(at.end, own.end) {
            routes = self.routes_in(own.end..sentence.end.min(own.end + 10));
        }
        if routes.is_empty() {
            routes.clone_from(&scope.routes);
        }
        let indications = self.indications(at, &own, &sentence, &scope);
        let presumed = if indications.is_empty() { self.whole.main_use.clone() } else { Vec::new() };
        let named = self.population(at, &own, &sentence);
        let mut population = named.map(|named| narrowed(scope.population.as_ref(), &named)).unwrap_or_else(|| {
            let mut population = scope.population.clone().unwrap_or_default();
            self.add_severity(&mut population, sentence.start..at.start);
            population
        });
        if scope.section == Some(Section::Interaction)
            || self.is_beside_other_drug(&self.clause_of(at.start, &sentence))
        {
            population.groups.push(Name::from("taking other drugs"));
            population.groups.sort();
        }
        Context {
            population,
            indications,
            presumed,
            routes,
            product: self.product(at, &own, &sentence).or_else(|| scope.product.clone()),
            brand: self.brand(at),
        }
    }

    /// The trade mark that the nearest drug before the figure bears.
    fn brand(&self, at: &Range<usize>) -> Option<Name> {
        let nearest = self.subjects(0..at.start).rfind(|mention| matches!(mention.what, What::Drugs(_)))?;
        let is_marked = self.is(nearest.tokens.end, &["®", "™"]);
        is_marked.then(|| Name::from(self.text(nearest.tokens.clone()).to_lowercase()))
    }

    /// Whether another amount follows after "or".
    fn is_alternative(&self, from: usize, next: usize) -> bool {
        let joined = (from..next).any(|token| self.is(token, &["or", "/"]));
        let amount = self.reading.within(next..next + 1).any(|mention| matches!(mention.what, What::Amount(_)));
        joined && amount
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
        let release_in = |tokens: Range<usize>| {
            self.reading.within(tokens).find_map(|mention| match &mention.what {
                What::Release(name) => Some(name.clone()),
                _ => None,
            })
        };
        // "5–10 mg immediate-release, 6.25–12.5 mg extended-release": the one behind.
        let release =
            release_in(at.end..own.end.min(at.end + 2)).or_else(|| release_in(near.start..own.end.min(at.end + 16)));
        if release.is_some() {
            return release;
        }
        for mention in self.reading.within(near) {
            if let What::Form(name) = &mention.what {
                form = form.or_else(|| self.release_of(mention)).or(Some(name.clone()));
            }
        }
        form
    }

    /// "extended-release tablets" are of extended release.
    fn release_of(&self, form: &Mention) -> Option<Name> {
        const GAP: usize = 1;
        let before = self.reading.within(form.tokens.start.saturating_sub(4)..form.tokens.start);
        before.into_iter().find_map(|mention| match &mention.what {
            What::Release(name) if mention.tokens.end + GAP >= form.tokens.start => Some(name.clone()),
            _ => None,
        })
    }

    /// The patients a figure is for: named after it ("10 mg for children"), or
    /// the nearest named before it in the sentence.
    fn population(&self, at: &Range<usize>, own: &Range<usize>, sentence: &Range<usize>) -> Option<Population> {
        let mut population = self.named_population(at, own, sentence).or_else(|| self.opening_population(sentence))?;
        self.add_severity(&mut population, sentence.start..at.start);
        Some(population)
    }

    /// The patients that an earlier sentence of the paragraph opens with: "Adults
    /// start with 500 mg. The maximum is 3 g."
    fn opening_population(&self, sentence: &Range<usize>) -> Option<Population> {
        const OPENING: usize = 6;
        let at = self.reading.sentences.iter().position(|other| other.start == sentence.start)?;
        self.reading.sentences[..at].iter().rev().take(3).find_map(|earlier| {
            let doses = self.reading.within(earlier.clone()).any(|mention| matches!(mention.what, What::Amount(_)))
                || earlier.clone().any(|token| self.is(token, &["dose", "dosage", "doses"]));
            let mut builder = PopulationBuilder::default();
            for mention in self.reading.within(earlier.start..earlier.end.min(earlier.start + OPENING)) {
                builder.add(&mention.what, self.vocabulary);
            }
            builder.finish().filter(|_| doses)
        })
    }

    /// The part of a sentence between semicolons around a token.
    fn clause_of(&self, at: usize, sentence: &Range<usize>) -> Range<usize> {
        let ends = |token: &usize| self.is(*token, &[";"]);
        let start = (sentence.start..at).rev().find(ends).map_or(sentence.start, |token| token + 1);
        start..(at..sentence.end).find(ends).unwrap_or(sentence.end)
    }

    /// Whether a dose holds only beside another drug: "with strong CYP2C8
    /// inhibitors, no more than 15 mg".
    fn is_beside_other_drug(&self, sentence: &Range<usize>) -> bool {
        // "when used concurrently" needs no name beside it.
        let together = [
            "co-administered",
            "co-administration",
            "concomitant",
            "concomitantly",
            "coadministered",
            "coadministration",
            "concurrent",
            "concurrently",
        ];
        let with_prefix = |token: usize| {
            self.is(token, &["co"])
                && self.is(token + 1, &["-"])
                && self.is(token + 2, &["administered", "administration", "prescribed"])
        };
        // "CYP2D6 poor metabolizers", "CYP3A inhibitors:"
        let enzymes = ["inhibitor", "inhibitors", "inducer", "inducers", "metabolizers", "metabolisers"];
        let of_enzyme = |token: usize| {
            self.is(token, &enzymes)
                && (token.saturating_sub(3)..token).any(|before| {
                    self.is(before, &["strong", "moderate", "weak", "potent", "poor", "slow"])
                        || self.word(before).starts_with("cyp")
                })
        };
        let labelled = self.labels.iter().filter(|label| label.from <= sentence.end);
        let said = sentence.clone().chain(labelled.flat_map(|label| label.tokens.clone()));
        if said.into_iter().any(|token| self.is(token, &together) || with_prefix(token) || of_enzyme(token)) {
            return true;
        }
        // "Can it be taken with propranolol?"
        let asked = self.block.place.question.is_some_and(|id| {
            let question = self.article.blocks[id].text.to_lowercase();
            [" taken with ", " together with ", " combined with ", " used with "]
                .iter()
                .filter_map(|words| question.split_once(words))
                .any(|(_, company)| !FOODS.iter().any(|food| company.starts_with(food)))
        });
        if asked {
            return true;
        }
        let words = [
            "inhibitor",
            "inhibitors",
            "inducer",
            "inducers",
            "taking",
            "administered",
            "combined",
            "combining",
            "together",
        ];
        let said = sentence.clone().any(|token| {
            self.is(token, &words)
                && (!self.is(token, &["administered"]) || self.is(token.wrapping_sub(1), &["-", "co"]))
        });
        said && self
            .subjects(sentence.clone())
            .any(|mention| self.is_company(mention) || matches!(mention.what, What::Class(..)))
    }

    /// "for severe impairment": how bad, where the organ was named before.
    fn add_severity(&self, population: &mut Population, tokens: Range<usize>) {
        let severities = ["mild", "moderate", "severe", "mild to moderate", "moderate to severe", "end-stage"];
        let nearest = self.reading.within(tokens).rev().find_map(|mention| match &mention.what {
            What::Modifier(name) if severities.contains(&&**name) => Some(name.clone()),
            _ => None,
        });
        let is_organ = population.groups.iter().any(|name| name.ends_with("impairment"));
        let said = |severity: &Name| population.groups.iter().any(|name| name.starts_with(&**severity));
        if let Some(severity) = nearest.filter(|severity| is_organ && !said(severity)) {
            population.groups.push(severity);
            population.groups.sort();
        }
    }

    fn named_population(&self, at: &Range<usize>, own: &Range<usize>, sentence: &Range<usize>) -> Option<Population> {
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
                Some(start)
                    if start.saturating_sub(mention.tokens.end) > 3 || matches!(mention.what, What::Amount(_)) =>
                {
                    break;
                }
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
        let sentence_prevents = self.has(sentence.clone(), CueKind::Prevention);
        let behind = match self.conditions_in(own.clone()) {
            named if named.is_empty() => self.unknown_use(own).into_iter().collect(),
            named => named,
        };
        let ahead = match self.conditions_in(sentence.start..at.start) {
            named if named.is_empty() => self.opening_use(sentence, at).into_iter().collect(),
            named => named,
        };
        let own = [behind, ahead];
        let (named, prevents) = match own.into_iter().find(|named| !named.is_empty()) {
            Some(named) => (named, sentence_prevents || (scope.prevention && scope.conditions.is_empty())),
            None if !scope.conditions.is_empty() => (scope.conditions.clone(), scope.prevention || sentence_prevents),
            None => (self.whole.conditions.clone(), scope.prevention || sentence_prevents),
        };
        if prevents { prevention(named) } else { named }
    }

    /// "For CVI, 1000 mg daily": the words before the comma.
    fn opening_use(&self, sentence: &Range<usize>, at: &Range<usize>) -> Option<Name> {
        let start = (sentence.start..at.start).rev().find(|token| self.is(*token, &["for", "in"]))?;
        let comma = (start..at.start).find(|token| self.is(*token, &[",", ":"]))?;
        let opens = start == sentence.start || self.is(start - 1, &[".", ";", "(", ":"]);
        opens.then(|| self.unknown_use(&(start..comma))).flatten()
    }

    /// "60 mg daily for Zollinger-Ellison syndrome", where the vocabulary does not
    /// know the condition: the words after "for", if they name one.
    fn unknown_use(&self, own: &Range<usize>) -> Option<Name> {
        let from = own.clone().take(12).find(|token| self.is(*token, &["for"]))? + 1;
        let is_word = |token: &usize| self.reading.tokens[*token].kind == TokenKind::Word || self.is(*token, &["-"]);
        let end = (from..own.end.min(from + 6)).find(|token| !is_word(token)).unwrap_or(own.end.min(from + 6));
        let names_people_or_time = self
            .reading
            .within(from.saturating_sub(1)..end)
            .any(|mention| !matches!(mention.what, What::Modifier(_) | What::Cue(_) | What::Condition(_)));
        let plain = (from..end).any(|token| {
            self.is(
                token,
                &[
                    "the", "a", "up", "several", "at", "most", "some", "each", "example", "those", "this", "as",
                    "more", "patients", "long", "use", "every", "trend", "others", "it", "which", "whom", "its",
                    "their", "your", "you",
                ],
            )
        });
        let text = self.text(from..end).trim().to_lowercase();
        (end > from && !names_people_or_time && !plain && text.len() > 3).then(|| Name::from(text))
    }

    /// Conditions that a drug is given for: introduced by a preposition or a verb
    /// of treating, or in a list after one that is.
    pub fn conditions_in(&self, tokens: Range<usize>) -> Vec<Name> {
        let mut found: Vec<Name> = Vec::new();
        let mut last_end = None;
        for mention in self.reading.within(tokens.clone()) {
            let What::Condition(id) = mention.what else { continue };
            let condition = &self.vocabulary.conditions[id.index()];
            if !is_indication(condition) || people_at(self.reading, &mention.tokens) {
                continue;
            }
            let from = mention.tokens.start.saturating_sub(4).max(tokens.start);
            let introduced = (from..mention.tokens.start).any(|token| {
                self.is(token, &["for", "in", "of", "treat", "treating", "with", "manage", "prevent", "required"])
            });
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

/// Preventing a condition is another use than treating it.
fn prevention(conditions: Vec<Name>) -> Vec<Name> {
    if conditions.is_empty() {
        return vec![Name::from("prevention")];
    }
    conditions.into_iter().map(|name| Name::from(format!("prevention of {name}"))).collect()
}
