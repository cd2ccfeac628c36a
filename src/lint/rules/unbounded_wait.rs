//! `unbounded-wait`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Severity, names};
use crate::evaluate::{Evaluator, Item};
use crate::lint::graph::reached;
use crate::lint::prove::{Prover, Shown, a};
use crate::lint::stages::steps;
use crate::lint::{Context, Rule, Stage};
use crate::logic::Formula;
use crate::model::lifecycle::{From, StageId, Transition};
use crate::model::{Commitment, Completeness, Field, Form, Id, Lifecycle, Predicate, Record};

/// The rule.
pub static RULE: Rule = Rule {
    name: "unbounded-wait",
    summary: "a stage in which an item can stay for ever, with no clock running",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("unbounded_wait.md"),
};

fn for_ever(stages_of: &Stages<'_, '_>, waits: &[(StageId, Shown)]) -> Option<Diagnostic> {
    let (context, lifecycle) = (stages_of.context, stages_of.lifecycle);
    let (stage, shown) = waits.first()?;
    let record = &context.model.records[shown.record].head.name;
    let stages: Vec<&str> = waits.iter().map(|(stage, _)| lifecycle.stages[*stage].text.as_str()).collect();
    let leaving = |stage: StageId| {
        lifecycle.transitions.iter().find(|t| !t.by.is_empty() && lifecycle.sources(t).contains(&stage))
    };
    let mut out = Diagnostic::warning(
        RULE.name,
        format!("{} can stay in the stage {} for ever", a(record), names(&stages, "or")),
    );
    for (place, (stage, _)) in waits.iter().enumerate() {
        let span = leaving(*stage).map_or(lifecycle.head.name.span, |transition| transition.span);
        let text = format!("nothing says by when it leaves `{}`", lifecycle.stages[*stage].text);
        out = if place == 0 { out.at(span, text) } else { out.also(span, text) };
    }
    let name = &lifecycle.stages[*stage].text;
    let stage_field: Vec<_> = lifecycle.field.get().copied().into_iter().collect();
    // A promise that is met without a change of the stage runs beside it.
    let beside = stages_of.candidates(*stage).any(|promise| !stages_of.may_end_with(*stage, promise));
    let clock =
        if beside { "no clock is running that stops when it moves on" } else { "no clock is running" };
    let note = match shown.clone().without(&stage_field).said(context).as_str() {
        "" => format!("For {} that is `{name}` {clock}.", a(record)),
        said => format!("For {} that is `{name}`, with {said}, {clock}.", a(record)),
    };
    let out = out
        .note(note)
        .note("Other stages have a limit; what nobody has to move by a day collects in those that have none.")
        .help(format!("Add a limit such as `{name} at most 10 business days`, or a promise with a time about such items."));
    Some(match shown.witness(context, format!("{} for which no clock is running", a(record))) {
        Some(witness) => out.witness(witness),
        None => out,
    })
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut prover = Prover::new(context);
    for lifecycle in context.model.lifecycles.values() {
        let (Some(record), Some(field)) = (lifecycle.record.get(), lifecycle.field.get()) else { continue };
        let limited = lifecycle.terms.iter().any(|terms| terms.at_most.is_some());
        // Where no stage has a limit, none was meant: it is a list of states.
        if lifecycle.completeness != Completeness::Whole || !limited {
            continue;
        }
        let stages = Stages { context, lifecycle, record: *record, field: *field };
        let waits: Vec<(StageId, Shown)> = lifecycle
            .reachable()
            .into_iter()
            .filter(|stage| stages.is_moved_on(*stage) && !stages.has_limit(*stage))
            .filter_map(|stage| Some((stage, stages.waiting(&mut prover, stage)?)))
            .collect();
        out.extend(for_ever(&stages, &waits));
    }
}

struct Stages<'a, 'c> {
    context: &'c Context<'a>,
    lifecycle: &'a Lifecycle,
    record: Id<Record>,
    field: Id<Field>,
}

