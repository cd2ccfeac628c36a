//! `restarting-clock`.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::lint::graph::circles;
use crate::lint::stages::{lifecycles, steps};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::{StageId, Transition};
use crate::model::{Commitment, Duration, Field, Form, Id, Lifecycle, Model, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "restarting-clock",
    summary: "a clock that starts anew with every lap, where nothing limits the whole",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("restarting_clock.md"),
};

fn starts_anew(model: &Model, lifecycle: &Lifecycle, restart: &Restart<'_>) -> Option<Diagnostic> {
    let Restart { commitment, transition, start, times, limit } = restart;
    let (name, field) = (&commitment.head.name, &model.records[*lifecycle.record.get()?].fields[*start].name);
    let total = Duration { amount: limit.amount.checked_mul(Decimal::from(*times))?, unit: limit.unit };
    Some(
        Diagnostic::warning(
            RULE.name,
            format!("the clock of `{name}` may start {times} times for one item: {total}, and nobody is late"),
        )
        .at(transition.span, format!("sets `{field}` again, up to {times} times"))
        .also(commitment.sentence, format!("{limit} each time"))
        .witness(Witness {
            title: "an item that is passed on just before it is due".to_owned(),
            rows: vec![
                ("each time".to_owned(), format!("{limit}, met or never judged")),
                (format!("{times} times"), total.to_string()),
                ("late".to_owned(), "never".to_owned()),
            ],
        })
        .note("Whoever cannot keep the time passes the item on, and it counts as new. Whoever waits for an answer waits for the sum.")
        .help(format!(
            "Limit the whole as well: a second commitment from a moment that is set only once, or a field of its own for \
             the first `{field}`."
        )),
    )
}

/// A clock that a transition starts, which one record may make several times.
struct Restart<'m> {
    commitment: &'m Commitment,
    transition: &'m Transition,
    start: Id<Field>,
    times: u32,
    limit: Duration,
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for lifecycle in lifecycles(model) {
        let circles = circles(&steps(lifecycle, |_| true));
        let comes_back = |t: &&Transition| {
            let after = circles.iter().find(|circle| circle.contains(&t.to));
            after.is_some_and(|circle| lifecycle.sources(t).iter().any(|from| circle.contains(from)))
        };
        let repeated: Vec<&Transition> =
            lifecycle.transitions.iter().filter(|t| !t.sets.is_empty()).filter(comes_back).collect();
        let stamped: BTreeSet<Id<Field>> =
            repeated.iter().flat_map(|t| &t.sets).filter_map(|slot| slot.get().copied()).collect();
        if is_limited(model, lifecycle, &stamped) {
            continue;
        }
        for restart in repeated.iter().flat_map(|t| restarts(model, lifecycle, t)) {
            out.extend(starts_anew(model, lifecycle, &restart));
        }
    }
}

/// Whether some promise about such records counts from a moment that no lap changes, and is not over with the first lap.
fn is_limited(model: &Model, lifecycle: &Lifecycle, stamped: &BTreeSet<Id<Field>>) -> bool {
    let in_lap = |c: &Commitment| c.met_at.iter().filter_map(Slot::get).any(|field| stamped.contains(field));
    turnarounds(model, lifecycle)
        .any(|(c, start)| start.is_none_or(|start| !stamped.contains(&start) && !in_lap(c)))
}

/// The promises in time about the records of a lifecycle, each with the field that starts its clock.
fn turnarounds<'m>(
    model: &'m Model,
    lifecycle: &Lifecycle,
) -> impl Iterator<Item = (&'m Commitment, Option<Id<Field>>)> {
    let record = lifecycle.record.get().copied();
    model.commitments.values().filter_map(move |c| match &c.form {
        Form::Turnaround(turnaround) => {
            let of = c.subject().and_then(|subject| model.record_of(subject));
            (of.is_none() || of == record).then(|| (c, turnaround.start.get().copied()))
        }
        _ => None,
    })
}

/// How often one record may make a transition that lies on a circle: its own number, or once more than that of the one step
/// that leads back. Without either, the loop itself is the finding; with more such steps, nobody can tell.
fn times(lifecycle: &Lifecycle, transition: &Transition) -> Option<u32> {
    if let Some(times) = &transition.at_most {
        return times.get().copied();
    }
    let on = |circle: &BTreeSet<StageId>, step: &Transition| {
        circle.contains(&step.to) && lifecycle.sources(step).iter().any(|from| circle.contains(from))
    };
    let free = circles(&steps(lifecycle, |step| step.at_most.is_none()));
    if free.iter().any(|circle| on(circle, transition)) {
        return None;
    }
    let all = circles(&steps(lifecycle, |_| true));
    let circle = all.iter().find(|circle| on(circle, transition))?;
    let mut back = lifecycle.transitions.iter().filter(|step| step.at_most.is_some() && on(circle, step));
    let (back, None) = (back.next()?, back.next()) else { return None };
    back.at_most.as_ref()?.get()?.checked_add(1)
}

/// The clocks that a transition starts again, so many times that it is known how long that may take.
fn restarts<'m>(model: &'m Model, lifecycle: &Lifecycle, transition: &'m Transition) -> Vec<Restart<'m>> {
    let Some(times) = times(lifecycle, transition).filter(|times| *times > 1) else { return Vec::new() };
    let sets = |start: &Id<Field>| transition.fills(*start);
    let of_clock = |(commitment, start): (&'m Commitment, Option<Id<Field>>)| {
        let start = start.filter(sets)?;
        // Of several limits the last is the one for the rest.
        let limit = *commitment.tiers().last()?.limit.get()?;
        Some(Restart { commitment, transition, start, times, limit })
    };
    turnarounds(model, lifecycle).filter_map(of_clock).collect()
}
