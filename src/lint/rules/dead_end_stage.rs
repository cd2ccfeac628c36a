//! `dead-end-stage`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Completeness, Lifecycle, Name};

/// The rule.
pub static RULE: Rule = Rule {
    name: "dead-end-stage",
    summary: "a stage that is not an end and that no transition leaves",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("dead_end_stage.md"),
};

fn dead_end(lifecycle: &Lifecycle, stage: &Name) -> Diagnostic {
    let name = &stage.text;
    Diagnostic::error(RULE.name, format!("a record that gets to the stage `{name}` stays there for good"))
        .at(lifecycle.head.name.span, format!("no transition leaves `{name}`, and it is not an end"))
        .also(stage.span, "declared here")
        .note("Such records pile up unseen: nobody owes them anything, and the CRM refuses to move them.")
        .help(format!("Add a transition such as `{name} -> ..`, or add `{name}` to `end` if this is where it should rest."))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in context.model.lifecycles.values().filter(|l| l.completeness == Completeness::Whole) {
        let left = lifecycle.left();
        for stage in lifecycle.reachable().difference(&left).filter(|stage| !lifecycle.end.contains(stage)) {
            out.push(dead_end(lifecycle, &lifecycle.stages[*stage]));
        }
    }
}
