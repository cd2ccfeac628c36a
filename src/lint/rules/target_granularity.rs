//! `target-granularity`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage, volumes};
use crate::model::commitment::{Aim, Quota, QuotaAmount, Target};
use crate::model::{
    Bound, Commitment, Form, Model, Period, Slot, Subject,
    words::{number, percent},
};
use crate::worktime::PeriodSpan;

/// The rule.
pub static RULE: Rule = Rule {
    name: "target-granularity",
    summary: "a target that allows no miss at all of the few items that are promised",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("target_granularity.md"),
};

fn no_miss(model: &Model, target: (&Target, Decimal), promised: u64, volume: &Commitment) -> Diagnostic {
    let (clause, share) = target;
    let item = volume.subject().map_or("", |s| model.subject_head(s).name.text.as_str());
    let items = number(promised.into());
    let one_missed = reached(promised, 1);
    let message = format!("{} of {items} `{item}` is all of them", percent(share));
    Diagnostic::warning(RULE.name, message)
        .at(clause.span, "one miss is too many")
        .also(volume.sentence, format!("{items} per {} are promised", clause.per))
        .note(format!(
            "With one miss, {} are reached. A {} with the promised number is met in full or missed.",
            percent(one_missed),
            clause.per
        ))
        .help(format!("Aim at {} or less, or count over a longer period.", percent(one_missed)))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for commitment in context.model.commitments.values() {
        let Some(target) = &commitment.target else { continue };
        let Slot::Set(Aim::Attainment(share)) = target.aim else { continue };
        let Some(subject) = commitment.subject() else { continue };
        // Who says 100% knows what that means.
        if share >= Decimal::ONE_HUNDRED {
            continue;
        }
        let Some((promised, volume)) = promised(context, subject, target.per) else { continue };
        if promised > 0 && exact(promised, 1) < share {
            out.push(no_miss(context.model, (target, share), promised, volume));
        }
    }
}

/// How many items of a subject are promised in a period, by all together, and the first who does. Where the amounts differ
/// by period, the fewest. `None` if nobody does.
fn promised<'m>(context: &Context<'m>, subject: Subject, per: Period) -> Option<(u64, &'m Commitment)> {
    let of_subject = context.model.commitments.values().filter(|c| c.subject() == Some(subject));
    let quotas: Vec<(&Commitment, &Quota)> = of_subject
        .filter_map(|commitment| match &commitment.form {
            Form::Quota(quota) if quota.bound == Bound::AtLeast && quota.per == per => {
                match quota.amount.get() {
                    Some(QuotaAmount::Count(_)) => Some((commitment, quota)),
                    _ => None,
                }
            }
            _ => None,
        })
        .collect();
    let (first, _) = quotas.first()?;
    let in_period = |period: Option<&PeriodSpan>| {
        let count = |quota: &Quota| match period {
            Some(period) => volumes::count(quota, period),
            None => quota.amount.get().and_then(QuotaAmount::count),
        };
        quotas.iter().filter_map(|(_, quota)| count(quota)).fold(0, u64::saturating_add)
    };
    if quotas.iter().all(|(_, quota)| quota.changes.is_empty()) {
        return Some((in_period(None), first));
    }
    let periods = volumes::whole_periods(context, per);
    let least = periods.iter().map(|period| in_period(Some(period))).filter(|count| *count > 0).min()?;
    Some((least, first))
}

/// The share that is reached when some of a number are missed, in per cent.
fn exact(of: u64, missed: u64) -> Decimal {
    Decimal::from(of.saturating_sub(missed)) * Decimal::ONE_HUNDRED / Decimal::from(of.max(1))
}

/// The same, rounded down to one decimal place.
fn reached(of: u64, missed: u64) -> Decimal {
    (exact(of, missed) * Decimal::TEN).floor() / Decimal::TEN
}
