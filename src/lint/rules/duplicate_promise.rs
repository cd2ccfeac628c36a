//! `duplicate-promise`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::promises::may_give_way;
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::Quota;
use crate::model::{ClockRule, Commitment, Form, Id, Predicate};

/// The rule.
pub static RULE: Rule = Rule {
    name: "duplicate-promise",
    summary: "one promise made twice, under two names",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("duplicate_promise.md"),
};

fn twice(first: &Commitment, second: &Commitment) -> Diagnostic {
    let (a, b) = (&first.head.name, &second.head.name);
    Diagnostic::warning(RULE.name, format!("`{b}` promises what `{a}` promises already"))
        .at(second.sentence, "again here")
        .also(first.sentence, "first here")
        .note("What is missed is counted twice, and whoever changes one of them forgets the other.")
        .help("Delete one of the two.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    // What could not be resolved may be what sets them apart.
    if context.references.is_none() {
        return;
    }
    let mut seen: Vec<(Id<Commitment>, &Commitment)> = Vec::new();
    for (id, commitment) in model.commitments.iter() {
        // What is still open may become another promise.
        if context.evaluator.gap(id).is_some() {
            continue;
        }
        let same = |(other, first): &&(Id<Commitment>, &Commitment)| {
            is_same(first, commitment) && !may_give_way(model, *other, id)
        };
        match seen.iter().find(same) {
            Some((_, first)) => out.push(twice(first, commitment)),
            None => seen.push((id, commitment)),
        }
    }
}

/// Whether two promises ask the same of the same role for the same items, and measure it in the same way.
fn is_same(a: &Commitment, b: &Commitment) -> bool {
    let same_act = || a.verb.to_lowercase() == b.verb.to_lowercase();
    let target = |c: &Commitment| c.target.as_ref().map(|target| (target.aim.clone(), target.per));
    let pauses = |c: &Commitment| -> Vec<_> {
        c.pauses.iter().map(|pause| (pause.of.clone(), pause.from.clone(), pause.to.clone())).collect()
    };
    let provided =
        |c: &Commitment| -> Vec<_> { c.provided.iter().map(|provided| provided.what.clone()).collect() };
    let shown =
        |c: &Commitment| -> BTreeSet<_> { c.met_at.iter().filter_map(|f| f.get().copied()).collect() };
    // What is shown by the same moments is the same work, whatever it is called.
    a.subject == b.subject
        && a.actor == b.actor
        && a.strength == b.strength
        && (!a.met_at.is_empty() || same_act())
        && shown(a) == shown(b)
        && a.met_when == b.met_when
        && a.starts_when == b.starts_when
        && a.excused_when == b.excused_when
        && a.counted_by == b.counted_by
        && is_same_clock(&a.clock, &b.clock)
        && target(a) == target(b)
        && pauses(a) == pauses(b)
        && provided(a) == provided(b)
        && is_same_form(a, b)
}

fn is_same_form(a: &Commitment, b: &Commitment) -> bool {
    let limits = |c: &'_ Commitment| -> Vec<(_, Option<Predicate>)> {
        c.tiers().iter().map(|tier| (tier.limit.clone(), tier.when.clone())).collect()
    };
    let timed = || a.counts_from() == b.counts_from() && limits(a) == limits(b);
    match (&a.form, &b.form) {
        (Form::Turnaround(_), Form::Turnaround(_))
        | (Form::LeadTime(_), Form::LeadTime(_))
        | (Form::NotBefore(_), Form::NotBefore(_)) => timed(),
        (Form::Attempts(one), Form::Attempts(other)) => {
            timed() && one.times == other.times && one.counting == other.counting
        }
        (Form::Quota(one), Form::Quota(other)) => is_same_quota(one, other),
        (Form::Share(one), Form::Share(other)) => one == other,
        (Form::Prohibition(one), Form::Prohibition(other)) => one == other,
        _ => false,
    }
}

fn is_same_quota(a: &Quota, b: &Quota) -> bool {
    let changes = |quota: &Quota| -> Vec<_> {
        quota.changes.iter().map(|change| (change.amount.clone(), change.from, change.to)).collect()
    };
    a.bound == b.bound && a.amount == b.amount && a.at == b.at && a.per == b.per && changes(a) == changes(b)
}

fn is_same_clock(a: &ClockRule, b: &ClockRule) -> bool {
    match (a, b) {
        (ClockRule::Table(one), ClockRule::Table(other)) => {
            let rows = one.iter().zip(other);
            one.len() == other.len()
                && rows.into_iter().all(|(a, b)| a.calendar == b.calendar && a.when == b.when)
        }
        _ => a == b,
    }
}
