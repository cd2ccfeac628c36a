//! `duty-on-closed-day`.

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::closed::staffed;
use crate::lint::{Context, Rule, Stage};
use crate::model::recurrence::Occasion;
use crate::model::{Commitment, Form, Id};
use crate::worktime::{Day, Interval, Occurrence, TimeZone, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-on-closed-day",
    summary: "a duty that always falls on days on which those who owe it do not work",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("duty_on_closed_day.md"),
};

/// So many times are shown.
const SHOWN: usize = 3;

fn never_at_work(context: &Context<'_>, commitment: &Commitment, dates: &[Occurrence]) -> Option<Diagnostic> {
    let Form::Recurring(recurring) = &commitment.form else { return None };
    let role = &context.model.roles[*commitment.actor.get()?];
    let calendar = &context.model.calendars[*role.works.as_ref()?.get()?];
    let rule = recurring.recurrence.get()?;
    let name = &role.head.name;
    let rows = dates.iter().take(SHOWN).map(|date| (words::day(date.day), format!("`{name}` does not work")));
    Some(
        Diagnostic::warning(
            RULE.name,
            format!("{} is always due on a day on which `{name}` does not work", context.called(&commitment.head)),
        )
        .at(rule.span, rule.to_string())
        .also(name.span, format!("works {}", words::weekly(&calendar.weekly)))
        .witness(Witness { title: "the first times".to_owned(), rows: rows.collect() })
        .note("Nobody can keep it without working on a day off, so it is moved by hand each time, or forgotten.")
        .help("Name a day on which they work, write `or the next business day`, or give the role other hours."),
    )
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (id, commitment) in context.model.commitments.iter() {
        let owed = commitment.strength.is_duty();
        let Form::Recurring(recurring) = &commitment.form else { continue };
        let on_a_day =
            recurring.recurrence.get().is_some_and(|rule| matches!(rule.occasion, Occasion::On(_)));
        if !owed || !on_a_day {
            continue;
        }
        let Some(dates) = closed_dates(context, id) else { continue };
        out.extend(never_at_work(context, commitment, &dates));
    }
}

/// When a duty is due over the term, if nobody of the role works on any of these days.
fn closed_dates(context: &Context<'_>, id: Id<Commitment>) -> Option<Vec<Occurrence>> {
    let commitment = &context.model.commitments[id];
    let role = &context.model.roles[*commitment.actor.get()?];
    let hours = staffed(context, commitment, role)?;
    let (first, last) = context.lines.days();
    let zone = context.evaluator.schedule(id).ok()?.clock().zone();
    let dates: Vec<Occurrence> =
        context.evaluator.due_from(id, first).ok()?.take_while(|date| date.day <= last).collect();
    let closed = |date: &Occurrence| {
        let day = whole_day(zone, date)?;
        Some(hours.iter().all(|clock| context.lines.open(*clock, day).is_empty()))
    };
    // Once is a holiday.
    let always = dates.len() > 1 && dates.iter().all(|date| closed(date) == Some(true));
    always.then_some(dates)
}

fn whole_day(zone: &TimeZone, date: &Occurrence) -> Option<Interval> {
    let day = Day::of(date.day);
    Some(Interval { from: zone.start_of(day).ok()?, to: zone.end_of(day).ok()? })
}
