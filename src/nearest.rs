//! The name that was meant.

/// Less alike than this, a name is another word and no slip of the finger.
const ALIKE: f64 = 0.75;

/// What the known name that is most like a written one stands for, if one is
/// near.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = (&'a str, &'a str)>) -> Option<&'a str> {
    let likeness = |(name, meant): (&'a str, &'a str)| (strsim::jaro_winkler(name, written), meant);
    let nearest = known.into_iter().map(likeness).max_by(|one, other| one.0.total_cmp(&other.0));
    nearest.filter(|(likeness, _)| *likeness >= ALIKE).map(|(_, meant)| meant)
}