impl<'a> Stages<'a, '_> {
    /// Whether somebody is to move records out of a stage. Otherwise they wait there for something to change.
    fn is_moved_on(&self, stage: StageId) -> bool {
        let lifecycle = self.lifecycle;
        !lifecycle.end.contains(&stage)
            && lifecycle.transitions.iter().any(|transition| {
                !transition.by.is_empty()
                    && transition.from == From::Stage(stage)
                    && lifecycle.sources(transition).contains(&stage)
            })
    }

    fn has_limit(&self, stage: StageId) -> bool {
        let lifecycle = self.lifecycle;
        let left_in_time = |t: &Transition| t.within.is_some() && lifecycle.sources(t).contains(&stage);
        lifecycle.terms_of(stage).is_some_and(|terms| terms.at_most.is_some())
            || lifecycle.transitions.iter().any(left_in_time)
    }

    /// A record in the stage that no promise with a time is about.
    fn waiting(&self, prover: &mut Prover<'_>, stage: StageId) -> Option<Shown> {
        let name = self.lifecycle.stages[stage].text.as_str();
        let promises = self.promises(stage);
        let space = prover.space(self.record);
        let mut all = vec![space.one_of_texts(self.field, [name])];
        if let Some(entries) = self.entries(stage) {
            let entries: Vec<Formula> = entries.into_iter().map(|when| space.condition(when)).collect();
            all.push(space.any(entries));
        }
        for promise in &promises {
            let Some(subject) = promise.subject() else { continue };
            let about = [space.subject(subject), tiers(space, promise)];
            let about = space.all(about);
            all.push(space.not(about));
        }
        let field = self.field;
        let shown = prover.find(self.record, &all, |evaluator, item| {
            item.get(field).text() == Some(name)
                && !promises.iter().any(|promise| is_about(evaluator, self.record, promise, item))
        })?;
        Some(shown)
    }

    /// The promises with a time that can run while a record is in a stage and may stop when it leaves.
    fn promises(&self, stage: StageId) -> Vec<&'a Commitment> {
        self.candidates(stage).filter(|promise| self.may_end_with(stage, promise)).collect()
    }

    /// The promises with a time that are not over when a record gets to a stage.
    fn candidates(&self, stage: StageId) -> impl Iterator<Item = &'a Commitment> {
        let model = self.context.model;
        let record = self.record;
        let mut over: BTreeSet<Id<Field>> = BTreeSet::new();
        for transition in self.lifecycle.transitions.iter().filter(|t| t.to == stage) {
            over.extend(transition.sets.iter().filter_map(|field| field.get()));
        }
        let since = self.lifecycle.terms_of(stage).and_then(|terms| terms.since.as_ref());
        over.extend(since.and_then(|since| since.get()));
        model.commitments.values().filter(move |c| {
            matches!(c.form, Form::Turnaround(_) | Form::LeadTime(_) | Form::Attempts(_))
                && c.strength.is_duty()
                && c.subject().is_some_and(|subject| model.record_of(subject) == Some(record))
                && !c.met_at.iter().filter_map(|field| field.get()).any(|field| over.contains(field))
        })
    }

    /// False where a promise is surely kept without leaving a stage: every step out of it sets moments, and neither those
    /// nor any that can follow are the ones at which it is met.
    fn may_end_with(&self, stage: StageId, promise: &Commitment) -> bool {
        let lifecycle = self.lifecycle;
        let after = reached(&steps(lifecycle, |_| true), [stage]);
        let leaves = |t: &Transition, from: &BTreeSet<StageId>| {
            lifecycle.sources(t).iter().any(|source| from.contains(source))
        };
        let silent = |t: &Transition| t.sets.iter().filter(|field| field.is_set()).count() == 0;
        let here = BTreeSet::from([stage]);
        // What leads up to a day has that day to wait for.
        let has_a_day = matches!(promise.form, Form::LeadTime(_));
        if has_a_day || promise.met_when.is_some() || promise.met_at.is_empty() {
            return true;
        }
        if lifecycle.transitions.iter().any(|t| leaves(t, &here) && silent(t)) {
            return true;
        }
        let later = lifecycle.transitions.iter().filter(|t| leaves(t, &after)).flat_map(|t| &t.sets);
        let stamped: BTreeSet<_> = later.filter_map(|field| field.get()).collect();
        promise.met_at.iter().any(|field| field.get().is_none_or(|field| stamped.contains(field)))
    }

    /// The conditions of which one held when a record came to a stage. `None`: perhaps none of them.
    fn entries(&self, stage: StageId) -> Option<Vec<&'a Predicate>> {
        let mut found = Vec::new();
        let mut seen = BTreeSet::from([stage]);
        let mut waiting = vec![stage];
        while let Some(at) = waiting.pop() {
            if self.lifecycle.start.contains(&at) {
                return None;
            }
            for transition in self.lifecycle.transitions.iter().filter(|t| t.to == at) {
                match &transition.when {
                    Some(when) => found.push(when),
                    None => {
                        let sources = self.lifecycle.sources(transition);
                        waiting.extend(sources.into_iter().filter(|source| seen.insert(*source)));
                    }
                }
            }
        }
        Some(found)
    }
}

/// The items that have a limit.
fn tiers(space: &mut crate::logic::Space<'_>, promise: &Commitment) -> Formula {
    let rows: Vec<Formula> =
        promise.tiers().iter().map(|tier| space.condition_or_always(tier.when.as_ref())).collect();
    space.any(rows)
}

/// The same as the evaluator finds it.
fn is_about(evaluator: &Evaluator<'_>, record: Id<Record>, promise: &Commitment, item: &Item) -> bool {
    let record = &evaluator.model().records[record];
    let holds = |when: &Predicate| evaluator.holds(when, record, item);
    promise.subject().is_some_and(|subject| evaluator.is_of(subject, item))
        && promise.tiers().iter().any(|tier| tier.when.as_ref().is_none_or(holds))
}
