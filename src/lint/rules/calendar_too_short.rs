//! `calendar-too-short`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::calendar::Covers;
use crate::model::{Calendar, Date, Id, Model, TimeOfDay};
use crate::source::Span;
use crate::worktime::{civil, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "calendar-too-short",
    summary: "a calendar whose closures are not known for the whole term",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("calendar_too_short.md"),
};

fn stated_too_short(calendar: &Calendar, covers: &Covers, term: Span, day: Date) -> Diagnostic {
    common(calendar, term, day).at(covers.span, "covers no more than this")
}

fn listed_too_short(calendar: &Calendar, term: Span, day: Date) -> Diagnostic {
    common(calendar, term, day).at(calendar.head.name.span, format!("no closure is listed for {}", day.year))
}

fn common(calendar: &Calendar, term: Span, day: Date) -> Diagnostic {
    let name = &calendar.head.name;
    Diagnostic::warning(
        RULE.name,
        format!("the closures of calendar `{name}` are not known from {} on", words::date(day)),
    )
    .also(term, "the term goes beyond")
    .note("From then on every holiday counts as a working day, and deadlines fall on it.")
    .help(format!(
        "Add the closures of {0}, or say that there are none with `covers`, such as `covers {0}`.",
        day.year
    ))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(effective) = &context.model.agreement.effective else { return };
    let Some((from, to)) = effective.term() else { return };
    // Without a last day, what counts is today.
    let to = to.unwrap_or(context.today.max(from));
    for id in used(context.model) {
        let calendar = &context.model.calendars[id];
        if is_always_open(calendar) {
            continue;
        }
        if let Some(covers) = &calendar.covers {
            let gap = if from < covers.from {
                Some(from)
            } else {
                civil::add_days(covers.to, 1).ok().filter(|d| *d <= to)
            };
            out.extend(gap.map(|day| stated_too_short(calendar, covers, effective.span, day)));
        } else if let Some(year) = first_year_without(calendar, from, to) {
            let first = civil::date(year, 1, 1).map_or(from, |day| day.max(from));
            out.push(listed_too_short(calendar, effective.span, first));
        }
    }
}

/// The first year of a span for which nothing is listed, in a calendar that lists something for another.
fn first_year_without(calendar: &Calendar, from: Date, to: Date) -> Option<i16> {
    let mut years: BTreeSet<i16> = calendar.exceptions.iter().map(|e| e.date.year).collect();
    for closure in &calendar.closures {
        years.extend(closure.from.year..=closure.to.year);
    }
    if years.is_empty() {
        return None;
    }
    (from.year..=to.year).find(|year| !years.contains(year))
}

fn is_always_open(calendar: &Calendar) -> bool {
    calendar
        .weekly
        .iter()
        .all(|day| matches!(day[..], [h] if h.open == TimeOfDay::START && h.close == TimeOfDay::END))
}

/// The calendars that somebody works by.
fn used(model: &Model) -> BTreeSet<Id<Calendar>> {
    let roles = model.roles.values().flat_map(|r| r.works.iter().chain(&r.on_call));
    let members = model.roles.values().flat_map(|r| r.members.iter().map(|member| &member.works));
    let clocks = model.commitments.values().flat_map(|c| c.clock.calendars());
    roles.chain(members).chain(clocks).filter_map(|slot| slot.get().copied()).collect()
}
