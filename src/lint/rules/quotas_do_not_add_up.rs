//! `quotas-do-not-add-up`.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness};
use crate::evaluate::funnel::periods_in;
use crate::lint::{Context, Rule, Stage, volumes};
use crate::model::commitment::{Quota, QuotaAmount};
use crate::model::predicate::Comparison;
use crate::model::{
    Bound, Commitment, Constant, Definition, Field, Form, Id, Model, Period, Predicate, PredicateKind,
    Subject, Term, words,
};

/// The rule.
pub static RULE: Rule = Rule {
    name: "quotas-do-not-add-up",
    summary: "numbers or shares that cannot all be reached",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("quotas_do_not_add_up.md"),
};

fn over_the_limit(
    model: &Model,
    least: &Count<'_>,
    most: &Count<'_>,
    clash: &Clash,
    per: Period,
) -> Diagnostic {
    let (small, large) = (name(model, least.definition), name(model, most.definition));
    let (need, limit) = (words::number(clash.need.into()), words::number(clash.limit.into()));
    let when = clash.label.as_ref().map_or_else(|| format!("per {per}"), |label| format!("in {label}"));
    let out = Diagnostic::error(
        RULE.name,
        format!("at least {need} `{small}` {when} are promised, and at most {limit} `{large}` are allowed"),
    )
    .at(least.commitment.sentence, format!("at least {need} {when}"))
    .also(most.commitment.sentence, format!("at most {limit} {when}"));
    let out = if small == large {
        out
    } else {
        let place = model.definitions[least.definition].head.name.span;
        out.also(place, format!("what is `{small}` is also `{large}`"))
    };
    out.note("Whoever keeps one of these promises breaks the other.")
        .help("Agree on numbers that go together.")
}

fn more_than_all(model: &Model, shares: &[&Part<'_>], sum: Decimal) -> Option<Diagnostic> {
    let (first, rest) = shares.split_first()?;
    let item = name(model, first.definition);
    let field = &model.records[*model.definitions[first.definition].record.get()?].fields[first.field].name;
    let mut out = Diagnostic::error(
        RULE.name,
        format!(
            "these shares of `{item}` come to {}, and no `{item}` can be in two of them",
            words::percent(sum)
        ),
    )
    .at(first.commitment.sentence, format!("at least {}", words::percent(first.percent)));
    for other in rest.iter().take(MOST_SHOWN) {
        out = out.also(other.commitment.sentence, format!("and at least {}", words::percent(other.percent)));
    }
    let row = |part: &&Part<'_>| {
        let values: Vec<String> = part.values.iter().cloned().collect();
        (format!("`{field}` is {}", values.join(" or ")), words::percent(part.percent))
    };
    let total = ("together".to_owned(), words::percent(sum));
    Some(
        out.witness(Witness {
            title: format!("what must be true of every {} of `{item}`", first.per),
            rows: shares.iter().map(row).chain([total]).collect(),
        })
        .note("There are only 100% of anything: one of these promises is broken in every period.")
        .help("Agree on shares that come to 100% at most."),
    )
}

fn below_and_above(model: &Model, least: &Part<'_>, most: &Part<'_>) -> Diagnostic {
    let (low, high) = (words::percent(least.percent), words::percent(most.percent));
    Diagnostic::error(
        RULE.name,
        format!(
            "at least {low} of `{}` are promised here, and at most {high} there",
            name(model, least.definition)
        ),
    )
    .at(least.commitment.sentence, format!("at least {low}"))
    .also(most.commitment.sentence, format!("at most {high} of the same, or of more"))
    .note("Whoever keeps one of these promises breaks the other.")
    .help("Agree on shares that go together.")
}

/// So many shares are shown besides the first.
const MOST_SHOWN: usize = 7;

fn name(model: &Model, definition: Id<Definition>) -> &str {
    &model.definitions[definition].head.name.text
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    counts_that_clash(context, out);
    let parts: Vec<Part<'_>> = model.commitments.values().filter_map(|c| part(model, c)).collect();
    shares_that_clash(model, &parts, out);
}

/// A promise of so many items per period, of everything that a definition holds for.
struct Count<'m> {
    commitment: &'m Commitment,
    quota: &'m Quota,
    definition: Id<Definition>,
    amount: u64,
}

fn counts_that_clash(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let counts = model.commitments.values().filter_map(|commitment| {
        let (Form::Quota(quota), Some(Subject::Definition(definition))) =
            (&commitment.form, commitment.subject())
        else {
            return None;
        };
        match quota.amount.get()? {
            QuotaAmount::Count(count) if is_plain(model, commitment) && commitment.met_when.is_none() => {
                Some(Count { commitment, quota, definition, amount: *count })
            }
            _ => None,
        }
    });
    let (least, most): (Vec<_>, Vec<_>) = counts.partition(|c| c.quota.bound == Bound::AtLeast);
    for most in &most {
        for least in least.iter().filter(|least| least.quota.at == most.quota.at) {
            let longer = least.quota.per.max(most.quota.per);
            let clash = clash(context, (least, most), longer);
            if let Some(clash) = clash.filter(|_| includes(model, most.definition, least.definition)) {
                out.push(over_the_limit(model, least, most, &clash, longer));
            }
        }
    }
}

