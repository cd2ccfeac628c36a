//! `calendar-missing`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::Permission;
use crate::model::contingency::Anchor;
use crate::model::{ClockRule, Duration, Form, Id, Role, Slot};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "calendar-missing",
    summary: "business time owed by a role without working hours",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("calendar_missing.md"),
};

fn no_hours(span: Span, duration: Duration, role: Option<(&str, Span)>) -> Diagnostic {
    let out =
        Diagnostic::error(RULE.name, format!("`{duration}` runs by working hours that nobody has stated"))
            .at(span, "whose hours?")
            .note("Business time has no meaning without a calendar: each side would count by its own.");
    match role {
        Some((name, declared)) => out.also(declared, "this role has no calendar").help(format!(
            "Add `works` with a calendar to role `{name}`, or count in `hours` or `calendar days`."
        )),
        None => out.help("Count in `hours` or `calendar days`, or name a role with a calendar."),
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut ask = |span: Span, duration: Option<&Slot<Duration>>, role: Option<&Slot<Id<Role>>>| {
        let Some(Slot::Set(duration)) = duration else { return };
        if !duration.unit.is_business() {
            return;
        }
        match role {
            // A role that is open or unknown has been spoken of already.
            Some(Slot::Tbd(_) | Slot::Broken) => {}
            Some(Slot::Set(role)) => {
                let role = &model.roles[*role];
                if role.works.is_none() {
                    out.push(no_hours(span, *duration, Some((&role.head.name.text, role.head.name.span))));
                }
            }
            None => out.push(no_hours(span, *duration, None)),
        }
    };
    for (id, commitment) in model.commitments.iter() {
        let own_clock = match &commitment.clock {
            ClockRule::Calendar(_) => true,
            ClockRule::Table(rows) => rows.iter().any(|row| row.when.is_none()),
            ClockRule::Role | ClockRule::Member(_) => false,
        };
        if !own_clock {
            for tier in commitment.tiers() {
                ask(tier.span, Some(&tier.limit), Some(&commitment.actor));
            }
            if let Form::Permission(Permission { limit: Some(limit), .. }) = &commitment.form {
                ask(limit.span, Some(&limit.time), Some(&commitment.actor));
            }
        }
        if !own_clock {
            for step in context.evaluator.steps(id) {
                ask(step.span, anchor_duration(&step.anchor), Some(&commitment.actor));
            }
        }
    }
    for follow_up in model.contingencies.values().flat_map(|c| &c.follow_ups) {
        ask(follow_up.span, Some(&follow_up.within), Some(&follow_up.actor));
    }
    if let Some(settlement) = &model.agreement.settlement {
        ask(settlement.span, settlement.within.as_ref(), Some(&settlement.by));
    }
    for transition in model.lifecycles.values().flat_map(|l| &l.transitions) {
        // Whoever makes the step is the one who must not wait.
        for role in &transition.by {
            ask(transition.span, transition.within.as_ref(), Some(role));
        }
        if transition.by.is_empty() {
            ask(transition.span, transition.within.as_ref(), None);
        }
    }
    for channel in model.channels.values() {
        // An answer is owed by whoever is reached.
        for role in &channel.reaches {
            ask(channel.head.name.span, channel.answered.as_ref(), Some(role));
        }
        if channel.reaches.is_empty() {
            ask(channel.head.name.span, channel.answered.as_ref(), None);
        }
    }
}

fn anchor_duration(anchor: &Anchor) -> Option<&Slot<Duration>> {
    match anchor {
        Anchor::BeforeDeadline(by) | Anchor::AfterStart(by) | Anchor::AfterDeadline(Some(by)) => Some(by),
        Anchor::AfterDeadline(None) | Anchor::Elapsed(_) => None,
    }
}
