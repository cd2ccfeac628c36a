//! `stage-without-owner`.

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::stages::lifecycles;
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::{StageId, StageTerms};
use crate::model::{Lifecycle, Model, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "stage-without-owner",
    summary: "a stage that nobody is responsible for, where others have an owner",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("stage_without_owner.md"),
};

fn nobody(
    model: &Model,
    lifecycle: &Lifecycle,
    stages: &[StageId],
    owned: &StageTerms,
) -> Option<Diagnostic> {
    let words: Vec<&str> = stages.iter().map(|stage| lifecycle.stages[*stage].text.as_str()).collect();
    let first = words.first()?;
    let role = &model.roles[*owned.owner.as_ref()?.get()?].head.name;
    let has = if words.len() == 1 { "has" } else { "have" };
    let mut out = Diagnostic::warning(
        RULE.name,
        format!("nobody is responsible for a record while it is {}", names(&words, "or")),
    )
    .at(lifecycle.head.name.span, format!("{} {has} no owner", names(&words, "and")))
    .also(owned.span, format!("`{}` is `{role}`'s", lifecycle.stages[owned.stage].text));
    // Where somebody will have to act without being told that it is their turn.
    let leaves = |stage: StageId| {
        lifecycle.transitions.iter().find(|t| !t.by.is_empty() && lifecycle.sources(t).contains(&stage))
    };
    let acts = stages.first().and_then(|stage| leaves(*stage)).and_then(|t| t.by.first()?.get());
    let likely = acts.map_or(role, |acts| &model.roles[*acts].head.name);
    let mut shown = Vec::new();
    for (stage, word) in stages.iter().zip(&words) {
        if let Some(transition) = leaves(*stage)
            && !shown.contains(&transition.span)
            && shown.len() < MOST_SHOWN
        {
            shown.push(transition.span);
            out = out.also(transition.span, format!("somebody must move it on from `{word}`"));
        }
    }
    Some(
        out.note("A record that is nobody's is looked at by nobody, and no report says whose backlog it is.")
            .help(format!("Say whose it is, such as `{first} owned by {likely}`.")),
    )
}

/// So many stages are shown where they are left.
const MOST_SHOWN: usize = 5;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in lifecycles(context.model) {
        let Some(owned) = lifecycle.terms.iter().find(|t| t.owner.as_ref().is_some_and(Slot::is_set)) else {
            continue;
        };
        let stages = unowned(lifecycle);
        if !stages.is_empty() {
            out.extend(nobody(context.model, lifecycle, &stages, owned));
        }
    }
}

/// The stages without an owner in which somebody has to act: records get there, and do not move on by themselves.
fn unowned(lifecycle: &Lifecycle) -> Vec<StageId> {
    let reached = lifecycle.reachable();
    let mut needs_somebody = vec![false; lifecycle.stages.len()];
    for transition in lifecycle.transitions.iter().filter(|t| !t.by.is_empty()) {
        lifecycle.sources(transition).into_iter().for_each(|stage| needs_somebody[stage] = true);
    }
    let has_owner = |stage: StageId| lifecycle.terms_of(stage).is_some_and(|terms| terms.owner.is_some());
    let is_unowned =
        |stage: &StageId| needs_somebody[*stage] && !has_owner(*stage) && !lifecycle.end.contains(stage);
    reached.into_iter().filter(is_unowned).collect()
}
