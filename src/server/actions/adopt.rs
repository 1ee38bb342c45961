//! "Use 25 mg as in monograph.md": putting the amount of another position in the
//! place of one, number and unit only. Nothing else about the two doses may
//! differ, or the sentence would come to state something new.

use super::{At, Piece, edit};
use crate::claim::{Claim, Dose, Value};
use crate::finding::Label;
use crate::mention::{self, What};
use crate::server::workspace::Workspace;
use crate::source::{Format, Source};
use crate::span::Span;
use crate::text;
use gen_lsp_types::CodeAction;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// For each amount of another position: this place, and every article that
/// holds the same position.
pub(super) fn actions(at: &At<'_>) -> Vec<CodeAction> {
    let mut actions = Vec::new();
    if at.label.reference {
        return actions;
    }
    let workspace = at.place.workspace;
    let Some(own) = Written::of(workspace, at.label) else { return actions };
    let mut seen = BTreeSet::new();
    // What references state comes first.
    let mut others: Vec<&Label> = at.finding.labels.iter().filter(|label| label.group != at.label.group).collect();
    others.sort_by_key(|label| !label.reference);
    for label in others {
        let Some(other) = Written::of(workspace, label).filter(|other| own.takes(other)) else { continue };
        if !seen.insert(other.words) {
            continue;
        }
        let source = workspace.shown(Path::new(&label.path));
        let title = format!("Use {} as in {source}", other.words);
        let here = BTreeMap::from([(own.article, vec![(own.span, other.words.to_owned())])]);
        actions.push(at.action(title.clone(), edit(at.desk, at.place, here, Some(&title))));
        let everywhere = held(at, &other);
        // Without a look at each change nobody should change several articles.
        if at.desk.can.confirms && everywhere.values().map(Vec::len).sum::<usize>() > 1 {
            let count = everywhere.len();
            let title = format!("{title} in every article that says {} ({count})", own.words);
            actions.push(at.action(title.clone(), edit(at.desk, at.place, everywhere, Some(&title))));
        }
    }
    actions
}

/// The edits of all articles that hold the position of the passage.
fn held(at: &At<'_>, other: &Written<'_>) -> BTreeMap<usize, Vec<Piece>> {
    let mut articles: BTreeMap<usize, Vec<Piece>> = BTreeMap::new();
    let same = at.finding.labels.iter().filter(|label| label.group == at.label.group && !label.reference);
    for written in same.filter_map(|label| Written::of(at.place.workspace, label)) {
        if written.takes(other) {
            articles.entry(written.article).or_default().push((written.span, other.words.to_owned()));
        }
    }
    articles
}

/// An amount as it is written.
struct Written<'d> {
    article: usize,
    dose: &'d Dose,
    /// The bytes of number and unit.
    span: Span,
    words: &'d str,
}

impl<'d> Written<'d> {
    /// The amount that a passage of a finding states.
    fn of(workspace: &'d Workspace, label: &Label) -> Option<Self> {
        let path = Path::new(&label.path);
        let format = Format::of(path).filter(|format| *format != Format::Word)?;
        let article = workspace.shelf.index(path)?;
        let claims = workspace.shelf.claims[article].claims.iter();
        let (claim, dose) = claims.filter(|claim| claim.span == label.span).find_map(|claim| match &claim.value {
            Value::Dose(dose) => Some((claim, dose)),
            _ => None,
        })?;
        let text = &workspace.shelf.sheet(article).text;
        let span = amount(claim, dose, text, format, workspace)?;
        Some(Self { article, dose, span, words: text.get(span.start..span.end)? })
    }

    /// Whether another amount can stand here, and would be a change.
    fn takes(&self, other: &Self) -> bool {
        let (one, two) = (self.dose, other.dose);
        (one.phase, one.frequency, one.each) == (two.phase, two.frequency, two.each)
            && one.combination == two.combination
            && one.amount.unit.per == two.amount.unit.per
            && one.amount.unit.base == two.amount.unit.base
            && self.words != other.words
    }
}

/// Where the amount of a dose is written: its number and unit, in one piece.
fn amount(claim: &Claim, dose: &Dose, text: &str, format: Format, workspace: &Workspace) -> Option<Span> {
    let sentence = claim.sentence.join(claim.span);
    let source = Source::new("sentence", format, text.get(sentence.start..sentence.end)?);
    let article = text::read(&source);
    let readings = mention::read(&article, workspace.known.vocabulary());
    let mut found = Vec::new();
    for (block, reading) in article.blocks.iter().zip(&readings) {
        for mention in &reading.mentions {
            let What::Amount(measured) = &mention.what else { continue };
            let is_it = measured.amount.unit == dose.amount.unit
                && measured.amount.range.high == dose.amount.range.high
                && measured.slashed.is_none();
            let tokens = &reading.tokens[mention.tokens.clone()];
            let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
            let written = block.span(first.range.start..last.range.end);
            let span = Span::new(sentence.start + written.start, sentence.start + written.end);
            let is_inside = claim.span.start <= span.start && span.end <= claim.span.end;
            // Of a series only the last has the unit.
            let has_unit = text.get(span.start..span.end).is_some_and(|words| words.contains(char::is_alphabetic));
            if is_it && is_inside && has_unit && !found.contains(&span) {
                found.push(span);
            }
        }
    }
    // Where it is written twice, one alone would not be enough.
    match found.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
