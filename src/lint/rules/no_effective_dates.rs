//! `no-effective-dates`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage, Wholeness};

/// The rule.
pub static RULE: Rule = Rule {
    name: "no-effective-dates",
    summary: "an agreement that does not say from when it binds",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("no_effective_dates.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let agreement = &context.model.agreement;
    if agreement.effective.is_some() || context.whole == Wholeness::Partial {
        return;
    }
    out.push(
        Diagnostic::warning(
            RULE.name,
            format!("agreement `{}` does not say from when it binds", agreement.head.name),
        )
        .at(agreement.head.name.span, "no `effective` dates")
        .note("Without a first day, every old record in the CRM is measured by it, and most are late.")
        .help("Add a clause such as `effective 2026-01-01 to 2026-12-31`, or `effective 2026-01-01` for one without an end."),
    );
}
