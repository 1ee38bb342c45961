//! Going from a claim to where its fact is stated: definition and references.

use super::desk::Desk;
use super::fact::Fact;
use gen_lsp_types::{
    Definition, DefinitionParams, DefinitionResponse, Location, ReferenceParams, TextDocumentPositionParams,
};

/// The statements that the claim under the cursor is held to.
pub(crate) fn definition(desk: &Desk, params: &DefinitionParams) -> Option<DefinitionResponse> {
    let fact = fact(desk, &params.text_document_position_params)?;
    let locations =
        fact.authority().into_iter().map(|id| desk.location(fact.workspace, id.article, fact.claim(id).span));
    Some(DefinitionResponse::Definition(Definition::LocationList(locations.collect())))
}

/// All statements of the fact under the cursor, in the order of the articles.
pub(crate) fn references(desk: &Desk, params: &ReferenceParams) -> Option<Vec<Location>> {
    let fact = fact(desk, &params.text_document_position_params)?;
    let own = params.context.include_declaration.then_some(fact.own);
    let mut ids: Vec<_> = own.into_iter().chain(fact.others.iter().map(|(_, id)| *id)).collect();
    ids.sort_unstable();
    Some(ids.into_iter().map(|id| desk.location(fact.workspace, id.article, fact.claim(id).span)).collect())
}

fn fact<'d>(desk: &'d Desk, at: &TextDocumentPositionParams) -> Option<Fact<'d>> {
    let place = desk.article(&at.text_document.uri)?;
    Some(Fact::of(place, place.claim(at.position)?))
}
