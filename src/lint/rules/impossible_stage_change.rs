//! `impossible-stage-change`.

use super::overlapping_exits::Sorting;
use crate::diagnostic::{Diagnostic, Severity, names};
use crate::lint::meetings::bound;
use crate::lint::prove::Prover;
use crate::lint::stages::lifecycles;
use crate::lint::{Context, Rule, Stage};
use crate::model::contingency::{Act, Step};
use crate::model::lifecycle::StageId;
use crate::model::{Commitment, Constant, Id, Slot};

/// The rule.
pub static RULE: Rule = Rule {
    name: "impossible-stage-change",
    summary: "a step that sets a stage to which nothing leads from where the items are",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("impossible_stage_change.md"),
};

fn refused(
    context: &Context<'_>,
    (commitment, step): (&Commitment, &Step),
    sorting: &Sorting<'_>,
    (from, to): (&[StageId], StageId),
) -> Diagnostic {
    let model = context.model;
    let lifecycle = sorting.lifecycle;
    let stage = |stage: &StageId| lifecycle.stages[*stage].text.as_str();
    let field = &model.records[sorting.record].fields[sorting.field].name.text;
    let target = stage(&to);
    let from: Vec<&str> = from.iter().map(stage).collect();
    Diagnostic::error(RULE.name, format!("`{field}` can never be set to `{target}` here"))
        .at(step.span, format!("items of `{}` are {} then", commitment.head.name, names(&from, "or")))
        .also(lifecycle.head.name.span, format!("no transition leads from there to `{target}`"))
        .note("What is not declared is not allowed: the CRM refuses the change, and the item stays where it is.")
        .help(format!("Allow a transition to `{target}` from there in `{}`, or set another stage.", lifecycle.head.name))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let mut prover = Prover::new(context);
    for contingency in model.contingencies.values() {
        for step in &contingency.steps {
            // One ladder may be for several promises: the first for which it goes wrong is shown.
            let mut of = contingency.commitments();
            out.extend(of.find_map(|id| stuck(context, &mut prover, id, step)));
        }
    }
}

fn stuck(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    id: Id<Commitment>,
    step: &Step,
) -> Option<Diagnostic> {
    let commitment = &context.model.commitments[id];
    let Act::Set(Slot::Set(field), Slot::Set(Constant::Choice(value))) = &step.act else { return None };
    let record = context.model.record_of(commitment.subject()?)?;
    let sorting = lifecycles(context.model)
        .filter_map(Sorting::of)
        .find(|sorting| (sorting.record, sorting.field) == (record, *field))?;
    let lifecycle = sorting.lifecycle;
    let to = lifecycle.stages.iter().position(|stage| stage.text == *value)?;
    let reachable = lifecycle.reachable();
    // Of a stage that nothing at all leads to another rule speaks.
    if !reachable.contains(&to) {
        return None;
    }
    let leads = |from: StageId| lifecycle.between(from, to).next().is_some();
    let others: Vec<StageId> = reachable.into_iter().filter(|from| *from != to).collect();
    // The plain case needs no proof: it may go on from everywhere.
    if others.iter().all(|from| leads(*from)) {
        return None;
    }
    // Those that are promised something, and may be late.
    let items = bound(context.model, prover, record, id)?;
    let items = prover.space(record).all(items);
    // A new record begins somewhere, and what has no stage yet may get its first one.
    let begins = lifecycle.start.contains(&to);
    let blank = prover.space(record).blank(*field);
    if begins && !prover.never(record, &[items, blank]) {
        return None;
    }
    let mut from = Vec::new();
    for stage in others {
        let here = sorting.is_in(prover, stage);
        if !prover.never(record, &[items, here]) {
            if leads(stage) {
                return None;
            }
            from.push(stage);
        }
    }
    (!from.is_empty()).then(|| refused(context, (commitment, step), &sorting, (&from, to)))
}
