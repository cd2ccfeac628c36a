//! Lines say the same as the functions they are made of, moment by moment, and what is said of whole lines holds for every
//! moment that is looked at.

use std::cmp::Ordering;

use clausal::model::{Calendar, Duration, Unit};
use clausal::worktime::compare::{Difference, Line, Moments, Pattern};
use clausal::worktime::{Clock, Day, Instant, Interval, OpenHours, Table, ahead, before, due};
use proptest::prelude::*;

use crate::fixtures::{
    any_calendar, any_duration, any_place, at, calendar, closed, duration, open, setting, zone,
};

/// The time that is looked at, and a table that reaches further.
fn table(hours: &OpenHours, near: Day) -> (Table, Interval) {
    let date = |days| near.plus(days).unwrap().date();
    let table = Table::new(Clock::Business(hours), date(-140), date(140)).unwrap();
    let zone = hours.zone();
    let from = zone.start_of(near.plus(-2).unwrap()).unwrap();
    (table, Interval { from, to: zone.end_of(near.plus(2).unwrap()).unwrap() })
}

/// Every minute of an interval, and the seconds around what may be special.
fn moments(within: Interval, special: impl IntoIterator<Item = Instant>) -> Vec<Instant> {
    let second = |epoch: i64| Instant::from_epoch(epoch).unwrap();
    let mut out: Vec<Instant> = (within.from.epoch()..within.to.epoch()).step_by(60).map(second).collect();
    for at in special {
        out.extend((-2..=2).map(|beside| second(at.epoch() + beside)));
    }
    out.retain(|at| within.contains(*at));
    out.sort_unstable();
    out.dedup();
    out
}

fn edges(moments: &Moments) -> impl Iterator<Item = Instant> {
    moments.intervals().iter().flat_map(|interval| [interval.from, interval.to])
}

/// A calendar with two times that start in it.
fn two() -> impl Strategy<Value = (Calendar, Day, Duration, Duration)> {
    any_place().prop_flat_map(|(zone, near)| {
        (any_calendar(zone, near).boxed(), Just(near), any_duration(), any_duration())
    })
}

