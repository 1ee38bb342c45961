//! What of a page is the article: a look at the whole page before it is read.
//!
//! Pages name their main part by elements, roles, or the usual names of classes
//! and identities; what stands around and between its text has usual names,
//! too. Where nothing is named, lists of links are what nobody reads as text.
//! What cannot be told is read: a sentence too much costs less than one that is
//! lost.

use super::Mapped;
use super::element::{self, Kind, is_hidden, kind, stays_open};
use super::{CLOSE_LIMIT, clamp};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};
use std::cmp::Reverse;
use std::ops::Range;

/// The names of classes and identities that say what an element is. A name is
/// told by its words: `site-footer__links` by `footer`.
mod names;

pub(super) use names::is_folded;
use names::{is_content, is_furniture, is_related};

/// The fewest letters of a part that is taken for the article of a much longer
/// page.
const SHORT: usize = 200;

/// An element, and how much stands in it.
#[derive(Debug)]
struct Element {
    bytes: Range<usize>,
    mark: Mark,
    /// Letters and digits in it.
    text: usize,
    /// Those of them in links, and the links.
    linked: usize,
    links: usize,
    /// Whether what stands before it introduces it: a heading, or a colon.
    is_led: bool,
}

/// What an element is for the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Main,
    /// The text of an article, as search engines are told.
    Body,
    Article,
    /// Named as that which holds the content.
    Content,
    Header,
    /// What stands on every page, or leads to others.
    Furniture,
    /// Never text of an article, or not shown.
    Unread,
    /// May be a list of links.
    Block,
    /// A heading of the first level.
    Heading,
    Title,
}

/// The parts of a page that are not of its article, in order and apart.
pub(super) fn hidden(text: &Mapped<'_>) -> Vec<Range<usize>> {
    let mut survey = Survey::default();
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    for token in Tokenizer::new_with_emitter(&*text.text, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => survey.start(&tag, clamp(tag.span, text)),
            Token::EndTag(tag) => survey.end(&tag.name, clamp(tag.span, text).end),
            Token::String(string) => survey.text(&text.text[clamp(string.span, text)]),
            _ => {}
        }
    }
    survey.close_to(0, text.text.len());
    survey.hidden(text.text.len())
}

#[derive(Default)]
struct Survey {
    open: Vec<Open>,
    elements: Vec<Element>,
    text: usize,
    linked: usize,
    links: usize,
    in_link: usize,
    /// How many elements are open whose text is never read.
    unread: usize,
    /// Whether the last text was a heading or ended with a colon.
    leads: bool,
    heading: String,
    /// Headings of what leads elsewhere, up to where that ends.
    related: Vec<(Range<usize>, usize)>,
    /// Whether it is a page and not a piece of one.
    is_whole: bool,
}

struct Open {
    name: Vec<u8>,
    start: usize,
    mark: Option<Mark>,
    is_led: bool,
    /// What was counted when it began.
    text: usize,
    linked: usize,
    links: usize,
    /// The heading of what leads elsewhere in it: where it begins, its level,
    /// and what was counted before.
    related: Option<(usize, u8, usize)>,
}

impl Survey {
    fn start(&mut self, tag: &StartTag<usize>, bytes: Range<usize>) {
        let name: &[u8] = &tag.name;
        self.is_whole |= name == b"body" || name == b"html";
        if element::is_void(name) {
            return;
        }
        if !stays_open(name) && self.open.last().is_some_and(|open| open.name == name) {
            self.close_to(self.open.len() - 1, bytes.start);
        }
        let kind = kind(name);
        if let Kind::Heading(level) = kind {
            self.end_related(level, bytes.start);
            self.heading.clear();
        }
        // The heading of what is folded away is often a button.
        let is_heading = |open: &Open| matches!(self::kind(&open.name), Kind::Heading(_) | Kind::Term);
        let is_label = name == b"button" && self.open.iter().rev().take(3).any(is_heading);
        let mark = mark(tag, kind).filter(|_| !is_label);
        self.unread += usize::from(mark == Some(Mark::Unread));
        self.in_link += usize::from(name == b"a");
        self.links += usize::from(name == b"a");
        self.open.push(Open {
            name: name.to_vec(),
            start: bytes.start,
            mark,
            is_led: self.leads,
            text: self.text,
            linked: self.linked,
            links: self.links,
            related: None,
        });
    }

