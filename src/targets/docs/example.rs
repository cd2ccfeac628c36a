//! Worked examples: a start inside the term at which a reader can see the rules of time at work, and what follows from it.
//!
//! A good example goes over a night, a weekend, a closed day, a change of the clocks. The starts of a year are tried in
//! order, and the most instructive one is taken, the earliest of equals.

use super::book::Book;
use crate::model::commitment::CountedBy;
use crate::model::{Date, Duration, Period, Unit};
use crate::worktime::{self, Clock, Day, Instant, OpenHours, PeriodSpan, TimeZone, words};

/// How many days of the term are tried.
const TRIED: i64 = 366;

/// Seconds of a plain day, and from its start to 16:30.
const DAY: i64 = 86_400;
const AFTERNOON: i64 = 16 * 3600 + 30 * 60;

/// An item of a turnaround, from its start to its deadline.
#[derive(Debug, Clone)]
pub struct Worked {
    /// When the clock starts.
    pub start: Instant,
    /// When the allowed time is used up.
    pub deadline: Instant,
    /// What the time between them is made of.
    pub pieces: Vec<Piece>,
    /// A change of the clocks between them.
    pub change: Option<Change>,
}

/// A part of the time from start to deadline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The day or the days.
    pub days: String,
    /// From when to when it counts, or why it does not.
    pub hours: String,
    /// How much it counts.
    pub counts: String,
}

/// A change of the clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: Instant,
    /// Seconds by which the clocks go forward.
    pub by: i64,
}

/// What is looked for, and where.
pub struct Search<'b> {
    clock: Clock<'b>,
    /// First and last day tried.
    days: (Day, Day),
    /// No deadline may lie after it.
    end: Instant,
    limit: Duration,
}

impl<'b> Search<'b> {
    /// A search for examples of a limit on a clock.
    pub fn by(book: &'b Book<'_>, clock: Clock<'b>, limit: Duration) -> Option<Self> {
        let (first, last) = term(book);
        let end = clock.zone().end_of(Day::of(last)).ok()?;
        let first = Day::of(first);
        let last = Day::of(last).min(first.plus(TRIED).ok()?);
        Some(Search { clock, days: (first, last), end, limit })
    }

