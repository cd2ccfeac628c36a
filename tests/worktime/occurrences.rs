//! What is due again and again, beside a second way to find it that walks from day to day and knows no periods.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use clausal::model::recurrence::{DayKind, DayOfPeriod, Occasion};
use clausal::model::{Cadence, Calendar, Date, Period, Recurrence, TimeOfDay, Unit, Weekday};
use clausal::source::Span;
use clausal::worktime::{Clock, Day, Occurrence, Occurrences, OpenHours, TimeError, civil};
use proptest::prelude::*;

use crate::fixtures::{any_place, at, blank, calendar, closed, date, duration, open, setting, zone};

fn every(period: Period, occasion: Occasion) -> Recurrence {
    Recurrence {
        every: Cadence { count: 1, period },
        business: false,
        occasion,
        at: None,
        or_next: false,
        from: None,
        span: Span::default(),
    }
}

fn the(nth: u16, of: DayKind) -> DayOfPeriod {
    DayOfPeriod { nth: Some(nth), of }
}

fn last(of: DayKind) -> DayOfPeriod {
    DayOfPeriod { nth: None, of }
}

fn ten() -> Option<TimeOfDay> {
    TimeOfDay::new(10, 0)
}

fn office() -> Calendar {
    let office = calendar("America/New_York", "mon-fri 09:00-17:00");
    let office = closed(office, "2026-05-25", "2026-05-25");
    closed(office, "2026-12-24", "2027-01-05")
}

fn days(calendar: &Calendar, rule: Recurrence, starts: u8, from: &str, to: &str) -> Vec<String> {
    let hours = open(calendar);
    let schedule = Occurrences::new(rule, starts, Clock::Business(&hours)).unwrap();
    schedule.between(date(from), date(to)).map(|o| o.day.to_string()).collect()
}

#[test]
fn a_monday_stays_a_monday_unless_the_next_business_day_is_written() {
    let rule = every(Period::Week, Occasion::On(the(1, DayKind::Weekday(Weekday::Monday))));
    let may = |rule| days(&office(), rule, 1, "2026-05-18", "2026-06-01");
    assert_eq!(may(rule), ["2026-05-18", "2026-05-25", "2026-06-01"]);
    assert_eq!(may(Recurrence { or_next: true, ..rule }), ["2026-05-18", "2026-05-26", "2026-06-01"]);
    // Two weeks are closed: both move to one day, on which it is due once.
    let or_next = Recurrence { or_next: true, ..rule };
    assert_eq!(
        days(&office(), or_next, 1, "2026-12-21", "2027-01-11"),
        ["2026-12-21", "2027-01-06", "2027-01-11"]
    );
    // From within the closed days, too.
    assert_eq!(days(&office(), or_next, 1, "2027-01-01", "2027-01-11"), ["2027-01-06", "2027-01-11"]);
}

#[test]
fn days_of_a_month() {
    let first = |rule| days(&office(), rule, 1, "2026-01-01", "2026-06-30");
    assert_eq!(
        first(every(Period::Month, Occasion::On(the(31, DayKind::Any)))),
        ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"],
    );
    assert_eq!(
        first(every(Period::Month, Occasion::By(the(2, DayKind::Business)))),
        ["2026-01-02", "2026-02-03", "2026-03-03", "2026-04-02", "2026-05-04", "2026-06-02"],
    );
    assert_eq!(
        first(every(Period::Month, Occasion::On(last(DayKind::Weekday(Weekday::Friday))))),
        ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24", "2026-05-29", "2026-06-26"],
    );
    // No month has 23 business days; May has 20.
    let rule = every(Period::Month, Occasion::On(the(23, DayKind::Business)));
    assert_eq!(days(&office(), rule, 1, "2026-05-01", "2026-05-31"), ["2026-05-29"]);
}

