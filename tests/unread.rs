//! What looks like a statement and was not understood: `claims --unread`, and
//! the share that a gate can demand.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

mod repository;

use repository::{Repository, Run};

/// Three passages are understood; the volume, the number without a value and
/// the order without a condition are not.
const HALF_READ: &str = "# Domperidone

The usual dose of domperidone is 10 mg three times a day. Of the suspension give 10 mL of domperidone.

The NNT was not reported.

## Contraindications

- Heart block
- Prolactinoma

Domperidone is contraindicated whenever the left elbow glimmers.
";

/// Nothing but a laboratory value, a fluid and a piece of general advice.
const NOTHING_TO_READ: &str = "# Hydration

Serum calcium was 9 mg/dL. Drink 500 mL of water. Avoid crowded places. Consult your doctor.
";

fn articles() -> Repository {
    let folder = Repository::empty();
    folder.write("half.md", HALF_READ);
    folder.write("nothing.md", NOTHING_TO_READ);
    folder
}

#[test]
fn what_was_not_understood_is_listed_with_the_share_of_each_article() {
    let Run { status, out: table, .. } = articles().run_in("", &["claims", "--unread"]);
    assert_eq!(status, 0);
    insta::assert_snapshot!(table);
}

#[test]
fn other_programs_get_one_article_a_line() {
    let lines = articles().run_in("", &["claims", "--unread", "--format", "jsonl"]).out;
    let rows: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[1]["seen"], 0);
    assert_eq!(rows[1]["share"], serde_json::Value::Null);
    for passage in rows[0]["unread"].as_array().unwrap() {
        let at = |end: &str| usize::try_from(passage["span"][end].as_u64().unwrap()).unwrap();
        assert_eq!(passage["quote"], HALF_READ[at("start")..at("end")]);
    }
    let looks: Vec<&str> =
        rows[0]["unread"].as_array().unwrap().iter().map(|passage| passage["looks"].as_str().unwrap()).collect();
    assert_eq!(looks, ["dose", "number-needed", "contraindication"]);
}

#[test]
fn the_gate_can_demand_a_share() {
    let folder = articles();
    assert_eq!(folder.run_in("", &["check"]).status, 0);
    assert_eq!(folder.run_in("", &["check", "--least-understood", "50"]).status, 0);
    let Run { status, err: said, .. } = folder.run_in("", &["check", "--least-understood", "80"]);
    assert_eq!(status, 1);
    assert!(said.contains("half.md") && !said.contains("nothing.md"), "{said}");
    assert!(said.contains("80 % are demanded") && said.contains("clinlint claims --unread"), "{said}");
    folder.write("clinlint.yml", "least-understood: 80\n");
    assert_eq!(folder.run_in("", &["check"]).status, 1, "the configuration demands it");
    assert_eq!(folder.run_in("", &["check", "--least-understood", "0"]).status, 0, "what is typed wins");
}

#[test]
fn a_share_of_more_than_all_is_refused() {
    let folder = articles();
    folder.write("clinlint.yml", "least-understood: 101\n");
    let Run { status, err: said, .. } = folder.run_in("", &["check"]);
    assert_eq!(status, 2);
    assert!(said.contains("clinlint.yml:1:") && said.contains("101 % is more than all"), "{said}");
    assert_eq!(folder.run_in("", &["check", "--least-understood", "101"]).status, 2);
}

#[test]
fn a_verbose_check_says_how_much_was_understood() {
    let told = articles().run_in("", &["check", "--verbose"]).out;
    assert!(told.contains("looks like a dose, an NNT or a contraindication: "), "{told}");
    assert!(told.contains("passages understood ("), "{told}");
}
