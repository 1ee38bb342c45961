//! The lint that was meant.

use super::Lint;
use crate::nearest::nearest;

/// The lint of this code.
///
/// # Errors
///
/// What to do about a code that no lint has: the nearest one, if one is near.
pub fn find<'a>(lints: &'a [Lint], code: &str) -> Result<&'a Lint, String> {
    lints.iter().find(|lint| lint.code == code).ok_or_else(|| {
        // "start" for "dose/start" is what people type.
        let names = lints.iter().flat_map(|lint| [(&*lint.code, &*lint.code), (lint.name(), &*lint.code)]);
        nearest(code, names).map_or_else(
            || "`clinlint lints` lists the codes there are".to_owned(),
            |code| format!("did you mean `{code}`?"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::builtin;

    #[test]
    fn a_slip_of_the_finger_is_answered_with_the_code_that_was_meant() {
        let lints = builtin().unwrap();
        assert_eq!(find(&lints, "dose/start").unwrap().code, "dose/start");
        assert_eq!(find(&lints, "dose/strat").unwrap_err(), "did you mean `dose/start`?");
        assert_eq!(find(&lints, "titration").unwrap_err(), "did you mean `dose/titration`?");
        assert_eq!(find(&lints, "quux").unwrap_err(), "`clinlint lints` lists the codes there are");
    }
}
