//! Lifecycles: the stages of a choice field and the transitions between them. What is not declared is not allowed.

use std::collections::BTreeSet;

use super::{Completeness, Duration, Field, Head, Id, Name, Predicate, Record, Role, Slot};
use crate::source::Span;

/// A `lifecycle` block.
#[derive(Debug, Clone, PartialEq)]
pub struct Lifecycle {
    /// Name, title, place, notes.
    pub head: Head,
    /// The record.
    pub record: Slot<Id<Record>>,
    /// The choice field whose values are the stages.
    pub field: Slot<Id<Field>>,
    /// The stages, in the order of the field's values.
    pub stages: Vec<Name>,
    /// Where a new record may begin.
    pub start: Vec<StageId>,
    /// Where a record may rest for good.
    pub end: Vec<StageId>,
    /// What may follow what.
    pub transitions: Vec<Transition>,
    /// What may never follow what, even where `any` would allow it.
    pub never: Vec<Never>,
    /// Who owns what is in a stage, and how long it may stay: at most one entry for each stage.
    pub terms: Vec<StageTerms>,
    /// What follows from a reason.
    pub effects: Vec<ReasonEffect>,
    /// Whether every clause could be resolved.
    pub completeness: Completeness,
}

/// The index of a stage in [`Lifecycle::stages`].
pub type StageId = usize;

/// One allowed change of stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Transition {
    /// From where.
    pub from: From,
    /// To where.
    pub to: StageId,
    /// The condition under which it happens (without a role) or may be made (with one).
    pub when: Option<Predicate>,
    /// Who makes it; `None` for an automatic one.
    pub by: Vec<Slot<Id<Role>>>,
    /// Fields that must be filled.
    pub requires: Vec<Slot<Id<Field>>>,
    /// `reason in [..]`: what a choice field may say.
    pub reasons: Option<Reasons>,
    /// How often one record may make it.
    pub at_most: Option<Slot<u32>>,
    /// How long a record may wait in the source stage before it.
    pub within: Option<Slot<Duration>>,
    /// Moments stamped by it.
    pub sets: Vec<Slot<Id<Field>>>,
    /// The clause.
    pub span: Span,
}

impl Transition {
    /// Whether it stamps a moment.
    pub fn fills(&self, field: Id<Field>) -> bool {
        self.sets.iter().any(|set| set.get() == Some(&field))
    }
}

/// The source of a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum From {
    /// Every stage but the target itself and the end stages.
    Any,
    /// One stage.
    Stage(StageId),
}

/// `reason in [no_budget, timing]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reasons {
    /// The choice field.
    pub field: Slot<Id<Field>>,
    /// The values allowed.
    pub values: Vec<String>,
}

/// `working owned by sdr since working_at at most 5 business days`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageTerms {
    /// The stage.
    pub stage: StageId,
    /// Who is to move it on.
    pub owner: Option<Slot<Id<Role>>>,
    /// The moment at which a record entered the stage.
    pub since: Option<Slot<Id<Field>>>,
    /// How long it may stay.
    pub at_most: Option<Slot<Duration>>,
    /// The first clause about it.
    pub span: Span,
}

/// `reason timing -> return to demand_gen after 6 months`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonEffect {
    /// The choice field.
    pub field: Slot<Id<Field>>,
    /// Its values.
    pub values: Vec<String>,
    /// What follows.
    pub effect: Effect,
    /// The clause.
    pub span: Span,
}

/// What follows from a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The record goes back.
    Return {
        /// To whom.
        to: Slot<Id<Role>>,
        /// After how long; at once if nothing is said.
        after: Option<Slot<Duration>>,
    },
    /// Nothing more is done with it.
    End,
}

/// `never a -> b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Never {
    /// From where.
    pub from: From,
    /// To where.
    pub to: StageId,
    /// The clause.
    pub span: Span,
}

impl Lifecycle {
    /// The stages a transition may leave from, in the order of the stages.
    pub fn sources(&self, transition: &Transition) -> Vec<StageId> {
        match transition.from {
            From::Stage(stage) => vec![stage],
            From::Any => {
                (0..self.stages.len()).filter(|s| *s != transition.to && !self.end.contains(s)).collect()
            }
        }
        .into_iter()
        .filter(|s| !self.forbids(*s, transition.to))
        .collect()
    }

    /// True if a `never` clause forbids the step.
    pub fn forbids(&self, from: StageId, to: StageId) -> bool {
        self.never.iter().any(|n| n.to == to && (n.from == From::Any || n.from == From::Stage(from)))
    }

    /// What is said of a stage.
    pub fn terms_of(&self, stage: StageId) -> Option<&StageTerms> {
        self.terms.iter().find(|t| t.stage == stage)
    }

    /// The stages that a record can get to from a start, in their order. Conditions are taken to be possible.
    pub fn reachable(&self) -> BTreeSet<StageId> {
        let mut steps = Steps::of(self);
        let mut reached: BTreeSet<StageId> = self.start.iter().copied().collect();
        let mut waiting: Vec<StageId> = self.start.clone();
        while let Some(at) = waiting.pop() {
            let next: Vec<StageId> = steps.from(at).filter(|to| !reached.contains(to)).collect();
            for to in &next {
                // Nobody needs to look at it again.
                steps.any.remove(to);
            }
            reached.extend(&next);
            waiting.extend(next);
        }
        reached
    }

    /// The stages that some transition leaves.
    pub fn left(&self) -> BTreeSet<StageId> {
        let steps = Steps::of(self);
        (0..self.stages.len()).filter(|stage| steps.from(*stage).next().is_some()).collect()
    }

    /// The transitions that lead from one stage to another. Empty: the step is not allowed.
    pub fn between(&self, from: StageId, to: StageId) -> impl Iterator<Item = &Transition> {
        self.transitions.iter().filter(move |t| t.to == to && self.sources(t).contains(&from))
    }
}

/// The steps of a lifecycle, sorted for walks over all of them: there may be very many.
struct Steps {
    /// From one stage to another.
    single: BTreeSet<(StageId, StageId)>,
    /// Targets of steps from any stage.
    any: BTreeSet<StageId>,
    ends: BTreeSet<StageId>,
    never: BTreeSet<(From, StageId)>,
}

impl Steps {
    fn of(lifecycle: &Lifecycle) -> Steps {
        let never: BTreeSet<_> = lifecycle.never.iter().map(|n| (n.from, n.to)).collect();
        let (mut single, mut any) = (BTreeSet::new(), BTreeSet::new());
        for Transition { from, to, .. } in &lifecycle.transitions {
            if never.contains(&(From::Any, *to)) {
                continue;
            }
            match from {
                From::Any => any.insert(*to),
                From::Stage(from) => single.insert((*from, *to)),
            };
        }
        Steps { single, any, ends: lifecycle.end.iter().copied().collect(), never }
    }

    /// Where a record can go from a stage.
    fn from(&self, at: StageId) -> impl Iterator<Item = StageId> {
        let single = self.single.range((at, 0)..=(at, StageId::MAX)).map(|(_, to)| *to);
        let any = if self.ends.contains(&at) { None } else { Some(&self.any) };
        let any = any.into_iter().flatten().copied().filter(move |to| *to != at);
        single.chain(any).filter(move |to| !self.never.contains(&(From::Stage(at), *to)))
    }
}
