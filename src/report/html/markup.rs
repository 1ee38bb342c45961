//! Text of articles as text of a page, and the names of places in it.

use crate::report::visible::visible;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::Write;

/// A text as it can stand between tags and in quoted attributes. What reorders
/// text or cannot be seen is shown as on a terminal, and no markup is left: a
/// text never holds a `<`, so nothing that holds it can be ended by it.
pub(super) fn text(text: &str) -> String {
    let visible = visible(text);
    let mut escaped = String::with_capacity(visible.len());
    for character in visible.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(character),
        }
    }
    escaped
}

/// A text that begins a sentence.
pub(super) fn sentence(words: &str) -> String {
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => text(&format!("{}{}", first.to_uppercase(), characters.as_str())),
        None => String::new(),
    }
}

/// A name as part of an address within the page: letters, digits and hyphens as
/// they are, everything else by its number.
pub(super) fn id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '-' | '0'..='9' | 'A'..='Z' | 'a'..='z' => id.push(character),
            // Writing to a text cannot fail.
            _ => drop(write!(id, "_{:x}_", u32::from(character))),
        }
    }
    id
}

/// A value in an address behind `#`.
pub(super) fn field(value: &str) -> String {
    const SPECIAL: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');
    utf8_percent_encode(value, SPECIAL).to_string()
}

/// A count with its noun: "1 article", "2,329 articles".
pub(super) fn counted(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", number(count), if count == 1 { "" } else { "s" })
}

/// A count with commas between thousands.
pub(super) fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_markup_and_nothing_invisible_is_left() {
        let hostile = "</script><img src=x onerror='a'>\"&\u{202e}\u{1b}\u{200b}<!--";
        let escaped = text(hostile);
        assert!(!escaped.contains(['<', '>', '"', '\'', '\u{202e}', '\u{1b}', '\u{200b}']), "{escaped}");
        assert!(escaped.starts_with("&lt;/script&gt;&lt;img src=x onerror=&#39;a&#39;&gt;&quot;&amp;\u{fffd}␛"));
    }

    #[test]
    fn names_of_places_are_one_word_and_differ_where_names_do() {
        assert_eq!(id("codeine + paracetamol"), "codeine_20__2b__20_paracetamol");
        assert_ne!(id("a b"), id("a-b"));
        assert_eq!(field("a&b=c d/é"), "a%26b%3Dc%20d%2F%C3%A9");
    }

    #[test]
    fn large_counts_have_commas() {
        assert_eq!((number(999).as_str(), number(62_786).as_str()), ("999", "62,786"));
        assert_eq!(counted(1_234_567, "article"), "1,234,567 articles");
    }
}
