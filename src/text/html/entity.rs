//! Entities of HTML: `&nbsp;`, `&#8211;`, and what only looks like one.

use html5gum::{Token, Tokenizer};

/// The length of what may be an entity at the start of a text.
pub(super) fn entity_length(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('&')?;
    let name = rest.bytes().take(40).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    Some(1 + name + usize::from(rest[name..].starts_with(';')))
}

/// What an entity stands for; what is none stands for itself.
pub(super) fn decode(written: &str) -> String {
    let mut decoded = String::new();
    for token in Tokenizer::new(written) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            decoded.push_str(&String::from_utf8_lossy(&text));
        }
    }
    decoded
}
