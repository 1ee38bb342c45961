//! The usual names of classes and identities, and of headings over what leads
//! elsewhere.

/// Words that say that an element is no text of the article.
const FURNITURE: [&str; 44] = [
    "addtoany",
    "advert",
    "advertisement",
    "adverts",
    "breadcrumb",
    "breadcrumbs",
    "catlinks",
    "colophon",
    "consent",
    "cookie",
    "cookiebar",
    "cookies",
    "disqus",
    "editsection",
    "footer",
    "gdpr",
    "login",
    "masthead",
    "metadata",
    "modal",
    "nav",
    "navbar",
    "navbox",
    "navigation",
    "newsletter",
    "offcanvas",
    "pager",
    "pagination",
    "popup",
    "printfooter",
    "promo",
    "recommended",
    "related",
    "relatedposts",
    "respond",
    "share",
    "sharedaddy",
    "sidebar",
    "signup",
    "siteinfo",
    "skip",
    "social",
    "sponsored",
    "subscribe",
];

/// Whole names that say the same, of which no word does.
const FURNITURE_NAMES: [&str; 18] = [
    "comments",
    "comments-area",
    "global-header",
    "header",
    "jump-to-nav",
    "msocomanchor",
    "msocommentreference",
    "mw-jump-link",
    "noprint",
    "onetrust-banner-sdk",
    "screen-reader-text",
    "site-header",
    "skiplink",
    "sr-only",
    "toc",
    "top-bar",
    "topbar",
    "visually-hidden",
];

/// Names of that which holds the content.
const CONTENT: [&str; 20] = [
    "article-body",
    "article-content",
    "article__body",
    "article__content",
    "articlebody",
    "bodycontent",
    "content",
    "content-main",
    "entry-content",
    "field--name-body",
    "main",
    "main-content",
    "maincontent",
    "mw-content-text",
    "page-content",
    "post-body",
    "post-content",
    "primary",
    "region-content",
    "wordsection1",
];

/// Words of what is folded away until a reader opens it, and is text like any
/// other.
const FOLDED: [&str; 9] =
    ["accordion", "collapse", "collapsible", "details", "expander", "faq", "panel", "tabpanel", "toggle"];

/// Beginnings of headings over what leads elsewhere.
const RELATED: [&str; 18] = [
    "people also",
    "related article",
    "related content",
    "related link",
    "related page",
    "related post",
    "related question",
    "related topic",
    "read next",
    "recommended for you",
    "more from",
    "more like this",
    "share this",
    "sign up",
    "subscribe",
    "was this",
    "you may also",
    "you might also",
];

/// Whether the names of an element, in lower case, say that it is no text of
/// the article.
pub(super) fn is_furniture(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| {
        FURNITURE_NAMES
            .iter()
            .any(|known| name == *known || name.ends_with(known) && name.len() > known.len() + 1 && known.contains('-'))
            || words(name).any(|word| FURNITURE.contains(&word))
    })
}

/// Whether the names of an element, in lower case, say that it holds the
/// content.
pub(super) fn is_content(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| CONTENT.contains(&name))
}

/// Whether the classes of an element say that it is folded away until a reader
/// opens it.
pub(in crate::text::html) fn is_folded(names: &str) -> bool {
    names.split_ascii_whitespace().any(|name| words(name).any(|word| FOLDED.contains(&word)))
}

/// Whether a heading stands over what leads elsewhere.
pub(super) fn is_related(heading: &str) -> bool {
    let heading = heading.trim().to_lowercase();
    RELATED.iter().any(|known| heading.starts_with(known))
}

fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_by_their_words() {
        for names in ["site-footer__links", "block block-related-questions", "nhsuk-u-visually-hidden", "cookie_notice"]
        {
            assert!(is_furniture(names), "{names}");
        }
        for names in
            ["footnotes", "entry-header", "page", "dose-table", "unrelated", "contraindications", "alert banner"]
        {
            assert!(!is_furniture(names), "{names}");
        }
        assert!(is_content("node entry-content") && !is_content("content-type-page"));
        assert!(is_folded("accordion__panel") && !is_folded("wide"));
        assert!(is_related(" Related questions ") && !is_related("Related adverse effects"));
    }
}
