//! The head of the report: how much was read and found, where most of it is,
//! and the fields by which a reader narrows it down.

use super::articles::Counts;
use super::markup::{counted, field, number, sentence, text};
use super::{Book, SEVERITIES, finding, severities};
use crate::finding::Severity;
use crate::problem::Loss;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The most drugs, lints and articles that are named as those with most findings.
const MOST: usize = 5;

/// Writes everything that stands above the findings.
pub(super) fn write(html: &mut String, book: &Book<'_>, articles: &[Counts]) {
    let summary = book.report.summary();
    let involved = articles.iter().filter(|counts| counts.all() > 0).count();
    let folder = book.paths.named().map(|folder| format!(" of <bdi>{}</bdi>", text(folder))).unwrap_or_default();
    let read = format!(
        "{}{folder} with {} were read. {} take part in what was found.",
        counted(summary.documents, "article"),
        counted(summary.claims, "statement"),
        number(involved),
    );
    // Writing to a text cannot fail.
    let _ = write!(
        html,
        "<header class=\"masthead\"><div class=\"top\"><p class=\"brand\">clinlint</p><h1>Consistency report</h1><p class=\"lede\">{read}</p>\n<dl class=\"figures\">",
    );
    for (severity, count) in SEVERITIES.into_iter().zip([summary.errors, summary.warnings, summary.notes]) {
        if severity == Severity::Note && count == 0 {
            continue;
        }
        let (count, noun) = severities(severity, count);
        let _ = write!(html, "<div class=\"{}\"><dt>{noun}</dt><dd>{count}</dd></div>", severity.name());
    }
    let left_out = [(summary.gated.suppressed, "kept by a suppression"), (summary.gated.baseline, "in the baseline")];
    for (count, what) in left_out.into_iter().filter(|(count, _)| *count > 0) {
        let _ = write!(html, "<div class=\"aside\"><dt>{what}</dt><dd>{}</dd></div>", number(count));
    }
    html.push_str("</dl></div>\n");
    ranked(html, book, articles);
    problems(html, book);
    html.push_str("</header>\n");
    navigation(html, book);
    fields(html, book);
}

/// What could not be read.
fn problems(html: &mut String, book: &Book<'_>) {
    let problems = book.report.problems;
    if problems.is_empty() {
        return;
    }
    let lost = problems.iter().filter(|problem| problem.loss == Loss::Whole).count();
    let head = match lost {
        0 => counted(problems.len(), "problem") + " with the articles",
        _ => format!("{} could not be read", counted(lost, "input")),
    };
    let open = if lost > 0 { " open" } else { "" };
    let _ = write!(html, "<details class=\"problems\"{open}><summary>{head}</summary><ul>");
    for problem in problems {
        let line = problem.position.map(|at| format!(", line {}", at.line)).unwrap_or_default();
        let help = problem.help.as_deref().map(|help| format!("; {}", text(help))).unwrap_or_default();
        let _ = write!(
            html,
            "<li>{}{line}: <bdi>{}</bdi>{help}</li>",
            book.paths.text(&problem.path),
            text(&problem.message)
        );
    }
    html.push_str("</ul></details>\n");
}

/// The drugs, lints and articles with most findings, each a way to them.
fn ranked(html: &mut String, book: &Book<'_>, articles: &[Counts]) {
    if book.report.findings.is_empty() {
        return;
    }
    let mut drugs = vec![0; book.drugs.len()];
    book.drugs_of.iter().flatten().for_each(|drug| drugs[*drug] += 1);
    let drugs = book.drugs.iter().zip(drugs).map(|(drug, count)| (drug.name(), count));
    let lints = book.report.findings.iter().fold(BTreeMap::new(), |mut lints: BTreeMap<&str, usize>, finding| {
        *lints.entry(&finding.code).or_default() += 1;
        lints
    });
    let lints = lints.into_iter().map(|(code, count)| (code.to_owned(), count));
    let articles = book
        .report
        .articles
        .iter()
        .zip(articles)
        .map(|(article, counts)| (book.paths.shown(&article.claims.path).to_owned(), counts.all()));
    html.push_str("<section class=\"ranked\" aria-label=\"Where most was found\">\n");
    ranking(html, "Drugs with most findings", "drug", drugs.collect());
    ranking(html, "Kinds of finding", "lint", lints.collect());
    ranking(html, "Articles with most findings", "article", articles.collect());
    html.push_str("</section>\n");
}

