//! `never-met`.

use super::exception_never_applies::items;
use super::overlapping_exits::Sorting;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::meetings::bound;
use crate::lint::prove::{Prover, a_word};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::lifecycle::Transition;
use crate::model::{Commitment, Field, Form, Id, Model, Name, Record, Subject};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "never-met",
    summary: "a promise about records that are no such records any more once it is kept",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("never_met.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for (id, promise) in context.model.commitments.iter() {
        let owed = promise.strength.is_duty()
            && matches!(promise.form, Form::Turnaround(_) | Form::LeadTime(_) | Form::Share(_));
        let Some((record, items)) = items(context, &mut prover, promise).filter(|_| owed) else { continue };
        let Some(bound) = bound(context.model, &mut prover, record, id) else { continue };
        let items = prover.space(record).all(bound.into_iter().chain([items]));
        let found = by_condition(context, &mut prover, promise, record, items)
            .or_else(|| by_steps(context, &mut prover, promise, record, items));
        out.extend(found);
    }
}

/// What shows that the promise was kept is true of none of its items.
fn by_condition(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    promise: &Commitment,
    record: Id<Record>,
    items: Formula,
) -> Option<Diagnostic> {
    let met = promise.met_when.as_ref()?;
    let kept = prover.space(record).condition(met);
    // Conditions that are impossible by themselves are other mistakes.
    let never = prover.never(record, &[items, kept])
        && !prover.never(record, &[items])
        && !prover.never(record, &[kept]);
    if !never {
        return None;
    }
    let subject = subject(context.model, promise)?;
    let one = a_word(&subject.name);
    let note = if matches!(promise.form, Form::Share(_)) {
        "At the end of every period 0% of them are counted, however much was done."
    } else {
        "The promise is about a record only while it is one. Once this is true, it is no longer: what is done drops out of \
         the numbers, and what is left in them is open or late."
    };
    Some(
        Diagnostic::error(RULE.name, format!("no `{}` can ever meet `{}`", subject.name, promise.head.name))
            .at(met.span, format!("true of no `{}`", subject.name))
            .also(subject.span, format!("what {one} is"))
            .note(note)
            .help(help(&subject)),
    )
}

/// The moment that shows it is filled only by steps to stages in which no record is one of the items.
fn by_steps(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    promise: &Commitment,
    record: Id<Record>,
    items: Formula,
) -> Option<Diagnostic> {
    let [met_at] = promise.met_at.as_slice() else { return None };
    let met_at = *met_at.get()?;
    let steps = steps_that_fill(context.model, record, met_at)?;
    let gone = !steps.is_empty()
        && !prover.never(record, &[items])
        && steps.iter().all(|(sorting, step)| {
            let there = sorting.is_in(prover, step.to);
            prover.never(record, &[items, there])
        });
    // A step that starts elsewhere is no way in which the work is done.
    let (sorting, step) = *steps.iter().filter(|_| gone).find(|(sorting, step)| {
        sorting.lifecycle.sources(step).into_iter().any(|from| {
            let there = sorting.is_in(prover, from);
            prover.may_hold(record, &[items, there])
        })
    })?;
    let subject = subject(context.model, promise)?;
    let field = &context.model.records[record].fields[met_at].name;
    let stage = &sorting.lifecycle.stages[step.to].text;
    let (one, record) = (a_word(&subject.name), &context.model.records[record].head.name);
    let name = &promise.head.name;
    Some(
        Diagnostic::warning(RULE.name, format!("once it meets `{name}`, a {record} is no `{}` any more", subject.name))
            .at(promise.sentence, format!("met at `{field}`"))
            .also(step.span, format!("fills `{field}`"))
            .also(subject.span, format!("what {one} is"))
            .note(format!(
                "A {record} that is `{stage}` is no `{}`, and the promise is about a record only while it is one: what is \
                 done drops out of the numbers, and what is left in them is open or late.",
                subject.name
            ))
            .help(help(&subject)),
    )
}

/// The steps that fill a moment; `None`: others that are not known may fill it.
fn steps_that_fill<'m>(
    model: &'m Model,
    record: Id<Record>,
    field: Id<Field>,
) -> Option<Vec<(Sorting<'m>, &'m Transition)>> {
    let mut out = Vec::new();
    for lifecycle in model.lifecycles.values() {
        let sorting = Sorting::of(lifecycle)?;
        if sorting.record == record {
            let steps = lifecycle.transitions.iter().filter(|step| step.fills(field));
            out.extend(steps.map(|step| (sorting, step)));
        }
    }
    Some(out)
}

/// The word that a promise is about.
struct Word {
    name: Name,
    /// The condition that makes it one.
    span: Span,
}

/// `None` for a promise about every record: nothing that is done makes one of those something else.
fn subject(model: &Model, promise: &Commitment) -> Option<Word> {
    match promise.subject()? {
        Subject::Definition(id) => {
            let definition = &model.definitions[id];
            Some(Word { name: definition.head.name.clone(), span: definition.condition.span })
        }
        Subject::Record(_) => None,
    }
}

fn help(subject: &Word) -> String {
    format!(
        "Say what {} is by what stays true of it, such as the moment at which it became one.",
        a_word(&subject.name)
    )
}
