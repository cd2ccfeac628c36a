//! Attempts, and what is due again and again.

use clausal::evaluate::{Evaluator, Held, Item, Value, Verdict};
use clausal::model::contingency::MissedBy;
use clausal::model::{Id, Model, Period, Record};
use clausal::scenario;

use crate::compiled;
use crate::counts::{at, commitment, counts, item};

const TEXT: &str = include_str!("recurring.clause");

fn record(model: &Model, name: &str) -> Id<Record> {
    model.records.iter().find(|(_, r)| r.head.name.text == name).unwrap().0
}

#[test]
fn the_examples_of_the_agreement_hold() {
    let compiled = compiled(TEXT);
    assert_eq!(compiled.diagnostics, []);
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-01-01 00:00"));
    for scenario in model.scenarios.values() {
        assert_eq!(scenario::run(&evaluator, scenario), [], "{}", scenario.title);
    }
}

/// The verdict on a lead with some activities, and when it was done.
fn outcome(name: &str, source: &str, activities: &[(&str, &str)], now: &str) -> (Verdict, Option<String>) {
    let compiled = compiled(TEXT);
    let model = compiled.model();
    let child = record(model, "activity");
    let lead = item(model, "lead", &[("mql_at", "2026-03-02 10:00"), ("source", source)]);
    let answered = model.records[child].field("answered").unwrap();
    let lead = activities.iter().fold(lead, |lead, (kind, done)| {
        let activity = item(model, "activity", &[("kind", kind), ("done_at", done)]);
        lead.with_child(child, activity.with(answered, Value::Boolean(true)))
    });
    let evaluator = Evaluator::new(model, at(now));
    let outcome = evaluator.outcome(commitment(model, name), &lead).unwrap().unwrap();
    let zone = evaluator.zone().unwrap();
    (outcome.verdict, outcome.done.map(|done| zone.local(done).to_string()))
}

#[test]
fn attempts_are_counted_in_order_of_time_and_once_a_day() {
    let of = |activities: &[(&str, &str)]| outcome("high_touch", "event", activities, "2026-03-20 12:00");
    let three = [("call", "2026-03-06 10:00"), ("email", "2026-03-03 10:00"), ("call", "2026-03-04 10:00")];
    assert_eq!(of(&three), (Verdict::Met, Some("2026-03-06 10:00".into())));
    // Two on one day are one, and midnight is the next day.
    let same_day =
        [("call", "2026-03-03 10:00"), ("email", "2026-03-03 23:59"), ("call", "2026-03-04 10:00")];
    assert_eq!(of(&same_day), (Verdict::Overdue, None));
    let midnight =
        [("call", "2026-03-03 10:00"), ("email", "2026-03-04 00:00"), ("call", "2026-03-05 10:00")];
    assert_eq!(of(&midnight), (Verdict::Met, Some("2026-03-05 10:00".into())));
    // Too late, and what nobody knows the moment of.
    let late = [("call", "2026-03-03 10:00"), ("call", "2026-03-04 10:00"), ("call", "2026-03-10 10:00")];
    assert_eq!(of(&late), (Verdict::Late, Some("2026-03-10 10:00".into())));
    assert_eq!(of(&[]), (Verdict::Overdue, None));
    let meetings = [("meeting", "2026-03-03 10:00"); 3];
    assert_eq!(of(&meetings), (Verdict::Overdue, None));
}

#[test]
fn limits_by_case() {
    let call = [("call", "2026-03-02 16:00")];
    let of = |source: &str| outcome("light_touch", source, &call, "2026-03-20 12:00").0;
    assert_eq!(of("web"), Verdict::Late);
    assert_eq!(of("event"), Verdict::Met);
}

#[test]
fn attempts_before_the_start_and_without_a_start_count_for_nothing() {
    let compiled = compiled(TEXT);
    let model = compiled.model();
    let child = record(model, "activity");
    let blank = item(model, "lead", &[]).with_child(child, item(model, "activity", &[("kind", "call")]));
    let evaluator = Evaluator::new(model, at("2026-03-20 12:00"));
    // Without its moment it is no MQL in time, but it is one.
    let outcome = evaluator.outcome(commitment(model, "high_touch"), &blank).unwrap().unwrap();
    assert_eq!((outcome.verdict, outcome.done), (Verdict::NotStarted, None));
    let before = [("call", "2026-03-01 10:00"), ("call", "2026-02-28 10:00"), ("call", "2026-02-27 10:00")];
    assert_eq!(
        super::recurring::outcome("high_touch", "event", &before, "2026-03-05 12:00").0,
        Verdict::Open
    );
}

fn meetings(model: &Model, moments: &[&str]) -> Vec<Item> {
    let meeting = |at: &&str| item(model, "meeting", &[("kind", "review"), ("held_on", at)]);
    let mut out: Vec<Item> = moments.iter().map(meeting).collect();
    out.push(item(model, "meeting", &[("kind", "other"), ("held_on", "2026-01-12 10:00")]));
    out.push(item(model, "meeting", &[("kind", "review")]));
    out
}

fn said(held: &[Held]) -> Vec<(String, &'static str)> {
    held.iter().map(|h| (h.occurrence.day.to_string(), h.verdict.word())).collect()
}

