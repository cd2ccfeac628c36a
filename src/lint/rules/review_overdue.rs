//! `review-overdue`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Date, Slot};
use crate::source::Span;
use crate::worktime::words;

/// The rule.
pub static RULE: Rule = Rule {
    name: "review-overdue",
    summary: "an agreement whose review date has passed",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("review_overdue.md"),
};

fn overdue(span: Span, next: Date) -> Diagnostic {
    Diagnostic::warning(RULE.name, format!("the review of {} has not been recorded", words::date(next)))
        .at(span, "this date has passed")
        .note("Numbers that nobody looked at again are the ones that are disputed later.")
        .help(
            "Hold the review, change what was decided, and write the date of the one after it behind `next`.",
        )
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let agreement = &context.model.agreement;
    let Some(review) = &agreement.review else { return };
    let Some(Slot::Set(next)) = review.next else { return };
    // After its last day there is nothing to review: `agreement-expired` says so.
    let last = agreement.effective.as_ref().and_then(|e| e.to.as_ref()).and_then(|to| to.get());
    if next < context.today && last.is_none_or(|last| context.today <= *last) {
        out.push(overdue(review.span, next));
    }
}
