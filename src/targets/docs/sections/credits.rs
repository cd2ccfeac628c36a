//! What is paid when a promise was kept too little.

use super::super::book::Book;
use super::super::document::{Block, Fact, Row, Say, Table, Text};
use super::super::example::period_in_words;
use super::super::{prose, words};
use super::clause;
use super::quota::first_period;
use crate::model::credit::{Claim, Payment};
use crate::model::words as model_words;
use crate::model::{Commitment, Credit, Form, Id, Period, Slot};
use crate::worktime::words as time;

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    let credits = book.model.credits.iter();
    credits.map(|(id, credit)| clause(book, id, &credit.head, content(book, id, credit))).collect()
}

fn content(book: &Book<'_>, id: Id<Credit>, credit: &Credit) -> Vec<Block> {
    let per = credit.of.get().map_or(Period::Month, |of| period(book, *of));
    let mut out = vec![lead(book, credit, per)];
    if !credit.rows.is_empty() {
        let rows = (0..credit.rows.len())
            .map(|row| Row::new(vec![bounds(credit, row), payment(&credit.rows[row].pays)]));
        let caption = format!("{}: what is paid for a {per}", credit.head.label());
        out.push(Block::Table(Table::new(caption, vec!["Result", "Pays"], rows.collect())));
    }
    out.push(Block::Facts(facts(book, credit, per)));
    out.extend(example(book, id, credit, per));
    out
}

fn lead(book: &Book<'_>, credit: &Credit, per: Period) -> Block {
    let say = Say::new("For each ").words(format!("{per} that has ended, the result of "));
    let say = say.and(book.commitment_slot(&credit.of));
    let say = match credit.of.get() {
        Some(of) => say.words(", owed by ").and(book.role_slot(&book.model.commitments[*of].actor)),
        None => say,
    };
    say.words(", decides. One row applies at most: the one with the lowest bound that the result lies below.")
        .paragraph()
}

/// `below 99.9%, but not below 99.5%`.
fn bounds(credit: &Credit, row: usize) -> Text {
    let bound = |row: usize| credit.rows.get(row).map(|row| words::slot(&row.below, |p| words::percent(*p)));
    let say = Say::new("below ").text(bound(row).unwrap_or_default());
    match bound(row + 1) {
        Some(next) => say.words(", but not below ").text(next).end(),
        None => say.end(),
    }
}

fn payment(payment: &Payment) -> Text {
    match payment {
        Payment::Percent { percent, of } => {
            Say::default().text(words::slot(percent, |p| words::percent(*p))).words(format!(" of {of}")).end()
        }
        Payment::Money(money) => words::slot(money, |(amount, currency)| words::money(*amount, currency)),
    }
}

fn facts(book: &Book<'_>, credit: &Credit, per: Period) -> Vec<Fact> {
    let mut out = Vec::new();
    if let Some(subject) = &credit.only_for {
        let say = Say::new("Only ").and(book.subjects_slot(subject)).words(".");
        out.push(Fact::new("For whom", say.end()));
    }
    if let Some(cap) = &credit.cap {
        let say = Say::default().text(payment(&cap.most)).words(format!(" per {}.", cap.per));
        out.push(Fact::new("At most", say.end()));
    }
    out.push(Fact::new(
        "Claim",
        match &credit.claim {
            Some(claim) => claimed(book, claim, per),
            None => Say::new("None is needed.").end(),
        },
    ));
    if let Some(settled) = &credit.settled {
        let blocks = match settled {
            Slot::Set(text) => prose::blocks(text),
            other => vec![Block::Paragraph(vec![words::open(other)])],
        };
        out.push(Fact { label: "Settled", blocks });
    }
    if credit.sole_remedy.is_some() {
        let words = "It is the sole remedy: nothing else is owed for what it is paid for.";
        out.push(Fact::new("Remedy", Say::new(words).end()));
    }
    out
}

fn claimed(book: &Book<'_>, claim: &Claim, per: Period) -> Text {
    let say = match &claim.by {
        Some(by) => Say::default().and(book.role_slot(by)).words(" must claim it within "),
        None => Say::new("It must be claimed within "),
    };
    let say = say.text(words::slot(&claim.within, |d| words::duration(*d)));
    let say = say.words(format!(" of the end of the {per}"));
    let say = match &claim.via {
        Some(via) => say.words(" via ").and(book.channel_slot(via)),
        None => say,
    };
    let stating = claim.stating.iter().map(|what| Say::new(what.clone()).end()).collect::<Vec<_>>();
    let say = if stating.is_empty() {
        say
    } else {
        say.words(", and the claim must state ").text(super::super::document::listed(stating, "and"))
    };
    say.words(". Later, nothing is paid.").end()
}

/// The last moment to claim the first credit there may be.
fn example(book: &Book<'_>, id: Id<Credit>, credit: &Credit, per: Period) -> Option<Block> {
    credit.claim.as_ref()?;
    let period = first_period(book, per)?;
    let deadline = book.evaluator.claim_by(id, &period)?;
    let lead = format!("For {}.", period_in_words(&period, per));
    let row = credit.rows.last()?;
    let pays = row.pays.amount().map(|(amount, _)| model_words::payment(&row.pays, amount));
    let words = format!(
        "It can be claimed until {}{}.",
        time::deadline(deadline, book.zone()?),
        pays.map(|pays| format!("; at worst it comes to {pays}")).unwrap_or_default()
    );
    Some(Block::Example(Say::new(lead).end(), vec![Block::words(words)]))
}

/// The period by which a promise is measured.
fn period(book: &Book<'_>, id: Id<Commitment>) -> Period {
    match &book.model.commitments[id].form {
        Form::Level(level) => level.per,
        Form::Share(share) => share.per,
        _ => book.evaluator.reporting_period(id),
    }
}
