//! Commitments that depend on others: those that give way, and those that hold only while another is met.

use std::collections::BTreeSet;

use super::gap::known;
use super::{Evaluator, Gap, Item, Outlook, Verdict};
use crate::model::commitment::Condition;
use crate::model::{Commitment, Date, Form, Id, Period};
use crate::worktime::PeriodSpan;

/// The periods of one kind that do not count, because what they were promised under was not so.
pub(super) struct Failed {
    kind: Period,
    periods: BTreeSet<PeriodSpan>,
}

impl Evaluator<'_> {
    /// The commitment that has priority over another and applies to an item, so that the other does not.
    ///
    /// What is missing of the other keeps nothing from being judged: it does not apply then.
    pub fn gives_way_to(&self, id: Id<Commitment>, item: &Item) -> Option<Id<Commitment>> {
        self.model.priorities_over(id).find(|other| self.applies(*other, item))
    }

    /// Whether a commitment would be about an item, were there no other.
    fn applies(&self, id: Id<Commitment>, item: &Item) -> bool {
        let verdict =
            |outcome: Result<Option<super::Outcome>, Gap>| outcome.ok().flatten().map(|o| o.verdict);
        match &self.model.commitments[id].form {
            Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_) | Form::NotBefore(_) => {
                let none = [Verdict::NotStarted, Verdict::OutsideTerm, Verdict::NotCovered];
                verdict(self.own_outcome(id, item)).is_some_and(|verdict| !none.contains(&verdict))
            }
            // A right counts while it can be used, and once it has been used as it is granted.
            Form::Permission(_) => {
                matches!(verdict(self.own_outcome(id, item)), Some(Verdict::Used | Verdict::Open))
            }
            Form::Prohibition(_) => self.own_breaks(id, item).is_ok_and(|breaks| breaks.is_some()),
            Form::Quota(_) | Form::Share(_) | Form::Level(_) | Form::Recurring(_) => false,
        }
    }

    /// What is missing before the conditions of a commitment's periods can be told.
    pub(super) fn provided_gap(&self, commitment: &Commitment) -> Option<Gap> {
        commitment.provided.iter().find_map(|provided| match &provided.what {
            Condition::Met(other) => match known(other, "the commitment it depends on") {
                Ok(other) => self.gap(*other),
                Err(gap) => Some(gap),
            },
            Condition::Amount { subject, quota } => known(subject, "what is counted")
                .err()
                .or_else(|| known(&quota.amount, "the amount").err())
                .or_else(|| known(&quota.at, "the moment it counts").err()),
        })
    }

    /// The periods in which a condition of a commitment failed, by the items that there are.
    pub(super) fn failed(&self, id: Id<Commitment>, items: &[Item]) -> Result<Vec<Failed>, Gap> {
        let provided = self.model.commitments[id].provided.iter();
        provided.map(|provided| self.failed_condition(&provided.what, items)).collect()
    }

    fn failed_condition(&self, condition: &Condition, items: &[Item]) -> Result<Failed, Gap> {
        let missed = |outlook: Outlook| outlook == Outlook::Missed;
        match condition {
            Condition::Amount { subject, quota } => {
                let progress = self.progress(*known(subject, "what is counted")?, quota, items)?;
                let failed = progress.into_iter().filter(|p| missed(p.outlook)).map(|p| p.period);
                Ok(Failed { kind: quota.per, periods: failed.collect() })
            }
            Condition::Met(other) => {
                let other = *known(other, "the commitment it depends on")?;
                match &self.model.commitments[other].form {
                    Form::Quota(quota) => {
                        let failed = self.quota(other, items)?.into_iter().filter(|p| missed(p.outlook));
                        Ok(Failed { kind: quota.per, periods: failed.map(|p| p.period).collect() })
                    }
                    Form::Share(share) => {
                        let failed = self.share(other, items)?.into_iter().filter(|p| missed(p.outlook));
                        Ok(Failed { kind: share.per, periods: failed.map(|p| p.period).collect() })
                    }
                    Form::Level(level) => {
                        let failed = self.level(other, items)?.into_iter().filter(|l| missed(l.outlook));
                        Ok(Failed { kind: level.per, periods: failed.map(|l| l.period).collect() })
                    }
                    _ => {
                        let kind = self.reporting_period(other);
                        let has_target = self.model.commitments[other].target.is_some();
                        let failed = self.attainment(other, items, kind)?.into_iter().filter(|tally| {
                            let is_kept = if has_target {
                                tally.on_target != Some(false)
                            } else {
                                tally.count(Verdict::Met) == tally.decided()
                            };
                            self.has_ended(&tally.period) && !is_kept
                        });
                        Ok(Failed { kind, periods: failed.map(|tally| tally.period).collect() })
                    }
                }
            }
        }
    }

    /// Whether a date lies in a period that does not count.
    pub(super) fn has_failed(&self, failed: &[Failed], date: Date) -> bool {
        let is_in = |failed: &Failed| {
            self.periods(failed.kind).containing(date).is_ok_and(|period| failed.periods.contains(&period))
        };
        failed.iter().any(is_in)
    }
}
