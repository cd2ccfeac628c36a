//! Promises with a time, side by side: their limits on their clocks, and which of them are of the same work.

use std::collections::BTreeSet;

use super::Context;
use super::overlap::may_overlap;
use crate::evaluate::CalendarClock;
use crate::model::commitment::Tier;
use crate::model::{ClockOf, Commitment, Duration, Field, Form, Id, Model, Predicate, Record, Role};
use crate::worktime::compare::Line;

/// A limit of a promise on one clock.
#[derive(Clone, Copy)]
pub(super) struct Timed<'a> {
    pub(super) id: Id<Commitment>,
    pub(super) commitment: &'a Commitment,
    /// Which of the limits of the promise it is.
    pub(super) row: usize,
    pub(super) tier: &'a Tier,
    pub(super) limit: Duration,
    pub(super) clock: CalendarClock<'a>,
}

impl<'a> Timed<'a> {
    /// The time; by which hours, if those of the other one are others.
    pub(super) fn words(self, model: &Model, beside: Timed<'_>) -> String {
        match self.clock.0 {
            Some(calendar) if self.limit.unit.is_business() && beside.clock.0 != self.clock.0 => {
                format!("{} of `{}`", self.limit, model.calendars[calendar].head.name)
            }
            _ => self.limit.to_string(),
        }
    }

    /// Whether both have the same calendar, or two of one name and zone, as only two agreements can have.
    pub(super) fn has_hours_called_like(&self, model: &Model, other: &Timed<'_>) -> bool {
        let called = |limit: &Timed<'_>| {
            limit.clock.0.map(|id| &model.calendars[id]).map(|c| (c.head.name.text.clone(), c.zone.clone()))
        };
        self.clock.0 == other.clock.0 || called(self) == called(other)
    }

    /// The condition of its items. What is left by the limits above is some of them, too: one of their conditions stands
    /// for that.
    pub(super) fn when(&self) -> Option<&'a Predicate> {
        let above = || self.commitment.tiers()[..self.row].iter().find_map(|tier| tier.when.as_ref());
        self.tier.when.as_ref().or_else(above)
    }

    /// Its deadlines over the term.
    pub(super) fn line(&self, context: &Context<'_>) -> Option<Line> {
        context.lines.deadline(&self.commitment.form, self.clock, self.limit)
    }
}

/// What makes two promises the same work: the same moments show that it was done, or the same role owes it in the same words.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Work<'a> {
    Shown(Counted, BTreeSet<Id<Field>>),
    Owed(Counted, Id<Role>, &'a str),
}

/// The record, the moment that time is counted from, and whether it is counted back from there.
pub(super) type Counted = (Id<Record>, Id<Field>, bool);

/// The works that a promise with a time is of; none if the text leaves it open.
pub(super) fn works<'a>(model: &'a Model, commitment: &'a Commitment) -> Vec<Work<'a>> {
    let back = match commitment.form {
        Form::Turnaround(_) | Form::NotBefore(_) => false,
        Form::LeadTime(_) => true,
        _ => return Vec::new(),
    };
    let record = commitment.subject().and_then(|subject| model.record_of(subject));
    let from = commitment.counts_from().and_then(|field| field.get());
    let (Some(record), Some(from)) = (record, from) else { return Vec::new() };
    let counted = (record, *from, back);
    let shown: Option<BTreeSet<_>> = commitment.met_at.iter().map(|field| field.get().copied()).collect();
    match shown {
        Some(shown) if !shown.is_empty() => vec![Work::Shown(counted, shown)],
        Some(_) => {
            let owed = actor(model, commitment).map(|role| Work::Owed(counted, role, &commitment.verb));
            owed.into_iter().collect()
        }
        None => Vec::new(),
    }
}

/// The role that owes a promise. Two agreements that declare a role of one name mean the same people: the first stands for
/// both.
pub(super) fn actor(model: &Model, commitment: &Commitment) -> Option<Id<Role>> {
    let name = &model.roles[*commitment.actor.get()?].head.name.text;
    model.roles.iter().find(|(_, role)| role.head.name.text == *name).map(|(id, _)| id)
}

/// The limits of a promise about each item, on every clock that it may have.
pub(super) fn limits<'a>(context: &'a Context<'a>, id: Id<Commitment>) -> Vec<Timed<'a>> {
    let commitment = &context.model.commitments[id];
    let clocks = context.evaluator.clocks(id).unwrap_or_default();
    let of_clock = |clock: CalendarClock<'a>| {
        let tiers = commitment.tiers().iter().enumerate();
        tiers.filter_map(move |(row, tier)| {
            Some(Timed { id, commitment, row, tier, limit: *tier.limit.get()?, clock })
        })
    };
    clocks.into_iter().flat_map(of_clock).collect()
}

/// True if the text itself shows that one item may have both limits.
pub(super) fn can_surely_meet(model: &Model, a: &Timed<'_>, b: &Timed<'_>) -> bool {
    let items = |limit: &Timed<'_>| limit.commitment.subject();
    let (Some(x), Some(y)) = (items(a), items(b)) else { return false };
    // Where both clocks depend on the item, it has one or the other.
    let by_item = |limit: &Timed<'_>| matches!(model.clock(limit.commitment), ClockOf::ByItem(_));
    let clocks_meet = !(by_item(a) && by_item(b)) || a.clock.0 == b.clock.0;
    clocks_meet && may_overlap(model, (x, a.when()), (y, b.when()))
}

/// True if the same condition must hold when the work of both is done: another one may make another work of it.
pub(super) fn same_when_done(model: &Model, a: Id<Commitment>, b: Id<Commitment>) -> bool {
    model.commitments[a].met_when == model.commitments[b].met_when
}

/// True if one of two promises has priority over the other, or over one of its name: another page may repeat it. What could
/// not be resolved may have been the other one.
pub(super) fn may_give_way(model: &Model, a: Id<Commitment>, b: Id<Commitment>) -> bool {
    let ranked = |above: Id<Commitment>, below| {
        let mut over = model.commitments[above].priority_over.iter();
        let name = |id: Id<Commitment>| &model.commitments[id].head.name.text;
        over.any(|slot| slot.get().is_none_or(|other| name(*other) == name(below)))
    };
    ranked(a, b) || ranked(b, a)
}
