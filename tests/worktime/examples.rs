//! What the sentences of an agreement mean on days one can look up.

use clausal::model::{Calendar, Slot, Unit};
use clausal::worktime::{Clock, Instant, Interval, OpenHours, TimeError, before, due};
use rust_decimal::Decimal;

use crate::fixtures::{at, blank, calendar, closed, cut_off, date, duration, except, local, open, utc, zone};

const NEW_YORK: &str = "America/New_York";

fn office() -> OpenHours {
    open(&office_calendar())
}

fn office_calendar() -> Calendar {
    calendar(NEW_YORK, "mon-fri 09:00-17:30")
}

fn ny(text: &str) -> Instant {
    at(NEW_YORK, text)
}

/// The deadline of an amount on the office's clock.
fn due_at(start: &str, amount: i64, unit: Unit) -> Result<Instant, TimeError> {
    due(ny(start), duration(amount, unit), Clock::Business(&office()))
}

fn before_at(anchor: &str, amount: i64, unit: Unit) -> Result<Instant, TimeError> {
    before(ny(anchor), duration(amount, unit), Clock::Business(&office()))
}

fn late_by(deadline: Instant, done: Instant, unit: Unit) -> i64 {
    Clock::Business(&office()).measure(unit).unwrap().lateness(deadline, done)
}

#[test]
fn a_lead_of_friday_evening_is_due_on_monday_at_noon() {
    // The clocks change on Sunday the 8th; nobody is asked to work an hour more or less for it.
    assert_eq!(due_at("2026-03-06 16:30", 4, Unit::BusinessHours), Ok(ny("2026-03-09 12:00")));
    assert_eq!(ny("2026-03-09 12:00"), utc("2026-03-09 16:00"));
    assert_eq!(late_by(ny("2026-03-09 12:00"), ny("2026-03-09 13:00"), Unit::BusinessHours), 3600);
    assert_eq!(late_by(ny("2026-03-09 12:00"), ny("2026-03-09 12:00"), Unit::BusinessHours), 0);
    assert_eq!(late_by(ny("2026-03-09 12:00"), ny("2026-03-09 12:00:01"), Unit::BusinessHours), 1);
}

#[test]
fn four_business_hours_that_end_at_closing_are_met_until_the_next_opening() {
    let deadline = due_at("2026-03-05 13:30", 4, Unit::BusinessHours);
    assert_eq!(deadline, Ok(ny("2026-03-05 17:30")));
    let deadline = deadline.unwrap();
    assert_eq!(late_by(deadline, ny("2026-03-05 22:00"), Unit::BusinessHours), 0);
    assert_eq!(late_by(deadline, ny("2026-03-06 09:00"), Unit::BusinessHours), 0);
    assert_eq!(late_by(deadline, ny("2026-03-06 09:00:01"), Unit::BusinessHours), 1);
    // The same on the wall clock is late at once.
    assert_eq!(late_by(deadline, ny("2026-03-05 22:00"), Unit::Hours), 4 * 3600 + 1800);
}

#[test]
fn what_arrives_while_the_office_is_closed_waits_for_the_opening() {
    assert_eq!(due_at("2026-03-07 03:00", 15, Unit::BusinessMinutes), Ok(ny("2026-03-09 09:15")));
    assert_eq!(due_at("2026-03-06 17:30", 15, Unit::BusinessMinutes), Ok(ny("2026-03-09 09:15")));
    assert_eq!(due_at("2026-03-06 17:29:59", 15, Unit::BusinessMinutes), Ok(ny("2026-03-09 09:14:59")));
}

#[test]
fn the_wall_clock_runs_through_nights_and_changes_of_the_clock() {
    assert_eq!(due_at("2026-03-07 16:30", 24, Unit::Hours), Ok(ny("2026-03-08 17:30")));
    assert_eq!(due_at("2026-10-31 16:30", 24, Unit::Hours), Ok(ny("2026-11-01 15:30")));
    assert_eq!(due_at("2026-03-06 16:30", 90, Unit::Minutes), Ok(ny("2026-03-06 18:00")));
}

