//! iCalendar files (RFC 5545): the days on which a calendar is closed.
//!
//! All-day events are closures; those that recur once a year are taken for every year. Events with a time of day, and
//! other ways to recur, are not days off, or not ones that can be told for sure: they are named in a finding, so that
//! nothing is lost in silence. This is the one place that knows the format.

use std::str::FromStr as _;

use icalendar::{Calendar, CalendarComponent, Component as _, DatePerhapsTime};

use crate::diagnostic::Diagnostic;
use crate::model::Date;
use crate::source::Span;
use crate::worktime::civil;

/// Rule: a calendar file of which not everything could be taken.
const RULE: &str = "calendar-file";

/// So many events are named in a finding; the others are counted.
const MOST_NAMED: usize = 3;

/// An all-day event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// First day.
    pub first: Date,
    /// Last day.
    pub last: Date,
    /// What it is called.
    pub title: Option<String>,
    /// Whether it comes again.
    pub recurs: Recurs,
}

/// Whether an event comes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recurs {
    /// It does not.
    Never,
    /// On the same day every so many years.
    Yearly {
        /// How many years lie between.
        every: i16,
        /// How often in all.
        count: Option<u32>,
        /// The last day on which it may begin.
        until: Option<Date>,
    },
}

impl Event {
    /// First and last day of each of its occurrences; of one that recurs, those that touch the bounds (without bounds, the
    /// first ten). 29 February comes in leap years only.
    pub fn days(&self, bounds: Option<(Date, Date)>) -> Vec<(Date, Date)> {
        let Recurs::Yearly { every, count, until } = self.recurs else {
            return vec![(self.first, self.last)];
        };
        let length = civil::days_between(self.first, self.last);
        let last_year = bounds.map_or(self.first.year.saturating_add(9 * every), |(_, to)| to.year);
        let most = count.map_or(usize::MAX, |count| count as usize);
        let years = (self.first.year..=last_year).step_by(usize::try_from(every).unwrap_or(1).max(1));
        let starts = years.filter_map(|year| civil::date(year, self.first.month, self.first.day)).take(most);
        starts
            .take_while(|first| until.is_none_or(|until| *first <= until))
            .filter_map(|first| Some((first, civil::add_days(first, length).ok()?)))
            .filter(|(first, last)| bounds.is_none_or(|(from, to)| *last >= from && *first <= to))
            .collect()
    }
}

/// The events of a file, and what of it could not be taken. `place` is where the file is named.
pub fn read(text: &str, place: Span) -> (Vec<Event>, Vec<Diagnostic>) {
    // Lines must end in CRLF; many programs write plain ones.
    let text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    let calendar = match Calendar::from_str(&text) {
        Ok(calendar) if text.contains("BEGIN:VCALENDAR") => calendar,
        _ => {
            let out = Diagnostic::error(RULE, "this is not an iCalendar file")
                .at(place, "cannot be read")
                .help("Export it again as `.ics`, or list the days with `closed 2026-12-25 \"Christmas\"`.");
            return (Vec::new(), vec![out]);
        }
    };
    let (mut events, mut timed, mut odd) = (Vec::new(), Vec::new(), Vec::new());
    for component in &calendar.components {
        let CalendarComponent::Event(event) = component else { continue };
        let title = event.get_summary().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let name = title.clone().unwrap_or_else(|| "an event without a title".to_owned());
        if event.property_value("STATUS") == Some("CANCELLED") {
            continue;
        }
        match (event.get_start(), event.get_end()) {
            (Some(DatePerhapsTime::Date(first)), end) => {
                let Some(first) = date(first) else {
                    odd.push(name);
                    continue;
                };
                // The end is the first day after it; without one the event lasts a day.
                let last = match end {
                    Some(DatePerhapsTime::Date(end)) => date(end).and_then(|e| civil::add_days(e, -1).ok()),
                    _ => Some(first),
                };
                let last = last.filter(|last| *last >= first).unwrap_or(first);
                match recurs(event.property_value("RRULE"), first) {
                    Some(recurs) if event.property_value("EXDATE").is_none() => {
                        events.push(Event { first, last, title, recurs });
                    }
                    Some(_) | None => odd.push(name),
                }
            }
            (Some(_), _) => timed.push(name),
            (None, _) => odd.push(name),
        }
    }
    let mut found = Vec::new();
    if events.is_empty() && timed.is_empty() && odd.is_empty() {
        found.push(
            Diagnostic::warning(RULE, "this calendar file has no events")
                .at(place, "closes no day")
                .help("Export the holidays into it, or delete this clause."),
        );
    }
    if !timed.is_empty() {
        let (have, they) = if timed.len() == 1 { ("has", "it closes") } else { ("have", "they close") };
        let message = format!("{} {have} a time of day, so {they} no day", names(&timed));
        let out = Diagnostic::warning(RULE, message).at(place, "in this file");
        found.push(out.help(
            "Only all-day events close a calendar. For a half day write `except 2026-12-24 09:00-12:00`.",
        ));
    }
    if !odd.is_empty() {
        let message =
            format!("on which days {} would close the calendar cannot be told for sure", names(&odd));
        let out = Diagnostic::warning(RULE, message).at(place, "in this file");
        found.push(out.help(
            "Events that recur once a year on the same date are understood; write the others as `closed` clauses.",
        ));
    }
    (events, found)
}

fn names(names: &[String]) -> String {
    let mut shown: Vec<String> = names.iter().take(MOST_NAMED).map(|n| format!("`{n}`")).collect();
    if names.len() > MOST_NAMED {
        shown.push(format!("{} more", names.len() - MOST_NAMED));
    }
    crate::diagnostic::join(&shown, "and")
}

/// The date that the reader of the format means; its own type shows itself as `2026-12-25`.
fn date(date: impl std::fmt::Display) -> Option<Date> {
    civil::parse_date(&date.to_string())
}

/// How an event that begins on a day recurs. `None`: in a way that is not understood.
fn recurs(rule: Option<&str>, first: Date) -> Option<Recurs> {
    let Some(rule) = rule else { return Some(Recurs::Never) };
    let (mut every, mut count, mut until, mut yearly) = (1, None, None, false);
    for part in rule.split(';') {
        match part.split_once('=')? {
            ("FREQ", "YEARLY") => yearly = true,
            ("INTERVAL", n) => every = n.parse().ok().filter(|n| *n > 0)?,
            ("COUNT", n) => count = Some(n.parse().ok()?),
            ("UNTIL", at) => {
                let day = at.get(..8)?;
                let text = format!("{}-{}-{}", day.get(..4)?, day.get(4..6)?, day.get(6..)?);
                until = Some(civil::parse_date(&text)?);
            }
            // Says the same once more, as some programs do.
            ("BYMONTH", month) if month.parse() == Ok(first.month) => {}
            ("BYMONTHDAY", day) if day.parse() == Ok(first.day) => {}
            ("WKST", _) => {}
            _ => return None,
        }
    }
    yearly.then_some(Recurs::Yearly { every, count, until })
}
