//! What holds for every file, however it is written: reading never panics,
//! every block knows where its text came from, and no statement is lost.

use clinlint::source::{Format, Source};
use clinlint::text::{self, Article, Block, BlockKind};
use proptest::prelude::*;

const FORMATS: [Format; 3] = [Format::Markdown, Format::Html, Format::Plain];

fn read(format: Format, text: &str) -> (Source, Article) {
    let source = Source::new("a", format, text);
    let article = text::read(&source);
    (source, article)
}

/// The invariants of [`clinlint::text`].
fn check(source: &Source, article: &Article) {
    for (id, block) in article.blocks.iter().enumerate() {
        check_text(source, block);
        check_place(article, id, block);
    }
    for problem in &article.problems {
        assert!(problem.span.is_none_or(|span| span.end <= source.text.len()), "{problem:?}");
    }
}

fn check_text(source: &Source, block: &Block) {
    let Block { text, map, bold, .. } = block;
    assert!(!text.is_empty());
    assert_eq!(text.trim_matches([' ', '\n', '\r', '\t']), text, "white space around a block");
    for (range, file) in map.copies(text.len()) {
        assert_eq!(text[range], source.text[file.start..file.end], "copied bytes are the same");
    }
    for (at, character) in text.char_indices() {
        let span = block.span(at..at + character.len_utf8());
        assert!(source.text.get(span.start..span.end).is_some(), "{span:?} cuts a character or leaves the file");
        assert!(!span.is_empty(), "{character:?} of {text:?} comes from somewhere");
    }
    assert!(block.span(0..text.len()).end <= source.text.len());
    for range in bold {
        assert!(!text[range.clone()].is_empty());
    }
}

fn check_place(article: &Article, id: usize, block: &Block) {
    let place = &block.place;
    let single = [place.row_header, place.column_header, place.question];
    for other in place.headings.iter().chain(&place.leads).chain(single.iter().flatten()) {
        assert!(*other < id, "a place refers to earlier blocks only");
    }
    for heading in &place.headings {
        let kind = &article.blocks[*heading].kind;
        assert!(matches!(kind, BlockKind::Heading(_) | BlockKind::FrontMatter { .. }), "{kind:?}");
    }
    assert_eq!(place.row.is_some(), place.table.is_some());
}

/// Bits of all the formats, which in a row make up most of what can go wrong.
fn fragment() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "# ",
        "## ",
        "- ",
        "* ",
        "1. ",
        "> ",
        "    ",
        "\t",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "**",
        "*",
        "__",
        "_",
        "`",
        "```\n",
        "~~",
        "~",
        "==",
        "|",
        "|---|\n",
        "| a | b |\n",
        "[[",
        "]]",
        "](",
        "[",
        "![",
        "[^1]",
        "[^1]: ",
        "\\",
        "&amp;",
        "&nbsp;",
        "&#x2013;",
        "&lt",
        "&",
        "<",
        ">",
        "</",
        "<p>",
        "<b>",
        "</b>",
        "<br>",
        "<ul>",
        "<li>",
        "</ul>",
        "<dl><dt>",
        "<dd>",
        "<table>",
        "<tr>",
        "<td>",
        "<th colspan=2>",
        "<td rowspan=2>",
        "</table>",
        "<div hidden>",
        "</div>",
        "<!--",
        "-->",
        "<h2>",
        "</h2>",
        "<title>",
        "<main>",
        "<article>",
        "<pre>",
        "<sup>",
        "<details><summary>",
        "<script>",
        "---\n",
        "...\n",
        "title: ",
        "q: ",
        "a: ",
        "faqs:\n  - ",
        ">-\n  ",
        "|\n  ",
        "'",
        "\"",
        "''",
        "\\n",
        "!!! note \"",
        "\n??? x\n    ",
        "[!tip] ",
        "• ",
        "\u{f0b7} ",
        "A:",
        "Q: ",
        "?",
        "?**",
        ": ",
        "\u{feff}",
        "\u{a0}",
        "é",
        "–",
        "µg",
        "Last updated: 3 May 2024\n",
        "References\n",
        "10 mg",
        "dose",
        "DOSE\n",
        "½",
        "{:.x}\n",
        "\0",
    ]);
    prop_oneof![4 => marks.prop_map(str::to_string), 1 => "[a-zA-Z0-9 .]{0,12}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        for format in FORMATS {
            let (source, article) = read(format, &text);
            check(&source, &article);
        }
    }

    #[test]
    fn any_row_of_fragments_is_read(fragments in prop::collection::vec(fragment(), 0..60)) {
        let text = fragments.concat();
        for format in FORMATS {
            let (source, article) = read(format, &text);
            check(&source, &article);
        }
    }

    #[test]
    fn any_front_matter_is_read(fragments in prop::collection::vec(fragment(), 0..40)) {
        let text = format!("---\n{}\n---\nBody\n", fragments.concat());
        let (source, article) = read(Format::Markdown, &text);
        check(&source, &article);
    }
}

/// A statement with a word that no other statement holds.
fn statement(number: usize) -> String {
    format!("Statement{number} of 10–25 mg naïve")
}

/// A way to write one statement, as a block or blocks of its own.
type Way = fn(&str) -> String;

const MARKDOWN: [Way; 12] = [
    |text| format!("{text}.\n\n"),
    |text| format!("### {text}\n\n"),
    |text| format!("- {text}\n    - {text}\n\n"),
    |text| format!("1. {text}\n\n   {text}\n\n"),
    |text| format!("> {text}\n> {text}\n\n"),
    |text| format!("| a | b |\n|---|---|\n| {text} | **{text}** |\n\n"),
    |text| format!("**{text}**: and *{text}*.\n\n"),
    |text| format!("!!! note \"{text}\"\n    {text}\n\n"),
    |text| format!("> [!tip] {text}\n> {text}\n\n"),
    |text| format!("<div><p>{text}</p></div>\n\n"),
    |text| format!("[{text}](x) and [[x|{text}]] ==and `{text}`==\n\n"),
    |text| format!("a\n: {text}\n\n"),
];

