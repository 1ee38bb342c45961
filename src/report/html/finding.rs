//! One finding: what disagrees, the sides beside each other, the picture, why
//! the passages can be compared, and what to do.

use super::excerpt::Excerpt;
use super::markup::{counted, sentence, text};
use super::paths::Paths;
use super::{Book, picture};
use crate::finding::{Confidence, Finding, Label, Severity};
use crate::report::facts::side;
use std::collections::BTreeSet;
use std::fmt::Write;

/// The most passages of a side that are shown; the places of the others are
/// named.
const SHOWN: usize = 5;

/// Writes a finding as an item of a list: a line that opens it, and the rest,
/// which a browser need not look at before it is opened.
pub(super) fn item(html: &mut String, number: usize, book: &Book<'_>) {
    let finding = &book.report.findings[number];
    let paths: BTreeSet<&str> = finding.labels.iter().map(|label| label.path.as_str()).collect();
    let articles: Vec<String> =
        paths.iter().filter_map(|path| book.passages.article(path)).map(|at| at.to_string()).collect();
    let drugs: Vec<&str> = finding.drugs.iter().map(|drug| &**drug).collect();
    let doubt = match finding.confidence {
        Confidence::Low => "low confidence",
        Confidence::Medium => "medium confidence",
        Confidence::High => "high confidence",
    };
    let drug = if drugs.is_empty() { String::new() } else { format!("<span>{}</span>", text(&drugs.join(" + "))) };
    // Writing to a text cannot fail.
    let _ = write!(
        html,
        "<li class=\"finding\" data-lint=\"{code}\" data-severity=\"{severity}\" data-drugs=\"{}\" data-articles=\"{}\">\
         <details id=\"f-{fingerprint}\"><summary>{}<h3><bdi>{}</bdi></h3>\
         <p class=\"meta\"><span>{code}</span>{drug}<span>{}</span><span>{doubt}</span></p></summary>\n<noscript>",
        book.drugs_of[number].iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
        articles.join(" "),
        badge(finding.severity),
        sentence(&finding.message),
        counted(paths.len(), "article"),
        code = text(&finding.code),
        severity = finding.severity.name(),
        fingerprint = text(&finding.fingerprint),
    );
    body(html, finding, &book.excerpts[number], book);
    html.push_str("</noscript></details></li>\n");
}

/// The sign and word of a severity.
pub(super) fn badge(severity: Severity) -> String {
    let name = severity.name();
    format!("<span class=\"badge {name}\">{}</span>", sentence(name))
}

fn body(html: &mut String, finding: &Finding, excerpts: &[Option<Excerpt>], book: &Book<'_>) {
    let lint = book.report.lints.iter().find(|lint| lint.code == finding.code);
    html.push_str("<div class=\"body\">");
    if let Some(lint) = lint {
        html.push_str(&picture::figure(finding, lint.topic, book.report.articles, &book.passages));
    }
    html.push_str("<div class=\"sides\">");
    let mut at = 0;
    for labels in finding.labels.chunk_by(|one, next| one.group == next.group) {
        side_of(html, finding, labels, at, &excerpts[at..at + labels.len()], &book.paths);
        at += labels.len();
    }
    html.push_str("</div>");
    let _ =
        write!(html, "<div class=\"advice\"><h4>What to do</h4><p><bdi>{}</bdi></p></div>", sentence(&finding.help));
    if !finding.proof.is_empty() {
        html.push_str("<details class=\"more\"><summary>Why these passages can be compared</summary><ul>");
        for line in &finding.proof {
            let _ = write!(html, "<li><bdi>{}</bdi></li>", sentence(line));
        }
        html.push_str("</ul></details>");
    }
    if let Some(lint) = lint {
        let _ = write!(
            html,
            "<details class=\"more\"><summary>About <code>{}</code>: {}</summary>",
            text(&lint.code),
            text(&lint.title)
        );
        for paragraph in lint.explanation.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
            let _ = write!(html, "<p>{}</p>", text(paragraph.trim()));
        }
        let _ = write!(html, "<p class=\"source\">Source: {}</p></details>", text(lint.source.trim()));
    }
    html.push_str("</div>");
}

