//! What each side owes, and every promise at a glance.

use super::super::book::{Book, Place};
use super::super::condition::phrase;
use super::super::document::{Block, Inline, Row, Say, Table, Text, listed};
use super::super::words;
use super::{attempts, commitments, level, permission, recurring};
use crate::model::commitment::{Prohibition, QuotaAmount};
use crate::model::{Commitment, Form, Id, LevelLimit, Party, Slot, Strength};

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
        Form::Turnaround(_)
        | Form::Attempts(_)
        | Form::LeadTime(_)
        | Form::NotBefore(_)
        | Form::Recurring(_) => {
            say.text(what(book, commitment)).words(" ").text(by_when(book, commitment)).end()
        }
        Form::Permission(permission) => {
            let say = say.text(what(book, commitment));
            match permission.limit {
                Some(_) => say.words(" ").text(by_when(book, commitment)).end(),
                None => say.end(),
            }
        }
        Form::Quota(quota) => {
            let worth = matches!(quota.amount.get(), Some(QuotaAmount::Worth { .. }));
            let items = book.subjects_of(commitment);
            let say = say.words(format!("{} ", commitment.verb));
            let say = if worth {
                say.and(items).words(" worth ").text(target(commitment))
            } else {
                say.text(target(commitment)).words(" ").and(items)
            };
            say.words(" ").text(by_when(book, commitment)).end()
        }
        Form::Share(_) => say
            .words(format!("{} ", commitment.verb))
            .text(target(commitment))
            .words(" of all ")
            .and(book.subjects_of(commitment))
            .words(" ")
            .text(by_when(book, commitment))
            .end(),
        Form::Level(level) => say.text(what(book, commitment)).words(" ").text(level::limit(level)).end(),
        Form::Prohibition(_) => say.text(what(book, commitment)).end(),
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

/// `contact each MQL`.
fn what(book: &Book<'_>, commitment: &Commitment) -> Text {
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
        Form::NotBefore(_) | Form::Permission(_) => say.words("any ").and(book.subject_of(commitment)).end(),
        Form::Quota(_) | Form::Share(_) => say.and(book.subjects_of(commitment)).end(),
        Form::Level(level) => say.words(format!("“{}”", level.what)).end(),
        Form::Prohibition(prohibition) => {
            let say = say.words("any ").and(book.subject_of(commitment));
            if prohibition.without.is_empty() {
                return say.end();
            }
            say.words(" ").text(commitments::without(book, commitment, prohibition)).end()
        }
    }
}

fn by_when(book: &Book<'_>, commitment: &Commitment) -> Text {
    let from = |slot| book.field_slot(book.record_of(commitment), slot);
    match &commitment.form {
        Form::LeadTime(lead) => {
            Say::new("at least ").text(limits(commitment)).words(" before ").and(from(&lead.anchor)).end()
        }
        Form::NotBefore(wait) => {
            let say = Say::new("not sooner than ").text(limits(commitment));
            say.words(" after ").and(from(&wait.start)).end()
        }
        Form::Permission(permission) => match &permission.limit {
            Some(limit) => Say::new("within ").text(permission::limit_in_words(limit)).end(),
            None => Say::new("at any time").end(),
        },
        Form::Turnaround(_) | Form::Attempts(_) => Say::new("within ").text(limits(commitment)).end(),
        Form::Recurring(form) => recurring::when(form),
        Form::Quota(quota) => Say::new(format!("every {}", quota.per)).end(),
        Form::Share(share) => Say::new(format!("every {}", share.per)).end(),
        Form::Level(level) => Say::new(format!("every {}", level.per)).end(),
        Form::Prohibition(form) => in_which_cases(book, commitment, form),
    }
}

/// When something is forbidden: what it looks like once it was done says in which cases, too.
fn in_which_cases(book: &Book<'_>, commitment: &Commitment, form: &Prohibition) -> Text {
    let (Some(when), Some(record), []) = (&form.when, book.record_of(commitment), form.without.as_slice())
    else {
        return Say::new("at all times").end();
    };
    let phrase = phrase(book, record, when);
    if phrase.is_short() {
        Say::new("when ").text(phrase.inline()).end()
    } else {
        Say::new("in the cases that it names").end()
    }
}

/// `4 business hours`, `15 minutes or 1 business day, by case`.
fn limits(commitment: &Commitment) -> Text {
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
    let say = Say::default().text(listed(limits, "or"));
    if several { say.words(", by case").end() } else { say.end() }
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
            let say = Say::new(format!("{} ", quota.bound.words()));
            say.text(words::slot(&quota.amount, |amount| match amount {
                QuotaAmount::Count(n) => words::number((*n).into()),
                QuotaAmount::Worth { amount, currency, .. } => words::money(*amount, currency),
            }))
            .end()
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
