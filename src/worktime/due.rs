//! Deadlines, lateness and the moments around a deadline.
//!
//! Every function here is non-decreasing in its moment: who starts later is never due earlier.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::civil::Day;
use super::{Instant, OpenHours, TimeError, TimeZone};
use crate::model::{Duration, Unit};

/// What time is counted by.
#[derive(Debug, Clone, Copy)]
pub enum Clock<'a> {
    /// A zone alone: good for every unit but business ones.
    Wall(&'a TimeZone),
    /// Opening hours, with their zone: good for every unit.
    Business(&'a OpenHours),
}

impl<'a> Clock<'a> {
    /// The zone of its local days.
    pub fn zone(self) -> &'a TimeZone {
        match self {
            Clock::Wall(zone) => zone,
            Clock::Business(hours) => hours.zone(),
        }
    }

    /// Its opening hours; [`TimeError::NoCalendar`] if it is a zone alone.
    pub fn hours(self) -> Result<&'a OpenHours, TimeError> {
        match self {
            Clock::Wall(_) => Err(TimeError::NoCalendar),
            Clock::Business(hours) => Ok(hours),
        }
    }

    /// How elapsed time and lateness are measured when a time is allowed in this unit.
    pub fn measure(self, unit: Unit) -> Result<Measure<'a>, TimeError> {
        if unit.is_business() { self.hours().map(Measure::Open) } else { Ok(Measure::Plain) }
    }
}

/// Which seconds count.
#[derive(Debug, Clone, Copy)]
pub enum Measure<'a> {
    /// All of them.
    Plain,
    /// Those in which the calendar is open.
    Open(&'a OpenHours),
}

impl Measure<'_> {
    /// The seconds that count from one moment to another; negative if `to` is the earlier one.
    pub fn elapsed(self, from: Instant, to: Instant) -> i64 {
        match self {
            Measure::Plain => to.since(from),
            Measure::Open(hours) => hours.open_seconds(from, to),
        }
    }

    /// The seconds by which an item that was done at a moment missed its deadline; 0 if it did not.
    ///
    /// An item is late if and only if this is not 0. Done after the deadline, but before the calendar has opened again,
    /// is not late in business time.
    pub fn lateness(self, deadline: Instant, done: Instant) -> i64 {
        self.elapsed(deadline, done).max(0)
    }

    /// The earliest moment from `from` on at which so many seconds that count have passed.
    pub fn after(self, from: Instant, seconds: i64) -> Result<Instant, TimeError> {
        match self {
            Measure::Plain => from.plus(seconds.max(0)),
            Measure::Open(hours) => hours.after(from, seconds),
        }
    }

    /// The latest moment up to `to` from which so many seconds that count pass until then.
    pub fn before(self, to: Instant, seconds: i64) -> Result<Instant, TimeError> {
        match self {
            Measure::Plain => to.minus(seconds.max(0)),
            Measure::Open(hours) => hours.before(to, seconds),
        }
    }

    /// The earliest moment from `start` on at which this part of the time up to `deadline` has passed.
    ///
    /// `percent` counts from 0 to 100, to six decimal places; what lies beyond is taken as 0 or 100. Parts of a second
    /// count as a whole one.
    pub fn share(self, start: Instant, deadline: Instant, percent: Decimal) -> Result<Instant, TimeError> {
        let total = self.elapsed(start, deadline).max(0);
        self.after(start, share_of(total, percent))
    }
}

/// The deadline of what starts at a moment and is allowed a time: the earliest moment at which that time is used up.
///
/// - minutes, hours: so many seconds later.
/// - business minutes, business hours: the earliest moment at which so many open seconds have passed. Used up exactly
///   at closing, it is due at that closing.
/// - `n` business days: the last closing of the `n`-th open day after the day the event counts as
///   ([`OpenHours::counting_day`]).
/// - `n` calendar days, weeks, months: 24:00 of the local day so much later; month ends clamp.
///
/// No time, or less than none, ends at once: the deadline is the start.
pub fn due(start: Instant, allowed: Duration, clock: Clock<'_>) -> Result<Instant, TimeError> {
    if allowed.amount <= Decimal::ZERO {
        return Ok(start);
    }
    match allowed.unit {
        Unit::Minutes | Unit::Hours | Unit::BusinessMinutes | Unit::BusinessHours => {
            clock.measure(allowed.unit)?.after(start, seconds(allowed)?)
        }
        Unit::BusinessDays => {
            let hours = clock.hours()?;
            let days = hours.open_days_after(hours.counting_day(start)?);
            nth(days, allowed).map(|day| day.closing).ok_or_else(|| hours.exhausted())
        }
        Unit::CalendarDays | Unit::Weeks | Unit::Months => {
            let zone = clock.zone();
            zone.end_of(later(zone.day(start), allowed)?)
        }
    }
}

