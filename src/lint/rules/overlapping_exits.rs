//! `overlapping-exits`.

use crate::diagnostic::{Diagnostic, Severity};
use crate::evaluate::{Evaluator, Item};
use crate::lint::prove::{Prover, Shown, a, capital};
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::lifecycle::{StageId, Transition};
use crate::model::{Completeness, Field, Id, Lifecycle, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "overlapping-exits",
    summary: "a record that two transitions move at once, to different stages",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("overlapping_exits.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for lifecycle in context.model.lifecycles.values() {
        let Some(sorting) = Sorting::of(lifecycle) else { continue };
        for stage in 0..lifecycle.stages.len() {
            let exits = sorting.exits(stage);
            for (place, second) in exits.iter().enumerate() {
                for first in exits[..place].iter().filter(|first| first.to != second.to) {
                    out.extend(both(context, &mut prover, &sorting, stage, (first, second)));
                }
            }
        }
    }
}

/// The stages of a lifecycle, and how records leave them.
#[derive(Clone, Copy)]
pub(super) struct Sorting<'m> {
    pub lifecycle: &'m Lifecycle,
    pub record: Id<Record>,
    pub field: Id<Field>,
}

impl<'m> Sorting<'m> {
    /// `None`: not all of it is known.
    pub fn of(lifecycle: &'m Lifecycle) -> Option<Sorting<'m>> {
        let whole = lifecycle.completeness == Completeness::Whole;
        let (record, field) = (*lifecycle.record.get()?, *lifecycle.field.get()?);
        whole.then_some(Sorting { lifecycle, record, field })
    }

    /// Every transition that leaves a stage, in the order written.
    pub fn leaving(&self, stage: StageId) -> Vec<&'m Transition> {
        let all = self.lifecycle.transitions.iter();
        all.filter(|t| self.lifecycle.sources(t).contains(&stage)).collect()
    }

    /// Those that happen by themselves.
    pub fn exits(&self, stage: StageId) -> Vec<&'m Transition> {
        self.leaving(stage).into_iter().filter(|t| t.by.is_empty() && t.when.is_some()).collect()
    }

    /// A record is in a stage.
    pub fn is_in(&self, prover: &mut Prover<'_>, stage: StageId) -> Formula {
        let name = &self.lifecycle.stages[stage].text;
        prover.space(self.record).one_of_texts(self.field, [name.as_str()])
    }

    /// Whether the evaluator finds a record in a stage.
    pub fn holds_in(&self, item: &Item, stage: StageId) -> bool {
        item.get(self.field).text() == Some(self.lifecycle.stages[stage].text.as_str())
    }
}

/// Whether a transition that happens by itself happens to an item.
pub(super) fn happens(
    evaluator: &Evaluator<'_>,
    record: Id<Record>,
    transition: &Transition,
    item: &Item,
) -> bool {
    let record = &evaluator.model().records[record];
    let filled = transition.requires.iter().filter_map(|f| f.get()).all(|f| !item.get(*f).is_blank());
    filled && transition.when.as_ref().is_some_and(|when| evaluator.holds(when, record, item))
}

/// The same as a formula.
pub(super) fn happening(prover: &mut Prover<'_>, record: Id<Record>, transition: &Transition) -> Formula {
    let space = prover.space(record);
    let mut parts = vec![space.condition_or_always(transition.when.as_ref())];
    for field in transition.requires.iter().filter_map(|f| f.get()) {
        parts.push(space.filled(*field));
    }
    space.all(parts)
}

fn both(
    context: &Context<'_>,
    prover: &mut Prover<'_>,
    sorting: &Sorting<'_>,
    stage: StageId,
    (first, second): (&Transition, &Transition),
) -> Option<Diagnostic> {
    let record = sorting.record;
    let all =
        [sorting.is_in(prover, stage), happening(prover, record, first), happening(prover, record, second)];
    let shown = prover.find(record, &all, |evaluator, item| {
        sorting.holds_in(item, stage)
            && happens(evaluator, record, first, item)
            && happens(evaluator, record, second, item)
    })?;
    Some(two_ways(context, sorting, &shown, stage, (first, second)))
}

fn two_ways(
    context: &Context<'_>,
    sorting: &Sorting<'_>,
    shown: &Shown,
    stage: StageId,
    (first, second): (&Transition, &Transition),
) -> Diagnostic {
    let name = |stage: StageId| &sorting.lifecycle.stages[stage].text;
    let record = &context.model.records[sorting.record].head.name;
    let (from, to, or) = (name(stage), name(first.to), name(second.to));
    let out = Diagnostic::error(
        RULE.name,
        format!("{} that is `{from}` can become `{to}` and `{or}` at once", a(record)),
    )
    .at(second.span, "this happens")
    .also(first.span, "and so does this")
    .note(format!("{} with {} fits both.", capital(&a(record)), shown.said(context)))
    .note("Which way it goes depends on which automation runs first.")
    .help("Let one of the conditions leave out the other, or let somebody decide with `by`.");
    match shown.witness(context, format!("{} that goes both ways", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    }
}
