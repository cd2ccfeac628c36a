//! Attainment, targets, quotas and shares, by period.

use std::fmt::Write as _;

use clausal::evaluate::{Evaluator, Item, Progress, ShareResult, Tally, percentile};
use clausal::model::{Model, Period};

use crate::common::compile_text;
use crate::support::{FRAME, agreement, at, commitment, item, record};

const TICKET: &str = r"
record ticket {
  id        key
  opened    datetime    optional
  answered  datetime    optional
  good      boolean     optional
  parked    boolean     optional
  value     money(USD)  optional
}
definition urgent { means ticket where good  since opened }
";

fn items(model: &Model, lines: &[&str]) -> Vec<Item> {
    lines.iter().map(|line| item(record(model, "ticket"), line)).collect()
}

/// `2026-01: met 2, late 1 (66.67%)`, a line for each period.
fn lines(tallies: &[Tally]) -> Vec<String> {
    let line = |tally: &Tally| {
        let counts: Vec<String> = tally.counts.iter().map(|(v, n)| format!("{} {n}", v.word())).collect();
        let mut out = format!("{}: {}", tally.period.label, counts.join(", "));
        if let Some(attainment) = tally.attainment() {
            let _ = write!(out, " ({}%)", attainment.round_dp(2).normalize());
        }
        out
    };
    tallies.iter().map(line).collect()
}

fn attainment(rest: &str, tickets: &[&str], now: &str, kind: Period) -> Vec<String> {
    let compiled = agreement(&format!("{TICKET}{rest}"));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at(now));
    let tallies = evaluator.attainment(commitment(model, "answer"), &items(model, tickets), kind);
    lines(&tallies.unwrap())
}

const ANSWER: &str = "
commitment answer { team must answer each ticket within 4 business hours of opened  met at answered }
";

#[test]
fn items_count_in_the_month_of_their_deadline() {
    let tickets = [
        // Friday 30 January 15:00, due Monday 2 February 11:00.
        "opened: 2026-01-30 15:00; answered: 2026-02-02 10:00",
        "opened: 2026-01-30 10:00; answered: 2026-01-30 15:00",
        "opened: 2026-01-29 10:00; answered: 2026-01-29 11:00",
        // Nothing in March.
        "opened: 2026-04-01 10:00",
        "opened: 2026-04-30 16:00",
        // Neither a start, nor in the term.
        "answered: 2026-01-29 11:00",
        "opened: 2025-12-30 10:00; answered: 2025-12-30 11:00",
    ];
    assert_eq!(
        attainment(ANSWER, &tickets, "2026-04-30 18:00", Period::Month),
        [
            "2026-01: met 1, late 1 (50%)",
            "2026-02: met 1 (100%)",
            "2026-04: overdue 1 (0%)",
            "2026-05: open 1",
        ]
    );
    let by_start = ANSWER.replace("met at", "counted by start date  met at");
    assert_eq!(
        attainment(&by_start, &tickets, "2026-04-30 18:00", Period::Month),
        ["2026-01: met 2, late 1 (66.67%)", "2026-04: overdue 1, open 1 (0%)"]
    );
    assert_eq!(
        attainment(ANSWER, &tickets, "2026-04-30 18:00", Period::Quarter),
        ["2026-Q1: met 2, late 1 (66.67%)", "2026-Q2: overdue 1, open 1 (0%)"]
    );
    assert_eq!(
        attainment(ANSWER, &tickets, "2026-04-30 18:00", Period::Day),
        [
            "2026-01-29: met 1 (100%)",
            "2026-01-30: late 1 (0%)",
            "2026-02-02: met 1 (100%)",
            "2026-04-01: overdue 1 (0%)",
            "2026-05-01: open 1",
        ]
    );
}

