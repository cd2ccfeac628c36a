//! Dates and periods.

use clausal::model::{Date, Period, Weekday};
use clausal::worktime::{Day, PeriodSpan, Periods, TimeError, civil};
use proptest::prelude::*;

use crate::fixtures::{at, date, zone};

fn period(kind: Period, starts: u8, on: &str) -> (String, String, String) {
    let span = Periods::new(kind, starts).containing(date(on)).unwrap();
    (span.label, span.first.to_string(), span.last.to_string())
}

fn check(kind: Period, starts: u8, on: &str, expected: (&str, &str, &str)) {
    let (label, first, last) = period(kind, starts, on);
    assert_eq!(
        (label.as_str(), first.as_str(), last.as_str()),
        expected,
        "{kind} of {on}, year from {starts}"
    );
}

#[test]
fn days_weeks_and_months() {
    check(Period::Day, 1, "2026-03-06", ("2026-03-06", "2026-03-06", "2026-03-06"));
    check(Period::Week, 1, "2026-03-06", ("2026-W10", "2026-03-02", "2026-03-08"));
    check(Period::Week, 4, "2027-01-01", ("2026-W53", "2026-12-28", "2027-01-03"));
    check(Period::Week, 1, "2029-12-31", ("2030-W01", "2029-12-31", "2030-01-06"));
    check(Period::Month, 4, "2028-02-10", ("2028-02", "2028-02-01", "2028-02-29"));
    check(Period::Month, 1, "2026-12-31", ("2026-12", "2026-12-01", "2026-12-31"));
}

#[test]
fn quarters_and_years_follow_the_fiscal_year() {
    check(Period::Quarter, 1, "2026-03-31", ("2026-Q1", "2026-01-01", "2026-03-31"));
    check(Period::Quarter, 1, "2026-12-31", ("2026-Q4", "2026-10-01", "2026-12-31"));
    check(Period::Year, 1, "2026-07-01", ("2026", "2026-01-01", "2026-12-31"));
    check(Period::Quarter, 4, "2026-04-01", ("FY2027-Q1", "2026-04-01", "2026-06-30"));
    check(Period::Quarter, 4, "2027-03-31", ("FY2027-Q4", "2027-01-01", "2027-03-31"));
    check(Period::Year, 4, "2026-03-31", ("FY2026", "2025-04-01", "2026-03-31"));
    check(Period::Year, 4, "2026-04-01", ("FY2027", "2026-04-01", "2027-03-31"));
    check(Period::Quarter, 2, "2027-01-31", ("FY2027-Q4", "2026-11-01", "2027-01-31"));
    check(Period::Quarter, 11, "2026-12-15", ("FY2027-Q1", "2026-11-01", "2027-01-31"));
    check(Period::Year, 12, "2026-11-30", ("FY2026", "2025-12-01", "2026-11-30"));
}

#[test]
fn periods_end_with_their_last_local_day() {
    let march = Periods::new(Period::Month, 1).containing(date("2026-03-06")).unwrap();
    let interval = march.interval(&zone("America/New_York")).unwrap();
    assert_eq!(interval.from, at("America/New_York", "2026-03-01 00:00"));
    assert_eq!(interval.to, at("America/New_York", "2026-03-31 24:00"));
    assert_eq!(march.end(&zone("America/New_York")), Ok(interval.to));
    // An hour is missing in March.
    assert_eq!(interval.seconds(), 31 * 86_400 - 3600);
}

#[test]
fn consecutive_periods() {
    let quarters = Periods::new(Period::Quarter, 2);
    let labels = |spans: Vec<PeriodSpan>| spans.into_iter().map(|span| span.label).collect::<Vec<_>>();
    let year = quarters.between(date("2026-01-15"), date("2026-11-01")).unwrap();
    assert_eq!(labels(year.clone()), ["FY2026-Q4", "FY2027-Q1", "FY2027-Q2", "FY2027-Q3", "FY2027-Q4"]);
    assert_eq!(quarters.next(&year[0]).as_ref(), Ok(&year[1]));
    assert_eq!(quarters.previous(&year[1]).as_ref(), Ok(&year[0]));
    assert_eq!(quarters.between(date("2026-02-01"), date("2026-01-31")), Ok(Vec::new()));
    assert_eq!(labels(quarters.between(date("2026-01-31"), date("2026-01-31")).unwrap()), ["FY2026-Q4"]);
}

#[test]
fn periods_that_leave_the_supported_years_are_errors() {
    let last = date("2200-12-31");
    assert_eq!(Periods::new(Period::Week, 1).containing(last), Err(TimeError::OutOfRange));
    assert_eq!(Periods::new(Period::Year, 2).containing(last), Err(TimeError::OutOfRange));
    assert_eq!(Periods::new(Period::Year, 2).containing(date("1900-01-01")), Err(TimeError::OutOfRange));
    let years = Periods::new(Period::Year, 1).between(date("2199-06-01"), last).unwrap();
    assert_eq!(years.len(), 2);
    assert_eq!(Periods::new(Period::Year, 1).next(&years[1]), Err(TimeError::OutOfRange));
}

