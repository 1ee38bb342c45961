//! The file of a cache: entries one after the other, each with a checksum.

use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

/// What an entry is known by.
pub(super) type Digest = [u8; 32];

/// What a file begins with. The number is that of the format.
const MAGIC: &[u8] = b"clinlint claims 1\n";
/// Digest, length and checksum.
const HEAD: usize = size_of::<Digest>() + 2 * size_of::<u32>();

/// The entries of a file, none of them looked into yet.
#[derive(Debug, Default)]
pub(super) struct Pack {
    bytes: Vec<u8>,
    entries: FxHashMap<Digest, Place>,
}

/// Where an entry is.
#[derive(Debug)]
struct Place {
    /// With its head.
    whole: Range<usize>,
    is_used: AtomicBool,
}

impl Pack {
    /// Finds the entries of a file, up to where it stops making sense.
    pub fn read(bytes: Vec<u8>) -> Self {
        let mut entries = FxHashMap::default();
        let mut at = if bytes.starts_with(MAGIC) { MAGIC.len() } else { bytes.len() };
        while let Some(head) = bytes.get(at..at + HEAD) {
            let (digest, rest) = head.split_at(size_of::<Digest>());
            let (Ok(digest), Some(length)) = (Digest::try_from(digest), number(rest)) else { break };
            let whole = at..at.saturating_add(HEAD).saturating_add(length as usize);
            if whole.end > bytes.len() {
                break;
            }
            at = whole.end;
            entries.insert(digest, Place { whole, is_used: AtomicBool::new(false) });
        }
        Self { bytes, entries }
    }

    /// The content of an entry, if it is whole.
    pub fn get(&self, digest: &Digest) -> Option<&[u8]> {
        let place = self.entries.get(digest)?;
        let (head, content) = self.bytes[place.whole.clone()].split_at(HEAD);
        let checksum = number(&head[HEAD - size_of::<u32>()..])?;
        (crc32fast::hash(content) == checksum).then(|| {
            place.is_used.store(true, Ordering::Relaxed);
            content
        })
    }

    /// How many bytes of entries nobody asked for, and how many there are.
    pub fn unused(&self) -> (usize, usize) {
        let unused = self.entries.values().filter(|place| !place.is_used.load(Ordering::Relaxed));
        (unused.map(|place| place.whole.len()).sum(), self.bytes.len())
    }

    /// A file of the entries that somebody asked for, and of new ones.
    pub fn with(&self, fresh: &[(Digest, Vec<u8>)]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let mut used: Vec<&Range<usize>> = self
            .entries
            .values()
            .filter(|place| place.is_used.load(Ordering::Relaxed))
            .map(|place| &place.whole)
            .collect();
        used.sort_by_key(|whole| whole.start);
        for whole in used {
            bytes.extend_from_slice(&self.bytes[whole.clone()]);
        }
        for (digest, content) in fresh {
            let Ok(length) = u32::try_from(content.len()) else { continue };
            bytes.extend_from_slice(digest);
            bytes.extend_from_slice(&length.to_le_bytes());
            bytes.extend_from_slice(&crc32fast::hash(content).to_le_bytes());
            bytes.extend_from_slice(content);
        }
        bytes
    }
}

/// The number that some bytes begin with.
fn number(bytes: &[u8]) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> Vec<u8> {
        Pack::default().with(&[([1; 32], b"one".to_vec()), ([2; 32], b"two".to_vec())])
    }

    #[test]
    fn entries_are_found_again_and_those_nobody_asks_for_go() {
        let pack = Pack::read(file());
        assert_eq!((pack.get(&[1; 32]), pack.get(&[3; 32])), (Some(&b"one"[..]), None));
        let next = Pack::read(pack.with(&[([4; 32], Vec::new())]));
        assert_eq!(
            (next.get(&[1; 32]), next.get(&[2; 32]), next.get(&[4; 32])),
            (Some(&b"one"[..]), None, Some(&b""[..]))
        );
    }

    #[test]
    fn what_is_damaged_is_no_entry() {
        let whole = file();
        for at in 0..whole.len() {
            let mut damaged = whole.clone();
            damaged[at] ^= 1;
            let pack = Pack::read(damaged);
            for (digest, content) in [([1; 32], b"one"), ([2; 32], b"two")] {
                assert!(pack.get(&digest).is_none_or(|found| found == content), "byte {at}");
            }
            let pack = Pack::read(whole[..at].to_vec());
            assert!(pack.get(&[2; 32]).is_none());
        }
    }
}