#[test]
fn each_meeting_shows_one_review() {
    let compiled = compiled(TEXT);
    let model = compiled.model();
    let id = commitment(model, "pipeline_review");
    let evaluator = Evaluator::new(model, at("2026-02-02 09:00"));
    // On the day at any time; two days late; not at all; twice on one day.
    let rows =
        meetings(model, &["2026-01-26 23:59", "2026-01-05 09:00", "2026-01-26 10:00", "2026-01-14 10:00"]);
    let held = evaluator.held(id, &rows).unwrap();
    let expected = [
        ("2026-01-05", "met"),
        ("2026-01-12", "late"),
        ("2026-01-19", "overdue"),
        ("2026-01-26", "met"),
        ("2026-02-02", "open"),
    ];
    assert_eq!(said(&held), expected.map(|(day, word)| (day.to_owned(), word)));
    let tallies = evaluator.attainment(id, &rows, Period::Month).unwrap();
    assert_eq!(tallies.iter().map(|t| t.period.label.as_str()).collect::<Vec<_>>(), ["2026-01", "2026-02"]);
    assert_eq!(counts(&tallies[0]), [("met", 2), ("late", 1), ("overdue", 1)]);
    assert_eq!(
        (tallies[0].attainment().unwrap().to_string().as_str(), tallies[0].on_target),
        ("50", Some(false))
    );
    assert_eq!((counts(&tallies[1]), tallies[1].on_target), (vec![("open", 1)], None));
}

#[test]
fn misses_of_what_recurs_are_counted_by_period() {
    let compiled = compiled(TEXT);
    let model = compiled.model();
    let id = commitment(model, "pipeline_review");
    let evaluator = Evaluator::new(model, at("2026-02-20 09:00"));
    let rows =
        meetings(model, &["2026-01-05 10:00", "2026-01-14 10:00", "2026-02-02 10:00", "2026-02-09 10:00"]);
    // January: one late, two overdue. February: one overdue.
    let missed = |times, by| {
        let found = evaluator.missed(id, &rows, (times, Period::Month, by)).unwrap();
        found.into_iter().map(|m| (m.period.label, m.count)).collect::<Vec<_>>()
    };
    assert_eq!(missed(3, MissedBy::Anyone), [("2026-01".to_owned(), 3)]);
    assert_eq!(missed(1, MissedBy::Anyone), [("2026-01".to_owned(), 3), ("2026-02".to_owned(), 1)]);
    assert_eq!(missed(1, MissedBy::SameOwner), []);
}

#[test]
fn a_report_is_late_after_the_closing_of_its_day() {
    let compiled = compiled(TEXT);
    let model = compiled.model();
    let id = commitment(model, "pipeline_report");
    let evaluator = Evaluator::new(model, at("2026-04-10 09:00"));
    let run = |day: &str| item(model, "report_run", &[("sent_on", day)]);
    // Due on 2 January, 3 February, 3 March and 2 April.
    let rows = [run("2026-01-01"), run("2026-02-03"), run("2026-03-31")];
    let held = evaluator.held(id, &rows).unwrap();
    let expected =
        [("2026-01-02", "met"), ("2026-02-03", "met"), ("2026-03-03", "late"), ("2026-04-02", "overdue")];
    assert_eq!(said(&held), expected.map(|(day, word)| (day.to_owned(), word)));
}

#[test]
fn what_nobody_records_is_due_and_not_counted() {
    let compiled = compiled(TEXT);
    let model = compiled.model();
    let id = commitment(model, "quarterly");
    let evaluator = Evaluator::new(model, at("2026-02-02 09:00"));
    assert_eq!(evaluator.gap(id), None);
    let gap = evaluator.held(id, &[]).unwrap_err();
    assert_eq!(gap.to_string(), "nothing shows that it was done (`recorded in`)");
    // The term ends with the year, and so do the dates.
    let dates = evaluator.due_from(id, clausal::worktime::civil::parse_date("2026-01-01").unwrap()).unwrap();
    let dates: Vec<String> = dates.map(|o| o.day.to_string()).collect();
    assert_eq!(dates, ["2026-01-14", "2026-04-14", "2026-07-14", "2026-10-14"]);
    let last = Evaluator::new(model, at("2026-12-01 09:00"));
    assert_eq!(last.next_due(id).unwrap(), None);
}

#[test]
fn expectations_that_do_not_hold() {
    let failures = |expectation: &str| {
        let text = format!("{TEXT}\nscenario \"x\" {{ now 2026-11-06 12:00  expect {expectation} }}");
        let compiled = compiled(&text);
        let model = compiled.model();
        let evaluator = Evaluator::new(model, at("2026-01-01 00:00"));
        let of_x = model.scenarios.values().find(|s| s.title == "x").unwrap();
        scenario::run(&evaluator, of_x).into_iter().map(|f| (f.message, f.because)).collect::<Vec<_>>()
    };
    let (message, because) = failures("pipeline_review due 2026-11-09 11:00").remove(0);
    assert_eq!(
        message,
        "`pipeline_review` is due Monday 9 November 2026 10:00, not Monday 9 November 2026 11:00"
    );
    assert_eq!(because.unwrap(), "That is the first time from Friday 6 November 2026 12:00 on.");
    let (message, because) = failures("quarterly due 2027-01-14 17:30").remove(0);
    assert_eq!(message, "`quarterly` is not due any more, and not Thursday 14 January 2027 17:30");
    let because = because.unwrap();
    assert_eq!(because, "From Friday 6 November 2026 12:00 on nothing is due in the term of the agreement.");
}
