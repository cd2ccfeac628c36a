//! Calendars as business hours and holidays, where Salesforce can hold them exactly: one stretch of hours a day, and
//! holidays that close a part of it. A calendar that it cannot hold is left out and listed; nothing is approximated.

use std::collections::BTreeMap;

use super::metadata::Component;
use super::names;
use super::xml::{self, Element};
use crate::model::{Calendar, Date, Hours, Model, TimeOfDay, Weekday};
use crate::worktime::civil;

/// Longest name of business hours or of a holiday.
const NAME: usize = 80;
/// Closed days of one calendar beyond which they are no holidays any more.
const MOST_HOLIDAYS: usize = 400;

/// The settings with every calendar that fits, its name there, and what is left out.
#[derive(Debug, Default)]
pub struct BusinessHours {
    /// Calendars by name, with their names in Salesforce.
    pub names: Vec<(String, String)>,
    /// What is left out. No rule depends on it, so it stands on the page and is not reported.
    pub left_out: Vec<String>,
    entries: Vec<Element>,
    holidays: Vec<Element>,
}

/// A stretch of a day that a holiday closes.
type Closed = (TimeOfDay, TimeOfDay);

impl BusinessHours {
    /// Of all calendars of an agreement.
    pub fn of(model: &Model, prefix: &str) -> BusinessHours {
        let mut out = BusinessHours::default();
        for calendar in model.calendars.values() {
            match closed_days(calendar) {
                Ok(days) => out.add(calendar, &days, prefix),
                Err(why) => out.leave_out(calendar, &format!("is left out: {why}")),
            }
        }
        out
    }

    fn add(&mut self, calendar: &Calendar, days: &BTreeMap<Date, (String, Vec<Closed>)>, prefix: &str) {
        let Some(zone) = calendar.zone.get() else { return };
        let name = names::display(prefix, &calendar.head.name.text, NAME);
        self.entries.push(entry(calendar, &name, &zone.0));
        for (date, (title, pieces)) in days {
            for (i, piece) in pieces.iter().enumerate() {
                self.holidays.push(holiday(&name, *date, title, (i, *piece)));
            }
        }
        if let Some(cutoff) = calendar.cutoff {
            self.leave_out(calendar, &format!("has a cut-off at {cutoff}, which business hours do not know"));
        }
        self.names.push((calendar.head.name.text.clone(), name));
    }

    fn leave_out(&mut self, calendar: &Calendar, what: &str) {
        self.left_out.push(format!("`{}` {what}.", calendar.head.name));
    }

    /// The file. `None`: no calendar fits.
    pub fn component(&self) -> Option<Component> {
        if self.entries.is_empty() {
            return None;
        }
        let clauses: Vec<&str> = self.names.iter().map(|(name, _)| name.as_str()).collect();
        let from = format!("calendar {}", clauses.join(", "));
        let root = Element::of(
            "BusinessHoursSettings",
            self.entries.iter().chain(&self.holidays).cloned().collect(),
        );
        Some(Component {
            kind: "Settings",
            member: "BusinessHours".to_owned(),
            path: "settings/BusinessHours.settings-meta.xml".to_owned(),
            text: xml::print(&root, &super::metadata::remark(&from)),
        })
    }
}

fn entry(calendar: &Calendar, name: &str, zone: &str) -> Element {
    let mut children = BTreeMap::from([
        ("active".to_owned(), "true".to_owned()),
        ("default".to_owned(), "false".to_owned()),
        ("name".to_owned(), name.to_owned()),
        ("timeZoneId".to_owned(), zone_id(zone).to_owned()),
    ]);
    for (day, hours) in Weekday::ALL.iter().zip(&calendar.weekly) {
        if let [only] = hours.as_slice() {
            let day = day.name().to_lowercase();
            children.insert(format!("{day}StartTime"), time(only.open));
            children.insert(format!("{day}EndTime"), time(only.close));
        }
    }
    let children = children.into_iter().map(|(name, text)| Element::text(name, text));
    Element::of("businessHours", children.collect())
}

