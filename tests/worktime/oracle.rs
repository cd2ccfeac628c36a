//! A second opinion: looks at the wall clock minute by minute, and knows no intervals, no offsets and no calendar
//! arithmetic. Offsets must be whole minutes, which they are in all zones used here.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, NaiveDate, Timelike};
use clausal::model::{Calendar, Date, Unit};
use clausal::worktime::{Clock, Day, Instant, Interval, OpenHours, ahead, before, due};
use proptest::prelude::*;

use crate::fixtures::{duration, open, place, setting, week_of};

/// What the wall clock shows during one minute of UTC.
struct Minute {
    shown: NaiveDate,
    /// Minutes since midnight.
    time: u16,
    is_open: bool,
    /// The latest date that was shown up to here: the local day.
    day: NaiveDate,
}

/// Every minute from some days before a day to some days after it.
pub struct Oracle {
    start: i64,
    minutes: Vec<Minute>,
    cutoff: Option<u16>,
}

/// By the date shown: the first open second and the end of the last one.
type OpenDays = BTreeMap<NaiveDate, (i64, i64)>;

impl Oracle {
    pub fn new(calendar: &Calendar, near: Day, days: i64) -> Oracle {
        let tz = crate::zones::database(&calendar.zone.get().unwrap().0);
        let start = (near.number() - days) * 86_400;
        let mut day = NaiveDate::MIN;
        let minutes = (0..2 * days * 1440).map(|n| {
            let epoch = start + n * 60;
            let offset = tz.to_offset(jiff::Timestamp::from_second(epoch).unwrap()).seconds();
            let local = DateTime::from_timestamp(epoch + i64::from(offset), 0).unwrap().naive_utc();
            let shown = local.date();
            let time = u16::try_from(local.hour() * 60 + local.minute()).unwrap();
            day = day.max(shown);
            Minute { shown, time, is_open: is_open(calendar, shown, time), day }
        });
        Oracle { start, minutes: minutes.collect(), cutoff: calendar.cutoff.map(|time| time.minutes) }
    }

    /// The minutes all or part of which lie in an interval, each with its first and last second there.
    fn steps(&self, from: i64, to: i64) -> impl DoubleEndedIterator<Item = (i64, i64, &Minute)> {
        let index = |epoch: i64| usize::try_from((epoch - self.start).div_euclid(60)).unwrap();
        let last = if to > from { index(to - 1) + 1 } else { index(from) };
        let first = index(from);
        self.minutes[first..last].iter().enumerate().map(move |(n, minute)| {
            let begins = self.start + i64::try_from(first + n).unwrap() * 60;
            (begins.max(from), (begins + 60).min(to), minute)
        })
    }

    fn end(&self) -> i64 {
        self.start + i64::try_from(self.minutes.len()).unwrap() * 60
    }

    fn open_seconds(&self, from: i64, to: i64) -> i64 {
        if to < from {
            return -self.open_seconds(to, from);
        }
        self.steps(from, to).filter(|(_, _, minute)| minute.is_open).map(|(a, b, _)| b - a).sum()
    }

    fn is_open(&self, epoch: i64) -> bool {
        self.steps(epoch, epoch + 1).next().unwrap().2.is_open
    }

    fn day(&self, epoch: i64) -> NaiveDate {
        self.steps(epoch, epoch + 1).next().unwrap().2.day
    }

    /// The earliest moment with so many open seconds behind it.
    fn after(&self, from: i64, seconds: i64) -> Option<i64> {
        let mut left = seconds;
        for (a, b, _) in self.steps(from, self.end()).filter(|(_, _, minute)| minute.is_open) {
            if b - a >= left {
                return Some(a + left);
            }
            left -= b - a;
        }
        None
    }

    /// The latest moment with so many open seconds before `to`.
    fn before(&self, to: i64, seconds: i64) -> Option<i64> {
        let mut left = seconds;
        for (a, b, _) in self.steps(self.start, to).rev().filter(|(_, _, minute)| minute.is_open) {
            if b - a >= left {
                return Some(b - left);
            }
            left -= b - a;
        }
        None
    }

    fn open_days(&self) -> OpenDays {
        let mut out = OpenDays::new();
        for (a, b, minute) in self.steps(self.start, self.end()).filter(|(_, _, minute)| minute.is_open) {
            out.entry(minute.shown).and_modify(|(_, last)| *last = b).or_insert((a, b));
        }
        out
    }

    /// True if the clock has shown a time after the cut-off on a date, up to a moment.
    fn has_passed_cut_off(&self, date: NaiveDate, epoch: i64) -> bool {
        let cutoff = self.cutoff.unwrap();
        self.steps(self.start, epoch + 1).any(|(a, b, minute)| {
            let later = minute.time > cutoff || minute.time == cutoff && b - a > 1;
            minute.shown == date && later
        })
    }

