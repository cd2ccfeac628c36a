//! `exception-swallows-rule`.

use super::exception_never_applies::items;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::Prover;
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::{Commitment, Effective, Id, Model, Waiver};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "exception-swallows-rule",
    summary: "excuses that leave nothing of a promise",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("exception_swallows_rule.md"),
};

fn nothing_left(context: &Context<'_>, promise: &Commitment, excuses: &[Span]) -> Diagnostic {
    let name = &promise.head.name;
    let items = promise.subject().map(|s| context.model.subject_head(s).name.to_string());
    let items = items.unwrap_or_default();
    let mut out =
        Diagnostic::error(RULE.name, format!("nothing is left of `{name}`: every `{items}` is excused"));
    let each = if excuses.len() == 1 { "excuses every one" } else { "excuses some" };
    if let Some((first, rest)) = excuses.split_first() {
        out = out.at(*first, each);
        for (place, excuse) in rest.iter().enumerate() {
            let last = place + 1 == rest.len();
            out = out.also(*excuse, if last { "and this the rest" } else { "this some more" });
        }
    }
    out.also(promise.sentence, "the promise")
        .note("It reads like a promise, and nobody can ever break it.")
        .help("Narrow what is excused, end it before the agreement ends with `until`, or delete the promise.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut prover = Prover::new(context);
    for (id, promise) in model.commitments.iter() {
        let all = model.waivers_of(id).map(|(_, waiver)| waiver);
        let waivers: Vec<&Waiver> = all.filter(|waiver| is_for_good(model, waiver)).collect();
        if waivers.is_empty() && promise.excused_when.is_none() {
            continue;
        }
        if let Some(excuses) = swallowed(context, &mut prover, id, &waivers) {
            out.push(nothing_left(context, promise, &excuses));
        }
    }
}

/// Whether an exception holds from the first day of the agreement to its last, as often as somebody likes.
fn is_for_good(model: &Model, waiver: &Waiver) -> bool {
    let (from, until) = (waiver.from.as_ref(), waiver.until.as_ref());
    let term = model.agreement.effective.as_ref().and_then(Effective::term);
    let (first, last) = (term.map(|(first, _)| first), term.and_then(|(_, last)| last));
    let begins_in_time =
        from.is_none_or(|from| from.get().zip(first).is_some_and(|(from, first)| *from <= first));
    let lasts = until.is_none_or(|until| until.get().zip(last).is_some_and(|(until, last)| last <= *until));
    waiver.at_most.is_none() && begins_in_time && lasts
}

/// The few excuses that already leave nothing, if there are such.
fn swallowed(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    id: Id<Commitment>,
    waivers: &[&Waiver],
) -> Option<Vec<Span>> {
    let promise = &context.model.commitments[id];
    let (record, items) = items(context, prover, promise)?;
    let space = prover.space(record);
    let mut spans = Vec::new();
    let mut left: Vec<Formula> = vec![items];
    if let Some(excused) = &promise.excused_when {
        let excused_formula = space.condition(excused);
        left.push(space.not(excused_formula));
        spans.push(excused.span);
    }
    for waiver in waivers {
        let excused = space.condition_or_always(waiver.when.as_ref());
        left.push(space.not(excused));
        spans.push(waiver.when.as_ref().map_or(waiver.head.name.span, |when| when.span));
    }
    // A promise about nothing is another mistake.
    if !prover.never(record, &left) || prover.never(record, &[items]) {
        return None;
    }
    let core = prover.space(record).core(&left)?;
    Some(core.into_iter().filter_map(|place| spans.get(place.checked_sub(1)?).copied()).collect())
}
