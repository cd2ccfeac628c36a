//! Deadlines of items whose clock stands still for a time.

use clausal::model::{Duration, Unit};
use clausal::worktime::{Clock, Instant, Interval, Measure, Pauses, before, due};
use proptest::prelude::*;

use crate::fixtures::{any_duration, any_place, at, calendar, duration, open, setting};

/// Pauses between some moments, in any order and overlapping.
fn pauses(moments: &[Instant]) -> Pauses {
    Pauses::new(moments.chunks_exact(2).map(|pair| Interval { from: pair[0], to: pair[1] }))
}

/// Whether a second counts: an oracle that owes nothing to arithmetic.
fn stands_still(moments: &[Instant], second: Instant) -> bool {
    moments.chunks_exact(2).any(|pair| pair[0] <= second && second < pair[1])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_pause_changes_nothing((calendar, _, moments) in setting(any_place(), 4), allowed in any_duration()) {
        let hours = open(&calendar);
        // Pauses that end before they begin, or as they begin, are none.
        let nothing = Pauses::new([Interval { from: moments[0].max(moments[1]), to: moments[0].min(moments[1]) }]);
        for clock in [Clock::Business(&hours), Clock::Wall(hours.zone())] {
            for start in &moments {
                prop_assert_eq!(nothing.due(*start, allowed, clock), due(*start, allowed, clock));
                prop_assert_eq!(nothing.before(*start, allowed, clock), before(*start, allowed, clock));
            }
        }
    }

    #[test]
    fn the_allowed_time_passes_outside_of_pauses((calendar, _, moments) in setting(any_place(), 7), seconds in 1_i64..200_000) {
        let hours = open(&calendar);
        let (start, edges) = (moments[0], &moments[1..]);
        let pauses = pauses(edges);
        for measure in [Measure::Plain, Measure::Open(&hours)] {
            let Ok(end) = pauses.after(measure, start, seconds) else { continue };
            // Exactly the time that was asked for, and not a second earlier.
            prop_assert_eq!(pauses.running(measure, start, end), seconds);
            let last = end.just_before();
            prop_assert_eq!(pauses.running(measure, start, last), seconds - 1);
            prop_assert!(!stands_still(edges, last));
        }
    }

    #[test]
    fn running_time_is_counted_second_by_second((calendar, near, _) in setting(any_place(), 1), cuts in prop::collection::vec(0_i64..7200, 8)) {
        let hours = open(&calendar);
        let base = hours.zone().start_of(near).unwrap().plus(8 * 3600).unwrap();
        let moments: Vec<Instant> = cuts.iter().map(|cut| base.plus(*cut).unwrap()).collect();
        let (from, to, edges) = (moments[0], moments[1], &moments[2..]);
        let seconds = |from: Instant, to: Instant| (0..to.since(from)).map(move |n| from.plus(n).unwrap());
        let counted = |open_only: bool| {
            seconds(from.min(to), from.max(to))
                .filter(|second| !stands_still(edges, *second) && (!open_only || hours.is_open(*second)))
                .count()
        };
        let sign = if from <= to { 1 } else { -1 };
        let pauses = pauses(edges);
        prop_assert_eq!(pauses.running(Measure::Plain, from, to), sign * i64::try_from(counted(false)).unwrap());
        prop_assert_eq!(pauses.running(Measure::Open(&hours), from, to), sign * i64::try_from(counted(true)).unwrap());
    }

    #[test]
    fn days_count_unless_the_clock_stands_still_when_they_end((calendar, _, moments) in setting(any_place(), 7), n in 1_i64..9) {
        let hours = open(&calendar);
        let zone = hours.zone();
        let (start, edges) = (moments[0], &moments[1..]);
        let pauses = pauses(edges);
        if let Ok(end) = pauses.due(start, duration(n, Unit::BusinessDays), Clock::Business(&hours)) {
            let days = hours.open_days_after(hours.counting_day(start).unwrap()).take_while(|day| day.closing <= end);
            let counted = days.filter(|day| !stands_still(edges, day.closing.just_before())).count();
            prop_assert_eq!(i64::try_from(counted).unwrap(), n);
            prop_assert!(!stands_still(edges, end.just_before()));
        }
        if let Ok(end) = pauses.due(start, duration(n, Unit::CalendarDays), Clock::Wall(zone)) {
            // A day that the zone skips ends where the day before it ends, and is a day all the same.
            let ends = (zone.day(start).number() + 1..)
                .map(|number| zone.end_of(clausal::worktime::Day::from_number(number).unwrap()).unwrap())
                .take_while(|day| *day <= end);
            let running = |day: &Instant| !stands_still(edges, day.just_before());
            let counted = i64::try_from(ends.filter(running).count()).unwrap();
            prop_assert!(counted >= n && running(&end), "{} days", counted);
            // Only a skipped day can end with the last one that counts.
            prop_assert!(counted == n || pauses.due(start, duration(n + 1, Unit::CalendarDays), Clock::Wall(zone)) == Ok(end));
        }
    }

    #[test]
    fn who_starts_later_or_pauses_longer_is_not_due_earlier((calendar, _, mut moments) in setting(any_place(), 7), allowed in any_duration()) {
        let hours = open(&calendar);
        let edges = moments.split_off(2);
        moments.sort_unstable();
        let (pauses, fewer) = (pauses(&edges), pauses(&edges[..2]));
        for clock in [Clock::Business(&hours), Clock::Wall(hours.zone())] {
            // Months have different lengths, which a pause lets show: 31 running days from the 30th, 30 from the 3rd.
            if let (Ok(early), Ok(late)) = (pauses.due(moments[0], allowed, clock), pauses.due(moments[1], allowed, clock)) {
                prop_assert!(early <= late || allowed.unit == Unit::Months);
            }
            if let (Ok(short), Ok(long)) = (fewer.due(moments[0], allowed, clock), pauses.due(moments[0], allowed, clock)) {
                prop_assert!(short <= long);
                prop_assert!(due(moments[0], allowed, clock).unwrap() <= short);
            }
        }
    }

    #[test]
    fn what_is_counted_back_is_counted_forth((calendar, _, moments) in setting(any_place(), 7), seconds in 1_i64..50_000) {
        let hours = open(&calendar);
        let (anchor, edges) = (moments[0], &moments[1..]);
        let pauses = pauses(edges);
        for (unit, measure) in [(Unit::Minutes, Measure::Plain), (Unit::BusinessMinutes, Measure::Open(&hours))] {
            let by = Duration { amount: rust_decimal::Decimal::from(seconds), unit };
            if let Ok(start) = pauses.before(anchor, by, Clock::Business(&hours)) {
                prop_assert_eq!(pauses.running(measure, start, anchor), seconds * 60);
                prop_assert_eq!(pauses.running(measure, start.plus(1).unwrap(), anchor), seconds * 60 - 1);
            }
        }
    }
}

