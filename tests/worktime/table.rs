//! Tables say the same as the functions that walk from day to day.

use clausal::model::{Date, LocalDateTime, Unit};
use clausal::worktime::table::{BUCKET_ORIGIN, ZONE_BUCKET_SECONDS, ZoneTable};
use clausal::worktime::{Clock, Day, Instant, Interval, OpenHours, Table, TimeError, before, civil, due};
use proptest::prelude::*;

use crate::fixtures::{
    any_duration, any_place, at, calendar, cut_off, date, duration, local, open, setting, zone,
};

/// The days so far around a day.
fn around(near: Day, days: i64) -> (Date, Date) {
    (near.plus(-days).unwrap().date(), near.plus(days).unwrap().date())
}

fn in_span(table: &Table, instant: Instant) -> bool {
    table.span().contains(instant)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn tables_answer_as_the_walks_do((calendar, near, moments) in setting(any_place(), 9), allowed in any_duration()) {
        let hours = open(&calendar);
        let clock = Clock::Business(&hours);
        let (from, to) = around(near, 20);
        let table = Table::new(clock, from, to).unwrap();
        for (a, b) in moments.iter().zip(moments.iter().rev()) {
            prop_assert_eq!(table.open_seconds(*a, *b), Ok(hours.open_seconds(*a, *b)));
            prop_assert_eq!(table.is_open(*a), Ok(hours.is_open(*a)));
            prop_assert_eq!(table.day(*a), Ok(hours.zone().day(*a)));
            // Times that are used up exactly at an edge, among others.
            let open = hours.open_seconds(*a, *b);
            prop_assert_eq!(table.after(*a, open), hours.after(*a, open));
            prop_assert_eq!(table.until(*b, open), hours.before(*b, open));
            let (fast, slow) = (table.due(*a, allowed), due(*a, allowed, clock));
            match slow {
                Ok(end) if in_span(&table, end) => prop_assert_eq!(fast, slow, "{} from {}", allowed, a),
                Ok(_) | Err(_) => prop_assert!(fast == slow || fast == Err(TimeError::OutsideTable)),
            }
            let (fast, slow) = (table.before(*a, allowed), before(*a, allowed, clock));
            match slow {
                Ok(early) if in_span(&table, early) => prop_assert_eq!(fast, slow, "{} before {}", allowed, a),
                Ok(_) | Err(_) => prop_assert!(fast == slow || fast == Err(TimeError::OutsideTable)),
            }
        }
    }

    #[test]
    fn segments_divide_the_span((calendar, near, _) in setting(any_place(), 9)) {
        let hours = open(&calendar);
        let (from, to) = around(near, 15);
        let table = Table::new(Clock::Business(&hours), from, to).unwrap();
        let mut at = table.span().from.epoch();
        let mut open_so_far = 0;
        for segment in table.segments() {
            prop_assert_eq!(segment.from_s, at);
            prop_assert!(segment.from_s < segment.to_s);
            prop_assert_eq!(segment.cum_s, open_so_far);
            // First, middle and last second: the same UTC day, local day and state.
            for second in [segment.from_s, i64::midpoint(segment.from_s, segment.to_s), segment.to_s - 1] {
                let instant = Instant::from_epoch(second).unwrap();
                prop_assert_eq!(second.div_euclid(86_400), segment.utc_day);
                prop_assert_eq!(hours.zone().day(instant).number(), segment.local_day);
                prop_assert_eq!(hours.is_open(instant), segment.is_open);
            }
            open_so_far += if segment.is_open { segment.to_s - segment.from_s } else { 0 };
            at = segment.to_s;
        }
        prop_assert_eq!(at, table.span().to.epoch());
        prop_assert_eq!(open_so_far, hours.open_seconds(table.span().from, table.span().to));
    }

    #[test]
    fn rows_follow_one_another((calendar, near, _) in setting(any_place(), 9)) {
        let hours = open(&calendar);
        let (from, to) = around(near, 15);
        let table = Table::new(Clock::Business(&hours), from, to).unwrap();
        let mut cum = 0;
        for piece in table.work() {
            prop_assert_eq!(piece.cum_from, cum);
            prop_assert!(piece.cum_from < piece.cum_to);
            prop_assert_eq!(piece.cum_bucket, piece.cum_from / 14_400);
            prop_assert_eq!(piece.cum_bucket, (piece.cum_to - 1) / 14_400);
            let (start, length) = (Instant::from_epoch(piece.from_s).unwrap(), piece.cum_to - piece.cum_from);
            prop_assert_eq!(hours.open_seconds(table.span().from, start), piece.cum_from);
            prop_assert_eq!(hours.open_seconds(start, start.plus(length).unwrap()), length);
            cum = piece.cum_to;
        }
        prop_assert_eq!(cum, hours.open_seconds(table.span().from, table.span().to));
        let mut start = table.span().from.epoch();
        for (row, day) in table.local_days().iter().zip(Day::of(from).number()..) {
            prop_assert_eq!(row.local_day, day);
            prop_assert_eq!(row.start_s, start);
            let before = table.open_days().iter().filter(|open| open.local_day < day).count();
            prop_assert_eq!(row.bdays_before, i64::try_from(before).unwrap());
            start = row.end_s;
        }
        prop_assert_eq!(start, table.span().to.epoch());
        for (row, number) in table.open_days().iter().zip(1..) {
            prop_assert_eq!(row.bday_no, number);
            let day = hours.open_day(Day::from_number(row.local_day).unwrap()).unwrap();
            prop_assert_eq!((row.open_s, row.close_s), (day.opening.epoch(), day.closing.epoch()));
        }
    }

    #[test]
    fn wall_times_mean_the_same_moments(
        (calendar, near, _) in setting(any_place(), 9),
        times in prop::collection::vec((-9_i64..=9, prop_oneof![0_u32..=86_400, (0_u32..=48).prop_map(|n| n * 1800)]), 20),
    ) {
        let hours = open(&calendar);
        let (from, to) = around(near, 10);
        let table = Table::new(Clock::Wall(hours.zone()), from, to).unwrap();
        for (day, seconds) in times {
            let local = LocalDateTime { date: near.plus(day).unwrap().date(), seconds };
            prop_assert_eq!(table.instant(local), hours.zone().instant(local), "{}", local);
        }
        let mut at = Day::of(from).number() * 86_400;
        for piece in table.wall() {
            prop_assert_eq!(piece.wall_from_s, at);
            prop_assert!(piece.wall_from_s < piece.wall_to_s);
            at = piece.wall_to_s;
        }
        prop_assert_eq!(at, (Day::of(to).number() + 1) * 86_400);
    }
}