fn ranking(html: &mut String, title: &str, key: &str, mut entries: Vec<(String, usize)>) {
    entries.retain(|(_, count)| *count > 0);
    entries.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    entries.truncate(MOST);
    if entries.is_empty() {
        return;
    }
    let _ = write!(html, "<div><h2>{title}</h2><ol>");
    for (name, count) in entries {
        let shown = text(&name);
        // A path is broken after its folders.
        let shown = if key == "article" { shown.replace('/', "/<wbr>") } else { shown };
        let _ = write!(
            html,
            "<li><a href=\"#{key}={}\"><bdi>{}</bdi></a> <span class=\"number\">{}</span></li>",
            field(&name),
            shown,
            number(count)
        );
    }
    html.push_str("</ol></div>\n");
}

/// The three parts of the page.
fn navigation(html: &mut String, book: &Book<'_>) {
    let parts = [
        ("findings", book.report.findings.len()),
        ("drugs", book.drugs.len()),
        ("articles", book.report.articles.len()),
    ];
    html.push_str("<nav aria-label=\"Parts of the report\"><ul>");
    for (part, count) in parts {
        let _ = write!(
            html,
            "<li><a href=\"#{part}\" data-view=\"{part}\">{} <span class=\"number\">{}</span></a></li>",
            sentence(part),
            number(count)
        );
    }
    html.push_str("</ul></nav>\n");
}

/// The fields that narrow the findings down; without the script they would do
/// nothing, so it shows them.
fn fields(html: &mut String, book: &Book<'_>) {
    html.push_str(
        "<form class=\"fields\" role=\"search\" aria-label=\"Narrow the report down\" hidden>\n\
         <div class=\"field wide\"><label for=\"q\">Search</label><input id=\"q\" name=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></div>\n\
         <fieldset class=\"field\" data-for=\"findings\"><legend>Severity</legend>",
    );
    for severity in SEVERITIES
        .into_iter()
        .filter(|severity| book.report.findings.iter().any(|finding| finding.severity == *severity))
    {
        let name = severity.name();
        let _ = write!(
            html,
            "<label class=\"check\"><input type=\"checkbox\" name=\"severity\" value=\"{name}\" checked> {}</label>",
            finding::badge(severity)
        );
    }
    html.push_str("</fieldset>\n");
    let mut drugs: Vec<String> = book.drugs_of.iter().flatten().map(|drug| book.drugs[*drug].name()).collect();
    let mut lints: Vec<String> = book.report.findings.iter().map(|finding| finding.code.clone()).collect();
    for (name, label, all, entries) in
        [("drug", "Drug", "All drugs", &mut drugs), ("lint", "Kind of finding", "All kinds", &mut lints)]
    {
        entries.sort();
        entries.dedup();
        let _ = write!(
            html,
            "<div class=\"field\" data-for=\"findings\"><label for=\"{name}\">{label}</label><select id=\"{name}\" name=\"{name}\"><option value=\"\">{all}</option>"
        );
        for entry in entries {
            let _ = write!(html, "<option>{}</option>", text(entry));
        }
        html.push_str("</select></div>\n");
    }
    html.push_str(
        "<div class=\"field\" data-for=\"findings\"><label for=\"article\">Article</label><input id=\"article\" name=\"article\" type=\"text\" \
         list=\"article-names\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"part of its path\"><datalist id=\"article-names\"></datalist></div>\n\
         <p class=\"shown\"><span id=\"shown\" role=\"status\"></span> <button type=\"reset\" hidden>Show all</button></p>\n</form>\n",
    );
}
