//! `quotas-do-not-add-up`.

use rust_decimal::Decimal;

use crate::diagnostic::{Diagnostic, Severity, Witness, join, names};
use crate::lint::amounts::{Amount, Amounts, Measure, Quarrel};
use crate::lint::{Context, Rule, Stage, volumes};
use crate::model::predicate::Comparison;
use crate::model::{Bound, Constant, Model, Period, PredicateKind, Term};

/// The rule.
pub static RULE: Rule = Rule {
    name: "quotas-do-not-add-up",
    summary: "numbers or shares that cannot all be reached",
    severity: Severity::Error,
    stage: Stage::Checking(check),
    page: include_str!("quotas_do_not_add_up.md"),
};

/// What is asked for, and what it is held against.
type Sides<'q, 'a, 'm> = (&'q [&'a Amount<'m>], &'q [&'a Amount<'m>]);

/// At least so much of some items, and at most less of what they are among.
fn over_the_limit(
    model: &Model,
    (least, most): (&Amount<'_>, &Amount<'_>),
    (need, limit): (Decimal, Decimal),
    per: Period,
) -> Diagnostic {
    let (small, large) = (least.name(model), most.name(model));
    let (need, limit) = (least.written(need), most.written(limit));
    let out = found(
        &[least, most],
        format!(
            "at least {need} {} per {per} are promised, and at most {limit} {} are allowed",
            of(model, least),
            of(model, most)
        ),
    )
    .at(least.span, in_period(least, per))
    .also(most.span, in_period(most, per));
    let out = if small == large {
        out
    } else {
        let place = model.subject_head(least.subject).name.span;
        out.also(place, format!("what is `{small}` is also `{large}`"))
    };
    cut(out, &[least, most], per)
        .note("Whoever keeps one of these promises breaks the other.")
        .help("Agree on numbers that go together.")
}

/// Parts of what is limited that come to more than the limit.
fn parts_over_the_limit(
    model: &Model,
    (least, most): (&[&Amount<'_>], &Amount<'_>),
    (need, limit): (Decimal, Decimal),
    per: Period,
) -> Diagnostic {
    let (need, limit) = (most.written(need), most.written(limit));
    let parts: Vec<&str> = least.iter().map(|part| part.name(model)).collect();
    let out = found(
        &[least, &[most]].concat(),
        format!(
            "at least {need} per {per} are promised of {}, and at most {limit} {} are allowed",
            names(&parts, "and"),
            of(model, most)
        ),
    );
    let out = pointed_at(model, out, least, per);
    let all = [least, &[most]].concat();
    cut(out.also(most.span, in_period(most, per)), &all, per)
        .note(format!("No {} counts in two of the parts, and each counts in the whole.", record(model, most)))
        .help("Agree on numbers that go together.")
}

/// All of something, and limits of its parts that come to less.
fn more_than_its_parts(
    model: &Model,
    (least, most): (&Amount<'_>, &[&Amount<'_>]),
    (need, limit): (Decimal, Decimal),
    per: Period,
) -> Diagnostic {
    let (need, limit) = (least.written(need), least.written(limit));
    let parts: Vec<&str> = most.iter().map(|part| part.name(model)).collect();
    let all = [&[least], most].concat();
    let out = found(
        &all,
        format!(
            "at least {need} {} per {per} are promised, and the limits of its parts come to {limit}",
            of(model, least)
        ),
    )
    .at(least.span, in_period(least, per));
    let out = pointed_at(model, out, most, per);
    cut(out, &all, per)
        .note(format!("Every `{}` is one of {}.", least.name(model), names(&parts, "and")))
        .help("Agree on numbers that go together.")
}

