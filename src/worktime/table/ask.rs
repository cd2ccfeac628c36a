//! Questions to a table, answered by binary search. They mean what their namesakes in `due` and `hours` mean; an answer
//! that lies outside the span is [`TimeError::OutsideTable`].

use rust_decimal::Decimal;

use super::{Kind, LocalDayRow, OpenDayRow, Segment, Table, WorkPiece};
use crate::model::{Duration, LocalDateTime, Unit};
use crate::worktime::civil::{DAY_SECONDS, Day};
use crate::worktime::due::{earlier, later, seconds};
use crate::worktime::{Instant, TimeError};

impl Table {
    /// True if the calendar is open at a moment.
    pub fn is_open(&self, instant: Instant) -> Result<bool, TimeError> {
        self.segment(instant).map(|segment| segment.is_open)
    }

    /// Open seconds from one moment to another; negative if `to` is the earlier one.
    pub fn open_seconds(&self, from: Instant, to: Instant) -> Result<i64, TimeError> {
        self.business()?;
        Ok(self.cumulated(to)? - self.cumulated(from)?)
    }

    /// The local day a moment lies in.
    pub fn day(&self, instant: Instant) -> Result<Day, TimeError> {
        Day::from_number(self.segment(instant)?.local_day)
    }

    /// The first moment at which the wall clock shows a time or a later one.
    pub fn instant(&self, local: LocalDateTime) -> Result<Instant, TimeError> {
        let wall = Day::of(local.date).midnight() + i64::from(local.seconds).min(DAY_SECONDS);
        let next = self.wall.partition_point(|piece| piece.wall_from_s <= wall);
        let piece =
            next.checked_sub(1).and_then(|at| self.wall.get(at)).filter(|piece| wall < piece.wall_to_s);
        let piece = piece.ok_or(TimeError::OutsideTable)?;
        Instant::from_epoch(piece.utc_s + piece.runs * (wall - piece.wall_from_s))
    }

    /// The deadline of what starts at a moment and is allowed a time; see [`due`](crate::worktime::due()).
    pub fn due(&self, start: Instant, allowed: Duration) -> Result<Instant, TimeError> {
        if allowed.amount <= Decimal::ZERO {
            return Ok(start);
        }
        match allowed.unit {
            Unit::Minutes | Unit::Hours => start.plus(seconds(allowed)?),
            Unit::BusinessMinutes | Unit::BusinessHours => self.after(start, seconds(allowed)?),
            Unit::BusinessDays => {
                self.business()?;
                let base = self.segment(start)?.bday_base;
                self.open_day(base.saturating_add(allowed.count()))
                    .and_then(|day| Instant::from_epoch(day.close_s))
            }
            Unit::CalendarDays | Unit::Weeks | Unit::Months => {
                let day = later(self.day(start)?, allowed)?;
                self.local_day(day).and_then(|row| Instant::from_epoch(row.end_s))
            }
        }
    }

    /// The moment that lies so much time before another; see [`before`](crate::worktime::before()).
    pub fn before(&self, anchor: Instant, by: Duration) -> Result<Instant, TimeError> {
        if by.amount <= Decimal::ZERO {
            return Ok(anchor);
        }
        match by.unit {
            Unit::Minutes | Unit::Hours => anchor.minus(seconds(by)?),
            Unit::BusinessMinutes | Unit::BusinessHours => self.until(anchor, seconds(by)?),
            Unit::BusinessDays => {
                self.business()?;
                let row = self.local_day(self.day(anchor.just_before())?)?;
                let number = row.bdays_before.saturating_sub(by.count()).saturating_add(1);
                self.open_day(number).and_then(|day| Instant::from_epoch(day.open_s))
            }
            Unit::CalendarDays | Unit::Weeks | Unit::Months => {
                let day = earlier(self.day(anchor.just_before())?, by)?;
                self.local_day(day).and_then(|row| Instant::from_epoch(row.start_s))
            }
        }
    }

    /// The earliest moment from `from` on at which so many open seconds have passed since; `from` itself for none.
    pub fn after(&self, from: Instant, seconds: i64) -> Result<Instant, TimeError> {
        self.business()?;
        let cum = self.cumulated(from)?;
        if seconds <= 0 {
            return Ok(from);
        }
        let target = cum.saturating_add(seconds);
        let at = self.work.partition_point(|piece| piece.cum_to < target);
        self.work_piece(at, target)
    }

    /// The latest moment up to `to` from which so many open seconds pass until then; `to` itself for none.
    pub fn until(&self, to: Instant, seconds: i64) -> Result<Instant, TimeError> {
        self.business()?;
        let cum = self.cumulated(to)?;
        if seconds <= 0 {
            return Ok(to);
        }
        let target = cum.saturating_sub(seconds);
        let next = self.work.partition_point(|piece| piece.cum_from <= target);
        next.checked_sub(1).ok_or(TimeError::OutsideTable).and_then(|at| self.work_piece(at, target))
    }

    /// Open seconds from the start of the span to a moment.
    fn cumulated(&self, instant: Instant) -> Result<i64, TimeError> {
        let segment = self.segment(instant)?;
        let open = if segment.is_open { instant.epoch() - segment.from_s } else { 0 };
        Ok(segment.cum_s + open)
    }

    fn work_piece(&self, at: usize, target: i64) -> Result<Instant, TimeError> {
        let piece: &WorkPiece = self.work.get(at).ok_or(TimeError::OutsideTable)?;
        Instant::from_epoch(piece.from_s + (target - piece.cum_from))
    }

    fn segment(&self, instant: Instant) -> Result<&Segment, TimeError> {
        let next = self.segments.partition_point(|segment| segment.from_s <= instant.epoch());
        let segment = next.checked_sub(1).and_then(|at| self.segments.get(at));
        segment.filter(|segment| instant.epoch() < segment.to_s).ok_or(TimeError::OutsideTable)
    }

    pub(in crate::worktime) fn open_day(&self, number: i64) -> Result<&OpenDayRow, TimeError> {
        let at = usize::try_from(number.saturating_sub(1)).ok();
        at.and_then(|at| self.open_days.get(at)).ok_or(TimeError::OutsideTable)
    }

    pub(in crate::worktime) fn local_day(&self, day: Day) -> Result<&LocalDayRow, TimeError> {
        let first = self.local_days.first().map_or(0, |row| row.local_day);
        let at = usize::try_from(day.number() - first).ok();
        at.and_then(|at| self.local_days.get(at)).ok_or(TimeError::OutsideTable)
    }

    pub(in crate::worktime) fn business(&self) -> Result<(), TimeError> {
        match self.kind {
            Kind::ZoneAlone => Err(TimeError::NoCalendar),
            Kind::Calendar => Ok(()),
        }
    }
}