#[test]
fn the_day_of_the_event_is_day_zero_of_business_days() {
    assert_eq!(due_at("2026-03-05 09:30", 1, Unit::BusinessDays), Ok(ny("2026-03-06 17:30")));
    assert_eq!(due_at("2026-03-05 23:59", 1, Unit::BusinessDays), Ok(ny("2026-03-06 17:30")));
    assert_eq!(due_at("2026-03-06 16:30", 1, Unit::BusinessDays), Ok(ny("2026-03-09 17:30")));
    // Saturday is day 0 itself, though closed.
    assert_eq!(due_at("2026-03-07 12:00", 1, Unit::BusinessDays), Ok(ny("2026-03-09 17:30")));
    assert_eq!(due_at("2026-03-06 16:30", 5, Unit::BusinessDays), Ok(ny("2026-03-13 17:30")));
}

#[test]
fn closed_days_do_not_count_and_short_days_do() {
    let christmas = except(
        closed(office_calendar(), "2026-12-24", "2026-12-26"),
        "2026-12-24",
        "09:00-12:00 13:00-14:00",
    );
    let hours = open(&christmas);
    let day = |n| due(ny("2026-12-23 10:00"), duration(n, Unit::BusinessDays), Clock::Business(&hours));
    assert_eq!(day(1), Ok(ny("2026-12-24 14:00")));
    assert_eq!(day(2), Ok(ny("2026-12-28 17:30")));
    assert_eq!(hours.open_seconds(ny("2026-12-24 00:00"), ny("2026-12-28 09:00")), 4 * 3600);
    assert_eq!(hours.next_open(ny("2026-12-24 12:00")), Ok(ny("2026-12-24 13:00")));
    assert_eq!(hours.open_on(date("2026-12-25")), []);
    assert_eq!(hours.open_on(date("2026-12-24")).len(), 2);
}

#[test]
fn after_the_cut_off_it_is_the_next_open_day() {
    let hours = open(&cut_off(office_calendar(), "15:00"));
    let day = |start| due(ny(start), duration(1, Unit::BusinessDays), Clock::Business(&hours));
    // At the cut-off itself it is still today.
    assert_eq!(day("2026-03-05 15:00"), Ok(ny("2026-03-06 17:30")));
    assert_eq!(day("2026-03-05 15:00:01"), Ok(ny("2026-03-09 17:30")));
    assert_eq!(day("2026-03-05 08:00"), Ok(ny("2026-03-06 17:30")));
    // Friday after the cut-off and the weekend count as Monday, so that nothing that comes later is due earlier.
    assert_eq!(day("2026-03-06 15:01"), Ok(ny("2026-03-10 17:30")));
    assert_eq!(day("2026-03-07 10:00"), Ok(ny("2026-03-10 17:30")));
    assert_eq!(day("2026-03-09 10:00"), Ok(ny("2026-03-10 17:30")));
    // Business hours know no cut-off.
    let four = due(ny("2026-03-05 16:00"), duration(4, Unit::BusinessHours), Clock::Business(&hours));
    assert_eq!(four, Ok(ny("2026-03-06 11:30")));
}

#[test]
fn calendar_days_weeks_and_months_end_at_24_00() {
    assert_eq!(due_at("2026-03-06 16:30", 3, Unit::CalendarDays), Ok(ny("2026-03-09 24:00")));
    assert_eq!(due_at("2026-03-06 00:00", 3, Unit::CalendarDays), Ok(ny("2026-03-09 24:00")));
    assert_eq!(due_at("2026-03-06 16:30", 2, Unit::Weeks), Ok(ny("2026-03-20 24:00")));
    assert_eq!(due_at("2026-01-31 16:30", 1, Unit::Months), Ok(ny("2026-02-28 24:00")));
    assert_eq!(due_at("2028-01-31 16:30", 1, Unit::Months), Ok(ny("2028-02-29 24:00")));
    assert_eq!(due_at("2026-11-30 16:30", 3, Unit::Months), Ok(ny("2027-02-28 24:00")));
    // A zone is enough for these.
    let wall = due(ny("2026-03-06 16:30"), duration(3, Unit::CalendarDays), Clock::Wall(&zone(NEW_YORK)));
    assert_eq!(wall, Ok(ny("2026-03-10 00:00")));
}

