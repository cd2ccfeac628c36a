//! So many items, or so large a part of them, per period.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::super::book::{Book, zone_in_words};
use super::super::document::{Block, Fact, Inline, Row, Say, Table, Text};
use super::super::example::period_in_words;
use super::super::words;
use super::commitments::{condition, excused, failure};
use crate::model::commitment::{Change, Quota, QuotaAmount, Share};
use crate::model::{Bound, Commitment, Field, Id, Period, Slot};
use crate::worktime::{PeriodSpan, words as time};

/// `deliver at least 200 MQLs per month.`
pub fn quota_sentence(book: &Book<'_>, commitment: &Commitment, quota: &Quota, say: Say) -> Text {
    let items = book.subjects_of(commitment);
    let bound = quota.bound.words();
    let say = match &quota.amount {
        Slot::Set(QuotaAmount::Count(n)) => {
            say.words(format!("{bound} ")).strong(words::number((*n).into())).words(" ").and(items)
        }
        Slot::Set(QuotaAmount::Worth { amount, currency, field }) => {
            let say =
                say.and(items).words(format!(" worth {bound} ")).strong(words::money(*amount, currency));
            match book.record_of(commitment) {
                Some(record) => say.words(" (").and(book.field(record, *field)).words(")"),
                None => say,
            }
        }
        other => say.words(format!("{bound} ")).and(words::open(other)).words(" ").and(items),
    };
    let say = say.words(format!(" per {}", quota.per));
    let say =
        if quota.changes.is_empty() { say } else { say.words(", where no other amount is given below") };
    say.words(".").end()
}

/// `350`, `$2M`.
pub fn amount_in_words(amount: &QuotaAmount) -> String {
    match amount {
        QuotaAmount::Count(n) => words::number((*n).into()),
        QuotaAmount::Worth { amount, currency, .. } => words::money(*amount, currency),
    }
}

/// The amounts of the periods that have one of their own.
fn other_amounts(commitment: &Commitment, quota: &Quota) -> Vec<Block> {
    if quota.changes.is_empty() {
        return Vec::new();
    }
    let row = |change: &Change| {
        let days = match change.to {
            Some(to) => time::dates(change.from, to),
            None => format!("from {} on", time::date(change.from)),
        };
        let amount = Say::new(format!("{} ", quota.bound.words()));
        Row::new(vec![Say::new(days).end(), amount.text(words::slot(&change.amount, amount_in_words)).end()])
    };
    let caption = format!("{}: the amount per {} by date", commitment.head.label(), quota.per);
    let rows = quota.changes.iter().map(row).collect();
    let table = Table::new(caption, vec!["When", "Amount"], rows);
    vec![Block::words(format!("In these periods, per {}:", quota.per)), Block::Table(table)]
}

/// The exact meaning.
pub fn quota_facts(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, quota: &Quota) -> Vec<Fact> {
    let what = match quota.amount.get() {
        Some(QuotaAmount::Worth { field, .. }) => {
            let field =
                book.record_of(commitment).map_or(Inline::Unknown, |record| book.field(record, *field));
            Say::new("The sum of ").and(field).words(" over each ")
        }
        Some(QuotaAmount::Count(_)) | None => Say::new("Each "),
    };
    let failure = failure(commitment.strength);
    let judged = match quota.bound {
        Bound::AtLeast => format!(
            "Met as soon as the amount is reached. Missed if it is not reached at the end of the {}, which is {failure}.",
            quota.per
        ),
        Bound::AtMost => format!(
            "Missed as soon as the amount is exceeded, which is {failure}. Met if it is not exceeded at the end of the {}.",
            quota.per
        ),
    };
    let mut out = vec![
        Fact { label: "Counts", blocks: counts(book, commitment, &quota.at, what) },
        Fact { label: "Other amounts", blocks: other_amounts(commitment, quota) },
        Fact { label: "Period", blocks: vec![period(book, commitment, &quota.at, quota.per)] },
        Fact { label: "Judged", blocks: vec![Block::words(judged)] },
        excused(book, id, commitment),
    ];
    out.retain(|fact| !fact.blocks.is_empty());
    out
}

/// `accept at least 60% of all MQLs per month.`
pub fn share_sentence(book: &Book<'_>, commitment: &Commitment, share: &Share, say: Say) -> Text {
    let say = say.words(share_bound(share));
    let say = match &share.percent {
        Slot::Set(percent) => say.strong(words::percent(*percent)),
        other => say.and(words::open(other)),
    };
    say.words(" of all ").and(book.subjects_of(commitment)).words(format!(" per {}.", share.per)).end()
}

/// `at least `; nothing before the whole, of which there is no more.
pub fn share_bound(share: &Share) -> String {
    match (share.bound, share.percent.get()) {
        (Bound::AtLeast, Some(percent)) if *percent == Decimal::ONE_HUNDRED => String::new(),
        (bound, _) => format!("{} ", bound.words()),
    }
}

/// The exact meaning.
pub fn share_facts(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment, share: &Share) -> Vec<Fact> {
    let record = book.record_of(commitment);
    let hit = match &commitment.met_when {
        Some(predicate) => {
            condition(book, record, predicate, Say::new("An item counts towards the share when"))
        }
        None => vec![Say::new("Nothing says when an item counts towards the share.").paragraph()],
    };
    let failure = failure(commitment.strength);
    let judged = format!(
        "At the end of the {per}, by what the data say then: the items that count towards the share ÷ all items. A {per} \
         without items is neither met nor missed. A {per} in which the share is missed is {failure}.",
        per = share.per
    );
    vec![
        Fact { label: "Counts", blocks: counts(book, commitment, &share.at, Say::new("Each ")) },
        Fact { label: "Met when", blocks: hit },
        Fact { label: "Period", blocks: vec![period(book, commitment, &share.at, share.per)] },
        Fact { label: "Judged", blocks: vec![Block::words(judged)] },
        excused(book, id, commitment),
    ]
}