#[test]
fn a_deadline_at_midnight_belongs_to_the_day_that_ends() {
    let answer =
        "commitment answer { team must answer each ticket within 1 calendar day of opened  met at answered }";
    let tickets = [
        "opened: 2026-01-30 08:00; answered: 2026-01-31 08:00",
        "opened: 2026-01-31 00:00; answered: 2026-01-31 08:00",
    ];
    assert_eq!(
        attainment(answer, &tickets, "2026-03-01 00:00", Period::Month),
        ["2026-01: met 1 (100%)", "2026-02: met 1 (100%)"]
    );
}

#[test]
fn data_errors_and_excuses_are_counted_and_do_not_count() {
    let answer = "commitment answer {
      team must answer each ticket within 4 business hours of opened  met at answered  excused when parked
    }";
    let tickets = [
        "opened: 2026-01-05 10:00; answered: 2026-01-05 09:00",
        "opened: 2026-01-05 10:00; parked: true",
        "parked: true",
        "opened: 2026-01-05 10:00; answered: 2026-01-05 12:00",
    ];
    assert_eq!(
        attainment(answer, &tickets, "2026-03-01 00:00", Period::Month),
        ["2026-01: excused 1, met 1, data error 1 (100%)"]
    );
}

const LONG: &str = r"
agreement test {
  parties    left, right
  effective  2024-07-01 to 2027-06-30
  zone       America/New_York
  fiscal year starts July
}
party left {}
party right {}
role team { party left  works always }
calendar always { zone America/New_York  open all day }
";

#[test]
fn iso_weeks_and_fiscal_years() {
    let text = format!(
        "{LONG}{TICKET}commitment answer {{ team must answer each ticket within 1 hour of opened  met at answered }}\n"
    );
    let compiled = compile_text(&text);
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2027-06-01 00:00"));
    let tickets = items(
        model,
        &[
            // A Sunday and the Monday after it; 30 December 2024 is in week 1 of 2025.
            "opened: 2024-12-29 12:00; answered: 2024-12-29 12:30",
            "opened: 2024-12-30 12:00; answered: 2024-12-30 14:30",
            "opened: 2025-01-05 12:00; answered: 2025-01-05 12:30",
            // 2026 has 53 weeks: 1 to 3 January 2027 are in its last.
            "opened: 2026-12-28 00:00; answered: 2026-12-28 00:30",
            "opened: 2027-01-03 22:59:59; answered: 2027-01-03 23:00",
            "opened: 2027-01-03 23:00:01; answered: 2027-01-03 23:01",
        ],
    );
    let by = |kind| lines(&evaluator.attainment(commitment(model, "answer"), &tickets, kind).unwrap());
    assert_eq!(
        by(Period::Week),
        [
            "2024-W52: met 1 (100%)",
            "2025-W01: met 1, late 1 (50%)",
            "2026-W53: met 2 (100%)",
            "2027-W01: met 1 (100%)",
        ]
    );
    assert_eq!(
        by(Period::Quarter),
        [
            "FY2025-Q2: met 1, late 1 (50%)",
            "FY2025-Q3: met 1 (100%)",
            "FY2027-Q2: met 1 (100%)",
            "FY2027-Q3: met 2 (100%)"
        ]
    );
    assert_eq!(by(Period::Year), ["FY2025: met 2, late 1 (66.67%)", "FY2027: met 3 (100%)"]);
}

fn on_target(target: &str, tickets: &[&str]) -> Vec<Option<bool>> {
    let text = format!(
        "{TICKET}commitment answer {{
          team must answer each ticket within 4 business hours of opened  met at answered  target {target}
        }}"
    );
    let compiled = agreement(&text);
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-01-15 12:00"));
    let tallies = evaluator.attainment(commitment(model, "answer"), &items(model, tickets), Period::Month);
    tallies.unwrap().iter().map(|t| t.on_target).collect()
}

