//! `self-escalation`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::{Act, Step};
use crate::model::{Commitment, Id, Model, Role};

/// The rule.
pub static RULE: Rule = Rule {
    name: "self-escalation",
    summary: "an escalation to whoever missed the promise, or to somebody below",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("self_escalation.md"),
};

fn to_itself(context: &Context<'_>, commitment: &Commitment, step: &Step, role: &Role) -> Diagnostic {
    let name = &role.head.name;
    let out = Diagnostic::error(RULE.name, format!("`{name}` is to judge what `{name}` did not do"))
        .at(context.mention(name, step.span), "escalates to the role that owes it")
        .also(commitment.sentence, format!("owed by `{name}`"))
        .note("An escalation asks somebody else to decide. Here nobody else hears of it.");
    match role.reports_to.as_ref().and_then(|above| above.get()) {
        Some(above) => {
            let above = &context.model.roles[*above].head.name;
            out.help(format!("Escalate to `{above}`, or write `remind {name}` if a reminder is meant."))
        }
        None => {
            out.help(format!("Escalate to somebody else, or write `remind {name}` if a reminder is meant."))
        }
    }
}

fn downwards(
    context: &Context<'_>,
    step: &Step,
    (below, above): (&Role, &Role),
    before: Before<'_>,
) -> Diagnostic {
    let (low, high) = (&below.head.name, &above.head.name);
    let out =
        Diagnostic::error(RULE.name, format!("this goes down instead of up: `{low}` reports to `{high}`"))
            .at(context.mention(low, step.span), format!("works for `{high}`"));
    let out = match before {
        Before::Owes(commitment) => out.also(commitment.sentence, format!("owed by `{high}`")),
        Before::Heard(earlier) => out.also(earlier.span, format!("`{high}` has had it before")),
    };
    out.note(
        "Who reports to somebody cannot decide over them; whatever comes of it can be overruled at once.",
    )
    .help(format!("Escalate to somebody above `{high}`, or to a neutral role."))
}

/// Who is above the role that a step escalates to.
#[derive(Clone, Copy)]
enum Before<'m> {
    /// Who owes the promise.
    Owes(&'m Commitment),
    /// Who heard of it by an earlier step.
    Heard(&'m Step),
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for contingency in model.contingencies.values() {
        let mut heard: Vec<(Id<Role>, &Step)> = Vec::new();
        for step in &contingency.steps {
            let Act::Escalate(role) = &step.act else { continue };
            let Some(role) = role.get().copied() else { continue };
            // One ladder may be for several promises: the first for which it goes wrong is shown.
            let mut commitments = contingency.commitments().map(|id| &model.commitments[id]);
            let wrong = commitments.find_map(|commitment| wrong(context, commitment, step, role));
            let earlier = heard.iter().find(|(before, _)| reports_to(model, role, *before));
            out.extend(wrong.or_else(|| {
                let (above, earlier) = earlier?;
                let both = (&model.roles[role], &model.roles[*above]);
                Some(downwards(context, step, both, Before::Heard(earlier)))
            }));
            heard.push((role, step));
        }
    }
}

/// What is wrong with an escalation of a promise to a role, by who owes it.
fn wrong(context: &Context<'_>, commitment: &Commitment, step: &Step, role: Id<Role>) -> Option<Diagnostic> {
    let roles = &context.model.roles;
    let owes = *commitment.actor.get()?;
    if owes == role {
        return Some(to_itself(context, commitment, step, &roles[role]));
    }
    let down = reports_to(context.model, role, owes);
    down.then(|| downwards(context, step, (&roles[role], &roles[owes]), Before::Owes(commitment)))
}

/// Whether a role reports to another one, directly or through others.
fn reports_to(model: &Model, role: Id<Role>, above: Id<Role>) -> bool {
    let next = |role: &Id<Role>| model.roles[*role].reports_to.as_ref().and_then(|slot| slot.get().copied());
    // Where roles report in a circle, the way back is no way up.
    std::iter::successors(next(&role), next).take(model.roles.len()).any(|role| role == above)
}
