//! Text of articles made fit for a terminal.
//!
//! Articles are strangers' text: an escape sequence in one must not move the
//! cursor, and a right-to-left override must not turn a dose around.

use std::borrow::Cow;
use unicode_width::UnicodeWidthChar;

/// How a character is shown.
pub(super) enum Shown {
    /// As it is.
    Itself,
    /// As another character.
    As(char),
    /// Not at all.
    Nothing,
}

/// How a character is shown: line breaks and tabs as a space, control
/// characters as their pictures, what reorders or ends lines as `�`, and what
/// is invisible not at all.
pub(super) fn shown(character: char) -> Shown {
    match character {
        '\n' | '\t' => Shown::As(' '),
        // Always beside the line break that is shown as a space.
        '\r' => Shown::Nothing,
        '\0'..='\u{1f}' => picture(u32::from(character)),
        '\u{7f}' => Shown::As('␡'),
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{e0000}'..='\u{e007f}' => Shown::As('\u{fffd}'),
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Shown::Nothing,
        _ => Shown::Itself,
    }
}

/// The control pictures stand in the order of the control characters.
fn picture(control: u32) -> Shown {
    Shown::As(char::from_u32(0x2400 + control).unwrap_or('\u{fffd}'))
}

/// Adds a character as it is shown.
pub(super) fn push(text: &mut String, character: char) {
    match shown(character) {
        Shown::Itself => text.push(character),
        Shown::As(other) => text.push(other),
        Shown::Nothing => {}
    }
}

/// The columns that a character takes on a terminal as it is shown.
pub(super) fn columns(character: char) -> usize {
    match shown(character) {
        Shown::Itself => character.width().unwrap_or(0),
        Shown::As(other) => other.width().unwrap_or(0),
        Shown::Nothing => 0,
    }
}

/// A text on one line as it is shown.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|character| matches!(shown(character), Shown::Itself)) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    text.chars().for_each(|character| push(&mut line, character));
    Cow::Owned(line)
}

/// The columns that a text takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// How lines begin, after their `##`, that build servers take for commands
/// wherever they stand. (Commands that begin with `::` count only at the start
/// of a line, where no text of an article ever stands.)
pub(super) const COMMANDS: [&str; 3] = ["[", "vso[", "teamcity["];

/// Whole output made harmless for build servers that read commands such as
/// `##[group]` anywhere in a line.
pub(super) fn without_commands(output: String) -> String {
    COMMANDS.iter().fold(output, |output, command| {
        let command = format!("##{command}");
        if output.contains(&command) { output.replace(&command, &command.replacen("##", "#♯", 1)) } else { output }
    })
}

/// A text of at most `most` columns, `…` where it was longer.
pub(super) fn cut(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut used = 1;
    let kept = text.chars().take_while(|character| {
        used += columns(*character);
        used <= most
    });
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_or_reorders_is_shown_as_a_picture() {
        assert_eq!(visible("10\u{1b}[2J mg\u{7f}"), "10␛[2J mg␡");
        assert_eq!(visible("\u{202e}gm 01\u{2069}"), "\u{fffd}gm 01\u{fffd}");
        assert_eq!(visible("a\r\nb\tc"), "a b c");
        assert_eq!(visible("10\u{200b}–25 mg"), "10–25 mg");
    }

    #[test]
    fn commands_of_build_servers_are_broken() {
        let harmless = without_commands("a ##[group]x ##vso[task] ###teamcity[y] ## b".to_owned());
        assert_eq!(harmless, "a #♯[group]x #♯vso[task] ##♯teamcity[y] ## b");
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        assert!(matches!(visible("10–25 mg 每日"), Cow::Borrowed(_)));
        assert_eq!(width("每日 5"), 6);
    }
}
