//! What findings, claims and problems look like, in every output, for texts
//! that are long, wide, hostile, or in several files.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod common;

use clinlint::compare::{Disagreement, Relation, Topic};
use clinlint::finding::{Confidence, Finding};
use clinlint::problem::Problem;
use clinlint::report::human::Style;
use clinlint::report::{claims_jsonl, claims_table, human, json, short};
use clinlint::span::Position;
use common::{Case, report, starting_doses};

const PLAIN: Style = Style::FILE;

fn drawn(case: &Case, findings: &[Finding], style: Style) -> String {
    let mut out = Vec::new();
    human::findings(&mut out, findings, &case.passages(), false, style).unwrap();
    human::summary(&mut out, report(findings, &case.passages(), &[]).summary(), None).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn two_files_and_a_long_paragraph() {
    let filler = "Neuropathic pain follows an injury of the nerves and answers poorly to common analgesics. ".repeat(4);
    let long = format!("# Nerve pain\r\n\r\n{filler}Amitriptyline is started at «25–50 mg nightly», {filler}\r\n");
    let case = Case::new(&[("a/amitriptyline.md", "Start with «10 mg at bedtime» for pain.\n"), ("b/pain.md", &long)]);
    insta::assert_snapshot!(drawn(&case, &case.judged(&[starting_doses(&[&[(0, 0)], &[(1, 0)]])]), PLAIN));
}

#[test]
fn many_places_and_positions() {
    let texts: Vec<(String, String)> =
        (0..9).map(|at| (format!("{at}.md"), format!("Start at «{at}0 mg».\n\nAgain: «{at}0 mg».\n"))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let case = Case::new(&texts);
    let first: Vec<(usize, usize)> = (0..7).flat_map(|article| [(article, 0), (article, 1)]).collect();
    let findings = case.judged(&[starting_doses(&[&first, &[(7, 0)], &[(8, 0), (8, 1)]])]);
    assert_eq!(findings[0].labels.len(), 17, "every place is in the finding");
    insta::assert_snapshot!(drawn(&case, &findings, PLAIN));
}

#[test]
fn neighbours_on_one_line() {
    let case =
        Case::new(&[("a.md", "\tStart at «10 mg» (some say «25 mg») at night. 每日一次 «50 mg», or «50\nmg».\n")]);
    let findings = case.judged(&[starting_doses(&[&[(0, 0)], &[(0, 1)], &[(0, 2), (0, 3)]])]);
    insta::assert_snapshot!(drawn(&case, &findings, PLAIN));
}

#[test]
fn places_are_links_where_they_are_wanted() {
    let case = Case::new(&[("a b/ä.md", "Start at «10 mg».\n"), ("c.md", "Start at «25 mg».\n")]);
    let findings = case.judged(&[starting_doses(&[&[(0, 0)], &[(1, 0)]])]);
    let linked = drawn(&case, &findings, Style { links: true, ..PLAIN });
    let parts: Vec<&str> = linked.split("\u{1b}]8;;").collect();
    assert_eq!(parts.len(), 5, "two links, each with an end: {linked:?}");
    let (address, place) = parts[1].split_once("\u{1b}\\").unwrap();
    assert!(address.starts_with("file://") && address.ends_with("/a%20b/%C3%A4.md"), "{address}");
    assert_eq!(place, "a b/ä.md:1:10");
    assert!(parts[2].starts_with("\u{1b}\\]"), "the link ends with the place");
    // Nothing but the links is added.
    let plain: String = parts
        .iter()
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('\\').unwrap().1 })
        .collect();
    assert_eq!(plain, drawn(&case, &findings, PLAIN));
}

