//! Promised amounts side by side: whether all of them can be kept.
//!
//! An amount is of a set of items, in every period. Sets that overlap are cut into parts that do not: the parts of which
//! some item can be one. Every promise is then an inequality over how much there is of each part, and the inequalities
//! can hold at once or not. Where they cannot, only those are told that are needed for it.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::prove::Prover;
use super::simplex::{Least, feasible};
use super::{Context, volumes};
use crate::evaluate::funnel::periods_in;
use crate::logic::Formula;
use crate::model::commitment::{Condition, Quota, QuotaAmount};
use crate::model::record::Currency;
use crate::model::{
    Bound, Commitment, Field, Form, Id, Model, Period, Predicate, Record, Strength, Subject, words,
};
use crate::source::Span;
use crate::worktime::{PeriodSpan, civil};

/// So many amounts are compared at once, in so many parts.
const MOST: usize = 20;
const PARTS: usize = 128;
const TOO_MANY: &str = "too many promised amounts depend on each other";

/// What is measured of some items.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Measure {
    /// How many they are.
    Count,
    /// What a field of theirs comes to.
    Worth(Id<Field>, Currency),
    /// Of how many of them something holds, in per cent.
    Share,
}

/// At least or at most so much of some items, in every period.
#[derive(Debug, Clone)]
pub(super) struct Amount<'m> {
    pub(super) commitment: &'m Commitment,
    /// Where it is said.
    pub(super) span: Span,
    pub(super) subject: Subject,
    pub(super) record: Id<Record>,
    /// What must hold of an item for it to count in a share.
    pub(super) of: Option<&'m Predicate>,
    pub(super) bound: Bound,
    pub(super) size: Decimal,
    pub(super) measure: Measure,
    pub(super) at: Id<Field>,
    pub(super) per: Period,
    /// The quota that states it.
    quota: Option<&'m Quota>,
}

impl<'m> Amount<'m> {
    /// The amount that a commitment promises of everything that its sentence names. Where something is taken out of what
    /// counts, the numbers may fit after all: then it is none.
    pub(super) fn promised(model: &Model, commitment: &'m Commitment) -> Option<Amount<'m>> {
        let plain = commitment.excused_when.is_none() && commitment.provided.is_empty();
        Amount::stated(model, commitment).filter(|_| plain)
    }

    /// The amount that a commitment states.
    pub(super) fn stated(model: &Model, commitment: &'m Commitment) -> Option<Amount<'m>> {
        let subject = commitment.subject()?;
        match &commitment.form {
            Form::Quota(quota) if commitment.met_when.is_none() => {
                Amount::of_quota(model, commitment, subject, quota, commitment.sentence)
            }
            Form::Share(share) => Some(Amount {
                commitment,
                span: commitment.sentence,
                subject,
                record: model.record_of(subject)?,
                of: Some(commitment.met_when.as_ref()?),
                bound: share.bound,
                size: *share.percent.get()?,
                measure: Measure::Share,
                at: *share.at.get()?,
                per: share.per,
                quota: None,
            }),
            _ => None,
        }
    }

    /// The amounts without which a period of a commitment does not count.
    pub(super) fn provisions(model: &Model, commitment: &'m Commitment) -> Vec<Amount<'m>> {
        let each = commitment.provided.iter().filter_map(|provided| match &provided.what {
            Condition::Amount { subject, quota } => {
                Amount::of_quota(model, commitment, *subject.get()?, quota, provided.span)
            }
            Condition::Met(_) => None,
        });
        each.collect()
    }

    fn of_quota(
        model: &Model,
        commitment: &'m Commitment,
        subject: Subject,
        quota: &'m Quota,
        span: Span,
    ) -> Option<Amount<'m>> {
        let (size, measure) = match quota.amount.get()? {
            QuotaAmount::Count(count) => (Decimal::from(*count), Measure::Count),
            QuotaAmount::Worth { amount, currency, field } => {
                (*amount, Measure::Worth(*field, currency.clone()))
            }
        };
        Some(Amount {
            commitment,
            span,
            subject,
            record: model.record_of(subject)?,
            of: None,
            bound: quota.bound,
            size,
            measure,
            at: *quota.at.get()?,
            per: quota.per,
            quota: Some(quota),
        })
    }

    /// Whether it is another one in some periods.
    pub(super) fn varies(&self) -> bool {
        self.quota.is_some_and(|quota| !quota.changes.is_empty())
    }

    /// The amount as it is within a longer period; where it differs by period, what it comes to there. `None`: that cannot
    /// be told.
    pub(super) fn then(&self, model: &Model, longer: Period, span: &PeriodSpan) -> Option<Amount<'m>> {
        let Some(quota) = self.quota.filter(|_| self.varies()) else { return Some(self.clone()) };
        let size = volumes::in_period(model, quota, longer, span)?.into();
        Some(Amount { size, per: longer, quota: None, ..self.clone() })
    }

    pub(super) fn is_owed(&self) -> bool {
        self.commitment.strength == Strength::Must
    }

    /// Whether both are about the same amounts: those of items that one moment puts into periods.
    pub(super) fn is_beside(&self, other: &Amount<'_>) -> bool {
        let field = |amount: &Amount<'_>| match &amount.measure {
            Measure::Worth(field, _) => Some(*field),
            Measure::Count | Measure::Share => None,
        };
        (self.record, self.at, field(self)) == (other.record, other.at, field(other))
    }

