//! A short name for a finding that survives moved lines and edited
//! neighbours, so that a baseline or a suppression can hold on to it.

/// Hashes parts in order; the same parts give the same name on every machine
/// and in every version. Parts are kept apart, so `["ab"]` is not `["a", "b"]`.
///
/// FNV-1a with 64 bits: its result is fixed by its definition, which a hasher
/// of the standard library does not promise. It names, it does not protect.
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    // No text of an article holds this byte: it is not valid UTF-8.
    const END_OF_PART: u8 = 0xff;
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([END_OF_PART]));
    let hash = bytes.fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME));
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_fixed_and_parts_are_kept_apart() {
        assert_eq!(fingerprint([]), "cbf29ce484222325");
        assert_eq!(fingerprint(["dose/start", "a.md"]), fingerprint(["dose/start", "a.md"]));
        assert_ne!(fingerprint(["ab"]), fingerprint(["a", "b"]));
        assert_eq!(fingerprint(["a"]).len(), 16);
    }
}
