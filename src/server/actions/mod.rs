//! Code actions: what an editor can do about a finding at the cursor.

mod adopt;
mod fix;
mod suppress;

use super::desk::{Desk, Place};
use super::diagnostics;
use super::page::Pages;
use crate::finding::{Finding, Label};
use crate::source::Format;
use crate::span::Span;
use gen_lsp_types::{
    AnnotatedTextEdit, ChangeAnnotation, CodeAction, CodeActionKind, CodeActionParams, CodeActionResponse, Diagnostic,
    DocumentChange, Edit, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, TextDocumentIdentifier, TextEdit,
    WorkspaceEdit,
};
use std::collections::{BTreeMap, HashMap};

/// The kind of the action that makes all safe edits of an article.
pub(crate) const FIX_ALL: &str = "source.fixAll.clinlint";

/// What can be done about the findings in a range.
pub(crate) fn actions(desk: &Desk, params: &CodeActionParams, pages: &Pages) -> Option<Vec<CodeActionResponse>> {
    let place = desk.article(&params.text_document.uri)?;
    let path = place.workspace.shelf.path(place.article);
    // Bytes of the text of a Word document are no bytes of the file.
    if Format::of(path) == Some(Format::Word) {
        return None;
    }
    let wanted = place.span(params.range);
    let mut actions = Vec::new();
    for finding in place.workspace.findings_of(place.article) {
        let own = &place.workspace.shelf.claims[place.article].path;
        let is_at = |label: &&Label| {
            label.path == *own
                && label.group.is_some()
                && label.span.start <= wanted.end
                && wanted.start <= label.span.end
        };
        let Some(label) = finding.labels.iter().find(is_at) else { continue };
        let at =
            At { desk, place, finding, label, diagnostic: diagnostics::of_label(desk, place, finding, label, pages) };
        actions.extend(fix::action(&at));
        actions.extend(adopt::actions(&at));
        actions.extend(suppress::action(&at));
    }
    actions.extend(fix::all(desk, place));
    let only = params.context.only.as_deref();
    let is_wanted = |action: &CodeAction| {
        let kind = action.kind.clone().map(String::from).unwrap_or_default();
        let is_under = |wanted: &CodeActionKind| {
            let wanted = String::from(wanted.clone());
            kind == wanted || kind.strip_prefix(&wanted).is_some_and(|rest| rest.starts_with('.'))
        };
        match only {
            Some(kinds) => kinds.iter().any(is_under),
            // What changes a whole article is done when it is asked for.
            None => !kind.starts_with("source"),
        }
    };
    Some(actions.into_iter().filter(is_wanted).map(CodeActionResponse::CodeAction).collect())
}

/// A passage of a finding at the cursor.
struct At<'d> {
    desk: &'d Desk,
    place: Place<'d>,
    finding: &'d Finding,
    label: &'d Label,
    diagnostic: Diagnostic,
}

impl At<'_> {
    fn action(&self, title: String, edit: WorkspaceEdit) -> CodeAction {
        CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(vec![self.diagnostic.clone()]),
            edit: Some(edit),
            ..CodeAction::default()
        }
    }
}

/// What takes the place of which bytes of an article.
type Piece = (Span, String);

/// Edits of articles of a workspace, by their numbers. With a reason they are
/// shown before they are made, as far as the editor can.
fn edit(desk: &Desk, place: Place<'_>, articles: BTreeMap<usize, Vec<Piece>>, confirm: Option<&str>) -> WorkspaceEdit {
    const ANNOTATION: &str = "clinlint";
    let confirm = confirm.filter(|_| desk.can.confirms);
    let mut changes = Vec::new();
    for (article, pieces) in articles {
        let path = place.workspace.shelf.path(article);
        let there = Place { article, ..place };
        let edits = pieces.into_iter().map(|(span, new_text)| {
            let text_edit = TextEdit { range: there.range(span), new_text };
            match confirm {
                Some(_) => {
                    Edit::AnnotatedTextEdit(AnnotatedTextEdit { annotation_id: ANNOTATION.to_owned(), text_edit })
                }
                None => Edit::TextEdit(text_edit),
            }
        });
        changes.push(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                version: desk.document(path).map(|document| document.version),
                text_document_identifier: TextDocumentIdentifier { uri: desk.uri(path) },
            },
            edits: edits.collect(),
        });
    }
    if !desk.can.edits_documents {
        let plain = |edit: Edit| match edit {
            Edit::TextEdit(edit) => Some(edit),
            _ => None,
        };
        let changes = changes.into_iter().map(|change| {
            let edits = change.edits.into_iter().filter_map(plain).collect();
            (change.text_document.text_document_identifier.uri, edits)
        });
        return WorkspaceEdit { changes: Some(changes.collect()), ..WorkspaceEdit::default() };
    }
    let annotation = |label: &str| {
        let annotation =
            ChangeAnnotation { label: label.to_owned(), needs_confirmation: Some(true), description: None };
        HashMap::from([(ANNOTATION.to_owned(), annotation)])
    };
    WorkspaceEdit {
        changes: None,
        document_changes: Some(changes.into_iter().map(DocumentChange::TextDocumentEdit).collect()),
        change_annotations: confirm.map(annotation),
    }
}