#[test]
fn targets() {
    let met = "opened: 2026-01-05 10:00; answered: 2026-01-05 10:30";
    let late = "opened: 2026-01-05 10:00; answered: 2026-01-05 15:00";
    assert_eq!(on_target("95% per month", &[met; 19]), [Some(true)]);
    let mut some = vec![met; 19];
    some.push(late);
    assert_eq!(on_target("95% per month", &some), [Some(true)]);
    assert_eq!(on_target("95.1% per month", &some), [Some(false)]);
    some.push(late);
    assert_eq!(on_target("95% per month", &some), [Some(false)]);
    // Two thirds are 66.6 recurring: compared without division.
    assert_eq!(on_target("66.666666% per month", &[met, met, late]), [Some(true)]);
    assert_eq!(on_target("66.666667% per month", &[met, met, late]), [Some(false)]);
    // Nothing decided, no answer.
    assert_eq!(on_target("95% per month", &["opened: 2026-01-15 10:00"]), [None]);
}

#[test]
fn targets_for_response_times() {
    let taking =
        |end: &'static str| -> String { format!("opened: 2026-01-05 10:00; answered: 2026-01-05 {end}") };
    let (short, hour, long) = (taking("10:30"), taking("11:00"), taking("12:30"));
    let of = |target: &str, tickets: &[&String]| {
        let tickets: Vec<&str> = tickets.iter().map(|t| t.as_str()).collect();
        on_target(target, &tickets)
    };
    // `under` is strict, and the median of two is the lower one.
    assert_eq!(of("median under 1 hour per month", &[&hour]), [Some(false)]);
    assert_eq!(of("median under 61 minutes per month", &[&hour]), [Some(true)]);
    assert_eq!(of("median under 1 hour per month", &[&short, &long]), [Some(true)]);
    assert_eq!(of("median under 1 hour per month", &[&short, &long, &long]), [Some(false)]);
    assert_eq!(of("p90 under 2 hours per month", &[&[&short; 9][..], &[&long]].concat()), [Some(true)]);
    assert_eq!(of("p90 under 2 hours per month", &[&[&short; 8][..], &[&long]].concat()), [Some(false)]);
    // What is overdue has taken until now; what is still open is not asked.
    let (overdue, open) = ("opened: 2026-01-14 10:00".to_owned(), "opened: 2026-01-15 11:50".to_owned());
    assert_eq!(of("median under 1 hour per month", &[&overdue]), [Some(false)]);
    assert_eq!(of("median under 1 hour per month", &[&short, &open, &open]), [Some(true)]);
    // Friday evening to Monday morning: 64 hours and a quarter, a quarter of an hour of it open.
    let weekend = "opened: 2026-01-09 17:00; answered: 2026-01-12 09:15".to_owned();
    assert_eq!(of("median under 1 business hour per month", &[&weekend]), [Some(true)]);
    assert_eq!(of("median under 64 hours per month", &[&weekend]), [Some(false)]);
    assert_eq!(of("median under 65 hours per month", &[&weekend]), [Some(true)]);
}

#[test]
fn percentiles_by_nearest_rank() {
    for (values, percent, expected) in [
        (vec![], 50, None),
        (vec![7], 1, Some(7)),
        (vec![7], 99, Some(7)),
        (vec![9, 1], 50, Some(1)),
        (vec![9, 1], 51, Some(9)),
        (vec![5, 3, 1], 50, Some(3)),
        (vec![15, 20, 35, 40, 50], 30, Some(20)),
        (vec![15, 20, 35, 40, 50], 40, Some(20)),
        (vec![15, 20, 35, 40, 50], 41, Some(35)),
        ((1..=10).collect(), 90, Some(9)),
        ((1..=10).collect(), 91, Some(10)),
        ((1..=100).rev().collect(), 95, Some(95)),
    ] {
        assert_eq!(percentile(values.clone(), percent), expected, "{percent} of {values:?}");
    }
}

// --------------------------------------------------------------------------------------------------- quotas and shares

/// `2026-01: 2 missed`, a line for each period.
fn quota(text: &str, tickets: &[&str], now: &str) -> Vec<String> {
    let compiled = compile_text(text);
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at(now));
    let progress = evaluator.quota(commitment(model, "volume"), &items(model, tickets)).unwrap();
    let line = |p: &Progress| format!("{}: {} {}", p.period.label, p.amount.normalize(), p.outlook.word());
    progress.iter().map(line).collect()
}

