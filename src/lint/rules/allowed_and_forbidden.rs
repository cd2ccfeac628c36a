//! `allowed-and-forbidden`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::Verdict;
use crate::lint::meetings::bound;
use crate::lint::promises::may_give_way;
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::commitment::{Permission, Prohibition};
use crate::model::{Commitment, Form, Id, Record, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "allowed-and-forbidden",
    summary: "an act that one clause allows and another one forbids, for the same item",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("allowed_and_forbidden.md"),
};

fn both(context: &Context<'_>, allowed: &Commitment, banned: &Commitment, shown: &Shown) -> Diagnostic {
    let (may, not) = (&allowed.head.name, &banned.head.name);
    let record = &context.model.records[shown.record].head.name;
    let said = shown.said(context);
    let item = match said.as_str() {
        "" => format!("Every {record} of both"),
        said => format!("{} with {said}", capital(&a(record))),
    };
    let out = Diagnostic::warning(RULE.name, format!("`{may}` allows what `{not}` forbids"))
        .at(allowed.sentence, "may be done")
        .also(banned.sentence, "must not be done")
        .note(format!("{item} is allowed by `{may}` and breaks `{not}`."))
        .note("Each side has a clause to point at.")
        .help(format!("Leave such items out of one of the two, or write `priority over {not}` in `{may}`."));
    match shown.witness(context, format!("{} under both", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut prover = Prover::new(context);
    for (allowed, may) in model.commitments.iter() {
        let Form::Permission(permission) = &may.form else { continue };
        for (banned, not) in model.commitments.iter() {
            let Form::Prohibition(ban) = &not.form else { continue };
            // What is forbidden only without something can be done with it: that is a condition of what is allowed.
            if !ban.without.is_empty() {
                continue;
            }
            // The same act of the same people.
            let same = may.actor.get().is_some() && may.actor == not.actor && may.verb == not.verb;
            if same
                && !may_give_way(model, allowed, banned)
                && let Some(shown) = item(context, &mut prover, (allowed, permission), (banned, ban))
            {
                out.push(both(context, may, not, &shown));
            }
        }
    }
}

/// An item that shows that the act was done as it is allowed, and that breaks the ban.
fn item(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    (allowed, permission): (Id<Commitment>, &Permission),
    (banned, ban): (Id<Commitment>, &Prohibition),
) -> Option<Shown> {
    let model = context.model;
    let (may, not) = (&model.commitments[allowed], &model.commitments[banned]);
    let record = model.record_of(may.subject()?)?;
    let gap = context.evaluator.gap(allowed).or_else(|| context.evaluator.gap(banned));
    if model.record_of(not.subject()?) != Some(record) || gap.is_some() {
        return None;
    }
    let mut all = done_as_allowed(prover, record, may, permission)?;
    all.extend(bound(model, prover, record, banned)?);
    all.push(prover.space(record).condition_or_always(ban.when.as_ref()));
    let shown = prover.find(record, &all, |evaluator, item| {
        // When it was done is made up.
        let done = evaluator.outcome(allowed, item).ok().flatten();
        let done = done.is_some_and(|done| ![Verdict::NotCovered, Verdict::Open].contains(&done.verdict));
        done && evaluator.breaks(banned, item) == Ok(Some(true))
    })?;
    let hidden: Vec<_> = may.met_at.iter().chain(may.counts_from()).filter_map(Slot::get).copied().collect();
    Some(shown.without(&hidden))
}

fn done_as_allowed(
    prover: &mut Prover<'_>,
    record: Id<Record>,
    may: &Commitment,
    permission: &Permission,
) -> Option<Vec<Formula>> {
    let subject = may.subject()?;
    let space = prover.space(record);
    let mut all = vec![
        space.subject(subject),
        space.condition_or_always(permission.when.as_ref()),
        space.condition_or_always(may.met_when.as_ref()),
    ];
    for field in permission.with.iter().chain(may.counts_from()) {
        all.push(space.filled(*field.get()?));
    }
    let shown: Vec<Formula> =
        may.met_at.iter().filter_map(Slot::get).map(|field| space.filled(*field)).collect();
    if !shown.is_empty() {
        all.push(space.any(shown));
    }
    Some(all)
}
