//! YAML to its scalars, each with the way from its text back to its bytes.
//!
//! The parser gives a scalar's text and the span it was written in; between
//! the two lie quotes, escapes, folded lines and indentation. Both are walked
//! side by side, and where they differ in any other way the scalar as a whole
//! stands for its span.

use super::map::Mapped;
use granit_parser::{Event, Parser, ScalarStyle, options};
use std::ops::Range;

/// How deep collections may stand inside each other.
const DEPTH_LIMIT: usize = 64;

/// One scalar that is a value.
#[derive(Debug)]
pub(super) struct Value {
    /// The keys and positions that lead to the collection it is in: `faqs.0`,
    /// empty at the top.
    pub(super) parent: String,
    /// Its own key or position.
    pub(super) key: String,
    pub(super) text: Mapped<'static>,
}

/// Why a text is not YAML, and where.
#[derive(Debug)]
pub(super) struct Malformed {
    pub(super) message: String,
    /// An offset in the text that was read.
    pub(super) at: usize,
}

/// Reads a YAML document; anchors and aliases are not followed, so a small
/// file cannot grow into a large one.
pub(super) fn values(yaml: &Mapped<'_>) -> Result<Vec<Value>, Malformed> {
    let options = options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        block_nesting_limit: DEPTH_LIMIT,
        flow_nesting_limit: DEPTH_LIMIT,
    };
    let mut values = Vec::new();
    let mut parents: Vec<Parent> = Vec::new();
    for event in Parser::new_from_str_with_options(&yaml.text, options) {
        let (event, span) = event.map_err(|error| Malformed {
            message: error.info(),
            at: error.marker().byte_offset().unwrap_or(0).min(yaml.text.len()),
        })?;
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let parent = Parent::new(parents.last_mut(), matches!(event, Event::MappingStart(..)));
                parents.push(parent);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                parents.pop();
            }
            Event::Scalar(text, style, ..) => {
                let Some(parent) = parents.last_mut() else { continue };
                match parent.key_for_value() {
                    Some(key) => {
                        let parent = parent.path.clone();
                        let range = span.byte_range().unwrap_or(0..0);
                        values.push(Value { parent, key, text: align(yaml, range, &text, style) });
                    }
                    None => parent.key = Some(text.into_owned()),
                }
            }
            Event::Alias(..) | Event::UnresolvedAlias(..) => {
                if let Some(parent) = parents.last_mut()
                    && parent.key_for_value().is_none()
                {
                    parent.key = Some(String::new());
                }
            }
            _ => {}
        }
    }
    Ok(values)
}

/// A collection that is open.
struct Parent {
    path: String,
    is_mapping: bool,
    /// The key whose value comes next.
    key: Option<String>,
    items: usize,
}

impl Parent {
    fn new(outer: Option<&mut Self>, is_mapping: bool) -> Self {
        let path = match outer {
            None => String::new(),
            Some(outer) => {
                let key = outer.key_for_value().unwrap_or_default();
                if outer.path.is_empty() { key } else { format!("{}.{key}", outer.path) }
            }
        };
        Self { path, is_mapping, key: None, items: 0 }
    }

    /// The key or position of the node that comes now; none if the node is
    /// itself a key.
    fn key_for_value(&mut self) -> Option<String> {
        if self.is_mapping {
            return self.key.take();
        }
        self.items += 1;
        Some((self.items - 1).to_string())
    }
}

/// Finds for each character of a scalar's text the bytes it was written with.
fn align(yaml: &Mapped<'_>, range: Range<usize>, text: &str, style: ScalarStyle) -> Mapped<'static> {
    let written = &yaml.text[range.clone()];
    let start = match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => written.len().min(1),
        // The line of a block scalar's `|` or `>` holds no text.
        ScalarStyle::Literal | ScalarStyle::Folded if written.starts_with(['|', '>']) => {
            written.find('\n').unwrap_or(written.len())
        }
        _ => 0,
    };
    let mut units = Units { written, at: start, style };
    aligned(yaml, range.start, text, &mut units).unwrap_or_else(|| {
        let mut whole = Mapped::default();
        whole.replace(yaml.map.span(range), text);
        whole
    })
}

fn aligned(yaml: &Mapped<'_>, offset: usize, text: &str, units: &mut Units<'_>) -> Option<Mapped<'static>> {
    let mut done = Mapped::default();
    let mut rest = text;
    let file = |written: &Range<usize>| offset + written.start..offset + written.end;
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_whitespace() {
            let length = rest.find(|character: char| !character.is_ascii_whitespace()).unwrap_or(rest.len());
            let written = units.white_space();
            // Line breaks at the end of a block scalar may lie outside its span.
            if written.is_empty() && length < rest.len() {
                return None;
            }
            if rest[..length] == units.written[written.clone()] {
                done.copy(yaml, file(&written));
            } else {
                done.replace(yaml.map.span(file(&written)), &rest[..length]);
            }
            rest = &rest[length..];
        } else {
            // Indentation before the first line, a line end that is escaped.
            units.white_space();
            let literal = units.literal(rest);
            if !literal.is_empty() {
                rest = &rest[literal.len()..];
                done.copy(yaml, file(&literal));
                continue;
            }
            let (written, character) = units.next()?;
            if character != first {
                return None;
            }
            if units.written[written.clone()].len() == first.len_utf8() {
                done.copy(yaml, file(&written));
            } else {
                done.replace(yaml.map.span(file(&written)), &rest[..first.len_utf8()]);
            }
            rest = &rest[first.len_utf8()..];
        }
    }
    Some(done)
}

