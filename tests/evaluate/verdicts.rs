//! Verdicts: every one of them, and every boundary to the second. Tables: `fields | now | verdict | deadline`.
//!
//! 2026-06-10 is a Wednesday. The office is open on weekdays from 9:00 to 17:00.

use clausal::evaluate::Evaluator;

use crate::common::compile_text;
use crate::support::{agreement, at, commitment, item, record, rows, verdict};

const TICKET: &str = r"
record ticket {
  id        key
  kind      choice of bug, wish, spam  optional
  opened    datetime  optional
  answered  datetime  optional
  called    datetime  optional
  good      boolean   optional
  parked    boolean   optional
}
definition real { means ticket where kind != spam  since opened }
";

/// Checks a table of items of one commitment.
fn check(rest: &str, name: &str, table: &str) {
    let compiled = agreement(&format!("{TICKET}{rest}"));
    let mut wrong = Vec::new();
    for [fields, now, expected, due] in rows::<4>(table) {
        let (verdict, deadline) = verdict(compiled.model(), name, fields, now);
        if (verdict.as_str(), deadline.as_str()) != (expected, due) {
            wrong.push(format!("`{fields}` at {now}: {verdict}, due {deadline}; not {expected}, due {due}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const ANSWER: &str = r"
commitment answer {
  team must answer each real within 2 business hours of opened
  met at  answered
}
contingency late { for answer  before deadline by 30 business minutes remind team via mail }
";

#[test]
fn business_hours() {
    check(
        ANSWER,
        "answer",
        "kind: bug; opened: 2026-06-10 10:00; answered: 2026-06-10 10:30    | 2026-06-10 18:00 | met | 2026-06-10 12:00
         kind: bug; opened: 2026-06-10 10:00; answered: 2026-06-10 12:00    | 2026-06-10 18:00 | met | 2026-06-10 12:00
         kind: bug; opened: 2026-06-10 10:00; answered: 2026-06-10 12:00:01 | 2026-06-10 18:00 | late | 2026-06-10 12:00
         kind: bug; opened: 2026-06-10 10:00; answered: 2026-06-10 10:00    | 2026-06-10 18:00 | met | 2026-06-10 12:00
         kind: bug; opened: 2026-06-10 10:00; answered: 2026-06-10 09:59:59 | 2026-06-10 18:00 | data error | 2026-06-10 12:00
         # The reminder is due at 11:30.
         kind: bug; opened: 2026-06-10 10:00 | 2026-06-10 10:00    | open    | 2026-06-10 12:00
         kind: bug; opened: 2026-06-10 10:00 | 2026-06-10 11:29:59 | open    | 2026-06-10 12:00
         kind: bug; opened: 2026-06-10 10:00 | 2026-06-10 11:30    | at risk | 2026-06-10 12:00
         kind: bug; opened: 2026-06-10 10:00 | 2026-06-10 12:00    | at risk | 2026-06-10 12:00
         kind: bug; opened: 2026-06-10 10:00 | 2026-06-10 12:00:01 | overdue | 2026-06-10 12:00
         # Before it is opened at all: a wrong clock somewhere, and nothing is late.
         kind: bug; opened: 2026-06-10 10:00 | 2026-06-01 10:00    | open    | 2026-06-10 12:00
         # Due at closing: in time until the office opens again and time passes.
         kind: bug; opened: 2026-06-10 15:00; answered: 2026-06-10 23:00    | 2026-06-12 09:00 | met  | 2026-06-10 17:00
         kind: bug; opened: 2026-06-10 15:00; answered: 2026-06-11 09:00    | 2026-06-12 09:00 | met  | 2026-06-10 17:00
         kind: bug; opened: 2026-06-10 15:00; answered: 2026-06-11 09:00:01 | 2026-06-12 09:00 | late | 2026-06-10 17:00
         kind: bug; opened: 2026-06-10 15:00 | 2026-06-10 20:00    | at risk | 2026-06-10 17:00
         kind: bug; opened: 2026-06-10 15:00 | 2026-06-11 09:00    | at risk | 2026-06-10 17:00
         kind: bug; opened: 2026-06-10 15:00 | 2026-06-11 09:00:01 | overdue | 2026-06-10 17:00
         # Friday 16:30: half an hour, and the rest on Monday.
         kind: bug; opened: 2026-06-12 16:30; answered: 2026-06-15 10:30    | 2026-06-20 09:00 | met  | 2026-06-15 10:30
         kind: bug; opened: 2026-06-12 16:30; answered: 2026-06-15 10:30:01 | 2026-06-20 09:00 | late | 2026-06-15 10:30
         kind: bug; opened: 2026-06-12 16:30 | 2026-06-14 12:00    | open    | 2026-06-15 10:30
         # The clocks go forward in between.
         kind: bug; opened: 2026-03-06 16:30; answered: 2026-03-09 10:30    | 2026-06-20 09:00 | met  | 2026-03-09 10:30
         # Not about these.
         kind: spam; opened: 2026-06-10 10:00 | 2026-06-10 18:00 | not an item | -
         opened: 2026-06-10 10:00             | 2026-06-10 18:00 | not an item | -
         kind: bug                            | 2026-06-10 18:00 | not started | -
         kind: bug; answered: 2026-06-10 18:00 | 2026-06-10 18:00 | not started | -",
    );
}

#[test]
fn wall_clock() {
    check(
        "commitment answer { team must answer each real within 2 hours of opened  met at answered }",
        "answer",
        "kind: bug; opened: 2026-06-10 16:00; answered: 2026-06-10 18:00    | 2026-06-11 12:00 | met  | 2026-06-10 18:00
         kind: bug; opened: 2026-06-10 16:00; answered: 2026-06-10 18:00:01 | 2026-06-11 12:00 | late | 2026-06-10 18:00
         # Nobody works at night or on Saturday, and the clock runs all the same.
         kind: bug; opened: 2026-06-13 23:00 | 2026-06-14 01:00    | open    | 2026-06-14 01:00
         kind: bug; opened: 2026-06-13 23:00 | 2026-06-14 01:00:01 | overdue | 2026-06-14 01:00
         # One o'clock and two hours are four o'clock when 2:00 to 3:00 is left out.
         kind: bug; opened: 2026-03-08 01:00; answered: 2026-03-08 04:00    | 2026-03-09 01:00 | met  | 2026-03-08 04:00
         kind: bug; opened: 2026-03-08 01:00; answered: 2026-03-08 04:00:01 | 2026-03-09 01:00 | late | 2026-03-08 04:00",
    );
}

#[test]
fn days_weeks_and_months() {
    let table = |limit, table| {
        let rest = format!(
            "commitment answer {{ team must answer each real within {limit} of opened  met at answered }}"
        );
        check(&rest, "answer", table);
    };
    table(
        "2 business days",
        "kind: bug; opened: 2026-06-10 10:00; answered: 2026-06-12 17:00    | 2026-06-20 12:00 | met  | 2026-06-12 17:00
         kind: bug; opened: 2026-06-10 10:00; answered: 2026-06-15 09:00    | 2026-06-20 12:00 | met  | 2026-06-12 17:00
         kind: bug; opened: 2026-06-10 10:00; answered: 2026-06-15 09:00:01 | 2026-06-20 12:00 | late | 2026-06-12 17:00
         # The day of the event is day 0, whether open or not.
         kind: bug; opened: 2026-06-13 10:00 | 2026-06-16 17:00 | open | 2026-06-16 17:00",
    );
    table(
        "2 calendar days",
        "kind: bug; opened: 2026-06-11 10:00; answered: 2026-06-14 00:00    | 2026-06-20 12:00 | met  | 2026-06-14 00:00
         kind: bug; opened: 2026-06-11 10:00; answered: 2026-06-14 00:00:01 | 2026-06-20 12:00 | late | 2026-06-14 00:00",
    );
    table(
        "1 week",
        "kind: bug; opened: 2026-06-11 00:00 | 2026-06-19 00:00    | open    | 2026-06-19 00:00
         kind: bug; opened: 2026-06-11 23:59:59 | 2026-06-19 00:00:01 | overdue | 2026-06-19 00:00",
    );
    table(
        "1 month",
        "kind: bug; opened: 2026-01-31 12:00 | 2026-03-01 00:00    | open    | 2026-03-01 00:00
         kind: bug; opened: 2026-01-31 12:00 | 2026-03-01 00:00:01 | overdue | 2026-03-01 00:00
         kind: bug; opened: 2026-02-28 12:00 | 2026-03-01 00:00:01 | open    | 2026-03-29 00:00",
    );
}

#[test]
fn tiers() {
    check(
        r"commitment answer {
            team must answer each ticket
            within 1 business hour of opened when kind = bug
            within 4 business hours of opened when kind = wish or good
            met at answered
          }",
        "answer",
        "kind: bug; opened: 2026-06-10 10:00             | 2026-06-10 10:30 | open | 2026-06-10 11:00
         # The first that fits.
         kind: bug; good: true; opened: 2026-06-10 10:00 | 2026-06-10 10:30 | open | 2026-06-10 11:00
         kind: wish; opened: 2026-06-10 10:00            | 2026-06-10 10:30 | open | 2026-06-10 14:00
         good: true; opened: 2026-06-10 10:00            | 2026-06-10 10:30 | open | 2026-06-10 14:00
         # None fits: whatever else it is.
         kind: spam; opened: 2026-06-10 10:00            | 2026-06-10 10:30 | not covered | -
         opened: 2025-06-10 10:00                        | 2026-06-10 10:30 | not covered | -
                                                         | 2026-06-10 10:30 | not covered | -
         kind: bug                                       | 2026-06-10 10:30 | not started | -",
    );
    check(
        r"commitment answer {
            team must answer each ticket
            within 30 minutes of opened when kind = bug
            within 1 business day of opened otherwise
            met at answered
          }",
        "answer",
        "kind: bug; opened: 2026-06-10 20:00; answered: 2026-06-10 20:30:01 | 2026-06-30 12:00 | late | 2026-06-10 20:30
         kind: wish; opened: 2026-06-10 20:00; answered: 2026-06-12 08:00   | 2026-06-30 12:00 | met  | 2026-06-11 17:00
         opened: 2026-06-10 20:00                                           | 2026-06-11 17:00 | open | 2026-06-11 17:00",
    );
}

#[test]
fn excuses() {
    check(
        r"commitment answer {
            team must answer each ticket within 2 business hours of opened
            met at answered
            excused when parked
          }",
        "answer",
        "parked: true; opened: 2026-06-10 10:00; answered: 2026-06-10 11:00 | 2026-06-30 12:00 | excused | 2026-06-10 12:00
         parked: true; opened: 2026-06-10 10:00; answered: 2026-06-10 13:00 | 2026-06-30 12:00 | excused | 2026-06-10 12:00
         parked: true; opened: 2026-06-10 10:00                             | 2026-06-30 12:00 | excused | 2026-06-10 12:00
         parked: true; opened: 2026-06-10 10:00; answered: 2026-06-09 10:00 | 2026-06-30 12:00 | excused | 2026-06-10 12:00
         parked: true                                                       | 2026-06-30 12:00 | excused | -
         parked: false; opened: 2026-06-10 10:00                            | 2026-06-30 12:00 | overdue | 2026-06-10 12:00
         opened: 2026-06-10 10:00                                           | 2026-06-30 12:00 | overdue | 2026-06-10 12:00
         # What started before the agreement is none of its business, excused or not.
         parked: true; opened: 2025-12-31 23:59:59                          | 2026-06-30 12:00 | outside term | -",
    );
}

#[test]
fn what_stops_the_clock() {
    check(
        r"commitment answer {
            team must answer each ticket within 2 business hours of opened
            met at   answered or called
            met when good
          }",
        "answer",
        "# The earliest of the two.
         good: true; opened: 2026-06-10 10:00; answered: 2026-06-10 13:00; called: 2026-06-10 11:00 | 2026-06-30 12:00 | met  | 2026-06-10 12:00
         good: true; opened: 2026-06-10 10:00; answered: 2026-06-10 11:00; called: 2026-06-10 13:00 | 2026-06-30 12:00 | met  | 2026-06-10 12:00
         good: true; opened: 2026-06-10 10:00; called: 2026-06-10 13:00                             | 2026-06-30 12:00 | late | 2026-06-10 12:00
         good: true; opened: 2026-06-10 10:00; answered: 2026-06-10 11:00; called: 2026-06-10 09:00 | 2026-06-30 12:00 | data error | 2026-06-10 12:00
         # Done, but not well: as if it were not done.
         good: false; opened: 2026-06-10 10:00; answered: 2026-06-10 11:00                          | 2026-06-30 12:00 | overdue | 2026-06-10 12:00
         opened: 2026-06-10 10:00; answered: 2026-06-10 11:00                                       | 2026-06-10 11:30 | open | 2026-06-10 12:00
         opened: 2026-06-10 10:00; answered: 2026-06-10 09:00                                       | 2026-06-10 11:30 | open | 2026-06-10 12:00",
    );
}

#[test]
fn the_term() {
    check(
        ANSWER,
        "answer",
        "kind: bug; opened: 2025-12-31 23:59:59 | 2026-06-10 10:00 | outside term | -
         kind: bug; opened: 2026-01-01 00:00:00 | 2026-06-10 10:00 | overdue      | 2026-01-01 11:00
         # The last day is in it. Its deadline may lie beyond.
         kind: bug; opened: 2026-12-31 23:59:59 | 2026-12-31 23:59:59 | open      | 2027-01-01 11:00
         kind: bug; opened: 2027-01-01 00:00:00 | 2027-06-10 10:00 | outside term | -
         kind: bug; opened: 2027-01-01 04:59:59Z | 2027-06-10 10:00 | overdue     | 2027-01-01 11:00",
    );
}

#[test]
fn reminders_and_other_steps() {
    let table = |step: &str, expected: &str| {
        let rest = format!(
            "commitment answer {{ team must answer each real within 8 business hours of opened  met at answered }}\n\
             contingency late {{ for answer  {step} via mail }}"
        );
        let table =
            format!("kind: bug; opened: 2026-06-10 09:00 | 2026-06-10 13:00 | {expected} | 2026-06-10 17:00");
        check(&rest, "answer", &table);
    };
    table("before deadline by 4 business hours remind team", "at risk");
    table("before deadline by 3 business hours remind team", "open");
    table("before deadline by 4 hours notify team", "at risk");
    table("when 50% elapsed remind team", "at risk");
    table("when 51% elapsed remind team", "open");
    table("after start by 4 business hours remind team", "at risk");
    table("after start by 5 business hours remind team", "open");
    // To notify somebody after the start is no reminder, and neither is anything after the deadline.
    table("after start by 1 business hour notify team", "open");
    table("after deadline remind team", "open");
}

#[test]
fn how_late_and_how_long() {
    let compiled = agreement(&format!("{TICKET}{ANSWER}"));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-06-15 10:00"));
    let judge = |fields: &str| {
        let outcome = evaluator.outcome(commitment(model, "answer"), &item(record(model, "ticket"), fields));
        let outcome = outcome.unwrap().unwrap();
        (outcome.taken, outcome.late_by)
    };
    // Open seconds: an hour and a half on Friday, and one on Monday.
    assert_eq!(judge("kind: bug; opened: 2026-06-12 15:30; answered: 2026-06-15 10:00"), (Some(9000), 1800));
    assert_eq!(judge("kind: bug; opened: 2026-06-12 15:30"), (Some(9000), 1800));
    assert_eq!(judge("kind: bug; opened: 2026-06-12 15:30; answered: 2026-06-13 10:00"), (Some(5400), 0));
    assert_eq!(judge("kind: bug; opened: 2026-06-12 15:30; answered: 2026-06-12 15:00"), (Some(0), 0));
    assert_eq!(judge("kind: bug"), (None, 0));
}

/// An end of the term that is still open leaves the other one in force.
#[test]
fn a_term_with_an_open_end() {
    let base = agreement(&format!("{TICKET}{ANSWER}"));
    for (effective, before, after) in [
        ("effective  2026-01-01 to tbd", "outside term", "open"),
        ("effective  tbd to 2026-12-31", "open", "outside term"),
    ] {
        let text = base.workspace.sources.iter().next().unwrap().1.text();
        let compiled = compile_text(&text.replace("effective  2026-01-01 to 2026-12-31", effective));
        assert_eq!(compiled.messages(), Vec::<String>::new(), "{effective}");
        let model = compiled.model();
        let of = |opened: &str| {
            verdict(model, "answer", &format!("kind: bug; opened: {opened}"), "2025-01-01 10:00").0
        };
        assert_eq!([of("2025-12-31 23:59:59"), of("2027-01-01 00:00:00")], [before, after], "{effective}");
    }
}
