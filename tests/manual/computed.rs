//! Tables of results: moments, verdicts, periods, findings. A table is known by its heading; every row of it is computed
//! anew.

use clausal::diagnostic::Severity;
use clausal::evaluate::Evaluator;
use clausal::model::{Calendar, Date, Duration, Id, Model, Period, Unit, Weekday};
use clausal::worktime::{self, Clock, Instant, OpenHours, Periods, civil};

use crate::common::compile_text;
use crate::common::complete::completed;
use crate::example::{AGREEMENT, PARTS, check_text, pages};

/// The rows of every table with these columns.
fn rows(columns: &[&str]) -> Vec<(String, Vec<String>)> {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.strip_prefix("| ").and_then(|l| l.strip_suffix(" |")).unwrap_or("");
        inner.split(" | ").map(|cell| cell.trim().to_owned()).collect()
    };
    let mut out = Vec::new();
    for (name, text) in pages() {
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            if !line.starts_with("| ") || cells(line) != columns {
                continue;
            }
            let body = lines.iter().enumerate().skip(index + 2).take_while(|(_, l)| l.starts_with('|'));
            out.extend(body.map(|(n, line)| (format!("docs/{name}:{}", n + 1), cells(line))));
        }
    }
    assert!(out.len() > 3, "no table with {columns:?}");
    out
}

/// What is refused: the first cell shows it, the second says by which rule.
fn refused(columns: &[&str], block: impl Fn(&str) -> String) {
    for (place, row) in rows(columns) {
        let [refused, rule, _] = row.as_slice() else { panic!("{place}") };
        let found = check_text(&completed(&block(refused.trim_matches('`')), AGREEMENT, PARTS));
        let errors = found.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let rules: Vec<String> = errors.map(|d| format!("`{}`", d.rule)).collect();
        assert_eq!(rules, [rule.as_str()], "{place}: {:#?}", found.messages);
    }
}

#[test]
fn refused_conditions() {
    let block = |condition: &str| format!("definition example {{\n  means lead where {condition}\n}}\n");
    refused(&["refused", "finding", "write"], block);
}

#[test]
fn refused_promises() {
    let block = |clauses: &str| format!("commitment example {{\n  {clauses}\n}}\n");
    refused(&["refused promise", "finding", "why"], block);
}

/// `Fri 2026-03-06 16:30`, without the weekday once that is found to be right.
fn moment<'c>(place: &str, cell: &'c str) -> &'c str {
    let (day, rest) = cell.split_once(' ').unwrap();
    let date = civil::parse_date(&rest[..10]).unwrap();
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let index = Weekday::ALL.iter().position(|w| *w == civil::weekday(date)).unwrap();
    assert_eq!(names[index], day, "{place}: {cell}");
    rest
}

/// A scenario about a lead with a limit of so much.
fn scenario(allowed: &str, started: &str, more: &str) -> String {
    format!(
        "commitment promise {{\n  sdr must contact each lead within {allowed} of created_at\n  met at touched_at\n}}\n\
         scenario \"Row\" {{\n  given lead {{ created_at: {started} }}\n{more}}}\n{AGREEMENT}{PARTS}"
    )
}

fn holds(place: &str, text: &str) {
    let said = check_text(text).messages;
    // The rows are about when a time is over, not about whether anybody should promise it.
    let beside = ["no-contingency", "unused", "deadline-outside-hours", "different-starts"];
    let failures: Vec<_> = said.iter().filter(|m| beside.iter().all(|rule| !m.contains(rule))).collect();
    assert!(failures.is_empty(), "{place}: {failures:#?}");
}

#[test]
fn deadlines() {
    for (place, row) in rows(&["allowed", "starts", "is due", "because"]) {
        let [allowed, starts, due, _] = row.as_slice() else { panic!("{place}") };
        let expect = format!("  expect promise due {}\n", moment(&place, due));
        holds(&place, &scenario(allowed, moment(&place, starts), &expect));
    }
}

#[test]
fn verdicts() {
    for (place, row) in rows(&["allowed", "starts", "done", "is"]) {
        let [allowed, starts, done, verdict] = row.as_slice() else { panic!("{place}") };
        let more = format!("  when touched_at: {}\n  expect promise {verdict}\n", moment(&place, done));
        holds(&place, &scenario(allowed, moment(&place, starts), &more));
    }
}

fn duration(text: &str) -> Duration {
    let (amount, unit) = text.split_once(' ').unwrap();
    let unit = match unit.trim_end_matches('s') {
        "hour" => Unit::Hours,
        "business hour" => Unit::BusinessHours,
        "business day" => Unit::BusinessDays,
        "calendar day" => Unit::CalendarDays,
        other => panic!("{other}"),
    };
    Duration { amount: amount.parse().unwrap(), unit }
}

#[test]
fn moments_before_a_deadline() {
    let compiled = compile_text(&[AGREEMENT, PARTS].concat());
    let model: &Model = compiled.model();
    let evaluator = Evaluator::new(model, Instant::MIN);
    let office: Id<Calendar> = model.calendars.iter().find(|(_, c)| c.head.name.text == "office").unwrap().0;
    let hours: &OpenHours = evaluator.hours(office).unwrap();
    let instant = |place: &str, cell: &str| {
        let local = civil::parse_local(moment(place, cell)).unwrap();
        hours.zone().instant(local).unwrap()
    };
    for (place, row) in rows(&["deadline", "by", "is"]) {
        let [deadline, by, is] = row.as_slice() else { panic!("{place}") };
        let at = worktime::before(instant(&place, deadline), duration(by), Clock::Business(hours)).unwrap();
        assert_eq!(at, instant(&place, is), "{place}");
    }
}

#[test]
fn labels_of_periods() {
    let columns = ["day", "week", "month", "quarter", "year", "quarter, year starts in April"];
    let kinds = [
        (Period::Week, 1),
        (Period::Month, 1),
        (Period::Quarter, 1),
        (Period::Year, 1),
        (Period::Quarter, 4),
    ];
    for (place, row) in rows(&columns) {
        let day: Date = civil::parse_date(&row[0]).unwrap();
        let labels = kinds.map(|(kind, starts)| Periods::new(kind, starts).containing(day).unwrap().label);
        assert_eq!(labels.as_slice(), &row[1..], "{place}");
    }
}
