//! A user's folder of lints: `<group>/<name>.yml`, as in `lints/`.

use super::builtin::is_builtin;
use super::{Lint, parse};
use crate::paths;
use crate::problem::Problem;
use ignore::WalkBuilder;
use std::fs;
use std::path::Path;

/// Adds the lints of a folder to those there are, ordered by code.
///
/// # Errors
///
/// All that is wrong: with the folder, with each of its files, and codes that
/// a lint has already.
pub fn add_folder(lints: &mut Vec<Lint>, folder: &Path) -> Result<(), Vec<Problem>> {
    let shown = shown(folder);
    if !folder.is_dir() {
        let problem = Problem::whole(shown, "there is no such folder of lints");
        return Err(vec![problem.with_help("a folder of lints holds files such as `house/start.yml`")]);
    }
    let mut found = Vec::new();
    let mut problems = Vec::new();
    // Whatever a repository ignores, what lies in this folder is meant.
    for entry in WalkBuilder::new(folder).standard_filters(false).sort_by_file_path(Path::cmp).build() {
        match entry {
            Ok(entry) if entry.path().is_file() => match read(folder, entry.path()) {
                Some(Ok(lint)) => found.push(lint),
                Some(Err(problem)) => problems.push(problem),
                None => {}
            },
            Ok(_) => {}
            Err(error) => problems.push(Problem::whole(&shown, format!("cannot be read: {error}"))),
        }
    }
    if found.is_empty() && problems.is_empty() {
        let problem = Problem::whole(shown, "no lint in this folder");
        problems.push(problem.with_help("a lint is a file in the folder of its group, such as `house/start.yml`"));
    }
    found.sort_by(|one, other| one.code.cmp(&other.code));
    for lint in found {
        match lints.iter().find(|known| known.code == lint.code) {
            Some(known) => problems.push(clash(&lint, known)),
            None => lints.push(lint),
        }
    }
    problems.sort_by(|one, other| (&one.path, one.position).cmp(&(&other.path, other.position)));
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// The lint of a file, or what is wrong with it; nothing for a file that is
/// something else.
fn read(folder: &Path, file: &Path) -> Option<Result<Lint, Problem>> {
    let inner = paths::inside(folder, file)?;
    let code = inner.strip_suffix(".yml").or_else(|| inner.strip_suffix(".yaml"))?;
    let path = shown(file);
    if !is_code(code) {
        let help = "lints lie in the folder of their group, in lower case: `house/start.yml`";
        return Some(Err(Problem::whole(path, "a lint file whose path is no code").with_help(help)));
    }
    let text = fs::read_to_string(file).map_err(|error| Problem::whole(&path, format!("cannot be read: {error}")));
    Some(text.and_then(|text| parse(&path, code, &text)))
}

/// Whether it is group and name, each a word of letters, digits and hyphens:
/// what configurations, suppressions and links can hold.
fn is_code(code: &str) -> bool {
    let is_word = |word: &str| {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !word.is_empty() && word.bytes().all(is_letter)
    };
    code.split_once('/').is_some_and(|(group, name)| is_word(group) && is_word(name))
}

fn clash(lint: &Lint, known: &Lint) -> Problem {
    let (message, help) = if is_builtin(&lint.code) {
        let help = format!(
            "give it a group of your own, `house/{}`, or set the severity of the built-in one in the configuration",
            lint.name()
        );
        (format!("the lint `{}` is built in", lint.code), help)
    } else {
        let message = format!("there is a lint `{}` already, in {}", lint.code, known.place.path);
        (message, "give one of them another name".to_owned())
    };
    Problem { position: Some(lint.place.position), ..Problem::whole(&lint.place.path, message).with_help(help) }
}

fn shown(path: &Path) -> String {
    let shown = path.to_string_lossy().into_owned();
    if cfg!(windows) { shown.replace('\\', "/") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_group_and_name() {
        assert!(is_code("house/start") && is_code("dose-2/day-total"));
        for other in ["start", "house/", "house/a/b", "House/start", "house/sta rt", "house/\u{1b}[2J", "a`b/c"] {
            assert!(!is_code(other), "{other}");
        }
    }
}
