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

/// Days of the term of which nobody has said when the calendar is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// The days before this one.
    Before(Date),
    /// This day and those after it.
    From(Date),
    /// A year without any closure, in a calendar that lists some for others.
    Year(i16),
}

fn too_short(calendar: &Calendar, term: Span, gap: Gap) -> Diagnostic {
    let name = &calendar.head.name;
    let (what, beyond, year) = match gap {
        Gap::Before(day) => {
            (format!("before {}", words::date(day)), "the term begins earlier", civil::add_days(day, -1).ok())
        }
        Gap::From(day) => (format!("from {} on", words::date(day)), "the term goes beyond", Some(day)),
        Gap::Year(year) => (format!("in {year}"), "the term", civil::date(year, 1, 1)),
    };
    let out =
        Diagnostic::warning(RULE.name, format!("the holidays of calendar `{name}` {what} are not known"));
    let out = match &calendar.covers {
        Some(covers) => out.at(covers.span, "covers no more than this").also(term, beyond),
        None => out.at(name.span, format!("no closure {what}")).also(term, beyond),
    };
    let year = year.map_or(String::new(), |day| day.year.to_string());
    let then = match calendar.covers {
        Some(_) => "extend `covers`",
        None => "say with `covers` for which years the list is complete",
    };
    out.note("Every holiday that is not listed counts as a working day, and deadlines fall on it.")
        .help(format!("List the closures of {year}, and {then}."))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(effective) = &context.model.agreement.effective else { return };
    let Some((from, to)) = effective.term() else { return };
    // Without a last day, what counts is today.
    let to = to.unwrap_or(context.today.max(from));
    if to < context.today {
        // `agreement-expired` says what there is to say.
        return;
    }
    for id in used(context.model) {
        let calendar = &context.model.calendars[id];
        if is_always_open(calendar) {
            continue;
        }
        let gaps = match &calendar.covers {
            Some(covers) => outside(covers, from, to),
            None => first_year_without(calendar, from, to).map(Gap::Year).into_iter().collect(),
        };
        out.extend(gaps.into_iter().map(|gap| too_short(calendar, effective.span, gap)));
    }
}

fn outside(covers: &Covers, from: Date, to: Date) -> Vec<Gap> {
    let before = (from < covers.from).then_some(Gap::Before(covers.from));
    let after = civil::add_days(covers.to, 1).ok().filter(|d| *d <= to).map(|day| Gap::From(day.max(from)));
    before.into_iter().chain(after).collect()
}

/// The first year of a span for which nothing is listed, in a calendar that lists something for another.
fn first_year_without(calendar: &Calendar, from: Date, to: Date) -> Option<i16> {
    let mut years: BTreeSet<i16> = calendar.exceptions.iter().map(|e| e.date.year).collect();
    // A break over New Year says nothing about the year it ends in.
    years.extend(calendar.closures.iter().map(|c| c.from.year));
    if years.is_empty() {
        return None;
    }
    let closed_for_the_rest =
        |year: i16| calendar.closures.iter().any(|c| c.from.year < year && to.year == year && to <= c.to);
    (from.year..=to.year).find(|year| !years.contains(year) && !closed_for_the_rest(*year))
}

fn is_always_open(calendar: &Calendar) -> bool {
    calendar.seasons.is_empty()
        && calendar
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