#[test]
fn a_deadline_belongs_to_the_day_it_ends() {
    let zone = zone(NEW_YORK);
    let deadline = due_at("2026-01-30 12:00", 1, Unit::CalendarDays).unwrap();
    assert_eq!(zone.due_date(deadline), date("2026-01-31"));
    assert_eq!(zone.date(deadline), date("2026-02-01"));
    assert_eq!(zone.due_date(ny("2026-01-31 12:00")), date("2026-01-31"));
}

#[test]
fn reminders_come_before_the_deadline() {
    // One business hour before Monday 10:00 is Monday's opening, not Friday's closing.
    assert_eq!(before_at("2026-03-09 10:00", 1, Unit::BusinessHours), Ok(ny("2026-03-09 09:00")));
    assert_eq!(before_at("2026-03-09 09:59", 1, Unit::BusinessHours), Ok(ny("2026-03-06 17:29")));
    assert_eq!(before_at("2026-03-09 12:00", 1, Unit::BusinessHours), Ok(ny("2026-03-09 11:00")));
    // Before a deadline in the night, the open time before it counts.
    assert_eq!(before_at("2026-03-08 03:00", 1, Unit::BusinessHours), Ok(ny("2026-03-06 16:30")));
    assert_eq!(before_at("2026-03-09 12:00", 90, Unit::Minutes), Ok(ny("2026-03-09 10:30")));
}

#[test]
fn days_before_a_deadline_begin_with_the_opening_or_at_midnight() {
    assert_eq!(before_at("2026-03-09 12:00", 1, Unit::BusinessDays), Ok(ny("2026-03-06 09:00")));
    assert_eq!(before_at("2026-03-09 12:00", 2, Unit::BusinessDays), Ok(ny("2026-03-05 09:00")));
    // 24:00 belongs to the day it ends, so one day before Monday 24:00 is counted from Monday.
    assert_eq!(before_at("2026-03-09 24:00", 1, Unit::BusinessDays), Ok(ny("2026-03-06 09:00")));
    assert_eq!(before_at("2026-03-09 24:00", 1, Unit::CalendarDays), Ok(ny("2026-03-08 00:00")));
    assert_eq!(before_at("2026-03-10 00:00:01", 1, Unit::CalendarDays), Ok(ny("2026-03-09 00:00")));
    assert_eq!(before_at("2026-03-31 12:00", 1, Unit::Months), Ok(ny("2026-02-28 00:00")));
    assert_eq!(before_at("2026-03-09 12:00", 1, Unit::Weeks), Ok(ny("2026-03-02 00:00")));
}

#[test]
fn a_part_of_the_time_is_measured_as_the_time_is() {
    let clock = Clock::Business(&office());
    let (start, deadline) = (ny("2026-03-06 16:30"), ny("2026-03-09 12:00"));
    let open = |percent: &str| {
        clock.measure(Unit::BusinessHours).unwrap().share(
            start,
            deadline,
            percent.parse::<Decimal>().unwrap(),
        )
    };
    assert_eq!(open("75"), Ok(ny("2026-03-09 11:00")));
    assert_eq!(open("25"), Ok(ny("2026-03-06 17:30")));
    assert_eq!(open("0"), Ok(start));
    assert_eq!(open("100"), Ok(deadline));
    assert_eq!(open("1000"), Ok(deadline));
    assert_eq!(open("-5"), Ok(start));
    // 14,400 seconds; parts of a second count as a whole one.
    assert_eq!(open("25.001"), Ok(ny("2026-03-09 09:00:01")));
    let plain = clock.measure(Unit::Hours).unwrap();
    assert_eq!(
        plain.share(ny("2026-03-06 12:00"), ny("2026-03-06 16:00"), 75.into()),
        Ok(ny("2026-03-06 15:00"))
    );
}