    /// What it comes to in a period at the least, or at the most: in a longer one than its own, that of all its periods in
    /// there. `None`: that cannot be told.
    pub(super) fn in_period(&self, per: Period) -> Option<Decimal> {
        let times = match (&self.measure, self.bound) {
            (Measure::Share, _) => {
                periods_in(self.per, per)?;
                return Some(self.size);
            }
            (_, Bound::AtLeast) => fewest(self.per, per)?,
            (_, Bound::AtMost) => most(self.per, per)?,
        };
        self.size.checked_mul(times.into())
    }

    /// The items, as one name.
    pub(super) fn name<'a>(&self, model: &'a Model) -> &'a str {
        &model.subject_head(self.subject).name.text
    }

    /// A size in its unit: `200`, `USD 300,000`, `60%`.
    pub(super) fn written(&self, size: Decimal) -> String {
        match &self.measure {
            Measure::Count => words::number(size),
            Measure::Worth(_, currency) => words::money(size, currency),
            Measure::Share => words::percent(size),
        }
    }

    /// `at least 200 per month`.
    pub(super) fn words(&self) -> String {
        let others = if self.varies() { ", other amounts by date" } else { "" };
        format!("{} {} per {}{others}", self.bound.words(), self.written(self.size), self.per)
    }
}

/// How many whole periods lie in another one at the least: of weeks in a month, those that neither end cuts.
fn fewest(part: Period, whole: Period) -> Option<u64> {
    let (shortest, _) = days(whole);
    match (part, periods_in(part, whole)) {
        (_, Some(exactly)) => Some(exactly),
        (Period::Day, _) if whole > part => Some(shortest),
        (Period::Week, _) if whole > part => Some((shortest - 6) / 7),
        _ => None,
    }
}

/// How many periods another one touches at the most.
pub(super) fn most(part: Period, whole: Period) -> Option<u64> {
    let (_, longest) = days(whole);
    match (part, periods_in(part, whole)) {
        (_, Some(exactly)) => Some(exactly),
        (Period::Day, _) if whole > part => Some(longest),
        (Period::Week, _) if whole > part => Some((longest + 5) / 7 + 1),
        _ => None,
    }
}

/// How many days a period has, at the least and at the most.
pub(super) fn days(period: Period) -> (u64, u64) {
    match period {
        Period::Day => (1, 1),
        Period::Week => (7, 7),
        Period::Month => (28, 31),
        Period::Quarter => (89, 92),
        Period::Year => (365, 366),
    }
}

/// Amounts that cannot all be kept; each of them is needed for it.
#[derive(Debug)]
pub(super) struct Quarrel<'a, 'm> {
    pub(super) amounts: Vec<&'a Amount<'m>>,
    /// In which period.
    pub(super) per: Period,
}

/// Compares amounts.
#[derive(Debug)]
pub(super) struct Amounts<'c> {
    context: &'c Context<'c>,
    prover: Prover<'c>,
}

