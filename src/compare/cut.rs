//! Cutting ranges into positions that contradict.
//!
//! Overlap of ranges does not carry over: 10 agrees with 10–25, which agrees
//! with 25, which agrees with 25–50, and yet 10 contradicts 25–50. Positions
//! are therefore made by cuts: whatever lies wholly below a cut contradicts
//! whatever lies wholly above it; what straddles the cut agrees with both
//! sides, or nearly, and takes no part.

use super::Relation;
use rust_decimal::Decimal;

/// A range with both ends in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Range {
    /// Lower end.
    pub low: Decimal,
    /// Upper end; never less than `low`.
    pub high: Decimal,
}

impl Range {
    /// How this range stands to one that lies above it; `None` where they agree
    /// (overlap, or a single value inside or at the end of a range).
    pub fn relation(self, above: Self) -> Option<Relation> {
        if self.high > above.low {
            return None;
        }
        if self.high == above.low {
            let is_point = self.low == self.high || above.low == above.high;
            return (!is_point).then_some(Relation::Touch);
        }
        Some(if self.is_tenfold(above) { Relation::Tenfold } else { Relation::Disjoint })
    }

    /// Equal but for a factor of 10 or 1000: the slip of a decimal point, or
    /// of milligrams for micrograms.
    fn is_tenfold(self, above: Self) -> bool {
        [10, 1000].into_iter().any(|factor| {
            let factor = Decimal::from(factor);
            self.low > Decimal::ZERO && self.low * factor == above.low && self.high * factor == above.high
        })
    }
}

/// Two groups of ranges (by index), every one of the first below every one of
/// the second, and the gravest relation between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub below: Vec<usize>,
    pub above: Vec<usize>,
    pub relation: Relation,
}

/// Most findings about one key: further ones repeat the same values.
const MOST_CUTS: usize = 2;

/// Finds the cuts that show the contradictions among some ranges, the one that
/// parts the most pairs first. Sorting aside, linear in the ranges.
pub(crate) fn cuts(ranges: &[Range]) -> Vec<Cut> {
    let mut found: Vec<Cut> = Vec::new();
    let mut left: Vec<usize> = (0..ranges.len()).collect();
    while found.len() < MOST_CUTS {
        let Some(cut) = best(ranges, &left) else { break };
        // What straddled this cut may still contradict something further off.
        // Both sides of it are in ascending order, as what is left is.
        let takes_part =
            |index: &usize| cut.below.binary_search(index).is_ok() || cut.above.binary_search(index).is_ok();
        let straddling: Vec<usize> = left.iter().copied().filter(|index| !takes_part(index)).collect();
        found.push(cut);
        if straddling.is_empty() || left.len() > 256 {
            break;
        }
        let involved = |index: &usize| {
            straddling.contains(index)
                || straddling.iter().any(|other| contradict(ranges[*index], ranges[*other]).is_some())
        };
        left.retain(involved);
        left.sort_unstable();
        if left.len() <= straddling.len() {
            break;
        }
    }
    found
}

/// How two ranges contradict, whichever lies below.
pub(crate) fn contradict(one: Range, other: Range) -> Option<Relation> {
    one.relation(other).or_else(|| other.relation(one)).filter(|_| one != other)
}

