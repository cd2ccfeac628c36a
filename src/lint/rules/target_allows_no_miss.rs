//! `target-allows-no-miss`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::evaluate::funnel::periods_in;
use crate::lint::{Context, Rule, Stage};
use crate::model::commitment::{Aim, QuotaAmount, Target};
use crate::model::time::Plurality;
use crate::model::{Bound, Commitment, Form, Id, Model, words};

/// The rule.
pub static RULE: Rule = Rule {
    name: "target-allows-no-miss",
    summary: "a target so high that a single late item misses it",
    severity: Severity::Warning,
    stage: Stage::Checking(check),
    page: include_str!("target_allows_no_miss.md"),
};

fn all_of_them(name: &str, target: &Target) -> Diagnostic {
    let per = target.per;
    Diagnostic::new(
        RULE.name,
        Severity::Info,
        format!("one late item in a {per} misses the target of `{name}`"),
    )
    .at(target.span, "all of them, and nothing is ever excused")
    .note("From the first miss on there is nothing left to win in that period, and people stop trying.")
    .help("Aim at less, such as 98%, or say with `excused when` what is nobody's fault.")
}

fn too_few(model: &Model, commitment: &Commitment, target: &Target, few: &Few<'_>) -> Diagnostic {
    let (count, percent, per) = (few.count, few.percent, target.per);
    let item =
        commitment.subject.get().map_or("items", |subject| model.subject_head(*subject).name.text.as_str());
    let after_one = (Decimal::from(count - 1) * Decimal::ONE_HUNDRED / Decimal::from(count)).round_dp(1);
    let (whole, one_less) = (number(count), number(count - 1));
    Diagnostic::warning(
        RULE.name,
        format!("with {whole} `{item}` per {per}, {} allows not a single miss", words::percent(percent)),
    )
    .at(target.span, format!("{} means all of them", words::percent(percent)))
    .also(
        few.quota.sentence,
        if few.bound == Bound::AtMost { "at most so many" } else { "so many are promised" },
    )
    .witness(Witness {
        title: format!("a {per} with {whole} of them"),
        rows: vec![
            (format!("{whole} in time"), "100%".to_owned()),
            (format!("{one_less} in time, 1 late"), format!("{}: missed", words::percent(after_one))),
        ],
    })
    .note("A target that one mishap breaks says nothing about how well people work: it measures luck.")
    .help(match per {
        crate::model::Period::Year => {
            "Aim at less, or count the misses: `missed 2 times in a year`.".to_owned()
        }
        _ => format!(
            "Aim at less, or look at more {} at once: a target per quarter or year.",
            per.words(Plurality::Many)
        ),
    })
}

/// So few items in a period that a target leaves no room.
struct Few<'m> {
    count: u64,
    percent: Decimal,
    quota: &'m Commitment,
    bound: Bound,
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    for (id, commitment) in model.commitments.iter() {
        let Some(target) = &commitment.target else { continue };
        let Some(Aim::Attainment(percent)) = target.aim.get() else { continue };
        if *percent >= Decimal::ONE_HUNDRED {
            if !excuses(model, id) {
                out.push(all_of_them(&commitment.head.name.text, target));
            }
        } else if let Some(few) = few(model, commitment, target, *percent) {
            out.push(too_few(model, commitment, target, &few));
        }
    }
}

/// Whether anything is excused from a promise.
fn excuses(model: &Model, id: Id<Commitment>) -> bool {
    let commitment = &model.commitments[id];
    commitment.excused_when.is_some()
        || !commitment.provided.is_empty()
        || !commitment.pauses.is_empty()
        || model.waivers_of(id).next().is_some()
}

/// The largest number of items that is promised or allowed for a period, if the target leaves no room in it.
fn few<'m>(model: &'m Model, of: &Commitment, target: &Target, percent: Decimal) -> Option<Few<'m>> {
    let counts = model.commitments.values().filter(|c| c.subject.is_set() && c.subject == of.subject);
    let few = counts.filter_map(|c| match &c.form {
        Form::Quota(quota) if c.met_when.is_none() => match quota.amount.get()? {
            QuotaAmount::Count(count) => {
                let count = count.checked_mul(periods_in(quota.per, target.per)?)?;
                Some(Few { count, percent, quota: c, bound: quota.bound })
            }
            QuotaAmount::Worth { .. } => None,
        },
        _ => None,
    });
    let most = few.max_by_key(|few| few.count)?;
    let misses = Decimal::from(most.count).checked_mul(Decimal::ONE_HUNDRED - percent)?;
    (most.count > 1 && misses < Decimal::ONE_HUNDRED).then_some(most)
}

fn number(count: u64) -> String {
    words::number(count.into())
}
