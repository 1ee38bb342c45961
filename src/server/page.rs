//! The pages of lints as files, so that an editor can open the one of a code.

use super::place::uri_of;
use crate::explain;
use crate::lint::Lint;
use crate::report::READABLE;
use gen_lsp_types::Uri;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::fs;
use tempfile::TempDir;

/// The pages that were asked for. They go when the server does.
#[derive(Default)]
pub(crate) struct Pages {
    written: RefCell<FxHashMap<String, Option<Uri>>>,
    folder: RefCell<Option<TempDir>>,
}

impl Pages {
    /// The file with the page of a lint; none where it cannot be written.
    pub fn of(&self, lint: &Lint) -> Option<Uri> {
        self.written.borrow_mut().entry(lint.code.clone()).or_insert_with(|| self.write(lint)).clone()
    }

    fn write(&self, lint: &Lint) -> Option<Uri> {
        let mut folder = self.folder.borrow_mut();
        if folder.is_none() {
            *folder = tempfile::Builder::new().prefix("clinlint-").tempdir().ok();
        }
        let file = folder.as_ref()?.path().join(format!("{}.md", lint.code.replace('/', "-")));
        fs::write(&file, explain::page(lint, READABLE)).ok()?;
        Some(uri_of(&file))
    }
}
