//! JSON that says exactly what is meant and that no terminal and no build
//! server obeys.

use super::visible::{COMMANDS, Shown, shown};
use serde::Serialize;
use std::io::{self, Write};

/// Writes a value over several lines, and a line break.
pub(super) fn pretty(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    writeln!(out, "{}", harmless(&serde_json::to_string_pretty(value)?))
}

/// Writes a value on one line, and a line break.
pub(super) fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    writeln!(out, "{}", harmless(&serde_json::to_string(value)?))
}

/// The same JSON, with everything that is obeyed or invisible as an escape: it
/// can only stand in strings.
fn harmless(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    let mut rest = json.chars();
    while let Some(character) = rest.next() {
        let is_command = character == '#'
            && rest
                .as_str()
                .strip_prefix('#')
                .is_some_and(|rest| COMMANDS.iter().any(|command| rest.starts_with(command)));
        if is_command || (character != '\n' && !matches!(shown(character), Shown::Itself)) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                escaped.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            escaped.push(character);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_obeyed_is_escaped_and_read_back_as_it_was() {
        let hostile = "a\u{1b}[2J\u{9b}m\u{202e}\u{e0001}\n##[group]##vso[x] # ## é\t";
        let mut out = Vec::new();
        pretty(&mut out, &[hostile]).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert!(
            json.chars().all(|character| character == '\n' || matches!(shown(character), Shown::Itself)),
            "{json:?}"
        );
        assert!(!json.contains("##[") && !json.contains("##vso[") && json.contains("# ## é"), "{json}");
        let read: Vec<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(read, [hostile]);
    }
}
