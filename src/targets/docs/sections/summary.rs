//! What each side owes, and every promise at a glance.

use super::super::book::{Book, Place};
use super::super::document::{Block, Inline, Row, Say, Table, Text, listed};
use super::super::words;
use super::{attempts, commitments, level, permission, recurring, turnaround};
use crate::model::commitment::{Attempts, Quota, QuotaAmount, Turnaround};
use crate::model::{Commitment, Field, Form, Id, LevelLimit, Party, Predicate, Slot, Strength};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    if book.model.commitments.is_empty() {
        return vec![Block::words("This agreement does not contain a commitment yet.")];
    }
    let mut out = vec![Block::words("What each side owes:"), sides(book)];
    out.push(Block::Table(Table::new(
        "Promises at a glance",
        vec!["Promise", "Who", "What", "By when", "Target"],
        book.model.commitments.iter().map(|(id, c)| row(book, id, c)).collect(),
    )));
    out.push(Block::Remark(
        Say::new("This summary is for orientation. The clauses of section ")
            .and(Inline::Link(
                "section-commitments".to_owned(),
                vec![Inline::Plain("Commitments".to_owned())],
            ))
            .words(" decide.")
            .end(),
    ));
    out
}

/// A line for each party in the agreement's order, then one for neutral roles.
fn sides(book: &Book<'_>) -> Block {
    let mut parties: Vec<Option<Id<Party>>> = Vec::new();
    parties.extend(book.model.agreement.parties.iter().filter_map(|slot| slot.get().copied()).map(Some));
    parties.extend(book.model.parties.ids().map(Some));
    parties.push(None);
    let mut seen = Vec::new();
    parties.retain(|p| {
        let new = !seen.contains(p);
        seen.push(*p);
        new
    });
    let lines = parties.into_iter().filter_map(|party| {
        let owed: Vec<Text> = book
            .model
            .commitments
            .iter()
            .filter(|(_, c)| party_of(book, c) == party)
            .map(|(_, c)| owes(book, c))
            .collect();
        let label = party.map_or("Neutral roles".to_owned(), |p| book.model.parties[p].head.label());
        let is_party =
            party.is_some_and(|p| book.model.agreement.parties.iter().any(|slot| slot.get() == Some(&p)));
        match owed.as_slice() {
            [] if is_party => {
                Some(Say::default().strong(label).words(" makes no promise in this agreement.").end())
            }
            [] => None,
            _ => Some(Say::default().strong(label).words(": ").text(semicolons(owed)).words(".").end()),
        }
    });
    Block::List(lines.map(|line| vec![Block::Paragraph(line)]).collect())
}

fn semicolons(parts: Vec<Text>) -> Text {
    let mut say = Say::default();
    for (i, part) in parts.into_iter().enumerate() {
        say = if i > 0 { say.words("; ") } else { say }.text(part);
    }
    say.end()
}

fn party_of(book: &Book<'_>, commitment: &Commitment) -> Option<Id<Party>> {
    let role = &book.model.roles[*commitment.actor.get()?];
    role.party.as_ref()?.get().copied()
}

/// `contact each MQL within 4 business hours`, `deliver at least 200 MQLs every month`.
fn owes(book: &Book<'_>, commitment: &Commitment) -> Text {
    let lead = match commitment.strength {
        Strength::Must => "",
        Strength::Should => "should ",
        Strength::MustNot => "must not ",
        Strength::May => "may ",
    };
    let say = Say::new(lead);
    match &commitment.form {
        Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_) | Form::Recurring(_) => {
            say.text(what(book, commitment)).words(" ").text(by_when(book, commitment)).end()
        }
        Form::Permission(permission) => {
            let say = say.text(bare(book, commitment));
            let say = match permission.limit {
                Some(_) => say.words(" ").text(by_when(book, commitment)),
                None => say,
            };
            say.text(terms(book, commitment)).end()
        }
        Form::Quota(quota) => {
            let worth = matches!(quota.amount.get(), Some(QuotaAmount::Worth { .. }));
            let items = book.subjects_of(commitment);
            let say = say.words(format!("{} ", commitment.verb));
            let say = if worth {
                say.and(items).words(" worth ").text(stated(quota))
            } else {
                say.text(stated(quota)).words(" ").and(items)
            };
            let say = say.words(" ").text(by_when(book, commitment)).text(terms(book, commitment));
            if quota.changes.is_empty() { say.end() } else { say.words(BY_DATE).end() }
        }
        Form::Share(_) => say
            .words(format!("{} ", commitment.verb))
            .text(target(commitment))
            .words(" of all ")
            .and(book.subjects_of(commitment))
            .words(" ")
            .text(by_when(book, commitment))
            .text(terms(book, commitment))
            .end(),
        Form::Level(level) => say.text(what(book, commitment)).words(" ").text(level::limit(level)).end(),
        Form::NotBefore(_) | Form::Prohibition(_) => say.text(what(book, commitment)).end(),
    }
}

