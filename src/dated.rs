//! When an article was last seen to: a day, or where only a month or a year is
//! written, all the days that can be meant.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What an article says to have been done to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// It was made. Whether it was kept up since is not said.
    Published,
    /// It was changed, or somebody stood for what it says.
    Updated,
}

/// A date of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// What was done.
    pub event: Event,
    /// The date as written: "2025-09-22", "March 2019".
    pub written: String,
    /// The first day that can be meant.
    pub first: Date,
    /// The last day that can be meant.
    pub last: Date,
}

/// Articles less than a year apart are of the same time: what is true changes
/// more slowly, and a date may be that of a corrected comma.
const APART: i64 = 1;

impl Dated {
    /// Reads what stands at the start of a text. What is no date, or lies
    /// outside the years in which articles are written, is none.
    pub fn parse(event: Event, text: &str) -> Option<Self> {
        let fields = fields(text);
        let (parts, days) = (1..=fields.len()).rev().find_map(|parts| Some((parts, days(&fields[..parts])?)))?;
        let written = text[fields[0].start..fields[parts - 1].end].to_owned();
        Some(Self { event, written, first: days.0, last: days.1 })
    }

    /// The date that tells more of two: what was done last to what is said
    /// rather than when it was made, then the later one.
    pub fn most_telling(self, other: Self) -> Self {
        if (other.event, other.last, other.first) > (self.event, self.last, self.first) { other } else { self }
    }

    /// Whether this date lies a year or more before another one, whichever days
    /// are meant.
    pub fn is_clearly_before(&self, other: &Self) -> bool {
        self.last.checked_add(APART.years()).is_ok_and(|later| later <= other.first)
    }
}

/// A number or a word of a date, and where it stands.
struct Field<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl Field<'_> {
    fn number(&self) -> Option<i16> {
        self.text.parse().ok()
    }

    /// A year in which an article can have been written.
    fn year(&self) -> Option<i16> {
        self.number().filter(|year| self.text.len() == 4 && (1950..2100).contains(year))
    }

    /// A day or a month in digits.
    fn small(&self) -> Option<i8> {
        i8::try_from(self.number()?).ok().filter(|_| self.text.len() <= 2)
    }

    /// The month of a name or of its first three letters.
    fn month(&self) -> Option<i8> {
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let name = self.text.to_lowercase();
        let at = MONTHS.iter().position(|month| name.len() >= 3 && month.starts_with(name.as_str()));
        i8::try_from(at? + 1).ok()
    }
}

/// The first three numbers and words of a text, as far as only such marks stand
/// between them as stand between the parts of a date.
fn fields(text: &str) -> Vec<Field<'_>> {
    let mut fields: Vec<Field> = Vec::new();
    let mut at = 0;
    while fields.len() < 3 {
        let is_between = |letter: char| letter.is_whitespace() || matches!(letter, '-' | '/' | '.' | ',');
        let start = at + text[at..].find(|letter| !is_between(letter)).unwrap_or(text.len() - at);
        let rest = &text[start..];
        let is_digits = rest.starts_with(|letter: char| letter.is_ascii_digit());
        let is_in = |letter: char| if is_digits { letter.is_ascii_digit() } else { letter.is_alphabetic() };
        let end = start + rest.find(|letter| !is_in(letter)).unwrap_or(rest.len());
        if end == start {
            break;
        }
        fields.push(Field { text: &text[start..end], start, end });
        // "3rd March"
        let is_ordinal = is_digits && ["st ", "nd ", "rd ", "th "].iter().any(|ending| text[end..].starts_with(ending));
        at = if is_ordinal { end + 2 } else { end };
    }
    fields
}

/// The first and the last day that the parts of a date can mean.
fn days(fields: &[Field<'_>]) -> Option<(Date, Date)> {
    let day = |year, month, day| Date::new(year?, month?, day?).ok();
    match fields {
        [year] => Some((day(year.year(), Some(1), Some(1))?, day(year.year(), Some(12), Some(31))?)),
        [one, other] => {
            let (year, month) = match one.year() {
                Some(year) => (year, other.small()),
                None => (other.year()?, one.month().or(one.small())),
            };
            let first = day(Some(year), month, Some(1))?;
            Some((first, first.last_of_month()))
        }
        [one, two, three] => {
            if one.year().is_some() {
                let day = day(one.year(), two.small(), three.small())?;
                return Some((day, day));
            }
            let year = three.year();
            let named = day(year, two.month(), one.small()).or_else(|| day(year, one.month(), two.small()));
            if let Some(day) = named {
                return Some((day, day));
            }
            // 03/04/2025 is in April to some and in March to others.
            let either = [day(year, two.small(), one.small()), day(year, one.small(), two.small())];
            let can_be = || either.iter().copied().flatten();
            can_be().min().zip(can_be().max())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, String, String)> {
        let dated = Dated::parse(Event::Updated, text)?;
        Some((dated.written, dated.first.to_string(), dated.last.to_string()))
    }

    fn is(text: &str, written: &str, first: &str, last: &str) {
        assert_eq!(read(text), Some((written.into(), first.into(), last.into())), "{text}");
    }

    #[test]
    fn dates_are_read_in_their_usual_forms() {
        is("2025-09-22T17:21:52.098Z", "2025-09-22", "2025-09-22", "2025-09-22");
        is("3 May 2024", "3 May 2024", "2024-05-03", "2024-05-03");
        is("3rd May 2024.", "3rd May 2024", "2024-05-03", "2024-05-03");
        is("March 3, 2025View policy", "March 3, 2025", "2025-03-03", "2025-03-03");
        is("03 Sept. 2025", "03 Sept. 2025", "2025-09-03", "2025-09-03");
        is("March 2019 by the editors", "March 2019", "2019-03-01", "2019-03-31");
        is("05/2022", "05/2022", "2022-05-01", "2022-05-31");
        is("2022-05", "2022-05", "2022-05-01", "2022-05-31");
        is("2021", "2021", "2021-01-01", "2021-12-31");
        is("25/12/2020", "25/12/2020", "2020-12-25", "2020-12-25");
        is("03/04/2020", "03/04/2020", "2020-03-04", "2020-04-03");
        is("3.4.2020", "3.4.2020", "2020-03-04", "2020-04-03");
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "soon", "the year 2020", "12", "2020mg was", "31 Feb 2020 or so", "3 of 2020", "1200"] {
            let found = read(text);
            assert!(found.as_ref().is_none_or(|found| found.0 == "2020"), "{text}: {found:?}");
        }
        assert_eq!(read("page 2020"), None);
        assert_eq!(read("14/15/2020"), None);
    }

    #[test]
    fn only_what_is_a_year_apart_is_clearly_before() {
        let before = |one: &str, other: &str| {
            let date = |text| Dated::parse(Event::Updated, text).unwrap();
            date(one).is_clearly_before(&date(other))
        };
        assert!(before("March 2019", "2023") && before("2019", "2021") && before("2023-05-01", "2024-05-01"));
        assert!(!before("2020", "2021") && !before("2023-05-01", "2024-04-30") && !before("2023", "2019"));
        assert!(!before("03/04/2020", "20 March 2021"));
    }

    #[test]
    fn a_change_tells_more_than_the_day_of_publication() {
        let date = |event, text| Dated::parse(event, text).unwrap();
        let published = date(Event::Published, "2024");
        let updated = date(Event::Updated, "2022");
        let reviewed = date(Event::Updated, "2023");
        assert_eq!(published.clone().most_telling(updated.clone()), updated);
        assert_eq!(updated.clone().most_telling(published), updated);
        assert_eq!(reviewed.clone().most_telling(updated), reviewed);
    }
}
