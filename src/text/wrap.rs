//! Whether the end of a line is the end of anything. Text that was wrapped at
//! a width goes on in the next line; text that was pasted line by line (a
//! table, the boxes of a flow chart) does not.

/// The width at which lines are wrapped, if they are: no line but a few is
/// much longer.
pub(super) fn width<'l>(lines: impl Iterator<Item = &'l str>) -> Option<usize> {
    let mut widths: Vec<usize> = lines.map(columns).collect();
    widths.sort_unstable();
    let width = *widths.get(widths.len().checked_sub(1)? * 95 / 100)?;
    (55..=130).contains(&width).then_some(width)
}

/// Whether a line goes on with the sentence of the line above it.
pub(super) fn continues(above: &str, line: &str, width: Option<usize>) -> bool {
    if is_unfinished(above) {
        return true;
    }
    let is_ended = above.ends_with(['.', '!', '?', ':', ';']);
    if !is_ended && line.starts_with(|first: char| first.is_lowercase() || first == ')') {
        return true;
    }
    let first_word = line.split_whitespace().next().unwrap_or_default();
    let is_full = |width: usize| columns(above) + 1 + columns(first_word) > width;
    !above.ends_with(':') && width.is_some_and(is_full)
}

/// Whether the break between two lines falls into a word with a hyphen.
pub(super) fn is_cut_at_hyphen(above: &str, line: &str) -> bool {
    let before = above.strip_suffix('-').and_then(|rest| rest.chars().next_back());
    before.is_some_and(char::is_alphabetic) && line.starts_with(char::is_lowercase)
}

/// Whether a line ends where no sentence can.
pub(super) fn is_unfinished(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    text.ends_with([',', '(', '/', '&']) || text.ends_with('-') && last.len() > 1 || UNFINISHED.contains(&last)
}

/// Words that something has to follow.
const UNFINISHED: [&str; 48] = [
    "a", "about", "above", "after", "an", "and", "are", "as", "at", "be", "been", "before", "below", "between", "by",
    "can", "during", "every", "for", "from", "has", "have", "if", "in", "into", "is", "may", "must", "nor", "not",
    "of", "on", "or", "over", "per", "should", "than", "that", "the", "to", "under", "until", "was", "were", "when",
    "which", "with", "without",
];

fn columns(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_go_on_and_pasted_lines_do_not() {
        let wrapped =
            ["Start with a low dose at night and increase it every few days to", "Target doses as tolerated."];
        assert!(continues(wrapped[0], wrapped[1], width(wrapped.into_iter())));
        assert!(continues("Give slowly over", "two minutes", None));
        assert!(continues("Fever, cough,", "Dyspnoea", None));
        assert!(continues("Gabapentin is started at", "300 mg at night.", None));
        assert!(!continues("Oxygen", "Adrenaline 0.5 mg", None));
        assert!(!continues("In adults:", "give 10 mg", None));
    }

    #[test]
    fn a_word_cut_at_its_hyphen_is_put_together() {
        assert!(is_cut_at_hyphen("given long-", "term"));
        assert!(!is_cut_at_hyphen("10 -", "25 mg"));
        assert!(!is_cut_at_hyphen("25-", "50 mg"));
    }
}
