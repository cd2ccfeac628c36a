//! `no-contingency`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage, Wholeness};

/// The rule.
pub static RULE: Rule = Rule {
    name: "no-contingency",
    summary: "an agreement that does not say what happens when a promise is missed",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("no_contingency.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let Some(first) = model.commitments.values().next() else { return };
    // A credit says it too.
    let is_said = !model.contingencies.is_empty() || !model.credits.is_empty();
    if is_said || context.whole == Wholeness::Partial {
        return;
    }
    let head = &model.agreement.head;
    out.push(
        Diagnostic::warning(
            RULE.name,
            format!("agreement `{}` does not say what happens when a promise is missed", head.name),
        )
        .at(head.name.span, "no `contingency`")
        .also(first.head.name.span, "such as this one")
        .note("What happens on the day it goes wrong is then argued about on that day.")
        .help(format!(
            "Add a block such as `contingency late {{ for {}  after deadline notify .. via .. }}`.",
            first.head.name
        )),
    );
}
