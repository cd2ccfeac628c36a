//! `wait-past-deadline`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::promises::{Timed, Work, can_meet, limits, may_give_way, works};
use crate::lint::when::{Often, When};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Form, Id, Model, Strength};
use crate::worktime::compare::Difference;
use crate::worktime::{Instant, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "wait-past-deadline",
    summary: "something that must not be done before its own deadline has passed",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("wait_past_deadline.md"),
};

/// A wait that ends after the deadline of the same work.
struct Clash<'a> {
    wait: Timed<'a>,
    due: Timed<'a>,
    start: Instant,
    /// When the wait ends, and when the time is over.
    ends: (Instant, Instant),
    often: Often,
}

fn never_in_time(model: &Model, clash: &Clash<'_>) -> Diagnostic {
    let (wait, due) = (clash.wait, clash.due);
    let (a, b) = (&wait.commitment.head.name, &due.commitment.head.name);
    let zone = due.clock.1.zone();
    let subject = due.commitment.subject().map(|s| model.subject_head(s).label()).unwrap_or_default();
    let start = words::moment(clash.start, zone);
    let rows = vec![
        (start.clone(), "the clock starts".to_owned()),
        (words::deadline(clash.ends.1, zone), format!("deadline of `{b}` ({})", due.words(model, wait))),
        (words::deadline(clash.ends.0, zone), format!("first allowed by `{a}` ({})", wait.words(model, due))),
    ];
    let often = match &clash.often {
        Often::Always => "It happens to every item: nobody can keep both.".to_owned(),
        Often::At(when) => format!("Nobody can keep both for what arrives {when}."),
    };
    Diagnostic::error(RULE.name, format!("`{a}` forbids until after the deadline what `{b}` demands"))
        .at(due.tier.span, format!("within {}", due.words(model, wait)))
        .also(wait.tier.span, format!("not sooner than {}", wait.words(model, due)))
        .witness(Witness { title: format!("{subject}, {start}"), rows })
        .note(often)
        .help("Wait less, or allow more time.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut waits: BTreeMap<Work<'_>, Vec<Id<Commitment>>> = BTreeMap::new();
    for (id, commitment) in model.commitments.iter() {
        if matches!(commitment.form, Form::NotBefore(_)) {
            for work in works(model, commitment) {
                waits.entry(work).or_default().push(id);
            }
        }
    }
    for (id, commitment) in model.commitments.iter() {
        let owed = matches!(commitment.strength, Strength::Must | Strength::Should);
        if !owed || !matches!(commitment.form, Form::Turnaround(_)) {
            continue;
        }
        let same = works(model, commitment).into_iter().filter_map(|work| waits.get(&work)).flatten();
        let clash = same.copied().find_map(|wait| clash(context, wait, id));
        out.extend(clash.map(|clash| never_in_time(model, &clash)));
    }
}

fn clash<'a>(context: &'a Context<'a>, wait: Id<Commitment>, due: Id<Commitment>) -> Option<Clash<'a>> {
    let model = context.model;
    if may_give_way(model, wait, due) {
        return None;
    }
    let dues = limits(context, due);
    limits(context, wait).into_iter().find_map(|wait| {
        dues.iter().filter(|due| can_meet(model, &wait, due)).find_map(|due| compare(context, wait, *due))
    })
}

fn compare<'a>(context: &'a Context<'a>, wait: Timed<'a>, due: Timed<'a>) -> Option<Clash<'a>> {
    let zone = due.clock.1.zone();
    let whole = context.lines.whole(zone)?;
    let (ends, over) = (wait.line(context)?, due.line(context)?);
    let when = When::of(Difference::of(&ends, &over, whole).above(0), whole, zone)?;
    let start = when.example(&context.lines.open(due.clock, whole), zone)?;
    let ends = (ends.moment(start)?, over.moment(start)?);
    Some(Clash { wait, due, start, ends, often: when.often(zone) })
}
