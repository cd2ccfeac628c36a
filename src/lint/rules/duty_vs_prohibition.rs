//! `duty-vs-prohibition`.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{Evaluator, Item, Value, Verdict};
use crate::lint::meetings::bound;
use crate::lint::promises::{actor, may_give_way};
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::commitment::Prohibition;
use crate::model::{
    Commitment, Field, Form, Id, Model, Name, Predicate, PredicateKind, Record, Role, Slot, Strength, Subject,
};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duty-vs-prohibition",
    summary: "an item for which a role must do what it must not do",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("duty_vs_prohibition.md"),
};

/// What a role owes, or must not do.
#[derive(Clone, Copy)]
struct Norm<'m> {
    id: Id<Commitment>,
    commitment: &'m Commitment,
    record: Id<Record>,
    subject: Subject,
}

fn both(context: &Context<'_>, duty: Norm<'_>, ban: Norm<'_>, shown: &Shown) -> Diagnostic {
    let model = context.model;
    let (owed, banned) = (context.called(&duty.commitment.head), context.called(&ban.commitment.head));
    let record = &model.records[duty.record].head.name;
    let said = shown.said(context);
    let item = match said.as_str() {
        "" => format!("Every {record} of both"),
        said => format!("{} with {said}", capital(&a(record))),
    };
    let mut out = Diagnostic::error(RULE.name, format!("{owed} demands what {banned} forbids"))
        .at(duty.commitment.sentence, "must be done")
        .also(ban.commitment.sentence, "must not be done");
    if let Some(assumption) = context.assumption([duty.commitment, ban.commitment]) {
        // What rests on more than the text is no error.
        out.severity = Severity::Warning;
        out.notes.push(assumption);
    }
    let out = out
        .note(format!("{item} is under both: whoever keeps {owed} breaks {banned}."))
        .note("Nobody can keep both, so everybody chooses, and each side has a clause to point at.")
        .help(way_out(context, &model.subject_head(duty.subject).name));
    match shown.witness(context, format!("{} under both", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

fn way_out(context: &Context<'_>, items: &Name) -> String {
    // What is in one agreement has no priority over what is in the other one.
    let priority = if context.across.is_some() { "" } else { ", `priority over ..`" };
    format!("Write `excused when ..` in one of them{priority}, or leave such items out of `{items}`.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut bans: BTreeMap<(Id<Role>, Id<Record>), Vec<Norm<'_>>> = BTreeMap::new();
    let mut duties = Vec::new();
    for (id, commitment) in model.commitments.iter() {
        let (Some(role), Some(norm)) = (actor(model, commitment), norm(context, id)) else { continue };
        match &commitment.form {
            // What is forbidden only without something can be done with it.
            Form::Prohibition(Prohibition { without, .. }) if without.is_empty() => {
                bans.entry((role, norm.record)).or_default().push(norm);
            }
            Form::Turnaround(_) | Form::LeadTime(_) if commitment.strength == Strength::Must => {
                duties.push((role, norm));
            }
            _ => {}
        }
    }
    let mut prover = Prover::new(context);
    for (role, duty) in duties {
        for ban in bans.get(&(role, duty.record)).into_iter().flatten() {
            if context.compares(&duty.commitment.head, &ban.commitment.head)
                && !may_give_way(model, duty.id, ban.id)
                && let Some(shown) = clash(context, &mut prover, duty, *ban)
            {
                out.push(both(context, duty, *ban, &shown));
            }
        }
    }
}

fn norm<'m>(context: &Context<'m>, id: Id<Commitment>) -> Option<Norm<'m>> {
    let commitment = &context.model.commitments[id];
    let subject = commitment.subject()?;
    let record = context.model.record_of(subject)?;
    context.evaluator.gap(id).is_none().then_some(Norm { id, commitment, record, subject })
}

/// An item for which the duty can only be kept by what is forbidden.
fn clash(context: &Context<'_>, prover: &mut Prover<'_>, duty: Norm<'_>, ban: Norm<'_>) -> Option<Shown> {
    let Form::Prohibition(Prohibition { when: Some(when), .. }) = &ban.commitment.form else { return None };
    let evidence: BTreeSet<_> = duty.commitment.met_at.iter().filter_map(Slot::get).copied().collect();
    let free = changed_by_work(context.model, duty, &evidence);
    let (mut kept, mut brought_about) = (Vec::new(), Vec::new());
    for part in parts(when) {
        match touches(part, &free) {
            Touch::Nothing => kept.push(part),
            Touch::Only => brought_about.push(part),
            // What is both cannot be told apart.
            Touch::Both => return None,
        }
    }
    if !brought_about.iter().any(|part| part.fields().iter().any(|field| evidence.contains(field))) {
        return None;
    }
    let mut all = done(prover, duty, &evidence);
    let result: Vec<_> = brought_about.iter().map(|part| prover.space(duty.record).condition(part)).collect();
    let result = prover.space(duty.record).all(result);
    if is_so_before(prover, duty.record, &evidence, result) {
        return None;
    }
    all.extend(common(context.model, prover, (duty, ban), &kept)?);
    let shown = unexcused(prover, duty, ban, &evidence, &[all.as_slice(), &[result]].concat())?;
    // However it is done, it is what is forbidden.
    let otherwise = prover.space(duty.record).not(result);
    all.push(otherwise);
    prover.never(duty.record, &all).then_some(shown)
}

/// Whether what is forbidden is so in any case, before anything is done.
fn is_so_before(
    prover: &mut Prover<'_>,
    record: Id<Record>,
    evidence: &BTreeSet<Id<Field>>,
    result: Formula,
) -> bool {
    let space = prover.space(record);
    let mut before: Vec<Formula> = evidence.iter().map(|field| space.blank(*field)).collect();
    before.push(space.not(result));
    !prover.may_hold(record, &before) && prover.never(record, &before)
}

/// The fields that change while the duty is done: those that show it, and the stage.
fn changed_by_work(model: &Model, duty: Norm<'_>, evidence: &BTreeSet<Id<Field>>) -> BTreeSet<Id<Field>> {
    let shown = duty.commitment.met_when.iter().flat_map(Predicate::fields);
    let stages = model.lifecycles.values().filter(|l| l.record.get() == Some(&duty.record));
    let stages = stages.filter_map(|l| l.field.get().copied());
    evidence.iter().copied().chain(shown).chain(stages).collect()
}

/// Whether a condition is about the fields that change.
enum Touch {
    Nothing,
    Only,
    Both,
}

fn touches(part: &Predicate, free: &BTreeSet<Id<Field>>) -> Touch {
    let fields = part.fields();
    // What stands behind a name may be about anything.
    let plain = part.stands_on().is_empty();
    let changing = fields.iter().filter(|field| free.contains(field)).count();
    match changing {
        0 => Touch::Nothing,
        n if n == fields.len() && plain => Touch::Only,
        _ => Touch::Both,
    }
}

/// The conditions that a condition is made of by `and`.
fn parts(condition: &Predicate) -> Vec<&Predicate> {
    match &condition.kind {
        PredicateKind::And(all) => all.iter().flat_map(parts).collect(),
        _ => vec![condition],
    }
}

/// What shows that the duty was done.
fn done(prover: &mut Prover<'_>, duty: Norm<'_>, evidence: &BTreeSet<Id<Field>>) -> Vec<Formula> {
    let space = prover.space(duty.record);
    let filled: Vec<Formula> = evidence.iter().map(|field| space.filled(*field)).collect();
    vec![space.any(filled), space.condition_or_always(duty.commitment.met_when.as_ref())]
}

/// What else must hold of an item that is under both.
fn common(
    model: &Model,
    prover: &mut Prover<'_>,
    (duty, ban): (Norm<'_>, Norm<'_>),
    kept: &[&Predicate],
) -> Option<Vec<Formula>> {
    let mut all = bound(model, prover, duty.record, duty.id)?;
    all.extend(bound(model, prover, duty.record, ban.id)?);
    let space = prover.space(duty.record);
    all.extend(kept.iter().map(|part| space.condition(part)));
    let rows: Vec<Formula> =
        duty.commitment.tiers().iter().map(|tier| space.condition_or_always(tier.when.as_ref())).collect();
    all.push(space.any(rows));
    Some(all)
}

/// An item under both norms, as the evaluator finds, before and after the work is done. What is blank could be filled first,
/// so no field may have to be.
fn unexcused(
    prover: &mut Prover<'_>,
    duty: Norm<'_>,
    ban: Norm<'_>,
    evidence: &BTreeSet<Id<Field>>,
    all: &[Formula],
) -> Option<Shown> {
    let mut all = all.to_vec();
    loop {
        let shown = prover.find(duty.record, &all, |evaluator, item| {
            let before = evidence.iter().fold(item.clone(), |item, field| item.with(*field, Value::Blank));
            owes(evaluator, duty, &before)
                && evaluator.breaks(ban.id, &before) != Ok(Some(true))
                && evaluator.breaks(ban.id, item) == Ok(Some(true))
        })?;
        let Some(field) = shown.blank_fields().into_iter().next() else {
            let from = duty.commitment.counts_from().and_then(|from| from.get());
            let hidden: Vec<_> = evidence.iter().chain(from).copied().collect();
            return Some(shown.without(&hidden));
        };
        let filled = prover.space(duty.record).filled(field);
        all.push(filled);
    }
}

/// Whether an item is owed, and not done.
fn owes(evaluator: &Evaluator<'_>, duty: Norm<'_>, item: &Item) -> bool {
    let outcome = evaluator.outcome(duty.id, item).ok().flatten();
    let not = [Verdict::Excused, Verdict::NotStarted, Verdict::NotCovered];
    outcome.is_some_and(|outcome| outcome.done.is_none() && !not.contains(&outcome.verdict))
}