#[test]
fn quarters_follow_the_fiscal_year() {
    let ten_days = Occasion::AfterEnd(duration(10, Unit::BusinessDays));
    let rule = every(Period::Quarter, ten_days);
    assert_eq!(
        days(&office(), rule, 1, "2026-01-01", "2026-08-01"),
        ["2026-01-14", "2026-04-14", "2026-07-14"]
    );
    assert_eq!(days(&office(), rule, 2, "2026-01-01", "2026-08-01"), ["2026-02-13", "2026-05-14"]);
    let rule = every(Period::Quarter, Occasion::On(the(1, DayKind::Weekday(Weekday::Tuesday))));
    assert_eq!(days(&office(), rule, 2, "2026-01-01", "2026-06-01"), ["2026-02-03", "2026-05-05"]);
}

#[test]
fn every_second_week_is_counted_from_a_day() {
    let monday = Occasion::On(the(1, DayKind::Weekday(Weekday::Monday)));
    let rule = Recurrence {
        every: Cadence { count: 2, period: Period::Week },
        from: Some(date("2026-01-07")),
        ..every(Period::Week, monday)
    };
    // The week of 7 January is the first, but its Monday lies before.
    assert_eq!(
        days(&office(), rule, 1, "2025-12-01", "2026-02-20"),
        ["2026-01-19", "2026-02-02", "2026-02-16"]
    );
    // A year has 53 weeks once in a while.
    let years = days(&office(), rule, 1, "2026-12-20", "2027-01-31");
    assert_eq!(years, ["2026-12-21", "2027-01-04", "2027-01-18"]);
}

#[test]
fn due_moments_and_the_time_in_which_it_counts() {
    let calendar = office();
    let hours = open(&calendar);
    let new_york = |text| at("America/New_York", text);
    let one = |rule: Recurrence| {
        let schedule = Occurrences::new(rule, 1, Clock::Business(&hours)).unwrap();
        schedule.from(date("2026-03-06")).next().unwrap()
    };
    let friday = Occasion::On(the(1, DayKind::Weekday(Weekday::Friday)));
    let on = one(Recurrence { at: ten(), ..every(Period::Week, friday) });
    assert_eq!((on.from, on.due), (new_york("2026-03-06 00:00"), new_york("2026-03-06 10:00")));
    assert_eq!(on.until, new_york("2026-03-06 24:00").just_before());
    let by = one(every(Period::Month, Occasion::By(the(5, DayKind::Business))));
    assert_eq!((by.from, by.due), (new_york("2026-03-01 00:00"), new_york("2026-03-06 17:00")));
    // Nobody works until Monday morning.
    assert_eq!(by.until, new_york("2026-03-09 09:00"));
    let by_time = one(Recurrence { at: ten(), ..every(Period::Month, Occasion::By(the(8, DayKind::Any))) });
    assert_eq!((by_time.due, by_time.until), (new_york("2026-03-08 10:00"), new_york("2026-03-08 10:00")));
    let closed_day = one(every(Period::Month, Occasion::By(the(8, DayKind::Any))));
    assert_eq!(closed_day.due, new_york("2026-03-08 24:00"));
    let whole = one(every(Period::Week, Occasion::Whole));
    assert_eq!((whole.from, whole.due), (new_york("2026-03-02 00:00"), new_york("2026-03-08 24:00")));
    let after = one(every(Period::Month, Occasion::AfterEnd(duration(36, Unit::Hours))));
    // The clocks go forward at the end of no month here: 36 hours behind midnight.
    assert_eq!((after.from, after.due), (new_york("2026-03-31 24:00"), new_york("2026-04-02 12:00")));
}

#[test]
fn what_cannot_be_computed() {
    let new_york = zone("America/New_York");
    let business = every(Period::Month, Occasion::By(the(2, DayKind::Business)));
    assert_eq!(Occurrences::new(business, 1, Clock::Wall(&new_york)).err(), Some(TimeError::NoCalendar));
    // A calendar that is never open has nothing due on business days, and says so without a long walk.
    let never = blank("UTC");
    let hours = open(&never);
    let clock = Clock::Business(&hours);
    assert_eq!(Occurrences::new(business, 1, clock).unwrap().from(date("2026-01-01")).next(), None);
    let after = every(Period::Quarter, Occasion::AfterEnd(duration(3, Unit::BusinessDays)));
    assert_eq!(Occurrences::new(after, 1, clock).unwrap().from(date("2026-01-01")).next(), None);
    // To the end of the supported years, and no further.
    let yearly = every(Period::Year, Occasion::AfterEnd(duration(2, Unit::Months)));
    let all: Vec<_> = Occurrences::new(yearly, 1, clock).unwrap().from(date("2198-01-01")).collect();
    assert_eq!(
        all.iter().map(|o| o.day.to_string()).collect::<Vec<_>>(),
        ["2198-02-28", "2199-02-28", "2200-02-28"]
    );
}

