//! `promise-never-binds`.

use super::quotas_do_not_add_up::groups;
use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::amounts::{Amount, Amounts, Quarrel};
use crate::lint::{Context, Rule, Stage};
use crate::model::Model;

/// The rule.
pub static RULE: Rule = Rule {
    name: "promise-never-binds",
    summary: "a promise that counts only in periods in which another promise is broken",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("promise_never_binds.md"),
};

fn never_owed(
    model: &Model,
    provided: &Amount<'_>,
    promises: &[&Amount<'_>],
    quarrel: &Quarrel<'_, '_>,
) -> Diagnostic {
    let name = &provided.commitment.head.name;
    let kept: Vec<&str> = promises.iter().map(|p| p.commitment.head.name.text.as_str()).collect();
    let verb = if kept.len() == 1 { "is" } else { "are" };
    let kept = names(&kept, "and");
    let mut out = Diagnostic::warning(RULE.name, format!("`{name}` is never owed while {kept} {verb} kept"))
        .at(provided.span, format!("it counts only with {}", provided.words()));
    for promise in promises {
        let item = promise.name(model);
        out = out.also(promise.span, format!("`{item}`: {}", promise.words()));
    }
    out.note(format!(
        "In a {} in which {kept} {verb} kept, `{name}` does not count: nobody can ever break it.",
        quarrel.per
    ))
    .help("Agree on numbers that go together: what may come must be no less than what is promised.")
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let provisions: Vec<Amount<'_>> =
        model.commitments.values().flat_map(|commitment| Amount::provisions(model, commitment)).collect();
    if provisions.is_empty() {
        return;
    }
    // What is another amount in some periods leaves others in which the promise may bind.
    let promised = model.commitments.values().filter_map(|commitment| Amount::promised(model, commitment));
    let promised: Vec<Amount<'_>> = promised.filter(|amount| !amount.varies()).collect();
    let groups = groups(&promised);
    let mut compared = Amounts::new(context);
    for provided in &provisions {
        let Some(group) = groups.iter().find(|group| group[0].is_beside(provided)) else { continue };
        let owed = group.iter().copied().filter(|amount| amount.is_owed());
        let all: Vec<&Amount<'_>> = owed.chain([provided]).collect();
        // Promises that cannot be kept among themselves are another mistake.
        let Some(quarrel) = compared.quarrel(&all) else { continue };
        let promises: Vec<&Amount<'_>> =
            quarrel.amounts.iter().copied().filter(|amount| !std::ptr::eq(*amount, provided)).collect();
        if promises.len() < quarrel.amounts.len() {
            out.push(never_owed(model, provided, &promises, &quarrel));
        }
    }
}