impl<'c> Amounts<'c> {
    pub(super) fn new(context: &'c Context<'c>) -> Amounts<'c> {
        Amounts { context, prover: Prover::new(context) }
    }

    /// A few of some amounts that cannot all be kept. `None`: all can, or it is not known.
    pub(super) fn quarrel<'a, 'm>(&mut self, all: &[&'a Amount<'m>]) -> Option<Quarrel<'a, 'm>> {
        let mut some = vec![all.to_vec()];
        for share in all.iter().filter(|amount| amount.measure == Measure::Share) {
            let same =
                |other: &&&Amount<'_>| other.measure == Measure::Share && other.subject == share.subject;
            let shares: Vec<&Amount<'_>> = all.iter().filter(same).copied().collect();
            if !some.iter().any(|known| known.len() == shares.len() && std::ptr::eq(known[0], shares[0])) {
                some.push(shares);
            }
        }
        some.iter().find_map(|some| self.among(some))
    }

    /// Some of these that cannot all be kept.
    fn among<'a, 'm>(&mut self, all: &[&'a Amount<'m>]) -> Option<Quarrel<'a, 'm>> {
        let at_least = all.iter().any(|amount| amount.bound == Bound::AtLeast);
        let limited = all.iter().any(|a| a.bound == Bound::AtMost || a.measure == Measure::Share);
        if all.len() < 2 || !at_least || !limited {
            return None;
        }
        if all.len() > MOST {
            self.too_many();
            return None;
        }
        let parts = self.parts(all, Sureness::Likely)?;
        let longest = all.iter().map(|amount| amount.per).max()?;
        // Weeks and months have no common measure but a long time: a year tells what a month may hide.
        let year = self.has_a_year().then_some(Period::Year);
        let per = [Some(longest), year].into_iter().flatten().find(|per| is_too_much(all, &parts, *per))?;
        let mut few: Vec<usize> = (0..all.len()).collect();
        for place in (0..all.len()).rev() {
            let fewer: Vec<usize> = few.iter().copied().filter(|kept| *kept != place).collect();
            if is_too_much(&pick(all, &fewer), &narrowed(&parts, &fewer), per) {
                few = fewer;
            }
        }
        let amounts = pick(all, &few);
        let own = amounts.iter().map(|amount| amount.per).max()?;
        // Nobody is told so unless it is certain.
        let parts = self.parts(&amounts, Sureness::Certain)?;
        let per = [own, per].into_iter().find(|per| is_too_much(&amounts, &parts, *per))?;
        Some(Quarrel { amounts, per })
    }

    /// Whether no item counts in two of some amounts, for certain.
    pub(super) fn are_apart(&mut self, all: &[&Amount<'_>]) -> bool {
        let parts = self.parts(all, Sureness::Certain);
        parts.is_some_and(|parts| {
            parts.iter().all(|part| part.counts.iter().filter(|in_it| **in_it).count() < 2)
        })
    }

    /// Whether every item of one amount is certainly one of a subject.
    pub(super) fn is_among(&mut self, amount: &Amount<'_>, subject: Subject) -> bool {
        if amount.subject == subject {
            return true;
        }
        if self.context.model.record_of(subject) != Some(amount.record) {
            return false;
        }
        let items = self.items(amount);
        let space = self.prover.space(amount.record);
        let other = space.subject(subject);
        let outside = space.not(other);
        self.prover.never(amount.record, &[items, outside])
    }

    /// Whether the items that count in an amount are certainly those of a subject.
    pub(super) fn is_same(&mut self, amount: &Amount<'_>, subject: Subject) -> bool {
        if self.context.model.record_of(subject) != Some(amount.record) {
            return false;
        }
        let counted = self.counted(amount);
        let space = self.prover.space(amount.record);
        let other = space.subject(subject);
        let (no_item, outside) = (space.not(counted), space.not(other));
        // Those that are never put into a period are in no number.
        let filled = space.filled(amount.at);
        self.prover.never(amount.record, &[counted, outside])
            && self.prover.never(amount.record, &[filled, other, no_item])
    }

    fn items(&mut self, amount: &Amount<'_>) -> Formula {
        let space = self.prover.space(amount.record);
        let all = [space.subject(amount.subject), space.filled(amount.at)];
        space.all(all)
    }

    /// The items that count in an amount.
    fn counted(&mut self, amount: &Amount<'_>) -> Formula {
        let items = self.items(amount);
        let space = self.prover.space(amount.record);
        let of = space.condition_or_always(amount.of);
        space.all([items, of])
    }

    /// The parts into which the sets of some amounts cut the items.
    fn parts(&mut self, all: &[&Amount<'_>], sure: Sureness) -> Option<Vec<Part>> {
        let record = all.first()?.record;
        let mut sets: Vec<Formula> = Vec::new();
        let mut place = |set: Formula| {
            sets.iter().position(|known| *known == set).unwrap_or_else(|| {
                sets.push(set);
                sets.len() - 1
            })
        };
        let mut places = Vec::new();
        for amount in all {
            places.push((place(self.counted(amount)), place(self.items(amount))));
        }
        let mut parts: Vec<Vec<bool>> = vec![Vec::new()];
        for set in 0..sets.len() {
            let mut next = Vec::new();
            for part in parts {
                for inside in [true, false] {
                    let part = [part.as_slice(), &[inside]].concat();
                    if self.may_be(record, &sets[..=set], &part, sure) {
                        next.push(part);
                    }
                }
            }
            if next.len() > PARTS {
                self.too_many();
                return None;
            }
            parts = next;
        }
        let of = |part: Vec<bool>| Part {
            counts: places.iter().map(|(counted, _)| part[*counted]).collect(),
            items: places.iter().map(|(_, items)| part[*items]).collect(),
        };
        Some(parts.into_iter().map(of).collect())
    }

    fn may_be(&mut self, record: Id<Record>, sets: &[Formula], part: &[bool], sure: Sureness) -> bool {
        let space = self.prover.space(record);
        let all: Vec<Formula> =
            sets.iter().zip(part).map(|(set, inside)| if *inside { *set } else { space.not(*set) }).collect();
        match sure {
            Sureness::Likely => self.prover.may_hold(record, &all),
            Sureness::Certain => !self.prover.never(record, &all),
        }
    }

    /// Whether the agreement holds for twelve whole months.
    fn has_a_year(&self) -> bool {
        let (from, to) = self.context.lines.days();
        from.day == 1 && civil::add_days(from, 364).is_ok_and(|last| last <= to)
    }

    fn too_many(&self) {
        self.context.questions.borrow_mut().count(Some(TOO_MANY.into()));
    }
}

/// How sure it must be that a part has no items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sureness {
    Likely,
    Certain,
}

