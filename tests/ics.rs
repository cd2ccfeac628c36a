//! Closures from iCalendar files.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use clausal::ics::{self, Event};
use clausal::model::Date;
use clausal::source::Span;
use clausal::worktime::civil::parse_date;
use common::{Memory, compile};
use proptest::prelude::*;

fn file(events: &[&str]) -> String {
    let events: Vec<String> = events.iter().map(|e| format!("BEGIN:VEVENT\n{e}\nEND:VEVENT\n")).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Fictional//EN\n{}END:VCALENDAR\n", events.concat())
}

fn read(events: &[&str]) -> (Vec<Event>, Vec<String>) {
    let (events, found) = ics::read(&file(events), Span::default());
    (events, found.into_iter().map(|d| d.message).collect())
}

fn day(text: &str) -> Date {
    parse_date(text).unwrap()
}

fn days(event: &Event, bounds: Option<(&str, &str)>) -> Vec<String> {
    let bounds = bounds.map(|(from, to)| (day(from), day(to)));
    event.days(bounds).iter().map(|(a, b)| format!("{a}-{b}")).collect()
}

#[test]
fn all_day_events_are_closures() {
    let (events, found) = read(&[
        "DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226\nSUMMARY:Christmas\\, Day",
        "DTSTART;VALUE=DATE:20261126\nDTEND;VALUE=DATE:20261128\nSUMMARY:Thanks\n giving",
        "DTSTART;VALUE=DATE:20260101",
        "DTSTART;VALUE=DATE:20260704\nDTEND;VALUE=DATE:20260705\nSTATUS:CANCELLED",
    ]);
    assert_eq!(found, Vec::<String>::new());
    let said: Vec<_> = events.iter().map(|e| (e.first, e.last, e.title.as_deref())).collect();
    assert_eq!(
        said,
        [
            (day("2026-12-25"), day("2026-12-25"), Some("Christmas, Day")),
            (day("2026-11-26"), day("2026-11-27"), Some("Thanksgiving")),
            (day("2026-01-01"), day("2026-01-01"), None),
        ]
    );
}

#[test]
fn what_recurs_every_year_is_laid_out() {
    let (events, found) = read(&[
        "DTSTART;VALUE=DATE:20201225\nDTEND;VALUE=DATE:20201227\nRRULE:FREQ=YEARLY",
        "DTSTART;VALUE=DATE:20201231\nDTEND;VALUE=DATE:20210102\nRRULE:FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
        "DTSTART;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY;INTERVAL=2;COUNT=2",
        "DTSTART;VALUE=DATE:20200501\nRRULE:FREQ=YEARLY;UNTIL=20220501T000000Z",
    ]);
    assert_eq!(found, Vec::<String>::new());
    let term = Some(("2026-01-01", "2027-06-30"));
    assert_eq!(days(&events[0], term), ["2026-12-25-2026-12-26"]);
    // One that began in the year before still closes New Year's Day.
    assert_eq!(days(&events[1], term), ["2025-12-31-2026-01-01", "2026-12-31-2027-01-01"]);
    assert_eq!(
        days(&events[2], Some(("2020-01-01", "2040-01-01"))),
        ["2020-02-29-2020-02-29", "2024-02-29-2024-02-29"]
    );
    assert_eq!(days(&events[3], None).len(), 3);
    assert_eq!(days(&events[0], None).len(), 10);
}

#[test]
fn what_cannot_be_taken_is_named() {
    let (events, found) = read(&[
        "DTSTART:20261224T120000Z\nDTEND:20261224T140000Z\nSUMMARY:Team lunch",
        "DTSTART;VALUE=DATE:20261126\nSUMMARY:Thanksgiving\nRRULE:FREQ=YEARLY;BYDAY=4TH;BYMONTH=11",
        "DTSTART;VALUE=DATE:20261126\nRRULE:FREQ=WEEKLY",
        "SUMMARY:Nothing",
    ]);
    assert_eq!(events, []);
    assert_eq!(
        found,
        [
            "`Team lunch` has a time of day, so it closes no day",
            "on which days `Thanksgiving`, `an event without a title` and `Nothing` would close the calendar cannot be told for sure",
        ]
    );
    for text in ["", "hello", "BEGIN:VCALENDAR", "\u{0}\u{1}", "BEGIN:VEVENT\nEND:VEVENT"] {
        let (events, found) = ics::read(text, Span::default());
        assert_eq!((events.len(), found.len()), (0, 1), "{text:?}");
    }
    assert_eq!(read(&[]).1, ["this calendar file has no events"]);
}

const OFFICE: &str = "calendar office {\n  zone  Europe/Berlin\n  open  mon-fri 09:00-17:00\n  closed from \"days/de.ics\"\n}\n\
    agreement a {\n  parties left, right\n  effective 2026-01-01 to 2027-12-31\n}\nparty left {}\nparty right {}\n";

#[test]
fn a_calendar_takes_the_closures_of_its_file() {
    let christmas = file(&["DTSTART;VALUE=DATE:20201225\nRRULE:FREQ=YEARLY\nSUMMARY:Christmas"]);
    let files = |path: &str, text: &str| Memory::new([("a.clause", OFFICE), (path, text)]);
    let compiled = compile(&files("days/de.ics", &christmas));
    let calendar = compiled.model().calendars.values().next().unwrap();
    let closures: Vec<_> =
        calendar.closures.iter().map(|c| (c.from.to_string(), c.title.as_deref())).collect();
    let wanted = [("2026-12-25".to_owned(), Some("Christmas")), ("2027-12-25".to_owned(), Some("Christmas"))];
    assert_eq!(closures, wanted);
    assert_eq!(
        compile(&files("other.ics", &christmas)).messages(),
        ["a.clause:4:15 use-not-found: there is no file `days/de.ics`"]
    );
    assert_eq!(
        compile(&files("days/de.ics", "<html>")).messages(),
        ["a.clause:4:15 calendar-file: this is not an iCalendar file"]
    );
}

#[test]
fn files_outside_the_project_are_not_read() {
    for path in ["../de.ics", "/etc/de.ics", "days\\\\de.ics"] {
        let text = OFFICE.replace("days/de.ics", path);
        let found = compile(&Memory::new([("a.clause", text.as_str())])).messages();
        assert!(found[0].contains("use-not-found"), "{path}: {found:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_is_too_strange(text in "(BEGIN:|END:|VCALENDAR|VEVENT|DTSTART|;VALUE=DATE|:2026|1225|RRULE:FREQ=YEARLY|;INTERVAL=0|\r?\n|\\PC){0,60}") {
        ics::read(&text, Span::default());
        ics::read(&file(&[&text]), Span::default());
    }
}
