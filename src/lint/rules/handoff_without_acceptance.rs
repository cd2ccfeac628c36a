//! `handoff-without-acceptance`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::stages::{Handover, handovers};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Form, Id, Model, Role};

/// The rule.
pub static RULE: Rule = Rule {
    name: "handoff-without-acceptance",
    summary: "a handover after which the receiver has all the time in the world",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("handoff_without_acceptance.md"),
};

fn no_deadline(model: &Model, handover: &Handover<'_>) -> Diagnostic {
    let (giver, receiver) =
        (&model.roles[handover.giver].head.name, &model.roles[handover.receiver].head.name);
    let lifecycle = handover.lifecycle;
    let (before, after) =
        (&lifecycle.stages[handover.from].text, &lifecycle.stages[handover.transition.to].text);
    let mut out = Diagnostic::warning(
        RULE.name,
        format!(
            "`{giver}` hands over to `{receiver}`, and nothing says by when `{receiver}` must take it up"
        ),
    )
    .at(handover.transition.span, "the handover");
    if let Some(terms) = lifecycle.terms_of(handover.from) {
        out = out.also(terms.span, format!("`{before}` is `{giver}`'s"));
    }
    if let Some(terms) = lifecycle.terms_of(handover.transition.to) {
        out = out.also(terms.span, format!("`{after}` is `{receiver}`'s, for as long as it lasts"));
    }
    out.note("What was handed over and not taken up lies between two teams, and each of them thinks the other has it.")
        .help(format!(
            "Limit the stage, such as `{after} owned by {receiver} since .. at most 1 business day`, or promise it in a \
             commitment of `{receiver}`."
        ))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut said = BTreeSet::new();
    for handover in handovers(model) {
        // One limit is missing, however many ways lead there.
        let place = (handover.lifecycle.head.name.span, handover.transition.to);
        if said.contains(&place) {
            continue;
        }
        if !is_taken_by_receiver(&handover) && !has_limit(&handover) && !is_promised(model, &handover) {
            said.insert(place);
            out.push(no_deadline(model, &handover));
        }
    }
}

/// Whether the receiver makes the transition: it has taken the record then.
fn is_taken_by_receiver(handover: &Handover<'_>) -> bool {
    let by = &handover.transition.by;
    !by.is_empty() && by.iter().all(|role| role.get() == Some(&handover.receiver))
}

/// Whether the lifecycle limits the time in the stage.
fn has_limit(handover: &Handover<'_>) -> bool {
    let Handover { lifecycle, transition, .. } = handover;
    let stage = transition.to;
    lifecycle.terms_of(stage).is_some_and(|terms| terms.at_most.is_some())
        || lifecycle.transitions.iter().any(|t| t.within.is_some() && lifecycle.sources(t).contains(&stage))
}

/// Whether the receiver, or somebody of its party, owes something in time to such a record.
fn is_promised(model: &Model, handover: &Handover<'_>) -> bool {
    let party = |role: Id<Role>| model.roles[role].party.as_ref().and_then(|party| party.get());
    let is_of_receiver = |role: Id<Role>| {
        role == handover.receiver || (party(role).is_some() && party(role) == party(handover.receiver))
    };
    let promises = |c: &Commitment| {
        let record = c.subject().and_then(|subject| model.record_of(subject));
        matches!(c.form, Form::Turnaround(_))
            // While it is open who owes what, nothing is known.
            && c.actor.get().is_none_or(|role| is_of_receiver(*role))
            && record.is_none_or(|record| handover.lifecycle.record.get() == Some(&record))
    };
    model.commitments.values().any(promises)
}
