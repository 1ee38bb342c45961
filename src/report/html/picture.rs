//! The picture of a disagreement over doses or onset times: the values of all
//! sides on one axis, with what else the same articles say of the drug.

use super::axis::{Axis, written};
use super::markup::{counted, sentence, text};
use crate::claim::{
    Amount, Claim, Dose, Interval, Onset, Phase, Stage, Value, amount_statement, roleless_statement, value_statement,
};
use crate::compare::{measure, of_a_day, of_a_dose};
use crate::facts::{self, Facet};
use crate::finding::Finding;
use crate::report::Passages;
use crate::report::facts::side;
use crate::topic::Topic;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use std::fmt::Write;

/// The most rows of one side; the articles beyond are counted.
const MOST_ROWS: usize = 4;
/// Pixels of a row, and of the axis under the rows.
const ROW: usize = 52;
const AXIS: usize = 40;
/// Pixels from the top of a row to the middle of its bars.
const MIDDLE: usize = 31;
/// Pixels by which what is said besides lies under that, so that neither hides
/// the other.
const BESIDES: usize = 12;

/// What a value on the axis is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Role {
    /// A starting dose, or first relief: hollow.
    First,
    /// A usual or single dose, or full effect: solid.
    Usual,
    /// An upper limit: a stroke.
    Limit,
}

/// A value of one claim.
#[derive(Clone, Debug)]
struct Bar {
    role: Role,
    low: f64,
    /// Infinite where the range is open.
    high: f64,
    /// Whether the finding is about it.
    disputed: bool,
    title: String,
}

/// What one article says on one side.
#[derive(Clone, Debug)]
struct Row {
    side: usize,
    article: usize,
    states: Vec<String>,
    bars: Vec<Bar>,
}

/// What the axis counts.
#[derive(Clone, Debug, PartialEq)]
enum Scale {
    /// Doses: of a day, or single ones; in the unit of this dose.
    Dose { unit: Dose, daily: bool },
    /// Days, shown in units of so many.
    Time { days: f64, name: &'static str },
}

/// Draws a finding as a figure; nothing where it is about no doses or times, or
/// where they cannot be put on one axis.
pub(super) fn figure(
    finding: &Finding,
    topic: Topic,
    articles: &[Passages<'_>],
    passages: &facts::Passages<'_>,
) -> String {
    let disputed = disputed(finding, articles, passages);
    let Some(scale) = scale(topic, &disputed) else { return String::new() };
    let (rows, left_out) = rows(&disputed, articles, &scale);
    let sides = rows.chunk_by(|one, next| one.side == next.side).count();
    let ends = rows.iter().flat_map(|row| &row.bars).flat_map(|bar| [bar.low, bar.high]);
    match Axis::over(ends).filter(|_| sides > 1) {
        Some(axis) => drawn(finding, &rows, left_out, &axis, &scale, articles),
        None => String::new(),
    }
}

/// A claim that takes part: its side, its article, itself.
type Part<'a> = (usize, usize, &'a Claim);

/// The claims that the finding is about, by side and article.
fn disputed<'a>(finding: &Finding, articles: &[Passages<'a>], passages: &facts::Passages<'_>) -> Vec<Part<'a>> {
    let mut parts: Vec<Part> = Vec::new();
    for label in &finding.labels {
        let (Some(side), Some(article)) = (label.group, passages.article(&label.path)) else { continue };
        let claims = &articles[article].claims.claims;
        let shown = facts::shown(finding, passages.claims(article, label.span), claims);
        parts.extend(shown.map(|claim| (side, article, &claims[claim])));
    }
    parts
}