#[test]
fn short_lines_begin_with_links_and_hostile_names_stay_inside() {
    let case = Case::new(&[("a\u{1b}]8;;x\u{7}\n.md", "Start at «10 mg».\n"), ("c.md", "Start at «25 mg».\n")]);
    let findings = case.judged(&[starting_doses(&[&[(0, 0)], &[(1, 0)]])]);
    let mut out = Vec::new();
    short::write(&mut out, &report(&findings, &case.passages(), &[]), Style { links: true, ..PLAIN }).unwrap();
    let line = String::from_utf8(out).unwrap();
    assert!(line.starts_with("\u{1b}]8;;file://"), "{line:?}");
    assert_eq!(line.matches('\u{1b}').count(), 4, "{line:?}");
    assert!(line.contains("/a%1B%5D8%3B%3Bx%07%0A.md\u{1b}\\a␛]8;;x"), "{line:?}");
}

/// A text that tries to move the cursor, to hide, to turn a dose around, and
/// to command a build server.
const HOSTILE: &str =
    "\u{1b}[2J\u{1b}]0;title\u{7} start at \u{202e}«01 mg\u{202c} ##\u{200b}[group]x\n::error::y» \u{9b}31m\n";

#[test]
fn hostile_text_is_harmless() {
    let case = Case::new(&[("a\n::error::.md", HOSTILE), ("b\u{1b}[31m.md", "Start ##«25 mg»\n")]);
    let drawn = drawn(&case, &case.judged(&[starting_doses(&[&[(0, 0)], &[(1, 0)]])]), PLAIN);
    let forbidden =
        |character: char| character.is_control() && character != '\n' || "\u{202e}\u{202c}".contains(character);
    assert!(!drawn.contains(forbidden), "{drawn:?}");
    assert!(!drawn.lines().any(|line| line.trim_start().starts_with("::")) && !drawn.contains("##["));
    insta::assert_snapshot!(drawn);
}

#[test]
fn ascii_and_narrow() {
    let case = Case::new(&[("a.md", "Start with «10 mg at bedtime» for pain, and raise it slowly as needed.\n")]);
    let style = Style { unicode: false, width: 60, ..PLAIN };
    insta::assert_snapshot!(drawn(&case, &case.judged(&[starting_doses(&[&[(0, 0)], &[(0, 0)]])]), style));
}

#[test]
fn positions_have_a_colour_each() {
    let case = Case::new(&[("a.md", "Start at «10 mg», or «10 mg», or «25 mg».\n")]);
    let style = Style { color: true, ..PLAIN };
    insta::assert_snapshot!(drawn(&case, &case.judged(&[starting_doses(&[&[(0, 0), (0, 1)], &[(0, 2)]])]), style));
}

