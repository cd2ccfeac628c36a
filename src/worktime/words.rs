//! Time in English, for documents and messages. Always the same words, in every locale.

use super::civil::weekday;
use super::{Instant, TimeZone};
use crate::model::time::Plurality;
use crate::model::{Date, Hours, LocalDateTime, TimeOfDay, Unit, Weekday};

/// `6 March 2026`.
pub fn date(date: Date) -> String {
    format!("{} {} {}", date.day, month(date.month), date.year)
}

/// `Friday 6 March 2026`.
pub fn day(on: Date) -> String {
    format!("{} {}", weekday(on).name(), date(on))
}

/// The days from `first` to `last` in as few words as are clear: `24 December 2026`, `24 to 26 December 2026`,
/// `30 November to 2 December 2026`, `24 December 2026 to 2 January 2027`.
pub fn dates(first: Date, last: Date) -> String {
    if first == last {
        return date(first);
    }
    if first.year != last.year {
        return format!("{} to {}", date(first), date(last));
    }
    if first.month != last.month {
        return format!("{} {} to {}", first.day, month(first.month), date(last));
    }
    format!("{} to {}", first.day, date(last))
}

/// `16:30`, or `16:30:05` if the seconds are not zero, for seconds since midnight; `24:00` for the end of the day.
pub fn time(seconds: u32) -> String {
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") }
}

/// `Friday 6 March 2026 16:30`.
pub fn local(at: LocalDateTime) -> String {
    format!("{} {}", day(at.date), time(at.seconds))
}

/// `Friday 6 March 2026 16:30`: what calendar and clock on the wall show at a moment.
pub fn moment(instant: Instant, zone: &TimeZone) -> String {
    local(zone.local(instant))
}

/// The end of an allowed time: as [`moment`], but where a day ends it is the end of that day, not the start of the next:
/// `Tuesday 31 March 2026 24:00`.
pub fn deadline(instant: Instant, zone: &TimeZone) -> String {
    local(deadline_local(instant, zone))
}

/// As [`moment`], with the zone behind it where that is not the usual one of the text around it:
/// `Friday 6 March 2026 10:30 GMT`.
pub fn labelled_moment(instant: Instant, zone: &TimeZone, usual: Option<&TimeZone>) -> String {
    moment(instant, zone) + &label(instant, zone, usual)
}

/// As [`deadline`], with the zone behind it where that is not the usual one of the text around it.
pub fn labelled_deadline(instant: Instant, zone: &TimeZone, usual: Option<&TimeZone>) -> String {
    deadline(instant, zone) + &label(instant, zone, usual)
}

/// The zone behind a moment, where it is not the usual one of the text around it.
pub fn label(instant: Instant, zone: &TimeZone, usual: Option<&TimeZone>) -> String {
    match usual {
        Some(usual) if usual.name() != zone.name() => format!(" {}", self::zone(instant, zone)),
        _ => String::new(),
    }
}

/// The end of an allowed time on the wall clock: where a day ends it is 24:00 of that day, not 00:00 of the next.
pub fn deadline_local(instant: Instant, zone: &TimeZone) -> LocalDateTime {
    let last_day = zone.last_day(instant);
    if zone.day(instant) == last_day {
        return zone.local(instant);
    }
    LocalDateTime { date: last_day.date(), seconds: u32::from(TimeOfDay::END.minutes) * 60 }
}

/// The zone at a moment, to stand after it: `EST`, or `UTC+05:45` where people use no letters.
pub fn zone(instant: Instant, zone: &TimeZone) -> String {
    if let Some(letters) = zone.abbreviation(instant) {
        return letters;
    }
    let offset = zone.offset(instant);
    let sign = if offset < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset.abs() / 3600, offset.abs() / 60 % 60);
    format!("UTC{sign}{hours:02}:{minutes:02}")
}

/// Which seconds a length of time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seconds {
    /// All of them.
    Plain,
    /// Those in which a calendar is open.
    Open,
}

