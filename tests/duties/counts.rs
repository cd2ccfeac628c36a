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

#[test]
fn a_right_with_priority_lifts_a_prohibition() {
    let compiled = compiled(include_str!("links.clause"));
    let model = compiled.model();
    let id = commitment(model, "hold");
    let evaluator = Evaluator::new(model, at("2026-03-20 12:00"));
    let dropped = |source: &str| item(model, "lead", &[("status", "disqualified"), ("source", source)]);
    let record = model.records.values().next().unwrap();
    let reason = |item: Item| item.with(record.field("reason").unwrap(), Value::Text("moved".into()));
    assert_eq!(evaluator.breaks(id, &dropped("web")), Ok(Some(true)));
    // Exceeded, the right does not help.
    assert_eq!(evaluator.breaks(id, &dropped("event")), Ok(Some(true)));
    assert_eq!(evaluator.breaks(id, &reason(dropped("event"))), Ok(None));
}

#[test]
fn times_are_measured_by_the_clock_of_each_item() {
    let compiled = compiled(include_str!("links.clause"));
    let model = compiled.model();
    let id = commitment(model, "by_person");
    let record = model.records.values().next().unwrap();
    let taken = |owner: &str, touched: &str| {
        let item = item(model, "lead", &[("mql_at", "2026-03-09 10:00"), ("touched_at", touched)]);
        item.with(record.field("owner").unwrap(), Value::Text(owner.into()))
    };
    let evaluator = Evaluator::new(model, at("2026-03-20 12:00"));
    let on_target = |items: &[Item]| evaluator.attainment(id, items, Period::Month).unwrap()[0].on_target;
    // From 15:00 in Berlin to 8:59 the next day, one hour and 59 minutes of open time pass.
    assert_eq!(on_target(&[taken("Ana Ruiz", "2026-03-10 03:59")]), Some(true));
    assert_eq!(on_target(&[taken("Ana Ruiz", "2026-03-10 04:00")]), Some(false));
    assert_eq!(on_target(&[taken("Bo", "2026-03-09 11:59")]), Some(true));
    assert_eq!(on_target(&[taken("Bo", "2026-03-09 12:00")]), Some(false));
}

