//! How much of an article has to be understood.

use crate::compare::ArticleClaims;
use crate::problem::Problem;

/// The articles of which less than `least` percent of the passages that look
/// like claims became claims, as problems in the order of the articles. An
/// article without such a passage lacks nothing.
pub fn too_little_understood(articles: &[ArticleClaims], least: usize) -> Vec<Problem> {
    let lacking = |article: &ArticleClaims| {
        let understanding = &article.understanding;
        let share = understanding.share().filter(|share| *share < least)?;
        let message = format!(
            "{} of {} passages that look like a dose, an NNT or a contraindication were understood: {share} %, \
             {least} % are demanded",
            understanding.understood,
            understanding.seen(),
        );
        let help = "`clinlint claims --unread` lists the others";
        Some(Problem::part(article.path.as_str(), message).with_help(help))
    };
    articles.iter().filter_map(lacking).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Looks, Understanding, Unread};
    use crate::span::Span;

    fn article(path: &str, understood: usize, unread: usize) -> ArticleClaims {
        let span = Span { start: 0, end: 1 };
        let unread = vec![Unread { span, sentence: span, looks: Looks::Dose }; unread];
        ArticleClaims {
            path: path.to_owned(),
            understanding: Understanding { understood, unread },
            ..ArticleClaims::default()
        }
    }

    #[test]
    fn the_share_is_that_of_each_article() {
        let articles = [article("a.md", 3, 2), article("b.md", 3, 3), article("c.md", 0, 0), article("d.md", 0, 1)];
        let lacking: Vec<String> =
            too_little_understood(&articles, 60).into_iter().map(|problem| problem.path).collect();
        assert_eq!(lacking, ["b.md", "d.md"]);
        assert_eq!(too_little_understood(&articles, 0), []);
        let problem = &too_little_understood(&articles, 60)[0];
        assert!(problem.message.starts_with("3 of 6 passages"), "{}", problem.message);
        assert!(problem.message.ends_with("50 %, 60 % are demanded"), "{}", problem.message);
    }
}
