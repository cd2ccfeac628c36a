//! `subset-not-declared`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::overlap::is_part_of;
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::{StageId, Transition};
use crate::model::predicate::Concept;
use crate::model::{
    Completeness, Definition, Field, Id, Lifecycle, Model, Predicate, PredicateKind, Record, Subject,
};

/// The rule.
pub static RULE: Rule = Rule {
    name: "subset-not-declared",
    summary: "a later stage whose definition does not ask for that of the earlier one",
    severity: Severity::Info,
    stage: Stage::Checking(check),
    page: include_str!("subset_not_declared.md"),
};

fn may_skip(
    context: &Context<'_>,
    (earlier, later): (&Definition, &Definition),
    step: &Transition,
    shown: &Shown,
) -> Diagnostic {
    let record = &context.model.records[shown.record].head.name;
    let (one, other) = (&earlier.head.name, &later.head.name);
    let item = match shown.said(context).as_str() {
        "" => format!("No `{other}` need be `{one}`."),
        said => format!("{} with {said} is `{other}` and not `{one}`.", capital(&a(record))),
    };
    let out = Diagnostic::new(
        RULE.name,
        Severity::Info,
        format!("{} can be `{other}` without being `{one}`", a(record)),
    )
    .at(later.condition.span, format!("does not ask for `{one}`"))
    .also(earlier.condition.span, format!("asks for more than `{other}` does"))
    .also(step.span, format!("`{other}` comes after `{one}` here"))
    .note(item)
    .note("Rates from stage to stage are then not of the same items.")
    .help(format!("If every `{other}` is meant to be one, write `means {record} where {one} and ..`."));
    match shown.witness(context, format!("`{other}`, and not `{one}`")) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut prover = Prover::new(context);
    let mut seen = BTreeSet::new();
    for lifecycle in model.lifecycles.values().filter(|l| l.completeness == Completeness::Whole) {
        let (Some(record), Some(field)) = (lifecycle.record.get(), lifecycle.field.get()) else { continue };
        let words: Vec<Option<Id<Definition>>> =
            (0..lifecycle.stages.len()).map(|stage| word(model, *record, lifecycle, stage)).collect();
        for step in &lifecycle.transitions {
            for from in lifecycle.sources(step).into_iter().filter(|from| *from < step.to) {
                let (Some(earlier), Some(later)) = (words[from], words[step.to]) else { continue };
                let reads =
                    [earlier, later].iter().any(|d| reads(model, &model.definitions[*d].condition, *field));
                let known = is_part_of(model, Subject::Definition(later), Subject::Definition(earlier));
                if !reads && !known && seen.insert((earlier, later)) {
                    let shown = skipping(&mut prover, *record, earlier, later);
                    let both = (&model.definitions[earlier], &model.definitions[later]);
                    out.extend(shown.map(|shown| may_skip(context, both, step, &shown)));
                }
            }
        }
    }
}

/// The definition that a stage stands for: the one of its name, or that which every step to it asks for.
fn word(model: &Model, record: Id<Record>, lifecycle: &Lifecycle, stage: StageId) -> Option<Id<Definition>> {
    let name = &lifecycle.stages[stage].text;
    let of_record = |d: &Definition| d.record.get() == Some(&record);
    let mut named = model.definitions.iter().filter(|(_, d)| of_record(d) && d.head.name.text == *name);
    if let Some((id, _)) = named.next() {
        return Some(id);
    }
    let mut steps = lifecycle.transitions.iter().filter(|t| t.to == stage);
    let asks = |step: &Transition| match step.when.as_ref()?.kind {
        PredicateKind::Is(definition) => Some(definition),
        _ => None,
    };
    let first = asks(steps.next()?)?;
    steps.all(|step| asks(step) == Some(first)).then_some(first)
}

/// Whether a condition, or a definition in it, reads a field. Definitions stand on one another in no circle.
fn reads(model: &Model, condition: &Predicate, field: Id<Field>) -> bool {
    condition.fields().contains(&field)
        || condition.stands_on().into_iter().any(|concept| match concept {
            Concept::Definition(definition) => reads(model, &model.definitions[definition].condition, field),
            // Points may come from anywhere.
            Concept::Score(_) => false,
        })
}

/// An item of the later definition that is none of the earlier.
fn skipping(
    prover: &mut Prover<'_>,
    record: Id<Record>,
    earlier: Id<Definition>,
    later: Id<Definition>,
) -> Option<Shown> {
    let space = prover.space(record);
    let (one, other) = (space.definition(earlier), space.definition(later));
    let all = [other, space.not(one)];
    prover.find(record, &all, |evaluator, item| evaluator.is(later, item) && !evaluator.is(earlier, item))
}
