//! A year of working hours: a square for every day, a line for every month.

use std::fmt::Write as _;

use super::super::book::Book;
use super::super::document::{Figure, Say};
use super::super::escape::{Html, escaped};
use super::super::words;
use crate::model::{Calendar, Date, Id};
use crate::worktime::{Day, civil, words as time};

/// Side of a square, and the step to the next.
const SIDE: u32 = 9;
const STEP: u32 = 11;
/// Room for the names of months and the numbers of days.
const LEFT: u32 = 62;
const TOP: u32 = 16;
/// How many months are drawn at most.
const MONTHS: usize = 24;

/// How a day is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Special,
    Closed,
    Free,
}

impl Kind {
    const ALL: [Kind; 4] = [Kind::Free, Kind::Open, Kind::Special, Kind::Closed];

    fn class(self) -> &'static str {
        match self {
            Kind::Open => "open",
            Kind::Special => "special",
            Kind::Closed => "closed",
            Kind::Free => "free",
        }
    }
}

/// The drawing for the days of the term, else for the days the calendar covers. `None`: there is nothing to draw.
pub fn figure(book: &Book<'_>, id: Id<Calendar>) -> Option<Figure> {
    let calendar = &book.model.calendars[id];
    let hours = book.evaluator.hours(id)?;
    let (from, to) = days(book, calendar)?;
    let mut months: Vec<(i16, u8)> = Vec::new();
    let mut at = Date { day: 1, ..from };
    while at <= to && months.len() < MONTHS {
        months.push((at.year, at.month));
        at = civil::add_months(at, 1).ok()?;
    }
    let mut paths = [const { String::new() }; 4];
    let mut open_days = 0;
    for (row, (year, month)) in (0u32..).zip(&months) {
        for day in 1..=31u8 {
            let Some(date) = civil::date(*year, *month, day) else { break };
            if date < from || to < date {
                continue;
            }
            let kind = kind(calendar, hours, date);
            open_days += usize::from(matches!(kind, Kind::Open | Kind::Special));
            let (x, y) = (LEFT + (u32::from(day) - 1) * STEP, TOP + row * STEP);
            // A day with hours of its own is half as high, so that colour is not all that tells it.
            let (y, h) = if kind == Kind::Special { (y + SIDE / 2, SIDE - SIDE / 2) } else { (y, SIDE) };
            let index = Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0);
            let _ = write!(paths[index], "M{x} {y}h{SIDE}v{h}h-{SIDE}z");
        }
    }
    Some(drawn(book, id, &months, &paths, open_days, (from, to)))
}

fn drawn(
    book: &Book<'_>,
    id: Id<Calendar>,
    months: &[(i16, u8)],
    paths: &[String; 4],
    open_days: usize,
    (from, to): (Date, Date),
) -> Figure {
    let anchor = book.anchor_of(id);
    let label = book.model.calendars[id].head.label();
    let (w, h) = (LEFT + 31 * STEP, TOP + u32::try_from(months.len()).unwrap_or(0) * STEP);
    let name = escaped(&anchor, Html);
    let to = months.last().and_then(|(y, m)| last_day(*y, *m)).map_or(to, |last| last.min(to));
    let caption = format!(
        "{label}: {} from {} to {}",
        words::count(open_days, "open day"),
        time::date(from),
        time::date(to)
    );
    let mut svg = format!(
        "<svg class=\"year\" role=\"img\" aria-labelledby=\"{name}-year-title\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\">\n<title id=\"{name}-year-title\">{}</title>\n",
        escaped(&caption, Html)
    );
    for day in [1u32, 5, 10, 15, 20, 25, 31] {
        let x = LEFT + (day - 1) * STEP + SIDE / 2;
        let _ = write!(svg, "<text class=\"day\" x=\"{x}\" y=\"11\">{day}</text>");
    }
    for (row, (year, month)) in (0u32..).zip(months) {
        let y = TOP + row * STEP + SIDE - 1;
        let month: String = time::month(*month).chars().take(3).collect();
        let _ = write!(svg, "<text x=\"0\" y=\"{y}\">{month} {year}</text>");
    }
    for (kind, path) in Kind::ALL.iter().zip(paths).filter(|(_, path)| !path.is_empty()) {
        let _ = write!(svg, "\n<path class=\"{}\" d=\"{path}\"/>", kind.class());
    }
    svg.push_str("\n</svg>");
    Figure {
        id: format!("{anchor}-year"),
        caption,
        svg,
        mermaid: None,
        legend: Say::new(
            "Outlined: no weekly hours. Light: open. Half a square: open at hours of its own. Dark: closed.",
        )
        .end(),
    }
}

fn last_day(year: i16, month: u8) -> Option<Date> {
    (28..=31).rev().find_map(|day| civil::date(year, month, day))
}

fn days(book: &Book<'_>, calendar: &Calendar) -> Option<(Date, Date)> {
    let term = book.model.agreement.effective.as_ref().and_then(crate::model::Effective::term);
    match (term, &calendar.covers) {
        (Some((from, Some(to))), _) => Some((from, to)),
        (Some((from, None)), _) => Some((from, Day::of(from).plus(364).ok()?.date())),
        (None, Some(covers)) => Some((covers.from, covers.to)),
        (None, None) => None,
    }
}

fn kind(calendar: &Calendar, hours: &crate::worktime::OpenHours, date: Date) -> Kind {
    let special = calendar.exceptions.iter().any(|e| e.date == date);
    let closed = calendar.closures.iter().any(|c| c.from <= date && date <= c.to);
    match hours.open_day(Day::of(date)) {
        Some(_) if special => Kind::Special,
        Some(_) => Kind::Open,
        None if closed => Kind::Closed,
        None => Kind::Free,
    }
}
