//! `clinlint report` and `facts --format html`: pages that say everything, ask
//! nothing of anybody, and are no articles.

#![allow(clippy::unwrap_used, reason = "a test fails by it")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_clinlint"));
    command.current_dir(folder).env("LC_ALL", "C.UTF-8").env_remove("CI").args(arguments);
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn folder(articles: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in articles {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Two articles that start a drug differently, with a section and a limit.
fn articles() -> TempDir {
    folder(&[
        (
            "amitriptyline.md",
            "# Amitriptyline\n\n## Dosing\n\nFor nerve pain:\n\n- **Start** at *10 mg* at bedtime.\n- The maximum dose is 75 mg daily.\n",
        ),
        (
            "pain.md",
            "# Nerve pain\n\n| Drug | Starting dose |\n| --- | --- |\n| Amitriptyline | 25–50 mg at bedtime |\n",
        ),
    ])
}

fn report(folder: &TempDir) -> String {
    let (status, out, err) = run(folder.path(), &["report", ".", "--output", "report.html"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.ends_with("report.html is written\n"), "{out}");
    fs::read_to_string(folder.path().join("report.html")).unwrap()
}

/// The text between two marks, the first and the last of each.
fn between<'a>(page: &'a str, start: &str, end: &str) -> &'a str {
    let page = &page[page.find(start).unwrap() + start.len()..];
    &page[..page.rfind(end).unwrap()]
}

/// The body of a page, an element a line.
fn lines(page: &str) -> String {
    between(page, "<body>\n", "<script>").replace("><", ">\n<")
}

#[test]
fn the_page_of_a_small_report() {
    insta::assert_snapshot!(lines(&report(&articles())));
}

#[test]
fn the_page_of_a_drug() {
    let (status, page, err) = run(articles().path(), &["facts", "amitriptyline", ".", "--format", "html"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    insta::assert_snapshot!(lines(&page));
}

#[test]
fn the_policy_allows_its_own_style_and_script_and_nothing_else() {
    let page = report(&articles());
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\">\n<meta name=\"viewport\"");
    let hash = |asset: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(asset)));
    let style = page.split_once("<style>").unwrap().1.split_once("</style>").unwrap().0;
    let script = page.rsplit_once("<script>").unwrap().1.split_once("</script>").unwrap().0;
    let expected = format!(
        "default-src 'none'; style-src {}; script-src {}; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    );
    assert_eq!(policy, expected);
    for fetched in ["http://", "https://", " src=", "url(", "@import", " style=", " onclick="] {
        assert!(!page.contains(fetched), "{fetched}");
    }
}

#[test]
fn a_page_is_no_article() {
    let folder = articles();
    report(&folder);
    let (_, out, _) = run(folder.path(), &["report", ".", "--output", "again.html"]);
    assert!(out.starts_with("2 articles, "), "{out}");
    assert_eq!(
        fs::read_to_string(folder.path().join("again.html")).unwrap(),
        fs::read_to_string(folder.path().join("report.html")).unwrap()
    );
    let (status, out, err) = run(folder.path(), &["check", "report.html", "amitriptyline.md"]);
    assert!(status == Some(0) && out.starts_with("1 article, "), "{out}");
    assert!(err.contains("report.html: not read: a page that clinlint wrote"), "{err}");
}

#[test]
fn its_status_says_whether_everything_was_read() {
    let folder = articles();
    let (status, _, err) = run(folder.path(), &["report", ".", "gone", "--output", "report.html"]);
    assert!(status == Some(2) && err.contains("gone: no such file or directory"), "{err}");
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert!(page.contains("1 input could not be read") && page.contains("no such file or directory"));
    let (status, out, err) = run(folder.path(), &["report", ".", "--output", "gone/report.html"]);
    assert!(status == Some(2) && out.is_empty() && err.contains("gone/report.html cannot be written"), "{err}");
}

#[test]
fn articles_that_agree_are_told_to() {
    let folder = folder(&[("a.md", "# Gabapentin\n\nThe starting dose of gabapentin is 300 mg at night.\n")]);
    let page = report(&folder);
    assert!(page.contains("<p class=\"nothing\">Nothing contradicts.</p>"));
    assert!(page.contains("id=\"d-gabapentin\""));
}

#[test]
fn what_is_suppressed_is_counted_and_not_shown() {
    let folder = articles();
    let reasoned = "<!-- clinlint-disable-next-line dose/start (10 mg a day vs 25–50 mg a day) -- old product -->";
    let path = folder.path().join("amitriptyline.md");
    let text = fs::read_to_string(&path).unwrap().replace("- **Start**", &format!("{reasoned}\n- **Start**"));
    fs::write(path, text).unwrap();
    let page = report(&folder);
    assert!(page.contains("<dt>kept by a suppression</dt><dd>1</dd>"), "{}", between(&page, "<dl", "</dl>"));
    assert!(!page.contains("data-lint=\"dose/start\"") && !page.contains("old product"));
}

/// Nothing of these may be more than text, wherever it stands.
const HOSTILE: &str = "</script></noscript></style><!--<img src=x onerror=alert(1)>\"'&lt;\u{202e}\u{1b}[2J";

#[test]
fn hostile_text_and_names_stay_text() {
    let name = HOSTILE.replace('/', "∕");
    let folder = folder(&[
        (
            format!("{name}.md").as_str(),
            format!(
                "# Amitriptyline `{HOSTILE}`\n\n`{HOSTILE}` Start amitriptyline at 10 mg `{HOSTILE}` at bedtime.\n"
            )
            .as_str(),
        ),
        ("b.md", "# Pain\n\nThe starting dose of amitriptyline is 50 mg at bedtime.\n"),
    ]);
    let facts = run(folder.path(), &["facts", "amitriptyline", ".", "--format", "html"]).1;
    for page in [report(&folder), facts] {
        let body = between(&page, "<body>\n", "<script>");
        assert!(body.contains("&lt;img src=x onerror=alert(1)&gt;"), "it is there as text");
        for markup in ["<img", "</style", "<!--", "onerror=alert(1)>", "\u{202e}", "\u{1b}"] {
            assert!(!body.contains(markup), "{markup:?} is in the page");
        }
        let count = |tag: &str| body.matches(tag).count();
        assert_eq!(count("<noscript"), count("</noscript>"));
        assert_eq!(count("<script"), count("</script>"));
    }
}

/// The picture of the only finding: its description, and the classes and places
/// of what is drawn.
fn picture(articles: &[(&str, &str)]) -> (String, Vec<String>) {
    let folder = folder(articles);
    let page = report(&folder);
    let figure = between(&page, "<figure class=\"picture\">", "</figure>");
    let description = figure.split_once("<desc").unwrap().1.split_once('>').unwrap().1.split_once('<').unwrap().0;
    let shapes = figure.split("class=\"bar ").skip(1).map(|shape| {
        let (class, rest) = shape.split_once('"').unwrap();
        let attribute = |name: &str| {
            rest.split_once(&format!(" {name}=\"")).and_then(|(_, value)| value.split_once('"')).map(|(value, _)| value)
        };
        let at = [attribute("x1"), attribute("cx"), attribute("x")].into_iter().flatten().next().unwrap();
        format!("{class} at {at}")
    });
    (description.to_owned(), shapes.collect())
}

#[test]
fn a_picture_has_one_axis_whatever_the_units() {
    let (description, shapes) = picture(&[
        ("a.md", "# Paracetamol\n\nThe maximum dose of paracetamol is 4 g a day.\n"),
        ("b.md", "# Paracetamol\n\nThe maximum dose of paracetamol is 3000 mg a day.\n"),
    ]);
    assert_eq!(description, "A, b.md: 3000 mg a day. B, a.md: 4 g a day.");
    assert_eq!(shapes, ["limit side-0 at 75%", "limit side-1 at 100%"]);
}

#[test]
fn a_picture_shows_what_an_article_says_besides_for_the_same_use_and_near() {
    let besides = "The maximum dose of amitriptyline is 75 mg daily. The maximum dose of amitriptyline for depression is \
        150 mg daily. The maximum dose for children is 20 mg daily.";
    let (description, shapes) = picture(&[
        (
            "a.md",
            &format!("# Amitriptyline for neuropathic pain\n\nStart amitriptyline at 10 mg at bedtime. {besides}\n"),
        ),
        ("b.md", "# Neuropathic pain\n\nThe starting dose of amitriptyline is 20–50 mg at bedtime.\n"),
    ]);
    assert!(description.contains("besides maximum: 75 mg a day") && !description.contains("150"), "{description}");
    assert_eq!(shapes, ["limit around at 93.75%", "first side-0 at 12.5%", "first side-1 at 25%"]);
}

#[test]
fn a_picture_of_onset_times_is_in_weeks() {
    let (description, shapes) = picture(&[
        (
            "a.md",
            "# Amitriptyline\n\nPain relief with amitriptyline begins within 1–2 weeks. The full effect takes 4–6 weeks.\n",
        ),
        ("b.md", "# Amitriptyline\n\nPain relief with amitriptyline begins after 3–7 weeks.\n"),
    ]);
    assert!(description.starts_with("A, a.md: 1–2 weeks, besides full effect"), "{description}");
    assert_eq!(shapes.len(), 3);
}
