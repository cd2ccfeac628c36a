//! The time of a span of days as plain integer rows.
//!
//! The same meaning as the functions that walk from day to day, laid out so that a database can join with it and so that
//! many questions can be answered quickly. All moments are seconds since 1970-01-01 00:00 UTC, all days are days since
//! 1970-01-01, all intervals are half-open.
//!
//! With `t` a moment and `base` a row found by an ordinary range join:
//!
//! - open seconds up to `t`: `segment.cum_s + segment.is_open * (t - segment.from_s)`; the difference of two is the open
//!   time between them.
//! - the moment at which `n >= 1` open seconds are used up: with `c` as above plus `n`, the work piece with
//!   `cum_from < c <= cum_to`, and then `from_s + (c - cum_from)`.
//! - `n` business days: the `close_s` of the open day number `segment.bday_base + n`.
//! - `n` calendar days or weeks: the `end_s` of the local day `segment.local_day + n`.
//! - a wall time as UTC: the wall piece with `wall_from_s <= w < wall_to_s`, and then
//!   `utc_s + runs * (w - wall_from_s)`.
//!
//! What lies outside the span is not in the rows: a join must fail loudly there, as [`Table`]'s own functions do.

mod ask;
mod zone;

pub use zone::{BUCKET_ORIGIN, DayPiece, ZONE_BUCKET_SECONDS, ZoneTable};

use super::civil::{DAY_SECONDS, Day};
use super::{Clock, Instant, Interval, OffsetPiece, OpenHours, TimeError, TimeZone};
use crate::model::Date;

/// Open seconds after which work pieces are cut, so that a lookup can start with an equality: 4 hours.
pub const BUCKET_SECONDS: i64 = 14_400;

/// The time of one calendar, or of one zone alone, from the start of one local day to the end of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    kind: Kind,
    span: Interval,
    segments: Vec<Segment>,
    work: Vec<WorkPiece>,
    open_days: Vec<OpenDayRow>,
    local_days: Vec<LocalDayRow>,
    wall: Vec<WallPiece>,
}

/// Whether business time can be asked of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    ZoneAlone,
    Calendar,
}

/// A time within one UTC day and one local day in which nothing changes. Every moment of the span is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// The UTC day it lies in.
    pub utc_day: i64,
    /// First moment.
    pub from_s: i64,
    /// First moment after it.
    pub to_s: i64,
    /// Whether the calendar is open, throughout.
    pub is_open: bool,
    /// Open seconds from the start of the span to `from_s`.
    pub cum_s: i64,
    /// The local day it lies in.
    pub local_day: i64,
    /// The number of the open day that events in it count as (of the last one before, if they count as a closed day).
    pub bday_base: i64,
}

/// A time in which the calendar is open, within one bucket of [`BUCKET_SECONDS`] of open time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkPiece {
    /// `cum_from` divided by [`BUCKET_SECONDS`]; and so `(c - 1)` divided by it, for `cum_from < c <= cum_to`.
    pub cum_bucket: i64,
    /// Open seconds from the start of the span to its start.
    pub cum_from: i64,
    /// Open seconds from the start of the span to its end.
    pub cum_to: i64,
    /// Its first moment.
    pub from_s: i64,
}

/// A day with at least one open second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenDayRow {
    /// Its number among the open days of the span, from 1.
    pub bday_no: i64,
    /// The day.
    pub local_day: i64,
    /// Its first opening.
    pub open_s: i64,
    /// Its last closing.
    pub close_s: i64,
}

/// A local day. Every day of the span has a row; one that the zone skipped is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalDayRow {
    /// The day.
    pub local_day: i64,
    /// Its first moment.
    pub start_s: i64,
    /// 24:00: the first moment of the next day.
    pub end_s: i64,
    /// How many open days of the span lie before it. The `n`-th open day before it has the number
    /// `bdays_before - n + 1`.
    pub bdays_before: i64,
}

