//! Figures of one passage that do not add up.
//!
//! What is printed is recomputed, as statcheck does for test statistics
//! (Nuijten et al., Behavior Research Methods 2016). Published figures are
//! rounded, so a rule only speaks where no rounding can give what is written.

mod conversion;
mod day_total;
mod number_needed;
mod percent;
mod range;
mod reckoning;
mod weight_based;

use super::Slip;
use super::page::Page;
use crate::claim::Claim;

/// The slips that an article's claims show by themselves.
pub(super) fn of_claims(claims: &[Claim]) -> Vec<Slip> {
    let mut slips = number_needed::find(claims);
    slips.extend(range::of_claims(claims));
    slips
}

/// The slips of a block.
pub(super) fn of_page(page: &Page, slips: &mut Vec<Slip>) {
    let amounts: Vec<_> = page.amounts().collect();
    slips.extend(amounts.iter().filter_map(|amount| day_total::check(page, *amount)));
    slips.extend(amounts.iter().filter_map(|amount| conversion::check(page, *amount)));
    slips.extend(amounts.iter().filter_map(|amount| weight_based::check(page, *amount)));
    slips.extend(amounts.iter().filter_map(|amount| range::check(page, *amount)));
    slips.extend(amounts.iter().filter_map(|amount| range::check_raised(page, *amount)));
    slips.extend(page.reading.mentions.iter().filter_map(|mention| percent::check(page, mention)));
}
