//! `missing-exit`.

use super::overlapping_exits::{Sorting, happening, happens};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::model::lifecycle::{StageId, Transition};

/// The rule.
pub static RULE: Rule = Rule {
    name: "missing-exit",
    summary: "a stage that sorts records, and a record that it sorts nowhere",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("missing_exit.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for lifecycle in context.model.lifecycles.values() {
        let Some(sorting) = Sorting::of(lifecycle) else { continue };
        for stage in (0..lifecycle.stages.len()).filter(|stage| !lifecycle.end.contains(stage)) {
            let exits = sorting.exits(stage);
            // With one exit, records wait for it; and what somebody may move is not stuck.
            if exits.len() > 1 && exits.len() == sorting.leaving(stage).len() {
                out.extend(stuck(context, &mut prover, &sorting, stage, &exits));
            }
        }
    }
}

fn stuck(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    sorting: &Sorting<'_>,
    stage: StageId,
    exits: &[&Transition],
) -> Option<Diagnostic> {
    let record = sorting.record;
    let mut none = vec![sorting.is_in(prover, stage)];
    for exit in exits {
        let happens = happening(prover, record, exit);
        none.push(prover.space(record).not(happens));
    }
    let shown = prover.find(record, &none, |evaluator, item| {
        sorting.holds_in(item, stage) && !exits.iter().any(|exit| happens(evaluator, record, exit, item))
    })?;
    // Anything else may be meant to wait.
    let forgotten = prover.only_value(&shown, &none, Some(sorting.field)).is_some()
        || !prover.only_blank(&shown, &none).is_empty();
    forgotten.then(|| stays(context, sorting, &shown, stage, exits))
}

fn stays(
    context: &Context<'_>,
    sorting: &Sorting<'_>,
    shown: &Shown,
    stage: StageId,
    exits: &[&Transition],
) -> Diagnostic {
    let name = &sorting.lifecycle.stages[stage];
    let record = &context.model.records[sorting.record].head.name;
    let mut out = Diagnostic::warning(RULE.name, format!("{} can be `{name}` and go nowhere", a(record)))
        .at(exits.first().map_or(name.span, |exit| exit.span), "not this way");
    for exit in exits.iter().skip(1) {
        out = out.also(exit.span, "nor this way");
    }
    let out = out
        .note(format!("{} with {} fits none of them.", capital(&a(record)), shown.said(context)))
        .note("It stays where it is for good, and nobody is asked to do anything about it.")
        .help("Widen one of the conditions, or let somebody move it with `by`.");
    match shown.witness(context, format!("{} that stays", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}
