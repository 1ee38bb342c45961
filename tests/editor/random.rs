//! Random edits, the same for the same seed.

#![allow(dead_code, reason = "not every test needs all of it")]

use serde_json::{Value, json};

/// Numbers that look random.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        // xorshift64*, by Marsaglia and Vigna.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % end.max(1)
    }

    /// Edits a text, and says what an editor that counts code units tells of it.
    pub fn edit(&mut self, text: &mut String) -> Value {
        self.edit_counting(text, |line| line.encode_utf16().count())
    }

    /// The same for an editor that counts bytes.
    pub fn edit_in_bytes(&mut self, text: &mut String) -> Value {
        self.edit_counting(text, str::len)
    }

    /// Something is put in, something taken out, or a number is another.
    fn edit_counting(&mut self, text: &mut String, length: fn(&str) -> usize) -> Value {
        const WORDS: [&str; 10] =
            ["a", " ", "10 mg", ".", "\n", "\n\n", "contraindicated in ", " glaucoma", "é💊", " at bedtime"];
        let at = text.floor_char_boundary(self.below(text.len() + 1));
        let numbers: Vec<usize> = match self.below(3) {
            0 => text.match_indices(|character: char| character.is_ascii_digit()).map(|(at, _)| at).collect(),
            _ => Vec::new(),
        };
        let (start, end, put) = match self.below(3) {
            _ if !numbers.is_empty() => {
                let at = numbers[self.below(numbers.len())];
                (at, at + 1, ["1", "2", "5", "0", "50"][self.below(5)])
            }
            0 => (at, text.ceil_char_boundary((at + 1 + self.below(12)).min(text.len())), ""),
            _ => (at, at, WORDS[self.below(WORDS.len())]),
        };
        let range = json!({"start": position(text, start, length), "end": position(text, end, length)});
        text.replace_range(start..end, put);
        json!({"range": range, "text": put})
    }
}

fn position(text: &str, offset: usize, length: fn(&str) -> usize) -> Value {
    let before = &text[..offset];
    // A line end of two bytes that is cut in half ends no line yet.
    let is_cut = before.ends_with('\r') && text[offset..].starts_with('\n');
    let whole = if is_cut { &before[..before.len() - 1] } else { before };
    let is_end =
        |(at, byte): (usize, u8)| byte == b'\n' || (byte == b'\r' && whole.as_bytes().get(at + 1) != Some(&b'\n'));
    let ends: Vec<usize> = whole.bytes().enumerate().filter(|pair| is_end(*pair)).map(|(at, _)| at + 1).collect();
    let line = &whole[ends.last().copied().unwrap_or_default()..];
    json!({"line": ends.len(), "character": length(line)})
}
