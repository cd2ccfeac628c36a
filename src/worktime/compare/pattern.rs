//! Which moments come back every week, and words for them: "every Friday from 17:00 to Sunday 09:00".

use std::collections::BTreeMap;

use super::Moments;
use crate::model::{LocalDateTime, Weekday};
use crate::worktime::civil::Day;
use crate::worktime::{Interval, TimeZone, words};

/// Stretches of time, sorted into those of an ordinary week and the others, which holidays and changes of the clocks make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What comes back in most weeks, in order of the week.
    pub weekly: Vec<Weekly>,
    /// What comes back in most weeks, on its dates.
    pub regular: Moments,
    /// What does not.
    pub others: Moments,
    /// True if no moment of the whole time is left out.
    pub always: bool,
}

/// A stretch of time that comes back in most weeks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekly {
    /// The days on which it begins.
    pub days: Vec<Weekday>,
    /// Its beginning, in seconds since midnight.
    pub from: u32,
    /// Its end, in seconds since midnight.
    pub to: u32,
    /// So many days after it has begun.
    pub days_later: i64,
}

/// What two stretches of an ordinary week have in common.
type Key = (usize, u32, i64, u32);

impl Pattern {
    /// Sorts some moments of a longer time, as the wall clock of a zone shows them.
    pub fn of(moments: &Moments, whole: Interval, zone: &TimeZone) -> Pattern {
        let keyed: Vec<(Key, Interval)> =
            moments.intervals().iter().map(|interval| (key(*interval, zone), *interval)).collect();
        let mut counts: BTreeMap<Key, i64> = BTreeMap::new();
        for (key, _) in &keyed {
            *counts.entry(*key).or_default() += 1;
        }
        let weeks = whole.seconds() / (7 * crate::worktime::civil::DAY_SECONDS);
        // The two parts of a year between which clocks are changed are as ordinary as a whole one.
        counts.retain(|(_, _, days, _), count| *days < 7 && *count > 1 && *count * 3 >= weeks);
        let cut = |key: &Key, interval: &Interval| {
            (interval.from == whole.from && counts.keys().any(|known| end(known) == end(key)))
                || (interval.to == whole.to && counts.keys().any(|known| start(known) == start(key)))
        };
        let (regular, others): (Vec<_>, Vec<_>) =
            keyed.into_iter().partition(|(key, interval)| counts.contains_key(key) || cut(key, interval));
        let set = |keyed: Vec<(Key, Interval)>| Moments::new(keyed.into_iter().map(|(_, interval)| interval));
        Pattern {
            weekly: grouped(counts.into_keys()),
            regular: set(regular),
            others: set(others),
            always: moments.intervals() == [whole],
        }
    }

    /// When it happens, to stand after a verb: `every Friday from 17:00 to Sunday 09:00, and 2 times besides, the first from
    /// Wednesday 25 November 2026 17:00 to Friday 27 November 2026 09:00`.
    pub fn words(&self, zone: &TimeZone) -> String {
        if self.always {
            return String::from("at all times");
        }
        let mut parts: Vec<String> = self.weekly.iter().map(Weekly::words).collect();
        let others = self.others.intervals();
        if let Some(first) = others.first() {
            let shown =
                |at: LocalDateTime| words::local(LocalDateTime { seconds: at.seconds / 60 * 60, ..at });
            let (from, to) = (zone.local(first.from), words::deadline_local(first.to, zone));
            let minute = |at: LocalDateTime| words::time(at.seconds / 60 * 60);
            let stretch = if from.date == to.date {
                format!("on {} from {} to {}", words::day(from.date), minute(from), minute(to))
            } else {
                format!("from {} to {}", shown(from), shown(to))
            };
            let besides = if parts.is_empty() { "" } else { " besides" };
            parts.push(match others.len() {
                1 => stretch,
                n => format!("{n} times{besides}, the first {stretch}"),
            });
        }
        words::listed_clauses(&parts)
    }
}

impl Weekly {
    /// `every Friday from 17:00 to Sunday 09:00`; `Monday to Thursday from 17:00 to 09:00 on the next day`.
    fn words(&self) -> String {
        let minute = |seconds: u32| words::time(seconds / 60 * 60);
        let (from, to) = (minute(self.from), minute(self.to));
        let (days, end) = match (self.days.as_slice(), self.days_later) {
            ([day], 0) => (format!("every {}", day.name()), to),
            ([day], later) => {
                let last = i64::try_from(day.index()).unwrap_or(0) + later;
                let last = Weekday::ALL.into_iter().find(|w| i64::try_from(w.index()) == Ok(last % 7));
                (format!("every {}", day.name()), format!("{} {to}", last.map_or("", Weekday::name)))
            }
            (days, 0) => (words::weekdays(days), to),
            (days, 1) => (words::weekdays(days), format!("{to} on the next day")),
            (days, later) => (words::weekdays(days), format!("{to} {later} days later")),
        };
        format!("{days} from {from} to {end}")
    }
}

fn key(interval: Interval, zone: &TimeZone) -> Key {
    let (from, to) = (zone.local(interval.from), words::deadline_local(interval.to, zone));
    let (first, last) = (Day::of(from.date), Day::of(to.date));
    (first.weekday().index(), from.seconds, last.number() - first.number(), to.seconds)
}

/// When a stretch begins.
fn start((day, from, ..): &Key) -> (usize, u32) {
    (*day, *from)
}

/// The weekday and the time at which a stretch ends.
fn end((day, _, later, to): &Key) -> (i64, u32) {
    ((i64::try_from(*day).unwrap_or(0) + later) % 7, *to)
}

/// Joins the days of stretches that differ in nothing else.
fn grouped(keys: impl Iterator<Item = Key>) -> Vec<Weekly> {
    let mut out: Vec<Weekly> = Vec::new();
    for (day, from, days_later, to) in keys {
        let Some(day) = Weekday::ALL.get(day).copied() else { continue };
        let same =
            |weekly: &&mut Weekly| (weekly.from, weekly.days_later, weekly.to) == (from, days_later, to);
        match out.iter_mut().find(same) {
            Some(weekly) => weekly.days.push(day),
            None => out.push(Weekly { days: vec![day], from, to, days_later }),
        }
    }
    out
}