#[test]
fn a_pause_over_a_weekend_in_hours_and_in_days() {
    let calendar = calendar("America/New_York", "mon-fri 09:00-17:30");
    let hours = open(&calendar);
    let clock = Clock::Business(&hours);
    let at = |text| at("America/New_York", text);
    let paused = |from, to| Pauses::new([Interval { from: at(from), to: at(to) }]);
    let start = at("2026-03-06 16:30");
    let four_hours = duration(4, Unit::BusinessHours);
    let two_days = duration(2, Unit::BusinessDays);
    // Half an hour on Friday, then from Tuesday 10:00 on.
    let pause = paused("2026-03-06 17:00", "2026-03-10 10:00");
    assert_eq!(pause.due(start, four_hours, clock), Ok(at("2026-03-10 13:30")));
    // Monday's closing lies in the pause, Tuesday's and Wednesday's do not.
    assert_eq!(pause.due(start, two_days, clock), Ok(at("2026-03-11 17:30")));
    // A pause of some hours within a day moves no day.
    assert_eq!(
        paused("2026-03-09 09:00", "2026-03-09 17:00").due(start, two_days, clock),
        Ok(at("2026-03-10 17:30"))
    );
    // Up to the closing exactly is over the closing.
    assert_eq!(
        paused("2026-03-09 09:00", "2026-03-09 17:30").due(start, two_days, clock),
        Ok(at("2026-03-11 17:30"))
    );
    assert_eq!(
        pause.before(at("2026-03-10 13:30"), duration(1, Unit::BusinessHours), clock),
        Ok(at("2026-03-10 12:30"))
    );
    assert_eq!(
        pause.before(at("2026-03-10 10:30"), duration(1, Unit::BusinessHours), clock),
        Ok(at("2026-03-06 16:30"))
    );
}
