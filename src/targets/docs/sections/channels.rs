//! How notices travel.

use super::super::book::Book;
use super::super::document::{Block, Row, Say, Table, Text};
use super::super::{prose, words};
use crate::model::{Channel, Id};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    if book.model.channels.is_empty() {
        return Vec::new();
    }
    let mut out = vec![Block::Table(Table::new(
        "Channels",
        vec!["Channel", "By", "Reaches", "Answered", "Meets"],
        book.model.channels.iter().map(|(id, channel)| row(book, id, channel)).collect(),
    ))];
    if book.model.channels.values().any(|c| c.answered.is_some()) {
        out.push(Block::Remark(
            Say::new("The time for an answer runs by the working hours of whoever is reached.").end(),
        ));
    }
    for channel in book.model.channels.values() {
        for note in &channel.head.notes {
            let mut note = prose::blocks(note);
            note.insert(0, Say::default().strong(channel.head.label()).paragraph());
            out.push(Block::Note(note));
        }
    }
    out
}

fn row(book: &Book<'_>, id: Id<Channel>, channel: &Channel) -> Row {
    let by = Say::default().text(words::slot(&channel.by, |m| m.label().to_owned()));
    let by = match &channel.address {
        Some(address) => by.words(" ").code(address.clone()),
        None => by,
    };
    let reaches =
        if channel.reaches.is_empty() { words::dash() } else { book.roles(&channel.reaches, "and") };
    let answered = channel.answered.as_ref().map_or_else(words::dash, |within| {
        Say::new("within ").text(words::slot(within, |d| words::duration(*d))).end()
    });
    Row {
        id: Some(book.anchor_of(id)),
        cells: vec![
            Say::default().strong(channel.head.label()).words(" ").code(channel.head.name.text.clone()).end(),
            by.end(),
            reaches,
            answered,
            meets(channel),
        ],
    }
}

fn meets(channel: &Channel) -> Text {
    let Some(meets) = &channel.meets else { return words::dash() };
    let on = meets.on.map(|day| format!(" on {}", day.name())).unwrap_or_default();
    let at = meets.at.map(|at| format!(" at {at}")).unwrap_or_default();
    Say::new(format!("{}{on}{at}", words::cadence(meets.every))).end()
}
