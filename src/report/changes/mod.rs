//! `diff`: what a change does to the claims, as text, JSON and Markdown.

pub mod json;
pub mod markdown;
pub mod text;

use super::counted;
use crate::change::{Against, Change};
use serde::Serialize;

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Added,
    Removed,
    Altered,
}

impl Kind {
    fn of(change: &Change) -> Self {
        match (&change.before, &change.after) {
            (None, _) => Self::Added,
            (_, None) => Self::Removed,
            _ => Self::Altered,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Altered => "altered",
        }
    }
}

/// "1 claim altered, 2 added, 0 removed".
fn summary(changes: &[Change]) -> String {
    let count = |kind| changes.iter().filter(|change| Kind::of(change) == kind).count();
    let altered = counted(count(Kind::Altered), "claim");
    format!("{altered} altered, {} added, {} removed", count(Kind::Added), count(Kind::Removed))
}

/// "10 mg a day, start → 20 mg a day, start".
fn states(change: &Change) -> String {
    let stated: Vec<&str> =
        [&change.before, &change.after].into_iter().flatten().map(|stated| &*stated.states).collect();
    stated.join(" → ")
}

/// What a new statement disagrees with, a line for each other position: "dose/start: 5 articles state 50
/// mg a day, start: b.md:3, c.md:9".
fn others(against: &Against) -> Vec<String> {
    /// The most places that are named; the rest is counted.
    const MOST: usize = 6;
    let line = |(states, places): &(String, Vec<(String, usize)>)| {
        let mut articles: Vec<&str> = places.iter().map(|(path, _)| path.as_str()).collect();
        articles.sort_unstable();
        articles.dedup();
        let mut named: Vec<String> = places.iter().take(MOST).map(|(path, line)| format!("{path}:{line}")).collect();
        if places.len() > MOST {
            named.push(format!("{} more", places.len() - MOST));
        }
        let verb = if articles.len() == 1 { "states" } else { "state" };
        format!("{}: {} {verb} {states}: {}", against.code, counted(articles.len(), "article"), named.join(", "))
    };
    against.positions.iter().map(line).collect()
}
