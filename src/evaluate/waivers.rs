//! Exceptions: which items they excuse, and how often they were used.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::gap::known;
use super::{Evaluator, Gap, Item, Outlook, Progress};
use crate::model::{Commitment, Form, Id, Record, Slot, Waiver};
use crate::worktime::{Instant, PeriodSpan};

impl Evaluator<'_> {
    /// The exception that excuses an item of a commitment which starts at a moment.
    pub fn waiver_for(
        &self,
        id: Id<Commitment>,
        record: &Record,
        item: &Item,
        start: Instant,
    ) -> Option<Id<Waiver>> {
        self.model
            .waivers_of(id)
            .filter(|(_, waiver)| self.is_open_at(waiver, start))
            .find(|(_, waiver)| waiver.when.as_ref().is_none_or(|when| self.holds(when, record, item)))
            .map(|(waiver, _)| waiver)
    }

    /// Whether a moment lies in the time of an exception. Where the time is still open, none does.
    fn is_open_at(&self, waiver: &Waiver, moment: Instant) -> bool {
        if waiver.from.is_none() && waiver.until.is_none() {
            return true;
        }
        let Some(zone) = &self.zone else { return false };
        let date = zone.date(moment);
        waiver.from.as_ref().is_none_or(|from| from.get().is_some_and(|from| *from <= date))
            && waiver.until.as_ref().is_none_or(|until| until.get().is_some_and(|until| date <= *until))
    }

    /// What is missing before it can be told which items of a commitment are excused.
    pub(super) fn waiver_gap(&self, id: Id<Commitment>) -> Option<Gap> {
        self.model.waivers_of(id).find_map(|(_, waiver)| {
            let days = [&waiver.from, &waiver.until].into_iter().flatten();
            let days = days.into_iter().find_map(|day| known(day, "the time of an exception").err());
            days.or_else(|| waiver.when.as_ref().and_then(|when| self.condition_gap(when)))
        })
    }

    /// How often an exception was used by period: the items that it excuses, each once, by the moment they start. Where the
    /// limit is passed the outlook is `Missed`; the items stay excused.
    ///
    /// # Errors
    /// What is missing, for an exception or a commitment that is not complete.
    pub fn uses(&self, id: Id<Waiver>, items: &[Item]) -> Result<Vec<Progress>, Gap> {
        let waiver = &self.model.waivers[id];
        let Some(limit) = &waiver.at_most else { return Ok(Vec::new()) };
        let most = Decimal::from(*known(&limit.amount, "how often it may be used")?);
        let zone = self.zone.as_ref().ok_or_else(|| Gap::new("the time zone is not known"))?;
        let mut used: BTreeMap<PeriodSpan, u64> = BTreeMap::new();
        for item in items {
            let mut starts = Vec::new();
            for commitment in waiver.excuses.iter().filter_map(Slot::get) {
                starts.extend(self.excused_start(*commitment, item)?.filter(|(by, _)| *by == id));
            }
            let first = starts.into_iter().map(|(_, start)| start).min();
            if let Some(period) = first.and_then(|at| self.periods(limit.per).containing(zone.date(at)).ok())
            {
                *used.entry(period).or_default() += 1;
            }
        }
        let progress = |(period, count): (PeriodSpan, u64)| {
            let amount = Decimal::from(count);
            let outlook = match self.has_ended(&period) {
                _ if amount > most => Outlook::Missed,
                true => Outlook::Met,
                false => Outlook::Open,
            };
            Progress { period, amount, outlook }
        };
        Ok(used.into_iter().map(progress).collect())
    }

    /// The exception that excuses an item of a commitment, and when the item starts.
    fn excused_start(&self, id: Id<Commitment>, item: &Item) -> Result<Option<(Id<Waiver>, Instant)>, Gap> {
        let (subject, record) = self.subject(id)?;
        if !self.is_of(subject, item) {
            return Ok(None);
        }
        let start = match &self.model.commitments[id].form {
            Form::Quota(quota) => item.get(*known(&quota.at, "the moment it counts")?).moment(),
            Form::Share(share) => item.get(*known(&share.at, "the moment it counts")?).moment(),
            _ => self.own_outcome(id, item)?.and_then(|outcome| outcome.start.or(outcome.anchor)),
        };
        let start = start.filter(|start| self.is_in_term(*start) && *start <= self.now);
        Ok(start.and_then(|start| Some((self.waiver_for(id, record, item, start)?, start))))
    }
}
