//! From the paths of the command line to the text of files.

mod find;
mod format;
mod frame;
mod made;
mod read;
pub mod standard;

pub use find::{Found, find};
pub use format::Format;
pub use frame::{Frame, Frames, Keys};
pub use made::MADE_HERE;
pub use read::{SIZE_LIMIT, from_bytes, read};

use crate::word::Document;
use std::path::Path;
use std::sync::Arc;

/// One file as it lies on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The path as it was given or found, `/` separated.
    pub path: String,
    /// What its extension says it is.
    pub format: Format,
    /// Its content, byte for byte: a byte order mark and Windows line ends are
    /// still in it, so that offsets are those of the file. Of a Word document,
    /// the text that it shows.
    pub text: String,
    /// Of a Word document, what each line of its text is.
    pub document: Option<Arc<Document>>,
    /// What is known of it beside its text.
    pub frame: Frame,
}

impl Source {
    /// A file whose content is text.
    pub fn new(path: impl Into<String>, format: Format, text: impl Into<String>) -> Self {
        Self { path: path.into(), format, text: text.into(), document: None, frame: Frame::default() }
    }

    /// The file with what is known of it beside its text.
    pub fn framed(self, frames: &Frames) -> Self {
        Self { frame: frames.of(Path::new(&self.path)), ..self }
    }

    /// Whether the text is the content of the file, so that its bytes are places
    /// in the file.
    pub fn is_as_written(&self) -> bool {
        self.document.is_none()
    }
}
