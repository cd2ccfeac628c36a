//! Levels of time, computed by hand, and what is paid for them.

use clausal::evaluate::{Evaluator, Item};
use clausal::model::{Id, Model};
use clausal::worktime::words as time;

use crate::common::compile_text;
use crate::support::{FRAME, agreement, at, commitment, item, record, rows};

const RECORDS: &str = "
record outage {
  id          key
  started_at  datetime  optional
  ended_at    datetime  optional
  planned     boolean   optional
  cause       text      optional
}
definition real_outage { means outage where not planned }
record report {
  id       key
  day      date     optional
  sent_at  datetime optional
  down     number   optional
  up       percent  optional
}
";

fn items(model: &Model, of: &str, lines: &[&str]) -> Vec<Item> {
    lines.iter().map(|line| item(record(model, of), line)).collect()
}

/// `2026-01: 99.5% met`, a line for each period; `-` without a result.
fn levels(promise: &str, of: &str, lines: &[&str], now: &str) -> Vec<String> {
    let compiled = agreement(&format!("{RECORDS}commitment up {{ team must keep \"it up\" {promise} }}"));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at(now));
    let results = evaluator.level(commitment(model, "up"), &items(model, of, lines)).unwrap();
    let line = |result: &clausal::evaluate::LevelResult| {
        let kept = result.kept.map_or("-".to_owned(), |kept| format!("{}%", kept.percent(4)));
        format!("{}: {kept} {}", result.period.label, result.outlook.word())
    };
    results.iter().map(line).collect()
}

const OUTAGES: &str = "at least 99% of each month  down from started_at to ended_at of each outage";

#[test]
fn outages_are_cut_at_the_borders_of_the_period_and_count_once() {
    let lines = [
        // 12 hours of January and 12 of February.
        "started_at: 2026-01-31 12:00; ended_at: 2026-02-01 12:00",
        // Inside the first one, across its end, and touching it.
        "started_at: 2026-01-31 18:00; ended_at: 2026-01-31 20:00",
        "started_at: 2026-01-31 23:00; ended_at: 2026-02-01 13:00",
        "started_at: 2026-02-01 13:00; ended_at: 2026-02-01 14:00",
        // Twice the same.
        "started_at: 2026-01-10 00:00; ended_at: 2026-01-10 01:00",
        "started_at: 2026-01-10 00:00; ended_at: 2026-01-10 01:00",
        // These show nothing: no start, no length, an end before the start, not before now.
        "ended_at: 2026-01-10 01:00",
        "started_at: 2026-01-20 00:00; ended_at: 2026-01-20 00:00",
        "started_at: 2026-01-20 05:00; ended_at: 2026-01-20 04:00",
        "started_at: 2026-03-05 00:00; ended_at: 2026-03-06 00:00",
    ];
    // January has 744 hours, 13 of them down; February 672, of which 14 are.
    assert_eq!(
        levels(OUTAGES, "outage", &lines, "2026-03-04 00:00"),
        ["2026-01: 98.2527% missed", "2026-02: 97.9167% missed", "2026-03: 100% open"]
    );
}

#[test]
fn an_outage_without_an_end_goes_on_until_now() {
    let lines = ["started_at: 2026-01-31 23:00"];
    assert_eq!(
        levels(OUTAGES, "outage", &lines, "2026-02-01 05:00"),
        ["2026-01: 99.8656% met", "2026-02: 99.256% open"]
    );
    // Of February's 672 hours 6.72 may be down; then it is missed, whatever may come.
    assert_eq!(levels(OUTAGES, "outage", &lines, "2026-02-01 06:43")[1], "2026-02: 99.0005% open");
    assert_eq!(levels(OUTAGES, "outage", &lines, "2026-02-01 06:44")[1], "2026-02: 98.998% missed");
    // What will end in the future has not ended.
    let future = ["started_at: 2026-01-31 23:00; ended_at: 2026-02-10 00:00"];
    assert_eq!(levels(OUTAGES, "outage", &future, "2026-02-01 05:00")[1], "2026-02: 99.256% open");
}