/// The moment that lies so much time before another, mostly a deadline. It mirrors [`due`]:
///
/// - minutes, hours: so many seconds earlier.
/// - business minutes, business hours: the latest moment from which so many open seconds pass. If the time reaches back
///   exactly to an opening, it is that opening: one business hour before Monday 10:00 is Monday 9:00.
/// - `n` business days: the first opening of the `n`-th open day before the day of the anchor.
/// - `n` calendar days, weeks, months: 00:00 of the local day so much earlier; month ends clamp.
///
/// The day of the anchor is the one in which time allowed up to it ends ([`TimeZone::last_day`]). No time, or less than
/// none, gives the anchor.
pub fn before(anchor: Instant, by: Duration, clock: Clock<'_>) -> Result<Instant, TimeError> {
    back_from(anchor, clock.zone().last_day(anchor), by, clock)
}

/// The latest moment from which a time still fits before an event: the deadline of a lead time.
///
/// As [`before`], save that the day of the event is the local day it lies in: an event at 00:00, or on a date without a
/// time, belongs to the day that begins.
pub fn ahead(event: Instant, by: Duration, clock: Clock<'_>) -> Result<Instant, TimeError> {
    back_from(event, clock.zone().day(event), by, clock)
}

/// The moment that lies so much time before another one, whose day is given.
fn back_from(anchor: Instant, day: Day, by: Duration, clock: Clock<'_>) -> Result<Instant, TimeError> {
    if by.amount <= Decimal::ZERO {
        return Ok(anchor);
    }
    match by.unit {
        Unit::Minutes | Unit::Hours | Unit::BusinessMinutes | Unit::BusinessHours => {
            clock.measure(by.unit)?.before(anchor, seconds(by)?)
        }
        Unit::BusinessDays => {
            let hours = clock.hours()?;
            let days = hours.open_days_before(day);
            nth(days, by).map(|day| day.opening).ok_or_else(|| hours.exhausted())
        }
        Unit::CalendarDays | Unit::Weeks | Unit::Months => clock.zone().start_of(earlier(day, by)?),
    }
}

/// The day that lies a number of calendar days, weeks or months later; the same day for other units.
pub(super) fn later(day: Day, by: Duration) -> Result<Day, TimeError> {
    move_day(day, by, by.count())
}

/// The day that lies a number of calendar days, weeks or months earlier; the same day for other units.
pub(super) fn earlier(day: Day, by: Duration) -> Result<Day, TimeError> {
    move_day(day, by, by.count().saturating_neg())
}

fn move_day(day: Day, by: Duration, count: i64) -> Result<Day, TimeError> {
    match by.unit {
        Unit::CalendarDays => day.plus(count),
        Unit::Weeks => day.plus(count.saturating_mul(7)),
        Unit::Months => day.plus_months(count),
        Unit::Minutes | Unit::Hours | Unit::BusinessMinutes | Unit::BusinessHours | Unit::BusinessDays => {
            Ok(day)
        }
    }
}

/// The seconds of an amount of minutes or hours. What cannot be counted lies out of range anyway.
pub(super) fn seconds(duration: Duration) -> Result<i64, TimeError> {
    duration.seconds().ok_or(TimeError::OutOfRange)
}

/// The seconds that make up a part of a total, rounded up.
pub(super) fn share_of(total: i64, percent: Decimal) -> i64 {
    let percent = percent.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED).round_dp(6);
    let exact = Decimal::from(total).checked_mul(percent).and_then(|n| n.checked_div(Decimal::ONE_HUNDRED));
    exact.and_then(|seconds| seconds.ceil().to_i64()).unwrap_or(total)
}

/// The `n`-th of some days, counted from 1, for an amount of whole days.
fn nth<T>(mut days: impl Iterator<Item = T>, amount: Duration) -> Option<T> {
    let skip = usize::try_from(amount.count()).unwrap_or(usize::MAX).saturating_sub(1);
    days.nth(skip)
}
