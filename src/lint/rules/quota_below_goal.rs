//! `quota-below-goal`.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::evaluate::funnel;
use crate::lint::{Context, Rule, Stage, volumes};
use crate::model::commitment::{Quota, QuotaAmount};
use crate::model::goal::FunnelStage;
use crate::model::{
    Bound, Commitment, Definition, Form, Funnel, Goal, GoalAmount, Id, Model, Period, Slot, Subject, words,
};

/// The rule.
pub static RULE: Rule = Rule {
    name: "quota-below-goal",
    summary: "promised volumes that cannot reach the goal the parties share",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("quota_below_goal.md"),
};

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for goal in model.goals.values().filter(|goal| goal.bound == Bound::AtLeast) {
        let (Some(funnel), Some(needed)) = (&goal.funnel, funnel::needed(goal)) else { continue };
        let mut promised = promises(model);
        for (stage, need) in funnel.stages.iter().zip(&needed) {
            let Some(quotas) = stage.definition.and_then(|d| promised.remove(&d)) else { continue };
            if let Some(short) = Shortfall::of(context, &quotas, goal, *need) {
                out.push(falls_short(model, goal, funnel, (stage, &needed), &quotas, &short));
            }
        }
    }
}

/// A promise of so many items per period.
struct Promise<'m> {
    commitment: &'m Commitment,
    quota: &'m Quota,
    count: u64,
    per: Period,
}

impl Promise<'_> {
    fn words(&self) -> String {
        let others = if self.quota.changes.is_empty() { "" } else { ", other amounts by date" };
        format!("{} per {}{others}", number(self.count), self.per)
    }
}

/// The promises of at least so many items, by definition.
fn promises(model: &Model) -> BTreeMap<Id<Definition>, Vec<Promise<'_>>> {
    let mut out: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for commitment in model.commitments.values() {
        if let Form::Quota(quota) = &commitment.form
            && let (Bound::AtLeast, Some(QuotaAmount::Count(count))) = (quota.bound, quota.amount.get())
            && let Some(Subject::Definition(definition)) = commitment.subject()
        {
            let promise = Promise { commitment, quota, count: *count, per: quota.per };
            out.entry(definition).or_default().push(promise);
        }
    }
    out
}

/// Promises that do not add up to what is needed, in a period that all of them fit into.
struct Shortfall {
    per: Period,
    /// The first of them that falls short, where the amounts differ by period; `None`: every one.
    label: Option<String>,
    promised: u64,
    needed: u64,
}

impl Shortfall {
    fn of(context: &Context<'_>, quotas: &[Promise<'_>], goal: &Goal, needed: u64) -> Option<Shortfall> {
        // In a period of the goal, or in that of the promises if theirs is the longer one.
        let longest = quotas.iter().map(|q| q.per).max()?.max(goal.per);
        let needed = needed.checked_mul(funnel::periods_in(goal.per, longest)?)?;
        if quotas.iter().any(|q| !q.quota.changes.is_empty()) {
            return volumes::whole_periods(context, longest).into_iter().find_map(|period| {
                let each =
                    quotas.iter().map(|q| volumes::in_period(context.model, q.quota, longest, &period));
                let promised = each.sum::<Option<u64>>()?;
                let label = Some(period.label);
                (promised < needed).then_some(Shortfall { per: longest, label, promised, needed })
            });
        }
        let each = quotas.iter().map(|q| q.count.checked_mul(funnel::periods_in(q.per, longest)?));
        let promised = each.sum::<Option<u64>>()?;
        (promised < needed).then_some(Shortfall { per: longest, label: None, promised, needed })
    }
}

fn falls_short(
    model: &Model,
    goal: &Goal,
    funnel: &Funnel,
    (stage, needed): (&FunnelStage, &[u64]),
    quotas: &[Promise<'_>],
    short: &Shortfall,
) -> Diagnostic {
    let name = stage.definition.map_or(stage.name.clone(), |d| model.definitions[d].head.name.text.clone());
    let (first, rest) = (quotas.first(), quotas.get(1..).unwrap_or_default());
    let promised = number(short.promised);
    let message = format!(
        "{promised} `{name}` {} are promised, but the goal `{}` needs {}",
        short.label.as_ref().map_or_else(|| format!("per {}", short.per), |label| format!("in {label}")),
        goal.head.name,
        number(short.needed)
    );
    let mut out = Diagnostic::warning(RULE.name, message);
    if let Some(first) = first {
        out = out.at(first.commitment.sentence, first.words());
    }
    for quota in rest {
        out = out.also(quota.commitment.sentence, format!("and {}", quota.words()));
    }
    out = out
        .also(funnel.span, "by these rates")
        .witness(Witness {
            title: format!("the goal of one {}, counted back and rounded up", goal.per),
            rows: sum(goal, funnel, needed),
        })
        .note("Both sides could keep every promise and still miss what they promised to reach together.");
    // One promise alone can be told what would do.
    match (first, rest) {
        (Some(only), []) if short.label.is_none() => {
            let parts = funnel::periods_in(only.per, short.per).unwrap_or(1);
            let enough = short.needed.div_ceil(parts.max(1));
            out.help(format!(
                "Promise at least {} per {}, or agree on other rates or another goal.",
                number(enough),
                only.per
            ))
        }
        _ => out.help("Promise more, or agree on other rates or another goal."),
    }
}

/// From the goal to the first stage: what is needed of each, and why.
fn sum(goal: &Goal, funnel: &Funnel, needed: &[u64]) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    let stages: Vec<_> = funnel.stages.iter().zip(needed).collect();
    for (i, (stage, need)) in stages.iter().enumerate().rev() {
        let how = match (stages.get(i + 1), goal.amount.get(), &funnel.worth) {
            (Some((next, count)), ..) => {
                let rate = next.rate.as_ref().and_then(Slot::get);
                let rate = rate.map_or_else(String::new, |r| words::percent(*r));
                format!("{} {} ÷ {rate}", number(**count), next.name)
            }
            (None, Some(GoalAmount::Money(amount, currency)), Some(Slot::Set((worth, _)))) => {
                format!("{} ÷ {}", words::money(*amount, currency), words::money(*worth, currency))
            }
            _ => "the goal".to_owned(),
        };
        rows.push((stage.name.clone(), format!("{} = {how}", number(**need))));
    }
    rows
}

fn number(count: u64) -> String {
    words::number(count.into())
}
