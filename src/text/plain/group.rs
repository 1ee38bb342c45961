//! Lists that have lost their indentation. Text out of a PDF often holds a
//! drug, whom it is for and how much in items of one list:
//!
//! ```text
//! - Examplazole
//! - Adult: 500 mg
//! - Child:
//! - up to 2 weeks: 3 mg/kg
//! ```

use super::heading::has_amount;
use super::line::{Line, LineKind};

const HEAD_WORDS: usize = 6;

/// What an item does for the items after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Names what the patients after it are given.
    Head,
    /// Names the patients that the items after it are about.
    Who,
    /// Says something about the patients it starts with.
    ForWhom,
    Other,
}

/// The role of an item, from its text and the line after it.
pub(super) fn role(line: &Line<'_>, next: Option<&Line<'_>>) -> Role {
    let text = item_text(line);
    let next = next.filter(|next| next.indent == line.indent && is_same_list(line, next));
    match patients(text) {
        Some(_) if text.ends_with(':') && next.is_some() => Role::Who,
        Some(_) => Role::ForWhom,
        None => {
            let is_name = text.split_whitespace().count() <= HEAD_WORDS && !text.ends_with('.') && !has_amount(text);
            let is_followed = next.is_some_and(|next| patients(item_text(next)).is_some());
            if is_name && is_followed { Role::Head } else { Role::Other }
        }
    }
}

/// Whether an item ends the items about the patients named before: it names
/// others of the same breadth.
pub(super) fn names_other_patients(line: &Line<'_>, role: Role) -> bool {
    role == Role::Who || patients(item_text(line)).is_some_and(|is_broad| is_broad)
}

fn item_text<'t>(line: &Line<'t>) -> &'t str {
    match line.kind {
        LineKind::Item { start, .. } => &line.text[start..],
        _ => line.text,
    }
}

fn is_same_list(line: &Line<'_>, next: &Line<'_>) -> bool {
    match (line.kind, next.kind) {
        (LineKind::Item { marker: one, .. }, LineKind::Item { marker: other, .. }) => one == other,
        _ => false,
    }
}

/// Whether a text starts with patients, and if so, whether with all of an age.
fn patients(text: &str) -> Option<bool> {
    let first = text.split(|character: char| !character.is_alphabetic()).next()?.to_lowercase();
    match first.as_str() {
        "adult" | "adults" | "child" | "children" | "elderly" | "paediatric" | "pediatric" => Some(true),
        "neonate" | "neonates" | "infant" | "infants" | "adolescent" | "adolescents" => Some(false),
        _ => None,
    }
}