#[test]
fn a_month_in_which_the_clocks_change_is_an_hour_shorter_or_longer() {
    let day = |month: u8, last: u8| {
        format!("started_at: 2026-{month:02}-01 00:00; ended_at: 2026-{month:02}-{last} 24:00")
    };
    let promise = "at least 99% of each month  counted from started_at to ended_at of each outage";
    let whole = [day(3, 31), day(11, 30)];
    let lines: Vec<&str> = whole.iter().map(String::as_str).collect();
    let found = levels(promise, "outage", &lines, "2026-12-01 00:00");
    assert_eq!([&*found[2], &found[10]], ["2026-03: 100% met", "2026-11: 100% met"]);
    let compiled = agreement(&format!("{RECORDS}commitment up {{ team must keep \"it up\" {promise} }}"));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-12-01 00:00"));
    let id = commitment(model, "up");
    let seconds = |label: &str| {
        let period = evaluator.periods(clausal::model::Period::Month).labelled(label).unwrap();
        let kept = evaluator.level_in(id, &items(model, "outage", &lines), &period).unwrap().unwrap();
        (kept.whole / rust_decimal::Decimal::from(60)).to_string()
    };
    assert_eq!([seconds("2026-03"), seconds("2026-11"), seconds("2026-04")], ["44580", "43260", "43200"]);
    // The hour from 2 to 3 that the night of 8 March does not have is down in nobody's list.
    let night = ["started_at: 2026-03-08 01:00; ended_at: 2026-03-08 04:00"];
    assert_eq!(levels(OUTAGES, "outage", &night, "2026-04-01 00:00")[2], "2026-03: 99.7308% met");
}

#[test]
fn definitions_conditions_and_excuses_say_which_rows_count() {
    let lines = [
        "started_at: 2026-01-10 00:00; ended_at: 2026-01-11 00:00; planned: true; cause: a",
        "started_at: 2026-01-12 00:00; ended_at: 2026-01-12 12:00; planned: false; cause: b",
        "started_at: 2026-01-13 00:00; ended_at: 2026-01-13 06:00; cause: c",
    ];
    let first = |promise: &str| levels(promise, "outage", &lines, "2026-02-01 00:00")[0].clone();
    let down = "at least 99% of each month  down from started_at to ended_at of each";
    assert_eq!(first(&format!("{down} outage")), "2026-01: 94.3548% missed", "42 hours");
    assert_eq!(first(&format!("{down} real_outage")), "2026-01: 97.5806% missed", "18 hours");
    assert_eq!(first(&format!("{down} outage where planned")), "2026-01: 96.7742% missed", "24 hours");
    assert_eq!(first(&format!("{down} real_outage excused when cause = \"b\"")), "2026-01: 99.1935% met");
}

#[test]
fn rows_of_fixed_length_count_once_and_from_the_moment_they_begin() {
    let lines = [
        "started_at: 2026-01-10 00:00",
        "started_at: 2026-01-10 00:01",
        // Half of it is in the minute before.
        "started_at: 2026-01-10 00:01:30",
        "started_at: 2026-01-31 23:59:30",
        "",
    ];
    let promise = "at least 99.99% of each month  down for 1 minute from started_at of each outage";
    // January: 150 seconds and 30 of the last; February: the other 30.
    assert_eq!(
        levels(promise, "outage", &lines, "2026-03-01 00:00"),
        ["2026-01: 99.9933% met", "2026-02: 99.9988% met", "2026-03: 100% open"]
    );
    let last = ["started_at: 2026-01-31 23:59:30"];
    assert_eq!(levels(promise, "outage", &last, "2026-01-31 23:59:29"), ["2026-01: 100% open"]);
    assert_eq!(levels(promise, "outage", &last, "2026-01-31 23:59:30"), ["2026-01: 99.9989% open"]);
}

#[test]
fn reports_add_up_and_a_period_without_one_has_no_result() {
    let promise = "at least 99% of each month  down for down minutes of each report dated day";
    let lines = ["day: 2026-01-05; down: 20", "day: 2026-01-31; down: 23.5", "day: 2026-03-01; down: 0"];
    assert_eq!(
        levels(promise, "report", &lines, "2026-04-01 00:00"),
        ["2026-01: 99.9026% met", "2026-02: - no items", "2026-03: 100% met", "2026-04: - open"]
    );
    // A month has no more minutes than it has; nothing is less than none; a blank is not zero.
    for wrong in ["day: 2026-01-07; down: 44641", "day: 2026-01-07; down: -1", "day: 2026-01-07"] {
        let lines = ["day: 2026-01-05; down: 20", wrong];
        assert_eq!(
            levels(promise, "report", &lines, "2026-02-01 00:00")[0],
            "2026-01: - no items",
            "{wrong}"
        );
    }
    let hours = "at least 99% of each month  down for down hours of each report dated sent_at";
    assert_eq!(
        levels(hours, "report", &["sent_at: 2026-02-01 04:59Z; down: 7.44"], "2026-02-01 00:00")[0],
        "2026-01: 99% met"
    );
}

