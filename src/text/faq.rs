//! Questions and answers inside the text of one block: "Q: … A: …", and a
//! question in bold with its answer right behind it.

use super::inline::Content;

/// A block's text, cut where question and answer meet.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    pub(super) question: Option<Content>,
    /// The answer, or all of the text if it holds no question.
    pub(super) rest: Option<Content>,
}

/// Cuts a text into the question it starts with and what answers it; labels
/// ("Q:", "Answer:") are left out.
pub(super) fn split(content: Content) -> Exchange {
    let text = content.text.as_str();
    if let Some(start) = label(text, &QUESTION) {
        let cut = answer_start(&content, start).unwrap_or(text.len());
        return exchange(&content, start, cut);
    }
    if let Some(start) = label(text, &ANSWER) {
        return Exchange { question: None, rest: kept(content.slice(start..text.len())) };
    }
    match content.bold.first() {
        Some(bold) if bold.start == 0 && is_question(&text[..bold.end]) => exchange(&content, 0, bold.end),
        _ => match answer_start(&content, 0) {
            Some(cut) if is_question(&text[..cut]) => exchange(&content, 0, cut),
            _ => Exchange { question: None, rest: Some(content) },
        },
    }
}

/// Whether a text is a question, as a heading over its answer is.
pub(super) fn is_question(text: &str) -> bool {
    text.trim_end_matches(|character: char| character.is_whitespace() || matches!(character, ')' | '"' | '”' | '*'))
        .ends_with('?')
}

const QUESTION: [&str; 2] = ["q", "question"];
const ANSWER: [&str; 3] = ["a", "ans", "answer"];

/// Where the text starts behind a label such as "Q:", "Q1." or "Answer -".
/// A lone "A." is no label: it is the first of A, B, C.
fn label(text: &str, words: &[&str]) -> Option<usize> {
    let word_end = text.find(|character: char| !character.is_ascii_alphabetic())?;
    let word = words.iter().find(|word| text[..word_end].eq_ignore_ascii_case(word))?;
    let mut rest = &text[word_end..];
    // "Question 2:", but not "a 10. …".
    if word.len() > 1 {
        rest = rest.trim_start_matches(' ');
    }
    let behind_number = rest.trim_start_matches(|character: char| character.is_ascii_digit());
    let numbered = behind_number.len() < rest.len();
    let behind = match behind_number.strip_prefix(':') {
        Some(behind) => behind,
        None => behind_number.strip_prefix(". ").filter(|_| numbered)?,
    };
    Some(text.len() - behind.trim_start().len())
}

/// Where an answer's label stands, at the start of a line or of bold text.
fn answer_start(content: &Content, from: usize) -> Option<usize> {
    let starts = content.lines.iter().copied().chain(content.bold.iter().map(|bold| bold.start));
    starts.filter(|at| *at > from && label(&content.text[*at..], &ANSWER).is_some()).min()
}

fn exchange(content: &Content, start: usize, cut: usize) -> Exchange {
    let question = content.slice(start..cut);
    let rest = content.slice(cut..content.text.len());
    let skip = label(&rest.text, &ANSWER).unwrap_or(0);
    let rest = rest.slice(skip..rest.text.len());
    Exchange { question: kept(question), rest: kept(rest) }
}

/// A label that stands alone leaves nothing.
fn kept(content: Content) -> Option<Content> {
    (!content.text.is_empty()).then_some(content)
}

#[cfg(test)]
mod tests {
    use super::super::inline::Inline;
    use super::super::map::Mapped;
    use super::*;

    /// Question and rest of a text in which `*` switches bold on and off.
    fn cut(text: &str) -> (Option<String>, Option<String>) {
        let whole = Mapped::part(text, 0..text.len());
        let (mut inline, mut at, mut bold) = (Inline::default(), 0, false);
        for part in text.split('*') {
            inline.copy(&whole, at..at + part.len());
            at += part.len() + 1;
            bold = !bold;
            if bold { inline.start_bold() } else { inline.end_bold() }
        }
        let exchange = split(inline.take().unwrap());
        (exchange.question.map(|content| content.text), exchange.rest.map(|content| content.text))
    }

    fn both(question: &str, rest: &str) -> (Option<String>, Option<String>) {
        (Some(question.into()), Some(rest.into()))
    }

    #[test]
    fn labelled_questions_and_answers_come_apart() {
        assert_eq!(cut("*Q:* May I drive?\n*A:* No."), both("May I drive?", "No."));
        assert_eq!(cut("May I drive?\nA: No."), both("May I drive?", "No."));
        assert_eq!(cut("Question 2: May I drive? *Answer:* No."), both("May I drive?", "No."));
        assert_eq!(cut("Q2. May I drive?"), (Some("May I drive?".into()), None));
        assert_eq!(cut("A: No."), (None, Some("No.".into())));
    }

    #[test]
    fn a_bold_question_is_cut_from_its_answer() {
        assert_eq!(cut("*May I drive?* No."), both("May I drive?", "No."));
        assert_eq!(cut("*May I drive?*"), (Some("May I drive?".into()), None));
    }

    #[test]
    fn other_text_stays_whole() {
        assert_eq!(cut("Why? Nobody knows."), (None, Some("Why? Nobody knows.".into())));
        assert_eq!(cut("A. First of three"), (None, Some("A. First of three".into())));
        assert_eq!(cut("*Dose:* 10 mg"), (None, Some("Dose: 10 mg".into())));
    }
}
