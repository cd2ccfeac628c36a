//! Which clock the time of a commitment runs on.

use super::{Evaluator, Gap, Item, Outcome};
use crate::model::{Calendar, ClockOf, ClockRule, Commitment, Id, Record, Slot};
use crate::worktime::{Clock, OpenHours};

/// A clock, with its calendar where it has one.
pub type CalendarClock<'a> = (Option<Id<Calendar>>, Clock<'a>);

impl Evaluator<'_> {
    /// The hours of a calendar, where they are known.
    pub fn hours(&self, calendar: Id<Calendar>) -> Option<&OpenHours> {
        self.hours.get(calendar.index())?.as_ref()
    }

    /// The clock of a commitment whose clock is the same for every item: the hours of its calendar, else the zone of the
    /// agreement alone.
    ///
    /// # Errors
    /// What is missing, when the calendar is open or there is no zone; or that the clock depends on the item.
    pub fn clock(&self, id: Id<Commitment>) -> Result<Clock<'_>, Gap> {
        match self.model.clock(&self.model.commitments[id]) {
            ClockOf::EveryItem(calendar) => self.clock_of(calendar),
            ClockOf::ByItem(_) => Err(Gap::new("its clock depends on the item")),
        }
    }

    /// Every clock that an item of a commitment may have, each once, with its calendar.
    ///
    /// # Errors
    /// What is missing, when a calendar is open or there is no zone.
    pub fn clocks(&self, id: Id<Commitment>) -> Result<Vec<CalendarClock<'_>>, Gap> {
        let calendars = match self.model.clock(&self.model.commitments[id]) {
            ClockOf::EveryItem(calendar) => vec![calendar],
            ClockOf::ByItem(calendars) => calendars,
        };
        let mut out: Vec<CalendarClock<'_>> = Vec::new();
        for calendar in calendars {
            let known = calendar.and_then(|slot| slot.get().copied());
            let clock = self.clock_of(calendar)?;
            if out.iter().all(|(other, _)| *other != known) {
                out.push((known, clock));
            }
        }
        Ok(out)
    }

    /// The clock of an item.
    ///
    /// # Errors
    /// What is missing, when its calendar is open or there is no zone.
    pub fn clock_for(&self, id: Id<Commitment>, record: &Record, item: &Item) -> Result<Clock<'_>, Gap> {
        self.clock_of(self.calendar_for(id, record, item))
    }

    /// The clock by which an outcome was found.
    ///
    /// # Errors
    /// That the hours of its calendar are not known, or that there is no zone.
    pub fn clock_by(&self, outcome: &Outcome) -> Result<Clock<'_>, Gap> {
        match outcome.calendar {
            Some(calendar) => self.clock_of(Some(&Slot::Set(calendar))),
            None => self.clock_of(None),
        }
    }

    /// The calendar of an item. `None`: none is stated.
    pub(super) fn calendar_for(
        &self,
        id: Id<Commitment>,
        record: &Record,
        item: &Item,
    ) -> Option<&Slot<Id<Calendar>>> {
        let commitment = &self.model.commitments[id];
        let of_role = || self.model.hours_of_actor(commitment);
        match &commitment.clock {
            ClockRule::Role => of_role(),
            ClockRule::Calendar(calendar) => Some(calendar),
            ClockRule::Table(rows) => {
                let fits = |when: &Option<crate::model::Predicate>| {
                    when.as_ref().is_none_or(|when| self.holds(when, record, item))
                };
                rows.iter().find(|row| fits(&row.when)).map(|row| &row.calendar).or_else(of_role)
            }
            ClockRule::Member(field) => {
                let person = field.get().and_then(|field| item.get(*field).text());
                let members = commitment.actor.get().map(|role| self.model.roles[*role].members.as_slice());
                let own = members.unwrap_or_default().iter().find(|member| Some(&*member.name) == person);
                own.map(|member| &member.works).or_else(of_role)
            }
        }
    }

    fn clock_of(&self, calendar: Option<&Slot<Id<Calendar>>>) -> Result<Clock<'_>, Gap> {
        match calendar {
            Some(Slot::Set(calendar)) => self.hours(*calendar).map(Clock::Business).ok_or_else(|| {
                Gap::new(format!(
                    "the hours of `{}` are not known",
                    self.model.calendars[*calendar].head.name
                ))
            }),
            Some(slot @ (Slot::Tbd(_) | Slot::Broken)) => match &self.zone {
                Some(zone) => Ok(Clock::Wall(zone)),
                None => Err(Gap::of(slot, "the calendar")),
            },
            None => self.zone.as_ref().map(Clock::Wall).ok_or_else(|| Gap::new("the time zone is not known")),
        }
    }
}
