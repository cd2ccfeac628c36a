//! `review-overdue`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage};
use crate::worktime::words;

/// The rule.
pub static RULE: Rule = Rule {
    name: "review-overdue",
    summary: "an agreement whose review date has passed",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("review_overdue.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let Some(review) = &context.model.agreement.review else { return };
    let Some(Some(next)) = review.next.as_ref().map(|slot| slot.get().copied()) else { return };
    // After its last day there is nothing to review: `agreement-expired` says so.
    let term = context.model.agreement.effective.as_ref().and_then(crate::model::Effective::term);
    if term.is_some_and(|(_, last)| last.is_some_and(|last| last < context.today)) || context.today <= next {
        return;
    }
    out.push(
        Diagnostic::warning(RULE.name, format!("the review of {} has not been recorded", words::date(next)))
            .at(review.span, "this date has passed")
            .note("Numbers that nobody looked at again are the ones that are disputed later.")
            .help("Hold the review, change what was decided, and write the date of the one after it behind `next`."),
    );
}
