//! Time that does not count: stretches in which the clock of one item stands still.
//!
//! Minutes and hours run on where they stopped: the deadline is the earliest moment at which the allowed time has passed
//! outside of the pauses. Days are counted whole: one counts unless the clock stands still when it ends, at its closing for
//! business days and at 24:00 for calendar days. So a pause of some hours moves no deadline in days, and one over three
//! closings moves it by three open days. Months are as many days as they have from the day of the start; so here, and only
//! here, who starts later may be due earlier by a day or two.

use rust_decimal::Decimal;

use super::civil::Day;
use super::due::{later, seconds, share_of};
use super::{Clock, Instant, Interval, Measure, TimeError, before, due};
use crate::model::{Duration, Unit};

/// No pause at all.
pub static NO_PAUSES: Pauses = Pauses(Vec::new());

/// Stretches of time in which a clock stands still: sorted, disjoint, none empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pauses(Vec<Interval>);

impl Pauses {
    /// The pauses among some stretches of time. They may overlap and come in any order; empty ones are left out.
    pub fn new(stretches: impl IntoIterator<Item = Interval>) -> Pauses {
        let mut all: Vec<Interval> = stretches.into_iter().filter(|s| s.from < s.to).collect();
        all.sort_by_key(|stretch| (stretch.from, stretch.to));
        let mut out: Vec<Interval> = Vec::with_capacity(all.len());
        for stretch in all {
            match out.last_mut() {
                Some(last) if stretch.from <= last.to => last.to = last.to.max(stretch.to),
                Some(_) | None => out.push(stretch),
            }
        }
        Pauses(out)
    }

    /// The stretches, in order.
    pub fn stretches(&self) -> &[Interval] {
        &self.0
    }

    /// Seconds that count from one moment to another; negative if `to` is the earlier one.
    pub fn running(&self, measure: Measure<'_>, from: Instant, to: Instant) -> i64 {
        if to < from {
            return -self.running(measure, to, from);
        }
        let paused = |pause: &Interval| {
            let (start, end) = (pause.from.max(from), pause.to.min(to));
            if start < end { measure.elapsed(start, end) } else { 0 }
        };
        measure.elapsed(from, to) - self.0.iter().map(paused).sum::<i64>()
    }

    /// The earliest moment from `from` on at which so many seconds that count have passed.
    pub fn after(&self, measure: Measure<'_>, from: Instant, seconds: i64) -> Result<Instant, TimeError> {
        let (mut at, mut left) = (from, seconds);
        if left <= 0 {
            return Ok(from);
        }
        for pause in self.0.iter().filter(|pause| pause.to > from) {
            let counted = if at < pause.from { measure.elapsed(at, pause.from) } else { 0 };
            if left <= counted {
                return measure.after(at, left);
            }
            left -= counted;
            at = pause.to;
        }
        measure.after(at, left)
    }

    /// The latest moment up to `to` from which so many seconds that count pass until then.
    fn before_seconds(&self, measure: Measure<'_>, to: Instant, seconds: i64) -> Result<Instant, TimeError> {
        let (mut at, mut left) = (to, seconds);
        for pause in self.0.iter().rev().filter(|pause| pause.from < to) {
            let counted = if pause.to < at { measure.elapsed(pause.to, at) } else { 0 };
            if left <= counted {
                return measure.before(at, left);
            }
            left -= counted;
            at = pause.from;
        }
        measure.before(at, left)
    }

    /// As [`due`], without the time of the pauses.
    pub fn due(&self, start: Instant, allowed: Duration, clock: Clock<'_>) -> Result<Instant, TimeError> {
        if self.0.is_empty() || allowed.amount <= Decimal::ZERO {
            return due(start, allowed, clock);
        }
        match allowed.unit {
            Unit::Minutes | Unit::Hours | Unit::BusinessMinutes | Unit::BusinessHours => {
                self.after(clock.measure(allowed.unit)?, start, seconds(allowed)?)
            }
            Unit::BusinessDays => {
                let hours = clock.hours()?;
                let days = hours.open_days_after(hours.counting_day(start)?);
                let mut counting = days.filter(|day| !self.stand_still(day.closing));
                let skip = usize::try_from(allowed.count()).unwrap_or(usize::MAX).saturating_sub(1);
                counting.nth(skip).map(|day| day.closing).ok_or_else(|| hours.exhausted())
            }
            Unit::CalendarDays | Unit::Weeks | Unit::Months => {
                let zone = clock.zone();
                let first = zone.day(start);
                let mut left = later(first, allowed)?.number() - first.number();
                let mut day = first;
                loop {
                    day = day.plus(1)?;
                    let end = zone.end_of(day)?;
                    left -= i64::from(!self.stand_still(end));
                    if left == 0 {
                        return Ok(end);
                    }
                }
            }
        }
    }

    /// As [`before`], without the time of the pauses.
    pub fn before(&self, anchor: Instant, by: Duration, clock: Clock<'_>) -> Result<Instant, TimeError> {
        if self.0.is_empty() || by.amount <= Decimal::ZERO {
            return before(anchor, by, clock);
        }
        match by.unit {
            Unit::Minutes | Unit::Hours | Unit::BusinessMinutes | Unit::BusinessHours => {
                self.before_seconds(clock.measure(by.unit)?, anchor, seconds(by)?)
            }
            Unit::BusinessDays => {
                let hours = clock.hours()?;
                let days = hours.open_days_before(hours.zone().last_day(anchor));
                let mut counting = days.filter(|day| !self.stand_still(day.closing));
                let skip = usize::try_from(by.count()).unwrap_or(usize::MAX).saturating_sub(1);
                counting.nth(skip).map(|day| day.opening).ok_or_else(|| hours.exhausted())
            }
            Unit::CalendarDays | Unit::Weeks | Unit::Months => {
                let zone = clock.zone();
                let last = zone.last_day(anchor);
                let mut left = last.number() - super::due::earlier(last, by)?.number();
                let mut day: Day = last;
                while left > 0 {
                    day = day.plus(-1)?;
                    left -= i64::from(!self.stand_still(zone.end_of(day)?));
                }
                zone.start_of(day)
            }
        }
    }

    /// The earliest moment from `start` on at which this part of the time up to `deadline` has passed, as
    /// [`Measure::share`], without the time of the pauses.
    pub fn share(
        &self,
        measure: Measure<'_>,
        (start, deadline): (Instant, Instant),
        percent: Decimal,
    ) -> Result<Instant, TimeError> {
        let total = self.running(measure, start, deadline).max(0);
        self.after(measure, start, share_of(total, percent))
    }

    /// Whether the clock stands still when something ends.
    pub fn stand_still(&self, end: Instant) -> bool {
        let last = end.just_before();
        self.0.iter().any(|pause| pause.from <= last && last < pause.to)
    }
}