fn office() -> OpenHours {
    open(&calendar("America/New_York", "mon-fri 09:00-12:00 13:00-17:30"))
}

#[test]
fn a_table_reads_as_documented() {
    let hours = office();
    let table = Table::new(Clock::Business(&hours), date("2026-03-06"), date("2026-03-10")).unwrap();
    let friday = at("America/New_York", "2026-03-06 00:00").epoch();
    // Friday: night, morning, lunch, afternoon until UTC midnight at 19:00 local, evening.
    let rows: Vec<_> = table
        .segments()
        .iter()
        .take(6)
        .map(|s| ((s.from_s - friday) / 60, (s.to_s - friday) / 60, s.is_open, s.cum_s / 60, s.bday_base))
        .collect();
    assert_eq!(
        rows,
        [
            (0, 540, false, 0, 1),
            (540, 720, true, 0, 1),
            (720, 780, false, 180, 1),
            (780, 1050, true, 180, 1),
            (1050, 1140, false, 450, 1),
            (1140, 1440, false, 450, 1),
        ]
    );
    // Sunday has 23 hours.
    let lengths: Vec<i64> = table.local_days().iter().map(|day| (day.end_s - day.start_s) / 3600).collect();
    assert_eq!(lengths, [24, 24, 23, 24, 24]);
    let days: Vec<_> = table.open_days().iter().map(|day| (day.bday_no, day.local_day)).collect();
    let number = |text| Day::of(date(text)).number();
    assert_eq!(days, [(1, number("2026-03-06")), (2, number("2026-03-09")), (3, number("2026-03-10"))]);
    // 7.5 hours a day, cut at every 4.
    let work: Vec<_> =
        table.work().iter().map(|w| (w.cum_bucket, w.cum_from / 60, w.cum_to / 60)).take(5).collect();
    assert_eq!(work, [(0, 0, 180), (0, 180, 240), (1, 240, 450), (1, 450, 480), (2, 480, 630)]);
    // The wall clock: straight, an hour that does not exist, straight.
    let wall: Vec<_> = table.wall().iter().map(|w| ((w.wall_to_s - w.wall_from_s) / 3600, w.runs)).collect();
    assert_eq!(wall, [(50, 1), (1, 0), (69, 1)]);
}

#[test]
fn the_cut_off_is_an_edge_of_a_segment() {
    let hours = open(&cut_off(calendar("America/New_York", "mon-fri 09:00-17:00"), "15:00"));
    let table = Table::new(Clock::Business(&hours), date("2026-03-05"), date("2026-03-10")).unwrap();
    let base = |text| {
        let instant = at("America/New_York", text).epoch();
        table.segments().iter().find(|s| s.from_s <= instant && instant < s.to_s).unwrap().bday_base
    };
    assert_eq!(base("2026-03-05 15:00"), 1);
    assert_eq!(base("2026-03-05 15:00:01"), 2);
    assert_eq!(base("2026-03-06 15:00"), 2);
    assert_eq!(base("2026-03-07 12:00"), 3);
    assert_eq!(base("2026-03-09 15:00"), 3);
    assert_eq!(base("2026-03-10 23:00"), 5);
    let one = duration(1, Unit::BusinessDays);
    let start = at("America/New_York", "2026-03-05 15:00:01");
    assert_eq!(table.due(start, one), due(start, one, Clock::Business(&hours)));
}

