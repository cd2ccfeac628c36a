//! What is due again and again, and when.

use super::{
    Cadence, Channel, Date, Duration, Field, Id, Period, Predicate, Record, Slot, TimeOfDay, Weekday,
};
use crate::source::Span;

/// `hold "pipeline review" every week on monday at 10:00 via weekly_sync`: a duty that is about no record.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurring {
    /// What is held, sent or made, in words.
    pub object: Option<String>,
    /// When it is due.
    pub recurrence: Slot<Recurrence>,
    /// Where.
    pub via: Option<Slot<Id<Channel>>>,
    /// Where it shows that it was done. `None`: nowhere, so that nobody can count it.
    pub evidence: Option<Evidence>,
}

/// `recorded in meeting at held_on where kind = review`: each such row shows that something was done once.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The record.
    pub record: Slot<Id<Record>>,
    /// Its field that says when: a date or a moment.
    pub at: Slot<Id<Field>>,
    /// Which rows; `None` is every one.
    pub condition: Option<Predicate>,
    /// The clause.
    pub span: Span,
}

/// A rule that gives one occurrence in each of some periods. What it means is `worktime::occurrence`'s.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recurrence {
    /// The periods: every one, or every so-many-th from [`Recurrence::from`] on.
    pub every: Cadence,
    /// `every business day`: days on which the calendar is closed have no occurrence.
    pub business: bool,
    /// Where in the period it is due.
    pub occasion: Occasion,
    /// `at 10:00`.
    pub at: Option<TimeOfDay>,
    /// `or the next business day`: where the calendar is closed that day.
    pub or_next: bool,
    /// `from 2026-01-05`: nothing is due before it, and its period is the first one.
    pub from: Option<Date>,
    /// The words.
    pub span: Span,
}

impl Recurrence {
    /// Whether it asks which days are business days.
    pub fn needs_calendar(&self) -> bool {
        let counts = |day: &DayOfPeriod| day.of == DayKind::Business;
        self.business
            || self.or_next
            || match &self.occasion {
                Occasion::On(day) | Occasion::By(day) => counts(day),
                Occasion::AfterEnd(time) => time.unit.is_business(),
                Occasion::Whole => false,
            }
    }

    /// The period that each occurrence is of.
    pub fn period(&self) -> Period {
        self.every.period
    }
}

/// Where in its period something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// At any time of the period.
    Whole,
    /// `on monday`: on that day.
    On(DayOfPeriod),
    /// `by the 2nd business day`: from the start of the period to the end of that day.
    By(DayOfPeriod),
    /// `within 10 business days of its end`.
    AfterEnd(Duration),
}

/// A day of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayOfPeriod {
    /// Which of them, from 1; `None` is the last. Where there are fewer, it is the last too.
    pub nth: Option<u16>,
    /// Of which days.
    pub of: DayKind,
}

/// Which days of a period are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// Every one.
    Any,
    /// Those on which the calendar is open.
    Business,
    /// One of each week.
    Weekday(Weekday),
}

impl std::fmt::Display for Recurrence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.business {
            f.write_str("every business day")?;
        } else {
            write!(f, "{}", self.every)?;
        }
        match &self.occasion {
            Occasion::Whole => {}
            Occasion::On(day) => write!(f, " on {}", day.words(self.period()))?,
            Occasion::By(day) => write!(f, " by {}", day.words(self.period()))?,
            Occasion::AfterEnd(time) => write!(f, " within {time} of its end")?,
        }
        if let Some(at) = self.at {
            write!(f, " at {at}")?;
        }
        if self.or_next {
            f.write_str(" or the next business day")?;
        }
        match self.from {
            Some(from) => write!(f, " from {from}"),
            None => Ok(()),
        }
    }
}

impl DayOfPeriod {
    /// `Monday`, `day 15`, `the 2nd business day`.
    fn words(&self, period: Period) -> String {
        let kind = match self.of {
            DayKind::Weekday(day) if period == Period::Week => return day.name().to_owned(),
            DayKind::Any => "day",
            DayKind::Business => "business day",
            DayKind::Weekday(day) => day.name(),
        };
        match self.nth {
            None => format!("the last {kind}"),
            Some(nth) if self.of == DayKind::Any => format!("day {nth}"),
            Some(nth) => format!("the {} {kind}", super::words::ordinal(nth)),
        }
    }
}