/// A stretch of the wall clock's own time. Every second of the days of the span, whether it occurs never, once or
/// twice, is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WallPiece {
    /// First second, as if the wall clock were UTC.
    pub wall_from_s: i64,
    /// First second after it.
    pub wall_to_s: i64,
    /// The moment that `wall_from_s` means.
    pub utc_s: i64,
    /// 1 if moments go on with the clock; 0 for times that clocks jumped over, which all mean the moment of the jump.
    pub runs: i64,
}

impl Table {
    /// Lays out the days from `from` to `to`, both included.
    ///
    /// [`TimeError::OutOfRange`] if `to` comes before `from` or the days touch the end of the supported years.
    pub fn new(clock: Clock<'_>, from: Date, to: Date) -> Result<Table, TimeError> {
        let (first, last) = (Day::of(from), Day::of(to));
        let zone = clock.zone();
        if last < first {
            return Err(TimeError::OutOfRange);
        }
        let span = Interval { from: zone.start_of(first)?, to: zone.end_of(last)? };
        let (kind, openings, open_days, steps) = match clock {
            Clock::Wall(_) => (Kind::ZoneAlone, Vec::new(), Vec::new(), Steps::none()),
            Clock::Business(hours) => {
                let days: Vec<_> = Day::range(first, last).filter_map(|day| hours.open_day(day)).collect();
                let steps = Steps::of(hours, days.iter().map(|open| open.day))?;
                let rows = (1..).zip(&days).map(|(bday_no, open)| OpenDayRow {
                    bday_no,
                    local_day: open.day.number(),
                    open_s: open.opening.epoch(),
                    close_s: open.closing.epoch(),
                });
                (Kind::Calendar, hours.open_intervals(span.from, span.to), rows.collect(), steps)
            }
        };
        let local_days = local_days(zone, first, last, &open_days)?;
        Ok(Table {
            kind,
            span,
            segments: segments(span, &openings, &local_days, &steps),
            work: work_pieces(&openings),
            open_days,
            local_days,
            wall: wall_pieces(&offsets_around(zone, first, last), first, last),
        })
    }

    /// From the start of the first day to the end of the last.
    pub fn span(&self) -> Interval {
        self.span
    }

    /// The segments, in order.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The work pieces, in order. None for a zone alone.
    pub fn work(&self) -> &[WorkPiece] {
        &self.work
    }

    /// The open days, in order. None for a zone alone.
    pub fn open_days(&self) -> &[OpenDayRow] {
        &self.open_days
    }

    /// The local days, in order.
    pub fn local_days(&self) -> &[LocalDayRow] {
        &self.local_days
    }

    /// The pieces of the wall clock, in order.
    pub fn wall(&self) -> &[WallPiece] {
        &self.wall
    }
}

/// When the open day that an event counts as moves on to the next.
struct Steps {
    /// The number before the first step.
    first: i64,
    /// Moments from which the number is one higher; in order.
    at: Vec<i64>,
}

impl Steps {
    fn none() -> Steps {
        Steps { first: 0, at: Vec::new() }
    }

    /// Without a cut-off, events count as an open day from its start on. With one, they count as the first open day until
    /// its cut-off has passed, then as the next.
    fn of(hours: &OpenHours, open_days: impl Iterator<Item = Day>) -> Result<Steps, TimeError> {
        let zone = hours.zone();
        let step = |day: Day| match hours.cut_off(day) {
            Some(cut) => Ok(cut.min(zone.end_of(day)?)),
            None => zone.start_of(day),
        };
        let at = open_days.map(|day| step(day).map(Instant::epoch)).collect::<Result<_, _>>()?;
        Ok(Steps { first: i64::from(hours.has_cut_off()), at })
    }

    fn number_at(&self, epoch: i64) -> i64 {
        self.first + count(self.at.partition_point(|step| *step <= epoch))
    }
}

