//! The lines of a clock: what its table says of one moment, for all moments at once.
//!
//! They mean what their namesakes of [`Table`] mean. A line ends where its values would leave the table.

use rust_decimal::Decimal;

use super::line::{Builder, Line};
use crate::model::{Duration, Unit};
use crate::worktime::civil::Day;
use crate::worktime::due::{earlier, later, seconds};
use crate::worktime::table::{Segment, WorkPiece};
use crate::worktime::{Table, TimeError};

impl Table {
    /// The open seconds from the start of the table to each moment; nothing without a calendar.
    pub fn open_line(&self) -> Option<Line> {
        let mut out = Builder::default();
        for segment in self.segments() {
            out.push(segment.from_s, segment.cum_s, segment.is_open);
        }
        out.line(self.span().to.epoch())
    }

    /// The deadline of what starts at each moment; see [`due`](crate::worktime::due()). `Ok(None)`: the table is too short.
    ///
    /// # Errors
    /// Business time without a calendar; a time that is too long to count.
    pub fn due_line(&self, allowed: Duration) -> Result<Option<Line>, TimeError> {
        self.can_count(allowed)?;
        if allowed.amount <= Decimal::ZERO {
            return Ok(Some(Line::later(self.span(), 0)));
        }
        match allowed.unit {
            Unit::Minutes | Unit::Hours => Ok(Some(Line::later(self.span(), seconds(allowed)?))),
            Unit::BusinessMinutes | Unit::BusinessHours => Ok(self.after_line(seconds(allowed)?)),
            Unit::BusinessDays => Ok(self.steps(0, |segment| {
                let number = segment.bday_base.saturating_add(allowed.count());
                self.open_day(number).ok().map(|day| day.close_s)
            })),
            Unit::CalendarDays | Unit::Weeks | Unit::Months => Ok(self.steps(0, |segment| {
                let day = later(Day::from_number(segment.local_day).ok()?, allowed).ok()?;
                self.local_day(day).ok().map(|row| row.end_s)
            })),
        }
    }

    /// The moment so much time before each moment; see [`before`](crate::worktime::before()).
    ///
    /// # Errors
    /// As [`Table::due_line`].
    pub fn before_line(&self, by: Duration) -> Result<Option<Line>, TimeError> {
        // A moment belongs to the day of the second before it.
        self.back_line(by, 1)
    }

    /// The moment so much time ahead of an event at each moment; see [`ahead`](crate::worktime::ahead()).
    ///
    /// # Errors
    /// As [`Table::due_line`].
    pub fn ahead_line(&self, by: Duration) -> Result<Option<Line>, TimeError> {
        self.back_line(by, 0)
    }

    fn back_line(&self, by: Duration, shift: i64) -> Result<Option<Line>, TimeError> {
        self.can_count(by)?;
        if by.amount <= Decimal::ZERO {
            return Ok(Some(Line::later(self.span(), 0)));
        }
        match by.unit {
            Unit::Minutes | Unit::Hours => Ok(Some(Line::later(self.span(), seconds(by)?.saturating_neg()))),
            Unit::BusinessMinutes | Unit::BusinessHours => Ok(self.until_line(seconds(by)?)),
            Unit::BusinessDays => Ok(self.steps(shift, |segment| {
                let row = self.local_day(Day::from_number(segment.local_day).ok()?).ok()?;
                let number = row.bdays_before.saturating_sub(by.count()).saturating_add(1);
                self.open_day(number).ok().map(|day| day.open_s)
            })),
            Unit::CalendarDays | Unit::Weeks | Unit::Months => Ok(self.steps(shift, |segment| {
                let day = earlier(Day::from_number(segment.local_day).ok()?, by).ok()?;
                self.local_day(day).ok().map(|row| row.start_s)
            })),
        }
    }

    fn can_count(&self, time: Duration) -> Result<(), TimeError> {
        if time.unit.is_business() { self.business() } else { Ok(()) }
    }

    /// A line that stands still in every segment, moved by so many seconds.
    fn steps(&self, shift: i64, value: impl Fn(&Segment) -> Option<i64>) -> Option<Line> {
        let mut out = Builder::default();
        let mut end = self.span().from.epoch();
        // Between two days nothing changes but the open state, which does not matter here.
        let mut known: Option<((i64, i64), Option<i64>)> = None;
        for segment in self.segments() {
            let key = (segment.local_day, segment.bday_base);
            let at = match known {
                Some((same, at)) if same == key => at,
                Some(_) | None => value(segment),
            };
            known = Some((key, at));
            match at {
                Some(at) => out.push(segment.from_s + shift, at, false),
                // At the start the table may be too short for what is counted back, at the end for what is due.
                None if out.is_empty() => {}
                None => break,
            }
            end = segment.to_s + shift;
        }
        out.line(end.min(self.span().to.epoch()))
    }

    /// The earliest moment at which so many open seconds, one or more, have passed.
    fn after_line(&self, seconds: i64) -> Option<Line> {
        self.worked(
            seconds,
            |piece, target| target <= piece.cum_to,
            |piece, target| piece.cum_to - target + 1,
        )
    }

    /// The latest moment from which so many open seconds, one or more, pass until then.
    fn until_line(&self, seconds: i64) -> Option<Line> {
        let back = seconds.saturating_neg();
        self.worked(back, |piece, target| target < piece.cum_to, |piece, target| piece.cum_to - target)
    }

    /// The moment at which the open time is so many seconds more: the first work piece that `reaches` it. Work goes on in
    /// that piece for some more seconds.
    fn worked(
        &self,
        more: i64,
        reaches: impl Fn(&WorkPiece, i64) -> bool,
        seconds_in: impl Fn(&WorkPiece, i64) -> i64,
    ) -> Option<Line> {
        let mut out = Builder::default();
        let mut work = self.work().iter().peekable();
        for segment in self.segments() {
            let (mut at, mut target) = (segment.from_s, segment.cum_s.saturating_add(more));
            while at < segment.to_s {
                if target < 0 {
                    // Not enough open time behind it yet.
                    let left = if segment.is_open { -target } else { segment.to_s - at };
                    (at, target) = (at + left, target + left);
                    continue;
                }
                while work.next_if(|piece| !reaches(piece, target)).is_some() {}
                let Some(piece) = work.peek() else { return out.line(at) };
                out.push(at, piece.from_s + (target - piece.cum_from), segment.is_open);
                let left = if segment.is_open { seconds_in(piece, target) } else { segment.to_s - at };
                (at, target) = (at + left, target + left);
            }
        }
        out.line(self.span().to.epoch())
    }
}