    fn text(&mut self, text: &str) {
        if self.unread > 0 {
            return;
        }
        let count = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        self.text += count;
        if self.in_link > 0 {
            self.linked += count;
        }
        if count > 0 {
            self.leads = text.trim_end().ends_with(':');
        }
        if self.heading.len() < 80 {
            self.heading.push_str(text);
        }
    }

    fn end(&mut self, name: &[u8], end: usize) {
        let reachable = self.open.len().saturating_sub(CLOSE_LIMIT);
        if let Some(depth) = self.open[reachable..].iter().rposition(|open| open.name == name) {
            self.close_to(reachable + depth + 1, end);
            let Some(last) = self.open.last() else { return };
            let (start, before) = (last.start, last.text);
            self.close_to(reachable + depth, end);
            if let Kind::Heading(level) = kind(name) {
                self.leads = true;
                if is_related(&self.heading)
                    && let Some(parent) = self.open.last_mut()
                {
                    parent.related = Some((start, level, before));
                }
            }
        }
    }

    /// Ends what a heading of what leads elsewhere stands over, at a heading of
    /// the same rank.
    fn end_related(&mut self, level: u8, at: usize) {
        let text = self.text;
        if let Some(parent) = self.open.last_mut()
            && let Some((start, over, before)) = parent.related
            && level <= over
        {
            parent.related = None;
            self.related.push((start..at, text - before));
        }
    }

    fn close_to(&mut self, depth: usize, end: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            self.unread -= usize::from(open.mark == Some(Mark::Unread));
            self.in_link -= usize::from(open.name == b"a");
            if let Some((start, _, before)) = open.related {
                // Up to the end tag, which belongs to what is around.
                self.related.push((start..end, self.text - before));
            }
            if let Some(mark) = open.mark {
                self.elements.push(Element {
                    bytes: open.start..end,
                    mark,
                    text: self.text - open.text,
                    linked: self.linked - open.linked,
                    links: self.links - open.links,
                    is_led: open.is_led,
                });
            }
        }
    }

    /// Decides what is not read.
    fn hidden(mut self, end: usize) -> Vec<Range<usize>> {
        self.elements.sort_by_key(|element| (element.bytes.start, Reverse(element.bytes.end)));
        let headings: Vec<Range<usize>> = self.of(Mark::Heading).map(|heading| heading.bytes.clone()).collect();
        let has_heading = |bytes: &Range<usize>| {
            let next = headings.partition_point(|heading| heading.start < bytes.start);
            headings.get(next).is_some_and(|heading| heading.end <= bytes.end)
        };
        let (kept, letters): (Vec<Range<usize>>, Vec<usize>) = self.kept().into_iter().unzip();
        let mut hidden = Vec::new();
        if let Some(first) = kept.first() {
            let mut shown = kept.clone();
            shown.extend(self.of(Mark::Title).map(|title| title.bytes.clone()));
            if !kept.iter().any(&has_heading) {
                // The heading of the article often stands above it.
                shown.extend(headings.iter().rev().find(|heading| heading.end <= first.start).cloned());
            }
            hidden = between(shown, end);
        }
        // Whether it lies inside what is kept, and is not all of it.
        let is_inside = |bytes: &Range<usize>| {
            let outer = kept.partition_point(|kept| kept.start <= bytes.start).checked_sub(1).map(|at| &kept[at]);
            kept.is_empty() || outer.is_some_and(|outer| bytes.end <= outer.end && outer != bytes)
        };
        let all = if kept.is_empty() { self.text } else { letters.iter().sum() };
        // What would leave next to nothing is the article after all.
        let is_little = |text: usize| all > text && (all - text) * 4 >= text;
        for element in &self.elements {
            let Element { bytes, mark, text, .. } = element;
            let is_apart = match mark {
                Mark::Furniture => !has_heading(bytes),
                Mark::Header => kept.is_empty() && !(headings.len() == 1 && has_heading(bytes)),
                Mark::Block => kept.is_empty() && self.is_whole && element.is_menu() && !has_heading(bytes),
                _ => false,
            };
            if *mark == Mark::Unread || is_apart && is_inside(bytes) && is_little(*text) {
                hidden.push(bytes.clone());
            }
        }
        for (bytes, text) in &self.related {
            if is_inside(bytes) && !has_heading(bytes) && is_little(*text) {
                hidden.push(bytes.clone());
            }
        }
        apart(hidden)
    }

    /// The elements of a mark that hold text.
    fn of(&self, mark: Mark) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(move |element| element.mark == mark && element.text > 0)
    }

    /// The parts that the page names as its article, and how much stands in
    /// each; none if it names none.
    fn kept(&self) -> Vec<(Range<usize>, usize)> {
        let largest = |mark: Mark| self.of(mark).max_by_key(|element| (element.text, Reverse(element.bytes.start)));
        let longest = largest(Mark::Article).map_or(0, |article| article.text);
        let choices = [
            largest(Mark::Main).into_iter().collect(),
            self.of(Mark::Body).collect(),
            // Teasers of others are much shorter.
            self.of(Mark::Article).filter(|article| article.text * 4 >= longest).collect::<Vec<_>>(),
        ];
        for choice in choices {
            let parts = outermost(&choice);
            let text: usize = parts.iter().map(|(_, text)| text).sum();
            if text >= SHORT || text > 0 && text * 5 >= self.text {
                return parts;
            }
        }
        // A name alone is a weaker hint than an element or a role.
        let content = largest(Mark::Content).filter(|content| content.text * 2 >= self.text);
        outermost(content.as_slice())
    }
}