/// A period in which more is promised than is allowed.
struct Clash {
    need: u64,
    limit: u64,
    /// Which one; `None`: every one.
    label: Option<String>,
}

/// Whether two numbers clash; where amounts differ by period, the first in which they do.
fn clash(context: &Context<'_>, (least, most): (&Count<'_>, &Count<'_>), longer: Period) -> Option<Clash> {
    let found = |need: Option<u64>, limit: Option<u64>, label| {
        let (need, limit) = (need?, limit?);
        (need > limit).then_some(Clash { need, limit, label })
    };
    if least.quota.changes.is_empty() && most.quota.changes.is_empty() {
        let in_longer = |c: &Count<'_>| c.amount.checked_mul(periods_in(c.quota.per, longer)?);
        return found(in_longer(least), in_longer(most), None);
    }
    volumes::whole_periods(context, longer).into_iter().find_map(|period| {
        let of = |c: &Count<'_>| volumes::in_period(context.model, c.quota, longer, &period);
        found(of(least), of(most), Some(period.label.clone()))
    })
}

/// Whether every item of the second definition is one of the first, as the text says it: it names it among what must hold.
fn includes(model: &Model, all: Id<Definition>, some: Id<Definition>) -> bool {
    fn must_hold(predicate: &Predicate) -> Vec<Id<Definition>> {
        match &predicate.kind {
            PredicateKind::Is(definition) => vec![*definition],
            PredicateKind::And(parts) => parts.iter().flat_map(must_hold).collect(),
            _ => Vec::new(),
        }
    }
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![some]);
    while let Some(at) = waiting.pop() {
        if at == all {
            return true;
        }
        if seen.insert(at) {
            waiting.extend(must_hold(&model.definitions[at].condition));
        }
    }
    false
}

/// A promise about the part of the items in which a choice field has one of some values.
struct Part<'m> {
    commitment: &'m Commitment,
    definition: Id<Definition>,
    bound: Bound,
    per: Period,
    percent: Decimal,
    field: Id<Field>,
    values: BTreeSet<String>,
}

fn part<'m>(model: &Model, commitment: &'m Commitment) -> Option<Part<'m>> {
    let Form::Share(share) = &commitment.form else { return None };
    let Some(Subject::Definition(definition)) = commitment.subject() else { return None };
    if !is_plain(model, commitment) {
        return None;
    }
    let (field, values) = values(commitment.met_when.as_ref()?)?;
    Some(Part {
        commitment,
        definition,
        bound: share.bound,
        per: share.per,
        percent: *share.percent.get()?,
        field,
        values,
    })
}

/// The field and the values of a condition such as `status = working` or `status in [working, qualified]`.
fn values(predicate: &Predicate) -> Option<(Id<Field>, BTreeSet<String>)> {
    let (field, constants) = match &predicate.kind {
        PredicateKind::Compare {
            left: Term::Field(field),
            op: Comparison::Equal,
            right: Term::Constant(value),
        } => (*field, std::slice::from_ref(value)),
        PredicateKind::In { term: Term::Field(field), values } => (*field, values.as_slice()),
        _ => return None,
    };
    let choice = |constant: &Constant| match constant {
        Constant::Choice(value) => Some(value.clone()),
        _ => None,
    };
    Some((field, constants.iter().map(choice).collect::<Option<_>>()?))
}

/// Whether nothing is taken out of what is counted: what is excused could make the numbers fit.
fn is_plain(model: &Model, commitment: &Commitment) -> bool {
    let excused = model.waivers.values().flat_map(|w| &w.excuses).filter_map(|slot| slot.get());
    commitment.excused_when.is_none()
        && commitment.provided.is_empty()
        && !excused.into_iter().any(|id| model.commitments[*id].head.name == commitment.head.name)
}

fn shares_that_clash(model: &Model, parts: &[Part<'_>], out: &mut Vec<Diagnostic>) {
    let mut groups: BTreeMap<_, Vec<&Part<'_>>> = BTreeMap::new();
    for part in parts {
        groups.entry((part.definition, part.per, part.field)).or_default().push(part);
    }
    for group in groups.values() {
        let (least, most): (Vec<&Part<'_>>, Vec<_>) =
            group.iter().copied().partition(|p| p.bound == Bound::AtLeast);
        for most in &most {
            let clash = least.iter().find(|l| l.percent > most.percent && l.values.is_subset(&most.values));
            out.extend(clash.map(|least| below_and_above(model, least, most)));
        }
        // The largest first: the fewest of them that are too much.
        let mut largest = least;
        largest.sort_by_key(|part| std::cmp::Reverse(part.percent));
        let (mut apart, mut sum): (Vec<&Part<'_>>, Decimal) = (Vec::new(), Decimal::ZERO);
        for part in largest {
            if sum <= Decimal::ONE_HUNDRED && apart.iter().all(|other| other.values.is_disjoint(&part.values))
            {
                sum += part.percent;
                apart.push(part);
            }
        }
        if sum > Decimal::ONE_HUNDRED {
            out.extend(more_than_all(model, &apart, sum));
        }
    }
}
