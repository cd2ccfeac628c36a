//! The sections of the document, one file each: what is said, in which words.

mod attempts;
mod calendars;
mod channels;
mod clock;
mod combinations;
mod commitments;
mod contingencies;
mod credits;
mod dated;
mod disputes;
mod exceptions;
mod glossary;
mod goals;
mod head;
mod incentives;
mod lead;
mod level;
mod lifecycles;
mod links;
mod measure;
mod parties;
mod permission;
mod quota;
mod recurring;
mod review;
mod routings;
mod scenarios;
mod scores;
mod summary;
mod turnaround;
mod wait;

use super::book::{Book, Placed};
use super::document::{Block, Clause, Document, Section};
use super::prose;
use crate::config::Config;
use crate::model::{Head, Id, Model};

/// What a section is made of.
type Make = fn(&Book<'_>) -> Vec<Block>;

/// Every section in its order: anchor, heading, content. A section without content is left out.
const SECTIONS: [(&str, &str, Make); 19] = [
    ("section-summary", "Summary", summary::blocks),
    ("section-open", "Open points", review::open_points),
    ("section-purpose", "Purpose", review::purpose),
    ("section-parties", "Parties and roles", parties::blocks),
    ("section-definitions", "What the words mean", glossary::blocks),
    ("section-goals", "What we want to reach together", goals::blocks),
    ("section-commitments", "Commitments", commitments::blocks),
    ("section-credits", "What is paid when a promise is not kept", credits::blocks),
    ("section-incentives", "Rewards", incentives::blocks),
    ("section-contingencies", "When something goes wrong", contingencies::blocks),
    ("section-exceptions", "Exceptions", exceptions::blocks),
    ("section-lifecycles", "Stages", lifecycles::blocks),
    ("section-routings", "Who gets what", routings::blocks),
    ("section-channels", "How notices travel", channels::blocks),
    ("section-calendars", "Working hours", calendars::blocks),
    ("section-measure", "How this is measured", measure::blocks),
    ("section-review", "Review and disputes", review::blocks),
    ("section-examples", "Examples", scenarios::blocks),
    ("section-signatures", "Signatures", review::signatures),
];

/// The document of an agreement.
pub fn document(model: &Model, config: &Config) -> Document {
    let mut book = Book::new(model);
    let present: Vec<_> = SECTIONS.into_iter().filter(|(_, _, make)| !make(&book).is_empty()).collect();
    for (i, (id, ..)) in present.iter().enumerate() {
        number_clauses(&mut book, id, i + 1);
    }
    let sections = present.into_iter().enumerate();
    let sections =
        sections.map(|(i, (id, title, make))| Section { id, number: i + 1, title, blocks: make(&book) });
    let sections = sections.collect();
    head::document(&book, config, sections)
}

fn number_clauses(book: &mut Book<'_>, section: &str, number: usize) {
    let model = book.model;
    match section {
        "section-definitions" => {
            book.number(number, model.definitions.ids());
            let (definitions, scores) = (model.definitions.len(), model.scores.len());
            book.number_from(number, definitions, model.scores.ids());
            book.number_from(number, definitions + scores, model.records.ids());
        }
        "section-credits" => book.number(number, model.credits.ids()),
        "section-incentives" => book.number(number, model.incentives.ids()),
        "section-review" => book.number(number, model.disputes.ids()),
        "section-goals" => book.number(number, model.goals.ids()),
        "section-commitments" => book.number(number, model.commitments.ids()),
        "section-contingencies" => book.number(number, model.contingencies.ids()),
        "section-exceptions" => book.number(number, model.waivers.ids()),
        "section-lifecycles" => book.number(number, model.lifecycles.ids()),
        "section-routings" => book.number(number, model.routings.ids()),
        "section-calendars" => book.number(number, model.calendars.ids()),
        "section-examples" => book.number_scenarios(number),
        _ => {}
    }
}

/// A clause about something named.
fn clause<T: Placed>(book: &Book<'_>, id: Id<T>, head: &Head, mut blocks: Vec<Block>) -> Block {
    blocks.extend(notes(&head.notes));
    Block::Clause(Clause {
        id: book.anchor_of(id),
        number: book.number_of(T::place(id.index())),
        title: head.label(),
        name: head.name.text.clone(),
        blocks,
    })
}

/// What the authors add, in their own words.
fn notes(notes: &[String]) -> Vec<Block> {
    notes.iter().map(|note| Block::Note(prose::blocks(note))).collect()
}
