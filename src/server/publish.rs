//! Diagnostics that are sent to the editor, and those that it asks for.

use super::client::Client;
use super::desk::Desk;
use super::diagnostics;
use super::options::Scope;
use super::page::Pages;
use super::place::path_of;
use crate::lint::fingerprint;
use gen_lsp_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, FullDocumentDiagnosticReport, PreviousResultId,
    PublishDiagnosticsNotification, PublishDiagnosticsParams, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, WorkspaceDiagnosticParams,
    WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// What the editor was last sent, by file.
#[derive(Default)]
pub(crate) struct Published(BTreeMap<PathBuf, (Option<i32>, Vec<Diagnostic>)>);

impl Published {
    /// Sends the diagnostics that are other than those last sent.
    pub fn update(&mut self, desk: &Desk, client: &mut Client<'_>, pages: &Pages) -> io::Result<()> {
        let mut wanted: BTreeSet<PathBuf> = self.0.keys().cloned().collect();
        // An editor that asks for diagnostics asks for those of articles only.
        for workspace in &desk.workspaces {
            wanted.extend(workspace.config_file.clone());
            wanted.extend(workspace.known.config.baseline.clone());
        }
        if !client.can.pulls {
            wanted.extend(desk.documents().map(|(path, _)| path.to_owned()));
            if desk.options.diagnostics == Scope::Workspace {
                wanted.extend(desk.workspaces.iter().flat_map(|workspace| workspace.shelf.paths()).cloned());
            }
        }
        for path in wanted {
            let version = desk.document(&path).map(|document| document.version);
            let diagnostics = if is_shown(desk, &path) { of(desk, &path, pages) } else { Vec::new() };
            let known = self.0.get(&path);
            let is_new = known.map_or(!diagnostics.is_empty() || version.is_some(), |(sent, known)| {
                *known != diagnostics || (version.is_some() && *sent != version)
            });
            if is_new {
                let uri = desk.uri(&path);
                client.tell::<PublishDiagnosticsNotification>(PublishDiagnosticsParams {
                    uri,
                    version,
                    diagnostics: diagnostics.clone(),
                })?;
            }
            if version.is_none() && diagnostics.is_empty() {
                self.0.remove(&path);
            } else {
                self.0.insert(path, (version, diagnostics));
            }
        }
        Ok(())
    }
}

fn is_shown(desk: &Desk, path: &Path) -> bool {
    desk.options.diagnostics == Scope::Workspace || desk.document(path).is_some() || desk.article_at(path).is_none()
}

/// The diagnostics of a file.
fn of(desk: &Desk, path: &Path, pages: &Pages) -> Vec<Diagnostic> {
    if let Some(place) = desk.article_at(path) {
        return diagnostics::of_article(desk, place, pages);
    }
    diagnostics::of_other(desk, path)
}

/// Answers what the diagnostics of an article are.
pub(crate) fn of_document(desk: &Desk, params: &DocumentDiagnosticParams, pages: &Pages) -> DocumentDiagnosticReport {
    let path = path_of(&params.text_document.uri);
    let items = path.map(|path| of(desk, &path, pages)).unwrap_or_default();
    let result = identity(&items);
    if params.previous_result_id.as_ref() == Some(&result) {
        return DocumentDiagnosticReport::RelatedUnchangedDocumentDiagnosticReport(
            RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: result },
            },
        );
    }
    DocumentDiagnosticReport::RelatedFullDocumentDiagnosticReport(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result), items },
    })
}

/// Answers what the diagnostics of all articles are. Of articles that have
/// none, only those are named for which the editor knows of some.
pub(crate) fn of_workspace(
    desk: &Desk,
    params: &WorkspaceDiagnosticParams,
    pages: &Pages,
) -> WorkspaceDiagnosticReport {
    let known = params.previous_result_ids.iter();
    let previous: BTreeMap<PathBuf, &PreviousResultId> =
        known.filter_map(|known| Some((path_of(&known.uri)?, known))).collect();
    let mut paths: BTreeSet<PathBuf> = previous.keys().cloned().collect();
    paths.extend(desk.workspaces.iter().flat_map(|workspace| workspace.shelf.paths()).cloned());
    let mut items = Vec::new();
    for path in paths {
        let known = previous.get(&path);
        let own = of(desk, &path, pages);
        if own.is_empty() && known.is_none() {
            continue;
        }
        let uri = known.map_or_else(|| desk.uri(&path), |known| known.uri.clone());
        let version = desk.document(&path).map(|document| document.version);
        let result = identity(&own);
        items.push(if known.is_some_and(|known| known.value == result) {
            WorkspaceDocumentDiagnosticReport::WorkspaceUnchangedDocumentDiagnosticReport(
                WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: result },
                },
            )
        } else {
            WorkspaceDocumentDiagnosticReport::WorkspaceFullDocumentDiagnosticReport(
                WorkspaceFullDocumentDiagnosticReport {
                    uri,
                    version,
                    full_document_diagnostic_report: FullDocumentDiagnosticReport {
                        result_id: Some(result),
                        items: own,
                    },
                },
            )
        });
    }
    WorkspaceDiagnosticReport { items }
}

/// A name for diagnostics that others do not have.
fn identity(diagnostics: &[Diagnostic]) -> String {
    let written = serde_json::to_string(diagnostics).unwrap_or_default();
    fingerprint([written.as_str()])
}
