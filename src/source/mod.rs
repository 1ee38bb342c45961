//! From the paths of the command line to the text of files.

mod find;
mod format;
mod read;
pub mod standard;

pub use find::{Found, find};
pub use format::Format;
pub use read::{SIZE_LIMIT, from_bytes, read};

/// One file as it lies on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as it was given or found, `/` separated.
    pub path: String,
    /// What its extension says it is.
    pub format: Format,
    /// Its content, byte for byte: a byte order mark and Windows line ends are
    /// still in it, so that offsets are those of the file.
    pub text: String,
}
