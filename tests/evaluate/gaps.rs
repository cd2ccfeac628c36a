//! What is missing before a commitment can be measured: said, never guessed.

use clausal::evaluate::Evaluator;
use clausal::model::Form;

use crate::common::compile_text;
use crate::support::{FRAME, at, commitment, item, record};

const TICKET: &str = r"
record ticket {
  id        key
  opened    datetime  optional
  answered  datetime  optional
  good      boolean   optional
}
definition sure { means ticket where good  since opened }
definition unsure { means ticket where good or tbd  since opened }
record call of ticket {
  kind  choice of out, in
  at    datetime
  happens at at
}
record meeting {
  held  datetime
  kind  choice of review, other
}
";

const UNSURE: &str = "in the definition of `unsure` a condition is still open";

/// What keeps a commitment from being measured. Nothing else may answer as if it were not so.
fn gap(rest: &str) -> Option<String> {
    let compiled = compile_text(&format!("{FRAME}{TICKET}commitment promise {{ {rest} }}"));
    let model = compiled.model();
    let evaluator = Evaluator::new(model, at("2026-06-10 12:00"));
    let id = commitment(model, "promise");
    let gap = evaluator.gap(id).map(|gap| gap.to_string());
    let done =
        item(record(model, "ticket"), "opened: 2026-06-10 10:00; answered: 2026-06-10 11:00; good: true");
    let items = std::slice::from_ref(&done);
    let answer = match &model.commitments[id].form {
        Form::Turnaround(_)
        | Form::Attempts(_)
        | Form::LeadTime(_)
        | Form::NotBefore(_)
        | Form::Permission(_) => evaluator.outcome(id, &done).err(),
        Form::Recurring(_) => evaluator.held(id, items).err(),
        Form::Quota(_) => evaluator.quota(id, items).err(),
        Form::Share(_) => evaluator.share(id, items).err(),
        Form::Level(_) => evaluator.level(id, items).err(),
        Form::Prohibition(_) => evaluator.breaks(id, &done).err(),
    };
    assert_eq!(answer.map(|gap| gap.to_string()), gap, "{rest}");
    gap
}

#[test]
fn levels() {
    let promise = "team must keep \"it up\" at least 99% of each month";
    for (rest, expected) in [
        (format!("{promise} down from opened to answered of each ticket"), None),
        (format!("{promise} down from opened to tbd of each ticket"), Some("a field is still to be decided")),
        (format!("{promise} down from opened to answered of each unsure"), Some(UNSURE)),
        (
            format!("{promise} down from opened to answered of each ticket where tbd"),
            Some("a condition is still open"),
        ),
        (
            format!("{promise} down for tbd from opened of each ticket"),
            Some("how long a record lasts is still to be decided"),
        ),
        (
            "team must keep \"it up\" at least tbd of each month down from opened to answered of each ticket"
                .to_owned(),
            Some("the share is still to be decided"),
        ),
        (
            "team must keep \"it out\" at most tbd per week counted from opened to answered of each ticket"
                .to_owned(),
            Some("the time is still to be decided"),
        ),
    ] {
        assert_eq!(gap(&rest).as_deref(), expected, "{rest}");
    }
}

#[test]
fn turnarounds() {
    let limit = "team must answer each ticket within 4 business hours of opened";
    for (rest, expected) in [
        (format!("{limit} met at answered"), None),
        (limit.to_owned(), Some("nothing says when it is met (`met at`)")),
        (format!("{limit} met at tbd"), Some("the moment it is met is still to be decided")),
        (
            format!("{limit} met at answered or tbd \"or the call\""),
            Some("the moment it is met is still to be decided (or the call)"),
        ),
        (format!("{limit} met at answered met when tbd"), Some("a condition is still open")),
        (format!("{limit} met at answered met when good or tbd"), Some("a condition is still open")),
        (format!("{limit} met at answered excused when tbd"), Some("a condition is still open")),
        (format!("{limit} met at answered clock tbd"), Some("the calendar is still to be decided")),
        (
            "team must answer each ticket within tbd \"hours\" of opened  met at answered".to_owned(),
            Some("the time limit is still to be decided (hours)"),
        ),
        ("team must answer each unsure within 1 hour of opened  met at answered".to_owned(), Some(UNSURE)),
        (
            "team must answer each ticket
             within 1 hour of opened when unsure
             within 2 hours of opened otherwise
             met at answered"
                .to_owned(),
            Some(UNSURE),
        ),
        // An hour on the wall needs no calendar.
        ("team must answer each ticket within 1 hour of opened  met at answered  clock tbd".to_owned(), None),
    ] {
        assert_eq!(gap(&rest).as_deref(), expected, "{rest}");
    }
}