fn holiday(hours: &str, date: Date, title: &str, (i, (from, to)): (usize, Closed)) -> Element {
    let part = if i == 0 { String::new() } else { format!(" {}", i + 1) };
    let tail = format!(" {date}{part} ({hours})");
    let name = format!("{}{tail}", names::shortened(title, NAME.saturating_sub(names::units(&tail)).max(1)));
    let mut children = BTreeMap::from([
        ("activityDate", date.to_string()),
        ("businessHours", hours.to_owned()),
        ("isRecurring", "false".to_owned()),
        ("name", names::shortened(&name, NAME)),
    ]);
    if (from, to) != (TimeOfDay::START, TimeOfDay::END) {
        children.insert("startTime", time(from));
        children.insert("endTime", time(to));
    }
    let children = children.into_iter().map(|(name, text)| Element::text(name, text));
    Element::of("holidays", children.collect())
}

/// The end of the day is written as its beginning; the `Z` is part of the format and means local time.
fn time(at: TimeOfDay) -> String {
    let minutes = at.minutes % TimeOfDay::END.minutes;
    format!("{:02}:{:02}:00.000Z", minutes / 60, minutes % 60)
}

/// Salesforce calls UTC by another name.
fn zone_id(zone: &str) -> &str {
    if matches!(zone, "UTC" | "Etc/UTC" | "Etc/GMT" | "Zulu" | "Etc/Zulu") { "GMT" } else { zone }
}

/// The days on which less is open than in an ordinary week, with the stretches that are closed.
fn closed_days(calendar: &Calendar) -> Result<BTreeMap<Date, (String, Vec<Closed>)>, String> {
    if !calendar.zone.is_set() {
        return Err("its time zone is still open".to_owned());
    }
    if !calendar.seasons.is_empty() {
        return Err("Salesforce holds one week of hours, and its hours differ by season".to_owned());
    }
    if calendar.weekly.iter().all(Vec::is_empty) {
        return Err("it is never open in an ordinary week".to_owned());
    }
    if calendar.weekly.iter().any(|hours| hours.len() > 1) {
        return Err("Salesforce holds one stretch of hours a day, and it has a break".to_owned());
    }
    let mut out = BTreeMap::new();
    for closure in &calendar.closures {
        let days = civil::days_between(closure.from, closure.to);
        for offset in 0..=days {
            let date = civil::add_days(closure.from, offset).map_err(|e| e.to_string())?;
            // A day that is closed in any case needs no holiday.
            if calendar.weekly[civil::weekday(date).index()].is_empty() {
                continue;
            }
            let title = closure.title.clone().unwrap_or_else(|| "Closed".to_owned());
            out.insert(date, (title, vec![(TimeOfDay::START, TimeOfDay::END)]));
            if out.len() > MOST_HOLIDAYS {
                return Err(format!(
                    "it is closed on more than {MOST_HOLIDAYS} days, each of which is a holiday"
                ));
            }
        }
    }
    for exception in &calendar.exceptions {
        let usual = calendar.weekly[civil::weekday(exception.date).index()].first();
        let pieces = usual.and_then(|usual| left_out(*usual, &exception.hours));
        let pieces = pieces.ok_or_else(|| {
            format!("on {} it is open beyond its usual hours, and a holiday only closes", exception.date)
        })?;
        let title = exception.title.clone().unwrap_or_else(|| "Other hours".to_owned());
        out.insert(exception.date, (title, pieces));
    }
    Ok(out)
}

/// The parts of the usual hours in which it is closed. `None`: it is open outside them as well.
fn left_out(usual: Hours, open: &[Hours]) -> Option<Vec<Closed>> {
    let mut at = usual.open;
    let mut out = Vec::new();
    for hours in open {
        if hours.open < at || hours.close > usual.close {
            return None;
        }
        if at < hours.open {
            out.push((at, hours.open));
        }
        at = hours.close;
    }
    if at < usual.close {
        out.push((at, usual.close));
    }
    Some(out)
}