    /// The closing of the n-th open day after the day an event counts as.
    fn business_days(&self, open: &OpenDays, event: i64, n: usize) -> Option<i64> {
        let today = self.day(event);
        let in_time = || open.contains_key(&today) && !self.has_passed_cut_off(today, event);
        let counts_as = if self.cutoff.is_none() || in_time() {
            today
        } else {
            *open.range(today.succ_opt().unwrap()..).next()?.0
        };
        open.range(counts_as.succ_opt().unwrap()..).nth(n - 1).map(|(_, (_, close))| *close)
    }

    /// The opening of the n-th open day before a day.
    fn business_days_before(open: &OpenDays, day: NaiveDate, n: usize) -> Option<i64> {
        open.range(..day).nth_back(n - 1).map(|(_, (first, _))| *first)
    }

    /// The first moment of a local day, or of the next that exists.
    fn start_of(&self, day: NaiveDate) -> Option<i64> {
        let at = self.minutes.partition_point(|minute| minute.day < day);
        (at < self.minutes.len()).then(|| self.start + i64::try_from(at).unwrap() * 60)
    }

    /// Open minutes by the date shown.
    fn open_minutes(&self) -> BTreeMap<i64, i64> {
        let mut out = BTreeMap::new();
        for minute in self.minutes.iter().filter(|minute| minute.is_open) {
            *out.entry(number(minute.shown)).or_default() += 1;
        }
        out
    }
}

/// The hours of a date, straight from the model.
fn is_open(calendar: &Calendar, on: NaiveDate, minute: u16) -> bool {
    let date = Date {
        year: i16::try_from(on.year()).unwrap(),
        month: u8::try_from(on.month()).unwrap(),
        day: u8::try_from(on.day()).unwrap(),
    };
    let exception = calendar.exceptions.iter().find(|exception| exception.date == date);
    let closed = calendar.closures.iter().any(|closure| closure.from <= date && date <= closure.to);
    let weekday = usize::try_from(on.weekday().num_days_from_monday()).unwrap();
    let hours = match exception {
        Some(exception) => &exception.hours[..],
        None if closed => &[],
        None => &week_of(calendar, date)[weekday][..],
    };
    hours.iter().any(|window| window.open.minutes <= minute && minute < window.close.minutes)
}

