//! The gates in their order, the same for every way of running.

use super::{Suppressed, hold, suppress};
use crate::finding::Finding;
use crate::knowledge::Knowledge;
use crate::suppression::Suppression;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::borrow::Borrow;
use std::path::Path;

/// The findings that are held to the references and not suppressed, by the
/// suppressions of the articles or those of the configuration, however sure
/// they are. `whole` says whether everything was read that there is to read.
pub fn pass(findings: Vec<Finding>, known: &Knowledge, of_articles: &[Suppression], whole: bool) -> Suppressed {
    unsuppressed(held(findings, known), known, of_articles, whole)
}

/// The first gate: the references of the configuration.
pub fn held(findings: Vec<Finding>, known: &Knowledge) -> Vec<Finding> {
    hold(findings, |path| known.config.references.matching(Path::new(path)).is_some())
}

/// The second gate: suppressions.
pub fn unsuppressed<F: Borrow<Finding>>(
    findings: Vec<F>,
    known: &Knowledge,
    of_articles: &[Suppression],
    whole: bool,
) -> Suppressed<F> {
    let suppressions = [of_articles, &known.config.suppressions].concat();
    suppress(findings, &suppressions, &known.lints, |lint| known.is_on(lint), today(), whole)
}

/// The day by which suppressions end: the same everywhere on Earth.
fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}
