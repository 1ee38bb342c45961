//! The safe edits that findings bring.

use super::{At, FIX_ALL, Piece, edit};
use crate::fix::choose;
use crate::server::desk::{Desk, Place};
use gen_lsp_types::{CodeAction, CodeActionKind};
use std::collections::BTreeMap;
use std::path::Path;

/// The edit of one finding.
pub(super) fn action(at: &At<'_>) -> Option<CodeAction> {
    let fix = &at.finding.fix;
    let first = fix.first()?;
    let mut articles: BTreeMap<usize, Vec<Piece>> = BTreeMap::new();
    for edit in fix {
        let article = at.place.workspace.shelf.index(Path::new(&edit.path))?;
        articles.entry(article).or_default().push((edit.span, edit.replacement.clone()));
    }
    // An edit may only put in what is missing; the passage says more.
    let text = at.place.text().as_bytes();
    let (before, after) = (at.label.span.start..first.span.start, first.span.end..at.label.span.end);
    let slice =
        |range: std::ops::Range<usize>| String::from_utf8_lossy(text.get(range).unwrap_or_default()).into_owned();
    let title = match fix.as_slice() {
        [only] => format!("Write `{}{}{}`", slice(before), only.replacement, slice(after)),
        _ => format!("Mend: {}", at.finding.help),
    };
    let edit = edit(at.desk, at.place, articles, None);
    Some(CodeAction { is_preferred: Some(true), ..at.action(title, edit) })
}

/// All of them in an article.
pub(super) fn all(desk: &Desk, place: Place<'_>) -> Option<CodeAction> {
    let path = &place.workspace.shelf.claims[place.article].path;
    let findings: Vec<_> = place.workspace.findings_of(place.article).cloned().collect();
    let (_, files) = choose(&findings, |file| file == path);
    let pieces = files.get(path.as_str()).filter(|pieces| !pieces.is_empty())?;
    let pieces = pieces.iter().map(|(span, replacement)| (*span, (*replacement).to_owned())).collect();
    Some(CodeAction {
        title: "Make all safe edits of this article".to_owned(),
        kind: Some(CodeActionKind::from(FIX_ALL.to_owned())),
        edit: Some(edit(desk, place, BTreeMap::from([(place.article, pieces)]), None)),
        ..CodeAction::default()
    })
}