#[test]
fn a_file_that_is_gone_is_shown_by_its_quote() {
    let case = Case::new(&[("a.md", "Start at «10 mg».\n"), ("b.md", "Start at «25 mg».\n")]);
    let findings = case.judged(&[starting_doses(&[&[(0, 0)], &[(1, 0)]])]);
    let mut out = Vec::new();
    human::findings(&mut out, &findings, &case.passages()[..1], false, PLAIN).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

#[test]
fn json_keeps_every_byte_and_place() {
    let case = Case::new(&[("a.md", HOSTILE), ("b.md", "Début: «25 mg».\n")]);
    let problems = [front_matter()];
    let findings = case.judged(&[starting_doses(&[&[(0, 0)], &[(1, 0)]])]);
    let mut out = Vec::new();
    json::write(&mut out, &report(&findings, &case.passages(), &problems)).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

#[test]
fn claims_as_table_and_lines() {
    let mut case = Case::new(&[
        ("a.md", "Start at «10 mg». Début: «25\nmg of a quote that goes on and on until no table could hold it».\n"),
        ("b.md", "None.\n"),
        ("c\u{1b}.md", HOSTILE),
    ]);
    case.add_every_kind();
    let mut table = Vec::new();
    claims_table::write(&mut table, &case.passages(), 100).unwrap();
    insta::assert_snapshot!("claims_table", String::from_utf8(table).unwrap());
    let mut wide = Vec::new();
    claims_table::write(&mut wide, &case.passages(), 160).unwrap();
    insta::assert_snapshot!("claims_table_wide", String::from_utf8(wide).unwrap());
    let mut lines = Vec::new();
    claims_jsonl::write(&mut lines, &case.passages()).unwrap();
    insta::assert_snapshot!("claims_jsonl", String::from_utf8(lines).unwrap());
}

#[test]
fn problems_name_file_line_and_remedy() {
    let missing = Problem::whole("no\u{1b}where.md", "there is no such file");
    let mut out = Vec::new();
    human::problems(&mut out, &[missing, front_matter()], PLAIN).unwrap();
    human::failure(&mut out, "there is no lint `dose/strat`", "did you mean `dose/start`?", PLAIN).unwrap();
    insta::assert_snapshot!(String::from_utf8(out).unwrap());
}

fn front_matter() -> Problem {
    let problem = Problem::part("a.md", "the front matter is not YAML").with_help("put the value in quotes");
    Problem { position: Some(Position { line: 3, column: 8 }), ..problem }
}

#[test]
fn a_fingerprint_outlives_moved_lines_neighbours_and_names() {
    let fingerprint = |first: &str, second: &str| {
        let case = Case::new(&[("a.md", first), ("b.md", second)]);
        case.judged(&[starting_doses(&[&[(0, 0)], &[(1, 0)]])]).remove(0).fingerprint
    };
    let before = fingerprint("Start at «10 mg».\n", "Start at «25 mg».\n");
    assert_eq!(before, fingerprint("# New heading\n\nStart with about «10 mg».\n", "Start at «25 mg».\n"));
    assert_ne!(before, fingerprint("Start at «20 mg».\n", "Start at «25 mg».\n"));
    let renamed = Case::new(&[("new/a.md", "Start at «10 mg».\n"), ("b.md", "Start at «25 mg».\n")]);
    let twice = [starting_doses(&[&[(0, 0)], &[(1, 0)]]), starting_doses(&[&[(0, 0)], &[(1, 0)]])];
    let findings = renamed.judged(&twice);
    assert_eq!(findings[0].fingerprint, before);
    assert_ne!(findings[1].fingerprint, before, "two findings are never one");
}

#[test]
fn what_a_lint_leaves_out_is_not_reported_and_order_is_total() {
    let case = Case::new(&[("a.md", "Start at «10 mg».\n"), ("b.md", "Start at «25 mg».\n")]);
    let onset = Disagreement {
        topic: Topic::OnsetInitial,
        relation: Relation::Touch,
        confidence: Confidence::High,
        ..starting_doses(&[&[(0, 0)], &[(1, 0)]])
    };
    assert_eq!(case.judged(&[onset]), []);
    let one = starting_doses(&[&[(0, 0)], &[(1, 0)]]);
    let other = starting_doses(&[&[(1, 0)], &[(0, 0)]]);
    assert_eq!(case.judged(&[one.clone(), other.clone()]), case.judged(&[other, one]));
}

proptest::proptest! {
    /// Whatever a text holds and wherever passages lie, drawing neither panics
    /// nor lets anything through that a terminal obeys.
    #[test]
    fn any_text_can_be_drawn(
        pieces in proptest::collection::vec("(\\PC|[ \t\r\n\u{1b}\u{202e}\u{200b}é每]){0,60}", 1..8),
        width in 60_usize..=100,
        unicode in proptest::bool::ANY,
    ) {
        // Every second piece is a passage.
        let marked: String = pieces.iter().map(|piece| piece.replace(['«', '»'], "")).enumerate()
            .map(|(at, piece)| if at % 2 == 1 { format!("«{piece}»") } else { piece })
            .collect();
        let case = Case::new(&[("a.md", &format!("{marked}«»"))]);
        let claims: Vec<(usize, usize)> = (0..=pieces.len() / 2).map(|claim| (0, claim)).collect();
        let findings = case.judged(&[starting_doses(&[&claims, &claims[..1]])]);
        let drawn = drawn(&case, &findings, Style { unicode, width, ..PLAIN });
        let obeyed = |character: char| character.is_control() && character != '\n' || character == '\u{202e}';
        proptest::prop_assert!(!drawn.contains(obeyed), "{drawn:?}");
    }
}