/// The scale on which all sides can be drawn.
fn scale(topic: Topic, parts: &[Part]) -> Option<Scale> {
    match topic {
        Topic::DoseStart
        | Topic::DoseTarget
        | Topic::DoseMaximum
        | Topic::DoseSingle
        | Topic::DoseTenfold
        | Topic::DoseDayWeek
        | Topic::DoseAboveMaximum => {
            let doses = || parts.iter().filter_map(|(_, _, claim)| dose(claim));
            let often = |dose: &Dose| dose.frequency.is_none_or(|frequency| frequency.days <= Decimal::ONE);
            let daily = topic == Topic::DoseDayWeek
                || (topic != Topic::DoseSingle && doses().any(|dose| of_a_day(dose).is_some() && often(dose)));
            Some(Scale::Dose { unit: doses().next()?.clone(), daily })
        }
        Topic::OnsetInitial | Topic::OnsetFull => {
            let ends =
                parts.iter().filter_map(|(_, _, claim)| onset(claim)?.days).flat_map(|days| [days.low, days.high]);
            let longest = ends.flatten().max()?;
            let (days, name) = if longest <= Decimal::TWO {
                (1.0 / 24.0, "hours")
            } else if longest <= Decimal::from(21) {
                (1.0, "days")
            } else {
                (7.0, "weeks")
            };
            Some(Scale::Time { days, name })
        }
        _ => None,
    }
}

impl Scale {
    /// What the axis counts, in words.
    fn words(&self) -> String {
        match self {
            Self::Time { name, .. } => (*name).to_owned(),
            Self::Dose { unit, daily } => {
                let mut unit = unit.amount.unit.clone();
                unit.per.retain(|per| &**per != "d");
                unit.per.extend(daily.then(|| "d".into()));
                let one = amount_statement(&Amount { range: Interval::point(Decimal::ONE), unit });
                one.trim_start_matches("1 ").to_owned()
            }
        }
    }

    /// A claim on this scale; none where it states something else.
    fn bar(&self, claim: &Claim, disputed: bool) -> Option<Bar> {
        let (role, low, high) = match self {
            Self::Dose { unit, daily } => {
                let dose = dose(claim).filter(|dose| measure(dose) == measure(unit))?;
                let role = match dose.phase {
                    Phase::Start => Role::First,
                    Phase::Target | Phase::Single => Role::Usual,
                    Phase::Max => Role::Limit,
                    Phase::Step | Phase::Strength | Phase::Reported => return None,
                };
                let range = if *daily { of_a_day(dose).or_else(|| of_a_dose(dose)) } else { of_a_dose(dose) }?;
                let factor = unit.amount.unit.factor.to_f64().filter(|factor| *factor > 0.0)?;
                let end = |end: Decimal| Some(if end == Decimal::MAX { f64::INFINITY } else { end.to_f64()? / factor });
                (role, end(range.low)?, end(range.high)?)
            }
            Self::Time { days, .. } => {
                let onset = onset(claim)?;
                let role = match onset.stage {
                    Stage::Initial => Role::First,
                    Stage::Full => Role::Usual,
                    Stage::Unspecified => return None,
                };
                let end = |end: Option<Decimal>| end.and_then(|end| end.to_f64()).map(|end| end / days);
                let range = onset.days?;
                (role, end(range.low).unwrap_or(0.0), end(range.high).unwrap_or(f64::INFINITY))
            }
        };
        let facet = Facet::of(claim).map_or("", Facet::title);
        let title = match self {
            Self::Dose { .. } => format!("{facet}: {}", roleless_statement(claim)),
            Self::Time { .. } => roleless_statement(claim),
        };
        Some(Bar { role, low, high, disputed, title })
    }
}

fn dose(claim: &Claim) -> Option<&Dose> {
    match &claim.value {
        Value::Dose(dose) => Some(dose),
        _ => None,
    }
}

fn onset(claim: &Claim) -> Option<&Onset> {
    match &claim.value {
        Value::Onset(onset) => Some(onset),
        _ => None,
    }
}

