//! `unowned-delay`.

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::{Context, Rule, Stage};
use crate::model::record::Presence;
use crate::model::{Commitment, Definition, Field, Form, Id, Model, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unowned-delay",
    summary: "a clock that starts with something that nobody has to do in time",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("unowned_delay.md"),
};

fn nobody_fills(context: &Context<'_>, commitment: &Commitment, delay: &Delay<'_>) -> Diagnostic {
    let Delay { definition, since, start } = delay;
    let (item, since, start) = (&definition.head.name, &since.name, &start.name);
    let name = &commitment.head.name;
    Diagnostic::warning(RULE.name, format!("nobody owes how long each `{item}` waits from `{since}` to `{start}`"))
        .at(context.mention(start, commitment.sentence), "the clock starts here, whenever that is")
        .also(context.mention(since, definition.head.span), format!("it is `{item}` from here on"))
        .witness(Witness {
            title: format!("one `{item}`, treated as agreed by everybody"),
            rows: vec![
                ("Monday".to_owned(), format!("`{since}`: it becomes `{item}`")),
                ("Friday".to_owned(), format!("`{start}`: the clock of `{name}` starts")),
                ("in between".to_owned(), "nobody is late".to_owned()),
            ],
        })
        .note(format!("While `{start}` is blank `{name}` is not started, and no report shows such an item as late."))
        .help(format!(
            "Count from `{since}`, or add a commitment to fill `{start}` in time: `.. within 1 business hour of {since}`, \
             `met at {start}`."
        ))
}

/// A time before a clock starts.
struct Delay<'m> {
    definition: &'m Definition,
    /// From when an item is one.
    since: &'m Field,
    /// What starts the clock.
    start: &'m Field,
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for commitment in model.commitments.values() {
        if let Some(delay) = delay(model, commitment) {
            out.push(nobody_fills(context, commitment, &delay));
        }
    }
}

/// The time between the moment an item becomes one and the start of its clock, if nobody owes it.
fn delay<'m>(model: &'m Model, commitment: &Commitment) -> Option<Delay<'m>> {
    let Form::Turnaround(turnaround) = &commitment.form else { return None };
    let Some(Subject::Definition(definition)) = commitment.subject() else { return None };
    let definition = &model.definitions[definition];
    let (record, start) = (*definition.record.get()?, *turnaround.start.get()?);
    let since = *definition.since.as_ref()?.get()?;
    let fields = &model.records[record].fields;
    // A moment that is always known, such as that of creation, is there from the first; moments are declared in the order
    // in which they happen; and what is an item only once it is done waits for nothing.
    let comes_later = fields[start].presence == Presence::Optional && start > since;
    let by_outcome = commitment.met_at.iter().any(|slot| slot.get() == Some(&since));
    if !comes_later || by_outcome || is_owed(model, record, start) {
        return None;
    }
    Some(Delay { definition, since: &fields[since], start: &fields[start] })
}

/// Whether a promise is met by filling a field, or it is stamped by a step that has a time limit.
fn is_owed(model: &Model, record: Id<crate::model::Record>, field: Id<Field>) -> bool {
    let of_record = |c: &&Commitment| {
        c.subject().is_none_or(|subject| model.record_of(subject).is_none_or(|of| of == record))
    };
    // What is still open may be this field.
    let fills = |c: &Commitment| c.met_at.iter().any(|slot| slot.get().is_none_or(|met| *met == field));
    let stamped = model.lifecycles.values().filter(|l| l.record.get() == Some(&record)).any(|lifecycle| {
        lifecycle.transitions.iter().any(|t| {
            let limited =
                |stage: usize| lifecycle.terms_of(stage).is_some_and(|terms| terms.at_most.is_some());
            t.fills(field) && (t.within.is_some() || lifecycle.sources(t).into_iter().all(limited))
        })
    });
    stamped || model.commitments.values().filter(of_record).any(fills)
}
