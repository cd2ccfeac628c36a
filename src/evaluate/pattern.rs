//! Patterns over several items or periods: attainment that stays low, the same owner late again and again.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Evaluator, Gap, Item, Outlook, Tally, Verdict};
use crate::model::contingency::MissedBy;
use crate::model::{Commitment, Form, Id, Period};
use crate::worktime::PeriodSpan;

/// A period in which a commitment was missed often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misses {
    /// The period.
    pub period: PeriodSpan,
    /// By whom, where it is asked for each owner.
    pub owner: Option<String>,
    /// How many items are late, overdue or too early; of an amount, a share or a level, how many periods are missed.
    pub count: u64,
}

impl Evaluator<'_> {
    /// The periods at whose end attainment was below a share for so many ended periods in a row.
    pub fn below(&self, tallies: &[Tally], percent: Decimal, count: u32, kind: Period) -> Vec<PeriodSpan> {
        let periods = self.periods(kind);
        let mut row: Vec<&PeriodSpan> = Vec::new();
        let mut out = Vec::new();
        for tally in tallies {
            if !tally.is_below(percent) || !self.has_ended(&tally.period) {
                row.clear();
                continue;
            }
            // A period in between without a decided item breaks the row.
            let follows =
                row.last().is_none_or(|last| periods.next(last).is_ok_and(|next| next == tally.period));
            if !follows {
                row.clear();
            }
            row.push(&tally.period);
            if row.len() >= count as usize {
                out.push(tally.period.clone());
            }
        }
        out
    }

    /// The periods in which a promise was missed at least so often, in order, and by owner where that is asked: items
    /// that are late, overdue or too early, each in the period that it counts in. Of an amount, a share or a level its own
    /// periods are counted, each in the period in which it ends. What nobody owns is nobody's miss.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn missed(
        &self,
        id: Id<Commitment>,
        items: &[Item],
        (times, kind, by): (u32, Period, MissedBy),
    ) -> Result<Vec<Misses>, Gap> {
        let mut counts: BTreeMap<(PeriodSpan, Option<String>), u64> = BTreeMap::new();
        if let Some(periods) = self.missed_periods(id, items)? {
            let ends = periods.iter().filter(|_| by == MissedBy::Anyone).map(|period| period.last);
            for around in ends.filter_map(|end| self.periods(kind).containing(end).ok()) {
                *counts.entry((around, None)).or_default() += 1;
            }
            return Ok(often(counts, times));
        }
        if let Form::Recurring(_) = self.model.commitments[id].form {
            // What is about no record has no owner.
            let tallies = if by == MissedBy::Anyone { self.attainment(id, items, kind)? } else { Vec::new() };
            for tally in tallies {
                let missed = tally.decided() - tally.count(Verdict::Met);
                counts.insert((tally.period, None), missed);
            }
            return Ok(often(counts, times));
        }
        let owner_field = self.ready(id)?.record.owner();
        for (period, outcome, item) in self.outcomes(id, items, kind)? {
            if !outcome.verdict.is_decided() || outcome.verdict == Verdict::Met {
                continue;
            }
            let owner = owner_field.and_then(|field| item.get(field).text()).map(str::to_owned);
            match by {
                MissedBy::Anyone => *counts.entry((period, None)).or_default() += 1,
                MissedBy::SameOwner if owner.is_some() => *counts.entry((period, owner)).or_default() += 1,
                MissedBy::SameOwner => {}
            }
        }
        Ok(often(counts, times))
    }

    /// The periods in which an amount, a share or a level was missed. `None`: the promise is about items.
    fn missed_periods(&self, id: Id<Commitment>, items: &[Item]) -> Result<Option<Vec<PeriodSpan>>, Gap> {
        let missed = |(period, outlook)| (outlook == Outlook::Missed).then_some(period);
        Ok(Some(match self.model.commitments[id].form {
            Form::Quota(_) => {
                self.quota(id, items)?.into_iter().filter_map(|p| missed((p.period, p.outlook))).collect()
            }
            Form::Share(_) => {
                self.share(id, items)?.into_iter().filter_map(|s| missed((s.period, s.outlook))).collect()
            }
            Form::Level(_) => {
                self.level(id, items)?.into_iter().filter_map(|l| missed((l.period, l.outlook))).collect()
            }
            _ => return Ok(None),
        }))
    }
}

/// The periods with at least so many misses.
fn often(counts: BTreeMap<(PeriodSpan, Option<String>), u64>, times: u32) -> Vec<Misses> {
    let often = counts.into_iter().filter(|(_, count)| *count >= u64::from(times));
    often.map(|((period, owner), count)| Misses { period, owner, count }).collect()
}
