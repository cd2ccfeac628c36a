//! `no-return-path`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::graph::Steps;
use crate::lint::stages::{Handover, handovers, owner, steps};
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::Act;
use crate::model::lifecycle::{Effect, StageId};
use crate::model::{Form, Model};

/// The rule.
pub static RULE: Rule = Rule {
    name: "no-return-path",
    summary: "a handover that the receiver can only say yes to",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("no_return_path.md"),
};

fn only_yes(model: &Model, handover: &Handover<'_>, outcome: Option<StageId>) -> Diagnostic {
    let (giver, receiver) =
        (&model.roles[handover.giver].head.name, &model.roles[handover.receiver].head.name);
    let lifecycle = handover.lifecycle;
    let name = |stage: StageId| &lifecycle.stages[stage].text;
    let mut out = Diagnostic::warning(
        RULE.name,
        format!(
            "`{receiver}` must take whatever `{giver}` hands over: there is no way back, and no way to refuse"
        ),
    )
    .at(handover.transition.span, "the handover");
    if let Some(outcome) = outcome {
        let into = |t: &&crate::model::lifecycle::Transition| {
            t.to == outcome
                && lifecycle.sources(t).iter().any(|from| owner(lifecycle, *from) == Some(handover.receiver))
        };
        if let Some(only) = lifecycle.transitions.iter().find(into) {
            out = out.also(only.span, format!("`{}` is all that can become of it", name(outcome)));
        }
    }
    out.note(
        "What should never have been handed over is then kept and left alone, and whoever sent it never learns that it \
         was no good.",
    )
    .help(format!(
        "Add a transition such as `{} -> {} by {receiver} requires ..`, with the reason.",
        name(handover.transition.to),
        name(handover.from)
    ))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let (mut said, mut ways) = (BTreeSet::new(), BTreeMap::new());
    for handover in handovers(model) {
        let place = handover.lifecycle.head.name.span;
        let steps = ways.entry(place).or_insert_with(|| steps(handover.lifecycle, |_| true));
        let outcomes = outcomes(&handover, steps);
        let goes_back = outcomes.iter().any(|s| owner(handover.lifecycle, *s) == Some(handover.giver));
        if outcomes.len() > 1 || goes_back || is_returned(model, &handover) {
            continue;
        }
        // One place is enough for one pair of roles.
        if said.insert((place, handover.giver, handover.receiver)) {
            out.push(only_yes(model, &handover, outcomes.first().copied()));
        }
    }
}

/// What can become of a record that was handed over: the stages to which it can go from those of the receiver, and those
/// of the receiver in which it may rest.
fn outcomes(handover: &Handover<'_>, steps: &Steps) -> BTreeSet<StageId> {
    let Handover { lifecycle, transition, receiver, .. } = handover;
    let is_kept = |stage: StageId| owner(lifecycle, stage) == Some(*receiver);
    let (mut seen, mut out) = (BTreeSet::new(), BTreeSet::new());
    let mut waiting = vec![transition.to];
    while let Some(at) = waiting.pop() {
        if !is_kept(at) || lifecycle.end.contains(&at) {
            out.insert(at);
        } else if seen.insert(at) {
            waiting.extend(&steps[at]);
        }
    }
    out
}

/// Whether something outside the stages sends it back: a reason, a step after a deadline, a right to refuse.
fn is_returned(model: &Model, handover: &Handover<'_>) -> bool {
    let effects = handover.lifecycle.effects.iter().any(|e| matches!(e.effect, Effect::Return { .. }));
    let mut steps = model.contingencies.values().flat_map(|c| &c.steps);
    let may = |c: &crate::model::Commitment| {
        matches!(c.form, Form::Permission(_)) && c.actor.get().is_none_or(|role| *role == handover.receiver)
    };
    effects || steps.any(|step| matches!(step.act, Act::Return(_))) || model.commitments.values().any(may)
}
