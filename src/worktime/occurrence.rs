//! What is due again and again: on which days, from when to when it counts as done.
//!
//! Each period of a [`Recurrence`] has one occurrence, or none where it has no such day. Days, weeks and the rest are those
//! of the clock's zone; quarters and years follow the fiscal year.
//!
//! | rule | done counts | due |
//! |---|---|---|
//! | `on` a day | on that local day | at its time; else at the end of the day |
//! | `by` a day | from the start of the period on | at its time; else at the closing of that day, or at 24:00 if it is closed |
//! | `within` a time `of its end` | from the end of the period on | when that time is used up; its last day is day 0 |
//! | no rule | in the period | at its end |
//!
//! Where a period has fewer days of a kind than asked for, the last of them is meant, as month ends clamp elsewhere; where
//! it has none at all, nothing is due. Due moments never decrease from one period to the next.

use super::civil::Day;
use super::{Clock, Instant, OpenHours, PeriodSpan, Periods, TimeError, due};
use crate::model::recurrence::{DayKind, DayOfPeriod, Occasion};
use crate::model::{Date, LocalDateTime, Period, Recurrence, TimeOfDay, Unit};

/// Something that is due once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occurrence {
    /// The period it is the occurrence of.
    pub period: PeriodSpan,
    /// The day on which it is due.
    pub day: Date,
    /// From when on it counts if it is done.
    pub from: Instant,
    /// When it is due.
    pub due: Instant,
    /// The last moment at which it is not late: it may be done all day `on` a day, and while the calendar stays closed
    /// behind a closing.
    pub until: Instant,
}

/// A rule on a clock: gives occurrences.
#[derive(Debug, Clone, Copy)]
pub struct Occurrences<'a> {
    rule: Recurrence,
    periods: Periods,
    clock: Clock<'a>,
}

impl<'a> Occurrences<'a> {
    /// A rule on a clock, with the first month of the fiscal year.
    ///
    /// # Errors
    /// [`TimeError::NoCalendar`] if the rule asks for business days and the clock is a zone alone.
    pub fn new(rule: Recurrence, fiscal_year_starts: u8, clock: Clock<'a>) -> Result<Self, TimeError> {
        if rule.needs_calendar() {
            clock.hours()?;
        }
        Ok(Occurrences { rule, periods: Periods::new(rule.period(), fiscal_year_starts), clock })
    }

    /// The rule.
    pub fn rule(&self) -> Recurrence {
        self.rule
    }