#[test]
fn what_lies_outside_the_span_is_an_error() {
    let hours = office();
    let table = Table::new(Clock::Business(&hours), date("2026-03-06"), date("2026-03-10")).unwrap();
    let (from, to) = (table.span().from, table.span().to);
    assert_eq!(table.is_open(from), Ok(false));
    assert_eq!(table.is_open(from.just_before()), Err(TimeError::OutsideTable));
    assert_eq!(table.is_open(to), Err(TimeError::OutsideTable));
    assert_eq!(table.open_seconds(from, to), Err(TimeError::OutsideTable));
    assert_eq!(table.due(from, duration(23, Unit::BusinessHours)), Err(TimeError::OutsideTable));
    assert_eq!(table.due(from, duration(3, Unit::BusinessDays)), Err(TimeError::OutsideTable));
    assert_eq!(table.due(from, duration(5, Unit::CalendarDays)), Err(TimeError::OutsideTable));
    assert_eq!(table.instant(local("2026-03-10 24:00")), Err(TimeError::OutsideTable));
    assert_eq!(
        Table::new(Clock::Business(&hours), date("2026-03-06"), date("2026-03-05")),
        Err(TimeError::OutOfRange)
    );
    let wall = Table::new(Clock::Wall(hours.zone()), date("2026-03-06"), date("2026-03-06")).unwrap();
    assert_eq!(wall.due(from, duration(1, Unit::BusinessDays)), Err(TimeError::NoCalendar));
    assert_eq!(wall.open_seconds(from, from), Err(TimeError::NoCalendar));
    assert!(wall.work().is_empty() && wall.open_days().is_empty());
}

#[test]
fn ten_years_of_days_are_tabulated_whole() {
    let hours = open(&calendar("Australia/Lord_Howe", "mon-sun 00:00-24:00"));
    let (first, last) = (date("2020-01-01"), date("2029-12-31"));
    let table = Table::new(Clock::Business(&hours), first, last).unwrap();
    assert_eq!(i64::try_from(table.local_days().len()).unwrap(), civil::days_between(first, last) + 1);
    let Interval { from, to } = table.span();
    assert_eq!(hours.open_seconds(from, to), to.since(from));
    assert_eq!(table.work().last().map(|piece| piece.cum_to), Some(to.since(from)));
    // Twenty changes of the clock, by half an hour each; where it goes forward there is a gap on the wall.
    assert_eq!(zone("Australia/Lord_Howe").offsets(from, to).len(), 21);
    assert_eq!(table.wall().iter().filter(|piece| piece.runs == 0).count(), 10);
}

/// Zones that change by day, by half hours, back across midnight, and by skipping a whole day.
const UNRULY: [&str; 8] = [
    "UTC",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "America/Scoresbysund",
    "Pacific/Apia",
    "Africa/Casablanca",
    "America/St_Johns",
];

#[test]
fn a_zone_in_few_rows_has_the_same_days_and_wall_times() {
    for name in UNRULY {
        let zone = zone(name);
        let (first, last) = (date("1995-01-01"), date("2030-12-31"));
        let table = ZoneTable::new(&zone, first, last).unwrap();
        assert!(table.days().len() < 250 && table.wall().len() < 250, "{name}");
        let bucket = |s: i64| (s + BUCKET_ORIGIN).div_euclid(ZONE_BUCKET_SECONDS);
        let mut moments = Vec::new();
        for piece in table.days() {
            assert_eq!(bucket(piece.from_s), bucket(piece.to_s - 1), "{name}");
            moments.extend(
                [0, 1, 1799, 1800, 3599, 3600, 7200, 86_400].map(|s| (piece.from_s + s).min(piece.to_s - 1)),
            );
            moments.extend([1, 2, 1800, 3600, 86_400].map(|s| (piece.to_s - s).max(piece.from_s)));
        }
        for t in moments {
            let piece = table.days()[table.days().partition_point(|p| p.from_s <= t) - 1];
            assert!(t < piece.to_s, "{name} {t}");
            let day = (t + piece.day_offset_s).div_euclid(86_400);
            assert_eq!(day, zone.day(Instant::from_epoch(t).unwrap()).number(), "{name} {t}");
        }
        for day in Day::of(first).number()..=Day::of(last).number() {
            let w = day * 86_400;
            let piece = table.wall()[table.wall().partition_point(|p| p.wall_from_s <= w) - 1];
            assert!(w < piece.wall_to_s, "{name} {w}");
            let start = zone.start_of(Day::from_number(day).unwrap()).unwrap().epoch();
            assert_eq!(piece.utc_s + piece.runs * (w - piece.wall_from_s), start, "{name} {day}");
            assert_eq!(bucket(piece.wall_from_s), bucket(piece.wall_to_s - 1), "{name}");
        }
    }
}