proptest! {
    #[test]
    fn periods_divide_the_days(number in -24_000_i64..83_000, starts in 0_u8..=13) {
        let day = Day::from_number(number).unwrap();
        for kind in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
            let periods = Periods::new(kind, starts);
            let span = periods.containing(day.date()).unwrap();
            prop_assert!(span.first <= day.date() && day.date() <= span.last);
            // Its first and last day lie in it, their neighbours do not.
            prop_assert_eq!(&periods.containing(span.first).unwrap(), &span);
            prop_assert_eq!(&periods.containing(span.last).unwrap(), &span);
            let (next, previous) = (periods.next(&span).unwrap(), periods.previous(&span).unwrap());
            prop_assert_eq!(civil::add_days(span.last, 1), Ok(next.first));
            prop_assert_eq!(civil::add_days(span.first, -1), Ok(previous.last));
            prop_assert!(previous.label != span.label && span.label != next.label);
        }
    }
}

/// Days of a month without any library.
fn days_in(year: i16, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[test]
fn dates_are_numbered_one_by_one() {
    let mut number = Day::FIRST.number();
    for year in 1900..=2200 {
        for month in 1..=12 {
            for day in 1..=days_in(year, month) {
                let date = Date { year, month, day };
                assert_eq!(civil::date(year, month, day), Some(date));
                assert_eq!(Day::of(date).number(), number);
                assert_eq!(Day::from_number(number).map(Day::date), Ok(date));
                number += 1;
            }
            assert_eq!(civil::date(year, month, days_in(year, month) + 1), None);
            assert_eq!(civil::last_of_month(Date { year, month, day: 7 }).day, days_in(year, month));
        }
    }
    assert_eq!(number - 1, Day::LAST.number());
    assert_eq!(civil::date(1899, 12, 31), None);
    assert_eq!(civil::date(2201, 1, 1), None);
    assert_eq!(civil::weekday(date("2026-03-06")), Weekday::Friday);
    assert_eq!(civil::weekday(date("1900-01-01")), Weekday::Monday);
}

#[test]
fn month_ends_clamp_from_1999_to_2030() {
    let mut day = Day::of(date("1999-01-01"));
    let last = Day::of(date("2030-12-31"));
    while day <= last {
        let Date { year, month, day: of_month } = day.date();
        for months in -25_i16..=25 {
            let total = year * 12 + i16::from(month) - 1 + months;
            let (year, month) = (total.div_euclid(12), u8::try_from(total.rem_euclid(12)).unwrap() + 1);
            let expected = Date { year, month, day: of_month.min(days_in(year, month)) };
            assert_eq!(civil::add_months(day.date(), i64::from(months)), Ok(expected));
        }
        day = day.plus(1).unwrap();
    }
}

#[test]
fn iso_weeks_hold_the_first_thursday() {
    let mut day = Day::of(date("1999-01-01"));
    while day <= Day::of(date("2060-12-31")) {
        let week = civil::iso_week(day.date());
        // The week's year is that of its Thursday, and the week's number counts that year's Thursdays.
        let index = i64::try_from(day.weekday().index()).unwrap();
        let thursday = day.plus(3 - index).unwrap().date();
        let january = date(&format!("{:04}-01-01", thursday.year));
        assert_eq!(week.year, i32::from(thursday.year));
        assert_eq!(i64::from(week.week), civil::days_between(january, thursday) / 7 + 1);
        day = day.plus(1).unwrap();
    }
}

#[test]
fn dates_and_times_are_read_strictly() {
    assert_eq!(civil::parse_date("2026-03-06"), civil::date(2026, 3, 6));
    for wrong in
        ["2026-3-6", "2026-02-29", "2026-13-01", "26-03-06", "2026-03-06x", "2026-03-06-01", "+026-03-06", ""]
    {
        assert_eq!(civil::parse_date(wrong), None, "{wrong}");
    }
    assert_eq!(civil::parse_time("24:00").map(|time| time.minutes), Some(1440));
    for wrong in ["24:01", "9:00", "09:60", "0900", "09:00:00", "٠٩:٠٠", ":"] {
        assert_eq!(civil::parse_time(wrong), None, "{wrong}");
    }
    let seconds = |text| civil::parse_local(text).map(|local| (local.date, local.seconds));
    let day = date("2026-03-06");
    assert_eq!(seconds("2026-03-06 17:55"), Some((day, 64_500)));
    assert_eq!(seconds("2026-03-06T17:55:30"), Some((day, 64_530)));
    assert_eq!(seconds("2026-03-06 24:00"), Some((day, 86_400)));
    for wrong in [
        "2026-03-06",
        "2026-03-06 24:00:01",
        "2026-03-06 17:55:60",
        "2026-03-06  17:55",
        "2026-03-06 17:55:3é",
    ] {
        assert_eq!(seconds(wrong), None, "{wrong}");
    }
    assert_eq!(civil::days_between(date("2026-03-06"), date("2026-03-01")), -5);
    assert_eq!(civil::first_of_month(date("2026-03-06")), date("2026-03-01"));
}
