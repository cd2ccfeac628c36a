//! `dead-end-stage`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::graph::{circles, reached};
use crate::lint::stages::{lifecycles, steps};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::{StageId, Transition};
use crate::model::{Completeness, Lifecycle, Name};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "dead-end-stage",
    summary: "a stage that is not an end and from which nothing leads to one",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("dead_end_stage.md"),
};

fn dead_end(lifecycle: &Lifecycle, stage: &Name, into: Option<Span>) -> Diagnostic {
    let name = &stage.text;
    let out = Diagnostic::error(
        RULE.name,
        format!("a record that gets to the stage `{name}` stays there for good"),
    );
    let out = match into {
        Some(into) => out.at(into, format!("leads to `{name}`, and nothing leads out of it")),
        None => out.at(lifecycle.head.name.span, format!("begins in `{name}`, and nothing leads out of it")),
    };
    out.note("Such records pile up unseen: nobody owes them anything, and the CRM refuses to move them.").help(format!(
        "Add a transition such as `{name} -> ..`, or add `{name}` to `end` if this is where a record should rest."
    ))
}

fn no_way_to_an_end(lifecycle: &Lifecycle, group: &BTreeSet<StageId>, into: Option<Span>) -> Diagnostic {
    let stages: Vec<&str> = group.iter().map(|stage| lifecycle.stages[*stage].text.as_str()).collect();
    let ends: Vec<&str> = lifecycle.end.iter().map(|stage| lifecycle.stages[*stage].text.as_str()).collect();
    Diagnostic::error(
        RULE.name,
        format!("a record that gets to {} never comes to an end", names(&stages, "or")),
    )
    .at(into.unwrap_or(lifecycle.head.name.span), format!("from here on it is only {}", names(&stages, "or")))
    .note("Such records go round, are counted again and again, and are never won or lost.")
    .help(format!(
        "Add a transition from one of them to {}, or add to `end` the one where a record should rest.",
        names(&ends, "or")
    ))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in context.model.lifecycles.values().filter(|l| l.completeness == Completeness::Whole) {
        let (reached, left) = (lifecycle.reachable(), lifecycle.left());
        for stage in reached.difference(&left).copied().filter(|stage| !lifecycle.end.contains(stage)) {
            let into = way_into(lifecycle, &reached, &BTreeSet::from([stage]));
            out.push(dead_end(lifecycle, &lifecycle.stages[stage], into));
        }
    }
    // Where no stage is an end, nobody has said that there is one.
    for lifecycle in lifecycles(context.model).filter(|l| !l.end.is_empty()) {
        let all = steps(lifecycle, |_| true);
        let from_start = lifecycle.reachable();
        // Where no end can be reached at all, what is missing is the step that leads there.
        if !lifecycle.end.iter().any(|end| from_start.contains(end)) {
            continue;
        }
        for group in circles(&all) {
            let from_group = reached(&all, group.iter().copied());
            let is_closed = from_group == group && group.is_subset(&from_start);
            if is_closed && !group.iter().any(|stage| lifecycle.end.contains(stage)) {
                out.push(no_way_to_an_end(lifecycle, &group, way_into(lifecycle, &from_start, &group)));
            }
        }
    }
}

/// A transition that leads into some stages from one outside them.
fn way_into(lifecycle: &Lifecycle, reached: &BTreeSet<StageId>, stages: &BTreeSet<StageId>) -> Option<Span> {
    let leads = |t: &&Transition| {
        stages.contains(&t.to)
            && lifecycle.sources(t).iter().any(|from| reached.contains(from) && !stages.contains(from))
    };
    lifecycle.transitions.iter().find(leads).map(|t| t.span)
}
