//! The page of a lint.

use crate::finding::Severity;
use crate::lint::{Example, ExampleArticle, Lint};
use crate::report::{READABLE, wrap};
use std::fmt::Write;

/// The page of a lint, as Markdown in lines of at most `width` columns.
pub fn page(lint: &Lint, width: usize) -> String {
    let mut page = format!("# {}: {}\n\n", lint.code, lint.title);
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
        push(&mut page, format_args!("\n## {heading}\n"));
        for example in lint.examples.iter().filter(|example| example.finds == finds) {
            push(&mut page, format_args!("\n### {}\n", example.name));
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
