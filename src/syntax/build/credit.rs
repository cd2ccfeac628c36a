//! Clauses of `credit`, and of the promises they go by.

use pest::iterators::Pair;

use super::{Builder, child, has};
use crate::model::level::{AmountUnit, Counts};
use crate::syntax::ast::{
    Claim, CreditClause, Deal, Evidence, EvidenceTime, ExpectedLevel, KeptLevel, OrTbd, Payment, Reference,
    Spanned, Word,
};
use crate::syntax::grammar::Rule;

impl Builder<'_> {
    pub(super) fn credit(&mut self, pair: &Pair<'_, Rule>) -> Option<CreditClause> {
        Some(match pair.as_rule() {
            Rule::below_pays => {
                CreditClause::Below(self.value(pair, Rule::percent)?, self.payment(pair, Rule::payment)?)
            }
            Rule::credit_cap => CreditClause::Cap(
                self.payment(pair, Rule::payment)?,
                self.period(&child(pair, Rule::period)?)?,
            ),
            Rule::claimed => CreditClause::Claimed(Box::new(self.claim(pair)?)),
            Rule::settlement => CreditClause::Settled(self.text_value(pair)?),
            Rule::sole_remedy => CreditClause::SoleRemedy,
            Rule::only_for => CreditClause::OnlyFor(self.name(&child(pair, Rule::name)?)),
            Rule::note => CreditClause::Note(self.prose(pair)?),
            _ => return None,
        })
    }

    fn claim(&mut self, pair: &Pair<'_, Rule>) -> Option<Claim> {
        let by = child(pair, Rule::claimed_by).and_then(|by| self.reference(&by));
        let stating = child(pair, Rule::stating).map(|stating| {
            let texts = stating.into_inner().filter(|p| p.as_rule() == Rule::string);
            texts.map(|text| self.string(&text)).collect()
        });
        Some(Claim {
            by,
            within: self.duration_value(pair)?,
            end_of: child(pair, Rule::of_the_end).and_then(|end| self.period(&end)),
            via: self.via(pair),
            stating: stating.unwrap_or_default(),
        })
    }

    /// `5% of "the monthly fee"`, `$500`, in a pair of the given rule inside another.
    pub(super) fn payment(&self, pair: &Pair<'_, Rule>, rule: Rule) -> Option<Payment> {
        let payment = child(pair, rule)?;
        Some(match child(&payment, Rule::string) {
            Some(of) => Payment::Percent(self.value(&payment, Rule::percent)?, self.string(&of)),
            None => Payment::Money(self.value(&payment, Rule::money)?),
        })
    }

    /// `"the service available" at least 99.9% of each month`.
    pub(super) fn kept(&mut self, pair: &Pair<'_, Rule>) -> Option<Deal> {
        let tbd = || child(pair, Rule::tbd).map(|tbd| OrTbd::Tbd(self.tbd(&tbd)));
        let (level, per) = match child(pair, Rule::period) {
            Some(per) => (KeptLevel::Time(self.duration_value(pair)?), self.period(&per)?),
            None => {
                let percent = child(pair, Rule::percent).map(|percent| OrTbd::Known(self.word(&percent)));
                (KeptLevel::Share(percent.or_else(tbd)?), self.period(pair)?)
            }
        };
        let bound = super::commitment::bound(&child(pair, Rule::bound)?);
        Some(Deal::Kept { what: self.string(&child(pair, Rule::string)?), bound, level, per })
    }

    /// `down from started_at to ended_at of each outage where planned = false`.
    pub(super) fn evidence(&mut self, pair: &Pair<'_, Rule>) -> Option<Evidence> {
        let rules = [Rule::lasting, Rule::reported, Rule::spans];
        let time = pair.clone().into_inner().find(|p| rules.contains(&p.as_rule()))?;
        let each = child(&child(&time, Rule::of_each)?, Rule::name)?;
        let condition = match child(pair, Rule::condition) {
            Some(condition) => Some(self.condition(&condition)?),
            None => None,
        };
        Some(Evidence {
            counts: if has(pair, Rule::kw_down) { Counts::Missing } else { Counts::Kept },
            time: self.evidence_time(&time)?,
            of: self.name(&each),
            condition,
        })
    }

    fn evidence_time(&mut self, pair: &Pair<'_, Rule>) -> Option<EvidenceTime> {
        // Each part may be `tbd`: which one it is shows by the order.
        let is_part = |p: &Pair<'_, Rule>| matches!(p.as_rule(), Rule::tbd | Rule::name | Rule::duration);
        let parts: Vec<Pair<'_, Rule>> = pair.clone().into_inner().filter(is_part).collect();
        let (first, second) = (parts.first()?, parts.get(1)?);
        let second = self.one_reference(second);
        Some(match pair.as_rule() {
            Rule::lasting => {
                let time = match first.as_rule() {
                    Rule::tbd => OrTbd::Tbd(self.tbd(first)),
                    _ => OrTbd::Known(self.duration(first)?),
                };
                EvidenceTime::Lasting(time, second)
            }
            Rule::reported => {
                let unit = child(pair, Rule::amount_unit)?;
                let word = match unit.as_str() {
                    "seconds" => AmountUnit::Seconds,
                    "minutes" => AmountUnit::Minutes,
                    "hours" => AmountUnit::Hours,
                    _ => AmountUnit::Percent,
                };
                let unit = Spanned::new(word, self.span(&unit));
                EvidenceTime::Reported(self.one_reference(first), unit, second)
            }
            _ => EvidenceTime::Between(self.one_reference(first), second),
        })
    }

    fn one_reference(&mut self, pair: &Pair<'_, Rule>) -> Reference {
        match pair.as_rule() {
            Rule::tbd => OrTbd::Tbd(self.tbd(pair)),
            _ => OrTbd::Known(self.name(pair)),
        }
    }

    /// `99.8981%`, `3 hours`.
    pub(super) fn expected_level(&self, pair: &Pair<'_, Rule>) -> Option<ExpectedLevel> {
        match child(pair, Rule::percent) {
            Some(percent) => Some(ExpectedLevel::Percent(self.word(&percent))),
            None => self.duration(&child(pair, Rule::duration)?).map(ExpectedLevel::Time),
        }
    }

    /// `in 2026-06`.
    pub(super) fn in_period(&self, pair: &Pair<'_, Rule>) -> Option<Word> {
        Some(self.word(&child(&child(pair, Rule::in_period)?, Rule::period_label)?))
    }
}
