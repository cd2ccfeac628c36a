//! Times that can be over before anybody is at work.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::Context;
use crate::evaluate::CalendarClock;
use crate::model::commitment::{Aim, Tier};
use crate::model::{Calendar, ClockRule, Commitment, Duration, Field, Form, Id, Record, Role, Slot, Unit};
use crate::worktime::compare::{Difference, Line, Moments};
use crate::worktime::{Clock, Interval};

/// One limit of a promise on one clock, and the starts from which it is over before the role has been at work.
pub(super) struct OutOfHours<'a> {
    pub(super) clock: CalendarClock<'a>,
    pub(super) tier: &'a Tier,
    pub(super) limit: Duration,
    /// The starts that can be: the whole term, or the hours of those whose work the start is.
    pub(super) arrivals: Moments,
    /// Those from which nobody can be in time.
    pub(super) missed: Moments,
    /// The hours of everybody who may be at work.
    pub(super) staffed: Vec<CalendarClock<'a>>,
    pub(super) whole: Interval,
}

/// Who is at work when: asked for every promise of an agreement.
pub(super) struct Closed<'a> {
    context: &'a Context<'a>,
    /// The promises whose keeping shows at a moment.
    met_at: BTreeMap<(Id<Record>, Id<Field>), Vec<&'a Commitment>>,
    /// Starts from which a time is over before anybody has been at work, by clock, time and who that may be.
    known: BTreeMap<Key, Option<Moments>>,
}

type Key = (Option<Id<Calendar>>, Decimal, Unit, Vec<Option<Id<Calendar>>>);

impl<'a> Closed<'a> {
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let mut met_at: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for commitment in context.model.commitments.values() {
            let record = commitment.subject().and_then(|subject| context.model.record_of(subject));
            for field in commitment.met_at.iter().filter_map(Slot::get) {
                met_at.entry((record, *field)).or_default().push(commitment);
            }
        }
        let met_at = met_at.into_iter().filter_map(|((record, field), all)| Some(((record?, field), all)));
        Closed { context, met_at: met_at.collect(), known: BTreeMap::new() }
    }

    /// What nobody can keep, for every limit and clock of a promise that its role could owe outside of its hours. Nothing
    /// if the hours of the role are not known.
    pub(super) fn missed(&mut self, id: Id<Commitment>) -> Vec<OutOfHours<'a>> {
        let context = self.context;
        let commitment = &context.model.commitments[id];
        let (Form::Turnaround(_), Some(role)) = (&commitment.form, commitment.actor.get()) else {
            return Vec::new();
        };
        // What counts the hours of the office cannot end outside of them.
        let outside = |tier: &&Tier| tier.limit.get().is_some_and(|limit| !limit.unit.is_business());
        let tiers: Vec<&Tier> = commitment.tiers().iter().filter(outside).collect();
        if tiers.is_empty() || !commitment.counts_from().is_some_and(Slot::is_set) {
            return Vec::new();
        }
        let Some(staffed) = staffed(context, commitment, &context.model.roles[*role]) else {
            return Vec::new();
        };
        let mut out = Vec::new();
        for clock in context.evaluator.clocks(id).unwrap_or_default() {
            let Some(whole) = context.lines.whole(clock.1.zone()) else { continue };
            let arrivals = self.arrivals(commitment, whole);
            for tier in &tiers {
                let Some(limit) = tier.limit.get().copied() else { continue };
                let Some(missed) = self.closed_throughout(clock, limit, &staffed) else { continue };
                let missed = missed.and(&arrivals);
                let (arrivals, staffed) = (arrivals.clone(), staffed.clone());
                out.push(OutOfHours { clock, tier, limit, arrivals, missed, staffed, whole });
            }
        }
        out
    }

    fn closed_throughout(
        &mut self,
        clock: CalendarClock<'_>,
        limit: Duration,
        staffed: &[CalendarClock<'_>],
    ) -> Option<Moments> {
        let by = staffed.iter().map(|(calendar, _)| *calendar).collect();
        let key = (clock.0, limit.amount, limit.unit, by);
        let context = self.context;
        let make = || closed_throughout(context, clock, limit, staffed);
        self.known.entry(key).or_insert_with(make).clone()
    }

    /// The starts that can be. What starts a clock may be the work of a role, as another promise says; then it comes in its
    /// hours.
    pub(super) fn arrivals(&self, commitment: &Commitment, whole: Interval) -> Moments {
        let any = || Moments::new([whole]);
        let record = commitment.subject().and_then(|subject| self.context.model.record_of(subject));
        let start = commitment.counts_from().and_then(|field| field.get().copied());
        let Some(before) = record.zip(start).and_then(|of| self.met_at.get(&of)) else { return any() };
        let mut out = Moments::default();
        for other in before {
            let role = other.actor.get().map(|role| &self.context.model.roles[*role]);
            let staffed = role.and_then(|role| staffed(self.context, other, role));
            // The work of somebody whose hours nobody knows may be done at any time.
            let Some(staffed) = staffed else { return any() };
            for calendar in staffed {
                out = out.or(&self.context.lines.open(calendar, whole));
            }
        }
        out
    }
}

/// The starts from which a time is over before anybody has been at work for a second.
fn closed_throughout(
    context: &Context<'_>,
    clock: CalendarClock<'_>,
    limit: Duration,
    staffed: &[CalendarClock<'_>],
) -> Option<Moments> {
    let whole = context.lines.whole(clock.1.zone())?;
    context.questions.borrow_mut().compared();
    let deadline = context.lines.due(clock, limit)?;
    let reach = Interval { from: whole.from, to: deadline.moment(whole.to.just_before())?.plus(2).ok()? };
    // Who is at work at the very moment of the deadline is in time.
    let over = deadline.then(&Line::later(reach, 1))?;
    let mut out = Moments::new([whole]);
    for calendar in staffed {
        let opened = context.lines.opened(*calendar, reach)?;
        let by_then = over.then(&opened)?;
        out = out.and(&Difference::of(&by_then, &opened, whole).below(1));
    }
    Some(out)
}

/// Every calendar by which somebody of a role may be at work. `None` while one of them is open, or if none is stated.
pub(super) fn staffed<'a>(
    context: &'a Context<'a>,
    of: &Commitment,
    role: &Role,
) -> Option<Vec<CalendarClock<'a>>> {
    let works = role.works.as_ref()?;
    let members = role.members.iter().map(|member| &member.works);
    let clock: Vec<&Slot<Id<Calendar>>> = match &of.clock {
        ClockRule::Role | ClockRule::Member(_) => Vec::new(),
        rule => rule.calendars(),
    };
    let all = [works].into_iter().chain(&role.on_call).chain(members).chain(clock);
    let mut ids: Vec<Id<Calendar>> = all.map(|slot| slot.get().copied()).collect::<Option<_>>()?;
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(|id| Some((Some(id), Clock::Business(context.evaluator.hours(id)?)))).collect()
}

/// True if some may be late: whether so many may is another question.
pub(super) fn leaves_room(commitment: &Commitment) -> bool {
    let aim = commitment.target.as_ref().map(|target| &target.aim);
    matches!(aim, Some(Slot::Set(Aim::Attainment(share))) if *share < Decimal::ONE_HUNDRED)
}