    /// The most instructive item.
    pub fn best(&self) -> Option<Worked> {
        self.candidates()
            .map(|(start, deadline)| (self.score(start, deadline), start, deadline))
            .fold(None, |best: Option<(u32, Instant, Instant)>, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            })
            .map(|(_, start, deadline)| self.worked(start, deadline))
    }

    /// An item that starts in one period and counts in another.
    pub fn across(
        &self,
        periods: worktime::Periods,
        zone: &TimeZone,
    ) -> Option<(Instant, Instant, PeriodSpan)> {
        self.candidates().find_map(|(start, deadline)| {
            let from = periods.containing(zone.date(start)).ok()?;
            let to = periods.containing(zone.due_date(deadline)).ok()?;
            (from != to).then_some((start, deadline, to))
        })
    }

    /// An item that arrives so late in the day that it counts as the next open day.
    pub fn after_cut_off(&self, like: &Worked) -> Option<Worked> {
        if self.limit.unit != Unit::BusinessDays {
            return None;
        }
        let hours = self.clock.hours().ok()?;
        let start = hours.cut_off(hours.zone().day(like.start))?.plus(30 * 60 - 1).ok()?;
        let deadline = worktime::due(start, self.limit, self.clock).ok().filter(|d| *d <= self.end)?;
        let same_day = hours.zone().day(start) == hours.zone().day(like.start);
        (same_day && deadline != like.deadline).then(|| self.worked(start, deadline))
    }

    /// Starts with their deadlines, one a day.
    fn candidates(&self) -> impl Iterator<Item = (Instant, Instant)> {
        let (first, last) = self.days;
        (first.number()..=last.number())
            .filter_map(|number| Day::from_number(number).ok())
            .filter_map(|day| self.start_on(day))
            .filter_map(|start| Some((start, worktime::due(start, self.limit, self.clock).ok()?)))
            .filter(|(start, deadline)| start < deadline && *deadline <= self.end)
    }

    /// A start late on a day, so that the time allowed goes over its end.
    fn start_on(&self, day: Day) -> Option<Instant> {
        let zone = self.clock.zone();
        match self.limit.unit {
            Unit::BusinessMinutes | Unit::BusinessHours => {
                let open = self.clock.hours().ok()?.open_day(day)?;
                let left = left_over(self.limit.seconds()?);
                open.closing.minus(left).ok().filter(|start| *start >= open.opening)
            }
            Unit::BusinessDays => {
                let hours = self.clock.hours().ok()?;
                let open = hours.open_day(day)?;
                let before_cut_off = hours.cut_off(day).unwrap_or(open.closing).min(open.closing);
                // The cut-off itself still counts, so its first moment after is a second later.
                let round = before_cut_off.epoch() - before_cut_off.epoch().rem_euclid(60) - 30 * 60;
                Instant::from_epoch(round).ok().filter(|start| *start >= open.opening)
            }
            Unit::Minutes | Unit::Hours => match self.limit.seconds()? {
                // Over midnight, so that one sees that the wall clock does not stop at night.
                short if short < DAY => zone.end_of(day).ok()?.minus(left_over(short)).ok(),
                _ => zone.start_of(day).ok()?.plus(AFTERNOON).ok(),
            },
            Unit::CalendarDays | Unit::Weeks | Unit::Months => zone.start_of(day).ok()?.plus(AFTERNOON).ok(),
        }
    }

    fn score(&self, start: Instant, deadline: Instant) -> u32 {
        let zone = self.clock.zone();
        let (first, last) = (zone.day(start), zone.last_day(deadline));
        let changed = u32::from(zone.offset(start) != zone.offset(deadline));
        match self.limit.unit {
            Unit::BusinessMinutes | Unit::BusinessHours => {
                let closed = self.closed_between(first, last);
                4 * changed + u32::from(closed > 0) + 2 * u32::from(closed > 2) + 2 * u32::from(first != last)
            }
            Unit::BusinessDays => {
                let closed = self.closed_between(first, last);
                u32::try_from(closed.min(9)).unwrap_or(9) + u32::from(first != last)
            }
            Unit::Minutes | Unit::Hours => 4 * changed + u32::from(first != last),
            Unit::CalendarDays | Unit::Weeks => changed,
            Unit::Months => 2 * u32::from(first.date().day != last.date().day) + changed,
        }
    }

    /// Days between two others on which the calendar stays shut.
    fn closed_between(&self, first: Day, last: Day) -> usize {
        let Ok(hours) = self.clock.hours() else { return 0 };
        let between = first.number() + 1..last.number();
        between.filter(|n| Day::from_number(*n).is_ok_and(|day| hours.open_day(day).is_none())).count()
    }

    fn worked(&self, start: Instant, deadline: Instant) -> Worked {
        let zone = self.clock.zone();
        let pieces = match (self.limit.unit, self.clock.hours()) {
            (Unit::BusinessMinutes | Unit::BusinessHours, Ok(hours)) => open_pieces(hours, start, deadline),
            (Unit::BusinessDays, Ok(hours)) => day_pieces(hours, start, deadline),
            _ => Vec::new(),
        };
        let change = match zone.offsets(start, deadline).as_slice() {
            [first, second, ..] => Some(Change { at: second.from, by: second.offset - first.offset }),
            _ => None,
        };
        Worked { start, deadline, pieces: collapsed(pieces), change }
    }
}

/// The days examples are taken from: the term, else the days a calendar covers, else a year.
pub fn term(book: &Book<'_>) -> (Date, Date) {
    let year = |year: i16| (Date { year, month: 1, day: 1 }, Date { year, month: 12, day: 31 });
    let agreement = &book.model.agreement;
    if let Some(effective) = &agreement.effective
        && let Some(from) = effective.from.get()
    {
        let to = effective.to.as_ref().and_then(|to| to.get().copied());
        let later = Day::of(*from).plus(TRIED).map_or(*from, Day::date);
        return (*from, to.unwrap_or(later));
    }
    let covers = book.model.calendars.values().find_map(|c| c.covers.as_ref());
    covers.map_or(year(2026), |covers| (covers.from, covers.to))
}

/// The time that is left on the first day: about a quarter, and a round number.
fn left_over(limit: i64) -> i64 {
    const ROUND: [i64; 11] = [120, 90, 60, 45, 30, 20, 15, 10, 5, 2, 1];
    ROUND.into_iter().map(|minutes| minutes * 60).find(|left| *left * 3 <= limit).unwrap_or(limit / 2)
}

