//! `target-granularity`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{Context, Rule, Stage, amounts, volumes};
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

fn no_miss(
    model: &Model,
    target: (&Target, Decimal),
    bound: Bound,
    (promised, volume): (u64, &Commitment),
) -> Diagnostic {
    let (clause, share) = target;
    let item = volume.subject().map_or("", |s| model.subject_head(s).name.text.as_str());
    let items = number(promised.into());
    let one_missed = reached(promised, 1);
    let (share, one_missed, per) = (percent(share), percent(one_missed), clause.per);
    let (message, volumes, note) = match bound {
        Bound::AtLeast => (
            format!("{share} of {items} `{item}` is all of them"),
            format!("{items} per {per} are promised"),
            format!(
                "With one miss, {one_missed} are reached. A {per} with the promised number is met in full or missed."
            ),
        ),
        Bound::AtMost => (
            format!("{share} of {items} `{item}` at most is all of them"),
            format!("never more than {items} per {per}"),
            format!("With one miss, {one_missed} are reached at best. Every {per} is met in full or missed."),
        ),
    };
    Diagnostic::warning(RULE.name, message)
        .at(clause.span, "one miss is too many")
        .also(volume.sentence, volumes)
        .note(note)
        .help(format!("Aim at {one_missed} or less, or count over a longer period."))
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
        // The most that there can be says more than the least: it holds for every period.
        let volumes = [
            (Bound::AtMost, most(context.model, subject, target.per)),
            (Bound::AtLeast, promised(context, subject, target.per)),
        ];
        let small = volumes.into_iter().filter_map(|(bound, volume)| Some((bound, volume?)));
        let mut small = small.filter(|(_, (count, _))| *count > 0 && exact(*count, 1) < share);
        if let Some((bound, volume)) = small.next() {
            out.push(no_miss(context.model, (target, share), bound, volume));
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

/// How many items of a subject there can be in a period at the most, and who says so.
fn most(model: &Model, subject: Subject, per: Period) -> Option<(u64, &Commitment)> {
    let caps = caps(model, subject).filter_map(|(count, commitment, own)| {
        let all = match amounts::most(own, per) {
            Some(times) => count.checked_mul(times)?,
            // What is the most of a longer time is no more in a part of it.
            None if own > per => count,
            None => return None,
        };
        Some((all, commitment))
    });
    caps.min_by_key(|(count, _)| *count)
}

/// The limits of a subject: where they differ by period, the highest.
fn caps(model: &Model, subject: Subject) -> impl Iterator<Item = (u64, &Commitment, Period)> {
    let of_subject = model.commitments.values().filter(move |c| c.subject() == Some(subject));
    of_subject.filter_map(move |commitment| match &commitment.form {
        Form::Quota(quota) if quota.bound == Bound::AtMost => {
            let counts: Option<Vec<u64>> = quota.amounts().map(|amount| amount.get()?.count()).collect();
            Some((counts?.into_iter().max()?, commitment, quota.per))
        }
        _ => None,
    })
}

/// The share that is reached when some of a number are missed, in per cent.
fn exact(of: u64, missed: u64) -> Decimal {
    Decimal::from(of.saturating_sub(missed)) * Decimal::ONE_HUNDRED / Decimal::from(of.max(1))
}

/// The same, rounded down to one decimal place.
fn reached(of: u64, missed: u64) -> Decimal {
    (exact(of, missed) * Decimal::TEN).floor() / Decimal::TEN
}
