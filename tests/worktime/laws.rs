//! What must hold for every calendar, whatever the days look like.

use clausal::model::{Duration, Unit};
use clausal::worktime::{Clock, Measure, TimeError, ahead, before, due};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fixtures::{any_duration, any_place, open, setting};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn who_starts_later_is_not_due_earlier((calendar, _, mut moments) in setting(any_place(), 9), allowed in any_duration()) {
        let hours = open(&calendar);
        moments.sort_unstable();
        for pair in moments.windows(2) {
            for clock in [Clock::Business(&hours), Clock::Wall(hours.zone())] {
                let (early, late) = (due(pair[0], allowed, clock), due(pair[1], allowed, clock));
                // If the later one has a deadline then so has the earlier one.
                if let Ok(late) = late {
                    prop_assert!(early.unwrap() <= late, "{} from {} and {}", allowed, pair[0], pair[1]);
                }
                if let (Ok(early), Ok(late)) = (before(pair[0], allowed, clock), before(pair[1], allowed, clock)) {
                    prop_assert!(early <= late, "{} before {} and {}", allowed, pair[0], pair[1]);
                }
                if let (Ok(early), Ok(late)) = (ahead(pair[0], allowed, clock), ahead(pair[1], allowed, clock)) {
                    prop_assert!(early <= late, "{} ahead of {} and {}", allowed, pair[0], pair[1]);
                    // An event belongs to the day that begins with it, a deadline to the one that ends with it.
                    // Counted back from a day earlier, it may reach beyond the days that are known.
                    if let Ok(counted_back) = before(pair[0], allowed, clock) {
                        prop_assert!(counted_back <= early, "{} before {}", allowed, pair[0]);
                    }
                }
            }
        }
    }

    #[test]
    fn a_deadline_lies_ahead_and_a_reminder_behind((calendar, _, moments) in setting(any_place(), 9), allowed in any_duration()) {
        let hours = open(&calendar);
        for from in moments {
            let clock = Clock::Business(&hours);
            if let Ok(end) = due(from, allowed, clock) {
                prop_assert!(from < end);
            }
            if let Ok(early) = before(from, allowed, clock) {
                prop_assert!(early < from);
            }
        }
    }

    #[test]
    fn more_time_is_not_less((calendar, _, moments) in setting(any_place(), 9), allowed in any_duration(), more in 1_i64..5) {
        let hours = open(&calendar);
        let longer = Duration { amount: allowed.amount + Decimal::from(more), unit: allowed.unit };
        for from in moments {
            let clock = Clock::Business(&hours);
            if let Ok(end) = due(from, longer, clock) {
                prop_assert!(due(from, allowed, clock).unwrap() <= end);
            }
            if let Ok(early) = before(from, longer, clock) {
                prop_assert!(early <= before(from, allowed, clock).unwrap());
            }
        }
    }

    #[test]
    fn open_time_adds_up((calendar, _, moments) in setting(any_place(), 9)) {
        let hours = open(&calendar);
        for abc in moments.windows(3) {
            let (ab, bc) = (hours.open_seconds(abc[0], abc[1]), hours.open_seconds(abc[1], abc[2]));
            prop_assert_eq!(hours.open_seconds(abc[0], abc[2]), ab + bc);
            prop_assert!(ab.abs() <= abc[1].since(abc[0]).abs());
            let whole: i64 =
                hours.open_intervals(abc[0], abc[1]).into_iter().map(clausal::worktime::Interval::seconds).sum();
            prop_assert_eq!(whole, ab.max(0));
            // One second is open or it is not.
            let second = hours.open_seconds(abc[0], abc[0].plus(1).unwrap());
            prop_assert_eq!(second, i64::from(hours.is_open(abc[0])));
        }
    }

    #[test]
    fn walks_forward_and_backward_undo_each_other((calendar, _, moments) in setting(any_place(), 9), seconds in 1_i64..200_000) {
        let hours = open(&calendar);
        for from in moments {
            if let Ok(end) = hours.after(from, seconds) {
                // Exactly the time that was asked for, and not a second earlier.
                prop_assert_eq!(hours.open_seconds(from, end), seconds);
                prop_assert!(hours.is_open(end.just_before()));
                let back = hours.before(end, seconds).unwrap();
                prop_assert!(from <= back);
                prop_assert_eq!(hours.open_seconds(from, back), 0);
                prop_assert!(!hours.is_open(from) || back == from);
            }
            if let Ok(start) = hours.before(from, seconds) {
                prop_assert_eq!(hours.open_seconds(start, from), seconds);
                prop_assert!(hours.is_open(start));
                let forth = hours.after(start, seconds).unwrap();
                prop_assert!(forth <= from);
                prop_assert_eq!(hours.open_seconds(forth, from), 0);
            }
        }
    }

    #[test]
    fn business_days_end_with_an_open_day((calendar, _, moments) in setting(any_place(), 9), n in 1_i64..9) {
        let hours = open(&calendar);
        for from in moments {
            let allowed = crate::fixtures::duration(n, Unit::BusinessDays);
            let Ok(end) = due(from, allowed, Clock::Business(&hours)) else { continue };
            let day_0 = hours.counting_day(from).unwrap();
            prop_assert!(hours.zone().day(from) <= day_0);
            let days: Vec<_> = hours.open_days_after(day_0).take(usize::try_from(n).unwrap()).collect();
            prop_assert_eq!(days.last().unwrap().closing, end);
            prop_assert!(hours.is_open(end.just_before()));
            let back: Vec<_> = hours.open_days_before(days.last().unwrap().day).take(days.len() - 1).collect();
            prop_assert!(days.iter().rev().skip(1).eq(&back));
        }
    }

    #[test]
    fn parts_of_the_time_lie_between_start_and_deadline(
        (calendar, _, moments) in setting(any_place(), 9),
        allowed in any_duration(),
        mut parts in prop::collection::vec(0_i64..=100_000_000, 4),
    ) {
        let hours = open(&calendar);
        let clock = Clock::Business(&hours);
        parts.sort_unstable();
        for start in moments {
            let Ok(deadline) = due(start, allowed, clock) else { continue };
            let measure = clock.measure(allowed.unit).unwrap();
            let total = measure.elapsed(start, deadline);
            let mut last = start;
            for part in &parts {
                let at = measure.share(start, deadline, Decimal::new(*part, 6)).unwrap();
                prop_assert!(last <= at && at <= deadline);
                // As much as was asked for, rounded up to a second: 100 % are 100,000,000 parts.
                let wanted = (i128::from(total) * i128::from(*part) + 99_999_999) / 100_000_000;
                prop_assert_eq!(i128::from(measure.elapsed(start, at)), wanted);
                last = at;
            }
        }
    }

    #[test]
    fn nothing_is_late_at_its_deadline((calendar, _, moments) in setting(any_place(), 9), allowed in any_duration()) {
        let hours = open(&calendar);
        let clock = Clock::Business(&hours);
        for start in moments {
            let Ok(deadline) = due(start, allowed, clock) else { continue };
            let measure = clock.measure(allowed.unit).unwrap();
            prop_assert_eq!(measure.lateness(deadline, deadline), 0);
            prop_assert_eq!(measure.lateness(deadline, start), 0);
            // It is late from the first second that counts.
            let late = match measure {
                Measure::Plain => deadline.plus(1),
                Measure::Open(hours) => hours.next_open(deadline).and_then(|open| open.plus(1)),
            };
            match late {
                Ok(late) => {
                    prop_assert_eq!(measure.lateness(deadline, late), 1);
                    prop_assert_eq!(measure.lateness(deadline, late.just_before()), 0);
                }
                Err(error) => prop_assert_eq!(error, TimeError::NeverOpen),
            }
        }
    }
}
