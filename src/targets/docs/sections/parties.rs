//! Who agrees, and who does the work.

use super::super::book::Book;
use super::super::document::{Block, Inline, Row, Say, Table, Text};
use super::super::{prose, words};
use crate::model::{Id, Party, Role, Slot};

/// The section.
pub fn blocks(book: &Book<'_>) -> Vec<Block> {
    let mut out = Vec::new();
    if !book.model.parties.is_empty() {
        out.push(Block::Table(Table::new(
            "Parties",
            vec!["Party", "Signed by", "Contact"],
            book.model.parties.iter().map(|(id, party)| party_row(book, id, party)).collect(),
        )));
    }
    if !book.model.roles.is_empty() {
        out.push(Block::Table(Table::new(
            "Roles",
            vec!["Role", "Party", "Reports to", "People", "Capacity", "Works", "Contact"],
            book.model.roles.iter().map(|(id, role)| role_row(book, id, role)).collect(),
        )));
    }
    let heads =
        book.model.parties.values().map(|p| &p.head).chain(book.model.roles.values().map(|r| &r.head));
    for head in heads {
        for note in &head.notes {
            let mut note = prose::blocks(note);
            note.insert(0, Say::default().strong(head.label()).paragraph());
            out.push(Block::Note(note));
        }
    }
    out
}

/// A label with the name behind it.
fn named(label: String, name: &str) -> Text {
    Say::default().strong(label).words(" ").code(name).end()
}

fn party_row(book: &Book<'_>, id: Id<Party>, party: &Party) -> Row {
    let signs = book.model.agreement.parties.iter().any(|slot| slot.get() == Some(&id));
    let signatory = match &party.signatory {
        Some(signatory) => words::slot(signatory, String::clone),
        None if signs => Say::new("not named").end(),
        None => Say::new("does not sign").end(),
    };
    Row {
        id: Some(book.anchor_of(id)),
        cells: vec![
            named(party.head.label(), &party.head.name.text),
            signatory,
            contact(party.contact.as_ref()),
        ],
    }
}

fn contact(contact: Option<&String>) -> Text {
    contact.map_or_else(words::dash, |contact| Say::new(contact.clone()).end())
}

fn role_row(book: &Book<'_>, id: Id<Role>, role: &Role) -> Row {
    let party = match &role.party {
        Some(Slot::Set(party)) => {
            let label = book.model.parties[*party].head.label();
            vec![Inline::Link(book.anchor_of(*party), vec![Inline::Plain(label)])]
        }
        Some(other) => vec![words::open(other)],
        None => Say::new("neutral").end(),
    };
    let reports = role.reports_to.as_ref().map_or_else(words::dash, |slot| vec![book.role_slot(slot)]);
    let people =
        role.headcount.as_ref().map_or_else(words::dash, |n| words::slot(n, |n| words::number((*n).into())));
    Row {
        id: Some(book.anchor_of(id)),
        cells: vec![
            named(role.head.label(), &role.head.name.text),
            party,
            reports,
            people,
            capacity(book, role),
            works(book, role),
            contact(role.contact.as_ref()),
        ],
    }
}

/// `40 MQLs per week each, 240 together`.
fn capacity(book: &Book<'_>, role: &Role) -> Text {
    let Some(handles) = &role.handles else { return words::dash() };
    let say = Say::default()
        .text(words::slot(&handles.amount, |n| words::number((*n).into())))
        .words(" ")
        .and(book.subjects_slot(&handles.of))
        .words(format!(" per {} each", handles.per));
    let people = role.headcount.as_ref().and_then(|n| n.get());
    let together = people.zip(handles.amount.get()).and_then(|(n, each)| u64::from(*n).checked_mul(*each));
    match together {
        Some(together) => say.words(format!(", {} together", words::number(together.into()))).end(),
        None => say.end(),
    }
}

fn works(book: &Book<'_>, role: &Role) -> Text {
    let say = match &role.works {
        Some(works) => Say::default().and(book.calendar_slot(works)),
        None => Say::new("–"),
    };
    let say = role.members.iter().fold(say, |say, member| {
        say.words(format!("; {} ", member.name)).and(book.calendar_slot(&member.works))
    });
    match &role.on_call {
        Some(on_call) => say.words("; on call ").and(book.calendar_slot(on_call)).end(),
        None => say.end(),
    }
}