/// The cut through a value that parts the most pairs.
fn best(ranges: &[Range], among: &[usize]) -> Option<Cut> {
    let mut lows: Vec<Decimal> = among.iter().map(|index| ranges[*index].low).collect();
    let mut highs: Vec<Decimal> = among.iter().map(|index| ranges[*index].high).collect();
    lows.sort_unstable();
    highs.sort_unstable();
    let is_point = |index: &&usize| ranges[**index].low == ranges[**index].high;
    let mut points: Vec<Decimal> = among.iter().filter(is_point).map(|index| ranges[*index].low).collect();
    let mut ends: Vec<Decimal> =
        among.iter().filter(|index| !is_point(index)).map(|index| ranges[*index].high).collect();
    points.sort_unstable();
    ends.sort_unstable();
    // The same sides as below: a single value at the cut is never under it,
    // and not over it either where a range ends there.
    let pairs_at = |cut: Decimal| {
        let here = points.partition_point(|point| *point <= cut) - points.partition_point(|point| *point < cut);
        let below = highs.partition_point(|high| *high <= cut) - here;
        let above = lows.len() - lows.partition_point(|low| *low < cut);
        below * if ends.binary_search(&cut).is_ok() { above - here } else { above }
    };
    // Every contradiction is parted by the lower end of its upper range.
    let mut candidates = lows.clone();
    candidates.dedup();
    let cut = candidates.into_iter().max_by_key(|cut| (pairs_at(*cut), std::cmp::Reverse(*cut)))?;
    let mut below: Vec<usize> = among.iter().copied().filter(|index| ranges[*index].high <= cut).collect();
    let mut above: Vec<usize> = among.iter().copied().filter(|index| ranges[*index].low >= cut).collect();
    // A single value at the cut agrees with ranges that end there.
    let at_cut = |index: &usize| ranges[*index].low == cut && ranges[*index].high == cut;
    below.retain(|index| !at_cut(index));
    if below.iter().any(|index| ranges[*index].high == cut) {
        above.retain(|index| !at_cut(index));
    }
    let relation = gravest(ranges, &below, &above)?;
    Some(Cut { below, above, relation })
}

/// The gravest relation across a cut: the lowest of the upper against the
/// highest of the lower decides between touching and apart.
fn gravest(ranges: &[Range], below: &[usize], above: &[usize]) -> Option<Relation> {
    let apart = |index: &usize| ranges[*index];
    let mut gravest = None;
    if below.len() * above.len() <= 4096 {
        for one in below.iter().map(apart) {
            for other in above.iter().map(apart) {
                gravest = gravest.max(one.relation(other));
            }
        }
        return gravest;
    }
    let lowest = below.iter().map(apart).min_by_key(|range| range.high)?;
    let highest = above.iter().map(apart).max_by_key(|range| range.low)?;
    lowest.relation(highest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range((low, high): (i64, i64)) -> Range {
        Range { low: Decimal::from(low), high: Decimal::from(high) }
    }

    fn cut_at(values: &[(i64, i64)]) -> Vec<(Vec<usize>, Vec<usize>, Relation)> {
        let ranges: Vec<Range> = values.iter().copied().map(range).collect();
        cuts(&ranges).into_iter().map(|cut| (cut.below, cut.above, cut.relation)).collect()
    }

    #[test]
    fn what_overlaps_agrees() {
        assert!(cut_at(&[(10, 25), (10, 10), (20, 50)]).is_empty() || cut_at(&[(10, 25), (20, 50)]).is_empty());
        assert!(cut_at(&[(10, 25), (25, 25)]).is_empty(), "a value at the end of a range is in it");
        assert!(cut_at(&[(900, 3600), (2400, 2400)]).is_empty());
        assert!(cut_at(&[(10, 10), (10, 10)]).is_empty());
    }

    #[test]
    fn ranges_that_share_an_end_touch() {
        assert_eq!(cut_at(&[(10, 25), (25, 50)]), [(vec![0], vec![1], Relation::Touch)]);
    }

    #[test]
    fn a_chain_of_overlaps_is_cut_where_most_contradicts() {
        let found = cut_at(&[(10, 10), (10, 25), (25, 50), (25, 25)]);
        assert_eq!(found[0], (vec![0, 1], vec![2], Relation::Disjoint));
    }

    #[test]
    fn single_values_apart_are_cut_between() {
        assert_eq!(cut_at(&[(3, 3), (4, 4)]), [(vec![0], vec![1], Relation::Disjoint)]);
        assert_eq!(cut_at(&[(3, 3), (3, 3), (10, 20)]), [(vec![0, 1], vec![2], Relation::Disjoint)]);
    }

    #[test]
    fn a_slipped_decimal_point_is_told_apart() {
        assert_eq!(cut_at(&[(25, 50), (250, 500)])[0].2, Relation::Tenfold);
        assert_eq!(cut_at(&[(25, 50), (250, 400)])[0].2, Relation::Disjoint);
    }
}
