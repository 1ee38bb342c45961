//! `claims --format keyed`: the claims of articles by key, for `clinlint
//! compare`.

use super::object;
use crate::compare::ArticleClaims;
use crate::exchange;
use crate::suppression::Suppression;
use crate::vocabulary::Vocabulary;
use rustc_hash::FxHashMap;
use std::io::{self, Write};

/// Writes what each article says about each key on a line of its own.
/// `suppressions` are those of all articles.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(
    out: &mut impl Write,
    articles: &[ArticleClaims],
    suppressions: &[Suppression],
    vocabulary: &Vocabulary,
) -> io::Result<()> {
    let mut own: FxHashMap<&str, Vec<Suppression>> = FxHashMap::default();
    for suppression in suppressions {
        own.entry(&suppression.path).or_default().push(suppression.clone());
    }
    for article in articles {
        let own = own.get(article.path.as_str()).map_or(&[][..], Vec::as_slice);
        for line in exchange::lines(article, own, vocabulary) {
            object::line(out, &line)?;
        }
    }
    Ok(())
}
