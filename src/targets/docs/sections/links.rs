//! What commitments say of one another: which gives way, and which holds only while another is met.

use super::super::book::Book;
use super::super::document::{Block, Fact, Inline, Say, Text, listed};
use super::super::words;
use crate::model::commitment::{Condition, Provided, Quota};
use crate::model::{Bound, Commitment, Form, Id, Period, Slot, Subject};

/// Under which conditions a period counts.
pub fn provided(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Option<Fact> {
    let conditions = commitment.provided.iter().map(|provided| vec![condition(book, id, provided)]);
    let blocks: Vec<Vec<Block>> = conditions.collect();
    let blocks = match blocks.as_slice() {
        [] => return None,
        [only] => only.clone(),
        _ => vec![Block::List(blocks)],
    };
    Some(Fact { label: "Provided", blocks })
}

fn condition(book: &Book<'_>, id: Id<Commitment>, provided: &Provided) -> Block {
    let (say, per) = match &provided.what {
        Condition::Met(other) => {
            let per = other.get().map_or(Period::Month, |other| period(book, *other));
            let name = other.get().map_or_else(|| words::open(other), |other| book.commitment(*other));
            (Say::new(format!("A {per} in which ")).and(name).words(" is missed does not count"), per)
        }
        Condition::Amount { subject, quota } => {
            let amount = amount(book, subject, quota);
            (Say::new(format!("A {} with ", quota.per)).text(amount).words(" does not count"), quota.per)
        }
    };
    match &book.model.commitments[id].form {
        Form::Quota(_) | Form::Share(_) | Form::Level(_) => say.words(".").paragraph(),
        _ => say.words(format!(": the items that count in that {per} are excused.")).paragraph(),
    }
}

/// `more than 300 MQLs`.
fn amount(book: &Book<'_>, subject: &Slot<Subject>, quota: &Quota) -> Text {
    let than = match quota.bound {
        Bound::AtMost => "more than ",
        Bound::AtLeast => "fewer than ",
    };
    let amount = words::slot(&quota.amount, super::quota::amount_in_words);
    Say::new(than).text(amount).words(" ").and(book.subjects_slot(subject)).end()
}

/// The period in which a commitment is met or not.
fn period(book: &Book<'_>, id: Id<Commitment>) -> Period {
    match &book.model.commitments[id].form {
        Form::Quota(quota) => quota.per,
        Form::Share(share) => share.per,
        Form::Level(level) => level.per,
        _ => book.evaluator.reporting_period(id),
    }
}

/// Which commitments give way to this one, and to which it gives way.
pub fn priority(book: &Book<'_>, id: Id<Commitment>, commitment: &Commitment) -> Option<Fact> {
    let below: Vec<Text> = commitment.priority_over.iter().map(|slot| vec![name(book, slot)]).collect();
    let above = book.model.priorities_over(id);
    let above: Vec<Text> = above.map(|other| vec![book.commitment(other)]).collect();
    let mut blocks = Vec::new();
    if !below.is_empty() {
        let say = Say::new("Where it applies to an item, ").text(listed(below, "and"));
        blocks.push(say.words(" gives way and is not counted for that item.").paragraph());
    }
    if !above.is_empty() {
        let say = Say::new("It gives way to ").text(listed(above, "and"));
        blocks.push(
            say.words(": an item to which that applies as well is not covered by this one.").paragraph(),
        );
    }
    (!blocks.is_empty()).then_some(Fact { label: "Priority", blocks })
}

fn name(book: &Book<'_>, slot: &Slot<Id<Commitment>>) -> Inline {
    slot.get().map_or_else(|| words::open(slot), |other| book.commitment(*other))
}
