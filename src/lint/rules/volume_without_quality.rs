//! `volume-without-quality`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::overlap::is_part_of;
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::QuotaAmount;
use crate::model::{Bound, Commitment, Definition, Form, Id, Model, Strength, Subject};

/// The rule.
pub static RULE: Rule = Rule {
    name: "volume-without-quality",
    summary: "a promised number of items, and nothing about how good they are",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("volume_without_quality.md"),
};

fn only_numbers(
    context: &Context<'_>,
    (quota, duty): (&Commitment, &Commitment),
    definition: &Definition,
    shown: &Shown,
) -> Diagnostic {
    let model = context.model;
    let name = &definition.head.name;
    let record = &model.records[shown.record].head.name;
    let cheapest = match shown.said(context).as_str() {
        "" => format!("Every {record} counts."),
        said => format!("{} with {said} counts, whatever else is in it.", capital(&a(record))),
    };
    let out = Diagnostic::warning(
        RULE.name,
        format!("`{}` asks for many `{name}`, and nothing asks for good ones", quota.head.name),
    )
    .at(quota.sentence, "a number")
    .also(definition.condition.span, "all that one must be to count")
    .also(duty.sentence, "and somebody else has to deal with each")
    .note(cheapest)
    .note("Whoever is measured by a number alone finds the cheapest way to it, and the other side gets the result.")
    .help(format!(
        "Add a share, such as `.. must accept at least 60% of {name} per month`, a goal with a funnel, \
         or `met when` with what makes one count."
    ));
    match shown.witness(context, format!("the least that counts as `{name}`")) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    // Who counts back from a goal says what becomes of the items.
    if model.goals.values().any(|goal| goal.funnel.is_some()) {
        return;
    }
    let judged = judged(model);
    let mut prover = Prover::new(context);
    for quota in model.commitments.values() {
        let Some(definition) = volume(quota) else { continue };
        let about = Subject::Definition(definition);
        let related = |other: Subject| is_part_of(model, about, other) || is_part_of(model, other, about);
        if judged.iter().any(|other| related(Subject::Definition(*other))) {
            continue;
        }
        // What nobody else has to deal with is nobody else's trouble.
        let mut duties = model.commitments.values().filter(|duty| {
            matches!(duty.form, Form::Turnaround(_) | Form::LeadTime(_) | Form::Attempts(_))
                && duty.actor != quota.actor
                && duty.subject().is_some_and(&related)
        });
        let Some(duty) = duties.next() else { continue };
        if let Some(shown) = cheapest(context, &mut prover, definition) {
            out.push(only_numbers(context, (quota, duty), &model.definitions[definition], &shown));
        }
    }
}

/// What a promise counts, if it is a number of items and says no more of them.
fn volume(commitment: &Commitment) -> Option<Id<Definition>> {
    let Form::Quota(quota) = &commitment.form else { return None };
    let Some(Subject::Definition(definition)) = commitment.subject() else { return None };
    let counts = quota.bound == Bound::AtLeast && matches!(quota.amount.get(), Some(QuotaAmount::Count(_)));
    (counts && commitment.strength == Strength::Must && commitment.met_when.is_none()).then_some(definition)
}

/// The definitions of which something else says how good their items are: a share of them.
fn judged(model: &Model) -> BTreeSet<Id<Definition>> {
    let mut out = BTreeSet::new();
    for commitment in model.commitments.values() {
        if let (Form::Share(_), Some(Subject::Definition(definition))) =
            (&commitment.form, commitment.subject())
        {
            out.insert(definition);
        }
    }
    out
}

/// The least that counts as one. `None`: there is no telling, or somebody moved it to a stage, and so judged it.
fn cheapest(context: &Context<'_>, prover: &mut Prover<'_>, definition: Id<Definition>) -> Option<Shown> {
    let model = context.model;
    let record = *model.definitions[definition].record.get()?;
    let formula = prover.space(record).definition(definition);
    let shown = prover.find(record, &[formula], |evaluator, item| evaluator.is(definition, item))?;
    let stages = model.lifecycles.values().filter(|l| l.record.get() == Some(&record));
    let mut stages = stages.filter_map(|l| l.field.get());
    let is_judged = stages.any(|stage| shown.example.fields.iter().any(|(field, _)| field == stage));
    (!is_judged).then_some(shown)
}