#[test]
fn one_report_says_a_share() {
    let up = "at least 99.5% of each month  counted for up percent of each report dated day";
    let lines = ["day: 2026-01-31; up: 99.49999999", "day: 2026-02-28; up: 99.5", "day: 2026-03-01; up: 12"];
    assert_eq!(
        levels(up, "report", &lines, "2026-03-02 00:00"),
        ["2026-01: 99.5% missed", "2026-02: 99.5% met", "2026-03: 12% open"]
    );
    let twice = ["day: 2026-01-31; up: 100", "day: 2026-01-30; up: 100"];
    assert_eq!(levels(up, "report", &twice, "2026-02-01 00:00")[0], "2026-01: - no items");
    let more = ["day: 2026-01-31; up: 100.1"];
    assert_eq!(levels(up, "report", &more, "2026-02-01 00:00")[0], "2026-01: - no items");
    let down = "at least 99.5% of each month  down for up percent of each report dated day";
    assert_eq!(
        levels(down, "report", &["day: 2026-01-31; up: 0.5"], "2026-02-01 00:00")[0],
        "2026-01: 99.5% met"
    );
}

#[test]
fn so_much_time_and_no_more() {
    let promise = "at most 4 hours per week  counted from started_at to ended_at of each outage";
    let lines = [
        "started_at: 2026-01-05 00:00; ended_at: 2026-01-05 04:00",
        "started_at: 2026-01-12 00:00; ended_at: 2026-01-12 04:00:01",
        // Across the night from Sunday to Monday.
        "started_at: 2026-01-25 22:00; ended_at: 2026-01-26 04:00",
    ];
    let found = levels(promise, "outage", &lines, "2026-01-26 12:00");
    let outlooks: Vec<&str> = found.iter().map(|line| line.split_once("% ").unwrap().1).collect();
    assert_eq!(outlooks, ["met", "met", "missed", "met", "open"], "{found:?}");
    let late = [lines[1]];
    assert!(levels(promise, "outage", &late, "2026-01-12 04:00").last().unwrap().ends_with("open"));
    assert!(levels(promise, "outage", &late, "2026-01-12 04:00:01").last().unwrap().ends_with("missed"));
    let least = "at least 1 hour per day  counted from started_at to ended_at of each outage";
    let found = levels(
        least,
        "outage",
        &["started_at: 2026-01-01 03:00; ended_at: 2026-01-01 04:00"],
        "2026-01-01 04:00",
    );
    assert!(found[0].ends_with("met"), "{found:?}");
}

#[test]
fn a_level_can_be_a_condition_of_another_and_have_one() {
    let compiled = agreement(&format!(
        "{RECORDS}
commitment up {{
  team must keep \"it up\" at least 99% of each month
  down from started_at to ended_at of each outage
  provided planned_time is met
}}
commitment planned_time {{
  team must keep \"it down as planned\" at most 1 hour per month
  counted from started_at to ended_at of each outage where planned
}}"
    ));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-03-01 00:00"));
    let rows = items(
        model,
        "outage",
        &[
            "started_at: 2026-01-10 00:00; ended_at: 2026-01-11 00:00; planned: true",
            "started_at: 2026-02-10 00:00; ended_at: 2026-02-11 00:00; planned: false",
        ],
    );
    let found = evaluator.level(commitment(model, "up"), &rows).unwrap();
    let words: Vec<&str> = found.iter().map(|result| result.outlook.word()).collect();
    assert_eq!(words, ["excused", "missed", "open"]);
    let standings = evaluator.standings(commitment(model, "up"), &rows).unwrap();
    assert!(standings[0].1.is_none() && standings[1].1.is_some(), "what is excused is not paid for");
}

