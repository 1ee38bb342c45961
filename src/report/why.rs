//! `check --why-not`: what became of each pair of statements on two lines.

use super::visible::{visible, without_commands};
use crate::claim::{Claim, list_names, statement};
use crate::compare::Apart;
use crate::finding::Confidence;
use std::io::{self, Write};

/// One of two statements, and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The article's path.
    pub path: &'a str,
    /// The line that it begins on.
    pub line: usize,
    /// The statement.
    pub claim: &'a Claim,
}

/// What became of two statements.
#[derive(Clone, Debug)]
pub enum Answer {
    /// They are reported against each other, under this code and message.
    Reported(String),
    /// They contradict, and are not reported for a reason that lies outside of
    /// them: a lint that is off, a suppression, a confidence that is not shown.
    Held(String),
    /// Something keeps them apart.
    Apart(Apart),
    /// They can be set against each other this surely, and others show the
    /// disagreement.
    Comparable(Confidence),
}

/// Writes two statements and what became of them.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(out: &mut impl Write, one: Side<'_>, other: Side<'_>, answer: &Answer) -> io::Result<()> {
    for side in [one, other] {
        let drugs = list_names(&side.claim.drugs, "+");
        let line = format!("{}:{}: {drugs}: {}", side.path, side.line, statement(side.claim));
        writeln!(out, "{}", without_commands(visible(&line).into_owned()))?;
    }
    let words = match answer {
        Answer::Reported(what) => format!("reported: {what}"),
        Answer::Held(why) => format!("not reported: {why}"),
        Answer::Apart(apart) => format!("not reported: {}{}", apart.words(), details(*apart, one.claim, other.claim)),
        Answer::Comparable(Confidence::Low) => {
            "not reported: they are held to each other at low confidence only, for what they have in common is guessed"
                .to_owned()
        }
        Answer::Comparable(_) => {
            "not reported by themselves: they can be set against each other, and what keeps them together or shows the \
             disagreement better is another passage"
                .to_owned()
        }
    };
    writeln!(out, "  {}\n", without_commands(visible(&words).into_owned()))
}

/// What a reason is about in these two statements: ": children against adults in
/// general".
fn details(apart: Apart, one: &Claim, other: &Claim) -> String {
    let against = |of: &dyn Fn(&Claim) -> String| format!(": {} against {}", of(one), of(other));
    match apart {
        Apart::Drugs => against(&|claim| list_names(&claim.drugs, "+")),
        Apart::Patients => {
            against(&|claim| crate::claim::population(&claim.context).unwrap_or_else(|| "adults in general".to_owned()))
        }
        Apart::Indications => against(&|claim| {
            let context = &claim.context;
            let uses = if context.indications.is_empty() { &context.presumed } else { &context.indications };
            if uses.is_empty() { "none said".to_owned() } else { list_names(uses, "or") }
        }),
        Apart::Routes => against(&|claim| match claim.context.routes.as_slice() {
            [] => "none said".to_owned(),
            routes => list_names(routes, "or"),
        }),
        Apart::Release => against(&|claim| claim.context.product.as_deref().unwrap_or("none said").to_owned()),
        Apart::Products => against(&|claim| claim.context.brand.as_deref().unwrap_or("none said").to_owned()),
        Apart::Sentence => ", which gives alternatives or parts of one instruction".to_owned(),
        Apart::Passage => ", which tells them apart itself".to_owned(),
        Apart::Agree => ": the values are the same, or one lies inside the other".to_owned(),
        Apart::NoAdvice => ": a product's strength, a step, or what a study or case reports".to_owned(),
        Apart::Question | Apart::Conditions | Apart::Outcomes => String::new(),
    }
}