    /// The clock.
    pub fn clock(&self) -> Clock<'a> {
        self.clock
    }

    /// The occurrences that are due on a date or later, in order, as far as the supported years go.
    pub fn from(self, first: Date) -> impl Iterator<Item = Occurrence> + use<'a> {
        let start = self.first_period(first);
        let periods = std::iter::successors(start, move |period| self.periods.next(period).ok());
        let mut last: Option<Date> = None;
        periods
            .map_while(move |period| self.of(&period).ok())
            .flatten()
            .filter(move |occurrence| occurrence.day >= first)
            // Days that move to the next open one may meet: what is due then is due once.
            .filter(move |occurrence| last.replace(occurrence.day) != Some(occurrence.day))
    }

    /// The occurrences that are due from one date to another, both included.
    pub fn between(self, first: Date, last: Date) -> impl Iterator<Item = Occurrence> + use<'a> {
        self.from(first).take_while(move |occurrence| occurrence.day <= last)
    }

    /// A period early enough that everything before it is due before a date.
    fn first_period(self, first: Date) -> Option<PeriodSpan> {
        let mut period = self.periods.containing(first).ok()?;
        if !self.may_be_due_later() {
            return Some(period);
        }
        // Due moments do not decrease, so one that is due before settles it.
        while let Ok(before) = self.periods.previous(&period) {
            let settled = match self.of(&before) {
                Ok(Some(occurrence)) => occurrence.day < first,
                // It may have nothing due because it is not its turn.
                Ok(None) => self.rule.from.is_some_and(|from| before.last < from),
                Err(_) => true,
            };
            if settled {
                return Some(before);
            }
            period = before;
        }
        Some(period)
    }

    /// Whether what belongs to a period may be due after it.
    fn may_be_due_later(self) -> bool {
        self.rule.or_next || matches!(self.rule.occasion, Occasion::AfterEnd(_))
    }

    /// What is due for a period, if anything is.
    ///
    /// # Errors
    /// A moment beyond the supported years, or a calendar that is never open.
    pub fn of(self, period: &PeriodSpan) -> Result<Option<Occurrence>, TimeError> {
        if !self.is_its_turn(period)? {
            return Ok(None);
        }
        let occurrence = match self.rule.occasion {
            Occasion::Whole => self.whole(period)?,
            Occasion::On(day) => match self.day(period, day)? {
                Some(day) => Some(self.on(period, day)?),
                None => None,
            },
            Occasion::By(day) => match self.day(period, day)? {
                Some(day) => Some(self.by(period, day)?),
                None => None,
            },
            Occasion::AfterEnd(_) => Some(self.after_end(period)?),
        };
        Ok(occurrence.filter(|occurrence| self.rule.from.is_none_or(|from| from <= occurrence.day)))
    }

    /// `every 2 weeks from 2026-01-05`: the week of that day, and every second one behind it.
    fn is_its_turn(self, period: &PeriodSpan) -> Result<bool, TimeError> {
        let Some(from) = self.rule.from else { return Ok(true) };
        let first = self.periods.containing(from)?;
        if period.first < first.first {
            return Ok(false);
        }
        Ok(self.distance(&first, period) % i64::from(self.rule.every.count.max(1)) == 0)
    }

    /// How many periods lie from one to a later one.
    fn distance(self, from: &PeriodSpan, to: &PeriodSpan) -> i64 {
        let days = super::civil::days_between(from.first, to.first);
        let months = (i64::from(to.first.year) - i64::from(from.first.year)) * 12 + i64::from(to.first.month)
            - i64::from(from.first.month);
        match self.rule.period() {
            Period::Day => days,
            Period::Week => days / 7,
            Period::Month => months,
            Period::Quarter => months / 3,
            Period::Year => months / 12,
        }
    }

    fn whole(self, period: &PeriodSpan) -> Result<Option<Occurrence>, TimeError> {
        let first = Day::of(period.first);
        if self.rule.business && self.clock.hours()?.open_day(first).is_none() {
            return Ok(None);
        }
        if self.rule.period() == Period::Day {
            return self.on(period, first).map(Some);
        }
        let end = period.end(self.clock.zone())?;
        Ok(Some(Occurrence {
            period: period.clone(),
            day: period.last,
            from: self.clock.zone().start_of(first)?,
            due: end,
            until: end.just_before(),
        }))
    }

    fn on(self, period: &PeriodSpan, day: Day) -> Result<Occurrence, TimeError> {
        let zone = self.clock.zone();
        let end = zone.end_of(day)?;
        Ok(Occurrence {
            period: period.clone(),
            day: day.date(),
            from: zone.start_of(day)?,
            due: match self.rule.at {
                Some(time) => self.at(day, time)?,
                None => end,
            },
            until: end.just_before(),
        })
    }

    fn by(self, period: &PeriodSpan, day: Day) -> Result<Occurrence, TimeError> {
        let zone = self.clock.zone();
        let closing = self.clock.hours().ok().and_then(|hours| Some((hours, hours.open_day(day)?.closing)));
        let (due, until) = match (self.rule.at, closing) {
            (Some(time), _) => {
                let due = self.at(day, time)?;
                (due, due)
            }
            (None, Some((hours, closing))) => (closing, still_closed(hours, closing)),
            (None, None) => {
                let end = zone.end_of(day)?;
                (end, end.just_before())
            }
        };
        let from = zone.start_of(Day::of(period.first))?;
        Ok(Occurrence { period: period.clone(), day: day.date(), from, due, until })
    }

    fn after_end(self, period: &PeriodSpan) -> Result<Occurrence, TimeError> {
        let Occasion::AfterEnd(time) = self.rule.occasion else { return Err(TimeError::OutOfRange) };
        let zone = self.clock.zone();
        let (end, last) = (period.end(zone)?, Day::of(period.last));
        let (due, until) = match time.unit {
            Unit::BusinessDays => {
                let hours = self.clock.hours()?;
                let skip = usize::try_from(time.count()).unwrap_or(usize::MAX).saturating_sub(1);
                let day = hours.open_days_after(last).nth(skip).ok_or_else(|| hours.exhausted())?;
                (day.closing, still_closed(hours, day.closing))
            }
            Unit::BusinessHours | Unit::BusinessMinutes => {
                let due = due(end, time, self.clock)?;
                (due, still_closed(self.clock.hours()?, due))
            }
            Unit::Hours | Unit::Minutes => {
                let due = due(end, time, self.clock)?;
                (due, due)
            }
            Unit::CalendarDays | Unit::Weeks | Unit::Months => {
                let due = zone.end_of(super::due::later(last, time)?)?;
                (due, due.just_before())
            }
        };
        Ok(Occurrence { period: period.clone(), day: zone.due_date(due), from: end, due, until })
    }

    fn at(self, day: Day, time: TimeOfDay) -> Result<Instant, TimeError> {
        let seconds = u32::from(time.minutes) * 60;
        self.clock.zone().instant(LocalDateTime { date: day.date(), seconds })
    }

    /// The day of a period that is meant.
    fn day(self, period: &PeriodSpan, which: DayOfPeriod) -> Result<Option<Day>, TimeError> {
        let (first, last) = (Day::of(period.first), Day::of(period.last));
        let hours = self.clock.hours().ok();
        let counts = |day: &Day| match which.of {
            DayKind::Any => true,
            DayKind::Weekday(weekday) => day.weekday() == weekday,
            DayKind::Business => hours.is_some_and(|hours| hours.open_day(*day).is_some()),
        };
        let mut days = Day::range(first, last);
        let day = match which.nth {
            None => days.rev().find(counts),
            Some(nth) => days.by_ref().filter(counts).take(usize::from(nth)).last(),
        };
        match (day, hours) {
            (Some(day), Some(hours)) if self.rule.or_next && hours.open_day(day).is_none() => {
                let next = hours.open_days_after(day).next();
                next.map(|open| Some(open.day)).ok_or_else(|| hours.exhausted())
            }
            (day, _) => Ok(day),
        }
    }
}

/// The last moment behind a closing at which no open time has passed since.
fn still_closed(hours: &OpenHours, closing: Instant) -> Instant {
    hours.next_open(closing).unwrap_or(closing)
}
