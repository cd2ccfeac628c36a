//! `agreement-expired`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Date, Slot};
use crate::source::Span;
use crate::worktime::{civil, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "agreement-expired",
    summary: "an agreement past its last day",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("agreement_expired.md"),
};

fn expired(span: Span, last: Date, today: Date) -> Diagnostic {
    let days = civil::days_between(last, today);
    let ago = if days == 1 { "yesterday".to_owned() } else { format!("{days} days ago") };
    Diagnostic::warning(RULE.name, format!("this agreement ended {ago}"))
        .at(span, format!("last day {}", words::date(last)))
        .note("Nobody is bound by it any more, but its rules may still run in the CRM and its numbers on the dashboard.")
        .help("Renew it with new `effective` dates, or take it and what was built from it out of use.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(effective) = &context.model.agreement.effective else { return };
    // The last day alone decides, whatever the first one is.
    if let Some(Slot::Set(last)) = effective.to
        && last < context.today
    {
        out.push(expired(effective.span, last, context.today));
    }
}
