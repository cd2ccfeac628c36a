//! `exclusive-duties`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::meetings::{Meetings, has};
use crate::lint::promises::{Timed, limits, may_give_way};
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::{Commitment, Form, Id, Predicate, Record, Slot, Strength};

/// The rule.
pub static RULE: Rule = Rule {
    name: "exclusive-duties",
    summary: "two promises about one item, of which only one can be met",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("exclusive_duties.md"),
};

/// A promise that is met only while a condition holds.
struct Duty<'a> {
    id: Id<Commitment>,
    commitment: &'a Commitment,
    met_when: &'a Predicate,
    limits: Vec<Timed<'a>>,
}

fn one_or_the_other(context: &Context<'_>, first: &Duty<'_>, second: &Duty<'_>, shown: &Shown) -> Diagnostic {
    let (one, other) = (&first.commitment.head.name, &second.commitment.head.name);
    let record = &context.model.records[shown.record].head.name;
    let must = [first, second].iter().all(|duty| duty.commitment.strength == Strength::Must);
    let severity = if must { Severity::Error } else { Severity::Warning };
    let item = match shown.said(context).as_str() {
        "" => format!("Every {record}"),
        said => format!("{} with {said}", capital(&a(record))),
    };
    let out = Diagnostic::new(RULE.name, severity, format!("`{one}` and `{other}` can never both be met"))
        .at(second.met_when.span, format!("`{other}` is met only while this holds"))
        .also(first.met_when.span, format!("`{one}` only while this does"))
        .note(format!(
            "{item} is under both and meets `{one}`. Once it meets `{other}`, it does not meet `{one}` any more."
        ))
        .help(format!(
            "Ask for what stays true, such as all stages that come after it, or write `priority over {one}` in \
             `{other}`, or the other way round."
        ));
    match shown.witness(context, format!("{} under both", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut meetings = Meetings::new(context);
    let mut known: BTreeMap<Id<Record>, Vec<Duty<'_>>> = BTreeMap::new();
    for (id, commitment) in context.model.commitments.iter() {
        let owed = commitment.strength.is_duty();
        let timed = matches!(commitment.form, Form::Turnaround(_) | Form::LeadTime(_));
        let record = commitment.subject().and_then(|subject| context.model.record_of(subject));
        let (true, Some(met_when), Some(record)) = (owed && timed, &commitment.met_when, record) else {
            continue;
        };
        if context.evaluator.gap(id).is_some() {
            continue;
        }
        let duty = Duty { id, commitment, met_when, limits: limits(context, id) };
        let others = known.entry(record).or_default();
        // With one of those before it is enough: the rest follows.
        let clash = others
            .iter()
            .find_map(|other| Some((other, clash(context, &mut meetings, record, other, &duty)?)));
        out.extend(clash.map(|(other, shown)| one_or_the_other(context, other, &duty, &shown)));
        others.push(duty);
    }
}

/// An item that is under both promises, and of which one is met, though both never are.
fn clash(
    context: &Context<'_>,
    meetings: &mut Meetings<'_>,
    record: Id<Record>,
    first: &Duty<'_>,
    second: &Duty<'_>,
) -> Option<Shown> {
    if may_give_way(context.model, first.id, second.id) {
        return None;
    }
    let one = done(&mut meetings.prover, record, first);
    let other = done(&mut meetings.prover, record, second);
    // Most can hold together at a glance: that is no question worth counting.
    if meetings.prover.may_hold(record, &[one, other]) {
        return None;
    }
    let pairs = first.limits.iter().flat_map(|x| second.limits.iter().map(move |y| (x, y)));
    for (x, y) in pairs {
        let (Some(items), Some(others)) = (meetings.items(record, x), meetings.items(record, y)) else {
            continue;
        };
        let prover = &mut meetings.prover;
        if prover.space(record).never_meet(&[items, others])
            || !prover.may_hold(record, &[items, others, other])
        {
            continue;
        }
        let shown = prover.find(record, &[items, others, one], |evaluator, item| {
            let holds = |when: &Predicate| evaluator.holds(when, &context.model.records[record], item);
            has(evaluator, x, item)
                && has(evaluator, y, item)
                && holds(first.met_when)
                && !holds(second.met_when)
        });
        if let Some(shown) = shown
            && prover.never(record, &[one, other])
        {
            let given =
                [first, second].map(|duty| duty.commitment.counts_from().and_then(|f| f.get().copied()));
            let moments = [first, second].into_iter().flat_map(|duty| &duty.commitment.met_at);
            let hidden = given.into_iter().flatten().chain(moments.filter_map(|f| f.get().copied()));
            return Some(shown.without(&hidden.collect::<Vec<_>>()));
        }
    }
    None
}

/// That a promise is met, whenever.
fn done(prover: &mut Prover<'_>, record: Id<Record>, duty: &Duty<'_>) -> Formula {
    let space = prover.space(record);
    let shown: Vec<Formula> =
        duty.commitment.met_at.iter().filter_map(Slot::get).map(|field| space.filled(*field)).collect();
    let (shown, holds) = (space.any(shown), space.condition(duty.met_when));
    space.all([shown, holds])
}
