//! `exception-never-applies`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::Prover;
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::{Commitment, Id, Predicate, Record};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "exception-never-applies",
    summary: "an excuse for items that the promise is not about",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("exception_never_applies.md"),
};

fn for_nothing(context: &Context<'_>, record: Id<Record>, promise: &Commitment, when: Span) -> Diagnostic {
    let name = &promise.head.name;
    let items = promise.subject().map(|s| context.model.subject_head(s).name.to_string());
    let items = items.unwrap_or_else(|| context.model.records[record].head.name.to_string());
    Diagnostic::warning(RULE.name, format!("nothing of `{name}` is ever excused by this"))
        .at(when, format!("no `{items}` is like this"))
        .also(promise.sentence, "the promise")
        .note("Somebody counts on being excused, and is not.")
        .help("Widen the condition, excuse another promise, or delete it.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut prover = Prover::new(context);
    for promise in model.commitments.values() {
        if let Some(excused) = &promise.excused_when {
            out.extend(excuse(context, &mut prover, promise, excused));
        }
    }
    for waiver in model.waivers.values() {
        let Some(when) = &waiver.when else { continue };
        for promise in waiver.excuses.iter().filter_map(|slot| slot.get()) {
            out.extend(excuse(context, &mut prover, &model.commitments[*promise], when));
        }
    }
}

fn excuse(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    promise: &Commitment,
    when: &Predicate,
) -> Option<Diagnostic> {
    let (record, items) = items(context, prover, promise)?;
    let excused = prover.space(record).condition(when);
    // A promise about nothing is another mistake.
    let never = prover.never(record, &[items, excused]) && !prover.never(record, &[items]);
    never.then(|| for_nothing(context, record, promise, when.span))
}

/// The items that a promise has something to say about.
pub(super) fn items(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    promise: &Commitment,
) -> Option<(Id<Record>, Formula)> {
    let subject = promise.subject()?;
    let record = context.model.record_of(subject)?;
    let space = prover.space(record);
    let mut all = vec![space.subject(subject)];
    if !promise.tiers().is_empty() {
        let rows: Vec<Formula> =
            promise.tiers().iter().map(|tier| space.condition_or_always(tier.when.as_ref())).collect();
        all.push(space.any(rows));
    }
    if let Some(from) = promise.counts_from().and_then(|from| from.get()) {
        all.push(space.filled(*from));
    }
    Some((record, space.all(all)))
}
