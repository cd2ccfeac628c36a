//! `calendar-missing`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::{Aim, Permission, Target};
use crate::model::contingency::Anchor;
use crate::model::lifecycle::Effect;
use crate::model::{ClockRule, Commitment, Duration, Form, Id, Model, Recurring, Role, Slot};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "calendar-missing",
    summary: "business time owed by a role without working hours",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("calendar_missing.md"),
};

/// A time in business days or hours, where it stands, and the role that owes it.
#[derive(Debug, Clone)]
struct Promise {
    /// `4 business hours`, `every business day`.
    time: String,
    span: Span,
    by: Option<Id<Role>>,
}

fn no_hours(model: &Model, promises: &[Promise]) -> Option<Diagnostic> {
    let (first, rest) = promises.split_first()?;
    let time = &first.time;
    let mut out =
        Diagnostic::error(RULE.name, format!("`{time}` runs by working hours that nobody has stated"))
            .at(first.span, "whose hours?")
            .note("Business time has no meaning without a calendar: each side would count by its own.");
    for promise in rest.iter().take(MAX_SHOWN) {
        out = out.also(promise.span, "here too");
    }
    if rest.len() > MAX_SHOWN {
        out = out.note(format!("{} more times run by the same hours.", rest.len() - MAX_SHOWN));
    }
    Some(match first.by {
        Some(role) => {
            let name = &model.roles[role].head.name;
            out.also(name.span, "this role has no calendar").help(format!(
                "Add `works` with a calendar to role `{name}`, or count in `hours` or `calendar days`."
            ))
        }
        None => out.help("Count in `hours` or `calendar days`, or name a role with a calendar."),
    })
}

/// So many places of one fault are shown.
const MAX_SHOWN: usize = 3;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // A role without hours is one fault, however many times run by them.
    let mut by_role: BTreeMap<Id<Role>, Vec<Promise>> = BTreeMap::new();
    for promise in promises(context.model) {
        match promise.by {
            Some(role) => by_role.entry(role).or_default().push(promise),
            None => out.extend(no_hours(context.model, &[promise])),
        }
    }
    for promises in by_role.values_mut() {
        promises.sort_by_key(|p| p.span);
        promises.dedup_by_key(|p| p.span);
        out.extend(no_hours(context.model, promises));
    }
}

/// Everything that runs by the hours of a role that has none, or by nobody's.
fn promises(model: &Model) -> Vec<Promise> {
    let mut out = Vec::new();
    let mut owe = |span: Span, time: String, role: Option<&Slot<Id<Role>>>| {
        let by = match role {
            // A role that is open or unknown has been spoken of already.
            Some(Slot::Tbd(_) | Slot::Broken) => return,
            Some(Slot::Set(role)) if model.roles[*role].works.is_some() => return,
            Some(Slot::Set(role)) => Some(*role),
            None => None,
        };
        out.push(Promise { time, span, by });
    };
    for commitment in model.commitments.values().filter(|c| !has_own_clock(c)) {
        if let Form::Recurring(Recurring { recurrence: Slot::Set(rule), .. }) = &commitment.form
            && rule.needs_calendar()
        {
            owe(rule.span, rule.to_string(), Some(&commitment.actor));
        }
    }
    let mut ask = |span: Span, duration: Option<&Slot<Duration>>, role: Option<&Slot<Id<Role>>>| {
        if let Some(Slot::Set(duration)) = duration
            && duration.unit.is_business()
        {
            owe(span, duration.to_string(), role);
        }
    };
    for commitment in model.commitments.values().filter(|c| !has_own_clock(c)) {
        for tier in commitment.tiers() {
            ask(tier.span, Some(&tier.limit), Some(&commitment.actor));
        }
        if let Form::Permission(Permission { limit: Some(limit), .. }) = &commitment.form {
            ask(limit.span, Some(&limit.time), Some(&commitment.actor));
        }
        if let Some(Target { aim: Slot::Set(Aim::Percentile { under, .. }), span, .. }) = &commitment.target {
            ask(*span, Some(&Slot::Set(*under)), Some(&commitment.actor));
        }
    }
    for contingency in model.contingencies.values() {
        // Steps run on the clock of the promise they are about.
        let of = contingency.commitments().map(|id| &model.commitments[id]);
        for commitment in of.filter(|c| !has_own_clock(c) && !c.tiers().is_empty()) {
            for step in &contingency.steps {
                ask(step.span, anchor_duration(&step.anchor), Some(&commitment.actor));
            }
        }
        for follow_up in &contingency.follow_ups {
            ask(follow_up.span, Some(&follow_up.within), Some(&follow_up.actor));
        }
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
    for lifecycle in model.lifecycles.values() {
        for terms in &lifecycle.terms {
            ask(terms.span, terms.at_most.as_ref(), terms.owner.as_ref());
        }
        for reason in &lifecycle.effects {
            if let Effect::Return { to, after } = &reason.effect {
                ask(reason.span, after.as_ref(), Some(to));
            }
        }
    }
    for dispute in model.disputes.values() {
        if let Some(raised) = &dispute.raised {
            raised.by.iter().for_each(|role| ask(raised.span, raised.within.as_ref(), Some(role)));
        }
        if let Some(decided) = &dispute.decided {
            ask(decided.span, decided.within.as_ref(), Some(&decided.by));
        }
    }
    for claim in model.credits.values().filter_map(|credit| credit.claim.as_ref()) {
        ask(claim.span, Some(&claim.within), claim.by.as_ref());
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
    out
}

fn anchor_duration(anchor: &Anchor) -> Option<&Slot<Duration>> {
    match anchor {
        Anchor::BeforeDeadline(by) | Anchor::AfterStart(by) | Anchor::AfterDeadline(Some(by)) => Some(by),
        Anchor::AfterDeadline(None) | Anchor::Elapsed(_) => None,
    }
}

/// Whether the hours of the role play no part in a promise.
fn has_own_clock(commitment: &Commitment) -> bool {
    match &commitment.clock {
        ClockRule::Calendar(_) => true,
        ClockRule::Table(rows) => rows.iter().any(|row| row.when.is_none()),
        ClockRule::Role | ClockRule::Member(_) => false,
    }
}
