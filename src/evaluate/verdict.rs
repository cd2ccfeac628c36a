//! The verdict on one item of a turnaround, and on one item of a prohibition.

use super::gap::known;
use super::{Evaluator, Gap, Item};
use crate::model::commitment::Tier;
use crate::model::{Commitment, Duration, Field, Form, Id, Record, Slot, Subject};
use crate::worktime::{self, Clock, Instant, Measure, TimeError};

/// What an item of a turnaround is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// `excused when` holds.
    Excused,
    /// The start is blank.
    NotStarted,
    /// The clock started before the agreement took effect, or after it ended.
    OutsideTerm,
    /// No limit is for items like this one.
    NotCovered,
    /// Done in time.
    Met,
    /// Done too late.
    Late,
    /// Not done, and too late by now.
    Overdue,
    /// Not done, in time, but a reminder is due.
    AtRisk,
    /// Not done, in time.
    Open,
    /// Done before the start: the data are wrong.
    DataError,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 10] = [
        Verdict::Met,
        Verdict::Late,
        Verdict::Overdue,
        Verdict::AtRisk,
        Verdict::Open,
        Verdict::NotStarted,
        Verdict::Excused,
        Verdict::OutsideTerm,
        Verdict::NotCovered,
        Verdict::DataError,
    ];

    /// The word that documents, queries and scenarios use.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Excused => "excused",
            Verdict::NotStarted => "not started",
            Verdict::OutsideTerm => "outside term",
            Verdict::NotCovered => "not covered",
            Verdict::Met => "met",
            Verdict::Late => "late",
            Verdict::Overdue => "overdue",
            Verdict::AtRisk => "at risk",
            Verdict::Open => "open",
            Verdict::DataError => "data error",
        }
    }

    /// Whether it counts in attainment: met / (met + late + overdue).
    pub fn is_decided(self) -> bool {
        matches!(self, Verdict::Met | Verdict::Late | Verdict::Overdue)
    }
}

/// A verdict with the moments behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// Which limit applied.
    pub tier: Option<usize>,
    /// When the clock started.
    pub start: Option<Instant>,
    /// When the allowed time is used up.
    pub deadline: Option<Instant>,
    /// When it was done.
    pub done: Option<Instant>,
    /// Seconds from the start until it was done, or until now; open seconds where the limit is in business time.
    pub taken: Option<i64>,
    /// Seconds by which it missed the deadline, by the same measure; 0 if it did not.
    pub late_by: i64,
}

/// A turnaround with nothing missing.
pub(super) struct Ready<'a> {
    pub(super) subject: Subject,
    pub(super) record: &'a Record,
    pub(super) start: Id<Field>,
    pub(super) done: Vec<Id<Field>>,
    pub(super) tiers: Vec<(Duration, &'a Tier)>,
    pub(super) clock: Clock<'a>,
}

