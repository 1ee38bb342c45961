//! The gates in their order, the same for every way of running.

use super::{Suppressed, hold, suppress};
use crate::finding::Finding;
use crate::knowledge::Knowledge;
use crate::suppression::Suppression;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::path::Path;

/// The findings that are held to the references and not suppressed, by the
/// suppressions of the articles or those of the configuration, however sure
/// they are. `whole` says whether everything was read that there is to read.
pub fn pass(findings: Vec<Finding>, known: &Knowledge, of_articles: &[Suppression], whole: bool) -> Suppressed {
    let config = &known.config;
    let findings = hold(findings, |path| config.references.matching(Path::new(path)).is_some());
    let suppressions = [of_articles, &config.suppressions].concat();
    suppress(findings, &suppressions, &known.lints, |lint| known.is_on(lint), today(), whole)
}

/// The day by which suppressions end: the same everywhere on Earth.
fn today() -> Date {
    TimeZone::UTC.to_datetime(Timestamp::now()).date()
}
