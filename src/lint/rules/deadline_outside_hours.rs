//! `deadline-outside-hours`.

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::closed::{Closed, OutOfHours, leaves_room};
use crate::lint::when::{Often, When};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Calendar, Commitment, Id, Slot, Strength};
use crate::worktime::words;

/// The rule.
pub static RULE: Rule = Rule {
    name: "deadline-outside-hours",
    summary: "a time that can be over before those who owe it are at work",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("deadline_outside_hours.md"),
};

fn never_at_work(
    context: &Context<'_>,
    id: Id<Commitment>,
    missed: &OutOfHours<'_>,
    when: &When,
) -> Diagnostic {
    let model = context.model;
    let commitment = &model.commitments[id];
    let zone = missed.clock.1.zone();
    let role = commitment.actor.get().map(|role| &model.roles[*role]);
    let name = role.map_or("", |role| role.head.name.text.as_str());
    let limit = missed.limit;
    let message = format!("{limit} can be over before `{name}` is at work");
    let mut out = Diagnostic::new(RULE.name, severity(context, id, when), message)
        .at(missed.tier.span, "on the clock on the wall");
    let works = role.and_then(|role| Some((role, role.works.as_ref()?.get()?)));
    if let Some((role, calendar)) = works {
        let weekly = |calendar: Id<Calendar>| {
            let calendar = &model.calendars[calendar];
            let seasons = if calendar.seasons.is_empty() { "" } else { ", and other hours by season" };
            format!("{}{seasons}", words::weekly(&calendar.weekly))
        };
        let on_call = role.on_call.as_ref().and_then(Slot::get);
        let on_call = on_call.map(|calendar| format!("; on call {}", weekly(*calendar))).unwrap_or_default();
        out = out.also(role.head.name.span, format!("works {}{on_call}", weekly(*calendar)));
    }
    if let Some(witness) = example(context, commitment, missed, when) {
        out = out.witness(witness);
    }
    let often = match when.often(context, zone) {
        Often::Always => "Nobody can keep it for any item.".to_owned(),
        Often::At(when) => format!("Nobody can keep it for what arrives {when}."),
    };
    let hours = if role.is_some_and(|role| role.on_call.is_some()) {
        "let the hours `on call` cover these times"
    } else {
        "name hours `on call`"
    };
    out.note(often).help(format!(
        "Allow business hours, {hours}, or give it a target per period that leaves room for these."
    ))
}

/// Every week it is a mistake; on holidays, or where something is let off, it may be meant.
fn severity(context: &Context<'_>, id: Id<Commitment>, when: &When) -> Severity {
    let commitment = &context.model.commitments[id];
    let strict = commitment.strength == Strength::Must
        && commitment.excused_when.is_none()
        && context.model.waivers_of(id).next().is_none();
    if strict && when.is_regular() { Severity::Error } else { Severity::Warning }
}

fn example(
    context: &Context<'_>,
    commitment: &Commitment,
    missed: &OutOfHours<'_>,
    when: &When,
) -> Option<Witness> {
    let model = context.model;
    let (_, clock) = missed.clock;
    let zone = clock.zone();
    let start = when.example(&missed.arrivals, zone)?;
    let deadline = context.lines.deadline(&commitment.form, missed.clock, missed.limit)?.moment(start)?;
    let role = &model.roles[*commitment.actor.get()?];
    let hours = missed.staffed.iter().filter_map(|(calendar, _)| context.evaluator.hours((*calendar)?));
    let opens = hours.filter_map(|hours| hours.next_open(start).ok()).min()?;
    let item = commitment.subject().map(|s| model.subject_head(s).label()).unwrap_or_default();
    let name = &role.head.name;
    let mut rows = vec![
        (context.moment(start, zone), "the clock starts".to_owned()),
        (context.deadline(deadline, zone), format!("deadline ({})", missed.limit)),
        (context.moment(opens, zone), format!("`{name}` is at work for the first time")),
    ];
    if opens < start {
        rows.pop();
    }
    Some(Witness { title: format!("{item}, {}", context.moment(start, zone)), rows })
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut closed = Closed::new(context);
    for (id, commitment) in context.model.commitments.iter() {
        let owed = commitment.strength.is_duty();
        if !owed || leaves_room(commitment) {
            continue;
        }
        // Of several limits and clocks the worst one says it all.
        let worst = closed.missed(id).into_iter().rev().max_by_key(|missed| missed.missed.seconds());
        let Some(worst) = worst else { continue };
        let Some(when) = When::of(worst.missed.clone(), worst.whole, worst.clock.1.zone()) else { continue };
        out.push(never_at_work(context, id, &worst, &when));
    }
}