/// One side: what it states, and its passages.
fn side_of(
    html: &mut String,
    finding: &Finding,
    labels: &[Label],
    first: usize,
    excerpts: &[Option<Excerpt>],
    paths: &Paths,
) {
    let group = labels.first().and_then(|label| label.group);
    let articles: BTreeSet<&str> = labels.iter().map(|label| label.path.as_str()).collect();
    let states = group.and_then(|group| finding.values.get(group));
    let (class, letter) = match group.filter(|_| finding.is_disagreement()) {
        Some(group) => (format!("side side-{}", group % 6), format!("<span class=\"letter\">{}</span> ", side(group))),
        None => ("side".to_owned(), String::new()),
    };
    let states = states.map_or_else(|| "Context".to_owned(), |states| sentence(states));
    let _ = write!(
        html,
        "<section class=\"{class}\"><h4>{letter}<bdi>{states}</bdi></h4><p class=\"count\">{}</p>",
        counted(articles.len(), "article"),
    );
    for (at, label) in labels.iter().enumerate().take(SHOWN) {
        let id = format!("p-{}-{}", text(&finding.fingerprint), first + at);
        let reference = if label.reference { "<span class=\"reference\">Reference</span> " } else { "" };
        let _ = write!(
            html,
            "<blockquote id=\"{id}\" tabindex=\"-1\"><p class=\"where\">{reference}{}</p>",
            place(label, excerpts[at].as_ref(), paths)
        );
        let own = Excerpt {
            section: Vec::new(),
            lead: None,
            before: String::new(),
            passage: label.quote.clone(),
            after: String::new(),
        };
        let excerpt = excerpts[at].as_ref().unwrap_or(&own);
        if let Some(lead) = &excerpt.lead {
            let _ = write!(html, "<p class=\"lead\" dir=\"auto\">{}</p>", text(lead));
        }
        let _ = write!(
            html,
            "<p class=\"text\" dir=\"auto\">{}<mark>{}</mark>{}</p><p class=\"states\">Understood as: <bdi>{}</bdi></p></blockquote>",
            text(&excerpt.before),
            figures(&excerpt.passage),
            text(&excerpt.after),
            text(&label.message),
        );
    }
    if labels.len() > SHOWN {
        let _ = write!(
            html,
            "<details class=\"more\"><summary>{}</summary><ul class=\"places\">",
            counted(labels.len() - SHOWN, "more place")
        );
        for (at, label) in labels.iter().enumerate().skip(SHOWN) {
            let id = format!("p-{}-{}", text(&finding.fingerprint), first + at);
            let _ = write!(
                html,
                "<li id=\"{id}\" tabindex=\"-1\">{}<br><q dir=\"auto\">{}</q></li>",
                place(label, None, paths),
                text(&short(&label.quote))
            );
        }
        html.push_str("</ul></details>");
    }
    html.push_str("</section>");
}

/// File, section and line of a passage.
fn place(label: &Label, excerpt: Option<&Excerpt>, paths: &Paths) -> String {
    let mut place = format!("{} <span class=\"line\">line {}</span>", paths.text(&label.path), label.position.line);
    let section = excerpt.map_or(&[][..], |excerpt| excerpt.section.as_slice());
    if !section.is_empty() {
        let section: Vec<String> = section.iter().map(|heading| format!("<bdi>{}</bdi>", text(heading))).collect();
        let _ = write!(place, "<span class=\"section\">{}</span>", section.join(" › "));
    }
    place
}

/// A passage with its figures set apart from its words.
fn figures(passage: &str) -> String {
    let is_figure = |character: char| character.is_numeric();
    let joins = |character: char| matches!(character, '.' | ',' | '–' | '-' | '/' | '·');
    let mut html = String::with_capacity(passage.len() + 16);
    let mut rest = passage;
    while let Some(start) = rest.find(is_figure) {
        html.push_str(&text(&rest[..start]));
        let run = rest[start..]
            .find(|character| !is_figure(character) && !joins(character))
            .map_or(rest.len(), |end| start + end);
        let end = rest[start..run]
            .rfind(is_figure)
            .map_or(run, |last| start + last + rest[start + last..].chars().next().map_or(0, char::len_utf8));
        let _ = write!(html, "<b>{}</b>", text(&rest[start..end]));
        rest = &rest[end..];
    }
    html.push_str(&text(rest));
    html
}

/// A quote that fits on a line or two.
fn short(quote: &str) -> String {
    const MOST: usize = 120;
    match quote.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", quote[..end].trim_end()),
        None => quote.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[test]
    fn figures_are_set_apart_and_text_stays_text() {
        assert_eq!(figures("10–25 mg, or 1.5 g."), "<b>10–25</b> mg, or <b>1.5</b> g.");
        assert_eq!(figures("once <b>"), "once &lt;b&gt;");
        assert_eq!(figures("½–1"), "<b>½–1</b>");
        assert_eq!(figures(""), "");
    }
}
