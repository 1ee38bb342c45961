//! What the server can do, as the editor is told.

use super::actions::FIX_ALL;
use super::client::Abilities;
use super::options::{Options, Scope};
use super::place::Encoding;
use gen_lsp_types::{
    ChangeNotifications, CodeActionKind, CodeActionOptions, CodeActionProvider, CodeLensOptions, DefinitionProvider,
    DiagnosticOptions, DiagnosticProvider, DocumentSymbolProvider, FileOperationFilter, FileOperationOptions,
    FileOperationPattern, FileOperationRegistrationOptions, HoverProvider, InlayHintProvider, PositionEncodingKind,
    ReferencesProvider, Save, SaveOptions, ServerCapabilities, TextDocumentSync, TextDocumentSyncKind,
    TextDocumentSyncOptions, WorkspaceFoldersServerCapabilities, WorkspaceOptions, WorkspaceSymbolProvider,
};

/// What an editor with these abilities and settings can use.
pub(crate) fn capabilities(can: &Abilities, options: &Options) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match can.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSync::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::Incremental),
            save: Some(Save::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        // An editor that is sent diagnostics would show them twice if it asked too.
        diagnostic_provider: can.pulls.then(|| {
            DiagnosticProvider::DiagnosticOptions(DiagnosticOptions {
                inter_file_dependencies: true,
                workspace_diagnostics: options.diagnostics == Scope::Workspace,
                ..DiagnosticOptions::default()
            })
        }),
        hover_provider: Some(HoverProvider::Bool(true)),
        definition_provider: Some(DefinitionProvider::Bool(true)),
        references_provider: Some(ReferencesProvider::Bool(true)),
        code_action_provider: Some(CodeActionProvider::CodeActionOptions(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QuickFix, CodeActionKind::from(FIX_ALL.to_owned())]),
            ..CodeActionOptions::default()
        })),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: Some(true), ..CodeLensOptions::default() }),
        inlay_hint_provider: Some(InlayHintProvider::Bool(true)),
        document_symbol_provider: Some(DocumentSymbolProvider::Bool(true)),
        workspace_symbol_provider: Some(WorkspaceSymbolProvider::Bool(true)),
        workspace: Some(WorkspaceOptions {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(ChangeNotifications::Bool(true)),
            }),
            file_operations: Some(FileOperationOptions {
                did_create: Some(all_files()),
                did_rename: Some(all_files()),
                did_delete: Some(all_files()),
                ..FileOperationOptions::default()
            }),
            ..WorkspaceOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}

/// Files and folders: a folder takes its articles along.
fn all_files() -> FileOperationRegistrationOptions {
    let pattern = FileOperationPattern { glob: "**/*".to_owned(), ..FileOperationPattern::default() };
    FileOperationRegistrationOptions { filters: vec![FileOperationFilter { scheme: Some("file".to_owned()), pattern }] }
}
