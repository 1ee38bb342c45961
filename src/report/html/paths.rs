//! Paths of articles as a page shows them: without the folder that all of them
//! lie in.

use super::markup::text;
use crate::report::Passages;

/// The folder that every article lies in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Paths {
    /// With a slash at its end; empty where there is none but the working
    /// directory.
    pub folder: String,
}

impl Paths {
    /// The folder of these articles.
    pub fn of(articles: &[Passages<'_>]) -> Self {
        let mut paths = articles.iter().map(|article| article.claims.path.as_str());
        let Some(first) = paths.next() else { return Self::default() };
        let folder_of = |path: &str| path.rfind('/').map_or(0, |slash| slash + 1);
        let mut common = folder_of(first);
        for path in paths {
            let same = first.bytes().zip(path.bytes()).take_while(|(one, other)| one == other).count();
            // Equal bytes up to a slash end with a character in both.
            common = common.min(same);
            common = folder_of(&first[..first.floor_char_boundary(common)]);
        }
        Self { folder: first[..common].to_owned() }
    }

    /// A path as it is shown and searched for.
    pub fn shown<'p>(&self, path: &'p str) -> &'p str {
        path.strip_prefix(self.folder.as_str()).unwrap_or(path)
    }

    /// A path as text of a page, which may be broken after each folder.
    pub fn text(&self, path: &str) -> String {
        format!("<bdi class=\"file\">{}</bdi>", text(self.shown(path)).replace('/', "/<wbr>"))
    }

    /// The folder as it is named above the articles; none where it says nothing.
    pub fn named(&self) -> Option<&str> {
        Some(self.folder.trim_end_matches('/')).filter(|folder| !matches!(*folder, "" | "."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::ArticleClaims;

    fn of(paths: &[&str]) -> Paths {
        let claims: Vec<ArticleClaims> =
            paths.iter().map(|path| ArticleClaims { path: (*path).to_owned(), ..ArticleClaims::default() }).collect();
        let passages: Vec<Passages<'_>> = claims.iter().map(|claims| Passages { claims, text: "" }).collect();
        Paths::of(&passages)
    }

    #[test]
    fn what_all_paths_begin_with_is_left_out() {
        let paths = of(&["../site/articles/pain/a.md", "../site/articles/b.md", "../site/articles/part/c.md"]);
        assert_eq!(paths.named(), Some("../site/articles"));
        assert_eq!(paths.shown("../site/articles/pain/a.md"), "pain/a.md");
        assert_eq!(paths.shown("gone.md"), "gone.md");
        assert_eq!(paths.text("../site/articles/pain/<a>.md"), "<bdi class=\"file\">pain/<wbr>&lt;a&gt;.md</bdi>");
    }

    #[test]
    fn names_are_not_cut() {
        assert_eq!(of(&["./pain-1/a.md", "./pain-2/a.md"]), Paths { folder: "./".to_owned() });
        assert_eq!(of(&["é/a.md", "è/a.md"]), Paths::default());
        assert_eq!(of(&["a.md", "b.md"]).named(), None);
        assert_eq!(of(&["x/a.md"]).folder, "x/");
        assert_eq!(of(&[]), Paths::default());
    }
}
