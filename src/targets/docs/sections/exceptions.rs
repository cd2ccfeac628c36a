//! What is excused for a time, by whose leave.

use super::super::book::Book;
use super::super::document::{Block, Fact, Say, Text, listed};
use super::super::words;
use super::clause;
use super::commitments::condition;
use crate::model::{Slot, Waiver};
use crate::worktime::words as time;

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    let waivers = book.model.waivers.iter();
    waivers.map(|(id, waiver)| clause(book, id, &waiver.head, content(book, waiver))).collect()
}

fn content(book: &Book<'_>, waiver: &Waiver) -> Vec<Block> {
    let commitments: Vec<Text> = waiver
        .excuses
        .iter()
        .map(|slot| vec![slot.get().map_or_else(|| words::open(slot), |id| book.commitment(*id))])
        .collect();
    let say = Say::new("Items of ").text(listed(commitments, "and")).words(" are ").strong("excused");
    let say = match days(waiver) {
        Some(days) => say.words(" when they start ").text(days),
        None => say,
    };
    let mut out = vec![Block::Sentence(say.words(".").end())];
    let mut facts = Vec::new();
    let first = waiver.excuses.iter().find_map(|slot| slot.get());
    let record = first.and_then(|id| book.record_of(&book.model.commitments[*id]));
    if let Some(when) = &waiver.when {
        facts.push(Fact {
            label: "Which items",
            blocks: condition(book, record, when, Say::new("Only when")),
        });
    }
    if let Some(role) = &waiver.approved_by {
        facts.push(Fact::new("Approved by", Say::default().and(book.role_slot(role)).words(".").end()));
    }
    if let Some(limit) = &waiver.at_most {
        let amount = words::slot(&limit.amount, |n| {
            let items = if *n == 1 { "item" } else { "items" };
            format!("{} {items}", words::number((*n).into()))
        });
        let say = Say::new("At most ").text(amount).words(format!(
            " per {}, counted by the day on which they start. The limit is watched: passing it is reported, and takes no \
             excuse back.",
            limit.per
        ));
        facts.push(Fact::new("Limit", say.end()));
    }
    facts.push(Fact::new(
        "What follows",
        Say::new("An excused item does not count, whatever comes of it.").end(),
    ));
    out.push(Block::Facts(facts));
    out
}

/// `from 1 March 2026 to 30 June 2026, both days included`.
fn days(waiver: &Waiver) -> Option<Text> {
    let date = |slot: &Slot<crate::model::Date>| words::slot(slot, |date| time::date(*date));
    Some(match (&waiver.from, &waiver.until) {
        (None, None) => return None,
        (Some(from), None) => Say::new("on ").text(date(from)).words(" or later").end(),
        (None, Some(until)) => Say::new("on ").text(date(until)).words(" or earlier").end(),
        (Some(from), Some(until)) => Say::new("from ")
            .text(date(from))
            .words(" to ")
            .text(date(until))
            .words(", both days included")
            .end(),
    })
}
