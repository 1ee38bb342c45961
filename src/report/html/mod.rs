//! Pages for a browser, each one file that asks nothing of anybody: the report
//! of a run, and what articles say about a drug.
//!
//! The page can be read without its script: what is long stands in `<noscript>`,
//! which a browser with scripts takes for text until the script puts it in its
//! place, so that thousands of articles open at once. What articles hold is text
//! everywhere (`markup`), and the policy of the page lets nothing run or load but
//! the style and script that are part of it.

mod articles;
mod axis;
mod drugs;
mod excerpt;
mod finding;
mod markup;
mod overview;
mod paths;
mod picture;

use super::facts::Facts;
use super::{Report, object};
use crate::facts::{self, Drug};
use crate::finding::{Finding, Severity};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use excerpt::{Excerpt, Page};
use markup::{number, text};
use paths::Paths;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What the parts of a report look things up in.
struct Book<'a> {
    report: &'a Report<'a>,
    passages: facts::Passages<'a>,
    paths: Paths,
    /// The drugs in the order in which the page lists them.
    drugs: Vec<&'a Drug>,
    /// The drugs that each finding is about, as places in that list.
    drugs_of: Vec<BTreeSet<usize>>,
    /// The surroundings of each label of each finding; none where the article is
    /// not at hand.
    excerpts: Vec<Vec<Option<Excerpt>>>,
}

/// Writes the report of a run: the worst findings first, then each drug, then
/// the articles.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn report(out: &mut impl Write, report: &Report<'_>, drugs: &[Drug]) -> io::Result<()> {
    let claims: Vec<_> = report.articles.iter().map(|article| article.claims).collect();
    let mut drugs: Vec<&Drug> = drugs.iter().collect();
    drugs.sort_by_key(|drug| std::cmp::Reverse(drug.disagreements.len()));
    let passages = facts::Passages::new(claims);
    let book = Book {
        excerpts: excerpts(report, &passages),
        drugs_of: drugs_of(report.findings, &drugs),
        passages,
        paths: Paths::of(report.articles),
        drugs,
        report,
    };
    let counts = articles::counts(&book);
    let mut html = String::new();
    overview::write(&mut html, &book, &counts);
    html.push_str("<main id=\"main\" tabindex=\"-1\">\n<section id=\"findings\" aria-labelledby=\"findings-title\">\n<h2 id=\"findings-title\">Findings</h2>\n");
    html.push_str(if report.findings.is_empty() {
        "<p class=\"nothing\">Nothing contradicts.</p>\n"
    } else {
        "<ol class=\"findings\">\n"
    });
    for number in worst_first(report.findings) {
        finding::item(&mut html, number, &book);
    }
    html.push_str(if report.findings.is_empty() { "" } else { "</ol>\n" });
    html.push_str(
        "</section>\n<section id=\"drugs\" aria-labelledby=\"drugs-title\">\n<h2 id=\"drugs-title\">Drugs</h2>\n",
    );
    let facts = Facts { drugs: &book.drugs, findings: report.findings, articles: report.articles, listed: false };
    drugs::list(&mut html, &facts, &book.paths);
    html.push_str("</section>\n<section id=\"articles\" aria-labelledby=\"articles-title\">\n<h2 id=\"articles-title\">Articles</h2>\n");
    articles::table(&mut html, &book, &counts);
    html.push_str("</section>\n</main>\n");
    let paths: Vec<&str> = report.articles.iter().map(|article| book.paths.shown(&article.claims.path)).collect();
    html.push_str("<script type=\"application/json\" id=\"paths\">");
    html.push_str(&data(&paths)?);
    html.push_str("</script>\n");
    page(out, "Consistency report", &html)
}

/// Writes what articles say about some drugs, or the list of drugs.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn facts(out: &mut impl Write, facts: &Facts<'_>) -> io::Result<()> {
    let title = match facts.drugs {
        [drug] => drug.name(),
        _ => "Drugs".to_owned(),
    };
    let mut html = format!(
        "<header class=\"masthead\"><div class=\"top\"><p class=\"brand\">clinlint</p><h1><bdi>{}</bdi></h1></div></header>\n",
        markup::sentence(&title)
    );
    html.push_str("<main id=\"main\" tabindex=\"-1\">\n");
    if facts.listed {
        drugs::rows(&mut html, facts);
    }
    for drug in facts.drugs.iter().filter(|_| !facts.listed) {
        drugs::section(&mut html, facts, drug, facts.drugs.len() > 1);
    }
    html.push_str("</main>\n");
    page(out, &title, &html)
}