/// A number of rows as a column value.
fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn local_days(
    zone: &TimeZone,
    first: Day,
    last: Day,
    open_days: &[OpenDayRow],
) -> Result<Vec<LocalDayRow>, TimeError> {
    let row = |day: Day| {
        let before = open_days.partition_point(|open| open.local_day < day.number());
        Ok(LocalDayRow {
            local_day: day.number(),
            start_s: zone.start_of(day)?.epoch(),
            end_s: zone.end_of(day)?.epoch(),
            bdays_before: count(before),
        })
    };
    Day::range(first, last).map(row).collect()
}

fn segments(span: Interval, openings: &[Interval], days: &[LocalDayRow], steps: &Steps) -> Vec<Segment> {
    let (start, end) = (span.from.epoch(), span.to.epoch());
    let first_midnight = start.div_euclid(DAY_SECONDS) * DAY_SECONDS;

    let mut cuts = vec![start, end];
    cuts.extend(openings.iter().flat_map(|open| [open.from.epoch(), open.to.epoch()]));
    cuts.extend((first_midnight..end).step_by(86_400));
    cuts.extend(days.iter().map(|day| day.start_s));
    cuts.extend(&steps.at);
    cuts.retain(|cut| (start..=end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();

    let mut cum_s = 0;
    let mut open = openings.iter().peekable();
    let mut out = Vec::with_capacity(cuts.len());
    for (from_s, to_s) in cuts.iter().copied().zip(cuts.iter().copied().skip(1)) {
        while open.next_if(|interval| interval.to.epoch() <= from_s).is_some() {}
        let is_open = open.peek().is_some_and(|interval| interval.from.epoch() <= from_s);
        // The last row that has begun: an empty day begins with the day after it, and that one is meant.
        let day =
            days.partition_point(|day| day.start_s <= from_s).checked_sub(1).and_then(|at| days.get(at));
        out.push(Segment {
            utc_day: from_s.div_euclid(DAY_SECONDS),
            from_s,
            to_s,
            is_open,
            cum_s,
            local_day: day.map_or(0, |day| day.local_day),
            bday_base: steps.number_at(from_s),
        });
        cum_s += if is_open { to_s - from_s } else { 0 };
    }
    out
}

fn work_pieces(openings: &[Interval]) -> Vec<WorkPiece> {
    let mut out = Vec::new();
    let mut cum_from = 0;
    for open in openings {
        let mut from_s = open.from.epoch();
        while from_s < open.to.epoch() {
            let cum_bucket = cum_from / BUCKET_SECONDS;
            let room = (cum_bucket + 1) * BUCKET_SECONDS - cum_from;
            let seconds = room.min(open.to.epoch() - from_s);
            out.push(WorkPiece { cum_bucket, cum_from, cum_to: cum_from + seconds, from_s });
            cum_from += seconds;
            from_s += seconds;
        }
    }
    out
}

/// The offsets of some days, with a day of UTC on both sides: wherever a zone is, its days lie in it.
fn offsets_around(zone: &TimeZone, first: Day, last: Day) -> Vec<OffsetPiece> {
    let from = Instant::clamped(first.midnight() - DAY_SECONDS);
    let to = Instant::clamped(last.midnight() + 2 * DAY_SECONDS);
    zone.offsets(from, to)
}

/// Goes along the wall clock: while the offset stays the same it runs with UTC, from where the clock has not been yet;
/// where the offset grows there is a time that it jumps over.
fn wall_pieces(offsets: &[OffsetPiece], first: Day, last: Day) -> Vec<WallPiece> {
    let end = last.midnight() + DAY_SECONDS;
    let mut at = first.midnight();
    let mut out = Vec::new();
    for piece in offsets {
        let jumped_to = (piece.from.epoch() + piece.offset).min(end);
        if at < jumped_to {
            out.push(WallPiece { wall_from_s: at, wall_to_s: jumped_to, utc_s: piece.from.epoch(), runs: 0 });
            at = jumped_to;
        }
        let shown_to = (piece.to.epoch() + piece.offset).min(end);
        if at < shown_to {
            out.push(WallPiece { wall_from_s: at, wall_to_s: shown_to, utc_s: at - piece.offset, runs: 1 });
            at = shown_to;
        }
    }
    out
}