impl Evaluator<'_> {
    /// What is missing before a commitment can be measured. `None`: nothing.
    pub fn gap(&self, id: Id<Commitment>) -> Option<Gap> {
        let commitment = &self.model.commitments[id];
        let subject = match self.subject(id) {
            Ok(subject) => subject,
            Err(gap) => return Some(gap),
        };
        let gap = self.open_condition(commitment);
        gap.or_else(|| match &commitment.form {
            Form::Turnaround(_) => self.ready(id).err(),
            Form::Quota(quota) => known(&quota.amount, "the amount").err().or_else(|| at_gap(&quota.at)),
            Form::Share(share) => {
                known(&share.percent, "the share").err().or_else(|| at_gap(&share.at)).or_else(|| {
                    commitment
                        .met_when
                        .is_none()
                        .then(|| Gap::new("nothing says when an item counts (`met when`)"))
                })
            }
            Form::Prohibition(prohibition) => {
                let fields = prohibition.without.iter().find_map(|f| known(f, "a field").err());
                let when = prohibition.when.as_ref().and_then(|w| self.condition_gap(w));
                let unmeasurable = || {
                    prohibition
                        .when
                        .is_none()
                        .then(|| Gap::new("nothing says what an item looks like once it was done"))
                };
                fields.or(when).or_else(unmeasurable)
            }
        })
        .or_else(|| match (&commitment.form, subject) {
            (Form::Quota(_) | Form::Share(_), _) if self.zone.is_none() => {
                Some(Gap::new("the time zone is not known"))
            }
            _ => None,
        })
    }

    /// What is open in `excused when` and `met when`.
    fn open_condition(&self, commitment: &Commitment) -> Option<Gap> {
        let conditions = [&commitment.excused_when, &commitment.met_when];
        conditions.into_iter().flatten().find_map(|c| self.condition_gap(c))
    }

    fn subject(&self, id: Id<Commitment>) -> Result<(Subject, &Record), Gap> {
        let commitment = &self.model.commitments[id];
        let subject = *known(&commitment.subject, "what it is about")?;
        if let Subject::Definition(definition) = subject
            && let Some(gap) = self.definition_gap(definition)
        {
            return Err(gap);
        }
        let record = self.model.record_of(subject).ok_or_else(|| Gap::new("the record is not known"))?;
        Ok((subject, &self.model.records[record]))
    }

    /// A turnaround with everything it needs.
    pub(super) fn ready(&self, id: Id<Commitment>) -> Result<Ready<'_>, Gap> {
        let commitment = &self.model.commitments[id];
        let Form::Turnaround(turnaround) = &commitment.form else {
            return Err(Gap::new("it has no deadline for each item"));
        };
        let (subject, record) = self.subject(id)?;
        if let Some(gap) = self.open_condition(commitment) {
            return Err(gap);
        }
        let start = *known(&turnaround.start, "the start of the clock")?;
        let done = commitment.met_at.iter().map(|f| known(f, "the moment it is met").copied());
        let done: Vec<Id<Field>> = done.collect::<Result<_, _>>()?;
        if done.is_empty() {
            return Err(Gap::new("nothing says when it is met (`met at`)"));
        }
        let mut tiers = Vec::new();
        let clock = self.clock(id)?;
        for tier in &turnaround.tiers {
            let limit = *known(&tier.limit, "the time limit")?;
            if let Some(gap) = tier.when.as_ref().and_then(|w| self.condition_gap(w)) {
                return Err(gap);
            }
            if limit.unit.is_business() && clock.hours().is_err() {
                return Err(match self.model.clock(commitment) {
                    Some(slot) => Gap::of(slot, "the calendar"),
                    None => Gap::new("business time needs a calendar"),
                });
            }
            tiers.push((limit, tier));
        }
        if tiers.is_empty() {
            return Err(Gap::new("there is no time limit"));
        }
        Ok(Ready { subject, record, start, done, tiers, clock })
    }

    /// The verdict on an item of a turnaround. `None`: it is not an item of it.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete (see [`Evaluator::gap`]).
    pub fn outcome(&self, id: Id<Commitment>, item: &Item) -> Result<Option<Outcome>, Gap> {
        let ready = self.ready(id)?;
        if !self.is_of(ready.subject, item) {
            return Ok(None);
        }
        Ok(Some(self.judge(id, &ready, item)))
    }

    fn judge(&self, id: Id<Commitment>, ready: &Ready<'_>, item: &Item) -> Outcome {
        let commitment = &self.model.commitments[id];
        let holds = |p: &crate::model::Predicate| self.holds(p, ready.record, item);
        let start = item.get(ready.start).moment();
        let done = ready.done.iter().filter_map(|f| item.get(*f).moment()).min();
        let done = done.filter(|_| commitment.met_when.as_ref().is_none_or(holds));
        let tier = ready.tiers.iter().position(|(_, tier)| tier.when.as_ref().is_none_or(holds));
        let out = Outcome {
            verdict: Verdict::NotStarted,
            tier,
            start,
            deadline: None,
            done,
            taken: None,
            late_by: 0,
        };
        let Some(tier) = tier else { return Outcome { verdict: Verdict::NotCovered, ..out } };
        if start.is_some_and(|s| !self.is_in_term(s)) {
            return Outcome { verdict: Verdict::OutsideTerm, ..out };
        }
        let excused = commitment.excused_when.as_ref().is_some_and(holds);
        let Some(start) = start else {
            return Outcome { verdict: if excused { Verdict::Excused } else { Verdict::NotStarted }, ..out };
        };
        let limit = ready.tiers[tier].0;
        match self.timed(id, ready, limit, (start, done), out) {
            Ok(timed) if excused => Outcome { verdict: Verdict::Excused, ..timed },
            Ok(timed) => timed,
            // A moment beyond the supported years cannot be real.
            Err(_) => Outcome { verdict: Verdict::DataError, ..out },
        }
    }

    fn timed(
        &self,
        id: Id<Commitment>,
        ready: &Ready<'_>,
        limit: Duration,
        (start, done): (Instant, Option<Instant>),
        out: Outcome,
    ) -> Result<Outcome, TimeError> {
        let deadline = worktime::due(start, limit, ready.clock)?;
        let measure = ready.clock.measure(limit.unit)?;
        let end = done.unwrap_or(self.now);
        let late_by = measure.lateness(deadline, end);
        let taken = Some(measure.elapsed(start, end).max(0));
        let out = Outcome { deadline: Some(deadline), late_by, taken, ..out };
        let verdict = match done {
            Some(done) if done < start => Verdict::DataError,
            Some(_) if late_by > 0 => Verdict::Late,
            Some(_) => Verdict::Met,
            None if late_by > 0 => Verdict::Overdue,
            None if self.reminder_due(id, start, deadline, limit, ready.clock) => Verdict::AtRisk,
            None => Verdict::Open,
        };
        Ok(Outcome { verdict, ..out })
    }

    /// Seconds from the start until an item was done (or until now), by another measure than that of its limit: for
    /// targets such as `median under 1 hour`.
    pub fn taken_by(&self, outcome: &Outcome, measure: Measure<'_>) -> Option<i64> {
        let start = outcome.start?;
        Some(measure.elapsed(start, outcome.done.unwrap_or(self.now)).max(0))
    }

    /// Whether an item breaks a prohibition. `None`: the prohibition is not about it, or it is excused.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn breaks(&self, id: Id<Commitment>, item: &Item) -> Result<Option<bool>, Gap> {
        let commitment = &self.model.commitments[id];
        let Form::Prohibition(prohibition) = &commitment.form else {
            return Err(Gap::new("it forbids nothing"));
        };
        if let Some(gap) = self.gap(id) {
            return Err(gap);
        }
        let (subject, record) = self.subject(id)?;
        let holds = |p: &crate::model::Predicate| self.holds(p, record, item);
        if !self.is_of(subject, item) || commitment.excused_when.as_ref().is_some_and(holds) {
            return Ok(None);
        }
        let done = prohibition.when.as_ref().is_none_or(holds);
        let blank = |field: &Slot<Id<Field>>| field.get().is_some_and(|f| item.get(*f).is_blank());
        let without = &prohibition.without;
        if without.is_empty() {
            return Ok(Some(done));
        }
        // Where the act was not done there is nothing to break, and nothing to keep either.
        Ok(done.then(|| without.iter().any(blank)))
    }
}

fn at_gap(at: &Slot<Id<Field>>) -> Option<Gap> {
    known(at, "the moment that puts an item into a period").err()
}
