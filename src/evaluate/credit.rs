//! Service credits: what is paid for a period, and until when it can be claimed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::gap::known;
use super::{Evaluator, Gap, Item, Outlook, Ratio, Verdict};
use crate::model::{Commitment, Credit, Form, Id, Unit};
use crate::worktime::{self, Clock, Day, Instant, PeriodSpan};

/// A credit for one period that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditResult {
    /// The period.
    pub period: PeriodSpan,
    /// How much was kept. `None`: nothing, neither kept nor missed.
    pub kept: Option<Ratio>,
    /// The row that applies, if any.
    pub row: Option<usize>,
    /// What is paid: per cent of what the row names, or an amount in its currency. Less than the row says where the most
    /// that may be paid is reached.
    pub pays: Decimal,
    /// The last moment to claim it; `None` if nothing is paid, or no claim is needed or can be timed.
    pub claim_by: Option<Instant>,
}

impl Evaluator<'_> {
    /// What is missing before a credit can be told.
    pub fn credit_gap(&self, id: Id<Credit>) -> Option<Gap> {
        let credit = &self.model.credits[id];
        let commitment = match known(&credit.of, "the commitment it goes by") {
            Ok(commitment) => *commitment,
            Err(gap) => return Some(gap),
        };
        let amount = |payment: &crate::model::credit::Payment| {
            payment.amount().is_none().then(|| Gap::new("what is paid is not known"))
        };
        let row = |row: &crate::model::credit::CreditRow| {
            known(&row.below, "a bound").err().or_else(|| amount(&row.pays))
        };
        self.gap(commitment)
            .or_else(|| credit.rows.iter().find_map(row))
            .or_else(|| credit.cap.as_ref().and_then(|cap| amount(&cap.most)))
    }

    /// What is paid for each period that has ended, in order.
    ///
    /// # Errors
    /// What is missing, for a credit or a commitment that is not complete.
    pub fn credits(&self, id: Id<Credit>, items: &[Item]) -> Result<Vec<CreditResult>, Gap> {
        if let Some(gap) = self.credit_gap(id) {
            return Err(gap);
        }
        let credit = &self.model.credits[id];
        let commitment = *known(&credit.of, "the commitment it goes by")?;
        let mut paid: BTreeMap<PeriodSpan, Decimal> = BTreeMap::new();
        let mut out = Vec::new();
        for (period, kept) in self.standings(commitment, items)? {
            if !self.has_ended(&period) {
                continue;
            }
            let row = kept.and_then(|kept| self.credit_row(id, kept));
            let due = row.map_or(Decimal::ZERO, |row| self.payment_of(id, row));
            let pays = match &credit.cap {
                Some(cap) => {
                    let whole = self.periods(cap.per).containing(period.last).ok();
                    let before = whole.map(|whole| paid.entry(whole).or_default());
                    let most = cap.most.amount().map_or(Decimal::MAX, |(most, _)| most);
                    let pays = due.min(before.as_ref().map_or(most, |before| most - **before));
                    if let Some(before) = before {
                        *before += pays;
                    }
                    pays
                }
                None => due,
            };
            let claim_by = if pays.is_zero() { None } else { self.claim_by(id, &period) };
            out.push(CreditResult { period, kept, row, pays, claim_by });
        }
        Ok(out)
    }

    /// The row that applies to a result: the one with the lowest bound that the result lies below.
    pub fn credit_row(&self, id: Id<Credit>, kept: Ratio) -> Option<usize> {
        let rows = &self.model.credits[id].rows;
        let below = |bound: &Decimal| kept.compare(*bound).is_lt();
        rows.iter().rposition(|row| row.below.get().is_some_and(below))
    }

    /// What a row pays for one period on its own: no more than the most that may be paid.
    pub fn payment_of(&self, id: Id<Credit>, row: usize) -> Decimal {
        let credit = &self.model.credits[id];
        let due = credit.rows.get(row).and_then(|row| row.pays.amount()).map(|(amount, _)| amount);
        let most = credit.cap.as_ref().and_then(|cap| cap.most.amount()).map(|(most, _)| most);
        let due = due.unwrap_or_default();
        most.map_or(due, |most| due.min(most))
    }

    /// The last moment to claim a credit for a period. Hours count from the end of the period; of days, weeks and months
    /// its last day is day 0.
    pub fn claim_by(&self, id: Id<Credit>, period: &PeriodSpan) -> Option<Instant> {
        let claim = self.model.credits[id].claim.as_ref()?;
        let within = *claim.within.get()?;
        let works = claim.by.as_ref().and_then(|by| by.get()).and_then(|role| {
            self.model.roles[*role].works.as_ref().and_then(|calendar| self.hours(*calendar.get()?))
        });
        let clock = match works {
            Some(hours) => Clock::Business(hours),
            None => Clock::Wall(self.zone.as_ref()?),
        };
        let by_days =
            matches!(within.unit, Unit::BusinessDays | Unit::CalendarDays | Unit::Weeks | Unit::Months);
        let from = if by_days {
            clock.zone().start_of(Day::of(period.last)).ok()?
        } else {
            period.end(self.zone.as_ref()?).ok()?
        };
        worktime::due(from, within, clock).ok()
    }

    /// How much of a period was kept by one item, in the period of a label, or else in that of the item. The inner error says
    /// why there is no such, in words that follow the name of the commitment.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn kept_by_one(
        &self,
        id: Id<Commitment>,
        item: &Item,
        label: Option<&str>,
    ) -> Result<Result<(PeriodSpan, Ratio), String>, Gap> {
        if let Some(gap) = self.gap(id) {
            return Err(gap);
        }
        let items = std::slice::from_ref(item);
        let level = match &self.model.commitments[id].form {
            Form::Level(level) => Some(level),
            _ => None,
        };
        let kind = match &self.model.commitments[id].form {
            Form::Level(level) => level.per,
            Form::Share(share) => share.per,
            _ => self.reporting_period(id),
        };
        let named = match label {
            Some(label) => match self.periods(kind).labelled(label) {
                Some(period) => Some(period),
                None => return Ok(Err(format!("is measured by {kind}, and `{label}` is no {kind}"))),
            },
            None => None,
        };
        if level.is_some() {
            let Some(period) = named.or_else(|| self.period_of_row(id, item)) else {
                return Ok(Err(format!("needs a {kind}: this record is of none")));
            };
            let kept = self.level_in(id, items, &period)?;
            let nothing = || format!("cannot be told for {}: no possible amount is reported", period.label);
            return Ok(kept.ok_or_else(nothing).map(|kept| (period.clone(), kept)));
        }
        let standings = self.standings(id, items)?;
        let known = standings.into_iter().filter_map(|(period, kept)| Some((period, kept?)));
        let found = known.into_iter().find(|(period, _)| named.as_ref().is_none_or(|named| named == period));
        let of = label.map(|label| format!(" in {label}")).unwrap_or_default();
        Ok(found.ok_or_else(|| format!("has nothing to go by{of}: this record does not count")))
    }

    /// How much of a promise was kept, by period, in order. `None`: nothing to go by, or the period does not count.
    ///
    /// # Errors
    /// What is missing, for a commitment that is not complete.
    pub fn standings(
        &self,
        id: Id<Commitment>,
        items: &[Item],
    ) -> Result<Vec<(PeriodSpan, Option<Ratio>)>, Gap> {
        let counts = |outlook: Outlook| outlook != Outlook::Excused;
        match &self.model.commitments[id].form {
            Form::Level(_) => {
                let levels = self.level(id, items)?.into_iter();
                Ok(levels.map(|l| (l.period, l.kept.filter(|_| counts(l.outlook)))).collect())
            }
            Form::Share(_) => {
                let shares = self.share(id, items)?.into_iter();
                Ok(shares
                    .map(|s| (s.period, Ratio::new(s.hits, s.items).filter(|_| counts(s.outlook))))
                    .collect())
            }
            _ => {
                let tallies = self.attainment(id, items, self.reporting_period(id))?.into_iter();
                Ok(tallies
                    .map(|tally| {
                        let kept = Ratio::new(tally.count(Verdict::Met), tally.decided());
                        (tally.period, kept)
                    })
                    .collect())
            }
        }
    }
}
