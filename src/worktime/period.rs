//! Calendar periods: the days, weeks, months, quarters and years over which agreements are measured.

use super::civil::{Day, add_months, first_of_month, iso_week, last_of_month};
use super::{Instant, Interval, TimeError, TimeZone};
use crate::model::{Date, Period};

/// A way to divide all days into periods of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periods {
    kind: Period,
    /// First month of the fiscal year, 1 to 12.
    starts: u8,
}

/// One period: the days from `first` to `last`, both included.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodSpan {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// Its name: `2026-03-06`, `2026-W10`, `2026-03`, `2026-Q1` or `FY2027-Q1`, `2026` or `FY2027`. A fiscal year that
    /// does not start in January is named after the calendar year in which it ends.
    pub label: String,
}

impl PeriodSpan {
    /// The moments that belong to it in a zone: from the start of its first day to the end of its last.
    pub fn interval(&self, zone: &TimeZone) -> Result<Interval, TimeError> {
        Ok(Interval { from: zone.start_of(Day::of(self.first))?, to: self.end(zone)? })
    }

    /// 24:00 of its last day in a zone.
    pub fn end(&self, zone: &TimeZone) -> Result<Instant, TimeError> {
        zone.end_of(Day::of(self.last))
    }
}

impl Periods {
    /// Periods of a kind. Quarters and years follow a fiscal year that starts on the first of a month, 1 to 12; days,
    /// weeks (ISO weeks, from Monday) and months are the same for everybody.
    pub fn new(kind: Period, fiscal_year_starts: u8) -> Periods {
        Periods { kind, starts: fiscal_year_starts.clamp(1, 12) }
    }

    /// The period in which a date lies; [`TimeError::OutOfRange`] if it is not wholly in the supported years.
    pub fn containing(self, date: Date) -> Result<PeriodSpan, TimeError> {
        let day = Day::of(date);
        let date = day.date();
        match self.kind {
            Period::Day => Ok(PeriodSpan { first: date, last: date, label: date.to_string() }),
            Period::Week => {
                let since_monday = i64::try_from(day.weekday().index()).unwrap_or(0);
                let (monday, week) = (day.plus(-since_monday)?, iso_week(date));
                let label = format!("{:04}-W{:02}", week.year, week.week);
                Ok(PeriodSpan { first: monday.date(), last: monday.plus(6)?.date(), label })
            }
            Period::Month => {
                let label = format!("{:04}-{:02}", date.year, date.month);
                Ok(PeriodSpan { first: first_of_month(date), last: last_of_month(date), label })
            }
            Period::Quarter => {
                let into_year = self.months_into_year(date);
                let label = format!("{}-Q{}", self.year_label(date), into_year / 3 + 1);
                Self::months(date, into_year % 3, 3, label)
            }
            Period::Year => Self::months(date, self.months_into_year(date), 12, self.year_label(date)),
        }
    }

    /// The period that has a label.
    pub fn labelled(self, label: &str) -> Option<PeriodSpan> {
        let digits = label.strip_prefix("FY").unwrap_or(label).get(..4)?;
        let year: i16 = digits.parse().ok()?;
        // A fiscal year may begin in the year before, and an ISO week lie in the year behind.
        let first = Date { year: year.checked_sub(1)?, month: 1, day: 1 };
        let last = Date { year: year.checked_add(1)?, month: 12, day: 31 };
        self.between(first, last).ok()?.into_iter().find(|period| period.label == label)
    }

    /// The period after one.
    pub fn next(self, period: &PeriodSpan) -> Result<PeriodSpan, TimeError> {
        self.containing(Day::of(period.last).plus(1)?.date())
    }

    /// The period before one.
    pub fn previous(self, period: &PeriodSpan) -> Result<PeriodSpan, TimeError> {
        self.containing(Day::of(period.first).plus(-1)?.date())
    }

    /// Every period that has a day from `first` to `last`, in order; none if `last` is the earlier one.
    pub fn between(self, first: Date, last: Date) -> Result<Vec<PeriodSpan>, TimeError> {
        let mut out = Vec::new();
        let mut at = first;
        while at <= last {
            let period = self.containing(at)?;
            let next = Day::of(period.last).plus(1);
            out.push(period);
            match next {
                Ok(day) => at = day.date(),
                // The last of the supported days has no next one, and nothing lies behind it.
                Err(_) => break,
            }
        }
        Ok(out)
    }

    /// `count` months, of which `before` lie before the month of `date`.
    fn months(date: Date, before: u8, count: i64, label: String) -> Result<PeriodSpan, TimeError> {
        let first = add_months(first_of_month(date), -i64::from(before))?;
        Ok(PeriodSpan { first, last: last_of_month(add_months(first, count - 1)?), label })
    }

    /// Whole months from the start of the fiscal year to the month of a date, 0 to 11.
    fn months_into_year(self, date: Date) -> u8 {
        (date.month + 12 - self.starts) % 12
    }

    fn year_label(self, date: Date) -> String {
        if self.starts == 1 {
            return format!("{:04}", date.year);
        }
        let ends_next_year = date.month >= self.starts;
        format!("FY{:04}", date.year + i16::from(ends_next_year))
    }
}