#[test]
fn attempts() {
    let limit = "team must call each ticket at least 3 times within 4 business hours of opened";
    for (rest, expected) in [
        (format!("{limit} counting call"), None),
        (format!("{limit} counting call where kind = out at most once per day"), None),
        (format!("{limit} counting call where tbd"), Some("a condition is still open")),
        (
            format!("{limit} counting call at most tbd times per day"),
            Some("how many attempts count in a period is still to be decided"),
        ),
        (
            "team must call each ticket at least tbd \"N\" times within 1 hour of opened  counting call"
                .to_owned(),
            Some("how many attempts there must be is still to be decided (N)"),
        ),
        (
            "team must call each unsure at least once within 1 hour of opened  counting call".to_owned(),
            Some(UNSURE),
        ),
    ] {
        assert_eq!(gap(&rest).as_deref(), expected, "{rest}");
    }
}

#[test]
fn duties_that_recur() {
    let shown = "recorded in meeting at held";
    for (rest, expected) in [
        (format!("team must hold \"review\" every week on monday  {shown}"), None),
        (
            format!("team must hold \"review\" tbd \"how often\"  {shown}"),
            Some("when it is due is still to be decided (how often)"),
        ),
        (
            format!("team must hold \"review\" every business day  {shown}  clock tbd"),
            Some("the calendar is still to be decided"),
        ),
        // A Monday needs no calendar.
        (format!("team must hold \"review\" every week on monday  {shown}  clock tbd"), None),
        (
            format!("team must hold \"review\" every week  {shown} where kind = review or tbd"),
            Some("a condition is still open"),
        ),
        (
            "team must hold \"review\" every week  recorded in meeting at tbd".to_owned(),
            Some("the field that says when it was done is still to be decided"),
        ),
    ] {
        assert_eq!(gap(&rest).as_deref(), expected, "{rest}");
    }
}

#[test]
fn promises_over_a_period() {
    for (rest, expected) in [
        ("team must deliver at least 5 sure per month", None),
        (
            "team must deliver at least tbd \"N\" sure per month",
            Some("the amount is still to be decided (N)"),
        ),
        ("team must deliver at least 5 sure per month  met when tbd", Some("a condition is still open")),
        ("team must deliver at least 5 sure per month  excused when unsure", Some(UNSURE)),
        ("team must deliver at least 5 unsure per month", Some(UNSURE)),
        ("team must answer at least 60% of sure per month  met when good", None),
        (
            "team must answer at least 60% of sure per month",
            Some("nothing says when an item counts (`met when`)"),
        ),
        ("team must answer at least 60% of sure per month  met when unsure", Some(UNSURE)),
    ] {
        assert_eq!(gap(rest).as_deref(), expected, "{rest}");
    }
}

#[test]
fn prohibitions() {
    for (rest, expected) in [
        ("team must not close a ticket without answered when good", None),
        ("team must not close a ticket without answered when tbd", Some("a condition is still open")),
        ("team must not close an unsure when good", Some(UNSURE)),
        ("team must not close a ticket when good  excused when tbd", Some("a condition is still open")),
    ] {
        assert_eq!(gap(rest).as_deref(), expected, "{rest}");
    }
}
