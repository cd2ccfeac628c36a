//! `quota-below-goal`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness, names};
use crate::evaluate::funnel;
use crate::lint::amounts::{Amount, Amounts, Measure};
use crate::lint::{Context, Rule, Stage, volumes};
use crate::model::goal::FunnelStage;
use crate::model::record::Currency;
use crate::model::{Bound, Funnel, Goal, GoalAmount, Model, Period, Slot, Subject, words};

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
    let stated: Vec<Amount<'_>> =
        model.commitments.values().filter_map(|commitment| Amount::stated(model, commitment)).collect();
    let least: Vec<&Amount<'_>> = stated.iter().filter(|amount| amount.bound == Bound::AtLeast).collect();
    let mut compared = Amounts::new(context);
    for goal in model.goals.values().filter(|goal| goal.bound == Bound::AtLeast) {
        let Some(funnel) = &goal.funnel else { continue };
        money(context, (goal, funnel), &least, out);
        let Some(needed) = funnel::needed(goal) else { continue };
        let plan = Plan { model, goal, funnel, needed: &needed, context };
        volumes(&plan, &least, &mut compared, out);
        rates(&plan, &least, &mut compared, out);
    }
}

/// A goal, counted back.
struct Plan<'p> {
    model: &'p Model,
    goal: &'p Goal,
    funnel: &'p Funnel,
    needed: &'p [u64],
    context: &'p Context<'p>,
}

/// The promised numbers of each stage, beside what the goal needs there.
fn volumes(plan: &Plan<'_>, least: &[&Amount<'_>], compared: &mut Amounts<'_>, out: &mut Vec<Diagnostic>) {
    let counts: Vec<&Amount<'_>> =
        least.iter().copied().filter(|amount| amount.measure == Measure::Count).collect();
    let mut seen = Vec::new();
    for (stage, need) in plan.funnel.stages.iter().zip(plan.needed) {
        let Some(subject) = stage.definition.map(Subject::Definition) else { continue };
        if seen.contains(&subject) {
            continue;
        }
        seen.push(subject);
        let (own, others): (Vec<&Amount<'_>>, Vec<_>) =
            counts.iter().copied().partition(|amount| amount.subject == subject);
        let need = Decimal::from(*need);
        let Some(short) = Shortfall::of(plan.context, &own, plan.goal, need) else { continue };
        // What is promised of its parts may be more than what is promised of the whole.
        let parts: Vec<&Amount<'_>> =
            others.into_iter().filter(|amount| compared.is_among(amount, subject)).collect();
        match Shortfall::of(plan.context, &parts, plan.goal, need) {
            None if !parts.is_empty() => {}
            Some(closer) if closer.promised > short.promised => {
                out.push(falls_short(plan, stage, &parts, &closer));
            }
            _ => out.push(falls_short(plan, stage, &own, &short)),
        }
    }
}

/// The promised shares of what goes on to the next stage, beside the rates of the funnel.
fn rates(plan: &Plan<'_>, least: &[&Amount<'_>], compared: &mut Amounts<'_>, out: &mut Vec<Diagnostic>) {
    for (place, pair) in plan.funnel.stages.windows(2).enumerate() {
        let [stage, next] = pair else { continue };
        let (Some(from), Some(to)) = (stage.definition, next.definition) else { continue };
        let Some(rate) = next.rate.as_ref().and_then(Slot::get).copied() else { continue };
        let (from, to) = (Subject::Definition(from), Subject::Definition(to));
        let own: Vec<&Amount<'_>> = least.iter().copied().filter(|amount| amount.subject == from).collect();
        let shares = own.iter().copied().filter(|a| a.measure == Measure::Share && compared.is_same(a, to));
        let Some(share) = shares.max_by_key(|share| share.size) else { continue };
        // A larger volume makes up for a smaller share.
        let volume: Vec<&Amount<'_>> =
            own.iter().copied().filter(|amount| amount.measure == Measure::Count).collect();
        let need = plan
            .needed
            .get(place + 1)
            .and_then(|need| Decimal::from(*need).checked_mul(Decimal::ONE_HUNDRED)?.checked_div(share.size));
        let short = volume.is_empty()
            || need.is_none_or(|need| Shortfall::of(plan.context, &volume, plan.goal, need).is_some());
        if share.size < rate && short {
            out.push(passes_too_few(plan, share, (stage, next), rate));
        }
    }
}

