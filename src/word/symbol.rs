//! Characters of the font Symbol, which documents write by their place in it.

/// What a character of a symbol font stands for. Word writes them into the
/// private use area from F000 on.
///
/// Source: the Adobe Symbol encoding; those that stand in articles.
pub(super) fn character(font: &str, code: u32) -> Option<char> {
    let place = if (0xf000..0xf100).contains(&code) { code - 0xf000 } else { code };
    let is_symbol = font.eq_ignore_ascii_case("Symbol");
    let known = TABLE.iter().find(|(at, _)| is_symbol && *at == place).map(|(_, character)| *character);
    // Of other fonts (Wingdings, Webdings) the signs are bullets and ticks.
    known.or_else(|| char::from_u32(code).filter(|character| !character.is_control()))
}

const TABLE: [(u32, char); 33] = [
    (0x2b, '+'),
    (0x2d, '−'),
    (0x3c, '<'),
    (0x3d, '='),
    (0x3e, '>'),
    (0x40, '≅'),
    (0x61, 'α'),
    (0x62, 'β'),
    (0x63, 'χ'),
    (0x64, 'δ'),
    (0x65, 'ε'),
    (0x67, 'γ'),
    (0x6b, 'κ'),
    (0x6c, 'λ'),
    (0x6d, 'µ'),
    (0x70, 'π'),
    (0x73, 'σ'),
    (0x77, 'ω'),
    (0x7e, '~'),
    (0xa2, '′'),
    (0xa3, '≤'),
    (0xa5, '∞'),
    (0xab, '↔'),
    (0xac, '←'),
    (0xad, '↑'),
    (0xae, '→'),
    (0xaf, '↓'),
    (0xb0, '°'),
    (0xb1, '±'),
    (0xb3, '≥'),
    (0xb4, '×'),
    (0xb7, '•'),
    (0xbb, '≈'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_the_symbol_font_are_what_they_look_like() {
        assert_eq!(character("Symbol", 0xf06d), Some('µ'));
        assert_eq!(character("Symbol", 0xb3), Some('≥'));
        assert_eq!(character("Wingdings", 0xf0fc), Some('\u{f0fc}'));
        assert_eq!(character("Symbol", 0), None);
    }
}
