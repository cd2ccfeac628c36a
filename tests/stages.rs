//! Stages of lifecycles: who owns them, how long a record may stay, what follows from a reason.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use clausal::evaluate::{Evaluator, Item, Standing, Value};
use clausal::worktime::{self, Instant};
use common::{Compiled, compile_text, findings_beside, section};
use proptest::prelude::*;

const BASE: &str = "\
agreement handoff {
  parties    sales
  effective  2026-01-01 to 2026-12-31
  zone       America/New_York
  review     every quarter
}
party sales {}
calendar office {
  zone    America/New_York
  open    mon-fri 09:00-17:00
  covers  2026
}
role sdr  \"SDR\"  { party sales  works office }
role idle \"Idle\" { party sales }
record lead {
  id          key
  status      choice of new, working, \"Closed Won\", lost
  reason      choice of timing, bad_data, no_budget  optional
  born_on     date      optional
  working_at  datetime  optional
}
";

const STAGES: &str = "\
lifecycle lead_status of lead.status {
  start  new
  end    \"Closed Won\", lost
  new     -> working by sdr within 1 week
  working -> \"Closed Won\" by sdr
  working -> lost by sdr requires reason
  working owned by sdr since working_at at most 5 business days
  \"Closed Won\" owned by idle
  reason timing, no_budget -> return to sdr after 6 months
  reason bad_data -> end
}
";

fn findings(text: &str) -> Vec<String> {
    findings_beside(text, &["no-contingency", "no-channel", "stage-without-owner", "unused-name"])
}

fn at(compiled: &Compiled, text: &str) -> Instant {
    let evaluator = Evaluator::new(compiled.model(), Instant::MIN);
    worktime::parse_moment(text, evaluator.zone()).unwrap()
}

fn item(compiled: &Compiled, stage: &str, since: Option<&str>) -> Item {
    let record = compiled.model().records.values().next().unwrap();
    let since = since.map_or(Value::Blank, |s| Value::Moment(at(compiled, s)));
    Item::blank(record)
        .with(record.field("status").unwrap(), Value::Choice(stage.to_owned()))
        .with(record.field("working_at").unwrap(), since)
}

#[test]
fn a_stay_is_over_once_the_time_of_its_owner_is_used_up() {
    let compiled = compile_text(&format!("{BASE}{STAGES}"));
    let model = compiled.model();
    let id = model.lifecycles.ids().next().unwrap();
    // From Friday 6 March 10:00, five business days end with Friday 13 March, 17:00. The clocks change on the 8th.
    let stay = |now: &str| {
        let evaluator = Evaluator::new(model, at(&compiled, now));
        evaluator.stay(id, &item(&compiled, "working", Some("2026-03-06 10:00"))).unwrap().unwrap()
    };
    assert_eq!(stay("2026-03-13 17:00").standing, Standing::InTime);
    assert_eq!(stay("2026-03-13 17:00").deadline, Some(at(&compiled, "2026-03-13 17:00")));
    // Over the weekend no open time passes.
    assert_eq!((stay("2026-03-15 12:00").standing, stay("2026-03-16 09:00").over_by), (Standing::InTime, 0));
    assert_eq!((stay("2026-03-16 09:30").standing, stay("2026-03-16 09:30").over_by), (Standing::Over, 1800));
    let evaluator = Evaluator::new(model, at(&compiled, "2026-03-06 10:00"));
    let blank = evaluator.stay(id, &item(&compiled, "working", None)).unwrap().unwrap();
    assert_eq!((blank.standing, blank.deadline), (Standing::NotStarted, None));
    for stage in ["new", "Closed Won", "lost", "", "elsewhere"] {
        assert_eq!(evaluator.stay(id, &item(&compiled, stage, Some("2026-03-06 10:00"))).unwrap(), None);
    }
}

