//! What the parties want to reach together, and what it needs at each stage.

use super::super::book::Book;
use super::super::document::{Block, Row, Say, Table, Text, listed};
use super::super::words;
use super::clause;
use crate::evaluate::funnel;
use crate::model::{Bound, Funnel, Goal, GoalAmount, Slot};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    let goals = book.model.goals.iter();
    goals.map(|(id, goal)| clause(book, id, &goal.head, content(book, goal))).collect()
}

fn content(book: &Book<'_>, goal: &Goal) -> Vec<Block> {
    let mut out = vec![Block::Sentence(sentence(book, goal))];
    if let Some(funnel) = &goal.funnel {
        out.extend(path(book, goal, funnel));
    }
    out.push(Block::Remark(
        Say::new(
            "A goal is shared: nobody breaks a promise by missing it. Promises are the commitments below.",
        )
        .end(),
    ));
    out
}

/// `Marketing and Sales share the goal of at least USD 1,000,000 per quarter.`
fn sentence(book: &Book<'_>, goal: &Goal) -> Text {
    let party = |slot: &Slot<crate::model::Id<crate::model::Party>>| {
        words::slot(slot, |id| book.model.parties[*id].head.label())
    };
    let parties: Vec<Text> = goal.parties.iter().map(party).collect();
    let verb = if parties.len() == 1 { " has" } else { " share" };
    let say = Say::default()
        .text(listed(parties, "and"))
        .words(format!("{verb} the goal of {} ", goal.bound.words()));
    let say = match &goal.amount {
        Slot::Set(amount) => say.strong(self::amount(amount)),
        other => say.and(words::open(other)),
    };
    say.words(format!(" per {}.", goal.per)).end()
}

fn amount(amount: &GoalAmount) -> String {
    match amount {
        GoalAmount::Money(amount, currency) => words::money(*amount, currency),
        GoalAmount::Count(count, of) => format!("{} {of}", words::number((*count).into())),
    }
}

/// The funnel as a table, with what is needed of each stage where that is known.
fn path(book: &Book<'_>, goal: &Goal, funnel: &Funnel) -> Vec<Block> {
    let needed = funnel::needed(goal).filter(|_| goal.bound == Bound::AtLeast);
    let rows = funnel.stages.iter().enumerate().map(|(i, stage)| {
        let name = match stage.definition {
            Some(definition) => Say::default().and(book.definition(definition)).end(),
            None => Say::default().words(crate::model::humanise(&stage.name)).end(),
        };
        let rate =
            stage.rate.as_ref().map_or_else(words::dash, |rate| words::slot(rate, |r| words::percent(*r)));
        let need = needed.as_ref().and_then(|n| n.get(i));
        let need = need.map_or_else(words::dash, |n| Say::new(words::number((*n).into())).end());
        Row { id: None, cells: vec![name, rate, need] }
    });
    let heads = vec!["Stage", "Of the stage before", "Needed"];
    let caption = format!("The way to the goal of one {}", goal.per);
    let mut out = vec![Block::Table(Table::new(caption, heads, rows.collect()))];
    if let (Some(Slot::Set((worth, currency))), Some(last)) = (&funnel.worth, funnel.stages.last()) {
        let name = crate::model::humanise(&last.name);
        out.push(Block::words(format!(
            "Each “{name}” is taken to be worth {}.",
            words::money(*worth, currency)
        )));
    }
    if needed.is_some() {
        out.push(Block::Remark(
            Say::new(
                "Counted back from the goal; every number is rounded up, for nobody wins a part of a deal.",
            )
            .end(),
        ));
    }
    out
}
