//! Something may be done, within a time and with some fields filled.

use super::super::book::Book;
use super::super::document::{Block, Fact, Say, Text};
use super::super::example::Worked;
use super::super::words;
use super::clock::{calendar, unit_rules_of};
use super::commitments::{condition, fields};
use super::dated::{Case, Told, cases, lateness, worked_example};
use super::turnaround::{done, starts};
use crate::model::commitment::{Permission, PermissionLimit};
use crate::model::{Commitment, Id, Slot};
use crate::worktime::words as time;

/// `reject any MQL within 1 business day of MQL at, with Reason filled.`
pub fn sentence(book: &Book<'_>, commitment: &Commitment, form: &Permission, say: Say) -> Text {
    let mut say = say.words("any ").and(book.subject_of(commitment));
    if let Some(limit) = &form.limit {
        let start = book.field_slot(book.record_of(commitment), &limit.start);
        say = say.words(" within ").text(limit_in_words(limit)).words(" of ").and(start);
    }
    if !form.with.is_empty() {
        say = say
            .words(", with ")
            .text(fields(book, book.record_of(commitment), &form.with, "and"))
            .words(" filled");
    }
    let say = if form.when.is_some() { say.words(", in the cases stated below") } else { say };
    say.words(".").end()
}

/// `1 business day`.
pub fn limit_in_words(limit: &PermissionLimit) -> Text {
    match &limit.time {
        Slot::Set(duration) => Say::default().strong(words::duration(*duration)).end(),
        other => vec![words::open(other)],
    }
}

/// The exact meaning.
pub fn facts(book: &Book<'_>, commitment: &Commitment, form: &Permission) -> Vec<Fact> {
    let record = book.record_of(commitment);
    let mut out = Vec::new();
    if let Some(when) = &form.when {
        let blocks = condition(book, record, when, Say::new("Only when"));
        out.push(Fact { label: "Allowed", blocks });
    }
    if let Some(limit) = &form.limit {
        let units: Vec<_> = limit.time.get().map(|d| d.unit).into_iter().collect();
        let mut time = vec![Say::default().text(limit_in_words(limit)).words(".").paragraph()];
        time.extend(unit_rules_of(book, commitment, &units));
        out.push(Fact { label: "Clock starts", blocks: starts(book, commitment, &limit.start) });
        out.push(Fact { label: "Allowed for", blocks: time });
        out.push(Fact { label: "Calendar", blocks: calendar(book, commitment, &units) });
    }
    if !form.with.is_empty() {
        let filled = fields(book, record, &form.with, "and");
        out.push(Fact::new("Must be filled", Say::default().text(filled).words(".").end()));
    }
    out.push(Fact { label: "Done", blocks: shown(book, commitment) });
    out.push(Fact { label: "What follows", blocks: vec![Block::words(what_follows(form))] });
    out
}

fn shown(book: &Book<'_>, commitment: &Commitment) -> Vec<Block> {
    match &commitment.met_when {
        Some(predicate) if commitment.met_at.is_empty() => {
            condition(book, book.record_of(commitment), predicate, Say::new("When"))
        }
        _ => done(book, commitment),
    }
}

fn what_follows(form: &Permission) -> String {
    let late = form.limit.as_ref().map(|_| "after the time".to_owned());
    let empty = match form.with.len() {
        0 => None,
        1 => Some("with that field empty".to_owned()),
        _ => Some("with one of those fields empty".to_owned()),
    };
    let other = form.when.as_ref().map(|_| "in another case".to_owned());
    let exceeded: Vec<String> = late.into_iter().chain(empty).chain(other).collect();
    let mut out = String::from("Nobody owes it. Done as is stated here, the permission is used.");
    if !exceeded.is_empty() {
        let exceeded = crate::diagnostic::join(&exceeded, "or");
        out = format!("{out} Done {exceeded}, it is exceeded, which is a breach.");
    }
    if form.limit.is_some() {
        out.push_str(" Not done in time, it lapses.");
    }
    out
}

/// A worked example on every clock, where there is a time limit.
pub fn examples(
    book: &Book<'_>,
    id: Id<Commitment>,
    commitment: &Commitment,
    form: &Permission,
) -> Vec<Block> {
    let limit = form.limit.as_ref().and_then(|limit| limit.time.get().copied());
    let example = |case: Case<'_>| {
        let outcomes = |worked: &Worked| outcomes(form, &case, worked);
        let told = Told { due: "allows it until ", outcomes: &outcomes, across: false };
        worked_example(book, id, commitment, &case, &told)
    };
    cases(book, id, limit.as_slice(), "Within").into_iter().flat_map(example).collect()
}

fn outcomes(form: &Permission, case: &Case<'_>, worked: &Worked) -> Vec<Vec<Block>> {
    let (limit, clock) = (case.limit, case.clock);
    let Ok(measure) = clock.measure(limit.unit) else { return Vec::new() };
    let zone = clock.zone();
    let until = time::deadline(worked.deadline, zone);
    let line = |words: String, verdict: &str| vec![Say::new(words).strong(verdict).words(".").paragraph()];
    let filled = if form.with.is_empty() { "" } else { " with everything filled that must be" };
    let mut out = vec![line(format!("Done by {until}{filled}: "), "used")];
    if let Ok(late) = measure.after(worked.deadline, lateness(limit)) {
        let late = time::moment(late, zone);
        out.push(line(format!("Done {late}: "), "exceeded"));
        out.push(line(format!("Not done by {late}: "), "lapsed"));
    }
    out
}
