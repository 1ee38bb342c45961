//! What an article of each format is read as: its blocks, where they stand,
//! and the bytes they came from.

use clinlint::source::{Format, Source};
use clinlint::text::{self, Article, BlockId};

/// One line a block: kind, place, text, and the part of the file it is from.
fn blocks(format: Format, text: &str) -> String {
    let source = Source::new("article", format, text);
    let article = text::read(&source);
    let mut shown = String::new();
    for problem in &article.problems {
        let place = problem.position.map(|position| format!("{}:{} ", position.line, position.column));
        shown += &format!("! {}{}\n", place.unwrap_or_default(), problem.message);
    }
    if let Some(dated) = &article.dated {
        shown += &format!("{:?} {}\n", dated.event, dated.written);
    }
    for (id, block) in article.blocks.iter().enumerate() {
        let span = block.span(0..block.text.len());
        let bold: Vec<&str> = block.bold.iter().map(|bold| &block.text[bold.clone()]).collect();
        let bold = if bold.is_empty() { String::new() } else { format!(" bold {bold:?}") };
        shown += &format!(
            "{id} {:?} {:?}{bold}{} {}..{}\n",
            block.kind,
            block.text,
            place(&article, id),
            span.start,
            span.end
        );
    }
    shown
}

/// What a block's place says, but for what it leaves open.
fn place(article: &Article, id: BlockId) -> String {
    let place = &article.blocks[id].place;
    let mut shown = String::new();
    for (name, ids) in [("under", &place.headings), ("after", &place.leads)] {
        if !ids.is_empty() {
            shown += &format!(" {name} {ids:?}");
        }
    }
    let single = [
        ("answers", place.question),
        ("list", place.list),
        ("table", place.table),
        ("row", place.row),
        ("beside", place.row_header),
        ("below", place.column_header),
    ];
    for (name, number) in single {
        if let Some(number) = number {
            shown += &format!(" {name} {number}");
        }
    }
    shown
}

#[test]
fn markdown_with_front_matter() {
    let text = "\
---
title: \"Examplazole: a **guide**\"
description: >-
  Examplazole is a made-up
  drug for tests.
lastModified: '2025-01-02'
tags: [a, b]
faqs:
  - q: |-
      How much?**
      **A:** 10 mg daily.
    a: 'A:** 10 mg daily.'
---
# Examplazole

**Adult dosage:**

Start low, as follows:

- **Oral:** 10–25&nbsp;mg
    - at night
- Topical[^1]

  not advised

> **Warning** avoid ~~20~~ ~30 mg

## May I [drive](x)?

No. See [[Driving|the rules]].

| Age | Dose |
|---|---|
| < 12 | *none* |
| | 5 mg/m<sup>2</sup> |

[^1]: On skin.
";
    insta::assert_snapshot!(blocks(Format::Markdown, text));
}

#[test]
fn markdown_boxes_and_pasted_lines() {
    let text = "\
!!! warning \"In children\"

    - Not advised

    More.

After the box.

> [!note]
> Take with food.

**Q:** With alcohol?
**A:** No.

Oxygen
\u{f0b7} 15 L/min
\u{f0b7} reassess
Adrenaline 0.5 mg

    - indented by accident

<details><summary>When does it work?</summary>

After **two weeks**.

</details>
";
    insta::assert_snapshot!(blocks(Format::Markdown, text));
}

#[test]
fn front_matter_that_is_not_yaml() {
    let text = "---\ntitle: Examplazole: a guide\nsummary: Start low: 10 mg daily.\n---\nBody.\n";
    insta::assert_snapshot!(blocks(Format::Markdown, text));
    let text = "---\ntitle: Examplazole\n\nBody.\n";
    insta::assert_snapshot!(blocks(Format::Markdown, text));
}

#[test]
fn html_page() {
    let text = "\
<!DOCTYPE html><html><head><title>Examplazole &amp; you</title><style>p{}</style></head>
<body><nav><a>Home</a></nav><main>
<h1>Examplazole</h1><p>Take <b>10&nbsp;mg</b> daily<br>with food.
<p>Not for:<ul><li>children<ul><li hidden>x<li>under 2</ul><li>adults
</ul>
<dl><dt>Elderly<dd>5 mg<dt>Adults<dd>10 mg</dl>
<table><caption>Doses</caption>
<tr><th rowspan=2>Age<th colspan=2>Dose<tr><th>start<th>max
<tr><td rowspan=2>Adult<td>10 mg<td><p>20 mg<p>daily<tr><td>5 mg<td>
</table>
<details><summary>May I drive?</summary>No.</details>
</main><footer>Contact</footer></body></html>
";
    insta::assert_snapshot!(blocks(Format::Html, text));
    insta::assert_snapshot!(blocks(Format::Html, "<p>Cut off <b>here<a href=\"x"));
}

#[test]
fn plain_text_of_a_page() {
    let text = "\
Skip to content

Examplazole in brief

Last updated: January 2, 2025View policy


Dosing

Starting dose

  • Begin with 10–25 mg at bedtime and increase. 1

  • Target: 50 mg
      - in adults


Common Side Effects:

  1. Drowsiness
  2. Headache

Frequently Asked Questions

May I drive?

Not at first.

References

Guideline

A Made-up Title of Another Work

Disclaimer

This is a test.
";
    insta::assert_snapshot!(blocks(Format::Plain, text));
}

#[test]
fn plain_text_of_a_guideline() {
    let text = "\
EXAMPLITIS
Introduction
A made-up condition of the example gland that is seen in tests of software and
nowhere else. It is treated with
Examplazole long-
term.
Treatment
• Drug treatment:
- Adult: 500 mg, taken by mouth every 8 hours for as long as the symptoms last
and not longer
- Child: none
• Alternatives
- Injection example acid
- Adult: 1000 mg every 8 hours
- Child:
- Neonates, 25 mg/kg every 12 hours
- 3 months to 12 years: 25 mg/kg every 8 hours
- Example sodium
- Adult: 5 mg
Plus
- Example acid for patients who do not get better within the first two weeks
Prevention
• None known
Table 1\tAge\tDose
Adult\t18\t500 mg
";
    insta::assert_snapshot!(blocks(Format::Plain, text));
}
