//! The words of a text as phrases are compared by: case, possessives, plurals
//! and hyphens set aside.

use crate::text::token::{Token, TokenKind};
use std::borrow::Cow;

/// Folds a word in lower case to what it is compared by: one kind of
/// apostrophe, no possessive "'s".
pub(super) fn fold(lower: &str) -> Cow<'_, str> {
    const POSSESSIVE: &str = "'s";
    if lower.is_ascii() || !lower.contains('’') {
        return Cow::Borrowed(lower.strip_suffix(POSSESSIVE).unwrap_or(lower));
    }
    let mut folded = lower.replace('’', "'");
    folded.truncate(folded.strip_suffix(POSSESSIVE).map_or(folded.len(), str::len));
    Cow::Owned(folded)
}

/// The singular of a folded word that looks like a plural. What this makes of
/// a word that is none ("virus") is no word of the vocabulary.
pub(super) fn singular(folded: &str) -> Option<Cow<'_, str>> {
    let stem = folded.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s'))?;
    Some(match stem.strip_suffix("ie") {
        Some(stem) if stem.len() > 1 => Cow::Owned(format!("{stem}y")),
        _ if ["che", "she", "sse", "xe", "ze"].iter().any(|ending| stem.ends_with(ending)) => {
            Cow::Borrowed(&stem[..stem.len() - 1])
        }
        _ => Cow::Borrowed(stem),
    })
}

/// Whether a token is a hyphen, or a dash that may stand for one.
pub(super) fn is_hyphen(token: &str) -> bool {
    matches!(token, "-" | "\u{2010}" | "\u{2011}" | "\u{2012}" | "–")
}

/// Whether a token may stand between two words without parting them: a hyphen
/// with no space before it ("beta-blocker", "second- or third-degree"), or the
/// apostrophe of a plural's possessive.
pub(super) fn is_bridge(text: &str, tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if token.kind != TokenKind::Sign || token.spaced {
        return false;
    }
    let sign = token.text(text);
    matches!(sign, "'" | "’") || is_hyphen(sign)
}

/// Whether tokens are written exactly like a surface from which hyphens and
/// spaces were taken; a plural or possessive ending is allowed.
pub(super) fn is_written(surface: &str, text: &str, tokens: &[Token]) -> bool {
    let mut rest = surface;
    for (at, token) in tokens.iter().enumerate() {
        if is_bridge(text, tokens, at) {
            continue;
        }
        let word = token.text(text);
        let endings = ["", "'s", "’s", "s"].into_iter();
        let mut stems = endings.filter_map(|ending| word.strip_suffix(ending));
        match stems.find_map(|stem| rest.strip_prefix(stem)) {
            Some(after) => rest = after,
            None => return false,
        }
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::token::tokens;

    #[test]
    fn words_are_folded() {
        for (word, expected) in
            [("parkinson’s", "parkinson"), ("ménière's", "ménière"), ("ssris", "ssris"), ("don’t", "don't")]
        {
            assert_eq!(fold(word), expected);
        }
    }

    #[test]
    fn plurals_have_singulars_and_other_words_have_none() {
        for (plural, expected) in [
            ("tablets", "tablet"),
            ("allergies", "allergy"),
            ("patches", "patch"),
            ("abscesses", "abscess"),
            ("ssris", "ssri"),
            ("abscess", "abscess"),
            ("is", "is"),
            ("ties", "tie"),
            ("ids", "id"),
        ] {
            assert_eq!(singular(plural).unwrap_or(plural.into()), expected);
        }
    }

    #[test]
    fn exact_case_allows_hyphens_plurals_and_possessives() {
        let written = |text: &str| is_written("MAOI", text, &tokens(text));
        assert!(written("MAOI") && written("MAOIs") && written("MAOI’s"));
        assert!(!written("maoi") && !written("MAOIa"));
        assert!(is_written("COX2", "COX-2", &tokens("COX-2")));
    }
}
