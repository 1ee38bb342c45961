//! The pages that this program writes: they repeat what articles say, and are
//! none.

use super::Format;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The line near the start of such a page by which it is known.
pub const MADE_HERE: &str = "<!-- made by clinlint, no article -->";

/// Whether a file is such a page. One that cannot be read is none: reading it
/// says why.
pub(super) fn is_made_here(path: &Path) -> bool {
    /// Bytes in which the line stands, behind the type of the document.
    const HEAD: u64 = 64;
    if Format::of(path) != Some(Format::Html) {
        return false;
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && head.windows(MADE_HERE.len()).any(|bytes| bytes == MADE_HERE.as_bytes())
}
