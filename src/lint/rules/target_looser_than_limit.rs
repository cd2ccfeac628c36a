//! `target-looser-than-limit`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::promises::{Timed, limits};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::{Aim, Target};
use crate::model::{Commitment, Duration, Form};
use crate::worktime::compare::Difference;

/// The rule.
pub static RULE: Rule = Rule {
    name: "target-looser-than-limit",
    summary: "a target for the time taken that allows more than every limit",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("target_looser_than_limit.md"),
};

fn looser(
    promise: &Commitment,
    target: &Target,
    (percent, under): (u8, Duration),
    limits: &[Timed<'_>],
) -> Diagnostic {
    let name = &promise.head.name;
    let which = if percent == 50 { "the median".to_owned() } else { format!("{percent}%") };
    let mut out =
        Diagnostic::warning(RULE.name, format!("the target of `{name}` is met where every limit is missed"))
            .at(target.span, format!("{which} under {under}"));
    let mut rows: Vec<usize> = Vec::new();
    for limit in limits {
        if !rows.contains(&limit.row) {
            rows.push(limit.row);
            out = out.also(limit.tier.span, format!("each within {}", limit.limit));
        }
    }
    out.note(format!(
        "A {} in which every item is late can be on target, and is reported as one.",
        target.per
    ))
    .help("Aim at a time below the limit, at a share such as `target 95% per month`, or allow more time.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (id, promise) in context.model.commitments.iter() {
        let Some(target) = &promise.target else { continue };
        let Some(Aim::Percentile { percent, under }) = target.aim.get().copied() else { continue };
        if !matches!(promise.form, Form::Turnaround(_) | Form::Attempts(_)) {
            continue;
        }
        let limits = limits(context, id);
        let known = promise.tiers().iter().all(|tier| tier.limit.is_set());
        if known && !limits.is_empty() && limits.iter().all(|limit| allows_more(context, limit, under)) {
            out.push(looser(promise, target, (percent, under), &limits));
        }
    }
}

/// Whether a time is never over before a limit, and sometimes after it.
fn allows_more(context: &Context<'_>, limit: &Timed<'_>, time: Duration) -> bool {
    let difference = || {
        let whole = context.lines.whole(limit.clock.1.zone())?;
        context.questions.borrow_mut().compared();
        Some(Difference::of(&context.lines.due(limit.clock, time)?, &limit.line(context)?, whole))
    };
    difference().is_some_and(|later| later.below(0).is_empty() && !later.above(0).is_empty())
}