/// A row for each side and article, and how many articles are left out.
fn rows(parts: &[Part], articles: &[Passages<'_>], scale: &Scale) -> (Vec<Row>, usize) {
    let mut rows: Vec<Row> = Vec::new();
    let mut left_out = 0;
    for of_article in parts.chunk_by(|one, next| (one.0, one.1) == (next.0, next.1)) {
        let (side, article, first) = of_article[0];
        let mut bars: Vec<Bar> = of_article.iter().filter_map(|(_, _, claim)| scale.bar(claim, true)).collect();
        if bars.is_empty() {
            continue;
        }
        if rows.iter().filter(|row| row.side == side).count() == MOST_ROWS {
            left_out += 1;
            continue;
        }
        let mut states: Vec<String> = of_article.iter().map(|(_, _, claim)| value_statement(&claim.value)).collect();
        states.dedup();
        let is_disputed = |claim: &Claim| of_article.iter().any(|(_, _, one)| std::ptr::eq(*one, claim));
        let around = articles[article].claims.claims.iter();
        let around = around.filter(|claim| is_about_the_same(claim, first) && !is_disputed(claim));
        // Under the disputed values, so that these are seen.
        let mut around: Vec<Bar> = around.filter_map(|claim| scale.bar(claim, false)).collect();
        around.append(&mut bars);
        around.dedup_by(|next, one| next.title == one.title);
        rows.push(Row { side, article, states, bars: around });
    }
    drop_far(&mut rows);
    (rows, left_out)
}

/// Whether two claims are about the same drug, patients and use.
fn is_about_the_same(one: &Claim, other: &Claim) -> bool {
    let (here, there) = (&one.context, &other.context);
    let is_any = here.indications.is_empty() || there.indications.is_empty();
    one.drugs == other.drugs
        && here.population == there.population
        && (is_any || here.indications.iter().any(|use_| there.indications.contains(use_)))
}

/// Leaves out what is said besides and lies so far off that the axis would have
/// no room for what the finding is about.
fn drop_far(rows: &mut [Row]) {
    const TIMES: f64 = 4.0;
    let disputed = rows.iter().flat_map(|row| &row.bars).filter(|bar| bar.disputed);
    let ends = disputed.flat_map(|bar| [bar.low, bar.high]).filter(|end| end.is_finite());
    let greatest = ends.fold(0.0, f64::max);
    for row in rows {
        row.bars.retain(|bar| {
            bar.disputed || bar.low.max(if bar.high.is_finite() { bar.high } else { 0.0 }) <= TIMES * greatest
        });
    }
}

fn drawn(
    finding: &Finding,
    rows: &[Row],
    left_out: usize,
    axis: &Axis,
    scale: &Scale,
    articles: &[Passages<'_>],
) -> String {
    let height = rows.len() * ROW + AXIS;
    let floor = rows.len() * ROW + 4;
    let unit = scale.words();
    let name = format!("c-{}", finding.fingerprint);
    let mut svg = format!(
        "<figure class=\"picture\"><svg role=\"img\" width=\"100%\" height=\"{height}\" \
         aria-labelledby=\"{name}-t {name}-d\"><title id=\"{name}-t\">{}</title><desc id=\"{name}-d\">{}</desc>",
        sentence(&finding.message),
        text(&described(rows, articles)),
    );
    // Writing to a text cannot fail.
    let _ = write!(svg, "<svg x=\"2%\" width=\"94%\" height=\"{height}\" overflow=\"visible\" aria-hidden=\"true\">");
    for tick in axis.ticks() {
        let x = axis.place(tick);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{x}%\" x2=\"{x}%\" y1=\"0\" y2=\"{floor}\"/>\
             <text class=\"tick\" x=\"{x}%\" y=\"{}\">{}</text>",
            floor + 15,
            written(tick),
        );
    }
    let logarithmic = if axis.logarithmic { ", each mark ten times the last" } else { "" };
    let _ = write!(svg, "<text class=\"unit\" x=\"50%\" y=\"{}\">{}{logarithmic}</text>", floor + 32, text(&unit));
    for (number, row) in rows.iter().enumerate() {
        let top = number * ROW;
        let letter = side(row.side);
        let _ = write!(
            svg,
            "<text class=\"row\" x=\"0\" y=\"{}\"><tspan class=\"letter side-{}\">{letter}</tspan> \
             <tspan class=\"states\" dx=\"6\">{}</tspan><tspan class=\"path\" dx=\"8\">{}</tspan></text>",
            top + 17,
            row.side % 6,
            text(&shortened(&row.states.join("; "), 44)),
            text(&file_name(&articles[row.article].claims.path)),
        );
        for bar in &row.bars {
            draw(&mut svg, bar, row.side, top + MIDDLE, axis);
        }
    }
    let keys: &[(&str, &str)] = match scale {
        Scale::Dose { .. } => &[("first", "starting dose"), ("usual", "usual or single dose"), ("limit", "maximum")],
        Scale::Time { .. } => &[("first", "first relief"), ("usual", "full effect")],
    };
    svg.push_str("</svg></svg><figcaption>");
    for (class, word) in keys {
        let _ = write!(svg, "<span class=\"key\"><span class=\"{class}\"></span>{word}</span> ");
    }
    let more = if left_out > 0 { format!("; {} not drawn", counted(left_out, "more article")) } else { String::new() };
    let _ = write!(svg, "<span>in grey what the same article says besides{more}</span></figcaption></figure>");
    svg
}

/// Draws one value; a range without an upper end runs to the end of the axis.
/// What the finding is about is drawn larger than what is said besides.
fn draw(svg: &mut String, bar: &Bar, side: usize, middle: usize, axis: &Axis) {
    let (low, high) = (axis.place(bar.low), axis.place(bar.high));
    let class = match bar.role {
        Role::First => "first",
        Role::Usual => "usual",
        Role::Limit => "limit",
    };
    let (class, middle, half) = match bar.disputed {
        true => (format!("bar {class} side-{}", side % 6), middle, 6),
        false => (format!("bar {class} around"), middle + BESIDES, 3),
    };
    let title = text(&bar.title);
    // Writing to a text cannot fail.
    let _ = match bar.role {
        Role::Limit => write!(
            svg,
            "<line class=\"{class}\" x1=\"{high}%\" x2=\"{high}%\" y1=\"{}\" y2=\"{}\"><title>{title}</title></line>",
            middle - half - 2,
            middle + half + 2,
        ),
        _ if high - low < 0.6 => write!(
            svg,
            "<circle class=\"{class}\" cx=\"{high}%\" cy=\"{middle}\" r=\"{half}\"><title>{title}</title></circle>"
        ),
        _ => write!(
            svg,
            "<rect class=\"{class}\" x=\"{low}%\" y=\"{}\" width=\"{}%\" height=\"{}\" rx=\"{half}\"><title>{title}</title></rect>",
            middle - half,
            ((high - low) * 100.0).round() / 100.0,
            2 * half,
        ),
    };
}

/// The picture in words: "A, a.md: 10 mg a day. B, b.md: 25–50 mg a day."
fn described(rows: &[Row], articles: &[Passages<'_>]) -> String {
    let row = |row: &Row| {
        let path = file_name(&articles[row.article].claims.path);
        let around: Vec<&str> = row.bars.iter().filter(|bar| !bar.disputed).map(|bar| bar.title.as_str()).collect();
        let besides = if around.is_empty() { String::new() } else { format!(", besides {}", around.join(", ")) };
        format!("{}, {path}: {}{besides}.", side(row.side), row.states.join("; "))
    };
    rows.iter().map(row).collect::<Vec<_>>().join(" ")
}

/// The last part of a path, which tells articles apart in little room.
fn file_name(path: &str) -> String {
    shortened(path.rsplit('/').next().unwrap_or(path), 32)
}

/// A text of at most so many characters.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}
