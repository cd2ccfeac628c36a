//! Funnels: how much is needed at each stage to reach a goal.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::goal::GoalAmount;
use crate::model::{Goal, Period, Slot};

/// What a goal needs at each stage of its funnel in one of its periods, first stage first.
///
/// Counted from the end: the goal divided by what one of the last stage is worth, then each stage divided by the part of
/// it that reaches the next; every number is rounded up, for nobody wins a third of a deal. `None`: there is no funnel,
/// something in it is still open, or the numbers are beyond counting.
pub fn needed(goal: &Goal) -> Option<Vec<u64>> {
    let funnel = goal.funnel.as_ref()?;
    let mut need = match (goal.amount.get()?, &funnel.worth) {
        (GoalAmount::Money(amount, currency), Some(Slot::Set((worth, own)))) if currency == own => {
            amount.checked_div(*worth)?.ceil()
        }
        (GoalAmount::Count(count, _), None) => Decimal::from(*count),
        _ => return None,
    };
    let mut out = vec![need.to_u64()?];
    for stage in funnel.stages.iter().skip(1).rev() {
        let rate = stage.rate.as_ref()?.get()?;
        need = need.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(*rate)?.ceil();
        out.push(need.to_u64()?);
    }
    out.reverse();
    Some(out)
}

/// How many of one period make up another: 3 months make a quarter. `None`: no whole number, or not always the same one
/// (weeks and days in a month).
pub fn periods_in(part: Period, whole: Period) -> Option<u64> {
    let months = |period| match period {
        Period::Month => Some(1),
        Period::Quarter => Some(3),
        Period::Year => Some(12),
        Period::Day | Period::Week => None,
    };
    if part == whole {
        return Some(1);
    }
    if (part, whole) == (Period::Day, Period::Week) {
        return Some(7);
    }
    let (part, whole): (u64, u64) = (months(part)?, months(whole)?);
    whole.is_multiple_of(part).then(|| whole / part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_make_up_longer_ones() {
        assert_eq!(periods_in(Period::Month, Period::Quarter), Some(3));
        assert_eq!(periods_in(Period::Quarter, Period::Year), Some(4));
        assert_eq!(periods_in(Period::Year, Period::Year), Some(1));
        assert_eq!(periods_in(Period::Quarter, Period::Month), None);
        assert_eq!(periods_in(Period::Week, Period::Month), None);
    }
}
