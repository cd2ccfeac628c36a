//! `unreachable-stage`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Completeness, Lifecycle, Name};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unreachable-stage",
    summary: "a stage that no path from the start leads to",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("unreachable_stage.md"),
};

fn unreachable(lifecycle: &Lifecycle, stage: &Name, from: &[&str]) -> Diagnostic {
    let name = &stage.text;
    let out = Diagnostic::error(RULE.name, format!("no record can ever get to the stage `{name}`"))
        .at(lifecycle.head.name.span, format!("no path leads to `{name}`"))
        .also(stage.span, "declared here");
    match from {
        [] => out
            .note("What is not declared is not allowed: the CRM will refuse every change to it.")
            .help(format!("Add a transition such as `.. -> {name}`, or remove the value from the field.")),
        from => {
            let from: Vec<String> = from.iter().map(|f| format!("`{f}`")).collect();
            out.note(format!(
                "Transitions lead to it from {} only, where no record can get either.",
                crate::diagnostic::join(&from, "and")
            ))
            .help("Add the transition that is missing on the way.")
        }
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for lifecycle in context
        .model
        .lifecycles
        .values()
        .filter(|l| l.completeness == Completeness::Whole && !l.start.is_empty())
    {
        let reached = lifecycle.reachable();
        for (stage, name) in lifecycle.stages.iter().enumerate().filter(|(s, _)| !reached.contains(s)) {
            let into = lifecycle.transitions.iter().filter(|t| t.to == stage);
            let mut from: Vec<usize> = into.flat_map(|t| lifecycle.sources(t)).collect();
            from.sort_unstable();
            from.dedup();
            let from: Vec<&str> = from.iter().map(|s| lifecycle.stages[*s].text.as_str()).collect();
            out.push(unreachable(lifecycle, name, &from));
        }
    }
}