/// The promised worth of the last stage, beside the goal.
fn money(
    context: &Context<'_>,
    (goal, funnel): (&Goal, &Funnel),
    least: &[&Amount<'_>],
    out: &mut Vec<Diagnostic>,
) {
    let model = context.model;
    let (Some(GoalAmount::Money(amount, currency)), Some(stage)) = (goal.amount.get(), funnel.stages.last())
    else {
        return;
    };
    let subject = stage.definition.map(Subject::Definition);
    let own = least.iter().copied().filter(|amount| Some(amount.subject) == subject);
    let worth = own.filter_map(|amount| match &amount.measure {
        Measure::Worth(_, own) => Some((amount, own == currency)),
        Measure::Count | Measure::Share => None,
    });
    let (alike, foreign): (Vec<_>, Vec<_>) = worth.partition(|(_, alike)| *alike);
    let alike: Vec<&Amount<'_>> = alike.into_iter().map(|(amount, _)| amount).collect();
    match (alike.as_slice(), foreign.as_slice()) {
        ([], [(amount, _), ..]) => out.push(in_another_currency(model, goal, amount, currency)),
        ([], []) => {}
        ([first, ..], []) => {
            if let Some(short) = Shortfall::of(context, &alike, goal, *amount) {
                out.push(worth_too_little(model, goal, (first, &alike), &short));
            }
        }
        // Nobody knows what the others add to it.
        _ => {}
    }
}

/// Promises that do not add up to what is needed, in a period that all of them fit into.
struct Shortfall {
    per: Period,
    /// The first of them that falls short, where the amounts differ by period; `None`: every one.
    label: Option<String>,
    promised: Decimal,
    needed: Decimal,
}

impl Shortfall {
    fn of(
        context: &Context<'_>,
        promises: &[&Amount<'_>],
        goal: &Goal,
        needed: Decimal,
    ) -> Option<Shortfall> {
        // In a period of the goal, or in that of the promises if theirs is the longer one.
        let longest = promises.iter().map(|amount| amount.per).max()?.max(goal.per);
        let times = |per| funnel::periods_in(per, longest).map(Decimal::from);
        let needed = needed.checked_mul(times(goal.per)?)?;
        if promises.iter().any(|amount| amount.varies()) {
            return volumes::whole_periods(context, longest).into_iter().find_map(|period| {
                let in_period =
                    |amount: &&Amount<'_>| amount.then(context.model, longest, &period)?.in_period(longest);
                let promised = promises.iter().map(in_period).sum::<Option<Decimal>>()?;
                let label = Some(period.label);
                (promised < needed).then_some(Shortfall { per: longest, label, promised, needed })
            });
        }
        let sum = |sum: Decimal, amount: &&Amount<'_>| {
            sum.checked_add(amount.size.checked_mul(times(amount.per)?)?)
        };
        let promised = promises.iter().try_fold(Decimal::ZERO, sum)?;
        (promised < needed).then_some(Shortfall { per: longest, label: None, promised, needed })
    }

    /// `per quarter`, or `in 2026-Q2`.
    fn when(&self) -> String {
        self.label.as_ref().map_or_else(|| format!("per {}", self.per), |label| format!("in {label}"))
    }
}

fn passes_too_few(
    plan: &Plan<'_>,
    share: &Amount<'_>,
    (stage, next): (&FunnelStage, &FunnelStage),
    rate: Decimal,
) -> Diagnostic {
    let (low, rate) = (words::percent(share.size), words::percent(rate));
    let message = format!(
        "{low} of `{}` are promised to become `{}`, but the goal `{}` counts on {rate}",
        stage.name, next.name, plan.goal.head.name
    );
    Diagnostic::warning(RULE.name, message)
        .at(share.span, format!("at least {low}"))
        .also(plan.funnel.span, format!("{rate} here"))
        .note(BOTH_KEPT)
        .help(format!("Promise at least {rate}, or agree on another rate or another goal."))
}

fn worth_too_little(
    model: &Model,
    goal: &Goal,
    (first, promises): (&Amount<'_>, &[&Amount<'_>]),
    short: &Shortfall,
) -> Diagnostic {
    let message = format!(
        "`{}` worth {} {} are {}, but the goal `{}` is {}",
        first.name(model),
        first.written(short.promised),
        short.when(),
        promised_or_aimed(promises),
        goal.head.name,
        first.written(short.needed)
    );
    let out = pointed_at(Diagnostic::warning(RULE.name, message), promises);
    with_notes(out.also(goal.span, "the goal").note(BOTH_KEPT), promises)
        .help("Promise more, or agree on another goal.")
}

