//! Hints inside the text: what a dose comes to in a day.

use super::desk::Desk;
use crate::claim::{Value, day_total};
use gen_lsp_types::{InlayHint, InlayHintParams, Label};

/// The day's totals of the doses in a range, where that takes reckoning.
pub(crate) fn hints(desk: &Desk, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    if !desk.options.inlay_hints {
        return None;
    }
    let place = desk.article(&params.text_document.uri)?;
    let wanted = place.span(params.range);
    let claims = place.workspace.shelf.claims[place.article].claims.iter();
    let hint = |claim: &crate::claim::Claim| {
        let Value::Dose(dose) = &claim.value else { return None };
        Some(InlayHint {
            position: place.range(claim.span).end,
            label: Label::String(format!("= {}", day_total(dose)?)),
            kind: None,
            text_edits: None,
            tooltip: None,
            padding_left: Some(true),
            padding_right: Some(true),
            data: None,
        })
    };
    Some(claims.filter(|claim| (wanted.start..=wanted.end).contains(&claim.span.end)).filter_map(hint).collect())
}