#[test]
fn response_times_count_what_the_limit_counts() {
    let clock = Clock::Business(&office());
    let (start, done) = (ny("2026-03-06 16:30"), ny("2026-03-09 09:30"));
    assert_eq!(clock.measure(Unit::BusinessDays).unwrap().elapsed(start, done), 90 * 60);
    assert_eq!(clock.measure(Unit::Hours).unwrap().elapsed(start, done), 64 * 3600);
    assert_eq!(clock.measure(Unit::BusinessHours).unwrap().elapsed(done, start), -90 * 60);
}

#[test]
fn a_night_shift_is_an_hour_longer_when_the_clocks_go_back() {
    let hours = open(&calendar(NEW_YORK, "mon-sun 00:00-06:00"));
    let on = |day| hours.open_on(date(day)).into_iter().map(Interval::seconds).sum::<i64>();
    assert_eq!(on("2026-10-31"), 6 * 3600);
    assert_eq!(on("2026-11-01"), 7 * 3600);
    assert_eq!(on("2026-03-08"), 5 * 3600);
    // It stays one stretch of open time.
    assert_eq!(hours.open_on(date("2026-11-01")).len(), 1);
    // A window that the clock shows twice is open twice; one that it jumps over is not open at all.
    let twice = open(&calendar(NEW_YORK, "sun 01:00-01:30"));
    assert_eq!(twice.open_on(date("2026-11-01")).len(), 2);
    let skipped = open(&calendar(NEW_YORK, "sun 02:00-03:00; mon 09:00-10:00"));
    assert_eq!(skipped.open_on(date("2026-03-08")), []);
    let due = due(ny("2026-03-07 12:00"), duration(1, Unit::BusinessDays), Clock::Business(&skipped));
    assert_eq!(due, Ok(ny("2026-03-09 10:00")));
}

#[test]
fn samoa_has_no_30_december_2011() {
    let zone = zone("Pacific/Apia");
    let apia = |text| at("Pacific/Apia", text);
    let hours = open(&calendar("Pacific/Apia", "mon-sun 08:00-16:00"));
    assert_eq!(hours.open_on(date("2011-12-30")), []);
    // Thursday the 29th is followed by Saturday the 31st.
    assert_eq!(apia("2011-12-29 24:00"), apia("2011-12-31 00:00"));
    assert_eq!(apia("2011-12-30 12:00"), apia("2011-12-31 00:00"));
    let day = |n| due(apia("2011-12-29 10:00"), duration(n, Unit::CalendarDays), Clock::Business(&hours));
    assert_eq!(day(1), Ok(apia("2011-12-31 00:00")));
    assert_eq!(day(2), Ok(apia("2011-12-31 24:00")));
    let next = due(apia("2011-12-29 10:00"), duration(1, Unit::BusinessDays), Clock::Business(&hours));
    assert_eq!(next, Ok(apia("2011-12-31 16:00")));
    assert_eq!(zone.date(apia("2011-12-29 24:00")), date("2011-12-31"));
    assert_eq!(zone.due_date(apia("2011-12-29 24:00")), date("2011-12-29"));
}

#[test]
fn a_day_that_begins_at_one_o_clock() {
    // São Paulo, 4 November 2018: 00:00 to 01:00 does not exist.
    let paulo = |text| at("America/Sao_Paulo", text);
    let zone = zone("America/Sao_Paulo");
    assert_eq!(paulo("2018-11-03 24:00"), paulo("2018-11-04 01:00"));
    assert_eq!(zone.local(paulo("2018-11-04 00:30")), local("2018-11-04 01:00"));
    assert_eq!(zone.date(paulo("2018-11-04 01:00")), date("2018-11-04"));
    let end = due(paulo("2018-11-02 12:00"), duration(1, Unit::CalendarDays), Clock::Wall(&zone));
    assert_eq!(end, Ok(paulo("2018-11-04 01:00")));
    assert_eq!(zone.due_date(end.unwrap()), date("2018-11-03"));
}