/// A scalar as it is written, character by character, escapes decoded.
struct Units<'y> {
    written: &'y str,
    at: usize,
    style: ScalarStyle,
}

impl Units<'_> {
    fn next(&mut self) -> Option<(Range<usize>, char)> {
        let (length, character) = self.unit()?;
        let start = self.at;
        self.at += length;
        Some((start..self.at, character))
    }

    /// Passes white space, written as such or escaped.
    fn white_space(&mut self) -> Range<usize> {
        let start = self.at;
        while self.peek_white_space() {
            self.next();
        }
        start..self.at
    }

    fn peek_white_space(&self) -> bool {
        self.unit().is_some_and(|(_, character)| character.is_ascii_whitespace())
    }

    /// Passes as many words of a text as are written with the very same bytes,
    /// with single spaces between them, up to what may be an escape.
    fn literal(&mut self, text: &str) -> Range<usize> {
        let is_end = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'\'' | b'\\' | b'"');
        let (mut at, mut is_spaced) = (0, true);
        // Where the last word ended that is written so.
        let mut length = 0;
        for (byte, written) in text.bytes().zip(self.written[self.at..].bytes()) {
            let ends = is_end(byte);
            if byte != written || ends && (is_spaced || byte != b' ') {
                break;
            }
            if ends {
                length = at;
            }
            is_spaced = ends;
            at += 1;
        }
        if !is_spaced && text.as_bytes().get(at).copied().is_none_or(is_end) {
            length = at;
        }
        let start = self.at;
        self.at += length;
        start..self.at
    }

    /// The next character and the number of bytes it is written with.
    fn unit(&self) -> Option<(usize, char)> {
        let rest = &self.written[self.at..];
        let first = rest.chars().next()?;
        match self.style {
            ScalarStyle::SingleQuoted if rest.starts_with("''") => Some((2, '\'')),
            ScalarStyle::DoubleQuoted if first == '\\' => escape(rest),
            _ => Some((first.len_utf8(), first)),
        }
    }
}

/// A double-quoted escape: its length and the character it stands for.
fn escape(written: &str) -> Option<(usize, char)> {
    let code = written[1..].chars().next()?;
    let digits = match code {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let end = 2 + digits;
        return Some((end, char::from_u32(u32::from_str_radix(written.get(2..end)?, 16).ok()?)?));
    }
    let character = match code {
        '0' => '\0',
        'a' => '\x07',
        'b' => '\x08',
        't' => '\t',
        'n' => '\n',
        'v' => '\x0b',
        'f' => '\x0c',
        'r' => '\r',
        'e' => '\x1b',
        'N' => '\u{85}',
        '_' => '\u{a0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        other => other,
    };
    Some((1 + code.len_utf8(), character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    /// The text of the value at the first key, and the bytes a word of it was
    /// written with.
    fn value<'y>(yaml: &'y str, word: &str) -> (String, &'y str) {
        let values = values(&Mapped::part(yaml, 0..yaml.len())).unwrap();
        let text = &values[0].text;
        let at = text.text.find(word).unwrap();
        let Span { start, end } = text.map.span(at..at + word.len());
        (text.text.clone().into_owned(), &yaml[start..end])
    }

    #[test]
    fn every_style_of_scalar_leads_back_to_its_bytes() {
        assert_eq!(value("k: take 10 mg # daily", "10 mg"), ("take 10 mg".into(), "10 mg"));
        assert_eq!(value("k: 'it''s 10 mg'", "10 mg"), ("it's 10 mg".into(), "10 mg"));
        assert_eq!(value("k: 'it''s 10 mg'", "it's"), ("it's 10 mg".into(), "it''s"));
        assert_eq!(value("k: \"5\\u00a0to 10 mg\\n\"", "10 mg"), ("5\u{a0}to 10 mg\n".into(), "10 mg"));
        assert_eq!(value("k: >-\n  take\n  10 mg\n", "take 10"), ("take 10 mg".into(), "take\n  10"));
        assert_eq!(value("k: |\r\n  take\r\n\r\n  10 mg\r\n", "10 mg"), ("take\n\n10 mg\n".into(), "10 mg"));
        assert_eq!(value("k: |2-\n    take\n  10 mg", "10 mg"), ("  take\n10 mg".into(), "10 mg"));
        assert_eq!(value("k: take\n  10 mg\n  daily", "10 mg"), ("take 10 mg daily".into(), "10 mg"));
        assert_eq!(value("k: \"take \\\n  10 mg\"", "10 mg"), ("take 10 mg".into(), "10 mg"));
    }

    #[test]
    fn values_know_the_keys_that_lead_to_them() {
        let yaml = "a: 1\nb:\n  - q: x\n    a: y\n  - *none\n  - [u, {v: w}]\n";
        let values = values(&Mapped::part(yaml, 0..yaml.len())).unwrap();
        let keys: Vec<_> = values.iter().map(|value| format!("{}/{}", value.parent, value.key)).collect();
        assert_eq!(keys, ["/a", "b.0/q", "b.0/a", "b.2/0", "b.2.1/v"]);
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let yaml = format!("a: {}", "[".repeat(10_000));
        assert!(values(&Mapped::part(&yaml, 0..yaml.len())).is_err());
        let yaml = format!("a:\n  {}x", "- ".repeat(10_000));
        assert!(values(&Mapped::part(&yaml, 0..yaml.len())).is_err());
    }
}