fn more_than_all(model: &Model, shares: &[&Amount<'_>], sum: Decimal) -> Option<Diagnostic> {
    let (first, rest) = shares.split_first()?;
    let item = first.name(model);
    let mut out = found(
        shares,
        format!(
            "these shares of `{item}` come to {}, and no `{item}` can be in two of them",
            first.written(sum)
        ),
    )
    .at(first.span, format!("at least {}", first.written(first.size)));
    for other in rest.iter().take(MOST_SHOWN) {
        out = out.also(other.span, format!("and at least {}", other.written(other.size)));
    }
    let row = |part: &&Amount<'_>| (part_words(model, part), part.written(part.size));
    let total = ("together".to_owned(), first.written(sum));
    Some(
        out.witness(Witness {
            title: format!("what must be true of every {} of `{item}`", first.per),
            rows: shares.iter().map(row).chain([total]).collect(),
        })
        .note("There are only 100% of anything: one of these promises is broken in every period.")
        .help("Agree on shares that come to 100% at most."),
    )
}

fn below_and_above(model: &Model, least: &Amount<'_>, most: &Amount<'_>) -> Diagnostic {
    let (low, high) = (least.written(least.size), most.written(most.size));
    found(
        &[least, most],
        format!("at least {low} of `{}` are promised here, and at most {high} there", least.name(model)),
    )
    .at(least.span, format!("at least {low}"))
    .also(most.span, format!("at most {high} of the same, or of more"))
    .note("Whoever keeps one of these promises breaks the other.")
    .help("Agree on shares that go together.")
}

/// What has no simpler words.
fn cannot_all_be(model: &Model, all: &[&Amount<'_>], per: Period) -> Diagnostic {
    let mut out = found(all, format!("these promises cannot all be kept in one {per}"));
    for (place, amount) in all.iter().take(MOST_SHOWN).enumerate() {
        let words = match amount.measure {
            Measure::Share => {
                let share = format!("{} {}", amount.bound.words(), amount.written(amount.size));
                format!(
                    "{share} of `{}` per {}: {}",
                    amount.name(model),
                    amount.per,
                    part_words(model, amount)
                )
            }
            _ => format!("{}: {}", amount.words(), part_words(model, amount)),
        };
        out = if place == 0 { out.at(amount.span, words) } else { out.also(amount.span, words) };
    }
    cut(out, all, per)
        .note("Any of them can be kept without the others. With all of them, one is broken whatever anybody does.")
        .help("Agree on numbers that go together.")
}

/// So many amounts are shown besides the first.
const MOST_SHOWN: usize = 7;

/// A finding, as loud as the promises: what is only aimed at can be missed.
fn found(all: &[&Amount<'_>], message: String) -> Diagnostic {
    let owed = all.iter().all(|amount| amount.is_owed());
    Diagnostic::new(RULE.name, if owed { Severity::Error } else { Severity::Warning }, message)
}

/// The items of an amount: `` `mql` ``, or `` of `won` `` for money.
fn of(model: &Model, amount: &Amount<'_>) -> String {
    match amount.measure {
        Measure::Worth(..) => format!("of `{}`", amount.name(model)),
        Measure::Count | Measure::Share => format!("`{}`", amount.name(model)),
    }
}

fn record<'m>(model: &'m Model, amount: &Amount<'_>) -> &'m str {
    &model.records[amount.record].head.name.text
}

/// An amount in a period: with its own words, if its own period is another one.
fn in_period(amount: &Amount<'_>, per: Period) -> String {
    let own = amount.words();
    match amount.in_period(per).filter(|_| amount.per != per) {
        Some(size) => format!("{own}, so {} {} per {per}", amount.bound.words(), amount.written(size)),
        None => own,
    }
}

/// Says that periods which lie in two others were counted in favour of the promises.
fn cut(out: Diagnostic, all: &[&Amount<'_>], per: Period) -> Diagnostic {
    let weeks = all.iter().any(|amount| amount.per == Period::Week && per > Period::Week);
    if weeks {
        out.note(format!("Counted are all weeks that a {per} can touch for what is allowed, and only whole ones for what is promised."))
    } else {
        out
    }
}

fn pointed_at(model: &Model, mut out: Diagnostic, parts: &[&Amount<'_>], per: Period) -> Diagnostic {
    for part in parts.iter().take(MOST_SHOWN) {
        let words = format!("`{}`: {}", part.name(model), in_period(part, per));
        out = if out.primary.is_none() { out.at(part.span, words) } else { out.also(part.span, words) };
    }
    out
}

/// What counts in an amount, in a few words.
fn part_words(model: &Model, amount: &Amount<'_>) -> String {
    let Some(of) = amount.of else { return format!("`{}`", amount.name(model)) };
    match &of.kind {
        PredicateKind::Compare {
            left: Term::Field(field),
            op: Comparison::Equal,
            right: Term::Constant(value),
        } => values(model, amount, *field, std::slice::from_ref(value), ""),
        PredicateKind::In { term: Term::Field(field), values: all } => values(model, amount, *field, all, ""),
        PredicateKind::Not(not) => match &not.kind {
            PredicateKind::In { term: Term::Field(field), values: all } => {
                values(model, amount, *field, all, "not ")
            }
            _ => None,
        },
        _ => None,
    }
    .unwrap_or_else(|| format!("what counts for `{}`", amount.commitment.head.name))
}

fn values(
    model: &Model,
    amount: &Amount<'_>,
    field: crate::model::Id<crate::model::Field>,
    all: &[Constant],
    not: &str,
) -> Option<String> {
    let choice = |constant: &Constant| match constant {
        Constant::Choice(value) => Some(value.clone()),
        _ => None,
    };
    let mut values: Vec<String> = all.iter().map(choice).collect::<Option<_>>()?;
    values.sort();
    let field = &model.records[amount.record].fields[field].name;
    Some(format!("`{field}` is {not}{}", join(&values, "or")))
}

fn check(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let model = context.model;
    let amounts: Vec<Amount<'_>> =
        model.commitments.values().filter_map(|commitment| Amount::promised(model, commitment)).collect();
    let mut compared = Amounts::new(context);
    for group in groups(&amounts) {
        if group.iter().any(|amount| amount.varies()) {
            out.extend(by_period(context, &mut compared, &group));
        } else {
            out.extend(quarrels(model, &mut compared, group));
        }
    }
}

/// What does not add up where amounts differ by period: in the first period in which something does not.
fn by_period(context: &Context<'_>, compared: &mut Amounts<'_>, group: &[&Amount<'_>]) -> Vec<Diagnostic> {
    let Some(longest) = group.iter().map(|amount| amount.per).max() else { return Vec::new() };
    let found = volumes::whole_periods(context, longest).into_iter().find_map(|period| {
        let then: Vec<Amount<'_>> =
            group.iter().filter_map(|amount| amount.then(context.model, longest, &period)).collect();
        let found = quarrels(context.model, compared, then.iter().collect());
        (!found.is_empty()).then_some((period.label, found))
    });
    let Some((label, found)) = found else { return Vec::new() };
    found
        .into_iter()
        .map(|one| one.note(format!("So it is in {label}, with the amounts of that time.")))
        .collect()
}

fn quarrels(model: &Model, compared: &mut Amounts<'_>, group: Vec<&Amount<'_>>) -> Vec<Diagnostic> {
    let mut out = Vec::new();
    // What is owed first: beside it, what is aimed at says little.
    let owed: Vec<&Amount<'_>> = group.iter().copied().filter(|amount| amount.is_owed()).collect();
    let mut left = group;
    for mut some in [owed, left.clone()] {
        some.retain(|amount| left.iter().any(|other| std::ptr::eq(*other, *amount)));
        while let Some(quarrel) = compared.quarrel(&some) {
            out.push(worded(model, compared, &quarrel));
            // One word about each promise is enough.
            let told = |amount: &&Amount<'_>| !quarrel.amounts.iter().any(|t| std::ptr::eq(*t, *amount));
            some.retain(told);
            left.retain(told);
        }
    }
    out
}

/// Amounts that are about the same thing, in the order of the text.
pub(super) fn groups<'a, 'm>(all: &'a [Amount<'m>]) -> Vec<Vec<&'a Amount<'m>>> {
    let mut out: Vec<Vec<&Amount<'_>>> = Vec::new();
    for amount in all {
        match out.iter_mut().find(|group| group.first().is_some_and(|first| first.is_beside(amount))) {
            Some(group) => group.push(amount),
            None => out.push(vec![amount]),
        }
    }
    out
}

/// The words for a quarrel, as simple as it is.
fn worded(model: &Model, compared: &mut Amounts<'_>, quarrel: &Quarrel<'_, '_>) -> Diagnostic {
    let (all, per) = (&quarrel.amounts, quarrel.per);
    let shares = all.iter().filter(|amount| amount.measure == Measure::Share).count();
    let (least, most): (Vec<&Amount<'_>>, Vec<_>) =
        all.iter().partition(|amount| amount.bound == Bound::AtLeast);
    let simple = match shares {
        0 => of_amounts(model, compared, (&least, &most), per),
        _ if shares == all.len() && all.iter().all(|amount| amount.subject == all[0].subject) => {
            of_shares(model, compared, (&least, &most))
        }
        _ => None,
    };
    simple.unwrap_or_else(|| cannot_all_be(model, all, per))
}

fn of_amounts(
    model: &Model,
    compared: &mut Amounts<'_>,
    (least, most): Sides<'_, '_, '_>,
    per: Period,
) -> Option<Diagnostic> {
    let sum = |side: &[&Amount<'_>]| {
        side.iter()
            .map(|amount| amount.in_period(per))
            .try_fold(Decimal::ZERO, |sum, one| sum.checked_add(one?))
    };
    let sums = (sum(least)?, sum(most)?);
    if sums.0 <= sums.1 {
        return None;
    }
    match (least, most) {
        ([least], [most]) => Some(over_the_limit(model, (least, most), sums, per)),
        (parts, [most]) => {
            compared.are_apart(parts).then(|| parts_over_the_limit(model, (parts, most), sums, per))
        }
        ([least], parts) => Some(more_than_its_parts(model, (least, parts), sums, per)),
        _ => None,
    }
}

fn of_shares(
    model: &Model,
    compared: &mut Amounts<'_>,
    (least, most): Sides<'_, '_, '_>,
) -> Option<Diagnostic> {
    match (least, most) {
        ([least], [most]) if least.size > most.size => Some(below_and_above(model, least, most)),
        (all, []) => {
            // The largest first.
            let mut all = all.to_vec();
            all.sort_by_key(|share| std::cmp::Reverse(share.size));
            let sum: Decimal = all.iter().map(|share| share.size).sum();
            if sum > Decimal::ONE_HUNDRED && compared.are_apart(&all) {
                more_than_all(model, &all, sum)
            } else {
                None
            }
        }
        _ => None,
    }
}
