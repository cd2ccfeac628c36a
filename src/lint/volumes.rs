//! How many items are promised in a period, where the amount may differ from one period to the next.

use super::Context;
use crate::evaluate::funnel::periods_in;
use crate::model::commitment::{Quota, QuotaAmount};
use crate::model::{Model, Period};
use crate::worktime::{PeriodSpan, Periods};

/// The periods of a kind that lie wholly in the days that are looked at.
pub(super) fn whole_periods(context: &Context<'_>, kind: Period) -> Vec<PeriodSpan> {
    let (from, to) = context.lines.days();
    let periods = Periods::new(kind, context.model.agreement.fiscal_year_starts);
    let mut all = periods.between(from, to).unwrap_or_default();
    all.retain(|period| from <= period.first && period.last <= to);
    all
}

/// The number of items that a quota names for the periods of its own within a longer one. `None`: it is open, no number of
/// items, or its periods do not make up the longer one.
pub(super) fn in_period(model: &Model, quota: &Quota, longer: Period, span: &PeriodSpan) -> Option<u64> {
    periods_in(quota.per, longer)?;
    let own =
        Periods::new(quota.per, model.agreement.fiscal_year_starts).between(span.first, span.last).ok()?;
    own.iter().map(|period| count(quota, period)).try_fold(0_u64, |sum, count| sum.checked_add(count?))
}

/// The number of items that a quota names for one of its periods.
pub(super) fn count(quota: &Quota, period: &PeriodSpan) -> Option<u64> {
    quota.amount_on(period.first).get().and_then(QuotaAmount::count)
}