impl Seconds {
    /// What lengths of time count when a time is allowed in this unit.
    pub fn of(unit: Unit) -> Seconds {
        if unit.is_business() { Seconds::Open } else { Seconds::Plain }
    }

    fn adjective(self) -> &'static str {
        match self {
            Seconds::Plain => "",
            Seconds::Open => "business ",
        }
    }
}

/// A length of time: `1 hour 30 minutes`, `1 business hour 30 minutes`, `45 business seconds`, `0 minutes`.
///
/// Hours are never summed up to days, as a day may mean too many things: `76 hours`. Lengths below zero, which come
/// from data where the end lies before the start, begin with `minus`.
pub fn length(seconds: i64, which: Seconds) -> String {
    let total = seconds.unsigned_abs();
    let parts = [(total / 3600, "hour"), (total / 60 % 60, "minute"), (total % 60, "second")];
    let mut adjective = which.adjective();
    let mut words: Vec<String> = if seconds < 0 { vec![String::from("minus")] } else { Vec::new() };
    for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
        words.push(counted(count, adjective, unit));
        adjective = "";
    }
    if total == 0 { counted(0, adjective, "minute") } else { words.join(" ") }
}

/// The hours of a week: `Monday to Friday 09:00-17:30; Saturday 10:00-12:00, 13:00-15:00`. Days with the same hours stand
/// together; `every day` for all seven, `all day` for 00:00 to 24:00, `never` if there are none.
pub fn weekly(hours: &[Vec<Hours>; 7]) -> String {
    let mut groups: Vec<(Vec<Weekday>, &[Hours])> = Vec::new();
    for (day, hours) in Weekday::ALL.into_iter().zip(hours).filter(|(_, hours)| !hours.is_empty()) {
        match groups.iter_mut().find(|(_, same)| *same == hours.as_slice()) {
            Some((days, _)) => days.push(day),
            None => groups.push((vec![day], hours)),
        }
    }
    if groups.is_empty() {
        return String::from("never");
    }
    let group = |(days, hours): &(Vec<Weekday>, &[Hours])| format!("{} {}", weekdays(days), windows(hours));
    groups.iter().map(group).collect::<Vec<_>>().join("; ")
}

/// The hours of a day: `10:00-12:00, 13:00-15:00`; `all day` for 00:00 to 24:00, `closed` if there are none.
pub fn windows(hours: &[Hours]) -> String {
    let all_day = Hours { open: TimeOfDay::START, close: TimeOfDay::END };
    match hours {
        [] => String::from("closed"),
        [one] if *one == all_day => String::from("all day"),
        several => several.iter().map(|h| format!("{}-{}", h.open, h.close)).collect::<Vec<_>>().join(", "),
    }
}

/// Days of the week, in order: `Monday to Friday`, `Saturday and Sunday`, `Monday to Wednesday and Friday`, `every day`.
pub fn weekdays(days: &[Weekday]) -> String {
    if days.len() == Weekday::ALL.len() {
        return String::from("every day");
    }
    let mut runs: Vec<(Weekday, Weekday)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if last.index() + 1 == day.index() => *last = *day,
            Some(_) | None => runs.push((*day, *day)),
        }
    }
    let words = runs.into_iter().flat_map(|(first, last)| match last.index() - first.index() {
        0 => vec![first.name().to_owned()],
        1 => vec![first.name().to_owned(), last.name().to_owned()],
        _ => vec![format!("{} to {}", first.name(), last.name())],
    });
    listed(&words.collect::<Vec<_>>())
}

/// The English name of a month, 1 to 12.
pub fn month(month: u8) -> &'static str {
    match month {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

fn counted(count: u64, adjective: &str, unit: &str) -> String {
    let plural = match Plurality::of(count.into()) {
        Plurality::One => "",
        Plurality::Many => "s",
    };
    format!("{count} {adjective}{unit}{plural}")
}

/// `a`, `a, and b`, `a, b, and c`: for parts that are long or have an `and` of their own.
pub(super) fn listed_clauses(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