fn row(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Row {
    let label = format!("{} {}", book.number_of(Place::Commitment(id.index())), commitment.head.label());
    let promise = Say::default().and(Inline::Link(book.anchor_of(id), vec![Inline::Plain(label)]));
    let strength = format!("{} ", commitment.strength.word());
    let what = Say::new(strength).text(what(book, commitment)).end();
    let promise = match book.evaluator.gap(id) {
        Some(_) => promise.words(" ").and(Inline::Open(String::new())),
        None => promise,
    };
    Row::new(vec![
        promise.end(),
        vec![book.role_slot(&commitment.actor)],
        what,
        by_when(book, commitment),
        target(commitment),
    ])
}

/// What is done, with all that it depends on: `contact each MQL`, `close any Ticket sooner than 5 business days after
/// Opened at`.
fn what(book: &Book<'_>, commitment: &Commitment) -> Text {
    let say = Say::default().text(bare(book, commitment));
    match &commitment.form {
        Form::NotBefore(wait) => {
            let start = book.field_slot(book.record_of(commitment), &wait.start);
            let after = Say::new(" after ").and(start).end();
            say.words(" sooner than ").text(limits(commitment, after)).end()
        }
        Form::Prohibition(prohibition) => {
            say.text(commitments::forbidden(book, commitment, prohibition)).end()
        }
        Form::Quota(_) | Form::Share(_) | Form::Permission(_) => say.text(terms(book, commitment)).end(),
        Form::Turnaround(_) | Form::Attempts(_) | Form::LeadTime(_) | Form::Recurring(_) | Form::Level(_) => {
            say.end()
        }
    }
}

/// The verb and what it is about.
fn bare(book: &Book<'_>, commitment: &Commitment) -> Text {
    let say = Say::new(format!("{} ", commitment.verb));
    match &commitment.form {
        Form::Turnaround(_) | Form::LeadTime(_) => say.words("each ").and(book.subject_of(commitment)).end(),
        Form::Attempts(form) => {
            let say = say.words("each ").and(book.subject_of(commitment));
            say.words(" at least ").text(attempts::times(form)).end()
        }
        Form::Recurring(crate::model::Recurring { object: Some(object), .. }) => {
            say.words(format!("“{object}”")).end()
        }
        Form::Recurring(_) => Say::new(commitment.verb.clone()).end(),
        Form::NotBefore(_) | Form::Permission(_) | Form::Prohibition(_) => {
            say.words("any ").and(book.subject_of(commitment)).end()
        }
        Form::Quota(_) | Form::Share(_) => say.and(book.subjects_of(commitment)).end(),
        Form::Level(level) => say.words(format!("“{}”", level.what)).end(),
    }
}

/// Which items count, or under what conditions something is allowed: ` (met when Status is accepted)`.
fn terms(book: &Book<'_>, commitment: &Commitment) -> Text {
    let when = |say: Say, lead: &str, condition: Option<&Predicate>| match condition {
        Some(condition) => say.words(lead).text(commitments::in_words(book, commitment, condition)),
        None => say,
    };
    match &commitment.form {
        Form::Quota(_) => match &commitment.met_when {
            Some(counted) => when(Say::default(), " (counted when ", Some(counted)).words(")").end(),
            None => Text::new(),
        },
        Form::Share(_) => match &commitment.met_when {
            Some(met) => when(Say::default(), " (met when ", Some(met)).words(")").end(),
            None => Text::new(),
        },
        Form::Permission(permission) => {
            let say = match permission.with.as_slice() {
                [] => Say::default(),
                with => Say::new(" with ")
                    .text(commitments::fields(book, book.record_of(commitment), with, "and"))
                    .words(" filled"),
            };
            when(say, " when ", permission.when.as_ref()).end()
        }
        _ => Text::new(),
    }
}

fn by_when(book: &Book<'_>, commitment: &Commitment) -> Text {
    let named = |slot| book.field_slot(book.record_of(commitment), slot);
    match &commitment.form {
        Form::LeadTime(lead) => {
            let before = Say::new(" before ").and(named(&lead.anchor)).end();
            Say::new("at least ").text(limits(commitment, before)).end()
        }
        Form::Permission(permission) => match &permission.limit {
            Some(limit) => Say::new("within ")
                .text(permission::limit_in_words(limit))
                .text(counted_from(book, commitment, &limit.start))
                .end(),
            None => Say::new("at any time").end(),
        },
        Form::Turnaround(Turnaround { start, .. }) | Form::Attempts(Attempts { start, .. }) => {
            let from = counted_from(book, commitment, start);
            Say::new("within ").text(limits(commitment, from)).end()
        }
        Form::Recurring(form) => recurring::when(form),
        Form::Quota(quota) => Say::new(format!("every {}", quota.per)).end(),
        Form::Share(share) => Say::new(format!("every {}", share.per)).end(),
        Form::Level(level) => Say::new(format!("every {}", level.per)).end(),
        // What they forbid says when.
        Form::NotBefore(_) => words::dash(),
        Form::Prohibition(prohibition) if prohibition.when.is_some() => words::dash(),
        Form::Prohibition(_) => Say::new("at all times").end(),
    }
}

/// ` of Asked at`; nothing where an item's own moment is meant, which is plain.
fn counted_from(book: &Book<'_>, commitment: &Commitment, start: &Slot<Id<Field>>) -> Text {
    match turnaround::starts_as_subject(book, commitment, start) {
        Some(_) => Text::new(),
        None => Say::new(" of ").and(book.field_slot(book.record_of(commitment), start)).end(),
    }
}

/// `4 business hours of Asked at`, `15 minutes or 1 business day of Asked at, by case`.
fn limits(commitment: &Commitment, of: Text) -> Text {
    let mut limits: Vec<Text> = Vec::new();
    for tier in commitment.tiers() {
        let limit = words::slot(&tier.limit, |d| words::duration(*d));
        if !limits.contains(&limit) {
            limits.push(limit);
        }
    }
    if limits.is_empty() {
        return vec![Inline::Unknown];
    }
    let several = limits.len() > 1;
    let say = Say::default().text(listed(limits, "or")).text(of);
    if several { say.words(", by case").end() } else { say.end() }
}

/// Behind an amount that is another one in some periods.
const BY_DATE: &str = ", other amounts by date";

/// `at least 40`.
fn stated(quota: &Quota) -> Text {
    let say = Say::new(format!("{} ", quota.bound.words()));
    say.text(words::slot(&quota.amount, super::quota::amount_in_words)).end()
}

/// What a promise comes to in figures.
fn target(commitment: &Commitment) -> Text {
    match &commitment.form {
        Form::Permission(_) => words::dash(),
        Form::Recurring(form) if form.evidence.is_none() => words::dash(),
        Form::Turnaround(_)
        | Form::Attempts(_)
        | Form::LeadTime(_)
        | Form::NotBefore(_)
        | Form::Recurring(_) => match &commitment.target {
            Some(target) => Say::default()
                .text(words::slot(&target.aim, words::aim))
                .words(format!(" per {}", target.per))
                .end(),
            None if commitment.subject.is_none() => Say::new("every time").end(),
            None => Say::new("every item").end(),
        },
        Form::Quota(quota) => {
            let say = Say::default().text(stated(quota));
            if quota.changes.is_empty() { say.end() } else { say.words(BY_DATE).end() }
        }
        Form::Share(share) => {
            let percent = match &share.percent {
                Slot::Set(percent) => Say::new(words::percent(*percent)).end(),
                other => vec![words::open(other)],
            };
            Say::new(super::quota::share_bound(share)).text(percent).end()
        }
        Form::Level(level) => {
            let say = Say::new(format!("{} ", level.bound.words()));
            say.text(match &level.limit {
                LevelLimit::Share(percent) => words::slot(percent, |p| words::percent(*p)),
                LevelLimit::Time(time) => words::slot(time, |t| words::duration(*t)),
            })
            .end()
        }
        Form::Prohibition(_) => Say::new("never").end(),
    }
}
