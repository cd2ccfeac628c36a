//! Attainment that stays below a share for several periods in a row; the same owner late again and again.

use std::collections::BTreeMap;

use clausal::evaluate::{Evaluator, Tally, Verdict};
use clausal::model::contingency::MissedBy;
use clausal::model::{Date, Period};

use crate::support::{agreement, at, commitment, item, record};

/// The labels of the months in which two months in a row below 85% show, at a moment; each month with how many were met,
/// late and open.
fn slumps(count: u32, months: &[(i16, u8, [u64; 3])], now: &str) -> Vec<String> {
    let compiled = agreement("");
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at(now));
    let tally = |(year, month, [met, late, open]): &(i16, u8, [u64; 3])| {
        let date = Date { year: *year, month: *month, day: 1 };
        let period = evaluator.periods(Period::Month).containing(date).unwrap();
        let counts = [(Verdict::Met, *met), (Verdict::Late, *late), (Verdict::Open, *open)];
        let counts: BTreeMap<Verdict, u64> = counts.into_iter().filter(|(_, n)| *n > 0).collect();
        Tally { period, counts, on_target: None }
    };
    let tallies: Vec<Tally> = months.iter().map(tally).collect();
    evaluator.below(&tallies, 85.into(), count, Period::Month).into_iter().map(|p| p.label).collect()
}

const GOOD: [u64; 3] = [85, 15, 0];
const BAD: [u64; 3] = [84, 16, 0];
const NOTHING: [u64; 3] = [0, 0, 3];

#[test]
fn two_months_in_a_row() {
    let late_in_the_year = "2026-12-15 00:00";
    let show = |months: &[(i16, u8, [u64; 3])]| slumps(2, months, late_in_the_year);
    assert_eq!(show(&[(2026, 1, BAD), (2026, 2, BAD)]), ["2026-02"]);
    // Each further month shows it again.
    assert_eq!(show(&[(2026, 1, BAD), (2026, 2, BAD), (2026, 3, BAD)]), ["2026-02", "2026-03"]);
    // Exactly 85% is not below it.
    assert!(show(&[(2026, 1, BAD), (2026, 2, GOOD), (2026, 3, BAD)]).is_empty());
    // A month without a decided item breaks the row, and so does one without any item.
    assert!(show(&[(2026, 1, BAD), (2026, 2, NOTHING), (2026, 3, BAD)]).is_empty());
    assert!(show(&[(2026, 1, BAD), (2026, 3, BAD)]).is_empty());
    assert_eq!(show(&[(2026, 1, BAD), (2026, 3, BAD), (2026, 4, BAD)]), ["2026-04"]);
    // Across the turn of the year.
    assert_eq!(show(&[(2025, 12, BAD), (2026, 1, BAD)]), ["2026-01"]);
    assert!(show(&[]).is_empty());
}

#[test]
fn a_month_counts_once_it_has_ended() {
    let months = [(2026, 1, BAD), (2026, 2, BAD)];
    assert!(slumps(2, &months, "2026-02-28 23:59:59").is_empty());
    assert_eq!(slumps(2, &months, "2026-03-01 00:00"), ["2026-02"]);
}

#[test]
fn other_counts() {
    let months = [(2026, 1, BAD), (2026, 2, GOOD), (2026, 3, BAD), (2026, 4, BAD), (2026, 5, BAD)];
    assert_eq!(slumps(1, &months, "2026-07-01 00:00"), ["2026-01", "2026-03", "2026-04", "2026-05"]);
    assert_eq!(slumps(3, &months, "2026-07-01 00:00"), ["2026-05"]);
    assert!(slumps(4, &months, "2026-07-01 00:00").is_empty());
}

const TICKET: &str = "
record ticket {
  id        key
  opened    datetime  optional
  answered  datetime  optional
  owner     user      optional
}
commitment answer { team must answer each ticket within 1 business hour of opened  met at answered }
";