/// Which items count.
fn counts(book: &Book<'_>, commitment: &Commitment, at: &Slot<Id<Field>>, say: Say) -> Vec<Block> {
    let record = book.record_of(commitment);
    let say = say.and(book.subject_of(commitment)).words(" with a date and time in ");
    let say = say.and(book.field_slot(record, at));
    let is_quota = matches!(commitment.form, crate::model::Form::Quota(_));
    match &commitment.met_when {
        Some(predicate) if is_quota => condition(book, record, predicate, say.words(", when")),
        _ => vec![say.words(".").paragraph()],
    }
}

/// Which period an item counts in.
fn period(book: &Book<'_>, commitment: &Commitment, at: &Slot<Id<Field>>, per: Period) -> Block {
    let say = Say::new(format!("The {per} in which "))
        .and(book.field_slot(book.record_of(commitment), at))
        .words(" falls");
    let zone = book.zone().map(|z| format!(", {}", zone_in_words(z.name()))).unwrap_or_default();
    let term = match &book.model.agreement.effective {
        Some(_) => {
            let whole = match commitment.form {
                crate::model::Form::Quota(_) => {
                    format!(" The amount is not reduced for a {per} of which only a part is in force.")
                }
                _ => String::new(),
            };
            format!(" Only what happens while the agreement is in force counts.{whole}")
        }
        None => String::new(),
    };
    say.words(format!("{zone}.{term}")).paragraph()
}

// ---------------------------------------------------------------------------------------------------------- in dates

/// The first whole period of the term.
pub(super) fn first_period(book: &Book<'_>, per: Period) -> Option<PeriodSpan> {
    let (from, _) = book.model.agreement.effective.as_ref()?.term()?;
    let periods = book.evaluator.periods(per);
    let first = periods.containing(from).ok()?;
    if first.first == from { Some(first) } else { periods.next(&first).ok() }
}

/// Begins and ends, in the agreement's zone.
fn bounds(book: &Book<'_>, period: &PeriodSpan, per: Period) -> Option<String> {
    let zone = book.zone()?;
    let interval = period.interval(zone).ok()?;
    Some(format!(
        "{} runs from {} to {}",
        words::capital(&period_in_words(period, per)),
        time::moment(interval.from, zone),
        time::deadline(interval.to, zone)
    ))
}

/// Where the border lies, in numbers.
pub fn quota_example(book: &Book<'_>, _: &Commitment, quota: &Quota) -> Vec<Block> {
    let Some(period) = first_period(book, quota.per) else { return Vec::new() };
    let Some(amount) = quota.amount_on(period.first).get() else { return Vec::new() };
    let Some(bounds) = bounds(book, &period, quota.per) else { return Vec::new() };
    let (enough, beyond) = match (amount, quota.bound) {
        (QuotaAmount::Count(n), Bound::AtLeast) => (words::number((*n).into()), n.checked_sub(1)),
        (QuotaAmount::Count(n), Bound::AtMost) => (words::number((*n).into()), n.checked_add(1)),
        (QuotaAmount::Worth { amount, currency, .. }, _) => (words::money(*amount, currency), None),
    };
    let beyond = beyond.map(|n| breaks(&words::number(n.into()))).unwrap_or_default();
    let keep = match quota.bound {
        Bound::AtLeast => match amount {
            QuotaAmount::Count(_) => format!("{enough} or more keep the promise{beyond}."),
            QuotaAmount::Worth { .. } => format!("{enough} or more keeps the promise; less breaks it."),
        },
        Bound::AtMost => match amount {
            QuotaAmount::Count(_) => format!("{enough} or fewer keep the promise{beyond}."),
            QuotaAmount::Worth { .. } => format!("{enough} or less keeps the promise; more breaks it."),
        },
    };
    vec![Block::Example(Say::new(format!("{bounds}.")).end(), vec![Block::words(words::capital(&keep))])]
}

/// Where the border lies, in numbers.
pub fn share_example(book: &Book<'_>, _: &Commitment, share: &Share) -> Vec<Block> {
    const ITEMS: u64 = 200;
    let Some(percent) = share.percent.get() else { return Vec::new() };
    let Some(period) = first_period(book, share.per) else { return Vec::new() };
    let Some(bounds) = bounds(book, &period, share.per) else { return Vec::new() };
    let exact = Decimal::from(ITEMS) * *percent / Decimal::ONE_HUNDRED;
    let border = match share.bound {
        Bound::AtLeast => exact.ceil().to_u64(),
        Bound::AtMost => exact.floor().to_u64(),
    };
    let Some(border) = border else { return Vec::new() };
    let beyond = match share.bound {
        Bound::AtLeast => border.checked_sub(1),
        Bound::AtMost => Some(border + 1).filter(|n| *n <= ITEMS),
    };
    let beyond = beyond.map(|n| breaks(&n.to_string())).unwrap_or_default();
    let or = match share.bound {
        Bound::AtLeast => "or more",
        Bound::AtMost => "or fewer",
    };
    let words = format!("Of {ITEMS} items, {border} {or} keep the promise{beyond}.");
    vec![Block::Example(Say::new(format!("{bounds}.")).end(), vec![Block::words(words)])]
}

fn breaks(n: &str) -> String {
    let verb = if n == "1" { "breaks" } else { "break" };
    format!(", {n} {verb} it")
}
