//! `several-owners`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Form, Model, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "several-owners",
    summary: "one action on one item that several roles owe",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("several_owners.md"),
};

fn everybody(model: &Model, owed: &[&Commitment]) -> Option<Diagnostic> {
    let (first, rest) = owed.split_first()?;
    let role = |c: &Commitment| c.actor.get().map(|role| model.roles[*role].head.name.text.as_str());
    let roles: Vec<&str> = owed.iter().filter_map(|c| role(c)).collect();
    let item = &model.subject_head(first.subject()?).name;
    let mut out = Diagnostic::warning(
        RULE.name,
        format!("{} owe the same: to {} each `{item}`", names(&roles, "and"), first.verb),
    )
    .at(first.sentence, format!("`{}` owes it", role(first)?));
    for other in rest.iter().take(MOST_SHOWN) {
        out = out.also(other.sentence, format!("and so does `{}`", role(other)?));
    }
    Some(
        out.note(
            "What everybody owes is left to the others. If one of them does it, it counts for all; if nobody does, all are \
             blamed.",
        )
        .help(
            "Let one role owe it, or say which items are whose, such as `each enterprise_mql`. If one of the two is to \
             give way, say `priority over`.",
        ),
    )
}

/// So many promises are shown besides the first.
const MOST_SHOWN: usize = 7;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    // By what is done to what, what shows it, and by when: of different times another rule speaks.
    let mut owed: BTreeMap<_, Vec<&Commitment>> = BTreeMap::new();
    for commitment in model.commitments.values().filter(|c| is_for_every_item(c)) {
        let Some(subject) = commitment.subject() else { continue };
        let mut met_at: Vec<_> = commitment.met_at.iter().filter_map(|field| field.get().copied()).collect();
        met_at.sort_unstable();
        let item = model.subject_head(subject).name.span;
        let from = commitment.counts_from().and_then(|field| field.get());
        let limits = commitment.tiers().iter().map(|tier| tier.limit.get().map(ToString::to_string));
        let limits: Vec<Option<String>> = limits.collect();
        let hours = model.clock(commitment).calendar();
        let how = (commitment.verb.to_lowercase(), met_at);
        owed.entry((item, how, from, limits, hours)).or_default().push(commitment);
    }
    for group in owed.values() {
        let mut one_each: Vec<&Commitment> = Vec::new();
        for commitment in group {
            if !one_each.iter().any(|c| c.actor == commitment.actor) {
                one_each.push(commitment);
            }
        }
        if one_each.len() > 1 {
            out.extend(everybody(model, &one_each));
        }
    }
}

/// Whether a promise is about every item, whoever has it, and gives way to none.
fn is_for_every_item(commitment: &Commitment) -> bool {
    let Form::Turnaround(turnaround) = &commitment.form else { return false };
    commitment.actor.is_set()
        // Without what shows that it is done nobody can tell whether it is the same.
        && !commitment.met_at.is_empty()
        && commitment.met_at.iter().all(Slot::is_set)
        && commitment.strength.is_duty()
        && turnaround.tiers.iter().any(|tier| tier.when.is_none())
        && commitment.met_when.is_none()
        && commitment.starts_when.is_none()
        && commitment.excused_when.is_none()
        && commitment.priority_over.is_empty()
}