/// `2026-W24 Ana 3`, a line for each period and owner.
fn misses(tickets: &[&str], times: u32, kind: Period, by: MissedBy) -> Vec<String> {
    let compiled = agreement(TICKET);
    let model = compiled.model();
    let items: Vec<_> = tickets.iter().map(|t| item(record(model, "ticket"), t)).collect();
    let evaluator = Evaluator::new(model, at("2026-06-19 09:30"));
    let misses = evaluator.missed(commitment(model, "answer"), &items, (times, kind, by)).unwrap();
    let line = |m: &clausal::evaluate::Misses| {
        format!("{} {} {}", m.period.label, m.owner.as_deref().unwrap_or("-"), m.count)
    };
    misses.iter().map(line).collect()
}

#[test]
fn missed_again_and_again() {
    let tickets = [
        // Week 24: Ana is late twice, Ben once, nobody once.
        "owner: Ana; opened: 2026-06-08 10:00; answered: 2026-06-08 11:00:01",
        "owner: Ana; opened: 2026-06-12 10:00; answered: 2026-06-15 10:00",
        "owner: Ben; opened: 2026-06-10 10:00",
        "opened: 2026-06-10 10:00",
        // In time, in time as the office was closed, and an error.
        "owner: Ana; opened: 2026-06-10 10:00; answered: 2026-06-10 11:00",
        "owner: Ana; opened: 2026-06-10 16:00; answered: 2026-06-11 09:00",
        "owner: Ana; opened: 2026-06-10 10:00; answered: 2026-06-10 09:00",
        // Due on Monday, so of week 25.
        "owner: Ana; opened: 2026-06-12 16:30; answered: 2026-06-16 10:00",
        "owner: Ana; opened: 2026-06-19 08:00",
    ];
    let by_owner = |times, kind| misses(&tickets, times, kind, MissedBy::SameOwner);
    assert_eq!(by_owner(1, Period::Week), ["2026-W24 Ana 2", "2026-W24 Ben 1", "2026-W25 Ana 1"]);
    assert_eq!(by_owner(2, Period::Week), ["2026-W24 Ana 2"]);
    assert_eq!(by_owner(3, Period::Month), ["2026-06 Ana 3"]);
    assert!(by_owner(4, Period::Month).is_empty());
    assert_eq!(misses(&tickets, 2, Period::Week, MissedBy::Anyone), ["2026-W24 - 4"]);
    assert_eq!(misses(&tickets, 5, Period::Year, MissedBy::Anyone), ["2026 - 5"]);
}

const VOLUME: &str = "
record ticket { id key  opened datetime }
definition new_ticket { means ticket  since opened }
commitment volume { team must deliver at least 2 new_ticket per month }
commitment calm { team must deliver at most 1 new_ticket per week }
";

#[test]
fn of_an_amount_its_own_periods_are_counted() {
    let compiled = agreement(VOLUME);
    let model = compiled.model();
    let opened = ["2026-01-05 10:00", "2026-01-06 10:00", "2026-03-31 10:00", "2026-04-01 10:00"];
    let items: Vec<_> =
        opened.iter().map(|at| item(record(model, "ticket"), &format!("opened: {at}"))).collect();
    let evaluator = Evaluator::new(model, at("2026-06-15 12:00"));
    let missed = |name: &str, times, kind, by| {
        let misses = evaluator.missed(commitment(model, name), &items, (times, kind, by)).unwrap();
        misses.iter().map(|m| format!("{} {}", m.period.label, m.count)).collect::<Vec<_>>()
    };
    // January is kept; June has not ended.
    assert_eq!(missed("volume", 1, Period::Quarter, MissedBy::Anyone), ["2026-Q1 2", "2026-Q2 2"]);
    assert_eq!(missed("volume", 4, Period::Year, MissedBy::Anyone), ["2026 4"]);
    assert!(missed("volume", 2, Period::Month, MissedBy::Anyone).is_empty());
    // A month ends in a single week, whichever that is.
    assert!(missed("volume", 2, Period::Week, MissedBy::Anyone).is_empty());
    assert_eq!(missed("volume", 1, Period::Week, MissedBy::Anyone).len(), 4);
    // A week counts in the month in which it ends; a period has no owner.
    assert_eq!(missed("calm", 1, Period::Month, MissedBy::Anyone), ["2026-01 1", "2026-04 1"]);
    assert!(missed("calm", 1, Period::Month, MissedBy::SameOwner).is_empty());
}
