//! Elapsed time as formulas. Minutes and hours, and days between dates, are exact; a calendar day, week or month after a
//! moment ends between two bounds, whatever the zone does to its clocks.

use super::formula::Formula;
use super::values::Point;
use super::variables::{Variable, What, days, moments};
use super::{Space, comparison};
use crate::model::{Duration, Field, FieldType, Id, Unit};
use crate::worktime::civil::DAY_SECONDS;

const DAY: i128 = DAY_SECONDS as i128;
/// No zone moves its clocks further than this, not even one that changes to the other side of the date line.
const ZONE: i128 = 26 * 3600;
/// The seconds by which the local day of a moment may be away from the day of UTC.
const MONTHS_DOUBT: i128 = 5;
const DOUBT: &str = "months and days on the calendar are not all of one length";

/// The end of a time lies between so much and so much after its start, both included.
#[derive(Debug, Clone, Copy)]
struct End {
    early: i128,
    late: i128,
}

impl Space<'_> {
    /// Whether a field holds a day, and not a moment.
    pub(super) fn is_day(&self, field: Id<Field>) -> bool {
        self.field(field).ty == FieldType::Date
    }

    /// The present day or moment.
    pub(super) fn present(&mut self, day: bool) -> Variable {
        let what = if day { What::Today } else { What::Now };
        if let Some(known) = self.variables.get(&what) {
            return known;
        }
        let variable = self.variables.add(what, if day { days() } else { moments() }, 1);
        let usual = if day {
            self.zone.as_ref().map(|zone| i128::from(zone.day(self.now).number()))
        } else {
            Some(i128::from(self.now.epoch()))
        };
        self.variables.info_mut(variable).usual = usual.map(Point::Number).into_iter().collect();
        self.join_present();
        variable
    }

    /// The present day is the one of the present moment, somewhere on earth.
    fn join_present(&mut self) {
        let (Some(today), Some(now)) = (self.variables.get(&What::Today), self.variables.get(&What::Now))
        else {
            return;
        };
        let after = self.at_most(vec![(today, DAY), (now, -1)], ZONE);
        let before = self.at_most(vec![(now, 1), (today, -DAY)], DAY + ZONE);
        for variable in [today, now] {
            self.fact(variable, after);
            self.fact(variable, before);
        }
    }

    /// A time that began at a day or moment is used up by now.
    pub(super) fn older(&mut self, from: Variable, day: bool, duration: Duration) -> Formula {
        let Some(end) = self.end(day, duration) else { return self.not_counted() };
        let present = self.present(day);
        let since = |bound: i128| (vec![(from, 1), (present, -1)], -bound - 1);
        let (surely, perhaps) = (since(end.late), since(end.early));
        let surely = self.at_most(surely.0, surely.1);
        let perhaps = self.at_most(perhaps.0, perhaps.1);
        self.roughly(surely, perhaps, format!("{from:?} older than {duration}"), DOUBT)
    }

    /// A day or moment is not before another, and not after a time that began at that one is used up.
    pub(super) fn soon(&mut self, from: Variable, to: Variable, day: bool, duration: Duration) -> Formula {
        if from == to {
            return self.is_filled(from);
        }
        let Some(end) = self.end(day, duration) else { return self.not_counted() };
        let not_before = self.at_most(vec![(from, 1), (to, -1)], 0);
        let surely = self.at_most(vec![(to, 1), (from, -1)], end.early);
        let perhaps = self.at_most(vec![(to, 1), (from, -1)], end.late);
        let in_time = self.roughly(surely, perhaps, format!("{to:?} within {duration} of {from:?}"), DOUBT);
        self.all([not_before, in_time])
    }

    fn not_counted(&mut self) -> Formula {
        let reason =
            if self.zone.is_none() { comparison::NO_ZONE } else { "a time in it is too long to be counted" };
        self.open(reason.into())
    }

    /// When a time ends, counted from its start. `None`: it cannot be counted.
    pub(super) fn bounds_of_time(&self, day: bool, duration: Duration) -> Option<(i128, i128)> {
        self.end(day, duration).map(|end| (end.early, end.late))
    }

    fn end(&self, day: bool, duration: Duration) -> Option<End> {
        let exactly = |end: i128| Some(End { early: end, late: end });
        self.zone.as_ref()?;
        let count = i128::from(duration.count());
        // Longer times end beyond the years that are known.
        if count.abs() > 1_000_000 {
            return None;
        }
        let in_days = match duration.unit {
            Unit::Minutes | Unit::Hours if !day => return exactly(i128::from(duration.seconds()?.max(0))),
            Unit::CalendarDays => End { early: count, late: count },
            Unit::Weeks => End { early: 7 * count, late: 7 * count },
            Unit::Months => {
                // 30.4369 days in the long run.
                let mean = count * 304_369 / 10_000;
                End { early: (mean - MONTHS_DOUBT).max(28 * count.min(1)), late: mean + MONTHS_DOUBT }
            }
            _ => return None,
        };
        if day {
            return Some(in_days);
        }
        if count <= 0 {
            return exactly(0);
        }
        Some(End { early: (in_days.early * DAY - ZONE).max(0), late: (in_days.late + 1) * DAY + ZONE })
    }
}
