//! Where in the XML of the main part each bit of the text is written.

use std::ops::Range;

/// The places of a text.
#[derive(Debug, Default)]
pub(super) struct Layout {
    /// In the order of the text, which they need not cover.
    pub(super) pieces: Vec<Piece>,
    pub(super) runs: Vec<Run>,
    pub(super) texts: Vec<TextElement>,
}

/// A stretch of the text that is written in one way.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) text: Range<usize>,
    /// The run that it stands in, or that stands for it.
    pub(super) run: usize,
    pub(super) source: Source,
}

/// How a piece is written.
#[derive(Clone, Debug)]
pub(super) enum Source {
    /// As it is, from this byte on, in a text element.
    Copied { at: usize, element: usize },
    /// As an entity from this byte on, in a text element.
    Entity { at: usize, element: usize },
    /// As an element of the run, such as a tab.
    Element(Range<usize>),
    /// In a way that the run cannot be divided at: a formula.
    Whole,
    /// Outside the main text, where Word shows no comments: in a note or a
    /// text box.
    Aside,
}

/// A run: text that looks the same, or anything that stands in a line.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// All of it.
    pub(super) xml: Range<usize>,
    /// Its start tag.
    pub(super) head: Range<usize>,
    /// Its properties; empty where it has none.
    pub(super) properties: Range<usize>,
}

/// An element `t` that stands directly in its run.
#[derive(Clone, Debug)]
pub(super) struct TextElement {
    /// All of it.
    pub(super) xml: Range<usize>,
    /// Its start tag.
    pub(super) head: Range<usize>,
    /// Whether it says that spaces at its ends count.
    pub(super) keeps_space: bool,
    /// Whether there are spaces at its ends.
    pub(super) has_space: bool,
}

/// A place where comments can begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cut {
    /// Between two runs, at this byte.
    Outside(usize),
    /// Between two elements of a run of this number, at this byte.
    Between(usize, usize),
    /// Inside a text element, at this byte; the numbers of its run and of it.
    Inside(usize, usize, usize),
}

impl Cut {
    /// The byte of the XML.
    pub(super) fn at(self) -> usize {
        match self {
            Self::Outside(at) | Self::Between(at, _) | Self::Inside(at, ..) => at,
        }
    }
}

impl Layout {
    /// Where a comment on a range of the text begins and ends: at its words, or
    /// where Word shows none there, at what stands for them. None if the main
    /// part has no run at all.
    pub(super) fn cuts(&self, text: &Range<usize>) -> Option<(Cut, Cut)> {
        let first = self.pieces.partition_point(|piece| piece.text.end <= text.start);
        let last = self.pieces.partition_point(|piece| piece.text.start < text.end);
        if first >= last {
            // Text that is not in the main part: the title of the properties.
            let run = self.runs.first()?;
            return Some((Cut::Outside(run.xml.start), Cut::Outside(run.xml.end)));
        }
        Some((self.start(first, text.start), self.end(last - 1, text.end)))
    }

    /// Whether all of a range of the text stands outside the main text.
    pub(super) fn is_aside(&self, text: &Range<usize>) -> bool {
        let first = self.pieces.partition_point(|piece| piece.text.end <= text.start);
        self.pieces.get(first).is_none_or(|piece| matches!(piece.source, Source::Aside) || piece.text.start >= text.end)
    }

    fn start(&self, piece: usize, at: usize) -> Cut {
        let Piece { text, run, source } = &self.pieces[piece];
        let before = piece.checked_sub(1).map(|before| &self.pieces[before]);
        let starts_run = before.is_none_or(|before| before.run != *run);
        if at <= text.start && starts_run {
            return Cut::Outside(self.runs[*run].xml.start);
        }
        let offset = at.max(text.start) - text.start;
        match source {
            Source::Copied { at, element } | Source::Entity { at, element } => {
                let starts_element = before.is_none_or(|before| before.source.element() != Some(*element));
                match offset == 0 && starts_element {
                    true => Cut::Between(self.texts[*element].xml.start, *run),
                    false => self.inside(*run, *element, at + offset, false),
                }
            }
            Source::Element(xml) => Cut::Between(xml.start, *run),
            Source::Whole | Source::Aside => Cut::Outside(self.runs[*run].xml.start),
        }
    }

    fn end(&self, piece: usize, at: usize) -> Cut {
        let Piece { text, run, source } = &self.pieces[piece];
        let after = self.pieces.get(piece + 1);
        let ends_run = after.is_none_or(|after| after.run != *run);
        let is_whole = at >= text.end;
        if is_whole && ends_run {
            return Cut::Outside(self.runs[*run].xml.end);
        }
        match source {
            Source::Copied { element, .. } | Source::Entity { element, .. }
                if is_whole && after.is_none_or(|after| after.source.element() != Some(*element)) =>
            {
                Cut::Between(self.texts[*element].xml.end, *run)
            }
            // What follows in the element begins where this ends.
            Source::Entity { element, .. } | Source::Copied { element, .. } if is_whole => {
                match after.map(|after| &after.source) {
                    Some(Source::Copied { at, .. } | Source::Entity { at, .. }) => {
                        self.inside(*run, *element, *at, true)
                    }
                    _ => Cut::Outside(self.runs[*run].xml.end),
                }
            }
            Source::Copied { at: from, element } => self.inside(*run, *element, from + at - text.start, true),
            Source::Element(xml) => Cut::Between(xml.end, *run),
            Source::Entity { .. } | Source::Whole | Source::Aside => Cut::Outside(self.runs[*run].xml.end),
        }
    }

    /// Inside a text element, if that leaves the spaces at its ends as they are.
    fn inside(&self, run: usize, element: usize, at: usize, is_end: bool) -> Cut {
        let TextElement { keeps_space, has_space, .. } = self.texts[element];
        if keeps_space || !has_space {
            return Cut::Inside(at, run, element);
        }
        let Run { xml, .. } = &self.runs[run];
        Cut::Outside(if is_end { xml.end } else { xml.start })
    }
}

impl Source {
    fn element(&self) -> Option<usize> {
        match self {
            Self::Copied { element, .. } | Self::Entity { element, .. } => Some(*element),
            _ => None,
        }
    }
}
