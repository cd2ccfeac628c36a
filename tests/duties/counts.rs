//! How items of the forms add up over periods.

use clausal::evaluate::{Evaluator, Item, Tally, Value, Verdict};
use clausal::model::{Commitment, Id, Model, Period};
use clausal::worktime::{Instant, TimeZone, civil};

use crate::compiled;

pub fn commitment(model: &Model, name: &str) -> Id<Commitment> {
    model.commitments.iter().find(|(_, c)| c.head.name.text == name).unwrap().0
}

/// A moment on the wall clock of New York.
pub fn at(text: &str) -> Instant {
    TimeZone::find("America/New_York").unwrap().instant(civil::parse_local(text).unwrap()).unwrap()
}

/// An item of a record with some moments.
pub fn item(model: &Model, record: &str, moments: &[(&str, &str)]) -> Item {
    let record = model.records.values().find(|r| r.head.name.text == record).unwrap();
    moments.iter().fold(Item::blank(record), |item, (field, text)| {
        let value = match (civil::parse_local(text), civil::parse_date(text)) {
            (Some(_), _) => Value::Moment(at(text)),
            (None, Some(date)) => Value::Date(date),
            (None, None) => Value::Choice((*text).to_owned()),
        };
        item.with(record.field(field).unwrap(), value)
    })
}

pub fn counts(tally: &Tally) -> Vec<(&'static str, u64)> {
    tally.counts.iter().map(|(verdict, count)| (verdict.word(), *count)).collect()
}

#[test]
fn a_lead_time_counts_in_the_month_of_its_deadline() {
    let compiled = compiled(include_str!("forms.clause"));
    let model = compiled.model();
    let id = commitment(model, "briefing");
    let event = |moments: &[(&str, &str)]| item(model, "event", moments);
    let items = [
        event(&[("size", "large"), ("starts_on", "2026-06-01"), ("requested_at", "2026-05-01 12:00")]),
        event(&[("size", "large"), ("starts_on", "2026-06-02"), ("requested_at", "2026-05-20 12:00")]),
        event(&[("size", "large"), ("starts_on", "2026-06-30")]),
    ];
    let evaluator = Evaluator::new(model, at("2026-06-10 12:00"));
    let tallies = evaluator.attainment(id, &items, Period::Month).unwrap();
    let labels: Vec<_> = tallies.iter().map(|t| t.period.label.as_str()).collect();
    assert_eq!(labels, ["2026-05", "2026-06"]);
    assert_eq!(counts(&tallies[0]), [("met", 1), ("late", 1)]);
    assert_eq!(counts(&tallies[1]), [("open", 1)]);
    assert_eq!(tallies[0].attainment().unwrap().to_string(), "50");
}

#[test]
fn too_early_is_decided() {
    let compiled = compiled(include_str!("forms.clause"));
    let model = compiled.model();
    let id = commitment(model, "patience");
    let lead = |moments: &[(&str, &str)]| item(model, "lead", moments);
    let items = [
        lead(&[("mql_at", "2026-03-06 16:30")]),
        lead(&[
            ("mql_at", "2026-03-06 16:30"),
            ("disqualified_at", "2026-03-09 12:00"),
            ("status", "disqualified"),
        ]),
        lead(&[("mql_at", "2026-03-26 16:30")]),
    ];
    let evaluator = Evaluator::new(model, at("2026-03-20 12:00"));
    let tallies = evaluator.attainment(id, &items, Period::Month).unwrap();
    assert_eq!(counts(&tallies[0]), [("met", 1), ("too early", 1)]);
    assert_eq!(tallies[0].on_target, Some(false));
    assert_eq!(counts(&tallies[1]), [("open", 1)]);
    assert_eq!(tallies[1].on_target, None);
}

#[test]
fn a_permission_is_counted_but_not_attained() {
    let compiled = compiled(include_str!("forms.clause"));
    let model = compiled.model();
    let id = commitment(model, "rejection");
    let used = item(model, "lead", &[("mql_at", "2026-03-06 16:30"), ("rejected_at", "2026-03-09 12:00")]);
    let record = model.records.values().next().unwrap();
    let used = used.with(record.field("reason").unwrap(), Value::Text("no budget".into()));
    let lapsed = item(model, "lead", &[("mql_at", "2026-03-06 16:30")]);
    let evaluator = Evaluator::new(model, at("2026-03-20 12:00"));
    let tallies = evaluator.attainment(id, &[used, lapsed], Period::Month).unwrap();
    assert_eq!(tallies[0].count(Verdict::Used), 1);
    assert_eq!(tallies[0].count(Verdict::Lapsed), 1);
    assert_eq!(tallies[0].attainment(), None);
}