/// Items that are alike in all that is promised: by amount, whether they count in it, and whether they are of its subject.
#[derive(Debug, Clone)]
struct Part {
    counts: Vec<bool>,
    items: Vec<bool>,
}

fn pick<'a, 'm>(all: &[&'a Amount<'m>], few: &[usize]) -> Vec<&'a Amount<'m>> {
    few.iter().map(|place| all[*place]).collect()
}

fn narrowed(parts: &[Part], few: &[usize]) -> Vec<Part> {
    let of = |all: &[bool]| few.iter().map(|place| all[*place]).collect();
    parts.iter().map(|part| Part { counts: of(&part.counts), items: of(&part.items) }).collect()
}

/// Whether some amounts cannot all be kept in a period, for certain.
///
/// Shares of nothing are all kept. Where all are shares of the same items, it is asked for a period that has some; beside
/// other promises it may be meant that there are none.
fn is_too_much(all: &[&Amount<'_>], parts: &[Part], per: Period) -> bool {
    let mut rows = Vec::new();
    for (place, amount) in all.iter().enumerate() {
        // What cannot be told of such a period asks nothing of it.
        rows.extend(asked(amount, place, parts, per));
    }
    let Some(first) = all.first() else { return false };
    if all.iter().all(|amount| amount.measure == Measure::Share && amount.subject == first.subject) {
        rows.push(Least { times: parts.iter().map(|part| i128::from(part.items[0])).collect(), bound: 1 });
    }
    feasible(&rows) == Some(false)
}

/// What an amount asks of the parts.
fn asked(amount: &Amount<'_>, place: usize, parts: &[Part], per: Period) -> Option<Least> {
    let size = amount.in_period(per)?.normalize();
    let scale = 10_i128.checked_pow(size.scale())?;
    let size = size.checked_mul(Decimal::from_i128_with_scale(scale, 0))?.to_i128()?;
    let counted = |part: &Part| i128::from(part.counts[place]);
    let items = |part: &Part| i128::from(part.items[place]);
    let sign = if amount.bound == Bound::AtLeast { 1 } else { -1 };
    if amount.measure != Measure::Share {
        let times = parts.iter().map(|part| sign * scale * counted(part)).collect();
        return Some(Least { times, bound: sign * size });
    }
    let all = scale.checked_mul(100)?;
    let times = parts.iter().map(|part| sign * (all * counted(part) - size * items(part))).collect();
    Some(Least { times, bound: 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_lie_in_months_or_reach_over_them() {
        // February 2027 has four whole weeks, but a month can have three; May 2026 touches five, August 2027 six.
        assert_eq!(
            (fewest(Period::Week, Period::Month), most(Period::Week, Period::Month)),
            (Some(3), Some(6))
        );
        assert_eq!(
            (fewest(Period::Week, Period::Year), most(Period::Week, Period::Year)),
            (Some(51), Some(54))
        );
        assert_eq!(
            (fewest(Period::Day, Period::Month), most(Period::Day, Period::Month)),
            (Some(28), Some(31))
        );
        assert_eq!(
            (fewest(Period::Month, Period::Year), most(Period::Month, Period::Year)),
            (Some(12), Some(12))
        );
        assert_eq!((fewest(Period::Month, Period::Week), most(Period::Month, Period::Week)), (None, None));
    }
}
