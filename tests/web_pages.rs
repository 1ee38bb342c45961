//! Of a web page, the article is read and what stands around it is not.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use clinlint::source::{Format, Source};
use clinlint::text::{Article, BlockKind, read};
use std::fmt::Write;
use std::fs;
use std::path::Path;

fn article(html: &str) -> Article {
    read(&Source::new("a.html", Format::Html, html))
}

/// Kind and text of each block, and what it stands under.
fn blocks(html: &str) -> String {
    let article = article(html);
    let mut shown = String::new();
    for block in &article.blocks {
        let kind = match &block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::ListItem { depth } => format!("item{depth}"),
            kind => format!("{kind:?}").to_lowercase(),
        };
        let name = |id: &usize| article.blocks[*id].text.replace('\n', "⏎");
        let place = &block.place;
        write!(shown, "{kind}: {}", block.text.replace('\n', "⏎")).unwrap();
        let leads: Vec<String> = place.leads.iter().chain(&place.question).map(name).collect();
        if !leads.is_empty() {
            write!(shown, " < {}", leads.join(" / ")).unwrap();
        }
        let headers: Vec<String> = place.row_header.iter().chain(&place.column_header).map(name).collect();
        if !headers.is_empty() {
            write!(shown, " @ {}", headers.join(" × ")).unwrap();
        }
        shown.push('\n');
    }
    shown
}

/// The blocks of a page. Everything that is not to be read in the pages here
/// has a number from 900 to 909 in it.
fn page(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let blocks = blocks(&fs::read_to_string(folder.join(format!("{name}.html"))).unwrap());
    let astray: Vec<&str> = blocks.lines().filter(|line| line.contains("90")).collect();
    assert!(astray.is_empty(), "{name}: {astray:#?}");
    blocks
}

#[test]
fn a_page_of_wordpress() {
    insta::assert_snapshot!(page("wordpress"));
}

#[test]
fn a_page_of_drupal() {
    insta::assert_snapshot!(page("drupal"));
}

#[test]
fn a_page_of_a_health_service() {
    insta::assert_snapshot!(page("service"));
}

#[test]
fn a_document_that_word_has_saved_as_a_page() {
    insta::assert_snapshot!(page("word"));
}

#[test]
fn a_page_of_a_wiki() {
    insta::assert_snapshot!(page("mediawiki"));
}

#[test]
fn an_old_page_without_any_landmark() {
    insta::assert_snapshot!(page("tables"));
}

/// The texts of the blocks of HTML.
fn texts(html: &str) -> Vec<String> {
    article(html).blocks.into_iter().map(|block| block.text).collect()
}

#[test]
fn a_fragment_loses_nothing() {
    assert_eq!(texts("<div class='related'><p>Start at 10 mg.</p></div>"), ["Start at 10 mg."]);
    assert_eq!(
        texts("<h1>A</h1><div class='related doses'><p>Start at 10 mg, then 20 mg.</p></div>"),
        ["A", "Start at 10 mg, then 20 mg."]
    );
    assert_eq!(texts("<header><h1>A</h1></header><p>Start at 10 mg.</p>"), ["A", "Start at 10 mg."]);
    assert_eq!(
        texts("<p>Before</p><article><p>Start</p></article><p>After that many more words than before.</p>").len(),
        3
    );
    assert_eq!(texts("<h2>Related questions</h2><p>Start at 10 mg.</p>"), ["Related questions", "Start at 10 mg."]);
    let links = "<li><a href='#'>one</a></li>".repeat(9);
    assert_eq!(texts(&format!("<p>It is contraindicated in</p><ul>{links}</ul>")).len(), 10);
    assert_eq!(texts("Just text"), ["Just text"]);
}

#[test]
fn what_is_around_is_left_out_of_short_pages_too() {
    let page = |around: &str| format!("<body><h1>A</h1><p>Start at 10 mg at night and go on.</p>{around}</body>");
    for around in [
        "<div id='cookie-consent'>We use cookies</div>",
        "<nav>Home</nav>",
        "<footer>All rights</footer>",
        "<div class='newsletter'>Sign up</div>",
        "<section><h2>Related questions</h2><p>May I drive?</p></section>",
        "<div hidden>Nobody sees this</div>",
    ] {
        assert_eq!(texts(&page(around)), ["A", "Start at 10 mg at night and go on."], "{around}");
    }
    for around in ["<div class='panel' hidden>Opened by a click</div>", "<div class='footnotes'>A note</div>"] {
        assert_eq!(texts(&page(around)).len(), 3, "{around}");
    }
}

#[test]
fn the_heading_above_the_article_and_the_title_are_kept() {
    let html = "<title>T</title><body><h1>Amitriptyline</h1><p>Menu</p><div itemprop='articleBody'><p>Start at 10 mg.</p></div><p>End</p>";
    let text = format!("{html}<p>{}</p>", "more ".repeat(3));
    assert_eq!(texts(&text), ["T", "Amitriptyline", "Start at 10 mg."]);
    // Empty until a script fills it.
    assert_eq!(texts("<body><main></main><p>Start at 10 mg.</p>"), ["Start at 10 mg."]);
    // Two articles of about the same length are both read, a teaser is not.
    let article = |words: usize| format!("<article><p>{}</p></article>", "word ".repeat(words));
    assert_eq!(texts(&format!("<body>{}{}{}", article(100), article(80), article(5))).len(), 2);
}

#[test]
fn cells_that_reach_over_several_rows_keep_their_column() {
    let html = "<table><tr><th>Drug</th><th>Phase</th><th>Dose</th></tr><tr><td>A</td><td>start</td><td rowspan='2'>10 mg</td></tr>\
                <tr><td>B</td><td>end</td></tr><tr><td>C</td><td>target</td><td>30 mg</td></tr></table>";
    insta::assert_snapshot!(blocks(html));
}

#[test]
fn markup_without_bound_takes_no_stack() {
    for open in ["<div class='related'>", "<p>", "<main>", "<h2>Related questions", "<ul><li><a>", "<section hidden>"] {
        texts(&format!("<body>{}", format!("{open}text ").repeat(20_000)));
    }
    texts(&format!("<body>{}", "</div></main></p>".repeat(50_000)));
}
