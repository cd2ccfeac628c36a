//! Calendars and moments in a few characters, and random ones.

use clausal::model::calendar::{Covers, Season};
use clausal::model::{
    Calendar, Closure, Date, Duration, Exception, Head, Hours, LocalDateTime, Name, Slot, TimeOfDay, Unit,
    Zone,
};
use clausal::source::Span;
use clausal::worktime::{Day, Instant, OpenHours, TimeZone, civil};
use proptest::prelude::*;

const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub fn zone(name: &str) -> TimeZone {
    TimeZone::find(name).unwrap_or_else(|| panic!("no zone {name}"))
}

pub fn date(text: &str) -> Date {
    civil::parse_date(text).unwrap_or_else(|| panic!("no date {text}"))
}

pub fn local(text: &str) -> LocalDateTime {
    civil::parse_local(text).unwrap_or_else(|| panic!("no moment {text}"))
}

/// The moment at which the wall clock of a zone shows a time.
pub fn at(zone_name: &str, text: &str) -> Instant {
    zone(zone_name).instant(local(text)).unwrap()
}

pub fn utc(text: &str) -> Instant {
    at("UTC", text)
}

pub fn duration(amount: i64, unit: Unit) -> Duration {
    Duration { amount: amount.into(), unit }
}

/// `09:00-12:00 13:00-17:30`.
pub fn hours(text: &str) -> Vec<Hours> {
    let time = |text: &str| civil::parse_time(text).unwrap_or_else(|| panic!("no time {text}"));
    let window = |text: &str| {
        let (open, close) = text.split_once('-').unwrap();
        Hours { open: time(open), close: time(close) }
    };
    text.split_whitespace().map(window).collect()
}

/// `mon-fri 09:00-17:30; sat 10:00-12:00`, in a zone.
pub fn calendar(zone: &str, weekly: &str) -> Calendar {
    let mut out = blank(zone);
    for part in weekly.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (days, windows) = part.split_once(' ').unwrap();
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        let index = |name| DAYS.iter().position(|day| *day == name).unwrap();
        for day in index(first)..=index(last) {
            out.weekly[day] = hours(windows);
        }
    }
    out
}

pub fn closed(mut calendar: Calendar, from: &str, to: &str) -> Calendar {
    calendar.closures.push(closure(date(from), date(to)));
    calendar
}

pub fn except(mut calendar: Calendar, on: &str, windows: &str) -> Calendar {
    calendar.exceptions.push(exception(date(on), hours(windows)));
    calendar
}

pub fn cut_off(mut calendar: Calendar, time: &str) -> Calendar {
    calendar.cutoff = civil::parse_time(time);
    calendar
}

pub fn open(calendar: &Calendar) -> OpenHours {
    OpenHours::of(calendar).unwrap()
}

pub fn blank(zone: &str) -> Calendar {
    let covers: Option<Covers> = None;
    Calendar {
        head: Head {
            name: Name { text: "office".into(), span: Span::default() },
            title: None,
            span: Span::default(),
            notes: Vec::new(),
        },
        zone: Slot::Set(Zone(zone.into())),
        weekly: Default::default(),
        seasons: Vec::new(),
        closures: Vec::new(),
        exceptions: Vec::new(),
        cutoff: None,
        covers,
    }
}

pub fn closure(from: Date, to: Date) -> Closure {
    Closure { from, to, title: None, span: Span::default() }
}

pub fn exception(date: Date, hours: Vec<Hours>) -> Exception {
    Exception { date, hours, title: None, span: Span::default() }
}

/// Zones and the local days around which their clocks do something: ordinary changes, half-hour changes, changes at
/// midnight, changes back across midnight, days that do not exist, and nothing at all.
const PLACES: [Place; 14] = [
    ("UTC", &["2026-02-28"]),
    ("America/New_York", &["2026-03-08", "2026-11-01", "2040-03-11"]),
    ("Europe/London", &["2026-03-29", "2025-10-26"]),
    ("Europe/Berlin", &["2026-03-29", "2026-10-25", "1980-04-06"]),
    ("Asia/Kolkata", &["2026-08-15"]),
    ("Asia/Kathmandu", &["2026-04-14", "1986-01-01"]),
    ("Australia/Lord_Howe", &["2026-04-05", "2026-10-04", "1981-03-01"]),
    ("Africa/Casablanca", &["2025-02-23", "2025-04-06", "2018-06-17"]),
    ("Pacific/Apia", &["2011-12-30", "2011-09-24", "2012-04-01"]),
    ("Pacific/Kwajalein", &["1993-08-21"]),
    ("America/Sao_Paulo", &["2018-11-04", "2018-02-18", "2017-10-15"]),
    ("America/Noronha", &["2000-10-08", "2000-10-15"]),
    ("America/St_Johns", &["2010-11-07", "2010-03-14", "1988-10-30"]),
    ("Antarctica/Casey", &["2010-03-05", "2009-10-18"]),
];

