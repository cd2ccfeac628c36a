//! What a commitment needs before it can be measured.

use super::gap::known;
use super::{Evaluator, Gap, Item};
use crate::model::commitment::Tier;
use crate::model::{
    Calendar, ClockOf, ClockRule, Commitment, Duration, Field, Form, Id, Record, Slot, Subject,
};

/// A promise about each item with nothing missing.
pub(super) struct Ready<'a> {
    pub(super) subject: Subject,
    pub(super) record: &'a Record,
    /// The moment the limits count from, or back from.
    pub(super) from: Id<Field>,
    pub(super) done: Vec<Id<Field>>,
    pub(super) tiers: Vec<(Duration, &'a Tier)>,
}

impl Evaluator<'_> {
    /// What is missing before a commitment can be measured, whichever item it is about. `None`: nothing.
    pub fn gap(&self, id: Id<Commitment>) -> Option<Gap> {
        self.incomplete(id).or_else(|| self.limits(id).find_map(|limit| self.runs(id, limit).err()))
    }

    /// The same for one item: where the clock is that of a person, those of the others need not be known.
    pub fn gap_for(&self, id: Id<Commitment>, item: &Item) -> Option<Gap> {
        match self.model.commitments[id].clock {
            ClockRule::Member(_) => self.incomplete(id).or_else(|| self.own_clock_gap(id, item)),
            ClockRule::Role | ClockRule::Calendar(_) | ClockRule::Table(_) => self.gap(id),
        }
    }

    /// What is missing beside calendars.
    fn incomplete(&self, id: Id<Commitment>) -> Option<Gap> {
        let commitment = &self.model.commitments[id];
        if let Form::Recurring(recurring) = &commitment.form {
            return self.recurring_gap(id, recurring);
        }
        if let Err(gap) = self.subject(id) {
            return Some(gap);
        }
        let gap = self.open_condition(commitment).or_else(|| self.provided_gap(commitment));
        let gap = gap.or_else(|| self.waiver_gap(id));
        gap.or_else(|| match &commitment.form {
            Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_) | Form::NotBefore(_) => {
                self.ready(id).err()
            }
            Form::Quota(quota) => quota
                .amounts()
                .find_map(|amount| known(amount, "the amount").err())
                .or_else(|| at_gap(&quota.at))
                .or_else(|| self.no_zone()),
            Form::Share(share) => {
                let no_condition = || Gap::new("nothing says when an item counts (`met when`)");
                let gap = known(&share.percent, "the share").err().or_else(|| at_gap(&share.at));
                let gap = gap.or_else(|| commitment.met_when.is_none().then(no_condition));
                gap.or_else(|| self.no_zone())
            }
            Form::Level(level) => self.level_gap(level),
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
            Form::Permission(_) => self.permission_gap(id),
            Form::Recurring(recurring) => self.recurring_gap(id, recurring),
        })
    }

    /// What is open in `excused when`, `met when`, `starts when` and in a table of clocks.
    fn open_condition(&self, commitment: &Commitment) -> Option<Gap> {
        let rows = match &commitment.clock {
            ClockRule::Table(rows) => rows.as_slice(),
            ClockRule::Role | ClockRule::Calendar(_) | ClockRule::Member(_) => &[],
        };
        let conditions = [&commitment.excused_when, &commitment.met_when, &commitment.starts_when];
        let conditions =
            conditions.into_iter().flatten().chain(rows.iter().filter_map(|row| row.when.as_ref()));
        let open = conditions.into_iter().find_map(|c| self.condition_gap(c));
        open.or_else(|| match &commitment.clock {
            ClockRule::Member(field) => known(field, "the field of `clock of`").err(),
            _ => None,
        })
    }

    fn no_zone(&self) -> Option<Gap> {
        self.zone.is_none().then(|| Gap::new("the time zone is not known"))
    }

    fn permission_gap(&self, id: Id<Commitment>) -> Option<Gap> {
        let commitment = &self.model.commitments[id];
        let Form::Permission(permission) = &commitment.form else { return None };
        let fields = permission.with.iter().chain(&commitment.met_at);
        if let Some(gap) = fields.into_iter().find_map(|f| known(f, "a field").err()) {
            return Some(gap);
        }
        if let Some(gap) = permission.when.as_ref().and_then(|w| self.condition_gap(w)) {
            return Some(gap);
        }
        let Some(limit) = &permission.limit else {
            let shown = !commitment.met_at.is_empty() || commitment.met_when.is_some();
            return (!shown).then(|| Gap::new("nothing says that it was done (`done at`, `done when`)"));
        };
        if commitment.met_at.is_empty() {
            return Some(Gap::new("nothing says when it was done (`done at`)"));
        }
        let known_limit =
            known(&limit.start, "the start of the clock").and(known(&limit.time, "the time limit"));
        known_limit.and_then(|time| self.runs(id, *time)).err()
    }

    /// What a commitment is about.
    pub(super) fn subject(&self, id: Id<Commitment>) -> Result<(Subject, &Record), Gap> {
        let commitment = &self.model.commitments[id];
        let Some(subject) = &commitment.subject else { return Err(Gap::new("it is about no record")) };
        let subject = *known(subject, "what it is about")?;
        if let Subject::Definition(definition) = subject
            && let Some(gap) = self.definition_gap(definition)
        {
            return Err(gap);
        }
        let record = self.model.record_of(subject).ok_or_else(|| Gap::new("the record is not known"))?;
        Ok((subject, &self.model.records[record]))
    }

    /// A promise about each item with everything it needs.
    pub(super) fn ready(&self, id: Id<Commitment>) -> Result<Ready<'_>, Gap> {
        let commitment = &self.model.commitments[id];
        let from = match &commitment.form {
            Form::Turnaround(turnaround) => known(&turnaround.start, "the start of the clock")?,
            Form::LeadTime(lead) => known(&lead.anchor, "the moment it leads up to")?,
            Form::NotBefore(wait) => known(&wait.start, "the start of the clock")?,
            Form::Attempts(attempts) => known(&attempts.start, "the start of the clock")?,
            Form::Quota(_)
            | Form::Share(_)
            | Form::Level(_)
            | Form::Prohibition(_)
            | Form::Permission(_)
            | Form::Recurring(_) => {
                return Err(Gap::new("it has no deadline for each item"));
            }
        };
        let (subject, record) = self.subject(id)?;
        if let Some(gap) = self.open_condition(commitment) {
            return Err(gap);
        }
        if let Some(gap) = self.waiver_gap(id) {
            return Err(gap);
        }
        for pause in &commitment.pauses {
            if let Some(rows) = &pause.of
                && let Some(gap) = self.children_gap(known(rows, "the records of a pause")?)
            {
                return Err(gap);
            }
            known(&pause.from, "the start of a pause")?;
            known(&pause.to, "the end of a pause")?;
        }
        let done = commitment.met_at.iter().map(|f| known(f, "the moment it is met").copied());
        let done: Vec<Id<Field>> = done.collect::<Result<_, _>>()?;
        if let Form::Attempts(attempts) = &commitment.form {
            self.attempts_known(attempts)?;
        } else if done.is_empty() {
            return Err(Gap::new(match commitment.form {
                Form::NotBefore(_) => "nothing says when it was done (`done at`)",
                _ => "nothing says when it is met (`met at`)",
            }));
        }
        let mut tiers = Vec::new();
        for tier in commitment.tiers() {
            let limit = *known(&tier.limit, "the time limit")?;
            if let Some(gap) = tier.when.as_ref().and_then(|w| self.condition_gap(w)) {
                return Err(gap);
            }
            // By whose clock depends on the item: see `own_clock_gap`.
            if !matches!(commitment.clock, ClockRule::Member(_)) {
                self.runs(id, limit)?;
            }
            tiers.push((limit, tier));
        }
        if tiers.is_empty() {
            return Err(Gap::new("there is no time limit"));
        }
        Ok(Ready { subject, record, from: *from, done, tiers })
    }

    /// The limits of a promise about each item, as far as they are known.
    fn limits(&self, id: Id<Commitment>) -> impl Iterator<Item = Duration> {
        self.model.commitments[id].tiers().iter().filter_map(|tier| tier.limit.get().copied())
    }

    /// Whether the limits cannot run on the clock of one item: that of its person, where the clock is theirs.
    pub(super) fn own_clock_gap(&self, id: Id<Commitment>, item: &Item) -> Option<Gap> {
        let commitment = &self.model.commitments[id];
        let record = self.model.record_of(commitment.subject()?)?;
        let business = self.limits(id).any(|limit| limit.unit.is_business());
        if !business || !matches!(commitment.clock, ClockRule::Member(_)) {
            return None;
        }
        let record = &self.model.records[record];
        match self.clock_for(id, record, item) {
            Err(gap) => Some(gap),
            Ok(clock) if clock.hours().is_ok() => None,
            Ok(_) => Some(no_hours(self.calendar_for(id, record, item))),
        }
    }

    /// Whether a limit can run on every clock that an item may have: business time needs a calendar.
    fn runs(&self, id: Id<Commitment>, limit: Duration) -> Result<(), Gap> {
        let without = self.clocks(id)?.into_iter().find(|(_, clock)| clock.hours().is_err());
        if !limit.unit.is_business() || without.is_none() {
            return Ok(());
        }
        let calendars = match self.model.clock(&self.model.commitments[id]) {
            ClockOf::EveryItem(calendar) => vec![calendar],
            ClockOf::ByItem(calendars) => calendars,
        };
        Err(no_hours(calendars.into_iter().flatten().find(|slot| !slot.is_set())))
    }
}

/// Why business time cannot run.
fn no_hours(calendar: Option<&Slot<Id<Calendar>>>) -> Gap {
    match calendar {
        Some(slot) => Gap::of(slot, "the calendar"),
        None => Gap::new("business time needs a calendar"),
    }
}

fn at_gap(at: &Slot<Id<Field>>) -> Option<Gap> {
    known(at, "the moment that puts an item into a period").err()
}