/// A page around its body. The comment in its second line tells that it is no
/// article.
fn page(out: &mut impl Write, title: &str, body: &str) -> io::Result<()> {
    let hash = |asset: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(asset)));
    write!(
        out,
        "<!doctype html>\n{}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src {}; \
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{} · clinlint</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the content</a>\n{body}<script>{SCRIPT}</script>\n</body>\n</html>\n",
        crate::source::MADE_HERE,
        hash(STYLE),
        hash(SCRIPT),
        text(title),
    )
}

/// Data for the script, that no tag in it can end.
fn data(value: &[&str]) -> io::Result<String> {
    let mut json = Vec::new();
    object::line(&mut json, &value)?;
    Ok(String::from_utf8_lossy(&json).trim_end().replace('<', "\\u003c").replace('>', "\\u003e"))
}

/// The numbers of the findings in the order in which an editor should look at
/// them: the gravest, those that are ten or a thousand times apart, the surest,
/// and those that the most articles take part in.
fn worst_first(findings: &[Finding]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_cached_key(|number| {
        let finding = &findings[*number];
        let articles: BTreeSet<&str> = finding.labels.iter().map(|label| label.path.as_str()).collect();
        std::cmp::Reverse((
            finding.severity,
            finding.tenfold,
            finding.is_disagreement(),
            finding.confidence,
            articles.len(),
            std::cmp::Reverse(*number),
        ))
    });
    order
}

/// The drugs that each finding is about, as places in a list.
fn drugs_of(findings: &[Finding], drugs: &[&Drug]) -> Vec<BTreeSet<usize>> {
    let mut found = vec![BTreeSet::new(); findings.len()];
    for (place, drug) in drugs.iter().enumerate() {
        for finding in &drug.disagreements {
            found[*finding].insert(place);
        }
    }
    let single: BTreeMap<&str, usize> = drugs
        .iter()
        .enumerate()
        .filter_map(|(place, drug)| <&[_; 1]>::try_from(drug.names.as_slice()).ok().map(|[name]| (&**name, place)))
        .collect();
    for (finding, found) in findings.iter().zip(&mut found) {
        if found.is_empty() {
            found.extend(finding.drugs.iter().filter_map(|drug| single.get(&**drug)));
        }
    }
    found
}

/// Reads the articles of the findings again, each once, for the surroundings of
/// their passages.
fn excerpts(report: &Report<'_>, passages: &facts::Passages<'_>) -> Vec<Vec<Option<Excerpt>>> {
    let mut excerpts: Vec<Vec<Option<Excerpt>>> =
        report.findings.iter().map(|finding| vec![None; finding.labels.len()]).collect();
    let mut wanted: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (number, finding) in report.findings.iter().enumerate() {
        for (at, label) in finding.labels.iter().enumerate() {
            if let Some(article) = passages.article(&label.path) {
                wanted.entry(article).or_default().push((number, at));
            }
        }
    }
    let of_article = |(article, labels): (usize, Vec<(usize, usize)>)| {
        let page = Page::new(&report.articles[article]);
        let claims = &report.articles[article].claims.claims;
        let excerpt = |(number, at): (usize, usize)| {
            let span = report.findings[number].labels[at].span;
            let mut excerpt = page.excerpt(span);
            if let Some(claim) = passages.claims(article, span).first().filter(|_| excerpt.section.is_empty()) {
                excerpt.section = claims[*claim].section.iter().map(ToString::to_string).collect();
            }
            (number, at, excerpt)
        };
        labels.into_iter().map(excerpt).collect::<Vec<_>>()
    };
    let read: Vec<_> = wanted.into_par_iter().flat_map_iter(of_article).collect();
    for (number, at, excerpt) in read {
        excerpts[number][at] = Some(excerpt);
    }
    excerpts
}

/// The severities, gravest first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// A count with the plural of a severity: "12 errors".
fn severities(severity: Severity, count: usize) -> (String, String) {
    (number(count), format!("{}{}", severity.name(), if count == 1 { "" } else { "s" }))
}
