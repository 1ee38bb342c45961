//! Which request is answered by which file.

use super::desk::Desk;
use super::page::Pages;
use super::{actions, hints, hover, lens, navigation, publish, symbols};
use gen_lsp_types::{
    CodeActionRequest, CodeLensRequest, CodeLensResolveRequest, DefinitionRequest, DocumentDiagnosticRequest,
    DocumentSymbolRequest, HoverRequest, InlayHintRequest, LspRequestMethod as Method, ReferencesRequest, Request,
    WorkspaceDiagnosticRequest, WorkspaceSymbolRequest,
};
use lsp_server::ErrorCode;
use serde_json::Value;

/// What is answered: a result, or why there is none.
pub(crate) type Answer = Result<Value, (ErrorCode, String)>;

/// Answers a request about the texts as they are.
pub(crate) fn answer(desk: &Desk, pages: &Pages, method: &str, params: Value) -> Answer {
    match Method::from(method) {
        Method::TextDocumentDiagnostic => {
            by::<DocumentDiagnosticRequest>(params, |params| publish::of_document(desk, params, pages))
        }
        Method::WorkspaceDiagnostic => {
            by::<WorkspaceDiagnosticRequest>(params, |params| publish::of_workspace(desk, params, pages))
        }
        Method::TextDocumentHover => by::<HoverRequest>(params, |params| hover::hover(desk, params)),
        Method::TextDocumentDefinition => {
            by::<DefinitionRequest>(params, |params| navigation::definition(desk, params))
        }
        Method::TextDocumentReferences => {
            by::<ReferencesRequest>(params, |params| navigation::references(desk, params))
        }
        Method::TextDocumentCodeAction => {
            by::<CodeActionRequest>(params, |params| actions::actions(desk, params, pages))
        }
        Method::TextDocumentCodeLens => by::<CodeLensRequest>(params, |params| lens::lenses(desk, params)),
        Method::CodeLensResolve => by::<CodeLensResolveRequest>(params, |lens| lens::resolve(desk, lens)),
        Method::TextDocumentInlayHint => by::<InlayHintRequest>(params, |params| hints::hints(desk, params)),
        Method::TextDocumentDocumentSymbol => {
            by::<DocumentSymbolRequest>(params, |params| symbols::of_document(desk, params))
        }
        Method::WorkspaceSymbol => by::<WorkspaceSymbolRequest>(params, |params| symbols::of_workspace(desk, params)),
        _ => Err((ErrorCode::MethodNotFound, format!("{method} is nothing that clinlint answers"))),
    }
}

fn by<R: Request>(params: Value, work: impl FnOnce(&R::Params) -> R::Result) -> Answer {
    let params = serde_json::from_value(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))?;
    serde_json::to_value(work(&params)).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}
