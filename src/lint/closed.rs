//! Times that can be over before anybody is at work.

use super::Context;
use crate::evaluate::CalendarClock;
use crate::model::commitment::Tier;
use crate::model::{Calendar, ClockRule, Commitment, Duration, Form, Id, Role, Slot};
use crate::worktime::compare::{Difference, Line, Moments};
use crate::worktime::{Clock, Interval};

/// One limit of a promise on one clock, and the starts from which it is over before the role has been at work.
pub(super) struct Missed<'a> {
    pub(super) clock: CalendarClock<'a>,
    pub(super) tier: &'a Tier,
    pub(super) limit: Duration,
    /// The starts that can be: the whole term, or the hours of those whose work the start is.
    pub(super) arrivals: Moments,
    /// Those from which nobody can be in time.
    pub(super) missed: Moments,
    pub(super) whole: Interval,
}

/// What nobody can keep, for every limit and clock of a promise that its role could owe outside of its hours. Nothing if the
/// hours of the role are not known.
pub(super) fn missed<'a>(context: &'a Context<'a>, id: Id<Commitment>) -> Vec<Missed<'a>> {
    let commitment = &context.model.commitments[id];
    let (Form::Turnaround(_), Some(role)) = (&commitment.form, commitment.actor.get()) else {
        return Vec::new();
    };
    let known = commitment.counts_from().is_some_and(Slot::is_set);
    let staffed = staffed(context, commitment, &context.model.roles[*role]).filter(|_| known);
    let Some(staffed) = staffed else { return Vec::new() };
    let Ok(clocks) = context.evaluator.clocks(id) else { return Vec::new() };
    let mut out = Vec::new();
    for clock in clocks {
        let Some(whole) = context.lines.whole(clock.1.zone()) else { continue };
        let arrivals = arrivals(context, commitment, whole);
        for tier in commitment.tiers() {
            // What counts the hours of the office cannot end outside of them.
            let Some(limit) = tier.limit.get().filter(|limit| !limit.unit.is_business()) else { continue };
            let missed = closed_throughout(context, &commitment.form, clock, *limit, &staffed);
            let Some(missed) = missed else { continue };
            let missed = missed.and(&arrivals);
            out.push(Missed { clock, tier, limit: *limit, arrivals: arrivals.clone(), missed, whole });
        }
    }
    out
}

/// The starts from which a time is over before anybody has been at work for a second.
fn closed_throughout(
    context: &Context<'_>,
    form: &Form,
    clock: CalendarClock<'_>,
    limit: Duration,
    staffed: &[CalendarClock<'_>],
) -> Option<Moments> {
    let whole = context.lines.whole(clock.1.zone())?;
    let deadline = context.lines.deadline(form, clock, limit)?;
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
fn staffed<'a>(context: &'a Context<'a>, of: &Commitment, role: &Role) -> Option<Vec<CalendarClock<'a>>> {
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

/// The starts that can be. What starts a clock may be the work of a role, as another promise says; then it comes in its
/// hours.
fn arrivals(context: &Context<'_>, commitment: &Commitment, whole: Interval) -> Moments {
    let any = || Moments::new([whole]);
    let Some(start) = commitment.counts_from().and_then(Slot::get) else { return any() };
    let record = commitment.subject.get().and_then(|subject| context.model.record_of(*subject));
    let mut out: Option<Moments> = None;
    for other in context.model.commitments.values() {
        let of = other.subject.get().and_then(|subject| context.model.record_of(*subject));
        if of != record || !other.met_at.iter().any(|field| field.get() == Some(start)) {
            continue;
        }
        let role = other.actor.get().map(|role| &context.model.roles[*role]);
        let Some(staffed) = role.and_then(|role| staffed(context, other, role)) else { return any() };
        for calendar in staffed {
            let open = context.lines.open(calendar, whole);
            out = Some(out.map_or_else(|| open.clone(), |known| known.or(&open)));
        }
    }
    out.unwrap_or_else(any)
}