const HTML: [Way; 8] = [
    |text| format!("<p>{text}</p>"),
    |text| format!("<h3>{text}</h3>\n"),
    |text| format!("<ul><li>{text}<ul><li>{text}</ul></ul>"),
    |text| format!("<dl><dt>{text}</dt><dd>{text}</dd></dl>"),
    |text| format!("<table><tr><th>a<th>b<tr><td>{text}<td><p><b>{text}</b></table>"),
    |text| format!("<blockquote>{text}<br>{text}</blockquote>"),
    |text| format!("<div>{text}<script>x</script><!-- y --></div>"),
    |text| format!("<pre>{text}\n{text}</pre>&nbsp;"),
];

const PLAIN: [Way; 5] = [
    |text| format!("{text}.\n\n"),
    |text| format!("  • {text}\n    - {text}\n\n"),
    |text| format!("{text}:\n1. {text}\n"),
    |text| format!("a\t{text}\nb\t{text}\n"),
    |text| format!("| a | {text} |\n|---|---|\n| {text} | b |\n\n"),
];

const FRONT_MATTER: [Way; 7] = [
    |text| format!("k: {text}\n"),
    |text| format!("k: '{text} isn''t'\n"),
    |text| format!("k: \"{text}\\n\\n{text} \\u00b5g\"\n"),
    |text| format!("k: >-\n  {}\n\n  {text}\n", text.replace(' ', "\n  ")),
    |text| format!("k: |+\n   {text}\n\n   {text}\n\n"),
    |text| format!("faqs:\n  - q: {text}?**\n    a: 'A:** {text}'\n"),
    |text| format!("faqs:\n  - q: |-\n      {text}?**\n      **A:** {text}\n    a: x\n"),
];

/// Writes the statements from `first` on, each in one of the ways.
fn write(first: usize, kinds: &[usize], ways: &[Way]) -> String {
    let one = |(number, kind): (usize, &usize)| ways[kind % ways.len()](&statement(first + number));
    kinds.iter().enumerate().map(one).collect()
}

/// Front matter, in which keys must differ.
fn write_front_matter(kinds: &[usize]) -> String {
    let one = |(number, kind): (usize, &usize)| {
        let value = write(number, &[*kind], &FRONT_MATTER);
        value.replacen(['k', 'f'], &format!("k{number}"), 1)
    };
    kinds.iter().enumerate().map(one).collect()
}

/// The same text with Windows line ends and a byte order mark, as asked.
fn on_disk(text: &str, windows: bool, mark: bool) -> String {
    let text = if windows { text.replace('\n', "\r\n") } else { text.to_string() };
    if mark { format!("\u{feff}{text}") } else { text }
}

/// Checks that each time a statement is written, it is read, and that its
/// span is exactly those bytes.
fn check_statements(format: Format, text: &str, count: usize) {
    let (source, article) = read(format, text);
    check(&source, &article);
    assert_eq!(article.problems, []);
    for number in 0..count {
        let word = format!("Statement{number}");
        let mut read: Vec<usize> = Vec::new();
        for block in &article.blocks {
            for at in positions(&block.text, &word) {
                let span = block.span(at..at + word.len());
                assert_eq!(&source.text[span.start..span.end], word);
                read.push(span.start);
            }
        }
        read.sort_unstable();
        assert_eq!(read, positions(&source.text, &word), "{word} in {:?}\n{:#?}", source.text, article.blocks);
    }
}

/// Where a word stands that no digit follows.
fn positions(text: &str, word: &str) -> Vec<usize> {
    let is_whole = |at: &usize| !text[at + word.len()..].starts_with(|next: char| next.is_ascii_digit());
    text.match_indices(word).map(|(at, _)| at).filter(is_whole).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_statement_is_lost(
        front in prop::collection::vec(0..100_usize, 0..4),
        kinds in prop::collection::vec(0..100_usize, 1..12),
        windows: bool,
        mark: bool,
    ) {
        let body = write(front.len(), &kinds, &MARKDOWN);
        let markdown =
            if front.is_empty() { body } else { format!("---\n{}---\n{body}", write_front_matter(&front)) };
        check_statements(Format::Markdown, &on_disk(&markdown, windows, mark), front.len() + kinds.len());
        check_statements(Format::Html, &on_disk(&write(0, &kinds, &HTML), windows, mark), kinds.len());
        check_statements(Format::Plain, &on_disk(&write(0, &kinds, &PLAIN), windows, mark), kinds.len());
    }
}

#[test]
fn nesting_without_bound_is_cut_and_reported() {
    let depth = 10_000;
    let nested = [
        (Format::Markdown, format!("{}dose", "- ".repeat(depth))),
        (Format::Markdown, format!("{}dose", "> - ".repeat(depth))),
        (Format::Html, format!("{}dose", "<ul><li>a".repeat(depth))),
        (Format::Html, format!("{}dose", "<dl><dt>a<dd>".repeat(depth))),
        (Format::Html, format!("{}dose", "<details><summary>a</summary>".repeat(depth))),
        (Format::Plain, (0..1000).map(|level| format!("{}- dose\n", " ".repeat(2 * level))).collect()),
    ];
    for (format, text) in nested {
        let (source, article) = read(format, &text);
        check(&source, &article);
        assert!(article.blocks.last().is_some_and(|block| block.text.ends_with("dose")));
        assert_eq!(article.problems.len(), 1, "{:?}", article.problems);
    }
}
