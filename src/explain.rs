//! The pages of lints.

use crate::finding::Severity;
use crate::lint::{Example, ExampleArticle, Lint};
use crate::report::{READABLE, wrap};
use std::fmt::Write;

/// The page of a lint, as Markdown in lines of at most `width` columns.
pub fn page(lint: &Lint, width: usize) -> String {
    page_below("", lint, width)
}

/// The pages of all lints as one Markdown document with a table of contents.
pub fn pages(lints: &[Lint]) -> String {
    let mut pages = String::from(
        "# Lints\n\nWritten by `clinlint lints --format markdown`; `clinlint explain CODE` prints one page. The examples\n\
         are tests: what stands in `[[…]]` is what a finding labels.\n\n| lint | severity | finds |\n| --- | --- | --- |\n",
    );
    for lint in lints {
        let (code, title) = (&lint.code, &lint.title);
        let row = format_args!("| [{code}](#{}) | {} | {title} |\n", anchor(&heading(lint)), lint.by_default());
        push(&mut pages, row);
    }
    for lint in lints {
        push(&mut pages, format_args!("\n{}", page_below("#", lint, READABLE)));
    }
    pages
}

fn heading(lint: &Lint) -> String {
    format!("{}: {}", lint.code, lint.title)
}

/// The name by which the pages of code hosts link to a heading.
fn anchor(heading: &str) -> String {
    let is_kept = |character: &char| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_');
    heading.to_lowercase().chars().filter(is_kept).collect::<String>().replace(' ', "-")
}

/// The page of a lint whose headings stand below others.
fn page_below(above: &str, lint: &Lint, width: usize) -> String {
    let mut page = format!("{above}# {}\n\n", heading(lint));
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let relations = lint.severity.iter().filter(|(_, reported)| **reported == severity);
        let meanings: Vec<&str> = relations.map(|(relation, _)| relation.meaning()).collect();
        if !meanings.is_empty() {
            push(&mut page, format_args!("- {}: {}\n", severity.name(), meanings.join("; ")));
        }
    }
    if !lint.enabled {
        push(
            &mut page,
            format_args!(
                "- off where no configuration asks for it: `lints: {{{}: {}}}`\n",
                lint.code,
                lint.usual().name()
            ),
        );
    }
    let advice = format!("What to do: {}.", lint.help);
    let source = format!("Source: {}", lint.source);
    for paragraph in lint.explanation.split("\n\n").chain([advice.as_str(), source.as_str()]) {
        let text = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        push(&mut page, format_args!("\n{}\n", wrap(&text, width.min(READABLE)).join("\n")));
    }
    for (finds, heading) in [(true, "Reported"), (false, "Not reported")] {
        push(&mut page, format_args!("\n{above}## {heading}\n"));
        for example in lint.examples.iter().filter(|example| example.finds == finds) {
            push(&mut page, format_args!("\n{above}### {}\n", example.name));
            articles(&mut page, example);
        }
    }
    page
}

/// The articles of an example, set apart as quotes.
fn articles(page: &mut String, example: &Example) {
    for article in &example.articles {
        page.push('\n');
        for line in marked(article).lines() {
            push(page, format_args!("{}\n", format!("> {line}").trim_end()));
        }
    }
}

/// The text of an article with its marks, as in the lint's file.
fn marked(article: &ExampleArticle) -> String {
    let mut text = article.text.clone();
    for mark in article.marks.iter().rev() {
        text.insert_str(mark.end, "]]");
        text.insert_str(mark.start, "[[");
    }
    text
}

fn push(page: &mut String, text: std::fmt::Arguments<'_>) {
    // Writing to a string cannot fail.
    let _ = page.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::{builtin, find};

    #[test]
    fn a_page_holds_severities_reasons_and_marked_examples() {
        let lints = builtin().unwrap();
        let page = page(find(&lints, "dose/start").unwrap(), 80);
        assert!(page.lines().all(|line| line.starts_with('>') || line.chars().count() <= 80), "{page}");
        assert!(page.starts_with("# dose/start: starting doses that differ\n\n- error: "), "{page}");
        assert!(page.contains("- warning: values that share only an end point"), "{page}");
        assert!(page.contains("> The starting dose of amitriptyline for neuropathic pain is [[10 mg at bedtime]]."));
        assert!(page.contains("\n## Not reported\n"));
    }
}