// ------------------------------------------------------------------------------------------------------------- credits

const CREDIT: &str = "
commitment up {
  team must keep \"it up\" at least 99.9% of each month
  down for down minutes of each report dated day
}
credit refund for up {
  below 99.9% pays 5% of \"the fee\"
  below 99.5% pays 10% of \"the fee\"
  at most 12% of \"the fee\" per quarter
  claimed within 30 calendar days
}
";

#[test]
fn the_row_with_the_lowest_bound_applies_up_to_the_cap() {
    let compiled = agreement(&format!("{RECORDS}{CREDIT}"));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-05-10 00:00"));
    let zone = evaluator.zone().unwrap();
    // January 44,640 minutes; February 40,320: 0.1% are 40.32, 0.5% are 201.6; March 44,580; April 43,200.
    let reports = [
        "day: 2026-01-31; down: 224",
        "day: 2026-02-28; down: 41",
        "day: 2026-03-31; down: 0",
        "day: 2026-04-30; down: 216",
        "day: 2026-05-31; down: 9000",
    ];
    let found = evaluator.credits(Id::new(0), &items(model, "report", &reports)).unwrap();
    let line = |result: &clausal::evaluate::CreditResult| {
        let until = result.claim_by.map_or("-".to_owned(), |at| time::deadline(at, zone));
        format!("{} {:?} {} {until}", result.period.label, result.row, result.pays)
    };
    let found: Vec<String> = found.iter().map(line).collect();
    assert_eq!(
        found,
        [
            "2026-01 Some(1) 10 Monday 2 March 2026 24:00",
            // 2% are left of the quarter's 12%.
            "2026-02 Some(0) 2 Monday 30 March 2026 24:00",
            "2026-03 None 0 -",
            // Exactly 99.5% is not below it.
            "2026-04 Some(0) 5 Saturday 30 May 2026 24:00",
        ]
    );
}

#[test]
fn the_time_to_claim_counts_from_the_end_of_the_period() {
    for [claimed, until] in rows(
        "within 30 calendar days               | 2026-03-02 24:00
         within 1 week                         | 2026-02-07 24:00
         within 1 month                        | 2026-02-28 24:00
         within 36 hours                       | 2026-02-02 12:00
         by team within 2 business days        | 2026-02-03 17:00
         by team within 3 business hours       | 2026-02-02 12:00",
    ) {
        let credit = CREDIT.replace("within 30 calendar days", claimed);
        let compiled = agreement(&format!("{RECORDS}{credit}"));
        let model = compiled.model();
        let evaluator = Evaluator::new(model, at("2026-05-10 00:00"));
        let january = evaluator.periods(clausal::model::Period::Month).labelled("2026-01").unwrap();
        let found = evaluator.claim_by(Id::new(0), &january).unwrap();
        assert_eq!(found, at(until), "{claimed}");
    }
}

#[test]
fn credits_go_by_attainment_and_shares_too() {
    let text = format!(
        "{FRAME}
record ticket {{ id key  opened datetime  answered datetime optional  good boolean }}
definition task {{ means ticket  since opened }}
commitment answer {{ team must answer each ticket within 4 hours of opened  met at answered }}
commitment accept {{ team must accept at least 60% of task per month  met when good }}
credit a for answer {{ below 75% pays $100  below 50% pays $200 }}
credit b for accept {{ below 60% pays EUR 1k }}
"
    );
    let compiled = compile_text(&text);
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-03-01 00:00"));
    let tickets = items(
        model,
        "ticket",
        &[
            "opened: 2026-01-10 00:00; answered: 2026-01-10 04:00; good: true",
            "opened: 2026-01-11 00:00; answered: 2026-01-11 05:00; good: true",
            "opened: 2026-02-11 00:00; good: false",
        ],
    );
    let pays = |credit: usize| {
        let found = evaluator.credits(Id::new(credit), &tickets).unwrap();
        found.iter().map(|r| format!("{} {}", r.period.label, r.pays)).collect::<Vec<_>>()
    };
    assert_eq!(pays(0), ["2026-01 100", "2026-02 200"], "50% is not below 50%");
    assert_eq!(pays(1), ["2026-01 0", "2026-02 1000"]);
}
