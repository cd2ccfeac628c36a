//! Who gets which item: the rows of the table in their order.

use super::super::book::Book;
use super::super::condition::phrase;
use super::super::document::{Block, Inline, Row, Say, Table, Text};
use super::super::words;
use super::clause;
use crate::model::routing::{Matching, Route, Sticky, Turn};
use crate::model::{Routing, Slot};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    let routings = book.model.routings.iter();
    routings.map(|(id, routing)| clause(book, id, &routing.head, content(book, routing))).collect()
}

fn content(book: &Book<'_>, routing: &Routing) -> Vec<Block> {
    let mut out = vec![lead(book, routing).paragraph()];
    if routing.routes.is_empty() {
        return out;
    }
    let rows = routing.routes.iter().enumerate().map(|(i, route)| row(book, routing, i, route));
    let caption = format!("{}: the rows", routing.head.label());
    out.push(Block::Table(Table::new(caption, vec!["Row", "Who gets it", "When"], rows.collect())));
    if !routing.routes.iter().any(|r| r.when.is_none()) {
        out.push(Block::words("What no row is for goes to nobody."));
    }
    if let Some(sticky) = &routing.sticky {
        out.extend(kept(book, routing, sticky));
    }
    out
}

fn lead(book: &Book<'_>, routing: &Routing) -> Say {
    let say =
        Say::new("Each ").and(book.subject_slot(&routing.subject)).words(" gets its owner by this table. ");
    match &routing.matching {
        Slot::Set(Matching::First) => {
            say.words("The rows are read from the top, and the first whose condition holds decides.")
        }
        Slot::Set(Matching::ExactlyOne) => say.words(
            "The condition of exactly one row holds. Where several hold, the table does not say who gets it: \
             that is a fault to be settled, not a choice.",
        ),
        open => say.and(words::open(open)),
    }
}

fn row(book: &Book<'_>, routing: &Routing, i: usize, route: &Route) -> Row {
    let to = Say::default().and(book.role_slot(&route.to));
    let to = match route.turn {
        Turn::InTurn => to.words(", its people in turn"),
        Turn::Unsaid => to,
    };
    let number = Say::default().strong((i + 1).to_string()).end();
    Row::new(vec![number, to.end(), when(book, routing, route)])
}

fn when(book: &Book<'_>, routing: &Routing, route: &Route) -> Text {
    let record = routing.subject.get().and_then(|s| book.model.record_of(*s));
    match (&route.when, record) {
        (Some(when), Some(record)) => phrase(book, record, when).inline(),
        (Some(_), None) => vec![Inline::Unknown],
        (None, _) => Say::new("no condition of another row holds").end(),
    }
}

fn kept(book: &Book<'_>, routing: &Routing, sticky: &Sticky) -> Vec<Block> {
    let record = routing.subject.get().and_then(|s| book.model.record_of(*s));
    let say = Say::new("Before the table is asked: one whose ")
        .and(book.field_slot(record, &sticky.by))
        .words(" is that of an earlier one has the owner of the earlier one, for ")
        .text(words::slot(&sticky.time, |d| words::duration(*d)))
        .words(" after the earlier one was given out. An empty one is like no other.");
    let remark = "This depends on other records, so the examples in this document leave it out.";
    vec![say.paragraph(), Block::Remark(Say::new(remark).end())]
}