#[test]
fn a_day_that_has_begun_does_not_end_when_clocks_go_back_across_midnight() {
    // St. John's, 7 November 2010: one minute past midnight the clock goes back to 23:01 of the 6th.
    let johns = |text| at("America/St_Johns", text);
    let zone = zone("America/St_Johns");
    let midnight = johns("2010-11-07 00:00");
    let again = midnight.plus(60).unwrap();
    assert_eq!(zone.local(again), local("2010-11-06 23:01"));
    assert_eq!(zone.date(midnight), date("2010-11-07"));
    assert_eq!(zone.date(again), date("2010-11-07"));
    assert_eq!(zone.date(midnight.just_before()), date("2010-11-06"));
    assert_eq!(johns("2010-11-06 24:00"), midnight);
    // Opening hours go by what the clock shows.
    let late = open(&calendar("America/St_Johns", "sat 23:30-24:00"));
    assert!(late.is_open(again.plus(1800).unwrap()));
    // From 23:30 to midnight, and then again.
    assert_eq!(late.open_on(date("2010-11-06")).len(), 2);
}

#[test]
fn a_calendar_that_never_opens_says_so() {
    let never = open(&blank(NEW_YORK));
    let clock = Clock::Business(&never);
    let start = ny("2026-03-06 16:30");
    for unit in [Unit::BusinessMinutes, Unit::BusinessHours, Unit::BusinessDays] {
        assert_eq!(due(start, duration(1, unit), clock), Err(TimeError::NeverOpen));
        assert_eq!(before(start, duration(1, unit), clock), Err(TimeError::NeverOpen));
    }
    assert_eq!(never.next_open(start), Err(TimeError::NeverOpen));
    assert_eq!(due(start, duration(1, Unit::Hours), clock), Ok(ny("2026-03-06 17:30")));
    // Exceptions alone may not be enough.
    let once = open(&except(blank(NEW_YORK), "2026-03-10", "09:00-11:00"));
    let hours = |n| due(start, duration(n, Unit::BusinessHours), Clock::Business(&once));
    assert_eq!(hours(2), Ok(ny("2026-03-10 11:00")));
    assert_eq!(hours(3), Err(TimeError::NeverOpen));
}

#[test]
fn business_time_needs_a_calendar_and_a_calendar_needs_a_zone() {
    let zone = zone(NEW_YORK);
    let start = ny("2026-03-06 16:30");
    let one = duration(1, Unit::BusinessDays);
    assert_eq!(due(start, one, Clock::Wall(&zone)), Err(TimeError::NoCalendar));
    assert_eq!(before(start, one, Clock::Wall(&zone)), Err(TimeError::NoCalendar));
    assert!(Clock::Wall(&zone).measure(Unit::BusinessHours).is_err());
    assert_eq!(OpenHours::of(&calendar("Mars/Olympus", "")).err(), Some(TimeError::NoZone));
    let open_point = Calendar { zone: Slot::Broken, ..office_calendar() };
    assert_eq!(OpenHours::of(&open_point).err(), Some(TimeError::NoZone));
}

#[test]
fn times_beyond_the_supported_years_are_errors() {
    assert_eq!(due_at("2026-03-06 16:30", 3000, Unit::Months), Err(TimeError::OutOfRange));
    assert_eq!(due_at("2026-03-06 16:30", i64::MAX, Unit::BusinessDays), Err(TimeError::OutOfRange));
    assert_eq!(due_at("2026-03-06 16:30", i64::MAX, Unit::BusinessHours), Err(TimeError::OutOfRange));
    assert_eq!(before_at("2026-03-06 16:30", 1_000_000_000, Unit::Minutes), Err(TimeError::OutOfRange));
    // No time at all ends at once.
    assert_eq!(due_at("2026-03-06 16:30", 0, Unit::BusinessDays), Ok(ny("2026-03-06 16:30")));
    assert_eq!(before_at("2026-03-06 16:30", -1, Unit::Weeks), Ok(ny("2026-03-06 16:30")));
}
