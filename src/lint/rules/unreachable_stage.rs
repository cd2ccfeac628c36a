//! `unreachable-stage`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::StageId;
use crate::model::{Completeness, Lifecycle, Name};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unreachable-stage",
    summary: "a stage that no path from the start leads to",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("unreachable_stage.md"),
};

fn unreachable(lifecycle: &Lifecycle, stage: &Name, behind: &[&str]) -> Diagnostic {
    let name = &stage.text;
    let out = Diagnostic::error(RULE.name, format!("no record can ever get to the stage `{name}`"))
        .at(lifecycle.head.name.span, format!("no path from the start leads to `{name}`"))
        .also(stage.span, "declared here")
        .note("What is not declared is not allowed: the CRM will refuse every change to it.");
    let out = match behind {
        [] => out,
        behind => out.note(format!(
            "So it is with {}, which {} reached only through it.",
            names(behind, "and"),
            if behind.len() == 1 { "is" } else { "are" }
        )),
    };
    out.help(format!("Add a transition such as `.. -> {name}`, or remove the value from the field."))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in context
        .model
        .lifecycles
        .values()
        .filter(|l| l.completeness == Completeness::Whole && !l.start.is_empty())
    {
        for (stage, behind) in first_unreachable(lifecycle) {
            let behind: Vec<&str> = behind.iter().map(|s| lifecycle.stages[*s].text.as_str()).collect();
            out.push(unreachable(lifecycle, &lifecycle.stages[stage], &behind));
        }
    }
}

/// The stages at which a transition is missing, each with those that would be reached with it.
fn first_unreachable(lifecycle: &Lifecycle) -> Vec<(StageId, Vec<StageId>)> {
    let reached = lifecycle.reachable();
    let mut waiting: BTreeSet<StageId> =
        (0..lifecycle.stages.len()).filter(|stage| !reached.contains(stage)).collect();
    // By stage: the waiting ones that lead to it, and those that it leads to.
    let mut before: BTreeMap<StageId, BTreeSet<StageId>> = BTreeMap::new();
    let mut after: BTreeMap<StageId, BTreeSet<StageId>> = BTreeMap::new();
    for transition in lifecycle.transitions.iter().filter(|t| waiting.contains(&t.to)) {
        for from in lifecycle.sources(transition).into_iter().filter(|from| waiting.contains(from)) {
            before.entry(transition.to).or_default().insert(from);
            after.entry(from).or_default().insert(transition.to);
        }
    }
    let is_first = |stage: &StageId, waiting: &BTreeSet<StageId>| {
        before.get(stage).is_none_or(|before| before.is_disjoint(waiting))
    };
    let mut out = Vec::new();
    while let Some(first) = waiting.first().copied() {
        // One that nothing leads to, else the first of a circle.
        let root = waiting.iter().copied().find(|s| is_first(s, &waiting)).unwrap_or(first);
        waiting.remove(&root);
        let mut behind = BTreeSet::new();
        let mut from = vec![root];
        while let Some(at) = from.pop() {
            for next in after.get(&at).into_iter().flatten().filter(|next| waiting.remove(next)) {
                behind.insert(*next);
                from.push(*next);
            }
        }
        out.push((root, behind.into_iter().collect()));
    }
    out
}