fn in_another_currency(model: &Model, goal: &Goal, amount: &Amount<'_>, currency: &Currency) -> Diagnostic {
    let own = amount.written(amount.size);
    let message = format!(
        "`{}` is promised as {own}, and the goal `{}` is in {currency}",
        amount.name(model),
        goal.head.name
    );
    Diagnostic::warning(RULE.name, message)
        .at(amount.span, format!("{own} per {}", amount.per))
        .also(goal.span, format!("in {currency}"))
        .note("Nobody can tell whether the promise reaches the goal: it changes with the rate of exchange.")
        .help("State both in one currency.")
}

/// Why it matters.
const BOTH_KEPT: &str =
    "Both sides could keep every promise and still miss what they promised to reach together.";

/// What is only aimed at is not promised.
fn promised_or_aimed(promises: &[&Amount<'_>]) -> &'static str {
    if promises.iter().any(|amount| amount.is_owed()) { "promised" } else { "aimed at" }
}

fn pointed_at(mut out: Diagnostic, promises: &[&Amount<'_>]) -> Diagnostic {
    for (place, amount) in promises.iter().enumerate() {
        let others = if amount.varies() { ", other amounts by date" } else { "" };
        let words = format!("{} per {}{others}", amount.written(amount.size), amount.per);
        out = if place == 0 {
            out.at(amount.span, words)
        } else {
            out.also(amount.span, format!("and {words}"))
        };
    }
    out
}

/// Whether a note names numbers, which nobody counts: what is promised may be more than the sentences say.
fn has_numbers(promises: &[&Amount<'_>]) -> bool {
    noted(promises).next().is_some()
}

fn noted<'a>(promises: &'a [&Amount<'_>]) -> impl Iterator<Item = &'a str> {
    let with_numbers = |note: &String| note.chars().any(char::is_numeric);
    let noted = promises.iter().filter(move |amount| amount.commitment.head.notes.iter().any(with_numbers));
    noted.map(|amount| amount.commitment.head.name.text.as_str())
}

/// Says what was counted: the sentences, each once.
fn with_notes(mut out: Diagnostic, promises: &[&Amount<'_>]) -> Diagnostic {
    let noted: Vec<&str> = noted(promises).collect();
    if noted.is_empty() {
        return out.note("Each number counts once, for everybody together: one for each of several people or partners must be stated for all of them.");
    }
    out.severity = Severity::Info;
    out.note(format!(
        "The notes of {} name numbers, too. What a note says is not counted, here or in any report.",
        names(&noted, "and")
    ))
}

fn falls_short(
    plan: &Plan<'_>,
    stage: &FunnelStage,
    promises: &[&Amount<'_>],
    short: &Shortfall,
) -> Diagnostic {
    let Plan { model, goal, funnel, needed, .. } = plan;
    let name = stage.definition.map_or(stage.name.clone(), |d| model.definitions[d].head.name.text.clone());
    let message = format!(
        "{} `{name}` {} are {}, but the goal `{}` needs {}",
        words::number(short.promised),
        short.when(),
        promised_or_aimed(promises),
        goal.head.name,
        words::number(short.needed)
    );
    let out = pointed_at(Diagnostic::warning(RULE.name, message), promises)
        .also(funnel.span, "by these rates")
        .witness(Witness {
            title: format!("the goal of one {}, counted back and rounded up", goal.per),
            rows: sum(goal, funnel, needed),
        })
        .note(BOTH_KEPT);
    let out = with_notes(out, promises);
    match promises {
        _ if has_numbers(promises) => out.help("Say in the sentence what the note says. Is it too little still, promise more, or agree on other rates or another goal."),
        _ if short.label.is_some() => {
            out.help("Promise more for that time, or agree on other rates or another goal.")
        }
        // One promise alone can be told what would do.
        [only] => {
            let parts = funnel::periods_in(only.per, short.per).unwrap_or(1).max(1);
            let enough = (short.needed / Decimal::from(parts)).ceil();
            out.help(format!(
                "Promise at least {} per {}, or agree on other rates or another goal.",
                words::number(enough),
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
