//! Acts: what is forbidden, and what is allowed.

use super::{Evaluator, Gap, Item, Outcome, Verdict};
use crate::model::commitment::{Permission, PermissionLimit};
use crate::model::{Commitment, Field, Form, Id, Predicate, Slot};
use crate::worktime::{self, Clock, Instant, TimeError};

impl Evaluator<'_> {
    /// Whether an item breaks a prohibition. `None`: the prohibition is not about it, it is excused, or another commitment
    /// has priority.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn breaks(&self, id: Id<Commitment>, item: &Item) -> Result<Option<bool>, Gap> {
        let breaks = self.own_breaks(id, item)?;
        Ok(breaks.filter(|_| self.gives_way_to(id, item).is_none()))
    }

    /// The same as if no other commitment had priority.
    pub(super) fn own_breaks(&self, id: Id<Commitment>, item: &Item) -> Result<Option<bool>, Gap> {
        let commitment = &self.model.commitments[id];
        let Form::Prohibition(prohibition) = &commitment.form else {
            return Err(Gap::new("it forbids nothing"));
        };
        if let Some(gap) = self.gap(id) {
            return Err(gap);
        }
        let (subject, record) = self.subject(id)?;
        let holds = |p: &Predicate| self.holds(p, record, item);
        if !self.is_of(subject, item) || commitment.excused_when.as_ref().is_some_and(holds) {
            return Ok(None);
        }
        let done = prohibition.when.as_ref().is_none_or(holds);
        let without = &prohibition.without;
        if without.is_empty() {
            return Ok(Some(done));
        }
        // Where the act was not done there is nothing to break, and nothing to keep either.
        Ok(done.then(|| any_blank(without, item)))
    }

    /// The verdict on an item of a permission: whether the act is done, and as it is allowed.
    pub(super) fn judge_permission(
        &self,
        id: Id<Commitment>,
        permission: &Permission,
        item: &Item,
    ) -> Result<Option<Outcome>, Gap> {
        if let Some(gap) = self.gap(id) {
            return Err(gap);
        }
        let commitment = &self.model.commitments[id];
        let (subject, record) = self.subject(id)?;
        if !self.is_of(subject, item) {
            return Ok(None);
        }
        let holds = |p: &Predicate| self.holds(p, record, item);
        let shown = commitment.met_when.as_ref().is_none_or(holds);
        let done =
            commitment.met_at.iter().filter_map(|f| item.get(*f.get()?).moment()).min().filter(|_| shown);
        let act = Act {
            is_done: if commitment.met_at.is_empty() { shown } else { done.is_some() },
            done,
            is_granted: permission.when.as_ref().is_none_or(holds),
            is_filled: !any_blank(&permission.with, item),
        };
        let out = Outcome { done, ..Outcome::bare(act.without_limit()) };
        let outcome = match &permission.limit {
            None if done.is_some_and(|done| !self.is_in_term(done)) => {
                Outcome { verdict: Verdict::OutsideTerm, ..out }
            }
            None => out,
            // A moment beyond the supported years cannot be real.
            Some(limit) => self
                .within_limit(self.clock_for(id, record, item)?, limit, &act, item)
                .unwrap_or(Outcome { verdict: Verdict::DataError, ..out }),
        };
        let calendar = self.calendar_for(id, record, item).and_then(|slot| slot.get().copied());
        Ok(Some(Outcome { calendar, ..outcome }))
    }

    fn within_limit(
        &self,
        clock: Clock<'_>,
        limit: &PermissionLimit,
        act: &Act,
        item: &Item,
    ) -> Result<Outcome, TimeError> {
        let start = limit.start.get().and_then(|field| item.get(*field).moment());
        let out = Outcome { start, done: act.done, ..Outcome::bare(act.without_limit()) };
        let Some(start) = start else {
            // Nothing has begun within which it would be allowed.
            let verdict = if act.is_done { Verdict::Exceeded } else { Verdict::NotStarted };
            return Ok(Outcome { verdict, ..out });
        };
        if !self.is_in_term(start) {
            return Ok(Outcome { verdict: Verdict::OutsideTerm, ..out });
        }
        let Some(time) = limit.time.get() else { return Ok(out) };
        let deadline = worktime::due(start, *time, clock)?;
        let measure = clock.measure(time.unit)?;
        let end = act.done.unwrap_or(self.now);
        let late_by = measure.lateness(deadline, end);
        let verdict = match act.done {
            Some(done) if done < start => Verdict::DataError,
            Some(_) if late_by > 0 => Verdict::Exceeded,
            None if late_by > 0 && out.verdict == Verdict::Open => Verdict::Lapsed,
            Some(_) | None => out.verdict,
        };
        let taken = Some(measure.elapsed(start, end).max(0));
        Ok(Outcome { verdict, deadline: Some(deadline), taken, late_by, ..out })
    }
}

/// What an item says of an act that is allowed.
struct Act {
    is_done: bool,
    /// When, where that is known.
    done: Option<Instant>,
    /// Whether the permission is for items like it.
    is_granted: bool,
    /// Whether every field is filled that must be.
    is_filled: bool,
}

impl Act {
    /// The verdict as far as no time limit plays a part.
    fn without_limit(&self) -> Verdict {
        match (self.is_done, self.is_granted) {
            (true, true) if self.is_filled => Verdict::Used,
            (true, _) => Verdict::Exceeded,
            (false, true) => Verdict::Open,
            (false, false) => Verdict::NotCovered,
        }
    }
}

fn any_blank(fields: &[Slot<Id<Field>>], item: &Item) -> bool {
    fields.iter().filter_map(Slot::get).any(|field| item.get(*field).is_blank())
}
