//! The words of a text as phrases are compared by: case, possessives, plurals
//! and hyphens set aside.

use crate::text::token::{Token, TokenKind};

/// Folds a token to what it is compared by: lower case, one kind of
/// apostrophe, no possessive "'s".
pub(super) fn fold(token: &str, folded: &mut String) {
    folded.clear();
    if token.is_ascii() {
        folded.push_str(token);
        folded.make_ascii_lowercase();
    } else {
        let characters = token.chars().flat_map(char::to_lowercase);
        folded.extend(characters.map(|character| if character == '’' { '\'' } else { character }));
    }
    if folded.ends_with("'s") {
        folded.truncate(folded.len() - 2);
    }
}

/// Makes a folded word its singular, if it looks like a plural. What this
/// makes of a word that is none ("virus") is no word of the vocabulary.
pub(super) fn to_singular(folded: &mut String) -> bool {
    let ends = |ending: &str| folded.ends_with(ending);
    if folded.len() < 3 || !ends("s") || ends("ss") {
        return false;
    }
    if folded.len() > 4 && ends("ies") {
        folded.truncate(folded.len() - 3);
        folded.push('y');
    } else if ["ches", "shes", "sses", "xes", "zes"].iter().any(|ending| ends(ending)) {
        folded.truncate(folded.len() - 2);
    } else {
        folded.truncate(folded.len() - 1);
    }
    true
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
        let mut folded = String::new();
        for (token, expected) in
            [("Parkinson’s", "parkinson"), ("Ménière's", "ménière"), ("SSRIs", "ssris"), ("Don't", "don't")]
        {
            fold(token, &mut folded);
            assert_eq!(folded, expected);
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
        ] {
            let mut word = plural.to_owned();
            to_singular(&mut word);
            assert_eq!(word, expected);
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
