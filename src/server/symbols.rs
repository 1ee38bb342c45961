//! Symbols: what an article, or the workspace, states of which drug.

use super::desk::Desk;
use super::fact::headline;
use crate::claim::{Claim, list_names, statement};
use crate::span::Span;
use gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolKind, WorkspaceSymbol,
    WorkspaceSymbolLocation, WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use std::collections::BTreeMap;

/// More symbols nobody reads; typing more of the name finds others.
const MOST: usize = 256;

/// The claims of an article by their drugs, drugs in the order of the alphabet.
pub(crate) fn of_document(desk: &Desk, params: &DocumentSymbolParams) -> Option<DocumentSymbolResponse> {
    let place = desk.article(&params.text_document.uri)?;
    let mut drugs: BTreeMap<String, Vec<&Claim>> = BTreeMap::new();
    for claim in &place.workspace.shelf.claims[place.article].claims {
        drugs.entry(list_names(&claim.drugs, "with")).or_default().push(claim);
    }
    let symbol = |name: String, kind, span: Span, own: Span, children| DocumentSymbol {
        name,
        detail: None,
        kind,
        tags: None,
        #[allow(deprecated, reason = "the field has to be named")]
        deprecated: None,
        range: place.range(span),
        selection_range: place.range(own),
        children,
    };
    let of_drug = |(drug, claims): (String, Vec<&Claim>)| {
        let spans = claims.iter().map(|claim| claim.span);
        let whole = spans.reduce(Span::join)?;
        let own = claims[0].span;
        let claims =
            claims.iter().map(|claim| symbol(statement(claim), SymbolKind::Constant, claim.span, claim.span, None));
        Some(symbol(drug, SymbolKind::Class, whole, own, Some(claims.collect())))
    };
    Some(DocumentSymbolResponse::DocumentSymbolList(drugs.into_iter().filter_map(of_drug).collect()))
}

/// The claims of all articles in which every word of a query is found, the first
/// of it in a drug.
pub(crate) fn of_workspace(desk: &Desk, params: &WorkspaceSymbolParams) -> Option<WorkspaceSymbolResponse> {
    let query = params.query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let mut symbols = Vec::new();
    for workspace in &desk.workspaces {
        for (article, claims) in workspace.shelf.claims.iter().enumerate() {
            for claim in &claims.claims {
                if symbols.len() == MOST {
                    return Some(WorkspaceSymbolResponse::WorkspaceSymbolList(symbols));
                }
                let is_of_drug = |word: &&str| claim.drugs.iter().any(|drug| drug.to_lowercase().contains(word));
                if !words.first().is_none_or(is_of_drug) {
                    continue;
                }
                let name = headline(claim);
                let lower = name.to_lowercase();
                if words.iter().all(|word| lower.contains(word)) {
                    symbols.push(WorkspaceSymbol {
                        location: WorkspaceSymbolLocation::Location(desk.location(workspace, article, claim.span)),
                        data: None,
                        base_symbol_information: BaseSymbolInformation {
                            name,
                            kind: SymbolKind::Constant,
                            tags: None,
                            container_name: Some(workspace.shown(workspace.shelf.path(article))),
                        },
                    });
                }
            }
        }
    }
    Some(WorkspaceSymbolResponse::WorkspaceSymbolList(symbols))
}
