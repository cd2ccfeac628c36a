//! `impossible-trigger`.

use std::collections::BTreeMap;

use super::exception_never_applies::items;
use super::overlapping_exits::Sorting;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::Prover;
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::contingency::{MissedBy, Pattern, PatternKind};
use crate::model::lifecycle::Transition;
use crate::model::score::RowKind;
use crate::model::{Commitment, Date, Form, Id, Lifecycle, Period, Predicate, Record, Slot};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "impossible-trigger",
    summary: "a condition that sets something off, and can never hold",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("impossible_trigger.md"),
};

fn never_starts(promise: &Commitment, when: Span, items: &str) -> Diagnostic {
    let name = &promise.head.name;
    Diagnostic::error(RULE.name, format!("the clock of `{name}` never starts"))
        .at(when, format!("no `{items}` is ever like this"))
        .also(promise.sentence, "so nothing is ever owed here")
        .note("It reads like a promise, and nobody can ever break it.")
        .help("Look for a wrong value, or for `and` where `or` was meant.")
}

fn never_applies(promise: &Commitment, limit: Span, items: &str, takers: &[Span]) -> Diagnostic {
    let name = &promise.head.name;
    let out = Diagnostic::error(RULE.name, format!("a limit of `{name}` is for nothing"));
    if takers.is_empty() {
        return out
            .at(limit, format!("no `{items}` is ever like this"))
            .note("Whoever reads it counts on a time that no item has.")
            .help("Look for a wrong value, or delete the limit.");
    }
    let text = if takers.len() == 1 { "takes every one of them" } else { "takes some of them" };
    let out = takers.iter().fold(out.at(limit, "never reached"), |out, taker| out.also(*taker, text));
    out.note("The first limit whose condition holds applies, and those above leave nothing for this one.")
        .help("Move the limit up, narrow one above, or delete it.")
}

fn no_points(score: &str, row: Span, record: &str) -> Diagnostic {
    Diagnostic::error(RULE.name, format!("a row of `{score}` never gives its points"))
        .at(row, format!("no {record} is ever like this"))
        .note("Everybody believes that these points can be had.")
        .help("Look for a wrong value, or for `and` where `or` was meant.")
}

fn no_step(lifecycle: &Lifecycle, transition: &Transition, when: Span, record: &str) -> Diagnostic {
    let to = &lifecycle.stages[transition.to].text;
    Diagnostic::error(RULE.name, format!("a step to `{to}` can never be made"))
        .at(when, format!("no {record} is ever like this"))
        .also(transition.span, "the step")
        .note("Records that should go this way stay where they are.")
        .help("Look for a wrong value, or for `and` where `or` was meant.")
}

fn never_shows(
    promise: &Commitment,
    pattern: &Pattern,
    (times, period): (u32, Period),
    most: usize,
) -> Diagnostic {
    let name = &promise.head.name;
    let often = |n: usize| if n == 1 { "once".to_owned() } else { format!("{n} times") };
    let due = if matches!(promise.form, Form::Recurring(_)) { "due" } else { "judged" };
    let most = if most == 0 { "never".to_owned() } else { format!("at most {}", often(most)) };
    let message = format!("`{name}` cannot be missed {} in a {period}", often(times as usize));
    Diagnostic::error(RULE.name, message)
        .at(pattern.span, format!("it is {due} {most} in a {period}"))
        .also(promise.sentence, format!("how often it is {due}"))
        .note("What should follow is never set off, however badly the promise is kept.")
        .help("Look at a longer time, such as a quarter or a year, or ask for fewer misses.")
}

fn has_no_owner(promise: &Commitment, pattern: &Pattern) -> Diagnostic {
    let name = &promise.head.name;
    Diagnostic::error(RULE.name, format!("`{name}` is never missed by an owner"))
        .at(pattern.span, "`by the same owner`")
        .also(promise.sentence, "this is no promise about single records")
        .note("Owners are those of records that are late. What should follow is never set off.")
        .help("Delete `by the same owner`.")
}

/// Patterns of promises that are judged once in a while, and not for each item.
fn patterns(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for pattern in context.model.contingencies.values().flat_map(|contingency| &contingency.patterns) {
        let (Some(id), PatternKind::Missed { times: Slot::Set(times), period, by }) =
            (pattern.commitment.get().copied(), &pattern.kind)
        else {
            continue;
        };
        let promise = &context.model.commitments[id];
        let Some(ends) = judged_on(context, id, *period) else { continue };
        if *by == MissedBy::SameOwner {
            out.push(has_no_owner(promise, pattern));
            continue;
        }
        let periods = context.evaluator.periods(*period);
        let mut counts = BTreeMap::new();
        for around in ends.into_iter().filter_map(|end| periods.containing(end).ok()) {
            *counts.entry(around).or_insert(0_usize) += 1;
        }
        let most = counts.into_values().max().unwrap_or(0);
        context.questions.borrow_mut().compared();
        if most < *times as usize {
            out.push(never_shows(promise, pattern, (*times, *period), most));
        }
    }
}