/// Zones whose offsets are not whole minutes, or were not in the year given.
const ODD_PLACES: [Place; 3] = [
    ("Africa/Monrovia", &["1972-01-07", "1960-07-01"]),
    ("Europe/Dublin", &["1916-05-21", "1916-10-01"]),
    ("Asia/Singapore", &["1905-06-01", "1933-01-01"]),
];

/// A zone and a day near which it is interesting.
pub fn place() -> impl Strategy<Value = (&'static str, Day)> {
    place_of(&PLACES)
}

/// As [`place`], with offsets that are not whole minutes, too.
pub fn any_place() -> impl Strategy<Value = (&'static str, Day)> {
    prop_oneof![9 => place(), 1 => place_of(&ODD_PLACES)]
}

type Place = (&'static str, &'static [&'static str]);

fn place_of(places: &'static [Place]) -> impl Strategy<Value = (&'static str, Day)> {
    let near = |(zone, days): Place| (Just(zone), prop::sample::select(days), -4_i64..=4);
    let day = |(zone, near, shift)| (zone, Day::of(date(near)).plus(shift).unwrap());
    prop::sample::select(places).prop_flat_map(near).prop_map(day)
}

/// A moment within so many days of a day: anything, round local times, and just beside them.
pub fn moment(zone_name: &'static str, near: Day, days: i64) -> impl Strategy<Value = Instant> {
    let beside = prop_oneof![4 => Just(0_i64), 1 => Just(-1_i64), 1 => Just(1_i64)];
    let second = prop_oneof![
        3 => 0_i64..86_400,
        2 => (0_i64..48).prop_map(|half| half * 1800),
        2 => (0_i64..24).prop_map(|quarter| quarter * 900),
    ];
    (-days..=days, second, beside).prop_map(move |(day, second, beside)| {
        let date = near.plus(day).unwrap().date();
        let local = LocalDateTime { date, seconds: u32::try_from(second).unwrap() };
        zone(zone_name).instant(local).unwrap().plus(beside).unwrap()
    })
}

/// A time of day, often a round one, and often where clocks are changed.
fn minute() -> impl Strategy<Value = u16> {
    prop_oneof![
        2 => 0_u16..=1440,
        3 => (0_u16..=48).prop_map(|half| half * 30),
        2 => 0_u16..=200,
        1 => Just(0_u16),
        1 => Just(1440_u16),
    ]
}

/// The hours of a day: none to three windows, or all day.
fn windows() -> impl Strategy<Value = Vec<Hours>> {
    let some = prop::collection::btree_set(minute(), 0..=6).prop_map(|edges| {
        let edges: Vec<u16> = edges.into_iter().collect();
        let pair = |pair: &[u16]| Hours {
            open: TimeOfDay { minutes: pair[0] },
            close: TimeOfDay { minutes: pair[1] },
        };
        edges.chunks_exact(2).map(pair).collect()
    });
    prop_oneof![6 => some, 1 => Just(hours("00:00-24:00")), 2 => Just(hours("09:00-17:30")), 2 => Just(Vec::new())]
}

/// A calendar in a zone with closures and exceptions near a day.
pub fn any_calendar(zone: &'static str, near: Day) -> impl Strategy<Value = Calendar> {
    let day = move || (-12_i64..=12).prop_map(move |shift| near.plus(shift).unwrap());
    let closures = prop::collection::vec((day(), 0_i64..3), 0..4);
    let exceptions = prop::collection::btree_map(day(), windows(), 0..4);
    let weekly = prop_oneof![
        4 => prop::array::uniform7(windows()),
        2 => windows().prop_map(|day| {
            [day.clone(), day.clone(), day.clone(), day.clone(), day, Vec::new(), Vec::new()]
        }),
    ];
    let cutoff = prop_oneof![2 => Just(None), 1 => minute().prop_map(Some)];
    // Boxed: seven days of windows are large for the stack of a test.
    let week = || prop::array::uniform7(windows()).boxed();
    // One that ends before the day in the middle, and one behind it that may have no end.
    let seasons = (
        prop::option::weighted(0.3, (-12_i64..=-5, 0_i64..=5, week())),
        prop::option::weighted(0.3, (1_i64..=8, prop::option::of(0_i64..=8), week())),
    )
        .prop_map(move |(early, late)| {
            let early = early.map(|(from, days, weekly)| (from, Some(days), weekly));
            let of = |(from, days, weekly): (i64, Option<i64>, [Vec<Hours>; 7])| {
                let first = near.plus(from).unwrap();
                Season {
                    from: first.date(),
                    to: days.map(|days| first.plus(days).unwrap().date()),
                    weekly,
                    span: Span::default(),
                }
            };
            early.into_iter().chain(late).map(of).collect::<Vec<Season>>()
        });
    let all = (weekly, seasons, closures, exceptions, cutoff);
    all.prop_map(move |(weekly, seasons, closures, exceptions, cutoff)| {
        let mut out = blank(zone);
        out.weekly = weekly;
        out.seasons = seasons;
        out.closures =
            closures.into_iter().map(|(day, n)| closure(day.date(), day.plus(n).unwrap().date())).collect();
        out.exceptions = exceptions.into_iter().map(|(day, hours)| exception(day.date(), hours)).collect();
        out.cutoff = cutoff.map(|minutes| TimeOfDay { minutes });
        out
    })
}

/// A place, a calendar there, and a few moments within some days of its interesting day; half of them at or beside the
/// calendar's own edges.
pub fn setting(
    place: impl Strategy<Value = (&'static str, Day)>,
    days: i64,
) -> impl Strategy<Value = (Calendar, Day, Vec<Instant>)> {
    let beside = || prop_oneof![2 => Just(0_i64), 1 => Just(-1_i64), 1 => Just(1_i64)];
    place.prop_flat_map(move |(zone, near)| {
        let anywhere = prop::collection::vec(moment(zone, near, days), 6);
        let at_edges = prop::collection::vec((-days..=days, any::<prop::sample::Index>(), beside()), 6);
        (any_calendar(zone, near), Just(near), anywhere, at_edges).prop_map(
            |(calendar, near, mut moments, at_edges)| {
                for (shift, index, beside) in at_edges {
                    moments.push(edge(&calendar, near.plus(shift).unwrap(), index).plus(beside).unwrap());
                }
                (calendar, near, moments)
            },
        )
    })
}

/// The weekly hours that hold on a date.
pub fn week_of(calendar: &Calendar, date: Date) -> &[Vec<Hours>; 7] {
    let holds = |season: &&Season| season.from <= date && season.to.is_none_or(|to| date <= to);
    calendar.seasons.iter().find(holds).map_or(&calendar.weekly, |season| &season.weekly)
}

/// One of the times of a day at which a calendar opens, closes or is cut off; midnight counts as one.
fn edge(calendar: &Calendar, day: Day, index: prop::sample::Index) -> Instant {
    let mut edges = vec![TimeOfDay::START];
    let exception = calendar.exceptions.iter().find(|exception| exception.date == day.date());
    let weekly = &week_of(calendar, day.date())[day.weekday().index()];
    let hours = exception.map_or(weekly, |exception| &exception.hours);
    edges.extend(hours.iter().flat_map(|window| [window.open, window.close]));
    edges.extend(calendar.cutoff);
    let seconds = u32::from(index.get(&edges).minutes) * 60;
    TimeZone::of(calendar.zone.get().unwrap())
        .unwrap()
        .instant(LocalDateTime { date: day.date(), seconds })
        .unwrap()
}

/// A time that may be allowed: every unit, and for the short ones parts of them.
pub fn any_duration() -> impl Strategy<Value = Duration> {
    let amount = |unit: Unit, most: i64| (1..=most).prop_map(move |n| duration(n, unit));
    prop_oneof![
        amount(Unit::Minutes, 3000),
        amount(Unit::Hours, 72),
        amount(Unit::BusinessMinutes, 2000),
        amount(Unit::BusinessHours, 30),
        (1_i64..30).prop_map(|n| Duration {
            amount: rust_decimal::Decimal::new(n * 25, 2),
            unit: Unit::BusinessHours,
        }),
        amount(Unit::BusinessDays, 8),
        amount(Unit::CalendarDays, 8),
        amount(Unit::Weeks, 2),
        amount(Unit::Months, 3),
    ]
}
