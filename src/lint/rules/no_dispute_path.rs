//! `no-dispute-path`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage, Wholeness};
use crate::model::commitment::QuotaAmount;
use crate::model::{Commitment, Form, Id, Model, Party, Role, Slot};
use crate::source::Span;

/// The rule.
pub static RULE: Rule = Rule {
    name: "no-dispute-path",
    summary: "one party judges what the other delivers, and nobody decides between them",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("no_dispute_path.md"),
};

fn nobody_decides(model: &Model, judged: &Judged<'_>) -> Diagnostic {
    let head = &model.agreement.head;
    let name = |party: Id<Party>| &model.parties[party].head.name;
    let (judge, other) = (name(judged.by), name(judged.of));
    Diagnostic::warning(
        RULE.name,
        format!("`{judge}` judges what `{other}` delivers, and nobody decides when they disagree"),
    )
    .at(head.name.span, "no `settled by`, and no `dispute`")
    .also(judged.verdict, format!("`{judge}` judges"))
    .also(judged.delivery.sentence, format!("`{other}` delivers"))
    .note(
        "One side says the items are bad, the other that they were not worked. Without a referee both are right, and \
         both stop counting.",
    )
    .help("Add to the agreement who decides and by when, such as `settled by revops within 3 business days`.")
}

/// Something that one party delivers and another accepts or refuses.
struct Judged<'m> {
    by: Id<Party>,
    of: Id<Party>,
    verdict: Span,
    delivery: &'m Commitment,
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let decided = model.agreement.settlement.is_some() || !model.disputes.is_empty();
    if !decided && context.whole == Wholeness::Whole {
        out.extend(judged(model).map(|judged| nobody_decides(model, &judged)));
    }
}

/// The first case of a party that delivers so many items, and another that says which of them are good.
fn judged(model: &Model) -> Option<Judged<'_>> {
    let mut deliveries = model.commitments.values().filter(|c| {
        matches!(&c.form, Form::Quota(quota) if matches!(quota.amount.get(), Some(QuotaAmount::Count(_))))
    });
    deliveries.find_map(|delivery| first_verdict(model, delivery))
}

fn first_verdict<'m>(model: &'m Model, delivery: &'m Commitment) -> Option<Judged<'m>> {
    let of = party(model, &delivery.actor)?;
    let subject = delivery.subject()?;
    let record = model.record_of(subject)?;
    let found = |role: &Slot<Id<Role>>, verdict: Span| {
        let by = party(model, role).filter(|by| *by != of)?;
        Some(Judged { by, of, verdict, delivery })
    };
    let by_share = model.commitments.values().find_map(|c| match &c.form {
        Form::Share(_) | Form::Permission(_) if c.subject() == Some(subject) => found(&c.actor, c.sentence),
        _ => None,
    });
    let refusals = model
        .lifecycles
        .values()
        .filter(|l| l.record.get() == Some(&record))
        .flat_map(|l| &l.transitions)
        .filter(|t| t.reasons.is_some());
    by_share.or_else(|| refusals.flat_map(|t| t.by.iter().filter_map(|r| found(r, t.span))).next())
}

fn party(model: &Model, role: &Slot<Id<Role>>) -> Option<Id<Party>> {
    model.roles[*role.get()?].party.as_ref()?.get().copied()
}