const OPEN_HOURS: &str = "
role team { party sales  works tbd \"hours\"  member \"Ana Ruiz\" works us_office  member \"Bo\" works tbd }
commitment touch { team must contact each mql within 4 business hours of mql_at  met at touched_at  clock of owner }
commitment late { team must contact each mql within 4 business hours of mql_at  met at touched_at }
";

#[test]
fn who_has_hours_is_judged_while_those_of_others_are_open() {
    let compiled = compiled(OPEN_HOURS);
    let model = compiled.model();
    let (id, without) = (commitment(model, "touch"), commitment(model, "late"));
    let record = model.records.values().next().unwrap();
    let evaluator = Evaluator::new(model, at("2026-03-20 12:00"));
    let lead = item(model, "lead", &[("mql_at", "2026-03-09 10:00")]);
    let of = |owner: &str| lead.clone().with(record.field("owner").unwrap(), Value::Text(owner.into()));
    let ana = evaluator.outcome(id, &of("Ana Ruiz")).unwrap().unwrap();
    assert_eq!((ana.verdict, ana.deadline), (Verdict::Overdue, Some(at("2026-03-09 14:00"))));
    assert_eq!(evaluator.gap_for(id, &of("Ana Ruiz")), None);
    // Nobody knows when these are at work, nor when everybody is.
    for item in [of("Bo"), of("Cleo"), lead.clone()] {
        let gap = evaluator.gap_for(id, &item).unwrap();
        assert!(gap.to_string().starts_with("the calendar is still to be decided"), "{gap}");
        assert_eq!(evaluator.outcome(id, &item), Err(gap));
    }
    assert!(evaluator.gap(id).is_some());
    assert!(evaluator.gap_for(without, &of("Ana Ruiz")).is_some());
}

const PROVIDED: &str = "
commitment volume { manager must deliver at least 2 mql per month }
commitment touch { sdr must contact each mql within 1 hour of mql_at  met at touched_at  target 90% per month  provided volume is met }
commitment steady { sdr must contact each mql within 1 hour of mql_at  met at touched_at  provided at most 2 mql per month }
commitment after_touch { sdr must accept at least 60% of mql per month  met when status = working  provided touch is met }
";

#[test]
fn a_period_counts_only_where_its_conditions_held() {
    let compiled = compiled(PROVIDED);
    let model = compiled.model();
    let lead = |day: &str| item(model, "lead", &[("mql_at", day), ("status", "new")]);
    let items = [
        lead("2026-01-05 10:00"),
        lead("2026-02-02 10:00"),
        lead("2026-02-03 10:00"),
        lead("2026-03-02 10:00"),
        lead("2026-03-03 10:00"),
        lead("2026-03-04 10:00"),
    ];
    let evaluator = Evaluator::new(model, at("2026-03-10 12:00"));
    let by_month = |name: &str| {
        let tallies = evaluator.attainment(commitment(model, name), &items, Period::Month).unwrap();
        tallies.iter().map(counts).collect::<Vec<_>>()
    };
    // One MQL in January: too few, so nothing of January counts.
    assert_eq!(by_month("touch"), [vec![("excused", 1)], vec![("overdue", 2)], vec![("overdue", 3)]]);
    // Three in March: too many, before the month is over.
    assert_eq!(by_month("steady"), [vec![("overdue", 1)], vec![("overdue", 2)], vec![("excused", 3)]]);
    let shares = evaluator.share(commitment(model, "after_touch"), &items).unwrap();
    let outlooks: Vec<_> = shares.iter().map(|s| s.outlook.word()).collect();
    // In January, when nothing counted, the first promise was not missed; in February it was; March is not over.
    assert_eq!(outlooks, ["missed", "excused", "open"]);
}

#[test]
fn the_limit_of_an_exception_is_watched_and_takes_nothing_back() {
    let compiled = compiled(include_str!("pauses.clause"));
    let model = compiled.model();
    let event = |day: &str| item(model, "lead", &[("mql_at", day), ("source", "event")]);
    let items = [event("2026-03-09 10:00"), event("2026-03-10 10:00"), event("2026-03-20 10:00")];
    let evaluator = Evaluator::new(model, at("2026-03-31 12:00"));
    let waiver = model.waivers.ids().next().unwrap();
    let uses = evaluator.uses(waiver, &items).unwrap();
    let uses: Vec<_> = uses.iter().map(|p| (p.amount.to_string(), p.outlook.word())).collect();
    assert_eq!(uses, [("2".to_owned(), "missed")]);
    assert_eq!(evaluator.uses(waiver, &items[..1]).unwrap()[0].outlook.word(), "open");
    let later = Evaluator::new(model, at("2026-04-01 00:00"));
    assert_eq!(later.uses(waiver, &items[..1]).unwrap()[0].outlook.word(), "met");
    let tallies = evaluator.attainment(commitment(model, "reply"), &items, Period::Month).unwrap();
    assert_eq!(counts(&tallies[0]), [("excused", 2), ("overdue", 1)]);
}

#[test]
fn the_time_taken_does_not_run_in_a_pause() {
    let compiled = compiled(include_str!("pauses.clause"));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-03-31 12:00"));
    let blocked = |touched: &str| {
        let moments = [
            ("mql_at", "2026-03-09 09:00"),
            ("blocked_at", "2026-03-09 10:00"),
            ("unblocked_at", "2026-03-11 09:00"),
            ("touched_at", touched),
        ];
        item(model, "lead", &moments)
    };
    let on_target = |touched: &str| {
        let items = [blocked(touched)];
        evaluator.attainment(commitment(model, "reply"), &items, Period::Month).unwrap()[0].on_target
    };
    assert_eq!(on_target("2026-03-11 09:59"), Some(true));
    assert_eq!(on_target("2026-03-11 10:00"), Some(false));
}

#[test]
fn exceptions_excuse_what_counts_in_amounts_and_shares() {
    let compiled = compiled(
        "commitment amount { manager must deliver at least 2 mql per month }\n\
         commitment part { sdr must accept at least 60% of mql per month  met when status = working }\n\
         exception spring { excuses amount, part when source = event  until 2026-03-31 }",
    );
    let model = compiled.model();
    let lead = |day: &str, source: &str| {
        item(model, "lead", &[("mql_at", day), ("source", source), ("status", "working")])
    };
    let items = [
        lead("2026-03-09 10:00", "event"),
        lead("2026-03-10 10:00", "web"),
        lead("2026-04-01 10:00", "event"),
    ];
    let evaluator = Evaluator::new(model, at("2026-05-31 12:00"));
    let amounts = evaluator.quota(commitment(model, "amount"), &items).unwrap();
    let amounts: Vec<_> = amounts.iter().map(|p| p.amount.to_string()).collect();
    assert_eq!(amounts, ["0", "0", "1", "1", "0"]);
    let parts = evaluator.share(commitment(model, "part"), &items).unwrap();
    assert_eq!(parts.iter().map(|p| p.items).collect::<Vec<_>>(), [0, 0, 1, 1, 0]);
}
