//! Making the edits that findings bring: which can be made together, and what a
//! file holds afterwards.

use crate::finding::{Edit, Finding};
use crate::span::Span;
use std::collections::BTreeMap;

/// Bytes of a text, with what takes their place.
pub type Piece<'t> = (Span, &'t str);

/// The findings whose edits can be made at once, as places in `findings`, and
/// the edits by file, in the order of the text. Of two findings that share a
/// byte the first is taken; the other may be made in a next run. `may_change`
/// says which files are to be touched at all.
pub fn choose<'f>(
    findings: &'f [Finding],
    may_change: impl Fn(&str) -> bool,
) -> (Vec<usize>, BTreeMap<&'f str, Vec<Piece<'f>>>) {
    let mut chosen = Vec::new();
    let mut files: BTreeMap<&str, BTreeMap<usize, &Edit>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        let is_free =
            |edit: &Edit| may_change(&edit.path) && files.get(edit.path.as_str()).is_none_or(|edits| fits(edits, edit));
        if finding.fix.is_empty() || !finding.fix.iter().all(is_free) {
            continue;
        }
        chosen.push(at);
        for edit in &finding.fix {
            files.entry(&edit.path).or_default().insert(edit.span.start, edit);
        }
    }
    let pieces =
        |edits: BTreeMap<usize, &'f Edit>| edits.into_values().map(|edit| (edit.span, edit.replacement.as_str()));
    (chosen, files.into_iter().map(|(path, edits)| (path, pieces(edits).collect())).collect())
}

/// Whether an edit begins nowhere where another does, and shares no byte.
fn fits(edits: &BTreeMap<usize, &Edit>, edit: &Edit) -> bool {
    let before = edits.range(..=edit.span.start).next_back();
    let after = edits.range(edit.span.start..).next();
    before.is_none_or(|(start, other)| *start < edit.span.start && other.span.end <= edit.span.start)
        && after.is_none_or(|(start, _)| edit.span.end <= *start)
}

/// The text after edits that are in order and share no byte.
pub fn apply(text: &str, edits: &[Piece<'_>]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for (span, replacement) in edits {
        edited.push_str(&text[at..span.start]);
        edited.push_str(replacement);
        at = span.end;
    }
    edited.push_str(&text[at..]);
    edited
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Confidence, Severity};

    fn finding(edits: &[(usize, usize, &str)]) -> Finding {
        let edit = |(start, end, replacement): &(usize, usize, &str)| Edit {
            path: "a.md".to_owned(),
            span: Span::new(*start, *end),
            replacement: (*replacement).to_owned(),
        };
        Finding {
            instead_of: None,
            code: "notation/x".to_owned(),
            severity: Severity::Note,
            confidence: Confidence::High,
            message: String::new(),
            help: String::new(),
            labels: Vec::new(),
            fix: edits.iter().map(edit).collect(),
            drugs: Vec::new(),
            subject: String::new(),
            values: Vec::new(),
            proof: Vec::new(),
            tenfold: false,
            fingerprint: String::new(),
        }
    }

    fn mended(findings: &[Finding]) -> (Vec<usize>, String) {
        let (chosen, files) = choose(findings, |_| true);
        (chosen, apply("0123456789", &files["a.md"]))
    }

    #[test]
    fn edits_that_share_a_byte_wait_for_the_next_run() {
        let findings = [finding(&[(4, 6, "x")]), finding(&[(5, 7, "y")]), finding(&[(6, 7, "z")]), finding(&[])];
        assert_eq!(mended(&findings), (vec![0, 2], "0123xz789".to_owned()));
        let findings = [finding(&[(1, 2, "x"), (8, 9, "")]), finding(&[(0, 1, "y"), (8, 8, "z")])];
        assert_eq!(mended(&findings), (vec![0], "0x2345679".to_owned()), "all edits of a finding, or none");
        let findings = [finding(&[(3, 3, "x")]), finding(&[(3, 3, "y")]), finding(&[(2, 3, "z")])];
        assert_eq!(mended(&findings), (vec![0, 2], "01zx3456789".to_owned()));
    }

    #[test]
    fn files_that_may_not_change_are_left() {
        assert!(choose(&[finding(&[(1, 2, "x")])], |_| false).1.is_empty());
    }
}
