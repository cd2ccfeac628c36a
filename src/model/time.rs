//! Dates, times of day, durations and periods as an agreement states them. What they *mean* is `worktime`'s.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// A day of the Gregorian calendar, valid by construction (see `worktime::civil`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, 1900 to 2200.
    pub year: i16,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A time of day in whole minutes since midnight. `24:00`, the end of the day, is 1440.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    /// Minutes since midnight, 0 to 1440.
    pub minutes: u16,
}

impl TimeOfDay {
    /// 00:00.
    pub const START: TimeOfDay = TimeOfDay { minutes: 0 };
    /// 24:00.
    pub const END: TimeOfDay = TimeOfDay { minutes: 1440 };

    /// The time, if there is one such: `24:00` is, `24:01` is not.
    pub fn new(hour: u16, minute: u16) -> Option<TimeOfDay> {
        let minutes = hour.checked_mul(60)?.checked_add(minute)?;
        (minute < 60 && minutes <= 1440).then_some(TimeOfDay { minutes })
    }
}

impl std::fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

/// A moment on a wall clock, in a zone that the context gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    /// The day.
    pub date: Date,
    /// Seconds since midnight, 0 to 86,400.
    pub seconds: u32,
}

impl std::fmt::Display for LocalDateTime {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (h, m, s) = (self.seconds / 3600, self.seconds / 60 % 60, self.seconds % 60);
        write!(f, "{} {h:02}:{m:02}", self.date)?;
        if s > 0 { write!(f, ":{s:02}") } else { Ok(()) }
    }
}

/// An IANA time zone, by a name that is known to exist.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zone(pub String);

impl std::fmt::Display for Zone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// Days since Monday, 0 to 6.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The full English name.
    pub fn name(self) -> &'static str {
        match self {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }
}

/// The unit of a [`Duration`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// Wall-clock minutes.
    Minutes,
    /// Wall-clock hours.
    Hours,
    /// Minutes while the calendar is open.
    BusinessMinutes,
    /// Hours while the calendar is open.
    BusinessHours,
    /// Open days.
    BusinessDays,
    /// Local days.
    CalendarDays,
    /// Seven local days.
    Weeks,
    /// Calendar months; month ends clamp.
    Months,
}

impl Unit {
    /// The words for `n` of it, without the number: `business hour` or `business hours`.
    pub fn words(self, singular: Plurality) -> &'static str {
        match (self, singular) {
            (Unit::Minutes, Plurality::One) => "minute",
            (Unit::Minutes, Plurality::Many) => "minutes",
            (Unit::Hours, Plurality::One) => "hour",
            (Unit::Hours, Plurality::Many) => "hours",
            (Unit::BusinessMinutes, Plurality::One) => "business minute",
            (Unit::BusinessMinutes, Plurality::Many) => "business minutes",
            (Unit::BusinessHours, Plurality::One) => "business hour",
            (Unit::BusinessHours, Plurality::Many) => "business hours",
            (Unit::BusinessDays, Plurality::One) => "business day",
            (Unit::BusinessDays, Plurality::Many) => "business days",
            (Unit::CalendarDays, Plurality::One) => "calendar day",
            (Unit::CalendarDays, Plurality::Many) => "calendar days",
            (Unit::Weeks, Plurality::One) => "week",
            (Unit::Weeks, Plurality::Many) => "weeks",
            (Unit::Months, Plurality::One) => "month",
            (Unit::Months, Plurality::Many) => "months",
        }
    }

    /// True for units that only run while a calendar is open.
    pub fn is_business(self) -> bool {
        matches!(self, Unit::BusinessMinutes | Unit::BusinessHours | Unit::BusinessDays)
    }

    /// Seconds in one, for units that are a fixed number of seconds of their clock.
    pub fn seconds(self) -> Option<u32> {
        match self {
            Unit::Minutes | Unit::BusinessMinutes => Some(60),
            Unit::Hours | Unit::BusinessHours => Some(3600),
            Unit::BusinessDays | Unit::CalendarDays | Unit::Weeks | Unit::Months => None,
        }
    }
}

/// Whether a noun stands for one thing or for several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Plurality {
    One,
    Many,
}

impl Plurality {
    /// `One` for exactly 1.
    pub fn of(amount: Decimal) -> Plurality {
        if amount == Decimal::ONE { Plurality::One } else { Plurality::Many }
    }
}

/// An amount of time as an agreement states it, such as `4 business hours`.
///
/// Positive. Minutes and hours come to whole seconds (`1.5 hours` is fine); days, weeks and months are whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    /// How many.
    pub amount: Decimal,
    /// Of what.
    pub unit: Unit,
}

impl Duration {
    /// Seconds of its clock, for minutes and hours of either kind; `None` also if they are too many to count.
    pub fn seconds(self) -> Option<i64> {
        let unit = self.unit.seconds()?;
        self.amount.checked_mul(Decimal::from(unit))?.to_i64()
    }

    /// The whole number of days, weeks or months.
    pub fn count(self) -> i64 {
        self.amount.to_i64().unwrap_or(i64::MAX)
    }
}

impl std::fmt::Display for Duration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.amount.normalize(), self.unit.words(Plurality::of(self.amount)))
    }
}

/// A calendar period, in the agreement's zone. Weeks are ISO weeks; quarters and years follow the fiscal year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Period {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Period {
    /// `month` for one, `months` for several.
    pub fn words(self, plurality: Plurality) -> &'static str {
        match (self, plurality) {
            (Period::Day, Plurality::One) => "day",
            (Period::Day, Plurality::Many) => "days",
            (Period::Week, Plurality::One) => "week",
            (Period::Week, Plurality::Many) => "weeks",
            (Period::Month, Plurality::One) => "month",
            (Period::Month, Plurality::Many) => "months",
            (Period::Quarter, Plurality::One) => "quarter",
            (Period::Quarter, Plurality::Many) => "quarters",
            (Period::Year, Plurality::One) => "year",
            (Period::Year, Plurality::Many) => "years",
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words(Plurality::One))
    }
}

/// How often something happens: `every quarter`, `every 2 weeks`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cadence {
    /// How many periods lie between two occurrences; at least 1.
    pub count: u32,
    /// Which period.
    pub period: Period,
}

impl std::fmt::Display for Cadence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.count {
            1 => write!(f, "every {}", self.period),
            n => write!(f, "every {n} {}", self.period.words(Plurality::Many)),
        }
    }
}
