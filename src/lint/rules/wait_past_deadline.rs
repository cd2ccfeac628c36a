//! `wait-past-deadline`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::meetings::{Meeting, Meetings};
use crate::lint::promises::{Timed, Work, limits, may_give_way, same_when_done, works};
use crate::lint::waits::{Wait, Waits};
use crate::lint::when::{Often, When};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Form, Id};
use crate::worktime::Instant;
use crate::worktime::compare::Difference;

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
    wait: Wait,
    due: Timed<'a>,
    start: Instant,
    /// When the wait ends, and when the time is over.
    ends: (Instant, Instant),
    often: Often,
    /// Why one item has both.
    meeting: Meeting,
}

fn never_in_time(context: &Context<'_>, clash: &Clash<'_>) -> Diagnostic {
    let model = context.model;
    let (wait, due) = (&clash.wait, clash.due);
    let (a, b) = (&wait.by, &due.commitment.head.name);
    let zone = due.clock.1.zone();
    let subject = due.commitment.subject().map(|s| model.subject_head(s).label()).unwrap_or_default();
    let start = context.moment(clash.start, zone);
    let rows = vec![
        (start.clone(), "the clock starts".to_owned()),
        (context.deadline(clash.ends.1, zone), format!("deadline of `{b}` ({})", wait.beside)),
        (context.deadline(clash.ends.0, zone), format!("first allowed by `{a}` ({})", wait.time)),
    ];
    let plain = matches!(clash.meeting, Meeting::ByText);
    let often = match &clash.often {
        Often::Always if !plain => "Nobody can keep both for such an item.".to_owned(),
        Often::Always => "It happens to every item: nobody can keep both.".to_owned(),
        Often::At(when) => format!("Nobody can keep both for what arrives {when}."),
    };
    let mut out =
        Diagnostic::error(RULE.name, format!("`{a}` forbids until after the deadline what `{b}` demands"));
    out.notes.extend(clash.meeting.note(context));
    let out = out.at(due.tier.span, format!("within {}", wait.beside));
    let out = wait.labels.iter().fold(out, |out, (span, text)| out.also(*span, text));
    out.witness(Witness { title: format!("{subject}, {start}"), rows })
        .note(often)
        .help("Wait less, or allow more time.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut meetings = Meetings::new(context);
    let others = Waits::new(context);
    let mut waits: BTreeMap<Work<'_>, Vec<Id<Commitment>>> = BTreeMap::new();
    for (id, commitment) in model.commitments.iter() {
        if matches!(commitment.form, Form::NotBefore(_)) {
            for work in works(model, commitment) {
                waits.entry(work).or_default().push(id);
            }
        }
    }
    for (id, commitment) in model.commitments.iter() {
        let owed = commitment.strength.is_duty();
        if !owed || !matches!(commitment.form, Form::Turnaround(_)) {
            continue;
        }
        let same = works(model, commitment).into_iter().filter_map(|work| waits.get(&work)).flatten();
        let clash = same.copied().find_map(|wait| clash(context, &mut meetings, wait, id));
        let clash = clash.or_else(|| {
            let mut dues = limits(context, id).into_iter();
            dues.find_map(|due| compare(context, others.on(due)?, due, Meeting::ByText))
        });
        out.extend(clash.map(|clash| never_in_time(context, &clash)));
    }
}

fn clash<'a>(
    context: &'a Context<'a>,
    meetings: &mut Meetings<'_>,
    wait: Id<Commitment>,
    due: Id<Commitment>,
) -> Option<Clash<'a>> {
    let model = context.model;
    if may_give_way(model, wait, due) || !same_when_done(model, wait, due) {
        return None;
    }
    let dues = limits(context, due);
    limits(context, wait).into_iter().find_map(|wait| {
        dues.iter().find_map(|due| {
            let meeting = meetings.of(&wait, due)?;
            compare(context, Wait::of(context, wait, *due)?, *due, meeting)
        })
    })
}

fn compare<'a>(context: &'a Context<'a>, wait: Wait, due: Timed<'a>, meeting: Meeting) -> Option<Clash<'a>> {
    let zone = due.clock.1.zone();
    let whole = context.lines.whole(zone)?;
    context.questions.borrow_mut().compared();
    let over = due.line(context)?;
    let when = When::of(Difference::of(&wait.ends, &over, whole).above(0), whole, zone)?;
    let start = when.example(&context.lines.open(due.clock, whole), zone)?;
    let ends = (wait.ends.moment(start)?, over.moment(start)?);
    Some(Clash { wait, due, start, ends, often: when.often(context, zone), meeting })
}