/// The days of the term on which it shows whether a promise was kept. `None`: that is asked of each item.
fn judged_on(context: &Context<'_>, id: Id<Commitment>, within: Period) -> Option<Vec<Date>> {
    let (first, last) = context.lines.days();
    let effective = context.model.agreement.effective.as_ref();
    // Without an end, a whole period at least.
    let last = match effective.and_then(|effective| effective.to.as_ref()?.get()) {
        Some(_) => last,
        None => {
            let around = context.evaluator.periods(within);
            around.containing(last).and_then(|period| around.next(&period)).ok()?.last
        }
    };
    let per = match &context.model.commitments[id].form {
        Form::Quota(quota) => quota.per,
        Form::Share(share) => share.per,
        Form::Level(level) => level.per,
        Form::Recurring(_) => {
            let due = context.evaluator.due_from(id, first).ok()?.take_while(|due| due.day <= last);
            return Some(due.map(|due| due.day).collect());
        }
        _ => return None,
    };
    let periods = context.evaluator.periods(per).between(first, last).ok()?;
    Some(periods.into_iter().map(|period| period.last).collect())
}

/// The condition of a step is asked of the record as it is after the step.
fn asks_for_other_stage(
    context: &Context<'_>,
    lifecycle: &Lifecycle,
    transition: &Transition,
    when: Span,
) -> Diagnostic {
    let to = &lifecycle.stages[transition.to].text;
    let field = match (lifecycle.record.get(), lifecycle.field.get()) {
        (Some(record), Some(field)) => &context.model.records[*record].fields[*field].name.text,
        _ => "stage",
    };
    Diagnostic::error(RULE.name, format!("a step to `{to}` can never be made"))
        .at(when, format!("never true of what is `{to}`"))
        .also(transition.span, "the step")
        .note(format!(
            "The condition of a step is asked of the record as the step leaves it: its `{field}` is `{to}` by then."
        ))
        .help("Leave the stage out of the condition: the step says already where it comes from.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    patterns(context, out);
    let mut prover = Prover::new(context);
    for promise in model.commitments.values() {
        limits(context, &mut prover, promise, out);
    }
    for score in model.scores.values() {
        let Some(record) = score.record.get() else { continue };
        for row in &score.rows {
            if let RowKind::When { when, .. } = &row.kind
                && is_for_nothing(&mut prover, *record, when, Formula::TRUE)
            {
                out.push(no_points(&score.head.name.text, when.span, &model.records[*record].head.name.text));
            }
        }
    }
    for lifecycle in model.lifecycles.values() {
        let Some(record) = lifecycle.record.get() else { continue };
        for transition in &lifecycle.transitions {
            let Some(when) = &transition.when else { continue };
            let space = prover.space(*record);
            let filled: Vec<Formula> =
                transition.requires.iter().filter_map(|f| f.get()).map(|f| space.filled(*f)).collect();
            let filled = space.all(filled);
            let sorting = Sorting::of(lifecycle);
            let there = sorting.map_or(Formula::TRUE, |sorting| sorting.is_in(&mut prover, transition.to));
            let made = prover.space(*record).all(vec![filled, there]);
            if is_for_nothing(&mut prover, *record, when, filled) {
                out.push(no_step(lifecycle, transition, when.span, &model.records[*record].head.name.text));
            } else if is_for_nothing(&mut prover, *record, when, made) {
                out.push(asks_for_other_stage(context, lifecycle, transition, when.span));
            }
        }
    }
}

/// Whether a condition never holds of some items, though there are such items, and the definitions in it are possible.
fn is_for_nothing(prover: &mut Prover<'_>, record: Id<Record>, when: &Predicate, of: Formula) -> bool {
    let formula = prover.space(record).condition(when);
    prover.never(record, &[of, formula])
        && !prover.never(record, &[of])
        && when.definitions().into_iter().all(|definition| {
            let one = prover.space(record).definition(definition);
            !prover.never(record, &[one])
        })
}

fn limits(context: &Context<'_>, prover: &mut Prover<'_>, promise: &Commitment, out: &mut Vec<Diagnostic>) {
    let (Some(subject), Some((record, all))) = (promise.subject(), items(context, prover, promise)) else {
        return;
    };
    let name = &context.model.subject_head(subject).name.text;
    if let Some(when) = &promise.starts_when
        && is_for_nothing(prover, record, when, all)
    {
        out.push(never_starts(promise, when.span, name));
    }
    let about = prover.space(record).subject(subject);
    // What no limit above takes.
    let mut left = vec![about];
    for (place, tier) in promise.tiers().iter().enumerate() {
        let when = prover.space(record).condition_or_always(tier.when.as_ref());
        let never = tier.when.as_ref().is_some_and(|when| is_for_nothing(prover, record, when, about));
        let here = [left.as_slice(), &[when]].concat();
        if never {
            out.push(never_applies(promise, tier.span, name, &[]));
        } else if place > 0 && prover.never(record, &here) && !prover.never(record, &[about, when]) {
            let core = prover.conflict(record, &here);
            // The first is the subject, the last the limit itself.
            let takers =
                core.into_iter().filter_map(|part| promise.tiers()[..place].get(part.checked_sub(1)?));
            let takers: Vec<Span> = takers.map(|taker| taker.span).collect();
            if !takers.is_empty() {
                out.push(never_applies(promise, tier.span, name, &takers));
            }
        }
        let not = prover.space(record).not(when);
        left.push(not);
    }
}