#[test]
fn calendar_time_needs_no_owner_and_business_time_does() {
    for (clause, wanted) in [
        ("working since working_at at most 2 calendar days", None),
        ("working owned by idle since working_at at most 2 weeks", None),
        (
            "working owned by idle since working_at at most 2 business days",
            Some("business time needs the calendar of an owner"),
        ),
        (
            "working since working_at at most 2 business days",
            Some("business time needs the calendar of an owner"),
        ),
        ("working owned by sdr at most 2 business days", Some("nothing says since when (`since`)")),
        (
            "working owned by sdr since working_at at most tbd \"how long\"",
            Some("the time limit is still to be decided (how long)"),
        ),
        ("working owned by tbd since working_at at most 2 weeks", None),
    ] {
        let text = STAGES.replace("working owned by sdr since working_at at most 5 business days", clause);
        let compiled = compile_text(&format!("{BASE}{text}"));
        let model = compiled.model.as_ref().unwrap();
        let lifecycle = model.lifecycles.values().next().unwrap();
        let terms = lifecycle.terms.iter().find(|t| t.at_most.is_some()).unwrap();
        let gap = Evaluator::new(model, Instant::MIN).stage_gap(terms).map(|g| g.to_string());
        assert_eq!(gap.as_deref(), wanted, "{clause}");
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (from, to, wanted) in [
        ("working owned", "workin owned", "unknown-stage: there is no stage `workin`"),
        ("owned by sdr", "owned by sales", "undefined-name: `sales` is a party, but a role is needed here"),
        (
            "since working_at",
            "since born_on",
            "type-mismatch: `born_on` is a date, but a moment is needed here",
        ),
        ("5 business days", "5 days", "bare-days: `5 days` can be read in two ways"),
        ("since working_at", "", "unmeasured-stage: nobody can tell how long a record has been `working`"),
        (
            "owned by sdr since",
            "owned by idle since",
            "calendar-missing: `5 business days` runs by working hours that nobody has stated",
        ),
        (
            "\"Closed Won\" owned",
            "working owned by sdr\n  \"Closed Won\" owned",
            "duplicate-clause: `owned by` stands here twice",
        ),
        ("reason bad_data", "reason bad_datum", "unknown-value: `reason` has no value `bad_datum`"),
        ("reason bad_data", "reason timing", "duplicate-clause: the reason `timing` has two effects"),
        ("reason bad_data", "born_on bad_data", "type-mismatch: `born_on` is not a choice"),
        ("return to sdr", "return to nowhere", "undefined-name: there is no role called `nowhere`"),
        ("after 6 months", "after 6 business months", "invalid-value: there are no business months"),
    ] {
        let found = findings(&format!("{BASE}{}", STAGES.replace(from, to)));
        assert!(found.iter().any(|f| f.contains(wanted)), "{to}: {found:#?}");
    }
    assert_eq!(findings(&format!("{BASE}{STAGES}")), Vec::<String>::new());
}

#[test]
fn a_text_behind_tbd_that_names_the_next_stage_stays_there() {
    let text = STAGES.replace("owned by sdr since working_at at most 5 business days", "owned by tbd");
    let compiled = compile_text(&format!("{BASE}{text}"));
    assert_eq!(compiled.messages(), Vec::<String>::new());
    assert_eq!(compiled.model().lifecycles.values().next().unwrap().terms.len(), 2);
    assert_eq!(compiled.model().open_points[0].what, "");
}

#[test]
fn the_documents_say_who_owns_a_stage_and_what_follows_from_a_reason() {
    let compiled = compile_text(&format!("{BASE}{STAGES}"));
    let section = section(&compiled, "Stages");
    let from = section.find("**Stages of").unwrap();
    insta::assert_snapshot!(&section[from..]);
}

proptest! {
    /// Whoever enters later is never over sooner, and once over, a record stays over.
    #[test]
    fn stays_are_monotonic(days in [60_i64..100, 60..100, 60..100], seconds in [0_i64..86_400, 0..86_400, 0..86_400]) {
        let compiled = compile_text(&format!("{BASE}{STAGES}"));
        let model = compiled.model();
        let id = model.lifecycles.ids().next().unwrap();
        let base = at(&compiled, "2026-01-01 00:00");
        let moment = |i: usize| base.plus(days[i] * 86_400 + seconds[i]).unwrap();
        let record = model.records.values().next().unwrap();
        let over = |since: Instant, now: Instant| {
            let item = item(&compiled, "working", None).with(record.field("working_at").unwrap(), Value::Moment(since));
            Evaluator::new(model, now).stay(id, &item).unwrap().unwrap().over_by
        };
        let (a, b) = (moment(0).min(moment(1)), moment(0).max(moment(1)));
        prop_assert!(over(a, moment(2)) >= over(b, moment(2)));
        prop_assert!(over(moment(2), a) <= over(moment(2), b));
    }
}