fn volume(sentence: &str) -> String {
    format!("{FRAME}{TICKET}commitment volume {{ team must deliver {sentence} }}")
}

#[test]
fn at_least_is_met_at_once_and_missed_at_the_end() {
    let tickets = [
        "good: true; opened: 2026-01-01 00:00",
        "good: true; opened: 2026-01-31 23:59:59",
        "good: true; opened: 2026-03-05 10:00",
        "good: true; opened: 2026-03-06 10:00",
        // Not urgent, without a moment, before the term, and in the future.
        "opened: 2026-03-06 10:00",
        "good: true",
        "good: true; opened: 2025-12-31 23:59:59",
        "good: true; opened: 2026-03-20 10:00",
    ];
    let text = volume("at least 2 urgent per month");
    // Every month that has begun, with items or without.
    assert_eq!(
        quota(&text, &tickets, "2026-03-10 12:00"),
        ["2026-01: 2 met", "2026-02: 0 missed", "2026-03: 2 met"]
    );
    assert_eq!(
        quota(&text, &tickets, "2026-03-06 09:59:59"),
        ["2026-01: 2 met", "2026-02: 0 missed", "2026-03: 1 open"]
    );
    assert_eq!(quota(&text, &tickets, "2026-01-31 23:59:58"), ["2026-01: 1 open"]);
    // The month ends with the first moment of the next.
    assert_eq!(quota(&text, &[], "2026-01-31 23:59:59"), ["2026-01: 0 open"]);
    assert_eq!(quota(&text, &[], "2026-02-01 00:00"), ["2026-01: 0 missed", "2026-02: 0 open"]);
    // Before the term nothing is asked, after it no more.
    assert!(quota(&text, &tickets, "2025-12-31 12:00").is_empty());
    assert_eq!(quota(&text, &[], "2027-05-01 00:00").len(), 12);
}

#[test]
fn at_most_is_missed_at_once_and_met_at_the_end() {
    let text = volume("at most 1 urgent per week");
    let tickets = [
        "good: true; opened: 2026-01-05 00:00",
        "good: true; opened: 2026-01-12 00:00",
        "good: true; opened: 2026-01-18 23:59:59",
    ];
    // The term begins on a Thursday, in week 1.
    assert_eq!(
        quota(&text, &tickets, "2026-01-20 00:00"),
        ["2026-W01: 0 met", "2026-W02: 1 met", "2026-W03: 2 missed", "2026-W04: 0 open"]
    );
    assert_eq!(quota(&text, &tickets, "2026-01-14 00:00")[2], "2026-W03: 1 open");
}

#[test]
fn amounts_differ_by_period() {
    let text = volume(
        "at least 1 urgent per month instead 2 from 2026-02-01 to 2026-02-28 instead 3 from 2026-04-01",
    );
    let tickets = [
        "good: true; opened: 2026-01-05 10:00",
        "good: true; opened: 2026-02-01 00:00",
        "good: true; opened: 2026-03-01 00:00",
        "good: true; opened: 2026-04-01 00:00",
        "good: true; opened: 2026-04-30 23:59:59",
    ];
    assert_eq!(
        quota(&text, &tickets, "2026-06-01 00:00"),
        [
            "2026-01: 1 met",
            "2026-02: 1 missed",
            "2026-03: 1 met",
            "2026-04: 2 missed",
            "2026-05: 0 missed",
            "2026-06: 0 open"
        ]
    );
    let most = volume("at most 1 urgent per quarter instead 2 from 2026-04-01 to 2026-12-31");
    assert_eq!(
        quota(&most, &tickets, "2026-07-01 00:00"),
        ["2026-Q1: 3 missed", "2026-Q2: 2 met", "2026-Q3: 0 open"]
    );
}

