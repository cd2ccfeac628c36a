//! `dead-end-stage`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::Transition;
use crate::model::{Completeness, Lifecycle, Name};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "dead-end-stage",
    summary: "a stage that is not an end and that no transition leaves",
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

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in context.model.lifecycles.values().filter(|l| l.completeness == Completeness::Whole) {
        let (reached, left) = (lifecycle.reachable(), lifecycle.left());
        for stage in reached.difference(&left).copied().filter(|stage| !lifecycle.end.contains(stage)) {
            let leads = |t: &&Transition| {
                t.to == stage && lifecycle.sources(t).iter().any(|from| reached.contains(from))
            };
            let into = lifecycle.transitions.iter().find(leads).map(|t| t.span);
            out.push(dead_end(lifecycle, &lifecycle.stages[stage], into));
        }
    }
}
