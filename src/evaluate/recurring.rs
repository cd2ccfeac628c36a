//! Duties that recur: what is due, and whether it was done.

use std::collections::BTreeMap;

use super::gap::known;
use super::{Evaluator, Gap, Item, Tally, Value, Verdict, reaches};
use crate::model::commitment::Aim;
use crate::model::recurrence::Evidence;
use crate::model::{ClockOf, Commitment, Date, Form, Id, Period, Recurring};
use crate::worktime::{Clock, Day, Instant, Occurrence, Occurrences, PeriodSpan};

/// One occurrence of a duty that recurs, and what came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What was due.
    pub occurrence: Occurrence,
    /// Met, late, overdue or open.
    pub verdict: Verdict,
    /// When it was done.
    pub done: Option<Instant>,
}

impl Evaluator<'_> {
    /// When a duty that recurs is due, as far as anybody can say.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn schedule(&self, id: Id<Commitment>) -> Result<Occurrences<'_>, Gap> {
        let commitment = &self.model.commitments[id];
        let Form::Recurring(recurring) = &commitment.form else { return Err(Gap::new("it does not recur")) };
        let rule = *known(&recurring.recurrence, "when it is due")?;
        let clock = self.clock(id)?;
        let starts = self.model.agreement.fiscal_year_starts;
        let schedule = Occurrences::new(rule, starts, clock);
        schedule.map_err(|_| match self.model.clock(commitment) {
            ClockOf::EveryItem(Some(slot)) if !slot.is_set() => Gap::of(slot, "the calendar"),
            _ => Gap::new("business days need a calendar"),
        })
    }

    /// The occurrences that are due in the term of the agreement from a date on, in order. Without an end of the term they
    /// go on.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn due_from(
        &self,
        id: Id<Commitment>,
        date: Date,
    ) -> Result<impl Iterator<Item = Occurrence> + use<'_>, Gap> {
        let schedule = self.schedule(id)?;
        let (first, last) = self.dates_of_term();
        let first = first.map_or(date, |first| first.max(date));
        let in_term = move |occurrence: &Occurrence| last.is_none_or(|last| occurrence.day <= last);
        Ok(schedule.from(first).take_while(in_term))
    }

    /// The next occurrence in the term that is not over by now.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn next_due(&self, id: Id<Commitment>) -> Result<Option<Occurrence>, Gap> {
        let today = self.schedule(id)?.clock().zone().date(self.now);
        Ok(self.due_from(id, today)?.find(|occurrence| occurrence.due >= self.now))
    }

    /// What came of every occurrence that has begun by now, by rows of the record that shows it. Each row shows one
    /// occurrence: the first that is still without one, in time before late.
    ///
    /// # Errors
    /// What is missing: also that nothing shows it.
    pub fn held(&self, id: Id<Commitment>, rows: &[Item]) -> Result<Vec<Held>, Gap> {
        if let Some(gap) = self.gap(id) {
            return Err(gap);
        }
        let Form::Recurring(Recurring { evidence: Some(evidence), .. }) = &self.model.commitments[id].form
        else {
            return Err(no_evidence());
        };
        let schedule = self.schedule(id)?;
        let mut rows = self.moments_of(evidence, rows, schedule.clock())?;
        let first = match self.dates_of_term() {
            (Some(first), _) => first,
            // Without a term it is counted from the first row on.
            (None, _) => match rows.first() {
                Some(first) => schedule.clock().zone().date(*first),
                None => return Ok(Vec::new()),
            },
        };
        let mut out: Vec<Held> = Vec::new();
        let mut due = self.due_from(id, first)?.peekable();
        while let Some(occurrence) = due.next().filter(|occurrence| occurrence.from <= self.now) {
            let next = due.peek().map(|next| next.from).or_else(|| self.next_beyond(id, &occurrence));
            let done = rows.iter().position(|at| occurrence.from <= *at && *at <= occurrence.until);
            let late =
                rows.iter().position(|at| occurrence.until < *at && next.is_none_or(|next| *at < next));
            let verdict = match (done, late) {
                (Some(_), _) => Verdict::Met,
                (None, Some(_)) => Verdict::Late,
                (None, None) if self.now > occurrence.until => Verdict::Overdue,
                (None, None) => Verdict::Open,
            };
            let done = done.or(late).map(|row| rows.remove(row));
            out.push(Held { occurrence, verdict, done });
        }
        Ok(out)
    }

    /// Where the occurrence behind the last one of the term begins.
    fn next_beyond(&self, id: Id<Commitment>, last: &Occurrence) -> Option<Instant> {
        let mut after = self.schedule(id).ok()?.from(last.day).filter(|next| next.day > last.day);
        after.next().map(|next| next.from)
    }

    /// How a duty that recurs came out by period, in order: occurrences count where they are due.
    pub(super) fn held_by_period(
        &self,
        id: Id<Commitment>,
        rows: &[Item],
        kind: Period,
    ) -> Result<Vec<Tally>, Gap> {
        let mut periods: BTreeMap<PeriodSpan, BTreeMap<Verdict, u64>> = BTreeMap::new();
        for held in self.held(id, rows)? {
            if let Ok(period) = self.periods(kind).containing(held.occurrence.day) {
                *periods.entry(period).or_default().entry(held.verdict).or_default() += 1;
            }
        }
        let aim = self.model.commitments[id].target.as_ref().and_then(|target| target.aim.get());
        let tally = |(period, counts)| {
            let tally = Tally { period, counts, on_target: None };
            let on_target = match aim {
                Some(Aim::Attainment(percent)) if tally.decided() > 0 => {
                    Some(reaches(tally.count(Verdict::Met), tally.decided(), *percent).is_ge())
                }
                _ => None,
            };
            Tally { on_target, ..tally }
        };
        Ok(periods.into_iter().map(tally).collect())
    }

    /// What is missing before it can be told when a duty that recurs is due, or that it was done. That nothing shows
    /// it is no gap: it is due all the same.
    pub(super) fn recurring_gap(&self, id: Id<Commitment>, recurring: &Recurring) -> Option<Gap> {
        if let Err(gap) = self.schedule(id) {
            return Some(gap);
        }
        let evidence = recurring.evidence.as_ref()?;
        let condition = || evidence.condition.as_ref().and_then(|condition| self.condition_gap(condition));
        known(&evidence.record, "the record that shows it")
            .err()
            .or_else(|| known(&evidence.at, "the field that says when it was done").err())
            .or_else(condition)
    }

    /// When the rows say that it was done, in order. A date is the beginning of that day.
    fn moments_of(&self, evidence: &Evidence, rows: &[Item], clock: Clock<'_>) -> Result<Vec<Instant>, Gap> {
        let record = &self.model.records[*known(&evidence.record, "the record that shows it")?];
        let at = *known(&evidence.at, "the field that says when it was done")?;
        let shows = |row: &&Item| evidence.condition.as_ref().is_none_or(|p| self.holds(p, record, row));
        let moment = |row: &Item| match row.get(at) {
            Value::Date(date) => clock.zone().start_of(Day::of(*date)).ok(),
            value => value.moment(),
        };
        let mut moments: Vec<Instant> = rows.iter().filter(shows).filter_map(moment).collect();
        moments.sort_unstable();
        Ok(moments)
    }

    /// The first and the last day of the term, where they are known.
    fn dates_of_term(&self) -> (Option<Date>, Option<Date>) {
        let Some(effective) = &self.model.agreement.effective else { return (None, None) };
        let last = effective.to.as_ref().and_then(|to| to.get().copied());
        (effective.from.get().copied(), last)
    }
}

fn no_evidence() -> Gap {
    Gap::new("nothing shows that it was done (`recorded in`)")
}
