//! What the template behind `examples/marketing-sales` is known to say, and where it contradicts itself.

use clausal::check;
use clausal::evaluate::{Evaluator, Item, Value};
use clausal::model::{Commitment, Id, Model};
use clausal::project;
use clausal::worktime::{Instant, TimeZone, civil, words};

use crate::common::data::record;
use crate::common::{Compiled, Memory, compile};

fn example() -> Memory {
    Memory::folder("examples/marketing-sales")
}

/// The example with the working hours that it leaves open: Monday to Friday, no holidays.
fn with_hours() -> Compiled {
    let mut files = example();
    let text = files.0.values_mut().next().unwrap();
    let mut filled = String::from_utf8(text.clone()).unwrap();
    for whose in ["Marketing", "Sales", "RevOps"] {
        let open = format!("tbd \"working hours of {whose}\"");
        assert!(filled.contains(&open));
        filled = filled.replace(&open, "office");
    }
    filled.push_str("\ncalendar office { zone Europe/Berlin  open mon-fri 09:00-17:00 }\n");
    *text = filled.into_bytes();
    compile(&files)
}

fn berlin() -> TimeZone {
    TimeZone::find("Europe/Berlin").unwrap()
}

fn at(text: &str) -> Instant {
    berlin().instant(civil::parse_local(text).unwrap()).unwrap()
}

fn commitment(model: &Model, name: &str) -> Id<Commitment> {
    model.commitments.iter().find(|(_, c)| c.head.name.text == name).map(|(id, _)| id).unwrap()
}

/// A lead of Monday 7 September 2026 that was tried six times in vain, and given up at a moment.
fn unreachable(model: &Model, as_what: &str, given_up: Instant) -> Item {
    let record = record(model, "lead");
    let field = |name| record.field(name).unwrap();
    let item = Item::blank(record)
        .with(field("score"), Value::Number(50.into()))
        .with(field("mql_at"), Value::Moment(at("2026-09-07 10:00")))
        .with(field("touches"), Value::Number(6.into()))
        .with(field("disposition"), Value::Choice(as_what.into()))
        .with(field("dispositioned_at"), Value::Moment(given_up));
    if as_what == "recycled" {
        item.with(field("recycled_as"), Value::Choice("unreachable".into()))
    } else {
        item
    }
}

#[test]
fn an_unreachable_lead_cannot_be_treated_as_agreed() {
    let compiled = with_hours();
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-12-01 12:00"));
    let (answer, touches) = (commitment(model, "disposition"), commitment(model, "enough_touches"));
    for as_what in ["disqualified", "recycled"] {
        let look = |moment: Instant| {
            let lead = unreachable(model, as_what, moment);
            let outcome = evaluator.outcome(answer, &lead).unwrap().unwrap();
            let broken = evaluator.breaks(touches, &lead).unwrap().unwrap();
            (outcome.deadline.unwrap(), outcome.late_by == 0, !broken)
        };
        // It must be answered by Monday 14 September ..
        let (deadline, ..) = look(at("2026-09-07 11:00"));
        assert_eq!(words::deadline(deadline, &berlin()), "Monday 14 September 2026 17:00");
        // .. and may not be given up before Monday 21 September: no hour in between keeps both promises.
        for hours in 0..24 * 21 {
            let moment = at("2026-09-07 10:00").plus(hours * 3600).unwrap();
            let (_, in_time, allowed) = look(moment);
            assert_eq!(in_time, moment <= at("2026-09-15 09:00"), "{moment}");
            assert_eq!(allowed, moment > at("2026-09-21 00:00"), "{moment}");
            assert!(!(in_time && allowed));
        }
    }
}

#[test]
fn five_touches_are_not_enough_after_any_time() {
    let compiled = with_hours();
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-12-01 12:00"));
    let touches = record(model, "lead").field("touches").unwrap();
    let given_up = unreachable(model, "disqualified", at("2026-10-30 12:00"));
    let broken = |lead: &Item| evaluator.breaks(commitment(model, "enough_touches"), lead).unwrap();
    assert_eq!(broken(&given_up), Some(false));
    assert_eq!(broken(&given_up.clone().with(touches, Value::Number(5.into()))), Some(true));
    // Nobody counted them.
    assert_eq!(broken(&given_up.with(touches, Value::Blank)), Some(true));
}

#[test]
fn nothing_is_found_but_what_the_template_leaves_open() {
    let files = example();
    let workspace = project::load(&files, &[".".into()]);
    let (checked, found) = check::check(&workspace, civil::parse_date("2026-03-02").unwrap());
    let rules: Vec<&str> = found.iter().map(|d| d.rule).filter(|rule| *rule != "placeholder-left").collect();
    // Two numbers for one time, touches that outlast the answer, and a lead that may come back for ever.
    assert_eq!(rules, ["different-targets", "wait-past-deadline", "uncapped-loop"]);
    let mut open: Vec<&str> =
        checked[0].agreements[0].1.open_points.iter().map(|tbd| tbd.what.as_str()).collect();
    open.sort_unstable();
    open.dedup();
    assert_eq!(
        open,
        [
            "24 hours: from the deadline, or from when the breach is seen?",
            "48 hours: from the deadline, or from when the breach is seen?",
            "N, computed from the funnel",
            "the template has a blank date",
            "the template names no tool",
            "working hours of Marketing",
            "working hours of RevOps",
            "working hours of Sales",
        ]
    );
}

/// "funnel: default" of the template: 40 deals, 160 opportunities, 320 SQLs, 534 MQLs a quarter, 178 a month.
#[test]
fn the_funnel_needs_what_the_template_computes() {
    let compiled = compile(&example());
    let model = compiled.model.as_ref().unwrap();
    let goal = model.goals.values().next().unwrap();
    let needed = clausal::evaluate::funnel::needed(goal).unwrap();
    assert_eq!(needed, [534, 320, 160, 40]);
    assert_eq!(needed[0].div_ceil(3), 178);
    // With the number filled in, a promise of one less is found to fall short.
    for (volume, findings) in [("178", 0), ("177", 1)] {
        let mut files = example();
        let text = files.0.values_mut().next().unwrap();
        let open = "tbd \"N, computed from the funnel\"";
        *text = String::from_utf8(text.clone()).unwrap().replace(open, volume).into_bytes();
        let workspace = project::load(&files, &[".".into()]);
        let today = civil::parse_date("2026-03-02").unwrap();
        let (_, found) = check::check(&workspace, today);
        assert_eq!(found.iter().filter(|d| d.rule == "quota-below-goal").count(), findings, "{volume}");
    }
}
