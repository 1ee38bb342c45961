//! Open ends: the comparison before or behind a number.

use super::Bound;
use super::reader::Reader;
use crate::quantity::{Band, Interval};

impl Reader<'_> {
    /// A comparison before a number, and the token it starts at.
    pub fn bound_before(&self, at: usize) -> (Option<Bound>, usize) {
        let words = (self.before(at, 3), self.before(at, 2), self.before(at, 1));
        let found = match words {
            (_, "no" | "not", "over" | "above") => Some((Bound::AtMost, 2)),
            ("no" | "not" | "never", "more" | "greater" | "higher" | "older", "than") => Some((Bound::AtMost, 3)),
            ("no" | "not" | "never", "less" | "fewer" | "lower" | "younger", "than") => Some((Bound::AtLeast, 3)),
            (_, "more" | "greater" | "higher" | "older" | "heavier", "than") => Some((Bound::Above, 2)),
            (_, "less" | "fewer" | "lower" | "younger" | "lighter" | "smaller", "than") => Some((Bound::Below, 2)),
            (_, "<", "=") => Some((Bound::AtMost, 2)),
            (_, ">", "=") => Some((Bound::AtLeast, 2)),
            (_, "up", "to") | (_, "at", "most") => Some((Bound::AtMost, 2)),
            ("as", "much" | "high" | "many", "as") => Some((Bound::AtMost, 3)),
            (_, "at", "least") => Some((Bound::AtLeast, 2)),
            // "under-12s"
            (_, "under", "-") if self.is_tied(at) => Some((Bound::Below, 2)),
            (_, "over", "-") if self.is_tied(at) => Some((Bound::Above, 2)),
            (_, _, "<" | "under" | "below") => Some((Bound::Below, 1)),
            (_, _, "≤" | "⩽" | "≦") => Some((Bound::AtMost, 1)),
            (_, _, "≥" | "⩾" | "≧" | "minimum") => Some((Bound::AtLeast, 1)),
            (_, _, ">" | "over" | "above" | "exceeding") => Some((Bound::Above, 1)),
            _ => None,
        };
        found.map_or((None, at), |(bound, back)| (Some(bound), at - back))
    }

    /// A comparison behind a number and its unit ("40 kg or more", "12 years
    /// and over", "65+"), and the token after it.
    pub fn bound_behind(&self, at: usize) -> Option<(Bound, usize)> {
        if self.word(at) == "+" && self.is_tied(at) {
            return Some((Bound::AtLeast, at + 1));
        }
        if !self.is(at, &["and", "or", "&"]) {
            return None;
        }
        match self.word(at + 1) {
            "over" | "above" | "older" | "more" | "greater" | "higher" | "heavier" | "up" | "upwards" | "upward"
            | "beyond" => Some((Bound::AtLeast, at + 2)),
            "under" | "below" | "younger" | "less" | "fewer" | "lower" | "lighter" => Some((Bound::AtMost, at + 2)),
            _ => None,
        }
    }
}

/// The band that a bounded number describes.
pub(super) fn band(range: Interval, bound: Option<Bound>) -> Band {
    match bound {
        // ">45 to <60" has both ends.
        _ if range.low != range.high => Band(range),
        Some(Bound::Below | Bound::AtMost) => Band::new(None, range.high),
        Some(Bound::Above | Bound::AtLeast) => Band::new(range.low, None),
        None => Band(range),
    }
}
