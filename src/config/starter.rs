//! The configuration that `clinlint init` writes.

use crate::lint::Lint;
use std::fmt::Write;

/// Folders whose name says that articles are held to them.
const REFERENCES: [&str; 6] = ["references", "reference", "smpc", "spc", "formulary", "labels"];
/// Folders whose articles are usually not published.
const UNPUBLISHED: [&str; 6] = ["drafts", "draft", "archive", "archived", "templates", "node_modules"];
/// Files about the repository, not about medicine.
const ABOUT: [&str; 6] =
    ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "CODE_OF_CONDUCT.md", "LICENSE.md", "SECURITY.md"];

/// A commented configuration for a repository with these articles, given as
/// paths inside it, `/` separated. Holds nothing that changes what is found in
/// articles, but leaves out what looks unpublished.
pub fn starter(articles: &[String], lints: &[Lint]) -> String {
    let folders = |names: &[&str]| matching(articles, |path| folder(path, names));
    let references = folders(&REFERENCES);
    let mut exclude = folders(&UNPUBLISHED);
    exclude.extend(matching(articles, |path| ABOUT.contains(&path).then(|| format!("/{path}"))));
    let paths = top_folders(articles);
    let mut text = String::from(
        "# Configuration of clinlint. `clinlint config FILE` prints what is in force for a file and where it comes from.\n\
         # Paths and patterns are relative to this file; patterns are those of .gitignore.\n\n",
    );
    push(&mut text, "Articles that are read where no path is typed", "paths", &paths, "articles");
    push(&mut text, "Articles that are not read", "exclude", &exclude, "drafts/");
    let comment =
        "Articles that the others are held to: where an article contradicts one of these, the article is reported";
    push(&mut text, comment, "references", &references, "references/");
    text.push_str(
        "# The least confidence that is reported: low, medium or high. Low shows those, too, where something was guessed.\n\
         confidence: medium\n\n\
         # The least severity that fails a run: error, warning, note or never.\n\
         fail-on: warning\n\n\
         # The least share of the doses, NNTs and contraindications of an article that has to be understood, in percent.\n\
         # `clinlint claims --unread` lists what is not.\n\
         # least-understood: 60\n\n\
         # Severity of a lint or of a whole group: error, warning, note or off. `clinlint explain CODE` says what each finds.\n\
         # lints:\n",
    );
    let widest = lints.iter().map(|lint| lint.code.len()).max().unwrap_or(0) + 1;
    for lint in lints {
        // Writing to a string cannot fail.
        let code = format!("{}:", lint.code);
        let _ = writeln!(text, "#   {code:widest$} {:7}  # {}", lint.by_default(), lint.title);
    }
    text.push_str(
        "\n# What the articles of a folder leave unsaid: a drug, a population, an indication, a route.\n\
         # folders:\n\
         #   - files: [\"children/\"]\n\
         #     population: children\n\n\
         # Keys of front matter whose values are prose, and keys whose values name drug, patients, indication or route.\n\
         # front-matter:\n\
         #   prose: [description]\n\
         #   context: [audience]\n\
         \n# Findings that were there before. `clinlint check --write-baseline clinlint-baseline.json` writes the file.\n\
         # baseline: clinlint-baseline.json\n\n\
         # Findings that are kept, for files that cannot hold a comment.\n\
         # suppress:\n\
         #   - lint: dose/start\n\
         #     files: [\"leaflets/*.txt\"]\n\
         #     values: 10 mg a day vs 50 mg a day\n\
         #     reason: two products\n\
         #     until: 2027-06-30\n",
    );
    text
}

/// A list with its comment; as a comment itself where it is empty.
fn push(text: &mut String, comment: &str, key: &str, items: &[String], example: &str) {
    let mark = if items.is_empty() { "# " } else { "" };
    let quoted = |item: &String| serde_json::Value::from(item.as_str()).to_string();
    let items = if items.is_empty() {
        format!("\"{example}\"")
    } else {
        items.iter().map(quoted).collect::<Vec<_>>().join(", ")
    };
    let _ = write!(text, "# {comment}.\n{mark}{key}: [{items}]\n\n");
}

/// What a test makes of the articles, sorted, each once.
fn matching(articles: &[String], test: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found: Vec<String> = articles.iter().filter_map(|path| test(path)).collect();
    found.sort();
    found.dedup();
    found
}

/// The pattern of the outermost folder of a path with one of these names.
fn folder(path: &str, names: &[&str]) -> Option<String> {
    let (folders, _) = path.rsplit_once('/')?;
    let found = folders.split('/').find(|folder| names.iter().any(|name| folder.eq_ignore_ascii_case(name)))?;
    Some(format!("{}/", escaped(found)))
}

/// A name without characters that mean something in a pattern.
fn escaped(name: &str) -> String {
    let mut escaped = String::with_capacity(name.len());
    for character in name.chars() {
        if "*?[]{}!#\\ ".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

/// The folders that hold the articles, if there are few and none lies outside.
fn top_folders(articles: &[String]) -> Vec<String> {
    const FEW: usize = 4;
    let in_folders = articles.iter().filter(|path| !ABOUT.contains(&path.as_str()));
    let folders: Option<Vec<String>> = in_folders.map(|path| Some(path.split_once('/')?.0.to_owned())).collect();
    let mut folders = folders.unwrap_or_default();
    folders.sort();
    folders.dedup();
    if folders.len() <= FEW { folders } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::parse;
    use crate::lint::builtin;
    use std::path::Path;

    fn starter_for(articles: &[&str]) -> String {
        let articles: Vec<String> = articles.iter().map(|path| (*path).to_owned()).collect();
        starter(&articles, &builtin().unwrap())
    }

    #[test]
    fn it_can_be_read_and_knows_the_repository() {
        let text = starter_for(&["README.md", "content/a.md", "content/Drafts/b.md", "smpc/c.html"]);
        let config = parse("clinlint.yml", &text, Path::new("/r"), &builtin().unwrap()).unwrap();
        assert_eq!(config.paths, [Path::new("/r/content"), Path::new("/r/smpc")]);
        assert!(config.exclude.matching(Path::new("/r/content/Drafts/b.md")).is_some());
        assert!(config.exclude.matching(Path::new("/r/README.md")).is_some());
        assert!(config.references.matching(Path::new("/r/smpc/c.html")).is_some());
    }

    #[test]
    fn what_is_commented_out_can_be_read_too() {
        let text = starter_for(&[]);
        let uncommented: String = text
            .lines()
            .filter_map(|line| line.strip_prefix("# ").filter(|line| !line.ends_with('.')))
            .map(|line| format!("{line}\n"))
            .collect();
        let config = parse("clinlint.yml", &uncommented, Path::new("/r"), &builtin().unwrap());
        assert!(config.is_ok(), "{config:?}\n{uncommented}");
    }

    #[test]
    fn hostile_names_stay_names() {
        let text = starter_for(&["a\"]\nlints: {dose: off}/b.md", "x[/drafts/c.md"]);
        let config = parse("clinlint.yml", &text, Path::new("/r"), &builtin().unwrap()).unwrap();
        assert!(config.lints.is_empty());
        assert_eq!(config.paths.len(), 2);
    }
}
