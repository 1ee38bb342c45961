//! What is known of a file beside its text: what its folder leaves unsaid, and
//! which keys of its front matter say something.

use crate::paths::Patterns;
use std::path::Path;
use std::sync::Arc;

/// What is known of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// What the text leaves unsaid, as a heading above all of it would say it:
    /// "children", "neuropathic pain". The later is the nearer.
    pub unsaid: Vec<String>,
    /// Which keys of the front matter say something.
    pub keys: Arc<Keys>,
}

/// Which keys of front matter say something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Those whose values are prose; all of them where none is named.
    pub prose: Vec<String>,
    /// Those whose values are what the text leaves unsaid.
    pub unsaid: Vec<String>,
}

/// What is known of the files of a repository.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    /// Files, and what their texts leave unsaid.
    pub folders: Vec<(Patterns, Vec<String>)>,
    /// Which keys of front matter say something.
    pub keys: Arc<Keys>,
}

impl Frames {
    /// What is known of a file.
    pub fn of(&self, path: &Path) -> Frame {
        let folders = self.folders.iter().filter(|(files, _)| files.matching(path).is_some());
        Frame { unsaid: folders.flat_map(|(_, unsaid)| unsaid.iter().cloned()).collect(), keys: Arc::clone(&self.keys) }
    }
}

impl Keys {
    /// Whether a value is what the text leaves unsaid.
    pub fn is_unsaid(&self, key: &str) -> bool {
        self.unsaid.iter().any(|known| known.eq_ignore_ascii_case(key))
    }

    /// Whether a value may be prose.
    pub fn is_prose(&self, key: &str) -> bool {
        self.prose.is_empty() || self.prose.iter().any(|known| known.eq_ignore_ascii_case(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_inside_each_other_add_up() {
        let files = |pattern: &str| Patterns::new(Path::new("/r"), [pattern]).unwrap();
        let folders = vec![
            (files("pain/"), vec!["neuropathic pain".to_owned()]),
            (files("pain/children/"), vec!["children".to_owned()]),
        ];
        let frames = Frames { folders, ..Frames::default() };
        assert_eq!(frames.of(Path::new("/r/pain/children/a.md")).unsaid, ["neuropathic pain", "children"]);
        assert_eq!(frames.of(Path::new("/r/pain/a.md")).unsaid, ["neuropathic pain"]);
        assert!(frames.of(Path::new("/r/a.md")).unsaid.is_empty());
    }
}