fn number(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

/// Days looked at on either side, and days from which moments are taken.
const AROUND: i64 = 30;
const MOMENTS: i64 = 5;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn open_time_is_what_the_wall_clock_says((calendar, near, moments) in setting(place(), MOMENTS)) {
        let (oracle, hours) = (Oracle::new(&calendar, near, AROUND), open(&calendar));
        for from in &moments {
            prop_assert_eq!(hours.is_open(*from), oracle.is_open(from.epoch()), "is {} open", from);
            prop_assert_eq!(hours.zone().day(*from).number(), number(oracle.day(from.epoch())), "day of {}", from);
            for to in &moments {
                let expected = oracle.open_seconds(from.epoch(), to.epoch());
                prop_assert_eq!(hours.open_seconds(*from, *to), expected, "open from {} to {}", from, to);
            }
        }
    }

    #[test]
    fn open_days_are_what_the_wall_clock_says((calendar, near, _) in setting(place(), MOMENTS)) {
        let (oracle, hours) = (Oracle::new(&calendar, near, AROUND), open(&calendar));
        let (days, counted) = (oracle.open_days(), oracle.open_minutes());
        // Up to the last day but two, which the oracle surely sees whole.
        for shift in 2 - AROUND..AROUND - 2 {
            let day = near.plus(shift).unwrap();
            let seen = days.iter().find(|(date, _)| number(**date) == day.number()).map(|(_, edges)| *edges);
            let got = hours.open_day(day).map(|open| (open.opening.epoch(), open.closing.epoch()));
            prop_assert_eq!(got, seen, "{}", day.date());
            let total: i64 = hours.open_on(day.date()).into_iter().map(Interval::seconds).sum();
            prop_assert_eq!(total, counted.get(&day.number()).map_or(0, |n| n * 60), "{}", day.date());
        }
    }

    #[test]
    fn business_hours_end_when_the_oracle_says(
        (calendar, near, moments) in setting(place(), MOMENTS),
        minutes in prop::collection::vec(1_i64..3000, 4),
    ) {
        let (oracle, hours) = (Oracle::new(&calendar, near, AROUND), open(&calendar));
        for (from, n) in moments.iter().zip(minutes.iter().cycle()) {
            let allowed = duration(*n, Unit::BusinessMinutes);
            if let Some(expected) = oracle.after(from.epoch(), n * 60) {
                let got = due(*from, allowed, Clock::Business(&hours)).map(Instant::epoch);
                prop_assert_eq!(got, Ok(expected), "{} from {}", allowed, from);
            }
            if let Some(expected) = oracle.before(from.epoch(), n * 60) {
                let got = before(*from, allowed, Clock::Business(&hours)).map(Instant::epoch);
                prop_assert_eq!(got, Ok(expected), "{} before {}", allowed, from);
                let got = ahead(*from, allowed, Clock::Business(&hours)).map(Instant::epoch);
                prop_assert_eq!(got, Ok(expected), "{} ahead of {}", allowed, from);
            }
            let odd = n * 60 - 23;
            if let Some(expected) = oracle.after(from.epoch(), odd) {
                prop_assert_eq!(hours.after(*from, odd).map(Instant::epoch), Ok(expected), "{} after {}", odd, from);
            }
        }
    }

    #[test]
    fn business_days_end_when_the_oracle_says((calendar, near, moments) in setting(place(), MOMENTS), n in 1_usize..7) {
        let (oracle, hours) = (Oracle::new(&calendar, near, AROUND), open(&calendar));
        let days = oracle.open_days();
        let allowed = duration(i64::try_from(n).unwrap(), Unit::BusinessDays);
        for from in moments {
            // A deadline on the last two days, or none at all, is one that the oracle may not see whole.
            let last = oracle.end() - 2 * 86_400;
            if let Some(expected) = oracle.business_days(&days, from.epoch(), n).filter(|end| *end < last) {
                let got = due(from, allowed, Clock::Business(&hours)).map(Instant::epoch);
                prop_assert_eq!(got, Ok(expected), "{} from {}", allowed, from);
            }
            let first = oracle.start + 2 * 86_400;
            let counted_back = |day| Oracle::business_days_before(&days, day, n).filter(|at| first < *at);
            if let Some(expected) = counted_back(oracle.day(from.epoch() - 1)) {
                let got = before(from, allowed, Clock::Business(&hours)).map(Instant::epoch);
                prop_assert_eq!(got, Ok(expected), "{} before {}", allowed, from);
            }
            if let Some(expected) = counted_back(oracle.day(from.epoch())) {
                let got = ahead(from, allowed, Clock::Business(&hours)).map(Instant::epoch);
                prop_assert_eq!(got, Ok(expected), "{} ahead of {}", allowed, from);
            }
        }
    }

    #[test]
    fn calendar_days_end_when_the_oracle_says((calendar, near, moments) in setting(place(), MOMENTS), n in 1_i64..10) {
        let (oracle, hours) = (Oracle::new(&calendar, near, AROUND), open(&calendar));
        let allowed = duration(n, Unit::CalendarDays);
        for from in moments {
            for clock in [Clock::Business(&hours), Clock::Wall(hours.zone())] {
                let end = oracle.day(from.epoch()) + chrono::Days::new(u64::try_from(n + 1).unwrap());
                prop_assert_eq!(due(from, allowed, clock).ok().map(Instant::epoch), oracle.start_of(end));
                let start = oracle.day(from.epoch() - 1) - chrono::Days::new(u64::try_from(n).unwrap());
                prop_assert_eq!(before(from, allowed, clock).ok().map(Instant::epoch), oracle.start_of(start));
                let start = oracle.day(from.epoch()) - chrono::Days::new(u64::try_from(n).unwrap());
                prop_assert_eq!(ahead(from, allowed, clock).ok().map(Instant::epoch), oracle.start_of(start));
            }
        }
    }

    #[test]
    fn late_means_open_time_after_the_deadline((calendar, near, moments) in setting(place(), MOMENTS)) {
        let (oracle, hours) = (Oracle::new(&calendar, near, AROUND), open(&calendar));
        let clock = Clock::Business(&hours);
        for (deadline, done) in moments.iter().zip(moments.iter().rev()) {
            let business = clock.measure(Unit::BusinessHours).unwrap().lateness(*deadline, *done);
            let expected = oracle.open_seconds(deadline.epoch(), done.epoch()).max(0);
            prop_assert_eq!(business, expected, "deadline {}, done {}", deadline, done);
            let plain = clock.measure(Unit::Hours).unwrap().lateness(*deadline, *done);
            prop_assert_eq!(plain, (done.epoch() - deadline.epoch()).max(0));
        }
    }
}

#[test]
fn the_oracle_itself_sees_an_ordinary_day() {
    let calendar = crate::fixtures::calendar("America/New_York", "mon-fri 09:00-17:30");
    let oracle = Oracle::new(&calendar, Day::of(crate::fixtures::date("2026-03-06")), 5);
    let at = |text| crate::fixtures::at("America/New_York", text).epoch();
    assert_eq!(oracle.open_seconds(at("2026-03-06 00:00"), at("2026-03-06 24:00")), 30_600);
    assert_eq!(oracle.after(at("2026-03-06 16:30"), 4 * 3600), Some(at("2026-03-09 12:00")));
    let same = OpenHours::of(&calendar).unwrap();
    assert_eq!(same.zone().name(), "America/New_York");
}
