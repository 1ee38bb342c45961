//! Lenses: a line above a statement that says how the other articles stand to
//! it. They are worked out when a line is seen.

use super::desk::Desk;
use super::fact::{Fact, Standing};
use crate::compare::ClaimId;
use gen_lsp_types::{CodeLens, CodeLensParams, Command, Position, Range, Uri};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

/// The command by which an editor shows places, if it can.
pub(crate) const SHOW: &str = "clinlint.showReferences";

/// The line that a lens is for.
#[derive(Deserialize, Serialize)]
struct Line {
    uri: Uri,
    line: u32,
}

/// A lens for every line on which something is stated.
pub(crate) fn lenses(desk: &Desk, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    if !desk.options.code_lens {
        return None;
    }
    let uri = &params.text_document.uri;
    let place = desk.article(uri)?;
    let claims = &place.workspace.shelf.claims[place.article].claims;
    let mut lines: Vec<u32> = claims.iter().map(|claim| place.range(claim.span).start.line).collect();
    lines.sort_unstable();
    lines.dedup();
    let lens = |line| {
        let start = Position { line, character: 0 };
        let data = serde_json::to_value(Line { uri: uri.clone(), line }).ok();
        CodeLens { range: Range { start, end: start }, command: None, data }
    };
    Some(lines.into_iter().map(lens).collect())
}

/// Works out what a lens says.
pub(crate) fn resolve(desk: &Desk, lens: &CodeLens) -> CodeLens {
    let command = lens.data.clone().and_then(|data| serde_json::from_value(data).ok());
    let command = command.and_then(|line: Line| command_of(desk, &line));
    let nothing = Command { title: String::new(), ..Command::default() };
    CodeLens { command: Some(command.unwrap_or(nothing)), ..lens.clone() }
}

fn command_of(desk: &Desk, Line { uri, line }: &Line) -> Option<Command> {
    let place = desk.article(uri)?;
    let claims = place.workspace.shelf.claims[place.article].claims.iter().enumerate();
    let on_line = claims.filter(|(_, claim)| place.range(claim.span).start.line == *line);
    // Of several statements on a line, each other place counts once.
    let mut others: BTreeMap<ClaimId, Standing> = BTreeMap::new();
    for (claim, _) in on_line {
        for (standing, id) in Fact::of(place, ClaimId { article: place.article, claim }).others {
            let known = others.entry(id).or_insert(standing);
            *known = standing.min(*known);
        }
    }
    let count = |wanted: Standing| others.values().filter(|standing| **standing == wanted).count();
    let words = [
        ("agrees with", count(Standing::Agrees)),
        ("contradicts", count(Standing::Contradicts)),
        ("is not compared with", count(Standing::Differs)),
    ];
    let said: Vec<String> =
        words.iter().filter(|(_, count)| *count > 0).map(|(words, count)| format!("{words} {count}")).collect();
    let title = if said.is_empty() { "stated nowhere else".to_owned() } else { said.join(", ") };
    let arguments = desk.can.shows_places.then(|| {
        let location = |id: &ClaimId| {
            let span = place.workspace.shelf.claims[id.article].claims[id.claim].span;
            desk.location(place.workspace, id.article, span)
        };
        let locations: Vec<_> = others.keys().map(location).collect();
        vec![json!(uri), json!(Position { line: *line, character: 0 }), json!(locations)]
    });
    let command = if arguments.is_some() && !others.is_empty() { SHOW } else { "" };
    Some(Command { title, command: command.to_owned(), arguments, ..Command::default() })
}