// ------------------------------------------------------------------------------------------------------ second opinion

/// What names the period of a day: different for days of different periods, found without `Periods`.
fn key(day: NaiveDate, period: Period, starts: u8) -> (i32, u32) {
    let into_year = (day.month() + 12 - u32::from(starts)) % 12;
    let year = day.year() - i32::from(day.month() < u32::from(starts));
    match period {
        Period::Day => (day.year(), day.ordinal()),
        Period::Week => (day.iso_week().year(), day.iso_week().week()),
        Period::Month => (day.year(), day.month()),
        Period::Quarter => (year, into_year / 3),
        Period::Year => (year, 0),
    }
}

fn naive(date: Date) -> NaiveDate {
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into()).unwrap()
}

fn of_naive(day: NaiveDate) -> Date {
    civil::parse_date(&day.to_string()).unwrap()
}

/// The days on which something is due, by walking from day to day.
fn walked(
    rule: &Recurrence,
    starts: u8,
    hours: &OpenHours,
    first: NaiveDate,
    last: NaiveDate,
) -> Vec<NaiveDate> {
    // Far enough around that everything due in between is found, and the day it is counted from.
    let margin = chrono::Days::new(1100);
    let is_open = |day: NaiveDate| hours.open_day(Day::of(of_naive(day))).is_some();
    let mut periods: BTreeMap<usize, Vec<NaiveDate>> = BTreeMap::new();
    let (mut at, mut number, mut before) = (first - margin, 0, None);
    while at <= last + margin {
        let key = key(at, rule.every.period, starts);
        number += usize::from(before.is_some_and(|before| before != key));
        before = Some(key);
        periods.entry(number).or_default().push(at);
        at = at.succ_opt().unwrap();
    }
    let from = rule.from.map(naive);
    let turn = from.and_then(|from| periods.iter().find(|(_, days)| days.contains(&from)).map(|(n, _)| *n));
    let mut out: Vec<NaiveDate> = Vec::new();
    for (number, days) in &periods {
        let is_turn = match (from, turn) {
            (None, _) => true,
            (Some(_), Some(turn)) => {
                *number >= turn && (number - turn).is_multiple_of(rule.every.count as usize)
            }
            (Some(_), None) => false,
        };
        if !is_turn {
            continue;
        }
        let pick = |which: DayOfPeriod| {
            let fits: Vec<NaiveDate> = days
                .iter()
                .copied()
                .filter(|day| match which.of {
                    DayKind::Any => true,
                    DayKind::Business => is_open(*day),
                    DayKind::Weekday(weekday) => {
                        day.weekday().num_days_from_monday() as usize == weekday.index()
                    }
                })
                .collect();
            let index = which.nth.map_or(usize::MAX, |nth| usize::from(nth) - 1);
            fits.get(index).or(fits.last()).copied()
        };
        let next_open = |from: NaiveDate| {
            let mut day = from.succ_opt().unwrap();
            while !is_open(day) && day <= last + margin {
                day = day.succ_opt().unwrap();
            }
            day
        };
        let day = match rule.occasion {
            Occasion::Whole if rule.business && !is_open(days[0]) => None,
            Occasion::Whole => days.last().copied(),
            Occasion::On(which) | Occasion::By(which) => {
                pick(which).map(|day| if rule.or_next && !is_open(day) { next_open(day) } else { day })
            }
            Occasion::AfterEnd(time) => {
                let mut day = *days.last().unwrap();
                for _ in 0..time.count() {
                    day = if time.unit == Unit::BusinessDays {
                        next_open(day)
                    } else {
                        day.succ_opt().unwrap()
                    };
                }
                Some(day)
            }
        };
        out.extend(day.filter(|day| from.is_none_or(|from| from <= *day)));
    }
    out.retain(|day| first <= *day && *day <= last);
    out.dedup();
    out
}

