//! Results over periods: attainment, percentiles, quotas, shares.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::gap::known;
use super::{Evaluator, Gap, Item, Outcome, Verdict, reaches};
use crate::model::commitment::{Aim, CountedBy, Quota, QuotaAmount};
use crate::model::{Bound, Commitment, Date, Field, Form, Id, Period, Subject};
use crate::worktime::{Instant, PeriodSpan, Periods};

/// How the items of a promise with a time came out in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The period.
    pub period: PeriodSpan,
    /// How many items had each verdict.
    pub counts: BTreeMap<Verdict, u64>,
    /// Whether the target is reached so far; `None` without a target, or while nothing is decided.
    pub on_target: Option<bool>,
}

impl Tally {
    /// Items with a verdict.
    pub fn count(&self, verdict: Verdict) -> u64 {
        self.counts.get(&verdict).copied().unwrap_or(0)
    }

    /// met + late + overdue + too early.
    pub fn decided(&self) -> u64 {
        self.counts.iter().filter(|(verdict, _)| verdict.is_decided()).map(|(_, count)| count).sum()
    }

    /// met / (met + late + overdue + too early) in per cent; `None` while nothing is decided.
    pub fn attainment(&self) -> Option<Decimal> {
        let decided = Decimal::from(self.decided());
        (Decimal::from(self.count(Verdict::Met)) * Decimal::ONE_HUNDRED).checked_div(decided)
    }

    /// Whether attainment is below a share. False while nothing is decided.
    pub fn is_below(&self, percent: Decimal) -> bool {
        self.decided() > 0 && reaches(self.count(Verdict::Met), self.decided(), percent) == Ordering::Less
    }
}

/// How a promise over a period stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outlook {
    /// Kept, whatever may still come.
    Met,
    /// Broken, whatever may still come.
    Missed,
    /// The period has not ended.
    Open,
    /// The period has ended, and there was nothing to take a share of.
    NoItems,
    /// The period does not count: a condition of it failed (`provided`).
    Excused,
}

impl Outlook {
    /// The word that documents and queries use.
    pub fn word(self) -> &'static str {
        match self {
            Outlook::Met => "met",
            Outlook::Missed => "missed",
            Outlook::Open => "open",
            Outlook::NoItems => "no items",
            Outlook::Excused => "excused",
        }
    }
}

/// A quota in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The period.
    pub period: PeriodSpan,
    /// How much there is.
    pub amount: Decimal,
    /// How it stands.
    pub outlook: Outlook,
}

/// A share in one period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareResult {
    /// The period.
    pub period: PeriodSpan,
    /// How many items there are.
    pub items: u64,
    /// For how many of them `met when` holds.
    pub hits: u64,
    /// How it stands.
    pub outlook: Outlook,
}