/// Day by day, what is open between two moments, and which days are not.
fn open_pieces(hours: &OpenHours, start: Instant, deadline: Instant) -> Vec<Piece> {
    let zone = hours.zone();
    let mut out = Vec::new();
    let mut last: Option<Day> = None;
    for open in hours.open_intervals(start, deadline) {
        // Open at midnight, one stretch lies on several days.
        let (day, end) = (zone.day(open.from), zone.last_day(open.to));
        if let Some(last) = last {
            out.extend(closed_piece(last, day));
        }
        let until = words::time(words::deadline_local(open.to, zone).seconds);
        out.push(Piece {
            days: super::words::days(day.date(), end.date()),
            hours: format!("{} to {until}", words::time(zone.local(open.from).seconds)),
            counts: words::length(open.seconds(), words::Seconds::Plain),
        });
        last = Some(end);
    }
    out
}

/// Day by day, which days count.
fn day_pieces(hours: &OpenHours, start: Instant, deadline: Instant) -> Vec<Piece> {
    let zone = hours.zone();
    let (event, last) = (zone.day(start), zone.last_day(deadline));
    let Ok(zero) = hours.counting_day(start) else { return Vec::new() };
    let mut out = Vec::new();
    if event != zero {
        out.push(Piece {
            days: words::day(event.date()),
            hours: "after the cut-off".to_owned(),
            counts: "does not count".to_owned(),
        });
        out.extend(closed_piece(event, zero));
    }
    out.push(Piece {
        days: words::day(zero.date()),
        hours: if event == zero { "the day of the event" } else { "counts as the day of the event" }
            .to_owned(),
        counts: "day 0".to_owned(),
    });
    let mut before = zero;
    for (n, open) in hours.open_days_after(zero).take_while(|open| open.day <= last).enumerate() {
        out.extend(closed_piece(before, open.day));
        let closing = words::time(words::deadline_local(open.closing, zone).seconds);
        out.push(Piece {
            days: words::day(open.day.date()),
            hours: format!("closes at {closing}"),
            counts: format!("day {}", n + 1),
        });
        before = open.day;
    }
    out
}

/// The closed days between two open ones.
pub fn closed_piece(before: Day, after: Day) -> Option<Piece> {
    let (first, last) = (before.plus(1).ok()?, after.plus(-1).ok()?);
    if last < first {
        return None;
    }
    let days = super::words::days(first.date(), last.date());
    Some(Piece { days, hours: "closed".to_owned(), counts: "does not count".to_owned() })
}

/// At most nine lines: the ones in the middle go into one.
pub fn collapsed(mut pieces: Vec<Piece>) -> Vec<Piece> {
    const HEAD: usize = 4;
    const TAIL: usize = 3;
    if pieces.len() > HEAD + TAIL + 1 {
        let tail = pieces.split_off(pieces.len() - TAIL);
        let middle = pieces.split_off(HEAD);
        pieces.push(Piece {
            days: "and so on".to_owned(),
            hours: super::words::count(middle.len(), "line") + " left out",
            counts: "…".to_owned(),
        });
        pieces.extend(tail);
    }
    pieces
}

/// The period an item counts in.
pub fn period_of(
    counted_by: CountedBy,
    periods: worktime::Periods,
    zone: &TimeZone,
    (start, deadline): (Instant, Instant),
) -> Option<PeriodSpan> {
    let date = match counted_by {
        CountedBy::DueDate => zone.due_date(deadline),
        CountedBy::StartDate => zone.date(start),
    };
    periods.containing(date).ok()
}

/// A period in words: `March 2026`, `2026-W10 (2 to 8 March 2026)`.
pub fn period_in_words(period: &PeriodSpan, kind: Period) -> String {
    match kind {
        Period::Day => words::date(period.first),
        Period::Month => format!("{} {}", words::month(period.first.month), period.first.year),
        Period::Week | Period::Quarter | Period::Year => {
            format!("{} ({})", period.label, words::dates(period.first, period.last))
        }
    }
}

/// `go forward by 1 hour`.
pub fn change_in_words(change: Change) -> String {
    let by = words::length(change.by.abs(), words::Seconds::Plain);
    if change.by > 0 { format!("go forward by {by}") } else { format!("go back by {by}") }
}