impl Element {
    /// Whether it is a list of links and little else, which nothing introduces.
    fn is_menu(&self) -> bool {
        self.links >= 5 && self.linked * 5 >= self.text * 4 && !self.is_led
    }
}

/// What an element is, by its name and attributes.
fn mark(tag: &StartTag<usize>, kind: Kind) -> Option<Mark> {
    let value = |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).to_lowercase());
    if kind == Kind::Hidden || is_hidden(tag) {
        return Some(Mark::Unread);
    }
    let role = value(b"role").unwrap_or_default();
    let named = || [b"class".as_slice(), b"id"].into_iter().filter_map(value).collect::<Vec<_>>();
    let name: &[u8] = &tag.name;
    match name {
        b"html" | b"body" => return None,
        b"main" => return Some(Mark::Main),
        b"title" => return Some(Mark::Title),
        b"h1" => return Some(Mark::Heading),
        _ if role == "main" => return Some(Mark::Main),
        _ if value(b"itemprop").is_some_and(|property| property == "articlebody") => return Some(Mark::Body),
        _ => {}
    }
    let furniture =
        ["navigation", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"];
    let names = named();
    if furniture.contains(&role.as_str()) || names.iter().any(|names| is_furniture(names)) {
        return Some(Mark::Furniture);
    }
    match name {
        b"article" => Some(Mark::Article),
        b"header" => Some(Mark::Header),
        _ if role == "banner" => Some(Mark::Header),
        _ if names.iter().any(|names| is_content(names)) => Some(Mark::Content),
        b"ul" | b"ol" | b"div" | b"td" => Some(Mark::Block),
        _ => None,
    }
}

/// Elements without those inside others, in order, and the letters of each.
fn outermost(elements: &[&Element]) -> Vec<(Range<usize>, usize)> {
    let mut kept: Vec<(Range<usize>, usize)> = Vec::new();
    for element in elements {
        if kept.last().is_none_or(|(last, _)| element.bytes.start >= last.end) {
            kept.push((element.bytes.clone(), element.text));
        }
    }
    kept
}

/// What lies between ranges, up to an end.
fn between(mut shown: Vec<Range<usize>>, end: usize) -> Vec<Range<usize>> {
    shown.sort_by_key(|bytes| bytes.start);
    let mut hidden = Vec::new();
    let mut at = 0;
    for bytes in shown {
        if bytes.start > at {
            hidden.push(at..bytes.start);
        }
        at = at.max(bytes.end);
    }
    hidden.push(at..end.max(at));
    hidden
}

/// Ranges in order, those that touch joined.
fn apart(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}