#[test]
fn worth_sums_a_field() {
    let text = volume("urgent worth at least $100 in value per quarter");
    let tickets = [
        "good: true; opened: 2026-01-05 10:00; value: 99.99",
        "good: true; opened: 2026-01-06 10:00; value: 0.01",
        "good: true; opened: 2026-04-06 10:00; value: 150",
        "good: true; opened: 2026-04-07 10:00; value: -50.01",
        "good: true; opened: 2026-04-08 10:00",
    ];
    assert_eq!(
        quota(&text, &tickets, "2026-07-01 00:00"),
        ["2026-Q1: 100 met", "2026-Q2: 99.99 missed", "2026-Q3: 0 open"]
    );
}

#[test]
fn quotas_with_conditions() {
    let text = format!(
        "{FRAME}{TICKET}commitment volume {{
          team must deliver at least 1 urgent per month
          met when value is set
          excused when parked
        }}"
    );
    let tickets = [
        "good: true; opened: 2026-01-05 10:00; value: 0",
        "good: true; opened: 2026-02-05 10:00",
        "good: true; opened: 2026-03-05 10:00; value: 1; parked: true",
    ];
    assert_eq!(
        quota(&text, &tickets, "2026-04-01 00:00"),
        ["2026-01: 1 met", "2026-02: 0 missed", "2026-03: 0 missed", "2026-04: 0 open"]
    );
}

#[test]
fn quotas_without_a_term_begin_with_the_first_item() {
    let text = volume("at least 1 urgent per year").replace("  effective  2026-01-01 to 2026-12-31\n", "");
    let tickets = ["good: true; opened: 2023-06-01 00:00", "good: true; opened: 2025-12-31 23:00"];
    assert_eq!(
        quota(&text, &tickets, "2026-03-01 00:00"),
        ["2023: 1 met", "2024: 0 missed", "2025: 1 met", "2026: 0 open"]
    );
    assert!(quota(&text, &[], "2026-03-01 00:00").is_empty());
}

/// `2026-01: 3 of 5 met`, a line for each period.
fn share(sentence: &str, tickets: &[&str], now: &str) -> Vec<String> {
    let compiled = agreement(&format!(
        "{TICKET}commitment part {{ team must accept {sentence}  met when value is set  excused when parked }}"
    ));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at(now));
    let shares = evaluator.share(commitment(model, "part"), &items(model, tickets)).unwrap();
    let line =
        |s: &ShareResult| format!("{}: {} of {} {}", s.period.label, s.hits, s.items, s.outlook.word());
    shares.iter().map(line).collect()
}

#[test]
fn shares_are_judged_at_the_end() {
    let hit = |on: &str| format!("good: true; opened: {on} 10:00; value: 1");
    let miss = |on: &str| format!("good: true; opened: {on} 10:00");
    let tickets = [
        // January: 3 of 5. February: none. March: 1 of 2, and one that is excused. April: all so far.
        hit("2026-01-02"),
        hit("2026-01-03"),
        hit("2026-01-04"),
        miss("2026-01-05"),
        miss("2026-01-06"),
        hit("2026-03-02"),
        miss("2026-03-03"),
        format!("{}; parked: true", hit("2026-03-04")),
        hit("2026-04-01"),
        hit("2026-04-25"),
    ];
    let tickets: Vec<&str> = tickets.iter().map(String::as_str).collect();
    assert_eq!(
        share("at least 60% of urgent per month", &tickets, "2026-04-20 00:00"),
        ["2026-01: 3 of 5 met", "2026-02: 0 of 0 no items", "2026-03: 1 of 2 missed", "2026-04: 1 of 1 open"]
    );
    assert_eq!(
        share("at least 60.1% of urgent per month", &tickets, "2026-02-01 00:00"),
        ["2026-01: 3 of 5 missed", "2026-02: 0 of 0 open"]
    );
    assert_eq!(
        share("at most 50% of urgent per month", &tickets, "2026-04-20 00:00"),
        ["2026-01: 3 of 5 missed", "2026-02: 0 of 0 no items", "2026-03: 1 of 2 met", "2026-04: 1 of 1 open"]
    );
    assert_eq!(share("at least 60% of urgent per year", &tickets, "2027-01-01 00:00"), ["2026: 6 of 9 met"]);
}
