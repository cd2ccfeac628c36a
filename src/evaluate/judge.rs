//! The verdict on one item of a promise with a time: turnarounds, lead times, prohibitions for a time.

use super::ready::Ready;
use super::{Course, Evaluator, Gap, Item, Outcome, Value, Verdict};
use crate::model::{Commitment, Duration, Field, Form, Id, Predicate};
use crate::worktime::{Clock, Day, Instant, Measure, TimeError};

impl Evaluator<'_> {
    /// The verdict on an item of a promise with a time, or of a permission. `None`: it is not an item of it.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete (see [`Evaluator::gap`]).
    pub fn outcome(&self, id: Id<Commitment>, item: &Item) -> Result<Option<Outcome>, Gap> {
        if let Some(gap) = self.provided_gap(&self.model.commitments[id]) {
            return Err(gap);
        }
        let outcome = self.own_outcome(id, item)?;
        if outcome.is_some() && self.gives_way_to(id, item).is_some() {
            return Ok(outcome.map(|own| Outcome { done: own.done, ..Outcome::bare(Verdict::NotCovered) }));
        }
        Ok(outcome)
    }

    /// The same as if no other commitment had priority.
    pub(super) fn own_outcome(&self, id: Id<Commitment>, item: &Item) -> Result<Option<Outcome>, Gap> {
        if let Form::Permission(permission) = &self.model.commitments[id].form {
            return self.judge_permission(id, permission, item);
        }
        let ready = self.ready(id)?;
        if !self.is_of(ready.subject, item) {
            return Ok(None);
        }
        match self.own_clock_gap(id, item) {
            Some(gap) => Err(gap),
            None => self.judge(id, &ready, item).map(Some),
        }
    }

    fn judge(&self, id: Id<Commitment>, ready: &Ready<'_>, item: &Item) -> Result<Outcome, Gap> {
        let clock = self.clock_for(id, ready.record, item)?;
        let calendar = self.calendar_for(id, ready.record, item).and_then(|slot| slot.get().copied());
        let commitment = &self.model.commitments[id];
        let holds = |p: &Predicate| self.holds(p, ready.record, item);
        let is_lead = matches!(commitment.form, Form::LeadTime(_));
        let from = moment_of(item, ready.from, clock);
        let from = from.filter(|_| commitment.starts_when.as_ref().is_none_or(holds));
        let done = match &commitment.form {
            Form::Attempts(attempts) => from.and_then(|start| self.last_attempt(attempts, item, start)),
            _ => ready.done.iter().filter_map(|f| item.get(*f).moment()).min(),
        };
        let done = done.filter(|_| commitment.met_when.as_ref().is_none_or(holds));
        let tier = ready.tiers.iter().position(|(_, tier)| tier.when.as_ref().is_none_or(holds));
        let (start, anchor) = if is_lead { (None, from) } else { (from, None) };
        let pauses = self.pauses(commitment, item, done);
        let out =
            Outcome { tier, calendar, start, anchor, done, pauses, ..Outcome::bare(Verdict::NotStarted) };
        let Some(tier) = tier else { return Ok(Outcome { verdict: Verdict::NotCovered, ..out }) };
        if start.is_some_and(|s| !self.is_in_term(s)) {
            return Ok(Outcome { verdict: Verdict::OutsideTerm, ..out });
        }
        let waived = from.is_some_and(|from| self.waiver_for(id, ready.record, item, from).is_some());
        let excused = waived || commitment.excused_when.as_ref().is_some_and(holds);
        let Some(from) = from else {
            let verdict = if excused { Verdict::Excused } else { Verdict::NotStarted };
            return Ok(Outcome { verdict, ..out });
        };
        Ok(match self.timed(id, clock, ready.tiers[tier].0, (from, done), out.clone()) {
            // What had to be done before the agreement took effect cannot be owed under it.
            Ok(timed) if is_lead && timed.deadline.is_some_and(|d| !self.is_in_term(d)) => {
                Outcome { verdict: Verdict::OutsideTerm, deadline: None, late_by: 0, ..timed }
            }
            Ok(timed) if excused => Outcome { verdict: Verdict::Excused, ..timed },
            Ok(timed) => timed,
            // A moment beyond the supported years cannot be real.
            Err(_) => Outcome { verdict: Verdict::DataError, ..out },
        })
    }

    fn timed(
        &self,
        id: Id<Commitment>,
        clock: Clock<'_>,
        limit: Duration,
        (from, done): (Instant, Option<Instant>),
        out: Outcome,
    ) -> Result<Outcome, TimeError> {
        let form = &self.model.commitments[id].form;
        let pauses = out.pauses.clone();
        let course = Course::paused(form, from, limit, clock, &pauses)?;
        let measure = clock.measure(limit.unit)?;
        if matches!(form, Form::NotBefore(_)) {
            return Ok(self.waited(course.deadline, measure, done, out));
        }
        let end = done.unwrap_or(self.now);
        let late_by = pauses.running(measure, course.deadline, end).max(0);
        let taken = course.start.map(|start| pauses.running(measure, start, end).max(0));
        let verdict = match done {
            Some(done) if course.start.is_some_and(|start| done < start) => Verdict::DataError,
            Some(_) if late_by > 0 => Verdict::Late,
            Some(_) => Verdict::Met,
            None if late_by > 0 => Verdict::Overdue,
            None if self.reminder_due(id, &course) => Verdict::AtRisk,
            None => Verdict::Open,
        };
        Ok(Outcome { verdict, deadline: Some(course.deadline), late_by, taken, ..out })
    }

    /// Whether an act waited until the time was used up.
    fn waited(&self, until: Instant, measure: Measure<'_>, done: Option<Instant>, out: Outcome) -> Outcome {
        let verdict = match done {
            Some(done) if done < until => Verdict::TooEarly,
            Some(_) => Verdict::Met,
            None if self.now < until => Verdict::Open,
            None => Verdict::Met,
        };
        let early_by = done.map_or(0, |done| measure.elapsed(done, until).max(0));
        Outcome { verdict, deadline: Some(until), early_by, ..out }
    }

    /// Seconds from the start until an item was done (or until now), by another measure than that of its limit: for
    /// targets such as `median under 1 hour`.
    pub fn taken_by(&self, outcome: &Outcome, measure: Measure<'_>) -> Option<i64> {
        let start = outcome.start?;
        Some(outcome.pauses.running(measure, start, outcome.done.unwrap_or(self.now)).max(0))
    }
}

/// The moment a field holds. A day begins at 00:00, in the zone of the clock.
fn moment_of(item: &Item, field: Id<Field>, clock: Clock<'_>) -> Option<Instant> {
    match item.get(field) {
        Value::Date(date) => clock.zone().start_of(Day::of(*date)).ok(),
        value => value.moment(),
    }
}
