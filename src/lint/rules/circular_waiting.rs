//! `circular-waiting`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::graph::{Steps, circles, lap};
use crate::lint::{Context, Rule, Stage};
use crate::model::record::Presence;
use crate::model::{Commitment, Field, Form, Id, Model, Predicate, PredicateKind, Record, Slot};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "circular-waiting",
    summary: "promises whose clocks wait for one another",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("circular_waiting.md"),
};

/// A promise as a step from one moment to another.
struct Wait<'m> {
    commitment: &'m Commitment,
    /// The moments without which its clock does not start, and where that is said. Without any it may be done at any time.
    from: Vec<(Id<Field>, Span)>,
    to: Id<Field>,
}

/// Each waits for a moment that the one before it brings about.
fn for_ever(context: &Context<'_>, record: &Record, way: &[(&Wait<'_>, Id<Field>)]) -> Option<Diagnostic> {
    let all: Vec<&str> = way.iter().map(|(wait, _)| wait.commitment.head.name.text.as_str()).collect();
    let said = |(wait, from): &(&Wait<'_>, Id<Field>)| {
        let (_, span) = *wait.from.iter().find(|(field, _)| field == from)?;
        let before = way.iter().find(|(other, _)| other.to == *from)?.0;
        let from = &record.fields[*from].name;
        let text = format!("waits for `{}`, with which `{}` is met", from.text, before.commitment.head.name);
        Some((context.mention(from, span), text))
    };
    let labels: Vec<_> = way.iter().map(said).collect::<Option<_>>()?;
    let ((place, text), rest) = labels.split_first()?;
    let message = format!("the clocks of {} wait for one another", names(&all, "and"));
    let out = Diagnostic::warning(RULE.name, message).at(*place, text.clone());
    let out = rest.iter().fold(out, |out, (place, text)| out.also(*place, text.clone()));
    Some(
        out.note(
            "None of them starts before another one is met. So none is ever late, and no report shows that nothing \
             happens.",
        )
        .help(
            "Let one of them count from a moment that comes before all of this, or say in a `lifecycle` which step \
             stamps it.",
        ),
    )
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    // What is open may be what fills a moment.
    if context.references.is_none() {
        return;
    }
    for (id, record) in model.records.iter() {
        let Some(waits) = waits(model, id) else { continue };
        let ids: Vec<Id<Field>> = record.fields.ids().collect();
        let at: BTreeMap<Id<Field>, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let mut steps: Steps = vec![BTreeSet::new(); ids.len()];
        for wait in &waits {
            for (from, _) in &wait.from {
                if let Some((from, to)) = at.get(from).zip(at.get(&wait.to)) {
                    steps[*from].insert(*to);
                }
            }
        }
        for circle in circles(&steps) {
            let fields: BTreeSet<Id<Field>> = circle.iter().map(|at| ids[*at]).collect();
            if fields.iter().any(|field| comes_from_elsewhere(model, id, *field, &waits, &fields)) {
                continue;
            }
            let Some(start) = circle.first() else { continue };
            let lap: Vec<Id<Field>> = lap(&steps, &circle, *start).into_iter().map(|at| ids[at]).collect();
            let next = lap.iter().skip(1).chain(lap.first());
            let way = lap.iter().zip(next).filter_map(|(from, to)| {
                let waits_for = |wait: &&Wait<'_>| wait.from.iter().any(|(field, _)| field == from);
                Some((waits.iter().filter(|wait| wait.to == *to).find(waits_for)?, *from))
            });
            out.extend(for_ever(context, record, &way.collect::<Vec<_>>()));
        }
    }
}

/// The promises of a record as steps between its moments; `None` while it is open what fills one of them.
fn waits(model: &Model, record: Id<Record>) -> Option<Vec<Wait<'_>>> {
    let mut out = Vec::new();
    for commitment in model.commitments.values().filter(|commitment| commitment.subject.is_some()) {
        if model.record_of(commitment.subject()?)? != record {
            continue;
        }
        let mut from = Vec::new();
        if let Form::Turnaround(turnaround) = &commitment.form {
            from.push((*turnaround.start.get()?, commitment.sentence));
            let needed = commitment.starts_when.as_ref().map(filled).unwrap_or_default();
            from.extend(needed);
        }
        for to in &commitment.met_at {
            out.push(Wait { commitment, from: from.clone(), to: *to.get()? });
        }
    }
    Some(out)
}

/// The fields that a condition demands to be filled.
fn filled(condition: &Predicate) -> Vec<(Id<Field>, Span)> {
    match &condition.kind {
        PredicateKind::And(all) => all.iter().flat_map(filled).collect(),
        PredicateKind::Set(field) => vec![(*field, condition.span)],
        _ => Vec::new(),
    }
}

/// Whether a moment of a circle is filled without it: it always is, says since when an item is one, is stamped by a step, or
/// shows that a promise from outside is met.
fn comes_from_elsewhere(
    model: &Model,
    record: Id<Record>,
    field: Id<Field>,
    waits: &[Wait<'_>],
    circle: &BTreeSet<Id<Field>>,
) -> bool {
    let is = |slot: &Slot<Id<Field>>| slot.get().is_none_or(|known| *known == field);
    let is_since = model.definitions.values().any(|definition| {
        let of = definition.record.get().is_none_or(|of| *of == record);
        of && definition.since.as_ref().is_some_and(is)
    });
    let is_stamped = model.lifecycles.values().any(|lifecycle| {
        let of = lifecycle.record.get().is_none_or(|of| *of == record);
        of && lifecycle.transitions.iter().any(|transition| transition.sets.iter().any(is))
    });
    let mut filled_by = waits.iter().filter(|wait| wait.to == field);
    let from_outside = filled_by.any(|wait| !wait.from.iter().any(|(from, _)| circle.contains(from)));
    model.records[record].fields[field].presence != Presence::Optional
        || is_since
        || is_stamped
        || from_outside
}