impl Evaluator<'_> {
    /// The periods of a kind, in the agreement's fiscal year.
    pub fn periods(&self, kind: Period) -> Periods {
        Periods::new(kind, self.model.agreement.fiscal_year_starts)
    }

    /// The period over which a turnaround is reported: that of its target, else a month.
    pub fn reporting_period(&self, id: Id<Commitment>) -> Period {
        let commitment = &self.model.commitments[id];
        commitment.target.as_ref().map_or(Period::Month, |t| t.per)
    }

    /// The period of a kind that an outcome counts in. `None`: it has no deadline, or does not count.
    pub fn period_of(&self, id: Id<Commitment>, outcome: &Outcome, kind: Period) -> Option<PeriodSpan> {
        self.periods(kind).containing(self.date_of(id, outcome)?).ok()
    }

    /// The date that puts an outcome into a period.
    fn date_of(&self, id: Id<Commitment>, outcome: &Outcome) -> Option<Date> {
        let commitment = &self.model.commitments[id];
        let zone = self.zone.as_ref()?;
        if matches!(outcome.verdict, Verdict::OutsideTerm | Verdict::NotCovered | Verdict::NotStarted) {
            return None;
        }
        Some(match commitment.counted_by {
            CountedBy::DueDate => zone.due_date(outcome.deadline?),
            CountedBy::StartDate => zone.date(outcome.start?),
        })
    }

    /// The outcomes that count in some period, with their items and periods. Where a period does not count because a
    /// condition of it failed (`provided`), its items are excused.
    pub(super) fn outcomes<'i>(
        &self,
        id: Id<Commitment>,
        items: &'i [Item],
        kind: Period,
    ) -> Result<Vec<(PeriodSpan, Outcome, &'i Item)>, Gap> {
        let failed = self.failed(id, items)?;
        let mut out = Vec::new();
        for item in items {
            let Some(outcome) = self.outcome(id, item)? else { continue };
            let Some(date) = self.date_of(id, &outcome) else { continue };
            let Ok(period) = self.periods(kind).containing(date) else { continue };
            let verdict = if self.has_failed(&failed, date) { Verdict::Excused } else { outcome.verdict };
            out.push((period, Outcome { verdict, ..outcome }, item));
        }
        Ok(out)
    }

    /// The results of a turnaround by period, in order, over periods with an item. For a duty that recurs the items are
    /// the rows that show it, and occurrences are counted.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn attainment(&self, id: Id<Commitment>, items: &[Item], kind: Period) -> Result<Vec<Tally>, Gap> {
        if let Form::Recurring(_) = self.model.commitments[id].form {
            return self.held_by_period(id, items, kind);
        }
        let mut periods: BTreeMap<PeriodSpan, Vec<Outcome>> = BTreeMap::new();
        for (period, outcome, _) in self.outcomes(id, items, kind)? {
            periods.entry(period).or_default().push(outcome);
        }
        let tally = |(period, outcomes): (PeriodSpan, Vec<Outcome>)| {
            let mut counts = BTreeMap::new();
            for outcome in &outcomes {
                *counts.entry(outcome.verdict).or_insert(0) += 1;
            }
            let on_target = self.on_target(id, &outcomes);
            Tally { period, counts, on_target }
        };
        Ok(periods.into_iter().map(tally).collect())
    }

    fn on_target(&self, id: Id<Commitment>, outcomes: &[Outcome]) -> Option<bool> {
        let commitment = &self.model.commitments[id];
        match commitment.target.as_ref()?.aim.get()? {
            Aim::Attainment(percent) => {
                let met = outcomes.iter().filter(|o| o.verdict == Verdict::Met).count() as u64;
                let decided = outcomes.iter().filter(|o| o.verdict.is_decided()).count() as u64;
                (decided > 0).then(|| reaches(met, decided, *percent).is_ge())
            }
            Aim::Percentile { percent, under } => {
                let taken_by = |o: &Outcome| {
                    let measure = self.clock_by(o).ok()?.measure(under.unit).ok()?;
                    self.taken_by(o, measure)
                };
                let decided = outcomes.iter().filter(|o| o.verdict.is_decided());
                let taken = decided.filter_map(taken_by).collect();
                let limit = under.seconds()?;
                percentile(taken, *percent).map(|value| value < limit)
            }
        }
    }

    /// The periods of a kind that have begun by now within the term; without a term, those from the first moment to
    /// now.
    pub(super) fn begun(&self, kind: Period, moments: &[Instant]) -> Vec<PeriodSpan> {
        let Some(zone) = self.zone.as_ref() else { return Vec::new() };
        let term =
            self.model.agreement.effective.as_ref().and_then(super::super::model::agreement::Effective::term);
        let today = zone.date(self.now);
        let (first, last) = match term {
            Some((from, to)) => (from, to.map_or(today, |to| to.min(today))),
            None => match moments.iter().min() {
                Some(first) => (zone.date(*first), today),
                None => return Vec::new(),
            },
        };
        self.periods(kind).between(first, last).unwrap_or_default()
    }

    /// Whether a period has ended by now.
    pub(super) fn has_ended(&self, period: &PeriodSpan) -> bool {
        let end = self.zone.as_ref().and_then(|zone| period.end(zone).ok());
        end.is_some_and(|end| end <= self.now)
    }

    /// The items of a quota or a share that count, with the moment that puts each into a period: of the subject, not
    /// excused, within the term and not in the future.
    fn counted<'i>(&self, id: Id<Commitment>, items: &'i [Item], at: Id<Field>) -> Vec<(Instant, &'i Item)> {
        let commitment = &self.model.commitments[id];
        let Some(subject) = commitment.subject() else { return Vec::new() };
        let Some(record) = self.model.record_of(subject) else { return Vec::new() };
        let record = &self.model.records[record];
        let items = items
            .iter()
            .filter(|item| self.is_of(subject, item))
            .filter(|item| !commitment.excused_when.as_ref().is_some_and(|p| self.holds(p, record, item)));
        let waived = |moment: &Instant, item: &Item| self.waiver_for(id, record, item, *moment).is_some();
        let mut counted = self.by_moment(items, at);
        counted.retain(|(moment, item)| !waived(moment, item));
        counted
    }

    /// Items with the moment that puts each into a period: within the term, and not in the future.
    fn by_moment<'i>(
        &self,
        items: impl Iterator<Item = &'i Item>,
        at: Id<Field>,
    ) -> Vec<(Instant, &'i Item)> {
        items
            .filter_map(|item| Some((item.get(at).moment()?, item)))
            .filter(|(moment, _)| self.is_in_term(*moment) && *moment <= self.now)
            .collect()
    }

    /// Groups moments by the period they lie in.
    fn by_period<'i>(
        &self,
        kind: Period,
        items: Vec<(Instant, &'i Item)>,
    ) -> Vec<(PeriodSpan, Vec<&'i Item>)> {
        let Some(zone) = self.zone.as_ref() else { return Vec::new() };
        let moments: Vec<Instant> = items.iter().map(|(moment, _)| *moment).collect();
        let mut periods: BTreeMap<PeriodSpan, Vec<&Item>> =
            self.begun(kind, &moments).into_iter().map(|p| (p, Vec::new())).collect();
        for (moment, item) in items {
            if let Ok(period) = self.periods(kind).containing(zone.date(moment)) {
                periods.entry(period).or_default().push(item);
            }
        }
        periods.into_iter().collect()
    }

    /// A quota by period, in order, over every period that has begun.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn quota(&self, id: Id<Commitment>, items: &[Item]) -> Result<Vec<Progress>, Gap> {
        let commitment = &self.model.commitments[id];
        let Form::Quota(quota) = &commitment.form else { return Err(Gap::new("it is no quota")) };
        if let Some(gap) = self.gap(id) {
            return Err(gap);
        }
        let counted = self.counted(id, items, *known(&quota.at, "the moment it counts")?);
        let mut progress = self.amounts(quota, self.meeting(id, counted))?;
        let failed = self.failed(id, items)?;
        for amount in progress.iter_mut().filter(|p| self.has_failed(&failed, p.period.first)) {
            amount.outlook = Outlook::Excused;
        }
        Ok(progress)
    }

    /// How many items of a subject there are by period, for the condition of another commitment.
    pub(super) fn progress(
        &self,
        subject: Subject,
        quota: &Quota,
        items: &[Item],
    ) -> Result<Vec<Progress>, Gap> {
        let at = *known(&quota.at, "the moment it counts")?;
        let items = items.iter().filter(|item| self.is_of(subject, item));
        self.amounts(quota, self.by_moment(items, at))
    }

    /// The amount in each period, and how it stands.
    fn amounts(&self, quota: &Quota, counted: Vec<(Instant, &Item)>) -> Result<Vec<Progress>, Gap> {
        let progress = |(period, items): (PeriodSpan, Vec<&Item>)| {
            let (required, sum) = match known(quota.amount_on(period.first), "the amount")? {
                QuotaAmount::Count(n) => (Decimal::from(*n), None),
                QuotaAmount::Worth { amount, field, .. } => (*amount, Some(*field)),
            };
            let amount = match sum {
                None => Decimal::from(items.len()),
                Some(field) => items.iter().filter_map(|item| item.get(field).number()).sum(),
            };
            let ended = self.has_ended(&period);
            let outlook = match quota.bound {
                Bound::AtLeast if amount >= required => Outlook::Met,
                Bound::AtLeast if ended => Outlook::Missed,
                Bound::AtMost if amount > required => Outlook::Missed,
                Bound::AtMost if ended => Outlook::Met,
                Bound::AtLeast | Bound::AtMost => Outlook::Open,
            };
            Ok(Progress { period, amount, outlook })
        };
        self.by_period(quota.per, counted).into_iter().map(progress).collect()
    }

    /// The items for which `met when` holds, if it is given.
    fn meeting<'i>(&self, id: Id<Commitment>, items: Vec<(Instant, &'i Item)>) -> Vec<(Instant, &'i Item)> {
        let commitment = &self.model.commitments[id];
        let record = commitment.subject().and_then(|s| self.model.record_of(s));
        match (&commitment.met_when, record) {
            (Some(met), Some(record)) => {
                let record = &self.model.records[record];
                items.into_iter().filter(|(_, item)| self.holds(met, record, item)).collect()
            }
            _ => items,
        }
    }

    /// A share by period, in order, over every period that has begun.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn share(&self, id: Id<Commitment>, items: &[Item]) -> Result<Vec<ShareResult>, Gap> {
        let commitment = &self.model.commitments[id];
        let Form::Share(share) = &commitment.form else { return Err(Gap::new("it is no share")) };
        if let Some(gap) = self.gap(id) {
            return Err(gap);
        }
        let percent = *known(&share.percent, "the share")?;
        let failed = self.failed(id, items)?;
        let counted = self.counted(id, items, *known(&share.at, "the moment it counts")?);
        let result = |(period, items): (PeriodSpan, Vec<&Item>)| {
            let all: Vec<(Instant, &Item)> = items.iter().map(|item| (self.now, *item)).collect();
            let hits = self.meeting(id, all).len() as u64;
            let items = items.len() as u64;
            let order = reaches(hits, items, percent);
            let kept = match share.bound {
                Bound::AtLeast => order.is_ge(),
                Bound::AtMost => order.is_le(),
            };
            let outlook = match (self.has_ended(&period), items) {
                (false, _) => Outlook::Open,
                (true, 0) => Outlook::NoItems,
                (true, _) if kept => Outlook::Met,
                (true, _) => Outlook::Missed,
            };
            let outlook = if self.has_failed(&failed, period.first) { Outlook::Excused } else { outlook };
            ShareResult { period, items, hits, outlook }
        };
        Ok(self.by_period(share.per, counted).into_iter().map(result).collect())
    }
}

/// The value at a percentile, by nearest rank: the smallest value that at least this per cent of the values do not
/// exceed. `None` for no values.
pub fn percentile(mut values: Vec<i64>, percent: u8) -> Option<i64> {
    values.sort_unstable();
    let count = values.len();
    let rank = (count * usize::from(percent)).div_ceil(100).max(1);
    values.get(rank - 1).copied()
}
