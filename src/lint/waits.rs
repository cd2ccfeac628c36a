//! What must be waited for before something may be done: as a promise says it, a prohibition, or the steps of a lifecycle.

use super::Context;
use super::overlap::may_overlap;
use super::promises::{Timed, may_give_way};
use crate::evaluate::CalendarClock;
use crate::model::lifecycle::Transition;
use crate::model::{
    Commitment, Completeness, Duration, Field, Form, Id, Model, Predicate, PredicateKind, Slot,
};
use crate::source::Span;
use crate::worktime::Clock;
use crate::worktime::compare::Line;

/// A time in which something may not be done, beside a limit for doing it.
pub(super) struct Wait {
    /// The name of what says so.
    pub(super) by: String,
    /// How long, in words.
    pub(super) time: String,
    /// The limit in words.
    pub(super) beside: String,
    /// The places that say so.
    pub(super) labels: Vec<(Span, String)>,
    /// When it ends, by the moment that both count from.
    pub(super) ends: Line,
}

impl Wait {
    /// The wait of a promise.
    pub(super) fn of(context: &Context<'_>, wait: Timed<'_>, due: Timed<'_>) -> Option<Wait> {
        let time = wait.words(context.model, due);
        Some(Wait {
            by: wait.commitment.head.name.text.clone(),
            beside: due.words(context.model, wait),
            labels: vec![(wait.tier.span, format!("not sooner than {time}"))],
            ends: wait.line(context)?,
            time,
        })
    }
}

/// Definitions in definitions are followed so far.
const DEEPEST: usize = 16;

/// The waits that no promise states as such.
pub(super) struct Waits<'a> {
    context: &'a Context<'a>,
    prohibitions: Vec<(Id<Commitment>, &'a Commitment, &'a Predicate)>,
}

impl<'a> Waits<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let prohibitions = context.model.commitments.iter().filter_map(|(id, commitment)| {
            let Form::Prohibition(form) = &commitment.form else { return None };
            let always = form.without.is_empty() && commitment.excused_when.is_none();
            let free = context.model.waivers_of(id).next().is_none();
            let when = form.when.as_ref().filter(|_| always && free)?;
            Some((id, commitment, when))
        });
        Waits { context, prohibitions: prohibitions.collect() }
    }

    /// What must be waited for by every item that has a limit.
    pub(super) fn on(&self, due: Timed<'_>) -> Option<Wait> {
        let commitment = due.commitment;
        let [met_at] = commitment.met_at.as_slice() else { return None };
        let (from, to) = (*commitment.counts_from()?.get()?, *met_at.get()?);
        self.by_prohibition(due, from, to).or_else(|| self.by_steps(due, from, to))
    }

    /// `must not disqualify any mql when disqualified_at within 14 calendar days of mql_at`.
    fn by_prohibition(&self, due: Timed<'_>, from: Id<Field>, to: Id<Field>) -> Option<Wait> {
        let model = self.context.model;
        let about = (due.commitment.subject()?, due.when());
        self.prohibitions.iter().find_map(|(id, prohibition, when)| {
            let PredicateKind::Within { field, duration, of } = &when.kind else { return None };
            let same = (*field, *of) == (to, from) && prohibition.actor == due.commitment.actor;
            let both = may_overlap(model, (prohibition.subject()?, None), about);
            if !same || !both || may_give_way(model, *id, due.id) {
                return None;
            }
            let label = (when.span, format!("not in the first {duration}"));
            self.wait(&prohibition.head.name.text, *duration, due, vec![label])
        })
    }

    /// `working -> disqualified by sdr when mql_at older than 14 calendar days sets disqualified_at`, whichever way it is
    /// done.
    fn by_steps(&self, due: Timed<'_>, from: Id<Field>, to: Id<Field>) -> Option<Wait> {
        let model = self.context.model;
        let record = model.record_of(due.commitment.subject()?)?;
        let lifecycles = model.lifecycles.values().filter(|lifecycle| match lifecycle.record {
            Slot::Set(of) => of == record,
            // It may be of this record.
            Slot::Tbd(_) | Slot::Broken => true,
        });
        let mut waits = Vec::new();
        let mut name = None;
        for lifecycle in lifecycles {
            if lifecycle.completeness != Completeness::Whole || lifecycle.record.get() != Some(&record) {
                return None;
            }
            for transition in &lifecycle.transitions {
                if stamps(transition, to)? {
                    let (duration, span) = age(model, transition.when.as_ref()?, from, DEEPEST)?;
                    name.get_or_insert(&lifecycle.head.name.text);
                    waits.push((duration, span));
                }
            }
        }
        let shortest =
            waits.iter().map(|(duration, _)| *duration).reduce(|a, b| shorter(a, b).unwrap_or(a))?;
        // Times of different units are not compared here.
        waits.iter().try_for_each(|(duration, _)| shorter(shortest, *duration).map(|_| ()))?;
        let labels = waits.iter().map(|(duration, span)| (*span, format!("not in the first {duration}")));
        self.wait(name?, shortest, due, labels.collect())
    }

    fn wait(&self, by: &str, time: Duration, due: Timed<'_>, labels: Vec<(Span, String)>) -> Option<Wait> {
        let wall: CalendarClock<'_> = (None, Clock::Wall(self.context.evaluator.zone()?));
        let ends = self.context.lines.due(wall, time)?;
        let (time, beside) = (time.to_string(), due.limit.to_string());
        Some(Wait { by: by.to_owned(), time, beside, labels, ends })
    }
}

/// Whether a step stamps a moment; `None` while that is open.
fn stamps(transition: &Transition, field: Id<Field>) -> Option<bool> {
    let fields: Vec<Id<Field>> =
        transition.sets.iter().map(|slot| slot.get().copied()).collect::<Option<_>>()?;
    Some(fields.contains(&field))
}

/// How long ago a moment must be for a condition to hold, and where that stands.
fn age(model: &Model, condition: &Predicate, field: Id<Field>, depth: usize) -> Option<(Duration, Span)> {
    match &condition.kind {
        PredicateKind::OlderThan(of, duration) if *of == field => Some((*duration, condition.span)),
        PredicateKind::And(all) => all.iter().find_map(|part| age(model, part, field, depth)),
        PredicateKind::Is(definition) => {
            let inner = &model.definitions[*definition].condition;
            let (duration, _) = age(model, inner, field, depth.checked_sub(1)?)?;
            // The reader looks at the step.
            Some((duration, condition.span))
        }
        _ => None,
    }
}

/// The shorter of two times of one unit.
fn shorter(a: Duration, b: Duration) -> Option<Duration> {
    (a.unit == b.unit).then_some(if b.amount < a.amount { b } else { a })
}
