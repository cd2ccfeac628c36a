//! Input that no text can produce: nothing panics, whatever the model holds.

use clausal::model::calendar::Season;
use clausal::model::{Calendar, Date, Duration, Hours, LocalDateTime, Period, Slot, TimeOfDay, Unit, Zone};
use clausal::source::Span;
use clausal::worktime::{
    Clock, Day, Instant, Interval, OpenHours, Periods, Table, TimeZone, before, civil, due, words,
};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::fixtures::{blank, closure, exception};

fn any_date() -> impl Strategy<Value = Date> {
    let usual = (1995_i16..2035, 0_u8..=14, 0_u8..=40);
    let odd = (any::<i16>(), any::<u8>(), any::<u8>());
    prop_oneof![usual, odd].prop_map(|(year, month, day)| Date { year, month, day })
}

fn any_hours() -> impl Strategy<Value = Vec<Hours>> {
    let time = || prop_oneof![0_u16..=1440, any::<u16>()].prop_map(|minutes| TimeOfDay { minutes });
    prop::collection::vec((time(), time()).prop_map(|(open, close)| Hours { open, close }), 0..5)
}

fn any_model_calendar() -> impl Strategy<Value = Calendar> {
    let zone = prop::sample::select(TimeZone::names().collect::<Vec<_>>());
    let weekly = prop::array::uniform7(any_hours());
    let closures = prop::collection::vec((any_date(), any_date()), 0..5);
    let season = (any_date(), prop::option::of(any_date()), prop::array::uniform7(any_hours()));
    let seasons = prop::collection::vec(season, 0..3);
    let exceptions = prop::collection::vec((any_date(), any_hours()), 0..5);
    let cutoff = prop::option::of(any::<u16>());
    let all = (zone, weekly, seasons, closures, exceptions, cutoff);
    all.prop_map(|(zone, weekly, seasons, closures, exceptions, cutoff)| Calendar {
        zone: Slot::Set(Zone(zone.into())),
        weekly,
        seasons: seasons
            .into_iter()
            .map(|(from, to, weekly)| Season { from, to, weekly, span: Span::default() })
            .collect(),
        closures: closures.into_iter().map(|(from, to)| closure(from, to)).collect(),
        exceptions: exceptions.into_iter().map(|(date, hours)| exception(date, hours)).collect(),
        cutoff: cutoff.map(|minutes| TimeOfDay { minutes }),
        ..blank("UTC")
    })
}

fn any_unit() -> impl Strategy<Value = Unit> {
    prop::sample::select(vec![
        Unit::Minutes,
        Unit::Hours,
        Unit::BusinessMinutes,
        Unit::BusinessHours,
        Unit::BusinessDays,
        Unit::CalendarDays,
        Unit::Weeks,
        Unit::Months,
    ])
}

fn any_amount() -> impl Strategy<Value = Decimal> {
    let odd = (any::<i64>(), any::<u64>(), 0_u32..=28).prop_map(|(high, low, scale)| {
        let wide = (i128::from(high) << 32) ^ i128::from(low);
        Decimal::try_from_i128_with_scale(wide, scale).unwrap_or(Decimal::MAX)
    });
    prop_oneof![4 => (0_i64..100).prop_map(Decimal::from), 1 => odd, 1 => Just(Decimal::MAX), 1 => Just(Decimal::MIN)]
}

fn any_instant() -> impl Strategy<Value = Instant> {
    let whole = Instant::MIN.epoch()..=Instant::MAX.epoch();
    let near = 946_684_800_i64..2_000_000_000;
    let edge = prop_oneof![
        (0_i64..500_000).prop_map(|n| Instant::MIN.epoch() + n),
        (0_i64..500_000).prop_map(|n| Instant::MAX.epoch() - n),
    ];
    prop_oneof![near, whole, edge].prop_map(|epoch| Instant::from_epoch(epoch).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(50))]

    #[test]
    fn every_question_has_an_answer_or_an_error(
        calendar in any_model_calendar(),
        moments in prop::array::uniform2(any_instant()),
        durations in prop::collection::vec((any_amount(), any_unit()), 4),
        dates in prop::array::uniform2(any_date()),
    ) {
        let hours = OpenHours::of(&calendar).unwrap();
        let [a, b] = moments;
        for clock in [Clock::Business(&hours), Clock::Wall(hours.zone())] {
            for (amount, unit) in &durations {
                let allowed = Duration { amount: *amount, unit: *unit };
                if let Ok(end) = due(a, allowed, clock) {
                    prop_assert!(a <= end && end <= Instant::MAX);
                }
                if let Ok(start) = before(a, allowed, clock) {
                    prop_assert!(Instant::MIN <= start && start <= a);
                }
                if let Ok(measure) = clock.measure(*unit) {
                    prop_assert!(measure.lateness(a, b) >= 0);
                    let _ = measure.share(a, b, *amount);
                }
            }
        }
        prop_assert_eq!(hours.open_seconds(a, b), -hours.open_seconds(b, a));
        for date in dates {
            let day = Day::of(date);
            prop_assert_eq!(Day::of(day.date()), day);
            let _ = (hours.open_day(day), hours.cut_off(day), civil::weekday(date), civil::iso_week(date));
            for kind in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
                let _ = Periods::new(kind, date.month).containing(date).map(|span| span.interval(hours.zone()));
            }
            let local = LocalDateTime { date, seconds: u32::from(date.day) * 16_000_000 };
            let _ = (hours.zone().instant(local), words::local(local), words::day(date));
        }
        let _ = (words::weekly(&calendar.weekly), words::deadline(a, hours.zone()), words::zone(b, hours.zone()));
    }

    #[test]
    fn every_span_has_a_table_or_an_error(calendar in any_model_calendar(), from in any_date(), days in 0_i64..40) {
        let hours = OpenHours::of(&calendar).unwrap();
        let from = Day::of(from);
        let to = from.plus(days).unwrap_or(Day::LAST);
        if let Ok(table) = Table::new(Clock::Business(&hours), from.date(), to.date()) {
            let Interval { from, to } = table.span();
            let total: i64 = table.segments().iter().map(|segment| segment.to_s - segment.from_s).sum();
            prop_assert_eq!(total, to.since(from));
        }
    }
}
