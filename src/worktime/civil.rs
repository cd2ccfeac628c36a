//! Days of the calendar on the wall: what exists, how days and months are added, ISO weeks, and reading them from text.
//!
//! The Gregorian calendar from 1900-01-01 to 2200-12-31. No zones here. Its arithmetic is `chrono`'s, which is called
//! in this file and, for zones, in `tzdb`.

use chrono::{Datelike, Months, NaiveDate};

use super::TimeError;
use crate::model::{Date, LocalDateTime, TimeOfDay, Weekday};

/// Seconds from one midnight to the next on a wall clock that nobody changes.
pub const DAY_SECONDS: i64 = 86_400;

/// A local day as a number: days since 1970-01-01. Always from 1900-01-01 to 2200-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

impl Day {
    /// 1900-01-01.
    pub const FIRST: Day = Day(-25_567);
    /// 2200-12-31.
    pub const LAST: Day = Day(84_370);

    /// The number of a date. A date that does not exist, which only code that skips [`date`] can make, is read as the
    /// nearest one that does: 30 February is the last day of February.
    pub fn of(date: Date) -> Day {
        let year = i32::from(date.year).clamp(1900, 2200);
        let month = u32::from(date.month).clamp(1, 12);
        let day = u32::from(date.day).clamp(1, 31);
        let nearest = (0..4).find_map(|back| NaiveDate::from_ymd_opt(year, month, day.saturating_sub(back)));
        Day::of_naive(nearest.unwrap_or_default()).unwrap_or(Day::FIRST)
    }

    /// The day with a number.
    pub fn from_number(number: i64) -> Result<Day, TimeError> {
        let day = i32::try_from(number).map(Day).map_err(|_| TimeError::OutOfRange)?;
        if (Day::FIRST..=Day::LAST).contains(&day) { Ok(day) } else { Err(TimeError::OutOfRange) }
    }

    /// Days since 1970-01-01.
    pub fn number(self) -> i64 {
        i64::from(self.0)
    }

    /// The date.
    pub fn date(self) -> Date {
        let naive = self.naive();
        // All three fit, as the year lies between 1900 and 2200.
        Date {
            year: i16::try_from(naive.year()).unwrap_or_default(),
            month: u8::try_from(naive.month()).unwrap_or_default(),
            day: u8::try_from(naive.day()).unwrap_or_default(),
        }
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday.
        match (self.0 + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// So many days later, or earlier if negative.
    pub fn plus(self, days: i64) -> Result<Day, TimeError> {
        Day::from_number(self.number().saturating_add(days))
    }

    /// So many months later, or earlier if negative. A day that the month does not have becomes its last:
    /// one month after 31 January is 28 or 29 February.
    pub fn plus_months(self, months: i64) -> Result<Day, TimeError> {
        let count = u32::try_from(months.unsigned_abs()).map_err(|_| TimeError::OutOfRange)?;
        let moved = if months < 0 {
            self.naive().checked_sub_months(Months::new(count))
        } else {
            self.naive().checked_add_months(Months::new(count))
        };
        moved.and_then(Day::of_naive).ok_or(TimeError::OutOfRange)
    }

    /// The days from `first` to `last`, both included.
    pub(super) fn range(first: Day, last: Day) -> impl DoubleEndedIterator<Item = Day> {
        (first.0..=last.0).map(Day)
    }

    /// Seconds from 1970-01-01 00:00 to the start of this day, on one wall clock.
    pub(super) fn midnight(self) -> i64 {
        self.number() * DAY_SECONDS
    }

    fn of_naive(naive: NaiveDate) -> Option<Day> {
        let number = naive.signed_duration_since(NaiveDate::default()).num_days();
        Day::from_number(number).ok()
    }

    fn naive(self) -> NaiveDate {
        // There is one, as the library's dates reach much further than ours.
        NaiveDate::from_epoch_days(self.0).unwrap_or_default()
    }
}

/// Splits seconds of a wall clock since 1970-01-01 00:00 into the day and the seconds since its midnight.
/// Beyond the supported years it gives the nearest day.
pub(super) fn split(wall: i64) -> (Day, u32) {
    let number = wall.div_euclid(DAY_SECONDS).clamp(Day::FIRST.number(), Day::LAST.number());
    let day = i32::try_from(number).map_or(Day::FIRST, Day);
    (day, u32::try_from(wall.rem_euclid(DAY_SECONDS)).unwrap_or(0))
}

/// The date, if there is one such in the years 1900 to 2200.
pub fn date(year: i16, month: u8, day: u8) -> Option<Date> {
    let naive = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))?;
    Day::of_naive(naive).map(Day::date)
}

/// The day of the week of a date.
pub fn weekday(date: Date) -> Weekday {
    Day::of(date).weekday()
}

/// The date so many days later, or earlier if negative.
pub fn add_days(date: Date, days: i64) -> Result<Date, TimeError> {
    Day::of(date).plus(days).map(Day::date)
}

/// The date so many months later, or earlier if negative; month ends clamp (see [`Day::plus_months`]).
pub fn add_months(date: Date, months: i64) -> Result<Date, TimeError> {
    Day::of(date).plus_months(months).map(Day::date)
}

/// How many days lie from `from` to `to`: 1 from a day to the next, negative backward.
pub fn days_between(from: Date, to: Date) -> i64 {
    Day::of(to).number() - Day::of(from).number()
}

/// The first day of the month in which a date lies.
pub fn first_of_month(date: Date) -> Date {
    Date { day: 1, ..Day::of(date).date() }
}

/// The last day of the month in which a date lies.
pub fn last_of_month(date: Date) -> Date {
    Day::of(Date { day: 31, ..date }).date()
}

/// A week from Monday to Sunday, numbered as ISO 8601 does: week 1 holds the first Thursday of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IsoWeek {
    /// The year the week belongs to, which may differ from the year of some of its days.
    pub year: i32,
    /// 1 to 53.
    pub week: u32,
}

/// The ISO week in which a date lies.
pub fn iso_week(date: Date) -> IsoWeek {
    let week = Day::of(date).naive().iso_week();
    IsoWeek { year: week.year(), week: week.week() }
}

/// Reads `2026-03-06`, and nothing looser.
pub fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    date(digits(year, 4)?, u8::try_from(digits(month, 2)?).ok()?, u8::try_from(digits(day, 2)?).ok()?)
}

/// Reads `09:00` to `24:00`.
pub fn parse_time(text: &str) -> Option<TimeOfDay> {
    let (hour, minute) = text.split_once(':')?;
    TimeOfDay::new(u16::try_from(digits(hour, 2)?).ok()?, u16::try_from(digits(minute, 2)?).ok()?)
}

/// Reads `2026-03-06 17:55` or `2026-03-06 17:55:30`, with a blank or a `T` between day and time; up to `24:00`.
pub fn parse_local(text: &str) -> Option<LocalDateTime> {
    let (day, time) = text.split_once([' ', 'T'])?;
    let (clock, second) = match time.match_indices(':').nth(1) {
        Some((at, _)) => (time.get(..at)?, digits(time.get(at + 1..)?, 2)?),
        None => (time, 0),
    };
    let second = u32::try_from(second).ok().filter(|second| *second < 60)?;
    let seconds = u32::from(parse_time(clock)?.minutes) * 60 + second;
    let in_day = i64::from(seconds) <= DAY_SECONDS;
    in_day.then_some(LocalDateTime { date: parse_date(day)?, seconds })
}

/// A number of exactly so many decimal digits.
fn digits(text: &str, count: usize) -> Option<i16> {
    let plain = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