/// Any calendar of any place.
fn elsewhere() -> BoxedStrategy<Calendar> {
    any_place().prop_flat_map(|(zone, near)| any_calendar(zone, near).boxed()).boxed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn lines_are_the_functions_they_are_made_of(
        (calendar, near, moments) in setting(any_place(), 9),
        time in any_duration(),
    ) {
        let hours = open(&calendar);
        let clock = Clock::Business(&hours);
        let (table, _) = table(&hours, near);
        let span = table.span();
        let lines = [table.due_line(time), table.before_line(time), table.ahead_line(time)];
        let walks = [due, before, ahead];
        for (line, walk) in lines.into_iter().zip(walks) {
            let Some(line) = line.unwrap() else {
                // Then nothing of that kind ends within the table.
                for at in &moments {
                    prop_assert!(walk(*at, time, clock).is_ok_and(|end| !span.contains(end)) || walk(*at, time, clock).is_err());
                }
                continue;
            };
            let around = |at: Instant| (-1..=1).map(move |by| Instant::from_epoch(at.epoch() + by).unwrap());
            let near_breaks = line.breaks().filter(|at| at.epoch().abs_diff(near.number() * 86_400) < 12 * 86_400);
            let all = moments.iter().copied().chain(near_breaks).flat_map(around);
            for at in all {
                let (fast, slow) = (line.moment(at), walk(at, time, clock));
                match slow {
                    Ok(end) if span.contains(end) && line.span().contains(at) => {
                        prop_assert_eq!(fast, Some(end), "{} at {}", time, at);
                    }
                    Ok(end) if span.contains(end) => prop_assert!(fast.is_none()),
                    Ok(_) | Err(_) => prop_assert!(fast.is_none() || fast == slow.ok()),
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_said_of_two_lines_holds_at_every_moment((calendar, near, first, second) in two(), limit in -90_000_i64..90_000) {
        let hours = open(&calendar);
        let (table, within) = table(&hours, near);
        let (Some(a), Some(b)) = (table.due_line(first).unwrap(), table.due_line(second).unwrap()) else {
            return Ok(());
        };
        let (Some(larger), Some(smaller)) = (a.max(&b), a.min(&b)) else { return Ok(()) };
        let less = Difference::of(&a, &b, within);
        let (below, above, signs) = (less.below(limit), less.above(limit), less.signs());
        let special = edges(&below).chain(edges(&above)).chain(signs.iter().map(|(at, _)| *at));
        let special: Vec<Instant> = special.chain(a.breaks()).chain(b.breaks()).collect();
        let mut most: Option<(i64, Instant)> = None;
        let mut sign = None;
        for at in moments(within, special) {
            let (Some(x), Some(y)) = (a.at(at), b.at(at)) else { continue };
            prop_assert_eq!(below.contains(at), x - y < limit, "below at {}", at);
            prop_assert_eq!(above.contains(at), x - y > limit, "above at {}", at);
            prop_assert_eq!((larger.at(at), smaller.at(at)), (Some(x.max(y)), Some(x.min(y))));
            let expected = signs.iter().rev().find(|(from, _)| *from <= at).map(|(_, sign)| *sign);
            prop_assert_eq!(expected, Some(x.cmp(&y)), "sign at {}", at);
            sign = sign.or(Some(x.cmp(&y)));
            if most.is_none_or(|(best, _)| x - y > best) {
                most = Some((x - y, at));
            }
        }
        prop_assert_eq!(signs.first().map(|(_, sign)| *sign), sign);
        prop_assert!(signs.windows(2).all(|pair| pair[0].1 != pair[1].1));
        prop_assert_eq!(less.worst().map(|(at, most)| (most, at)), most);
    }

    #[test]
    fn one_after_another_is_the_one_of_the_other(
        (calendar, near, first, second) in two(),
        other in elsewhere(),
    ) {
        let (hours, elsewhere) = (open(&calendar), open(&other));
        let (table, within) = table(&hours, near);
        let date = |days| near.plus(days).unwrap().date();
        let there = Table::new(Clock::Business(&elsewhere), date(-140), date(140)).unwrap();
        let (Some(a), Some(b)) = (table.due_line(first).unwrap(), there.due_line(second).unwrap()) else {
            return Ok(());
        };
        let both = a.then(&b);
        let breaks = both.iter().flat_map(Line::breaks).chain(a.breaks());
        for at in moments(within, breaks.collect::<Vec<_>>()) {
            let expected = a.moment(at).and_then(|end| b.at(end));
            prop_assert_eq!(both.as_ref().and_then(|both| both.at(at)), expected, "at {}", at);
        }
        // Never decreasing, as both are.
        let values = moments(within, []).into_iter().filter_map(|at| both.as_ref()?.at(at));
        prop_assert!(values.is_sorted());
    }

    #[test]
    fn open_time_before_a_deadline_is_what_the_walk_counts((calendar, near, time, _) in two(), work in 0_i64..7200) {
        let hours = open(&calendar);
        let (table, within) = table(&hours, near);
        let (Some(end), Some(opened)) = (table.due_line(time).unwrap(), table.open_line()) else { return Ok(()) };
        let Some(by_then) = end.then(&opened) else { return Ok(()) };
        let short = Difference::of(&by_then, &opened, within).below(work);
        for at in moments(within, edges(&short).chain(end.breaks()).collect::<Vec<_>>()) {
            let Some(end) = end.moment(at).filter(|end| table.span().contains(*end)) else { continue };
            prop_assert_eq!(short.contains(at), hours.open_seconds(at, end) < work, "at {}", at);
        }
    }

    #[test]
    fn sets_of_moments_are_sets(cuts in prop::collection::vec(0_i64..500, 0..24)) {
        let set = |cuts: &[i64]| {
            let mut cuts = cuts.to_vec();
            cuts.sort_unstable();
            let instant = |at| Instant::from_epoch(at).unwrap();
            Moments::new(cuts.chunks_exact(2).map(|c| Interval { from: instant(c[0]), to: instant(c[1]) }))
        };
        let (a, b) = cuts.split_at(cuts.len() / 2);
        let (a, b) = (set(a), set(b));
        let (and, or, without) = (a.and(&b), a.or(&b), a.without(&b));
        for at in (0..500).map(|at| Instant::from_epoch(at).unwrap()) {
            prop_assert_eq!(and.contains(at), a.contains(at) && b.contains(at));
            prop_assert_eq!(or.contains(at), a.contains(at) || b.contains(at));
            prop_assert_eq!(without.contains(at), a.contains(at) && !b.contains(at));
        }
        prop_assert_eq!(without.seconds() + and.seconds(), a.seconds());
        prop_assert_eq!(and.seconds() + or.seconds(), a.seconds() + b.seconds());
    }
}

const NEW_YORK: &str = "America/New_York";

/// The starts of 2026 for which a time ends before the office has been open at all.
fn closed_throughout(calendar: &Calendar, time: Duration) -> (Moments, Interval) {
    let hours = open(calendar);
    let date = crate::fixtures::date;
    let table = Table::new(Clock::Business(&hours), date("2025-12-01"), date("2027-02-28")).unwrap();
    let year = Interval { from: at(NEW_YORK, "2026-01-01 00:00"), to: at(NEW_YORK, "2026-12-31 24:00") };
    let opened = table.open_line().unwrap();
    let by_then = table.due_line(time).unwrap().unwrap().then(&opened).unwrap();
    (Difference::of(&by_then, &opened, year).below(1), year)
}

#[test]
fn a_day_on_the_wall_is_no_day_at_the_office() {
    let office = calendar(NEW_YORK, "mon-fri 09:00-17:30");
    let (bad, year) = closed_throughout(&office, duration(24, Unit::Hours));
    let pattern = Pattern::of(&bad, year, &zone(NEW_YORK));
    assert_eq!(pattern.words(&zone(NEW_YORK)), "every Friday from 17:30 to Sunday 09:00",);
    assert!(pattern.others.is_empty());
    assert_eq!(bad.intervals().len(), 52);
    assert_eq!(pattern.regular, bad);
}

#[test]
fn holidays_are_named_apart() {
    let office = calendar(NEW_YORK, "mon-fri 09:00-17:30");
    let office = closed(office, "2026-11-26", "2026-11-27");
    let (bad, year) = closed_throughout(&office, duration(24, Unit::Hours));
    assert_eq!(
        Pattern::of(&bad, year, &zone(NEW_YORK)).words(&zone(NEW_YORK)),
        "every Friday from 17:30 to Sunday 09:00, and from Wednesday 25 November 2026 17:30 to Sunday 29 November 2026 09:00"
    );
    let (bad, _) = closed_throughout(&office, duration(72, Unit::Hours));
    assert_eq!(
        Pattern::of(&bad, year, &zone(NEW_YORK)).words(&zone(NEW_YORK)),
        "from Wednesday 25 November 2026 17:30 to Friday 27 November 2026 09:00"
    );
}

#[test]
fn every_evening_stands_together() {
    let office = calendar(NEW_YORK, "mon-fri 09:00-12:00 13:00-18:00");
    let (bad, year) = closed_throughout(&office, duration(15, Unit::Minutes));
    assert_eq!(
        Pattern::of(&bad, year, &zone(NEW_YORK)).words(&zone(NEW_YORK)),
        "Monday to Friday from 12:00 to 12:45, Monday to Thursday from 18:00 to 08:45 on the next day, and every Friday \
         from 18:00 to Monday 08:45"
    );
}

/// Two hours of the office against four on the wall: during the day the first end earlier, over night and over weekends much
/// later.
#[test]
fn which_is_later_depends_on_the_time_of_day() {
    let hours = open(&calendar(NEW_YORK, "mon-fri 09:00-18:00"));
    let date = crate::fixtures::date;
    let table = Table::new(Clock::Business(&hours), date("2026-02-01"), date("2026-04-30")).unwrap();
    let office = table.due_line(duration(2, Unit::BusinessHours)).unwrap().unwrap();
    let wall = table.due_line(duration(4, Unit::Hours)).unwrap().unwrap();
    let day = |from, to| Interval { from: at(NEW_YORK, from), to: at(NEW_YORK, to) };
    let less = Difference::of(&office, &wall, day("2026-03-06 09:00", "2026-03-07 00:00"));
    assert_eq!(
        less.signs(),
        [
            (at(NEW_YORK, "2026-03-06 09:00"), Ordering::Less),
            (at(NEW_YORK, "2026-03-06 16:00").plus(1).unwrap(), Ordering::Greater),
        ]
    );
    // From one second after 16:00 on the office is 61 hours behind the wall clock's 20:00, less the hour that is skipped on
    // Sunday; and stays so, as both go on with the clock.
    assert_eq!(less.worst(), Some((at(NEW_YORK, "2026-03-06 16:00").plus(1).unwrap(), (61 - 1) * 3600)));
    let most = less.above(60 * 3600 - 1);
    assert_eq!(edges(&most).last(), Some(at(NEW_YORK, "2026-03-06 18:00").plus(1).unwrap()));
}

#[test]
fn where_lines_have_nothing_in_common_nothing_is_said() {
    let day = |from, to| Interval { from: at("UTC", from), to: at("UTC", to) };
    let a = Line::later(day("2026-01-01 00:00", "2026-01-02 00:00"), 60);
    let b = Line::later(day("2026-01-03 00:00", "2026-01-04 00:00"), 60);
    assert_eq!(a.max(&b), None);
    assert_eq!(a.then(&b), None);
    let less = Difference::of(&a, &b, day("2026-01-01 00:00", "2026-01-04 00:00"));
    assert_eq!((less.worst(), less.signs()), (None, Vec::new()));
    assert!(less.below(i64::MAX).is_empty() && less.above(i64::MIN).is_empty());
}
