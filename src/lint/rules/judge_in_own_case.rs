//! `judge-in-own-case`.

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::{Context, Rule, Stage};
use crate::model::{Commitment, Id, Model, Name, Role, Slot};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "judge-in-own-case",
    summary: "whoever owes a promise decides whether it was broken, or excuses it",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("judge_in_own_case.md"),
};

/// What somebody says about promises of their own.
#[derive(Clone, Copy)]
enum Says {
    Decides,
    Excuses,
}

fn own_case(
    model: &Model,
    block: &Name,
    role: Id<Role>,
    says: Says,
    place: Span,
    own: &[&Commitment],
) -> Diagnostic {
    let who = &model.roles[role].head.name;
    let promises: Vec<&str> = own.iter().map(|promise| promise.head.name.text.as_str()).collect();
    let promises = names(&promises, "and");
    let (message, label) = match says {
        Says::Decides => (format!("`{who}` decides whether `{who}` has kept {promises}"), "the judge"),
        Says::Excuses => (format!("`{who}` excuses itself from {promises}"), "the one who agrees to it"),
    };
    let mut out = Diagnostic::warning(RULE.name, message).at(place, label);
    for promise in own.iter().take(MOST_SHOWN) {
        out = out.also(promise.sentence, "and the one who owes it");
    }
    out.note(format!("Nobody on the other side will accept what comes out of `{block}`."))
        .help("Name somebody who owes none of it.")
}

/// So many promises are shown.
const MOST_SHOWN: usize = 4;

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for dispute in model.disputes.values() {
        let Some(decided) = &dispute.decided else { continue };
        let Some(role) = decided.by.get().copied() else { continue };
        let own = owed_by(model, role, &dispute.about);
        if !own.is_empty() {
            let place = context.mention(&model.roles[role].head.name, decided.span);
            out.push(own_case(model, &dispute.head.name, role, Says::Decides, place, &own));
        }
    }
    for waiver in model.waivers.values() {
        let Some(role) = waiver.approved_by.as_ref().and_then(Slot::get).copied() else { continue };
        let own = owed_by(model, role, &waiver.excuses);
        if !own.is_empty() {
            let place = context.mention(&model.roles[role].head.name, waiver.head.span);
            out.push(own_case(model, &waiver.head.name, role, Says::Excuses, place, &own));
        }
    }
}

/// Those of some promises that a role owes.
fn owed_by<'m>(model: &'m Model, role: Id<Role>, promises: &[Slot<Id<Commitment>>]) -> Vec<&'m Commitment> {
    let each = promises.iter().filter_map(|slot| slot.get()).map(|id| &model.commitments[*id]);
    each.filter(|promise| promise.actor.get() == Some(&role)).collect()
}
