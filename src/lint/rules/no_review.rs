//! `no-review`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage, Wholeness};

/// The rule.
pub static RULE: Rule = Rule {
    name: "no-review",
    summary: "an agreement that is never looked at again",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("no_review.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let agreement = &context.model.agreement;
    if agreement.review.is_some() || context.whole == Wholeness::Partial {
        return;
    }
    out.push(
        Diagnostic::warning(RULE.name, format!("agreement `{}` does not say when it is reviewed", agreement.head.name))
            .at(agreement.head.name.span, "no `review`")
            .note("Markets, teams and scores change; an agreement that nobody looks at again is soon kept by nobody.")
            .help("Add a clause such as `review every quarter led by revops`."),
    );
}