fn weekday() -> impl Strategy<Value = Weekday> {
    prop::sample::select(Weekday::ALL.to_vec())
}

fn which(period: Period) -> impl Strategy<Value = DayOfPeriod> {
    let most: u16 = match period {
        Period::Day => 1,
        Period::Week => 7,
        Period::Month => 31,
        Period::Quarter => 92,
        Period::Year => 366,
    };
    let kind = prop_oneof![
        2 => Just(DayKind::Any),
        3 => Just(DayKind::Business),
        3 => weekday().prop_map(DayKind::Weekday)
    ];
    let nth = prop_oneof![1 => Just(None), 2 => (1..=most).prop_map(Some), 2 => (1_u16..5).prop_map(Some)];
    (nth, kind).prop_map(|(nth, of)| DayOfPeriod { nth, of })
}

fn rule() -> impl Strategy<Value = Recurrence> {
    let period = prop::sample::select(vec![
        Period::Day,
        Period::Week,
        Period::Month,
        Period::Month,
        Period::Quarter,
        Period::Year,
    ]);
    let of = |period: Period| {
        let unit = prop::sample::select(vec![Unit::BusinessDays, Unit::CalendarDays]);
        let after = (1_i64..20, unit).prop_map(|(n, unit)| Occasion::AfterEnd(duration(n, unit)));
        let occasion = prop_oneof![
            1 => Just(Occasion::Whole),
            3 => which(period).prop_map(Occasion::On),
            3 => which(period).prop_map(Occasion::By),
            2 => after,
        ];
        let from = prop::option::of((2024_i16..2027, 1_u8..13, 1_u8..29));
        let at = prop::option::of((0_u16..=1440).prop_map(|minutes| TimeOfDay { minutes }));
        (Just(period), occasion, 1_u32..4, any::<bool>(), any::<bool>(), from, at)
    };
    period.prop_flat_map(of).prop_map(|(period, occasion, count, flag, or_next, from, at)| {
        let days = matches!(occasion, Occasion::On(_) | Occasion::By(_));
        let from = from.map(|(year, month, day)| Date { year, month, day });
        Recurrence {
            every: Cadence { count: if from.is_some() { count } else { 1 }, period },
            business: flag && period == Period::Day && occasion == Occasion::Whole,
            occasion,
            at: at.filter(|_| days || period == Period::Day),
            or_next: or_next && days,
            from,
            span: Span::default(),
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_walk_from_day_to_day_finds_the_same_days(
        rule in rule(),
        starts in 1_u8..13,
        (calendar, _, _) in setting(any_place(), 9),
        closures in prop::collection::vec((0_i64..900, 0_i64..20), 0..5),
        first in 0_i64..365,
        length in 0_i64..500,
    ) {
        let mut calendar = calendar;
        let near = Day::of(date("2025-01-01"));
        for (shift, length) in closures {
            let from = near.plus(shift).unwrap();
            calendar.closures.push(crate::fixtures::closure(from.date(), from.plus(length).unwrap().date()));
        }
        let hours = open(&calendar);
        // Months in which it never opens are tested by hand.
        prop_assume!((0..7).any(|day| !calendar.weekly[day].is_empty()));
        let first = near.plus(first).unwrap();
        let last = first.plus(length).unwrap();
        let schedule = Occurrences::new(rule, starts, Clock::Business(&hours)).unwrap();
        let found: Vec<Occurrence> = schedule.between(first.date(), last.date()).collect();
        let days: Vec<NaiveDate> = found.iter().map(|o| naive(o.day)).collect();
        let expected = walked(&rule, starts, &hours, naive(first.date()), naive(last.date()));
        prop_assert_eq!(&days, &expected, "{}", rule);
        for pair in found.windows(2) {
            prop_assert!(pair[0].due <= pair[1].due, "{}", rule);
        }
        for occurrence in &found {
            prop_assert!(occurrence.from <= occurrence.due, "{}", rule);
            // 00:00 of a day is 24:00 of the day before.
            let dates = [hours.zone().due_date(occurrence.due), hours.zone().date(occurrence.due)];
            prop_assert!(dates.contains(&occurrence.day), "{}", rule);
        }
    }
}
