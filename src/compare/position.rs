//! The positions of one side of a cut.

use super::cut::Range;

/// Splits what lies on one side of a cut where all of it below and all of it
/// above are apart: maxima of 2550 and 3000 mg both lie above one of 2000 mg, and
/// yet nobody can follow both. Each position is in ascending order.
pub(crate) fn positions(
    side: &[usize],
    range: impl Fn(usize) -> Range,
    are_apart: impl Fn(usize, usize) -> bool,
) -> Vec<Vec<usize>> {
    // So many are no values that an editor looks at one by one.
    const MOST: usize = 32;
    let mut order = side.to_vec();
    if order.len() > MOST {
        return vec![order];
    }
    order.sort_by_key(|index| (range(*index), *index));
    let mut found: Vec<Vec<usize>> = Vec::new();
    for (at, index) in order.iter().enumerate() {
        let (before, behind) = order.split_at(at);
        let is_split = before.iter().all(|one| behind.iter().all(|other| are_apart(*one, *other)));
        match found.last_mut() {
            Some(last) if !is_split => last.push(*index),
            _ => found.push(vec![*index]),
        }
    }
    for position in &mut found {
        position.sort_unstable();
    }
    found
}
